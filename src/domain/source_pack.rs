//! A pack of sources to compare: invented cards in folders, and for the teacher what is true of each.

use crate::domain::{fragment::Fragment, id::Slug};

/// The sources of a lesson in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourcePack {
    /// The folders, each about one question.
    pub dossiers: Vec<Dossier>,
    /// The cards, at most 60, in the order of the file.
    pub cards: Vec<SourceCard>,
}

/// A folder of cards that agree or contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Its name in the file; the same in every language.
    pub id: Slug,
    /// Its title, plain text.
    pub title: String,
    /// What pupils find out with its cards, plain text.
    pub question: String,
}

/// A source as it reaches pupils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCard {
    /// Its name in addresses and links; the same in every language.
    pub id: Slug,
    /// What it looks like, a word of the vocabulary's `forms`: `noticia`, `acta`, `reenvio`.
    pub form: Slug,
    /// The folder it lies in.
    pub dossier: Slug,
    /// Its title, plain text.
    pub title: String,
    /// What stands on it.
    pub body: Fragment,
    /// What is true of it; for teachers alone.
    pub key: SourceKey,
}

/// What a teacher knows of a card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceKey {
    /// Who made it.
    pub author: Fragment,
    /// When.
    pub date: Fragment,
    /// What for.
    pub motive: Fragment,
    /// What it shows for what it says.
    pub evidence: Fragment,
    /// How far it can be trusted, and which cards say so.
    pub verdict: Fragment,
}

impl SourcePack {
    /// The card with this name.
    pub fn card(&self, id: &str) -> Option<&SourceCard> {
        self.cards.iter().find(|card| card.id.as_str() == id)
    }

    /// The cards of a folder, in order.
    pub fn of<'a>(&'a self, dossier: &'a Slug) -> impl Iterator<Item = &'a SourceCard> {
        self.cards.iter().filter(move |card| card.dossier == *dossier)
    }
}

impl SourceKey {
    /// The parts, in the order a person should read them.
    pub fn parts(&self) -> [&Fragment; 5] {
        [&self.author, &self.date, &self.motive, &self.evidence, &self.verdict]
    }

    /// The parts, to be changed.
    pub fn parts_mut(&mut self) -> [&mut Fragment; 5] {
        [&mut self.author, &mut self.date, &mut self.motive, &mut self.evidence, &mut self.verdict]
    }
}
