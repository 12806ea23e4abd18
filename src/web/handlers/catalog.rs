//! The catalogue: the list with its search and filters, and the grid of grades and areas.

use std::collections::BTreeMap;

use crate::{
    domain::{collection::Collection, id::Slug, vocabulary::Vocabulary},
    search::{DURATIONS, Facet, Filter, Search},
    web::{
        cards,
        catalog_query::{self, Query, field},
        error::Error,
        frame::Ctx,
        routes::Page,
        takehome,
        views::{
            catalog::{
                CatalogView, Cell, Chosen, FacetValue, FacetView, GridColumn, GridRow, LevelView, PageLink,
                SearchView,
            },
            frame::{Link, Section},
        },
    },
};

/// Resources on one page of the list.
const PER_PAGE: usize = 12;

/// The words and filters a query asks for, when it is a search: what must be looked for before its page can be made.
pub(crate) fn wanted(ctx: &Ctx<'_>, query: &str) -> Option<(String, Filter)> {
    let asked = Query::read(query);
    let (filter, _) = understood(ctx, &asked);
    (!asked.words.is_empty()).then_some((asked.words, filter))
}

/// Pages of a long list that are linked on each side of the one being read.
const NEIGHBOURS: usize = 3;

/// The one right spelling of a catalogue query.
pub(crate) fn canonical(query: &str) -> String {
    Query::read(query).canonical()
}

/// `/es/recursos?q=…&nivel=…`
pub(crate) fn list(ctx: &Ctx<'_>, query: &str, search: Option<Search>) -> Result<String, Error> {
    let mut asked = Query::read(query);
    let ctx = &ctx.with_query(query);
    let (library, catalog) = (&ctx.shelf.library, &ctx.shelf.catalog);
    let (filter, strangers) = understood(ctx, &asked);
    asked = Query { page: asked.page, ..asked.with(filter.clone()) };
    let found = catalog.select(&filter, search.as_ref());
    let total = found.count();
    let last = total.div_ceil(PER_PAGE).max(1);
    let page = asked.page.min(last);
    let (skip, words) = ((page - 1) * PER_PAGE, asked.words.as_str());
    let numbers: Vec<(usize, Option<u32>)> = match &search {
        None => found.iter().map(|number| (number, None)).collect(),
        Some(search) => search.order.iter().map(|(number, passage)| (*number, Some(*passage))).collect(),
    };
    let shown = numbers.into_iter().filter(|(number, _)| found.contains(*number)).skip(skip).take(PER_PAGE);
    let cards = shown.filter_map(|(number, passage)| {
        let resource = library.resources().get(number)?;
        let lesson = library.lesson(resource.lesson.as_str())?;
        Some(match passage {
            None => cards::card(ctx, lesson, resource),
            Some(passage) => cards::found(ctx, lesson, resource, catalog.snippet(passage, words)),
        })
    });
    let cards = cards.collect();
    let chosen = filter.set().map(|(facet, value)| {
        let without = filter.with(facet, None);
        Chosen {
            label: label(ctx, facet, value),
            count: catalog.select(&without, search.as_ref()).count(),
            href: asked.with(without).path(ctx),
        }
    });
    ctx.render(&CatalogView {
        frame: ctx.frame(Section::Catalog),
        action: ctx.path(Page::Catalog),
        facets: Facet::ALL.into_iter().map(|facet| facet_view(ctx, &asked, search.as_ref(), facet)).collect(),
        chosen: chosen.collect(),
        all: asked.with(Filter::default()).path(ctx),
        unknown: strangers,
        total,
        cards,
        pages: pages(ctx, &asked, page, last),
        take_home: if search.is_some() { Vec::new() } else { take_home(ctx, &filter) },
        search: search.map(|search| search_view(ctx, &asked, search)),
        words: asked.words,
    })
}

/// The files of the collection that a filter finds; none for other filters.
fn take_home(ctx: &Ctx<'_>, filter: &Filter) -> Vec<Link> {
    let mut set = filter.set();
    let collection = match (set.next(), set.next()) {
        (None, _) => Some(Collection::All),
        (Some((Facet::Theme, theme)), None) => Some(Collection::Theme(theme.clone())),
        (Some((Facet::Level, level)), None) => Some(Collection::Level(level.clone())),
        _ => None,
    };
    let name = collection.and_then(|collection| collection.name());
    let name = name.filter(|name| takehome::order(ctx.shelf, name).is_some());
    name.map(|name| ctx.take_home(&name)).unwrap_or_default()
}

/// The first and last pages and those around the one being read.
fn pages(ctx: &Ctx<'_>, asked: &Query, page: usize, last: usize) -> Vec<PageLink> {
    let near =
        |number: &usize| last > 1 && (*number == 1 || *number == last || number.abs_diff(page) <= NEIGHBOURS);
    let link = |number| PageLink { number, href: asked.at(number).path(ctx), current: number == page };
    (1..=last).filter(near).map(link).collect()
}

fn search_view(ctx: &Ctx<'_>, asked: &Query, search: Search) -> SearchView {
    let instead = search.instead.map(|words| {
        let query = Query { words: words.clone(), ..asked.with(asked.filter.clone()) };
        Link { href: query.path(ctx), label: words }
    });
    SearchView { partial: search.partial, instead, failed: search.failed }
}

/// `/es/niveles/primaria`
pub(crate) fn level(ctx: &Ctx<'_>, level: &Slug) -> Result<String, Error> {
    let vocabulary = ctx.shelf.library.vocabulary();
    let catalog = &ctx.shelf.catalog;
    if !vocabulary.levels.iter().any(|term| term.id == *level) {
        return Err(Error::NotFound);
    }
    let filter = Filter::default().with(Facet::Level, Some(level.clone()));
    let grades = vocabulary.grades.iter().filter(|grade| grade.level == *level).map(|grade| &grade.id);
    let grades = grades.collect::<Vec<_>>();
    let by_grade = catalog.counts(&filter, Facet::Grade, None);
    let columns = grades.iter().map(|grade| GridColumn {
        grade: grade.to_string(),
        href: catalog_query::path(ctx, &filter.with(Facet::Grade, Some((*grade).clone()))),
        count: by_grade.get(*grade).copied().unwrap_or_default(),
    });
    let counts = grades.iter().map(|grade| {
        let of_grade = filter.with(Facet::Grade, Some((*grade).clone()));
        catalog.counts(&of_grade, Facet::Area, None)
    });
    let counts = counts.collect::<Vec<BTreeMap<_, _>>>();
    let areas = vocabulary.areas.iter().filter(|area| area.levels.contains(level));
    let rows = areas.map(|area| {
        let cells = grades.iter().zip(&counts).map(|(grade, counts)| {
            let cell = filter.with(Facet::Grade, Some((*grade).clone()));
            let cell = cell.with(Facet::Area, Some(area.id.clone()));
            Cell {
                count: counts.get(&area.id).copied().unwrap_or_default(),
                href: catalog_query::path(ctx, &cell),
            }
        });
        GridRow { area: area.id.to_string(), cells: cells.collect() }
    });
    ctx.render(&LevelView {
        frame: ctx.frame(Section::Catalog),
        level: level.to_string(),
        columns: columns.collect(),
        rows: rows.collect(),
        all: catalog_query::path(ctx, &filter),
        take_home: take_home(ctx, &filter),
        total: catalog.select(&filter, None).count(),
    })
}

/// What a person reads for a value of a facet.
fn label(ctx: &Ctx<'_>, facet: Facet, term: &Slug) -> String {
    let spoken = || term.as_str().parse().ok().filter(|lang| ctx.shelf.speaks(*lang));
    match (facet, spoken()) {
        (Facet::Language, Some(lang)) => ctx.shelf.messages.display_name(lang).into_owned(),
        (Facet::Language, None) => term.to_string(),
        _ => ctx.text(&format!("{}-{term}", facet.name()), &[]),
    }
}

/// A facet with the values that would find something, in the vocabulary's order.
fn facet_view(ctx: &Ctx<'_>, asked: &Query, search: Option<&Search>, facet: Facet) -> FacetView {
    let (vocabulary, catalog) = (ctx.shelf.library.vocabulary(), &ctx.shelf.catalog);
    let filter = &asked.filter;
    let counts = catalog.counts(filter, facet, search);
    let chosen = filter.get(facet);
    let level = filter.get(Facet::Level);
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
            catalog.select(&next, search).count()
        };
        FacetValue {
            label: label(ctx, facet, &term),
            term: term.to_string(),
            href: asked.with(next).path(ctx),
            count,
            chosen: is_chosen,
        }
    });
    let values = values.filter(|value| value.chosen || value.count > 0);
    FacetView {
        field: field(facet),
        prefix: facet.name(),
        values: values.collect(),
        chosen: chosen.map(ToString::to_string),
    }
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

/// The filter an address asks for, without the words that the vocabulary lacks; and those words.
fn understood(ctx: &Ctx<'_>, asked: &Query) -> (Filter, Vec<String>) {
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
