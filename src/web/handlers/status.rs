//! `/es/tecnico`: how the server is, and what is wrong with the content.

use crate::{
    domain::{
        finding::{Problem, Severity},
        lang::Lang,
    },
    i18n::{self, Messages, Value, format},
    metrics,
    web::{
        App,
        error::Error,
        frame::Ctx,
        views::{
            frame::Section,
            status::{Figure, ProblemView, StatusView},
        },
    },
};

/// Most problems on the page: a folder of something else laid over the lessons may give a hundred thousand.
const MOST_PROBLEMS: usize = 200;

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
        problems: problems(&shelf.problems),
        more_problems: shelf.problems.len().saturating_sub(MOST_PROBLEMS),
        clock_plausible: app.clock.plausible(),
    })
}

/// The first problems in words, those that leave something out before the others. Their sentences are read for this page alone and then let go.
pub(crate) fn problems(problems: &[Problem]) -> Vec<ProblemView> {
    if problems.is_empty() {
        return Vec::new();
    }
    let (messages, _) = Messages::load(i18n::embedded_console());
    let of = |severity| problems.iter().filter(move |problem| problem.finding.severity == severity);
    let first = of(Severity::Error).chain(of(Severity::Warning)).take(MOST_PROBLEMS);
    first.map(|problem| problem_view(&messages, problem)).collect()
}

fn problem_view(messages: &Messages, problem: &Problem) -> ProblemView {
    let finding = &problem.finding;
    let args =
        finding.args.iter().map(|(name, value)| (*name, Value::from(value.as_str()))).collect::<Vec<_>>();
    let text = |id: &str| messages.text(Lang::ES, id, &args).into_owned();
    let place = finding.position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
    ProblemView {
        place: format!("{}{place}", problem.file),
        what: text(finding.id),
        cure: text(&format!("{}.cure", finding.id)),
        error: finding.severity == Severity::Error,
    }
}
