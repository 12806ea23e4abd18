//! Views of a lesson: its first page, its screens, its sheets, what to remember.

use serde::Serialize;

use super::{
    View,
    activity::{QuestionPart, SortingPart},
    catalog::PageLink,
    frame::{Frame, Link},
    help::ChannelView,
    plain::SheetLink,
    source_pack::{DossierView, KeyCard},
};

/// A text with the Spanish beneath, while its translation waits for a native reader.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Text {
    /// Safe HTML.
    pub html: String,
    /// The one picture that stood alone in the text, taken out so that it can stand beside it; safe HTML.
    pub picture: Option<String>,
    /// The Spanish, safe HTML.
    pub beneath: Option<String>,
}

impl Text {
    /// A text; its picture, if any, is still in it.
    pub fn new(html: String, beneath: Option<String>) -> Self {
        Self { html, picture: None, beneath }
    }
}

/// A lesson's name on each of its pages.
#[derive(Debug, Clone, Serialize)]
pub struct Heading {
    /// Title.
    pub title: Text,
    /// Language the lesson is shown in.
    pub lang: String,
    /// Whether that is not the language being read.
    pub foreign: bool,
    /// The lesson's first page.
    pub href: String,
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// Where it is.
    pub src: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// `/es/lecciones/<id>`
#[derive(Debug, Clone, Serialize)]
pub struct LessonView {
    /// The frame.
    pub frame: Frame,
    /// Title and language.
    pub heading: Heading,
    /// Summary.
    pub summary: Text,
    /// Picture of the cover.
    pub cover: Option<Picture>,
    /// What a pupil can do afterwards.
    pub objectives: Vec<String>,
    /// Kind of resource.
    pub kind: String,
    /// Grades.
    pub grades: Vec<Link>,
    /// Levels, for what has no grades.
    pub levels: Vec<Link>,
    /// Areas.
    pub areas: Vec<Link>,
    /// Themes.
    pub themes: Vec<Link>,
    /// Minutes of class.
    pub minutes: u32,
    /// First screen.
    pub start: Link,
    /// The screens.
    pub screens: Vec<Link>,
    /// The sources to compare, of a lesson that has some.
    pub sources: Option<String>,
    /// Sheets for teachers and families.
    pub sheets: Vec<SheetLink>,
    /// The files to take home.
    pub take_home: Vec<Link>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Licence.
    pub licence: String,
    /// Version of the lesson.
    pub version: String,
    /// Its description as JSON-LD, safe inside a `<script>` element.
    pub json_ld: String,
    /// Its description as files, for other catalogues.
    pub descriptions: Vec<Link>,
    /// Where a reader says that something is wrong with it; empty where that cannot be done.
    pub report: String,
    /// Whether the lesson's texts in this language wait for a native reader.
    pub draft: bool,
    /// Whether the Spanish changed after the translation.
    pub outdated: bool,
}

impl View for LessonView {
    const TEMPLATE: &'static str = "lesson.html";
}

/// A step of the way through a lesson.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// Number shown, from 1.
    pub number: usize,
    /// Where it is.
    pub href: String,
    /// Its title.
    pub title: String,
    /// `done`, `now` or `ahead`.
    pub state: &'static str,
}

/// The way through a lesson.
#[derive(Debug, Clone, Serialize)]
pub struct Way {
    /// Number of the screen being read, from 1.
    pub position: usize,
    /// How many there are.
    pub total: usize,
    /// All of them.
    pub steps: Vec<Step>,
    /// The screen before.
    pub previous: Option<Link>,
    /// The screen after.
    pub next: Option<Link>,
}

/// A part of a screen.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum BlockView {
    /// Text and pictures.
    Text(Text),
    /// A passage of the story.
    Passage(PassagePart),
    /// A question.
    Question(Box<QuestionPart>),
    /// The sorting game.
    Sorting(SortingPart),
    /// The way to the printable cards.
    Cards {
        /// Where they are.
        href: String,
    },
    /// A report to rehearse: it has no fields of its own, for nothing of it leaves the page.
    Report,
    /// The lesson's help channels.
    Help {
        /// The channels.
        channels: Vec<ChannelView>,
        /// Whether a child reads it.
        for_pupils: bool,
    },
}

/// A choice under a passage.
#[derive(Debug, Clone, Serialize)]
pub struct ChoiceView {
    /// Where it leads.
    pub href: String,
    /// What the reader sees.
    pub label: Text,
}

/// A passage of a story.
#[derive(Debug, Clone, Serialize)]
pub struct PassagePart {
    /// The text.
    pub body: Text,
    /// The choices.
    pub choices: Vec<ChoiceView>,
    /// Whether the choices are pictures.
    pub pictures: bool,
    /// Whether the story ends here.
    pub ending: bool,
    /// Whether it begins here.
    pub beginning: bool,
    /// Where it begins.
    pub restart: String,
}

/// `/es/lecciones/<id>/3`, and a passage or question of it
#[derive(Debug, Clone, Serialize)]
pub struct ScreenView {
    /// The frame.
    pub frame: Frame,
    /// Title and language of the lesson.
    pub heading: Heading,
    /// Title of the screen.
    pub title: Text,
    /// The way through the lesson.
    pub way: Way,
    /// What is on the screen.
    pub blocks: Vec<BlockView>,
}

impl View for ScreenView {
    const TEMPLATE: &'static str = "screen.html";
}

/// A sentence to remember.
#[derive(Debug, Clone, Serialize)]
pub struct MessageView {
    /// Core message `m1` … `m10`; its label is a Fluent message.
    pub tag: String,
    /// The sentence.
    pub text: Text,
}

/// `/es/lecciones/<id>/recuerda`
#[derive(Debug, Clone, Serialize)]
pub struct RememberView {
    /// The frame.
    pub frame: Frame,
    /// Title and language of the lesson.
    pub heading: Heading,
    /// The way through the lesson.
    pub way: Way,
    /// The sentences.
    pub messages: Vec<MessageView>,
    /// The lesson's help channels.
    pub channels: Vec<ChannelView>,
    /// Whether a child reads them.
    pub for_pupils: bool,
    /// The sheet for the family.
    pub family: Option<String>,
    /// More lessons of the theme.
    pub more: String,
}

impl View for RememberView {
    const TEMPLATE: &'static str = "remember.html";
}

/// A card to print.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// Heading.
    pub title: Text,
    /// The rest.
    pub body: Text,
}

/// `/es/lecciones/<id>/plan` and the other sheets
#[derive(Debug, Clone, Serialize)]
pub struct SheetView {
    /// The frame.
    pub frame: Frame,
    /// Title and language of the lesson.
    pub heading: Heading,
    /// What it is: a Fluent message.
    pub name: String,
    /// The text; empty for cards.
    pub body: Text,
    /// Cards to print.
    pub cards: Vec<CardView>,
    /// The sheets of cards, when there is more than one.
    pub pages: Vec<PageLink>,
    /// Keys of the sources, by folder.
    pub keys: Vec<DossierView<KeyCard>>,
    /// Booster questions by week: address, number and week.
    pub boosters: Vec<BoosterLink>,
    /// The lesson's other sheets.
    pub sheets: Vec<SheetLink>,
    /// Grades.
    pub grades: Vec<String>,
    /// Minutes of class.
    pub minutes: u32,
    /// Licence.
    pub licence: String,
}

impl View for SheetView {
    const TEMPLATE: &'static str = "sheet.html";
}

/// A booster question.
#[derive(Debug, Clone, Serialize)]
pub struct BoosterLink {
    /// Week, as its Fluent message is called: `semana-1`; none for a question of no week we know.
    pub week: Option<&'static str>,
    /// Whether it is the first of its week.
    pub first: bool,
    /// The question.
    pub text: Text,
    /// Where it is.
    pub href: String,
}

/// `/es/lecciones/<id>/repaso/2`
#[derive(Debug, Clone, Serialize)]
pub struct BoosterView {
    /// The frame.
    pub frame: Frame,
    /// Title and language of the lesson.
    pub heading: Heading,
    /// The question.
    pub question: Box<QuestionPart>,
    /// All booster questions.
    pub all: String,
}

impl View for BoosterView {
    const TEMPLATE: &'static str = "booster.html";
}
