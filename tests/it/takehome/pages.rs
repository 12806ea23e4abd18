//! The pages of a book: what they say, and that they lead nowhere but to each other.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, ParsingOptions};

use super::{Opened, book, books, lessons};
use crate::support::portal::{LANGS, school};

fn read(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).expect("well formed")
}

/// The path that a link on a page leads to.
fn target(page: &str, link: &str) -> String {
    let mut path = page.split('/').collect::<Vec<_>>();
    path.pop();
    for step in link.split('/') {
        match step {
            ".." => drop(path.pop().expect("it stays inside the book")),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Where the links, pictures and style sheets of a page lead, and whether they are links to be followed.
fn links(name: &str, page: &str) -> Vec<(String, bool)> {
    let tree = read(page);
    let nodes = tree.descendants().filter(roxmltree::Node::is_element);
    let links = nodes.filter_map(|node| {
        let link = node.attribute("href").or_else(|| node.attribute("src"))?;
        Some((link.to_owned(), node.tag_name().name() == "a"))
    });
    links
        .map(|(link, followed)| {
            assert!(!link.is_empty() && !link.starts_with('/') && !link.contains(':'), "{name}: {link}");
            let (path, anchor) = link.split_once('#').map_or((link.as_str(), None), |(p, a)| (p, Some(a)));
            assert_eq!(anchor, None, "{name}: {link}");
            (target(name, path), followed)
        })
        .collect()
}

#[test]
fn every_link_is_relative_and_leads_to_a_file_of_the_book() {
    for book in books() {
        for (name, page) in book.pages() {
            for (target, _) in links(name, page) {
                assert!(book.files.contains_key(&target), "{}: {name} leads to {target}", book.path);
            }
        }
    }
}

#[test]
fn every_page_is_reached_from_the_first_and_every_picture_is_shown() {
    for book in books() {
        let front = if book.epub { "index.xhtml" } else { "index.html" };
        let mut reached = BTreeSet::from([front.to_owned()]);
        let mut waiting = vec![front.to_owned()];
        while let Some(name) = waiting.pop() {
            for (target, followed) in links(&name, book.text(&name)) {
                if reached.insert(target.clone()) && followed {
                    waiting.push(target);
                }
            }
        }
        let packing =
            |name: &str| ["nav.xhtml", "toc.ncx", "book.opf", "library/library.info"].contains(&name);
        let lost = book.files.keys().filter(|name| !packing(name) && !reached.contains(*name));
        // A passage that no choice leads to is its author's affair.
        let lost = lost.filter(|name| !name.contains("_cuento_")).collect::<Vec<_>>();
        assert!(lost.is_empty(), "{}: {lost:?}", book.path);
    }
}

#[test]
fn nothing_asks_for_a_server() {
    for book in books() {
        for (name, page) in book.pages() {
            for tag in
                ["<form", "<input", "<select", "<textarea", "<button", "<script", "action=", "style=\"b"]
            {
                assert!(!page.contains(tag), "{}: {name} has {tag}", book.path);
            }
            for lang in LANGS {
                assert!(!page.contains(&format!("\"/{lang}/")), "{}: {name}", book.path);
            }
            let foreign = page.replace("http://www.w3.org/1999/xhtml", "").replace("http://www.idpf.org", "");
            assert!(!foreign.contains("http://") && !foreign.contains("https://"), "{}: {name}", book.path);
        }
    }
}

#[test]
fn both_languages_are_inside_and_each_page_names_its_own() {
    for book in books() {
        let mut pages = BTreeMap::new();
        for (name, page) in book.pages().filter(|(name, _)| name.contains('/')) {
            let (lang, file) = name.split_once('/').expect("a folder");
            pages.entry(lang).or_insert_with(BTreeSet::new).insert(file);
            let tree = read(page);
            let root = tree.root_element();
            assert_eq!(root.attribute("lang"), Some(lang), "{}: {name}", book.path);
            assert_eq!(root.attribute(("http://www.w3.org/XML/1998/namespace", "lang")), Some(lang));
            let own = ["Español", "Runasimi"][usize::from(lang == "qu")];
            assert!(page.contains(&format!("Amauta · {own}")), "{}: {name}", book.path);
        }
        assert_eq!(pages.keys().copied().collect::<Vec<_>>(), LANGS, "{}", book.path);
        assert_eq!(pages["es"], pages["qu"], "{}", book.path);
    }
}

#[test]
fn quechua_pages_say_that_they_are_drafts_and_keep_the_spanish_beneath() {
    let notice = "Traducción aún sin revisar por hablantes.";
    for book in books() {
        for (name, page) in book.pages().filter(|(name, _)| name.starts_with("qu/")) {
            assert!(page.contains(notice), "{}: {name}", book.path);
        }
    }
    let help = book("/descargas/ruta-de-ayuda.xol").text("qu/ayuda.html");
    let spanish = school().get("/es/ayuda").text();
    assert!(spanish.contains("No es tu culpa. Contar es el primer paso."));
    assert!(help.contains("lang=\"es\" xml:lang=\"es\">(No es tu culpa. Contar es el primer paso."));
}

/// What a reader sees on a page, white space joined.
fn words(page: &str) -> String {
    let tree = read(page);
    let texts = tree.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text());
    texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page of the server without its tags.
fn shown(path: &str) -> String {
    let html = school().get(path).text();
    let main = html.split_once("role=\"main\"").expect("a page").1;
    let texts = main.split('<').filter_map(|part| Some(part.split_once('>')?.1));
    crate::support::html::unescape(&texts.collect::<String>())
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_screen_is_there_in_order_with_its_words() {
    for lesson in lessons() {
        let book = book(&format!("/descargas/{lesson}.xol"));
        let shelf = school().app.shelf();
        let stored = shelf.library.lesson(&lesson).expect("a lesson");
        for (lang, text) in stored.texts.iter() {
            for (at, screen) in text.screens.iter().enumerate() {
                let page = words(book.text(&format!("{lang}/{lesson}_{}.html", at + 1)));
                assert!(
                    page.contains(screen.title.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
                );
                for block in &screen.blocks {
                    let amauta::domain::lesson::Block::Text(fragment) = block else { continue };
                    for line in fragment.plain().lines().filter(|line| !line.trim().is_empty()) {
                        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                        assert!(page.contains(&line), "{lesson} {lang} {}: {line}", at + 1);
                    }
                }
            }
        }
    }
}

#[test]
fn answers_stand_at_the_end_of_their_language_and_nowhere_before() {
    for lesson in lessons() {
        let book = book(&format!("/descargas/{lesson}.epub"));
        let shelf = school().app.shelf();
        let stored = shelf.library.lesson(&lesson).expect("a lesson");
        let order = order(book);
        for (lang, text) in stored.texts.iter() {
            let asked = text.quiz.iter().chain(&text.boosters).collect::<Vec<_>>();
            if asked.is_empty() {
                continue;
            }
            let of_lang =
                order.iter().filter(|path| path.starts_with(&format!("{lang}/"))).collect::<Vec<_>>();
            let last = of_lang.last().expect("pages");
            assert_eq!(**last, format!("{lang}/{lesson}_respuestas.xhtml"));
            let answers = words(book.text(last));
            let before = of_lang.iter().filter(|path| path != &last).map(|path| words(book.text(path)));
            let before = before.collect::<Vec<_>>().join(" ");
            for question in asked {
                use amauta::domain::quiz::QuestionKind;
                let (QuestionKind::SingleChoice(choices) | QuestionKind::MultipleChoice(choices)) =
                    &question.kind
                else {
                    continue;
                };
                for feedback in choices.iter().filter_map(|choice| choice.feedback.as_ref()) {
                    let said = feedback.plain().split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(answers.contains(&said), "{lesson} {lang}: {said}");
                    assert!(said.len() < 20 || !before.contains(&said), "{lesson} {lang}: {said}");
                }
            }
        }
    }
}

/// The pages of an EPUB in the order of reading.
fn order(book: &Opened) -> Vec<String> {
    let package = read(book.text("book.opf"));
    let items =
        package.descendants().filter(|node| node.has_tag_name(("http://www.idpf.org/2007/opf", "item")));
    let paths = items.map(|item| (item.attribute("id"), item.attribute("href").expect("a path")));
    let paths = paths.collect::<BTreeMap<_, _>>();
    let spine =
        package.descendants().filter(|node| node.has_tag_name(("http://www.idpf.org/2007/opf", "itemref")));
    spine.map(|item| paths[&item.attribute("idref")].to_owned()).collect()
}

#[test]
fn choices_of_a_story_lead_from_passage_to_passage() {
    let book = book("/descargas/mi-frase-clave.xol");
    let screen = book.text("es/mi-frase-clave_2.html");
    assert!(screen.contains("<a href=\"mi-frase-clave_2_cuento_nombre.html\">Uso mi nombre y mi año.</a>"));
    let passage = book.text("es/mi-frase-clave_2_cuento_nombre.html");
    // The first passage stands on the screen itself.
    assert!(passage.contains("<a href=\"mi-frase-clave_2.html\">Empezar de nuevo</a>"));
}

#[test]
fn plans_and_keys_are_marked_as_for_teachers_and_stand_after_what_pupils_read() {
    let order = order(book("/descargas/paquete-de-fuentes.epub"));
    let place = |name: &str| {
        let path = format!("es/{name}.xhtml");
        order.iter().position(|known| *known == path).unwrap_or_else(|| panic!("{path} in {order:?}"))
    };
    let family = place("paquete-de-fuentes_familia");
    let teachers = place("docentes");
    assert!(family < teachers);
    for sheet in ["plan", "clave", "sin-conexion"] {
        assert!(teachers < place(&format!("paquete-de-fuentes_{sheet}")), "{sheet}");
    }
}

#[test]
fn help_channels_carry_the_day_they_were_verified() {
    let shown = shown("/es/ayuda");
    let page = words(book("/descargas/todas.xol").text("es/ayuda.html"));
    let verified = shown.matches("Datos verificados el").count();
    assert!(verified > 3);
    assert_eq!(page.matches("Datos verificados el").count(), verified);
}
