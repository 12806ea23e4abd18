//! A lesson of the program itself, described without opening its texts and pictures: they were checked when the program
//! was built, they cannot change while it runs, and most of them are not asked for on a given day.
//!
//! Folders are never glanced at: what comes from outside is read whole before anything of it is shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{
    content::{
        lesson::Known,
        media, meta,
        place::Report,
        source::Source,
        text::{BOOSTERS, CARDS, LESSON, SHEETS, SOURCES},
        toml_text,
    },
    domain::{
        id::Slug,
        lang::Lang,
        lesson::Media,
        resource::{Meta, Part, Status},
    },
};

/// What a glance tells.
pub(super) struct Glance {
    /// `lesson.toml`.
    pub(super) meta: Meta,
    /// Files of `media/`; pictures without their size, which only their content tells.
    pub(super) media: BTreeMap<String, Media>,
    /// The languages, each with the parts it has.
    pub(super) langs: BTreeMap<Lang, BTreeSet<Part>>,
    /// Cards of the source pack.
    pub(super) cards: Vec<Slug>,
}

/// Glances at a lesson; `files` are its paths below the source. Every file goes into `hash`. `None` when the lesson is
/// not published, or when its description is broken.
pub(super) fn lesson(
    source: &Source,
    id: &Slug,
    files: &[String],
    known: &Known,
    report: &mut Report,
    hash: &mut Sha256,
) -> Option<Glance> {
    let path = format!("{id}/{}", meta::FILE);
    let text = source.text(&path).map_err(|finding| report.add(&path, finding)).ok()?;
    let channels = known.channels.iter().map(|channel| channel.id.as_str()).collect();
    let (meta, findings) = meta::parse(&text, id, &known.vocabulary, &channels);
    report.extend(&path, findings);
    let mut media = BTreeMap::new();
    let mut langs: BTreeMap<Lang, BTreeSet<Part>> = BTreeMap::new();
    for path in files {
        hash.update(path);
        hash.update(source.embedded_hash(path).unwrap_or_default());
        let below = path.strip_prefix(&format!("{id}/")).unwrap_or(path);
        match below.split_once('/') {
            Some(("media", name)) => {
                let found = source.glance(path).filter(|_| media::good_name(name));
                media.extend(found.map(|found| (name.to_owned(), found)));
            }
            Some((folder, name)) => {
                let Ok(lang) = folder.parse::<Lang>() else { continue };
                langs.entry(lang).or_default().extend(part(name));
            }
            None => {}
        }
    }
    // A language without screens is no language of the lesson.
    langs.retain(|_, parts| parts.contains(&Part::Lesson));
    let cards = if langs.get(&Lang::ES).is_some_and(|parts| parts.contains(&Part::Key)) {
        cards(source, id)
    } else {
        Vec::new()
    };
    let meta = meta.filter(|meta| meta.status == Status::Publicado && !report.has_error_below(&path))?;
    Some(Glance { meta, media, langs, cards })
}

/// The part of a lesson that a file makes.
fn part(name: &str) -> Option<Part> {
    match name {
        LESSON => Some(Part::Lesson),
        CARDS => Some(Part::Cards),
        BOOSTERS => Some(Part::Boosters),
        SOURCES => Some(Part::Key),
        name => SHEETS.iter().find(|(file, _)| *file == name).map(|(_, part)| *part),
    }
}

#[derive(Deserialize)]
struct Pack {
    cards: Vec<Card>,
}

#[derive(Deserialize)]
struct Card {
    id: Slug,
}

fn cards(source: &Source, id: &Slug) -> Vec<Slug> {
    let text = source.text(&format!("{id}/{}/{SOURCES}", Lang::ES)).unwrap_or_default();
    let pack = toml_text::read::<Pack>(&text);
    pack.map(|pack| pack.cards.into_iter().map(|card| card.id).collect()).unwrap_or_default()
}
