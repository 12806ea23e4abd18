//! Pages that are mostly words: choice of language, home, the teachers' and families' corners, about, errors, and what
//! phones are told that look for the internet.

use std::{collections::BTreeMap, sync::Arc};

use bytes::Bytes;
use http::{Response, StatusCode, header};

use crate::{
    domain::{
        lang::Lang,
        resource::{Part, Resource},
    },
    search::{Facet, Filter},
    web::{
        App, Portal,
        body::Body,
        cards, catalog_query,
        error::Error,
        frame::Ctx,
        reply,
        routes::{Page, Probe, Route},
        shelf::Shelf,
        views::{
            frame::Section,
            plain::{
                AboutView, CornerView, Door, ErrorView, HomeView, RootView, SheetLink, SheetRow, TermLink,
            },
        },
    },
};

/// Lessons shown on the first page.
const FIRST_LESSONS: usize = 4;

/// `/`
pub(crate) fn root(app: &App, shelf: &Arc<Shelf>) -> Result<String, Error> {
    let ctx = Ctx::new(app, shelf, app.settings().default_lang, &Page::Home);
    let door = |lang: Lang| {
        let text = |id: &str| shelf.messages.text(lang, id, &[]).into_owned();
        Door {
            tag: lang.to_string(),
            name: shelf.messages.display_name(lang).into_owned(),
            href: Route::Page(lang, Page::Home).path(),
            enter: text("root-enter"),
            footer: text("frame-footer"),
            help: Route::Page(lang, Page::Help).path(),
            help_label: text("help-title"),
        }
    };
    ctx.render(&RootView {
        lang: ctx.lang.to_string(),
        school: app.settings().school_name.clone(),
        langs: shelf.messages.langs().into_iter().map(door).collect(),
    })
}

/// `/generate_204` and its like: what a phone is told that asks whether this network leads to the internet.
pub(crate) fn probe(portal: Portal, probe: Probe) -> Result<Response<Body>, Error> {
    match (portal, probe.expected()) {
        (Portal::Off, _) => Err(Error::NotFound),
        (Portal::Open, _) => Ok(reply::see_other(&Route::Root.path())),
        (Portal::Quiet, Some(text)) => {
            let kind = if probe.is_page() { "text/html" } else { "text/plain" };
            Ok(reply::plain(StatusCode::OK, kind, text))
        }
        (Portal::Quiet, None) => {
            let mut reply = reply::plain(StatusCode::NO_CONTENT, "text/plain", "");
            reply.headers_mut().remove(header::CONTENT_TYPE);
            reply.headers_mut().remove(header::CONTENT_LENGTH);
            Ok(reply)
        }
    }
}

/// `/es/`
pub(crate) fn home(ctx: &Ctx<'_>) -> Result<String, Error> {
    let (library, catalog) = (&ctx.shelf.library, &ctx.shelf.catalog);
    let all = Filter::default();
    let (levels, themes) =
        (catalog.counts(&all, Facet::Level, None), catalog.counts(&all, Facet::Theme, None));
    let level = |id: &crate::domain::id::Slug, school: bool| TermLink {
        term: id.to_string(),
        href: if school {
            ctx.path(Page::Level(id.clone()))
        } else {
            catalog_query::path(ctx, &all.with(Facet::Level, Some(id.clone())))
        },
        count: levels.get(id).copied().unwrap_or_default(),
    };
    let vocabulary = library.vocabulary();
    let themes = vocabulary.themes.iter().filter_map(|theme| {
        let href = catalog_query::path(ctx, &all.with(Facet::Theme, Some(theme.clone())));
        Some(TermLink { term: theme.to_string(), href, count: *themes.get(theme)? })
    });
    let lessons = catalog.find(library, &all).into_iter().take(FIRST_LESSONS);
    ctx.render(&HomeView {
        frame: ctx.frame(Section::Home),
        levels: vocabulary
            .levels
            .iter()
            .map(|term| level(&term.id, term.school))
            .filter(|link| link.count > 0)
            .collect(),
        themes: themes.collect(),
        lessons: lessons
            .filter_map(|resource| {
                let lesson = library.lesson(resource.lesson.as_str())?;
                Some(cards::card(ctx, lesson, resource))
            })
            .collect(),
    })
}

/// For whom a corner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Corner {
    /// Plans, unplugged variants, cards.
    Teachers,
    /// Sheets to read at home.
    Families,
}

/// `/es/docentes`, `/es/familias`
pub(crate) fn corner(ctx: &Ctx<'_>, corner: Corner) -> Result<String, Error> {
    let (section, name, audience, parts): (_, _, _, &[Part]) = match corner {
        Corner::Teachers => (
            Section::Teachers,
            "teachers",
            "docente",
            &[
                Part::Plan,
                Part::Unplugged,
                Part::Cards,
                Part::Boosters,
                Part::Key,
                Part::FormA,
                Part::FormB,
                Part::Tally,
            ],
        ),
        Corner::Families => (Section::Families, "families", "familia", &[Part::Family]),
    };
    let library = &ctx.shelf.library;
    let sheet = |resource: &Resource| SheetLink {
        name: cards::name(resource),
        href: ctx.path(Page::Sheet(resource.lesson.clone(), resource.part)),
    };
    let mut own = Vec::new();
    let mut rows = Vec::new();
    for resource in ctx.shelf.catalog.find(library, &Filter::default()) {
        let Some(lesson) = library.lesson(resource.lesson.as_str()) else { continue };
        let card = cards::card(ctx, lesson, resource);
        if lesson.meta.audience.iter().any(|known| known.as_str() == audience) {
            own.push(card.clone());
        }
        let of_lesson = library.resources().iter().filter(|other| other.lesson == resource.lesson);
        let sheets = of_lesson.filter(|other| parts.contains(&other.part)).map(sheet).collect::<Vec<_>>();
        if !sheets.is_empty() {
            rows.push(SheetRow { card, sheets });
        }
    }
    ctx.render(&CornerView { frame: ctx.frame(section), corner: name, own, rows })
}

/// `/es/acerca`
pub(crate) fn about(ctx: &Ctx<'_>) -> Result<String, Error> {
    ctx.render(&AboutView {
        frame: ctx.frame(Section::None),
        version: env!("CARGO_PKG_VERSION"),
        lessons: ctx.shelf.library.lessons().count(),
    })
}

/// Statuses the server may refuse with before there is a request, and the name of their texts.
const REFUSALS: [(u16, &str); 6] = [
    (400, "malformed"),
    (405, "method"),
    (408, "slow"),
    (414, "long-address"),
    (431, "large-head"),
    (503, "busy"),
];

/// The pages of refusals that happen before a request can be read, in the default language.
pub(crate) fn refusals(app: &App, shelf: &Arc<Shelf>) -> Result<BTreeMap<u16, Bytes>, Error> {
    let ctx = Ctx::new(app, shelf, app.settings().default_lang, &Page::Home);
    let page = |(status, name): (u16, &'static str)| {
        let view = ErrorView { frame: ctx.frame(Section::None), name, status };
        Ok((status, Bytes::from(ctx.render(&view)?)))
    };
    REFUSALS.into_iter().map(page).collect()
}

/// The page that says what went wrong.
pub(crate) fn error(app: &App, shelf: &Arc<Shelf>, path: &str, error: &Error) -> Result<String, Error> {
    let lang: Lang = app.lang_of(shelf, path);
    let ctx = Ctx::new(app, shelf, lang, &Page::Home);
    ctx.render(&ErrorView {
        frame: ctx.frame(Section::None),
        name: error.name(),
        status: error.status().as_u16(),
    })
}
