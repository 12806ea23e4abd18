//! A sample of every view, rare branches included: what each page looks like without any content. For tests and for who
//! writes templates; nothing here is shown to a reader.

mod account;
mod catalog;
mod material;
mod takehome;
mod technician;
mod workshop;

use super::{
    View,
    activity::{
        BoxView, Mark, NextStep, OptionView, PairOption, PairView, QuestionPart, ResultView, SortCardView,
        SortingPart,
    },
    catalog::{Card, PageLink},
    frame::{Frame, LangLink, Link, Menu, Section},
    help::{ChannelView, HelpView, RouteStep},
    lesson::{
        BlockView, BoosterLink, BoosterView, CardView, ChoiceView, Heading, LessonView, MessageView,
        PassagePart, Picture, RememberView, ScreenView, SheetView, Step, Text, Way,
    },
    plain::{
        AboutView, CornerView, Door, ErrorView, GlossaryEntry, GlossaryView, HomeView, RootView, SheetLink,
        SheetRow, TermLink,
    },
    source_pack::{DossierView, KeyCard, KeyPart, SourceLink, SourceView, SourcesView},
    status::{CheckView, Figure, PlotView, ProblemView, StatusView},
};
use crate::web::shelf::Shelf;

/// A view with a name.
pub struct Sample {
    /// What is special about it.
    pub name: String,
    /// File below `templates/`.
    pub template: &'static str,
    render: Box<Render>,
}

type Render = dyn Fn(&Shelf) -> anyhow::Result<String>;

impl Sample {
    pub(super) fn new<V: View + 'static>(name: impl Into<String>, view: V) -> Self {
        let render = move |shelf: &Shelf| Ok(shelf.templates.render(&view)?);
        Self { name: name.into(), template: V::TEMPLATE, render: Box::new(render) }
    }

    /// Makes the page with the templates and texts of a shelf.
    ///
    /// # Errors
    /// The template asks for what the view lacks.
    pub fn render(&self, shelf: &Shelf) -> anyhow::Result<String> {
        (self.render)(shelf)
    }
}

/// Samples of all views in a language.
pub fn all(lang: &str) -> Vec<Sample> {
    let mut samples = plain(lang);
    samples.extend(account::all(lang));
    samples.extend(workshop::all(lang));
    samples.extend(catalog::all(lang));
    samples.extend(help(lang));
    samples.extend(lesson(lang));
    samples.extend(material::all(lang));
    samples.extend(sheets(lang));
    samples.extend(takehome::all(lang));
    samples.extend(technician::all(lang));
    samples.extend(questions().into_iter().map(|(name, part)| {
        let view = BoosterView {
            frame: frame(lang),
            heading: heading(false),
            question: Box::new(part),
            all: href(),
        };
        Sample::new(format!("booster: {name}"), view)
    }));
    samples
}

pub(super) fn href() -> String {
    "/x".to_owned()
}

pub(super) fn link() -> Link {
    Link { href: href(), label: "a < b & c".to_owned() }
}

pub(super) fn text() -> Text {
    Text::new("<p>texto</p>".to_owned(), None)
}

pub(super) fn both() -> Text {
    Text::new("qillqa".to_owned(), Some("texto".to_owned()))
}

fn frame(lang: &str) -> Frame {
    let other = |tag: &str| LangLink {
        tag: tag.to_owned(),
        name: tag.to_owned(),
        href: href(),
        current: tag == lang,
    };
    let menu = Menu {
        home: href(),
        catalog: href(),
        teachers: href(),
        families: href(),
        glossary: href(),
        help: href(),
        about: href(),
        sign_in: href(),
    };
    Frame {
        lang: lang.to_owned(),
        school: "I. E. «A & B»".to_owned(),
        menu,
        section: Section::Catalog,
        langs: ["es", "qu", "ay"].into_iter().map(other).collect(),
        draft: lang == "qu",
        opensearch: href(),
    }
}

fn heading(foreign: bool) -> Heading {
    Heading { title: both(), lang: "es".to_owned(), foreign, href: href() }
}

fn card(foreign: bool, grades: bool) -> Card {
    Card {
        title: "Título".to_owned(),
        summary: "Resumen".to_owned(),
        lang: "es".to_owned(),
        foreign,
        kind: "leccion".to_owned(),
        icon: "leccion".to_owned(),
        name: "kind-leccion".to_owned(),
        only: "lesson-only-in-es",
        grades: if grades { vec!["p3".to_owned(), "p4".to_owned()] } else { Vec::new() },
        levels: vec!["docente".to_owned(), "familia".to_owned()],
        minutes: 1,
        snippet: None,
        href: href(),
    }
}

fn plain(lang: &str) -> Vec<Sample> {
    let door = |tag: &str| Door {
        tag: tag.to_owned(),
        name: tag.to_owned(),
        href: href(),
        enter: "Entrar".to_owned(),
        footer: "Pie".to_owned(),
        help: href(),
        help_label: "Ayuda".to_owned(),
    };
    let root = |school: &str| RootView {
        lang: lang.to_owned(),
        school: school.to_owned(),
        langs: ["es", "qu", "ay"].map(door).to_vec(),
    };
    let term = |term: &str, count| TermLink { term: term.to_owned(), href: href(), count };
    let home = |empty: bool| HomeView {
        frame: frame(lang),
        levels: if empty { Vec::new() } else { vec![term("primaria", 1), term("docente", 2)] },
        themes: if empty { Vec::new() } else { vec![term("acceso", 1)] },
        lessons: if empty { Vec::new() } else { vec![card(false, true), card(true, false)] },
    };
    let corner = |corner, own| CornerView {
        frame: frame(lang),
        corner,
        own,
        rows: vec![SheetRow { card: card(true, true), sheets: vec![sheet()] }],
    };
    let entry = GlossaryEntry { word: "clave".to_owned(), meaning: "secreto".to_owned(), lesson: link() };
    let glossary = |entries| GlossaryView { frame: frame(lang), entries };
    let check = |trouble| CheckView {
        outcome: "bien".to_owned(),
        trouble,
        title: "Disco".to_owned(),
        what: "<qué>".to_owned(),
        cure: if trouble { "cura".to_owned() } else { String::new() },
    };
    let status = |problems, clock_plausible| StatusView {
        frame: frame(lang),
        figures: vec![
            Figure { name: "version", value: "1".to_owned() },
            Figure { name: "memory", value: "1".to_owned() },
        ],
        plots: vec![PlotView {
            name: "requests",
            src: "data:image/png;base64,".to_owned(),
            width: 4,
            height: 81,
            most: "1,234".to_owned(),
            last: "12".to_owned(),
        }],
        keeps: vec![("technician-people", href())],
        checks: vec![check(true), check(false)],
        problems,
        more_problems: 0,
        clock_plausible,
    };
    let problem = |error| ProblemView {
        place: "a/es/quiz.gift:3:1".to_owned(),
        what: "<qué>".to_owned(),
        cure: "cura".to_owned(),
        error,
    };
    let mut samples = vec![
        Sample::new("with a school's name", root("I. E.")),
        Sample::new("without a name", root("")),
        Sample::new("full", home(false)),
        Sample::new("of an empty school", home(true)),
        Sample::new("teachers, with lessons of their own", corner("teachers", vec![card(false, true)])),
        Sample::new("families", corner("families", Vec::new())),
        Sample::new("with words", glossary(vec![entry])),
        Sample::new("without words", glossary(Vec::new())),
        Sample::new("one lesson", AboutView { frame: frame(lang), version: "1", lessons: 1 }),
        Sample::new("all well", status(Vec::new(), true)),
        Sample::new("a wrong clock and problems", status(vec![problem(true), problem(false)], false)),
    ];
    let errors = [
        ("not-found", 404),
        ("method", 405),
        ("malformed", 400),
        ("long-address", 414),
        ("large-head", 431),
        ("large-form", 413),
        ("slow", 408),
        ("internal", 500),
        ("busy", 503),
    ];
    let error = |(name, status)| Sample::new(name, ErrorView { frame: frame(lang), name, status });
    samples.extend(errors.map(error));
    samples
}

fn sheet() -> SheetLink {
    SheetLink { name: "kind-plan-docente".to_owned(), href: href() }
}

pub(super) fn channel(expired: bool) -> ChannelView {
    ChannelView {
        id: "linea".to_owned(),
        name: both(),
        purpose: both(),
        contact: text(),
        short: expired,
        hours: expired.then(both),
        identity: if expired { "unknown" } else { "anonymous" },
        verified: expired.then(|| "1 de enero".to_owned()),
        expired,
        printable: !expired,
        local: !expired,
    }
}

fn help(lang: &str) -> Vec<Sample> {
    let step = |step| RouteStep { step, channels: vec![channel(true), channel(false)] };
    let view = |steps| HelpView { frame: frame(lang), steps };
    vec![
        Sample::new("every step, expired channels", view((0..=5).map(step).collect())),
        Sample::new("no channel at all", view(Vec::new())),
    ]
}

fn way(position: usize) -> Way {
    let step = |number: usize| Step {
        number,
        href: href(),
        title: "Paso".to_owned(),
        state: ["ahead", "now", "done"][1 + usize::from(number < position) - usize::from(number > position)],
    };
    Way {
        position,
        total: 3,
        steps: (1..=3).map(step).collect(),
        previous: (position > 1).then(link),
        next: (position < 3).then(link),
    }
}

fn lesson(lang: &str) -> Vec<Sample> {
    let view = |full: bool| LessonView {
        frame: frame(lang),
        heading: heading(!full),
        summary: both(),
        cover: full.then(|| Picture { src: href(), width: 480, height: 300 }),
        objectives: if full { vec!["Uno".to_owned()] } else { Vec::new() },
        kind: "cuento".to_owned(),
        grades: if full { vec![link()] } else { Vec::new() },
        levels: if full { Vec::new() } else { vec![link()] },
        areas: vec![link()],
        themes: vec![link(), link()],
        minutes: 40,
        start: link(),
        screens: vec![link(), link()],
        sources: full.then(href),
        sheets: if full { vec![sheet()] } else { Vec::new() },
        take_home: vec![link()],
        authors: vec!["A".to_owned(), "B".to_owned()],
        licence: "CC-BY-SA-4.0".to_owned(),
        version: "1.0.0".to_owned(),
        json_ld: "{}".to_owned(),
        descriptions: vec![link()],
        report: href(),
        draft: full,
        outdated: full,
    };
    let screen = |name: &str, foreign, blocks, position| {
        let view = ScreenView {
            frame: frame(lang),
            heading: heading(foreign),
            title: both(),
            way: way(position),
            blocks,
        };
        Sample::new(name, view)
    };
    let passage = |ending, beginning, pictures| {
        BlockView::Passage(PassagePart {
            body: Text { picture: Some("<img src=\"/x\" alt=\"\">".to_owned()), ..both() },
            choices: if ending { Vec::new() } else { vec![ChoiceView { href: href(), label: both() }] },
            pictures,
            ending,
            beginning,
            restart: href(),
        })
    };
    let remember = |full: bool| RememberView {
        frame: frame(lang),
        heading: heading(!full),
        way: way(3),
        messages: vec![MessageView { tag: "m1".to_owned(), text: both() }],
        channels: if full { vec![channel(true)] } else { Vec::new() },
        for_pupils: true,
        family: full.then(href),
        more: href(),
    };
    let result = |answered, again| ResultView {
        frame: frame(lang),
        heading: heading(false),
        way: way(2),
        right: 1,
        answered,
        total: 3,
        again,
        restart: href(),
    };
    let mut samples = vec![
        Sample::new("full", view(true)),
        Sample::new("foreign and bare", view(false)),
        screen("text", false, vec![BlockView::Text(both())], 1),
        screen("text in Spanish alone", true, vec![BlockView::Text(text())], 2),
        screen("the beginning of a story", false, vec![passage(false, true, true)], 2),
        screen("the middle of a story", false, vec![passage(false, false, false)], 2),
        screen("the end of a story on the last screen", false, vec![passage(true, false, false)], 3),
        screen("cards to print", false, vec![BlockView::Cards { href: href() }], 1),
        screen("a report to rehearse", false, vec![BlockView::Report], 1),
        screen("help", false, vec![BlockView::Help { channels: vec![channel(false)], for_pupils: true }], 1),
        screen(
            "help for adults, no channels",
            false,
            vec![BlockView::Help { channels: Vec::new(), for_pupils: false }],
            1,
        ),
        Sample::new("with channels and family sheet", remember(true)),
        Sample::new("bare", remember(false)),
        Sample::new("some missed, some not answered", result(2, vec![link()])),
        Sample::new("all right", result(3, Vec::new())),
    ];
    samples.extend(questions().into_iter().map(|(name, part)| {
        screen(&format!("question: {name}"), false, vec![BlockView::Question(Box::new(part))], 2)
    }));
    samples.extend(
        sortings().into_iter().map(|(name, part)| {
            screen(&format!("sorting: {name}"), false, vec![BlockView::Sorting(part)], 2)
        }),
    );
    samples
}

/// Questions of every kind, asked, answered and answered badly.
pub(super) fn questions() -> Vec<(&'static str, QuestionPart)> {
    let option =
        |chosen| OptionView { value: "0".to_owned(), text: both(), chosen, feedback: chosen.then(both) };
    let choice = |value| PairOption { value, label: "uno".to_owned(), chosen: value == 1 };
    let pair =
        |right| PairView { field: "r1".to_owned(), text: both(), options: vec![choice(0), choice(1)], right };
    let asked = |kind| QuestionPart {
        action: href(),
        number: 1,
        of: 2,
        stem: both(),
        tail: None,
        kind,
        options: vec![option(false), option(false)],
        pairs: vec![pair(None)],
        typed: String::new(),
        marks: "--".to_owned(),
        problem: None,
        mark: None,
        feedback: Vec::new(),
        next: Some(NextStep { action: href(), last: false }),
    };
    let answered = |kind, mark| QuestionPart {
        mark: Some(mark),
        options: vec![option(true), option(false)],
        pairs: vec![pair(Some(true)), PairView { field: "r2".to_owned(), ..pair(Some(false)) }],
        typed: "<7>".to_owned(),
        feedback: vec![both(), text()],
        next: Some(NextStep { action: href(), last: true }),
        ..asked(kind)
    };
    let problem = |kind, problem| QuestionPart { problem: Some(problem), ..asked(kind) };
    let mut parts = ["single", "multiple", "truth", "matching", "text", "number", "essay", "none"]
        .map(|kind| (kind, asked(kind)))
        .to_vec();
    parts.extend([
        ("right", answered("single", Mark::Right)),
        ("partly right", answered("multiple", Mark::Partly)),
        ("not yet", answered("truth", Mark::NotYet)),
        ("pairs, some right", answered("matching", Mark::Partly)),
        ("a word", answered("text", Mark::NotYet)),
        ("a number", answered("number", Mark::Right)),
        ("an essay nobody marks", answered("essay", Mark::Unmarked)),
        ("the last of all", QuestionPart { next: None, ..answered("single", Mark::Right) }),
        ("a missing word", QuestionPart { tail: Some(both()), ..asked("text") }),
        ("not answered", problem("single", "quiz-problem-missing")),
        ("no such option", problem("single", "quiz-problem-unknown")),
        ("no number", problem("number", "quiz-problem-number")),
        ("too long", problem("essay", "quiz-problem-long")),
        ("forged marks", problem("single", "quiz-problem-marks")),
    ]);
    parts
}

pub(super) fn sortings() -> Vec<(&'static str, SortingPart)> {
    let card = |number: usize, right: Option<bool>| SortCardView {
        field: format!("c{number}"),
        number,
        face: both(),
        chosen: right.map(|_| "comparto".to_owned()),
        right,
        why: right.map(|_| both()),
    };
    let part = |right: [Option<bool>; 2], problem| SortingPart {
        action: href(),
        boxes: vec![BoxView { value: "comparto".to_owned(), label: both() }],
        cards: vec![card(1, right[0]), card(2, right[1])],
        table: 1,
        tables: 1,
        problem,
        right: right.iter().any(Option::is_some).then(|| right.iter().filter(|r| **r == Some(true)).count()),
        next: None,
    };
    let drawn = BoxView {
        value: "guardo".to_owned(),
        label: Text::new("<img src=\"/x\" alt=\"\"> a".to_owned(), None),
    };
    let first = SortingPart { tables: 2, next: Some(href()), ..part([Some(true), Some(false)], None) };
    vec![
        ("fresh", part([None, None], None)),
        ("a drawn box", SortingPart { boxes: vec![drawn], ..part([None, None], None) }),
        ("all right", part([Some(true), Some(true)], None)),
        ("the first of two tables, one wrong", first),
        ("nothing chosen", part([None, None], Some("sorting-problem-none"))),
        ("some chosen", part([Some(true), None], Some("sorting-problem-some"))),
        ("no such box", part([None, Some(false)], Some("sorting-problem-unknown"))),
    ]
}

fn sheets(lang: &str) -> Vec<Sample> {
    let source = || SourceLink { form: "noticia".to_owned(), title: both(), href: href() };
    let dossier = |cards| DossierView { title: both(), question: both(), cards };
    let key = KeyCard {
        link: source(),
        parts: ["author", "date", "motive", "evidence", "verdict"]
            .map(|name| KeyPart { name, text: both() })
            .to_vec(),
    };
    let keys = DossierView { title: both(), question: both(), cards: vec![key] };
    let card_sheet = |number| PageLink { number, href: href(), current: number == 2 };
    let card_sheets = vec![card_sheet(1), card_sheet(2)];
    let view = |name: &str, foreign| SheetView {
        frame: frame(lang),
        heading: heading(foreign),
        name: name.to_owned(),
        body: Text::default(),
        keys: Vec::new(),
        cards: Vec::new(),
        pages: Vec::new(),
        boosters: Vec::new(),
        sheets: vec![sheet(), sheet()],
        grades: vec!["p3".to_owned()],
        minutes: 40,
        licence: "CC-BY-SA-4.0".to_owned(),
    };
    let card = |beneath| CardView {
        title: if beneath { both() } else { text() },
        body: if beneath { both() } else { text() },
    };
    let booster = |week, first| BoosterLink { week, first, text: both(), href: href() };
    let boosters = vec![
        booster(Some("semana-1"), true),
        booster(Some("semana-1"), false),
        booster(Some("semana-3"), true),
        booster(Some("semana-6"), true),
        booster(None, true),
    ];
    let cards = vec![card(true), card(false), card(false)];
    vec![
        Sample::new("a plan", SheetView { body: both(), ..view("kind-plan-docente", false) }),
        Sample::new(
            "a family sheet in Spanish alone",
            SheetView { body: text(), sheets: Vec::new(), ..view("kind-guia-familia", true) },
        ),
        Sample::new(
            "cards, an odd one left, on the second of two sheets",
            SheetView { cards, pages: card_sheets, ..view("kind-fichas", false) },
        ),
        Sample::new(
            "boosters of every week and of none",
            SheetView { boosters, ..view("kind-repaso", false) },
        ),
        Sample::new("keys of sources", SheetView { keys: vec![keys], ..view("kind-clave-fuentes", false) }),
        Sample::new(
            "sources in folders",
            SourcesView {
                frame: frame(lang),
                heading: heading(true),
                dossiers: vec![dossier(vec![source()])],
            },
        ),
        Sample::new(
            "a source",
            SourceView {
                frame: frame(lang),
                heading: heading(false),
                form: "acta".to_owned(),
                title: both(),
                body: Text { picture: Some("<img src=\"/x\" alt=\"\">".to_owned()), ..both() },
                dossier: dossier(vec![source(), source()]),
                all: href(),
            },
        ),
    ]
}
