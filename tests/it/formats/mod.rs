//! Quizzes and stories from outside: what the readers of GIFT and Twee take, what they refuse and where, and how
//! answers are marked.
#![allow(clippy::format_collect, reason = "texts of tests are short")]

pub(crate) mod archive;
pub(crate) mod epub;
pub(crate) mod files;
mod findings;
mod gift;
mod marking;
mod multipart;
pub(crate) mod office;
mod photo;
mod properties;
pub(crate) mod small;
mod twee;

use amauta::domain::{
    finding::Finding,
    quiz::{Question, SourceText, TextFormat},
};

/// A text of `tests/fixtures/formats/`.
fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/formats/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Id, line and column of each finding; 0 and 0 when it is about the whole text.
fn places(findings: &[Finding]) -> Vec<(&str, u32, u32)> {
    findings
        .iter()
        .map(|f| (f.id, f.position.map_or(0, |p| p.line), f.position.map_or(0, |p| p.column)))
        .collect()
}

/// The questions of a text without any finding.
fn sound(text: &str) -> Vec<Question<SourceText>> {
    let (questions, findings) = amauta::formats::gift::parse(text);
    assert_eq!(places(&findings), [], "{text}");
    questions
}

/// The only question of a text without any finding.
fn only(text: &str) -> Question<SourceText> {
    let mut questions = sound(text);
    assert_eq!(questions.len(), 1, "{text}");
    questions.remove(0)
}

fn source(format: TextFormat, text: &str) -> SourceText {
    SourceText { format, text: text.to_owned() }
}

fn moodle(text: &str) -> SourceText {
    source(TextFormat::Moodle, text)
}
