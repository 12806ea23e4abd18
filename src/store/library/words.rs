//! The words an index is made of, counted while it is built: what «¿Quisiste decir…?» can offer.

use std::collections::HashMap;

use crate::i18n::words::MAX_WORD;

/// Most words held; past it those seen once are let go.
const MOST: usize = 120_000;

/// Shortest word worth offering, in letters.
const SHORTEST: usize = 3;

/// Folded forms with their commonest written form, in one language.
#[derive(Debug, Default)]
pub(super) struct Words(HashMap<String, Counted>);

#[derive(Debug)]
pub(super) struct Counted {
    /// As written, in small letters.
    pub(super) written: String,
    /// How often the form was seen.
    pub(super) count: u32,
    /// How far this written form is ahead of others (a majority vote in one pass).
    ahead: u32,
}

impl Words {
    pub(super) fn add(&mut self, form: &str, written: &str) {
        let len = form.chars().count();
        if !(SHORTEST..MAX_WORD).contains(&len) || form.contains(|c: char| c.is_ascii_digit()) {
            return;
        }
        if let Some(known) = self.0.get_mut(form) {
            known.count = known.count.saturating_add(1);
            let lower = written.to_lowercase();
            if known.written == lower {
                known.ahead = known.ahead.saturating_add(1);
            } else if known.ahead == 0 {
                *known = Counted { written: lower, count: known.count, ahead: 1 };
            } else {
                known.ahead -= 1;
            }
            return;
        }
        if self.0.len() >= MOST {
            self.0.retain(|_, known| known.count > 1);
            if self.0.len() >= MOST {
                return;
            }
        }
        let counted = Counted { written: written.to_lowercase(), count: 1, ahead: 1 };
        self.0.insert(form.to_owned(), counted);
    }

    /// In alphabetical order, so that the same content makes the same file.
    pub(super) fn sorted(self) -> Vec<(String, Counted)> {
        let mut words: Vec<_> = self.0.into_iter().collect();
        words.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        words
    }
}
