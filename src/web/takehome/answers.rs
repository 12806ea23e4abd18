//! The answers of a lesson's questions and games, with all there is to say about each: on paper nobody has chosen one.

use crate::{
    domain::{
        fragment::{Fragment, escape},
        lesson::Block,
        marking::{self, Answer, Verdict},
        quiz::{Choice, MatchPair, NumericalAnswer, QuestionKind, ShortAnswer, ShownQuestion},
        sort::{SortBox, SortCard},
    },
    web::{
        lesson_text::Shown,
        quiz_form,
        views::{
            lesson::Text,
            takehome::{AnswerOption, AnswerView, BookBlock, SortedView},
        },
    },
};

/// What stands on the page of answers; nothing when nothing is asked.
pub(super) fn blocks(shown: &Shown<'_>) -> Vec<BookBlock> {
    let mut blocks = Vec::new();
    for (at, screen) in shown.text.screens.iter().enumerate() {
        let heading = || shown.both_plain(|text| text.screens.get(at).map(|screen| screen.title.as_str()));
        for block in &screen.blocks {
            match block {
                Block::Quiz { from, to } => {
                    let asked = |question: usize| {
                        let twin = shown.beneath.and_then(|text| text.quiz.get(question - 1));
                        Some(answer(
                            shown,
                            at + 1,
                            question + 1 - from,
                            shown.text.quiz.get(question - 1)?,
                            twin,
                        ))
                    };
                    let answers = (*from..=*to).filter_map(asked).collect();
                    blocks.push(BookBlock::Answers { heading: Some(heading()), answers });
                }
                Block::Sort => {
                    let cards = sorted(shown, at + 1);
                    blocks.push(BookBlock::Sorted { heading: heading(), cards });
                }
                _ => {}
            }
        }
    }
    if !shown.text.boosters.is_empty() {
        let asked = |(at, question): (usize, &ShownQuestion)| {
            let twin = shown.beneath.and_then(|text| text.boosters.get(at));
            answer(shown, 0, at + 1, question, twin)
        };
        let answers = shown.text.boosters.iter().enumerate().map(asked).collect();
        let heading = Text::new(escape(&shown.ctx.text("kind-repaso", &[])), None);
        blocks.push(BookBlock::Answers { heading: Some(heading), answers });
    }
    blocks
}

fn answer(
    shown: &Shown<'_>,
    screen: usize,
    number: usize,
    question: &ShownQuestion,
    twin: Option<&ShownQuestion>,
) -> AnswerView {
    let text = |own: &Fragment, twin: Option<&Fragment>| shown.joined(screen, own, twin);
    let options = known(shown, question);
    let twins = twin.map(|twin| known(shown, twin)).unwrap_or_default();
    let option = |(at, option): (usize, &Known<'_>)| {
        let twin = twins.get(at);
        AnswerOption {
            text: text(&option.text, twin.map(|twin| &twin.text).filter(|twin| **twin != option.text)),
            mark: quiz_form::mark(option.verdict),
            feedback: option.feedback.map(|own| text(own, twin.and_then(|twin| twin.feedback))),
        }
    };
    let mut options = options.iter().enumerate().map(option).collect::<Vec<_>>();
    if matches!(question.kind, QuestionKind::ShortAnswer(_)) {
        options = joined(options);
    }
    AnswerView {
        number,
        stem: text(&question.stem, twin.map(|twin| &twin.stem)),
        tail: question.tail.as_ref().map(|tail| text(tail, twin.and_then(|twin| twin.tail.as_ref()))),
        options,
        general: question
            .general_feedback
            .as_ref()
            .map(|own| text(own, twin.and_then(|twin| twin.general_feedback.as_ref()))),
    }
}

/// Spellings of one answer, about which the same is said, as one.
fn joined(options: Vec<AnswerOption>) -> Vec<AnswerOption> {
    let said = |option: &AnswerOption| option.feedback.as_ref().map(|text| text.html.clone());
    let mut all: Vec<AnswerOption> = Vec::new();
    for option in options {
        match all.last_mut().filter(|last| last.mark == option.mark && said(last) == said(&option)) {
            Some(last) => {
                last.text.html = format!("{} / {}", last.text.html, option.text.html);
                last.text.beneath = match (last.text.beneath.take(), option.text.beneath) {
                    (Some(first), Some(second)) => Some(format!("{first} / {second}")),
                    (first, second) => first.or(second),
                };
            }
            None => all.push(option),
        }
    }
    all
}

/// An answer that a question knows.
struct Known<'q> {
    text: Fragment,
    verdict: Verdict,
    feedback: Option<&'q Fragment>,
}

/// The answers a question knows, in its order.
fn known<'q>(shown: &Shown<'_>, question: &'q ShownQuestion) -> Vec<Known<'q>> {
    let verdict = |answer: Answer| {
        marking::mark(question, &answer).map_or(Verdict::Unmarked, |outcome| outcome.verdict)
    };
    let worth = |weight: f64| match weight {
        weight if weight >= 1.0 => Verdict::Right,
        weight if weight > 0.0 => Verdict::Partly,
        _ => Verdict::Wrong,
    };
    let plain = |text: &str| Fragment::html(escape(text));
    match &question.kind {
        QuestionKind::Description | QuestionKind::Essay => Vec::new(),
        QuestionKind::SingleChoice(choices) => {
            let option = |(at, choice): (usize, &'q Choice<Fragment>)| Known {
                text: choice.text.clone(),
                verdict: verdict(Answer::One(at)),
                feedback: choice.feedback.as_ref(),
            };
            choices.iter().enumerate().map(option).collect()
        }
        QuestionKind::MultipleChoice(choices) => {
            let option = |choice: &'q Choice<Fragment>| Known {
                text: choice.text.clone(),
                verdict: if choice.weight > 0.0 { Verdict::Right } else { Verdict::Wrong },
                feedback: choice.feedback.as_ref(),
            };
            choices.iter().map(option).collect()
        }
        QuestionKind::TrueFalse { answer, feedback_wrong, feedback_right } => {
            let option = |truth: bool, id: &str| {
                let right = truth == *answer;
                Known {
                    text: plain(&shown.ctx.text(id, &[])),
                    verdict: if right { Verdict::Right } else { Verdict::Wrong },
                    feedback: if right { feedback_right.as_ref() } else { feedback_wrong.as_ref() },
                }
            };
            vec![option(true, "quiz-true"), option(false, "quiz-false")]
        }
        QuestionKind::Matching(pairs) => {
            let pair = |pair: &'q MatchPair<Fragment>| {
                let mut text = pair.left.clone();
                text.pieces.extend(plain(&format!(" → {}", pair.right)).pieces);
                Known { text, verdict: Verdict::Right, feedback: None }
            };
            pairs.iter().map(pair).collect()
        }
        QuestionKind::ShortAnswer(answers) => {
            let each = |answer: &'q ShortAnswer<Fragment>| Known {
                text: plain(&answer.text.replace('*', "…")),
                verdict: worth(answer.weight),
                feedback: answer.feedback.as_ref(),
            };
            answers.iter().map(each).collect()
        }
        QuestionKind::Numerical(answers) => {
            let each = |answer: &'q NumericalAnswer<Fragment>| {
                let (low, high) = (answer.low.to_string(), answer.high.to_string());
                let text = if low == high { low } else { format!("{low} – {high}") };
                Known {
                    text: plain(&text),
                    verdict: worth(answer.weight),
                    feedback: answer.feedback.as_ref(),
                }
            };
            answers.iter().map(each).collect()
        }
    }
}

/// The cards of the sorting game with their boxes.
fn sorted(shown: &Shown<'_>, screen: usize) -> Vec<SortedView> {
    let Some(sort) = &shown.text.sort else { return Vec::new() };
    let twin = shown.beneath.and_then(|text| text.sort.as_ref());
    let label = |(at, each): (usize, &SortBox)| {
        let twin = twin.and_then(|twin| twin.boxes.get(at)).map(|each| &each.label);
        shown.joined(screen, &each.label, twin)
    };
    let card = |(at, card): (usize, &SortCard)| {
        let twin = twin.and_then(|twin| twin.cards.get(at));
        let boxes = sort.boxes.iter().enumerate().filter(|(_, each)| card.accepts.contains(&each.id));
        SortedView {
            number: at + 1,
            face: shown.joined(screen, &card.face, twin.map(|twin| &twin.face)),
            boxes: boxes.map(label).collect(),
            why: shown.joined(screen, &card.why, twin.map(|twin| &twin.why)),
        }
    };
    sort.cards.iter().enumerate().map(card).collect()
}
