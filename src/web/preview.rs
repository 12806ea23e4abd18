//! A draft as everybody would see it: the same handlers, with a shelf on which nothing else lies and addresses below the
//! draft's own.

use std::{path::PathBuf, sync::Arc};

use jiff::civil::Date;

use crate::{
    domain::{id::Slug, lang::Lang, lesson::Lesson},
    web::{
        aside,
        error::Error,
        form::Form,
        frame::Ctx,
        handlers,
        place::{ON_SERVER, Place},
        routes::{Page, Workshop},
    },
};

/// Where the pages of a draft stand.
struct InPreview {
    number: i64,
    resource: Slug,
}

impl Place for InPreview {
    fn page(&self, lang: Lang, page: Page) -> String {
        let page = match page.resource() {
            Some(id) if *id == self.resource => {
                Page::Workshop(Workshop::Preview(self.number, Box::new(page)))
            }
            _ => page,
        };
        ON_SERVER.page(lang, page)
    }

    fn media(&self, lesson: &Lesson, name: &str) -> String {
        ON_SERVER.media(lesson, name)
    }
}

/// Makes a page of what lies in a folder; `form` is what was answered there.
pub(crate) async fn page(
    ctx: &Ctx<'_>,
    number: i64,
    folder: PathBuf,
    page: &Page,
    form: Option<&Form>,
    today: Date,
) -> Result<String, Error> {
    let resource = page.resource().ok_or(Error::NotFound)?.clone();
    let shelf = Arc::clone(ctx.shelf);
    let draft = aside(move || shelf.of_draft(&folder, today).map_err(|error| Error::Internal(error.into())));
    let draft = Arc::new(draft.await?);
    let place = InPreview { number, resource };
    let ctx = ctx.of_draft(&draft, &place);
    match (form, page) {
        (Some(form), page) => handlers::answer(&ctx, page, form),
        (None, Page::Material(_) | Page::MaterialPage(..)) => {
            let (shelf, lang, asked) = (Arc::clone(&draft), ctx.lang, page.clone());
            let gathered = aside(move || handlers::material::gather(&shelf, lang, &asked)).await?;
            Ok(handlers::material::page(&ctx, gathered)?.0)
        }
        (None, page) => handlers::show(&ctx, page, ""),
    }
}
