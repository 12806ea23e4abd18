//! Replies that carry a file: conditions, ranges, downloads (RFC 9110 §8.8.3, §13, §14; RFC 6266 for the file name).
//! Where files come from and who may have them is the caller's work.

use std::{fmt::Write as _, fs::File, ops::Range, sync::Arc};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Response, StatusCode,
    header::{
        ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
        HeaderName, IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE,
    },
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::web::body::Body;

/// What a reply says about a file besides its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Describe<'a> {
    /// Exact media type, with `charset` where there is one.
    pub content_type: &'a str,
    /// Identifies these very bytes, without quotes: visible ASCII and no `"`, for example the first half of a SHA-256.
    pub etag: &'a str,
    /// Value of `Cache-Control`.
    pub cache: &'a str,
    /// Name to save it under, when it is a download and not something to look at.
    pub download: Option<&'a str>,
}

/// Where the bytes are.
#[derive(Debug, Clone)]
pub enum Source {
    /// In memory.
    Bytes(Bytes),
    /// In an open file of this length.
    File(Arc<File>, u64),
}

impl Source {
    /// Length in bytes.
    pub fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(_, len) => *len,
        }
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn part(self, range: Range<u64>) -> Body {
        match self {
            Self::Bytes(bytes) => {
                let end = usize::try_from(range.end).unwrap_or(usize::MAX).min(bytes.len());
                let start = usize::try_from(range.start).unwrap_or(usize::MAX).min(end);
                bytes.slice(start..end).into()
            }
            Self::File(file, _) => Body::file(file, range.start, range.end.saturating_sub(range.start)),
        }
    }
}

/// Answers GET or HEAD for a file: 200, 206, 304, 412 or 416. Other methods are the caller's to refuse.
pub fn reply(
    method: &Method,
    headers: &HeaderMap,
    source: Source,
    describe: &Describe<'_>,
) -> Response<Body> {
    let len = source.len();
    let mut response = Response::new(Body::Empty);
    let tag = format!("\"{}\"", describe.etag);
    set(&mut response, ETAG, &tag);
    set(&mut response, CACHE_CONTROL, describe.cache);
    if let Some(wanted) = list(headers, &IF_MATCH)
        && !matches(&wanted, &tag, Comparison::Strong)
    {
        return with_status(response, StatusCode::PRECONDITION_FAILED);
    }
    if list(headers, &IF_NONE_MATCH).is_some_and(|known| matches(&known, &tag, Comparison::Weak)) {
        return with_status(response, StatusCode::NOT_MODIFIED);
    }
    set(&mut response, ACCEPT_RANGES, "bytes");
    let asked = match headers.get(RANGE).and_then(|value| value.to_str().ok()) {
        Some(text) if *method == Method::GET && if_range_allows(headers, &tag) => parse_range(text, len),
        _ => Asked::Everything,
    };
    let range = match asked {
        Asked::Everything => 0..len,
        Asked::Part(part) => {
            set(&mut response, CONTENT_RANGE, &format!("bytes {}-{}/{len}", part.start, part.end - 1));
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            part
        }
        Asked::Nothing => {
            set(&mut response, CONTENT_RANGE, &format!("bytes */{len}"));
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(0));
            return with_status(response, StatusCode::RANGE_NOT_SATISFIABLE);
        }
    };
    set(&mut response, CONTENT_TYPE, describe.content_type);
    if let Some(name) = describe.download {
        set(&mut response, CONTENT_DISPOSITION, &disposition(name));
    }
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    if *method != Method::HEAD {
        *response.body_mut() = source.part(range);
    }
    response
}

/// `Content-Disposition` of a download: a plain ASCII name for browsers of 2009 and the true name for the others.
pub fn disposition(name: &str) -> String {
    /// What RFC 8187 lets stand in an extended value (`attr-char`) besides letters and digits.
    const EXTENDED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'!')
        .remove(b'#')
        .remove(b'$')
        .remove(b'&')
        .remove(b'+')
        .remove(b'-')
        .remove(b'.')
        .remove(b'^')
        .remove(b'_')
        .remove(b'`')
        .remove(b'|')
        .remove(b'~');
    let mut out = String::from("attachment; filename=\"");
    out.extend(name.chars().map(plain));
    write!(out, "\"; filename*=UTF-8''{}", utf8_percent_encode(name, EXTENDED)).ok();
    out
}

/// A letter as every file system and every browser takes it.
fn plain(letter: char) -> char {
    match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        'Á' => 'A',
        'É' => 'E',
        'Í' => 'I',
        'Ó' => 'O',
        'Ú' | 'Ü' => 'U',
        'Ñ' => 'N',
        '"' | '\\' | '/' | ':' | '*' | '?' | '<' | '>' | '|' | '%' => '_',
        other if other == ' ' || other.is_ascii_graphic() => other,
        _ => '_',
    }
}

/// What a `Range` header asks of `len` bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked {
    /// No range that we serve: the header is malformed, in another unit, or names several ranges.
    Everything,
    /// These bytes; never empty and never beyond the end.
    Part(Range<u64>),
    /// A range outside the file.
    Nothing,
}

fn parse_range(text: &str, len: u64) -> Asked {
    let Some((unit, set)) = text.split_once('=') else { return Asked::Everything };
    let set = set.trim();
    if !unit.trim().eq_ignore_ascii_case("bytes") || set.contains(',') {
        return Asked::Everything;
    }
    let Some((first, last)) = set.split_once('-') else { return Asked::Everything };
    match (position(first), position(last)) {
        (Some(Position::None), Some(Position::At(0))) => Asked::Nothing,
        // A file without bytes has no last bytes either; the whole of it is the best answer.
        (Some(Position::None), Some(Position::At(_))) if len == 0 => Asked::Everything,
        (Some(Position::None), Some(Position::At(count))) => Asked::Part(len.saturating_sub(count)..len),
        (Some(Position::At(start)), Some(Position::None)) if start < len => Asked::Part(start..len),
        (Some(Position::At(start)), Some(Position::At(end))) if start > end => Asked::Everything,
        (Some(Position::At(start)), Some(Position::At(end))) if start < len => {
            Asked::Part(start..end.saturating_add(1).min(len))
        }
        (Some(Position::At(_)), Some(_)) => Asked::Nothing,
        _ => Asked::Everything,
    }
}

enum Position {
    None,
    At(u64),
}

/// Digits only; a number too large for us is as good as the largest.
fn position(text: &str) -> Option<Position> {
    if text.is_empty() {
        return Some(Position::None);
    }
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| Position::At(text.parse().unwrap_or(u64::MAX)))
}

/// `If-Range` holds only with exactly our strong tag. A date never does: we send no `Last-Modified`, because clocks
/// at the far end are wrong.
fn if_range_allows(headers: &HeaderMap, tag: &str) -> bool {
    headers.get(IF_RANGE).is_none_or(|value| value.as_bytes() == tag.as_bytes())
}

#[derive(Clone, Copy)]
enum Comparison {
    Strong,
    Weak,
}

/// All lines of a header as one list; `None` when it is absent. Lines that are not text match nothing.
fn list(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let mut lines = headers.get_all(name).iter().peekable();
    lines.peek()?;
    Some(lines.filter_map(|line| line.to_str().ok()).collect::<Vec<_>>().join(","))
}

/// Whether a list of entity tags (or `*`) names ours. Tags may hold commas, so they are read one by one.
fn matches(list: &str, tag: &str, comparison: Comparison) -> bool {
    let mut rest = list.trim();
    if rest == "*" {
        return true;
    }
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let (weak, opaque) = rest.strip_prefix("W/").map_or((false, rest), |opaque| (true, opaque));
        let Some(end) = opaque.strip_prefix('"').and_then(|inner| inner.find('"')) else { return false };
        let (found, after) = opaque.split_at(end + 2);
        if found == tag && !(weak && matches!(comparison, Comparison::Strong)) {
            return true;
        }
        rest = after;
    }
}

fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn with_status(mut response: Response<Body>, status: StatusCode) -> Response<Body> {
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "0123456789";

    fn get(pairs: &[(HeaderName, &str)]) -> Response<Body> {
        ask(&Method::GET, pairs)
    }

    fn ask(method: &Method, pairs: &[(HeaderName, &str)]) -> Response<Body> {
        let headers = pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        let describe =
            Describe { content_type: "text/plain", etag: "abc", cache: "no-cache", download: None };
        reply(method, &headers, Source::Bytes(Bytes::from_static(TEXT.as_bytes())), &describe)
    }

    fn text(response: &Response<Body>) -> &str {
        match response.body() {
            Body::Full(bytes) => std::str::from_utf8(bytes).unwrap(),
            _ => "",
        }
    }

    fn header(response: &Response<Body>, name: HeaderName) -> &str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn ranges_give_their_bytes() {
        for (range, part, described) in [
            ("bytes=0-0", "0", "bytes 0-0/10"),
            ("bytes=2-5", "2345", "bytes 2-5/10"),
            ("bytes=7-", "789", "bytes 7-9/10"),
            ("bytes=-3", "789", "bytes 7-9/10"),
            ("bytes=-30", TEXT, "bytes 0-9/10"),
            ("BYTES=8-99999999999999999999999999", "89", "bytes 8-9/10"),
            ("bytes=9-18446744073709551615", "9", "bytes 9-9/10"),
        ] {
            let response = get(&[(RANGE, range)]);
            assert_eq!(response.status(), 206, "{range}");
            assert_eq!((text(&response), header(&response, CONTENT_RANGE)), (part, described), "{range}");
            assert_eq!(header(&response, CONTENT_LENGTH), part.len().to_string());
        }
    }

    #[test]
    fn a_range_beyond_the_end_is_416_with_the_length() {
        for range in ["bytes=10-", "bytes=10-11", "bytes=99999999999999999999999-", "bytes=-0"] {
            let response = get(&[(RANGE, range)]);
            assert_eq!(response.status(), 416, "{range}");
            assert_eq!(header(&response, CONTENT_RANGE), "bytes */10");
            assert!(response.body().is_empty());
        }
    }

    #[test]
    fn what_is_not_a_single_byte_range_gives_everything() {
        for range in [
            "bytes=0-1,3-4",
            "lines=0-1",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5-2",
            "bytes=a-b",
            "bytes=+1-2",
        ] {
            let response = get(&[(RANGE, range)]);
            assert_eq!((response.status().as_u16(), text(&response)), (200, TEXT), "{range}");
            assert_eq!(header(&response, ACCEPT_RANGES), "bytes");
        }
    }

    #[test]
    fn if_range_needs_the_very_same_tag() {
        for (condition, status) in
            [("\"abc\"", 206), ("\"abd\"", 200), ("W/\"abc\"", 200), ("Tue, 01 Mar 2026 00:00:00 GMT", 200)]
        {
            assert_eq!(get(&[(RANGE, "bytes=0-0"), (IF_RANGE, condition)]).status(), status, "{condition}");
        }
    }

    #[test]
    fn a_known_tag_gives_304_without_body_but_with_tag_and_caching() {
        for known in ["\"abc\"", "W/\"abc\"", "\"x,y\", \"abc\"", "*"] {
            let response = get(&[(IF_NONE_MATCH, known)]);
            assert_eq!(response.status(), 304, "{known}");
            assert!(response.body().is_empty());
            assert_eq!(header(&response, ETAG), "\"abc\"");
            assert_eq!(header(&response, CACHE_CONTROL), "no-cache");
        }
        for other in ["\"ab\"", "abc", "\"x\" \"", ""] {
            assert_eq!(get(&[(IF_NONE_MATCH, other)]).status(), 200, "{other}");
        }
    }

    #[test]
    fn if_match_compares_strongly() {
        assert_eq!(get(&[(IF_MATCH, "\"abc\"")]).status(), 200);
        assert_eq!(get(&[(IF_MATCH, "W/\"abc\"")]).status(), 412);
        assert_eq!(get(&[(IF_MATCH, "\"other\"")]).status(), 412);
    }

    #[test]
    fn head_tells_the_length_and_ignores_ranges() {
        let response = ask(&Method::HEAD, &[(RANGE, "bytes=0-0")]);
        assert_eq!((response.status().as_u16(), header(&response, CONTENT_LENGTH)), (200, "10"));
        assert!(response.body().is_empty());
    }

    #[test]
    fn a_download_has_a_plain_name_and_the_true_one() {
        assert_eq!(
            disposition("Lección ñ \"1\".epub"),
            "attachment; filename=\"Leccion n _1_.epub\"; filename*=UTF-8''Lecci%C3%B3n%20%C3%B1%20%221%22.epub"
        );
        assert!(HeaderValue::from_str(&disposition("a\r\nSet-Cookie: b\u{0}")).is_ok());
    }

    #[test]
    fn an_empty_file_has_no_range() {
        assert_eq!(parse_range("bytes=0-", 0), Asked::Nothing);
        assert_eq!(parse_range("bytes=-5", 0), Asked::Everything);
    }

    proptest! {
        #[test]
        fn any_range_header_gives_a_part_inside_the_file(text in "(bytes=)?[0-9a-z,= -]{0,48}", len in any::<u64>()) {
            if let Asked::Part(part) = parse_range(&text, len) {
                prop_assert!(part.start < part.end && part.end <= len);
            }
        }

        #[test]
        fn two_numbers_in_order_give_exactly_their_bytes(start in any::<u64>(), count in 0_u64..1 << 40, len in any::<u64>()) {
            let end = start.saturating_add(count);
            let asked = parse_range(&format!("bytes={start}-{end}"), len);
            let expected = if start < len { Asked::Part(start..end.saturating_add(1).min(len)) } else { Asked::Nothing };
            prop_assert_eq!(asked, expected);
        }

        #[test]
        fn no_list_of_tags_hangs_or_panics(list in "[\"W/,* a]{0,64}") {
            matches(&list, "\"a\"", Comparison::Weak);
        }

        #[test]
        fn every_name_makes_a_valid_header(name in any::<String>()) {
            prop_assert!(HeaderValue::from_str(&disposition(&name)).is_ok());
        }
    }
}
