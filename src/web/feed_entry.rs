//! Resources as they stand in the feeds of the catalogue. What a feed holds besides is `handlers::opds`'.

use crate::{
    content::COVER,
    digest,
    domain::{
        id::Slug,
        lesson::Lesson,
        material::{Material, MaterialFile, Role, Shape},
        resource::{Author, Meta, Part, Resource},
    },
    formats::{
        kind::FileKind,
        metadata::licence_url,
        opds::{Acquisition, Category, Entry, Image},
    },
    search::{self, Facet},
    web::{
        cards,
        catalog_list::label,
        catalog_query::field,
        frame::Ctx,
        handlers::picture,
        routes::{Feed, Format, Opds, Route},
        takehome,
        views::catalog::Card,
    },
};

/// Width and height of the portal's own picture, in pixels.
const EMBLEM: (u32, u32) = (144, 144);

/// The files a lesson is taken home as, with what they are.
const FILES: [(Format, FileKind); 2] = [(Format::Epub, FileKind::Epub), (Format::Xol, FileKind::Xol)];

/// A resource. `this` makes the address of a feed in the language and version that are read.
pub(crate) fn entry(
    ctx: &Ctx<'_>,
    found: &search::Entry<'_>,
    this: &dyn Fn(Feed) -> String,
) -> Option<Entry> {
    let card = cards::of_entry(ctx, found)?;
    let page = card.href.as_str();
    Some(match found {
        search::Entry::Lesson(resource) => {
            let lesson = ctx.shelf.library.lesson(resource.lesson.as_str())?;
            let place = Feed::Entry(resource.lesson.clone(), resource.part);
            let (image, files) = (image(ctx, lesson), files(resource, page));
            let title = match resource.part {
                Part::Lesson => card.title.clone(),
                _ => format!("{} · {}", card.title, ctx.text(&card.name, &[])),
            };
            let langs = resource.langs.clone();
            let (meta, kind) = (&lesson.meta, &resource.kind);
            Entry { title, langs, image, files, ..described(ctx, meta, kind, &card, place, this) }
        }
        search::Entry::Material(material) => {
            let (meta, place) = (&material.meta, Feed::Entry(material.id().clone(), Part::Lesson));
            let image = still(material).unwrap_or_else(|| emblem(ctx));
            let (image, files) = (Some(image), of_material(material, page));
            let langs = material.langs().collect();
            Entry { langs, image, files, ..described(ctx, meta, &meta.kind, &card, place, this) }
        }
    })
}

/// What is said of a resource, whatever it is.
fn described(
    ctx: &Ctx<'_>,
    meta: &Meta,
    kind: &Slug,
    card: &Card,
    place: Feed,
    this: &dyn Fn(Feed) -> String,
) -> Entry {
    let (authors, contributors): (Vec<_>, Vec<_>) =
        meta.authors.iter().partition(|author| author.role.as_str() == "autor");
    let names =
        |authors: Vec<&Author>| authors.into_iter().map(|author| author.name.clone()).collect::<Vec<_>>();
    let mut authors = names(authors);
    if authors.is_empty() {
        // Atom wants somebody, and reading programs show a line for it.
        authors.push(ctx.text("material-no-author", &[]));
    }
    Entry {
        id: digest::urn(&Route::Feed(Opds::Atom, place.clone()).path()),
        title: card.title.clone(),
        summary: card.summary.clone(),
        lang: card.lang.parse().unwrap_or(ctx.lang),
        langs: Vec::new(),
        updated: meta.modified,
        issued: meta.created,
        authors,
        contributors: names(contributors),
        publisher: meta.institution.clone(),
        categories: categories(ctx, meta, kind),
        rights: meta.licence.clone(),
        licence: licence_url(&meta.licence),
        image: None,
        this: this(place),
        files: Vec::new(),
        page: card.href.clone(),
    }
}

/// The files of a material; what has none to take is read on its page.
fn of_material(material: &Material, page: &str) -> Vec<Acquisition> {
    let file = |file: &MaterialFile| Acquisition {
        href: Route::file(material, file).path(),
        media_type: file.media_type.clone().into(),
        bytes: Some(file.size),
    };
    // A text goes home as a book.
    let bound = takehome::is_bound(material).then(|| Acquisition {
        href: Route::Download { id: material.id().clone(), format: Format::Epub }.path(),
        media_type: FileKind::Epub.media_type().into(),
        bytes: None,
    });
    let files = material.of_role(Role::Main).filter(|_| material.shape != Shape::Text).map(file);
    let files = bound.into_iter().chain(files).collect::<Vec<_>>();
    match files.as_slice() {
        [] => vec![Acquisition { href: page.to_owned(), media_type: "text/html".into(), bytes: None }],
        _ => files,
    }
}

/// The picture that stands for a material.
fn still(material: &Material) -> Option<Image> {
    let main = (material.shape == Shape::Picture).then_some(Role::Main);
    let (picture, media_type) =
        material.of_role(main.unwrap_or(Role::Still)).find_map(|file| picture::shown(material, file))?;
    Some(Image { href: picture.src, media_type, size: (picture.width, picture.height) })
}

/// The portal's own picture: reading programs want one of everything.
fn emblem(ctx: &Ctx<'_>) -> Image {
    Image { href: ctx.shelf.emblem.clone(), media_type: FileKind::Png.media_type(), size: EMBLEM }
}

/// What holds the whole of a resource of a lesson: a lesson goes home as a file; a part of one is a page to print.
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

fn categories(ctx: &Ctx<'_>, meta: &Meta, kind: &Slug) -> Vec<Category> {
    let of = |facet: Facet, terms: &[Slug]| {
        let category = |term: &Slug| Category {
            scheme: format!("urn:x-amauta:{}", field(facet)),
            term: term.to_string(),
            label: label(ctx, facet, term),
        };
        terms.iter().map(category).collect::<Vec<_>>()
    };
    let kind = std::slice::from_ref(kind);
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
