//! One file for each sort of page: read what was asked, ask the library, fill a view. Handlers do not call each other.

pub(crate) mod account;
pub(crate) mod catalog;
pub(crate) mod download;
pub(crate) mod glossary;
pub(crate) mod help;
pub(crate) mod lesson;
pub(crate) mod material;
pub(crate) mod media;
pub(crate) mod opds;
pub(crate) mod picture;
pub(crate) mod plain;
pub(crate) mod report;
pub(crate) mod sheet;
pub(crate) mod source_pack;
pub(crate) mod status;
pub(crate) mod workshop;

use crate::{
    domain::resource::Part,
    web::{error::Error, form::Form, frame::Ctx, routes::Page},
};

/// Makes the page of a GET. `query` is the catalogue's, in canonical form.
pub(crate) fn show(ctx: &Ctx<'_>, page: &Page, query: &str) -> Result<String, Error> {
    match page {
        Page::Home => plain::home(ctx),
        Page::Catalog => catalog::list(ctx, query, None),
        Page::Level(level) => catalog::level(ctx, level),
        Page::Teachers => plain::corner(ctx, plain::Corner::Teachers),
        Page::Families => plain::corner(ctx, plain::Corner::Families),
        Page::Glossary => glossary::page(ctx),
        Page::Help => help::page(ctx),
        Page::About => plain::about(ctx),
        Page::Lesson(id) => lesson::overview(ctx, id),
        Page::Sheet(id, part) => sheet::page(ctx, id, *part, 1),
        Page::CardSheet(id, number) => sheet::page(ctx, id, Part::Cards, *number),
        Page::Screen(id, screen) => lesson::screen(ctx, id, *screen),
        Page::Passage(id, screen, passage) => lesson::passage(ctx, id, *screen, passage),
        Page::Question(id, screen, question) => lesson::question(ctx, id, *screen, *question, None),
        Page::Sorting(id, screen, table) => lesson::sorting(ctx, id, *screen, *table, None),
        Page::Booster(id, question) => sheet::booster(ctx, id, *question, None),
        Page::Remember(id) => lesson::remember(ctx, id),
        Page::Sources(id) => source_pack::list(ctx, id),
        Page::Source(id, card) => source_pack::card(ctx, id, card),
        // A result is the answer to a form, its address alone leads to the screen; materials are opened in another
        // thread first; the status page is of the machine, accounts are people's own.
        Page::Result(..)
        | Page::Material(_)
        | Page::MaterialPage(..)
        | Page::Status
        | Page::Account(_)
        | Page::Workshop(_)
        | Page::Report(_) => Err(Error::NotFound),
    }
}

/// Makes the page of a POST: what a pupil answered, looked at and forgotten.
pub(crate) fn answer(ctx: &Ctx<'_>, page: &Page, form: &Form) -> Result<String, Error> {
    match page {
        Page::Question(id, screen, question) => lesson::question(ctx, id, *screen, *question, Some(form)),
        Page::Sorting(id, screen, table) => lesson::sorting(ctx, id, *screen, *table, Some(form)),
        Page::Booster(id, question) => sheet::booster(ctx, id, *question, Some(form)),
        Page::Result(id, screen) => lesson::result(ctx, id, *screen, form),
        _ => Err(Error::NotFound),
    }
}
