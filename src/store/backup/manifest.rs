//! What a backup says about itself: `backup.toml` for people, `SHA256SUMS` for `sha256sum -c`.

use std::{collections::BTreeSet, fmt::Write as _, fs::File, io::Read as _, path::Path};

use jiff::Timestamp;
use serde::Deserialize;

use super::{ABOUT, SUMS, disk, tree::CONTENTS};
use crate::{clock, store::school};

/// Longest manifest that is read, in bytes: some hundred thousand files.
const MAX_BYTES: u64 = 64 << 20;

/// `backup.toml`.
#[derive(Debug, Deserialize)]
pub(super) struct About {
    /// Version of the program that made it.
    pub(super) program: String,
    made: String,
    /// Different files that belong to it.
    pub(super) files: usize,
}

impl About {
    /// `None` when it is missing or hurt.
    pub(super) fn read(backup: &Path) -> Option<Self> {
        toml::from_str(&read(&backup.join(ABOUT))?).ok()
    }

    pub(super) fn made(&self) -> Option<Timestamp> {
        self.made.parse().ok().filter(|made| clock::plausible(*made))
    }

    pub(super) fn text(schema: i32, made: Timestamp, files: usize) -> String {
        format!(
            "program = \"{}\"\nschema = {schema}\nmade = \"{made:.0}\"\nfiles = {files}\n",
            env!("CARGO_PKG_VERSION")
        )
    }
}

/// A text of a backup; `None` when it is missing or none.
pub(super) fn read(path: &Path) -> Option<String> {
    let mut text = String::new();
    File::open(path).ok()?.take(MAX_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

/// `SHA256SUMS`.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// Of `school.db`.
    pub(super) records: Option<String>,
    /// Of `contents.txt`; older backups have none.
    pub(super) contents: Option<String>,
    /// Content-addressed files, each once; the name is the sum.
    pub(super) files: Vec<String>,
    /// Whether every line could be read.
    pub(super) whole: bool,
}

impl Sums {
    pub(super) fn read(backup: &Path) -> Self {
        let mut sums = Self { whole: true, ..Self::default() };
        let text = read(&backup.join(SUMS)).unwrap_or_default();
        for line in text.lines() {
            match line.split_once("  ") {
                Some((sum, school::FILE)) if disk::is_hash(sum) => sums.records = Some(sum.to_owned()),
                Some((sum, CONTENTS)) if disk::is_hash(sum) => sums.contents = Some(sum.to_owned()),
                Some((sum, ABOUT)) if disk::is_hash(sum) => {}
                // Nothing but the own name of a sum is ever opened.
                Some((sum, path)) if disk::is_hash(sum) && path == file(sum) => {
                    sums.files.push(sum.to_owned());
                }
                _ => sums.whole = false,
            }
        }
        sums.whole &= sums.records.is_some();
        sums
    }

    pub(super) fn text(records: &str, contents: &str, about: &str, files: &BTreeSet<String>) -> String {
        let mut out = format!("{records}  {}\n{contents}  {CONTENTS}\n{about}  {ABOUT}\n", school::FILE);
        for hash in files {
            writeln!(out, "{hash}  {}", file(hash)).ok();
        }
        out
    }
}

/// Where a file lies, seen from a backup's folder.
fn file(hash: &str) -> String {
    format!("../{}/{}/{hash}", super::FILES, hash.get(..2).unwrap_or_default())
}
