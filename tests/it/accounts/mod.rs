//! People with an account, through the front door: the first technician, signing in and out, passwords, sessions, and who
//! may ask for what.

mod access;
mod crowd;
mod date;
mod people;
pub(crate) mod person;
mod settings;

use std::{path::Path, time::Duration};

use amauta::{
    auth::password,
    clock::Clock,
    store::school::{By, NewPerson, Role, SchoolDb, Status},
    web::{Settings, shelf::Folders},
};
use http::StatusCode;

use self::person::Person;
use crate::support::school::School;

pub(crate) const PASSWORD: &str = "tres llamas verdes";

/// A school with a data folder of its own.
pub(crate) fn school(data: &Path) -> School {
    let folders = Folders { content: None, data: Some(data.to_owned()) };
    School::with(Settings { folders, ..Settings::default() })
}

/// Makes an account as the console does: beside the running server.
pub(crate) fn add(data: &Path, login: &str, role: Role) {
    let db = SchoolDb::open(&data.join("school.db")).expect("the records open");
    let hash = password::hash(PASSWORD, password::LEAST_PASSES).expect("a hash");
    let person =
        NewPerson { name: format!("La persona {login}"), login: login.to_owned(), role, password: hash };
    db.add_person(person).expect("an account");
}

pub(crate) fn signed_in<'a>(school: &'a School, login: &str) -> Person<'a> {
    let mut person = Person::at(school, "/es/entrar");
    person.send("/entrar", &[("usuario", login), ("clave", PASSWORD)]);
    assert_eq!(person.path, "/es/cuenta", "{}", person.words());
    person
}

#[test]
fn whoever_holds_the_code_of_the_console_becomes_the_technician_and_nobody_after() {
    let data = tempfile::tempdir().expect("a folder");
    let school = school(data.path());
    let code = school.app.accounts().expect("accounts").first_code().expect("a code");
    let mut wish = vec![
        ("codigo", "AAAA-AAAA-AAAA"),
        ("nombre", "Rosa Quispe"),
        ("usuario", " Rosa.Q "),
        ("clave", PASSWORD),
        ("otra", PASSWORD),
    ];
    let mut second = Person::at(&school, "/es/primera-vez");
    let mut stranger = Person::at(&school, "/es/entrar");
    stranger.go("/es/primera-vez").send("/primera-vez", &wish);
    assert_eq!(stranger.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stranger.words().contains("El código no es correcto"), "{}", stranger.words());
    let typed = code.to_lowercase().replace('-', " ");
    wish[0].1 = &typed;
    stranger.send("/primera-vez", &wish);
    assert_eq!(stranger.path, "/es/cuenta", "{}", stranger.words());
    assert!(stranger.words().contains("Rosa Quispe (rosa.q) · Técnico"), "{}", stranger.words());
    assert_eq!(stranger.go("/es/tecnico").status(), StatusCode::OK);

    second.send(
        "/primera-vez",
        &[
            ("codigo", &code),
            ("usuario", "otro"),
            ("nombre", "Otro"),
            ("clave", PASSWORD),
            ("otra", PASSWORD),
        ],
    );
    assert_eq!(second.status(), StatusCode::GONE);
    assert!(second.words().contains("ya tiene su técnico"), "{}", second.words());
    assert!(!second.reply.text().contains("name=\"codigo\""), "nothing is asked that leads nowhere");
    assert!(!Person::at(&school, "/es/entrar").words().contains("¿El servidor es nuevo?"));
    drop(school);
    let again = super::accounts::school(data.path());
    assert_eq!(again.app.accounts().expect("accounts").first_code(), None, "a restart makes no new code");
}

#[test]
fn what_cannot_be_taken_is_told_and_what_was_typed_stays() {
    let data = tempfile::tempdir().expect("a folder");
    let school = school(data.path());
    let code = school.app.accounts().expect("accounts").first_code().expect("a code");
    for (field, value, says) in [
        ("nombre", "  ", "Escribe tu nombre"),
        ("usuario", "r q", "de 3 a 40 letras"),
        ("usuario", "<script>", "de 3 a 40 letras"),
        ("clave", "corta", "muy corta"),
        ("clave", "contraseña123", "fácil de adivinar"),
        ("clave", "rosarosarosa", "fácil de adivinar"),
        ("otra", "tres llamas rojas", "no son iguales"),
    ] {
        let mut wish = vec![
            ("codigo", code.as_str()),
            ("nombre", "Rosa Quispe"),
            ("usuario", "rosa"),
            ("clave", PASSWORD),
            ("otra", PASSWORD),
        ];
        wish.iter_mut().find(|(name, _)| *name == field).expect("a field").1 = value;
        let mut person = Person::at(&school, "/es/primera-vez");
        person.send("/primera-vez", &wish);
        assert_eq!(person.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(person.words().contains(says), "{field} {value}: {}", person.words());
        let html = person.reply.text();
        assert!(field == "nombre" || html.contains("value=\"Rosa Quispe\""), "{html}");
        assert!(!html.contains(PASSWORD), "no password comes back");
    }
    assert!(school.app.accounts().expect("accounts").first_code().is_some(), "nothing was made");
}

#[test]
fn a_wrong_password_and_an_unknown_login_are_told_alike() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "rosa", Role::Teacher);
    let school = school(data.path());
    let said = [("rosa", "otra cosa más"), ("nadie", PASSWORD)].map(|(login, clave)| {
        let mut person = Person::at(&school, "/es/entrar");
        person.send("/entrar", &[("usuario", login), ("clave", clave)]);
        assert_eq!(person.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!person.cookies.iter().any(|(name, _)| name == "sesion"));
        person.words().replace(login, "")
    });
    assert_eq!(said[0], said[1]);
    assert!(said[0].contains("no son correctos"), "{}", said[0]);
}

#[test]
fn a_session_ends_on_leaving_on_closing_all_and_when_the_account_is_shut() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "rosa", Role::Teacher);
    add(data.path(), "tito", Role::Technician);
    let school = school(data.path());
    let mut here = signed_in(&school, "rosa");
    let mut there = signed_in(&school, "rosa");
    assert_ne!(here.cookies, there.cookies, "each browser has a secret of its own");
    here.go("/es/cuenta");
    assert!(here.words().contains("Una computadora de todos"), "{}", here.words());
    let kept = here.cookies.clone();
    here.send("/salir", &[]);
    assert_eq!(here.path, "/es/entrar");
    here.cookies = kept;
    assert_eq!(here.go("/es/cuenta").path, "/es/entrar", "the secret is worth nothing any more");
    let mut here = signed_in(&school, "rosa");
    here.send("/sesiones", &[]);
    assert_eq!(there.go("/es/cuenta").path, "/es/entrar");
    assert!(there.words().contains("se cerró"), "{}", there.words());

    let mut here = signed_in(&school, "rosa");
    let db = SchoolDb::open(&data.path().join("school.db")).expect("the records open");
    let rosa = db.person("rosa").expect("read").expect("rosa");
    db.set_status(rosa.id, Status::Disabled, By::default()).expect("shut");
    assert_eq!(here.go("/es/cuenta").path, "/es/entrar");
    here.send("/entrar", &[("usuario", "rosa"), ("clave", PASSWORD)]);
    assert!(here.words().contains("no son correctos"), "{}", here.words());
}

#[test]
fn a_new_password_closes_the_account_on_all_other_computers() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "rosa", Role::Teacher);
    let school = school(data.path());
    let mut here = signed_in(&school, "rosa");
    let mut there = signed_in(&school, "rosa");
    let new = "cuatro ríos hondos";
    here.go("/es/cuenta/clave").send("/clave", &[("antes", "no es esta"), ("clave", new), ("otra", new)]);
    assert!(here.words().contains("La contraseña de ahora no es correcta"), "{}", here.words());
    here.send("/clave", &[("antes", PASSWORD), ("clave", new), ("otra", new)]);
    assert!(here.path.starts_with("/es/cuenta?"), "{}", here.words());
    assert!(here.words().contains("Tu contraseña cambió"), "{}", here.words());
    assert_eq!(there.go("/es/cuenta").path, "/es/entrar");
    there.send("/entrar", &[("usuario", "rosa"), ("clave", PASSWORD)]);
    assert!(there.words().contains("no son correctos"), "{}", there.words());
    there.send("/entrar", &[("usuario", "ROSA "), ("clave", new)]);
    assert_eq!(there.path, "/es/cuenta");
}

#[test]
fn on_a_shared_laptop_a_session_ends_after_half_an_hour_and_on_an_own_computer_it_stays() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "rosa", Role::Teacher);
    let school = school(data.path());
    let mut shared = signed_in(&school, "rosa");
    assert!(!shared.reply.headers.contains_key("set-cookie"));
    let mut own = Person::at(&school, "/es/entrar");
    own.send("/entrar", &[("usuario", "rosa"), ("clave", PASSWORD), ("mia", "1")]);
    for _ in 0..3 {
        school.clock.advance(Duration::from_secs(29 * 60));
        assert_eq!(shared.go("/es/cuenta").path, "/es/cuenta", "in use");
    }
    school.clock.advance(Duration::from_secs(31 * 60));
    assert_eq!(shared.go("/es/cuenta").path, "/es/entrar");
    assert_eq!(own.go("/es/cuenta").path, "/es/cuenta");
    school.clock.advance(Duration::from_secs(15 * 24 * 3600));
    assert_eq!(own.go("/es/cuenta").path, "/es/entrar");
}

#[test]
fn after_a_start_with_a_dead_clock_nobody_is_signed_in_on_a_shared_laptop() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "rosa", Role::Teacher);
    let open = |clock: &str| {
        let folders = Folders { content: None, data: Some(data.path().to_owned()) };
        let clock = Clock::frozen(clock.parse().expect("a moment"));
        School::with_clock(Settings { folders, ..Settings::default() }, clock)
    };
    let cookies = |mia: &[(&str, &str)]| {
        let school = open("2026-11-23T15:00:00Z");
        let mut person = Person::at(&school, "/es/entrar");
        let fields = [&[("usuario", "rosa"), ("clave", PASSWORD)], mia].concat();
        person.send("/entrar", &fields).cookies.clone()
    };
    let (shared, own) = (cookies(&[]), cookies(&[("mia", "1")]));
    let lands = |clock: &str, cookies: &[(String, String)]| {
        let school = open(clock);
        let mut person = Person::at(&school, "/es/entrar");
        person.cookies = cookies.to_vec();
        person.go("/es/cuenta").path.clone()
    };
    assert_eq!(lands("2026-11-23T15:10:00Z", &shared), "/es/cuenta", "a cut of ten minutes");
    assert_eq!(lands("1970-01-01T00:00:10Z", &shared), "/es/entrar", "nobody knows how long");
    assert_eq!(lands("2026-11-23T15:20:00Z", &shared), "/es/entrar", "what has ended stays so");
    assert_eq!(lands("1970-01-01T00:00:10Z", &own), "/es/cuenta");
    let later = cookies(&[("mia", "1")]);
    assert_eq!(lands("2099-01-01T00:00:00Z", &later), "/es/cuenta", "a clock that jumped, not seventy years");
    assert_eq!(lands("2027-02-01T00:00:00Z", &later), "/es/entrar", "the long holidays end it");
}

#[test]
fn a_form_made_for_another_browser_or_sent_from_another_site_changes_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "rosa", Role::Teacher);
    let school = school(data.path());
    let fields = [("usuario", "rosa"), ("clave", PASSWORD)];
    let mut person = Person::at(&school, "/es/entrar");
    let mut without = Person::at(&school, "/es/entrar");
    without.cookies.clear();
    without.send("/entrar", &fields);
    assert_eq!(without.status(), StatusCode::FORBIDDEN);
    assert!(without.words().contains("cookie"), "{}", without.words());
    for headers in [
        [("origin", "http://otro.example")],
        [("origin", "null")],
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
    ] {
        person.go("/es/entrar").send_with("/entrar", &fields, &headers);
        assert_eq!(person.status(), StatusCode::FORBIDDEN, "{headers:?}");
    }
    person.go("/es/entrar").send("/entrar", &[("sello", "0123"), fields[0], fields[1]]);
    assert_eq!(person.status(), StatusCode::FORBIDDEN);
    person.go("/es/entrar").send_with("/entrar", &fields, &[("origin", "http://192.168.1.2:8080")]);
    assert_eq!(person.path, "/es/cuenta");
    let mut other = signed_in(&school, "rosa");
    let (_, theirs) = other.form("/sesiones");
    person.send("/sesiones", &[("sello", &theirs[0].1)]);
    assert_eq!(person.status(), StatusCode::FORBIDDEN);
    assert_eq!(other.go("/es/cuenta").path, "/es/cuenta", "nothing was closed");
}

#[test]
fn guessing_is_slowed_down() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "rosa", Role::Teacher);
    let school = school(data.path());
    let mut child = Person::at(&school, "/es/entrar");
    for _ in 0..5 {
        child.send("/entrar", &[("usuario", "rosa"), ("clave", "adivino adivino")]);
        assert_eq!(child.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    child.send("/entrar", &[("usuario", "rosa"), ("clave", PASSWORD)]);
    assert_eq!(child.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(child.words().contains("Espera 1 segundo"), "{}", child.words());
    school.clock.advance(Duration::from_secs(1));
    child.send("/entrar", &[("usuario", "rosa"), ("clave", PASSWORD)]);
    assert_eq!(child.path, "/es/cuenta", "{}", child.words());
}

#[test]
fn where_the_records_cannot_be_opened_lessons_are_served_and_the_door_says_so() {
    let data = tempfile::tempdir().expect("a folder");
    std::fs::write(
        data.path().join("school.db"),
        "no database at all, but long enough to be looked at twice",
    )
    .expect("written");
    let school = school(data.path());
    assert_eq!(school.get("/es/recursos").status, StatusCode::OK);
    let door = school.get("/es/entrar");
    assert_eq!(door.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(door.text().contains("No se puede entrar ahora"));
}

#[test]
fn no_cookie_can_be_read_by_a_script_or_sent_from_elsewhere() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "rosa", Role::Teacher);
    let school = school(data.path());
    let mut person = Person::at(&school, "/es/entrar");
    let (path, mut fields) = person.form("/entrar");
    fields.extend([("usuario".to_owned(), "rosa".to_owned()), ("clave".to_owned(), PASSWORD.to_owned())]);
    person.ask(http::Method::POST, &path, Some(&fields), &[]);
    let given =
        person.reply.headers.get_all("set-cookie").into_iter().map(|value| value.to_str().expect("ASCII"));
    for cookie in given {
        assert!(cookie.contains("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
        assert!(!cookie.contains("Secure"), "the server speaks plain HTTP: {cookie}");
    }
    assert_eq!(person.reply.header("cache-control"), "no-store");
    let secret = &person.cookies.iter().find(|(name, _)| name == "sesion").expect("a session").1;
    let stored = std::fs::read(data.path().join("school.db-wal")).expect("the journal");
    let holds = |bytes: &[u8]| stored.windows(bytes.len()).any(|window| window == bytes);
    assert!(!holds(secret.as_bytes()), "the secret itself is nowhere on the disk");
    assert!(holds(&amauta::auth::token::hash(secret)), "its hash is");
}
