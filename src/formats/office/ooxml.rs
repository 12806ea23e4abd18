//! Texts of Word and the words of Excel's tables.

use std::io::Read;

use crate::{
    domain::finding::Finding,
    formats::xml_reader::{Event, Reader},
};

use super::{
    Document, broken,
    parts::Parts,
    words::{self, Languages, Words},
};

const DOCUMENT: &str = "word/document.xml";
/// Elements of whose text nothing is read: what is given twice, what was moved away, settings of fields and tabs.
const SKIPPED: [&str; 4] = ["Fallback", "moveFrom", "sdtPr", "tabs"];

/// Reads what `docProps/` says of the whole.
pub(super) fn describe(parts: &mut Parts, document: &mut Document) -> Result<(), Finding> {
    parts.describe("docProps/core.xml", document)?;
    // The other part names the programs' words for title and so on, but only it counts pages.
    let mut counted = Document::default();
    parts.describe("docProps/app.xml", &mut counted)?;
    document.pages = counted.pages;
    Ok(())
}

/// Reads a text, and the notes at its end.
pub(super) fn text(parts: &mut Parts, document: &mut Document, words: &mut Words) -> Result<(), Finding> {
    if !parts.archive.contains(DOCUMENT) {
        return Err(broken());
    }
    describe(parts, document)?;
    let (mut languages, mut usual) = (Languages::default(), None);
    for part in [DOCUMENT, "word/footnotes.xml", "word/endnotes.xml"] {
        if parts.archive.contains(part) && !words.full {
            parts.walk(part, |reader| paragraphs(reader, words, &mut languages))?;
        }
    }
    if document.language.is_none() && parts.archive.contains("word/styles.xml") {
        parts.walk("word/styles.xml", |reader| {
            while let Some(event) = reader.next()?.filter(|_| usual.is_none()) {
                if let Event::Open(tag) = event
                    && tag.name == "lang"
                {
                    usual = tag.attribute("val").and_then(|tag| words::language(&tag, ""));
                }
            }
            Ok(())
        })?;
    }
    languages.settle(usual, document);
    Ok(())
}

fn paragraphs(
    reader: &mut Reader<'_, &mut dyn Read>,
    words: &mut Words,
    languages: &mut Languages,
) -> Result<(), Finding> {
    let (mut in_text, mut in_contents, mut language) = (false, false, String::new());
    while let Some(event) = reader.next()?.filter(|_| !words.full) {
        match event {
            Event::Open(tag) => match tag.name {
                name if SKIPPED.contains(&name) => reader.skip()?,
                "p" => {
                    words.begin();
                    in_contents = false;
                }
                // Lines of a list of contents: `TOC1`, in Spanish `TDC1`.
                "pStyle" => {
                    let style = tag.attribute("val").unwrap_or_default();
                    in_contents = style.starts_with("TOC") || style.starts_with("TDC");
                }
                "r" => language.clear(),
                "lang" => language = tag.attribute("val").unwrap_or_default().into_owned(),
                "t" => in_text = true,
                "tab" | "br" | "cr" => words.push(" "),
                "noBreakHyphen" => words.push("-"),
                _ => {}
            },
            Event::Text(text) if in_text => {
                languages.add(&language, text.len());
                words.push(text);
            }
            Event::Close("t") => in_text = false,
            Event::Close("p") if in_contents => words.drop(),
            Event::Close("p") => words.end(),
            Event::Text(_) | Event::Close(_) => {}
        }
    }
    Ok(())
}

/// Reads the words of a workbook: the names of its sheets and each text once, in no order of rows; no numbers.
pub(super) fn tables(parts: &mut Parts, document: &mut Document, words: &mut Words) -> Result<(), Finding> {
    describe(parts, document)?;
    parts.walk("xl/workbook.xml", |reader| {
        while let Some(event) = reader.next()? {
            if let Event::Open(tag) = event
                && tag.name == "sheet"
            {
                words.begin();
                words.push(&tag.attribute("name").unwrap_or_default());
                words.end();
            }
        }
        Ok(())
    })?;
    // Where the texts are not in a part of their own, they stand in the cells.
    let mut texts = vec!["xl/sharedStrings.xml".to_owned()];
    if !parts.archive.contains("xl/sharedStrings.xml") {
        let sheets = parts.archive.names().filter(|name| name.starts_with("xl/worksheets/sheet"));
        texts = sheets.map(str::to_owned).collect();
    }
    for part in texts {
        parts.walk(&part, |reader| cells(reader, words))?;
    }
    Ok(())
}

fn cells(reader: &mut Reader<'_, &mut dyn Read>, words: &mut Words) -> Result<(), Finding> {
    while let Some(event) = reader.next()?.filter(|_| !words.full) {
        match event {
            Event::Open(tag) if tag.name == "rPh" => reader.skip()?,
            Event::Open(tag) if matches!(tag.name, "si" | "is") => words.begin(),
            Event::Text(text) => words.push(text),
            Event::Close("si" | "is") => words.end(),
            _ => {}
        }
    }
    Ok(())
}
