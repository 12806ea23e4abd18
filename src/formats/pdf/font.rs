//! Which letters the codes of a font stand for: its `ToUnicode` map, or its encoding and differences.

use std::collections::HashMap;

use super::{
    file::File,
    objects::{Dict, Lexer, Object},
};

/// Most codes of a map.
const MAX_CODES: usize = 70_000;

/// Codes 0x80 to 0x9f of `WinAnsiEncoding`; the rest is as in Latin-1.
const WIN_ANSI: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";
/// Codes 0x80 to 0xff of `MacRomanEncoding`.
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/// Names of glyphs beside letters, which are their own names.
const NAMED: [(&str, &str); 52] = [
    ("space", " "),
    ("period", "."),
    ("comma", ","),
    ("colon", ":"),
    ("semicolon", ";"),
    ("exclam", "!"),
    ("exclamdown", "¡"),
    ("question", "?"),
    ("questiondown", "¿"),
    ("quotesingle", "'"),
    ("quoteright", "’"),
    ("quoteleft", "‘"),
    ("quotedbl", "\""),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("hyphen", "-"),
    ("minus", "-"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("bracketleft", "["),
    ("bracketright", "]"),
    ("slash", "/"),
    ("percent", "%"),
    ("plus", "+"),
    ("equal", "="),
    ("ampersand", "&"),
    ("asterisk", "*"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("ordfeminine", "ª"),
    ("ordmasculine", "º"),
    ("degree", "°"),
    ("nbspace", " "),
];
const LIGATURES: [(char, &str); 5] = [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl")];
/// Letters with marks: the mark's name, the mark alone, and what it makes of letters.
const MARKED: [(&str, char, &str); 6] = [
    ("acute", '´', "aáeéiíoóuúyýAÁEÉIÍOÓUÚYÝ"),
    ("grave", '`', "aàeèiìoòuùAÀEÈIÌOÒUÙ"),
    ("circumflex", 'ˆ', "aâeêiîoôuûAÂEÊIÎOÔUÛ"),
    ("dieresis", '¨', "aäeëiïoöuüAÄEËIÏOÖUÜ"),
    ("tilde", '˜', "nñaãoõNÑAÃOÕ"),
    ("cedilla", '¸', "cçCÇ"),
];

/// Most bytes of UTF-16 that one code stands for: a ligature, a letter with its marks.
const MAX_LETTERS: usize = 32;
/// Width of a code when the font does not tell it, in thousandths of its size.
const USUAL_WIDTH: f64 = 500.0;

/// How the codes of a font are read.
#[derive(Default)]
pub(super) struct Font {
    map: HashMap<u32, String>,
    /// Widths of codes, and of those not told, in thousandths of the font's size.
    widths: HashMap<u32, f64>,
    usual_width: f64,
    wide: bool,
    mac: bool,
}

impl Font {
    pub(super) fn new(file: &File<'_>, dict: &Dict) -> Self {
        let wide = file.name(dict, b"Subtype").as_deref() == Some(b"Type0");
        let mut font = Self { wide, ..Self::default() };
        match file.value(dict, b"Encoding") {
            Some(Object::Name(name)) => font.mac = name == b"MacRomanEncoding",
            Some(Object::Dict(encoding)) => {
                font.mac = file.name(&encoding, b"BaseEncoding").as_deref() == Some(b"MacRomanEncoding");
                let mut code = 0;
                for item in file.array(&encoding, b"Differences").unwrap_or_default() {
                    if let Object::Name(name) = &item {
                        font.map.extend(glyph(name).map(|letters| (code, letters)));
                        code += 1;
                    } else {
                        code = item.whole().unwrap_or(code).min(255);
                    }
                }
            }
            _ => {}
        }
        if let Some(Object::Ref(number)) = dict.get(b"ToUnicode".as_slice())
            && let Some(stream) = file.stream(*number)
        {
            font.read_map(&stream);
        }
        font.read_widths(file, dict);
        font
    }

    /// Codes that the font knows something of: what it weighs in memory.
    pub(super) fn codes(&self) -> usize {
        self.map.len() + self.widths.len()
    }

    /// Whether the font says how wide its letters are.
    pub(super) fn tells_widths(&self) -> bool {
        !self.widths.is_empty()
    }

    fn read_widths(&mut self, file: &File<'_>, dict: &Dict) {
        let number = |dict: &Dict, key: &[u8]| file.value(dict, key).and_then(|value| value.number());
        self.usual_width = USUAL_WIDTH;
        if !self.wide {
            let first = file.value(dict, b"FirstChar").and_then(|first| first.whole()).unwrap_or(0).min(255);
            // Glyphs that are drawings have a measure of their own.
            let measure = file.array(dict, b"FontMatrix").and_then(|matrix| matrix.first()?.number());
            let unit = measure.map_or(1.0, |measure| measure * 1000.0);
            let widths = file.array(dict, b"Widths").unwrap_or_default();
            let widths = widths.iter().map(|width| width.number().map(|width| width * unit));
            self.widths = (first..256).zip(widths).filter_map(|(code, width)| Some((code, width?))).collect();
            return;
        }
        let below = file.array(dict, b"DescendantFonts").unwrap_or_default();
        let Some(Object::Dict(below)) = below.first().and_then(|font| file.resolve(font)) else { return };
        self.usual_width = number(&below, b"DW").unwrap_or(1000.0);
        // Codes are given one by one, `3 [500 600]`, or as a range, `3 9 500`.
        let items = file.array(&below, b"W").unwrap_or_default();
        let mut items = items.iter();
        while let (Some(first), Some(second)) = (items.next().and_then(Object::whole), items.next()) {
            match file.resolve(second) {
                Some(Object::Array(widths)) => {
                    let widths = widths.iter().map(|width| width.number().unwrap_or(USUAL_WIDTH));
                    self.widths.extend((first..=0xffff).zip(widths));
                }
                Some(last) => {
                    let (last, width) = (last.whole().unwrap_or(0).min(0xffff), items.next());
                    let width = width.and_then(Object::number).unwrap_or(USUAL_WIDTH);
                    if file.spend(usize::try_from(last.saturating_sub(first)).unwrap_or(0)).is_none() {
                        return;
                    }
                    self.widths.extend((first..=last).map(|code| (code, width)));
                }
                None => return,
            }
        }
    }

    /// The code units of a shown string.
    fn codes_of<'b>(&self, bytes: &'b [u8]) -> impl Iterator<Item = u32> + use<'b> {
        bytes.chunks(if self.wide { 2 } else { 1 }).map(number)
    }

    /// Width of a shown string, in sizes of the font; and how many codes and spaces it has.
    pub(super) fn width(&self, bytes: &[u8]) -> (f64, u32, u32) {
        let (mut width, mut count, mut spaces) = (0.0, 0, 0);
        for code in self.codes_of(bytes) {
            width += self.widths.get(&code).copied().unwrap_or(self.usual_width) / 1000.0;
            count += 1;
            spaces += u32::from(code == 32 && !self.wide);
        }
        (width, count, spaces)
    }

    fn read_map(&mut self, stream: &[u8]) {
        let (mut lexer, mut operands) = (Lexer::new(stream, 0), Vec::new());
        while let Some(object) = lexer.next().filter(|_| self.map.len() < MAX_CODES) {
            let Object::Word(word) = object else {
                if operands.len() < 1_000 {
                    operands.push(object);
                }
                continue;
            };
            match word.as_slice() {
                b"endbfchar" => {
                    for pair in operands.chunks_exact(2) {
                        if let [Object::Text(code), Object::Text(letters)] = pair {
                            self.map.insert(number(code), mapped(letters));
                        }
                    }
                }
                b"endbfrange" => {
                    for range in operands.chunks_exact(3) {
                        self.read_range(range);
                    }
                }
                _ => {}
            }
            operands.clear();
        }
    }

    fn read_range(&mut self, range: &[Object]) {
        let [Object::Text(first), Object::Text(last), target] = range else { return };
        let first = number(first);
        for code in first..=number(last).min(first.saturating_add(0xffff)) {
            if self.map.len() >= MAX_CODES {
                return;
            }
            let step = code - first;
            let letters = match target {
                Object::Text(letters) if letters.len() <= MAX_LETTERS => {
                    let head = letters.len().saturating_sub(2);
                    let (head, tail) = letters.split_at(head);
                    let unit = u16::try_from((number(tail) + step) & 0xffff).unwrap_or(0);
                    utf16(&[head, &unit.to_be_bytes()].concat())
                }
                Object::Array(items) => match usize::try_from(step).ok().and_then(|step| items.get(step)) {
                    Some(Object::Text(letters)) => mapped(letters),
                    _ => return,
                },
                _ => return,
            };
            self.map.insert(code, letters);
        }
    }

    /// The letters of a shown string; codes that stand for nothing known are left out.
    pub(super) fn letters(&self, bytes: &[u8]) -> String {
        let mut text = String::new();
        for value in self.codes_of(bytes) {
            if let Some(letters) = self.map.get(&value) {
                text.push_str(letters);
            } else if !self.wide {
                text.extend(self.simple(value));
            }
        }
        text.retain(|c| !c.is_control() || c == ' ');
        text
    }

    fn simple(&self, code: u32) -> Option<char> {
        let high =
            |table: &str, first: u32| table.chars().nth(usize::try_from(code.checked_sub(first)?).ok()?);
        match code {
            0x80.. if self.mac => high(MAC_ROMAN, 0x80),
            0x80..=0x9f => high(WIN_ANSI, 0x80),
            code => char::from_u32(code),
        }
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// The letters of a code, as a map gives them.
fn mapped(letters: &[u8]) -> String {
    utf16(letters.get(..MAX_LETTERS).unwrap_or(letters))
}

/// Text in UTF-16, the high byte first; ligatures as the letters that they join.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::try_from(number(pair)).unwrap_or(0));
    let text: String = char::decode_utf16(units).filter_map(Result::ok).take(64 * 1024).collect();
    let mut text = text;
    for (ligature, letters) in LIGATURES {
        if text.contains(ligature) {
            text = text.replace(ligature, letters);
        }
    }
    text
}

/// The letters of a glyph's name.
fn glyph(name: &[u8]) -> Option<String> {
    let name = str::from_utf8(name).ok()?.split('.').next()?;
    if name.chars().count() == 1 {
        return Some(name.to_owned());
    }
    if let Some((_, letters)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some((*letters).to_owned());
    }
    if let Some(code) = name.strip_prefix("uni").or_else(|| name.strip_prefix('u')) {
        let code = code.get(..4.min(code.len())).and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(letter) = code.and_then(char::from_u32) {
            return Some(letter.to_string());
        }
    }
    let mut letters = name.chars();
    let (letter, mark) = (letters.next()?, letters.as_str());
    with_mark(letter, MARKED.iter().find(|(known, ..)| *known == mark)?.2).map(String::from)
}

/// The letter with a mark, by the row of the table for that mark.
fn with_mark(letter: char, pairs: &str) -> Option<char> {
    let mut pairs = pairs.chars();
    while let (Some(plain), Some(marked)) = (pairs.next(), pairs.next()) {
        if plain == letter {
            return Some(marked);
        }
    }
    None
}

/// Marks that stand before their letter, as TeX sets them, joined with it: `dif´ıcil` → `difícil`.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let mark = MARKED.iter().find(|(_, mark, _)| *mark == letter);
        let next = letters.peek().map(|next| if *next == 'ı' { 'i' } else { *next });
        let marked = mark.zip(next).and_then(|((_, _, pairs), next)| with_mark(next, pairs));
        if marked.is_some() {
            letters.next();
        }
        out.push(marked.unwrap_or(letter));
    }
    out
}
