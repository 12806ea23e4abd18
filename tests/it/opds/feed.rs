//! Feeds as a program reads them.

use roxmltree::{Document, Node};
use serde_json::Value;

use crate::support::school::{Reply, School};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const DC: &str = "http://purl.org/dc/terms/";
const OPDS: &str = "http://opds-spec.org/2010/catalog";
const SEARCH: &str = "http://a9.com/-/spec/opensearch/1.1/";
const THREAD: &str = "http://purl.org/syndication/thread/1.0";
pub(super) const ACQUISITION: &str = "http://opds-spec.org/acquisition";

/// A link of a feed or an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) rel: String,
    pub(super) href: String,
    pub(super) media_type: String,
    /// Facet group, title, number, whether it is the active one.
    pub(super) facet: Option<(String, String, usize, bool)>,
}

/// An entry.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) updated: String,
    pub(super) langs: Vec<String>,
    pub(super) links: Vec<Link>,
}

/// A feed, or one entry as a feed of its own.
#[derive(Debug)]
pub(super) struct Feed {
    pub(super) title: String,
    pub(super) lang: String,
    pub(super) updated: String,
    pub(super) total: Option<usize>,
    pub(super) links: Vec<Link>,
    pub(super) entries: Vec<Entry>,
}

fn text(node: Node<'_, '_>, namespace: &str, name: &str) -> Option<String> {
    let found = node.children().find(|child| child.has_tag_name((namespace, name)))?;
    Some(found.text().unwrap_or_default().to_owned())
}

fn links(node: Node<'_, '_>) -> Vec<Link> {
    let own = node.children().filter(|child| child.has_tag_name((ATOM, "link")));
    let link = |link: Node<'_, '_>| {
        let get = |name: &str| link.attribute(name).expect("a link has rel, href and type").to_owned();
        let facet = link.attribute((OPDS, "facetGroup")).map(|group| {
            let count = link.attribute((THREAD, "count")).expect("how many").parse().expect("a number");
            let active = link.attribute((OPDS, "activeFacet")) == Some("true");
            (group.to_owned(), get("title"), count, active)
        });
        Link { rel: get("rel"), href: get("href"), media_type: get("type"), facet }
    };
    own.map(link).collect()
}

impl Feed {
    pub(super) fn read(xml: &str) -> Self {
        let document = Document::parse(xml).expect("it is well formed");
        let root = document.root_element();
        let entries = root.children().filter(|child| child.has_tag_name((ATOM, "entry")));
        let entry = |entry: Node<'_, '_>| {
            let need = |name: &str| text(entry, ATOM, name).expect("an entry has an id, a title and a day");
            let langs = entry.children().filter(|child| child.has_tag_name((DC, "language")));
            Entry {
                id: need("id"),
                title: need("title"),
                updated: need("updated"),
                langs: langs.map(|lang| lang.text().unwrap_or_default().to_owned()).collect(),
                links: links(entry),
            }
        };
        Self {
            title: text(root, ATOM, "title").expect("a title"),
            lang: root
                .attribute(("http://www.w3.org/XML/1998/namespace", "lang"))
                .expect("a language")
                .to_owned(),
            updated: text(root, ATOM, "updated").expect("a day"),
            total: text(root, SEARCH, "totalResults").map(|total| total.parse().expect("a number")),
            links: links(root),
            entries: entries.map(entry).collect(),
        }
    }

    pub(super) fn of(school: &School, path: &str) -> Self {
        Self::answered(&school.get(path), path)
    }

    pub(super) fn answered(reply: &Reply, path: &str) -> Self {
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.header("content-type").starts_with("application/atom+xml;"), "{path}");
        Self::read(&reply.text())
    }

    /// Where the one link of this kind leads.
    pub(super) fn one(&self, rel: &str) -> Option<&str> {
        let mut found = self.links.iter().filter(|link| link.rel == rel);
        let first = found.next().map(|link| link.href.as_str());
        assert!(found.next().is_none(), "two links are {rel}");
        first
    }

    pub(super) fn ids(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.id.as_str()).collect()
    }
}

/// A feed in JSON.
pub(super) fn json(school: &School, path: &str) -> Value {
    let reply = school.get(path);
    assert_eq!(reply.status, 200, "{path}");
    assert_eq!(reply.header("content-type"), "application/opds+json", "{path}");
    serde_json::from_slice(&reply.body).expect("JSON")
}

/// The address of the one link of this kind in a feed or publication in JSON.
pub(super) fn json_link<'a>(feed: &'a Value, rel: &str) -> Option<&'a str> {
    let mut links = feed["links"].as_array().expect("links").iter();
    links.find(|link| link["rel"] == rel)?["href"].as_str()
}
