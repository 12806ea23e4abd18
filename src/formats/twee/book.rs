//! Puts passages together: special ones, names, links to where they lead, the start.

use std::collections::{HashMap, hash_map::Entry};

use super::{
    Findings, RawPassage,
    header::Header,
    passage::{self, RawPiece},
    story_data,
};
use crate::domain::{
    finding::{Finding, Position},
    id::Slug,
    story::{PassagePiece, PassageSource, StorySource},
};

/// Special passages of Twine and of its story formats that hold code or parts of a page of theirs.
const REFUSED_NAMES: [&str; 21] = [
    "PassageDone",
    "PassageFooter",
    "PassageHeader",
    "PassageReady",
    "StoryAuthor",
    "StoryBanner",
    "StoryCaption",
    "StoryDisplayTitle",
    "StoryIncludes",
    "StoryInit",
    "StoryInterface",
    "StoryMenu",
    "StorySettings",
    "StoryShare",
    "StorySubtitle",
    "Script",
    "StoryScript",
    "Story Script",
    "StoryStylesheet",
    "Story Stylesheet",
    "UserScript",
];
/// Special tags: scripts, styles, parts of other passages, pictures packed into a passage.
const REFUSED_TAGS: [&str; 8] =
    ["script", "stylesheet", "widget", "init", "startup", "header", "footer", "annotation"];

/// A passage whose links still have names.
struct Draft {
    source: PassageSource,
    links: Vec<String>,
}

/// A story in the making.
#[derive(Default)]
pub(super) struct Book {
    title: Option<String>,
    start: Option<(String, u32)>,
    drafts: Vec<Draft>,
    by_name: HashMap<String, usize>,
    by_slug: HashMap<Slug, usize>,
    specials: Vec<&'static str>,
}

impl Book {
    /// Takes a passage in, or tells why it cannot be part of a story.
    pub(super) fn add(&mut self, raw: &RawPassage, findings: &mut Findings) {
        let Header { name, tags, line, name_column, .. } = &raw.header;
        if name.is_empty() {
            findings.add(Finding::error("check-twee-no-name", *line, 1));
            return;
        }
        let refused_tag =
            tags.iter().find(|tag| REFUSED_TAGS.contains(&tag.as_str()) || tag.starts_with("Twine."));
        if let Some(tag) = refused_tag {
            findings.add(
                Finding::error("check-twee-refused-tag", *line, raw.header.tags_column).with("tag", tag),
            );
            return;
        }
        match name.as_str() {
            "StoryTitle" => {
                if self.special("StoryTitle", raw, findings) {
                    let title = raw.body.split_whitespace().collect::<Vec<_>>().join(" ");
                    self.title = Some(title).filter(|title| !title.is_empty());
                }
            }
            "StoryData" => {
                if self.special("StoryData", raw, findings) {
                    self.start =
                        story_data::start(&raw.body, raw.first_line, findings).map(|name| (name, *line));
                }
            }
            other if REFUSED_NAMES.contains(&other) => {
                findings.add(
                    Finding::error("check-twee-refused-passage", *line, *name_column).with("name", other),
                );
            }
            _ => self.add_passage(raw, findings),
        }
    }

    /// Whether a special passage appears for the first time.
    fn special(&mut self, name: &'static str, raw: &RawPassage, findings: &mut Findings) -> bool {
        let first = !self.specials.contains(&name);
        if first {
            self.specials.push(name);
        } else {
            let Header { line, name_column, .. } = raw.header;
            findings.add(Finding::error("check-twee-duplicate-name", line, name_column).with("name", name));
        }
        first
    }

    fn add_passage(&mut self, raw: &RawPassage, findings: &mut Findings) {
        let Header { name, tags, line, name_column, .. } = &raw.header;
        let error = |id| Finding::error(id, *line, *name_column).with("name", name);
        let Some(slug) = Slug::from_text(name) else {
            findings.add(error("check-twee-name-no-letters"));
            return;
        };
        let index = self.drafts.len();
        match self.by_name.entry(name.clone()) {
            Entry::Occupied(_) => {
                findings.add(error("check-twee-duplicate-name"));
                return;
            }
            Entry::Vacant(free) => free.insert(index),
        };
        match self.by_slug.entry(slug.clone()) {
            Entry::Occupied(taken) => {
                let other = self.drafts.get(*taken.get()).map_or("", |draft| draft.source.name.as_str());
                findings.add(error("check-twee-duplicate-slug").with("other", other).with("slug", &slug));
            }
            Entry::Vacant(free) => {
                free.insert(index);
            }
        }
        let mut links = Vec::new();
        let mut pieces = Vec::new();
        for piece in passage::read(&raw.body, raw.first_line, findings) {
            pieces.push(match piece {
                RawPiece::Text(text) => PassagePiece::Text(text),
                RawPiece::Link { text, target, position } => {
                    links.push(target);
                    PassagePiece::Link { text, target: links.len() - 1, position }
                }
            });
        }
        let blank =
            |piece: &PassagePiece| matches!(piece, PassagePiece::Text(text) if text.trim().is_empty());
        if pieces.iter().all(blank) {
            findings.add(error("check-twee-empty-passage"));
        }
        let position = Position { line: *line, column: 1 };
        let source = PassageSource { name: name.clone(), slug, tags: tags.clone(), position, pieces };
        self.drafts.push(Draft { source, links });
    }

    /// Joins the links to their passages and finds the start.
    pub(super) fn finish(self, findings: &mut Findings) -> Option<StorySource> {
        let Self { title, start, drafts, by_name, .. } = self;
        if drafts.is_empty() {
            if findings.0.is_empty() {
                findings.add(Finding::error_of_whole("check-twee-no-passages"));
            }
            return None;
        }
        let name = start.as_ref().map_or("Start", |(name, _)| name);
        let found = by_name.get(name).copied();
        if found.is_none() {
            findings.add(match &start {
                Some((name, line)) => Finding::error("check-twee-start-missing", *line, 1).with("name", name),
                None => Finding::error_of_whole("check-twee-no-start"),
            });
        }
        let mut passages = Vec::with_capacity(drafts.len());
        for Draft { mut source, links } in drafts {
            for piece in &mut source.pieces {
                let PassagePiece::Link { target, position, .. } = piece else {
                    continue;
                };
                let name = links.get(*target).map_or("", String::as_str);
                match by_name.get(name) {
                    Some(found) => *target = *found,
                    None => findings.add(
                        Finding::error("check-twee-link-missing", position.line, position.column)
                            .with("name", name),
                    ),
                }
            }
            passages.push(source);
        }
        Some(StorySource { title, start: found?, passages })
    }
}
