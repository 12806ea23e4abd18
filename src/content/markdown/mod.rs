//! Markdown of authors into safe HTML with holes, plus what else is worth knowing about a text: its sentences, its
//! pictures, its links and the words it explains.
//!
//! Taken: paragraphs, headings, lists, emphasis, code, quotations, tables, rules, pictures of the lesson, and links to
//! resources, sources and passages. Everything else is shown as the text it is and reported. The HTML has no attributes but
//! `src`, `width`, `height`, `alt`, `href`, `start` and `class`, so no id can stand twice on a page.
//!
//! Headings: the page around a text has the `h1`. In `lesson.md` a screen's `##` becomes that `h1`, so `###` inside
//! becomes `h2`; in sheets, which bring no `h1`, `##` becomes `h2`. [`Place::raise`] says by how much.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::{
    content::{html::Builder, place::count},
    domain::{
        finding::{Finding, Position},
        fragment::{Fragment, Piece},
        lesson::{Media, Term},
    },
};

/// Deepest nesting that is drawn; what is nested deeper loses its frame, never its text.
const MAX_DEPTH: usize = 12;

/// Widest picture on a page, in pixels: what an XO laptop shows beside margins.
const MAX_WIDTH: u32 = 480;

/// The finding for a picture without words for who cannot see it.
pub(super) const NO_ALT: &str = "check-md-image-no-alt";

/// What a text may refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// Files of the lesson's `media/`.
    pub(super) media: &'a BTreeMap<String, Media>,
    /// Whether links to passages are allowed: inside stories.
    pub(super) passages: bool,
}

/// Where a text stands in the author's file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Line of the file where the text begins, from 1.
    pub(super) line: u32,
    /// How many levels its headings go up on the page.
    pub(super) raise: u8,
}

/// A text turned into HTML.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// The HTML.
    pub(super) fragment: Fragment,
    /// What was wrong.
    pub(super) findings: Vec<Finding>,
    /// What else is known about the text.
    pub(super) notes: Notes,
}

/// What is known about a text beside its HTML.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Paragraphs, headings, list items and cells as plain text.
    pub(super) units: Vec<Unit>,
    /// Pictures.
    pub(super) images: Vec<Image>,
    /// Links to resources and to cards of source packs, as the holes they leave.
    pub(super) links: Vec<(Piece, Position)>,
    /// Words explained: `**word** (explanation)`.
    pub(super) terms: Vec<Term>,
}

/// A stretch of plain text that no sentence leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Line of the file where it begins.
    pub(super) line: u32,
    /// The text.
    pub(super) text: String,
}

/// A picture in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Image {
    /// Name of the file.
    pub(super) name: String,
    /// What it says for who cannot see it.
    pub(super) alt: String,
    /// Where it stands.
    pub(super) position: Position,
    /// Whether it stands in a line, such as the label of a choice, beside words that say the same.
    pub(super) in_line: bool,
}

impl Notes {
    /// Adds the notes of another text.
    pub(super) fn append(&mut self, mut other: Self) {
        self.units.append(&mut other.units);
        self.images.append(&mut other.images);
        self.links.append(&mut other.links);
        self.terms.append(&mut other.terms);
    }
}

/// A text of paragraphs and other blocks.
pub(super) fn blocks(text: &str, place: Place, context: Context<'_>) -> Rendered {
    Writer::new(text, place, context, Shape::Blocks).run()
}

/// A text that stands in a line or a label: blocks become line breaks, and no block element is written.
pub(super) fn inline(text: &str, line: u32, context: Context<'_>) -> Rendered {
    let unindented: Vec<&str> = text.trim_end().lines().map(str::trim_start).collect();
    Writer::new(&unindented.join("\n"), Place { line, raise: 0 }, context, Shape::Line).run()
}

/// The plain text of one line of Markdown.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                out.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

struct Writer<'a> {
    source: &'a str,
    line_starts: Vec<usize>,
    place: Place,
    context: Context<'a>,
    shape: Shape,
    out: Builder,
    findings: Vec<Finding>,
    notes: Notes,
    /// What closes each open element.
    open: Vec<&'static str>,
    /// The picture being read: name, words for it so far, place, and how deep pictures are nested in those words.
    image: Option<(Image, usize)>,
    /// Next number of each open list; `None` for bullets. Used where lists are written as lines.
    lists: Vec<Option<u64>>,
    in_table_head: bool,
    in_code_block: bool,
    last_heading: u8,
    /// In lines: nothing was written since the last break.
    fresh: bool,
    unit: Unit,
    term: TermScan,
}

/// What may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Paragraphs and other blocks.
    Blocks,
    /// What may stand in a line or a label.
    Line,
}

/// How far `**word** (explanation)` has been read.
enum TermScan {
    No,
    Word(String),
    Gap(String),
    Meaning { word: String, meaning: String, depth: usize },
}

impl<'a> Writer<'a> {
    fn new(source: &'a str, place: Place, context: Context<'a>, shape: Shape) -> Self {
        let line_starts =
            std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self {
            source,
            line_starts,
            place,
            context,
            shape,
            out: Builder::default(),
            findings: Vec::new(),
            notes: Notes::default(),
            open: Vec::new(),
            image: None,
            lists: Vec::new(),
            in_table_head: false,
            in_code_block: false,
            last_heading: 1,
            fresh: true,
            unit: Unit { line: place.line, text: String::new() },
            term: TermScan::No,
        }
    }

    fn run(mut self) -> Rendered {
        let events = Parser::new_ext(self.source, Options::ENABLE_TABLES).into_offset_iter();
        for (event, range) in TextMergeWithOffset::new(events) {
            self.event(event, &range);
        }
        self.end_unit();
        Rendered { fragment: self.out.finish(), findings: self.findings, notes: self.notes }
    }

    fn position(&self, offset: usize) -> Position {
        let index = self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.line_starts.get(index).copied().unwrap_or_default();
        let column = self.source.get(start..offset).map_or(0, |before| before.chars().count());
        Position { line: self.place.line.saturating_add(count(index)) - 1, column: count(column) }
    }

    fn find(&mut self, id: &'static str, offset: usize) -> &mut Finding {
        let at = self.position(offset);
        self.findings.push(Finding::error(id, at.line, at.column));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        if self.image.is_some() {
            self.image_event(&event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                self.out.html("<code>");
                self.out.text(&code);
                self.out.html("</code>");
                self.fresh = false;
                self.say(&code, range.start);
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                let shown: String = text.trim().chars().take(40).collect();
                self.find("check-md-html", range.start).args.push(("text", shown));
                self.out.text(&text);
                self.fresh = false;
            }
            Event::SoftBreak => {
                self.out.html("\n");
                self.say(" ", range.start);
            }
            Event::HardBreak => {
                self.out.html("<br>");
                self.end_unit();
            }
            Event::Rule => {
                self.end_unit();
                if self.shape == Shape::Line {
                    self.separate("<br>");
                } else {
                    self.out.html("<hr>");
                }
            }
            // These need options of the reader that are off.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        if self.in_code_block {
            self.out.text(text);
        } else {
            self.out.words(text);
        }
        self.fresh = false;
        if !self.in_code_block {
            self.scan_term(text);
            self.say(text, range.start);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        // A list without room for its items and a table without room for its cells are not begun at all.
        let inside = match tag {
            Tag::Table(_) => 2,
            Tag::List(_) | Tag::TableHead | Tag::TableRow => 1,
            _ => 0,
        };
        let deep = self.open.len() + inside >= MAX_DEPTH;
        if deep && self.findings.iter().all(|finding| finding.id != "check-md-too-deep") {
            let at = self.position(range.start);
            self.findings.push(Finding::warning("check-md-too-deep", at.line, at.column));
        }
        let is_block = !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. });
        if is_block {
            self.end_unit();
        }
        match tag {
            Tag::Image { dest_url, .. } => {
                let name = dest_url.into_string();
                let image = Image {
                    name,
                    alt: String::new(),
                    position: self.position(range.start),
                    in_line: self.shape == Shape::Line,
                };
                self.image = Some((image, 0));
                return;
            }
            Tag::Link { dest_url, .. } => {
                let close = self.link(&dest_url, range.start, deep);
                self.open.push(close);
                return;
            }
            Tag::Strong => self.term = TermScan::Word(String::new()),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.in_code_block = true,
            _ => {}
        }
        if let Tag::List(first) = tag {
            self.lists.push(first);
        }
        if matches!(tag, Tag::TableHead) {
            self.in_table_head = true;
        }
        let close = if deep {
            // Without frames, a blank keeps the words of two blocks apart.
            if is_block { " " } else { "" }
        } else if self.shape == Shape::Line {
            self.start_in_line(&tag)
        } else {
            self.start_block(&tag, range.start)
        };
        self.open.push(close);
    }

    /// Opens an element, and gives what closes it.
    fn start_block(&mut self, tag: &Tag<'_>, offset: usize) -> &'static str {
        let (open, close) = match tag {
            Tag::Paragraph | Tag::HtmlBlock => ("<p>", "</p>"),
            Tag::Heading { level, .. } => return self.heading(*level as u8, offset),
            Tag::BlockQuote(_) => ("<blockquote>", "</blockquote>"),
            Tag::CodeBlock(_) => ("<pre><code>", "</code></pre>"),
            Tag::List(None) => ("<ul>", "</ul>"),
            Tag::List(Some(1)) => ("<ol>", "</ol>"),
            Tag::List(Some(first)) => {
                self.out.html(&format!("<ol start=\"{first}\">"));
                return "</ol>";
            }
            Tag::Item => ("<li>", "</li>"),
            Tag::Table(_) => ("<table class=\"table\">", "</table>"),
            Tag::TableHead | Tag::TableRow => ("<tr>", "</tr>"),
            Tag::TableCell if self.in_table_head => ("<th>", "</th>"),
            Tag::TableCell => ("<td>", "</td>"),
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            _ => ("", ""),
        };
        self.out.html(open);
        close
    }

    fn heading(&mut self, level: u8, offset: usize) -> &'static str {
        let raised = level.saturating_sub(self.place.raise);
        if raised < 2 {
            self.find("check-md-heading-too-high", offset);
        } else if raised > self.last_heading + 1 {
            let at = self.position(offset);
            self.findings.push(Finding::warning("check-md-heading-skips", at.line, at.column));
        }
        let raised = raised.max(2);
        self.last_heading = raised;
        let (open, close) = match raised {
            2 => ("<h2>", "</h2>"),
            3 => ("<h3>", "</h3>"),
            4 => ("<h4>", "</h4>"),
            5 => ("<h5>", "</h5>"),
            _ => ("<h6>", "</h6>"),
        };
        self.out.html(open);
        close
    }

    /// Begins a block where only lines may stand, and gives what closes it.
    fn start_in_line(&mut self, tag: &Tag<'_>) -> &'static str {
        match tag {
            Tag::Emphasis => self.out.html("<em>"),
            Tag::Strong => self.out.html("<strong>"),
            Tag::Item => {
                self.separate("<br>");
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        *number = number.saturating_add(1);
                        marker
                    }
                    _ => "– ".to_owned(),
                };
                self.out.text(&marker);
                self.fresh = true;
            }
            Tag::TableCell => self.out.html(" "),
            Tag::TableHead | Tag::TableRow => self.separate("<br>"),
            _ => self.separate("<br><br>"),
        }
        match tag {
            Tag::Emphasis => "</em>",
            Tag::Strong => "</strong>",
            _ => "",
        }
    }

    fn separate(&mut self, with: &str) {
        if !self.fresh {
            self.out.html(with);
            self.fresh = true;
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if let Some(close) = self.open.pop() {
            self.out.html(close);
        }
        match tag {
            TagEnd::Strong => {
                if let TermScan::Word(word) = std::mem::replace(&mut self.term, TermScan::No) {
                    self.term = TermScan::Gap(word);
                }
            }
            TagEnd::Emphasis | TagEnd::Link => {}
            other => {
                self.end_unit();
                match other {
                    TagEnd::CodeBlock => self.in_code_block = false,
                    TagEnd::TableHead => self.in_table_head = false,
                    TagEnd::List(_) => drop(self.lists.pop()),
                    _ => {}
                }
            }
        }
    }

    /// Opens a link, or reports it and leaves its text; gives what closes it.
    fn link(&mut self, target: &str, offset: usize, deep: bool) -> &'static str {
        let hole = match target.split_once(':') {
            Some(("recurso", id)) => id.parse().ok().map(Piece::Resource),
            Some(("fuente", id)) => id.parse().ok().map(Piece::Source),
            Some(("pasaje", id)) if self.context.passages => id.parse().ok().map(Piece::Passage),
            _ => None,
        };
        let Some(hole) = hole else {
            let shown: String = target.chars().take(60).collect();
            self.find("check-md-link", offset).args.push(("link", shown));
            return "";
        };
        if matches!(hole, Piece::Resource(_) | Piece::Source(_)) {
            let at = self.position(offset);
            self.notes.links.push((hole.clone(), at));
        }
        if deep {
            return "";
        }
        self.out.html("<a href=\"");
        self.out.hole(hole);
        self.out.html("\">");
        self.fresh = false;
        "</a>"
    }

    /// Inside the words for a picture only plain text counts.
    fn image_event(&mut self, event: &Event<'_>) {
        let Some((image, depth)) = &mut self.image else { return };
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => image.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Start(_) => *depth += 1,
            Event::End(_) if *depth > 0 => *depth -= 1,
            Event::End(_) => {
                if let Some((image, _)) = self.image.take() {
                    self.picture(image);
                }
            }
            _ => {}
        }
    }

    fn picture(&mut self, mut image: Image) {
        image.alt.truncate(image.alt.trim_end().len());
        image.alt.drain(..image.alt.len() - image.alt.trim_start().len());
        let Position { line, column } = image.position;
        let mut report = |id| {
            let shown: String = image.name.chars().take(80).collect();
            self.findings.push(Finding::error(id, line, column).with("file", shown));
        };
        if image.alt.is_empty() {
            report(NO_ALT);
        }
        match self.context.media.get(&image.name).map(|media| media.dimensions) {
            None => report("check-md-image-missing"),
            Some(None) => report("check-md-image-not-picture"),
            Some(Some(size)) => {
                let (width, height) = shown_size(size);
                self.out.html("<img src=\"");
                self.out.hole(Piece::Media(image.name.clone()));
                self.out.html(&format!("\" width=\"{width}\" height=\"{height}\" alt=\""));
                self.out.text(&image.alt);
                self.out.html("\">");
                self.fresh = false;
            }
        }
        self.notes.images.push(image);
    }

    /// Adds plain text to the stretch being read.
    fn say(&mut self, text: &str, offset: usize) {
        if self.unit.text.is_empty() {
            self.unit.line = self.position(offset).line;
        }
        self.unit.text.push_str(text);
    }

    fn end_unit(&mut self) {
        self.term = TermScan::No;
        let text = std::mem::take(&mut self.unit.text);
        if !text.trim().is_empty() {
            self.notes.units.push(Unit { line: self.unit.line, text });
        }
    }

    /// Follows `**word** (explanation)` through the text. An explanation may hold brackets and emphasis, but ends
    /// with its paragraph.
    fn scan_term(&mut self, text: &str) {
        let mut rest = text;
        self.term = match std::mem::replace(&mut self.term, TermScan::No) {
            TermScan::No => return,
            TermScan::Word(word) => {
                self.term = TermScan::Word(word + text);
                return;
            }
            TermScan::Gap(word) => match text.strip_prefix(" (") {
                Some(after) => {
                    rest = after;
                    TermScan::Meaning { word, meaning: String::new(), depth: 0 }
                }
                None => return,
            },
            meaning @ TermScan::Meaning { .. } => meaning,
        };
        let TermScan::Meaning { word, meaning, depth } = &mut self.term else { return };
        for c in rest.chars() {
            match c {
                ')' if *depth == 0 => {
                    let term = Term { word: word.trim().to_owned(), meaning: meaning.trim().to_owned() };
                    if !term.word.is_empty() && !term.meaning.is_empty() {
                        self.notes.terms.push(term);
                    }
                    self.term = TermScan::No;
                    return;
                }
                ')' => *depth -= 1,
                '(' => *depth += 1,
                _ => {}
            }
            meaning.push(c);
        }
    }
}

/// The size a picture is shown at.
fn shown_size((width, height): (u32, u32)) -> (u32, u32) {
    if width <= MAX_WIDTH {
        return (width, height);
    }
    let scaled = u64::from(height) * u64::from(MAX_WIDTH) / u64::from(width);
    (MAX_WIDTH, u32::try_from(scaled).unwrap_or(u32::MAX).max(1))
}

#[cfg(test)]
mod tests;
