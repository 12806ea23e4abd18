//! Somebody at a browser that keeps cookies: opens pages, fills forms, and shows what the page says.

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::Full;

use crate::support::{
    html::{tags, words},
    school::{Reply, School},
};

/// Somebody at a browser.
pub(crate) struct Person<'a> {
    school: &'a School,
    /// Cookies as the browser keeps them: name and value.
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) path: String,
    pub(crate) reply: Reply,
    /// What stands in the address bar before the path.
    pub(crate) host: &'static str,
}

impl<'a> Person<'a> {
    pub(crate) fn at(school: &'a School, path: &str) -> Self {
        let reply = school.get("/robots.txt");
        let mut person =
            Self { school, cookies: Vec::new(), path: String::new(), reply, host: "192.168.1.2:8080" };
        person.go(path);
        person
    }

    pub(crate) fn words(&self) -> String {
        words(&self.reply.text()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.reply.status
    }

    pub(crate) fn go(&mut self, path: &str) -> &mut Self {
        self.ask(Method::GET, path, None, &[]);
        self.follow()
    }

    /// Sends the form of this page whose action ends so, with these fields filled in.
    pub(crate) fn send(&mut self, action: &str, filled: &[(&str, &str)]) -> &mut Self {
        self.send_with(action, filled, &[])
    }

    pub(crate) fn send_with(
        &mut self,
        action: &str,
        filled: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> &mut Self {
        let (path, mut fields) = self.form(action);
        fields.retain(|(name, _)| filled.iter().all(|(other, _)| other != name));
        fields.extend(filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.ask(Method::POST, &path, Some(&fields), headers);
        self.follow()
    }

    /// Where a form of this page is sent, and what it carries as it stands.
    pub(crate) fn form(&self, action: &str) -> (String, Vec<(String, String)>) {
        let mut inside = None;
        let mut fields = Vec::new();
        for tag in tags(&self.reply.text()) {
            match (tag.name.as_str(), tag.closing) {
                ("form", false) => {
                    let target = tag.get("action").unwrap_or_default();
                    inside = target.ends_with(action).then(|| target.to_owned()).or(inside);
                    if !target.ends_with(action) && inside.is_some() {
                        break;
                    }
                }
                ("input", false) if inside.is_some() && tag.get("type") == Some("hidden") => {
                    let field = |name| tag.get(name).unwrap_or_default().to_owned();
                    fields.push((field("name"), field("value")));
                }
                _ => {}
            }
        }
        let path = inside.unwrap_or_else(|| panic!("no form {action} on {}: {}", self.path, self.words()));
        (path, fields)
    }

    /// Sends the form of this page whose action ends so, with these fields and a file, as browsers do.
    pub(crate) fn send_file(
        &mut self,
        action: &str,
        filled: &[(&str, &str)],
        file: (&str, &[u8]),
    ) -> &mut Self {
        let (path, mut fields) = self.form(action);
        fields.retain(|(name, _)| filled.iter().all(|(other, _)| other != name));
        // The file stands where it does on the page: after what is hidden, before what is typed.
        let mut body = Vec::new();
        let part = |name: &str, more: &str, value: &[u8]| {
            let head = format!("--grenze\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n");
            [head.as_bytes(), value, b"\r\n"].concat()
        };
        for (name, value) in &fields {
            body.extend(part(name, "", value.as_bytes()));
        }
        let name = format!("; filename=\"{}\"\r\nContent-Type: application/octet-stream", file.0);
        body.extend(part("archivo", &name, file.1));
        for (name, value) in filled {
            body.extend(part(name, "", value.as_bytes()));
        }
        body.extend(b"--grenze--\r\n");
        self.ask_body(Method::POST, &path, "multipart/form-data; boundary=grenze", body, &[]);
        self.follow()
    }

    /// One request with the cookies, and no more.
    pub(crate) fn ask(
        &mut self,
        method: Method,
        path: &str,
        fields: Option<&[(String, String)]>,
        headers: &[(&str, &str)],
    ) {
        let body = fields.map(|fields| {
            form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.iter().cloned()).finish()
        });
        let kind = if body.is_some() { "application/x-www-form-urlencoded" } else { "" };
        self.ask_body(method, path, kind, body.unwrap_or_default().into_bytes(), headers);
    }

    /// One request with the cookies and this body.
    pub(crate) fn ask_body(
        &mut self,
        method: Method,
        path: &str,
        kind: &str,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let mut request = Request::builder().method(method).uri(path).header("host", self.host);
        if !self.cookies.is_empty() {
            request = request.header("cookie", cookies.collect::<Vec<_>>().join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        let request = request.body(Full::from(Bytes::from(body))).expect("a request");
        path.clone_into(&mut self.path);
        self.reply = self.school.ask(request, false);
        let given =
            self.reply.headers.get_all("set-cookie").into_iter().map(|value| value.to_str().expect("ASCII"));
        for cookie in given.map(str::to_owned).collect::<Vec<_>>() {
            let (name, rest) = cookie.split_once('=').expect("a cookie");
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.retain(|(known, _)| known != name);
            if !cookie.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    fn follow(&mut self) -> &mut Self {
        for _ in 0..5 {
            if self.reply.status != StatusCode::SEE_OTHER {
                return self;
            }
            let path = self.reply.header("location").to_owned();
            self.ask(Method::GET, &path, None, &[]);
        }
        panic!("redirects without end at {}", self.path);
    }
}
