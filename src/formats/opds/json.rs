//! OPDS 2.0: feeds and publications in JSON, on the model of the Readium Web Publication Manifest. A collection without
//! members is left out, as the specification wants.

use serde_json::{Map, Value, json};

use super::{
    ACQUISITION, Acquisition, Content, Door, Entry, Feed, HTML, JSON, List, NAVIGATION, PUBLICATION, moment,
};

/// A feed as one line of JSON.
pub fn json(feed: &Feed) -> String {
    let mut metadata = json!({
        "identifier": feed.id, "title": feed.title, "modified": moment(feed.updated),
    });
    let mut links = vec![
        link("self", &feed.links.this, JSON),
        link("start", &feed.links.start, JSON),
        json!({"rel": "search", "href": feed.links.search, "type": JSON, "templated": true}),
        link("alternate", &feed.links.page, HTML),
    ];
    links.extend(feed.links.up.as_ref().map(|up| link("up", up, JSON)));
    let mut out = Map::new();
    let twin = match &feed.content {
        Content::Doors(doors) => {
            out.insert("navigation".to_owned(), doors.iter().map(door).collect());
            NAVIGATION
        }
        Content::List(list) => {
            fill(&mut out, &mut metadata, &mut links, feed, list);
            ACQUISITION
        }
    };
    links.push(link("alternate", &feed.links.twin, twin));
    out.insert("metadata".to_owned(), metadata);
    out.insert("links".to_owned(), links.into());
    Value::Object(out).to_string()
}

/// A publication as a document of its own.
pub fn json_publication(entry: &Entry) -> String {
    publication(entry).to_string()
}

fn fill(
    out: &mut Map<String, Value>,
    metadata: &mut Value,
    links: &mut Vec<Value>,
    feed: &Feed,
    list: &List,
) {
    for (name, number) in
        [("numberOfItems", list.total), ("itemsPerPage", list.per_page), ("currentPage", list.page)]
    {
        metadata[name] = number.into();
    }
    let turns = [("first", Some(&list.first)), ("previous", list.previous.as_ref())];
    let turns = turns.into_iter().chain([("next", list.next.as_ref()), ("last", Some(&list.last))]);
    links.extend(turns.filter_map(|(rel, href)| Some(link(rel, href?, JSON))));
    let facets = list.facets.iter().map(|group| {
        let values = group.values.iter().map(|value| {
            let mut out = json!({
                "href": value.href, "type": JSON, "title": value.title,
                "properties": {"numberOfItems": value.count},
            });
            if value.active {
                out["rel"] = "self".into();
            }
            out
        });
        json!({"metadata": {"title": group.title}, "links": values.collect::<Vec<_>>()})
    });
    let facets = facets.collect::<Vec<_>>();
    if !facets.is_empty() {
        out.insert("facets".to_owned(), facets.into());
    }
    if list.entries.is_empty() {
        // A feed must hold something: the way back.
        let back = feed.links.up.as_ref().unwrap_or(&feed.links.start);
        let back = json!({"href": back, "type": JSON, "title": feed.publisher});
        out.insert("navigation".to_owned(), json!([back]));
    } else {
        out.insert("publications".to_owned(), list.entries.iter().map(publication).collect());
    }
}

fn door(door: &Door) -> Value {
    let mut out = json!({"rel": "subsection", "href": door.href, "type": JSON, "title": door.title});
    if let Some(count) = door.count {
        out["properties"] = json!({"numberOfItems": count});
    }
    out
}

fn publication(entry: &Entry) -> Value {
    let subjects = entry
        .categories
        .iter()
        .map(|category| json!({"name": category.label, "code": category.term, "scheme": category.scheme}));
    let mut metadata = Map::new();
    let mut set = |name: &str, value: Value| {
        let nothing = match &value {
            Value::Null => true,
            Value::Array(list) => list.is_empty(),
            Value::String(text) => text.is_empty(),
            _ => false,
        };
        if !nothing {
            metadata.insert(name.to_owned(), value);
        }
    };
    set("@type", json!("http://schema.org/LearningResource"));
    set("identifier", json!(entry.id));
    let (own, others) = entry.langs();
    set("language", json!([own, others].concat()));
    set("modified", moment(entry.updated).into());
    set("published", json!(entry.issued));
    set("author", json!(entry.authors));
    set("contributor", json!(entry.contributors));
    set("publisher", json!(entry.publisher));
    set("description", json!(entry.summary));
    set("subject", subjects.collect());
    // Required, even of a resource that has none.
    metadata.insert("title".to_owned(), json!(entry.title));
    let mut links = vec![link("self", &entry.this, PUBLICATION), link("alternate", &entry.page, HTML)];
    links.extend(entry.files.iter().map(|Acquisition { href, media_type, bytes }| {
        let mut out = link("http://opds-spec.org/acquisition/open-access", href, media_type);
        if let Some(bytes) = bytes {
            out["size"] = (*bytes).into();
        }
        out
    }));
    links.extend(entry.licence.map(|licence| link("license", licence, HTML)));
    let mut out = json!({"metadata": metadata, "links": links});
    if let Some(image) = &entry.image {
        let (width, height) = image.size;
        out["images"] = json!([
            {"href": image.href, "type": image.media_type, "width": width, "height": height},
        ]);
    }
    out
}

fn link(rel: &str, href: &str, media_type: &str) -> Value {
    json!({"rel": rel, "href": href, "type": media_type})
}
