//! Rules for stories: everything can be reached, and from everywhere one gets to an ending.

use crate::{
    content::{lesson::Draft, place::Report, text},
    domain::{finding::Finding, lang::Lang, story::StorySource},
};

/// Fewest passages of a decision game: fewer leave nothing to decide.
const FEWEST_PASSAGES: usize = 12;

/// Checks the story of a lesson in Spanish; the other languages run in parallel with it.
pub(super) fn check(draft: &Draft, report: &mut Report) {
    let spanish = draft.langs.get(&Lang::ES);
    let is_game = draft.meta.as_ref().is_some_and(|meta| meta.kind.as_str() == "juego-decision");
    let file = format!("{}/es/{}", draft.id, text::STORY);
    match spanish.and_then(|spanish| spanish.story.as_ref()) {
        Some(story) => report.extend(&file, findings(story, is_game)),
        // A story that is there but could not be read has its own findings.
        None if is_game && !report.has_error_below(&file) => {
            report.add(&file, Finding::error_of_whole("check-lesson-missing").with("file", text::STORY));
        }
        None => {}
    }
}

fn findings(story: &StorySource, is_game: bool) -> Vec<Finding> {
    let mut found = Vec::new();
    if is_game && story.passages.len() < FEWEST_PASSAGES {
        let finding = Finding::error_of_whole("check-story-short").with("count", story.passages.len());
        found.push(finding.with("least", FEWEST_PASSAGES));
    }
    if story.endings().is_empty() {
        found.push(Finding::error_of_whole("check-story-no-ending"));
        return found;
    }
    for (indexes, id) in
        [(story.unreachable(), "check-story-unreachable"), (story.dead_ends(), "check-story-dead-end")]
    {
        for passage in indexes.into_iter().filter_map(|index| story.passages.get(index)) {
            found.push(Finding::error(id, passage.position.line, 1).with("passage", &passage.name));
        }
    }
    found
}
