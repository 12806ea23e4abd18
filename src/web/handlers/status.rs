//! `/es/tecnico`: how the server is, and what is wrong with the content.

use crate::{
    i18n::format,
    metrics,
    web::{
        App,
        error::Error,
        frame::Ctx,
        problem_list::{self, MOST_PROBLEMS},
        views::{
            frame::Section,
            status::{Figure, StatusView},
        },
    },
};

/// `/es/tecnico`
pub(crate) fn page(app: &App, ctx: &Ctx<'_>) -> Result<String, Error> {
    let shelf = ctx.shelf;
    // Counts of one school stay far below what f64 holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    let number = |value: u64| format::number(value as f64);
    let counted = &app.metrics;
    let langs = shelf.messages.langs();
    let langs = langs.iter().map(|lang| shelf.messages.display_name(*lang).into_owned()).collect::<Vec<_>>();
    let (materials, passed_over) = shelf.catalog.materials();
    let mut figures = vec![
        Figure { name: "version", value: env!("CARGO_PKG_VERSION").to_owned() },
        Figure { name: "content", value: shelf.library.version().to_owned() },
        Figure { name: "today", value: format::date(&shelf.messages, ctx.lang, ctx.today) },
        Figure { name: "lessons", value: number(shelf.library.lessons().count() as u64) },
        Figure { name: "resources", value: number(shelf.library.resources().len() as u64) },
        Figure { name: "materials", value: number(materials as u64) },
        Figure { name: "passed-over", value: number(passed_over as u64) },
        Figure { name: "languages", value: langs.join(", ") },
        Figure { name: "pages", value: format::size(&shelf.messages, ctx.lang, shelf.pages.bytes() as u64) },
        Figure { name: "connections", value: number(counted.connections.get()) },
        Figure {
            name: "requests",
            value: number((1..=5).map(|class| counted.requests_of_class(class)).sum()),
        },
    ];
    if let Some(resident) = metrics::resident_bytes() {
        figures.push(Figure { name: "memory", value: format::size(&shelf.messages, ctx.lang, resident) });
    }
    ctx.render(&StatusView {
        frame: ctx.frame(Section::None),
        figures,
        problems: problem_list::of(&shelf.problems),
        more_problems: shelf.problems.len().saturating_sub(MOST_PROBLEMS),
        clock_plausible: app.clock.plausible(),
    })
}
