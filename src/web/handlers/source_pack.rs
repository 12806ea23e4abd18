//! The source pack of a lesson as pupils see it: its folders, and each card without its key.

use crate::{
    domain::id::Slug,
    web::{
        error::Error,
        frame::Ctx,
        lesson_text::{Shown, lift_picture},
        routes::Page,
        source_text::{self, pack_of},
        views::{
            frame::Section,
            source_pack::{SourceView, SourcesView},
        },
    },
};

/// `/es/lecciones/<id>/fuentes`
pub(crate) fn list(ctx: &Ctx<'_>, id: &Slug) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    if shown.text.sources.is_none() {
        return Err(Error::NotFound);
    }
    ctx.render(&SourcesView {
        frame: ctx.frame(Section::Catalog),
        heading: shown.heading(),
        dossiers: source_text::dossiers(&shown),
    })
}

/// `/es/lecciones/<id>/fuentes/<card>`
pub(crate) fn card(ctx: &Ctx<'_>, id: &Slug, name: &Slug) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    let pack = pack_of(shown.text).ok_or(Error::NotFound)?;
    let card = pack.card(name.as_str()).ok_or(Error::NotFound)?;
    let at = pack.dossiers.iter().position(|dossier| dossier.id == card.dossier).ok_or(Error::NotFound)?;
    let others = source_text::dossier(&shown, at, &|other| {
        (other.id != card.id).then(|| source_text::link(&shown, other))
    });
    let link = source_text::link(&shown, card);
    ctx.render(&SourceView {
        frame: ctx.frame(Section::Catalog),
        heading: shown.heading(),
        form: link.form,
        title: link.title,
        body: lift_picture(shown.both(0, |text| Some(&pack_of(text)?.card(name.as_str())?.body))),
        dossier: others.ok_or(Error::NotFound)?,
        all: shown.path(Page::Sources),
    })
}
