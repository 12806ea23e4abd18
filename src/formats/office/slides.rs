//! Slides of `PowerPoint`, in the order of the presentation, not of the files' names.

use std::io::Read;

use crate::{
    domain::finding::Finding,
    formats::xml_reader::{Event, Reader},
};

use super::{
    Document, MAX_SLIDES, Slide, broken, ooxml,
    parts::{Parts, Relations},
    words::{self, Languages, Words},
};

/// Most drawings of one slide.
const MAX_DIAGRAMS: usize = 50;
const PRESENTATION: &str = "ppt/presentation.xml";
/// Elements of whose text and pictures nothing is read: what is given twice, extensions, the background.
const SKIPPED: [&str; 3] = ["Fallback", "extLst", "bg"];

pub(super) fn read(parts: &mut Parts, document: &mut Document, words: &mut Words) -> Result<(), Finding> {
    if !parts.archive.contains(PRESENTATION) {
        return Err(broken());
    }
    ooxml::describe(parts, document)?;
    document.pages = None;
    let relations = parts.relations(PRESENTATION)?;
    let mut order = Vec::new();
    parts.walk(PRESENTATION, |reader| {
        while let Some(event) = reader.next()? {
            if let Event::Open(tag) = event
                && tag.name == "sldId"
                && order.len() <= MAX_SLIDES
            {
                // One `id` is a number, the one with a prefix names a relation.
                let mut ids = tag.attributes("id");
                order.extend(ids.find_map(|id| relations.get(&*id)).cloned());
            }
        }
        Ok(())
    })?;
    let mut languages = Languages::default();
    for name in &order {
        if words.full || document.slides.len() >= MAX_SLIDES {
            document.partial = true;
            break;
        }
        if parts.archive.contains(name)
            && let Some(slide) = slide(parts, name, words, &mut languages)?
        {
            document.slides.push(slide);
        }
    }
    languages.settle(None, document);
    Ok(())
}

/// One slide; `None` when it is hidden.
fn slide(
    parts: &mut Parts,
    name: &str,
    words: &mut Words,
    languages: &mut Languages,
) -> Result<Option<Slide>, Finding> {
    let relations = parts.relations(name)?;
    let mut reading = Reading { slide: Slide::default(), relations: &relations, diagrams: Vec::new() };
    let mut shown = true;
    parts.walk(name, |reader| {
        shown = reading.read(reader, words, languages)?;
        Ok(())
    })?;
    let Reading { mut slide, diagrams, .. } = reading;
    let none = Relations::new();
    for diagram in diagrams.iter().filter(|_| shown) {
        if parts.archive.contains(diagram) {
            let mut within = Reading { slide: Slide::default(), relations: &none, diagrams: Vec::new() };
            parts.walk(diagram, |reader| within.read(reader, words, languages).map(drop))?;
        }
    }
    slide.text = words.take();
    Ok(shown.then_some(slide))
}

/// What is met on the way through one slide.
struct Reading<'r> {
    slide: Slide,
    relations: &'r Relations,
    /// Parts with the text of drawings ("`SmartArt`").
    diagrams: Vec<&'r String>,
}

impl Reading<'_> {
    /// Reads to the end; `false` for a slide that is hidden.
    fn read(
        &mut self,
        reader: &mut Reader<'_, &mut dyn Read>,
        words: &mut Words,
        languages: &mut Languages,
    ) -> Result<bool, Finding> {
        let (mut in_text, mut language, mut alt) = (false, String::new(), String::new());
        // The place that the shape fills, and where its title begins.
        let (mut place, mut title) = (String::new(), None);
        while let Some(event) = reader.next()?.filter(|_| !words.full) {
            match event {
                Event::Open(tag) => match tag.name {
                    name if SKIPPED.contains(&name) => reader.skip()?,
                    "sld" if matches!(tag.attribute("show").as_deref(), Some("0" | "false")) => {
                        return Ok(false);
                    }
                    "cNvPr" => {
                        alt = tag.attribute("descr").unwrap_or_default().into_owned();
                        place.clear();
                    }
                    "ph" => place = tag.attribute("type").unwrap_or_default().into_owned(),
                    "txBody" => match place.as_str() {
                        "sldNum" | "dt" | "ftr" | "hdr" => reader.skip()?,
                        "title" | "ctrTitle" => title = Some(words.mark()),
                        _ => {}
                    },
                    "blip" => {
                        let name = tag.attribute("embed").and_then(|id| self.relations.get(&*id));
                        if let Some(name) = name {
                            self.slide.add_picture(name.clone(), &alt, words);
                        }
                    }
                    "relIds" => {
                        let data = tag.attribute("dm").and_then(|id| self.relations.get(&*id));
                        self.diagrams.extend(data.filter(|_| self.diagrams.len() < MAX_DIAGRAMS));
                    }
                    // Numbers and dates that the program fills in.
                    "fld" if tag.attribute("type").is_some_and(|kind| kind != "txtLink") => reader.skip()?,
                    "p" => words.begin(),
                    "rPr" => language = tag.attribute("lang").unwrap_or_default().into_owned(),
                    "t" => in_text = true,
                    "br" => words.push(" "),
                    _ => {}
                },
                Event::Text(text) if in_text => {
                    languages.add(&language, text.len());
                    words.push(text);
                }
                Event::Close("t") => in_text = false,
                Event::Close("p") => words.end(),
                Event::Close("txBody") => {
                    if let Some(mark) = title.take() {
                        self.slide.title = words::title(&words.take_since(mark));
                    }
                }
                Event::Text(_) | Event::Close(_) => {}
            }
        }
        Ok(true)
    }
}
