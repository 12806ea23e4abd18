//! The sorting game: cards that belong in boxes.

use crate::domain::{fragment::Fragment, id::Slug};

/// A sorting game in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The boxes, two to four.
    pub boxes: Vec<SortBox>,
    /// The cards.
    pub cards: Vec<SortCard>,
}

/// A box cards are put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortBox {
    /// Its name in a form; the same in every language.
    pub id: Slug,
    /// What the pupil reads.
    pub label: String,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortCard {
    /// What stands on it (it may hold a picture).
    pub face: Fragment,
    /// The boxes it may lie in; more than one is right when it depends.
    pub accepts: Vec<Slug>,
    /// Why, and what to do: shown after the answer.
    pub why: Fragment,
}
