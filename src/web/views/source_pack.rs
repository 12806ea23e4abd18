//! Views of a source pack: its folders, one card as pupils see it, and the rows of its key.

use serde::Serialize;

use super::{
    View,
    frame::Frame,
    lesson::{Heading, Text},
};

/// A card in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SourceLink {
    /// What it looks like; its label is a Fluent message.
    pub form: String,
    /// Title.
    pub title: Text,
    /// Where it is.
    pub href: String,
}

/// A folder with its cards.
#[derive(Debug, Clone, Serialize)]
pub struct DossierView<C> {
    /// Title.
    pub title: Text,
    /// What pupils find out with it.
    pub question: Text,
    /// The cards.
    pub cards: Vec<C>,
}

/// `/es/lecciones/<id>/fuentes`
#[derive(Debug, Clone, Serialize)]
pub struct SourcesView {
    /// The frame.
    pub frame: Frame,
    /// Title and language of the lesson.
    pub heading: Heading,
    /// The folders.
    pub dossiers: Vec<DossierView<SourceLink>>,
}

impl View for SourcesView {
    const TEMPLATE: &'static str = "sources.html";
}

/// `/es/lecciones/<id>/fuentes/<card>`
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// The frame.
    pub frame: Frame,
    /// Title and language of the lesson.
    pub heading: Heading,
    /// What it looks like; its label is a Fluent message.
    pub form: String,
    /// Title.
    pub title: Text,
    /// What stands on it.
    pub body: Text,
    /// Its folder, with the other cards.
    pub dossier: DossierView<SourceLink>,
    /// All folders.
    pub all: String,
}

impl View for SourceView {
    const TEMPLATE: &'static str = "source.html";
}

/// What a teacher knows of a card.
#[derive(Debug, Clone, Serialize)]
pub struct KeyCard {
    /// The card.
    pub link: SourceLink,
    /// Who, when, what for, with what evidence, and how far to trust it.
    pub parts: Vec<KeyPart>,
}

/// A row of a key.
#[derive(Debug, Clone, Serialize)]
pub struct KeyPart {
    /// Last part of the id of its Fluent message: `author`.
    pub name: &'static str,
    /// What is known.
    pub text: Text,
}
