//! Books in EPUB 2 and 3, read chapter by chapter as plain pages: metadata, table of contents, sanitized HTML cut into
//! parts that fit a page, pictures. [`with_ncx`] makes a copy that old readers open.
//!
//! Every chapter is read when it is asked for; only the list of files and the table of contents stay in memory. How
//! addresses look is not known here: who shows a chapter gives them.

mod chapter;
mod clean;
mod container;
pub(super) mod image;
pub(super) mod markup;
mod ncx;
mod package;
mod parts;
pub(super) mod path;
mod plain;
mod toc;

use std::{
    collections::{HashMap, HashSet},
    io::{Read, Seek},
};

use crate::domain::finding::Finding;

use super::{
    archive::{Archive, Limits, shown},
    xml,
};

use self::{chapter::Surroundings, package::Package};
pub use self::{
    chapter::{Chapter, ChapterPart, Link},
    ncx::with_ncx,
    package::Metadata,
    parts::PART_BYTES,
    path::ANCHOR_PREFIX,
    toc::TocEntry,
};

/// Largest package document and table of contents, in bytes: 2 MiB.
const MAX_PACKAGE: u64 = 2 << 20;
/// Largest source of one chapter, in bytes: 4 MiB.
pub const MAX_CHAPTER: u64 = 4 << 20;
/// Most chapters of a book.
const MAX_CHAPTERS: usize = 3_000;
/// Most pictures looked at for one chapter.
const MAX_CHAPTER_IMAGES: usize = 500;
/// Bytes of other chapters that are read to find in which part a link of one chapter ends; beyond, links lead to
/// the first part.
const MAX_LINKED: u64 = 8 << 20;
/// Chapters without a table of contents that are opened for their titles.
const MAX_TITLED: usize = 200;
/// Chapters whose anchors are kept at hand.
const MAX_KEPT: usize = 64;

/// A book, open.
#[derive(Debug)]
pub struct Book {
    archive: Archive,
    package: Package,
    package_path: String,
    chapter_of: HashMap<String, usize>,
    toc: Vec<TocEntry>,
    /// Fragment of each entry as the book writes it.
    toc_fragments: Vec<Option<String>>,
    cover: Option<String>,
    warnings: Vec<Finding>,
    /// Part of each anchor, of chapters that links led to.
    anchors: HashMap<usize, HashMap<String, usize>>,
}

impl Book {
    /// Opens a book: judges the archive, reads the package document and the table of contents.
    ///
    /// # Errors
    /// A finding of `check-archive.ftl`: a hostile or damaged archive, not an EPUB, protected against copying, no
    /// chapter to read.
    pub fn open(reader: impl Read + Seek + Send + 'static) -> Result<Self, Finding> {
        Self::open_within(reader, &Limits::default())
    }

    /// As [`Book::open`], with other limits of the archive.
    ///
    /// # Errors
    /// As [`Book::open`].
    pub fn open_within(reader: impl Read + Seek + Send + 'static, limits: &Limits) -> Result<Self, Finding> {
        let mut archive = Archive::open(reader, limits)?;
        let mut warnings = Vec::new();
        let package_path = container::open(&mut archive, &mut warnings)?;
        if !archive.contains(&package_path) {
            return Err(Finding::error_of_whole("check-epub-no-package"));
        }
        let bytes = archive.read(&package_path, MAX_PACKAGE)?;
        let mut package = package::package(&xml::text(&bytes, &package_path)?, &package_path)?;
        let before = package.spine.len();
        package.spine.retain(|item| archive.contains(&item.path));
        if package.spine.len() < before {
            let lost = before - package.spine.len();
            warnings.push(Finding::warning_of_whole("check-epub-chapters-missing").with("count", lost));
        }
        if package.spine.is_empty() {
            return Err(Finding::error_of_whole("check-epub-no-spine"));
        }
        if package.spine.len() > MAX_CHAPTERS {
            return Err(Finding::error_of_whole("check-epub-too-many-items").with("count", MAX_CHAPTERS));
        }
        if package.metadata.title.is_empty() {
            warnings.push(Finding::warning_of_whole("check-epub-no-title"));
        }
        let chapters = package.spine.iter().enumerate().map(|(at, item)| (item.path.clone(), at));
        let mut book = Self {
            chapter_of: chapters.collect(),
            archive,
            package,
            package_path,
            toc: Vec::new(),
            toc_fragments: Vec::new(),
            cover: None,
            warnings,
            anchors: HashMap::new(),
        };
        book.read_toc();
        book.cover = book.find_cover();
        Ok(book)
    }

    /// What is odd about the book but does not keep it from being read.
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// Version as the package document tells it: `2.0`, `3.0`.
    pub fn version(&self) -> &str {
        &self.package.version
    }

    /// Title, authors, languages …
    pub fn metadata(&self) -> &Metadata {
        &self.package.metadata
    }

    /// The table of contents; of a book without one, its chapters.
    pub fn toc(&self) -> &[TocEntry] {
        &self.toc
    }

    /// How many chapters (documents in the order of reading) there are: at least one.
    pub fn chapters(&self) -> usize {
        self.package.spine.len()
    }

    /// Whether a chapter stands in the flow of reading; notes and answers often do not.
    pub fn is_linear(&self, chapter: usize) -> bool {
        self.package.spine.get(chapter).is_some_and(|item| item.linear)
    }

    /// Path of the cover's picture, as [`Book::image`] takes it.
    pub fn cover(&self) -> Option<&str> {
        self.cover.as_deref()
    }

    /// A chapter, from 0, ready for pages. `link` gives the address of what is linked to; an empty one leaves the
    /// link out and its text in. Links that lead out of the book keep their text only.
    ///
    /// # Errors
    /// `check-epub-no-chapter`; larger than [`MAX_CHAPTER`], damaged, in an unknown encoding, or of too many elements.
    pub fn chapter(
        &mut self,
        chapter: usize,
        link: &mut dyn FnMut(Link<'_>) -> String,
    ) -> Result<Chapter, Finding> {
        let (path, plain) = self.plain(chapter)?;
        let html = clean::clean(&plain.html);
        let plan = parts::plan(&html);
        let around = self.surroundings(chapter, &path, &html);
        let parts = chapter::write(&html, &plan, &around, link);
        let titled = self.toc.iter().filter(|entry| entry.chapter == chapter);
        let titled = titled.min_by_key(|entry| entry.fragment.is_some()).map(|entry| entry.title.clone());
        let title =
            titled.filter(|title| !title.is_empty()).or(plain.heading).or(plain.title).unwrap_or_default();
        let lang = plain.lang.or_else(|| self.package.metadata.languages.first().cloned());
        Ok(Chapter { title, lang: lang.filter(|lang| chapter::is_language(lang)), parts })
    }

    /// In which part of a chapter an anchor of the table of contents stands: 0 when it is not found.
    ///
    /// # Errors
    /// As [`Book::chapter`].
    pub fn part_of(&mut self, chapter: usize, fragment: Option<&str>) -> Result<usize, Finding> {
        let Some(fragment) = fragment else { return Ok(0) };
        if !self.anchors.contains_key(&chapter) {
            let (_, plain) = self.plain(chapter)?;
            let anchors = parts::plan(&clean::clean(&plain.html)).anchors;
            self.keep(chapter, anchors);
        }
        Ok(self.anchors.get(&chapter).and_then(|anchors| anchors.get(fragment)).copied().unwrap_or(0))
    }

    /// A picture that the package names, with its media type by content: PNG, JPEG or GIF.
    ///
    /// # Errors
    /// `check-epub-image`: not named by the package, another type, or too many pixels; larger than 20 MiB; damaged.
    pub fn image(&mut self, path: &str) -> Result<(Vec<u8>, &'static str), Finding> {
        let refuse = || Finding::error_of_whole("check-epub-image").with("name", shown(path));
        if !self.package.items.iter().any(|item| item.path == path) {
            return Err(refuse());
        }
        image::size(&self.archive.head(path, image::HEAD)?).ok_or_else(refuse)?;
        let bytes = self.archive.read(path, image::MAX_IMAGE)?;
        let media_type = image::media_type(&bytes).ok_or_else(refuse)?;
        Ok((bytes, media_type))
    }

    fn source(&mut self, chapter: usize) -> Result<(String, Vec<u8>), Finding> {
        let no_chapter =
            || Finding::error_of_whole("check-epub-no-chapter").with("number", chapter.saturating_add(1));
        let path = self.package.spine.get(chapter).ok_or_else(no_chapter)?.path.clone();
        let bytes = self.archive.read(&path, MAX_CHAPTER)?;
        Ok((path, bytes))
    }

    fn plain(&mut self, chapter: usize) -> Result<(String, plain::Plain), Finding> {
        let (path, bytes) = self.source(chapter)?;
        let plain = plain::plain(&xml::text(&bytes, &path)?)?;
        Ok((path, plain))
    }

    fn keep(&mut self, chapter: usize, anchors: HashMap<String, usize>) {
        if self.anchors.len() >= MAX_KEPT {
            self.anchors.clear();
        }
        self.anchors.insert(chapter, anchors);
    }

    /// What the addresses of a chapter mean: which chapters, in which parts, which pictures of which size.
    fn surroundings(&mut self, chapter: usize, path: &str, html: &str) -> Surroundings {
        let (links, images) = chapter::addresses(html);
        let mut around = Surroundings { path: path.to_owned(), index: chapter, ..Surroundings::default() };
        let mut budget = MAX_LINKED;
        for place in links.iter().filter_map(|href| path::resolve(path, href)) {
            let Some(index) = self.chapter_of.get(&place.path).copied() else { continue };
            if index == chapter {
                continue;
            }
            let size = self.archive.size(&place.path).unwrap_or(0);
            around.chapters.insert(place.path, index);
            // A short chapter has one part: nothing to look for.
            let long = size > u64::try_from(parts::PART_BYTES / 4).unwrap_or(0);
            if place.fragment.is_none() || !long || around.anchors.contains_key(&index) {
                continue;
            }
            if !self.anchors.contains_key(&index) {
                if size > budget {
                    continue;
                }
                budget -= size;
                // A chapter that cannot be read tells so when it is asked for itself.
                let _ = self.part_of(index, Some(""));
            }
            around.anchors.insert(index, self.anchors.get(&index).cloned().unwrap_or_default());
        }
        let manifest = self.package.items.iter().map(|item| item.path.as_str()).collect::<HashSet<_>>();
        let mut looked = HashSet::new();
        for place in images.iter().filter_map(|src| path::resolve(path, src)) {
            if looked.len() >= MAX_CHAPTER_IMAGES {
                break;
            }
            let listed = manifest.contains(place.path.as_str()) && self.archive.contains(&place.path);
            if !listed || !looked.insert(place.path.clone()) {
                continue;
            }
            if self.archive.size(&place.path).is_some_and(|size| size > image::MAX_IMAGE) {
                continue;
            }
            let head = self.archive.head(&place.path, image::HEAD).unwrap_or_default();
            if let Some(size) = image::size(&head) {
                around.images.insert(place.path, size);
            }
        }
        around
    }

    /// From the navigation document, else from the NCX, else the chapters by their titles.
    fn read_toc(&mut self) {
        for path in [self.package.nav.clone(), self.package.ncx.clone().or_else(|| self.unnamed_ncx())] {
            let Some(path) = path.filter(|path| self.archive.contains(path)) else { continue };
            let is_nav = self.package.nav.as_ref() == Some(&path);
            let raw = self.archive.read(&path, MAX_PACKAGE).and_then(|bytes| {
                let text = xml::text(&bytes, &path)?;
                if is_nav { Ok(toc::nav(&text, &path)) } else { toc::ncx(&text, &path) }
            });
            match raw {
                Ok(raw) => {
                    let entries = toc::entries(raw, |path| self.chapter_of.get(path).copied());
                    (self.toc, self.toc_fragments) = entries.into_iter().unzip();
                }
                Err(finding) => self
                    .warnings
                    .push(Finding { severity: crate::domain::finding::Severity::Warning, ..finding }),
            }
            if !self.toc.is_empty() {
                return;
            }
        }
        self.warnings.push(Finding::warning_of_whole("check-epub-no-toc"));
        self.toc = (0..self.chapters()).map(|chapter| self.entry_of(chapter)).collect();
        self.toc_fragments = vec![None; self.toc.len()];
    }

    /// An NCX that the package holds but `spine` does not name.
    fn unnamed_ncx(&self) -> Option<String> {
        let item = self.package.items.iter().find(|item| item.media_type == "application/x-dtbncx+xml")?;
        Some(item.path.clone())
    }

    fn entry_of(&mut self, chapter: usize) -> TocEntry {
        let plain = if chapter < MAX_TITLED { self.plain(chapter).ok() } else { None };
        let title =
            plain.and_then(|(_, plain)| plain.heading.or(plain.title)).filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| chapter.saturating_add(1).to_string());
        TocEntry { title, chapter, fragment: None, depth: 0 }
    }

    /// The picture that the package names as cover, else one that is called so.
    fn find_cover(&mut self) -> Option<String> {
        if let Some(path) = self.package.cover.clone()
            && self.is_picture(&path)
        {
            return Some(path);
        }
        let by_name = self.package.items.iter().find(|item| {
            let file = item.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
            item.media_type.starts_with("image/")
                && (file.starts_with("cover.") || file.starts_with("portada."))
        });
        let path = by_name?.path.clone();
        self.is_picture(&path).then_some(path)
    }

    fn is_picture(&mut self, path: &str) -> bool {
        let head = self.archive.head(path, image::HEAD).unwrap_or_default();
        image::size(&head).is_some()
    }
}
