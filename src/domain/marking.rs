//! How an answer to a question is taken from a form and marked.
//!
//! Lives here: which fields a form has, what an answer is worth, which feedback belongs to it. Does not: how a form
//! looks (`web`), what is typed text to a person and what to a rule (`typed`).

use std::collections::BTreeSet;

use crate::domain::{
    quiz::{Choice, Question, QuestionKind, ShortAnswer},
    typed,
};

/// Longest typed answer, in characters.
pub const MAX_TYPED: usize = 2000;
/// Field of every question with one field; a matching question has `r1`, `r2` … for its pairs.
pub const FIELD: &str = "r";
/// What the field of a true-or-false question holds when the answer is true.
pub const TRUE: &str = "v";
/// What the field of a true-or-false question holds when the answer is false.
pub const FALSE: &str = "f";

/// A fraction from here on is the whole mark: three thirds of 33.33333 % make it.
const WHOLE: f64 = 0.999;

/// What somebody answered, checked against the question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A description wants no answer.
    Nothing,
    /// An essay.
    Written(String),
    /// Index of the chosen option.
    One(usize),
    /// Indexes of the chosen options, one or more.
    Several(BTreeSet<usize>),
    /// True or false.
    Truth(bool),
    /// For each pair the index of its chosen right side in [`shown_order`].
    Pairs(Vec<usize>),
    /// A typed word.
    Word(String),
    /// A typed number, finite.
    Number(f64),
}

/// Why a form holds no answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Nothing was chosen or typed, or not for every pair.
    #[error("the question was not answered")]
    Missing,
    /// What was sent is none of the options, or belongs to another kind of question.
    #[error("the answer is none of those the question offers")]
    Unknown,
    /// What was typed is no number.
    #[error("the answer is not a number")]
    NotANumber,
    /// What was typed has more than [`MAX_TYPED`] characters.
    #[error("the answer is too long")]
    TooLong,
}

/// How good an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Worth nothing.
    Wrong,
    /// Worth a part, or everything but with a wrong option among the chosen.
    Partly,
    /// Right.
    Right,
    /// Nobody marks it: an essay, a description.
    Unmarked,
}

/// What is said of one thing that was chosen or typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<'q, T> {
    /// Index of the option, pair or accepted answer; of a true-or-false question 0 for true and 1 for false.
    pub index: usize,
    /// How good this choice is.
    pub verdict: Verdict,
    /// Its feedback.
    pub feedback: Option<&'q T>,
}

/// A marked answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<'q, T> {
    /// Share of the mark, 0 to 1; 0 for what nobody marks.
    pub fraction: f64,
    /// How good the answer is as a whole.
    pub verdict: Verdict,
    /// What is said of each chosen option (in the question's order), of each pair, or of the typed answer. Empty
    /// when what was typed is none of the author's answers.
    pub said: Vec<Said<'q, T>>,
    /// What is said whatever the answer was.
    pub general_feedback: Option<&'q T>,
}

impl Answer {
    /// Takes the answer to a question from a form. `field` gives the values of a field, none when it is not there.
    ///
    /// Options are numbered from 0. The fields: [`FIELD`] with an option's number (several times for several), with
    /// [`TRUE`] or [`FALSE`], or with what was typed; `r1`, `r2` … with the number of a right side in
    /// [`shown_order`] for each pair. An empty value counts as none: it is what a list that nobody touched sends.
    pub fn from_form<T>(
        question: &Question<T>,
        field: impl Fn(&str) -> Vec<String>,
    ) -> Result<Self, AnswerError> {
        let values = |name: &str| {
            field(name).into_iter().filter(|value| !value.trim().is_empty()).collect::<Vec<String>>()
        };
        let only = |name: &str| match values(name).as_slice() {
            [] => Err(AnswerError::Missing),
            [value] => Ok(value.trim().to_owned()),
            _ => Err(AnswerError::Unknown),
        };
        let typed = || {
            let value = only(FIELD)?;
            if value.chars().count() > MAX_TYPED { Err(AnswerError::TooLong) } else { Ok(value) }
        };
        Ok(match &question.kind {
            QuestionKind::Description => Self::Nothing,
            QuestionKind::Essay => Self::Written(typed()?),
            QuestionKind::SingleChoice(choices) => Self::One(index(&only(FIELD)?, choices.len())?),
            QuestionKind::MultipleChoice(choices) => {
                let values = values(FIELD);
                if values.is_empty() {
                    return Err(AnswerError::Missing);
                }
                Self::Several(
                    values.iter().map(|value| index(value, choices.len())).collect::<Result<_, _>>()?,
                )
            }
            QuestionKind::TrueFalse { .. } => match only(FIELD)?.as_str() {
                TRUE => Self::Truth(true),
                FALSE => Self::Truth(false),
                _ => return Err(AnswerError::Unknown),
            },
            QuestionKind::Matching(pairs) => {
                let shown = shown_order(question).len();
                let chosen =
                    (1..=pairs.len()).map(|number| index(&only(&format!("{FIELD}{number}"))?, shown));
                Self::Pairs(chosen.collect::<Result<_, _>>()?)
            }
            QuestionKind::ShortAnswer(_) => Self::Word(typed()?),
            QuestionKind::Numerical(_) => {
                Self::Number(typed::number(&typed()?).ok_or(AnswerError::NotANumber)?)
            }
        })
    }
}

/// The number of an option, when there is such an option.
fn index(value: &str, count: usize) -> Result<usize, AnswerError> {
    value.trim().parse().ok().filter(|index| *index < count).ok_or(AnswerError::Unknown)
}

/// Marks an answer. An answer to another kind of question, or with a number out of range, is
/// [`AnswerError::Unknown`]; one without any choice is [`AnswerError::Missing`].
pub fn mark<'q, T>(question: &'q Question<T>, answer: &Answer) -> Result<Outcome<'q, T>, AnswerError> {
    let (fraction, verdict, said) = match (&question.kind, answer) {
        (QuestionKind::Description, Answer::Nothing) | (QuestionKind::Essay, Answer::Written(_)) => {
            (0.0, Verdict::Unmarked, Vec::new())
        }
        (QuestionKind::SingleChoice(choices), Answer::One(index)) => {
            let said = chosen(choices, *index)?;
            single(choices.get(*index).map_or(0.0, |choice| choice.weight), said)
        }
        (QuestionKind::MultipleChoice(choices), Answer::Several(indexes)) => several(choices, indexes)?,
        (QuestionKind::TrueFalse { answer, feedback_wrong, feedback_right }, Answer::Truth(given)) => {
            let right = answer == given;
            let feedback = if right { feedback_right } else { feedback_wrong }.as_ref();
            let verdict = if right { Verdict::Right } else { Verdict::Wrong };
            single(if right { 100.0 } else { 0.0 }, Said { index: usize::from(!given), verdict, feedback })
        }
        (QuestionKind::Matching(pairs), Answer::Pairs(given)) => {
            if given.len() < pairs.len() {
                return Err(AnswerError::Missing);
            }
            let shown = shown_order(question);
            if given.len() > pairs.len() || given.iter().any(|index| *index >= shown.len()) {
                return Err(AnswerError::Unknown);
            }
            let verdicts = pairs.iter().zip(given).map(|(pair, index)| {
                let right = shown.get(*index) == Some(&pair.right.as_str());
                if right { Verdict::Right } else { Verdict::Wrong }
            });
            let said: Vec<_> = verdicts
                .enumerate()
                .map(|(index, verdict)| Said { index, verdict, feedback: None })
                .collect();
            let right = said.iter().filter(|said| said.verdict == Verdict::Right).count();
            let fraction = share(right, pairs.len());
            (fraction, verdict_of(fraction), said)
        }
        (QuestionKind::ShortAnswer(accepted), Answer::Word(word)) => {
            let found = typed::first_match(&accepted.iter().map(|answer| answer.text.as_str()), word);
            let found = found.and_then(|index| accepted.get(index).map(|answer| (index, answer)));
            typed_outcome(found.map(|(index, answer)| (index, answer.weight, answer.feedback.as_ref())))
        }
        (QuestionKind::Numerical(accepted), Answer::Number(number)) => {
            let found =
                accepted.iter().enumerate().find(|(_, answer)| within(*number, answer.low, answer.high));
            typed_outcome(found.map(|(index, answer)| (index, answer.weight, answer.feedback.as_ref())))
        }
        _ => return Err(AnswerError::Unknown),
    };
    Ok(Outcome { fraction, verdict, said, general_feedback: question.general_feedback.as_ref() })
}

/// Marks an answer as [`mark`] does. A typed word that the question itself does not name may be one that the same
/// question names in another language: then it is worth what it is worth there, and what is said is what the question
/// says to a word that counts alike.
///
/// # Errors
/// As [`mark`].
pub fn mark_in_any<'q, T>(
    question: &'q Question<T>,
    others: impl IntoIterator<Item = &'q Question<T>>,
    answer: &Answer,
) -> Result<Outcome<'q, T>, AnswerError> {
    let own = mark(question, answer)?;
    if named(question, &own).is_some() {
        return Ok(own);
    }
    for other in others {
        let Ok(outcome) = mark(other, answer) else { continue };
        let Some(index) = named(other, &outcome) else { continue };
        let alike = counterpart(other, index, question);
        let said = alike.map(|(index, answer)| Said {
            index,
            verdict: outcome.verdict,
            feedback: answer.feedback.as_ref(),
        });
        let said = said.into_iter().collect();
        return Ok(Outcome { said, general_feedback: own.general_feedback, ..outcome });
    }
    Ok(own)
}

/// Index of the accepted word that a typed one met, when it is a word and not the `*` that any text meets.
pub fn named<T>(question: &Question<T>, outcome: &Outcome<'_, T>) -> Option<usize> {
    let QuestionKind::ShortAnswer(accepted) = &question.kind else { return None };
    let index = outcome.said.first()?.index;
    accepted.get(index).filter(|answer| !is_any(answer)).map(|_| index)
}

/// The accepted word of a question that says what one of the same question in another language says. The languages may
/// accept more words or fewer: of those that count alike it is the one in the same place, or the last.
pub fn counterpart<'q, T>(
    from: &Question<T>,
    index: usize,
    to: &'q Question<T>,
) -> Option<(usize, &'q ShortAnswer<T>)> {
    let (QuestionKind::ShortAnswer(from), QuestionKind::ShortAnswer(to)) = (&from.kind, &to.kind) else {
        return None;
    };
    let counts = |answer: &ShortAnswer<T>| (verdict_of(answer.weight / 100.0), is_any(answer));
    let wanted = counts(from.get(index)?);
    let place = from.iter().take(index).filter(|answer| counts(answer) == wanted).count();
    to.iter().enumerate().filter(|(_, answer)| counts(answer) == wanted).take(place + 1).last()
}

fn is_any<T>(answer: &ShortAnswer<T>) -> bool {
    answer.text.trim() == "*"
}

/// The right sides of a matching question in the order a form shows them: each once, mixed, the same on every
/// visit. No text is drawn from chance or time, so that a form and its answer agree. Empty for other questions.
pub fn shown_order<T>(question: &Question<T>) -> Vec<&str> {
    let QuestionKind::Matching(pairs) = &question.kind else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    let written: Vec<&str> =
        pairs.iter().map(|pair| pair.right.as_str()).filter(|right| seen.insert(*right)).collect();
    // FNV-1a of the texts begins the sequence, SplitMix64 goes on, Fisher and Yates shuffle.
    let mut state = written
        .iter()
        .flat_map(|right| right.bytes().chain([0xff]))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let mut order = written.clone();
    for last in (1..order.len()).rev() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut drawn = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let below = u64::try_from(last + 1).unwrap_or(u64::MAX);
        order.swap(last, usize::try_from((drawn ^ (drawn >> 31)) % below).unwrap_or(0));
    }
    // The order of the pairs would give the answer away.
    if order == written && order.len() > 1 {
        order.rotate_left(1);
    }
    order
}

type Marked<'q, T> = (f64, Verdict, Vec<Said<'q, T>>);

/// What is said of one chosen option.
fn chosen<T>(choices: &[Choice<T>], index: usize) -> Result<Said<'_, T>, AnswerError> {
    let choice = choices.get(index).ok_or(AnswerError::Unknown)?;
    Ok(Said { index, verdict: verdict_of(choice.weight / 100.0), feedback: choice.feedback.as_ref() })
}

/// An answer that is one thing.
fn single<T>(weight: f64, said: Said<'_, T>) -> Marked<'_, T> {
    let fraction = (weight / 100.0).clamp(0.0, 1.0);
    (fraction, verdict_of(fraction), vec![said])
}

/// Several options: the weights add up, never below nothing nor above everything. Right is only who chose every
/// option that counts and none that does not, since ticking everything would reach the sum as well.
fn several<'q, T>(choices: &'q [Choice<T>], indexes: &BTreeSet<usize>) -> Result<Marked<'q, T>, AnswerError> {
    if indexes.is_empty() {
        return Err(AnswerError::Missing);
    }
    let mut said = Vec::with_capacity(indexes.len());
    let mut total = 0.0;
    let mut exact = choices.iter().enumerate().all(|(index, c)| c.weight <= 0.0 || indexes.contains(&index));
    for index in indexes {
        let mut one = chosen(choices, *index)?;
        let weight = choices.get(*index).map_or(0.0, |choice| choice.weight);
        // Each option that counts is right to choose, though it is only a part of the answer.
        one.verdict = if weight > 0.0 { Verdict::Right } else { Verdict::Wrong };
        exact &= weight > 0.0;
        total += weight / 100.0;
        said.push(one);
    }
    let fraction = if total >= WHOLE { 1.0 } else { total.max(0.0) };
    let verdict = match verdict_of(fraction) {
        Verdict::Right if !exact => Verdict::Partly,
        verdict => verdict,
    };
    Ok((fraction, verdict, said))
}

/// A typed answer and the accepted one it met, by index, weight and feedback.
fn typed_outcome<T>(found: Option<(usize, f64, Option<&T>)>) -> Marked<'_, T> {
    match found {
        Some((index, weight, feedback)) => {
            single(weight, Said { index, verdict: verdict_of(weight / 100.0), feedback })
        }
        None => (0.0, Verdict::Wrong, Vec::new()),
    }
}

fn verdict_of(fraction: f64) -> Verdict {
    if fraction >= WHOLE {
        Verdict::Right
    } else if fraction > 0.0 {
        Verdict::Partly
    } else {
        Verdict::Wrong
    }
}

/// `right` of `all` as a fraction.
fn share(right: usize, all: usize) -> f64 {
    let part = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    if right == 0 { 0.0 } else { part(right) / part(all) }
}

/// Whether a number lies between two, ends included, rounding of binary fractions forgiven (0.7 is within
/// 0.8 ± 0.1).
fn within(number: f64, low: f64, high: f64) -> bool {
    let slack = number.abs().max(1.0) * 1e-12;
    number >= low - slack && number <= high + slack
}
