//! The catalogue: every lesson and every part of one as a numbered entry, in programme order; which of them a choice of filters
//! admits, and what a search finds. The texts are indexed when somebody searches the first time: a server at rest
//! keeps nothing of them in memory.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use crate::{
    content::Library,
    domain::{
        id::Slug,
        lang::Lang,
        resource::{Part, Resource},
    },
    search::{Bits, Engine, Facet, Filter, Snippet, facets::Facets, lesson_passages},
    store::library::{Build, BuildError, LibraryDb, ReadError, sweep},
};

/// Key of the version of the lessons that were indexed.
const LESSONS: &str = "lessons";

/// What a search prefers: lessons before their parts. What gives answers away is never found.
const LESSON: f64 = 1.3;
const PART: f64 = 0.8;

/// How much nearer the lessons of a chosen grade or level come.
const OF_THIS_GRADE: f64 = 4.0;

/// The catalogue of one version of the content.
pub struct Catalog {
    facets: Facets,
    /// For each entry: what a search prefers; 0 for what it never finds.
    weights: Vec<f64>,
    /// Where the index is kept; in memory without a place.
    place: Option<PathBuf>,
    index: OnceLock<Option<Engine>>,
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Search {
    /// The entries.
    pub bits: Bits,
    /// The entries, the best first, each with its best passage.
    pub order: Vec<(usize, u32)>,
    /// Whether none has all the words, so that these have only some.
    pub partial: bool,
    /// What may have been meant.
    pub instead: Option<String>,
    /// The index could not be made or read; the log says why.
    pub failed: bool,
}

impl Search {
    /// The same, where a part of a lesson is found as the lesson that holds it.
    pub fn whole(&self, library: &Library) -> Self {
        let resources = library.resources();
        let lesson = |number: usize| {
            let before = resources.get(..=number)?;
            before.iter().rposition(|resource| resource.part == Part::Lesson)
        };
        let mut bits = Bits::default();
        let mut order = Vec::new();
        for (number, passage) in &self.order {
            let Some(whole) = lesson(*number).filter(|whole| !bits.contains(*whole)) else { continue };
            bits.insert(whole);
            order.push((whole, *passage));
        }
        let instead = self.instead.clone();
        Self { bits, order, partial: self.partial, instead, failed: self.failed }
    }
}

impl Catalog {
    /// The catalogue of these lessons. `place` is the file of the index.
    pub fn new(library: &Library, place: Option<PathBuf>) -> Self {
        let mut facets = Facets::default();
        let mut weights = Vec::new();
        for (number, resource) in library.resources().iter().enumerate() {
            let whole = resource.part == Part::Lesson;
            let weight = if whole { LESSON } else { PART };
            weights.push(if resource.part.gives_answers() { 0.0 } else { weight });
            if let Some(lesson) = library.lesson(resource.lesson.as_str()) {
                facets.add(number, &lesson.meta, &resource.kind, &resource.langs, whole);
            }
        }
        Self { facets, weights, place, index: OnceLock::new() }
    }

    /// The entries that a filter admits, among those that a search found.
    pub fn select(&self, filter: &Filter, search: Option<&Search>) -> Bits {
        self.facets.select(filter, search.map(|search| &search.bits))
    }

    /// For each value of a facet, how many entries would be found if it were set (instead of what is set now).
    pub fn counts(&self, filter: &Filter, facet: Facet, search: Option<&Search>) -> BTreeMap<Slug, usize> {
        self.facets.counts(filter, facet, search.map(|search| &search.bits))
    }

    /// The resources a filter admits, in programme order.
    pub fn find<'a>(&self, library: &'a Library, filter: &Filter) -> Vec<&'a Resource> {
        let found = self.select(filter, None);
        found.iter().filter_map(|number| library.resources().get(number)).collect()
    }

    /// Searches the texts of everything; the first search makes the index, which takes a moment. What fits a chosen grade
    /// or level best comes first: its lessons.
    pub fn search(&self, library: &Library, text: &str, lang: Lang, filter: &Filter) -> Search {
        let Some(engine) = self.engine(library) else { return Search { failed: true, ..Search::default() } };
        let found = match engine.find(text, lang) {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "the index cannot be searched");
                return Search { failed: true, ..Search::default() };
            }
        };
        let narrowed = filter.get(Facet::Grade).is_some() || filter.get(Facet::Level).is_some();
        let mut order = Vec::with_capacity(found.hits.len());
        for hit in found.hits {
            let number = hit.entry as usize;
            let weight = self.weights.get(number).copied().unwrap_or_default();
            let near = if narrowed && weight >= LESSON { OF_THIS_GRADE } else { 1.0 };
            if weight > 0.0 {
                order.push((number, hit.passage, hit.score * weight * near));
            }
        }
        order.sort_by(|a, b| b.2.total_cmp(&a.2));
        Search {
            bits: order.iter().map(|(number, ..)| *number).collect(),
            order: order.into_iter().map(|(number, passage, _)| (number, passage)).collect(),
            partial: found.partial,
            instead: found.instead,
            failed: false,
        }
    }

    /// The words around what was found in a passage.
    pub fn snippet(&self, passage: u32, text: &str) -> Option<Snippet> {
        let engine = self.index.get()?.as_ref()?;
        engine.snippet(passage, text).unwrap_or_else(|error| {
            tracing::error!(%error, "a passage of the index cannot be read");
            None
        })
    }

    /// The index of these lessons, made anew when there is none, when it is of others or when it is damaged. Where it cannot
    /// be kept on the disk it is made in memory.
    fn engine(&self, library: &Library) -> Option<&Engine> {
        let open = || {
            if let Some(engine) = self.kept(library) {
                return Some(engine);
            }
            let made = make(library, self.place.as_deref()).or_else(|error| {
                tracing::error!(%error, "the index cannot be kept; it is made in memory");
                make(library, None)
            });
            match made {
                Ok(engine) => Some(engine),
                Err(error) => {
                    tracing::error!(%error, "the index cannot be made");
                    None
                }
            }
        };
        self.index.get_or_init(open).as_ref()
    }

    /// The index that was kept, when it is of these lessons.
    fn kept(&self, library: &Library) -> Option<Engine> {
        let place = self.place.as_deref()?;
        sweep(place).ok();
        let db = LibraryDb::open(place).ok()?;
        let current = db.get(LESSONS).ok()?? == library.version();
        if current { Engine::new(Arc::new(db)).ok() } else { None }
    }
}

/// Why there is no index.
#[derive(Debug, thiserror::Error)]
enum NoIndex {
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error(transparent)]
    Read(#[from] ReadError),
}

fn make(library: &Library, place: Option<&Path>) -> Result<Engine, NoIndex> {
    let mut build = Build::new(place)?;
    build.set(LESSONS, library.version())?;
    lesson_passages(library, |passage| build.passage(passage).map(|_| ()))?;
    Ok(Engine::new(Arc::new(build.finish()?))?)
}
