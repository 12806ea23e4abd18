//! Whether a lesson has all its files, and whether everything in them can be reached.

use crate::{
    content::{check::description::NEED_HELP, lesson::Draft, place::Report, text},
    domain::{
        finding::Finding,
        lang::Lang,
        lesson::{Block, LessonText},
        resource::Meta,
    },
};

/// Whether a lesson is for pupils.
pub(super) fn for_pupils(draft: &Draft) -> bool {
    draft.meta.as_ref().is_some_and(Meta::for_pupils)
}

/// The files a lesson must have beside its screens.
///
/// A test is its two forms and the tally, and is held on paper anyway; the cards of a source pack are what other lessons
/// ask about; and what no pupil reads is neither asked nor taught without a device.
fn wanted(meta: &Meta) -> Vec<&'static str> {
    let mut wanted = vec![text::PLAN];
    match meta.kind.as_str() {
        "prueba" => wanted.extend([text::FORM_A, text::FORM_B, text::TALLY]),
        "paquete-fuentes" => wanted.extend([text::SOURCES, text::FAMILY]),
        _ if meta.for_pupils() => {
            wanted.extend([text::FAMILY, text::UNPLUGGED, text::QUIZ, text::BOOSTERS]);
        }
        _ if meta.audience.iter().any(|audience| audience.as_str() == "familia") => wanted.push(text::FAMILY),
        _ => {}
    }
    wanted
}

/// Checks the parts of a lesson in Spanish; the other languages run in parallel with it.
pub(super) fn check(draft: &Draft, report: &mut Report) {
    let Some(spanish) = draft.langs.get(&Lang::ES) else { return };
    for name in draft.meta.iter().flat_map(wanted) {
        if !spanish.notes.contains_key(name) {
            let finding = Finding::error_of_whole("check-lesson-missing").with("file", name);
            report.add(&format!("{}/es/{name}", draft.id), finding);
        }
    }
    let lesson = format!("{}/es/{}", draft.id, text::LESSON);
    if spanish.text.screens.is_empty() {
        return;
    }
    report.extend(&lesson, not_placed(&spanish.text));
    let themes = draft.meta.iter().flat_map(|meta| &meta.themes);
    let needs_help = themes.into_iter().any(|theme| NEED_HELP.contains(&theme.as_str()));
    if needs_help && !blocks(&spanish.text).any(|block| matches!(block, Block::Help)) {
        report.add(&lesson, Finding::error_of_whole("check-lesson-no-help"));
    }
}

/// Activities that no screen shows.
fn not_placed(text: &LessonText) -> Vec<Finding> {
    let error = |name: &str| Finding::error_of_whole("check-lesson-not-placed").with("block", name);
    let mut found = Vec::new();
    let placed = |wanted: &Block| blocks(text).any(|block| block == wanted);
    for (there, block, name) in
        [(text.story.is_some(), Block::Story, "story"), (text.sort.is_some(), Block::Sort, "sort")]
    {
        if there && !placed(&block) {
            found.push(error(name));
        }
    }
    for number in 1..=text.quiz.len() {
        let asked = blocks(text)
            .any(|block| matches!(block, Block::Quiz { from, to } if (*from..=*to).contains(&number)));
        if !asked {
            found.push(Finding::error_of_whole("check-lesson-question-not-placed").with("number", number));
        }
    }
    found
}

fn blocks(text: &LessonText) -> impl Iterator<Item = &Block> {
    text.screens.iter().flat_map(|screen| &screen.blocks)
}
