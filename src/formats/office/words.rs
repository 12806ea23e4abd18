//! Text put together paragraph by paragraph up to a limit, and the tidying of single values: titles, names, dates.

use crate::formats::{
    epub::markup::{cut_at, push_collapsed},
    kind::FileKind,
};

use super::Document;

/// Titles that programs write by themselves.
const FILLED_IN: [&str; 6] = [
    "PowerPoint Presentation",
    "Presentación de PowerPoint",
    "Diapositiva 1",
    "Slide 1",
    "Sin título",
    "Untitled",
];
/// Most paragraphs inside one another.
const MAX_OPEN: usize = 100;
/// Languages counted apart.
const MAX_LANGUAGES: usize = 16;
/// Longest language tag.
const MAX_TAG: usize = 35;

/// Collects paragraphs. One that begins inside another, as in a text box, comes before it.
pub(super) struct Words {
    text: String,
    /// Paragraphs that are open, the innermost last.
    open: Vec<String>,
    /// Bytes that may still be kept.
    left: usize,
    /// Text was left out.
    pub(super) full: bool,
}

impl Words {
    pub(super) fn new(limit: usize) -> Self {
        Self { text: String::new(), open: Vec::new(), left: limit, full: false }
    }

    /// A paragraph begins.
    pub(super) fn begin(&mut self) {
        if self.open.len() >= MAX_OPEN {
            self.end();
        }
        self.open.push(String::new());
    }

    /// Text of the innermost paragraph; runs of spaces become one. Between paragraphs nothing is taken.
    pub(super) fn push(&mut self, text: &str) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let fits = cut_at(text, self.left);
        self.full |= fits.len() < text.len();
        self.left -= fits.len();
        push_collapsed(paragraph, fits);
    }

    /// Takes bytes for what is kept beside the text; `false` when they are not left.
    pub(super) fn charge(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.full |= left.is_none();
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// The paragraph ends.
    pub(super) fn end(&mut self) {
        let paragraph = self.open.pop().unwrap_or_default();
        let paragraph = paragraph.trim_end();
        if !paragraph.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(paragraph);
        }
    }

    /// The paragraph ends and is left out.
    pub(super) fn drop(&mut self) {
        self.open.pop();
    }

    /// Bytes of the text so far.
    pub(super) fn mark(&self) -> usize {
        self.text.len()
    }

    /// Takes out what came since the mark, as one line.
    pub(super) fn take_since(&mut self, mark: usize) -> String {
        let taken = self.text.get(mark..).unwrap_or_default().trim_start().replace('\n', " ");
        self.text.truncate(mark);
        taken
    }

    /// Takes out all text so far; paragraphs that were left open end.
    pub(super) fn take(&mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        std::mem::take(&mut self.text)
    }
}

/// In which language how much is written.
#[derive(Default)]
pub(super) struct Languages {
    counts: Vec<(String, usize)>,
}

impl Languages {
    /// So many bytes of text are marked with that tag; empty for those without a mark.
    pub(super) fn add(&mut self, tag: &str, bytes: usize) {
        let tag = if tag.len() <= MAX_TAG { tag } else { "" };
        if let Some((_, count)) = self.counts.iter_mut().find(|(known, _)| known == tag) {
            *count += bytes;
        } else if self.counts.len() < MAX_LANGUAGES {
            self.counts.push((tag.to_owned(), bytes));
        }
    }

    /// Sets the language that most is written in, if the document does not tell one; text without a mark is in
    /// the `usual` one.
    pub(super) fn settle(&self, usual: Option<String>, document: &mut Document) {
        if document.language.is_some() {
            return;
        }
        let most = self.counts.iter().max_by_key(|(_, count)| *count).map(|(tag, _)| tag.as_str());
        document.language = most.and_then(|tag| language(tag, "")).or(usual);
    }
}

/// A value on one line, of at most 500 characters.
fn tidy(value: &str) -> String {
    let words = cut_at(value, 4_000)
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(500).collect()
}

pub(super) fn title(value: &str) -> Option<String> {
    Some(tidy(value)).filter(|title| !title.is_empty() && !FILLED_IN.contains(&title.as_str()))
}

/// What is said of a picture; nothing when it is only the name of a file.
pub(super) fn alt(value: &str) -> String {
    Some(tidy(value)).filter(|alt| FileKind::of_ending(alt).is_none()).unwrap_or_default()
}

/// Names, which Microsoft's programs separate by semicolons.
pub(super) fn authors(value: &str) -> Vec<String> {
    value.split(';').map(tidy).filter(|name| !name.is_empty()).take(10).collect()
}

/// A language tag of a language and a country; none for what only looks like one.
pub(super) fn language(language: &str, country: &str) -> Option<String> {
    let (language, country) = (language.trim(), country.trim());
    let letters = language.split('-').next().unwrap_or_default();
    let sound =
        |tag: &str| tag.len() <= MAX_TAG && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !(2..=3).contains(&letters.len()) || letters == "zxx" || letters == "und" || !sound(language) {
        return None;
    }
    let known_country = country.len() == 2 && sound(country);
    Some(if known_country { format!("{language}-{country}") } else { language.to_owned() })
}

/// The day of a date with or without a time.
pub(super) fn date(value: &str) -> Option<String> {
    let day = value.trim().get(..10)?;
    let sound = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    (sound && day > "1970").then(|| day.to_owned())
}
