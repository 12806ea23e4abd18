//! What of the lessons is searched, and what never.

use std::convert::Infallible;

use amauta::{
    content::{Source, load},
    domain::{lang::Lang, resource::Part},
    search::lesson_passages,
};

use crate::support::lessons::Written;

/// What is searched of the built-in lessons and of this one: lesson, part, language, head and text.
fn searched(lesson: &Written) -> Vec<(String, Part, Lang, String)> {
    let folder = tempfile::tempdir().unwrap();
    lesson.write(folder.path());
    let today = "2026-11-23".parse().unwrap();
    let (library, _) = load(&[Source::embedded(), Source::folder(folder.path().to_owned())], today);
    let mut found = Vec::new();
    let Ok(()) = lesson_passages(&library, |passage| {
        let resource = &library.resources()[passage.entry as usize];
        let text = format!("{}\n{}\n{}", passage.title, passage.head, passage.text);
        found.push((resource.lesson.to_string(), resource.part, passage.lang, text));
        Ok::<_, Infallible>(())
    });
    found
}

#[test]
fn what_a_reader_sees_is_searched_and_what_answers_a_question_is_not() {
    let quiz = "::Uno:: ¿De dónde sale el manantial?{\n  =Del cerro.#Acertaste: nieve.\n  ~Del caño.#Repasa: tubería.\n  ####Siempre: lluvia.\n}\n\n\
        ::Dos:: Escribe el nombre del ave.{\n  =parihuana#Muy bien.\n}\n\n::Tres:: La llama vuela.{F#Camina.#Bravo.}\n";
    let boosters =
        "::Cuatro:: ¿Qué teje la abuela?{\n  =Una lliclla.#Eso es telar.\n  ~Un techo.#Mira mejor.\n}\n";
    let lesson = Written { quiz, boosters, quechua: false, ..Written::default() };
    let own: Vec<_> = searched(&lesson).into_iter().filter(|(id, ..)| *id == lesson.id).collect();
    let all = own.iter().map(|(.., text)| text.as_str()).collect::<Vec<_>>().join("\n");
    for seen in [
        "La lección de-prueba",
        "Texto de de-prueba en es",
        "Pantalla uno",
        "¿De dónde sale el manantial?",
        "Del cerro.",
        "Del caño.",
        "Escribe el nombre del ave.",
        "La llama vuela.",
        "¿Qué teje la abuela?",
        "Una lliclla.",
        "El plan en es",
        "La hoja en es",
        "Sin aparatos en es",
    ] {
        assert!(all.contains(seen), "«{seen}» is not searched");
    }
    for hidden in
        ["nieve", "tubería", "lluvia", "parihuana", "Muy bien", "Camina", "Bravo", "telar", "Mira mejor"]
    {
        assert!(!all.contains(hidden), "«{hidden}» is searched");
    }
}

#[test]
fn every_part_of_a_built_in_lesson_is_searched_in_both_languages_but_no_key() {
    let passages = searched(&Written::default());
    for lang in [Lang::ES, Lang::QU] {
        let parts = [Part::Lesson, Part::Plan, Part::Family, Part::Unplugged, Part::Cards, Part::Boosters];
        for part in parts.into_iter().chain([Part::FormA, Part::FormB, Part::Tally]) {
            assert!(
                passages.iter().any(|(_, of, written, _)| (*of, *written) == (part, lang)),
                "{part:?} {lang}"
            );
        }
    }
    assert!(passages.iter().all(|(_, part, ..)| *part != Part::Key));
}

#[test]
fn the_kind_and_the_areas_of_a_lesson_are_searched_with_its_spanish_words_only() {
    let lesson =
        Written { kind: "cuento", areas: vec!["arte-y-cultura"], quechua: true, ..Written::default() };
    let heads =
        searched(&lesson).into_iter().filter(|(id, part, ..)| *id == lesson.id && *part == Part::Lesson);
    let (spanish, quechua): (Vec<_>, Vec<_>) = heads.partition(|(_, _, lang, _)| *lang == Lang::ES);
    for term in ["cuento", "arte-y-cultura"] {
        assert!(spanish.iter().any(|(.., text)| text.contains(term)));
        assert!(!quechua.iter().any(|(.., text)| text.contains(term)));
    }
}
