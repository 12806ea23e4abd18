//! Words that mean the same in Spanish and Quechua, from `locales/qu/pairs.tsv`: how a query in one language finds what is
//! written in the other.

use crate::i18n::source::embedded_text;

/// Words of one meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// In Spanish, the commonest first.
    pub spanish: Vec<String>,
    /// In Quechua, the commonest first; verbs with their `-y`.
    pub quechua: Vec<String>,
    /// Whether the Quechua words are verbs.
    pub verb: bool,
}

impl Pair {
    /// The Quechua roots: a verb without its `-y`.
    pub fn roots(&self) -> impl Iterator<Item = (&str, bool)> {
        self.quechua.iter().map(|word| {
            let root = word.strip_suffix('y').filter(|_| self.verb).unwrap_or(word);
            (root, self.verb)
        })
    }
}

/// The pairs in the binary.
pub fn embedded() -> Vec<Pair> {
    read(&embedded_text("qu/pairs.tsv").unwrap_or_default())
}

/// Reads a table: Spanish, Quechua, class (`v` verb, else another); several words are separated by `|`. After a heading;
/// `#` begins a comment. Lines that are no pair are left out.
pub fn read(table: &str) -> Vec<Pair> {
    let lines = table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let words = |text: &str| -> Vec<String> {
        text.split('|').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let pair = |line: &str| {
        let mut columns = line.split('\t');
        let (spanish, quechua) = (words(columns.next()?), words(columns.next()?));
        let verb = columns.next().is_some_and(|class| class.trim() == "v");
        (!spanish.is_empty() && !quechua.is_empty()).then_some(Pair { spanish, quechua, verb })
    };
    lines.skip(1).filter_map(pair).collect()
}
