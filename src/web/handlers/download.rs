//! Lessons as files: to take home, and what describes them and materials for other catalogues.

use std::sync::Arc;

use bytes::Bytes;
use http::{Response, request::Parts};
use jiff::civil::Date;
use tokio::sync::Mutex;

use crate::{
    digest::short_hash,
    domain::{
        id::Slug,
        lang::Lang,
        material::{Material, MaterialFile, Role},
        resource::Meta,
    },
    formats::{
        book::Shape,
        metadata::{self, Described, DescribedFile},
    },
    web::{
        body::Body,
        error::Error,
        file::{self, Describe, Source},
        routes::{Format, Route},
        shelf::Shelf,
        takehome,
        views::frame::Link,
    },
};

/// `/descargas/<id>.<ending>`: what describes a lesson.
pub(crate) fn describe(
    shelf: &Shelf,
    id: &Slug,
    format: Format,
    parts: &Parts,
) -> Result<Response<Body>, Error> {
    let lesson = shelf.library.lesson(id.as_str());
    let material = if lesson.is_none() { shelf.catalog.material(id.as_str()) } else { None };
    let meta = lesson.map(|lesson| &lesson.meta).or(material.as_ref().map(|material| &material.meta));
    let meta = meta.ok_or(Error::NotFound)?;
    let langs = langs(meta);
    let hrefs = material.as_ref().map(hrefs).unwrap_or_default();
    let files = files(&hrefs);
    let described = Described { meta, langs: &langs, files: &files };
    let (text, content_type) = match format {
        Format::DublinCore => (metadata::dublin_core(&described), "application/rdf+xml"),
        Format::Lom => (metadata::lom(&described), "application/xml"),
        Format::JsonLd => (metadata::json_ld(&described), "application/ld+json"),
        Format::Epub | Format::Xol | Format::Zip => return Err(Error::NotFound),
    };
    let name = format!("{id}{}", format.ending());
    let etag = short_hash(text.as_bytes());
    let describe = Describe { content_type, etag: &etag, cache: "no-cache", download: Some(&name) };
    Ok(file::reply(&parts.method, &parts.headers, Source::Bytes(Bytes::from(text)), &describe))
}

/// `/descargas/<id>.<ending>`: a lesson or a collection to take home. Made when it is asked for, one at a time and not in
/// the threads that answer; kept in the data folder for those who ask next.
pub(crate) async fn take_home(
    shelf: &Arc<Shelf>,
    one_at_a_time: &Arc<Mutex<()>>,
    id: &Slug,
    format: Format,
    today: Date,
    parts: &Parts,
) -> Result<Response<Body>, Error> {
    let (shape, content_type) = match format {
        Format::Epub => (Shape::Epub, "application/epub+zip"),
        Format::Xol => (Shape::Folder, "application/vnd.olpc-content"),
        Format::Zip => (Shape::Folder, "application/zip"),
        Format::DublinCore | Format::Lom | Format::JsonLd => return Err(Error::NotFound),
    };
    let order = takehome::order(shelf, id, shape).ok_or(Error::NotFound)?;
    if format == Format::Xol && !order.is_book() {
        return Err(Error::NotFound);
    }
    let mut kept = shelf.books.find(&order, shape, today);
    if kept.is_none() {
        let turn = Arc::clone(one_at_a_time).lock_owned().await;
        let (shelf, order) = (Arc::clone(shelf), order.clone());
        let made = tokio::task::spawn_blocking(move || {
            // Held here: whoever asked may be gone before it is made.
            let _turn = turn;
            let made_meanwhile = shelf.books.find(&order, shape, today);
            made_meanwhile.map_or_else(|| shelf.books.make(&shelf, &order, shape, today), Ok)
        });
        kept = Some(made.await.map_err(anyhow::Error::from)??);
    }
    let book = kept.ok_or(Error::NotFound)?;
    let name = order.file_name(format.ending());
    let describe = Describe { content_type, etag: &book.etag, cache: "no-cache", download: Some(&name) };
    Ok(file::reply(&parts.method, &parts.headers, book.source, &describe))
}

/// The description of a lesson or a material as it stands in its page.
pub(crate) fn json_ld(meta: &Meta, material: Option<&Material>) -> String {
    let hrefs = material.map(hrefs).unwrap_or_default();
    metadata::json_ld_in_html(&Described { meta, langs: &langs(meta), files: &files(&hrefs) })
}

/// The files that describe a resource. Their names are the same in every language: they are names of standards.
pub(crate) fn descriptions(id: &Slug) -> Vec<Link> {
    let link = |format: Format| {
        let label = match format {
            Format::DublinCore => "Dublin Core",
            Format::Lom => "LOM",
            Format::JsonLd => "JSON-LD",
            _ => return None,
        };
        Some(Link { href: Route::Download { id: id.clone(), format }.path(), label: label.to_owned() })
    };
    Format::DESCRIPTIONS.into_iter().filter_map(link).collect()
}

fn langs(meta: &Meta) -> Vec<Lang> {
    meta.translation.0.keys().copied().collect()
}

/// The files of a material and where they are.
fn hrefs(material: &Material) -> Vec<(String, &MaterialFile)> {
    let files = material.of_role(Role::Main);
    files.map(|file| (Route::file(material, file).path(), file)).collect()
}

fn files<'a>(hrefs: &'a [(String, &'a MaterialFile)]) -> Vec<DescribedFile<'a>> {
    let described = |(href, file): &'a (String, &'a MaterialFile)| DescribedFile {
        name: href,
        media_type: &file.media_type,
        bytes: Some(file.size),
        sha256: None,
    };
    hrefs.iter().map(described).collect()
}
