//! What the catalogue's page and its feeds share: what an address asks for in the vocabulary's words, which resources that
//! are, and what a further choice would bring. How a choice stands in an address is `catalog_query`'s.

use crate::{
    content::Library,
    domain::{id::Slug, vocabulary::Vocabulary},
    search::{Bits, DURATIONS, Facet, Filter, Search},
    web::{catalog_query::Query, frame::Ctx},
};

/// Resources on one page of the list.
pub(crate) const PER_PAGE: usize = 12;

/// What a search found: everything, and what of it can be taken whole.
pub(crate) struct Hits {
    /// Everything.
    pub(crate) all: Search,
    /// The lessons that hold what was found, for lists of what can be taken away. Lists of a kind show the parts.
    whole: Option<Search>,
}

impl Hits {
    /// Hits for people, who are led to the very part.
    pub(crate) fn parts(all: Search) -> Self {
        Self { all, whole: None }
    }

    /// Hits for programs that fetch files: a part is found as the lesson that holds it.
    pub(crate) fn whole(all: Search, library: &Library) -> Self {
        let whole = Some(all.whole(library));
        Self { all, whole }
    }

    /// What was found, for a list with this filter.
    fn under(&self, filter: &Filter) -> &Search {
        self.whole.as_ref().filter(|_| filter.get(Facet::Kind).is_none()).unwrap_or(&self.all)
    }
}

/// A page of the list.
pub(crate) struct Listing {
    /// How many resources there are on all pages.
    pub(crate) total: usize,
    /// The page, from 1.
    pub(crate) page: usize,
    /// The last page, from 1.
    pub(crate) last: usize,
    /// The numbers of all resources found.
    pub(crate) found: Bits,
    /// The numbers of this page's resources, each with the passage that was found.
    pub(crate) shown: Vec<(usize, Option<u32>)>,
}

impl Listing {
    /// The page of a list that is asked for; past the end, the last.
    pub(crate) fn new(ctx: &Ctx<'_>, asked: &Query, hits: Option<&Hits>) -> Self {
        let filter = &asked.filter;
        let found = select(ctx, filter, hits);
        let total = found.count();
        let last = total.div_ceil(PER_PAGE).max(1);
        let page = asked.page.min(last);
        let skip = (page - 1) * PER_PAGE;
        let shown = match hits.map(|hits| hits.under(filter)) {
            None => {
                let listed = ctx.shelf.catalog.listed(&found).skip(skip).take(PER_PAGE);
                listed.map(|number| (number, None)).collect()
            }
            Some(search) => {
                let hits = search.order.iter().filter(|(number, _)| found.contains(*number));
                hits.skip(skip).take(PER_PAGE).map(|(number, passage)| (*number, Some(*passage))).collect()
            }
        };
        Self { total, page, last, found, shown }
    }
}

/// The resources that a filter admits, among those found.
pub(crate) fn select(ctx: &Ctx<'_>, filter: &Filter, hits: Option<&Hits>) -> Bits {
    ctx.shelf.catalog.select(filter, hits.map(|hits| hits.under(filter)))
}

/// A value of a facet that can be chosen, or freed when it is chosen.
pub(crate) struct Choice {
    /// The value.
    pub(crate) term: Slug,
    /// The filter after choosing or freeing it.
    pub(crate) next: Filter,
    /// How many resources there are with it.
    pub(crate) count: usize,
    /// Whether it is chosen.
    pub(crate) chosen: bool,
}

/// The values of a facet that would find something, in the vocabulary's order.
pub(crate) fn choices(ctx: &Ctx<'_>, filter: &Filter, hits: Option<&Hits>, facet: Facet) -> Vec<Choice> {
    let (vocabulary, catalog) = (ctx.shelf.library.vocabulary(), &ctx.shelf.catalog);
    let chosen = filter.get(facet);
    let level = filter.get(Facet::Level);
    // With a kind chosen, lists show parts; so will those behind the values of that facet.
    let searched = hits.map(|hits| if facet == Facet::Kind { &hits.all } else { hits.under(filter) });
    let counts = catalog.counts(filter, facet, searched);
    let values = terms(ctx, facet).into_iter().filter(|term| {
        // Grades of another level than the chosen one only fill the page.
        facet != Facet::Grade
            || level.is_none_or(|level| {
                vocabulary.grades.iter().any(|grade| grade.id == *term && grade.level == *level)
            })
    });
    let values = values.map(|term| {
        let is_chosen = chosen == Some(&term);
        let with = filter.with(facet, Some(term.clone()));
        let next = narrowed(vocabulary, filter, facet, (!is_chosen).then(|| term.clone()));
        // A level that frees the grade leads to a list that the counts know nothing of.
        let as_counted = is_chosen || next == with;
        let count = if as_counted {
            counts.get(&term).copied().unwrap_or_default()
        } else {
            select(ctx, &next, hits).count()
        };
        Choice { term, next, count, chosen: is_chosen }
    });
    values.filter(|value| value.chosen || value.count > 0).collect()
}

/// What a person reads for a value of a facet.
pub(crate) fn label(ctx: &Ctx<'_>, facet: Facet, term: &Slug) -> String {
    let spoken = || term.as_str().parse().ok().filter(|lang| ctx.shelf.speaks(*lang));
    match (facet, spoken()) {
        (Facet::Language, Some(lang)) => ctx.shelf.messages.display_name(lang).into_owned(),
        (Facet::Language, None) => term.to_string(),
        _ => ctx.text(&format!("{}-{term}", facet.name()), &[]),
    }
}

/// The filter an address asks for, without the words that the vocabulary lacks; and those words.
pub(crate) fn understood(ctx: &Ctx<'_>, asked: &Query) -> (Filter, Vec<String>) {
    let mut filter = asked.filter.clone();
    let mut strangers = Vec::new();
    for (facet, value) in asked.filter.set() {
        if !terms(ctx, facet).contains(value) {
            filter = filter.with(facet, None);
            strangers.push(value.to_string());
        }
    }
    strangers.extend(asked.unknown.iter().map(|(_, value)| value.clone()));
    // The form sends the grade chosen before together with a new level.
    let level = filter.get(Facet::Level).cloned();
    (narrowed(ctx.shelf.library.vocabulary(), &filter, Facet::Level, level), strangers)
}

/// The filter with a facet set. A new level frees a grade of another level.
fn narrowed(vocabulary: &Vocabulary, filter: &Filter, facet: Facet, value: Option<Slug>) -> Filter {
    let next = filter.with(facet, value);
    let (Some(level), Some(grade)) = (next.get(Facet::Level), next.get(Facet::Grade)) else { return next };
    let fits = vocabulary.grades.iter().any(|term| term.id == *grade && term.level == *level);
    if fits { next } else { next.with(if facet == Facet::Level { Facet::Grade } else { Facet::Level }, None) }
}

/// The values a facet can have, in the order a person sees them.
fn terms(ctx: &Ctx<'_>, facet: Facet) -> Vec<Slug> {
    let vocabulary = ctx.shelf.library.vocabulary();
    match facet {
        Facet::Level => vocabulary.levels.iter().map(|term| term.id.clone()).collect(),
        Facet::Grade => vocabulary.grades.iter().map(|term| term.id.clone()).collect(),
        Facet::Area => vocabulary.areas.iter().map(|term| term.id.clone()).collect(),
        Facet::Theme => vocabulary.themes.clone(),
        Facet::Kind => vocabulary.kinds.clone(),
        Facet::Language => ctx.shelf.catalog.counts(&Filter::default(), facet, None).into_keys().collect(),
        Facet::Duration => DURATIONS.iter().filter_map(|(_, word)| word.parse().ok()).collect(),
    }
}
