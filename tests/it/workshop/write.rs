//! Writing in the browser: articles, plans, quizzes in fields and as GIFT, stories; the draft as everybody would see it.

use std::fs;

use http::{Method, StatusCode};

use super::{Staffed, article, fill, press, public};

#[test]
fn an_article_is_a_draft_until_its_teacher_publishes_it_and_then_everybody_finds_it() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let work =
        article(&mut ana, "Cuidamos el puquio", "## Por qué\n\nEl agua **nace** aquí.\n\n- Una\n- Dos\n");
    assert!(ana.words().contains("Borrador"), "{}", ana.words());
    let mut visitor = staffed.visitor();
    visitor.go("/es/recursos?q=puquio");
    assert!(!visitor.words().contains("Cuidamos el puquio"), "a draft is found");
    assert_eq!(press(&mut ana, &work, "publish"), StatusCode::OK, "{}", ana.words());
    assert!(ana.words().contains("Publicado"), "{}", ana.words());
    let page = public(&mut ana, &work);
    visitor.go(&page);
    assert_eq!(visitor.status(), StatusCode::OK);
    let html = visitor.reply.text();
    assert!(html.contains("<strong>nace</strong>"), "{html}");
    assert!(html.contains("Ana Mamani") && html.contains("CC-BY-SA-4.0"), "{html}");
    visitor.go("/es/recursos?q=puquio");
    assert!(visitor.words().contains("Cuidamos el puquio"), "{}", visitor.words());
}

#[test]
fn what_was_published_is_there_after_the_next_start_and_its_folder_may_be_lost() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let work = article(&mut ana, "El maíz", "Se siembra en agosto.");
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    fs::remove_dir_all(staffed.data.path().join("workshop")).expect("the folder goes");
    let again = crate::accounts::school(staffed.data.path());
    again.app.index_materials();
    let reply = again.get(&page);
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.text().contains("Se siembra en agosto."));
}

#[test]
fn a_quiz_filled_in_question_by_question_is_tried_in_the_preview_and_answered_by_pupils() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    ana.go("/es/taller/nuevo/cuestionario");
    let fields = fill(&[
        ("titulo-es", "¿Qué sabes del agua?"),
        ("p1", "¿De dónde nace el puquio: {a} = ?"),
        ("p1-1", "De la tierra"),
        ("p1-1-dice", "Sí, brota."),
        ("p1-2", "Del caño ~ #"),
        ("p1-2-dice", "Mira otra vez."),
        ("p1-bien", "1"),
        ("p1-dice", "El agua subterránea sale sola."),
        ("p2", "¿Cuánta agua bebes?"),
        ("p2-1", "Ocho vasos"),
        ("p2-2", "Ninguno"),
        ("p2-bien", "1"),
    ]);
    ana.send("/nuevo/cuestionario", &fields);
    let work = ana.path.clone();
    assert!(!ana.words().contains("Mira esto antes"), "{}", ana.words());
    // The preview is the same page that pupils get, below the draft's own address.
    let html = ana.reply.text();
    let preview = html.split("href=\"").find(|rest| rest.contains(">Ver cómo se verá<")).expect("a preview");
    let preview = preview.split('"').next().unwrap_or_default().to_owned();
    assert!(preview.starts_with(&format!("{work}/vista/")), "{preview}");
    ana.go(&preview);
    assert_eq!(ana.status(), StatusCode::OK, "{}", ana.words());
    ana.go(&format!("{preview}/1"));
    assert!(ana.words().contains("¿De dónde nace el puquio: {a} = ?"), "{}", ana.words());
    assert!(ana.words().contains("Del caño ~ #"), "{}", ana.words());
    let question = format!("{preview}/1/pregunta/1");
    let chosen = [("r".to_owned(), "1".to_owned())];
    ana.ask(Method::POST, &question, Some(&chosen), &[]);
    assert_eq!(ana.status(), StatusCode::OK, "{}", ana.words());
    // A visitor gets to see none of it.
    let mut visitor = staffed.visitor();
    visitor.go(&preview);
    assert_eq!(visitor.path, "/es/entrar");
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    visitor.go(&format!("{page}/1"));
    assert!(visitor.words().contains("¿De dónde nace el puquio"), "{}", visitor.words());
    // And it is still filled in question by question.
    ana.go(&format!("{work}/editar"));
    assert!(ana.reply.text().contains("name=\"p2-1\" value=\"Ocho vasos\""));
}

#[test]
fn a_further_question_is_added_without_losing_what_was_typed() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    ana.go("/es/taller/nuevo/cuestionario");
    let four = [("p1", "Una"), ("p1-1", "a"), ("p1-2", "b"), ("p1-bien", "2"), ("mas", "Añadir")];
    ana.send(
        "/nuevo/cuestionario",
        &fill(&[&[("titulo-es", "Tres"), ("p2", "Dos"), ("p3", "Tres")], &four[..]].concat()),
    );
    let html = ana.reply.text();
    assert!(html.contains("name=\"p4\"") && html.contains("name=\"p1-1\" value=\"a\""), "{html}");
    assert!(html.contains("name=\"p1-bien\" value=\"2\" checked"), "{html}");
    ana.go("/es/taller");
    assert!(ana.words().contains("Todavía no hay ninguno"), "nothing was kept yet");
}

#[test]
fn gift_and_twee_are_pasted_and_mistakes_are_told_with_their_line() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    ana.go("/es/taller/nuevo/cuestionario?gift");
    ana.send(
        "/nuevo/cuestionario",
        &fill(&[("titulo-es", "Mal"), ("texto-es", "¿Uno? {=a ~b}\n\n¿Dos? {=a ~b")]),
    );
    let bad = ana.path.clone();
    assert!(ana.words().contains("Mira esto antes de publicarlo"), "{}", ana.words());
    assert!(ana.words().contains("quiz.gift:3"), "{}", ana.words());
    assert_eq!(press(&mut ana, &bad, "publish"), StatusCode::UNPROCESSABLE_ENTITY);
    ana.go("/es/taller/nuevo/cuento");
    let twee = ":: StoryTitle\nEl zorro\n\n:: StoryData\n{\"ifid\":\"F2277A49-95C9-4B14-AE66-62526089F861\",\"start\":\"Inicio\"}\n\n:: Inicio\nEl zorro llega al río.\n[[Cruza->Fin]]\n\n:: Fin\nCruzó.\n";
    ana.send("/nuevo/cuento", &fill(&[("titulo-es", "El zorro"), ("texto-es", twee)]));
    let story = ana.path.clone();
    press(&mut ana, &story, "publish");
    let page = public(&mut ana, &story);
    let mut visitor = staffed.visitor();
    visitor.go(&format!("{page}/1"));
    assert!(visitor.words().contains("El zorro llega al río."), "{}", visitor.words());
}

#[test]
fn a_plan_begins_with_the_parts_of_the_ministry_and_an_article_may_be_in_quechua_alone() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    ana.go("/es/taller/nuevo/plan");
    for part in ["Propósito", "Competencias", "Inicio", "Desarrollo", "Cierre", "Evaluación"] {
        assert!(ana.reply.text().contains(part), "{part}");
    }
    ana.go("/es/taller/nuevo/articulo");
    let fields = [
        ("titulo-qu", "Yakumanta"),
        ("resumen-qu", "Yakuta allinta waqaychasunchik."),
        ("texto-qu", "Yakuqa kawsaymi."),
    ];
    ana.send("/nuevo/articulo", &fill(&[&fields[..], &[("resumen-es", "")]].concat()));
    let work = ana.path.clone();
    assert_eq!(press(&mut ana, &work, "publish"), StatusCode::OK, "{}", ana.words());
    let page = public(&mut ana, &work).replace("/es/", "/qu/");
    let mut visitor = staffed.visitor();
    visitor.go(&page);
    assert!(visitor.words().contains("Yakuqa kawsaymi."), "{}", visitor.words());
}

#[test]
fn what_a_teacher_types_is_text_and_never_the_portals_own_markup() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let title = "\"] x = 1 <script>alert(1)</script> ::quiz # *a*";
    let text = "<script>alert(2)</script>\n\n[x](javascript:alert(3)) <img src=x onerror=alert(4)>";
    let work = article(&mut ana, title, text);
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    let html = staffed.school.get(&page).text();
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
    assert!(
        !html.contains("<script>alert") && !html.contains("<img src=x") && !html.contains("javascript:"),
        "{html}"
    );
    // The same words as the title of a lesson, where they go through TOML and Markdown.
    ana.go("/es/taller/nuevo/cuestionario?gift");
    ana.send("/nuevo/cuestionario", &fill(&[("titulo-es", title), ("texto-es", "¿Uno? {=a ~b}")]));
    let work = ana.path.clone();
    assert_eq!(press(&mut ana, &work, "publish"), StatusCode::OK, "{}", ana.words());
    let page = public(&mut ana, &work);
    let screen = staffed.school.get(&format!("{page}/1")).text();
    assert!(screen.contains("&lt;script&gt;alert(1)") && !screen.contains("<script>alert"), "{screen}");
}

#[test]
fn a_draft_without_a_title_is_not_kept_and_one_that_lacks_something_is_not_published() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    ana.go("/es/taller/nuevo/articulo");
    ana.send("/nuevo/articulo", &[("texto-es", "Mucho texto ya escrito.")]);
    assert_eq!(ana.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.reply.text().contains("Mucho texto ya escrito."), "what was typed is still there");
    ana.send("/nuevo/articulo", &[("titulo-es", "Solo un título")]);
    let work = ana.path.clone();
    assert!(ana.words().contains("El grado o el nivel"), "{}", ana.words());
    assert_eq!(press(&mut ana, &work, "publish"), StatusCode::UNPROCESSABLE_ENTITY);
    press(&mut ana, &work, "discard");
    assert_eq!(ana.path, "/es/taller");
    assert_eq!(ana.go(&work).status(), StatusCode::NOT_FOUND);
}
