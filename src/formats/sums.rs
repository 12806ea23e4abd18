//! `SHA256SUMS` as `sha256sum -c` of GNU coreutils reads it: on each line 64 hex digits, a space, a space or `*`, a path.
//! Paths come from anybody: one that leaves its folder, or that a stick of another system cannot hold, is refused.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    archive::{Limits, Seen, judge, shown},
    lines::lines,
};
use crate::domain::finding::Finding;

/// Most bytes of such a file.
pub const MAX_BYTES: u64 = 16 << 20;

/// Most files it names.
const MAX_FILES: usize = 60_000;

/// The SHA-256 of files, by their path.
pub type Sums = BTreeMap<String, [u8; 32]>;

/// Reads the sums of a folder.
///
/// # Errors
/// A line that is none (`check-sums-line`), more than 60,000 files, a path that is refused.
pub fn read(text: &str) -> Result<Sums, Finding> {
    let mut sums = Sums::new();
    let mut seen = Seen::default();
    for line in lines(text) {
        let wrong = || Finding::error("check-sums-line", line.number, 1);
        // A line that begins with `\` has signs in its path that no honest file has.
        let (digits, path) = line.text.split_at_checked(64).ok_or_else(wrong)?;
        let sum = unhex(digits).ok_or_else(wrong)?;
        let path = path.strip_prefix("  ").or_else(|| path.strip_prefix(" *")).ok_or_else(wrong)?;
        if sums.len() == MAX_FILES {
            return Err(Finding::error_of_whole("check-sums-too-many").with("limit", MAX_FILES));
        }
        good_path(path)?;
        seen.add(path)?;
        sums.insert(path.to_owned(), sum);
    }
    seen.no_file_is_a_folder()?;
    Ok(sums)
}

/// The sums as a file.
pub fn write(sums: &Sums) -> String {
    let mut out = String::new();
    for (path, sum) in sums {
        writeln!(out, "{}  {path}", hex(sum)).ok();
    }
    out
}

/// Whether a file may be called so on every stick and every system.
///
/// # Errors
/// A finding of `check-archive.ftl` or `check-sums-path`.
pub fn good_path(path: &str) -> Result<(), Finding> {
    judge(path, &Limits::default())?;
    let unwelcome = path.ends_with('/')
        || path.contains([':', '*', '?', '"', '<', '>', '|'])
        || path.split('/').any(|part| part.ends_with(['.', ' ']));
    if unwelcome {
        return Err(Finding::error_of_whole("check-sums-path").with("name", shown(path)));
    }
    Ok(())
}

/// A SHA-256 in small hex digits.
pub fn hex(sum: &[u8; 32]) -> String {
    let mut out = String::with_capacity(64);
    for byte in sum {
        write!(out, "{byte:02x}").ok();
    }
    out
}

fn unhex(digits: &str) -> Option<[u8; 32]> {
    let mut sum = [0; 32];
    for (byte, pair) in sum.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        let pair = str::from_utf8(pair).ok().filter(|pair| !pair.starts_with('+'))?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    (digits.len() == 64).then_some(sum)
}
