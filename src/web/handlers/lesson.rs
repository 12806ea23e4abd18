//! A lesson: its first page, its screens with their activities, what to remember.

use crate::{
    domain::{
        id::Slug,
        lesson::{Block, Screen},
        resource::Part,
    },
    search::{Facet, Filter},
    web::{
        catalog_query,
        error::Error,
        form::Form,
        frame::Ctx,
        handlers::download,
        help_channels,
        lesson_text::{Shown, lift_picture},
        quiz_form::{self, Asked},
        routes::Page,
        sorting_form, story_text,
        views::{
            activity::{QuestionPart, ResultView, SortingPart},
            frame::{Link, Section},
            lesson::{BlockView, LessonView, MessageView, RememberView, ScreenView},
        },
    },
};

/// `/es/lecciones/<id>`
pub(crate) fn overview(ctx: &Ctx<'_>, id: &Slug) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    let meta = &shown.lesson.meta;
    let way = shown.way(0);
    let screens = way.steps.into_iter().map(|step| Link { href: step.href, label: step.title });
    let screens = screens.collect::<Vec<_>>();
    let objectives =
        meta.objectives.get(shown.lang).or_else(|| meta.objectives.best(ctx.lang).map(|(_, o)| o));
    ctx.render(&LessonView {
        frame: ctx.frame(Section::Catalog),
        heading: shown.heading(),
        summary: shown.meta(&meta.summary),
        cover: shown.cover(),
        objectives: objectives.cloned().unwrap_or_default(),
        kind: meta.kind.to_string(),
        grades: catalog_query::links(ctx, Facet::Grade, &meta.grades),
        levels: if meta.grades.is_empty() {
            catalog_query::links(ctx, Facet::Level, &meta.levels)
        } else {
            Vec::new()
        },
        areas: catalog_query::links(ctx, Facet::Area, &meta.areas),
        themes: catalog_query::links(ctx, Facet::Theme, &meta.themes),
        minutes: meta.duration,
        start: screens.first().cloned().ok_or(Error::NotFound)?,
        screens,
        sources: shown.text.sources.is_some().then(|| shown.path(Page::Sources)),
        sheets: shown.sheets(false),
        take_home: ctx.take_home(id),
        authors: meta.authors.iter().map(|author| author.name.clone()).collect(),
        licence: meta.licence.clone(),
        version: meta.version.clone(),
        json_ld: download::json_ld(&shown.lesson.meta, None),
        descriptions: download::descriptions(id),
        report: ctx.path(Page::Report(id.clone())),
        draft: shown.beneath.is_some(),
        outdated: shown.lesson.outdated.contains(&shown.lang),
    })
}

/// `/es/lecciones/<id>/3`
pub(crate) fn screen(ctx: &Ctx<'_>, id: &Slug, number: usize) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    let screen = nth(&shown, number)?;
    let mut blocks = Vec::new();
    for (at, block) in screen.blocks.iter().enumerate() {
        blocks.extend(block_view(&shown, number, at, block));
    }
    render(&shown, number, blocks)
}

/// `/es/lecciones/<id>/3/cuento/<passage>`
pub(crate) fn passage(ctx: &Ctx<'_>, id: &Slug, number: usize, name: &Slug) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    if !nth(&shown, number)?.blocks.contains(&Block::Story) {
        return Err(Error::NotFound);
    }
    let story = shown.text.story.as_ref().ok_or(Error::NotFound)?;
    let passage = story.passage(name).ok_or(Error::NotFound)?;
    render(&shown, number, vec![BlockView::Passage(story_text::part(&shown, number, story, passage))])
}

/// `/es/lecciones/<id>/3/pregunta/2`
pub(crate) fn question(
    ctx: &Ctx<'_>,
    id: &Slug,
    number: usize,
    question: usize,
    form: Option<&Form>,
) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    let (from, to) = quiz_range(nth(&shown, number)?).ok_or(Error::NotFound)?;
    if !(from..=to).contains(&question) {
        return Err(Error::NotFound);
    }
    let part = question_part(&shown, number, (from, to), question, form)?;
    render(&shown, number, vec![BlockView::Question(Box::new(part))])
}

/// `/es/lecciones/<id>/3/clasificar/1`
pub(crate) fn sorting(
    ctx: &Ctx<'_>,
    id: &Slug,
    number: usize,
    table: usize,
    form: Option<&Form>,
) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    if !nth(&shown, number)?.blocks.contains(&Block::Sort) {
        return Err(Error::NotFound);
    }
    let part = sorting_part(&shown, number, table, form).ok_or(Error::NotFound)?;
    render(&shown, number, vec![BlockView::Sorting(part)])
}

/// `/es/lecciones/<id>/3/resultado`
pub(crate) fn result(ctx: &Ctx<'_>, id: &Slug, number: usize, form: &Form) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    let (from, to) = quiz_range(nth(&shown, number)?).ok_or(Error::NotFound)?;
    let Some(marks) = quiz_form::Marks::read(form, to + 1 - from) else {
        // The form was tampered with or cut: the first question again, with the problem named.
        return question(ctx, id, number, from, Some(form));
    };
    let href = |question: usize| shown.path(|id| Page::Question(id, number, question));
    let again = marks.missed().map(|at| {
        let label = ctx.text("quiz-question-number", &[("number", crate::i18n::Value::from(at + 1))]);
        Link { href: href(from + at), label }
    });
    ctx.render(&ResultView {
        frame: ctx.frame(Section::Catalog),
        heading: shown.heading(),
        way: shown.way(number),
        right: marks.right(),
        answered: marks.answered(),
        total: to + 1 - from,
        again: again.collect(),
        restart: href(from),
    })
}

/// `/es/lecciones/<id>/recuerda`
pub(crate) fn remember(ctx: &Ctx<'_>, id: &Slug) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    let meta = &shown.lesson.meta;
    let message = |message: &crate::domain::resource::Message| MessageView {
        tag: message.tag.to_lowercase(),
        text: shown.meta(&message.text),
    };
    let theme = meta.themes.first().cloned();
    let family = shown.lesson.texts.values().any(|text| text.sheets.contains_key(&Part::Family));
    ctx.render(&RememberView {
        frame: ctx.frame(Section::Catalog),
        heading: shown.heading(),
        way: shown.way(shown.text.screens.len() + 1),
        messages: meta.messages.iter().map(message).collect(),
        channels: help_channels::some(ctx, &meta.help_channels),
        for_pupils: meta.for_pupils(),
        family: family.then(|| shown.path(|id| Page::Sheet(id, Part::Family))),
        more: catalog_query::path(ctx, &Filter::default().with(Facet::Theme, theme)),
    })
}

fn nth<'a>(shown: &Shown<'a>, number: usize) -> Result<&'a Screen, Error> {
    number.checked_sub(1).and_then(|at| shown.text.screens.get(at)).ok_or(Error::NotFound)
}

fn render(shown: &Shown<'_>, number: usize, blocks: Vec<BlockView>) -> Result<String, Error> {
    shown.ctx.render(&ScreenView {
        frame: shown.ctx.frame(Section::Catalog),
        heading: shown.heading(),
        title: shown.both_plain(|text| text.screens.get(number - 1).map(|screen| screen.title.as_str())),
        way: shown.way(number),
        blocks,
    })
}

/// What a block shows; nothing when the lesson lacks what the block places.
fn block_view(shown: &Shown<'_>, number: usize, at: usize, block: &Block) -> Option<BlockView> {
    Some(match block {
        Block::Text(_) => BlockView::Text(lift_picture(shown.block(number, at))),
        Block::Story => {
            let story = shown.text.story.as_ref()?;
            BlockView::Passage(story_text::part(shown, number, story, story.passages.get(story.start)?))
        }
        Block::Quiz { from, to } => {
            let part = question_part(shown, number, (*from, *to), *from, None).ok()?;
            BlockView::Question(Box::new(part))
        }
        Block::Sort => BlockView::Sorting(sorting_part(shown, number, 1, None)?),
        Block::Cards => BlockView::Cards { href: shown.path(|id| Page::Sheet(id, Part::Cards)) },
        Block::Report => BlockView::Report,
        Block::Help => {
            let meta = &shown.lesson.meta;
            let channels = help_channels::some(shown.ctx, &meta.help_channels);
            BlockView::Help { channels, for_pupils: meta.for_pupils() }
        }
    })
}

fn quiz_range(screen: &Screen) -> Option<(usize, usize)> {
    screen.blocks.iter().find_map(|block| match block {
        Block::Quiz { from, to } => Some((*from, *to)),
        _ => None,
    })
}

fn question_part(
    shown: &Shown<'_>,
    number: usize,
    (from, to): (usize, usize),
    question: usize,
    form: Option<&Form>,
) -> Result<QuestionPart, Error> {
    let next = if question < to {
        shown.path(|id| Page::Question(id, number, question + 1))
    } else {
        shown.path(|id| Page::Result(id, number))
    };
    let asked = Asked {
        questions: |text| &text.quiz,
        question: question - 1,
        number: question + 1 - from,
        of: to + 1 - from,
        screen: number,
        action: shown.path(|id| Page::Question(id, number, question)),
        next: Some(next),
    };
    quiz_form::part(shown, &asked, form).ok_or(Error::NotFound)
}

fn sorting_part(shown: &Shown<'_>, number: usize, table: usize, form: Option<&Form>) -> Option<SortingPart> {
    let path = |table| shown.path(|id| Page::Sorting(id, number, table));
    sorting_form::part(shown, number, table, form, path)
}
