//! The table of contents: from the navigation document of EPUB 3, from the NCX of EPUB 2.
//! Sources: EPUB 3.3 §7, OPF 2.0.1 §2.4.1 (NCX: ANSI/NISO Z39.86-2005 §8).

use roxmltree::Node;

use crate::domain::finding::Finding;

use super::{
    super::xml,
    markup::{Token, Tokens, attribute, decoded, local_name, push_collapsed},
    package::value_of,
    path::{Place, anchor, resolve},
};

/// Most entries kept.
const MAX_ENTRIES: usize = 5_000;
/// Deepest level; deeper entries stand on it.
const MAX_LEVEL: usize = 8;
/// Longest title, in characters.
const MAX_TITLE: usize = 300;

/// One line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TocEntry {
    /// As the book writes it.
    pub title: String,
    /// Chapter, from 0.
    pub chapter: usize,
    /// Fragment as the page writes it, ready to stand after `#`. Its part: [`super::Book::part_of`].
    pub fragment: Option<String>,
    /// Level, from 0, at most 7; never more than one deeper than the entry before.
    pub depth: usize,
}

/// An entry as read: a title, where it leads, its level.
pub(super) struct Raw {
    pub(super) title: String,
    pub(super) place: Option<Place>,
    pub(super) level: usize,
}

/// Entries whose chapter exists, each with its fragment as the book writes it; a title without an address leads where
/// the next one does.
pub(super) fn entries(
    raw: Vec<Raw>,
    chapter_of: impl Fn(&str) -> Option<usize>,
) -> Vec<(TocEntry, Option<String>)> {
    let mut entries: Vec<(TocEntry, Option<String>)> = Vec::new();
    let mut waiting: Vec<(String, usize)> = Vec::new();
    for Raw { title, place, level } in raw {
        if title.is_empty() {
            continue;
        }
        let target = place.and_then(|place| Some((chapter_of(&place.path)?, place.fragment)));
        let Some((chapter, fragment)) = target else {
            waiting.push((title, level));
            continue;
        };
        let written = fragment.as_deref().and_then(anchor);
        // Only titles above this one wait for it.
        for (title, above) in waiting.drain(..).filter(|(_, above)| *above < level) {
            let entry = TocEntry { title, chapter, fragment: written.clone(), depth: above };
            entries.push((entry, fragment.clone()));
        }
        entries.push((TocEntry { title, chapter, fragment: written, depth: level }, fragment));
    }
    let mut deepest = 0;
    for (entry, _) in &mut entries {
        entry.depth = entry.depth.min(deepest).min(MAX_LEVEL - 1);
        deepest = entry.depth + 1;
    }
    entries
}

/// Entries of a navigation document: the `nav` of type `toc`, else its first.
pub(super) fn nav(text: &str, path: &str) -> Vec<Raw> {
    let typed = |attributes: &str| {
        attributes_type(attributes).is_some_and(|kind| kind.split_whitespace().any(|word| word == "toc"))
    };
    let found = nav_where(text, path, typed);
    if found.is_empty() { nav_where(text, path, |_| true) } else { found }
}

fn attributes_type(attributes: &str) -> Option<&str> {
    super::markup::attributes(attributes).find(|(name, _)| *name == "epub:type").map(|(_, value)| value)
}

fn nav_where(text: &str, path: &str, wanted: impl Fn(&str) -> bool) -> Vec<Raw> {
    let mut raw = Vec::new();
    let (mut inside, mut lists) = (false, 0_usize);
    let mut open: Option<Raw> = None;
    for token in Tokens::new(text) {
        match token {
            Token::Start { name, attributes, closed } => match local_name(name).as_str() {
                "nav" if !inside && !closed => inside = wanted(attributes),
                "ol" | "ul" if inside && !closed => lists += 1,
                "a" | "span" if inside && lists > 0 && !closed && open.is_none() => {
                    let place = attribute(attributes, "href").and_then(|href| resolve(path, &decoded(href)));
                    open = Some(Raw { title: String::new(), place, level: lists - 1 });
                }
                "img" => {
                    if let (Some(entry), Some(alt)) = (&mut open, attribute(attributes, "alt")) {
                        push_collapsed(&mut entry.title, &decoded(alt));
                    }
                }
                _ => {}
            },
            Token::End { name } => match local_name(name).as_str() {
                "nav" if inside => {
                    if !raw.is_empty() {
                        break;
                    }
                    inside = false;
                }
                "ol" | "ul" => {
                    lists = lists.saturating_sub(1);
                    take(&mut raw, &mut open);
                }
                "a" | "li" => take(&mut raw, &mut open),
                // A `span` inside a link does not end it.
                "span" if open.as_ref().is_some_and(|entry| entry.place.is_none()) => {
                    take(&mut raw, &mut open);
                }
                _ => {}
            },
            Token::Text(text) => {
                if let Some(entry) = &mut open {
                    push_collapsed(&mut entry.title, &decoded(text));
                }
            }
            Token::Verbatim(text) => {
                if let Some(entry) = &mut open {
                    push_collapsed(&mut entry.title, text);
                }
            }
        }
        if raw.len() >= MAX_ENTRIES {
            break;
        }
    }
    raw
}

fn take(raw: &mut Vec<Raw>, open: &mut Option<Raw>) {
    if let Some(mut entry) = open.take() {
        entry.title = entry.title.trim_end().chars().take(MAX_TITLE).collect();
        raw.push(entry);
    }
}

/// Entries of an NCX, in its order.
pub(super) fn ncx(text: &str, path: &str) -> Result<Vec<Raw>, Finding> {
    let tree = xml::tree(text, path)?;
    let mut raw = Vec::new();
    let Some(map) = tree.descendants().find(|node| node.tag_name().name() == "navMap") else {
        return Ok(raw);
    };
    // Points still to be read, the next one last.
    let mut ahead = points(map, 0);
    while let Some((point, level)) = ahead.pop() {
        if raw.len() >= MAX_ENTRIES {
            break;
        }
        let child = |name: &str| point.children().find(|node| node.tag_name().name() == name);
        let title = child("navLabel").map(|label| value_of(label, MAX_TITLE)).unwrap_or_default();
        let place = child("content").and_then(|content| content.attribute("src"));
        raw.push(Raw { title, place: place.and_then(|src| resolve(path, src)), level });
        ahead.extend(points(point, level + 1));
    }
    Ok(raw)
}

fn points<'a, 'i>(of: Node<'a, 'i>, level: usize) -> Vec<(Node<'a, 'i>, usize)> {
    let points = of.children().filter(|node| node.tag_name().name() == "navPoint");
    let mut points = points.map(|point| (point, level)).collect::<Vec<_>>();
    points.reverse();
    points
}
