//! Numerical answers: `3`, `3:0.5`, `1..5`, several with `=`, and feedback for any other number after `~`.

use super::{
    answers::{check_full, items},
    question::Reader,
    scan::{Span, excerpt},
};
use crate::domain::quiz::{NumericalAnswer, QuestionKind, SourceText};

/// The accepted numbers after `{#`. What `~#…` says to any other number becomes an answer without bounds that is
/// worth nothing; so does `=%0%*#…`, as Moodle writes it elsewhere.
pub(super) fn numerical(reader: &mut Reader<'_>, brace: usize, answers: Span) -> QuestionKind<SourceText> {
    let text = reader.text();
    let (right, other) = match answers.find(text, b"~") {
        Some(at) => (answers.split(at).0, Some(answers.split(at).1)),
        None => (answers, None),
    };
    let mut accepted = Vec::new();
    for item in items(reader, right, b"=") {
        let Some((low, high)) = range(reader, item.text, item.at) else {
            continue;
        };
        let weight = item.weight.unwrap_or(100.0);
        accepted.push(NumericalAnswer { low, high, weight, feedback: reader.feedback(item.feedback) });
    }
    check_full(reader, brace, accepted.iter().map(|answer| answer.weight));
    if let Some(other) = other.map(|span| span.trim(text)) {
        if other.of(text).starts_with('#') {
            let feedback = reader.feedback(Some(Span { start: other.start + 1, ..other }));
            accepted.push(NumericalAnswer {
                low: f64::NEG_INFINITY,
                high: f64::INFINITY,
                weight: 0.0,
                feedback,
            });
        } else {
            reader.error("check-gift-wrong-number", other.start, &[("text", excerpt(other.of(text)))]);
        }
    }
    QuestionKind::Numerical(accepted)
}

/// The smallest and largest accepted number, as written.
fn range(reader: &mut Reader<'_>, span: Span, at: usize) -> Option<(f64, f64)> {
    let text = reader.text();
    let raw = span.of(text);
    if raw == "*" {
        return Some((f64::NEG_INFINITY, f64::INFINITY));
    }
    let ends = raw.find("..").map(|dots| (dots, 2)).or_else(|| raw.find(':').map(|colon| (colon, 1)));
    let Some((cut, length)) = ends else {
        return number(reader, span, at).map(|value| (value, value));
    };
    let first = number(reader, Span { start: span.start, end: span.start + cut }, at)?;
    let second = number(reader, Span { start: span.start + cut + length, end: span.end }, at)?;
    let (low, high) = if length == 2 { (first, second) } else { (first - second, first + second) };
    if !low.is_finite() || !high.is_finite() {
        reader.error("check-gift-no-number", span.start, &[("text", excerpt(raw))]);
        return None;
    }
    if low > high {
        reader.error("check-gift-range-backwards", span.start, &[("text", excerpt(raw))]);
        return None;
    }
    Some((low, high))
}

/// A finite number in the notation Moodle takes: a point for decimals, `e` for powers of ten.
fn number(reader: &mut Reader<'_>, span: Span, at: usize) -> Option<f64> {
    let span = span.trim(reader.text());
    let raw = span.of(reader.text());
    let plain = raw.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    let value = raw.parse::<f64>().ok().filter(|value| plain && value.is_finite());
    if value.is_none() {
        let at = if raw.is_empty() { at } else { span.start };
        reader.error("check-gift-no-number", at, &[("text", excerpt(raw))]);
    }
    value
}
