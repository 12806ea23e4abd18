//! The gate itself: cuts a text into words and sentences and says what is wrong with each.

use crate::{
    domain::finding::{Finding, Problem},
    i18n::quechua::{
        lexicon::{Lexicon, Tables},
        morphology::State,
        spelling::{is_well_formed, without_accent},
    },
};

/// Stands in a text for what is not known yet (a Fluent placeable, a name filled in later). Suffixes may follow it:
/// `\u{FFFC}manta`.
pub const HOLE: char = '\u{FFFC}';

/// Most words a sentence may have: Quechua words carry what takes Spanish several.
pub const MAX_SENTENCE_WORDS: usize = 10;

/// Longest word looked at, in characters.
const MAX_WORD: usize = 64;

/// Checks Quechua texts. Cheap to share, not to build.
#[derive(Debug, Clone)]
pub struct Gate {
    lexicon: Lexicon,
}

/// Something wrong with a word or a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordProblem {
    /// The word as written; of a long sentence, its first.
    pub word: String,
    /// What is wrong.
    pub kind: WordKind,
    /// Line of the word, from 1.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
}

/// What is wrong with a word or a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordKind {
    /// An apostrophe other than `'` (U+0027).
    Apostrophe,
    /// A form of another norm; what to write instead.
    Discouraged(String),
    /// `nisqa` after a loan: the suffix joins the loan itself (`internetpi`, not `internet nisqapi`).
    Nisqa,
    /// Not the Quechua alphabet and syllable, and no admitted loan or name.
    Spelling,
    /// Well spelt, but no known root with possible suffixes.
    Unknown,
    /// A sentence of so many words, more than [`MAX_SENTENCE_WORDS`].
    LongSentence(usize),
}

impl WordProblem {
    /// The finding for a person, at the word's place.
    pub fn finding(&self) -> Finding {
        let at = |id| Finding::error(id, self.line, self.column).with("word", &self.word);
        match &self.kind {
            WordKind::Apostrophe => at("check-quechua-apostrophe"),
            WordKind::Discouraged(write) => at("check-quechua-discouraged").with("write", write),
            WordKind::Nisqa => at("check-quechua-nisqa"),
            WordKind::Spelling => at("check-quechua-spelling"),
            WordKind::Unknown => at("check-quechua-unknown"),
            WordKind::LongSentence(words) => {
                at("check-quechua-long-sentence").with("words", words).with("most", MAX_SENTENCE_WORDS)
            }
        }
    }
}

impl Gate {
    /// A gate of these tables; `names` are names of people and places besides those of the vocabulary (class `name`).
    /// Lines of the tables that cannot be used are reported and left out.
    pub fn new(tables: &Tables, names: &[&str]) -> (Self, Vec<Problem>) {
        let (lexicon, problems) = Lexicon::read(tables, names);
        (Self { lexicon }, problems)
    }

    /// The gate of the tables in the binary.
    pub fn embedded() -> (Self, Vec<Problem>) {
        Self::new(&Tables::embedded(), &[])
    }

    /// What is wrong with a plain text, in order. An empty line ends a sentence; a line break alone does not.
    ///
    /// A Spanish gloss in brackets passes, as in «pakaqillqa (contraseña)»: up to three words at the beginning of a
    /// bracket, on one line, none of which could be Quechua.
    pub fn check_text(&self, text: &str) -> Vec<WordProblem> {
        let mut problems = Vec::new();
        let mut sentence = Sentence::default();
        let mut after_loan = false;
        for (line, written) in (1u32..).zip(text.lines()) {
            if written.trim().is_empty() {
                sentence.end(&mut problems);
            }
            let glosses = self.glosses(written, line);
            for chunk in chunks(written, line) {
                if chunk.is_address() {
                    sentence.add(&chunk);
                } else {
                    for token in chunk.tokens() {
                        sentence.add(&token);
                        if glosses.binary_search(&token.column).is_ok() {
                            continue;
                        }
                        let verdict = self.verdict(token.text, after_loan);
                        after_loan = matches!(verdict, Ok(Stem::Loan));
                        problems.extend(verdict.err().map(|kind| token.problem(kind)));
                    }
                }
                if chunk.ends_sentence() {
                    sentence.end(&mut problems);
                }
            }
        }
        sentence.end(&mut problems);
        problems
    }

    /// The columns, in order, of the words on a line that are Spanish glosses in brackets.
    fn glosses(&self, written: &str, line: u32) -> Vec<u32> {
        const MOST_WORDS: usize = 3;
        let foreign = |word: &Span<'_>| self.verdict(word.text, false) == Err(WordKind::Spelling);
        let mut columns = Vec::new();
        let mut open = None;
        for (column, (at, c)) in (1u32..).zip(written.char_indices()) {
            match (c, open) {
                ('(', _) => open = Some((at + 1, column + 1)),
                (')' | ':', Some((from, column))) => {
                    let words: Vec<_> = Span { text: &written[from..at], line, column }.tokens().collect();
                    if words.len() <= MOST_WORDS && words.iter().all(foreign) {
                        columns.extend(words.iter().map(|word| word.column));
                    }
                    open = None;
                }
                _ => {}
            }
        }
        columns
    }

    /// Whether this single word passes.
    pub fn accepts(&self, word: &str) -> bool {
        self.verdict(word, false).is_ok()
    }

    fn verdict(&self, word: &str, after_loan: bool) -> Result<Stem, WordKind> {
        if word.chars().any(is_odd_apostrophe) {
            return Err(WordKind::Apostrophe);
        }
        if word.chars().count() > MAX_WORD {
            return Err(WordKind::Unknown);
        }
        if let Some(at) = word.find(|c: char| c.is_ascii_digit() || c == HOLE) {
            return self.verdict_of_code(word, at);
        }
        if is_acronym(word) {
            return Ok(Stem::Code);
        }
        let lower: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        if after_loan && lower.starts_with(&['n', 'i', 's', 'q', 'a']) {
            return Err(WordKind::Nisqa);
        }
        if let Some(rule) = self.lexicon.discouraged.iter().find(|rule| rule.finds(&lower, &self.lexicon)) {
            return Err(WordKind::Discouraged(rule.write.clone()));
        }
        let capital = word.starts_with(char::is_uppercase);
        if self.has_stem(&lower, |stem| self.lexicon.loans.contains(stem)) {
            return Ok(Stem::Loan);
        }
        if capital && self.has_stem(&lower, |stem| self.lexicon.names.contains(stem)) {
            return Ok(Stem::Name);
        }
        if !is_well_formed(&lower) {
            return Err(WordKind::Spelling);
        }
        if self.has_root(&lower) { Ok(Stem::Root) } else { Err(WordKind::Unknown) }
    }

    /// A word with digits or a hole in it: a number or a hole with suffixes (`2026pi`), or a code in capitals (`MP3`).
    fn verdict_of_code(&self, word: &str, at: usize) -> Result<Stem, WordKind> {
        let is_stem = |c: char| c.is_ascii_digit() || c == HOLE;
        let suffixes: Vec<char> = word.trim_start_matches(is_stem).chars().map(without_accent).collect();
        let states = [self.lexicon.nominal, self.lexicon.numeral];
        let begins: Vec<(usize, State)> = states.into_iter().flatten().map(|state| (0, state)).collect();
        if at == 0 && (suffixes.is_empty() || self.lexicon.suffixes.accepts(&suffixes, &begins)) {
            return Ok(Stem::Code);
        }
        let capitals = word.chars().all(|c| is_stem(c) || c.is_uppercase());
        if capitals { Ok(Stem::Code) } else { Err(WordKind::Unknown) }
    }

    /// Whether a word is a known foreign stem, alone or with the suffixes of a noun.
    fn has_stem(&self, lower: &[char], known: impl Fn(&str) -> bool) -> bool {
        const SHORTEST: usize = 2;
        let Some(nominal) = self.lexicon.nominal else { return false };
        let stems = (SHORTEST..=lower.len()).filter(|len| known(&lower[..*len].iter().collect::<String>()));
        let begins: Vec<(usize, State)> = stems.map(|len| (len, nominal)).collect();
        let folded: Vec<char> = lower.iter().copied().map(without_accent).collect();
        begins.iter().any(|(len, _)| *len == lower.len()) || self.lexicon.suffixes.accepts(&folded, &begins)
    }

    /// Whether a word is a known root with possible suffixes.
    fn has_root(&self, lower: &[char]) -> bool {
        let folded: Vec<char> = lower.iter().copied().map(without_accent).collect();
        let mut begins = Vec::new();
        let mut stem = String::new();
        for (at, c) in folded.iter().enumerate() {
            stem.push(*c);
            let states = self.lexicon.roots.get(&stem).into_iter().flatten();
            begins.extend(states.map(|state| (at + 1, *state)));
        }
        self.lexicon.suffixes.accepts(&folded, &begins)
    }
}

/// What a word was recognised by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stem {
    Root,
    Loan,
    Name,
    Code,
}

/// A stretch of a line with its place.
struct Span<'t> {
    text: &'t str,
    line: u32,
    column: u32,
}

/// The stretches between white space.
fn chunks(line: &str, number: u32) -> impl Iterator<Item = Span<'_>> {
    spans(line, number, 1, |_, c, _| !c.is_whitespace())
}

impl<'t> Span<'t> {
    /// The words of a chunk: letters and digits with the apostrophes between them.
    fn tokens(&self) -> impl Iterator<Item = Span<'t>> {
        spans(self.text, self.line, self.column, |before, c, after| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let combining = ('\u{300}'..='\u{36f}').contains(&c);
            let apostrophe = (c == '\'' || is_odd_apostrophe(c)) && letter(before) && letter(after);
            c.is_alphanumeric() || c == HOLE || combining || apostrophe
        })
    }

    /// An address of the web or of mail, not words.
    fn is_address(&self) -> bool {
        self.text.contains("://") || self.text.contains('@')
    }

    fn ends_sentence(&self) -> bool {
        let closing = |c: char| matches!(c, '"' | '\'' | '»' | '”' | ')' | ']' | '*' | '_');
        self.text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', ';'])
    }

    fn problem(&self, kind: WordKind) -> WordProblem {
        WordProblem { word: self.text.to_owned(), kind, line: self.line, column: self.column }
    }
}

/// The stretches of a text whose characters belong to them, judged with the neighbours on both sides.
fn spans(
    text: &str,
    line: u32,
    column: u32,
    belongs: impl Fn(Option<char>, char, Option<char>) -> bool,
) -> impl Iterator<Item = Span<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, u32)> = None;
    let mut before = None;
    let mut at_column = column;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        match (belongs(before, c, after), open) {
            (true, None) => open = Some((at, at_column)),
            (false, Some((from, column))) => {
                found.push(Span { text: &text[from..at], line, column });
                open = None;
            }
            _ => {}
        }
        before = Some(c);
        at_column = at_column.saturating_add(1);
    }
    found.extend(open.map(|(from, column)| Span { text: &text[from..], line, column }));
    found.into_iter()
}

/// The sentence being read.
#[derive(Default)]
struct Sentence {
    first: Option<WordProblem>,
    words: usize,
}

impl Sentence {
    fn add(&mut self, span: &Span<'_>) {
        self.words += 1;
        self.first.get_or_insert_with(|| span.problem(WordKind::LongSentence(0)));
    }

    fn end(&mut self, problems: &mut Vec<WordProblem>) {
        let words = std::mem::take(&mut self.words);
        let first = self.first.take();
        if words > MAX_SENTENCE_WORDS {
            problems.extend(first.map(|first| WordProblem { kind: WordKind::LongSentence(words), ..first }));
        }
    }
}

/// One to five capitals: DNI, PDF, the BY of a licence, the B of bytes, the cycle V.
fn is_acronym(word: &str) -> bool {
    (1..=5).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

/// Signs people type or paste for the apostrophe.
fn is_odd_apostrophe(c: char) -> bool {
    matches!(c, '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{00B4}' | '`')
}
