//! The part of a text that shows why it was found, its hits marked as they are written there.

use std::{cell::LazyCell, collections::BTreeSet, ops::Range};

use crate::{
    domain::lang::Lang,
    i18n::words::{Folding, Word, is_quechua, words},
    search::query::Speller,
    store::library::{Columns, Group, Stored, Term},
};

/// About how long it is, in characters.
const LENGTH: usize = 160;

/// Most hits looked at; a text with more shows its first ones.
const MOST_HITS: usize = 200;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The language of the words.
    pub lang: Lang,
    /// The place inside the resource.
    pub place: u32,
    /// The text in pieces; true marks a hit, a whole word as written. `…` stands where the text goes on.
    pub parts: Vec<(String, bool)>,
}

/// A hit: which bytes of the text, and which group.
type Mark = (Range<usize>, usize);

/// The best part of a passage for these groups.
pub(super) fn cut(speller: &Speller, stored: &Stored, groups: &[Group]) -> Snippet {
    let text = stored.text.as_str();
    let marks = marks(speller, stored, groups);
    let window = window(text, &marks);
    let mut parts: Vec<(String, bool)> = Vec::new();
    let mut push = |piece: &str, hit: bool| {
        let piece = one_line(piece);
        match parts.last_mut() {
            _ if piece.is_empty() => {}
            Some((last, false)) if !hit => last.push_str(&piece),
            _ => parts.push((piece, hit)),
        }
    };
    if window.start > 0 {
        push("… ", false);
    }
    let mut at = window.start;
    for (mark, _) in marks.iter().filter(|(mark, _)| window.start <= mark.start && mark.end <= window.end) {
        push(&text[at..mark.start], false);
        push(&text[mark.clone()], true);
        at = mark.end;
    }
    push(&text[at..window.end], false);
    if window.end < text.trim_end().len() {
        push(" …", false);
    }
    Snippet { lang: stored.lang, place: stored.place, parts }
}

/// The words of the text that a group has.
fn marks(speller: &Speller, stored: &Stored, groups: &[Group]) -> Vec<Mark> {
    let columns = if is_quechua(stored.lang) { Columns::Quechua } else { Columns::Spanish };
    let terms: Vec<(usize, &Term)> = groups
        .iter()
        .enumerate()
        .flat_map(|(at, group)| group.iter().map(move |term| (at, term)))
        .filter(|(_, term)| term.columns == columns)
        .collect();
    // Folding every word of a chapter costs; most differ already by how they begin.
    let begins: BTreeSet<char> =
        terms.iter().filter_map(|(_, term)| term.form.chars().next()).map(beginning).collect();
    let hit = |word: Word<'_>| {
        let first = word.text.chars().next().map(beginning)?;
        if first.is_ascii() && !begins.contains(&first) {
            return None;
        }
        let whole = Folding::whole(word.text, stored.lang);
        // A stem is a beginning of its word: without a term that is one, there is no need to look for it.
        let stem = LazyCell::new(|| speller.forms(word.text, stored.lang).stem);
        let is = |term: &Term| {
            whole.starts_with(&term.form)
                && (term.prefix || term.form == whole || stem.as_ref() == Some(&term.form))
        };
        let (group, _) = terms.iter().find(|(_, term)| is(term))?;
        Some((word.at, *group))
    };
    words(&stored.text).filter_map(hit).take(MOST_HITS).collect()
}

/// One sign for all letters that may fold into one another at the beginning of a word; others stay beyond ASCII.
fn beginning(c: char) -> char {
    match c.to_ascii_lowercase() {
        'e' | 'i' => 'i',
        'o' | 'u' => 'u',
        'k' | 'q' | 'c' | 's' | 'z' => 'k',
        'h' | 'j' | 'g' | 'w' | 'v' => 'w',
        c => c,
    }
}

/// The bytes shown: where most groups stand close together, from a word's beginning to a word's end.
fn window(text: &str, marks: &[Mark]) -> Range<usize> {
    let mut best = (0, 0, 0..0);
    for (at, (first, _)) in marks.iter().enumerate() {
        let inside = marks[at..].iter().take_while(|(mark, _)| mark.end <= first.start + LENGTH * 3 / 4);
        let (mut groups, mut hits, mut end) = (BTreeSet::new(), 0, first.end);
        for (mark, group) in inside {
            groups.insert(*group);
            hits += 1;
            end = mark.end;
        }
        if (groups.len(), hits) > (best.0, best.1) {
            best = (groups.len(), hits, first.start..end);
        }
    }
    let hits = best.2;
    // A little of what stands before, preferably from the beginning of the sentence.
    let before = back(text, hits.start, LENGTH / 3);
    let opening = text[before..hits.start].rfind(['.', '!', '?', '\n', '…']).map(|at| before + at);
    let start = opening.map_or(before, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    let start = start.min(hits.start);
    let shown = text[start..hits.end].chars().count();
    let end = ahead(text, hits.end, LENGTH.saturating_sub(shown));
    start..end
}

/// So many characters before a place, then to the beginning of the next word.
fn back(text: &str, from: usize, chars: usize) -> usize {
    let Some((at, _)) = text[..from].char_indices().rev().nth(chars) else { return 0 };
    text[at..from].find(char::is_whitespace).map_or(from, |space| at + space)
}

/// So many characters after a place, then back to the end of a word.
fn ahead(text: &str, from: usize, chars: usize) -> usize {
    let Some((at, _)) = text[from..].char_indices().nth(chars) else {
        return text.trim_end().len().max(from);
    };
    let to = from + at;
    text[from..to].rfind(char::is_whitespace).map_or(to, |space| from + space)
}

/// White space of any sort as one blank.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out
}
