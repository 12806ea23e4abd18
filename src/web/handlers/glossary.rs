//! `/es/glosario`: the words that lessons explain.

use crate::web::{
    error::Error,
    frame::Ctx,
    routes::Page,
    views::{
        frame::{Link, Section},
        plain::{GlossaryEntry, GlossaryView},
    },
};

/// `/es/glosario`
pub(crate) fn page(ctx: &Ctx<'_>) -> Result<String, Error> {
    let library = &ctx.shelf.library;
    let entries = library.glossary(ctx.lang).into_iter().filter_map(|entry| {
        let lesson = library.lesson(entry.lesson.as_str())?;
        let (_, title) = lesson.meta.title.best(ctx.lang)?;
        Some(GlossaryEntry {
            word: entry.word.to_owned(),
            meaning: entry.meaning.to_owned(),
            lesson: Link { href: ctx.path(Page::Lesson(entry.lesson.clone())), label: title.clone() },
        })
    });
    ctx.render(&GlossaryView { frame: ctx.frame(Section::Glossary), entries: entries.collect() })
}
