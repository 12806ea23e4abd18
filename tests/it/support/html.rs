//! Just enough HTML for tests: tags with their attributes, in order. Our pages are our own and well formed; the real
//! validator runs in `.ci/run`.

/// An opening tag.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// Text up to the next tag, entities undone.
    pub(crate) text: String,
    /// Whether it closes an element.
    pub(crate) closing: bool,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The tags of a page.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = end_of_tag(rest);
        let (inside, after) = (&rest[..end], &rest[(end + 1).min(rest.len())..]);
        rest = after;
        if inside.starts_with('!') {
            continue;
        }
        let closing = inside.starts_with('/');
        let inside = inside.trim_start_matches('/');
        let name_end = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
        let text = unescape(&after[..after.find('<').unwrap_or(after.len())]);
        let attributes = attributes(&inside[name_end..]);
        tags.push(Tag { name: inside[..name_end].to_lowercase(), attributes, text, closing });
    }
    tags
}

fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(['/', ' ', '\n']);
    while !rest.is_empty() {
        let name_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let name = rest[..name_end].to_owned();
        rest = &rest[name_end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=\"") {
            let end = after.find('"').unwrap_or(after.len());
            value = unescape(&after[..end]);
            rest = &after[(end + 1).min(after.len())..];
        }
        if !name.is_empty() {
            found.push((name.to_lowercase(), value));
        }
        rest = rest.trim_start_matches(['/', ' ', '\n', '=']);
    }
    found
}

pub(crate) fn unescape(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The words a person reads, tags left out.
pub(crate) fn words(html: &str) -> String {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    tags(&format!("<body{body}")).iter().map(|tag| tag.text.as_str()).collect::<Vec<_>>().join(" ")
}
