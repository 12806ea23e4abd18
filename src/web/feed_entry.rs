//! Resources as they stand in the feeds of the catalogue. What a feed holds besides is `handlers::opds`'.

use crate::{
    content::COVER,
    digest,
    domain::{
        id::Slug,
        lesson::Lesson,
        resource::{Author, Part, Resource},
    },
    formats::{
        kind::FileKind,
        metadata::licence_url,
        opds::{Acquisition, Category, Entry, Image},
    },
    search::Facet,
    web::{
        cards,
        catalog_list::label,
        catalog_query::field,
        frame::Ctx,
        routes::{Feed, Format, Opds, Route},
    },
};

/// The files a lesson is taken home as, with what they are.
const FILES: [(Format, FileKind); 2] = [(Format::Epub, FileKind::Epub), (Format::Xol, FileKind::Xol)];

/// A resource of a lesson. `this` makes the address of a feed in the language and version that are read.
pub(crate) fn entry(
    ctx: &Ctx<'_>,
    lesson: &Lesson,
    resource: &Resource,
    this: &dyn Fn(Feed) -> String,
) -> Entry {
    let meta = &lesson.meta;
    let card = cards::card(ctx, lesson, resource);
    let place = Feed::Entry(resource.lesson.clone(), resource.part);
    let title = match resource.part {
        Part::Lesson => card.title,
        _ => format!("{} · {}", card.title, ctx.text(&card.name, &[])),
    };
    let (authors, contributors): (Vec<_>, Vec<_>) =
        meta.authors.iter().partition(|author| author.role.as_str() == "autor");
    let names = |authors: Vec<&Author>| authors.into_iter().map(|author| author.name.clone()).collect();
    Entry {
        id: digest::urn(&Route::Feed(Opds::Atom, place.clone()).path()),
        title,
        summary: card.summary,
        lang: card.lang.parse().unwrap_or(ctx.lang),
        langs: resource.langs.clone(),
        updated: meta.modified,
        issued: meta.created,
        authors: names(authors),
        contributors: names(contributors),
        publisher: meta.institution.clone(),
        categories: categories(ctx, lesson, resource),
        rights: meta.licence.clone(),
        licence: licence_url(&meta.licence),
        image: image(ctx, lesson),
        this: this(place),
        files: files(resource, &card.href),
        page: card.href,
    }
}

/// What holds the whole of a resource: a lesson goes home as a file; a part of one is a page to print.
fn files(resource: &Resource, page: &str) -> Vec<Acquisition> {
    let file = |(format, kind): (Format, FileKind)| Acquisition {
        href: Route::Download { id: resource.lesson.clone(), format }.path(),
        media_type: kind.media_type().into(),
        bytes: None,
    };
    match resource.part {
        Part::Lesson => FILES.map(file).into(),
        _ => vec![Acquisition { href: page.to_owned(), media_type: "text/html".into(), bytes: None }],
    }
}

fn categories(ctx: &Ctx<'_>, lesson: &Lesson, resource: &Resource) -> Vec<Category> {
    let meta = &lesson.meta;
    let of = |facet: Facet, terms: &[Slug]| {
        let category = |term: &Slug| Category {
            scheme: format!("urn:x-amauta:{}", field(facet)),
            term: term.to_string(),
            label: label(ctx, facet, term),
        };
        terms.iter().map(category).collect::<Vec<_>>()
    };
    let kind = std::slice::from_ref(&resource.kind);
    [
        of(Facet::Kind, kind),
        of(Facet::Level, &meta.levels),
        of(Facet::Grade, &meta.grades),
        of(Facet::Area, &meta.areas),
        of(Facet::Theme, &meta.themes),
    ]
    .concat()
}

fn image(ctx: &Ctx<'_>, lesson: &Lesson) -> Option<Image> {
    let cover = lesson.media.get(COVER)?;
    let size = ctx.shelf.library.cover(lesson.id().as_str())?;
    let (lesson, hash) = (lesson.id().clone(), cover.hash.clone());
    let href = Route::Media { lesson, hash, name: COVER.to_owned() }.path();
    Some(Image { href, media_type: cover.media_type, size })
}
