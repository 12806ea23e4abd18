//! The sorting game: cards that belong in boxes.

use std::collections::BTreeSet;

use crate::domain::{fragment::Fragment, id::Slug};

/// Most pictures that a table of the game shows: more would be more requests than a page may cost.
pub const MAX_PICTURES: usize = 4;

/// A sorting game in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The boxes, two to four.
    pub boxes: Vec<SortBox>,
    /// The cards.
    pub cards: Vec<SortCard>,
}

impl Sort {
    /// How many pictures the boxes show, each counted once. They are shown with every card, and loaded once a page.
    pub fn pictures_of_boxes(&self) -> usize {
        self.boxes.iter().flat_map(|each| each.label.media()).collect::<BTreeSet<_>>().len()
    }
}

/// A box cards are put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortBox {
    /// Its name in a form; the same in every language.
    pub id: Slug,
    /// What the pupil reads (it may hold a picture beside the words).
    pub label: Fragment,
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
