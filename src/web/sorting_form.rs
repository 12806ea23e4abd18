//! The sorting game as a form: which cards lie on a table, and what there is to say about where they were put.

use crate::{
    domain::{
        fragment::Fragment,
        sort::{MAX_PICTURES, Sort, SortCard},
    },
    web::{
        form::Form,
        lesson_text::Shown,
        views::activity::{BoxView, SortCardView, SortingPart},
    },
};

/// Cards without pictures on one page.
const WORDS_PER_TABLE: usize = 10;

/// A table of the sorting game (counted from 1), with what the form of an earlier look at it says. `None` when there is
/// no such table.
pub(crate) fn part(
    shown: &Shown<'_>,
    screen: usize,
    table: usize,
    form: Option<&Form>,
    path: impl Fn(usize) -> String,
) -> Option<SortingPart> {
    let sort = shown.text.sort.as_ref()?;
    let twin = shown.beneath.and_then(|text| text.sort.as_ref());
    let per_table = per_table(sort);
    let tables = sort.cards.len().div_ceil(per_table);
    let first = table.checked_sub(1)? * per_table;
    let on_table = sort.cards.get(first..)?.iter().take(per_table).enumerate().collect::<Vec<_>>();
    if on_table.is_empty() {
        return None;
    }
    let text = |own: &Fragment, twin: Option<&Fragment>| shown.joined(screen, own, twin);
    let boxes = sort.boxes.iter().enumerate().map(|(at, each)| BoxView {
        value: each.id.to_string(),
        label: text(&each.label, twin.and_then(|twin| twin.boxes.get(at)).map(|each| &each.label)),
    });
    let chosen =
        |at: usize| form.and_then(|form| form.get(&field(first + at))).filter(|value| !value.is_empty());
    let problem = form.and_then(|_| {
        if on_table.iter().any(|(at, _)| chosen(*at).is_some_and(|value| !knows(sort, value))) {
            Some("sorting-problem-unknown")
        } else if on_table.iter().all(|(at, _)| chosen(*at).is_none()) {
            Some("sorting-problem-none")
        } else if on_table.iter().any(|(at, _)| chosen(*at).is_none()) {
            Some("sorting-problem-some")
        } else {
            None
        }
    });
    let card = |(at, card): &(usize, &SortCard)| {
        let twin = twin.and_then(|twin| twin.cards.get(first + at));
        let chosen = chosen(*at).filter(|value| knows(sort, value));
        SortCardView {
            field: field(first + at),
            number: first + at + 1,
            face: text(&card.face, twin.map(|twin| &twin.face)),
            chosen: chosen.map(str::to_owned),
            right: chosen.map(|chosen| card.accepts.iter().any(|id| id.as_str() == chosen)),
            why: chosen.map(|_| text(&card.why, twin.map(|twin| &twin.why))),
        }
    };
    let cards = on_table.iter().map(card).collect::<Vec<_>>();
    let right = cards.iter().filter(|card| card.right == Some(true)).count();
    Some(SortingPart {
        action: path(table),
        boxes: boxes.collect(),
        table,
        tables,
        problem,
        right: cards.iter().any(|card| card.right.is_some()).then_some(right),
        cards,
        next: (table < tables).then(|| path(table + 1)),
    })
}

fn field(card: usize) -> String {
    format!("c{}", card + 1)
}

fn knows(sort: &Sort, value: &str) -> bool {
    sort.boxes.iter().any(|each| each.id.as_str() == value)
}

fn per_table(sort: &Sort) -> usize {
    let pictures = sort.cards.iter().any(|card| card.face.has_media());
    if pictures { MAX_PICTURES.saturating_sub(sort.pictures_of_boxes()).max(1) } else { WORDS_PER_TABLE }
}
