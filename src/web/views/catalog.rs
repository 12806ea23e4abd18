//! Views of the catalogue: cards, filters, the grid of grades and areas.

use serde::Serialize;

use super::{
    View,
    frame::{Frame, Link},
};

/// A resource in a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Card {
    /// Title in the best language there is.
    pub title: String,
    /// Summary in the same language.
    pub summary: String,
    /// Language of title and summary.
    pub lang: String,
    /// Whether that is not the language being read.
    pub foreign: bool,
    /// Kind of resource; its label is a Fluent message.
    pub kind: String,
    /// Its icon: a kind that has one.
    pub icon: String,
    /// What it is: a Fluent message.
    pub name: String,
    /// The message that says in which language alone it is.
    pub only: &'static str,
    /// Grades; their labels are Fluent messages.
    pub grades: Vec<String>,
    /// Levels, for what has no grades.
    pub levels: Vec<String>,
    /// Minutes of class; 0 when nobody says.
    pub minutes: u32,
    /// The words around what was searched.
    pub snippet: Option<Snippet>,
    /// Where it is.
    pub href: String,
}

/// The words around what was searched.
#[derive(Debug, Clone, Serialize)]
pub struct Snippet {
    /// Language they are in.
    pub lang: String,
    /// Pieces of text, and whether each was searched.
    pub parts: Vec<(String, bool)>,
    /// The page inside the resource where they stand, when it is not the first.
    pub href: Option<String>,
}

/// A value of a filter.
#[derive(Debug, Clone, Serialize)]
pub struct FacetValue {
    /// The word.
    pub term: String,
    /// What a person reads.
    pub label: String,
    /// Where choosing it (or freeing it, when chosen) leads.
    pub href: String,
    /// How many resources there would be.
    pub count: usize,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A filter with its values.
#[derive(Debug, Clone, Serialize)]
pub struct FacetView {
    /// Its field in the form and address.
    pub field: &'static str,
    /// First part of the Fluent ids of its values: `level`, `grade` …
    pub prefix: &'static str,
    /// Values that would find something, and the chosen one.
    pub values: Vec<FacetValue>,
    /// The chosen value.
    pub chosen: Option<String>,
}

/// A chosen filter, and what freeing it would bring.
#[derive(Debug, Clone, Serialize)]
pub struct Chosen {
    /// What a person reads.
    pub label: String,
    /// Where the list without it is.
    pub href: String,
    /// How many resources there would be.
    pub count: usize,
}

/// A page of a long list.
#[derive(Debug, Clone, Serialize)]
pub struct PageLink {
    /// Its number, from 1.
    pub number: usize,
    /// Where it is.
    pub href: String,
    /// Whether it is the page being read.
    pub current: bool,
}

/// `/es/recursos`
#[derive(Debug, Clone, Serialize)]
pub struct CatalogView {
    /// The frame.
    pub frame: Frame,
    /// Where the form of filters leads.
    pub action: String,
    /// The words searched; empty for a list.
    pub words: String,
    /// What the search has to say, when there was one.
    pub search: Option<SearchView>,
    /// The filters.
    pub facets: Vec<FacetView>,
    /// What is chosen now.
    pub chosen: Vec<Chosen>,
    /// Where the list without any filter is.
    pub all: String,
    /// Words of the address that no filter knows.
    pub unknown: Vec<String>,
    /// How many resources were found.
    pub total: usize,
    /// Materials that are indexed already, and all, while they are being indexed.
    pub indexing: Option<(usize, usize)>,
    /// Those of this page.
    pub cards: Vec<Card>,
    /// The pages, when there is more than one.
    pub pages: Vec<PageLink>,
    /// The same list for other programs, and its media type.
    pub feed: (String, &'static str),
    /// The files to take home all that was found; only where the list is a collection.
    pub take_home: Vec<Link>,
}

impl View for CatalogView {
    const TEMPLATE: &'static str = "catalog.html";
}

/// What a search has to say beside what it found.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// Whether none has all the words.
    pub partial: bool,
    /// What may have been meant, and where that is searched.
    pub instead: Option<Link>,
    /// Whether the texts could not be searched.
    pub failed: bool,
}

/// A cell of the grid.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// How many resources there are.
    pub count: usize,
    /// Where they are.
    pub href: String,
}

/// A row of the grid.
#[derive(Debug, Clone, Serialize)]
pub struct GridRow {
    /// The area; its label is a Fluent message.
    pub area: String,
    /// One cell for each grade.
    pub cells: Vec<Cell>,
}

/// A grade above a column of the grid.
#[derive(Debug, Clone, Serialize)]
pub struct GridColumn {
    /// The grade; its labels are Fluent messages (`grade-p3`, and `.short`).
    pub grade: String,
    /// Where all its resources are.
    pub href: String,
    /// How many there are.
    pub count: usize,
}

/// `/es/niveles/primaria`
#[derive(Debug, Clone, Serialize)]
pub struct LevelView {
    /// The frame.
    pub frame: Frame,
    /// The level; its label is a Fluent message.
    pub level: String,
    /// The grades.
    pub columns: Vec<GridColumn>,
    /// The areas.
    pub rows: Vec<GridRow>,
    /// Where all resources of the level are.
    pub all: String,
    /// How many there are.
    pub total: usize,
    /// The files to take all of it home.
    pub take_home: Vec<Link>,
}

impl View for LevelView {
    const TEMPLATE: &'static str = "level.html";
}
