//! The form in which a teacher writes a quiz: question, options, what is said for each. Kept as GIFT, and read back from it
//! while every question is one that the form can hold.

use crate::{
    formats::gift::{self, Simple, SimpleOption},
    web::{
        form::Form,
        views::workshop::{OptionView, QuestionView},
        work_form::one_line,
    },
};

/// Most questions in the form; longer quizzes are pasted.
const MAX_QUESTIONS: usize = 12;

/// Options of each.
const OPTIONS: usize = 4;

/// Longest text of a field, in characters.
const MAX_TEXT: usize = 400;

/// The questions that were filled in.
pub(crate) fn read(form: &Form) -> Vec<Simple> {
    (1..=MAX_QUESTIONS).filter_map(|number| question(form, number)).collect()
}

fn question(form: &Form, number: usize) -> Option<Simple> {
    let field = |name: String| one_line(form.get(&name).unwrap_or_default(), MAX_TEXT);
    let right = form.get(&format!("p{number}-bien")).and_then(|right| right.parse::<usize>().ok());
    let options = (1..=OPTIONS).map(|option| SimpleOption {
        text: field(format!("p{number}-{option}")),
        feedback: field(format!("p{number}-{option}-dice")),
        right: right == Some(option),
    });
    let question = Simple {
        stem: field(format!("p{number}")),
        options: options.filter(|option| !option.text.is_empty()).collect(),
        feedback: field(format!("p{number}-dice")),
    };
    (!question.stem.is_empty() || !question.options.is_empty()).then_some(question)
}

/// The questions as GIFT. `None` when GIFT would say something else than was typed.
pub(crate) fn gift(questions: &[Simple]) -> Option<String> {
    let text = gift::write(questions);
    let (read, findings) = gift::parse(&text);
    let same = findings.is_empty() && gift::simple(&read).as_deref() == Some(questions);
    same.then_some(text)
}

/// The questions of a text, when the form can hold all of them.
pub(crate) fn of(text: &str) -> Option<Vec<Simple>> {
    let (read, findings) = gift::parse(text);
    let questions = gift::simple(&read).filter(|_| findings.is_empty())?;
    let fits = questions.len() <= MAX_QUESTIONS
        && questions.iter().all(|question| question.options.len() <= OPTIONS);
    fits.then_some(questions)
}

/// The fields with these questions in them, and with room for `more`.
pub(crate) fn fields(questions: &[Simple], more: usize) -> Vec<QuestionView> {
    let empty = Simple::default();
    let shown = (questions.len() + more).clamp(1, MAX_QUESTIONS);
    let all = questions.iter().chain(std::iter::repeat(&empty));
    let view = |(number, question): (usize, &Simple)| QuestionView {
        number,
        stem: question.stem.clone(),
        feedback: question.feedback.clone(),
        options: (1..=OPTIONS)
            .map(|option| {
                let known = question.options.get(option - 1).cloned().unwrap_or_default();
                OptionView { number: option, text: known.text, feedback: known.feedback, right: known.right }
            })
            .collect(),
    };
    (1..).zip(all).take(shown).map(view).collect()
}
