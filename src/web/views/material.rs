//! Views of a material: its first page, and the chapters, slides and pages it is read on.

use serde::Serialize;

use super::{
    View,
    frame::{Frame, Link},
    lesson::Picture,
};

/// A file to open or save.
#[derive(Debug, Clone, Serialize)]
pub struct FileLink {
    /// Where it is.
    pub href: String,
    /// What its name ends in, in capital letters: `PDF`.
    pub ending: String,
    /// How big it is.
    pub size: String,
    /// How long it lasts, `3:20`; empty for what does not last.
    pub length: String,
    /// Tag and name of the language it is in, when others stand beside it.
    pub lang: Option<(String, String)>,
    /// Whether an XO laptop opens it.
    pub xo: bool,
}

/// A line of a table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct ContentLink {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub label: String,
    /// Level, from 0.
    pub depth: usize,
}

/// Words said in a recording.
#[derive(Debug, Clone, Serialize)]
pub struct SpokenLine {
    /// When, `3:20`; empty when nobody says.
    pub time: String,
    /// Who; empty when nobody says.
    pub voice: String,
    /// What.
    pub text: String,
}

/// A recording that newer browsers play in the page.
#[derive(Debug, Clone, Serialize)]
pub struct Player {
    /// `audio` or `video`.
    pub element: &'static str,
    /// Address and media type of each format.
    pub formats: Vec<(String, String)>,
    /// A still picture of a film.
    pub still: Option<String>,
}

/// What stands at the head of every page of a material.
#[derive(Debug, Clone, Serialize)]
pub struct MaterialHead {
    /// Title.
    pub title: String,
    /// Its first page.
    pub href: String,
    /// Language of its texts.
    pub lang: String,
    /// Whether that is not the language being read.
    pub foreign: bool,
    /// The message that says so.
    pub only: &'static str,
}

/// `/es/materiales/<id>`
#[derive(Debug, Clone, Serialize)]
pub struct MaterialView {
    /// The frame.
    pub frame: Frame,
    /// Title and language.
    pub head: MaterialHead,
    /// What it is about; may be empty.
    pub summary: String,
    /// Kind of resource.
    pub kind: String,
    /// Its icon: a kind that has one.
    pub icon: &'static str,
    /// Grades (levels, for what has none), areas and themes.
    pub terms: Vec<Link>,
    /// Minutes of class; 0 when nobody says.
    pub minutes: u32,
    /// What a pupil can do afterwards.
    pub objectives: Vec<String>,
    /// The text, safe HTML, of a material of one page.
    pub text: Option<String>,
    /// A picture that fits a page: the material itself, or a still of it.
    pub picture: Option<Picture>,
    /// Where reading begins.
    pub start: Option<String>,
    /// Table of contents.
    pub contents: Vec<ContentLink>,
    /// A player for newer browsers.
    pub player: Option<Player>,
    /// Its files.
    pub files: Vec<FileLink>,
    /// A text as a book, or a copy of a book for the reader of an XO, when the book itself does not open there.
    pub read_copy: Option<String>,
    /// All files with what describes them, in one.
    pub bundle: Option<String>,
    /// What is said in it.
    pub transcript: Vec<SpokenLine>,
    /// Pages on paper; 0 when nobody knows.
    pub sheets: u32,
    /// How its text begins, for what is downloaded.
    pub excerpt: String,
    /// Whether a file of it cannot be opened now.
    pub broken: bool,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Licence, as SPDX writes it.
    pub licence: String,
    /// Version.
    pub version: String,
    /// The description for programs, safe in HTML.
    pub json_ld: String,
    /// Files that describe it.
    pub descriptions: Vec<Link>,
    /// Where a reader says that something is wrong with it; empty where that cannot be done.
    pub report: String,
}

impl View for MaterialView {
    const TEMPLATE: &'static str = "material.html";
}

/// A picture of a slide.
#[derive(Debug, Clone, Serialize)]
pub struct SlideImage {
    /// The picture.
    pub picture: Picture,
    /// What it shows; may be empty.
    pub alt: String,
    /// How big it is, when it is too big to stand in a page.
    pub large: Option<String>,
}

/// `/es/materiales/<id>/3`
#[derive(Debug, Clone, Serialize)]
pub struct MaterialPageView {
    /// The frame.
    pub frame: Frame,
    /// Title and language of the material.
    pub head: MaterialHead,
    /// The message that counts: `material-chapter`, `material-slide`, `material-page`.
    pub unit: &'static str,
    /// Which one, from 1.
    pub number: usize,
    /// Of how many.
    pub total: usize,
    /// Part of a long chapter, from 1.
    pub part: usize,
    /// Of how many.
    pub parts: usize,
    /// Title of the page; may be empty.
    pub title: String,
    /// Language of the page, as the material says it.
    pub lang: String,
    /// Safe HTML; empty for a slide of a presentation file.
    pub html: String,
    /// The words of such a slide.
    pub lines: Vec<String>,
    /// Its pictures.
    pub pictures: Vec<SlideImage>,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

impl View for MaterialPageView {
    const TEMPLATE: &'static str = "material_page.html";
}
