//! What stands between the braces: options, pairs, typed words, true and false. Numbers are read in `numbers`.

use std::collections::HashSet;

use super::{
    MAX_OPTIONS,
    question::Reader,
    scan::{Span, excerpt, unescape},
};
use crate::domain::quiz::{Choice, MatchPair, QuestionKind, ShortAnswer, SourceText};

/// The shares of a mark Moodle knows, in percent.
const WEIGHTS: [f64; 20] = [
    100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0, 25.0, 20.0,
    16.66667, 14.28571, 12.5, 11.11111, 10.0, 5.0,
];
/// How far a written weight may lie from the share it means (`33.3` for a third), and a sum from 100.
const NEAR: f64 = 0.05;

/// One answer: what follows a `=` or a `~`.
pub(super) struct Item {
    /// `=` or `~`; `None` for what stands before the first of them.
    pub(super) mark: Option<u8>,
    /// Where it begins, the mark included.
    pub(super) at: usize,
    /// Percent in `%…%`, when written.
    pub(super) weight: Option<f64>,
    /// What follows up to `#`, trimmed.
    pub(super) text: Span,
    /// What follows `#`.
    pub(super) feedback: Option<Span>,
}

/// Cuts answers at their marks, and takes weight and feedback off each.
pub(super) fn items(reader: &mut Reader<'_>, answers: Span, marks: &[u8]) -> Vec<Item> {
    let text = reader.text();
    let mut found = Vec::new();
    let mut rest = answers;
    let mut mark = None;
    loop {
        let at = mark.map_or(rest.start, |_| rest.start - 1);
        let next = rest.find(text, marks);
        let span = Span { start: rest.start, end: next.unwrap_or(rest.end) }.trim(text);
        if mark.is_some() || span.start < span.end {
            if found.len() == MAX_OPTIONS {
                reader.error("check-gift-too-many-options", at, &[("count", MAX_OPTIONS.to_string())]);
                return found;
            }
            let (weight, span) = take_weight(reader, span);
            let (text_span, feedback) = match span.find(text, b"#") {
                Some(hash) => (span.split(hash).0, Some(span.split(hash).1)),
                None => (span, None),
            };
            found.push(Item { mark, at, weight, text: text_span.trim(text), feedback });
        }
        let Some(next) = next else {
            return found;
        };
        mark = Some(text.as_bytes()[next]);
        rest.start = next + 1;
    }
}

/// Takes `%…%` off. A `%` that begins no number is text, as in Moodle.
fn take_weight(reader: &mut Reader<'_>, span: Span) -> (Option<f64>, Span) {
    let text = reader.text();
    let Some(rest) = span.of(text).strip_prefix('%') else {
        return (None, span);
    };
    let written = match rest.split_once('%') {
        Some((written, _)) if !written.contains(char::is_whitespace) => written,
        _ if rest.starts_with(|c: char| c.is_ascii_digit() || c == '-') => "",
        _ => return (None, span),
    };
    let plain = !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    let number = written.parse::<f64>().ok().filter(|n| plain && n.abs() <= 100.0);
    let Some(number) = number else {
        reader.error("check-gift-weight-no-number", span.start, &[("text", excerpt(span.of(text)))]);
        return (None, span);
    };
    let known = WEIGHTS.into_iter().find(|known| (known - number.abs()).abs() < NEAR);
    if known.is_none() && number != 0.0 {
        reader.warn("check-gift-weight-unlisted", span.start, &[("weight", written.to_owned())]);
    }
    let weight = known.map_or(number, |known| known.copysign(number));
    (Some(weight), Span { start: span.start + written.len() + 2, ..span }.trim(text))
}

/// Options, one or several right.
pub(super) fn choice(reader: &mut Reader<'_>, brace: usize, answers: Span) -> QuestionKind<SourceText> {
    let mut choices = Vec::new();
    let mut seen = HashSet::new();
    let mut single = false;
    for item in items(reader, answers, b"=~") {
        let right = item.mark == Some(b'=');
        single |= right;
        if item.mark.is_none() {
            text_before(reader, &item);
            continue;
        }
        if right && item.weight.is_some() {
            reader.error("check-gift-weight-after-equals", item.at, &[]);
        }
        let text = reader.source(item.text);
        check_text(reader, &text.text, item.at, &mut seen);
        let weight = if right { 100.0 } else { item.weight.unwrap_or(0.0) };
        choices.push(Choice { text, weight, feedback: reader.feedback(item.feedback) });
    }
    let total: f64 = choices.iter().map(|choice| choice.weight.max(0.0)).sum();
    if reader.has_failed() {
        // One slip is told once.
    } else if choices.len() < 2 {
        reader.error("check-gift-one-option", brace, &[]);
    } else if single {
        return QuestionKind::SingleChoice(choices);
    } else if total == 0.0 {
        reader.error("check-gift-no-right", brace, &[]);
    } else if (total - 100.0).abs() > 2.0 * NEAR {
        reader.error(
            "check-gift-weights-sum",
            brace,
            &[("total", format!("{}", (total * 10.0).round() / 10.0))],
        );
    }
    QuestionKind::MultipleChoice(choices)
}

/// Pairs to join.
pub(super) fn matching(reader: &mut Reader<'_>, brace: usize, answers: Span) -> QuestionKind<SourceText> {
    let text = reader.text();
    let mut pairs = Vec::new();
    let mut seen = HashSet::new();
    for item in items(reader, answers, b"=") {
        if item.mark.is_none() {
            text_before(reader, &item);
            continue;
        }
        if item.weight.is_some() {
            reader.error("check-gift-pair-weight", item.at, &[]);
        }
        if item.feedback.is_some() {
            reader.error("check-gift-pair-feedback", item.text.end, &[]);
            continue;
        }
        let Some(arrow) = item.text.of(text).find("->") else {
            reader.error("check-gift-pair-no-arrow", item.at, &[("text", excerpt(item.text.of(text)))]);
            continue;
        };
        let (left, right) = item.text.split(item.text.start + arrow);
        let right = unescape(Span { start: right.start + 1, ..right }.of(text)).trim().to_owned();
        let left = reader.source(left);
        if left.text.is_empty() || right.is_empty() {
            reader.error("check-gift-pair-empty", item.at, &[]);
        } else {
            check_text(reader, &left.text, item.at, &mut seen);
        }
        pairs.push(MatchPair { left, right });
    }
    match pairs.len() {
        _ if reader.has_failed() => {}
        0 | 1 => reader.error("check-gift-few-pairs", brace, &[]),
        2 => reader.warn("check-gift-two-pairs", brace, &[]),
        _ => {}
    }
    QuestionKind::Matching(pairs)
}

/// True or false; `None` when the answer is neither.
pub(super) fn true_false(reader: &mut Reader<'_>, answers: Span) -> Option<QuestionKind<SourceText>> {
    let text = reader.text();
    let (word, feedback) = match answers.find(text, b"#") {
        Some(at) => (answers.split(at).0, Some(answers.split(at).1)),
        None => (answers, None),
    };
    let word = word.trim(text).of(text);
    let answer = match word {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => {
            let meant = ["t", "true", "f", "false", "v", "verdadero", "falso", "cierto"];
            if meant.contains(&word.to_lowercase().as_str()) {
                reader.error("check-gift-true-false-word", answers.start, &[("word", word.to_owned())]);
            }
            return None;
        }
    };
    let (wrong, right) = match feedback.and_then(|span| span.find(text, b"#").map(|at| span.split(at))) {
        Some((wrong, right)) => (Some(wrong), Some(right)),
        None => (feedback, None),
    };
    Some(QuestionKind::TrueFalse {
        answer,
        feedback_wrong: reader.feedback(wrong),
        feedback_right: reader.feedback(right),
    })
}

/// Words to type. A single one may stand without `=`.
pub(super) fn short(reader: &mut Reader<'_>, brace: usize, answers: Span) -> QuestionKind<SourceText> {
    let text = reader.text();
    let mut accepted = Vec::new();
    let mut seen = HashSet::new();
    let items = items(reader, answers, b"=");
    let several = items.len() > 1;
    for item in items {
        if item.mark.is_none() && several {
            text_before(reader, &item);
            continue;
        }
        let word = unescape(item.text.of(text));
        check_text(reader, &word, item.at, &mut seen);
        let weight = item.weight.unwrap_or(100.0);
        accepted.push(ShortAnswer { text: word, weight, feedback: reader.feedback(item.feedback) });
    }
    check_full(reader, brace, accepted.iter().map(|answer| answer.weight));
    QuestionKind::ShortAnswer(accepted)
}

/// Some answer must be worth the whole mark.
pub(super) fn check_full(reader: &mut Reader<'_>, brace: usize, weights: impl Iterator<Item = f64>) {
    let best = weights.fold(0.0, f64::max);
    if best < 100.0 && !reader.has_failed() {
        reader.error("check-gift-no-full-answer", brace, &[("best", best.to_string())]);
    }
}

/// An option needs a text, and one that no other has.
fn check_text(reader: &mut Reader<'_>, text: &str, at: usize, seen: &mut HashSet<String>) {
    if text.is_empty() {
        reader.error("check-gift-empty-option", at, &[]);
    } else if !seen.insert(text.to_owned()) {
        reader.error("check-gift-duplicate-option", at, &[("text", excerpt(text))]);
    }
}

/// Text that stands before the first `=` or `~`.
fn text_before(reader: &mut Reader<'_>, item: &Item) {
    let text = excerpt(item.text.of(reader.text()));
    reader.error("check-gift-text-before", item.at, &[("text", text)]);
}
