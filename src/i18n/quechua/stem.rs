//! Looking through suffixes: the root of a folded word, by the machine of `suffixes.tsv` and the known roots, else by
//! care. For search only.

use std::{borrow::Cow, collections::HashMap};

use crate::i18n::quechua::{
    fold::fold,
    lexicon::{Lexicon, Tables},
    morphology::State,
};

/// Shortest root, in letters.
const SHORTEST: usize = 2;

/// Shortest stem of a word whose root is unknown: two syllables.
const SHORTEST_UNKNOWN: usize = 4;

/// The roots and suffixes, folded.
#[derive(Debug, Clone)]
pub struct Stems {
    lexicon: Lexicon,
    roots: HashMap<String, Vec<State>>,
    verb: Option<State>,
}

/// Endings of nouns that no root of ours ends in, longest first; written as they fold.
const ENDINGS: [&str; 24] = [
    "nchikkuna",
    "ykichik",
    "nchik",
    "manta",
    "rayku",
    "ninku",
    "kuna",
    "yki",
    "nku",
    "yku",
    "paq",
    "man",
    "wan",
    "kama",
    "pas",
    "taq",
    "niy",
    "nin",
    "lla",
    "pi",
    "ta",
    "qa",
    "pa",
    "mi",
];

impl Stems {
    /// With these tables, and these roots besides (root, and whether it is a verb's).
    pub fn new(tables: &Tables, roots: &[(&str, bool)]) -> Self {
        let folded = Tables { suffixes: Cow::Owned(fold_suffixes(&tables.suffixes)), ..tables.clone() };
        let (mut lexicon, _) = Lexicon::read(&folded, &[]);
        let verb = lexicon.suffixes.state("V");
        let mut known: HashMap<String, Vec<State>> = HashMap::new();
        let mut add = |root: &str, states: &[State]| {
            let at = known.entry(fold(root)).or_default();
            for state in states {
                if !at.contains(state) {
                    at.push(*state);
                }
            }
        };
        for (root, states) in std::mem::take(&mut lexicon.roots) {
            add(&root, &states);
        }
        let nominal: Vec<State> = lexicon.nominal.into_iter().collect();
        for loan in std::mem::take(&mut lexicon.loans).iter().chain(&std::mem::take(&mut lexicon.names)) {
            add(loan, &nominal);
        }
        for (root, is_verb) in roots {
            let states: Vec<State> = if *is_verb { verb.into_iter().collect() } else { nominal.clone() };
            add(root, &states);
        }
        Self { lexicon, roots: known, verb }
    }

    /// The root of a folded word; the word itself when nothing can be taken off with care.
    pub fn stem<'w>(&self, word: &'w str) -> &'w str {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() <= SHORTEST || word.contains(|c: char| c.is_ascii_digit()) {
            return word;
        }
        let len = self.known(&letters).unwrap_or_else(|| unknown(&letters));
        let end = word.char_indices().nth(len).map_or(word.len(), |(at, _)| at);
        &word[..end]
    }

    /// How many letters the longest root has from which suffixes lead to the end of the word. A noun made of a verb
    /// (`pukllay`) counts as the verb, so that both are found together.
    fn known(&self, word: &[char]) -> Option<usize> {
        let is_verb = |root: &[char]| {
            let states = self.roots.get(&root.iter().collect::<String>());
            states.is_some_and(|states| states.iter().any(|state| Some(*state) == self.verb))
        };
        let mut prefixes = Vec::with_capacity(word.len());
        let mut stem = String::new();
        for (at, c) in word.iter().enumerate() {
            stem.push(*c);
            if at + 1 >= SHORTEST
                && let Some(states) = self.roots.get(&stem)
            {
                prefixes.push((at + 1, states));
            }
        }
        let (len, _) = prefixes.into_iter().rev().find(|(len, states)| {
            let begins: Vec<(usize, State)> = states.iter().map(|state| (*len, *state)).collect();
            *len == word.len() || self.lexicon.suffixes.accepts(word, &begins)
        })?;
        let root = &word[..len];
        let of_verb = root.strip_suffix(&['y']).filter(|verb| verb.len() > SHORTEST && is_verb(verb));
        Some(of_verb.map_or(len, <[char]>::len))
    }
}

/// How many letters stay of a word whose root is unknown, when its sure endings are taken off.
fn unknown(word: &[char]) -> usize {
    let mut len = word.len();
    'strip: loop {
        for ending in ENDINGS {
            let letters: Vec<char> = ending.chars().collect();
            let rest = word[..len].strip_suffix(letters.as_slice());
            let sound = |rest: &&[char]| {
                rest.len() >= SHORTEST_UNKNOWN && rest.last().is_some_and(|c| matches!(c, 'a' | 'i' | 'u'))
            };
            if let Some(rest) = rest.filter(sound) {
                len = rest.len();
                continue 'strip;
            }
        }
        return len;
    }
}

/// The suffix table with its suffixes folded.
fn fold_suffixes(table: &str) -> String {
    let mut out = String::with_capacity(table.len());
    for line in table.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') || columns.len() < 4 || columns[1] == "-" || columns[1] == "suffix" {
            out.push_str(line);
        } else {
            let row = [columns[0], &fold(columns[1]), columns[2], columns[3]];
            out.push_str(&row.join("\t"));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Stems, Tables, fold};

    #[test]
    fn suffixes_are_looked_through_in_any_spelling() {
        let stems = Stems::new(&Tables::embedded(), &[]);
        for (word, root) in [
            ("wasinchikpi", "wasi"),
            ("wasinchispi", "wasi"),
            ("huasinchispi", "wasi"),
            ("wasiykikunamanta", "wasi"),
            ("mikhushanku", "mikhu"),
            ("mikuchkanchik", "mikhu"),
            ("pukllay", "puklla"),
            ("pukllanankupaq", "puklla"),
            ("yachachiqniy", "yachachiq"),
            ("pakaqillqaykita", "pakaqillqa"),
            ("internetpi", "internet"),
            ("celularniykita", "celular"),
            ("wasi", "wasi"),
            ("mayu", "mayu"),
        ] {
            assert_eq!(stems.stem(&fold(word)), fold(root), "{word}");
        }
    }

    #[test]
    fn an_unknown_root_loses_only_sure_endings() {
        let stems = Stems::new(&Tables::embedded(), &[]);
        assert_eq!(stems.stem(&fold("Chinchirupi")), fold("Chinchiru"));
        assert_eq!(stems.stem(&fold("vicuñakunamanta")), fold("vicuña"));
        assert_eq!(stems.stem(&fold("pita")), fold("pi"));
        assert_eq!(stems.stem(&fold("xyzpq")), fold("xyzpq"));
    }
}
