//! Samples of the catalogue and of the grid of grades and areas.

use super::{
    super::{
        catalog::{
            Card, CatalogView, Cell, Chosen, FacetValue, FacetView, GridColumn, GridRow, LevelView, PageLink,
            SearchView, Snippet,
        },
        frame::Link,
    },
    Sample, card, frame, href, link,
};

/// Samples in a language.
pub(super) fn all(lang: &str) -> Vec<Sample> {
    let value = |chosen| FacetValue {
        term: "primaria".to_owned(),
        label: "Primaria".to_owned(),
        href: href(),
        count: 1,
        chosen,
    };
    let facet = |values: Vec<FacetValue>| FacetView {
        field: "nivel",
        prefix: "level",
        chosen: values.iter().find(|value| value.chosen).map(|value| value.term.clone()),
        values,
    };
    let chosen = |count| Chosen { label: "Primaria".to_owned(), href: href(), count };
    let page = |number| PageLink { number, href: href(), current: number == 2 };
    let view = |chosen, unknown, cards: Vec<Card>, pages| CatalogView {
        frame: frame(lang),
        take_home: vec![link()],
        action: href(),
        words: String::new(),
        search: None,
        facets: vec![facet(vec![value(false)]), facet(vec![value(true)]), facet(Vec::new())],
        chosen,
        all: href(),
        unknown,
        indexing: None,
        total: cards.len(),
        cards,
        pages,
        feed: (href(), "application/atom+xml"),
    };
    let column = GridColumn { grade: "p3".to_owned(), href: href(), count: 1 };
    let row = GridRow { area: "tutoria".to_owned(), cells: vec![Cell { count: 1, href: href() }] };
    let empty = GridRow { area: "comunicacion".to_owned(), cells: vec![Cell { count: 0, href: href() }] };
    let level = |level: &str, columns, rows| LevelView {
        frame: frame(lang),
        take_home: vec![link()],
        level: level.to_owned(),
        columns,
        rows,
        all: href(),
        total: 2,
    };
    let found = |href: Option<String>| Card {
        snippet: Some(Snippet {
            lang: "qu".to_owned(),
            parts: vec![("ama ".to_owned(), false), ("pakaqillqaykita".to_owned(), true)],
            href,
        }),
        ..card(false, true)
    };
    let searched = |partial, failed, instead: Option<&str>, cards| CatalogView {
        words: "contraseña \"><b>".to_owned(),
        search: Some(SearchView {
            partial,
            failed,
            instead: instead.map(|words| Link { href: href(), label: words.to_owned() }),
        }),
        indexing: Some((1, 2)),
        ..view(vec![chosen(1)], Vec::new(), cards, Vec::new())
    };
    let strangers = vec!["<script>".to_owned(), "x".to_owned()];
    vec![
        Sample::new(
            "everything",
            view(Vec::new(), Vec::new(), vec![card(false, true), card(true, false)], Vec::new()),
        ),
        Sample::new(
            "filtered, on page 2 of 3",
            view(vec![chosen(3)], Vec::new(), vec![card(false, true)], (1..=3).map(page).collect()),
        ),
        Sample::new("nothing found", view(vec![chosen(3), chosen(0)], Vec::new(), Vec::new(), Vec::new())),
        Sample::new("unknown words", view(Vec::new(), strangers, Vec::new(), Vec::new())),
        Sample::new("a search", searched(false, false, None, vec![found(Some(href())), found(None)])),
        Sample::new(
            "a search with some of the words",
            searched(true, false, Some("clave"), vec![found(None)]),
        ),
        Sample::new("a search that found nothing", searched(false, false, Some("clave"), Vec::new())),
        Sample::new("a search that failed", searched(false, true, None, Vec::new())),
        Sample::new("a level with a grid", level("primaria", vec![column], vec![row, empty])),
        Sample::new("a level beside school", level("docente", Vec::new(), Vec::new())),
    ]
}
