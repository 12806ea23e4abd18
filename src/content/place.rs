//! Places in a text, and the list of what was found wrong in many files.

use crate::domain::finding::{Finding, Position, Problem, Severity};

/// Line and column of a byte of a text; a byte inside a character counts as that character.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: count(before.matches('\n').count()),
        column: count(before[line_start..].chars().count()),
    }
}

/// A count from zero as a line or column from one.
pub(super) fn count(from_zero: usize) -> u32 {
    u32::try_from(from_zero).map_or(u32::MAX, |n| n.saturating_add(1))
}

/// What was found in the files of one load.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// The problems, in the order they were found.
    pub(super) problems: Vec<Problem>,
}

impl Report {
    /// Adds a finding in a file.
    pub(super) fn add(&mut self, file: &str, finding: Finding) {
        self.problems.push(Problem { file: file.to_owned(), finding });
    }

    /// Adds findings in a file.
    pub(super) fn extend(&mut self, file: &str, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            self.add(file, finding);
        }
    }

    /// Whether an error was found in a file whose path begins so.
    pub(super) fn has_error_below(&self, prefix: &str) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.finding.severity == Severity::Error && problem.file.starts_with(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::position;
    use crate::domain::finding::Position;

    #[test]
    fn columns_are_counted_in_characters() {
        let text = "año\nñandú x";
        assert_eq!(position(text, text.len() - 1), Position { line: 2, column: 7 });
        assert_eq!(position(text, 2), Position { line: 1, column: 2 }, "inside the ñ");
        assert_eq!(position("", 9), Position { line: 1, column: 1 });
    }
}
