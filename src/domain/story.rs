//! Stories and decision games: passages joined by choices. What Twee 3 says of a story, without its syntax.

use crate::domain::{finding::Position, fragment::Fragment, id::Slug};

/// The tag of a passage the story may end with.
const ENDING: &str = "final";

/// A story read from one `story.twee`, its passages not yet turned into HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorySource {
    /// `StoryTitle`, when there is one.
    pub title: Option<String>,
    /// Index into `passages` of where the reader begins.
    pub start: usize,
    /// Passages in file order, without the special ones.
    pub passages: Vec<PassageSource>,
}

/// One passage as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageSource {
    /// Its name as written after `::`.
    pub name: String,
    /// The name as it stands in an address.
    pub slug: Slug,
    /// `[tag tag]`.
    pub tags: Vec<String>,
    /// Where its header line is.
    pub position: Position,
    /// Text and links, in order.
    pub pieces: Vec<PassagePiece>,
}

/// A part of a passage's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassagePiece {
    /// Markdown text.
    Text(String),
    /// `[[text->target]]`, `[[target<-text]]`, `[[text|target]]` or `[[target]]`.
    Link {
        /// What the reader sees, Markdown (it may hold a picture).
        text: String,
        /// Index of the passage it leads to.
        target: usize,
        /// Where the link stands.
        position: Position,
    },
}

/// A story ready to be shown in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// `StoryTitle`, when there is one.
    pub title: Option<String>,
    /// Index into `passages` of where the reader begins.
    pub start: usize,
    /// The passages.
    pub passages: Vec<Passage>,
}

/// One passage ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its name in an address.
    pub slug: Slug,
    /// Its name as written.
    pub name: String,
    /// Tags as written; `final` marks an ending.
    pub tags: Vec<String>,
    /// The text, without the links that stand alone on a line.
    pub body: Fragment,
    /// The choices: links that stand alone on a line, in order. The page makes the address of each from its target.
    pub choices: Vec<Choice>,
}

/// A choice under a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the reader sees (it may hold a picture).
    pub label: Fragment,
    /// Index of the passage it leads to.
    pub target: usize,
}

impl PassageSource {
    /// Whether the story may end here: the passage has the tag `final`.
    pub fn is_ending(&self) -> bool {
        self.tags.iter().any(|tag| tag == ENDING)
    }

    /// Indexes of the passages its links lead to, in order; one that two links lead to stands twice.
    pub fn targets(&self) -> impl Iterator<Item = usize> {
        self.pieces.iter().filter_map(|piece| match piece {
            PassagePiece::Link { target, .. } => Some(*target),
            PassagePiece::Text(_) => None,
        })
    }
}

impl StorySource {
    /// Passages with the tag `final`.
    pub fn endings(&self) -> Vec<usize> {
        self.indexes(|index| self.passages[index].is_ending())
    }

    /// Passages nobody gets to from the start.
    pub fn unreachable(&self) -> Vec<usize> {
        let forward: Vec<Vec<usize>> =
            self.passages.iter().map(|passage| passage.targets().collect()).collect();
        let reached = reached(&forward, [self.start]);
        self.indexes(|index| !reached[index])
    }

    /// Passages from which no ending can be reached: those without a link that are no ending, and those that only
    /// lead in circles.
    pub fn dead_ends(&self) -> Vec<usize> {
        let mut backward = vec![Vec::new(); self.passages.len()];
        for (from, passage) in self.passages.iter().enumerate() {
            for to in passage.targets() {
                if let Some(sources) = backward.get_mut(to) {
                    sources.push(from);
                }
            }
        }
        let ends = reached(&backward, self.endings());
        self.indexes(|index| !ends[index])
    }

    fn indexes(&self, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.passages.len()).filter(|index| wanted(*index)).collect()
    }
}

/// Which places can be reached along these edges, the places one begins at included.
fn reached(edges: &[Vec<usize>], from: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut reached = vec![false; edges.len()];
    let mut waiting: Vec<usize> = from.into_iter().collect();
    while let Some(place) = waiting.pop() {
        if reached.get(place) == Some(&false) {
            reached[place] = true;
            waiting.extend(&edges[place]);
        }
    }
    reached
}

impl Passage {
    /// Whether the story ends here.
    pub fn is_ending(&self) -> bool {
        self.tags.iter().any(|tag| tag == ENDING)
    }
}

impl Story {
    /// The passage with this name in an address.
    pub fn passage(&self, slug: &Slug) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.slug == *slug)
    }
}

#[cfg(test)]
mod tests {
    use super::{PassagePiece, PassageSource, Position, StorySource};
    use crate::domain::id::Slug;

    /// A story whose passages lead where the numbers say; the flag marks an ending.
    fn story(passages: &[(bool, &[usize])]) -> StorySource {
        let position = Position { line: 1, column: 1 };
        let passage = |(index, (ending, targets)): (usize, &(bool, &[usize]))| PassageSource {
            name: index.to_string(),
            slug: Slug::from_text(&index.to_string()).expect("digits are a slug"),
            tags: if *ending { vec!["final".to_owned()] } else { Vec::new() },
            position,
            pieces: targets
                .iter()
                .map(|target| PassagePiece::Link { text: String::new(), target: *target, position })
                .collect(),
        };
        StorySource { title: None, start: 0, passages: passages.iter().enumerate().map(passage).collect() }
    }

    #[test]
    fn a_sound_story_has_no_loose_passage() {
        let story = story(&[(false, &[1, 2]), (false, &[0, 2]), (true, &[0])]);
        assert_eq!((story.endings(), story.unreachable(), story.dead_ends()), (vec![2], vec![], vec![]));
    }

    #[test]
    fn loose_passages_are_found_in_order() {
        // 1 has no link, 2 and 3 run in a circle, 4 is an ending nobody gets to.
        let story = story(&[
            (false, &[1, 2, 5]),
            (false, &[]),
            (false, &[3]),
            (false, &[2, 2]),
            (true, &[]),
            (true, &[]),
        ]);
        assert_eq!(story.unreachable(), [4]);
        assert_eq!(story.dead_ends(), [1, 2, 3]);
        assert_eq!(story.endings(), [4, 5]);
    }

    #[test]
    fn a_link_or_a_start_that_leads_nowhere_is_no_panic() {
        let mut story = story(&[(false, &[7])]);
        story.start = 9;
        assert_eq!((story.unreachable(), story.dead_ends()), (vec![0], vec![0]));
    }
}
