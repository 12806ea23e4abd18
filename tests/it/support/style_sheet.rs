//! The style sheet as old engines read it: rules with their selectors and properties.

use std::sync::OnceLock;

use super::portal::pages;

/// Its address.
pub(crate) fn path() -> &'static str {
    pages().keys().find(|path| path.ends_with("/estilo.css")).expect("a style sheet")
}

/// Its text, as it is served.
pub(crate) fn css() -> &'static str {
    static CSS: OnceLock<String> = OnceLock::new();
    CSS.get_or_init(|| pages()[path()].text())
}

/// A rule of the style sheet: its selectors, its properties, the `@media` around it.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) selectors: Vec<String>,
    pub(crate) properties: Vec<(String, String)>,
    pub(crate) media: Option<String>,
}

/// Its rules, comments left out.
pub(crate) fn rules() -> Vec<Rule> {
    let mut text = String::new();
    let mut rest = css();
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        rest = comment.split_once("*/").expect("a comment ends").1;
    }
    text.push_str(rest);
    let mut rules = Vec::new();
    let mut media = None;
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let head = rest[..at].trim();
        let opens = rest[at..].starts_with('{');
        rest = &rest[at + 1..];
        if !opens {
            assert!(head.is_empty(), "{head}");
            media = None;
        } else if head.starts_with('@') {
            media = Some(head.to_owned());
        } else {
            let (body, after) = rest.split_once('}').expect("a rule ends");
            rest = after;
            let property = |line: &str| {
                let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no property: {line}"));
                (name.trim().to_owned(), value.trim().to_owned())
            };
            rules.push(Rule {
                selectors: head.split(',').map(|selector| selector.trim().to_owned()).collect(),
                properties: body.split(';').filter(|line| !line.trim().is_empty()).map(property).collect(),
                media: media.clone(),
            });
        }
    }
    rules
}
