//! One question: its title, the text around the braces, and which kind of answer stands between them.
//! The answers themselves are read in `answers` and `numbers`.

use super::{
    answers,
    blocks::{Block, CATEGORY},
    numbers,
    scan::{Prefix, Span, excerpt, prefix, unescape},
};
use crate::domain::{
    finding::{Finding, Position, Severity},
    quiz::{Question, QuestionKind, SourceText, TextFormat},
};

/// The name of a `$CATEGORY:` block.
pub(super) fn category(block: &Block, findings: &mut Vec<Finding>) -> Option<String> {
    let name = block.text.trim().strip_prefix(CATEGORY).map(|name| unescape(name.trim()));
    let name = name.filter(|name| !name.is_empty());
    if name.is_none() {
        let (line, column) = block.position(0);
        findings.push(Finding::error("check-gift-category-empty", line, column));
    }
    name
}

/// The question of a block; `None` when an error was found in it.
pub(super) fn read(
    block: &mut Block,
    category: Option<String>,
    findings: &mut Vec<Finding>,
) -> Option<Question<SourceText>> {
    let tags = std::mem::take(&mut block.tags);
    let mut reader = Reader { block, format: TextFormat::default(), findings, failed: false };
    let question = reader.question(tags, category);
    if reader.failed { None } else { question }
}

/// Braces that do not fit each other; the finding says how.
struct Unfit;

/// A block being read, with what is wrong so far.
pub(super) struct Reader<'b> {
    block: &'b Block,
    /// Format of the question's text; answers and feedback without one of their own take it.
    format: TextFormat,
    findings: &'b mut Vec<Finding>,
    failed: bool,
}

impl<'b> Reader<'b> {
    /// The block's text.
    pub(super) fn text(&self) -> &'b str {
        &self.block.text
    }

    /// Whether an error was found: rules over all the answers together then say nothing new.
    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Notes an error at a byte of the block; `args` are its arguments.
    pub(super) fn error(&mut self, id: &'static str, at: usize, args: &[(&'static str, String)]) {
        self.report(Severity::Error, id, at, args);
        self.failed = true;
    }

    /// Notes a warning at a byte of the block.
    pub(super) fn warn(&mut self, id: &'static str, at: usize, args: &[(&'static str, String)]) {
        self.report(Severity::Warning, id, at, args);
    }

    fn report(&mut self, severity: Severity, id: &'static str, at: usize, args: &[(&'static str, String)]) {
        let (line, column) = self.block.position(at);
        let position = Some(Position { line, column });
        // A question may hold 100 options; what is wrong with all of them need not be listed.
        if self.findings.len() <= super::MAX_FINDINGS {
            self.findings.push(Finding { id, args: args.to_vec(), position, severity });
        }
    }

    /// The text of a span with its format taken off and its backslashes undone.
    pub(super) fn source(&mut self, span: Span) -> SourceText {
        let span = span.trim(self.text());
        let raw = span.of(self.text());
        let (format, text) = match prefix(raw) {
            Prefix::Format(format, length) => (format, &raw[length..]),
            Prefix::None => (self.format, raw),
            Prefix::Unknown(length) => {
                self.warn("check-gift-unknown-format", span.start, &[("format", raw[..length].to_owned())]);
                (self.format, raw)
            }
        };
        SourceText { format, text: unescape(text).trim().to_owned() }
    }

    /// The text of a feedback; `None` when it is empty.
    pub(super) fn feedback(&mut self, span: Option<Span>) -> Option<SourceText> {
        span.map(|span| self.source(span)).filter(|source| !source.text.is_empty())
    }

    fn question(&mut self, tags: Vec<String>, category: Option<String>) -> Option<Question<SourceText>> {
        let text = self.text();
        let whole = Span { start: 0, end: text.len() }.trim(text);
        let (line, column) = self.block.position(whole.start);
        let (title, body) = self.title(whole);
        let braces = self.braces(body).ok()?;
        let (stem, tail) = match braces {
            None => (body, None),
            Some(inside) => {
                let after = Span { start: inside.end + 1, end: body.end }.trim(text);
                (
                    Span { start: body.start, end: inside.start - 1 },
                    (after.start < after.end).then_some(after),
                )
            }
        };
        let stem_at = stem.trim(text).start;
        let stem = self.source(stem);
        self.format = stem.format;
        let tail = tail.map(|span| SourceText { format: self.format, text: unescape(span.of(text)) });
        if stem.text.is_empty() && tail.is_none() {
            self.error("check-gift-no-text", whole.start, &[]);
        }
        let (kind, general_feedback) = match braces {
            None => {
                self.check_description(stem_at);
                (QuestionKind::Description, None)
            }
            Some(inside) => self.answers(inside),
        };
        let position = Position { line, column };
        Some(Question { title, category, tags, position, stem, tail, kind, general_feedback })
    }

    /// Takes `::title::` off.
    fn title(&mut self, whole: Span) -> (Option<String>, Span) {
        let text = self.text();
        let Some(rest) = whole.of(text).strip_prefix("::") else {
            return (None, whole);
        };
        let start = whole.start + 2;
        let until = Span { start, end: whole.end }.find(text, b"{").unwrap_or(whole.end);
        let mut from = Span { start, end: until };
        while let Some(at) = from.find(text, b":") {
            if text.as_bytes().get(at + 1) == Some(&b':') && at + 1 < until {
                let title = unescape(text.get(start..at).unwrap_or("")).trim().to_owned();
                return (Some(title).filter(|t| !t.is_empty()), Span { start: at + 2, end: whole.end });
            }
            from.start = at + 1;
        }
        self.error("check-gift-title-open", whole.start, &[("text", excerpt(rest))]);
        (None, Span { start, end: whole.end })
    }

    /// What stands between the braces, if there are any; `Err` when they do not fit each other.
    fn braces(&mut self, body: Span) -> Result<Option<Span>, Unfit> {
        let text = self.text();
        let brace_at = |from: usize| Span { start: from, end: body.end }.find(text, b"{}");
        let is_open = |at: usize| text.as_bytes().get(at) == Some(&b'{');
        let Some(first) = brace_at(body.start) else {
            return Ok(None);
        };
        if !is_open(first) {
            self.error("check-gift-no-opening-brace", first, &[]);
            return Err(Unfit);
        }
        let Some(second) = brace_at(first + 1) else {
            self.error("check-gift-no-closing-brace", first, &[]);
            return Err(Unfit);
        };
        if is_open(second) {
            self.error("check-gift-brace-inside", second, &[]);
            return Err(Unfit);
        }
        if let Some(third) = brace_at(second + 1) {
            let id = if is_open(third) { "check-gift-second-answers" } else { "check-gift-stray-brace" };
            self.error(id, third, &[]);
            return Err(Unfit);
        }
        Ok(Some(Span { start: first + 1, end: second }))
    }

    /// A text without braces that looks like something else.
    fn check_description(&mut self, at: usize) {
        let stem = self.text().get(at..).unwrap_or("");
        let directive = stem.strip_prefix('$').and_then(|rest| rest.split_once(':')).map(|(word, _)| word);
        if stem.starts_with(['=', '~']) {
            self.error("check-gift-answer-outside", at, &[]);
        } else if let Some(word) = directive.filter(|word| word.chars().all(char::is_alphabetic)) {
            self.error("check-gift-unknown-directive", at, &[("word", format!("${word}:"))]);
        }
    }

    /// The kind of question by the signs between the braces, in the order Moodle asks for them.
    fn answers(&mut self, inside: Span) -> (QuestionKind<SourceText>, Option<SourceText>) {
        let text = self.text();
        let brace = inside.start - 1;
        let general = inside.find_last_run(text, b'#', 4);
        let (answers, general) = match general {
            Some(at) => (Span { end: at, ..inside }, Some(Span { start: at + 4, ..inside })),
            None => (inside, None),
        };
        let general = self.feedback(general);
        let answers = answers.trim(text);
        let raw = answers.of(text);
        let kind = if raw.is_empty() {
            QuestionKind::Essay
        } else if raw.starts_with('#') {
            numbers::numerical(self, brace, Span { start: answers.start + 1, ..answers })
        } else if answers.find(text, b"~").is_some() {
            answers::choice(self, brace, answers)
        } else if raw.contains("->") && answers.find(text, b"=").is_some() {
            answers::matching(self, brace, answers)
        } else {
            answers::true_false(self, answers).unwrap_or_else(|| answers::short(self, brace, answers))
        };
        (kind, general)
    }
}
