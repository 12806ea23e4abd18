//! Links to lessons and to cards of source packs: told when their target is not shown, and then taken out of the text.
//!
//! A link that leads nowhere is a mistake for `amauta check`, but no reason to leave a lesson out: otherwise one broken
//! lesson would take all that point to it along.

use std::collections::BTreeMap;

use crate::{
    content::lesson::Draft,
    domain::{
        finding::{Finding, Position},
        fragment::{Fragment, Piece},
        lang::Lang,
        lesson::{Block, LessonText},
        quiz::{QuestionKind, ShownQuestion},
    },
};

/// A link of a lesson.
#[derive(Debug)]
pub(super) struct Link {
    /// The file it stands in.
    pub(super) file: String,
    /// Where in the file.
    pub(super) position: Position,
    /// What it leads to: [`Piece::Resource`] or [`Piece::Source`].
    pub(super) target: Piece,
}

/// All links of a lesson.
pub(super) fn of(draft: &Draft) -> Vec<Link> {
    let mut links = Vec::new();
    for (lang, read) in &draft.langs {
        for (name, notes) in read.all_notes() {
            links.extend(notes.links.iter().map(|(target, position)| Link {
                file: format!("{}/{lang}/{name}", draft.id),
                position: *position,
                target: target.clone(),
            }));
        }
    }
    links
}

impl Link {
    /// The finding for a link that leads nowhere; none for what is no link between lessons.
    pub(super) fn broken(&self) -> Option<Finding> {
        let Position { line, column } = self.position;
        Some(match &self.target {
            Piece::Resource(id) => Finding::error("check-md-link-nowhere", line, column).with("resource", id),
            Piece::Source(card) => Finding::error("check-md-source-nowhere", line, column).with("card", card),
            Piece::Html(_) | Piece::Passage(_) | Piece::Media(_) => return None,
        })
    }
}

/// Takes the links out whose target is not shown; their words stay.
pub(super) fn unlink(texts: &mut BTreeMap<Lang, LessonText>, nowhere: &dyn Fn(&Piece) -> bool) {
    for text in texts.values_mut() {
        each_fragment(text, &mut |fragment| unlink_fragment(fragment, nowhere));
    }
}

fn unlink_fragment(fragment: &mut Fragment, nowhere: &dyn Fn(&Piece) -> bool) {
    while let Some(at) = fragment.pieces.iter().position(nowhere) {
        fragment.pieces.remove(at);
        if let Some(Piece::Html(before)) = at.checked_sub(1).and_then(|at| fragment.pieces.get_mut(at))
            && let Some(kept) = before.strip_suffix("<a href=\"")
        {
            *before = kept.to_owned();
        }
        let mut opened = false;
        for piece in fragment.pieces.iter_mut().skip(at) {
            let Piece::Html(html) = piece else { continue };
            if !opened {
                opened = true;
                *html = html.strip_prefix("\">").unwrap_or(html).to_owned();
            }
            // Links cannot stand inside each other, so the first end is the end of this one.
            if let Some(end) = html.find("</a>") {
                html.replace_range(end..end + "</a>".len(), "");
                break;
            }
        }
    }
}

/// Visits every fragment of a text.
fn each_fragment(text: &mut LessonText, visit: &mut dyn FnMut(&mut Fragment)) {
    for block in text.screens.iter_mut().flat_map(|screen| &mut screen.blocks) {
        if let Block::Text(fragment) = block {
            visit(fragment);
        }
    }
    for passage in text.story.iter_mut().flat_map(|story| &mut story.passages) {
        visit(&mut passage.body);
        passage.choices.iter_mut().for_each(|choice| visit(&mut choice.label));
    }
    if let Some(sort) = &mut text.sort {
        sort.boxes.iter_mut().for_each(|each| visit(&mut each.label));
        for card in &mut sort.cards {
            visit(&mut card.face);
            visit(&mut card.why);
        }
    }
    for card in text.sources.iter_mut().flat_map(|sources| &mut sources.cards) {
        visit(&mut card.body);
        card.key.parts_mut().into_iter().for_each(&mut *visit);
    }
    text.sheets.values_mut().for_each(&mut *visit);
    text.cards.iter_mut().for_each(|card| visit(&mut card.body));
    for question in text.quiz.iter_mut().chain(&mut text.boosters) {
        each_of_question(question, visit);
    }
}

fn each_of_question(question: &mut ShownQuestion, visit: &mut dyn FnMut(&mut Fragment)) {
    visit(&mut question.stem);
    question.tail.iter_mut().chain(&mut question.general_feedback).for_each(&mut *visit);
    match &mut question.kind {
        QuestionKind::Description | QuestionKind::Essay => {}
        QuestionKind::SingleChoice(choices) | QuestionKind::MultipleChoice(choices) => {
            for choice in choices {
                visit(&mut choice.text);
                choice.feedback.iter_mut().for_each(&mut *visit);
            }
        }
        QuestionKind::TrueFalse { feedback_wrong, feedback_right, .. } => {
            feedback_wrong.iter_mut().chain(feedback_right).for_each(&mut *visit);
        }
        QuestionKind::Matching(pairs) => pairs.iter_mut().for_each(|pair| visit(&mut pair.left)),
        QuestionKind::ShortAnswer(answers) => {
            answers.iter_mut().flat_map(|answer| &mut answer.feedback).for_each(&mut *visit);
        }
        QuestionKind::Numerical(answers) => {
            answers.iter_mut().flat_map(|answer| &mut answer.feedback).for_each(&mut *visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::unlink_fragment;
    use crate::{
        content::markdown::{Context, Place, blocks},
        domain::fragment::Piece,
    };

    #[test]
    fn a_link_that_leads_nowhere_becomes_its_words() {
        let context = Context { media: &BTreeMap::new(), passages: false };
        let text = "[uno](recurso:no) y [**dos**](recurso:si) y [tres](recurso:no)";
        let mut fragment = blocks(text, Place { line: 1, raise: 0 }, context).fragment;
        unlink_fragment(&mut fragment, &|piece| matches!(piece, Piece::Resource(id) if id.as_str() == "no"));
        let html = fragment.fill(|_| "X".to_owned());
        assert_eq!(html, "<p>uno y <a href=\"X\"><strong>dos</strong></a> y tres</p>");
    }
}
