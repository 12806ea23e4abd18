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
}

impl<'a> Person<'a> {
    pub(crate) fn at(school: &'a School, path: &str) -> Self {
        let reply = school.get("/robots.txt");
        let mut person = Self { school, cookies: Vec::new(), path: String::new(), reply };
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

    /// One request with the cookies, and no more.
    pub(crate) fn ask(
        &mut self,
        method: Method,
        path: &str,
        fields: Option<&[(String, String)]>,
        headers: &[(&str, &str)],
    ) {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let mut request = Request::builder().method(method).uri(path).header("host", "192.168.1.2:8080");
        if !self.cookies.is_empty() {
            request = request.header("cookie", cookies.collect::<Vec<_>>().join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = fields.map(|fields| {
            form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.iter().cloned()).finish()
        });
        if body.is_some() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let request = request.body(Full::from(Bytes::from(body.unwrap_or_default()))).expect("a request");
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
