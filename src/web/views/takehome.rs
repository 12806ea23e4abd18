//! Views of a book that is taken home: its pages to be read and printed, without any form.

use serde::Serialize;

use super::{
    View,
    activity::{Mark, QuestionPart, SortingPart},
    frame::Link,
    help::{ChannelView, RouteStep},
    lesson::{CardView, PassagePart, Picture, Text},
    source_pack::{DossierView, KeyCard, SourceLink},
};

/// The part of a book that is in one language.
#[derive(Debug, Clone, Serialize)]
pub struct BookPart {
    /// Language tag.
    pub lang: String,
    /// The language's name for itself.
    pub name: String,
    /// Title of the book in this language.
    pub title: String,
    /// Its first page.
    pub href: String,
    /// What leads there.
    pub enter: String,
}

/// The first page: which language.
#[derive(Debug, Clone, Serialize)]
pub struct BookFrontView {
    /// Language of the page.
    pub lang: String,
    /// Style sheet.
    pub style: String,
    /// Title.
    pub title: String,
    /// The languages.
    pub parts: Vec<BookPart>,
    /// Picture of the cover.
    pub cover: Option<Picture>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Licence.
    pub licence: String,
}

impl View for BookFrontView {
    const TEMPLATE: &'static str = "takehome/front.html";
}

/// Any other page.
#[derive(Debug, Clone, Serialize)]
pub struct BookPageView {
    /// Language of the page.
    pub lang: String,
    /// The language's name for itself.
    pub language: String,
    /// Whether texts of this language wait for a native reader.
    pub draft: bool,
    /// Style sheet.
    pub style: String,
    /// The first page of the language; none on that page itself.
    pub home: Option<Link>,
    /// The first page of the lesson; none on pages that are of no lesson.
    pub lesson: Option<Link>,
    /// What it is, a Fluent id that stands before the title; none when the title says it.
    pub name: Option<String>,
    /// Title.
    pub title: Text,
    /// What stands on it.
    pub blocks: Vec<BookBlock>,
    /// The page before.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
}

impl View for BookPageView {
    const TEMPLATE: &'static str = "takehome/page.html";
}

/// A part of a page.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum BookBlock {
    /// Text and pictures.
    Text(Text),
    /// What a lesson is.
    Overview(Box<Overview>),
    /// Links to other pages.
    Contents {
        /// The links.
        links: Vec<Link>,
    },
    /// A passage of a story.
    Passage(PassagePart),
    /// Questions to answer on paper.
    Questions {
        /// The questions.
        questions: Vec<QuestionPart>,
        /// Where their answers are.
        answers: String,
    },
    /// Booster questions of one week.
    Boosters {
        /// The week, as the end of its Fluent id; none for questions of no week.
        week: Option<&'static str>,
        /// The questions.
        questions: Vec<QuestionPart>,
        /// Where their answers are.
        answers: String,
    },
    /// A sorting game on paper.
    Sorting {
        /// The game: every card, none sorted.
        game: SortingPart,
        /// Where the answers are.
        answers: String,
    },
    /// The way to the printable cards.
    Cards {
        /// Where they are.
        href: String,
    },
    /// A report to rehearse.
    Report,
    /// Help channels.
    Help {
        /// Whether pupils read it.
        for_pupils: bool,
        /// The channels.
        channels: Vec<ChannelView>,
        /// The route of help.
        href: String,
    },
    /// The route of help.
    Route {
        /// Its steps, immediate danger first.
        steps: Vec<RouteStep>,
    },
    /// Sentences to remember.
    Messages {
        /// The sentences.
        messages: Vec<Text>,
    },
    /// Cards to cut.
    CardSheet {
        /// The cards.
        cards: Vec<CardView>,
    },
    /// Folders of sources.
    Dossiers {
        /// The folders.
        dossiers: Vec<DossierView<SourceLink>>,
    },
    /// The keys of the sources.
    Keys {
        /// The folders.
        dossiers: Vec<DossierView<KeyCard>>,
    },
    /// The answers of some questions.
    Answers {
        /// Where they are asked; none when the page says it.
        heading: Option<Text>,
        /// The answers.
        answers: Vec<AnswerView>,
    },
    /// Where the cards of a sorting game belong.
    Sorted {
        /// Where it is played.
        heading: Text,
        /// The cards.
        cards: Vec<SortedView>,
    },
}

/// What a lesson is, on its first page.
#[derive(Debug, Clone, Serialize)]
pub struct Overview {
    /// Summary.
    pub summary: Text,
    /// Picture of the cover.
    pub cover: Option<Picture>,
    /// Kind of resource.
    pub kind: String,
    /// Grades.
    pub grades: Vec<String>,
    /// Minutes of class.
    pub minutes: u32,
    /// What a pupil can do afterwards.
    pub objectives: Vec<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Licence.
    pub licence: String,
    /// Version of the lesson.
    pub version: String,
    /// Whether the Spanish changed after the translation.
    pub outdated: bool,
}

/// What there is to say about a question.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerView {
    /// Number of the question, from 1.
    pub number: usize,
    /// The question.
    pub stem: Text,
    /// What stands after its gap.
    pub tail: Option<Text>,
    /// The answers it knows.
    pub options: Vec<AnswerOption>,
    /// Said whatever was answered.
    pub general: Option<Text>,
}

/// An answer that a question knows.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerOption {
    /// The answer.
    pub text: Text,
    /// How it is.
    pub mark: Mark,
    /// What there is to say about it.
    pub feedback: Option<Text>,
}

/// A card of a sorting game in its box.
#[derive(Debug, Clone, Serialize)]
pub struct SortedView {
    /// Number of the card, from 1.
    pub number: usize,
    /// What stands on it.
    pub face: Text,
    /// The boxes it may lie in.
    pub boxes: Vec<Text>,
    /// Why.
    pub why: Text,
}
