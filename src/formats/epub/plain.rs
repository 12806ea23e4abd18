//! A chapter's XHTML made into plain, well-nested HTML of few elements, before the sanitizer sees it: what is not known
//! is left out, what browsers of 2009 lack becomes what they have, headings go one step down.
//!
//! This is for good form and bounded cost. What may stand in a page is decided by [`super::clean`].

use crate::domain::finding::Finding;

use super::markup::{Token, Tokens, attribute, cut_at, decoded, escaped, local_name, push_collapsed};

/// Most elements of one chapter.
const MAX_ELEMENTS: usize = 60_000;
/// Deepest nesting kept; deeper tags are left out, their text stays.
const MAX_DEPTH: usize = 48;
/// Longest value of an attribute, in bytes; the rest is left out.
const MAX_ATTRIBUTE: usize = 2_000;
/// Longest title kept, in characters.
const MAX_TITLE: usize = 300;

/// A chapter in plain HTML.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// Well-nested HTML; addresses and ids as the book wrote them.
    pub(super) html: String,
    /// Text of `title` in the head.
    pub(super) title: Option<String>,
    /// Text of the first heading.
    pub(super) heading: Option<String>,
    /// Language of the root element.
    pub(super) lang: Option<String>,
}

enum Kind {
    /// An element, by its name in the page.
    Keep(&'static str),
    /// An element without content.
    Void(&'static str),
    /// Tags left out, content kept.
    Unwrap,
    /// Left out with its content, which may be anything.
    Skip,
}

fn kind(name: &str) -> Kind {
    use Kind::{Keep, Skip, Unwrap, Void};
    const SAME: [&str; 38] = [
        "p",
        "div",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "a",
        "em",
        "strong",
        "i",
        "b",
        "u",
        "sub",
        "sup",
        "small",
        "big",
        "code",
        "kbd",
        "samp",
        "var",
        "cite",
        "q",
        "abbr",
        "acronym",
        "dfn",
        "span",
    ];
    if let Some(same) = SAME.iter().find(|same| **same == name) {
        return Keep(same);
    }
    match name {
        "h1" => Keep("h2"),
        "h2" => Keep("h3"),
        "h3" => Keep("h4"),
        "h4" => Keep("h5"),
        "h5" | "h6" => Keep("h6"),
        "section" | "article" | "aside" | "header" | "footer" | "nav" | "main" | "figure" | "figcaption"
        | "address" | "center" | "details" | "summary" | "hgroup" | "fieldset" | "legend" | "form" => {
            Keep("div")
        }
        "dir" | "menu" => Keep("ul"),
        "tt" => Keep("code"),
        "mark" => Keep("em"),
        "s" | "strike" | "del" => Keep("del"),
        "ins" => Keep("ins"),
        "font" | "bdo" | "bdi" | "time" => Keep("span"),
        "br" => Void("br"),
        "hr" => Void("hr"),
        "img" | "image" => Void("img"),
        "script" | "style" | "template" | "iframe" | "noembed" | "noframes" | "textarea" | "select"
        | "audio" | "video" | "xmp" | "title" => Skip,
        _ => Unwrap,
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "blockquote"
            | "pre"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "hr"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
    )
}

/// Makes plain HTML of a chapter.
///
/// # Errors
/// `check-epub-too-many-elements`.
pub(super) fn plain(source: &str) -> Result<Plain, Finding> {
    let mut maker = Maker::default();
    let mut tokens = Tokens::new(source);
    while let Some(token) = tokens.next() {
        match token {
            Token::Start { name, attributes, closed } => {
                let name = local_name(name);
                match name.as_str() {
                    "html" | "body" => {
                        let lang = attribute(attributes, "lang").filter(|lang| !lang.trim().is_empty());
                        maker.plain.lang = lang.map(str::to_owned).or(maker.plain.lang.take());
                    }
                    "svg" if !closed => {
                        maker.drawing(&mut tokens);
                        continue;
                    }
                    "math" if !closed => {
                        maker.formula(&mut tokens, attributes);
                        continue;
                    }
                    "title" if !closed => {
                        let text = tokens.skip_raw("title");
                        maker.plain.title.get_or_insert_with(|| title(text));
                        continue;
                    }
                    _ => {}
                }
                match kind(&name) {
                    Kind::Keep(tag) => maker.start(tag, attributes, closed),
                    Kind::Void(tag) => maker.void(tag, attributes),
                    Kind::Unwrap => maker.place_of(attributes),
                    Kind::Skip if closed => {}
                    Kind::Skip => drop(tokens.skip_raw(&name)),
                }
                if maker.elements > MAX_ELEMENTS {
                    return Err(
                        Finding::error_of_whole("check-epub-too-many-elements").with("count", MAX_ELEMENTS)
                    );
                }
            }
            Token::End { name } => {
                if let Kind::Keep(tag) = kind(&local_name(name)) {
                    maker.end(tag);
                }
            }
            Token::Text(text) => maker.text(text, false),
            Token::Verbatim(text) => maker.text(text, true),
        }
    }
    maker.close_to(0);
    Ok(maker.plain)
}

fn title(raw: &str) -> String {
    let mut title = String::new();
    push_collapsed(&mut title, &decoded(raw));
    title.trim_end().chars().take(MAX_TITLE).collect()
}

/// How a sign is written that begins a piece of text: an `&` that begins no reference becomes one.
fn sign(piece: &str) -> (&'static str, &str) {
    let Some(after) = piece.strip_prefix('&') else { return ("", piece) };
    let end = after.bytes().take(32).position(|byte| byte == b';').unwrap_or(0);
    let name = after.get(..end).unwrap_or_default();
    let name = name.strip_prefix('#').unwrap_or(name);
    let sound = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (if sound { "&" } else { "&amp;" }, after)
}

#[derive(Default)]
struct Maker {
    plain: Plain,
    open: Vec<&'static str>,
    /// Tags left out for depth that are still open.
    left_out: usize,
    elements: usize,
    heading: Option<String>,
    /// Where the text under way begins, and how many signs of it are written as references.
    run_begin: usize,
    signs: usize,
}

impl Maker {
    fn start(&mut self, tag: &'static str, attributes: &str, closed: bool) {
        if self.open.len() >= MAX_DEPTH {
            self.left_out += usize::from(!closed);
            return;
        }
        let Some(tag) = self.fit(tag) else { return self.place_of(attributes) };
        self.elements += 1;
        if matches!(tag, "h2" | "h3" | "h4" | "h5" | "h6") && self.plain.heading.is_none() {
            self.heading = Some(String::new());
        }
        self.write_start(tag, attributes);
        self.open.push(tag);
        if closed {
            self.close_to(self.open.len() - 1);
        }
    }

    fn void(&mut self, tag: &'static str, attributes: &str) {
        self.elements += 1;
        self.make_room();
        if is_block(tag) {
            self.end_paragraph();
        }
        self.write_start(tag, attributes);
    }

    /// Closes what this element may not stand in, opens what it has to stand in; gives the name it gets, `None` if it
    /// has no place here.
    fn fit(&mut self, tag: &'static str) -> Option<&'static str> {
        match tag {
            "thead" | "tbody" | "tfoot" | "caption" => {
                let table = self.last(&["table"], &[])?;
                self.close_to(table + 1);
            }
            "tr" => {
                let around = self.last(&["table", "thead", "tbody", "tfoot"], &[])?;
                self.close_to(around + 1);
            }
            "td" | "th" => {
                let around = self.last(&["table", "thead", "tbody", "tfoot", "tr"], &[])?;
                self.close_to(around + 1);
                if self.open.last() != Some(&"tr") {
                    self.push_bare("tr");
                }
            }
            _ => {
                self.make_room();
                if is_block(tag) {
                    self.end_paragraph();
                }
                return Some(self.fit_in_list(tag));
            }
        }
        Some(tag)
    }

    fn fit_in_list(&mut self, tag: &'static str) -> &'static str {
        const CELLS: [&str; 3] = ["td", "th", "caption"];
        match tag {
            "li" => match self.last(&["ul", "ol"], &CELLS) {
                Some(list) => {
                    self.close_to(list + 1);
                    tag
                }
                None => "div",
            },
            "dt" | "dd" => match self.last(&["dl"], &CELLS) {
                Some(list) => {
                    self.close_to(list + 1);
                    tag
                }
                None => "div",
            },
            "a" => {
                if let Some(link) = self.last(&["a"], &CELLS) {
                    self.close_to(link);
                }
                tag
            }
            tag => tag,
        }
    }

    /// Inside a table, but in no cell: opens row and cell.
    fn make_room(&mut self) {
        match self.open.last() {
            Some(&("table" | "thead" | "tbody" | "tfoot")) => {
                self.push_bare("tr");
                self.push_bare("td");
            }
            Some(&"tr") => self.push_bare("td"),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(paragraph) = self.last(&["p"], &["td", "th", "caption", "table"]) {
            self.close_to(paragraph);
        }
    }

    fn end(&mut self, tag: &'static str) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        let cell = ["td", "th", "caption"];
        let structure = ["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"].contains(&tag);
        let borders: &[&str] = if structure { &[] } else { &cell };
        if let Some(at) = self.last(&[tag], borders) {
            self.close_to(at);
        }
    }

    /// Index of the innermost open element among `names`, not looking beyond one of `borders`.
    fn last(&self, names: &[&str], borders: &[&str]) -> Option<usize> {
        let at = self.open.iter().rposition(|open| names.contains(open) || borders.contains(open))?;
        self.open.get(at).is_some_and(|open| names.contains(open)).then_some(at)
    }

    fn push_bare(&mut self, tag: &'static str) {
        self.elements += 1;
        self.write_start(tag, "");
        self.open.push(tag);
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            let Some(tag) = self.open.pop() else { break };
            if tag.starts_with('h')
                && let Some(heading) = self.heading.take().filter(|heading| !heading.trim().is_empty())
            {
                self.plain.heading = Some(heading.trim_end().chars().take(MAX_TITLE).collect());
            }
            self.plain.html.push_str("</");
            self.plain.html.push_str(tag);
            self.plain.html.push('>');
            self.begin_run();
        }
    }

    fn text(&mut self, text: &str, verbatim: bool) {
        let in_table = matches!(self.open.last(), Some(&("table" | "thead" | "tbody" | "tfoot" | "tr")));
        if in_table {
            if text.trim().is_empty() {
                return;
            }
            self.make_room();
        }
        if let Some(heading) = &mut self.heading {
            push_collapsed(heading, &if verbatim { text.into() } else { decoded(text) });
        }
        if verbatim {
            self.run(&escaped(text));
        } else if text == "<" {
            self.run("&lt;");
        } else {
            self.run(text);
        }
    }

    /// Adds text, broken by an empty element where it holds many signs that are written as references: the serializer
    /// takes a time that grows with their number times the length of the text.
    fn run(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let next = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '&' | '>' | '\u{A0}'));
            let (piece, after) =
                rest.split_at_checked(next.map_or(rest.len(), |(at, _)| at)).unwrap_or((rest, ""));
            rest = after;
            if self.signs > 64 && self.plain.html.len().saturating_sub(self.run_begin) > 4096 {
                self.plain.html.push_str("<span></span>");
                self.begin_run();
            }
            self.signs += 1;
            let (sign, piece) = sign(piece);
            self.plain.html.push_str(sign);
            self.plain.html.push_str(piece);
        }
    }

    fn begin_run(&mut self) {
        self.signs = 0;
        self.run_begin = self.plain.html.len();
    }

    /// An element that is left out may be the target of a link: its id stays.
    fn place_of(&mut self, attributes: &str) {
        let Some(id) = attribute(attributes, "id").filter(|id| !id.trim().is_empty()) else { return };
        if self.open.len() < MAX_DEPTH
            && !matches!(self.open.last(), Some(&("table" | "thead" | "tbody" | "tfoot" | "tr")))
        {
            self.elements += 1;
            self.plain.html.push_str("<span");
            self.write_attribute("id", id);
            self.plain.html.push_str("></span>");
        }
    }

    fn write_start(&mut self, tag: &'static str, attributes: &str) {
        self.begin_run();
        self.plain.html.push('<');
        self.plain.html.push_str(tag);
        let named = (tag == "a").then(|| attribute(attributes, "name")).flatten();
        for (name, value) in [
            ("id", attribute(attributes, "id").or(named)),
            ("lang", attribute(attributes, "lang")),
            ("dir", attribute(attributes, "dir")),
        ] {
            if let Some(value) = value {
                self.write_attribute(name, value);
            }
        }
        let own: &[&'static str] = match tag {
            "a" => &["href"],
            "img" => &["src", "alt"],
            "td" | "th" => &["colspan", "rowspan"],
            "ol" => &["start"],
            "li" => &["value"],
            _ => &[],
        };
        for name in own {
            // In a drawing a picture's address is called `href`.
            let value = attribute(attributes, name)
                .or_else(|| (*name == "src").then(|| attribute(attributes, "href")).flatten());
            if let Some(value) = value {
                self.write_attribute(name, value);
            }
        }
        self.plain.html.push('>');
    }

    fn write_attribute(&mut self, name: &str, value: &str) {
        let value = cut_at(value, MAX_ATTRIBUTE);
        let html = &mut self.plain.html;
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        for c in value.chars() {
            match c {
                '"' => html.push_str("&quot;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                c => html.push(c),
            }
        }
        html.push('"');
    }

    /// Of a drawing only the pictures in it are kept: covers are often wrapped so.
    fn drawing(&mut self, tokens: &mut Tokens<'_>) {
        let mut depth = 1_usize;
        for token in tokens.by_ref() {
            match token {
                Token::Start { name, attributes, closed } => match local_name(name).as_str() {
                    "svg" if !closed => depth += 1,
                    "image" => self.void("img", attributes),
                    _ => {}
                },
                Token::End { name } if local_name(name) == "svg" => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    /// A formula becomes its alternative text, or what is written in it.
    fn formula(&mut self, tokens: &mut Tokens<'_>, attributes: &str) {
        let told = attribute(attributes, "alttext").filter(|text| !text.trim().is_empty());
        if let Some(text) = told {
            self.text(&text.replace('<', "&lt;"), false);
        }
        for token in tokens.by_ref() {
            match token {
                Token::End { name } if local_name(name) == "math" => return,
                Token::Text(text) if told.is_none() => self.text(text, false),
                _ => {}
            }
        }
    }
}
