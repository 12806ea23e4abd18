//! The filters of the catalogue. They combine: a resource must satisfy all that are set.

use std::collections::BTreeMap;

use crate::{
    content::Library,
    domain::{
        id::Slug,
        lesson::Lesson,
        resource::{Part, Resource},
    },
};

/// What the catalogue can be narrowed by, in the order a person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Level of schooling.
    Level,
    /// School year.
    Grade,
    /// Curricular area.
    Area,
    /// Safety topic.
    Theme,
    /// Sort of resource.
    Kind,
}

impl Facet {
    /// All of them, in the order a person sees them.
    pub const ALL: [Self; 5] = [Self::Level, Self::Grade, Self::Area, Self::Theme, Self::Kind];
}

/// At most one value for each facet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter(BTreeMap<Facet, Slug>);

impl Filter {
    /// The value of a facet.
    pub fn get(&self, facet: Facet) -> Option<&Slug> {
        self.0.get(&facet)
    }

    /// The same filter with a facet set, or freed.
    pub fn with(&self, facet: Facet, value: Option<Slug>) -> Self {
        let mut facets = self.0.clone();
        match value {
            Some(value) => facets.insert(facet, value),
            None => facets.remove(&facet),
        };
        Self(facets)
    }

    /// The facets that are set, in order.
    pub fn set(&self) -> impl Iterator<Item = (Facet, &Slug)> {
        self.0.iter().map(|(facet, value)| (*facet, value))
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a resource satisfies the filter. Parts of lessons (plans, sheets, cards) are found by their kind;
    /// without one the catalogue lists lessons.
    pub fn admits(&self, lesson: &Lesson, resource: &Resource) -> bool {
        let by_part = self.get(Facet::Kind).is_some() || resource.part == Part::Lesson;
        by_part
            && self.set().all(|(facet, value)| values(facet, lesson, resource).any(|known| known == value))
    }

    /// What it finds, in the library's order.
    pub fn find<'a>(&self, library: &'a Library) -> Vec<(&'a Lesson, &'a Resource)> {
        let all = library.resources().iter();
        all.filter_map(|resource| library.lesson(resource.lesson.as_str()).map(|lesson| (lesson, resource)))
            .filter(|(lesson, resource)| self.admits(lesson, resource))
            .collect()
    }

    /// For each value of a facet, how many resources would be found if it were set (instead of what is set now).
    pub fn counts(&self, facet: Facet, library: &Library) -> BTreeMap<Slug, usize> {
        let mut counts = BTreeMap::new();
        let others = self.with(facet, None);
        for resource in library.resources() {
            let Some(lesson) = library.lesson(resource.lesson.as_str()) else { continue };
            // To count kinds, parts of lessons are looked at too.
            let admitted = match facet {
                Facet::Kind => {
                    others.set().all(|(other, value)| values(other, lesson, resource).any(|v| v == value))
                }
                _ => others.admits(lesson, resource),
            };
            if admitted {
                for value in values(facet, lesson, resource) {
                    *counts.entry(value.clone()).or_default() += 1;
                }
            }
        }
        counts
    }
}

/// The values a resource has for a facet.
fn values<'a>(
    facet: Facet,
    lesson: &'a Lesson,
    resource: &'a Resource,
) -> Box<dyn Iterator<Item = &'a Slug> + 'a> {
    let meta = &lesson.meta;
    match facet {
        Facet::Level => Box::new(meta.levels.iter()),
        Facet::Grade => Box::new(meta.grades.iter()),
        Facet::Area => Box::new(meta.areas.iter()),
        Facet::Theme => Box::new(meta.themes.iter()),
        Facet::Kind => Box::new(std::iter::once(&resource.kind)),
    }
}
