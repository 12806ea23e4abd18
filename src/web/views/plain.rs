//! Views of the pages that are mostly words: choice of language, home, corners, glossary, about, errors.

use serde::Serialize;

use super::{
    View,
    catalog::Card,
    frame::{Frame, Link},
};

/// `/`: the choice of language. Outside the frame: no language is chosen yet.
#[derive(Debug, Clone, Serialize)]
pub struct RootView {
    /// Language the page is announced in.
    pub lang: String,
    /// Name of the school; empty when none is set.
    pub school: String,
    /// The languages, each leading to its home.
    pub langs: Vec<Door>,
}

/// A language on the first page of all, in its own words.
#[derive(Debug, Clone, Serialize)]
pub struct Door {
    /// Language tag.
    pub tag: String,
    /// The language's name for itself.
    pub name: String,
    /// Where it begins.
    pub href: String,
    /// What invites to enter.
    pub enter: String,
    /// What the portal is, in a sentence.
    pub footer: String,
    /// The route of help.
    pub help: String,
    /// What leads to it.
    pub help_label: String,
}

impl View for RootView {
    const TEMPLATE: &'static str = "root.html";
}

/// A term of the vocabulary with the address of what it finds.
#[derive(Debug, Clone, Serialize)]
pub struct TermLink {
    /// The word; its label is a Fluent message.
    pub term: String,
    /// Where it leads.
    pub href: String,
    /// How many resources it finds.
    pub count: usize,
}

/// `/es/`
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The frame.
    pub frame: Frame,
    /// Levels, each leading to its grid.
    pub levels: Vec<TermLink>,
    /// Themes that have resources.
    pub themes: Vec<TermLink>,
    /// Some lessons to begin with.
    pub lessons: Vec<Card>,
}

impl View for HomeView {
    const TEMPLATE: &'static str = "home.html";
}

/// A lesson with the addresses of its sheets.
#[derive(Debug, Clone, Serialize)]
pub struct SheetRow {
    /// The lesson.
    pub card: Card,
    /// Its sheets.
    pub sheets: Vec<SheetLink>,
}

/// A sheet of a lesson.
#[derive(Debug, Clone, Serialize)]
pub struct SheetLink {
    /// What it is: a Fluent message with the attribute `.hint`.
    pub name: String,
    /// Where it is.
    pub href: String,
}

/// `/es/docentes`, `/es/familias`
#[derive(Debug, Clone, Serialize)]
pub struct CornerView {
    /// The frame.
    pub frame: Frame,
    /// `teachers` or `families`: first part of the Fluent ids.
    pub corner: &'static str,
    /// Lessons made for this audience.
    pub own: Vec<Card>,
    /// Lessons with the sheets for this audience.
    pub rows: Vec<SheetRow>,
}

impl View for CornerView {
    const TEMPLATE: &'static str = "corner.html";
}

/// A word of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct GlossaryEntry {
    /// The word.
    pub word: String,
    /// What it means.
    pub meaning: String,
    /// The lesson that explains it.
    pub lesson: Link,
}

/// `/es/glosario`
#[derive(Debug, Clone, Serialize)]
pub struct GlossaryView {
    /// The frame.
    pub frame: Frame,
    /// The words, in the language's order.
    pub entries: Vec<GlossaryEntry>,
}

impl View for GlossaryView {
    const TEMPLATE: &'static str = "glossary.html";
}

/// `/es/acerca`
#[derive(Debug, Clone, Serialize)]
pub struct AboutView {
    /// The frame.
    pub frame: Frame,
    /// Version of the program.
    pub version: &'static str,
    /// How many lessons there are.
    pub lessons: usize,
}

impl View for AboutView {
    const TEMPLATE: &'static str = "about.html";
}

/// A page that could not be shown.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorView {
    /// The frame.
    pub frame: Frame,
    /// Name of the error: last part of the Fluent ids `error-<name>-title`, `-what`, `-next`.
    pub name: &'static str,
    /// HTTP status.
    pub status: u16,
}

impl View for ErrorView {
    const TEMPLATE: &'static str = "error.html";
}
