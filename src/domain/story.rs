//! Stories and decision games: passages joined by choices. What Twee 3 says of a story, without its syntax.

use crate::domain::{finding::Position, fragment::Fragment, id::Slug};

/// A story read from one `story.twee`, its passages not yet turned into HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorySource {
    /// `StoryTitle`, when there is one.
    pub title: Option<String>,
    /// Index into `passages` of where the reader begins.
    pub start: usize,
    /// Passages in file order, without the special ones.
    pub passages: Vec<PassageSource>,
}

/// One passage as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageSource {
    /// Its name as written after `::`.
    pub name: String,
    /// The name as it stands in an address.
    pub slug: Slug,
    /// `[tag tag]`.
    pub tags: Vec<String>,
    /// Where its header line is.
    pub position: Position,
    /// Text and links, in order.
    pub pieces: Vec<PassagePiece>,
}

/// A part of a passage's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassagePiece {
    /// Markdown text.
    Text(String),
    /// `[[text->target]]`, `[[target<-text]]`, `[[text|target]]` or `[[target]]`.
    Link {
        /// What the reader sees, Markdown (it may hold a picture).
        text: String,
        /// Index of the passage it leads to.
        target: usize,
        /// Where the link stands.
        position: Position,
    },
}

/// A story ready to be shown in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// `StoryTitle`, when there is one.
    pub title: Option<String>,
    /// Index into `passages` of where the reader begins.
    pub start: usize,
    /// The passages.
    pub passages: Vec<Passage>,
}

/// One passage ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its name in an address.
    pub slug: Slug,
    /// Its name as written.
    pub name: String,
    /// Tags as written; `final` marks an ending.
    pub tags: Vec<String>,
    /// The text, without the links that stand alone on a line.
    pub body: Fragment,
    /// The choices: links that stand alone on a line, in order, each with the address hole of its target inside.
    pub choices: Vec<Choice>,
}

/// A choice under a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the reader sees (it may hold a picture).
    pub label: Fragment,
    /// Index of the passage it leads to.
    pub target: usize,
}

impl Story {
    /// The passage with this name in an address.
    pub fn passage(&self, slug: &Slug) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.slug == *slug)
    }
}
