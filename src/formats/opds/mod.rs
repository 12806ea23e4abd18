//! Writers of OPDS feeds, with which reading programs look through a catalogue and fetch from it: version 1.2 in Atom
//! (<https://specs.opds.io/opds-1.2>) and 2.0 in JSON (<https://specs.opds.io/opds-2.0>), and of the `OpenSearch` 1.1
//! description that tells them how to search. Both versions are written from the same [`Feed`].
//!
//! Does not live here: what is listed, the addresses, the words that people read. All are given.

mod atom;
mod json;
mod opensearch;

use std::borrow::Cow;

pub use atom::{atom, atom_entry};
use jiff::civil::Date;
pub use json::{json, json_publication};
pub use opensearch::{Description, opensearch};

use crate::domain::lang::Lang;

/// Media type of a feed in Atom whose entries lead to other feeds.
pub const NAVIGATION: &str = "application/atom+xml;profile=opds-catalog;kind=navigation";
/// Media type of a feed in Atom whose entries can be fetched.
pub const ACQUISITION: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";
/// Media type of one entry in Atom.
pub const ENTRY: &str = "application/atom+xml;type=entry;profile=opds-catalog";
/// Media type of a feed in JSON.
pub const JSON: &str = "application/opds+json";
/// Media type of one publication in JSON.
pub const PUBLICATION: &str = "application/opds-publication+json";
/// Media type of an `OpenSearch` description.
pub const OPENSEARCH: &str = "application/opensearchdescription+xml";
const HTML: &str = "text/html";

/// A feed: doors to other feeds, or a page of a list of entries.
#[derive(Debug, Clone)]
pub struct Feed {
    /// An IRI that stays the same as long as it is this feed.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Language of its titles.
    pub lang: Lang,
    /// Day of the last change of anything it lists.
    pub updated: Date,
    /// Who publishes it.
    pub publisher: String,
    /// Where it is and what is around it.
    pub links: Links,
    /// What it holds.
    pub content: Content,
}

/// What a feed holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// Doors to other feeds.
    Doors(Vec<Door>),
    /// A page of a list.
    List(List),
}

/// Addresses around a feed, in its own version if nothing else is said.
#[derive(Debug, Clone)]
pub struct Links {
    /// The feed itself.
    pub this: String,
    /// The first feed of the catalogue.
    pub start: String,
    /// The feed above it.
    pub up: Option<String>,
    /// The `OpenSearch` description for Atom; for JSON a URI template with the variable `query`.
    pub search: String,
    /// The same feed in the other version.
    pub twin: String,
    /// The page for people that shows the same.
    pub page: String,
}

/// What leads to another feed.
#[derive(Debug, Clone)]
pub struct Door {
    /// An IRI that stays the same.
    pub id: String,
    /// What a person reads.
    pub title: String,
    /// What is behind it.
    pub summary: String,
    /// Where it leads.
    pub href: String,
    /// How many entries are behind it, when it leads to a list.
    pub count: Option<usize>,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct List {
    /// How many entries there are on all pages.
    pub total: usize,
    /// Most entries on a page.
    pub per_page: usize,
    /// The page, from 1.
    pub page: usize,
    /// The first page.
    pub first: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The last page.
    pub last: String,
    /// What it can be narrowed by.
    pub facets: Vec<FacetGroup>,
    /// The entries of this page.
    pub entries: Vec<Entry>,
}

/// Values that exclude each other.
#[derive(Debug, Clone)]
pub struct FacetGroup {
    /// What a person reads.
    pub title: String,
    /// The values.
    pub values: Vec<FacetLink>,
}

/// A value to narrow a list by.
#[derive(Debug, Clone)]
pub struct FacetLink {
    /// What a person reads.
    pub title: String,
    /// The list with it.
    pub href: String,
    /// How many entries that list has.
    pub count: usize,
    /// Whether the list is narrowed by it now; at most one of a group.
    pub active: bool,
}

/// Something that can be fetched.
#[derive(Debug, Clone)]
pub struct Entry {
    /// An IRI that stays the same as long as it is this resource.
    pub id: String,
    /// Title.
    pub title: String,
    /// Summary, plain text; may be empty.
    pub summary: String,
    /// Language of title and summary.
    pub lang: Lang,
    /// Languages it can be read in.
    pub langs: Vec<Lang>,
    /// Day of the last change.
    pub updated: Date,
    /// Day it was first published.
    pub issued: Option<Date>,
    /// Who wrote it; names as shown.
    pub authors: Vec<String>,
    /// Who else had a part in it.
    pub contributors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// What it is about and for.
    pub categories: Vec<Category>,
    /// Its licence as a person reads it.
    pub rights: String,
    /// The address of its licence.
    pub licence: Option<&'static str>,
    /// Its picture.
    pub image: Option<Image>,
    /// The entry alone, in the feed's version.
    pub this: String,
    /// The page for people.
    pub page: String,
    /// The files it can be had as; a feed needs at least one.
    pub files: Vec<Acquisition>,
}

/// A word of a vocabulary.
#[derive(Debug, Clone)]
pub struct Category {
    /// IRI of the vocabulary.
    pub scheme: String,
    /// The word.
    pub term: String,
    /// What a person reads.
    pub label: String,
}

/// A picture, PNG, JPEG or GIF.
#[derive(Debug, Clone)]
pub struct Image {
    /// Where it is.
    pub href: String,
    /// Media type.
    pub media_type: &'static str,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// A file that holds the whole of a resource.
#[derive(Debug, Clone)]
pub struct Acquisition {
    /// Where it is.
    pub href: String,
    /// Media type.
    pub media_type: Cow<'static, str>,
    /// Its length, when it is known.
    pub bytes: Option<u64>,
}

impl Entry {
    /// Its languages: that of its title, and the others.
    fn langs(&self) -> (Vec<Lang>, Vec<Lang>) {
        self.langs.iter().partition(|lang| **lang == self.lang)
    }
}

/// RFC 3339 moment at which a day begins.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
