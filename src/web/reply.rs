//! Replies: one tiny function for each sort. Every header that a reply carries is decided here.

use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header, request::Parts};
use percent_encoding::{CONTROLS, utf8_percent_encode};

use crate::web::{
    assets::Asset,
    body::Body,
    cache::CachedPage,
    file::{self, Describe, Source},
};

/// Pages may be kept, but must be asked for again: the answer is then a short 304.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// Answers of pupils: the next child at the same laptop must not find them.
const NEVER_KEEP: HeaderValue = HeaderValue::from_static("no-store");
/// Files with their content's hash in the address never change.
pub const FOREVER: &str = "public, max-age=31536000, immutable";
/// Files that browsers ask for under a name without a hash.
pub const FOR_A_DAY: HeaderValue = HeaderValue::from_static("max-age=86400");

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// The headers of finished pages, sealed: plain, compressed, and of a 304. A reply copies them whole, which costs a third of
/// putting them together; what is empty here is filled in for each page.
static OF_PAGES: LazyLock<[HeaderMap; 3]> = LazyLock::new(|| {
    let filled_in = HeaderValue::from_static("");
    let mut short = HeaderMap::from_iter([
        (header::ETAG, filled_in.clone()),
        (header::CACHE_CONTROL, REVALIDATE),
        (header::VARY, HeaderValue::from_static("Accept-Encoding")),
    ]);
    seal(&mut short);
    let mut plain = short.clone();
    plain.insert(header::CONTENT_TYPE, filled_in.clone());
    plain.insert(header::CONTENT_LENGTH, filled_in);
    let mut compressed = plain.clone();
    compressed.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    [plain, compressed, short]
});

/// A finished public page, as small as the browser can read it, or 304 when it has it already.
pub fn page(page: &CachedPage, headers: &HeaderMap) -> Response<Body> {
    let [plain, packed, short] = &*OF_PAGES;
    let compressed = accepts_gzip(headers);
    let (bytes, etag) = if compressed { (&page.gzip, &page.etag_gzip) } else { (&page.plain, &page.etag) };
    let mut reply = if none_match(headers, etag) {
        let mut reply = Response::new(Body::Empty);
        *reply.status_mut() = StatusCode::NOT_MODIFIED;
        *reply.headers_mut() = short.clone();
        reply
    } else {
        let mut reply = Response::new(Body::from(bytes.clone()));
        *reply.headers_mut() = if compressed { packed } else { plain }.clone();
        reply.headers_mut().insert(header::CONTENT_TYPE, page.media_type.clone());
        reply.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        reply
    };
    reply.headers_mut().insert(header::ETAG, etag.clone());
    reply
}

/// A page for this reader alone, kept nowhere.
pub fn own_page(status: StatusCode, html: String) -> Response<Body> {
    let mut reply = text(status, &HTML, html);
    reply.headers_mut().insert(header::CACHE_CONTROL, NEVER_KEEP);
    reply
}

/// The same reply where it depends on the language that the browser names.
pub fn by_language(mut reply: Response<Body>) -> Response<Body> {
    let vary = HeaderValue::from_static("Accept-Language, Accept-Encoding");
    reply.headers_mut().insert(header::VARY, vary);
    reply
}

/// A short text for a machine.
pub fn plain(status: StatusCode, content_type: &'static str, body: impl Into<String>) -> Response<Body> {
    let mut reply = text(status, &HeaderValue::from_static(content_type), body.into());
    reply.headers_mut().insert(header::CACHE_CONTROL, NEVER_KEEP);
    reply
}

/// A file of the portal itself; it may be kept for ever, since its address changes with it.
pub fn asset(asset: &Asset, parts: &Parts) -> Response<Body> {
    let compressed = asset.gzip.as_ref().filter(|_| accepts_gzip(&parts.headers));
    let etag = if compressed.is_some() { format!("{}-gz", asset.hash) } else { asset.hash.clone() };
    let describe = Describe { content_type: asset.media_type, etag: &etag, cache: FOREVER, download: None };
    let source = Source::Bytes(compressed.unwrap_or(&asset.bytes).clone());
    let mut reply = file::reply(&parts.method, &parts.headers, source, &describe);
    if asset.gzip.is_some() {
        reply.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    if compressed.is_some() && reply.status() != StatusCode::NOT_MODIFIED {
        reply.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    reply
}

/// Sends the reader to another of our addresses with a GET.
pub fn see_other(path: &str) -> Response<Body> {
    let mut reply = Response::new(Body::Empty);
    *reply.status_mut() = StatusCode::SEE_OTHER;
    let headers = reply.headers_mut();
    // A query may hold letters as a reader typed them; a header may not.
    if let Ok(path) = HeaderValue::try_from(utf8_percent_encode(path, CONTROLS).to_string()) {
        headers.insert(header::LOCATION, path);
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    headers.insert(header::CACHE_CONTROL, NEVER_KEEP);
    reply
}

/// The `Allow` header of a 405.
pub fn allow(methods: &[Method]) -> HeaderValue {
    let list = methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
    HeaderValue::try_from(list).unwrap_or(HeaderValue::from_static("GET"))
}

/// Headers every reply carries. Old browsers ignore them, so nothing relies on them.
pub fn seal(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(
        "default-src 'self'; img-src 'self' data:; object-src 'none'; form-action 'self'",
    ));
}

fn text(status: StatusCode, content_type: &HeaderValue, body: String) -> Response<Body> {
    let bytes = Bytes::from(body);
    let length = bytes.len();
    let mut reply = Response::new(Body::from(bytes));
    *reply.status_mut() = status;
    reply.headers_mut().insert(header::CONTENT_TYPE, content_type.clone());
    reply.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    reply
}

/// Whether the browser can read gzip: it says so, and not with weight zero.
pub fn accepts_gzip(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut any = None;
    for coding in lists.flat_map(|list| list.split(',')) {
        let mut parts = coding.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let refused = parts.any(|part| {
            let weight = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
            weight.is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0))
        });
        if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
            return !refused;
        }
        if name == "*" {
            any = Some(!refused);
        }
    }
    any.unwrap_or(false)
}

/// Whether `If-None-Match` names this validator (compared weakly, as RFC 9110 §13.1.2 wants).
pub fn none_match(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    lists
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::{accepts_gzip, none_match};

    fn with(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn gzip_is_sent_only_to_who_asks_for_it() {
        for yes in ["gzip", "deflate, gzip;q=0.5", "x-gzip", "*", "br;q=1.0, GZIP"] {
            assert!(accepts_gzip(&with(header::ACCEPT_ENCODING, yes)), "{yes}");
        }
        for no in ["", "identity", "gzip;q=0", "gzip; q=0.0, *", "deflate", "*;q=0"] {
            assert!(!accepts_gzip(&with(header::ACCEPT_ENCODING, no)), "{no}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }

    #[test]
    fn a_validator_is_found_in_a_list() {
        let tag = HeaderValue::from_static("\"a\"");
        for yes in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(none_match(&with(header::IF_NONE_MATCH, yes), &tag), "{yes}");
        }
        for no in ["", "a", "\"b\"", "\"a"] {
            assert!(!none_match(&with(header::IF_NONE_MATCH, no), &tag), "{no}");
        }
    }
}
