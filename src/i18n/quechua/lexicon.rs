//! The tables the gate works with: roots, admitted loans and names, forms of other norms. Each is a tab-separated file
//! with a heading; `#` begins a comment.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use crate::{
    domain::finding::{Finding, Problem},
    i18n::{
        quechua::{
            morphology::{State, Suffixes},
            spelling::without_accent,
        },
        source::embedded_text,
    },
};

/// The texts of the four tables.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// `vocab.tsv`: root, class, Spanish gloss, source.
    pub vocab: Cow<'static, str>,
    /// `loanwords.tsv`: stem, Spanish, note.
    pub loanwords: Cow<'static, str>,
    /// `suffixes.tsv`: from, suffix, condition, to.
    pub suffixes: Cow<'static, str>,
    /// `discouraged.tsv`: pattern, what to write, reason.
    pub discouraged: Cow<'static, str>,
}

impl Tables {
    /// The tables in the binary.
    pub fn embedded() -> Self {
        let table = |name: &str| embedded_text(name).unwrap_or_default();
        Self {
            vocab: table("qu/vocab.tsv"),
            loanwords: table("qu/loanwords.tsv"),
            suffixes: table("qu/suffixes.tsv"),
            discouraged: table("qu/discouraged.tsv"),
        }
    }
}

/// The tables, read.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    /// Roots without accents, and the states a word may start in after them.
    pub(super) roots: HashMap<String, Vec<State>>,
    /// Loans in small letters, with their accents.
    pub(super) loans: HashSet<String>,
    /// Names in small letters, with their accents.
    pub(super) names: HashSet<String>,
    pub(super) discouraged: Vec<Discouraged>,
    pub(super) suffixes: Suffixes,
    /// The state a loan or a name starts in.
    pub(super) nominal: Option<State>,
    /// The state a numeral starts in.
    pub(super) numeral: Option<State>,
}

/// A form of another norm and what to write instead.
#[derive(Debug, Clone)]
pub(super) struct Discouraged {
    letters: Vec<char>,
    at_start: bool,
    at_end: bool,
    pub(super) write: String,
}

impl Lexicon {
    pub(super) fn read(tables: &Tables, names: &[&str]) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let suffixes =
            Suffixes::read(rows("suffixes.tsv", &tables.suffixes, 4, &mut problems), &mut problems);
        let mut lexicon = Self {
            nominal: suffixes.state("N"),
            numeral: suffixes.state("NUM"),
            names: names.iter().map(|name| name.to_lowercase()).collect(),
            ..Self::default()
        };
        for row in rows("vocab.tsv", &tables.vocab, 4, &mut problems) {
            lexicon.add_root(&row, &suffixes, &mut problems);
        }
        for row in rows("loanwords.tsv", &tables.loanwords, 1, &mut problems) {
            lexicon.loans.insert(row.columns[0].to_lowercase());
        }
        for row in rows("discouraged.tsv", &tables.discouraged, 2, &mut problems) {
            lexicon.discouraged.push(Discouraged::read(row.columns[0], row.columns[1]));
        }
        lexicon.suffixes = suffixes;
        (lexicon, problems)
    }

    fn add_root(&mut self, row: &Row<'_>, suffixes: &Suffixes, problems: &mut Vec<Problem>) {
        let root = row.columns[0].to_lowercase();
        let states: &[&str] = match row.columns[1] {
            "name" => {
                self.names.insert(root);
                return;
            }
            "v" => &["V"],
            "num" => &["NUM", "N"],
            "part" | "ij" => &["E0"],
            "adv" => &["E0", "N"],
            "n" | "int" | "dem" | "pers" | "indef" => &["N"],
            _ => {
                problems.push(bad("vocab.tsv", row.line, row.columns[1]));
                return;
            }
        };
        let known = self.roots.entry(root.chars().map(without_accent).collect()).or_default();
        for state in states.iter().filter_map(|state| suffixes.state(state)) {
            if !known.contains(&state) {
                known.push(state);
            }
        }
    }

    /// Whether `stem` is a root, a loan or a name.
    pub(super) fn knows(&self, stem: &str) -> bool {
        let folded: String = stem.chars().map(without_accent).collect();
        self.roots.contains_key(&folded) || self.loans.contains(stem) || self.names.contains(stem)
    }
}

impl Discouraged {
    /// A pattern is letters; `^` stands for the beginning of a word, `$` for its end, `V` for a vowel.
    fn read(pattern: &str, write: &str) -> Self {
        let rest = pattern.strip_prefix('^').unwrap_or(pattern);
        let letters = rest.strip_suffix('$').unwrap_or(rest);
        Self {
            letters: letters.chars().collect(),
            at_start: pattern.starts_with('^'),
            at_end: pattern.ends_with('$'),
            write: write.to_owned(),
        }
    }

    /// Where in the word the pattern begins, when the word has it and no known stem reaches into it: in `paran` (it
    /// rains) the -ra is the root's own. A pattern that begins a word is about the whole word, whatever the stem.
    pub(super) fn finds(&self, word: &[char], lexicon: &Lexicon) -> bool {
        let len = self.letters.len();
        if len == 0 || word.len() < len {
            return false;
        }
        let last = word.len() - len;
        let first = if self.at_end { last } else { 0 };
        let until = if self.at_start { 0 } else { last };
        let same = |(letter, c): (&char, &char)| match letter {
            'V' => matches!(without_accent(*c), 'a' | 'i' | 'u'),
            letter => letter == c,
        };
        (first..=until).any(|at| {
            let found = self.letters.iter().zip(&word[at..]).all(same);
            found && (self.at_start || !stem_reaches(word, at + 1, lexicon))
        })
    }
}

/// Whether a known stem covers the letter at `at`.
fn stem_reaches(word: &[char], at: usize, lexicon: &Lexicon) -> bool {
    (at + 1..=word.len()).any(|end| lexicon.knows(&word[..end].iter().collect::<String>()))
}

/// A line of a table.
pub(super) struct Row<'t> {
    pub(super) line: u32,
    pub(super) columns: Vec<&'t str>,
}

/// The lines of a table after its heading, each with at least so many columns; others are reported.
fn rows<'t>(file: &str, text: &'t str, columns: usize, problems: &mut Vec<Problem>) -> Vec<Row<'t>> {
    let mut found = Vec::new();
    let lines =
        (1u32..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    for (line, text) in lines.skip(1) {
        let row = Row { line, columns: text.split('\t').map(str::trim).collect() };
        if row.columns.len() < columns || row.columns[0].is_empty() {
            problems.push(bad(file, line, text));
        } else {
            found.push(row);
        }
    }
    found
}

/// A line of a table that cannot be used.
pub(super) fn bad(file: &str, line: u32, text: &str) -> Problem {
    let finding = Finding::error("check-quechua-table-line", line, 1).with("text", text);
    Problem { file: format!("qu/{file}"), finding }
}
