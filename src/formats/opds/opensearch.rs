//! The `OpenSearch` 1.1 description of a search: what it is called and the addresses to fill words into.

use super::{ACQUISITION, HTML, JSON};
use crate::{domain::lang::Lang, formats::xml_writer::Xml};

/// Most characters of a short name.
const SHORT: usize = 16;

/// What a description says.
#[derive(Debug, Clone)]
pub struct Description {
    /// Name of the search; cut at 16 characters.
    pub name: String,
    /// What is searched.
    pub about: String,
    /// Language of the results' titles.
    pub lang: Lang,
    /// Whole address of an icon of 16 × 16 to 64 × 64 pixels, PNG.
    pub icon: String,
    /// Whole addresses with `{searchTerms}` and `{startPage?}`: the page for people, the feeds in Atom and JSON.
    pub page: String,
    /// See [`Description::page`].
    pub atom: String,
    /// See [`Description::page`].
    pub json: String,
}

/// The description as a document.
pub fn opensearch(about: &Description) -> String {
    let mut xml = Xml::new();
    xml.open("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")]);
    xml.text("ShortName", &[], &about.name.chars().take(SHORT).collect::<String>());
    xml.text("Description", &[], &about.about);
    xml.text("Image", &[("type", "image/png")], &about.icon);
    for (media_type, template) in [(HTML, &about.page), (ACQUISITION, &about.atom), (JSON, &about.json)] {
        xml.empty("Url", &[("type", media_type), ("template", template)]);
    }
    xml.text("Language", &[], about.lang.as_str());
    xml.text("InputEncoding", &[], "UTF-8").text("OutputEncoding", &[], "UTF-8");
    xml.finish()
}
