//! The words of a page out of its drawing operators. Spaces and lines are guessed from moves.

use std::{collections::HashMap, rc::Rc};

use super::{
    file::File,
    filters::MAX_STREAM,
    font::{Font, joined},
    objects::{Dict, Lexer, Object},
    words,
};

/// Deepest nesting of forms.
const MAX_FORMS: usize = 6;
/// Narrowest gap between words, in sizes of the font; and where the width of the letters before it is guessed.
const GAP: f64 = 0.14;
const GUESSED_GAP: f64 = 0.25;
/// Most codes of the fonts that are kept.
const MAX_CODES: usize = 100_000;

/// Collects text page by page.
pub(super) struct Reader<'f, 'a> {
    file: &'f File<'a>,
    fonts: HashMap<u32, Rc<Font>>,
    /// Codes of these fonts.
    codes: usize,
    text: String,
    font: Option<Rc<Font>>,
    size: f64,
    /// Beginning of the line and, as far as it is known, the end of what was shown.
    line: (f64, f64),
    end: (f64, f64),
    scale: f64,
    leading: f64,
    /// What is added after each code, and after each space.
    spacing: (f64, f64),
    /// Pieces of marked content that are open.
    marked: usize,
    /// Since how many open pieces another text stands for what is shown, and that text until it is written.
    instead: Option<(usize, Option<String>)>,
}

impl<'f, 'a> Reader<'f, 'a> {
    pub(super) fn new(file: &'f File<'a>) -> Self {
        let (zero, text) = ((0.0, 0.0), String::new());
        Self {
            file,
            fonts: HashMap::new(),
            codes: 0,
            text,
            font: None,
            size: 1.0,
            line: zero,
            end: zero,
            scale: 1.0,
            leading: 0.0,
            spacing: zero,
            marked: 0,
            instead: None,
        }
    }

    /// The text of a page, at most `limit` bytes and a little.
    pub(super) fn page(&mut self, page: &Dict, resources: &Dict, limit: usize) -> String {
        let contents = match page.get(b"Contents".as_slice()) {
            Some(Object::Ref(number)) => match self.file.get(*number) {
                Some(Object::Array(parts)) => parts,
                _ => vec![Object::Ref(*number)],
            },
            Some(Object::Array(parts)) => parts.clone(),
            _ => Vec::new(),
        };
        let mut bytes = Vec::new();
        for part in &contents {
            if let Object::Ref(number) = part
                && bytes.len() < MAX_STREAM
            {
                bytes.extend(self.file.stream(*number).unwrap_or_default());
                bytes.push(b'\n');
            }
        }
        (self.marked, self.instead) = (0, None);
        self.run(&bytes, resources, 0, limit);
        let lines = self.text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let text = joined(&lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
        self.text.clear();
        text
    }

    fn run(&mut self, bytes: &[u8], resources: &Dict, depth: usize, limit: usize) {
        let (mut lexer, mut operands) = (Lexer::new(bytes, 0), Vec::new());
        while let Some(object) = lexer.next() {
            if self.text.len() > limit {
                return;
            }
            if let Object::Word(word) = object {
                if word == b"ID" {
                    // The bytes of a picture in the line are no operators.
                    let rest = bytes.get(lexer.at..).unwrap_or_default();
                    let end = rest.windows(3).position(|w| matches!(w, [0 | 9 | 10 | 13 | 32, b'E', b'I']));
                    lexer.at += end.map_or(rest.len(), |end| end + 3);
                }
                self.operator(&word, &operands, resources, depth, limit);
                operands.clear();
            } else if operands.len() < 16 {
                operands.push(object);
            }
        }
    }

    fn operator(&mut self, word: &[u8], operands: &[Object], resources: &Dict, depth: usize, limit: usize) {
        let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
        match (word, operands) {
            (b"BT", _) => {
                self.line = (0.0, 0.0);
                self.scale = 1.0;
            }
            (b"Tf", [Object::Name(name), ..]) => {
                self.size = number(1);
                self.font = self.font(resources, name);
            }
            (b"TL", _) => self.leading = number(0),
            (b"Tc", _) => self.spacing.0 = number(0),
            (b"Tw", _) => self.spacing.1 = number(0),
            (b"BMC", _) => self.marked += 1,
            (b"BDC", _) => self.begin_marked(operands.get(1), resources),
            (b"EMC", _) => self.end_marked(),
            (b"Td", _) => self.step(number(0), number(1)),
            (b"TD", _) => {
                self.leading = -number(1);
                self.step(number(0), number(1));
            }
            (b"T*", _) => self.step(0.0, -self.leading),
            (b"Tm", _) => {
                self.scale = number(0).abs().max(number(1).abs());
                self.line = (number(4), number(5));
                self.moved();
            }
            (b"Tj", [Object::Text(text)]) => self.show(text),
            (b"'", [Object::Text(text)]) | (b"\"", [_, _, Object::Text(text)]) => {
                self.step(0.0, -self.leading);
                self.show(text);
            }
            (b"TJ", [Object::Array(items)]) => {
                for item in items {
                    match item {
                        Object::Text(text) => self.show(text),
                        Object::Number(gap) => {
                            if *gap < -GAP * 1000.0 {
                                self.space();
                            }
                            self.end.0 -= gap / 1000.0 * (self.size * self.scale).abs();
                        }
                        _ => {}
                    }
                }
            }
            (b"Do", [Object::Name(name)]) if depth < MAX_FORMS => self.form(name, resources, depth, limit),
            _ => {}
        }
    }

    fn form(&mut self, name: &[u8], resources: &Dict, depth: usize, limit: usize) {
        let forms = self.file.dict(resources, b"XObject").unwrap_or_default();
        let Some(Object::Ref(number)) = forms.get(name) else { return };
        let Some(Object::Dict(form)) = self.file.get(*number) else { return };
        if self.file.name(&form, b"Subtype").as_deref() == Some(b"Form")
            && let Some(bytes) = self.file.stream(*number)
        {
            let own = self.file.dict(&form, b"Resources");
            self.run(&bytes, own.as_ref().unwrap_or(resources), depth + 1, limit);
        }
    }

    fn font(&mut self, resources: &Dict, name: &[u8]) -> Option<Rc<Font>> {
        let fonts = self.file.dict(resources, b"Font")?;
        let known = match fonts.get(name) {
            Some(Object::Ref(number)) => Some(*number),
            _ => None,
        };
        if let Some(font) = known.and_then(|number| self.fonts.get(&number)) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::new(self.file, &self.file.dict(&fonts, name)?));
        if let Some(number) = known {
            self.codes += font.codes();
            if self.codes > MAX_CODES {
                self.fonts.clear();
                self.codes = font.codes();
            }
            self.fonts.insert(number, Rc::clone(&font));
        }
        Some(font)
    }

    fn step(&mut self, x: f64, y: f64) {
        self.line = (self.line.0 + x * self.scale, self.line.1 + y * self.scale);
        self.moved();
    }

    /// After a move: another height begins a line, a gap a word.
    fn moved(&mut self) {
        let size = (self.size * self.scale).abs().max(0.1);
        let gap = if self.font.as_ref().is_some_and(|font| font.tells_widths()) { GAP } else { GUESSED_GAP };
        if (self.line.1 - self.end.1).abs() > size * 0.4 {
            self.text.push('\n');
        } else if (self.line.0 - self.end.0).abs() > size * gap {
            self.space();
        }
        self.end = self.line;
    }

    fn space(&mut self) {
        if !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = &self.font else { return };
        let (width, count, spaces) = font.width(bytes);
        let spacing = f64::from(count) * self.spacing.0 + f64::from(spaces) * self.spacing.1;
        self.end.0 += (width * self.size.abs() + spacing) * self.scale;
        match &mut self.instead {
            Some((_, instead)) => self.text.push_str(&instead.take().unwrap_or_default()),
            None => self.text.push_str(&font.letters(bytes)),
        }
    }

    /// Marked content may say in plain text what its glyphs show.
    fn begin_marked(&mut self, properties: Option<&Object>, resources: &Dict) {
        let properties = match properties {
            Some(Object::Dict(dict)) => Some(dict.clone()),
            Some(Object::Name(name)) => {
                self.file.dict(resources, b"Properties").and_then(|known| self.file.dict(&known, name))
            }
            _ => None,
        };
        if let Some(properties) = properties.filter(|dict| dict.contains_key(b"ActualText".as_slice()))
            && self.instead.is_none()
        {
            // Of nothing comes nothing; of spaces, one.
            let blank = match self.file.value(&properties, b"ActualText") {
                Some(Object::Text(bytes)) if bytes.len() > 2 => " ",
                _ => "",
            };
            let text = words(self.file, &properties, b"ActualText");
            self.instead = Some((self.marked, Some(text.unwrap_or_else(|| blank.to_owned()))));
        }
        self.marked += 1;
    }

    fn end_marked(&mut self) {
        self.marked = self.marked.saturating_sub(1);
        if let Some((_, left)) = self.instead.take_if(|(begin, _)| *begin >= self.marked) {
            self.text.push_str(&left.unwrap_or_default());
        }
    }
}
