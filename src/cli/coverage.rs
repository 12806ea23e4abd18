//! `amauta check --coverage`: how many published lessons each theme and each ability has, cycle by cycle, as plain tables.
//! What is counted is `content`'s.

use super::Voice;
use crate::{
    content::{Coverage, Library},
    domain::id::Slug,
};

/// What stands where there is no lesson: a gap is seen sooner than a zero.
const NONE: &str = "-";

/// Columns between two cells.
const GAP: usize = 2;

/// The tables of a library.
pub(super) fn tables(library: &Library, voice: &Voice) -> String {
    let coverage = Coverage::of(library);
    let lessons = library.lessons().len().to_string();
    let mut out = voice.say("cli-coverage-lessons", &[("lessons", &lessons)]);
    out.push('\n');
    for (heading, rows) in [
        (voice.say("cli-coverage-themes", &[]), &coverage.themes),
        (voice.say("cli-coverage-abilities", &[]), &coverage.abilities),
    ] {
        out.push('\n');
        out.push_str(&table(&heading, &coverage.cycles, rows));
    }
    out
}

/// A table: the heading stands over the names of its rows, every column is as wide as its widest cell.
fn table(heading: &str, columns: &[String], rows: &[(Slug, Vec<usize>)]) -> String {
    let names = rows.iter().map(|(name, _)| name.as_str());
    let first = names.chain([heading]).map(|name| name.chars().count()).max().unwrap_or_default();
    let mut out = line(heading, first, columns.iter().map(|column| (column.clone(), column)));
    for (name, counts) in rows {
        let shown = |count: &usize| if *count == 0 { NONE.to_owned() } else { count.to_string() };
        out.push_str(&line(name.as_str(), first, counts.iter().map(shown).zip(columns)));
    }
    out
}

fn line<'c>(name: &str, first: usize, cells: impl Iterator<Item = (String, &'c String)>) -> String {
    let padded = cells.map(|(cell, column)| {
        let width = column.chars().count().max(3) + GAP;
        format!("{cell:>width$}")
    });
    std::iter::once(format!("{name:first$}")).chain(padded).chain(["\n".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_stand_below_each_other_and_gaps_are_seen() {
        let rows = [("fraude", [2, 0]), ("información", [0, 11])];
        let rows = rows.map(|(name, counts)| (name.replace('ó', "o").parse().unwrap(), counts.to_vec()));
        let expected = "\
Según ciclo   IV  familia
fraude         2        -
informacion    -       11
";
        assert_eq!(table("Según ciclo", &["IV".to_owned(), "familia".to_owned()], &rows), expected);
    }
}
