//! The search box and its page, as a pupil uses them.

use std::fs;

use amauta::web::{Settings, shelf::Folders};

use crate::support::{browser::Browser, school::School};

fn found(school: &School, lang: &str, words: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish();
    let browser = Browser::open(school, &format!("/{lang}/recursos?{query}"));
    assert_eq!(browser.reply.status.as_u16(), 200, "{words}");
    browser.reply.text()
}

#[test]
fn every_page_has_a_box_that_leads_to_what_was_searched() {
    let school = School::new();
    for lang in ["es", "qu"] {
        for page in ["", "docentes", "ayuda", "lecciones/mi-frase-clave/2", "recursos", "nada-asi"] {
            let mut browser = Browser::open(&school, &format!("/{lang}/{page}"));
            let form = browser.search_box();
            assert_eq!((form.method.as_str(), form.action.as_str()), ("get", &*format!("/{lang}/recursos")));
            browser.send(&form, &[("q", "anzuelo")]);
            let text = browser.reply.text();
            assert!(
                text.contains(&format!("href=\"/{lang}/lecciones/no-muerdo-el-anzuelo\"")),
                "{lang}/{page}"
            );
            let again = browser.search_box();
            assert!(
                again.fields.contains(&("q".to_owned(), "anzuelo".to_owned())),
                "the words stay in the box"
            );
        }
    }
}

#[test]
fn a_hit_shows_its_words_and_leads_to_their_screen() {
    let school = School::new();
    let text = found(&school, "es", "puente");
    let card = text.split("<li class=\"result\">").find(|card| card.contains("/lecciones/leer-de-costado\""));
    let card = card.expect("the lesson about the bridge");
    assert!(card.contains("<b>puente</b>") || card.contains("<b>Puente</b>"), "{card}");
}

#[test]
fn one_language_finds_the_other_and_accents_do_not_matter() {
    let school = School::new();
    for (lang, words) in
        [("qu", "contraseña"), ("es", "contrasena"), ("es", "pakaqillqa"), ("qu", "pakaqillqaykita")]
    {
        let text = found(&school, lang, words);
        assert!(text.contains(&format!("/{lang}/lecciones/mi-frase-clave")), "{lang}: {words}");
    }
}

#[test]
fn a_slip_is_answered_with_what_may_have_been_meant() {
    let school = School::new();
    let mut browser = Browser::open(&school, "/es/");
    let form = browser.search_box();
    browser.send(&form, &[("q", "anzulo")]);
    let text = browser.reply.text();
    assert!(text.contains("¿Quisiste decir…?"), "{text}");
    let href = text.split("¿Quisiste decir…? <a href=\"").nth(1).and_then(|rest| rest.split('"').next());
    browser.go(&href.expect("a link").replace("&amp;", "&"));
    assert!(browser.reply.text().contains("class=\"result\""));
}

#[test]
fn filters_narrow_a_search_by_exactly_what_they_promise() {
    let school = School::new();
    let text = found(&school, "es", "ayuda");
    let option = text.split("<option value=\"primaria\">").nth(1).and_then(|rest| rest.split('(').nth(1));
    let promised: usize =
        option.and_then(|rest| rest.split(')').next()).and_then(|n| n.parse().ok()).expect("a count");
    let narrowed = school.get("/es/recursos?q=ayuda&nivel=primaria").text();
    let said = narrowed.split("<p role=\"status\"><strong>").nth(1).and_then(|rest| rest.split(' ').next());
    assert_eq!(said, Some(promised.to_string().as_str()));
    assert!(promised > 1 && narrowed.contains("<input type=\"hidden\" name=\"q\" value=\"ayuda\">"));
    assert!(
        narrowed.contains("href=\"/es/recursos?q=ayuda\""),
        "the filter can be taken away, the words stay"
    );
}

#[test]
fn odd_words_are_only_words() {
    let school = School::new();
    for words in [
        "\"",
        "'; DROP TABLE material; --",
        "NEAR(a b)",
        "a AND",
        "title:*",
        "*",
        "(",
        "🦙",
        "<script>alert(1)</script>",
        "%00",
        "\u{202e}abc",
        "-",
        "OR OR OR",
        &"palabra ".repeat(2000),
        &"ñ".repeat(5000),
    ] {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish();
        let query: String = query.chars().take(8000).collect();
        let browser = Browser::open(&school, &format!("/es/recursos?{query}"));
        let reply = &browser.reply;
        assert_eq!(reply.status.as_u16(), 200, "{words:.40}");
        let text = reply.text();
        assert!(text.len() < 30 * 1024 && !text.contains("<script>alert"), "{words:.40}");
        assert_eq!(reply.header("cache-control"), "no-store");
    }
}

#[test]
fn what_gives_answers_away_is_never_found() {
    let school = School::new();
    for words in ["veredicto", "clave", "conteo", "prueba de decisiones"] {
        let text = found(&school, "es", words);
        assert!(!text.contains("/clave\"") && !text.contains("/conteo\""), "{words}");
    }
}

#[test]
fn the_index_is_kept_and_made_anew_when_it_is_missing_or_damaged() {
    let data = tempfile::tempdir().expect("a folder");
    let folders = Folders { content: None, data: Some(data.path().to_owned()) };
    let open = || School::with(Settings { folders: folders.clone(), ..Settings::default() });
    let index = data.path().join("library.db");
    let finds =
        |school: &School| found(school, "es", "anzuelo").contains("/es/lecciones/no-muerdo-el-anzuelo\"");
    assert!(!index.exists(), "a server that nobody searches keeps no index");
    assert!(finds(&open()));
    let made = fs::metadata(&index).and_then(|about| about.modified()).expect("the index is kept");
    assert!(finds(&open()));
    assert_eq!(
        fs::metadata(&index).and_then(|about| about.modified()).expect("an index"),
        made,
        "it is used again"
    );
    for damage in [&b""[..], b"not a database", &[0; 8192]] {
        fs::write(&index, damage).expect("it is damaged");
        assert!(finds(&open()), "{} bytes", damage.len());
    }
    fs::remove_file(&index).expect("it was there");
    fs::create_dir(&index).expect("a folder in its place");
    assert!(finds(&open()), "where it cannot be kept it is made in memory");
}
