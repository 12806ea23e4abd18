//! The author's lint, run by `amauta check`: everything that loading reports, and the rules of writing on top.
//!
//! Loading decides what is served; these rules decide whether `amauta check` is content. A style mistake never takes
//! a lesson away from a class. Each rule is a small pure function in the file of its subject.

mod description;
mod lists;
mod pictures;
mod prose;
mod quechua;
mod questions;
mod reading;
mod stories;
mod structure;
mod syllables;
mod words;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    content::{
        lesson::{Draft, Known},
        load, materials,
        place::Report,
        source::Source,
    },
    domain::finding::{Finding, Problem},
    i18n::quechua::Gate,
};

/// Judges the lessons of the last source, laid over the earlier ones, and its materials. Problems come by file and place.
pub fn check(sources: &[Source], today: Date) -> Vec<Problem> {
    let (gate, mut problems) = Gate::embedded();
    let last = sources.len().saturating_sub(1);
    let (library, found) = load::run(
        sources,
        today,
        &BTreeSet::new(),
        Some(&mut |draft, known, report| lint(draft, known, &gate, report)),
    );
    problems.extend(found.into_iter().filter(|(source, _)| *source == last).map(|(_, problem)| problem));
    if let Some(last) = sources.last().filter(|last| !last.is_embedded()) {
        let taken = library.lessons().map(|lesson| lesson.id().clone()).collect();
        problems.extend(materials::problems(last, library.vocabulary(), taken));
    }
    // The program carries its pictures without the drawings they were made from.
    if sources.get(last).is_some_and(Source::is_embedded) {
        problems.retain(|problem| problem.finding.id != pictures::NO_DRAWING);
    }
    let key = |problem: &Problem| {
        let Finding { position, id, .. } = &problem.finding;
        (problem.file.clone(), *position, *id)
    };
    problems.sort_by_cached_key(key);
    problems.dedup();
    problems
}

fn lint(draft: &Draft, known: &Known, gate: &Gate, report: &mut Report) {
    description::check(draft, known, report);
    structure::check(draft, report);
    questions::check(draft, known, report);
    stories::check(draft, report);
    pictures::check(draft, report);
    reading::check(draft, known, report);
    let all = prose::of(draft);
    words::check(&all, report);
    quechua::check(&all, gate, report);
}
