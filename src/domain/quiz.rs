//! Quiz questions: what GIFT can say, without its syntax. How an answer is marked stands in `marking`.

use crate::domain::{finding::Position, fragment::Fragment};

/// How the author wrote a text (GIFT `[html]`, `[markdown]`, `[plain]`, `[moodle]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextFormat {
    /// Plain text with line breaks kept (GIFT's `moodle`, its default).
    #[default]
    Moodle,
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML: only a few harmless elements are taken, everything else is shown as text.
    Html,
}

/// A text as the author wrote it, escapes already undone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceText {
    /// How it is written.
    pub format: TextFormat,
    /// The text.
    pub text: String,
}

/// A question whose texts are of type `T`: [`SourceText`] as read, [`Fragment`] as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Question<T> {
    /// `::title::`.
    pub title: Option<String>,
    /// The last `$CATEGORY:` above it.
    pub category: Option<String>,
    /// `// [tag:M2]` comments above it, in order, as Moodle writes them.
    pub tags: Vec<String>,
    /// Where it begins.
    pub position: Position,
    /// The question itself. In a missing-word question: what stands before the gap.
    pub stem: T,
    /// What stands after the gap of a missing-word question.
    pub tail: Option<T>,
    /// What kind of answer it wants.
    pub kind: QuestionKind<T>,
    /// `####`: said whatever the answer was.
    pub general_feedback: Option<T>,
}

/// What kind of answer a question wants.
#[derive(Debug, Clone, PartialEq)]
pub enum QuestionKind<T> {
    /// Text to read, no answer (GIFT description: no braces).
    Description,
    /// A free text nobody marks (`{}`).
    Essay,
    /// One of several options.
    SingleChoice(Vec<Choice<T>>),
    /// Any of several options, each with a weight.
    MultipleChoice(Vec<Choice<T>>),
    /// True or false.
    TrueFalse {
        /// What is right.
        answer: bool,
        /// Said when the answer was wrong.
        feedback_wrong: Option<T>,
        /// Said when it was right.
        feedback_right: Option<T>,
    },
    /// Pairs to join.
    Matching(Vec<MatchPair<T>>),
    /// A typed word.
    ShortAnswer(Vec<ShortAnswer<T>>),
    /// A typed number.
    Numerical(Vec<NumericalAnswer<T>>),
}

/// An option of a choice question.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<T> {
    /// What the pupil reads.
    pub text: T,
    /// Percent of the mark: 100 for `=`, 0 for `~`, or the number in `%…%` (−100 to 100).
    pub weight: f64,
    /// Said when it was chosen.
    pub feedback: Option<T>,
}

/// A pair of a matching question.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchPair<T> {
    /// The left side, shown as it is.
    pub left: T,
    /// The right side, plain text, chosen from a list.
    pub right: String,
}

/// An accepted typed word.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortAnswer<T> {
    /// The word; `*` stands for any text, `\*` for an asterisk.
    pub text: String,
    /// Percent of the mark.
    pub weight: f64,
    /// Said when it was typed.
    pub feedback: Option<T>,
}

/// An accepted range of numbers, both ends included. Infinite ends take any number.
#[derive(Debug, Clone, PartialEq)]
pub struct NumericalAnswer<T> {
    /// Smallest accepted.
    pub low: f64,
    /// Largest accepted.
    pub high: f64,
    /// Percent of the mark.
    pub weight: f64,
    /// Said when it was typed.
    pub feedback: Option<T>,
}

/// A question ready to be shown.
pub type ShownQuestion = Question<Fragment>;
