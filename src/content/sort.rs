//! `sort.toml` into a sorting game.

use serde::Deserialize;

use crate::{
    content::{
        markdown::{self, Context, Notes},
        toml_text::{Step, place, read},
        vocabulary::unknown,
    },
    domain::{
        finding::Finding,
        id::Slug,
        sort::{MAX_PICTURES, Sort, SortBox, SortCard},
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
    }
    let ids: Vec<Slug> = file.boxes.iter().map(|sort_box| sort_box.id.clone()).collect();
    let mut boxes = Vec::new();
    for (index, entry) in file.boxes.into_iter().enumerate() {
        let at = at(&[Step::Key("boxes"), Step::Index(index), Step::Key("label")]);
        let rendered = markdown::inline(&entry.label, at.line, context);
        if rendered.fragment.plain().is_empty() {
            findings.push(Finding::error("check-sort-box-empty", at.line, at.column));
        }
        // The words beneath a picture say what it shows: read aloud with every card, both would be too much.
        findings.extend(rendered.findings.into_iter().filter(|finding| finding.id != markdown::NO_ALT));
        notes.append(rendered.notes);
        boxes.push(SortBox { id: entry.id, label: rendered.fragment });
    }
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
        for id in accepts.iter().filter(|id| !ids.contains(id)) {
            let finding = unknown("box", id.as_str(), ids.iter().map(Slug::as_str));
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
    let sort = Sort { boxes, cards };
    if sort.pictures_of_boxes() >= MAX_PICTURES && sort.cards.iter().any(|card| card.face.has_media()) {
        let finding = Finding::warning_of_whole("check-sort-pictures").with("most", MAX_PICTURES - 1);
        findings.push(Finding { position: Some(at(&[Step::Key("boxes")])), ..finding });
    }
    (Some(sort), notes, findings)
}
