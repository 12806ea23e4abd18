//! Every page in every language: reached by links alone, nothing missing, nothing broken.

use crate::support::{
    browser::Browser,
    html::tags,
    portal::{pages, school},
};

#[test]
fn every_link_on_every_page_leads_somewhere() {
    let pages = pages();
    let broken = pages.iter().filter(|(_, reply)| reply.status != 200).map(|(path, r)| (path, r.status));
    assert_eq!(broken.collect::<Vec<_>>(), []);
    assert!(pages.len() > 300, "only {} pages were found", pages.len());
}

#[test]
fn no_page_in_any_language_asks_for_a_text_that_nobody_has() {
    pages();
    let missing = school().app.shelf().messages.missing();
    // Quechua may still lack a technician's text; Spanish may lack nothing.
    let missing =
        missing.iter().filter(|text| text.lang.as_str() == "es" || !text.id.starts_with("technician"));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&amauta::i18n::Missing>::new());
}

#[test]
fn every_page_leads_to_help_in_two_clicks_and_to_itself_in_the_other_language() {
    for (path, reply) in pages() {
        if !reply.header("content-type").starts_with("text/html") || path == "/" {
            continue;
        }
        let lang = &path[1..3];
        let (other, rest) = (if lang == "es" { "qu" } else { "es" }, &path[3..]);
        let html = reply.text();
        let hrefs =
            tags(&html).iter().filter_map(|tag| tag.get("href").map(str::to_owned)).collect::<Vec<_>>();
        assert!(hrefs.contains(&format!("/{lang}/ayuda")), "{path} does not lead to help");
        assert!(hrefs.contains(&format!("/{other}{rest}")), "{path} does not lead to its twin: {hrefs:?}");
        assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{path} does not say its language");
    }
}

#[test]
fn quechua_pages_say_in_one_line_that_nobody_has_reviewed_them_and_spanish_ones_do_not() {
    let quechua = Browser::open(school(), "/qu/recursos").html();
    assert!(quechua.contains("class=\"review\""), "no line about the review");
    assert!(!Browser::open(school(), "/es/recursos").html().contains("class=\"review\""));
}
