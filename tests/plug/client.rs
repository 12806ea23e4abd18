//! A client that knows the difference between «it was answered» and «nobody knows».

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use amauta::auth::token;

/// An answer that arrived whole.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The secret of a session that it gave.
    pub(crate) session: Option<String>,
    /// Where it leads.
    pub(crate) location: String,
    pub(crate) body: String,
}

/// No whole answer came: whether the deed is done nobody knows.
pub(crate) struct Unknown;

/// Who asks: the cookie that a browser sends, by its name and secret.
pub(crate) type Cookie<'a> = (&'a str, &'a str);

pub(crate) fn get(at: SocketAddr, path: &str, cookie: Option<Cookie<'_>>) -> Result<Answer, Unknown> {
    ask(at, &format!("GET {path} HTTP/1.1\r\nHost: a\r\n{}", cookies(cookie)), "")
}

/// Sends a form, sealed for the cookie.
pub(crate) fn post(
    at: SocketAddr,
    path: &str,
    cookie: Cookie<'_>,
    fields: &[(&str, &str)],
) -> Result<Answer, Unknown> {
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("sello", &token::for_form(cookie.1))
        .extend_pairs(fields)
        .finish();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: a\r\n{}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        cookies(Some(cookie)),
        body.len()
    );
    ask(at, &head, &body)
}

/// Sends a form with a file, sealed for the cookie.
pub(crate) fn bring(
    at: SocketAddr,
    path: &str,
    cookie: Cookie<'_>,
    (name, content): (&str, &str),
    fields: &[(&str, &str)],
) -> Result<Answer, Unknown> {
    let part = |name: &str, value: &str| {
        format!("--plug\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = format!("archivo\"; filename=\"{name}");
    let seal = token::for_form(cookie.1);
    let all = [("sello", seal.as_str()), (file.as_str(), content)];
    let body = all.iter().chain(fields).map(|(name, value)| part(name, value)).collect::<Vec<_>>().concat();
    let body = format!("{body}--plug--\r\n");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: a\r\n{}Content-Type: multipart/form-data; boundary=plug\r\nContent-Length: {}\r\n",
        cookies(Some(cookie)),
        body.len()
    );
    ask(at, &head, &body)
}

fn cookies(cookie: Option<Cookie<'_>>) -> String {
    cookie.map(|(name, secret)| format!("Cookie: {name}={secret}\r\n")).unwrap_or_default()
}

fn ask(at: SocketAddr, head: &str, body: &str) -> Result<Answer, Unknown> {
    let whole = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(at)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.write_all(format!("{head}Connection: close\r\n\r\n{body}").as_bytes())?;
        let mut all = Vec::new();
        stream.read_to_end(&mut all)?;
        Ok(all)
    };
    let all = whole().map_err(|_| Unknown)?;
    let text = String::from_utf8_lossy(&all);
    let (head, body) = text.split_once("\r\n\r\n").ok_or(Unknown)?;
    let header = |name: &str| {
        head.lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
    };
    let length = header("content-length").and_then(|(_, length)| length.parse().ok()).unwrap_or(0);
    if body.len() < length {
        return Err(Unknown);
    }
    let session = head.lines().filter_map(|line| line.split_once("sesion=")).map(|(_, rest)| rest);
    let session = session.filter_map(|rest| rest.split(';').next()).find(|secret| secret.len() == 64);
    Ok(Answer {
        status: head.get(9..12).and_then(|status| status.parse().ok()).ok_or(Unknown)?,
        location: header("location").map(|(_, place)| place.to_owned()).unwrap_or_default(),
        session: session.map(str::to_owned),
        body: body.to_owned(),
    })
}

/// A code of three groups of four in a text.
pub(crate) fn code(text: &str) -> Option<String> {
    let letter = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let groups = |word: &&[u8]| {
        word.iter().enumerate().all(|(at, byte)| if at % 5 == 4 { *byte == b'-' } else { letter(byte) })
    };
    let mut windows = text.as_bytes().windows(14);
    let found = windows.find(groups)?;
    Some(String::from_utf8_lossy(found).into_owned())
}
