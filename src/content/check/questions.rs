//! Rules for questions: how many, each with its message, each option with its answer.

use crate::{
    content::{
        check::{
            lists::{LISTS, first_of, words},
            structure::for_pupils,
        },
        lesson::{Draft, Known},
        place::Report,
        text,
    },
    domain::{
        finding::Finding,
        lang::Lang,
        quiz::{Choice, Question, QuestionKind, SourceText},
    },
};

/// When boosters are given.
const WEEKS: [&str; 3] = ["semana-1", "semana-3", "semana-6"];

/// Checks the questions of a lesson in every language.
pub(super) fn check(draft: &Draft, known: &Known, report: &mut Report) {
    for (lang, read) in &draft.langs {
        let file = |name: &str| format!("{}/{lang}/{name}", draft.id);
        for (name, questions) in [(text::QUIZ, &read.quiz), (text::BOOSTERS, &read.boosters)] {
            for question in questions {
                report.extend(&file(name), findings(question, &known.vocabulary.messages));
            }
        }
        if *lang != Lang::ES || !for_pupils(draft) {
            continue;
        }
        // A test asks as much as it needs.
        let is_test = draft.meta.as_ref().is_some_and(|meta| meta.kind.as_str() == "prueba");
        if read.notes.contains_key(text::QUIZ) && !is_test && !(3..=5).contains(&read.quiz.len()) {
            let finding = Finding::error_of_whole("check-quiz-amount").with("count", read.quiz.len());
            report.add(&file(text::QUIZ), finding);
        }
        if read.notes.contains_key(text::BOOSTERS) {
            report.extend(&file(text::BOOSTERS), weeks(&read.boosters));
        }
    }
}

/// Each of the three weeks has one to three questions, and every question has its week.
fn weeks(boosters: &[Question<SourceText>]) -> Vec<Finding> {
    let mut found = Vec::new();
    for week in WEEKS {
        let count = boosters.iter().filter(|question| question.category.as_deref() == Some(week)).count();
        if !(1..=3).contains(&count) {
            found
                .push(Finding::error_of_whole("check-boosters-week").with("week", week).with("count", count));
        }
    }
    for question in boosters {
        if !question.category.as_deref().is_some_and(|category| WEEKS.contains(&category)) {
            let at = question.position;
            found.push(Finding::error("check-boosters-category", at.line, at.column));
        }
    }
    found
}

/// What is wrong with one question.
fn findings(question: &Question<SourceText>, messages: &[String]) -> Vec<Finding> {
    let mut found = Vec::new();
    let at = question.position;
    let error = |id| Finding::error(id, at.line, at.column);
    if matches!(question.kind, QuestionKind::Description) {
        return found;
    }
    if question.tags.is_empty() {
        found.push(error("check-question-no-tag"));
    }
    for tag in question.tags.iter().filter(|tag| !messages.contains(tag)) {
        found.push(error("check-question-unknown-tag").with("tag", tag));
    }
    let missing = missing_feedback(&question.kind);
    if missing > 0 {
        found.push(error("check-question-no-feedback").with("count", missing));
    }
    if let QuestionKind::SingleChoice(choices) | QuestionKind::MultipleChoice(choices) = &question.kind {
        for choice in choices {
            if let Some(option) = first_of(&LISTS.empty_options, &words(&choice.text.text)) {
                found.push(error("check-question-empty-option").with("option", option));
            }
        }
    }
    found
}

/// How many options say nothing when they are chosen.
fn missing_feedback(kind: &QuestionKind<SourceText>) -> usize {
    let silent =
        |feedback: &Option<SourceText>| feedback.as_ref().is_none_or(|text| text.text.trim().is_empty());
    let silent_choices =
        |choices: &[Choice<SourceText>]| choices.iter().filter(|c| silent(&c.feedback)).count();
    match kind {
        QuestionKind::SingleChoice(choices) | QuestionKind::MultipleChoice(choices) => {
            silent_choices(choices)
        }
        QuestionKind::TrueFalse { feedback_wrong, feedback_right, .. } => {
            [feedback_wrong, feedback_right].into_iter().filter(|feedback| silent(feedback)).count()
        }
        QuestionKind::ShortAnswer(answers) => {
            answers.iter().filter(|answer| silent(&answer.feedback)).count()
        }
        QuestionKind::Numerical(answers) => answers.iter().filter(|answer| silent(&answer.feedback)).count(),
        // GIFT has no place for feedback on pairs and on free texts.
        QuestionKind::Matching(_) | QuestionKind::Essay | QuestionKind::Description => 0,
    }
}
