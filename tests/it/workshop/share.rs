//! Sharing: review by a coordinator, two editors, corrections, copies, what colleagues say, reports of pupils, hiding.

use std::time::Duration;

use http::{Method, StatusCode};

use super::{Staffed, article, fill, press, press_with, public};

#[test]
fn where_the_school_wants_it_a_coordinator_publishes_or_gives_back_with_a_comment() {
    let staffed = Staffed::new();
    let mut beto = staffed.signed_in("beto");
    beto.go("/es/taller/revision").send("/taller/revision", &[("accion", "policy"), ("revisar", "1")]);
    let mut ana = staffed.signed_in("ana");
    let work = article(&mut ana, "La papa", "Hay muchas.");
    assert!(!ana.words().contains("Publicar"), "{}", ana.words());
    assert_eq!(
        press(&mut ana, &work, "publish"),
        StatusCode::UNPROCESSABLE_ENTITY,
        "not even by a forged form"
    );
    press(&mut ana, &work, "submit");
    assert!(ana.words().contains("En revisión"), "{}", ana.words());
    assert!(beto.go("/es/taller/revision").words().contains("La papa"), "{}", beto.words());
    assert_eq!(press(&mut beto, &work, "return"), StatusCode::UNPROCESSABLE_ENTITY, "a reason is due");
    press_with(&mut beto, &work, &[("accion", "return"), ("texto", "Añade las variedades de aquí.")]);
    assert!(ana.go(&work).words().contains("Añade las variedades de aquí."), "{}", ana.words());
    assert!(ana.words().contains("Devuelto"), "{}", ana.words());
    ana.go(&format!("{work}/editar"));
    ana.send("/editar", &fill(&[("titulo-es", "La papa"), ("texto-es", "Huayro, peruanita.")]));
    press(&mut ana, &work, "submit");
    press(&mut beto, &work, "publish");
    let page = public(&mut ana, &work);
    assert!(staffed.school.get(&page).text().contains("Huayro, peruanita."));
    let deeds = beto.go("/es/taller/revision").words();
    for deed in
        ["La persona ana · envió a revisión", "La persona beto · devolvió", "La persona beto · publicó"]
    {
        assert!(deeds.contains(deed), "{deed}: {deeds}");
    }
}

#[test]
fn a_correction_is_seen_only_when_it_is_published_and_older_versions_can_be_taken_up_again() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let work = article(&mut ana, "La quinua", "Primera.");
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    ana.go(&format!("{work}/editar"));
    ana.send("/editar", &fill(&[("titulo-es", "La quinua"), ("texto-es", "Segunda.")]));
    assert!(staffed.school.get(&page).text().contains("Primera."), "the correction waits");
    press(&mut ana, &work, "publish");
    assert!(staffed.school.get(&page).text().contains("Segunda."));
    press_with(&mut ana, &work, &[("accion", "again"), ("version", "1")]);
    press(&mut ana, &work, "publish");
    let html = staffed.school.get(&page).text();
    assert!(html.contains("Primera.") && html.contains("3.0.0"), "{html}");
    press(&mut ana, &work, "withdraw");
    assert_eq!(staffed.school.get(&page).status, StatusCode::NOT_FOUND);
    press(&mut ana, &work, "restore");
    assert_eq!(staffed.school.get(&page).status, StatusCode::OK);
}

#[test]
fn of_two_who_edit_the_same_the_second_is_told_and_loses_nothing() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let work = article(&mut ana, "El cuy", "Uno.");
    let mut beto = staffed.signed_in("beto");
    ana.go(&format!("{work}/editar"));
    beto.go(&format!("{work}/editar"));
    beto.send("/editar", &fill(&[("titulo-es", "El cuy"), ("texto-es", "De Beto.")]));
    ana.send("/editar", &fill(&[("titulo-es", "El cuy"), ("texto-es", "De Ana.")]));
    assert_eq!(ana.status(), StatusCode::CONFLICT);
    assert!(
        ana.reply.text().contains("De Ana.") && ana.words().contains("Alguien guardó otra versión"),
        "{}",
        ana.words()
    );
    ana.send("/editar", &fill(&[("titulo-es", "El cuy"), ("texto-es", "De los dos.")]));
    assert_eq!(ana.status(), StatusCode::OK, "{}", ana.words());
    assert!(ana.go(&format!("{work}/editar")).reply.text().contains("De los dos."));
    // A button pressed on a page that is no longer true does nothing.
    ana.go(&work);
    beto.go(&format!("{work}/editar"))
        .send("/editar", &fill(&[("titulo-es", "El cuy"), ("texto-es", "Otra.")]));
    let tail = work.trim_start_matches("/es").to_owned();
    ana.send(&tail, &[("accion", "publish")]);
    assert_eq!(ana.status(), StatusCode::CONFLICT, "{}", ana.words());
}

#[test]
fn a_colleague_copies_thanks_and_comments_but_changes_nothing() {
    let staffed = Staffed::new();
    let (mut ana, mut luz) = (staffed.signed_in("ana"), staffed.signed_in("luz"));
    let work = article(&mut ana, "El ayni", "Hoy por ti.");
    assert_eq!(luz.go(&work).status(), StatusCode::NOT_FOUND, "a draft is its author's");
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    for _ in 0..3 {
        staffed.school.get(&page);
    }
    assert!(luz.go("/es/taller").words().contains("El ayni Artículo La persona ana 3"), "{}", luz.words());
    assert_eq!(luz.go(&format!("{work}/editar")).status(), StatusCode::NOT_FOUND);
    for action in ["withdraw", "publish", "return", "restore", "submit"] {
        let status = press_with(&mut luz, &work, &[("accion", action), ("texto", "no")]);
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{action}");
    }
    for _ in 0..2 {
        press(&mut luz, &work, "thanks");
    }
    press_with(&mut luz, &work, &[("accion", "comment"), ("texto", "Lo usé en <b>cuarto</b>.")]);
    let html = ana.go(&work).reply.text();
    assert_eq!(html.matches("agradece").count(), 1, "somebody thanks once");
    assert!(html.contains("Lo usé en &lt;b&gt;cuarto&lt;/b&gt;."), "{html}");
    press(&mut luz, &work, "copy");
    assert!(luz.path.ends_with("/editar"), "{}", luz.path);
    let copy = luz.path.trim_end_matches("/editar").to_owned();
    let mut fields = fill(&[("titulo-es", "El ayni en mi aula"), ("texto-es", "Mañana por mí.")]);
    fields.retain(|(name, _)| *name != "autores");
    fields.push(("autores", "Ana Mamani\nLuz Soto"));
    luz.send("/editar", &fields);
    press(&mut luz, &copy, "publish");
    let copied = public(&mut luz, &copy);
    let json = staffed.school.get(&copied).text();
    assert!(json.contains("isBasedOn") && json.contains("El ayni"), "{json}");
}

#[test]
fn a_session_that_ends_while_somebody_types_gives_the_text_back_after_signing_in() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    ana.go("/es/taller/nuevo/articulo");
    staffed.school.clock.advance(Duration::from_secs(31 * 60));
    ana.send("/nuevo/articulo", &fill(&[("titulo-es", "El río"), ("texto-es", "Largo y «hondo»\n\nDos.")]));
    assert!(ana.words().contains("Lo que escribiste no se perdió"), "{}", ana.words());
    ana.send("/entrar", &[("usuario", "ana"), ("clave", "otra cosa larga")]);
    assert!(ana.words().contains("no son correctos"), "{}", ana.words());
    ana.send("/entrar", &[("usuario", "ana"), ("clave", crate::accounts::PASSWORD)]);
    assert!(ana.words().contains("Aquí está lo que escribiste"), "{}", ana.words());
    ana.send("/nuevo/articulo", &[]);
    assert!(ana.path.starts_with("/es/taller/"), "{}: {}", ana.path, ana.words());
    let edit = format!("{}/editar", ana.path);
    assert!(ana.go(&edit).reply.text().contains("Largo y «hondo»\n\nDos."), "{}", ana.reply.text());
}

#[test]
fn a_pupil_reports_without_a_name_and_one_click_hides_the_resource_at_once() {
    let staffed = Staffed::new();
    let mut pupil = staffed.visitor();
    pupil.go("/es/lecciones/mi-frase-clave");
    assert!(pupil.reply.text().contains("/es/avisar/mi-frase-clave"));
    pupil.cookies.clear();
    pupil.go("/es/avisar/mi-frase-clave");
    pupil.send("/avisar/mi-frase-clave", &[]);
    assert_eq!(pupil.status(), StatusCode::UNPROCESSABLE_ENTITY, "a reason is due");
    pupil.send("/avisar/mi-frase-clave", &[("motivo", "hurts"), ("texto", "Se burla de mi <pueblo>")]);
    assert!(pupil.words().contains("Gracias por avisar"), "{}", pupil.words());
    assert_eq!(pupil.cookies, [], "nothing is left in the browser");
    pupil.go("/es/avisar/no-hay");
    assert_eq!(pupil.status(), StatusCode::NOT_FOUND);
    let mut beto = staffed.signed_in("beto");
    assert!(beto.go("/es/taller").words().contains("Hay 1 cosa por revisar"), "{}", beto.words());
    let words = beto.go("/es/taller/revision").words();
    assert!(words.contains("Hace daño a alguien") && words.contains("Se burla de mi <pueblo>"), "{words}");
    beto.send("/taller/revision", &[("accion", "hide"), ("recurso", "mi-frase-clave")]);
    for path in
        ["/es/lecciones/mi-frase-clave", "/qu/lecciones/mi-frase-clave/1", "/descargas/mi-frase-clave.epub"]
    {
        assert_eq!(staffed.school.get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!staffed.school.get("/es/recursos?nivel=primaria").text().contains("mi-frase-clave"));
    // It stays hidden after the next start, and comes back when a coordinator says so.
    let again = crate::accounts::school(staffed.data.path());
    assert_eq!(again.get("/es/lecciones/mi-frase-clave").status, StatusCode::NOT_FOUND);
    beto.go("/es/taller/revision")
        .send("/taller/revision", &[("accion", "show"), ("recurso", "mi-frase-clave")]);
    assert_eq!(staffed.school.get("/es/lecciones/mi-frase-clave").status, StatusCode::OK);
    // No trace of who it was: neither account, address nor day stands beside a report.
    let db = std::fs::read(staffed.data.path().join("school.db")).expect("the records");
    assert!(!db.windows(11).any(|bytes| bytes == b"192.168.1.2"), "an address is kept");
}

#[test]
fn more_reports_than_a_coordinator_can_read_are_told_to_wait_and_are_no_failure_of_the_server() {
    let staffed = Staffed::new();
    let mut pupil = staffed.visitor();
    let mut report = || {
        pupil.ask(
            Method::POST,
            "/es/avisar/mi-frase-clave",
            Some(&[("motivo".to_owned(), "hurts".to_owned())]),
            &[],
        );
        pupil.status()
    };
    let kept = (0..10_000).take_while(|_| report() == StatusCode::OK).count();
    assert!((100..10_000).contains(&kept), "{kept}");
    assert_eq!(report(), StatusCode::TOO_MANY_REQUESTS);
}

#[test]
fn hidden_materials_are_gone_from_the_catalogue_too() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let work = article(&mut ana, "El trueque", "Cambiamos papa por sal.");
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    let name = page.rsplit('/').next().unwrap_or_default().to_owned();
    let mut beto = staffed.signed_in("beto");
    beto.go("/es/taller/revision").send("/taller/revision", &[("accion", "hide"), ("recurso", &name)]);
    assert_eq!(staffed.school.get(&page).status, StatusCode::NOT_FOUND);
    assert!(!staffed.school.get("/es/recursos?q=trueque").text().contains("El trueque"));
    assert_eq!(ana.go("/es/taller/revision").status(), StatusCode::NOT_FOUND, "teachers do not review");
    ana.ask(Method::POST, "/es/taller/revision", Some(&[]), &[]);
    assert_eq!(ana.status(), StatusCode::NOT_FOUND);
}
