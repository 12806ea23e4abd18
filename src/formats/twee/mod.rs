//! Reads Twee 3, the text format of Twine for stories, by its specification
//! (<https://github.com/iftechfoundation/twine-specs/blob/master/twee-3-specification.md>).
//!
//! Lives here: from text to passages and links. Does not: where one can get from where (`domain::story`), Markdown
//! (`content`).
//!
//! A story is text and links. What only a story format of Twine can run (macros, variables, scripts, styles, HTML) is an
//! error with its place, never shown to a reader as text; the module `code` says what counts as such. Metadata of a passage
//! is the place of its box in Twine's editor: it is skipped unread. Work grows linearly with the text.

mod book;
mod code;
mod header;
mod passage;
mod story_data;

use book::Book;
use header::Header;

use crate::{
    domain::{finding::Finding, story::StorySource},
    formats::lines::lines,
};

/// Longest text that is read, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// Most passages of one story.
pub const MAX_PASSAGES: usize = 500;
/// After so many findings reading ends.
pub const MAX_FINDINGS: usize = 100;

/// Reads a story. A reader gets a whole story or none, so every finding is an error.
pub fn parse(text: &str) -> Result<StorySource, Vec<Finding>> {
    if text.len() > MAX_BYTES {
        return Err(vec![Finding::error_of_whole("check-twee-too-long").with("kilobytes", MAX_BYTES / 1024)]);
    }
    let mut findings = Findings::default();
    let raw = split(text, &mut findings);
    let mut book = Book::default();
    for passage in raw {
        book.add(&passage, &mut findings);
    }
    let story = book.finish(&mut findings);
    match story {
        Some(story) if findings.0.is_empty() => Ok(story),
        _ => Err(findings.in_order()),
    }
}

/// What is wrong so far, at most [`MAX_FINDINGS`] of them.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, finding: Finding) {
        if self.0.len() < MAX_FINDINGS {
            self.0.push(finding);
        } else if self.0.len() == MAX_FINDINGS {
            let at = finding.position.map_or((1, 1), |p| (p.line, p.column));
            self.0
                .push(Finding::error("check-twee-too-many-findings", at.0, at.1).with("count", MAX_FINDINGS));
        }
    }

    fn in_order(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.position);
        self.0
    }
}

/// A passage cut out of the text.
struct RawPassage {
    header: Header,
    /// Its lines joined by line feeds, without empty lines at both ends.
    body: String,
    /// Number of the first line of `body`.
    first_line: u32,
}

/// Cuts the text at its headers.
fn split(text: &str, findings: &mut Findings) -> Vec<RawPassage> {
    let mut passages: Vec<RawPassage> = Vec::new();
    let mut told = false;
    for line in lines(text) {
        if let Some(written) = line.text.strip_prefix("::") {
            if passages.len() == MAX_PASSAGES {
                findings
                    .add(Finding::error("check-twee-too-many", line.number, 1).with("count", MAX_PASSAGES));
                break;
            }
            let header = header::read(written, line.number, findings);
            passages.push(RawPassage { header, body: String::new(), first_line: line.number + 1 });
        } else if let Some(passage) = passages.last_mut() {
            if passage.body.is_empty() && line.text.trim().is_empty() {
                passage.first_line = line.number + 1;
            } else {
                passage.body.push_str(line.text);
                passage.body.push('\n');
            }
        } else if !told && !line.text.trim().is_empty() {
            told = true;
            let indent = line.text.chars().take_while(|c| c.is_whitespace()).count();
            findings.add(Finding::error("check-twee-text-before", line.number, header::column(indent)));
        }
    }
    for passage in &mut passages {
        passage.body.truncate(passage.body.trim_end().len());
    }
    passages
}
