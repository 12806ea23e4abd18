//! The head of a field: `Content-Disposition` and `Content-Type`, and the ways in which browsers write what does not fit
//! into them.

use super::{Problem, name::file_name};

/// What the head of a field says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Name of the field.
    pub name: String,
    /// Name of the file, made harmless by [`file_name`]; `None` for a field that is no file. Empty when nobody chose a file,
    /// which then has no bytes, and when nothing of the name could be kept.
    pub file: Option<String>,
    /// The media type that the browser claims, in small letters without parameters; empty when it claims none. It is
    /// guessed from the name by most browsers and proves nothing.
    pub media_type: String,
}

impl Field {
    /// Reads a head from the end of the boundary to the empty line.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let mut field = None;
        let mut media_type = String::new();
        let head = text(bytes).replace("\r\n ", " ").replace("\r\n\t", " ");
        let (rest_of_boundary, lines) = head.split_once("\r\n").ok_or(Problem::BadHead)?;
        if !rest_of_boundary.trim().is_empty() {
            return Err(Problem::BadHead);
        }
        for line in lines.split("\r\n").filter(|line| !line.is_empty()) {
            let (header, value) = line.split_once(':').ok_or(Problem::BadHead)?;
            let (kind, rest) = value.split_once(';').unwrap_or((value, ""));
            let kind = kind.trim().to_ascii_lowercase();
            match header.trim().to_ascii_lowercase().as_str() {
                "content-disposition" if kind == "form-data" => field = named(rest),
                "content-type" => media_type = kind,
                // Nobody sends the others since RFC 7578; read as if they were not there, the file would be another.
                "content-transfer-encoding" if !["7bit", "8bit", "binary"].contains(&kind.as_str()) => {
                    return Err(Problem::BadHead);
                }
                _ => {}
            }
        }
        let (name, file) = field.ok_or(Problem::BadHead)?;
        Ok(Self { name, file, media_type })
    }
}

/// The names of field and file.
fn named(rest: &str) -> Option<(String, Option<String>)> {
    let (mut name, mut plain, mut extended) = (None, None, None);
    for (parameter, value) in parameters(rest) {
        match parameter.as_str() {
            "name" if name.is_none() => name = Some(unescaped(&value)),
            "filename" if plain.is_none() => plain = Some(unescaped(&value)),
            "filename*" if extended.is_none() => extended = percent_decoded(&value),
            _ => {}
        }
    }
    Some((name?, extended.or(plain).map(|raw| file_name(&raw))))
}

/// The parameters of a header after its first `;`, their names in small letters.
pub(super) fn parameters(mut rest: &str) -> impl Iterator<Item = (String, String)> {
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let name = name.rsplit(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let value;
        (value, rest) = if let Some(quoted) = after.trim_start().strip_prefix('"') {
            unquoted(quoted)
        } else {
            let (value, rest) = after.split_once(';').unwrap_or((after, ""));
            (value.trim().to_owned(), rest)
        };
        Some((name, value))
    })
}

/// What stands up to the closing quote. Only the quote is escaped by a backslash: Internet Explorer sends whole paths of
/// Windows as they are.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut value = String::new();
    let mut rest = quoted;
    while let Some(at) = rest.find('"') {
        let (before, after) = rest.split_at(at);
        rest = after.strip_prefix('"').unwrap_or_default();
        match before.strip_suffix('\\') {
            Some(before) => {
                value.push_str(before);
                value.push('"');
            }
            None => return (value + before, rest),
        }
    }
    (value + rest, "")
}

/// UTF-8, as the pages are; what is not UTF-8 comes from a browser that does not heed that, and is taken for Latin-1.
fn text(bytes: &[u8]) -> String {
    str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), ToOwned::to_owned)
}

/// `&#324;`, as Firefox writes letters that the form's character set lacks, and `%22`, as browsers since 2021 write the quote.
fn unescaped(value: &str) -> String {
    let value = value.replace("%22", "\"");
    let mut pieces = value.split("&#");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let letter = piece.split_once(';').and_then(|(digits, rest)| {
            let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
            Some((char::from_u32(number)?, rest))
        });
        if let Some((letter, rest)) = letter {
            out.push(letter);
            out.push_str(rest);
        } else {
            out.push_str("&#");
            out.push_str(piece);
        }
    }
    out
}

/// `UTF-8''plan%20de%20clase.odt` (RFC 8187).
fn percent_decoded(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    parts.next().filter(|charset| charset.eq_ignore_ascii_case("utf-8"))?;
    let text = parts.nth(1)?;
    percent_encoding::percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}
