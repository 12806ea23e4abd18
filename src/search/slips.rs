//! Words one slip of a finger away: a letter too much, too few, another, or two changed over.

use crate::{
    domain::lang::Lang,
    search::query::QueryWord,
    store::library::{LibraryDb, ReadError},
};

/// Shortest word that is mended, in letters: of shorter ones everything is one slip away.
const SHORTEST: usize = 4;

/// Longest word that is mended, in letters.
const LONGEST: usize = 24;

/// The letters words are written with once folded.
const LETTERS: &str = "abcdefghijklmnñopqrstuvwxyz";

/// The word of the index, in either language, that was most probably meant; as it is commonly written.
pub(super) fn nearest(db: &LibraryDb, word: &QueryWord) -> Result<Option<String>, ReadError> {
    let mut best: Option<((bool, u32), String)> = None;
    for (form, lang) in [(&word.spanish.whole, Lang::ES), (&word.quechua.whole, Lang::QU)] {
        let near = near(form);
        for (at, found) in db.words(&near, lang)? {
            // Fingers slip less often on the first letter.
            let same_start = near.get(at).is_some_and(|near| near.chars().next() == form.chars().next());
            let rank = (same_start, found.count);
            if best.as_ref().is_none_or(|(known, _)| *known < rank) {
                best = Some((rank, found.written));
            }
        }
    }
    Ok(best.map(|(_, written)| written))
}

/// Every form one slip away.
fn near(form: &str) -> Vec<String> {
    let letters: Vec<char> = form.chars().collect();
    if !(SHORTEST..=LONGEST).contains(&letters.len()) || letters.iter().any(char::is_ascii_digit) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in 0..=letters.len() {
        let (before, rest) = letters.split_at(at);
        let mut add = |middle: &[char], rest: &[char]| {
            found.push(before.iter().chain(middle).chain(rest).collect::<String>());
        };
        for c in LETTERS.chars() {
            add(&[c], rest);
            if rest.first().is_some_and(|old| *old != c) {
                add(&[c], &rest[1..]);
            }
        }
        if let [_, rest @ ..] = rest {
            add(&[], rest);
        }
        if let [one, other, rest @ ..] = rest
            && one != other
        {
            add(&[*other, *one], rest);
        }
    }
    found
}
