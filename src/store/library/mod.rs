//! `library.db`: the catalogue and the index of the full text, one `SQLite` file that may always be deleted and built again.
//!
//! A build writes a new file beside and puts it in the old one's place when it is whole ([`Build`]); readers open it for
//! reading only ([`LibraryDb`]). Whatever is wrong with the file is an error that says «build it again», never a panic.

mod build;
mod db;
mod query;
mod schema;
mod words;

pub use build::{Build, BuildError, sweep};
pub use db::{LibraryDb, OpenError, ReadError, Stored, Written};
pub use query::{Columns, Group, Term};

use crate::{domain::lang::Lang, i18n::words::is_quechua};

/// Entries below this are resources of lessons (their index in the library's list); from it on they are materials:
/// `MATERIALS + no`.
pub const MATERIALS: u32 = 1 << 20;

/// One searchable piece of a resource: a screen, a chapter, a page, a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<'p> {
    /// The resource: see [`MATERIALS`].
    pub entry: u32,
    /// The place inside the resource, as its owner counts (a screen, a chapter, a page).
    pub place: u32,
    /// The language of the words.
    pub lang: Lang,
    /// The resource's title; the same in each of its passages.
    pub title: &'p str,
    /// Summary, key words, objectives, messages; only in the first passage of an entry.
    pub head: &'p str,
    /// The plain text of the piece; kept for snippets.
    pub text: &'p str,
}

/// The entry a passage belongs to, and whether its words are Quechua.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner(u32);

/// The bit that says Quechua.
const QUECHUA: u32 = 1 << 31;

impl Owner {
    /// `None` for an entry too big.
    fn new(entry: u32, lang: Lang) -> Option<Self> {
        let quechua = if is_quechua(lang) { QUECHUA } else { 0 };
        (entry < QUECHUA).then_some(Self(entry | quechua))
    }

    /// The entry.
    pub fn entry(self) -> u32 {
        self.0 & !QUECHUA
    }

    /// Whether the words are Quechua.
    pub fn is_quechua(self) -> bool {
        self.0 & QUECHUA != 0
    }

    fn to_bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(bytes))
    }
}
