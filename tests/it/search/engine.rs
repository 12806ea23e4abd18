//! What a person types, and what they get.

use std::sync::Arc;

use amauta::{
    domain::lang::Lang,
    search::{Engine, Found},
    store::library::{Build, Passage},
};
use proptest::prelude::*;

/// An engine over texts (title, text, language); entry and passage are the place in the list.
fn engine(texts: &[(&str, &str, Lang)]) -> Engine {
    let mut build = Build::new(None).unwrap();
    for (entry, (title, text, lang)) in (0u32..).zip(texts) {
        build.passage(&Passage { entry, place: 1, lang: *lang, title, head: "", text }).unwrap();
    }
    Engine::new(Arc::new(build.finish().unwrap())).unwrap()
}

fn village() -> Engine {
    engine(&[
        ("El año nuevo", "En enero empieza el año y la comunidad baila.", Lang::ES),
        ("El cuerpo humano", "El ano es el final del intestino.", Lang::ES),
        (
            "Cuida tu contraseña",
            "Una contraseña es una llave. No la compartas con nadie, ni con tus amigos.",
            Lang::ES,
        ),
        ("Wasinchik", "Wasinchikpi t'antata mikhunchik. Qusqu llaqtapi yachaywasi kachkan.", Lang::QU),
        ("Las células", "La célula es la unidad de la vida. Las plantas tienen células.", Lang::ES),
        ("El agua del río", "El agua del río baja limpia de la montaña hasta la chacra.", Lang::ES),
    ])
}

fn entries(found: &Found) -> Vec<u32> {
    found.hits.iter().map(|hit| hit.entry).collect()
}

fn find(text: &str) -> Vec<u32> {
    entries(&village().find(text, Lang::ES).unwrap())
}

#[test]
fn accents_number_and_gender_are_optional() {
    assert_eq!(find("celula"), [4]);
    assert_eq!(find("CÉLULAS"), [4]);
    assert_eq!(find("contrasen\u{303}a amigas"), [2]);
}

#[test]
fn a_tilde_that_was_left_out_finds_the_word_with_it_after_the_word_without() {
    assert_eq!(find("ano"), [1, 0]);
    assert_eq!(find("año"), [0]);
}

#[test]
fn every_spelling_and_ending_of_a_quechua_word_finds_it() {
    for text in [
        "wasi",
        "huasi",
        "wasiy",
        "wasinchispi",
        "t’anta",
        "thanta",
        "tantakuna",
        "qosqo",
        "qosqopi",
        "mikhushan",
    ] {
        assert_eq!(find(text).first(), Some(&3), "{text}");
    }
}

#[test]
fn the_last_word_counts_as_a_beginning_and_no_other_does() {
    assert_eq!(find("agua del ri"), [5]);
    assert_eq!(find("contr"), [2]);
    let found = village().find("contr llave", Lang::ES).unwrap();
    assert!(found.partial, "{found:?}");
}

#[test]
fn a_query_in_one_language_finds_the_other_through_pairs() {
    assert_eq!(find("casa"), [3]);
    assert_eq!(find("pakaqillqa"), [2]);
}

#[test]
fn a_slip_of_one_letter_gets_a_suggestion_that_finds_something() {
    let village = village();
    for (typed, meant) in [
        ("contrasena", None),
        ("contrasñea", Some("contraseña")),
        ("celuls", Some("células")),
        ("montaa", Some("montaña")),
    ] {
        let found = village.find(typed, Lang::ES).unwrap();
        assert_eq!(found.instead.as_deref(), meant, "{typed}");
        if let Some(meant) = meant {
            assert!(!village.find(meant, Lang::ES).unwrap().hits.is_empty());
        }
    }
    assert_eq!(village.find("xyzzyq", Lang::ES).unwrap().instead, None);
}

#[test]
fn words_that_no_resource_has_together_give_those_with_some() {
    let found = village().find("célula montaña", Lang::ES).unwrap();
    assert!(found.partial);
    let mut entries = entries(&found);
    entries.sort_unstable();
    assert_eq!(entries, [4, 5]);
}

#[test]
fn words_in_different_passages_of_a_resource_are_together() {
    let mut build = Build::new(None).unwrap();
    for (place, text) in [(1, "Sembramos papa en la chacra."), (2, "La helada llega en junio.")] {
        let passage = Passage { entry: 7, place, lang: Lang::ES, title: "El campo", head: "", text };
        build.passage(&passage).unwrap();
    }
    let engine = Engine::new(Arc::new(build.finish().unwrap())).unwrap();
    let found = engine.find("papa helada", Lang::ES).unwrap();
    assert_eq!((entries(&found), found.partial), (vec![7], false));
}

#[test]
fn a_title_counts_more_than_a_text_and_nobody_is_named_twice() {
    let engine = engine(&[
        ("Otra cosa", "Un perro y un gato. El perro duerme. El perro come.", Lang::ES),
        ("El perro", "Vive en la casa con nosotros.", Lang::ES),
    ]);
    assert_eq!(entries(&engine.find("perro", Lang::ES).unwrap()), [1, 0]);
}

#[test]
fn what_a_resource_is_about_comes_before_what_another_mentions_once() {
    let mut build = Build::new(None).unwrap();
    let texts = ["Llevamos maíz.", "Vamos al mercado.", "Cruzamos el puente.", "Volvemos a casa."];
    for (place, text) in (1..).zip(texts) {
        build
            .passage(&Passage { entry: 0, place, lang: Lang::ES, title: "El viaje", head: "", text })
            .unwrap();
    }
    let text = "El maíz crece alto cuando llueve.";
    build
        .passage(&Passage { entry: 1, place: 1, lang: Lang::ES, title: "La mazorca", head: "", text })
        .unwrap();
    let engine = Engine::new(Arc::new(build.finish().unwrap())).unwrap();
    assert_eq!(entries(&engine.find("maiz", Lang::ES).unwrap()), [1, 0]);
}

#[test]
fn resources_with_most_of_the_words_follow_the_few_with_all() {
    let engine = engine(&[
        ("El mercado", "La gallina camina, el huevo se vende y el nido se queda vacío.", Lang::ES),
        ("El nido de la gallina", "Aquí duermen las aves.", Lang::ES),
        ("El viaje", "Subimos al cerro.", Lang::ES),
        ("La feria", "Compramos sal.", Lang::ES),
        ("El telar", "La abuela teje.", Lang::ES),
        ("La lluvia", "Llueve en enero.", Lang::ES),
    ]);
    let found = engine.find("gallina nido huevo", Lang::ES).unwrap();
    assert!(!found.partial);
    let mut all = entries(&found);
    all.sort_unstable();
    assert_eq!(all, [0, 1]);
}

#[test]
fn common_words_are_looked_for_only_when_alone() {
    assert_eq!(find("el agua de la"), [5]);
    assert!(find("de la").len() > 1);
    assert!(find("el").len() > 1);
}

#[test]
fn a_snippet_marks_the_words_as_written() {
    let village = village();
    let snippet = |text: &str| {
        let hit = village.find(text, Lang::ES).unwrap().hits[0];
        village.snippet(hit.passage, &village.sought(text)).unwrap().unwrap()
    };
    let marked = |text: &str| {
        let parts = snippet(text).parts.into_iter();
        parts.filter(|(_, hit)| *hit).map(|(word, _)| word).collect::<Vec<_>>()
    };
    assert_eq!(marked("huasi tanta"), ["Wasinchikpi", "t'antata"]);
    assert_eq!(marked("casa"), ["Wasinchikpi"]);
    assert_eq!(marked("celula"), ["célula", "células"]);
    let whole: String = snippet("llave").parts.into_iter().map(|(text, _)| text).collect();
    assert_eq!(whole, "Una contraseña es una llave. No la compartas con nadie, ni con tus amigos.");
    assert_eq!(village.snippet(99, &village.sought("x")).unwrap(), None);
}

#[test]
fn a_snippet_of_a_long_text_is_short_and_holds_the_hit() {
    let text = format!(
        "{} El cóndor vuela alto. {}",
        "Palabras sin más. ".repeat(400),
        "Otras que siguen. ".repeat(400)
    );
    let engine = engine(&[("Largo", &text, Lang::ES)]);
    let snippet = engine.snippet(0, &engine.sought("condor")).unwrap().unwrap();
    let whole: String = snippet.parts.iter().map(|(text, _)| text.as_str()).collect();
    assert!(whole.starts_with("… ") && whole.ends_with(" …") && whole.contains("El cóndor vuela"), "{whole}");
    assert!(whole.chars().count() <= 200, "{whole}");
}

#[test]
fn odd_queries_are_only_text() {
    let village = village();
    for text in [
        "",
        " ",
        "\0",
        "\"",
        "\"agua",
        "agua AND",
        "NEAR(agua río)",
        "agua* OR *",
        "title_es:agua",
        "-agua",
        "(agua",
        "{}",
        "' OR 1=1 --",
        "'; DROP TABLE passage; --",
        "😀😀",
        "^agua",
        "a",
        "agua\0río",
        "agua:río",
        "%_%",
        "\u{301}\u{303}",
        "क्षि",
        "水",
        "ﷺ",
        "İ",
        "agua agua agua",
    ] {
        village.find(text, Lang::QU).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    }
    assert_eq!(find("«agua» + (río)!"), [5]);
    let found = village.find("agua AND río", Lang::ES).unwrap();
    assert_eq!((entries(&found), found.partial), (vec![5], true), "AND is a word like others");
    let long = "agua ".repeat(2048);
    assert_eq!(find(&long), [5]);
    assert!(find(&"x".repeat(10_240)).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_query_is_an_error(text in "\\PC{0,40}", more in "[a-zñ'*\" ():^-]{0,30}") {
        let village = engine(&[("El agua", "agua del río", Lang::ES), ("Unu", "mayu unu", Lang::QU)]);
        for text in [&text, &more] {
            let found = village.find(text, Lang::ES).unwrap();
            for hit in found.hits {
                village.snippet(hit.passage, &village.sought(text)).unwrap();
            }
            village.snippet(0, &village.sought(text)).unwrap();
        }
    }

    #[test]
    fn folding_twice_changes_nothing(word in "\\PC{0,50}", more in "[a-zñ'́]{0,50}") {
        use amauta::i18n::{quechua, spanish};
        for word in [&word, &more] {
            let once = quechua::fold(word);
            prop_assert_eq!(quechua::fold(&once), once);
            let once = spanish::fold(word);
            prop_assert_eq!(spanish::fold(&once), once);
        }
    }

    #[test]
    fn the_words_of_a_text_stand_where_they_say(text in "\\PC{0,80}") {
        for word in amauta::i18n::words::words(&text) {
            prop_assert_eq!(&text[word.at.clone()], word.text);
        }
    }
}
