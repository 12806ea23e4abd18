//! What is wrong with a text or a file, said without words: a Fluent id, its arguments and a place.
//! The sentences stand in `locales/es/check.ftl`; each id there has a value (what is wrong) and the attribute
//! `.cure` (what to do).

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth mending; the resource is served.
    Warning,
    /// `amauta check` exits with 1. In a lesson's description or Spanish files, when loading finds it, the lesson is
    /// left out; in another language, that language is.
    Error,
}

/// A line and a column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One thing found wrong in one text. A reader of a format returns these; who opened the file adds its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Fluent id in `check.ftl`, for example `check-gift-no-closing-brace`.
    pub id: &'static str,
    /// Arguments of the message, name and value.
    pub args: Vec<(&'static str, String)>,
    /// Where in the text; `None` when it is about the whole.
    pub position: Option<Position>,
    /// How bad it is.
    pub severity: Severity,
}

impl Finding {
    /// An error at a place.
    pub fn error(id: &'static str, line: u32, column: u32) -> Self {
        Self { id, args: Vec::new(), position: Some(Position { line, column }), severity: Severity::Error }
    }

    /// An error of the whole text.
    pub fn error_of_whole(id: &'static str) -> Self {
        Self { id, args: Vec::new(), position: None, severity: Severity::Error }
    }

    /// A warning at a place.
    pub fn warning(id: &'static str, line: u32, column: u32) -> Self {
        Self { severity: Severity::Warning, ..Self::error(id, line, column) }
    }

    /// A warning about the whole text.
    pub fn warning_of_whole(id: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error_of_whole(id) }
    }

    /// Adds an argument of the message.
    #[expect(clippy::needless_pass_by_value, reason = "callers give literals and numbers")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// A finding in a named file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path below the content folder, with `/`: `mis-datos-mis-llaves/es/quiz.gift`.
    pub file: String,
    /// What was found.
    pub finding: Finding,
}
