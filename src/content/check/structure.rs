//! Whether a lesson has all its files, and whether everything in them can be reached.

use crate::{
    content::{check::description::NEED_HELP, lesson::Draft, place::Report, text},
    domain::{
        finding::Finding,
        lang::Lang,
        lesson::{Block, LessonText},
    },
};

/// Whether a lesson is for pupils.
pub(super) fn for_pupils(draft: &Draft) -> bool {
    draft.meta.iter().flat_map(|meta| &meta.audience).any(|audience| audience.as_str() == "estudiante")
}

/// Checks the parts of a lesson in Spanish; the other languages run in parallel with it.
pub(super) fn check(draft: &Draft, report: &mut Report) {
    let Some(spanish) = draft.langs.get(&Lang::ES) else { return };
    let mut wanted = vec![text::PLAN, text::FAMILY, text::UNPLUGGED];
    if for_pupils(draft) {
        wanted.extend([text::QUIZ, text::BOOSTERS]);
    } else if draft.meta.is_none() {
        wanted.clear();
    }
    for name in wanted {
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
