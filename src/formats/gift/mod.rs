//! Reads GIFT, the text format of Moodle for questions, as <https://docs.moodle.org/en/GIFT_format> describes it.
//!
//! Lives here: from text to questions and findings, and from a form's questions to text. Does not: what an answer is worth (`domain::marking`), how a
//! question looks (`web`).
//!
//! All kinds of question of the format are read, with titles, categories, tags, formats, weights and feedback.
//! What differs from Moodle, and why:
//! - A slip that Moodle misreads in silence is a finding: an option without text, weights that do not reach 100,
//!   two questions without an empty line between them.
//! - An empty line between braces, where Moodle cuts the question in two, is a warning and the question stays whole.
//! - Text before the first `=` or `~` is a finding; Moodle makes an option of it.
//! - A pair of a matching question needs both sides; Moodle takes a missing left side for a distractor.
//!
//! A question with an error is left out and the next is read. Work grows linearly with the text.

mod answers;
mod blocks;
mod numbers;
mod question;
mod scan;
mod write;

use crate::domain::{
    finding::Finding,
    quiz::{Question, SourceText},
};

pub use write::{Simple, SimpleOption, simple, write};

/// Longest text that is read, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// Most questions of one text.
pub const MAX_QUESTIONS: usize = 500;
/// Most options, pairs or accepted answers of one question.
pub const MAX_OPTIONS: usize = 100;
/// After so many findings reading ends.
pub const MAX_FINDINGS: usize = 100;

/// Reads the questions of a GIFT text, and what is wrong with it. Questions with an error are left out; questions
/// with a warning are not.
pub fn parse(text: &str) -> (Vec<Question<SourceText>>, Vec<Finding>) {
    if text.len() > MAX_BYTES {
        let finding = Finding::error_of_whole("check-gift-too-long").with("kilobytes", MAX_BYTES / 1024);
        return (Vec::new(), vec![finding]);
    }
    let (mut questions, mut findings) = (Vec::new(), Vec::new());
    let (mut category, mut read) = (None, 0);
    for mut block in blocks::blocks(text) {
        findings.append(&mut block.notes);
        let (line, column) = block.position(0);
        if block.is_category() {
            category = question::category(&block, &mut findings).or(category);
        } else if !block.text.is_empty() {
            if read == MAX_QUESTIONS {
                findings
                    .push(Finding::error("check-gift-too-many", line, column).with("count", MAX_QUESTIONS));
                break;
            }
            read += 1;
            questions.extend(question::read(&mut block, category.clone(), &mut findings));
        }
        if findings.len() > MAX_FINDINGS {
            findings.truncate(MAX_FINDINGS);
            findings.push(
                Finding::error("check-gift-too-many-findings", line, column).with("count", MAX_FINDINGS),
            );
            break;
        }
    }
    (questions, findings)
}
