//! `ro-crate-metadata.json` of a folder: RO-Crate 1.1 (<https://www.researchobject.org/ro-crate/1.1/>), schema.org in flat
//! JSON-LD. Every thing is an entity with an `@id`, and they name each other.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::{Described, licence_url, schema_org};
use crate::domain::pack::Pack;

/// What the description is called.
pub const RO_CRATE: &str = "ro-crate-metadata.json";

/// What a path may hold in an address: RFC 3986, unreserved and `/`.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Words of schema.org that the context of RO-Crate 1.1 is too old for.
const NEWER: [&str; 3] = ["LearningResource", "assesses", "teaches"];

/// A lesson or a material of a pack.
#[derive(Debug)]
pub struct CrateItem<'a> {
    /// Its folder, which ends with `/`, or its file, below the pack.
    pub path: String,
    /// What is known about it.
    pub described: Described<'a>,
}

/// The description of a pack: its items, and all its files with their bytes.
pub fn ro_crate<'f>(
    pack: &Pack,
    items: &[CrateItem<'_>],
    files: impl IntoIterator<Item = (&'f str, u64)>,
) -> String {
    let address = |path: &str| utf8_percent_encode(path, KEPT).to_string();
    let licence = licence_url(&pack.licence).map_or_else(|| format!("#{}", pack.licence), str::to_owned);
    let mut flat = Flat { entities: Vec::new(), named: 0 };
    let mut parts: Vec<String> = Vec::new();
    for item in items {
        let mut record = schema_org::record(&item.described);
        record.remove("@context");
        record.remove("encoding");
        let kind = if item.path.ends_with('/') { "Dataset" } else { "File" };
        record.insert("@type".to_owned(), json!([kind, "LearningResource"]));
        parts.push(address(&item.path));
        flat.add(&address(&item.path), record);
    }
    for (path, bytes) in files {
        let path = address(path);
        if parts.contains(&path) {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(&path);
        flat.entities
            .push(json!({"@id": path, "@type": "File", "name": name, "contentSize": bytes.to_string()}));
        parts.push(path);
    }
    let parts: Vec<Value> = parts.iter().map(|path| json!({"@id": path})).collect();
    let title = schema_org::localized(&pack.title);
    let summary =
        if pack.summary.0.is_empty() { title.clone() } else { schema_org::localized(&pack.summary) };
    let mut graph = vec![
        json!({
            "@id": RO_CRATE, "@type": "CreativeWork", "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        }),
        json!({
            "@id": "./", "@type": "Dataset", "identifier": pack.name, "version": pack.version, "name": title,
            "description": summary, "datePublished": pack.published, "license": {"@id": licence}, "hasPart": parts,
        }),
        json!({"@id": licence, "@type": "CreativeWork", "name": pack.licence, "description": pack.licence}),
    ];
    graph.append(&mut flat.entities);
    let newer: Map<_, _> =
        NEWER.iter().map(|word| ((*word).to_owned(), json!(format!("https://schema.org/{word}")))).collect();
    let document = json!({"@context": ["https://w3id.org/ro/crate/1.1/context", newer], "@graph": graph});
    format!("{document:#}\n")
}

/// Things inside things, made entities of their own.
struct Flat {
    entities: Vec<Value>,
    named: usize,
}

impl Flat {
    fn add(&mut self, id: &str, record: Map<String, Value>) {
        let mut flat = Map::from_iter([("@id".to_owned(), json!(id))]);
        for (key, value) in record {
            let value = match (key.as_str(), value) {
                ("license", Value::String(url)) if url.contains(':') => json!({"@id": url}),
                (_, value) => self.lift(value),
            };
            flat.insert(key, value);
        }
        self.entities.push(Value::Object(flat));
    }

    fn lift(&mut self, value: Value) -> Value {
        match value {
            Value::Array(values) => values.into_iter().map(|value| self.lift(value)).collect(),
            Value::Object(thing) if thing.contains_key("@type") => {
                self.named += 1;
                let id = format!("#{}", self.named);
                self.add(&id, thing);
                json!({"@id": id})
            }
            other => other,
        }
    }
}
