//! Lines of a text, however the editor that saved it ends them. What stands on a line is the readers' work.

/// One line without its end.
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub(super) number: u32,
    /// The text.
    pub(super) text: &'a str,
}

/// The lines of a text: ended by LF, CR LF or CR; a byte order mark at the beginning is no part of the first.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut number = 0;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or("");
        number += 1;
        Some(Line { number, text: line })
    })
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn every_way_to_end_a_line_is_read() {
        let read: Vec<_> = lines("\u{feff}a\r\nb\rc\n\nd").map(|line| (line.number, line.text)).collect();
        assert_eq!(read, [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
        assert_eq!(lines("").count(), 0);
        assert_eq!(lines("a\n").count(), 1);
    }
}
