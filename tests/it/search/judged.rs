//! How good searches are, by queries that were judged before the engine was asked: `tests/fixtures/judged.tsv`, over the
//! built-in lessons and the materials in `tests/fixtures/library`.
//!
//! `cargo test --test it -- judged --nocapture` prints recall@5 and MRR by what a query tests, and what was missed.
//! Weights are chosen by odd rows. Even rows are a check, not a clean one: their first misses were seen before tuning began.

use std::{collections::BTreeMap, path::Path, sync::OnceLock};

use amauta::{
    domain::{lang::Lang, resource::Part},
    search::{Entry, Facet, Filter},
    web::{Settings, shelf::Folders},
};

use crate::support::school::School;

/// Least that all queries must reach: just below what they reach now.
const LEAST_RECALL: f64 = 0.90;
const LEAST_MRR: f64 = 0.87;

/// A judged query.
struct Judged {
    kind: &'static str,
    lang: Lang,
    filter: Filter,
    query: &'static str,
    /// Resources with 2 for exactly this and 1 for also useful.
    wanted: BTreeMap<&'static str, u8>,
}

/// How well a query did.
struct Score {
    /// Share of what is wanted among the first five.
    recall: f64,
    /// One over the place of the first resource that is exactly this; 0 beyond the first ten.
    rank: f64,
    /// The first five.
    found: Vec<String>,
    /// What the search offered instead.
    instead: Option<String>,
}

fn judged() -> Vec<Judged> {
    let lines = include_str!("../../fixtures/judged.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let [kind, lang, filter, query, wanted] = line
                .split('\t')
                .collect::<Vec<_>>()
                .try_into()
                .unwrap_or_else(|_| panic!("five columns: {line}"));
            let mut chosen = Filter::default();
            for (name, value) in filter.split_whitespace().filter_map(|filter| filter.split_once('=')) {
                let facet = Facet::ALL.into_iter().find(|facet| facet.name() == name).expect("a facet");
                chosen = chosen.with(facet, Some(value.parse().expect("a value")));
            }
            let wanted = wanted.split_whitespace().map(|word| {
                let (id, grade) = word.split_once('=').expect("a resource and how much it is wanted");
                (id, grade.parse().expect("1 or 2"))
            });
            let lang = if lang == "qu" { Lang::QU } else { Lang::ES };
            Judged { kind, lang, filter: chosen, query, wanted: wanted.collect() }
        })
        .collect()
}

fn library() -> &'static School {
    static LIBRARY: OnceLock<School> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/library");
        let folders = Folders { content: Some(content), data: None };
        let school = School::with(Settings { folders, ..Settings::default() });
        school.app.index_materials();
        school
    })
}

/// The first ten that a reader gets: lessons by name, parts of lessons as `lesson/part`, materials by the name of their file;
/// and what is offered instead.
fn ask(query: &str, judged: &Judged) -> (Vec<String>, Option<String>) {
    let shelf = library().app.shelf();
    let (content, catalog) = (&shelf.library, &shelf.catalog);
    let search = catalog.search(content, query, judged.lang, &judged.filter);
    let admitted = catalog.select(&judged.filter, Some(&search));
    let name = |number: usize| match catalog.entry(content, number)? {
        Entry::Lesson(resource) if resource.part == Part::Lesson => Some(resource.lesson.to_string()),
        Entry::Lesson(resource) => Some(format!("{}/{:?}", resource.lesson, resource.part)),
        Entry::Material(material) => {
            Some(Path::new(&material.files.first()?.path).file_stem()?.to_string_lossy().into_owned())
        }
    };
    let numbers = search.order.iter().map(|(number, _)| *number).filter(|number| admitted.contains(*number));
    (numbers.filter_map(name).take(10).collect(), search.instead)
}

fn score(judged: &Judged) -> Score {
    let (mut found, instead) = ask(judged.query, judged);
    // Who is asked «¿Quisiste decir…?» says yes.
    if judged.kind == "slip"
        && let Some(instead) = &instead
    {
        found = ask(instead, judged).0;
    }
    let hits = found.iter().take(5).filter(|id| judged.wanted.contains_key(id.as_str())).count();
    let first = found.iter().position(|id| judged.wanted.get(id.as_str()) == Some(&2));
    let recall = share(hits, judged.wanted.len().min(5));
    let rank = first.map_or(0.0, |at| share(1, at + 1));
    found.truncate(5);
    Score { recall, rank, found, instead }
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).expect("few")) / f64::from(u32::try_from(whole).expect("few"))
}

/// Number of queries, recall@5 and MRR.
fn mean<'s>(scores: impl Iterator<Item = &'s Score> + Clone) -> (usize, f64, f64) {
    let count = scores.clone().count();
    let over = |sum: f64| sum * share(1, count.max(1));
    (count, over(scores.clone().map(|score| score.recall).sum()), over(scores.map(|score| score.rank).sum()))
}

#[test]
fn searches_find_what_teachers_and_children_want() {
    let judged = judged();
    let scores: Vec<Score> = judged.iter().map(score).collect();
    let both = || judged.iter().zip(&scores);
    let line = |name: &str, (count, recall, rank): (usize, f64, f64)| {
        println!("{name:<12} {count:>7} {recall:>9.3} {rank:>6.3}");
    };
    println!("{:<12} {:>7} {:>9} {:>6}", "", "queries", "recall@5", "MRR");
    let mut kinds: Vec<&str> = judged.iter().map(|judged| judged.kind).collect();
    kinds.dedup();
    for kind in kinds {
        line(kind, mean(both().filter(|(judged, _)| judged.kind == kind).map(|(_, score)| score)));
    }
    line("odd rows", mean(scores.iter().step_by(2)));
    line("even rows", mean(scores.iter().skip(1).step_by(2)));
    let all = mean(scores.iter());
    line("all", all);
    for (row, (judged, score)) in (1..).zip(both()) {
        if score.recall < 1.0 || score.rank < 1.0 {
            let Judged { kind, query, lang, .. } = judged;
            println!("{row:>3} {kind} [{lang}] «{query}» recall {:.2}, rank {:.2}", score.recall, score.rank);
            println!(
                "    wanted {:?}\n    found  {:?} instead {:?}",
                judged.wanted, score.found, score.instead
            );
        }
    }
    let (count, recall, rank) = all;
    assert!(count >= 120, "{count} queries are judged");
    assert!(recall >= LEAST_RECALL, "recall@5 fell to {recall:.3}");
    assert!(rank >= LEAST_MRR, "MRR fell to {rank:.3}");
}

#[test]
fn every_resource_that_a_judgement_names_exists() {
    let shelf = library().app.shelf();
    let everything = shelf.catalog.select(&Filter::default(), None);
    let names: Vec<String> = everything
        .iter()
        .filter_map(|number| match shelf.catalog.entry(&shelf.library, number)? {
            Entry::Lesson(resource) => Some(resource.lesson.to_string()),
            Entry::Material(material) => {
                Some(Path::new(&material.files.first()?.path).file_stem()?.to_string_lossy().into_owned())
            }
        })
        .collect();
    for judged in judged() {
        for id in judged.wanted.keys() {
            assert!(names.iter().any(|name| name == id), "«{}» wants {id}, which is not there", judged.query);
        }
    }
}
