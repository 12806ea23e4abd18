//! Rich Text Format: the text and what `\info` says. Pictures, tables of fonts and all that is not known are passed
//! over.

mod tokens;

use std::io::{Read, Seek, SeekFrom};

use crate::{domain::finding::Finding, formats::xml::windows_1252};

use self::tokens::{Token, Tokens};
use super::{
    Document, broken,
    words::{self, Languages, Words},
};

/// Deepest nesting of groups.
const MAX_DEPTH: usize = 500;
/// Longest run of text kept before it is handed on; longest title.
const MAX_RUN: usize = 4_000;
/// Groups whose text is not of the document, or is given twice.
const SKIPPED: [&str; 28] = [
    "annotation",
    "atnid",
    "bkmkend",
    "bkmkstart",
    "colortbl",
    "filetbl",
    "fldinst",
    "fonttbl",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "listtext",
    "nonshppict",
    "objdata",
    "pict",
    "pntext",
    "private",
    "rxe",
    "shprslt",
    "sp",
    "stylesheet",
    "tc",
    "xe",
];
/// Groups marked as passable that hold text of the document.
const KEPT: [&str; 3] = ["shpinst", "shptxt", "footnote"];

/// Where text of a group goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    /// `\info` outside its fields.
    Info,
    Title,
    Author,
    /// `\creatim`: its numbers say the day.
    Day,
    Nowhere,
}

/// What holds in a group, and in those inside.
#[derive(Clone, Copy)]
struct Group {
    place: Place,
    /// `\*` was read: what follows may be passed over.
    passable: bool,
    /// A paragraph was begun for this group alone.
    own_paragraph: bool,
    /// Signs that follow `\u` for programs that do not know it.
    fallback: usize,
    language: i32,
}

/// Reads a document.
pub(super) fn read<R: Read + Seek>(
    mut reader: R,
    limit: u64,
    document: &mut Document,
    words: &mut Words,
) -> Result<(), Finding> {
    let unreadable = |_| Finding::error_of_whole("check-archive-unreadable");
    reader.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut tokens = Tokens::new(reader, limit);
    let begins = tokens.next().map_err(unreadable)? == Some(Token::Open)
        && matches!(tokens.next().map_err(unreadable)?, Some(Token::Word("rtf", _)));
    if !begins {
        return Err(broken());
    }
    words.begin();
    let mut text = Text::new(words);
    while !text.groups.is_empty() && !text.words.full {
        if text.here().place == Place::Nowhere {
            tokens.pass_text().map_err(unreadable)?;
        }
        let Some(token) = tokens.next().map_err(unreadable)? else { break };
        if let Token::Word("bin", Some(count)) = token {
            tokens.pass(usize::try_from(count).unwrap_or(0)).map_err(unreadable)?;
        } else {
            text.take(token)?;
        }
    }
    text.flush();
    document.partial |= !text.groups.is_empty() || tokens.is_cut();
    document.title = words::title(&text.title);
    document.authors = words::authors(&text.author);
    let (year, month, day) = text.day;
    document.date = words::date(&format!("{year:04}-{month:02}-{day:02}"));
    text.languages.settle(words::language(tag(text.styled), ""), document);
    Ok(())
}

struct Text<'w> {
    words: &'w mut Words,
    languages: Languages,
    groups: Vec<Group>,
    /// Text not yet handed on.
    run: String,
    title: String,
    author: String,
    /// Year, month, day.
    day: (i32, i32, i32),
    /// Signs still to be left out after `\u`.
    leave: usize,
    /// The first half of a character of two.
    half: Option<u16>,
    /// Language of the whole.
    usual: i32,
    /// The first language that a style or the like speaks of.
    styled: i32,
    /// Whether bytes from 0x80 are of Windows-1252.
    western: bool,
}

impl<'w> Text<'w> {
    fn new(words: &'w mut Words) -> Self {
        let whole =
            Group { place: Place::Text, passable: false, own_paragraph: false, fallback: 1, language: 0 };
        Self {
            words,
            languages: Languages::default(),
            groups: vec![whole],
            run: String::new(),
            title: String::new(),
            author: String::new(),
            day: (0, 0, 0),
            leave: 0,
            half: None,
            usual: 0,
            styled: 0,
            western: true,
        }
    }

    fn here(&self) -> Group {
        let nowhere =
            Group { place: Place::Nowhere, passable: false, own_paragraph: false, fallback: 1, language: 0 };
        self.groups.last().copied().unwrap_or(nowhere)
    }

    fn set(&mut self, change: impl FnOnce(&mut Group)) {
        if let Some(group) = self.groups.last_mut() {
            change(group);
        }
    }

    fn take(&mut self, token: Token<'_>) -> Result<(), Finding> {
        match token {
            Token::Open => {
                self.leave = 0;
                if self.groups.len() >= MAX_DEPTH {
                    return Err(broken());
                }
                self.groups.push(Group { passable: false, own_paragraph: false, ..self.here() });
            }
            Token::Close => {
                self.leave = 0;
                self.flush();
                if self.groups.pop().is_some_and(|group| group.own_paragraph) {
                    self.words.end();
                }
            }
            _ if self.leave > 0 => self.leave -= 1,
            Token::Word("lang", Some(language)) if self.here().place == Place::Nowhere => {
                if tag(self.styled).is_empty() {
                    self.styled = language;
                }
            }
            _ if self.here().place == Place::Nowhere => {}
            Token::Word(word, number) => self.word(word, number),
            Token::Sign(b'*') => self.set(|group| group.passable = true),
            Token::Sign(b'~') => self.push(' '),
            Token::Sign(b'_') => self.push('-'),
            Token::Sign(b'\r' | b'\n') => self.paragraph(),
            Token::Sign(_) => {}
            Token::Byte(0x80..) if !self.western => self.push('\u{FFFD}'),
            Token::Byte(byte) => self.push(windows_1252(byte)),
        }
        Ok(())
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let passable = self.here().passable;
        self.set(|group| group.passable = false);
        if SKIPPED.contains(&word) || (passable && !KEPT.contains(&word)) {
            self.set(|group| group.place = Place::Nowhere);
            return;
        }
        let value = number.unwrap_or(0);
        match (word, self.here().place) {
            ("par" | "sect" | "page" | "row" | "nestrow", Place::Text) => self.paragraph(),
            ("footnote" | "shptxt", Place::Text) if !self.here().own_paragraph => {
                self.flush();
                self.words.begin();
                self.set(|group| group.own_paragraph = true);
            }
            ("tab" | "cell" | "nestcell" | "line" | "emspace" | "enspace" | "qmspace", _) => self.push(' '),
            ("u", _) => self.unicode(value),
            ("uc", _) => self.set(|group| group.fallback = usize::try_from(value).unwrap_or(1).min(16)),
            ("emdash", _) => self.push('—'),
            ("endash", _) => self.push('–'),
            ("lquote", _) => self.push('‘'),
            ("rquote", _) => self.push('’'),
            ("ldblquote", _) => self.push('“'),
            ("rdblquote", _) => self.push('”'),
            ("bullet", _) => self.push('•'),
            ("ansicpg", _) => self.western = matches!(value, 0 | 1252),
            ("mac" | "pc" | "pca", _) => self.western = false,
            ("deflang", _) => {
                self.usual = value;
                self.set(|group| group.language = value);
            }
            ("lang", Place::Text) => self.speak(value),
            ("plain", Place::Text) => self.speak(self.usual),
            ("info", _) => self.set(|group| group.place = Place::Info),
            ("title", Place::Info) => self.set(|group| group.place = Place::Title),
            ("author", Place::Info) => self.set(|group| group.place = Place::Author),
            ("creatim", Place::Info) => self.set(|group| group.place = Place::Day),
            ("yr", Place::Day) => self.day.0 = value,
            ("mo", Place::Day) => self.day.1 = value,
            ("dy", Place::Day) => self.day.2 = value,
            _ => {}
        }
    }

    /// A unit of UTF-16, written with a sign.
    fn unicode(&mut self, value: i32) {
        let unit = u16::try_from(value & 0xFFFF).unwrap_or(0);
        let units = [self.half.take(), Some(unit)].into_iter().flatten();
        if (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
        } else {
            for c in char::decode_utf16(units).flatten() {
                self.push(c);
            }
        }
        self.leave = self.here().fallback;
    }

    fn push(&mut self, c: char) {
        self.half = None;
        match self.here().place {
            _ if c.is_control() => {}
            Place::Text => {
                self.run.push(c);
                if self.run.len() > MAX_RUN {
                    self.flush();
                }
            }
            Place::Title if self.title.len() < MAX_RUN => self.title.push(c),
            Place::Author if self.author.len() < MAX_RUN => self.author.push(c),
            _ => {}
        }
    }

    fn speak(&mut self, language: i32) {
        if language != self.here().language {
            self.flush();
            self.set(|group| group.language = language);
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        self.words.end();
        self.words.begin();
    }

    /// Hands the run on.
    fn flush(&mut self) {
        if !self.run.is_empty() {
            self.languages.add(tag(self.here().language), self.run.len());
            self.words.push(&self.run);
            self.run.clear();
        }
    }
}

/// The tag of a language identifier of Windows (MS-LCID); empty for those not met in these schools.
fn tag(identifier: i32) -> &'static str {
    match (identifier, identifier & 0x3FF) {
        (0x280A, _) => "es-PE",
        (0x0C6B, _) => "quz-PE",
        (_, 0x0A) => "es",
        (_, 0x6B) => "quz",
        (_, 0x09) => "en",
        (_, 0x16) => "pt",
        (_, 0x0C) => "fr",
        _ => "",
    }
}
