//! What a resource is called, and where it is.

use crate::{
    domain::id::Slug,
    web::{frame::Ctx, routes::Page},
};

/// Title and address of a lesson or material that is shown; `None` for any other.
pub(crate) fn of(ctx: &Ctx<'_>, id: &Slug) -> Option<(String, String)> {
    let shelf = ctx.shelf;
    let best = |title: &crate::domain::lang::Localized<String>| {
        title.best(ctx.lang).map(|(_, title)| title.clone()).unwrap_or_default()
    };
    if let Some(lesson) = shelf.library.lesson(id.as_str()) {
        return Some((best(&lesson.meta.title), ctx.path(Page::Lesson(id.clone()))));
    }
    let material = shelf.catalog.material(id.as_str())?;
    Some((best(&material.meta.title), ctx.path(Page::Material(id.clone()))))
}
