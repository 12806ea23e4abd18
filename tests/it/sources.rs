//! Source packs, reports to rehearse and tests on paper through the front door.

use std::path::PathBuf;

use amauta::web::{Settings, shelf::Folders};

use crate::support::{
    browser::Browser,
    html::{Tag, tags, words},
    portal::crawl,
    root,
    school::School,
};

const PACK: &str = "/es/lecciones/fuentes-de-agua";
const TEST: &str = "/es/lecciones/prueba-de-agua";

/// A school whose lessons are the good ones of the fixtures.
fn school() -> School {
    let content: PathBuf = root().join("tests/fixtures/lessons-ok");
    let folders = Folders { content: Some(content), data: None };
    School::with(Settings { folders, ..Settings::default() })
}

fn hrefs(html: &str) -> Vec<String> {
    tags(html).iter().filter_map(|tag| tag.get("href").map(str::to_owned)).collect()
}

#[test]
fn folders_lead_to_cards_and_cards_to_the_others_of_their_folder() {
    let school = school();
    let lesson = Browser::open(&school, PACK);
    assert!(hrefs(&lesson.html()).contains(&format!("{PACK}/fuentes")));
    let list = Browser::open(&school, &format!("{PACK}/fuentes"));
    let read = list.words();
    for text in
        ["El agua del manantial", "¿Se puede tomar?", "El aviso de helada", "Acta", "Boletín del tiempo"]
    {
        assert!(read.contains(text), "{text} in {read}");
    }
    let card = Browser::open(&school, &format!("{PACK}/fuentes/acta-agua"));
    let (html, read) = (card.html(), card.words());
    for text in ["Acta de la asamblea", "Libro de actas.", "Cada familia hierve el agua.", "¿Se puede tomar?"]
    {
        assert!(read.contains(text), "{text} in {read}");
    }
    let picture =
        tags(&html).into_iter().find(|tag| tag.get("alt") == Some("La llave grande del caño del patio."));
    let picture = picture.expect("the picture of the body is shown");
    assert_eq!(school.get(picture.get("src").expect("it has an address")).status, 200);
    let links = hrefs(&html);
    assert!(links.contains(&format!("{PACK}/fuentes/anuncio-agua")), "{links:?}");
    assert!(links.contains(&format!("{PACK}/fuentes")));
    assert!(!links.contains(&format!("{PACK}/fuentes/boletin-helada")), "a card of another folder");
}

#[test]
fn the_key_is_for_teachers_and_no_page_of_pupils_leads_to_it() {
    let school = school();
    let key = format!("{PACK}/clave");
    let page = Browser::open(&school, &key);
    assert_eq!(page.reply.status, 200);
    let read = page.words();
    for text in [
        "Clave de las fuentes",
        "Acta de la asamblea",
        "Quién la hizo",
        "La asamblea, que es gente",
        "Secreto: es falsa",
    ] {
        assert!(read.contains(text), "{text} in {read}");
    }
    assert!(
        hrefs(&page.html()).contains(&format!("{PACK}/fuentes/anuncio-agua")),
        "links inside keys lead on"
    );
    for teachers in ["/es/docentes".to_owned(), format!("{PACK}/plan")] {
        assert!(hrefs(&school.get(&teachers).text()).contains(&key), "{teachers} does not lead to the key");
    }
    for pupils in ["", "/1", "/2", "/recuerda", "/familia", "/fuentes", "/fuentes/anuncio-agua"] {
        let html = school.get(&format!("{PACK}{pupils}")).text();
        assert!(!hrefs(&html).contains(&key), "{PACK}{pupils} leads to the key");
        assert!(!html.contains("Secreto"), "{PACK}{pupils} gives the answer away");
    }
    assert!(!hrefs(&school.get("/es/familias").text()).contains(&key));
}

#[test]
fn a_link_to_a_source_leads_to_its_card_from_any_screen_and_in_both_languages() {
    let school = school();
    for lang in ["es", "qu"] {
        let screen = school.get(&format!("/{lang}/lecciones/fuentes-de-agua/1")).text();
        let card = format!("/{lang}/lecciones/fuentes-de-agua/fuentes/acta-agua");
        assert!(hrefs(&screen).contains(&card), "{lang}");
        assert_eq!(school.get(&card).status, 200);
    }
    // While nobody has read the Quechua, the Spanish stands beneath it.
    let card = school.get("/qu/lecciones/fuentes-de-agua/fuentes/acta-agua").text();
    assert!(card.contains("Huñunakuypa qillqasqan") && card.contains("Cada familia hierve el agua."));
    assert_eq!(card.matches("<img src=\"/m/").count(), 1, "pictures are shown once");
}

#[test]
fn cards_and_packs_that_are_not_there_are_not_found() {
    let school = school();
    for path in [
        format!("{PACK}/fuentes/nada"),
        "/es/lecciones/mi-clave/fuentes".to_owned(),
        "/es/lecciones/mi-clave/fuentes/acta-agua".to_owned(),
        "/es/lecciones/mi-clave/clave".to_owned(),
        "/es/lecciones/mi-clave/forma-a".to_owned(),
        format!("{TEST}/forma-c"),
    ] {
        assert_eq!(school.get(&path).status, 404, "{path}");
    }
}

/// The tags from the block of the report to the end of its `div`.
fn report(html: &str) -> Vec<Tag> {
    let all = tags(html);
    let is_report =
        |tag: &Tag| tag.get("class").is_some_and(|class| class.split(' ').any(|one| one == "report"));
    let begin = all.iter().position(is_report).expect("the report is on the page");
    let mut depth = 0_i32;
    let inside = all[begin..].iter().take_while(|tag| {
        if tag.name == "div" {
            depth += if tag.closing { -1 } else { 1 };
        }
        depth > 0
    });
    inside.cloned().collect()
}

#[test]
fn nothing_typed_into_a_report_can_leave_the_page() {
    let school = school();
    for lang in ["es", "qu"] {
        let reply = school.get(&format!("/{lang}/lecciones/fuentes-de-agua/2"));
        let html = reply.text();
        let inside = report(&html);
        let fields: Vec<&Tag> = inside
            .iter()
            .filter(|tag| ["input", "textarea"].contains(&tag.name.as_str()) && !tag.closing)
            .collect();
        let kinds: Vec<&str> = fields.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(kinds, ["textarea", "input", "input", "input", "input"]);
        for tag in &inside {
            assert!(!["form", "button", "select"].contains(&tag.name.as_str()), "{tag:?}");
            for attribute in ["name", "form", "action", "formaction", "onclick", "onsubmit"] {
                assert_eq!(tag.get(attribute), None, "{tag:?}");
            }
        }
        for field in fields.iter().filter(|tag| tag.name == "input") {
            assert_eq!(field.get("type"), Some("text"), "no button: {field:?}");
        }
        let labels: Vec<_> =
            inside.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
        let ids: Vec<_> = fields.iter().filter_map(|tag| tag.get("id")).collect();
        assert_eq!(labels, ids, "every field has its label");
        // No form around the block either: each one on the page is closed before, or opened after.
        let before = &html[..html.find("report\"").expect("the block")];
        assert_eq!(before.matches("<form").count(), before.matches("</form").count());
        assert_eq!(school.post(&format!("/{lang}/lecciones/fuentes-de-agua/2"), &[("x", "y")]).status, 405);
    }
    let said = words(&school.get(&format!("{PACK}/2")).text());
    for text in
        ["no se envía ni se guarda", "Quién puede acompañarme", "A una persona mayor en quien confías"]
    {
        assert!(said.contains(text), "{text} in {said}");
    }
}

#[test]
fn both_forms_of_a_test_are_told_apart_and_the_tally_stays_with_teachers() {
    let school = school();
    for (word, title, text) in [
        ("forma-a", "Prueba, forma A", "Llega un aviso sin nombre."),
        ("forma-b", "Prueba, forma B", "Un anuncio promete un premio."),
        ("conteo", "Conteo de la prueba", "Buena en A"),
    ] {
        let read = Browser::open(&school, &format!("{TEST}/{word}")).words();
        assert!(read.contains(title) && read.contains(text), "{word}: {read}");
    }
    let pupils = Browser::open(&school, TEST).words();
    assert!(pupils.contains("Prueba, forma A") && pupils.contains("Prueba, forma B"), "{pupils}");
    for page in ["", "/1", "/forma-a", "/forma-b"] {
        assert!(
            !hrefs(&school.get(&format!("{TEST}{page}")).text()).contains(&format!("{TEST}/conteo")),
            "{page}"
        );
    }
    assert!(hrefs(&school.get(&format!("{TEST}/plan")).text()).contains(&format!("{TEST}/conteo")));
    let corner = hrefs(&school.get("/es/docentes").text());
    assert!(["forma-a", "forma-b", "conteo"].iter().all(|word| corner.contains(&format!("{TEST}/{word}"))));
    let found = Browser::open(&school, "/es/recursos?clase=prueba").words();
    assert!(found.contains("Prueba, forma B"), "{found}");
}

#[test]
fn every_link_of_these_lessons_leads_somewhere_and_every_text_is_there() {
    let school = school();
    let pages = crawl(&school);
    let broken: Vec<_> =
        pages.iter().filter(|(_, reply)| reply.status != 200).map(|(path, _)| path).collect();
    assert_eq!(broken, [] as [&String; 0]);
    for path in ["fuentes", "fuentes/acta-agua", "clave"] {
        let page = format!("/qu/lecciones/fuentes-de-agua/{path}");
        assert!(pages.contains_key(&page), "no link leads to {page}");
    }
    let missing = school.app.shelf().messages.missing();
    let missing: Vec<_> = missing.iter().filter(|text| !text.id.starts_with("technician")).collect();
    assert_eq!(missing, Vec::<&amauta::i18n::Missing>::new());
}
