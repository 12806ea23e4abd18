//! Books that are taken home: a lesson or a collection of lessons as one file to read and print without the server, in
//! every language it has. Which pages there are and in what order; how they are packed is the work of `formats::book`.
//!
//! One lesson and one page are in memory at a time; the archive goes where the caller says.

mod answers;
mod binder;
mod bundle;
mod kept;
mod kiosk;
mod lesson;
mod material;
mod place;

pub use kept::Books;
pub(crate) use kiosk::{Kiosk, kiosk};

use std::{
    collections::BTreeSet,
    io::{BufReader, Read},
    sync::Arc,
};

use anyhow::{Context as _, anyhow};
use jiff::civil::Date;

use crate::{
    content::{COVER, MediaFile, materials, open_plain},
    domain::{
        collection::Collection,
        fragment::escape,
        id::Slug,
        lang::{Lang, Localized},
        lesson::Lesson,
        material::{Material, MaterialFile, Role},
        resource::{Meta, Part},
    },
    formats::{
        book::{About, Leaf, Packer, Shape, Sink},
        epub::with_ncx,
        kind::FileKind,
    },
    search::{Facet, Filter},
    web::{
        frame::Ctx,
        help_channels,
        lesson_text::Shown,
        routes::Page,
        shelf::Shelf,
        takehome::{
            binder::{Binder, Section},
            place::{InBook, ROOT, STYLE, name},
        },
        views::{
            frame::Link,
            lesson::{Picture, Text},
            takehome::{BookBlock, BookFrontView, BookPart},
        },
    },
};

/// Most lessons in a book. One has some hundred pages, and an archive that every reader opens holds 65,535 files.
const MOST_LESSONS: usize = 300;

const CSS: &str = include_str!("book.css");

/// What a book holds.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// Name of its file, without ending.
    pub(crate) name: Slug,
    /// The collection; none for a single lesson.
    collection: Option<Collection>,
    /// What goes into it.
    holds: Holds,
}

/// What goes into a book.
#[derive(Debug, Clone)]
enum Holds {
    /// Lessons, at least one, in programme order.
    Lessons(Vec<Slug>),
    /// A book of the school's own, which is copied with the table of contents that Sugar's reader wants.
    Copy(MaterialFile),
    /// A text of the school's own.
    Text(Box<Material>),
    /// The files of a material of the school's own.
    Files(Box<Material>),
}

impl Order {
    /// Whether it is a book, which Sugar's library takes; else it is files.
    pub(crate) fn is_book(&self) -> bool {
        !matches!(self.holds, Holds::Files(_))
    }

    /// What a reader's browser calls the file.
    pub(crate) fn file_name(&self, ending: &str) -> String {
        let portal = if self.collection.is_some() { "amauta-" } else { "" };
        format!("{portal}{}{ending}", self.name)
    }
}

/// The book of this name: a collection, else the lesson with this id, else, as an EPUB, the material with this id that is a
/// book or a text, as a folder its files. `None` when there is no such lesson or material, or none or too many in the collection.
pub(crate) fn order(shelf: &Shelf, name: &Slug, shape: Shape) -> Option<Order> {
    let library = &shelf.library;
    let collection = Collection::named(name.as_str(), library.vocabulary());
    let lessons = match &collection {
        None => match library.lesson(name.as_str()) {
            Some(lesson) => vec![lesson.id().clone()],
            None if shape == Shape::Epub => return of_material(shelf, name),
            None => {
                let material = shelf.catalog.material(name.as_str()).filter(bundle::is_packed)?;
                let holds = Holds::Files(Box::new(material));
                return Some(Order { name: name.clone(), collection: None, holds });
            }
        },
        Some(collection) => {
            let filter = match collection {
                Collection::All => Filter::default(),
                Collection::Theme(theme) => Filter::default().with(Facet::Theme, Some(theme.clone())),
                Collection::Level(level) => Filter::default().with(Facet::Level, Some(level.clone())),
            };
            let found = shelf.catalog.find(library, &filter).into_iter();
            found.map(|resource| resource.lesson.clone()).collect()
        }
    };
    let fits = (1..=MOST_LESSONS).contains(&lessons.len());
    fits.then(|| Order { name: name.clone(), collection, holds: Holds::Lessons(lessons) })
}

/// The copy of a book of the school's own, or a text bound as one.
fn of_material(shelf: &Shelf, name: &Slug) -> Option<Order> {
    let material = shelf.catalog.material(name.as_str())?;
    let book = |file: &&MaterialFile| file.media_type == FileKind::Epub.media_type();
    let file = material.of_role(Role::Main).find(book).cloned();
    let holds = match file {
        Some(file) => Holds::Copy(file),
        None if is_bound(&material) => Holds::Text(Box::new(material)),
        None => return None,
    };
    Some(Order { name: name.clone(), collection: None, holds })
}

pub(crate) use bundle::is_packed;

/// Whether a material is a text that can be had as a book.
pub(crate) fn is_bound(material: &Material) -> bool {
    material.of_role(Role::Main).any(materials::is_text)
}

/// Writes a book. `today` decides whether the facts of a help channel are called old.
///
/// # Errors
/// The sink fails, or a picture is no longer there.
pub(crate) fn write(
    shelf: &Arc<Shelf>,
    order: &Order,
    shape: Shape,
    today: Date,
    sink: &mut dyn Sink,
) -> anyhow::Result<()> {
    let lessons = match &order.holds {
        Holds::Lessons(lessons) => lessons,
        Holds::Copy(file) => {
            let book = BufReader::new(materials::open(&shelf.sources, file)?);
            with_ncx(book, sink).map_err(|finding| anyhow!("the book cannot be copied: {}", finding.id))?;
            return Ok(());
        }
        Holds::Text(material) => return material::write(shelf, order, material, shape, sink),
        Holds::Files(material) => return bundle::write(shelf, material, sink),
    };
    let lessons = lessons.iter().filter_map(|id| shelf.library.lesson(id.as_str()));
    let lessons = lessons.collect::<Vec<_>>();
    let langs = langs(shelf, &lessons);
    let metas = lessons.iter().map(|lesson| &lesson.meta).collect::<Vec<_>>();
    let about = about(shelf, order, &metas, &langs).context("a book of no lesson")?;
    let mut packer = Packer::new(sink, shape, about.clone())?;
    let mut pictures = place::Pictures::default();
    // The cover is listed first: it is the book's face.
    let single = lessons.first().filter(|_| lessons.len() == 1);
    let cover = single.and_then(|lesson| {
        let (width, height) = shelf.library.cover(lesson.id().as_str())?;
        Some(Picture { src: pictures.path(lesson, COVER)?, width, height })
    });
    let cover_path = cover.as_ref().map(|cover| cover.src.clone());
    let mut leaves = vec![front(shelf, &about, &langs, cover, &mut packer)?];
    for (lang, (_, title)) in langs.iter().zip(&about.titles) {
        leaves.extend(language(shelf, *lang, title, &lessons, today, &mut packer, &mut pictures)?);
    }
    for (path, picture) in pictures.used() {
        let is_cover = cover_path.as_deref() == Some(path);
        let mut bytes = open(shelf, &picture.lesson, &picture.name)?;
        packer.picture(path, picture.media_type, is_cover, &mut *bytes)?;
    }
    Ok(packer.finish(&leaves)?)
}

/// Writes the style and the first page, which asks for the language; gives its line of the table of contents.
fn front(
    shelf: &Shelf,
    about: &About,
    langs: &[Lang],
    cover: Option<Picture>,
    packer: &mut Packer<'_>,
) -> anyhow::Result<Leaf> {
    packer.style(STYLE, CSS)?;
    // It stands at the root, those of the languages below, all under one name.
    let path = format!("{}{}", name(&Page::Home), packer.shape().page_ending());
    let front = BookFrontView {
        lang: langs.first().map_or_else(String::new, Lang::to_string),
        style: STYLE.to_owned(),
        title: about.titles.first().map_or_else(String::new, |(_, title)| title.clone()),
        parts: langs
            .iter()
            .zip(&about.titles)
            .map(|(lang, (_, title))| part(shelf, *lang, title, &path))
            .collect(),
        cover,
        authors: about.authors.clone(),
        licence: about.licence.clone(),
    };
    packer.page(&path, &shelf.templates.render(&front)?)?;
    Ok(Leaf { path, title: front.title, lang: front.lang, depth: 0 })
}

/// The languages that any of the lessons is told in, Spanish first.
fn langs(shelf: &Shelf, lessons: &[&Lesson]) -> Vec<Lang> {
    let known = shelf.messages.langs().into_iter();
    let told = |lang: &Lang| lessons.iter().any(|lesson| is_told_in(shelf, lesson, *lang));
    let mut langs = known.filter(told).collect::<Vec<_>>();
    langs.sort_by_key(|lang| *lang != Lang::ES);
    langs
}

/// Whether a lesson has a sound text in a language.
fn is_told_in(shelf: &Shelf, lesson: &Lesson, lang: Lang) -> bool {
    let mut resources = shelf.library.resources().iter();
    let whole = resources.find(|one| one.lesson == *lesson.id() && one.part == Part::Lesson);
    whole.is_some_and(|whole| whole.langs.contains(&lang))
}

fn part(shelf: &Shelf, lang: Lang, title: &str, file: &str) -> BookPart {
    BookPart {
        lang: lang.to_string(),
        name: shelf.messages.display_name(lang).into_owned(),
        title: title.to_owned(),
        href: format!("{lang}/{file}"),
        enter: shelf.messages.text(lang, "root-enter", &[]).into_owned(),
    }
}

fn about(shelf: &Shelf, order: &Order, metas: &[&Meta], langs: &[Lang]) -> Option<About> {
    let best = |text: &Localized<String>, lang| text.best(lang).map(|(_, text)| text.clone());
    let text = |lang: Lang, id: &str| shelf.messages.text(lang, id, &[]).into_owned();
    let first = metas.first()?;
    let title = |lang: Lang| match &order.collection {
        None => best(&first.title, lang).unwrap_or_default(),
        Some(Collection::All) => text(lang, "takehome-all"),
        Some(Collection::Theme(theme)) => text(lang, &format!("theme-{theme}")),
        Some(Collection::Level(level)) => text(lang, &format!("level-{level}")),
    };
    let mut authors = Vec::new();
    let mut licences = Vec::new();
    for meta in metas {
        authors.extend(meta.authors.iter().map(|author| author.name.clone()));
        licences.push(meta.licence.clone());
    }
    Some(About {
        name: order.name.to_string(),
        titles: langs.iter().map(|lang| (lang.to_string(), title(*lang))).collect(),
        authors: once_each(authors),
        description: match order.collection {
            None => best(&first.summary, Lang::ES).unwrap_or_default(),
            Some(_) => String::new(),
        },
        licence: once_each(licences).join(", "),
        modified: metas.iter().map(|meta| meta.modified).max()?,
    })
}

/// The texts in their order, none twice.
fn once_each(texts: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).collect()
}

/// Writes all pages of a language; gives its part of the table of contents.
fn language(
    shelf: &Arc<Shelf>,
    lang: Lang,
    title: &str,
    lessons: &[&Lesson],
    today: Date,
    packer: &mut Packer<'_>,
    pictures: &mut place::Pictures,
) -> anyhow::Result<Vec<Leaf>> {
    let here = lessons.iter().filter(|lesson| is_told_in(shelf, lesson, lang));
    let here = here.map(|lesson| lesson.id().clone()).collect::<BTreeSet<_>>();
    let ending = packer.shape().page_ending();
    let mut binder = Binder::new(packer, shelf, lang);
    for lesson in lessons.iter().filter(|lesson| here.contains(lesson.id())) {
        // A copy: the texts of the library stay closed when nobody reads them.
        let lesson = (*lesson).clone();
        let Some(text) = lesson.texts.get(&lang) else { continue };
        let place = InBook::new(lang, ending, &here, text.story.as_ref(), std::mem::take(pictures));
        {
            let ctx = Ctx::elsewhere(shelf, lang, today, &place);
            lesson::write(&mut binder, &Shown::of(&ctx, &lesson, lang, text))?;
        }
        *pictures = place.into_pictures();
    }
    let place = InBook::new(lang, ending, &here, None, std::mem::take(pictures));
    let ctx = Ctx::elsewhere(shelf, lang, today, &place);
    let plain = |id: &str| Text::new(escape(&ctx.text(id, &[])), None);
    let route = BookBlock::Route { steps: help_channels::route(&ctx) };
    let route = binder.page(plain("help-title"), vec![route]);
    binder.add(Section::Main, 1, &name(&Page::Help), &route)?;
    binder.divide(Section::Teachers, &name(&Page::Teachers), plain("teachers-title"))?;
    binder.divide(Section::Answers, place::ALL_ANSWERS, plain("takehome-answers"))?;
    let links = binder.outermost().collect();
    let mut contents = binder.page(Text::new(escape(title), None), vec![BookBlock::Contents { links }]);
    let front = format!("{ROOT}{}", ctx.path(Page::Home));
    contents.home = Some(Link { href: front, label: ctx.text("language-choose", &[]) });
    let leaves = binder.finish(&contents)?;
    *pictures = place.into_pictures();
    Ok(leaves)
}

fn open(shelf: &Shelf, lesson: &Slug, name: &str) -> anyhow::Result<Box<dyn Read>> {
    let file = shelf.library.media(lesson.as_str(), name);
    let reader: Box<dyn Read> = match file.with_context(|| format!("{lesson}: {name} is gone"))? {
        MediaFile::Embedded(bytes) => Box::new(std::io::Cursor::new(bytes)),
        MediaFile::OnDisk(path) => {
            Box::new(open_plain(&path).with_context(|| format!("{} cannot be opened", path.display()))?)
        }
    };
    Ok(reader)
}
