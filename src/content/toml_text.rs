//! Reading TOML with the place of each mistake, and finding the place of a value after it was read.

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    content::{
        place::position,
        toml_value::{Mistake, from_table},
    },
    domain::finding::{Finding, Position, Severity},
};

/// One step from a table to a value inside it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    /// The value of this key.
    Key(&'a str),
    /// The element with this index, from 0.
    Index(usize),
}

/// Reads a value, or says where and why not.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Finding> {
    let table = DeTable::parse(text).map(|mut table| {
        table.get_mut().iter_mut().for_each(|(_, value)| dates_as_strings(value.get_mut()));
        table
    });
    table.map_err(Mistake::from).and_then(from_table).map_err(|mistake| explain(text, &mistake))
}

/// Turns dates into strings: the dates of `domain` are read from strings, while people write `2026-11-23` plainly.
fn dates_as_strings(value: &mut DeValue<'_>) {
    match value {
        DeValue::Datetime(date) => *value = DeValue::String(date.to_string().into()),
        DeValue::Array(array) => array.iter_mut().for_each(|value| dates_as_strings(value.get_mut())),
        DeValue::Table(table) => table.iter_mut().for_each(|(_, value)| dates_as_strings(value.get_mut())),
        DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {}
    }
}

/// The finding for what the TOML reader says. Its messages are English, so what they report is told by their first
/// words, and the sentence a person reads is ours.
fn explain(text: &str, mistake: &Mistake) -> Finding {
    let message = mistake.message.as_str();
    let quoted = || message.split('`').nth(1).unwrap_or_default().to_owned();
    let span = mistake.span.clone();
    let written = span.clone().and_then(|span| text.get(span)).unwrap_or_default();
    let written: String = written.lines().next().unwrap_or_default().chars().take(60).collect();
    let finding = if message.starts_with("unknown field") {
        Finding::error_of_whole("check-toml-unknown-key").with("key", quoted())
    } else if message.starts_with("missing field") {
        Finding::error_of_whole("check-toml-missing-key").with("key", quoted())
    } else if message.starts_with("invalid type") || message.starts_with("wanted") {
        Finding::error_of_whole("check-toml-wrong-type").with("text", written)
    } else if DeTable::parse(text).is_err() {
        Finding::error_of_whole("check-toml-syntax")
    } else {
        Finding::error_of_whole("check-toml-bad-value").with("text", written)
    };
    Finding { position: span.map(|span| position(text, span.start)), severity: Severity::Error, ..finding }
}

/// Where the value at the end of a path stands; the nearest table around it when it is not there.
pub(super) fn place(text: &str, path: &[Step<'_>]) -> Position {
    Places::of(text).of_value(path)
}

/// A text read once, for many places in it.
pub(super) struct Places<'t> {
    text: &'t str,
    table: Option<Spanned<DeTable<'t>>>,
}

impl<'t> Places<'t> {
    /// Reads a text; where it is no TOML, every place is its beginning.
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, table: DeTable::parse(text).ok() }
    }

    /// Where the value at the end of a path stands; the nearest table around it when it is not there.
    pub(super) fn of_value(&self, path: &[Step<'_>]) -> Position {
        position(self.text, self.offset(path))
    }

    /// The line on which the words of a string begin: those of a `"""` text below their opening quotes.
    pub(super) fn first_line(&self, path: &[Step<'_>]) -> u32 {
        let offset = self.offset(path);
        let opening = self.text.get(offset..).unwrap_or_default();
        let below = ["\"\"\"\n", "'''\n"].iter().any(|quotes| opening.starts_with(quotes));
        position(self.text, offset).line.saturating_add(u32::from(below))
    }

    fn offset(&self, path: &[Step<'_>]) -> usize {
        let mut found = 0;
        let Some(table) = &self.table else { return found };
        let mut steps = path.iter();
        let first = match steps.next() {
            Some(Step::Key(key)) => table.get_ref().get(*key),
            _ => None,
        };
        if let Some(first) = first {
            let mut value = first;
            found = value.span().start;
            for step in steps {
                let next = match (step, value.get_ref()) {
                    (Step::Key(key), DeValue::Table(table)) => table.get(*key),
                    (Step::Index(index), DeValue::Array(array)) => array.get(*index),
                    _ => None,
                };
                let Some(next) = next else { break };
                value = next;
                found = value.span().start;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{Step, place, read};
    use crate::domain::finding::Position;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Small {
        name: String,
        #[serde(default)]
        many: Vec<u32>,
        #[serde(default)]
        day: Option<jiff::civil::Date>,
    }

    fn id_and_line(text: &str) -> (&'static str, u32) {
        let finding = read::<Small>(text).expect_err("it was taken");
        (finding.id, finding.position.map_or(0, |at| at.line))
    }

    #[test]
    fn every_kind_of_mistake_has_its_own_message_and_line() {
        assert_eq!(id_and_line("name = 'a'\nnmae = 'b'"), ("check-toml-unknown-key", 2));
        assert_eq!(id_and_line("\nmany = [1]").0, "check-toml-missing-key");
        assert_eq!(id_and_line("name = 'a'\n\nmany = 'x'"), ("check-toml-wrong-type", 3));
        assert_eq!(id_and_line("name = 'a'\nmany = [-1]"), ("check-toml-bad-value", 2));
        assert_eq!(id_and_line("name = 'a'\nday = 'ayer'"), ("check-toml-bad-value", 2));
        assert_eq!(id_and_line("name = 'a'\nmany = ["), ("check-toml-syntax", 2));
        assert_eq!(id_and_line("name = 'a'\nname = 'b'"), ("check-toml-syntax", 2));
    }

    #[test]
    fn a_value_is_found_again_after_it_was_read() {
        let text = "name = 'a'\nmany = [1,\n  2]\n";
        assert_eq!(place(text, &[Step::Key("many"), Step::Index(1)]), Position { line: 3, column: 3 });
        assert_eq!(place(text, &[Step::Key("many"), Step::Index(9)]).line, 2, "the nearest value around it");
        assert_eq!(place(text, &[Step::Key("none")]), Position { line: 1, column: 1 });
        let read: Small = read(text).expect("it is well written");
        assert_eq!((read.name.as_str(), read.many.len()), ("a", 2));
        let read: Small = super::read("name = 'a'\nday = 2026-11-23").expect("a plain date is a date");
        assert_eq!(read.day, Some(jiff::civil::date(2026, 11, 23)));
    }
}
