//! A material: its first page, the pages it is read on, its files. Files are opened in a blocking thread ([`gather`]); pages
//! are made from what was gathered. Its pictures are next door, in `picture`.

use std::{fs::File, sync::Arc};

use http::{Response, request::Parts};

use crate::{
    content::materials::{self, SlidePage, SlidePicture, TextPage},
    domain::{
        finding::Finding,
        fragment::{Piece, escape},
        id::Slug,
        lang::Lang,
        material::{Material, MaterialFile, Role, Shape},
        resource::Meta,
    },
    formats::{
        epub::{self, Chapter},
        kind::FileKind,
        vtt::Paragraph,
    },
    i18n::format,
    search::Facet,
    web::{
        body::Body,
        cards, catalog_query,
        error::Error,
        file::{self, Describe, Source},
        frame::Ctx,
        handlers::{download, picture},
        reply,
        routes::{Format, Page, Route},
        shelf::Shelf,
        takehome,
        views::{
            frame::{Link, Section},
            lesson::Picture,
            material::{
                ContentLink, FileLink, MaterialHead, MaterialPageView, MaterialView, Player, SlideImage,
                SpokenLine,
            },
        },
    },
};

/// Most lines of a table of contents that are shown.
const MAX_CONTENTS: usize = 300;

/// Most lines of it whose place inside a long chapter is looked up.
const MAX_PLACES: usize = 60;

/// What a page of a material is made from.
pub(crate) struct Gathered {
    material: Material,
    inner: Inner,
}

enum Inner {
    Front { text: Option<TextPage>, contents: Contents, transcript: Vec<Paragraph> },
    Text { lang: Option<Lang>, page: TextPage, number: usize },
    Chapter { chapter: Chapter, number: usize, part: usize },
    Slide { slide: SlidePage, tag: String, number: usize },
    Broken(Finding),
}

/// The table of contents of a book.
#[derive(Default)]
struct Contents {
    lines: Vec<ContentLink>,
    /// Whether the reader of an XO wants a copy with a table of contents of the old kind.
    wants_copy: bool,
}

/// Opens what a page of a material needs; for other pages `None`.
pub(crate) fn gather(shelf: &Shelf, lang: Lang, page: &Page) -> Result<Gathered, Error> {
    let (id, place) = match page {
        Page::Material(id) => (id, None),
        Page::MaterialPage(id, number, part) => (id, Some((*number, *part))),
        _ => return Err(Error::NotFound),
    };
    let material = shelf.catalog.material(id.as_str()).ok_or(Error::NotFound)?;
    let gathered = match place {
        None => front(shelf, lang, &material),
        Some(_) if material.pages == 0 => return Err(Error::NotFound),
        Some((number, part)) if material.shape == Shape::Book => {
            chapter(shelf, lang, &material, number, part)
        }
        Some((number, 1)) => match materials::slides_file(&material, lang) {
            // Slides that were written as a text too are read as a text.
            Some(file) if material.shape == Shape::Slides && !has_text(&material) => {
                let slide = materials::slide(&shelf.sources, file, number);
                slide.map(|slide| slide.map(|slide| Inner::Slide { slide, tag: file.tag.clone(), number }))
            }
            _ => {
                let page = materials::text_page(&shelf.sources, &material, lang, number);
                page.map(|page| page.map(|(lang, page)| Inner::Text { lang, page, number }))
            }
        },
        Some(_) => return Err(Error::NotFound),
    };
    let inner = match gathered {
        Ok(inner) => inner.ok_or(Error::NotFound)?,
        Err(finding) => Inner::Broken(finding),
    };
    Ok(Gathered { material, inner })
}

fn front(shelf: &Shelf, lang: Lang, material: &Material) -> Result<Option<Inner>, Finding> {
    let sources = &shelf.sources;
    let text = match material.shape {
        Shape::Text if material.pages == 0 => {
            materials::text_page(sources, material, lang, 1)?.map(|(_, page)| page)
        }
        _ => None,
    };
    let contents = match material.shape {
        Shape::Book => book_contents(shelf, lang, material)?,
        _ => Contents::default(),
    };
    let spoken = || material.of_role(Role::Transcript);
    let spoken = spoken().find(|file| file.lang == Some(lang)).or_else(|| spoken().next());
    let transcript = spoken.map(|file| materials::transcript(sources, file)).transpose()?.unwrap_or_default();
    Ok(Some(Inner::Front { text, contents, transcript }))
}

fn has_text(material: &Material) -> bool {
    material.of_role(Role::Main).any(|file| file.media_type == FileKind::Markdown.media_type())
}

fn book_file(material: &Material, lang: Lang) -> Option<&MaterialFile> {
    let books = || material.of_role(Role::Main).filter(|file| file.media_type == FileKind::Epub.media_type());
    books().find(|file| file.lang == Some(lang)).or_else(|| books().next())
}

fn no_book() -> Finding {
    Finding::error_of_whole("check-file-unreadable")
}

fn book_contents(shelf: &Shelf, lang: Lang, material: &Material) -> Result<Contents, Finding> {
    let file = book_file(material, lang).ok_or_else(no_book)?;
    let mut book = materials::book(&shelf.sources, file)?;
    let toc =
        book.toc().iter().filter(|entry| entry.depth < 3).take(MAX_CONTENTS).cloned().collect::<Vec<_>>();
    let mut places = MAX_PLACES;
    let lines = toc.into_iter().map(|entry| {
        let part = match entry.fragment.as_deref() {
            Some(fragment) if places > 0 => {
                places -= 1;
                book.part_of(entry.chapter, Some(fragment)).unwrap_or(0)
            }
            _ => 0,
        };
        let href = chapter_href(lang, material.id(), entry.chapter, part, entry.fragment.as_deref());
        ContentLink { href, label: entry.title, depth: entry.depth }
    });
    let lines = lines.collect();
    Ok(Contents { lines, wants_copy: !book.has_ncx() })
}

/// The address of a place in a book; chapter and part from 0.
fn chapter_href(lang: Lang, id: &Slug, chapter: usize, part: usize, fragment: Option<&str>) -> String {
    let path = Route::Page(lang, Page::MaterialPage(id.clone(), chapter + 1, part + 1)).path();
    fragment.map_or(path.clone(), |fragment| format!("{path}#{fragment}"))
}

fn chapter(
    shelf: &Shelf,
    lang: Lang,
    material: &Material,
    number: usize,
    part: usize,
) -> Result<Option<Inner>, Finding> {
    let file = book_file(material, lang).ok_or_else(no_book)?;
    let mut book = materials::book(&shelf.sources, file)?;
    if number == 0 || number > book.chapters() {
        return Ok(None);
    }
    let id = material.id();
    let mut link = |link: epub::Link<'_>| match link {
        epub::Link::Chapter { index, part, fragment } => chapter_href(lang, id, index, part, fragment),
        epub::Link::Image(path) => {
            Route::Inside { id: id.clone(), tag: file.tag.clone(), path: path.to_owned() }.path()
        }
    };
    let chapter = book.chapter(number - 1, &mut link)?;
    let there = (1..=chapter.parts.len()).contains(&part);
    Ok(there.then_some(Inner::Chapter { chapter, number, part }))
}

/// Makes the page; `true` when it may be kept.
pub(crate) fn page(ctx: &Ctx<'_>, gathered: Gathered) -> Result<(String, bool), Error> {
    let Gathered { material, inner } = gathered;
    match inner {
        Inner::Front { text, contents, transcript } => {
            let text = text.map(|page| html(ctx, &material, &page));
            Ok((overview(ctx, &material, text, contents, transcript, false)?, true))
        }
        Inner::Broken(finding) => {
            tracing::warn!(material = %material.id(), finding = finding.id, "a material cannot be opened");
            Ok((overview(ctx, &material, None, Contents::default(), Vec::new(), true)?, false))
        }
        Inner::Text { lang, page, number } => {
            let unit = if material.shape == Shape::Slides { "material-slide" } else { "material-page" };
            let lang = lang.filter(|lang| *lang != ctx.lang).map(|lang| lang.to_string());
            let view = MaterialPageView {
                lang: lang.unwrap_or_default(),
                html: html(ctx, &material, &page),
                title: page.title.unwrap_or_default(),
                ..inner_page(ctx, &material, unit, number, (1, 1))
            };
            Ok((ctx.render(&view)?, true))
        }
        Inner::Chapter { chapter, number, part } => {
            let html = chapter.parts.get(part - 1).map(|part| part.html.clone()).unwrap_or_default();
            let view = MaterialPageView {
                html: without_title(html, &chapter.title),
                lang: chapter.lang.filter(|lang| *lang != ctx.lang.as_str()).unwrap_or_default(),
                title: chapter.title,
                ..inner_page(ctx, &material, "material-chapter", number, (part, chapter.parts.len()))
            };
            Ok((ctx.render(&view)?, true))
        }
        Inner::Slide { slide, tag, number } => {
            let picture = |picture| slide_image(ctx, &material, &tag, picture);
            let page = inner_page(ctx, &material, "material-slide", number, (1, 1));
            let view = MaterialPageView {
                lang: if page.head.foreign { page.head.lang.clone() } else { String::new() },
                title: slide.title,
                lines: slide.text.lines().map(str::to_owned).collect(),
                pictures: slide.pictures.into_iter().map(picture).collect(),
                ..page
            };
            Ok((ctx.render(&view)?, true))
        }
    }
}

/// A page inside a material, with nothing on it yet. `part` of how many parts of a long chapter, from 1.
fn inner_page(
    ctx: &Ctx<'_>,
    material: &Material,
    unit: &'static str,
    number: usize,
    (part, parts): (usize, usize),
) -> MaterialPageView {
    let total = material.pages as usize;
    let go = |number, part| Some(ctx.path(Page::MaterialPage(material.id().clone(), number, part)));
    MaterialPageView {
        frame: ctx.frame(Section::Catalog),
        head: head(ctx, material),
        unit,
        number,
        total,
        part,
        parts,
        title: String::new(),
        lang: String::new(),
        html: String::new(),
        lines: Vec::new(),
        pictures: Vec::new(),
        previous: match (number, part) {
            (1, 1) => None,
            (number, 1) => go(number - 1, 1),
            (number, part) => go(number, part - 1),
        },
        next: match (part < parts, number < total) {
            (true, _) => go(number, part + 1),
            (false, true) => go(number + 1, 1),
            (false, false) => None,
        },
    }
}

fn slide_image(ctx: &Ctx<'_>, material: &Material, tag: &str, picture: SlidePicture) -> SlideImage {
    let (id, tag) = (material.id().clone(), tag.to_owned());
    let src = Route::Inside { id, tag, path: picture.name }.path();
    let (width, height) = picture::fitted(picture.dimensions);
    let large = !picture::fits(picture.size, picture.shrinks);
    SlideImage {
        picture: Picture { src, width, height },
        alt: picture.alt,
        large: large.then(|| format::size(&ctx.shelf.messages, ctx.lang, picture.size)),
    }
}

/// A chapter without the heading it begins with, when that is the title, which the page has already.
fn without_title(html: String, title: &str) -> String {
    let heading = format!("<h2>{}</h2>", escape(title));
    let Some((before, after)) = html.split_once(&heading) else { return html };
    let only_tags = before.split('>').all(|piece| piece.trim().is_empty() || piece.trim().starts_with('<'));
    if !only_tags {
        return html;
    }
    let mut rest = format!("{before}{after}");
    // What stood below the title stands below the page's title now.
    if !rest.contains("<h2") {
        for level in 3..=6 {
            let (from, to) = (level, level - 1);
            rest = rest.replace(&format!("<h{from}"), &format!("<h{to}"));
            rest = rest.replace(&format!("</h{from}>"), &format!("</h{to}>"));
        }
    }
    rest
}

/// A text with the addresses of its pictures and of the resources it leads to.
fn html(ctx: &Ctx<'_>, material: &Material, page: &TextPage) -> String {
    page.fragment.fill(|piece| match piece {
        Piece::Html(html) => html.clone(),
        Piece::Media(name) => {
            let known = material.of_role(Role::Inside).find(|file| file.name() == name);
            known.and_then(|known| picture::href(material, known)).unwrap_or_default()
        }
        Piece::Resource(id) => ctx.path(match ctx.shelf.library.lesson(id.as_str()) {
            Some(_) => Page::Lesson(id.clone()),
            None => Page::Material(id.clone()),
        }),
        Piece::Passage(_) | Piece::Source(_) => String::new(),
    })
}

fn file_href(material: &Material, file: &MaterialFile) -> String {
    Route::file(material, file).path()
}

/// The language a material is shown in, and what it is called there.
pub(crate) fn head(ctx: &Ctx<'_>, material: &Material) -> MaterialHead {
    let own = material.langs().find(|lang| *lang == ctx.lang).or_else(|| material.langs().next());
    let lang = own.unwrap_or(Lang::ES);
    let title = material.meta.title.best(lang).map(|(_, title)| title.clone()).unwrap_or_default();
    MaterialHead {
        title,
        href: ctx.path(Page::Material(material.id().clone())),
        lang: lang.to_string(),
        foreign: lang != ctx.lang,
        only: cards::only_in(lang),
    }
}

fn overview(
    ctx: &Ctx<'_>,
    material: &Material,
    text: Option<String>,
    contents: Contents,
    transcript: Vec<Paragraph>,
    broken: bool,
) -> Result<String, Error> {
    let meta = &material.meta;
    let head = head(ctx, material);
    let shown = material.langs().find(|lang| *lang == ctx.lang).or_else(|| material.langs().next());
    let shown = shown.unwrap_or(Lang::ES);
    let best = |text: Option<(Lang, &String)>| text.map(|(_, text)| text.clone()).unwrap_or_default();
    let mains = material.of_role(Role::Main).collect::<Vec<_>>();
    let several = mains.iter().any(|file| file.lang != mains.first().and_then(|first| first.lang));
    let files = mains.iter().map(|file| file_link(ctx, material, file, several)).collect::<Vec<_>>();
    // A text is read here; only its other formats are files to take.
    let reads = matches!(material.shape, Shape::Text | Shape::Slides);
    let files = files.into_iter().filter(|file| !(reads && ["MD", "TXT"].contains(&file.ending.as_str())));
    let pictured = if material.shape == Shape::Picture { Role::Main } else { Role::Still };
    let picture = material.of_role(pictured).find_map(|file| picture::shown(material, file));
    let picture = picture.map(|(picture, _)| picture);
    let spoken = transcript.into_iter().map(|line| SpokenLine {
        time: if line.start_ms == 0 { String::new() } else { clock(line.start_ms / 1000) },
        voice: line.voice.unwrap_or_default(),
        text: line.text,
    });
    ctx.render(&MaterialView {
        frame: ctx.frame(Section::Catalog),
        summary: best(meta.summary.best(shown)),
        kind: meta.kind.to_string(),
        icon: cards::icon(&meta.kind),
        terms: terms(ctx, meta),
        minutes: meta.duration,
        objectives: meta.objectives.best(shown).map(|(_, all)| all.clone()).unwrap_or_default(),
        text,
        start: (material.pages > 0 && !broken).then(|| ctx.path(Page::MaterialPage(meta.id.clone(), 1, 1))),
        contents: contents.lines,
        bundle: takehome::is_packed(material)
            .then(|| Route::Download { id: meta.id.clone(), format: Format::Zip }.path()),
        read_copy: (contents.wants_copy || (takehome::is_bound(material) && !broken))
            .then(|| Route::Download { id: meta.id.clone(), format: Format::Epub }.path()),
        player: player(material, &mains),
        files: files.collect(),
        transcript: spoken.collect(),
        sheets: material.sheets,
        excerpt: material.excerpt.clone(),
        broken,
        authors: meta.authors.iter().map(|author| author.name.clone()).collect(),
        licence: meta.licence.clone(),
        version: meta.version.clone(),
        json_ld: download::json_ld(meta, Some(material)),
        descriptions: download::descriptions(&meta.id),
        report: ctx.path(Page::Report(meta.id.clone())),
        picture,
        head,
    })
}

/// Grades (levels, for what has none), areas and themes, each leading to the list of all that has it.
fn terms(ctx: &Ctx<'_>, meta: &Meta) -> Vec<Link> {
    let school = match meta.grades.as_slice() {
        [] => (Facet::Level, &meta.levels),
        _ => (Facet::Grade, &meta.grades),
    };
    let all = [school, (Facet::Area, &meta.areas), (Facet::Theme, &meta.themes)];
    all.into_iter().flat_map(|(facet, terms)| catalog_query::links(ctx, facet, terms)).collect()
}

fn file_link(ctx: &Ctx<'_>, material: &Material, file: &MaterialFile, several: bool) -> FileLink {
    let spoken = |lang: &Lang| several && ctx.shelf.speaks(*lang);
    FileLink {
        href: file_href(material, file),
        ending: file.ending.to_uppercase(),
        size: format::size(&ctx.shelf.messages, ctx.lang, file.size),
        length: file.seconds.map(|seconds| clock(u64::from(seconds))).unwrap_or_default(),
        lang: file
            .lang
            .filter(spoken)
            .map(|lang| (lang.to_string(), ctx.shelf.messages.display_name(lang).into_owned())),
        xo: matches!(material.shape, Shape::Sound | Shape::Film)
            && ["ogg", "ogv"].contains(&file.ending.as_str()),
    }
}

fn player(material: &Material, mains: &[&MaterialFile]) -> Option<Player> {
    let element = match material.shape {
        Shape::Sound => "audio",
        Shape::Film => "video",
        _ => return None,
    };
    let formats = mains.iter().map(|file| (file_href(material, file), file.media_type.clone()));
    // A browser of our time loads the still with the page.
    let still = material.of_role(Role::Still).find_map(|file| picture::href(material, file));
    Some(Player { element, formats: formats.collect(), still })
}

/// `3:20`, `1:05:09`.
fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// `/a/<material>/<tag>/<name>`: what browsers show, sound and film play where they are; the rest is saved.
pub(crate) fn file(
    shelf: &Shelf,
    id: &Slug,
    tag: &str,
    name: &str,
    parts: &Parts,
) -> Result<Response<Body>, Error> {
    let material = shelf.catalog.material(id.as_str()).ok_or(Error::NotFound)?;
    let known = material.files.iter().find(|file| file.tag == tag && file.name() == name);
    let known = known.ok_or(Error::NotFound)?;
    let open: File = materials::open(&shelf.sources, known).map_err(|_| Error::NotFound)?;
    let kind = FileKind::ALL.iter().find(|kind| kind.media_type() == known.media_type);
    let looked_at = kind.is_some_and(|kind| kind.is_picture() || kind.is_audio() || kind.is_video());
    let describe = Describe {
        content_type: &known.media_type,
        etag: &known.tag,
        cache: reply::FOREVER,
        download: if looked_at { None } else { Some(name) },
    };
    Ok(file::reply(&parts.method, &parts.headers, Source::File(Arc::new(open), known.size), &describe))
}
