//! The words of a text as search sees them: where they stand, and the forms under which one is found whatever the
//! spelling (`spanish`, `quechua::fold`) and the ending (`quechua::stem`). What is searched is `search`'s work.

use std::ops::Range;

use crate::{
    domain::lang::Lang,
    i18n::{
        pairs::{self, Pair},
        quechua::{self, Stems, Tables},
        spanish,
    },
};

/// Longest form of a word, in characters; what is longer is cut there.
pub const MAX_WORD: usize = 40;

/// A word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// As written.
    pub text: &'t str,
    /// Its bytes in the text.
    pub at: Range<usize>,
}

/// The forms a word is found under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forms {
    /// The whole word, its spelling folded.
    pub whole: String,
    /// What is left without its endings, when that is something else.
    pub stem: Option<String>,
}

/// Folds words of both languages. Small, cheap to share; knows the roots of `locales/qu/vocab.tsv`.
#[derive(Debug, Clone)]
pub struct Folding {
    stems: Stems,
}

impl Folding {
    /// With these tables, and these Quechua roots besides (root, and whether it is a verb's).
    pub fn new(tables: &Tables, roots: &[(&str, bool)]) -> Self {
        Self { stems: Stems::new(tables, roots) }
    }

    /// With the tables in the binary.
    pub fn embedded() -> Self {
        let pairs = pairs::embedded();
        let roots: Vec<_> = pairs.iter().flat_map(Pair::roots).collect();
        Self::new(&Tables::embedded(), &roots)
    }

    /// The forms of a word. Every language but Quechua is folded as Spanish is.
    pub fn forms(&self, word: &str, lang: Lang) -> Forms {
        let whole = Self::whole(word, lang);
        let stem = if is_quechua(lang) { self.stems.stem(&whole) } else { spanish::stem(&whole) };
        let stem = (stem.len() < whole.len()).then(|| stem.to_owned());
        Forms { whole, stem }
    }

    /// The whole word with its spelling folded; empty when nothing is left.
    pub fn whole(word: &str, lang: Lang) -> String {
        if is_quechua(lang) { quechua::fold(word) } else { spanish::fold(word) }
    }
}

impl Forms {
    /// The shortest form: the stem when there is one.
    pub fn short(&self) -> &str {
        self.stem.as_deref().unwrap_or(&self.whole)
    }
}

/// Whether texts in this language are folded as Quechua.
pub fn is_quechua(lang: Lang) -> bool {
    lang.as_str().split('-').next() == Some(Lang::QU.as_str())
}

/// The words of a text: letters and digits, with the apostrophes and accents that stand between or on them.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest + text[rest..].find(char::is_alphanumeric)?;
        let mut end = from;
        let mut chars = text[from..].chars().peekable();
        while let Some(c) = chars.next() {
            let joins = is_apostrophe(c) && chars.peek().is_some_and(|next| next.is_alphabetic());
            if !(c.is_alphanumeric() || is_mark(c) || is_invisible(c) || joins) {
                break;
            }
            end += c.len_utf8();
        }
        rest = end;
        Some(Word { text: &text[from..end], at: from..end })
    })
}

/// Every sign that people type, paste or print for the apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}'
            | '\u{2018}'
            | '\u{201B}'
            | '\u{02BC}'
            | '\u{02BB}'
            | '\u{00B4}'
            | '\u{02B9}'
            | '\u{2032}'
            | '`'
    )
}

/// An accent that stands on the letter before it.
pub(super) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Signs inside a word that nobody sees: the soft hyphen and the joiners.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// The letters of a word, small, without accents and apostrophes, ñ kept; signs of no letter or digit are left out.
pub(super) fn plain_letters(word: &str) -> impl Iterator<Item = char> {
    let mut chars = word.chars().flat_map(char::to_lowercase).peekable();
    std::iter::from_fn(move || {
        loop {
            let c = chars.next()?;
            if c == 'n' && chars.peek() == Some(&'\u{303}') {
                return Some('ñ');
            }
            if c.is_alphanumeric() && !is_apostrophe(c) {
                return Some(without_accent(c));
            }
        }
    })
}

fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ª' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ō' | 'º' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ç' => 'c',
        c => c,
    }
}
