//! A browser of 2009 with script and cookies off: it follows links, fills forms and presses buttons.

use super::{
    html::{Tag, tags, words},
    school::{Reply, School},
};

/// A browser at a page.
pub(crate) struct Browser<'a> {
    school: &'a School,
    pub(crate) path: String,
    pub(crate) reply: Reply,
}

/// A form of a page.
#[derive(Debug, Clone)]
pub(crate) struct PageForm {
    pub(crate) search: bool,
    pub(crate) action: String,
    pub(crate) method: String,
    /// Fields as they stand: hidden, typed, checked, selected.
    pub(crate) fields: Vec<(String, String)>,
    /// Fields offered to choose from.
    pub(crate) offered: Vec<(String, String)>,
}

impl<'a> Browser<'a> {
    pub(crate) fn open(school: &'a School, path: &str) -> Self {
        let reply = school.get(path);
        let mut browser = Self { school, path: path.to_owned(), reply };
        browser.follow_redirects();
        browser
    }

    pub(crate) fn html(&self) -> String {
        self.reply.text()
    }

    pub(crate) fn words(&self) -> String {
        words(&self.html())
    }

    pub(crate) fn tags(&self) -> Vec<Tag> {
        tags(&self.html())
    }

    /// Links of the page: address and words.
    pub(crate) fn links(&self) -> Vec<(String, String)> {
        let html = self.html();
        let mut links = Vec::new();
        for piece in html.split("<a ").skip(1) {
            let piece = format!("<a {}", piece.split("</a>").next().unwrap_or_default());
            let all = tags(&piece);
            let Some(href) = all.first().and_then(|tag| tag.get("href")) else { continue };
            let label = all.iter().map(|tag| tag.text.as_str()).collect::<String>();
            links.push((href.to_owned(), label.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        links
    }

    /// Follows the first link whose words contain these.
    pub(crate) fn click(&mut self, label: &str) -> &mut Self {
        let links = self.links();
        let found = links.iter().find(|(_, words)| words.contains(label));
        let (href, _) = found.unwrap_or_else(|| panic!("no link «{label}» on {}: {links:#?}", self.path));
        self.go(&href.clone())
    }

    pub(crate) fn go(&mut self, path: &str) -> &mut Self {
        path.split('#').next().unwrap_or_default().clone_into(&mut self.path);
        self.reply = self.school.get(&self.path);
        self.follow_redirects();
        self
    }

    /// The forms of the page itself, without the search box that stands on every page.
    pub(crate) fn forms(&self) -> Vec<PageForm> {
        forms(&self.tags()).into_iter().filter(|form| !form.search).collect()
    }

    /// The search box.
    pub(crate) fn search_box(&self) -> PageForm {
        forms(&self.tags()).into_iter().find(|form| form.search).expect("a search box")
    }

    /// Sends a form with these choices added to what stands in it.
    pub(crate) fn send(&mut self, form: &PageForm, choices: &[(&str, &str)]) -> &mut Self {
        let mut fields = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>();
        fields.retain(|(name, _)| !choices.iter().any(|(chosen, _)| chosen == name));
        fields.extend_from_slice(choices);
        if form.method == "post" {
            self.path.clone_from(&form.action);
            self.reply = self.school.post(&form.action, &fields);
        } else {
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            return self.go(&format!("{}?{query}", form.action));
        }
        self.follow_redirects();
        self
    }

    fn follow_redirects(&mut self) {
        for _ in 0..5 {
            if !self.reply.status.is_redirection() || self.reply.status.as_u16() == 304 {
                return;
            }
            self.path = self.reply.header("location").to_owned();
            self.reply = self.school.get(&self.path);
        }
        panic!("redirects without end at {}", self.path);
    }
}

fn forms(tags: &[Tag]) -> Vec<PageForm> {
    let mut forms: Vec<PageForm> = Vec::new();
    let mut inside = false;
    let mut select = String::new();
    let owned = |value: Option<&str>| value.unwrap_or_default().to_owned();
    for tag in tags {
        match (tag.name.as_str(), tag.closing) {
            ("form", false) => {
                inside = true;
                let (action, method) = (owned(tag.get("action")), owned(tag.get("method")));
                let search = tag.get("role") == Some("search");
                forms.push(PageForm { search, action, method, fields: Vec::new(), offered: Vec::new() });
            }
            ("form", true) => inside = false,
            ("select", false) => select = owned(tag.get("name")),
            ("option", false) if inside => {
                let form = forms.last_mut().expect("a form");
                let field = (select.clone(), owned(tag.get("value")));
                if tag.get("selected").is_some() {
                    form.fields.push(field.clone());
                }
                form.offered.push(field);
            }
            ("input" | "textarea", false) if inside => {
                let form = forms.last_mut().expect("a form");
                let Some(name) = tag.get("name") else { continue };
                let field = (name.to_owned(), owned(tag.get("value")));
                match tag.get("type").unwrap_or("text") {
                    "radio" | "checkbox" => {
                        if tag.get("checked").is_some() {
                            form.fields.push(field.clone());
                        }
                        form.offered.push(field);
                    }
                    _ => form.fields.push(field),
                }
            }
            _ => {}
        }
    }
    forms
}
