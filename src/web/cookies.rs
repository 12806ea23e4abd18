//! Cookies: two names, read from a request and written into a reply. Both hold a random secret and nothing about anybody.

use http::{HeaderMap, HeaderValue, header};

/// The secret of who is signed in.
pub(crate) const SESSION: &str = "sesion";

/// The secret of a browser that is about to sign in.
pub(crate) const VISIT: &str = "visita";

/// Hex digits of a secret.
const DIGITS: usize = 64;

/// The secret under a name; `None` when there is none or it is not of our making.
pub(crate) fn secret<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(known, _)| *known == name)?;
    let ours = value.len() == DIGITS && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    ours.then_some(value)
}

/// Gives the browser a secret to keep for so many seconds, or until it is closed. There is no `Secure`: the server speaks
/// plain HTTP.
pub(crate) fn give(headers: &mut HeaderMap, name: &str, secret: &str, seconds: Option<i64>) {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    add(headers, &format!("{name}={secret}; Path=/; HttpOnly; SameSite=Strict{age}"));
}

/// Takes a secret back.
pub(crate) fn take(headers: &mut HeaderMap, name: &str) {
    add(
        headers,
        &format!(
            "{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
        ),
    );
}

fn add(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::try_from(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}
