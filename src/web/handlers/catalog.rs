//! The catalogue: the list with its search and filters, and the grid of grades and areas.

use std::collections::BTreeMap;

use crate::{
    domain::{collection::Collection, id::Slug},
    formats::{book::Shape, opds::ACQUISITION},
    search::{Facet, Filter, Search},
    web::{
        cards,
        catalog_list::{Hits, Listing, choices, label, select, understood},
        catalog_query::{self, Query, field},
        error::Error,
        frame::Ctx,
        routes::{Feed, Opds, Page, Route},
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
    let (filter, strangers) = understood(ctx, &asked);
    asked = Query { page: asked.page, ..asked.with(filter.clone()) };
    let hits = search.map(Hits::parts);
    let list = Listing::new(ctx, &asked, hits.as_ref());
    let (library, catalog) = (&ctx.shelf.library, &ctx.shelf.catalog);
    let sought = catalog.sought(&asked.words);
    let cards = list.shown.iter().filter_map(|(number, passage)| {
        let entry = catalog.entry(library, *number)?;
        match passage {
            None => cards::of_entry(ctx, &entry),
            Some(passage) => {
                let snippet = sought.as_ref().and_then(|sought| catalog.snippet(*passage, sought));
                cards::found(ctx, &entry, snippet)
            }
        }
    });
    let cards = cards.collect();
    let chosen = filter.set().map(|(facet, value)| {
        let without = filter.with(facet, None);
        Chosen {
            label: label(ctx, facet, value),
            count: select(ctx, &without, hits.as_ref()).count(),
            href: asked.with(without).path(ctx),
        }
    });
    ctx.render(&CatalogView {
        frame: ctx.frame(Section::Catalog),
        action: ctx.path(Page::Catalog),
        facets: Facet::ALL.into_iter().map(|facet| facet_view(ctx, &asked, hits.as_ref(), facet)).collect(),
        chosen: chosen.collect(),
        all: asked.with(Filter::default()).path(ctx),
        unknown: strangers,
        total: list.total,
        cards,
        indexing: ctx.shelf.indexed(),
        pages: pages(ctx, &asked, list.page, list.last),
        take_home: if hits.is_some() { Vec::new() } else { take_home(ctx, &filter) },
        search: hits.map(|hits| search_view(ctx, &asked, hits.all)),
        feed: (catalog_query::in_lang(ctx, &Route::Feed(Opds::Atom, Feed::List), &asked), ACQUISITION),
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
    let name = name.filter(|name| takehome::order(ctx.shelf, name, Shape::Epub).is_some());
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

/// A facet with the values that would find something.
fn facet_view(ctx: &Ctx<'_>, asked: &Query, hits: Option<&Hits>, facet: Facet) -> FacetView {
    let values = choices(ctx, &asked.filter, hits, facet).into_iter().map(|choice| FacetValue {
        label: label(ctx, facet, &choice.term),
        term: choice.term.to_string(),
        href: asked.with(choice.next).path(ctx),
        count: choice.count,
        chosen: choice.chosen,
    });
    FacetView {
        field: field(facet),
        prefix: facet.name(),
        values: values.collect(),
        chosen: asked.filter.get(facet).map(ToString::to_string),
    }
}
