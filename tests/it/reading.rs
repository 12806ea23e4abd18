//! What a reader meets on the pages of a lesson: in which order, addressed to whom, and each thing once.

use std::{collections::BTreeMap, fs};

use amauta::domain::lang::Lang;

use crate::support::{
    portal::{LANGS, pages, school},
    root,
};

fn text(lang: &str, id: &str) -> String {
    let lang: Lang = lang.parse().expect("a language");
    school().app.shelf().messages.text(lang, id, &[]).into_owned()
}

/// Does something with the pages whose address, after the language, fits.
fn each_page(fits: impl Fn(&str) -> bool, mut look: impl FnMut(&str, &str, &str)) {
    let mut seen = 0;
    for path in pages().keys().filter(|path| !path.contains('?')) {
        let Some(lang) = LANGS.into_iter().find(|lang| path.starts_with(&format!("/{lang}/"))) else {
            continue;
        };
        if fits(&path[3..]) {
            look(lang, path, &school().get(path).text());
            seen += 1;
        }
    }
    assert!(seen > 0, "no page was looked at");
}

#[test]
fn the_help_box_speaks_to_the_child_or_to_the_adult_who_reads_the_lesson() {
    let mut boxes = BTreeMap::new();
    for lesson in school().app.shelf().library.lessons() {
        let pupils = lesson.meta.audience.iter().any(|audience| audience.as_str() == "estudiante");
        let start = format!("/lecciones/{}/", lesson.id());
        let is_screen = |rest: &str| rest == "recuerda" || rest.parse::<u32>().is_ok();
        each_page(
            |path| path.strip_prefix(&start).is_some_and(is_screen),
            |lang, path, html| {
                let shown =
                    ["help-box-title", "help-box-adult-title"].map(|id| html.contains(&text(lang, id)));
                if shown != [false, false] {
                    assert_eq!(shown, [pupils, !pupils], "{path}");
                    let id = if pupils { "help-box-text" } else { "help-box-adult-text" };
                    assert!(html.contains(&text(lang, id)), "{path}");
                    *boxes.entry(pupils).or_insert(0) += 1;
                }
            },
        );
    }
    assert!(boxes.get(&true) > Some(&10) && boxes.get(&false) >= Some(&4), "{boxes:?}");
}

#[test]
fn a_lesson_is_begun_above_its_summary() {
    let is_lesson = |path: &str| path.strip_prefix("/lecciones/").is_some_and(|id| !id.contains('/'));
    each_page(is_lesson, |lang, path, html| {
        let start = html.find(&format!("btn big\" href=\"{path}/1\">{}", text(lang, "lesson-start")));
        let summary = html.find("<div class=\"text\"");
        assert!(start.is_some() && start < summary, "{path}: {start:?} and {summary:?}");
    });
}

#[test]
fn the_picture_of_a_question_stands_beside_it_and_not_above_its_answers() {
    let mut drawn = 0;
    each_page(
        |path| path.contains("/pregunta/") || path.contains("/repaso/"),
        |_, path, html| {
            let (before, after) = html.split_once("class=\"stem\">").expect("a question");
            assert!(!after.starts_with("<img"), "{path}");
            let form = before.rsplit_once("<form").map_or("", |(_, form)| form);
            drawn += usize::from(form.contains("<p class=\"pic\"><img "));
        },
    );
    assert!(drawn >= 16, "only {drawn} questions are drawn");
}

#[test]
fn the_spanish_beneath_a_sheet_leaves_no_second_blank() {
    let mut sheets = 0;
    each_page(
        |path| path.starts_with("/lecciones/"),
        |_, path, html| {
            let Some((_, sheet)) = html.split_once("class=\"sheet") else { return };
            let beneath = ["quiet", "castellano"].into_iter().flat_map(|class| {
                let opening = format!("<div class=\"{class}\" lang=\"es\">");
                let texts = sheet.split(&opening).skip(1).filter_map(|rest| rest.split("</div>").next());
                texts.map(str::to_owned).collect::<Vec<_>>()
            });
            for beneath in beneath {
                assert!(!beneath.contains("___") && !beneath.contains("<hr>"), "{path}: {beneath}");
                sheets += 1;
            }
            if path.ends_with("/acuerdo-familiar/fichas") {
                assert!(sheet.contains("___") && sheet.contains("<hr>"), "{path} has no blank at all");
            }
        },
    );
    assert!(sheets > 20, "only {sheets} texts stand beneath");
}

#[test]
fn no_two_words_of_the_catalogue_have_the_same_label() {
    for lang in LANGS {
        let file = root().join(format!("locales/{lang}/vocabulary.ftl"));
        let mut labels: BTreeMap<String, String> = BTreeMap::new();
        for line in fs::read_to_string(file).expect("the labels").lines() {
            let Some((id, label)) = line.split_once(" = ") else { continue };
            if id.starts_with("area-") || id.starts_with("theme-") {
                // The Spanish name in brackets tells nothing to who does not know it.
                let label = label.split(" (").next().unwrap_or_default().to_lowercase();
                let twin = labels.insert(label.clone(), id.to_owned());
                assert_eq!(twin, None, "{lang}: {id} is «{label}» too");
            }
        }
        assert!(labels.len() > 20);
    }
}

#[test]
fn what_a_lesson_is_for_is_said_of_whoever_takes_it() {
    // Objectives are written in the third person: their heading speaks to nobody either.
    assert_eq!(text("es", "lesson-objectives"), "Lo que se logra");
    assert!(!text("qu", "lesson-objectives").contains("nki"));
    // A line to cut along is drawn in dashes, not cut already.
    assert!(text("es", "sheet-cut").contains("líneas punteadas"));
}
