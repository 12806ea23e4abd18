//! `OpenDocument`: texts, tables and slides stand in one `content.xml`.

use std::{collections::HashSet, io::Read};

use crate::{
    domain::finding::Finding,
    formats::{
        epub::path::resolve,
        xml_reader::{Event, Reader},
    },
};

use super::{
    Document, MAX_SLIDES, Slide, broken,
    parts::Parts,
    words::{self, Words},
};

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
const STYLES: &str = "styles.xml";
/// Elements of whose text nothing is read: what was deleted, remarks, lists of contents, the speaker's notes.
const SKIPPED: [&str; 9] = [
    "tracked-changes",
    "annotation",
    "table-of-content",
    "forms",
    "scripts",
    "notes",
    "note-citation",
    "ruby-text",
    "event-listeners",
];

pub(super) fn read(parts: &mut Parts, document: &mut Document, words: &mut Words) -> Result<(), Finding> {
    if parts.archive.contains(MANIFEST) {
        let mut protected = false;
        parts.walk(MANIFEST, |reader| {
            while let Some(event) = reader.next()?.filter(|_| !protected) {
                protected = matches!(event, Event::Open(tag) if tag.name == "encryption-data");
            }
            Ok(())
        })?;
        if protected {
            return Err(Finding::error_of_whole("check-file-office-protected"));
        }
    }
    if !parts.archive.contains(CONTENT) {
        return Err(broken());
    }
    parts.describe("meta.xml", document)?;
    if document.language.is_none() && parts.archive.contains(STYLES) {
        parts.walk(STYLES, |reader| {
            document.language = usual_language(reader)?;
            Ok(())
        })?;
    }
    let mut content = Content {
        words,
        slides: &mut document.slides,
        hidden: HashSet::new(),
        style: String::new(),
        slide: None,
    };
    let mut cut = false;
    parts.walk(CONTENT, |reader| {
        cut = content.read(reader)?;
        Ok(())
    })?;
    document.partial |= cut;
    Ok(())
}

/// The language of the styles that all others come from.
fn usual_language(reader: &mut Reader<'_, &mut dyn Read>) -> Result<Option<String>, Finding> {
    let mut in_default = false;
    while let Some(event) = reader.next()? {
        match event {
            Event::Open(tag) if tag.name == "default-style" => in_default = true,
            Event::Open(tag) if tag.name == "text-properties" && in_default => {
                let value = |name| tag.attribute(name).unwrap_or_default();
                let language = words::language(&value("language"), &value("country"));
                if language.is_some() {
                    return Ok(language);
                }
            }
            Event::Close("default-style") => in_default = false,
            _ => {}
        }
    }
    Ok(None)
}

/// What is met on the way through `content.xml`.
struct Content<'d> {
    words: &'d mut Words,
    slides: &'d mut Vec<Slide>,
    /// Styles of slides that are not shown.
    hidden: HashSet<String>,
    /// Name of the style being read.
    style: String,
    /// The slide being read, and where its title begins while that is read.
    slide: Option<(Slide, Option<usize>)>,
}

impl Content<'_> {
    /// Reads on to the end; says whether it had to stop before.
    fn read(&mut self, reader: &mut Reader<'_, &mut dyn Read>) -> Result<bool, Finding> {
        // Rows that are open; a row is one line, whatever stands in its cells.
        let (mut rows, mut in_alt, mut has_picture) = (0_usize, false, false);
        let mut cut = false;
        while let Some(event) = reader.next()? {
            cut = self.words.full || self.slides.len() >= MAX_SLIDES;
            if cut {
                break;
            }
            match event {
                Event::Open(tag) => match tag.name {
                    name if SKIPPED.contains(&name) => reader.skip()?,
                    "p" | "h" if rows == 0 => self.words.begin(),
                    "table-row" => {
                        if rows == 0 {
                            self.words.begin();
                        }
                        rows += 1;
                    }
                    "p" | "h" | "s" | "tab" | "line-break" => self.words.push(" "),
                    "title" | "desc" if tag.prefix == "svg:" => in_alt = true,
                    "style" => self.style = tag.attribute("name").unwrap_or_default().into_owned(),
                    "drawing-page-properties" if tag.attribute("visibility").as_deref() == Some("hidden") => {
                        let style = std::mem::take(&mut self.style);
                        if self.hidden.len() < MAX_SLIDES && style.len() <= 200 {
                            self.hidden.insert(style);
                        }
                    }
                    "page" if tag.prefix == "draw:" => {
                        if tag.attribute("style-name").is_some_and(|style| self.hidden.contains(&*style)) {
                            reader.skip()?;
                        } else {
                            self.slide = Some((Slide::default(), None));
                        }
                    }
                    "frame" => {
                        has_picture = false;
                        if let Some((_, title)) = &mut self.slide {
                            let class = tag.attribute("class");
                            *title = (class.as_deref() == Some("title")).then(|| self.words.mark());
                        }
                    }
                    "image" => {
                        let place = tag.attribute("href").and_then(|address| resolve(CONTENT, &address));
                        if let (Some((slide, _)), Some(place)) = (&mut self.slide, place) {
                            has_picture = slide.add_picture(place.path, "", self.words);
                        }
                    }
                    _ => {}
                },
                Event::Text(text) if in_alt => {
                    let picture = self.slide.as_mut().and_then(|(slide, _)| slide.pictures.last_mut());
                    if let Some(picture) = picture.filter(|picture| has_picture && picture.alt.is_empty()) {
                        let alt = words::alt(text);
                        if self.words.charge(alt.len()) {
                            picture.alt = alt;
                        }
                    }
                }
                Event::Text(text) => self.words.push(text),
                Event::Close("title" | "desc") => in_alt = false,
                Event::Close("p" | "h") if rows == 0 => self.words.end(),
                Event::Close("table-row") => {
                    rows = rows.saturating_sub(1);
                    if rows == 0 {
                        self.words.end();
                    }
                }
                Event::Close("frame") => {
                    if let Some((slide, title)) = &mut self.slide
                        && let Some(mark) = title.take()
                    {
                        slide.title = words::title(&self.words.take_since(mark));
                    }
                }
                Event::Close("page") => self.end_slide(),
                Event::Close(_) => {}
            }
        }
        // Where the reading was cut, the last slide had no end.
        self.end_slide();
        Ok(cut)
    }

    fn end_slide(&mut self) {
        if let Some((mut slide, _)) = self.slide.take() {
            slide.text = self.words.take();
            self.slides.push(slide);
        }
    }
}
