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

impl<T> Question<T> {
    /// The same question with texts of another type, each text turned by `turn`.
    pub fn map<U>(self, mut turn: impl FnMut(T) -> U) -> Question<U> {
        let Self { title, category, tags, position, stem, tail, kind, general_feedback } = self;
        let stem = turn(stem);
        let tail = tail.map(&mut turn);
        let kind = kind.map(&mut turn);
        let general_feedback = general_feedback.map(turn);
        Question { title, category, tags, position, stem, tail, kind, general_feedback }
    }
}

impl<T> QuestionKind<T> {
    fn map<U>(self, turn: &mut impl FnMut(T) -> U) -> QuestionKind<U> {
        match self {
            Self::Description => QuestionKind::Description,
            Self::Essay => QuestionKind::Essay,
            Self::SingleChoice(choices) => {
                QuestionKind::SingleChoice(choices.into_iter().map(|choice| choice.map(turn)).collect())
            }
            Self::MultipleChoice(choices) => {
                QuestionKind::MultipleChoice(choices.into_iter().map(|choice| choice.map(turn)).collect())
            }
            Self::TrueFalse { answer, feedback_wrong, feedback_right } => QuestionKind::TrueFalse {
                answer,
                feedback_wrong: feedback_wrong.map(&mut *turn),
                feedback_right: feedback_right.map(turn),
            },
            Self::Matching(pairs) => {
                let pair = |pair: MatchPair<T>| MatchPair { left: turn(pair.left), right: pair.right };
                QuestionKind::Matching(pairs.into_iter().map(pair).collect())
            }
            Self::ShortAnswer(accepted) => {
                QuestionKind::ShortAnswer(accepted.into_iter().map(|answer| answer.map(turn)).collect())
            }
            Self::Numerical(accepted) => {
                QuestionKind::Numerical(accepted.into_iter().map(|answer| answer.map(turn)).collect())
            }
        }
    }
}

impl<T> Choice<T> {
    fn map<U>(self, turn: &mut impl FnMut(T) -> U) -> Choice<U> {
        let Self { text, weight, feedback } = self;
        Choice { text: turn(text), weight, feedback: feedback.map(turn) }
    }
}

impl<T> ShortAnswer<T> {
    fn map<U>(self, turn: &mut impl FnMut(T) -> U) -> ShortAnswer<U> {
        let Self { text, weight, feedback } = self;
        ShortAnswer { text, weight, feedback: feedback.map(turn) }
    }
}

impl<T> NumericalAnswer<T> {
    fn map<U>(self, turn: &mut impl FnMut(T) -> U) -> NumericalAnswer<U> {
        let Self { low, high, weight, feedback } = self;
        NumericalAnswer { low, high, weight, feedback: feedback.map(turn) }
    }
}
