//! Samples of the pages of books that are taken home: every block, rare branches included.

use super::{
    super::{
        activity::Mark,
        help::RouteStep,
        lesson::{CardView, ChoiceView, PassagePart, Picture, Text},
        source_pack::{DossierView, KeyCard, KeyPart, SourceLink},
        takehome::{
            AnswerOption, AnswerView, BookBlock, BookFrontView, BookPageView, BookPart, Overview, SortedView,
        },
    },
    Sample, both, channel, href, link, questions, sortings, text,
};

/// Samples in a language.
pub(super) fn all(lang: &str) -> Vec<Sample> {
    let part = BookPart {
        lang: "qu".to_owned(),
        name: "Runasimi".to_owned(),
        title: "a < b".to_owned(),
        href: href(),
        enter: "Yaykuy".to_owned(),
    };
    let front = |cover: Option<Picture>| BookFrontView {
        lang: lang.to_owned(),
        style: href(),
        title: "a < b".to_owned(),
        parts: vec![part.clone(), part.clone()],
        cover,
        authors: vec!["Ana & Luis".to_owned()],
        licence: "CC-BY-SA-4.0".to_owned(),
    };
    let page = |draft, of_lesson: bool, name: Option<&str>, blocks| BookPageView {
        lang: lang.to_owned(),
        language: "Runasimi".to_owned(),
        draft,
        style: href(),
        home: of_lesson.then(link),
        lesson: of_lesson.then(link),
        name: name.map(str::to_owned),
        title: both(),
        blocks,
        previous: of_lesson.then(link),
        next: of_lesson.then(link),
    };
    let cover = Picture { src: href(), width: 480, height: 300 };
    vec![
        Sample::new("the front of a lesson", front(Some(cover))),
        Sample::new("the front of a collection", front(None)),
        Sample::new(
            "a page of contents",
            page(false, false, None, vec![BookBlock::Contents { links: vec![link()] }]),
        ),
        Sample::new("every block", page(true, true, None, blocks())),
        Sample::new("a sheet", page(true, true, Some("kind-plan-docente"), vec![BookBlock::Text(text())])),
    ]
}

fn blocks() -> Vec<BookBlock> {
    let asked = || questions().into_iter().map(|(_, part)| part).collect::<Vec<_>>();
    let overview = |full: bool| Overview {
        summary: both(),
        cover: full.then(|| Picture { src: href(), width: 480, height: 300 }),
        kind: "cuento".to_owned(),
        grades: vec!["p3".to_owned()],
        minutes: 40,
        objectives: if full { vec!["Uno".to_owned()] } else { Vec::new() },
        authors: vec!["Ana".to_owned()],
        licence: "CC-BY-SA-4.0".to_owned(),
        version: "1.0.0".to_owned(),
        outdated: full,
    };
    let passage = |ending, beginning, choices| PassagePart {
        body: Text { picture: Some("<img src=\"/x\" alt=\"\">".to_owned()), ..both() },
        choices,
        pictures: false,
        ending,
        beginning,
        restart: href(),
    };
    let choice = |label| ChoiceView { href: href(), label };
    let source = || SourceLink { form: "noticia".to_owned(), title: both(), href: href() };
    let key = KeyCard { link: source(), parts: vec![KeyPart { name: "author", text: text() }] };
    let dossier = DossierView { title: both(), question: both(), cards: vec![source()] };
    let keys = DossierView { title: both(), question: both(), cards: vec![key] };
    let option = |mark, feedback| AnswerOption { text: both(), mark, feedback };
    let answer = |tail, options, general| AnswerView { number: 1, stem: both(), tail, options, general };
    let options = vec![
        option(Mark::Right, Some(both())),
        option(Mark::Partly, None),
        option(Mark::NotYet, Some(text())),
    ];
    let mut blocks = vec![
        BookBlock::Overview(Box::new(overview(true))),
        BookBlock::Overview(Box::new(overview(false))),
        BookBlock::Text(both()),
        BookBlock::Passage(passage(false, true, vec![choice(both()), choice(text())])),
        BookBlock::Passage(passage(true, false, Vec::new())),
        BookBlock::Questions { questions: asked(), answers: href() },
        BookBlock::Boosters { week: Some("semana-1"), questions: asked(), answers: href() },
        BookBlock::Boosters { week: None, questions: Vec::new(), answers: href() },
        BookBlock::Cards { href: href() },
        BookBlock::Report,
        BookBlock::Help { for_pupils: true, channels: vec![channel(true), channel(false)], href: href() },
        BookBlock::Help { for_pupils: false, channels: Vec::new(), href: href() },
        BookBlock::Route {
            steps: (0..=5).map(|step| RouteStep { step, channels: vec![channel(false)] }).collect(),
        },
        BookBlock::Messages { messages: vec![both()] },
        BookBlock::CardSheet { cards: vec![CardView { title: both(), body: both() }] },
        BookBlock::Dossiers { dossiers: vec![dossier] },
        BookBlock::Keys { dossiers: vec![keys] },
        BookBlock::Answers {
            heading: Some(both()),
            answers: vec![answer(Some(text()), options, Some(both())), answer(None, Vec::new(), None)],
        },
        BookBlock::Answers { heading: None, answers: Vec::new() },
        BookBlock::Sorted {
            heading: both(),
            cards: vec![SortedView { number: 1, face: both(), boxes: vec![both(), text()], why: both() }],
        },
    ];
    blocks.extend(sortings().into_iter().map(|(_, game)| BookBlock::Sorting { game, answers: href() }));
    blocks
}
