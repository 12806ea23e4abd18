//! `/es/tecnico`: how the server and its machine are, and what is wrong with the content.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::{
    domain::lang::Lang,
    formats::plot,
    health::{Check, Outcome, gather, judge},
    i18n::{self, Messages, Value, format},
    metrics,
    upkeep::Place,
    web::{
        App, aside,
        error::Error,
        frame::Ctx,
        history::Hour,
        problem_list::{self, MOST_PROBLEMS},
        routes::Page,
        storage,
        views::{
            frame::Section,
            status::{CheckView, Figure, PlotView, StatusView},
        },
    },
};

/// A thin line in the plots after so many bars.
const HOURS_OF_A_DAY: usize = 24;

/// How long what was seen of the machine is told again: looking writes to the disk and asks for names.
const FRESH: Duration = Duration::from_secs(10);

/// When the machine was last looked at, and what was found. Held while it is looked at: two who ask wait for one look.
#[derive(Default)]
pub(crate) struct Examined(Mutex<Option<(Instant, Found)>>);

/// What was found: how the machine is, what it and the data folder hold.
#[derive(Debug)]
struct Found {
    checks: Vec<Check>,
    memory: Option<(u64, u64)>,
    stored: Vec<(&'static str, u64)>,
}

/// `/es/tecnico`
pub(crate) async fn page(app: &App, ctx: &Ctx<'_>) -> Result<String, Error> {
    let mut examined = app.examined.0.lock().await;
    let now = app.clock.instant();
    let fresh = |at: &Instant| now.saturating_duration_since(*at) < FRESH;
    let checks = match examined.take().filter(|(at, _)| fresh(at)) {
        Some((at, checks)) => examined.insert((at, checks)),
        None => examined.insert((now, examine(app, ctx).await?)),
    };
    show(app, ctx, &checks.1)
}

/// Looks at the machine where nobody waits for it.
async fn examine(app: &App, ctx: &Ctx<'_>) -> Result<Found, Error> {
    let (settings, clock, content) = (app.settings.clone(), app.clock.clone(), ctx.shelf.mistakes);
    aside(move || {
        let place =
            gather::Place { data: settings.folders.data.as_deref(), listen: &settings.listen, content };
        let facts = gather::gather(place, &clock);
        let stored = settings.folders.data.as_deref().map(storage::by_kind).unwrap_or_default();
        Ok(Found { checks: judge(&facts), memory: facts.memory, stored })
    })
    .await
}

fn show(app: &App, ctx: &Ctx<'_>, found: &Found) -> Result<String, Error> {
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
    let size = |bytes| format::size(&shelf.messages, ctx.lang, bytes);
    if let Some(resident) = metrics::resident_bytes() {
        figures.push(Figure { name: "memory", value: size(resident) });
    }
    if let Some((free, all)) = found.memory {
        figures.push(Figure { name: "memory-free", value: format!("{} / {}", size(free), size(all)) });
    }
    if let Some(load) = gather::load() {
        figures.push(Figure { name: "load", value: load });
    }
    if let Some(upkeep) = app.upkeep() {
        let wall = upkeep.last(Place::Folder).wall;
        let day = (wall > 0).then(|| app.clock.day_of(wall)).flatten();
        let none = || ctx.text("technician-figure-no-backup", &[]);
        let value = day.map_or_else(none, |day| format::date(&shelf.messages, ctx.lang, day));
        figures.push(Figure { name: "backup", value });
    }
    figures.extend(found.stored.iter().map(|(name, bytes)| Figure { name, value: size(*bytes) }));
    let hours = app.history.hours();
    let plot = |name, of: fn(&Hour) -> u64, say: &dyn Fn(u64) -> String| {
        let values: Vec<u64> = hours.iter().map(of).collect();
        let (src, width, height) = plot::bars(&values, HOURS_OF_A_DAY);
        let most = say(values.iter().copied().max().unwrap_or(0));
        PlotView { name, src, width, height, most, last: say(values.last().copied().unwrap_or(0)) }
    };
    let plots = if hours.len() < 2 {
        Vec::new()
    } else {
        vec![
            plot("requests", |hour| hour.requests, &number),
            plot("connections", |hour| hour.connections, &number),
            plot("memory", |hour| hour.memory, &size),
            plot("free", |hour| hour.free, &size),
        ]
    };
    let keeps = super::account::KEEPS.map(|(label, page)| (label, ctx.path(Page::Account(page)))).to_vec();
    // The sentences of checks and problems are read for this page alone and then let go.
    let (messages, _) = Messages::load(i18n::embedded_console());
    ctx.render(&StatusView {
        frame: ctx.frame(Section::None),
        figures,
        plots,
        keeps,
        checks: found.checks.iter().map(|check| check_view(&messages, check)).collect(),
        problems: problem_list::of(&shelf.problems),
        more_problems: shelf.problems.len().saturating_sub(MOST_PROBLEMS),
        clock_plausible: app.clock.plausible(),
    })
}

fn check_view(messages: &Messages, check: &Check) -> CheckView {
    let say = |id: &str, args: &[(&str, &str)]| {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, Value::from(*value))).collect();
        messages.text(Lang::ES, id, &args).into_owned()
    };
    let [outcome, title, what, cure] = check.tell(say);
    CheckView { outcome, trouble: check.outcome >= Outcome::Warning, title, what, cure }
}
