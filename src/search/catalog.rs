//! The catalogue: every lesson, every part of one and every material as a numbered entry; which of them a choice of filters
//! admits, and what a search finds.
//!
//! Without materials the texts are indexed when somebody searches the first time: a server at rest keeps nothing of them in
//! memory. Materials are known only by their index: while it is being made ([`Catalog::is_waiting`]) the lessons are there.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::civil::Date;

use crate::{
    content::Library,
    domain::{
        id::Slug,
        lang::Lang,
        material::Material,
        resource::{Part, Resource},
    },
    search::{
        Bits, Engine, Facet, Filter, Snippet, Sought,
        build::{self, FILES, LESSONS, NEWEST, ORDER, PASSED_OVER},
        facets::Facets,
    },
    store::library::{LibraryDb, MATERIALS, ReadError},
};

/// What a search prefers: lessons, then materials, then parts of lessons. What gives answers away is never found.
const LESSON: f64 = 1.1;
const MATERIAL: f64 = 1.0;
const PART: f64 = 0.5;

/// How much nearer the lessons of a chosen grade or level come.
const OF_THIS_GRADE: f64 = 4.0;

/// The catalogue of one version of the content.
pub struct Catalog {
    facets: Facets,
    /// For each entry of a lesson: what a search prefers; 0 for what it never finds.
    weights: Vec<f64>,
    /// The entry of the first material: a multiple of 64.
    base: usize,
    /// Numbers of the materials in the order of their titles.
    order: Vec<u32>,
    /// Files that are no material.
    passed_over: usize,
    /// The day of the last change of a material.
    newest: Option<Date>,
    /// What distinguishes the materials' files; empty for none.
    files: String,
    /// Whether there are materials whose index has to be made first.
    waiting: bool,
    /// Where the index is kept; in memory without a place.
    place: Option<PathBuf>,
    index: OnceLock<Option<Engine>>,
    /// Whether something of the index could not be read.
    hurt: AtomicBool,
}

/// What the catalogue lists.
#[derive(Debug)]
pub enum Entry<'a> {
    /// A lesson, or a part of one.
    Lesson(&'a Resource),
    /// A material.
    Material(Box<Material>),
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
        let whole = |number: usize| match resources.get(..=number) {
            Some(before) => before.iter().rposition(|resource| resource.part == Part::Lesson),
            // A material is whole.
            None => Some(number),
        };
        let mut bits = Bits::default();
        let mut order = Vec::new();
        for (number, passage) in &self.order {
            let Some(whole) = whole(*number).filter(|whole| !bits.contains(*whole)) else { continue };
            bits.insert(whole);
            order.push((whole, *passage));
        }
        let instead = self.instead.clone();
        Self { bits, order, partial: self.partial, instead, failed: self.failed }
    }
}

impl Catalog {
    /// The catalogue of these lessons and of the materials whose files are distinguished by `files` (empty for none). `place`
    /// is the file of the index; `made` an index that was just made and could not be kept there.
    pub fn new(
        library: &Library,
        place: Option<PathBuf>,
        files: String,
        made: Option<Arc<LibraryDb>>,
    ) -> Self {
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
        let mut catalog = Self {
            facets,
            base: weights.len().next_multiple_of(64),
            weights,
            order: Vec::new(),
            passed_over: 0,
            newest: None,
            waiting: !files.is_empty(),
            files,
            place,
            index: OnceLock::new(),
            hurt: AtomicBool::new(false),
        };
        if catalog.waiting {
            let made = made.filter(|made| catalog.is_current(made, library));
            if let Some(db) = made.or_else(|| catalog.kept(library).map(Arc::new)) {
                match catalog.take_materials(&db).and_then(|()| Engine::new(db)) {
                    Ok(engine) => {
                        catalog.waiting = false;
                        catalog.index = OnceLock::from(Some(engine));
                    }
                    Err(error) => {
                        tracing::error!(%error, "the index of the materials cannot be read; it is made anew");
                    }
                }
            }
        }
        catalog
    }

    /// Reads what must be known of all materials.
    fn take_materials(&mut self, db: &LibraryDb) -> Result<(), ReadError> {
        let number = |word: &str| word.parse().map_err(|_| ReadError::Damaged("order".to_owned()));
        let order = db.get(ORDER)?.unwrap_or_default();
        let order = order.split_whitespace().map(number).collect::<Result<Vec<u32>, _>>()?;
        let sets = db.facets()?.into_iter().filter_map(|(facet, term, bits)| {
            let facet = Facet::ALL.into_iter().find(|known| known.name() == facet)?;
            Some((facet, term.parse().ok()?, Bits::from_bytes(&bits)))
        });
        self.passed_over = db.get(PASSED_OVER)?.and_then(|count| count.parse().ok()).unwrap_or_default();
        self.newest = db.get(NEWEST)?.and_then(|day| day.parse().ok());
        self.facets.append(sets, order.len(), self.base);
        self.order = order;
        Ok(())
    }

    /// Whether the index turned out to be damaged, the first time this is asked. Then it is taken away from the disk: the next
    /// catalogue makes it anew.
    pub fn found_hurt(&self) -> bool {
        let hurt = self.hurt.load(Ordering::Relaxed) && self.hurt.swap(false, Ordering::Relaxed);
        if hurt && let Some(place) = &self.place {
            std::fs::remove_file(place).ok();
        }
        hurt
    }

    /// What was read; what went wrong goes to the log.
    fn told<T>(&self, read: Result<T, ReadError>) -> Option<T> {
        read.inspect_err(|error| {
            self.hurt.fetch_or(matches!(error, ReadError::Damaged(_)), Ordering::Relaxed);
            tracing::error!(%error, "the index cannot be read");
        })
        .ok()
    }

    /// Whether there are materials whose index has to be made first.
    pub fn is_waiting(&self) -> bool {
        self.waiting
    }

    /// What distinguishes the materials' files of this catalogue.
    pub fn files(&self) -> &str {
        &self.files
    }

    /// How many materials there are, and how many files are none for a reason that `amauta check` tells.
    pub fn materials(&self) -> (usize, usize) {
        (self.order.len(), self.passed_over)
    }

    /// The day of the last change of a material.
    pub fn newest_material(&self) -> Option<Date> {
        self.newest
    }

    /// The material of this name.
    pub fn material(&self, id: &str) -> Option<Material> {
        if self.order.is_empty() {
            return None;
        }
        let record = self.index.get()?.as_ref()?.db().material(id);
        self.told(record.and_then(|found| found.map(|(_, record)| read(&record)).transpose())).flatten()
    }

    /// The entry of a number that [`Catalog::select`] or a search gave.
    pub fn entry<'a>(&self, library: &'a Library, number: usize) -> Option<Entry<'a>> {
        let Some(no) = number.checked_sub(self.base) else {
            return library.resources().get(number).map(Entry::Lesson);
        };
        let record = self.index.get()?.as_ref()?.db().material_at(u32::try_from(no).ok()?);
        let found =
            self.told(record.and_then(|found| found.map(|(_, record)| read(&record)).transpose())).flatten();
        found.map(|material| Entry::Material(Box::new(material)))
    }

    /// Numbers of a selection in the order of a list: lessons in programme order, then materials by title.
    pub fn listed<'a>(&'a self, found: &'a Bits) -> impl Iterator<Item = usize> + 'a {
        let lessons = found.iter().take_while(|number| *number < self.base);
        let materials = self.order.iter().map(|no| self.base + *no as usize);
        lessons.chain(materials.filter(|number| found.contains(*number)))
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
        let Some(found) = self.told(engine.find(text, lang)) else {
            return Search { failed: true, ..Search::default() };
        };
        let narrowed = filter.get(Facet::Grade).is_some() || filter.get(Facet::Level).is_some();
        let mut order = Vec::with_capacity(found.hits.len());
        for hit in found.hits {
            let (number, weight) = if let Some(no) = hit.entry.checked_sub(MATERIALS) {
                (self.base + no as usize, MATERIAL)
            } else {
                let number = hit.entry as usize;
                (number, self.weights.get(number).copied().unwrap_or_default())
            };
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

    /// What [`Catalog::snippet`] marks of a text that was searched; `None` before the first search.
    pub fn sought(&self, text: &str) -> Option<Sought> {
        Some(self.index.get()?.as_ref()?.sought(text))
    }

    /// The words around what was found in a passage.
    pub fn snippet(&self, passage: u32, sought: &Sought) -> Option<Snippet> {
        let engine = self.index.get()?.as_ref()?;
        self.told(engine.snippet(passage, sought)).flatten()
    }

    /// The index. Without materials it is opened or made with the first search. Where it cannot be kept on the disk, or while
    /// that of the materials is being made there, it is made in memory.
    fn engine(&self, library: &Library) -> Option<&Engine> {
        let open = || {
            let place = self.place.as_deref().filter(|_| !self.waiting);
            let kept = if self.waiting { None } else { self.kept(library) };
            let made = match kept {
                Some(db) => Ok(db),
                None => build::of_lessons(library, place).or_else(|error| {
                    tracing::error!(%error, "the index cannot be kept; it is made in memory");
                    build::of_lessons(library, None)
                }),
            };
            match made.and_then(|db| Ok(Engine::new(Arc::new(db))?)) {
                Ok(engine) => Some(engine),
                Err(error) => {
                    tracing::error!(%error, "the index cannot be made");
                    None
                }
            }
        };
        self.index.get_or_init(open).as_ref()
    }

    /// The index that was kept, when it is of these lessons and materials.
    fn kept(&self, library: &Library) -> Option<LibraryDb> {
        let place = self.place.as_deref()?;
        LibraryDb::open(place).ok().filter(|db| self.is_current(db, library))
    }

    fn is_current(&self, db: &LibraryDb, library: &Library) -> bool {
        let is = |key, value: &str| db.get(key).is_ok_and(|known| known.as_deref() == Some(value));
        is(LESSONS, library.version()) && is(FILES, &self.files)
    }
}

/// A material as it was indexed.
fn read(record: &str) -> Result<Material, ReadError> {
    serde_json::from_str(record).map_err(|_| ReadError::Damaged("record of a material".to_owned()))
}
