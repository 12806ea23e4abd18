//! The filters of the catalogue. They combine: a resource must satisfy all that are set.

use std::{collections::BTreeMap, str::FromStr as _};

use crate::domain::{id::Slug, lang::Lang, resource::Meta};

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
    /// Language it exists in.
    Language,
    /// Longest time it takes.
    Duration,
}

impl Facet {
    /// All of them, in the order a person sees them.
    pub const ALL: [Self; 7] =
        [Self::Level, Self::Grade, Self::Area, Self::Theme, Self::Kind, Self::Language, Self::Duration];

    /// Its name, with which the Fluent ids of its values begin.
    pub fn name(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Grade => "grade",
            Self::Area => "area",
            Self::Theme => "theme",
            Self::Kind => "kind",
            Self::Language => "language",
            Self::Duration => "duration",
        }
    }
}

/// Minutes that [`Facet::Duration`] tells apart, and the words for «at most as many».
pub const DURATIONS: [(u32, &str); 4] =
    [(15, "hasta-15"), (30, "hasta-30"), (45, "hasta-45"), (90, "hasta-90")];

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
}

/// The values that a resource of this kind, in these languages, has for each facet.
pub(super) fn values(meta: &Meta, kind: &Slug, langs: &[Lang]) -> Vec<(Facet, Slug)> {
    let many = |facet, terms: &[Slug]| terms.iter().map(|term| (facet, term.clone())).collect::<Vec<_>>();
    let mut values = many(Facet::Level, &meta.levels);
    values.extend(many(Facet::Grade, &meta.grades));
    values.extend(many(Facet::Area, &meta.areas));
    values.extend(many(Facet::Theme, &meta.themes));
    values.push((Facet::Kind, kind.clone()));
    let langs = langs.iter().filter_map(|lang| Slug::from_text(lang.as_str()));
    values.extend(langs.map(|lang| (Facet::Language, lang)));
    // Nothing is known of a resource without a duration.
    let fits = DURATIONS.iter().filter(|(minutes, _)| meta.duration > 0 && meta.duration <= *minutes);
    values.extend(fits.filter_map(|(_, word)| Some((Facet::Duration, Slug::from_str(word).ok()?))));
    values
}
