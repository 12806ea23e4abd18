//! `lesson.md` into screens, and `cards.md` into cards: both are cut at `##`. Which blocks may stand where is decided
//! here; what a text means is [`markdown`](super::markdown)'s work.

use std::ops::Range;

use crate::{
    content::{
        markdown::{self, Context, Notes, Place},
        place::count,
    },
    domain::{
        finding::Finding,
        lesson::{Block, Card, Screen},
    },
};

/// Most screens of a lesson and most cards of a sheet.
const MAX_PARTS: usize = 100;

/// What the activities of a lesson offer for `::` blocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Activities {
    /// There is a story.
    pub(super) story: bool,
    /// How many questions there are.
    pub(super) questions: usize,
    /// There is a sorting game.
    pub(super) sort: bool,
    /// There are cards.
    pub(super) cards: bool,
}

/// The screens of a `lesson.md`.
#[derive(Debug, Default)]
pub(super) struct LessonScreens {
    /// The screens.
    pub(super) screens: Vec<Screen>,
    /// For each screen: the line of its heading, and which of the notes' units are its own.
    pub(super) places: Vec<(u32, Range<usize>)>,
    /// What is known about the texts.
    pub(super) notes: Notes,
    /// What was wrong.
    pub(super) findings: Vec<Finding>,
}

/// Cuts a `lesson.md` into screens.
pub(super) fn screens(text: &str, activities: Activities, context: Context<'_>) -> LessonScreens {
    let mut out = LessonScreens::default();
    let (parts, findings) = split(text, true);
    out.findings = findings;
    if parts.is_empty() {
        out.findings.push(Finding::error_of_whole("check-lesson-no-screens"));
    }
    let mut placed: Vec<&'static str> = Vec::new();
    for part in parts {
        let first_unit = out.notes.units.len();
        let mut blocks = Vec::new();
        let mut games = 0;
        for item in part.items {
            match item {
                Item::Text { line, text } => {
                    let rendered = markdown::blocks(&text, Place { line, raise: 1 }, context);
                    out.findings.extend(rendered.findings);
                    out.notes.append(rendered.notes);
                    if !rendered.fragment.is_empty() {
                        blocks.push(Block::Text(rendered.fragment));
                    }
                }
                Item::Directive { line, text } => match directive(&text, activities) {
                    Ok((block, name)) => {
                        games += usize::from(matches!(name, "story" | "quiz" | "sort"));
                        if games > 1 {
                            out.findings.push(Finding::error("check-lesson-two-games", line, 1));
                        }
                        if matches!(name, "story" | "sort" | "cards" | "report") && placed.contains(&name) {
                            out.findings.push(
                                Finding::error("check-lesson-block-twice", line, 1).with("block", name),
                            );
                        }
                        placed.push(name);
                        blocks.push(block);
                    }
                    Err(id) => out.findings.push(Finding::error(id, line, 1).with("text", shown(&text))),
                },
            }
        }
        if blocks.is_empty() {
            out.findings.push(Finding::error("check-lesson-empty-screen", part.line, 1));
        }
        out.places.push((part.line, first_unit..out.notes.units.len()));
        out.screens.push(Screen { title: part.title, blocks });
    }
    out
}

/// Cuts a `cards.md` into cards.
pub(super) fn cards(text: &str, context: Context<'_>) -> (Vec<Card>, Notes, Vec<Finding>) {
    let (parts, mut findings) = split(text, false);
    let mut notes = Notes::default();
    let mut cards = Vec::new();
    if parts.is_empty() {
        findings.push(Finding::error_of_whole("check-cards-none"));
    }
    for part in parts {
        let mut body = crate::domain::fragment::Fragment::default();
        for item in part.items {
            let (Item::Text { line, text } | Item::Directive { line, text }) = item;
            let rendered = markdown::blocks(&text, Place { line, raise: 0 }, context);
            findings.extend(rendered.findings);
            notes.append(rendered.notes);
            body.pieces.extend(rendered.fragment.pieces);
        }
        cards.push(Card { title: part.title, body });
    }
    (cards, notes, findings)
}

/// What stands below one `##`.
struct Part {
    line: u32,
    title: String,
    items: Vec<Item>,
}

enum Item {
    Text { line: u32, text: String },
    Directive { line: u32, text: String },
}

/// Cuts a text at its `##` headings and, where asked, at lines that begin with `::`; fenced code is left whole.
fn split(text: &str, directives: bool) -> (Vec<Part>, Vec<Finding>) {
    let mut parts: Vec<Part> = Vec::new();
    let mut findings = Vec::new();
    let mut fence: Option<&str> = None;
    let mut early = false;
    for (index, line) in text.lines().enumerate() {
        let number = count(index);
        let trimmed = line.trim();
        let heading = line.strip_prefix("##").filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        if let Some(open) = fence {
            if trimmed.starts_with(open) && trimmed.trim_matches(['`', '~']).is_empty() {
                fence = None;
            }
        } else if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fence = trimmed.get(..3);
        } else if let Some(heading) = heading {
            let title = markdown::plain(heading.trim().trim_end_matches('#'));
            if title.is_empty() {
                findings.push(Finding::error("check-lesson-no-title", number, 1));
            }
            if parts.len() == MAX_PARTS {
                findings.push(Finding::error("check-lesson-too-many", number, 1).with("limit", MAX_PARTS));
                break;
            }
            parts.push(Part { line: number, title, items: Vec::new() });
            continue;
        }
        let Some(part) = parts.last_mut() else {
            if !trimmed.is_empty() && !early {
                early = true;
                findings.push(Finding::error("check-lesson-text-before", number, 1));
            }
            continue;
        };
        if directives && fence.is_none() && trimmed.starts_with("::") {
            part.items.push(Item::Directive { line: number, text: trimmed.to_owned() });
        } else if let Some(Item::Text { text, .. }) = part.items.last_mut() {
            text.push('\n');
            text.push_str(line);
        } else if !trimmed.is_empty() {
            part.items.push(Item::Text { line: number, text: line.to_owned() });
        }
    }
    (parts, findings)
}

/// Reads `::name` or `::quiz{from=1 to=3}`; fails with the id of what is wrong.
fn directive(text: &str, activities: Activities) -> Result<(Block, &'static str), &'static str> {
    const UNKNOWN: &str = "check-lesson-unknown-block";
    let rest = text.strip_prefix("::").ok_or(UNKNOWN)?;
    let (name, attributes) = match rest.split_once('{') {
        Some((name, attributes)) => (name, attributes.strip_suffix('}').ok_or(UNKNOWN)?),
        None => (rest, ""),
    };
    if name == "quiz" {
        if activities.questions == 0 {
            return Err("check-lesson-block-without-file");
        }
        let (mut from, mut to) = (1, activities.questions);
        for attribute in attributes.split_whitespace() {
            let (key, value) = attribute.split_once('=').ok_or("check-lesson-quiz-range")?;
            let value = value.parse().map_err(|_| "check-lesson-quiz-range")?;
            match key {
                "from" => from = value,
                "to" => to = value,
                _ => return Err("check-lesson-quiz-range"),
            }
        }
        let fits = 1 <= from && from <= to && to <= activities.questions;
        return if fits { Ok((Block::Quiz { from, to }, "quiz")) } else { Err("check-lesson-quiz-range") };
    }
    if !attributes.is_empty() {
        return Err(UNKNOWN);
    }
    let (block, name, there) = match name {
        "story" => (Block::Story, "story", activities.story),
        "sort" => (Block::Sort, "sort", activities.sort),
        "cards" => (Block::Cards, "cards", activities.cards),
        "help" => (Block::Help, "help", true),
        "report" => (Block::Report, "report", true),
        _ => return Err(UNKNOWN),
    };
    if there { Ok((block, name)) } else { Err("check-lesson-block-without-file") }
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Activities, LessonScreens, screens};
    use crate::{content::markdown::Context, domain::lesson::Block};

    const ALL: Activities = Activities { story: true, questions: 3, sort: true, cards: true };

    fn read(text: &str, activities: Activities) -> LessonScreens {
        screens(text, activities, Context { media: &BTreeMap::new(), passages: false })
    }

    fn found(text: &str) -> Vec<(&'static str, u32)> {
        let line = |at: Option<crate::domain::finding::Position>| at.map_or(0, |at| at.line);
        read(text, ALL).findings.iter().map(|f| (f.id, line(f.position))).collect()
    }

    #[test]
    fn screens_hold_texts_and_blocks_in_order() {
        let read = read("## Uno\n\nHola.\n\n::quiz{from=2 to=3}\n\nFin.\n## Dos ##\n::help\n", ALL);
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        let titles: Vec<_> = read.screens.iter().map(|screen| screen.title.as_str()).collect();
        assert_eq!(titles, ["Uno", "Dos"]);
        assert!(matches!(
            read.screens[0].blocks.as_slice(),
            [Block::Text(_), Block::Quiz { from: 2, to: 3 }, Block::Text(_)]
        ));
        assert_eq!(read.places[0], (1, 0..2));
    }

    #[test]
    fn a_wrong_block_is_told_with_its_line() {
        assert_eq!(
            found("## a\n\n::quizz\n"),
            [("check-lesson-unknown-block", 3), ("check-lesson-empty-screen", 1)]
        );
        for range in ["from=0", "to=4", "from=3 to=2", "from=x", "desde=1", "from"] {
            assert_eq!(
                found(&format!("## a\nb\n::quiz{{{range}}}\n")),
                [("check-lesson-quiz-range", 3)],
                "{range}"
            );
        }
        assert_eq!(found("## a\n::story\n::quiz\n"), [("check-lesson-two-games", 3)]);
        for block in ["sort", "report"] {
            let twice = found(&format!("## a\n::{block}\n## b\n::{block}\n"));
            assert_eq!(twice, [("check-lesson-block-twice", 4)], "{block}");
        }
        let none = Activities { story: false, questions: 0, sort: false, cards: false };
        assert_eq!(read("## a\nb\n::quiz", none).findings[0].id, "check-lesson-block-without-file");
    }

    #[test]
    fn texts_outside_of_screens_are_told() {
        assert_eq!(found("\nhola\n## a\nb"), [("check-lesson-text-before", 2)]);
        assert_eq!(found(""), [("check-lesson-no-screens", 0)]);
        assert_eq!(found("## \nb"), [("check-lesson-no-title", 1)]);
    }

    #[test]
    fn lines_of_findings_are_lines_of_the_file() {
        assert_eq!(found("## a\n\nb\n::help\n\nc\n\n![x](no.png)\n"), [("check-md-image-missing", 8)]);
        assert_eq!(found("## a\n```\n## no\n::no\n```\n"), []);
    }
}
