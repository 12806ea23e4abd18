//! The review ledger of a translation, `locales/<tag>/review.tsv`: which messages a native speaker has read.
//!
//! Columns: id, state (`draft`, `reviewed`, `approved`), reviewer, date, hash. The hash is of the Spanish and the
//! translated text together; when one of them changes after a review, the review no longer holds. A draft may have `-`.

use std::{
    collections::{BTreeMap, btree_map},
    fmt::Write as _,
};

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::{
    digest,
    domain::{
        finding::{Finding, Problem},
        resource::TranslationState,
    },
    i18n::entries::{Entry, entries},
};

/// What is known about the review of every message of one language.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    rows: BTreeMap<String, Row>,
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How far the message is.
    pub state: TranslationState,
    /// Who read it; empty for a draft.
    pub reviewer: String,
    /// When it was read.
    pub date: Option<Date>,
    /// [`hash`] of the texts that were read; none for a draft that has none.
    pub hash: Option<String>,
}

impl Ledger {
    /// Reads a ledger. Lines that are not five columns, or claim a review without saying whose, when and of what, are
    /// reported as problems of `file` and left out: their message counts as a draft.
    pub fn parse(file: &str, text: &str) -> (Self, Vec<Problem>) {
        let mut rows = BTreeMap::new();
        let mut problems = Vec::new();
        for (number, line) in (1u32..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') || line.starts_with("id\t") {
                continue;
            }
            let mut refuse = |id| {
                let finding = Finding::error(id, number, 1).with("text", line);
                problems.push(Problem { file: file.to_owned(), finding });
            };
            match row(line) {
                None => refuse("check-ledger-bad-line"),
                Some((id, row)) => match rows.entry(id) {
                    btree_map::Entry::Vacant(free) => {
                        free.insert(row);
                    }
                    btree_map::Entry::Occupied(_) => refuse("check-ledger-twice"),
                },
            }
        }
        (Self { rows }, problems)
    }

    /// The line of a message.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.get(id)
    }

    /// The ids there are lines for, ordered.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// Whether no native speaker has read this message; one without a line counts as unread.
    pub fn is_draft(&self, id: &str) -> bool {
        let message = id.split('.').next().unwrap_or(id);
        self.rows.get(message).is_none_or(|row| !is_read(row))
    }

    /// How many messages a native speaker has read, of how many.
    pub fn share_reviewed(&self) -> (usize, usize) {
        (self.rows.values().filter(|row| is_read(row)).count(), self.rows.len())
    }
}

/// Whether a native speaker has read it.
fn is_read(row: &Row) -> bool {
    matches!(row.state, TranslationState::Reviewed | TranslationState::Approved)
}

/// The hash a ledger line carries: the first 12 hexadecimal digits of the SHA-256 of both texts, as written but for
/// indentation, with a zero byte between them.
pub fn hash(source: &str, translation: &str) -> String {
    const BYTES: usize = 6;
    let mut hasher = Sha256::new();
    hasher.update(source.as_bytes());
    hasher.update([0]);
    hasher.update(translation.as_bytes());
    digest::hex(&hasher.finalize()[..BYTES])
}

/// Lines to add to the ledger: one draft for every message of the translation that has none, ready to paste.
pub fn missing_lines(ledger: &Ledger, source: &[&str], translation: &[&str]) -> String {
    let hashes = hashes(source, translation);
    hashes.iter().filter(|(id, _)| ledger.row(id).is_none()).fold(String::new(), |mut out, (id, hash)| {
        let _ = writeln!(out, "{id}\tdraft\t-\t-\t{hash}");
        out
    })
}

/// Messages whose review no longer holds: read once, and the Spanish or the translation has changed since (or is gone).
pub fn outdated(ledger: &Ledger, source: &[&str], translation: &[&str]) -> Vec<String> {
    let hashes = hashes(source, translation);
    let stale = |(id, row): (&String, &Row)| {
        let holds = !is_read(row) || row.hash.as_ref() == hashes.get(id.as_str());
        (!holds).then(|| id.clone())
    };
    ledger.rows.iter().filter_map(stale).collect()
}

/// Lines of the ledger for messages the translation no longer has.
pub fn orphans(ledger: &Ledger, translation: &[&str]) -> Vec<String> {
    let known = hashes(&[], translation);
    ledger.ids().filter(|id| !known.contains_key(*id)).map(str::to_owned).collect()
}

/// The hash of every message of a translation; a message that Spanish lacks is hashed against nothing.
fn hashes<'t>(source: &[&'t str], translation: &[&'t str]) -> BTreeMap<&'t str, String> {
    let read = |texts: &[&'t str]| -> BTreeMap<&'t str, Entry<'t>> {
        texts.iter().flat_map(|text| entries(text)).map(|entry| (entry.id, entry)).collect()
    };
    let source = read(source);
    let hash_of = |(id, entry): (&'t str, Entry<'t>)| {
        let original = source.get(id).map(Entry::normalised).unwrap_or_default();
        (id, hash(&original, &entry.normalised()))
    };
    read(translation).into_iter().map(hash_of).collect()
}

fn row(line: &str) -> Option<(String, Row)> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [id, state, reviewer, date, hash] = columns.as_slice() else { return None };
    let state = match *state {
        "draft" => TranslationState::Draft,
        "reviewed" => TranslationState::Reviewed,
        "approved" => TranslationState::Approved,
        _ => return None,
    };
    let given = |text: &str| (!text.is_empty() && text != "-").then(|| text.to_owned());
    let reviewer = given(reviewer).unwrap_or_default();
    let date = match given(date) {
        Some(text) => Some(text.parse().ok()?),
        None => None,
    };
    let hash = given(hash);
    let grounds = !reviewer.is_empty() && date.is_some() && hash.is_some();
    let row = Row { state, reviewer, date, hash };
    if id.is_empty() || (is_read(&row) && !grounds) {
        return None;
    }
    Some(((*id).to_owned(), row))
}
