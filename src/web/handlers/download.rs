//! Descriptions of lessons as files, for other catalogues.

use bytes::Bytes;
use http::{Response, request::Parts};

use crate::{
    digest::short_hash,
    domain::{id::Slug, lang::Lang, lesson::Lesson},
    formats::metadata::{self, Described},
    web::{
        body::Body,
        error::Error,
        file::{self, Describe, Source},
        routes::Format,
        shelf::Shelf,
    },
};

/// `/descargas/<id>.<ending>`
pub(crate) fn serve(
    shelf: &Shelf,
    id: &Slug,
    format: Format,
    parts: &Parts,
) -> Result<Response<Body>, Error> {
    let lesson = shelf.library.lesson(id.as_str()).ok_or(Error::NotFound)?;
    let langs = langs(lesson);
    let described = Described { meta: &lesson.meta, langs: &langs, files: &[] };
    let (text, content_type) = match format {
        Format::DublinCore => (metadata::dublin_core(&described), "application/rdf+xml"),
        Format::Lom => (metadata::lom(&described), "application/xml"),
        Format::JsonLd => (metadata::json_ld(&described), "application/ld+json"),
        Format::Epub | Format::Xol => return Err(Error::NotFound),
    };
    let name = format!("{id}{}", format.ending());
    let etag = short_hash(text.as_bytes());
    let describe = Describe { content_type, etag: &etag, cache: "no-cache", download: Some(&name) };
    Ok(file::reply(&parts.method, &parts.headers, Source::Bytes(Bytes::from(text)), &describe))
}

/// The description of a lesson as it stands in its page.
pub(crate) fn json_ld(lesson: &Lesson) -> String {
    let langs = langs(lesson);
    metadata::json_ld_in_html(&Described { meta: &lesson.meta, langs: &langs, files: &[] })
}

fn langs(lesson: &Lesson) -> Vec<Lang> {
    lesson.meta.translation.0.keys().copied().collect()
}
