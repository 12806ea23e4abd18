//! A chapter as pages: plain, clean, cut into parts, with the links and pictures that whoever shows it gives.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

use super::{
    markup::{Token, Tokens, attribute, decoded, escaped, push_collapsed},
    parts::{Open, Part, Plan, begins_block, is_void},
    path::{anchor, resolve},
};

/// Something in a chapter that needs an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link<'l> {
    /// A place in the book.
    Chapter {
        /// Chapter, from 0.
        index: usize,
        /// Part of the chapter, from 0.
        part: usize,
        /// Fragment as the page writes it, ready to stand after `#`.
        fragment: Option<&'l str>,
    },
    /// A picture, by its path in the archive, as [`super::Book::image`] takes it.
    Image(&'l str),
}

/// A chapter ready for pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// From the table of contents, else the first heading, else the document's title, else empty.
    pub title: String,
    /// Language tag as the book writes it: of the chapter, else of the book.
    pub lang: Option<String>,
    /// At least one part.
    pub parts: Vec<ChapterPart>,
}

/// One page of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterPart {
    /// Sanitized HTML without a heading of the first level, of about [`super::PART_BYTES`] at most.
    pub html: String,
    /// The same as plain text for search, spaces between blocks.
    pub text: String,
}

impl Chapter {
    /// All parts in one.
    pub fn html(&self) -> String {
        self.parts.iter().map(|part| part.html.as_str()).collect()
    }

    /// The text of all parts.
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Widest a picture is shown, in CSS pixels.
const IMAGE_WIDTH: usize = 560;
/// Most cells that one cell may span.
const MAX_SPAN: usize = 30;

/// What the addresses of a chapter mean, found before it is written.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    /// The chapter's own path and index.
    pub(super) path: String,
    pub(super) index: usize,
    /// Chapters linked to: path → index.
    pub(super) chapters: HashMap<String, usize>,
    /// Parts of ids in other chapters.
    pub(super) anchors: HashMap<usize, HashMap<String, usize>>,
    /// Pictures that can be shown: path → width and height.
    pub(super) images: HashMap<String, (usize, usize)>,
}

/// Addresses of links and of pictures in clean HTML, as written.
pub(super) fn addresses(html: &str) -> (Vec<String>, Vec<String>) {
    let (mut links, mut images) = (Vec::new(), Vec::new());
    for token in Tokens::new(html) {
        let Token::Start { name, attributes, .. } = token else { continue };
        match name {
            "a" => links.extend(attribute(attributes, "href").map(|href| decoded(href).into_owned())),
            "img" => images.extend(attribute(attributes, "src").map(|src| decoded(src).into_owned())),
            _ => {}
        }
    }
    (links, images)
}

/// Writes all parts.
pub(super) fn write(
    html: &str,
    plan: &Plan<'_>,
    around: &Surroundings,
    link: &mut dyn FnMut(Link<'_>) -> String,
) -> Vec<ChapterPart> {
    let mut seen = HashSet::new();
    let parts = plan.parts.iter();
    parts
        .map(|part| {
            let mut writer = Writer {
                out: String::new(),
                text: String::new(),
                open: Vec::new(),
                seen: &mut seen,
                plan,
                around,
                link,
            };
            writer.part(html, part);
            ChapterPart { html: writer.out, text: writer.text.trim_end().to_owned() }
        })
        .collect()
}

struct Writer<'w, 'h> {
    out: String,
    text: String,
    /// Open elements and the name their end is written with; `None` when they were left out.
    open: Vec<(&'h str, Option<&'h str>)>,
    seen: &'w mut HashSet<String>,
    plan: &'w Plan<'h>,
    around: &'w Surroundings,
    link: &'w mut dyn FnMut(Link<'_>) -> String,
}

impl<'h> Writer<'_, 'h> {
    fn part(&mut self, html: &'h str, part: &Part<'h>) {
        for open in &part.open {
            self.reopen(open);
        }
        for token in Tokens::new(html.get(part.range.clone()).unwrap_or_default()) {
            match token {
                Token::Start { name, attributes, .. } => self.start(name, attributes, false),
                Token::End { .. } => self.end(),
                Token::Text(text) | Token::Verbatim(text) => {
                    self.out.push_str(text);
                    push_collapsed(&mut self.text, &decoded(text));
                }
            }
        }
        while !self.open.is_empty() {
            self.end();
        }
    }

    /// Opens an element again that was cut; a numbered list goes on counting.
    fn reopen(&mut self, open: &Open<'h>) {
        if open.name == "ol" {
            let start = number(open.attributes, "start", 100_000).unwrap_or(1) + open.items;
            let _ = write!(self.out, "<ol start=\"{start}\">");
            self.open.push(("ol", Some("ol")));
        } else {
            self.start(open.name, open.attributes, true);
        }
    }

    fn start(&mut self, name: &'h str, attributes: &'h str, again: bool) {
        if begins_block(name) || name == "br" || name == "td" || name == "th" || name == "caption" {
            push_collapsed(&mut self.text, " ");
        }
        if name == "img" {
            self.image(attributes);
            return;
        }
        let href = (name == "a").then(|| self.target(attributes));
        let id = if again { None } else { self.id(attributes) };
        let written = match &href {
            // A link that leads nowhere here is a place at most.
            Some(None) => id.is_some().then_some("span"),
            _ => Some(name),
        };
        if let Some(tag) = written {
            self.out.push('<');
            self.out.push_str(tag);
            if let Some(Some(href)) = href {
                let _ = write!(self.out, " href=\"{}\"", escaped(&href));
            }
            if let Some(id) = id {
                let _ = write!(self.out, " id=\"{id}\"");
            }
            self.plain_attributes(tag, attributes);
            self.out.push('>');
        }
        if !is_void(name) {
            self.open.push((name, written));
        }
    }

    fn end(&mut self) {
        let Some((name, written)) = self.open.pop() else { return };
        if let Some(tag) = written {
            let _ = write!(self.out, "</{tag}>");
        }
        if begins_block(name) || name == "td" || name == "th" || name == "caption" {
            push_collapsed(&mut self.text, " ");
        }
    }

    /// The first element with an id keeps it.
    fn id(&mut self, attributes: &str) -> Option<String> {
        let id = anchor(&decoded(attribute(attributes, "id")?))?;
        self.seen.insert(id.clone()).then_some(id)
    }

    fn plain_attributes(&mut self, tag: &str, attributes: &str) {
        let lang = attribute(attributes, "lang").map(decoded);
        if let Some(lang) = lang.filter(|lang| is_language(lang)) {
            let _ = write!(self.out, " lang=\"{lang}\"");
        }
        if let Some(dir) = attribute(attributes, "dir").filter(|dir| matches!(*dir, "ltr" | "rtl")) {
            let _ = write!(self.out, " dir=\"{dir}\"");
        }
        let numbers: &[(&str, usize)] = match tag {
            "td" | "th" => &[("colspan", MAX_SPAN), ("rowspan", MAX_SPAN)],
            "ol" => &[("start", 100_000)],
            "li" => &[("value", 100_000)],
            _ => &[],
        };
        for (name, most) in numbers {
            if let Some(value) = number(attributes, name, *most) {
                let _ = write!(self.out, " {name}=\"{value}\"");
            }
        }
    }

    /// The address of a link inside the book.
    fn target(&mut self, attributes: &str) -> Option<String> {
        let href = attribute(attributes, "href").filter(|href| !href.trim().is_empty())?;
        let place = resolve(&self.around.path, &decoded(href))?;
        let fragment = place.fragment.as_deref().and_then(anchor);
        let index = if place.path == self.around.path {
            self.around.index
        } else {
            *self.around.chapters.get(&place.path)?
        };
        let anchors = if index == self.around.index {
            Some(&self.plan.anchors)
        } else {
            self.around.anchors.get(&index)
        };
        let part = fragment.as_ref().and_then(|fragment| anchors?.get(fragment).copied()).unwrap_or(0);
        let address = (self.link)(Link::Chapter { index, part, fragment: fragment.as_deref() });
        (!address.is_empty()).then_some(address)
    }

    /// A picture with its size, or what is told instead of it.
    fn image(&mut self, attributes: &str) {
        let alt = attribute(attributes, "alt").map(decoded).unwrap_or_default();
        let alt = alt.trim();
        let place = attribute(attributes, "src").and_then(|src| resolve(&self.around.path, &decoded(src)));
        let size = place.as_ref().and_then(|place| self.around.images.get(&place.path));
        if let (Some(place), Some((width, height))) = (&place, size) {
            let address = (self.link)(Link::Image(&place.path));
            if !address.is_empty() {
                let (width, height) = scaled(*width, *height);
                let _ = write!(
                    self.out,
                    "<img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"{}\"",
                    escaped(&address),
                    escaped(alt)
                );
                if let Some(id) = self.id(attributes) {
                    let _ = write!(self.out, " id=\"{id}\"");
                }
                self.out.push('>');
                self.tell(alt);
                return;
            }
        }
        if let Some(id) = self.id(attributes) {
            let _ = write!(self.out, "<span id=\"{id}\">{}</span>", escaped(alt));
        } else {
            self.out.push_str(&escaped(alt));
        }
        self.tell(alt);
    }

    fn tell(&mut self, alt: &str) {
        for piece in [" ", alt, " "] {
            push_collapsed(&mut self.text, piece);
        }
    }
}

/// Fits a picture into [`IMAGE_WIDTH`].
fn scaled(width: usize, height: usize) -> (usize, usize) {
    if width <= IMAGE_WIDTH {
        return (width, height);
    }
    let scaled = height.saturating_mul(IMAGE_WIDTH) / width.max(1);
    (IMAGE_WIDTH, scaled.max(1))
}

fn number(attributes: &str, name: &str, most: usize) -> Option<usize> {
    let value: usize = attribute(attributes, name)?.trim().parse().ok()?;
    (value > 0).then(|| value.min(most))
}

/// Whether it looks like a language tag (BCP 47).
pub(super) fn is_language(tag: &str) -> bool {
    let parts = tag
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    parts && tag.len() <= 35
}
