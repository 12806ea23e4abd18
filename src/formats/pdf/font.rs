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
/// Letters with marks: the mark's name and what it makes of letters.
const MARKED: [(&str, &str); 6] = [
    ("acute", "aáeéiíoóuúyýAÁEÉIÍOÓUÚYÝ"),
    ("grave", "aàeèiìoòuùAÀEÈIÌOÒUÙ"),
    ("circumflex", "aâeêiîoôuûAÂEÊIÎOÔUÛ"),
    ("dieresis", "aäeëiïoöuüAÄEËIÏOÖUÜ"),
    ("tilde", "nñaãoõNÑAÃOÕ"),
    ("cedilla", "cçCÇ"),
];

/// How the codes of a font are read.
#[derive(Default)]
pub(super) struct Font {
    map: HashMap<u32, String>,
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
        font
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
                            self.map.insert(number(code), utf16(letters));
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
                Object::Text(letters) => {
                    let head = letters.len().saturating_sub(2);
                    let (head, tail) = letters.split_at(head);
                    let unit = u16::try_from((number(tail) + step) & 0xffff).unwrap_or(0);
                    utf16(&[head, &unit.to_be_bytes()].concat())
                }
                Object::Array(items) => match usize::try_from(step).ok().and_then(|step| items.get(step)) {
                    Some(Object::Text(letters)) => utf16(letters),
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
        for code in bytes.chunks(if self.wide { 2 } else { 1 }) {
            let value = number(code);
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

/// Text in UTF-16, the high byte first.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::try_from(number(pair)).unwrap_or(0));
    let text: String = char::decode_utf16(units).filter_map(Result::ok).take(64 * 1024).collect();
    text.replace('ﬁ', "fi").replace('ﬂ', "fl")
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
    let (_, table) = MARKED.iter().find(|(known, _)| *known == mark)?;
    let mut pairs = table.chars();
    while let (Some(plain), Some(marked)) = (pairs.next(), pairs.next()) {
        if plain == letter {
            return Some(marked.to_string());
        }
    }
    None
}
