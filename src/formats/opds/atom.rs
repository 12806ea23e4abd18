//! OPDS 1.2: feeds and entries of Atom (RFC 4287) with terms of Dublin Core, thread counts (RFC 4685) and `OpenSearch`.

use super::{
    ACQUISITION, Acquisition, Content, Door, ENTRY, Entry, Feed, HTML, JSON, List, NAVIGATION, OPENSEARCH,
    moment,
};
use crate::formats::xml_writer::Xml;

const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns", "http://www.w3.org/2005/Atom"),
    ("xmlns:dc", "http://purl.org/dc/terms/"),
    ("xmlns:opds", "http://opds-spec.org/2010/catalog"),
    ("xmlns:opensearch", "http://a9.com/-/spec/opensearch/1.1/"),
    ("xmlns:thr", "http://purl.org/syndication/thread/1.0"),
];

/// A feed as an Atom document.
pub fn atom(feed: &Feed) -> String {
    let mut xml = Xml::new();
    let mut root = NAMESPACES.to_vec();
    root.push(("xml:lang", feed.lang.as_str()));
    xml.open("feed", &root);
    xml.text("id", &[], &feed.id).text("title", &[], &feed.title);
    xml.text("updated", &[], &moment(feed.updated));
    xml.open("author", &[]).text("name", &[], &feed.publisher).close();
    let own = match feed.content {
        Content::Doors(_) => NAVIGATION,
        Content::List(_) => ACQUISITION,
    };
    link(&mut xml, "self", &feed.links.this, own, &[]);
    link(&mut xml, "start", &feed.links.start, NAVIGATION, &[]);
    if let Some(up) = &feed.links.up {
        link(&mut xml, "up", up, NAVIGATION, &[]);
    }
    link(&mut xml, "search", &feed.links.search, OPENSEARCH, &[]);
    link(&mut xml, "alternate", &feed.links.page, HTML, &[]);
    link(&mut xml, "alternate", &feed.links.twin, JSON, &[]);
    match &feed.content {
        Content::Doors(doors) => doors.iter().for_each(|each| door(&mut xml, feed, each)),
        Content::List(page) => list(&mut xml, feed, page),
    }
    xml.finish()
}

/// An entry as a document of its own.
pub fn atom_entry(each: &Entry) -> String {
    let mut xml = Xml::new();
    let mut root = NAMESPACES.to_vec();
    root.push(("xml:lang", each.lang.as_str()));
    xml.open("entry", &root);
    entry(&mut xml, each, "self");
    xml.finish()
}

fn door(xml: &mut Xml, feed: &Feed, door: &Door) {
    xml.open("entry", &[]);
    xml.text("id", &[], &door.id).text("title", &[], &door.title);
    xml.text("updated", &[], &moment(feed.updated));
    xml.text("content", &[("type", "text")], &door.summary);
    let count = door.count.map(|count| count.to_string());
    match &count {
        None => link(xml, "subsection", &door.href, NAVIGATION, &[]),
        Some(count) => link(xml, "subsection", &door.href, ACQUISITION, &[("thr:count", count)]),
    }
    xml.close();
}

fn list(xml: &mut Xml, feed: &Feed, list: &List) {
    link(xml, "first", &list.first, ACQUISITION, &[]);
    for (rel, href) in [("previous", &list.previous), ("next", &list.next)] {
        if let Some(href) = href {
            link(xml, rel, href, ACQUISITION, &[]);
        }
    }
    link(xml, "last", &list.last, ACQUISITION, &[]);
    for group in &list.facets {
        for value in &group.values {
            let count = value.count.to_string();
            let mut about =
                vec![("title", &*value.title), ("opds:facetGroup", &*group.title), ("thr:count", &*count)];
            if value.active {
                about.push(("opds:activeFacet", "true"));
            }
            link(xml, "http://opds-spec.org/facet", &value.href, ACQUISITION, &about);
        }
    }
    xml.text("opensearch:totalResults", &[], &list.total.to_string());
    xml.text("opensearch:itemsPerPage", &[], &list.per_page.to_string());
    let start = (list.page.saturating_sub(1) * list.per_page + 1).min(list.total);
    xml.text("opensearch:startIndex", &[], &start.to_string());
    for each in &list.entries {
        let own = [("xml:lang", each.lang.as_str())];
        xml.open("entry", if each.lang == feed.lang { &[] } else { &own });
        entry(xml, each, "alternate");
        xml.close();
    }
}

/// What stands in an entry. `this` is how its own document stands to it.
fn entry(xml: &mut Xml, entry: &Entry, this: &str) {
    xml.text("id", &[], &entry.id).text("title", &[], &entry.title);
    xml.text("updated", &[], &moment(entry.updated));
    for name in &entry.authors {
        xml.open("author", &[]).text("name", &[], name).close();
    }
    for name in &entry.contributors {
        xml.open("contributor", &[]).text("name", &[], name).close();
    }
    if !entry.summary.is_empty() {
        xml.text("summary", &[("type", "text")], &entry.summary);
    }
    xml.text("rights", &[], &entry.rights);
    for category in &entry.categories {
        let about = [("scheme", &*category.scheme), ("term", &*category.term), ("label", &*category.label)];
        xml.empty("category", &about);
    }
    // The title's language last: a program that keeps one of them keeps the last (feedparser, on which Sugar's Get Books
    // stands), and looks whether it is the one it asked for.
    let (own, others) = entry.langs();
    for lang in others.iter().chain(&own) {
        xml.text("dc:language", &[], lang.as_str());
    }
    if let Some(publisher) = &entry.publisher {
        xml.text("dc:publisher", &[], publisher);
    }
    if let Some(day) = entry.issued {
        xml.text("dc:issued", &[], &day.to_string());
    }
    for Acquisition { href, media_type, bytes } in &entry.files {
        let length = bytes.map(|bytes| bytes.to_string());
        let about = length.iter().map(|length| ("length", length.as_str())).collect::<Vec<_>>();
        link(xml, "http://opds-spec.org/acquisition", href, media_type, &about);
    }
    if let Some(image) = &entry.image {
        for rel in ["http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"] {
            link(xml, rel, &image.href, image.media_type, &[]);
        }
    }
    link(xml, "alternate", &entry.page, HTML, &[]);
    link(xml, this, &entry.this, ENTRY, &[]);
    if let Some(licence) = entry.licence {
        link(xml, "license", licence, HTML, &[]);
    }
}

fn link(xml: &mut Xml, rel: &str, href: &str, media_type: &str, about: &[(&str, &str)]) {
    let mut attributes = vec![("rel", rel), ("href", href), ("type", media_type)];
    attributes.extend_from_slice(about);
    xml.empty("link", &attributes);
}
