//! Making the index: every text of every lesson and material, once, into a new `library.db` that takes the place of the old
//! one when it is whole.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

use crate::{
    content::{Library, Source, materials},
    domain::{id::Slug, lang::Lang, resource::Meta},
    search::{
        facets::Facets,
        lessons::{kinds, lesson_passages},
    },
    store::library::{Build, BuildError, LibraryDb, MATERIALS, Passage, ReadError},
};

/// Key of the version of the lessons that were indexed.
pub(super) const LESSONS: &str = "lessons";

/// Key of what distinguishes the materials' files that were indexed; empty for none.
pub(super) const FILES: &str = "files";

/// Key of the numbers of the materials in the order of their titles.
pub(super) const ORDER: &str = "order";

/// Key of how many files are no material, each for a reason that `amauta check` tells.
pub(super) const PASSED_OVER: &str = "passed-over";

/// Key of the day of the last change of a material.
pub(super) const NEWEST: &str = "newest";

/// Why there is no index.
#[derive(Debug, thiserror::Error)]
pub enum NoIndex {
    /// It cannot be written.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// How far the making of an index is, and whether it shall end early.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    all: AtomicUsize,
    stop: AtomicBool,
}

impl Progress {
    /// Materials read, and how many there are; both 0 while nothing is being made.
    pub fn get(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    /// Ends the making soon; the old index stays.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Makes the index of the lessons alone, which takes a moment.
pub(super) fn of_lessons(library: &Library, place: Option<&Path>) -> Result<LibraryDb, NoIndex> {
    Ok(begin(library, place, "")?.finish()?)
}

/// Makes the index of the lessons and the materials of these sources. `files` is what distinguishes the materials' files as
/// they are now, `hidden` are materials that are left out. `None` when it was told to stop.
///
/// # Errors
/// The disk is full or fails; the old index stays.
pub fn of_everything(
    library: &Library,
    sources: &[Source],
    files: &str,
    hidden: &BTreeSet<Slug>,
    place: Option<&Path>,
    progress: &Progress,
) -> Result<Option<LibraryDb>, NoIndex> {
    let mut build = begin(library, place, files)?;
    let taken = library.lessons().map(|lesson| lesson.id().clone()).collect::<BTreeSet<_>>();
    let mut survey = materials::survey(sources, library.vocabulary(), taken);
    let mut problems = std::mem::take(&mut survey.problems);
    progress.all.store(survey.len(), Ordering::Relaxed);
    let (mut facets, mut order, mut number, mut newest) = (Facets::default(), Vec::new(), 0_u32, None);
    for at in 0..survey.len() {
        if progress.stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        progress.done.store(at, Ordering::Relaxed);
        let Some(reading) = survey.read(at, sources, &mut problems) else { continue };
        if hidden.contains(reading.material.id()) {
            continue;
        }
        let meta = &reading.material.meta;
        newest = newest.max(Some(meta.modified));
        let langs = reading.material.langs().collect::<Vec<_>>();
        facets.add(number as usize, meta, &meta.kind, &langs, true);
        order.push((sort_key(title(meta, Lang::ES)), number));
        let record = serde_json::to_string(&reading.material).unwrap_or_default();
        build.material(number, meta.id.as_str(), &record)?;
        add_passages(&mut build, MATERIALS + number, meta, &langs, &reading.pieces)?;
        number += 1;
    }
    order.sort_unstable();
    let order = order.iter().map(|(_, number)| number.to_string()).collect::<Vec<_>>();
    build.set(ORDER, &order.join(" "))?;
    if let Some(newest) = newest {
        build.set(NEWEST, &newest.to_string())?;
    }
    build.set(PASSED_OVER, &problems.len().to_string())?;
    for (facet, term, bits) in facets.sets() {
        build.facet(facet.name(), term.as_str(), &bits.to_bytes())?;
    }
    Ok(Some(build.finish()?))
}

/// The passages of a material: its pieces, and for a language without a piece what is said of it there.
fn add_passages(
    build: &mut Build,
    entry: u32,
    meta: &Meta,
    langs: &[Lang],
    pieces: &[materials::Piece],
) -> Result<(), BuildError> {
    let mut told = BTreeSet::new();
    let heads = meta.title.0.keys().chain(langs).map(|lang| (0, *lang, ""));
    let texts = pieces.iter().map(|piece| (piece.place, piece.lang, piece.text.as_str()));
    let alone = heads.filter(|(_, lang, _)| pieces.iter().all(|piece| piece.lang != *lang));
    for (place, lang, text) in texts.chain(alone) {
        let head = if told.insert(lang) { head(meta, lang) } else { String::new() };
        if text.is_empty() && head.is_empty() && !meta.title.0.contains_key(&lang) {
            continue;
        }
        build.passage(&Passage { entry, place, lang, title: title(meta, lang), head: &head, text })?;
    }
    Ok(())
}

/// A new index with the lessons in it.
fn begin(library: &Library, place: Option<&Path>, files: &str) -> Result<Build, BuildError> {
    let mut build = Build::new(place)?;
    build.set(LESSONS, library.version())?;
    build.set(FILES, files)?;
    lesson_passages(library, |passage| build.passage(passage).map(|_| ()))?;
    Ok(build)
}

/// The title in a language, or the best there is.
fn title(meta: &Meta, lang: Lang) -> &str {
    meta.title.best(lang).map_or("", |(_, title)| title.as_str())
}

/// What is said of a material in a language, as one text.
fn head(meta: &Meta, lang: Lang) -> String {
    let mut said = Vec::new();
    said.extend(meta.summary.get(lang).map(String::as_str));
    said.extend(meta.keywords.get(lang).into_iter().flatten().map(String::as_str));
    said.extend(meta.objectives.get(lang).into_iter().flatten().map(String::as_str));
    said.extend(meta.messages.iter().filter_map(|message| message.text.get(lang)).map(String::as_str));
    said.extend(kinds(meta, lang));
    said.extend(meta.authors.iter().map(|author| author.name.as_str()));
    said.join("\n")
}

/// Sorts titles as a Spanish list does, near enough: without accents and signs, ñ after n.
fn sort_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len());
    for c in title.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || *c == ' ') {
        match c {
            'á' => key.push('a'),
            'é' => key.push('e'),
            'í' => key.push('i'),
            'ó' => key.push('o'),
            'ú' | 'ü' => key.push('u'),
            'ñ' => key.push_str("n~"),
            c => key.push(c),
        }
    }
    key
}
