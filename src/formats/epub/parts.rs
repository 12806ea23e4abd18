//! Long chapters cut into parts that fit a page, at the beginning of a paragraph where there is one, and where each
//! `id` went. Works on clean HTML; does not depend on how links will be written.

use std::{collections::HashMap, ops::Range};

use super::{
    markup::{Token, Tokens, attribute, cut_at, decoded},
    path::anchor,
};

/// Most bytes of one part, with its links: a page may weigh 30 KB (contract C8).
pub const PART_BYTES: usize = 28 * 1024;
/// Kept free in a part for closing tags and for links longer than reckoned.
const RESERVE: usize = 1024;
/// What a link's address, and a picture with address and size, are reckoned to weigh, in bytes.
const LINK_BYTES: usize = 90;
const IMAGE_BYTES: usize = 150;

/// An element that is open where a part begins, so that it is opened again there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open<'h> {
    pub(super) name: &'h str,
    pub(super) attributes: &'h str,
    /// Items begun in it, for a numbered list.
    pub(super) items: usize,
}

/// One part: what is open where it begins, and its piece of the HTML.
#[derive(Debug)]
pub(super) struct Part<'h> {
    pub(super) open: Vec<Open<'h>>,
    pub(super) range: Range<usize>,
}

/// Where a chapter is cut.
#[derive(Debug)]
pub(super) struct Plan<'h> {
    pub(super) parts: Vec<Part<'h>>,
    /// Part of each id, as a page writes it.
    pub(super) anchors: HashMap<String, usize>,
}

/// Cuts clean HTML into parts.
pub(super) fn plan(html: &str) -> Plan<'_> {
    let whole = weigh(html);
    let most = PART_BYTES - RESERVE;
    let limit = if whole <= most {
        usize::MAX
    } else {
        // About equal parts, rather than a last one of three lines.
        (whole / whole.div_ceil(most) + RESERVE).min(most)
    };
    let mut cutter = Cutter {
        parts: Vec::new(),
        open: Vec::new(),
        begin: 0,
        begin_open: Vec::new(),
        used: 0,
        chance: None,
        limit,
    };
    let mut ids = Vec::new();
    let mut tokens = Tokens::new(html);
    let mut after_heading = false;
    while let Some((token, range)) = tokens.next_with_range() {
        if let Token::Start { name, attributes, .. } = token {
            if let Some(id) = attribute(attributes, "id") {
                ids.push((id, range.start));
            }
            if !after_heading && begins_block(name) && cutter.open.iter().all(|open| may_be_cut(open.name)) {
                cutter.chance = Some((range.start, cutter.used, cutter.open.clone()));
            }
        }
        match token {
            Token::End { name } => after_heading = is_heading(name) || (after_heading && name != "p"),
            Token::Text(text) | Token::Verbatim(text) if !text.trim().is_empty() => after_heading = false,
            _ => {}
        }
        cutter.take(token, range);
    }
    cutter.cut(html.len(), Vec::new());
    let parts = cutter.parts;
    let mut anchors = HashMap::new();
    for (id, at) in ids {
        let part = parts.partition_point(|part| part.range.end <= at);
        if let Some(anchor) = anchor(&decoded(id)) {
            anchors.entry(anchor).or_insert(part);
        }
    }
    Plan { parts, anchors }
}

type Chance<'h> = (usize, usize, Vec<Open<'h>>);

struct Cutter<'h> {
    parts: Vec<Part<'h>>,
    open: Vec<Open<'h>>,
    /// Where the part under way begins, and what is open there.
    begin: usize,
    begin_open: Vec<Open<'h>>,
    /// Weight of the part under way.
    used: usize,
    /// The last good place to cut: where, the weight before it, what is open.
    chance: Option<Chance<'h>>,
    limit: usize,
}

impl<'h> Cutter<'h> {
    fn take(&mut self, token: Token<'h>, range: Range<usize>) {
        let weight = token_weight(token);
        if self.used.saturating_add(weight) > self.limit {
            if let Some((at, before, open)) = self.chance.take()
                && at > self.begin
            {
                let rest = self.used.saturating_sub(before);
                self.cut(at, open);
                self.used += rest;
            }
            self.force(token, &range);
        }
        match token {
            Token::Start { name, .. } if is_void(name) => self.used += weight,
            Token::Start { name, attributes, .. } => {
                self.used += weight;
                if let Some(list) = self.open.last_mut().filter(|_| name == "li") {
                    list.items += 1;
                }
                self.open.push(Open { name, attributes, items: 0 });
            }
            Token::End { .. } => {
                self.used += weight;
                self.open.pop();
            }
            // A text that was cut weighs what is left of it.
            Token::Text(_) | Token::Verbatim(_) => {
                self.used += weight.min(range.end.saturating_sub(self.begin.max(range.start)));
            }
        }
    }

    /// No good place was left: cuts before this token, or inside a text, after a space where there is one.
    fn force(&mut self, token: Token<'h>, range: &Range<usize>) {
        let Token::Text(text) = token else {
            if self.used > self.limit && !matches!(token, Token::End { .. }) {
                self.cut(range.start, self.open.clone());
            }
            return;
        };
        let mut done = 0;
        loop {
            let rest = text.get(done..).unwrap_or_default();
            let room = self.limit.saturating_sub(self.used);
            if rest.len() <= room || rest.is_empty() {
                return;
            }
            let piece = cut_in_text(rest, room);
            if piece == 0 && self.used <= self.reopened() {
                // Not even a sign fits a fresh part: what is open is too heavy to cut in.
                return;
            }
            done += piece;
            self.cut(range.start + done, self.open.clone());
        }
    }

    fn reopened(&self) -> usize {
        self.begin_open.iter().map(|open| open.name.len() + open.attributes.len() + 2).sum()
    }

    fn cut(&mut self, at: usize, open: Vec<Open<'h>>) {
        let begin_open = std::mem::replace(&mut self.begin_open, open);
        self.parts.push(Part { open: begin_open, range: self.begin..at });
        self.begin = at;
        self.used = self.reopened();
        self.chance = None;
    }
}

/// Bytes of a text that fit, cut after a space, never inside a sign or a reference.
fn cut_in_text(text: &str, room: usize) -> usize {
    let head = cut_at(text, room);
    let mut end = head.len();
    if let Some(space) = head.rfind(' ').filter(|space| *space > end / 2) {
        return space + 1;
    }
    if let Some(reference) = head.rfind('&').filter(|at| !head.get(*at..).unwrap_or_default().contains(';')) {
        end = reference;
    }
    end
}

fn weigh(html: &str) -> usize {
    Tokens::new(html).map(token_weight).sum()
}

fn token_weight(token: Token<'_>) -> usize {
    match token {
        Token::Text(text) | Token::Verbatim(text) => text.len(),
        Token::End { name } => name.len() + 3,
        Token::Start { name, attributes, .. } => {
            // An id grows when it is written anew; an address is replaced.
            let id = attribute(attributes, "id").map_or(0, |id| anchor(id).map_or(0, |a| a.len() + 6));
            let own = match name {
                "a" => LINK_BYTES,
                "img" => IMAGE_BYTES + attribute(attributes, "alt").map_or(0, str::len),
                _ => attributes.len(),
            };
            name.len() + 2 + id + own
        }
    }
}

pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Elements that begin on a line of their own.
pub(super) fn begins_block(name: &str) -> bool {
    is_heading(name)
        || matches!(
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
                | "tr"
                | "hr"
        )
}

fn may_be_cut(name: &str) -> bool {
    matches!(name, "div" | "blockquote" | "ul" | "ol" | "dl" | "table" | "tbody")
}
