//! The catalogue: the list with its filters, and the grid of grades and areas.

use std::collections::BTreeMap;

use crate::{
    domain::{id::Slug, vocabulary::Vocabulary},
    search::{Facet, Filter},
    web::{
        cards,
        catalog_query::{self, Query, field},
        error::Error,
        frame::Ctx,
        routes::Page,
        views::{
            catalog::{
                CatalogView, Cell, Chosen, FacetValue, FacetView, GridColumn, GridRow, LevelView, PageLink,
            },
            frame::Section,
        },
    },
};

/// Resources on one page of the list.
const PER_PAGE: usize = 12;

/// The one right spelling of a catalogue query.
pub(crate) fn canonical(query: &str) -> String {
    Query::read(query).canonical()
}

/// `/es/recursos?nivel=…`
pub(crate) fn list(ctx: &Ctx<'_>, query: &str) -> Result<String, Error> {
    let asked = Query::read(query);
    let ctx = &ctx.with_query(query);
    let library = &ctx.shelf.library;
    let (filter, strangers) = understood(library.vocabulary(), &asked);
    let found = filter.find(library);
    let last = found.len().div_ceil(PER_PAGE).max(1);
    let page = asked.page.min(last);
    let cards = found.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
    let pages = (1..=last).filter(|_| last > 1).map(|number| PageLink {
        number,
        href: catalog_query::page_path(ctx, &filter, number),
        current: number == page,
    });
    let chosen = filter.set().map(|(facet, value)| {
        let without = filter.with(facet, None);
        Chosen {
            prefix: prefix(facet),
            term: value.to_string(),
            href: catalog_query::path(ctx, &without),
            count: without.find(library).len(),
        }
    });
    ctx.render(&CatalogView {
        frame: ctx.frame(Section::Catalog),
        action: ctx.path(Page::Catalog),
        facets: Facet::ALL.into_iter().map(|facet| facet_view(ctx, &filter, facet)).collect(),
        chosen: chosen.collect(),
        all: ctx.path(Page::Catalog),
        unknown: strangers,
        total: found.len(),
        cards: cards.map(|(lesson, resource)| cards::card(ctx, lesson, resource)).collect(),
        pages: pages.collect(),
    })
}

/// `/es/niveles/primaria`
pub(crate) fn level(ctx: &Ctx<'_>, level: &Slug) -> Result<String, Error> {
    let library = &ctx.shelf.library;
    let vocabulary = library.vocabulary();
    if !vocabulary.levels.iter().any(|term| term.id == *level) {
        return Err(Error::NotFound);
    }
    let filter = Filter::default().with(Facet::Level, Some(level.clone()));
    let grades = vocabulary.grades.iter().filter(|grade| grade.level == *level).map(|grade| &grade.id);
    let grades = grades.collect::<Vec<_>>();
    let by_grade = filter.counts(Facet::Grade, library);
    let columns = grades.iter().map(|grade| GridColumn {
        grade: grade.to_string(),
        href: catalog_query::path(ctx, &filter.with(Facet::Grade, Some((*grade).clone()))),
        count: by_grade.get(*grade).copied().unwrap_or_default(),
    });
    let counts = grades
        .iter()
        .map(|grade| filter.with(Facet::Grade, Some((*grade).clone())).counts(Facet::Area, library));
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
        total: filter.find(library).len(),
    })
}

fn prefix(facet: Facet) -> &'static str {
    match facet {
        Facet::Level => "level",
        Facet::Grade => "grade",
        Facet::Area => "area",
        Facet::Theme => "theme",
        Facet::Kind => "kind",
    }
}

/// A facet with the values that would find something, in the vocabulary's order.
fn facet_view(ctx: &Ctx<'_>, filter: &Filter, facet: Facet) -> FacetView {
    let vocabulary = ctx.shelf.library.vocabulary();
    let counts = filter.counts(facet, &ctx.shelf.library);
    let chosen = filter.get(facet);
    let level = filter.get(Facet::Level);
    let values = terms(vocabulary, facet).into_iter().filter(|term| {
        // Grades of another level than the chosen one only fill the page.
        facet != Facet::Grade
            || level.is_none_or(|level| {
                vocabulary.grades.iter().any(|grade| grade.id == **term && grade.level == *level)
            })
    });
    let values = values.map(|term| {
        let is_chosen = chosen == Some(term);
        let with = filter.with(facet, Some(term.clone()));
        let next = narrowed(vocabulary, filter, facet, (!is_chosen).then(|| term.clone()));
        // A level that frees the grade leads to a list that the counts know nothing of.
        let as_counted = is_chosen || next == with;
        let count =
            if as_counted { counts.get(term).copied() } else { Some(next.find(&ctx.shelf.library).len()) };
        FacetValue {
            term: term.to_string(),
            href: catalog_query::path(ctx, &next),
            count: count.unwrap_or_default(),
            chosen: is_chosen,
        }
    });
    let values = values.filter(|value| value.chosen || value.count > 0);
    FacetView {
        field: field(facet),
        prefix: prefix(facet),
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

fn terms(vocabulary: &Vocabulary, facet: Facet) -> Vec<&Slug> {
    match facet {
        Facet::Level => vocabulary.levels.iter().map(|term| &term.id).collect(),
        Facet::Grade => vocabulary.grades.iter().map(|term| &term.id).collect(),
        Facet::Area => vocabulary.areas.iter().map(|term| &term.id).collect(),
        Facet::Theme => vocabulary.themes.iter().collect(),
        Facet::Kind => vocabulary.kinds.iter().collect(),
    }
}

/// The filter an address asks for, without the words that the vocabulary lacks; and those words.
fn understood(vocabulary: &Vocabulary, asked: &Query) -> (Filter, Vec<String>) {
    let mut filter = asked.filter.clone();
    let mut strangers = Vec::new();
    for (facet, value) in asked.filter.set() {
        if !terms(vocabulary, facet).contains(&value) {
            filter = filter.with(facet, None);
            strangers.push(value.to_string());
        }
    }
    strangers.extend(asked.unknown.iter().map(|(_, value)| value.clone()));
    // The form sends the grade chosen before together with a new level.
    let level = filter.get(Facet::Level).cloned();
    (narrowed(vocabulary, &filter, Facet::Level, level), strangers)
}
