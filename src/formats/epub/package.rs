//! The package document (OPF) of EPUB 2 and 3: what the book is called, its files, their order; and `container.xml`,
//! which tells where it stands.
//! Sources: EPUB 3.3 §5, OPF 2.0.1.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use crate::domain::finding::Finding;

use super::{super::xml, path::resolve};

/// Most files a package may name.
const MAX_ITEMS: usize = 10_000;
/// Longest value of a description, in characters; other values 500.
const MAX_DESCRIPTION: usize = 5_000;

/// What the book says of itself. Values as written, spaces tidied; empty when not said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Main title.
    pub title: String,
    /// Authors and other makers, in the book's order; at most 50.
    pub creators: Vec<String>,
    /// Language tags, the main one first; at most 10.
    pub languages: Vec<String>,
    /// The unique identifier: a UUID, an ISBN, an address.
    pub identifier: String,
    /// What it is about; HTML is left as written.
    pub description: String,
    /// Date of publication, as written.
    pub date: String,
    /// Publisher.
    pub publisher: String,
    /// Rights, licence.
    pub rights: String,
    /// Subjects; at most 50.
    pub subjects: Vec<String>,
}

/// One file of the package.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) id: String,
    /// Path from the archive's root.
    pub(super) path: String,
    pub(super) media_type: String,
    pub(super) properties: String,
}

/// One place in the order of reading.
#[derive(Debug, Clone)]
pub(super) struct SpineItem {
    pub(super) path: String,
    pub(super) linear: bool,
}

/// A package document, read.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) version: String,
    pub(super) metadata: Metadata,
    pub(super) items: Vec<Item>,
    pub(super) spine: Vec<SpineItem>,
    /// Path of the navigation document of EPUB 3.
    pub(super) nav: Option<String>,
    /// Path of the NCX that `spine` names.
    pub(super) ncx: Option<String>,
    /// Path of the picture of the cover.
    pub(super) cover: Option<String>,
}

/// Path of the package document, from `META-INF/container.xml`.
pub(super) fn package_path(container: &str) -> Result<String, Finding> {
    let tree = xml::tree(container, "META-INF/container.xml")?;
    let mut roots = tree.descendants().filter(|node| node.tag_name().name() == "rootfile");
    let is_package = |node: &Node<'_, '_>| {
        node.attribute("media-type").is_none_or(|kind| kind == "application/oebps-package+xml")
    };
    let path = roots.find(is_package).and_then(|node| node.attribute("full-path"));
    path.and_then(|path| resolve("", path))
        .map(|place| place.path)
        .ok_or_else(|| Finding::error_of_whole("check-epub-no-package"))
}

/// Reads the package document that stands at `path`.
pub(super) fn package(text: &str, path: &str) -> Result<Package, Finding> {
    let tree = xml::tree(text, path)?;
    let root = tree.root_element();
    let child = |name: &str| root.children().find(|node| node.tag_name().name() == name);
    let (Some(manifest), Some(spine)) = (child("manifest"), child("spine")) else {
        return Err(Finding::error_of_whole("check-epub-no-spine"));
    };
    let mut package =
        Package { version: root.attribute("version").unwrap_or_default().to_owned(), ..Package::default() };
    if let Some(metadata) = child("metadata") {
        package.metadata = read_metadata(metadata, root.attribute("unique-identifier"));
    }
    for item in manifest.children().filter(|node| node.tag_name().name() == "item") {
        if package.items.len() >= MAX_ITEMS {
            return Err(Finding::error_of_whole("check-epub-too-many-items").with("count", MAX_ITEMS));
        }
        let place = item.attribute("href").and_then(|href| resolve(path, href));
        let (Some(id), Some(place)) = (item.attribute("id"), place) else { continue };
        package.items.push(Item {
            id: id.to_owned(),
            path: place.path,
            media_type: item.attribute("media-type").unwrap_or_default().trim().to_ascii_lowercase(),
            properties: item.attribute("properties").unwrap_or_default().to_owned(),
        });
    }
    let by_id = package.items.iter().map(|item| (item.id.as_str(), item)).collect::<HashMap<_, _>>();
    let mut taken = HashSet::new();
    for place in spine.children().filter(|node| node.tag_name().name() == "itemref") {
        let Some(item) = place.attribute("idref").and_then(|id| by_id.get(id)) else { continue };
        if is_text(item) && taken.insert(item.path.as_str()) {
            let linear = place.attribute("linear") != Some("no");
            package.spine.push(SpineItem { path: item.path.clone(), linear });
        }
    }
    let of_id = |id: &str| by_id.get(id).map(|item| item.path.clone());
    package.nav = property(&package.items, "nav");
    package.ncx = spine.attribute("toc").and_then(of_id);
    let named_cover = child("metadata").and_then(|metadata| {
        let mut metas = metadata.descendants().filter(|node| node.tag_name().name() == "meta");
        metas.find(|meta| meta.attribute("name") == Some("cover")).and_then(|meta| meta.attribute("content"))
    });
    let named_cover =
        named_cover.and_then(|id| by_id.get(id)).filter(|item| item.media_type.starts_with("image/"));
    package.cover =
        property(&package.items, "cover-image").or_else(|| named_cover.map(|item| item.path.clone()));
    Ok(package)
}

fn property(items: &[Item], property: &str) -> Option<String> {
    let item = items.iter().find(|item| item.properties.split_whitespace().any(|word| word == property))?;
    Some(item.path.clone())
}

/// Whether a file can be a chapter.
fn is_text(item: &Item) -> bool {
    matches!(
        item.media_type.as_str(),
        "application/xhtml+xml" | "text/html" | "text/x-oeb1-document" | "application/xml"
    )
}

fn read_metadata(node: Node<'_, '_>, unique: Option<&str>) -> Metadata {
    let mut metadata = Metadata::default();
    let mut identifier_is_unique = false;
    // Books of 2005 put the values one level deeper, in `dc-metadata`, and write names with capitals.
    for element in node.descendants().filter(Node::is_element) {
        let value = value_of(element, 500);
        if value.is_empty() {
            continue;
        }
        let once = |field: &mut String, value| {
            if field.is_empty() {
                *field = value;
            }
        };
        match element.tag_name().name().to_ascii_lowercase().as_str() {
            "title" => once(&mut metadata.title, value),
            "creator" if metadata.creators.len() < 50 => metadata.creators.push(value),
            "language" if metadata.languages.len() < 10 => metadata.languages.push(value),
            "subject" if metadata.subjects.len() < 50 => metadata.subjects.push(value),
            "identifier" if !identifier_is_unique => {
                identifier_is_unique = unique.is_some() && element.attribute("id") == unique;
                if identifier_is_unique || metadata.identifier.is_empty() {
                    metadata.identifier = value;
                }
            }
            "description" => once(&mut metadata.description, value_of(element, MAX_DESCRIPTION)),
            "date" => once(&mut metadata.date, value),
            "publisher" => once(&mut metadata.publisher, value),
            "rights" => once(&mut metadata.rights, value),
            _ => {}
        }
    }
    metadata
}

/// The text of an element, runs of spaces as one, of at most `most` characters.
pub(super) fn value_of(node: Node<'_, '_>, most: usize) -> String {
    let mut value = String::new();
    for text in node.descendants().filter(Node::is_text).filter_map(|node| node.text()) {
        super::markup::push_collapsed(&mut value, text);
        if value.len() > most * 4 {
            break;
        }
    }
    value.trim_end().chars().take(most).collect()
}
