//! Views of what a pupil answers: questions and the sorting game.

use serde::Serialize;

use super::{
    View,
    frame::{Frame, Link},
    lesson::{Heading, Text, Way},
};

/// How an answer was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Right.
    Right,
    /// Partly right.
    Partly,
    /// Not yet.
    NotYet,
    /// Nothing to mark: a text nobody marks.
    Unmarked,
}

/// An option of a choice question.
#[derive(Debug, Clone, Serialize)]
pub struct OptionView {
    /// Value in the form.
    pub value: String,
    /// What the pupil reads.
    pub text: Text,
    /// Whether it was chosen.
    pub chosen: bool,
    /// Said because it was chosen.
    pub feedback: Option<Text>,
}

/// A left side to be matched.
#[derive(Debug, Clone, Serialize)]
pub struct PairView {
    /// Its field in the form.
    pub field: String,
    /// What the pupil reads.
    pub text: Text,
    /// The right sides to choose from: value and words.
    pub options: Vec<PairOption>,
    /// Whether the chosen one was right; none before answering.
    pub right: Option<bool>,
}

/// A right side.
#[derive(Debug, Clone, Serialize)]
pub struct PairOption {
    /// Value in the form.
    pub value: usize,
    /// What the pupil reads.
    pub label: String,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// A question with its form, and after an answer what there is to say.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionPart {
    /// Where the form leads.
    pub action: String,
    /// Number shown, from 1.
    pub number: usize,
    /// How many questions the screen has.
    pub of: usize,
    /// The question; of a missing-word question, what stands before the gap.
    pub stem: Text,
    /// What stands after the gap.
    pub tail: Option<Text>,
    /// `single`, `multiple`, `truth`, `matching`, `text`, `number`, `essay` or `none`.
    pub kind: &'static str,
    /// Options of choice questions; for `truth` the two.
    pub options: Vec<OptionView>,
    /// Pairs of matching questions.
    pub pairs: Vec<PairView>,
    /// What was typed.
    pub typed: String,
    /// Marks of the screen's questions so far, one character each; travels in the form.
    pub marks: String,
    /// Fluent id of what is wrong with the form as it came.
    pub problem: Option<&'static str>,
    /// How the answer was; none before answering.
    pub mark: Option<Mark>,
    /// What there is to say beside what stands at the options.
    pub feedback: Vec<Text>,
    /// Where the next question or the result is asked for; a form, so that the marks travel.
    pub next: Option<NextStep>,
}

/// What comes after a question.
#[derive(Debug, Clone, Serialize)]
pub struct NextStep {
    /// Where the form leads.
    pub action: String,
    /// Whether it is the last question: then the result comes.
    pub last: bool,
}

/// `/es/lecciones/<id>/3/resultado`
#[derive(Debug, Clone, Serialize)]
pub struct ResultView {
    /// The frame.
    pub frame: Frame,
    /// Title and language of the lesson.
    pub heading: Heading,
    /// The way through the lesson.
    pub way: Way,
    /// Questions right at the first try.
    pub right: usize,
    /// Questions answered.
    pub answered: usize,
    /// Questions there are.
    pub total: usize,
    /// Questions worth another look.
    pub again: Vec<Link>,
    /// First question, to begin anew.
    pub restart: String,
}

impl View for ResultView {
    const TEMPLATE: &'static str = "result.html";
}

/// A box of the sorting game.
#[derive(Debug, Clone, Serialize)]
pub struct BoxView {
    /// Value in the form.
    pub value: String,
    /// What the pupil reads.
    pub label: Text,
}

/// A card of the sorting game.
#[derive(Debug, Clone, Serialize)]
pub struct SortCardView {
    /// Its field in the form.
    pub field: String,
    /// Number shown, from 1.
    pub number: usize,
    /// What stands on it.
    pub face: Text,
    /// Box it was put in.
    pub chosen: Option<String>,
    /// Whether that was right; none before answering, and for cards left out.
    pub right: Option<bool>,
    /// Why; only for cards that were put in a box.
    pub why: Option<Text>,
}

/// The sorting game, or a table of it.
#[derive(Debug, Clone, Serialize)]
pub struct SortingPart {
    /// Where the form leads.
    pub action: String,
    /// The boxes.
    pub boxes: Vec<BoxView>,
    /// The cards of this table.
    pub cards: Vec<SortCardView>,
    /// Number of the table, from 1.
    pub table: usize,
    /// How many tables there are.
    pub tables: usize,
    /// Fluent id of what is wrong with the form as it came.
    pub problem: Option<&'static str>,
    /// Cards in a right box; none before answering.
    pub right: Option<usize>,
    /// The next table.
    pub next: Option<String>,
}
