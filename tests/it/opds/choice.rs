//! In which language a feed answers, what it forgives, how it is kept, and how pages lead to it.

use amauta::{clock::Clock, web::Settings};
use roxmltree::Document;

use super::feed::Feed;
use crate::support::{
    html::tags,
    portal::{LANGS, html_pages, school},
    school::School,
};

#[test]
fn the_language_is_the_one_asked_for_in_the_address_else_in_the_header_else_spanish() {
    for (query, header, lang) in [
        ("", None, "es"),
        ("", Some("C"), "es"),
        ("", Some("fr, en;q=0.8"), "es"),
        ("", Some("quz-PE, es;q=0.5"), "qu"),
        ("?lang=qu", None, "qu"),
        ("?lang=qu", Some("es"), "qu"),
        ("?lang=quy", None, "qu"),
        ("?lang=es_PE", Some("qu"), "es"),
        ("?lang=fr", Some("qu"), "qu"),
        ("?lang=", Some("qu"), "qu"),
        ("?lang=all", None, "es"),
        // What a program adds to an address of ours is what its user wants now.
        ("?lang=es&lang=qu", None, "qu"),
    ] {
        for path in ["/opds", "/opds/niveles", "/opds/recursos", "/opds/recursos/mi-frase-clave"] {
            let headers = header.map(|header| ("accept-language", header));
            let reply = school().get_with(&format!("{path}{query}"), headers.as_slice());
            let feed = Feed::answered(&reply, path);
            assert_eq!(feed.lang, lang, "{path}{query} {header:?}");
            let by_address =
                ["qu", "quy", "es_PE", "es&lang=qu"].iter().any(|tag| query == format!("?lang={tag}"));
            assert_eq!(reply.header("vary").contains("Accept-Language"), !by_address, "{path}{query}");
            // Who follows a link without saying the language again stays in it.
            for link in feed.links.iter().filter(|link| link.href.starts_with("/op")) {
                assert!(link.href.contains(&format!("?lang={lang}")), "{}", link.href);
            }
        }
    }
}

#[test]
fn titles_change_with_the_language_and_ids_do_not() {
    let [spanish, quechua] = LANGS.map(|lang| Feed::of(school(), &format!("/opds/recursos?lang={lang}")));
    assert_eq!(spanish.ids(), quechua.ids());
    assert!(spanish.entries.iter().zip(&quechua.entries).any(|(es, qu)| es.title != qu.title));
    // Get Books keeps the last language of an entry and compares it with the one it asked for.
    for (feed, lang) in [(spanish, "es"), (quechua, "qu")] {
        for entry in feed.entries.iter().filter(|entry| entry.langs.iter().any(|known| known == lang)) {
            assert_eq!(entry.langs.last().map(String::as_str), Some(lang), "{}", entry.title);
        }
    }
}

#[test]
fn what_get_books_glues_to_an_address_is_understood() {
    for (asked, right) in [
        ("/opds&lang=qu", "/opds"),
        ("/opds/", "/opds"),
        ("/opds/niveles&lang=qu", "/opds/niveles"),
        ("/opds/recursos/?q=clave", "/opds/recursos?q=clave"),
    ] {
        let reply = school().get(asked);
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, right), "{asked}");
    }
    let plain = Feed::of(school(), "/opds/recursos?lang=qu&q=clave").ids().join(" ");
    for query in ["q=clave&lang=qu", "query=clave&lang=qu", "q=clave&pagina=&lang=qu&sort=new&utm=%FF"] {
        assert_eq!(Feed::of(school(), &format!("/opds/recursos?{query}")).ids().join(" "), plain, "{query}");
    }
}

#[test]
fn words_that_the_catalogue_does_not_know_are_passed_over() {
    let all = Feed::of(school(), "/opds/recursos?lang=es");
    for query in ["nivel=xyz", "tema=%3Cscript%3E", "area=", "pagina=0", "pagina=-1", "x=%00", "%", "&&&=&"] {
        let feed = Feed::of(school(), &format!("/opds/recursos?lang=es&{query}"));
        assert_eq!((feed.total, feed.one("self")), (all.total, all.one("self")), "{query}");
    }
    for path in
        ["/opds/xyz", "/opds/recursos/xyz", "/opds/recursos/mi-frase-clave/xyz", "/opds/v2/v2", "/opds/v3"]
    {
        assert_eq!(school().get(path).status, 404, "{path}");
    }
    assert_eq!(school().post("/opds/recursos", &[]).status, 405);
}

fn on(day: &str) -> School {
    let clock = Clock::frozen(format!("{day}T15:00:00Z").parse().expect("a moment"));
    School::with_clock(Settings::default(), clock)
}

#[test]
fn what_has_not_changed_is_the_same_on_another_day() {
    let (today, later) = (school(), on("2027-03-09"));
    for path in
        ["/opds?lang=es", "/opds/temas?lang=qu", "/opds/recursos?lang=es", "/opds/v2/recursos?lang=es"]
    {
        let reply = today.get(path);
        assert_eq!(later.get(path).body, reply.body, "{path}");
        let again = later.get_with(path, &[("if-none-match", reply.header("etag"))]);
        assert_eq!(again.status, 304, "{path}");
        let packed = today.get_with(path, &[("accept-encoding", "gzip")]);
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        assert!(packed.body.len() * 3 < reply.body.len(), "{path}");
    }
    let feed = Feed::of(today, "/opds/recursos?lang=es&tema=acceso");
    let newest = feed.entries.iter().map(|entry| &entry.updated).max();
    assert_eq!(Some(&feed.updated), newest);
    let nothing = Feed::of(today, "/opds/recursos?lang=es&q=xyzzyqq");
    assert_eq!(nothing.total, Some(0));
    assert_eq!(nothing.updated, Feed::of(today, "/opds?lang=es").updated);
}

#[test]
fn the_description_of_the_search_gives_whole_addresses_that_find_something() {
    for lang in LANGS {
        let path = format!("/opensearch.xml?lang={lang}");
        let reply = school().get_with(&path, &[("host", "amauta.local:8080")]);
        assert_eq!(reply.header("content-type"), "application/opensearchdescription+xml");
        let text = reply.text();
        let document = Document::parse(&text).expect("it is well formed");
        let named =
            |name: &'static str| document.descendants().filter(move |node| node.tag_name().name() == name);
        let short = named("ShortName").next().and_then(|node| node.text()).expect("a name");
        assert!(short.chars().count() <= 16, "{short}");
        let mut kinds = Vec::new();
        for url in named("Url") {
            let template = url.attribute("template").expect("a template");
            let path = template.strip_prefix("http://amauta.local:8080").expect("a whole address");
            let path = path.replace("{searchTerms}", "contrase%C3%B1a").replace("{startPage?}", "");
            let found = school().get(&path);
            assert_eq!(found.status, 200, "{path}");
            assert!(found.text().contains("contrase"), "{path}");
            kinds.push(url.attribute("type").expect("a type"));
        }
        assert_eq!(kinds.len(), 3, "{kinds:?}");
    }
    for host in ["", "a b", "\"><x", "evil@amauta", "a/b"] {
        let reply = school().get_with("/opensearch.xml", &[("host", host)]);
        let text = reply.text();
        assert!(text.contains("template=\"/es/recursos?q="), "{host}: {text}");
    }
}

#[test]
fn every_page_leads_to_the_search_and_the_catalogue_to_its_feed() {
    for (path, html) in html_pages() {
        let tags = tags(&html);
        let links = tags.iter().filter(|tag| tag.name == "link");
        let of = |rel: &str| {
            links.clone().find(|link| link.get("rel") == Some(rel)).and_then(|link| link.get("href"))
        };
        if path == "/" {
            continue;
        }
        let lang = &path[1..3];
        assert_eq!(of("search"), Some(&*format!("/opensearch.xml?lang={lang}")), "{path}");
        let list =
            path[3..].strip_prefix("/recursos").filter(|rest| rest.is_empty() || rest.starts_with('?'));
        let feed = list.map(|rest| format!("/opds/recursos?lang={lang}{}", rest.replacen('?', "&", 1)));
        assert_eq!(of("alternate"), feed.as_deref(), "{path}");
    }
}
