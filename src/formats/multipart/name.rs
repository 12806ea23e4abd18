//! The name of a file from outside, made so that it can be shown, written into a header and given to a file.

/// Longest name in bytes.
const MAX_BYTES: usize = 120;

/// Longest ending in bytes, without its point, that is kept when a name is cut.
const MAX_ENDING: usize = 16;

/// The last piece of a path of Unix or Windows, without control signs, signs that turn the direction of writing, and points
/// or spaces at either end, cut to 120 bytes before its ending. Letters of every language stay. It may be empty; it is
/// never `.` or `..`, holds no `/` and no `\`, and made harmless once more stays as it is.
pub fn file_name(raw: &str) -> String {
    let piece = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = piece.chars().filter(|c| !odd(*c)).collect();
    let clean = trimmed(&clean);
    if clean.len() <= MAX_BYTES {
        return clean.to_owned();
    }
    let good = |ending: &str| ending.len() <= MAX_ENDING && ending.chars().all(char::is_alphanumeric);
    match clean.rsplit_once('.').filter(|(_, ending)| good(ending)) {
        Some((stem, ending)) => {
            let stem = trimmed(cut(stem, MAX_BYTES - 1 - ending.len()));
            format!("{stem}.{ending}")
        }
        None => trimmed(cut(clean, MAX_BYTES)).to_owned(),
    }
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c == '.' || c.is_whitespace())
}

/// At most so many bytes of a text, and no half letter.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

/// Signs that are no part of an honest name.
fn odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}')
}
