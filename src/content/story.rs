//! Stories as Twee gives them into stories as they are shown.

use std::ops::Range;

use crate::{
    content::{
        markdown::{self, Context, Notes, Place},
        place::count,
    },
    domain::{
        finding::Finding,
        fragment::Fragment,
        story::{Choice, Passage, PassagePiece, PassageSource, Story, StorySource},
    },
};

/// A story ready to be shown.
#[derive(Debug)]
pub(super) struct Shown {
    /// The story.
    pub(super) story: Story,
    /// For each passage: which of the notes' units are its own text (its choices come after them).
    pub(super) bodies: Vec<Range<usize>>,
    /// What is known about its texts.
    pub(super) notes: Notes,
    /// What was wrong with its texts.
    pub(super) findings: Vec<Finding>,
}

impl Shown {
    fn take(&mut self, rendered: markdown::Rendered) -> Fragment {
        self.findings.extend(rendered.findings);
        self.notes.append(rendered.notes);
        rendered.fragment
    }
}

/// Turns the texts of a story into HTML; `written` is the file it was read from.
pub(super) fn show(source: &StorySource, written: &str, context: Context<'_>) -> Shown {
    let lines: Vec<&str> = written.lines().collect();
    let context = Context { passages: true, ..context };
    let mut shown = Shown {
        story: Story { title: source.title.clone(), start: source.start, passages: Vec::new() },
        bodies: Vec::new(),
        notes: Notes::default(),
        findings: Vec::new(),
    };
    for passage in &source.passages {
        let (text, lone) = write(passage, source);
        let place = Place { line: first_line(&lines, passage.position.line), raise: 0 };
        let first_unit = shown.notes.units.len();
        let body = shown.take(markdown::blocks(&text, place, context));
        shown.bodies.push(first_unit..shown.notes.units.len());
        let mut choices = Vec::new();
        for (label, line, target) in lone {
            choices.push(Choice { label: shown.take(markdown::inline(label, line, context)), target });
        }
        shown.story.passages.push(Passage {
            slug: passage.slug.clone(),
            name: passage.name.clone(),
            tags: passage.tags.clone(),
            body,
            choices,
        });
    }
    shown
}

/// The line on which the text below a header begins: empty lines between them are not part of the text.
fn first_line(lines: &[&str], header: u32) -> u32 {
    let below = usize::try_from(header).unwrap_or(usize::MAX);
    let empty = lines.iter().skip(below).take_while(|line| line.trim().is_empty()).count();
    header.saturating_add(count(empty))
}

/// The Markdown of a passage with its links inside the text, and the links that stand alone on a line: label, line and
/// target. A lone link leaves its line empty, so that lines keep their numbers.
fn write<'a>(passage: &'a PassageSource, story: &StorySource) -> (String, Vec<(&'a str, u32, usize)>) {
    let mut text = String::new();
    let mut lone = Vec::new();
    for (index, piece) in passage.pieces.iter().enumerate() {
        match piece {
            PassagePiece::Text(written) => text.push_str(written),
            PassagePiece::Link { text: label, target, position } => {
                let before = passage.pieces.get(..index).unwrap_or_default();
                let after = passage.pieces.get(index + 1..).unwrap_or_default();
                if blank_up_to_line(before) && blank_to_line_end(after) {
                    lone.push((label.as_str(), position.line, *target));
                } else if let Some(target) = story.passages.get(*target) {
                    text.extend(["[", &balanced(label), "](pasaje:", target.slug.as_str(), ")"]);
                }
            }
        }
    }
    (text, lone)
}

/// Whether nothing but blanks stands between these pieces' end and the beginning of its line.
fn blank_up_to_line(before: &[PassagePiece]) -> bool {
    match before {
        [] => true,
        [.., PassagePiece::Link { .. }] => false,
        [earlier @ .., PassagePiece::Text(text)] => match text.rsplit_once('\n') {
            Some((_, tail)) => tail.trim().is_empty(),
            None => text.trim().is_empty() && blank_up_to_line(earlier),
        },
    }
}

/// Whether nothing but blanks stands between these pieces' beginning and the end of its line.
fn blank_to_line_end(after: &[PassagePiece]) -> bool {
    match after {
        [] => true,
        [PassagePiece::Link { .. }, ..] => false,
        [PassagePiece::Text(text), later @ ..] => match text.split_once('\n') {
            Some((head, _)) => head.trim().is_empty(),
            None => text.trim().is_empty() && blank_to_line_end(later),
        },
    }
}

/// A label as it can stand between the brackets of a Markdown link: brackets without a partner are escaped.
fn balanced(label: &str) -> String {
    let mut depth = 0_usize;
    let closes = label.chars().all(|c| match c {
        '[' => {
            depth += 1;
            true
        }
        ']' if depth == 0 => false,
        ']' => {
            depth -= 1;
            true
        }
        _ => true,
    });
    if closes && depth == 0 { label.to_owned() } else { label.replace('[', "\\[").replace(']', "\\]") }
}
