//! `sort.toml` into a sorting game.

use serde::Deserialize;

use crate::{
    content::{
        markdown::{self, Context, Notes, Unit},
        toml_text::{Step, place, read},
        vocabulary::unknown,
    },
    domain::{
        finding::Finding,
        id::Slug,
        sort::{Sort, SortBox, SortCard},
    },
};

/// Most cards of a game.
const MAX_CARDS: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SortFile {
    boxes: Vec<BoxEntry>,
    cards: Vec<CardEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoxEntry {
    id: Slug,
    label: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardEntry {
    face: String,
    #[serde(rename = "box")]
    accepts: OneOrMany,
    why: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Slug),
    Many(Vec<Slug>),
}

/// Reads a sorting game; `None` when it cannot be played.
pub(super) fn parse(text: &str, context: Context<'_>) -> (Option<Sort>, Notes, Vec<Finding>) {
    let mut notes = Notes::default();
    let mut findings = Vec::new();
    let file: SortFile = match read(text) {
        Ok(file) => file,
        Err(finding) => return (None, notes, vec![finding]),
    };
    let at = |path: &[Step<'_>]| place(text, path);
    if !(2..=4).contains(&file.boxes.len()) {
        let finding = Finding::error_of_whole("check-sort-boxes").with("count", file.boxes.len());
        findings.push(Finding { position: Some(at(&[Step::Key("boxes")])), ..finding });
    }
    if !(1..=MAX_CARDS).contains(&file.cards.len()) {
        let finding = Finding::error_of_whole("check-sort-cards").with("limit", MAX_CARDS);
        findings.push(Finding { position: Some(at(&[Step::Key("cards")])), ..finding });
        return (None, notes, findings);
    }
    for (index, sort_box) in file.boxes.iter().enumerate() {
        let position = at(&[Step::Key("boxes"), Step::Index(index), Step::Key("id")]);
        if file.boxes.iter().take(index).any(|other| other.id == sort_box.id) {
            let finding = Finding::error("check-sort-box-twice", position.line, position.column);
            findings.push(finding.with("box", &sort_box.id));
        }
        notes.units.push(Unit { line: position.line, text: sort_box.label.clone() });
    }
    let ids: Vec<&str> = file.boxes.iter().map(|sort_box| sort_box.id.as_str()).collect();
    let mut cards = Vec::new();
    for (index, card) in file.cards.into_iter().enumerate() {
        let at = |key| place(text, &[Step::Key("cards"), Step::Index(index), Step::Key(key)]);
        let accepts = match card.accepts {
            OneOrMany::One(id) => vec![id],
            OneOrMany::Many(ids) => ids,
        };
        if accepts.is_empty() {
            findings
                .push(Finding { position: Some(at("box")), ..Finding::error_of_whole("check-sort-no-box") });
        }
        for id in accepts.iter().filter(|id| !ids.contains(&id.as_str())) {
            let finding = unknown("box", id.as_str(), ids.iter().copied());
            findings.push(Finding { position: Some(at("box")), ..finding });
        }
        let mut shown = |key: &'static str, text: &str| {
            let rendered = markdown::inline(text, at(key).line, context);
            if rendered.fragment.is_empty() {
                let finding = Finding::error_of_whole("check-sort-empty").with("key", key);
                findings.push(Finding { position: Some(at(key)), ..finding });
            }
            findings.extend(rendered.findings);
            notes.append(rendered.notes);
            rendered.fragment
        };
        let (face, why) = (shown("face", &card.face), shown("why", &card.why));
        cards.push(SortCard { face, accepts, why });
    }
    let boxes = file.boxes.into_iter().map(|entry| SortBox { id: entry.id, label: entry.label }).collect();
    (Some(Sort { boxes, cards }), notes, findings)
}
