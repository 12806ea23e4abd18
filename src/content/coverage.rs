//! How many lessons a library has for each theme and each ability, cycle by cycle: what is left to write.

use crate::{
    content::library::Library,
    domain::{id::Slug, resource::Meta, vocabulary::Vocabulary},
};

/// A count for each theme and each ability in each cycle, all in the order of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The cycles, and the bands beside school: the columns.
    pub cycles: Vec<String>,
    /// For each theme, how many lessons there are in each cycle.
    pub themes: Vec<(Slug, Vec<usize>)>,
    /// For each ability, how many lessons there are in each cycle.
    pub abilities: Vec<(Slug, Vec<usize>)>,
}

impl Coverage {
    /// Counts the lessons that are shown. One that names several cycles counts in each of them.
    pub fn of(library: &Library) -> Self {
        let vocabulary = library.vocabulary();
        let cycles: Vec<String> = vocabulary.cycles.iter().map(|cycle| cycle.id.clone()).collect();
        let rows = |terms: &[Slug], of: fn(&Meta) -> &[Slug]| {
            let row = |term: &Slug| {
                let count = |cycle: &String| {
                    let covers =
                        |meta: &Meta| of(meta).contains(term) && in_cycles(meta, vocabulary).contains(&cycle);
                    library.lessons().filter(|lesson| covers(&lesson.meta)).count()
                };
                (term.clone(), cycles.iter().map(count).collect())
            };
            terms.iter().map(row).collect::<Vec<_>>()
        };
        let themes = rows(&vocabulary.themes, |meta| &meta.themes);
        let abilities = rows(&vocabulary.abilities, |meta| &meta.abilities);
        Self { cycles, themes, abilities }
    }
}

/// The cycles a lesson is for: those it names, else those of its grades.
pub(super) fn in_cycles<'a>(meta: &'a Meta, vocabulary: &'a Vocabulary) -> Vec<&'a String> {
    if !meta.cycles.is_empty() {
        return meta.cycles.iter().collect();
    }
    let grades = vocabulary.grades.iter().filter(|grade| meta.grades.contains(&grade.id));
    grades.map(|grade| &grade.cycle).collect()
}
