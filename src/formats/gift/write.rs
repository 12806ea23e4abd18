//! Writes questions with one right option as GIFT, and finds in a GIFT text what such a form can show again.

use std::fmt::Write as _;

use crate::domain::quiz::{Question, QuestionKind, SourceText};

/// A question as a form holds it: texts of one line, one right option.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Simple {
    /// The question.
    pub stem: String,
    /// The options.
    pub options: Vec<SimpleOption>,
    /// Said whatever was chosen; may be empty.
    pub feedback: String,
}

/// An option of such a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SimpleOption {
    /// What the pupil reads.
    pub text: String,
    /// Said when it was chosen; may be empty.
    pub feedback: String,
    /// Whether it is the right one.
    pub right: bool,
}

/// The questions as GIFT, each with its number as title.
pub fn write(questions: &[Simple]) -> String {
    let mut out = String::new();
    for (number, question) in (1..).zip(questions) {
        let _ = writeln!(out, "::{number}::[plain]{} {{", escaped(&question.stem));
        for option in &question.options {
            out.push_str(if option.right { "=" } else { "~" });
            out.push_str(&escaped(&option.text));
            if !option.feedback.is_empty() {
                let _ = write!(out, " #{}", escaped(&option.feedback));
            }
            out.push('\n');
        }
        if !question.feedback.is_empty() {
            let _ = writeln!(out, "####{}", escaped(&question.feedback));
        }
        out.push_str("}\n\n");
    }
    out
}

/// The questions as a form holds them; `None` when one of them is of another kind.
pub fn simple(questions: &[Question<SourceText>]) -> Option<Vec<Simple>> {
    questions.iter().map(one).collect()
}

fn one(question: &Question<SourceText>) -> Option<Simple> {
    let QuestionKind::SingleChoice(choices) = &question.kind else { return None };
    // A form has no place for marks in between.
    if question.tail.is_some() || choices.iter().filter(|choice| choice.weight > 0.0).count() != 1 {
        return None;
    }
    let text = |text: &SourceText| line(&text.text);
    let said = |said: &Option<SourceText>| said.as_ref().map(text).unwrap_or_default();
    let option = |choice: &crate::domain::quiz::Choice<SourceText>| SimpleOption {
        text: text(&choice.text),
        feedback: said(&choice.feedback),
        right: choice.weight > 0.0,
    };
    Some(Simple {
        stem: text(&question.stem),
        options: choices.iter().map(option).collect(),
        feedback: said(&question.general_feedback),
    })
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        if matches!(c, '~' | '=' | '#' | '{' | '}' | ':' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Simple, SimpleOption, line, simple, write};
    use crate::formats::gift::parse;

    fn option(text: &str, feedback: &str, right: bool) -> SimpleOption {
        SimpleOption { text: text.to_owned(), feedback: feedback.to_owned(), right }
    }

    #[test]
    fn what_a_form_says_is_read_back_as_it_was_typed() {
        let question = Simple {
            stem: "¿Qué es 2 = 2? {a} // ~b #c \\ d: x".to_owned(),
            options: vec![option("Sí: a=b", "Bien ~ dicho", true), option("#No", "", false)],
            feedback: "Mira {otra} vez".to_owned(),
        };
        let text = write(&[question.clone(), question.clone()]);
        let (read, findings) = parse(&text);
        assert_eq!(findings, [], "{text}");
        assert_eq!(simple(&read), Some(vec![question.clone(), question]));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_comes_back_or_is_refused(
            stem in "[a-z ={}~#:/\\\\%\\[\\]ñ\n]{1,30}",
            one in "[a-z={}~#:]{1,12}",
            other in "[a-zñ \\\\]{1,12}",
        ) {
            let question = Simple {
                stem: line(&stem),
                options: vec![option(&line(&one), "", true), option(&line(&other), "x", false)],
                feedback: String::new(),
            };
            let (read, _) = parse(&write(std::slice::from_ref(&question)));
            if let Some(read) = simple(&read).filter(|read| !read.is_empty()) {
                prop_assert_eq!(read.len(), 1);
            }
        }
    }
}
