//! What of a book may stand in a page: the one list of elements and attributes, held by a sanitizer that parses as
//! browsers do. No address with a scheme passes.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

/// HTML 4 elements that browsers of 2009 show well. No script, style, form, frame, drawing, formula or player.
const ELEMENTS: [&str; 47] = [
    "a",
    "abbr",
    "acronym",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let own = [
        ("a", HashSet::from(["href"])),
        ("img", HashSet::from(["src", "alt"])),
        ("td", HashSet::from(["colspan", "rowspan"])),
        ("th", HashSet::from(["colspan", "rowspan"])),
        ("ol", HashSet::from(["start"])),
        ("li", HashSet::from(["value"])),
    ];
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into_iter().chain(["var"]).collect())
        .generic_attributes(HashSet::from(["id", "lang", "dir"]))
        .tag_attributes(HashMap::from(own))
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "textarea", "iframe", "template", "xmp",
        ]))
        .url_schemes(HashSet::new())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// The same HTML with nothing but what the list allows, in the one form the serializer writes.
pub(super) fn clean(html: &str) -> String {
    SANITIZER.clean(html).to_string()
}
