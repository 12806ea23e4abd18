//! The parts of a document that is a ZIP: each read as a stream, all together within one limit; and what
//! `meta.xml` and `docProps/` say of the whole.

use std::{
    collections::HashMap,
    io::{Read, Seek},
};

use crate::{
    domain::finding::Finding,
    formats::{
        archive::{Archive, Limits},
        epub::path::resolve,
        xml_reader::{Event, Reader},
    },
};

use super::{Document, broken, words};

/// Most relations of one part.
const MAX_RELATIONS: usize = 10_000;

/// A document's parts.
pub(super) struct Parts {
    pub(super) archive: Archive,
    /// Bytes that may still be read.
    left: u64,
    /// A part was larger than what was left.
    pub(super) cut: bool,
}

/// The parts that a part names: their names from the archive's root, by identifier.
pub(super) type Relations = HashMap<String, String>;

impl Parts {
    /// Opens the ZIP. Nothing but text is unpacked, and no more than `limit` bytes of it: so pictures may be packed
    /// as well as they like.
    pub(super) fn open(reader: impl Read + Seek + Send + 'static, limit: u64) -> Result<Self, Finding> {
        let limits = Limits { ratio: u64::MAX, ..Limits::default() };
        Ok(Self { archive: Archive::open(reader, &limits)?, left: limit, cut: false })
    }

    /// Reads a part with `read`, which need not go to its end.
    pub(super) fn walk(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Reader<'_, &mut dyn Read>) -> Result<(), Finding>,
    ) -> Result<(), Finding> {
        let size = self.archive.size(name).ok_or_else(broken)?;
        self.cut |= size > self.left;
        let mut stream = self.archive.stream(name)?;
        let mut reader = Reader::new(&mut stream as &mut dyn Read, name, self.left);
        read(&mut reader)?;
        self.left = reader.left();
        Ok(())
    }

    /// The parts that a part names, by `_rels/….rels` beside it.
    pub(super) fn relations(&mut self, part: &str) -> Result<Relations, Finding> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}/_rels/{file}.rels");
        let mut relations = Relations::new();
        if !self.archive.contains(&name) {
            return Ok(relations);
        }
        self.walk(&name, |reader| {
            while let Some(event) = reader.next()? {
                let Event::Open(tag) = event else { continue };
                let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target")) else {
                    continue;
                };
                let place = match target.strip_prefix('/') {
                    Some(target) => resolve("", target),
                    None => resolve(part, &target),
                };
                if let Some(place) = place.filter(|_| relations.len() < MAX_RELATIONS && id.len() <= 100) {
                    relations.insert(id.into_owned(), place.path);
                }
            }
            Ok(())
        })?;
        Ok(relations)
    }

    /// Reads what a part says of the whole document; a part that is missing says nothing.
    pub(super) fn describe(&mut self, name: &str, document: &mut Document) -> Result<(), Finding> {
        if !self.archive.contains(name) {
            return Ok(());
        }
        let (mut value, mut author) = (String::new(), String::new());
        let (mut changed, mut writer) = (None, String::new());
        self.walk(name, |reader| {
            while let Some(event) = reader.next()? {
                match event {
                    Event::Open(tag) => {
                        value.clear();
                        if let Some(count) = tag.attribute("page-count") {
                            document.pages = count.parse().ok();
                        }
                    }
                    Event::Text(text) if value.len() < 4_000 => value.push_str(text),
                    Event::Text(_) => {}
                    Event::Close(field) => {
                        let value = std::mem::take(&mut value);
                        match field {
                            "title" => document.title = words::title(&value),
                            "initial-creator" => author = value,
                            "creator" => writer = value,
                            "language" => document.language = words::language(&value, ""),
                            "creation-date" | "created" => document.date = words::date(&value),
                            "date" | "modified" => changed = words::date(&value),
                            "Pages" => document.pages = value.trim().parse().ok(),
                            _ => {}
                        }
                    }
                }
            }
            Ok(())
        })?;
        document.date = document.date.take().or(changed);
        // The creator is the author in Microsoft's files; in `OpenDocument` who saved last.
        let author = if author.trim().is_empty() { writer } else { author };
        if document.authors.is_empty() {
            document.authors = words::authors(&author);
        }
        Ok(())
    }
}
