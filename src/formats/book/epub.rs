//! What makes pages an EPUB: container, package document, navigation document.
//! Sources: EPUB Packages 3.2, OCF 3.2; OPF 2.0.1 for what older readers look for.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{About, File, Leaf};
use crate::{domain::fragment::escape, formats::xml_writer::Xml};

pub(super) const MEDIA_TYPE: &str = "application/epub+zip";
pub(super) const CONTAINER_PATH: &str = "META-INF/container.xml";
/// Folder of everything else.
pub(super) const FOLDER: &str = "OEBPS";
pub(super) const PACKAGE: &str = "book.opf";
pub(super) const NAV: &str = "nav.xhtml";
pub(super) const NCX: &str = "toc.ncx";

pub(super) fn container() -> String {
    let path = format!("{FOLDER}/{PACKAGE}");
    let mut xml = Xml::new();
    xml.open(
        "container",
        &[("xmlns", "urn:oasis:names:tc:opendocument:xmlns:container"), ("version", "1.0")],
    );
    xml.open("rootfiles", &[]);
    xml.empty("rootfile", &[("full-path", &path), ("media-type", "application/oebps-package+xml")]);
    xml.finish()
}

pub(super) fn package(about: &About, leaves: &[Leaf], files: &[File]) -> String {
    let mut xml = Xml::new();
    xml.open(
        "package",
        &[
            ("xmlns", "http://www.idpf.org/2007/opf"),
            ("version", "3.0"),
            ("unique-identifier", "id"),
            ("xml:lang", about.lang()),
        ],
    );
    xml.open("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
    xml.text("dc:identifier", &[("id", "id")], &about.identifier());
    for (lang, title) in &about.titles {
        xml.text("dc:title", &[("xml:lang", lang)], title);
    }
    for (lang, _) in &about.titles {
        xml.text("dc:language", &[], lang);
    }
    for author in &about.authors {
        xml.text("dc:creator", &[], author);
    }
    if !about.description.is_empty() {
        xml.text("dc:description", &[("xml:lang", about.lang())], &about.description);
    }
    xml.text("dc:rights", &[], &about.licence);
    xml.text("dc:date", &[], &about.modified.to_string());
    xml.text("meta", &[("property", "dcterms:modified")], &format!("{}T00:00:00Z", about.modified));
    let id = |at: usize| format!("f{at}");
    if let Some(cover) = files.iter().position(|file| file.cover) {
        xml.empty("meta", &[("name", "cover"), ("content", &id(cover))]);
    }
    xml.close().open("manifest", &[]);
    xml.empty(
        "item",
        &[("id", "nav"), ("href", NAV), ("media-type", "application/xhtml+xml"), ("properties", "nav")],
    );
    xml.empty("item", &[("id", "ncx"), ("href", NCX), ("media-type", "application/x-dtbncx+xml")]);
    for (at, file) in files.iter().enumerate() {
        let id = id(at);
        let mut attributes =
            vec![("id", id.as_str()), ("href", file.path.as_str()), ("media-type", file.media_type)];
        if file.cover {
            attributes.push(("properties", "cover-image"));
        }
        xml.empty("item", &attributes);
    }
    xml.close().open("spine", &[("toc", "ncx")]);
    let places = files.iter().enumerate().map(|(at, file)| (file.path.as_str(), at));
    let places = places.collect::<BTreeMap<_, _>>();
    for at in leaves.iter().filter_map(|leaf| places.get(leaf.path.as_str())) {
        xml.empty("itemref", &[("idref", &id(*at))]);
    }
    xml.finish()
}

/// The table of contents of EPUB 3. Its heading is the book's title: it needs no word of its own.
pub(super) fn nav(about: &About, leaves: &[Leaf]) -> String {
    let (lang, title) = (escape(about.lang()), escape(about.title()));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\" xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
         <body><nav epub:type=\"toc\"><h1>{title}</h1>\n"
    );
    let mut open = 0;
    for leaf in leaves {
        if leaf.depth < open {
            out.push_str("</li>\n");
            while leaf.depth + 1 < open {
                out.push_str("</ol></li>\n");
                open -= 1;
            }
        } else {
            out.push_str("<ol>\n");
            open += 1;
        }
        let (path, lang, title) = (escape(&leaf.path), escape(&leaf.lang), escape(&leaf.title));
        let _ = write!(out, "<li><a href=\"{path}\" lang=\"{lang}\">{title}</a>");
    }
    while open > 0 {
        out.push_str("</li></ol>\n");
        open -= 1;
    }
    out.push_str("</nav></body></html>\n");
    out
}
