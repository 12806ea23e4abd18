//! Cuts a GIFT text into blocks: the lines that belong to one question or one category, comments taken out.
//! What stands in a block is read in `question`.

use std::collections::VecDeque;

use super::scan::{Span, unescape};
use crate::{domain::finding::Finding, formats::lines::lines};

/// The word that begins a category line.
pub(super) const CATEGORY: &str = "$CATEGORY:";

/// Lines that belong together.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The lines without comments, joined by line feeds.
    pub(super) text: String,
    /// Tags of the comments above and inside.
    pub(super) tags: Vec<String>,
    /// What was noticed while cutting.
    pub(super) notes: Vec<Finding>,
    /// Where each line begins in `text`, and its number in the file.
    lines: Vec<(usize, u32)>,
    /// Number of the empty line that ended it.
    blank_after: Option<u32>,
    /// The first brace in it.
    first_brace: Option<u8>,
    /// The last brace in it opens.
    open: bool,
    /// It is a category line.
    category: bool,
    /// It can only be the beginning of something, never the middle of a question.
    beginning: bool,
}

impl Block {
    /// Line and column (in characters) of a byte of `text`.
    pub(super) fn position(&self, offset: usize) -> (u32, u32) {
        let index = self.lines.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        let (start, line) = self.lines.get(index).copied().unwrap_or((0, 1));
        let before = self.text.get(start..offset).unwrap_or("").chars().count();
        (line, u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// Whether it is a category line.
    pub(super) fn is_category(&self) -> bool {
        self.category
    }

    fn push(&mut self, number: u32, line: &str) {
        if self.lines.is_empty() {
            let first = line.trim_start();
            self.category = first.starts_with(CATEGORY);
            self.beginning = self.category || first.starts_with("::");
        } else {
            self.text.push('\n');
        }
        self.lines.push((self.text.len(), number));
        self.text.push_str(line);
        let mut rest = Span { start: 0, end: line.len() };
        while let Some(at) = rest.find(line, b"{}") {
            let brace = line.as_bytes()[at];
            self.first_brace = self.first_brace.or(Some(brace));
            self.open = brace == b'{';
            rest.start = at + 1;
        }
    }

    fn append(&mut self, next: Self) {
        self.text.push_str("\n\n");
        let shift = self.text.len();
        self.lines.extend(next.lines.into_iter().map(|(start, number)| (start + shift, number)));
        self.text.push_str(&next.text);
        self.tags.extend(next.tags);
        self.notes.extend(next.notes);
        self.blank_after = next.blank_after;
        self.first_brace = self.first_brace.or(next.first_brace);
        self.open = next.open;
    }
}

/// The blocks of a text, in order.
///
/// As in Moodle an empty line ends a question and a line that begins with `//` is a comment. Where Moodle would
/// misread a slip in silence, the slip is noted and the author's meaning kept: an empty line between braces, a
/// title or a category without an empty line before it.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut cutter = Cutter::default();
    for line in lines(text) {
        let trimmed = line.text.trim();
        if trimmed.is_empty() {
            cutter.end(Some(line.number));
        } else if trimmed.starts_with("//") {
            cutter.comment(line.number, line.text);
        } else {
            if is_title(trimmed) || trimmed.starts_with(CATEGORY) || cutter.block.category {
                cutter.begin_anew(line.number, line.text);
            }
            cutter.text(line.number, line.text);
        }
    }
    cutter.end(None);
    join(cutter.done)
}

/// Whether a line begins with `::title::`.
fn is_title(line: &str) -> bool {
    line.strip_prefix("::").is_some_and(|rest| rest.contains("::"))
}

/// Blocks in the making.
#[derive(Default)]
struct Cutter {
    done: Vec<Block>,
    block: Block,
    /// Tags of the comments since the last line of text: they may belong to the next block.
    tags: Vec<String>,
    tags_line: u32,
    notes: Vec<Finding>,
}

impl Cutter {
    fn text(&mut self, number: u32, line: &str) {
        self.block.tags.append(&mut self.tags);
        self.block.notes.append(&mut self.notes);
        self.block.push(number, line);
    }

    fn comment(&mut self, number: u32, line: &str) {
        let mut from = 0;
        while let Some(found) = line[from..].find("[tag:") {
            let start = from + found + "[tag:".len();
            let mut end = start;
            let bytes = line.as_bytes();
            while end < bytes.len() && bytes[end] != b']' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            let Some(tag) = line.get(start..end).filter(|_| end < bytes.len()) else {
                let column = u32::try_from(line[..from + found].chars().count()).unwrap_or(u32::MAX);
                self.notes.push(Finding::error("check-gift-tag-open", number, column.saturating_add(1)));
                return;
            };
            let tag = unescape(&tag.replace("\\]", "]")).trim().to_owned();
            if !tag.is_empty() {
                self.tags_line = number;
                self.tags.push(tag);
            }
            from = end;
        }
    }

    /// Ends the block before a line that begins a new one without an empty line between them.
    fn begin_anew(&mut self, number: u32, line: &str) {
        if self.block.lines.is_empty() {
            return;
        }
        // An open brace is a finding of its own; one slip is told once.
        let note = !self.block.open;
        let (tags, notes) = (std::mem::take(&mut self.tags), std::mem::take(&mut self.notes));
        self.end(None);
        (self.tags, self.notes) = (tags, notes);
        if note {
            let indent = line.chars().take_while(|c| c.is_whitespace()).count();
            let column = u32::try_from(indent).unwrap_or(u32::MAX).saturating_add(1);
            self.notes.push(Finding::error("check-gift-no-blank-line", number, column));
        }
    }

    fn end(&mut self, blank: Option<u32>) {
        let mut block = std::mem::take(&mut self.block);
        block.blank_after = blank;
        block.notes.append(&mut self.notes);
        block.tags.append(&mut self.tags);
        let belongs = !block.lines.is_empty() && !block.category;
        if !belongs && !block.tags.is_empty() {
            let tags = std::mem::take(&mut block.tags);
            block.notes.push(
                Finding::warning("check-gift-tag-alone", self.tags_line, 1).with("tag", tags.join(", ")),
            );
        }
        if !block.lines.is_empty() || !block.notes.is_empty() {
            self.done.push(block);
        }
    }
}

/// Joins the blocks that an empty line between braces tore apart. Every block is looked at twice at most.
fn join(blocks: Vec<Block>) -> Vec<Block> {
    let mut waiting = VecDeque::from(blocks);
    let mut done = Vec::with_capacity(waiting.len());
    while let Some(mut block) = waiting.pop_front() {
        let blank = block.blank_after;
        let mut joined = false;
        while block.open
            && let Some(count) = closing(&waiting)
        {
            for next in waiting.drain(..=count) {
                block.append(next);
            }
            joined = true;
        }
        if joined && let Some(line) = blank {
            block.notes.push(Finding::warning("check-gift-blank-line-inside", line, 1));
        }
        done.push(block);
    }
    done
}

/// How many blocks stand before the one that closes an open brace; `None` when something new begins first.
fn closing(waiting: &VecDeque<Block>) -> Option<usize> {
    for (index, block) in waiting.iter().enumerate() {
        match block.first_brace {
            _ if block.beginning => return None,
            Some(b'}') => return Some(index),
            Some(_) => return None,
            None => {}
        }
    }
    None
}
