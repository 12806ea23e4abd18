//! Subtitles in `WebVTT` and `SubRip` as the words that were said: a transcript to read and to search. Where a cue
//! stands on the picture is not kept.

mod words;

use super::lines;
use crate::domain::finding::Finding;

/// Longest file of subtitles that is read.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Most cues that are read; a film of two hours has some two thousand.
pub const MAX_CUES: usize = 20_000;
/// A pause that begins a new paragraph, in milliseconds.
const PAUSE_MS: u64 = 2_000;
/// A sentence that ends behind this many characters ends its paragraph.
const PARAGRAPH: usize = 400;
/// A paragraph is ended behind this many characters even inside a sentence.
const LONGEST_PARAGRAPH: usize = 1_200;

/// Words said from one moment to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Beginning, in milliseconds.
    pub start_ms: u64,
    /// End, in milliseconds.
    pub end_ms: u64,
    /// Plain text; lines as they were, split by line feeds.
    pub text: String,
    /// Who speaks, when the file says so.
    pub voice: Option<String>,
}

/// All that is said in a recording, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transcript {
    /// The cues.
    pub cues: Vec<Cue>,
}

/// Some cues together, to be read as a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Beginning, in milliseconds.
    pub start_ms: u64,
    /// Who speaks, when the file says so.
    pub voice: Option<String>,
    /// The text on one line.
    pub text: String,
}

impl Transcript {
    /// The cues joined into paragraphs: a pause of two seconds, another voice, or a sentence that ends late enough
    /// begins the next. A text that the next cue only repeats, as rolling subtitles do, stands once.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        let mut end_ms = 0_u64;
        let mut last_line = "";
        for cue in &self.cues {
            let mut lines = cue.text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
            lines.next_if(|line| *line == last_line && cue.start_ms <= end_ms.saturating_add(PAUSE_MS));
            let text = lines.clone().collect::<Vec<_>>().join(" ");
            last_line = lines.last().unwrap_or(last_line);
            if text.is_empty() {
                continue;
            }
            match paragraphs.last_mut() {
                Some(last)
                    if last.voice == cue.voice
                        && cue.start_ms < end_ms.saturating_add(PAUSE_MS)
                        && goes_on(&last.text) =>
                {
                    last.text.push(' ');
                    last.text.push_str(&text);
                }
                _ => paragraphs.push(Paragraph { start_ms: cue.start_ms, voice: cue.voice.clone(), text }),
            }
            end_ms = cue.end_ms;
        }
        paragraphs
    }
}

fn goes_on(text: &str) -> bool {
    let length = text.len();
    length < PARAGRAPH || (length < LONGEST_PARAGRAPH && !text.ends_with(['.', '!', '?', '…', '»', '”', '"']))
}

/// Reads subtitles as leniently as the standard's parser (W3C `WebVTT`, section 6): a cue that cannot be read is
/// left out, nothing in the file stops the rest. A file without `WEBVTT` at its head is read as `SubRip`.
///
/// # Errors
/// The file is too long, or holds no cue at all.
pub fn parse(text: &str) -> Result<Transcript, Finding> {
    if text.len() > MAX_BYTES {
        let limit = MAX_BYTES / (1024 * 1024);
        return Err(Finding::error_of_whole("check-file-subtitles-too-long").with("megabytes", limit));
    }
    let mut cues = Vec::new();
    let mut open: Option<Open<'_>> = None;
    let mut skipping = text.trim_start_matches('\u{feff}').starts_with("WEBVTT");
    let mut before = Before::Blank;
    for line in lines::lines(text) {
        let line = line.text;
        if line.contains("-->") {
            // A line with an arrow begins a cue even where no blank line stood before.
            close(&mut open, &mut cues);
            open = timing(line).map(|(start_ms, end_ms)| Open { start_ms, end_ms, lines: Vec::new() });
            skipping = open.is_none();
            before = Before::Text;
        } else if line.trim().is_empty() {
            close(&mut open, &mut cues);
            skipping = false;
            before = Before::Blank;
        } else if skipping {
            continue;
        } else if let Some(cue) = &mut open {
            cue.lines.push(line);
        } else if before == Before::Blank {
            // Notes, styles and regions, or the name of a cue; what follows without an arrow is nothing.
            before = Before::Text;
        }
        if cues.len() >= MAX_CUES {
            return Err(Finding::error_of_whole("check-file-too-many-cues").with("count", MAX_CUES));
        }
    }
    close(&mut open, &mut cues);
    if cues.is_empty() {
        return Err(Finding::error_of_whole("check-file-no-cues"));
    }
    Ok(Transcript { cues })
}

#[derive(PartialEq)]
enum Before {
    Blank,
    Text,
}

/// A cue whose text is being read.
struct Open<'a> {
    start_ms: u64,
    end_ms: u64,
    lines: Vec<&'a str>,
}

fn close(open: &mut Option<Open<'_>>, cues: &mut Vec<Cue>) {
    if let Some(cue) = open.take() {
        let (text, voice) = words::plain(&cue.lines.join("\n"));
        cues.push(Cue { start_ms: cue.start_ms, end_ms: cue.end_ms, text, voice });
    }
}

/// The two moments of `00:11.000 --> 00:13.000 align:end`, in milliseconds.
fn timing(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    let rest = rest.trim_start();
    let end = rest.split([' ', '\t']).next().unwrap_or(rest);
    Some((moment(start.trim())?, moment(end)?))
}

/// `hh:mm:ss.ttt` or `mm:ss.ttt`, in `SubRip` with a comma; hours may have more digits.
fn moment(text: &str) -> Option<u64> {
    let (clock, thousandths) = text.split_once(['.', ','])?;
    let mut parts = clock.split(':').rev();
    let (seconds, minutes, hours) = (parts.next()?, parts.next()?, parts.next());
    let two = |part: &str| digits(part).filter(|value| part.len() == 2 && *value < 60);
    if parts.next().is_some() || thousandths.len() != 3 {
        return None;
    }
    let hours = match hours {
        Some(hours) if (1..=6).contains(&hours.len()) => digits(hours)?,
        Some(_) => return None,
        None => 0,
    };
    Some(((hours * 60 + two(minutes)?) * 60 + two(seconds)?) * 1000 + digits(thousandths)?)
}

fn digits(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) { None } else { text.parse().ok() }
}
