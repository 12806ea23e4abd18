//! A `.ftl` file cut into its entries, without understanding them: what the review ledger hashes, and what keeps a
//! hostile file away from the recursive Fluent parser. Parsing itself is the `fluent` crate's work.

/// One message or term as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'t> {
    /// Its id; a term keeps its leading `-`.
    pub id: &'t str,
    /// Line of its id, from 1.
    pub line: u32,
    /// Everything after the `=`: the value and the attributes, as written.
    pub body: &'t str,
}

impl Entry<'_> {
    /// The body with blank lines and the indentation of its lines taken away: what a translator wrote, so that
    /// moving text about in the file changes nothing.
    pub fn normalised(&self) -> String {
        let lines = self.body.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The entries of a file, in order. Comments and lines that belong to no entry are left out.
pub fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut found: Vec<Entry<'_>> = Vec::new();
    for piece in Pieces::of(text) {
        if let Some((id, body)) = header(piece.text) {
            found.push(Entry { id, line: piece.line, body });
        }
    }
    found
}

/// Most `{` and `(` one entry may hold. The parser calls itself for each that stays open; a long plural has thirty.
const MAX_OPENERS: usize = 200;

/// The text with every entry blanked that nests, or could nest, deeper than the parser's stack should bear, and the
/// lines (from 1) where those began. Line numbers stay as they were.
///
/// An entry begins at a line `id =`, and `=` cannot stand inside an expression, so no nesting crosses that line.
pub fn without_deep_nesting(text: &str) -> (String, Vec<u32>) {
    let mut kept = String::with_capacity(text.len());
    let mut refused = Vec::new();
    for piece in Pieces::of(text) {
        let openers = piece.text.bytes().filter(|b| matches!(b, b'{' | b'(')).count();
        if openers > MAX_OPENERS {
            refused.push(piece.line);
            kept.extend(piece.text.bytes().filter(|b| *b == b'\n').map(char::from));
        } else {
            kept.push_str(piece.text);
        }
    }
    (kept, refused)
}

/// A stretch of whole lines: an entry with what follows it, a comment, or what stands before the first entry.
struct Piece<'t> {
    line: u32,
    text: &'t str,
}

/// Walks over the pieces of a file; together they are the file.
struct Pieces<'t> {
    rest: &'t str,
    line: u32,
}

impl<'t> Pieces<'t> {
    fn of(text: &'t str) -> Self {
        Self { rest: text, line: 1 }
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let mut end = 0;
        let mut lines = 0;
        for line in self.rest.split_inclusive('\n') {
            if lines > 0 && (line.starts_with('#') || header(line).is_some()) {
                break;
            }
            end += line.len();
            lines += 1;
        }
        if end == 0 {
            return None;
        }
        let (text, rest) = self.rest.split_at(end);
        let piece = Piece { line: self.line, text };
        self.rest = rest;
        self.line = self.line.saturating_add(lines);
        Some(piece)
    }
}

/// Splits `id = body`; `None` when the text does not begin with an id and `=`.
fn header(text: &str) -> Option<(&str, &str)> {
    let name = text.strip_prefix('-').unwrap_or(text);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_len =
        name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(name.len());
    let (id, rest) = text.split_at(text.len() - name.len() + name_len);
    let body = rest.trim_start_matches(' ').strip_prefix('=')?;
    Some((id, body))
}

#[cfg(test)]
mod tests {
    use super::{entries, without_deep_nesting};

    #[test]
    fn entries_carry_their_line_and_everything_they_say() {
        let text = "# Portada\nhome-title = Inicio\n\n# Otro\nhome-text =\n    Dos\n    líneas\n    .title = Rótulo\n-brand = Amauta\n";
        let found = entries(text);
        let heads: Vec<_> = found.iter().map(|entry| (entry.id, entry.line)).collect();
        assert_eq!(heads, [("home-title", 2), ("home-text", 5), ("-brand", 9)]);
        assert_eq!(found[1].normalised(), "Dos\nlíneas\n.title = Rótulo");
        assert_eq!(found[0].normalised(), "Inicio", "a comment after an entry is not part of it");
    }

    #[test]
    fn moving_an_entry_about_does_not_change_what_it_says() {
        let close = entries("a =\n  Uno\n  dos\n")[0].normalised();
        let wide = entries("a =\r\n\r\n      Uno\r\n      dos\r\n\r\n\r\n")[0].normalised();
        assert_eq!(close, wide);
    }

    #[test]
    fn an_entry_that_nests_without_end_is_taken_out_and_the_rest_keeps_its_lines() {
        let text = format!("a = Uno\nb = {}\nc = Tres\n", "{".repeat(100_000));
        let (kept, refused) = without_deep_nesting(&text);
        assert_eq!(kept, "a = Uno\n\nc = Tres\n");
        assert_eq!(refused, [2]);
    }
}
