//! What a person typed, as words to look for. Operators, quotes, signs and code are only text between words.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::lang::Lang,
    i18n::{
        pairs::{self, Pair},
        words::{Folding, Forms, words},
    },
    store::library::{Columns, Group, Term},
};

/// Most of a query that is read, in characters.
pub const MAX_CHARS: usize = 200;

/// Most words that are looked for.
pub const MAX_WORDS: usize = 12;

/// Shortest beginning of a word that stands for longer ones, in letters.
const SHORTEST_PREFIX: usize = 2;

/// Words too common to look for, folded; looked for only when there is no other. In Spanish, then in Quechua.
const COMMON: &str = "a al algo ante aquel aquella como con cual cuales cuando de del desde donde el ella ellas ellos en \
    entre era es esa ese eso esta este esto estos estas fue ha hay hacia hasta la las le les lo los mas me mi mis muy ni \
    no nos o para pero por porque que quien quienes se sea ser si sin sobre son su sus tambien te tu tus un una unas uno \
    unos y ya yo hacer hago puedo quiero \
    kay chay hina ima imata imapaq imayna utaq icha manam mana chaymanta hinaspa kan";

/// Knows how words are folded, and which mean the same in the other language. Small; made once.
#[derive(Debug)]
pub(super) struct Speller {
    folding: Folding,
    /// Spanish short form → Quechua short forms.
    to_quechua: BTreeMap<String, BTreeSet<String>>,
    /// Quechua short form → Spanish short forms.
    to_spanish: BTreeMap<String, BTreeSet<String>>,
}

/// The words of a query.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    /// Those to look for, in order.
    pub(super) words: Vec<QueryWord>,
}

/// A word of a query in both foldings.
#[derive(Debug, Clone)]
pub(super) struct QueryWord {
    /// As typed.
    pub(super) typed: String,
    /// Folded as Spanish.
    pub(super) spanish: Forms,
    /// Folded as Quechua.
    pub(super) quechua: Forms,
    /// Whether it may be the beginning of a longer word.
    pub(super) open: bool,
}

impl Speller {
    /// With the tables in the binary.
    pub(super) fn embedded() -> Self {
        let folding = Folding::embedded();
        let (mut to_quechua, mut to_spanish) = (BTreeMap::new(), BTreeMap::new());
        for pair in pairs::embedded() {
            add_pair(&folding, &pair, &mut to_quechua, &mut to_spanish);
        }
        Self { folding, to_quechua, to_spanish }
    }

    /// The forms of a word of a text in this language.
    pub(super) fn forms(&self, word: &str, lang: Lang) -> Forms {
        self.folding.forms(word, lang)
    }

    /// Reads what was typed.
    pub(super) fn query(&self, text: &str) -> Query {
        let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let mut all = Vec::new();
        for word in words(text).take(MAX_WORDS) {
            let spanish = self.forms(word.text, Lang::ES);
            if !spanish.whole.is_empty() {
                let quechua = self.forms(word.text, Lang::QU);
                all.push(QueryWord { typed: word.text.to_owned(), spanish, quechua, open: false });
            }
        }
        let is_common =
            |word: &QueryWord| COMMON.split_whitespace().any(|common| common == word.spanish.whole);
        if !all.iter().all(is_common) {
            // The last word counts as a beginning even when it is common: it may be the beginning of another.
            all.retain(|word| !is_common(word));
        }
        if let Some(last) = all.last_mut() {
            last.open = last.spanish.whole.chars().count() >= SHORTEST_PREFIX;
        }
        let mut seen = BTreeSet::new();
        all.retain(|word| seen.insert(word.spanish.whole.clone()) || word.open);
        Query { words: all }
    }

    /// What a word is looked for as: as typed, in both foldings.
    pub(super) fn plain(word: &QueryWord) -> Group {
        let mut group = Group::new();
        for (forms, columns) in [(&word.spanish, Columns::Spanish), (&word.quechua, Columns::Quechua)] {
            group.push(Term { form: forms.whole.clone(), prefix: word.open, columns });
            let stem = forms.stem.as_ref().filter(|stem| stem.chars().count() > SHORTEST_PREFIX);
            group.extend(stem.map(|stem| Term { form: stem.clone(), prefix: false, columns }));
        }
        group
    }

    /// What else a word may be: its translations, and with ñ where an n was typed.
    pub(super) fn wider(&self, word: &QueryWord) -> Group {
        let mut group = Group::new();
        let mut add = |form: &str, prefix, columns| {
            let term = Term { form: form.to_owned(), prefix, columns };
            if !group.contains(&term) {
                group.push(term);
            }
        };
        for form in self.to_quechua.get(word.spanish.short()).into_iter().flatten() {
            add(form, false, Columns::Quechua);
        }
        for form in self.to_spanish.get(word.quechua.short()).into_iter().flatten() {
            add(form, false, Columns::Spanish);
        }
        for (forms, columns) in [(&word.spanish, Columns::Spanish), (&word.quechua, Columns::Quechua)] {
            for typed in with_tilde(&forms.whole) {
                let lang = if columns == Columns::Spanish { Lang::ES } else { Lang::QU };
                let forms = self.forms(&typed, lang);
                add(&forms.whole, word.open, columns);
                forms.stem.iter().for_each(|stem| add(stem, false, columns));
                if columns == Columns::Spanish {
                    for form in self.to_quechua.get(forms.short()).into_iter().flatten() {
                        add(form, false, Columns::Quechua);
                    }
                }
            }
        }
        group
    }
}

fn add_pair(
    folding: &Folding,
    pair: &Pair,
    to_quechua: &mut BTreeMap<String, BTreeSet<String>>,
    to_spanish: &mut BTreeMap<String, BTreeSet<String>>,
) {
    for spanish in &pair.spanish {
        for quechua in &pair.quechua {
            let spanish = folding.forms(spanish, Lang::ES);
            let quechua = folding.forms(quechua, Lang::QU);
            let (spanish, quechua) = (spanish.short(), quechua.short());
            to_quechua.entry(spanish.to_owned()).or_default().insert(quechua.to_owned());
            to_spanish.entry(quechua.to_owned()).or_default().insert(spanish.to_owned());
        }
    }
}

/// The same word with ñ for each n before a vowel, one at a time.
fn with_tilde(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |at: usize| letters.get(at).is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'));
    let places = (0..letters.len()).filter(|at| letters[*at] == 'n' && vowel(at + 1));
    places
        .map(|place| {
            let letter = |(at, c): (usize, &char)| if at == place { 'ñ' } else { *c };
            letters.iter().enumerate().map(letter).collect()
        })
        .collect()
}
