//! The pages of a lesson in a language: what it is, its screens and the passages of its story, what to remember, its
//! sources, its sheets, its answers.

use crate::{
    domain::{
        fragment::{Fragment, escape},
        id::Slug,
        lesson::{Block, LessonText},
        quiz::ShownQuestion,
        resource::{Part, Resource},
        story::{Passage, Story},
    },
    web::{
        cards, help_channels,
        lesson_text::{Shown, lift_picture},
        quiz_form::{self, Asked},
        routes::Page,
        sorting_form,
        source_text::{self, pack_of},
        story_text,
        takehome::{
            answers,
            binder::{Binder, Section},
            place,
        },
        views::{
            activity::{QuestionPart, SortingPart},
            frame::Link,
            lesson::{CardView, Text},
            takehome::{BookBlock, BookPageView, Overview},
        },
    },
};

/// Writes them.
pub(super) fn write(binder: &mut Binder<'_, '_>, shown: &Shown<'_>) -> anyhow::Result<()> {
    let maker = Maker { shown };
    let answers = answers::blocks(shown);
    maker.overview(binder, !answers.is_empty())?;
    for number in 1..=shown.text.screens.len() {
        maker.screen(binder, number)?;
    }
    maker.remember(binder)?;
    maker.sources(binder)?;
    for resource in maker.resources() {
        maker.sheet(binder, resource)?;
    }
    if !answers.is_empty() {
        let page = BookPageView {
            name: Some("takehome-answers".to_owned()),
            ..maker.page(binder, shown.heading().title, answers)
        };
        binder.add(Section::Answers, 2, &maker.name(|id| Page::Result(id, 1)), &page)?;
    }
    Ok(())
}

struct Maker<'a> {
    shown: &'a Shown<'a>,
}

impl Maker<'_> {
    /// The name of the file of a page of the lesson.
    fn name(&self, page: impl Fn(Slug) -> Page) -> String {
        place::name(&page(self.shown.lesson.id().clone()))
    }

    /// A page of the lesson.
    fn page(&self, binder: &Binder<'_, '_>, title: Text, blocks: Vec<BookBlock>) -> BookPageView {
        let heading = self.shown.heading();
        let label = Fragment::html(heading.title.html.as_str()).plain();
        BookPageView { lesson: Some(Link { href: heading.href, label }), ..binder.page(title, blocks) }
    }

    fn resources(&self) -> impl Iterator<Item = &Resource> {
        let all = self.shown.ctx.shelf.library.resources().iter();
        all.filter(|resource| {
            resource.lesson == *self.shown.lesson.id()
                && resource.part != Part::Lesson
                && resource.langs.contains(&self.shown.lang)
        })
    }

    fn overview(&self, binder: &mut Binder<'_, '_>, answered: bool) -> anyhow::Result<()> {
        let shown = self.shown;
        let meta = &shown.lesson.meta;
        let overview = Overview {
            summary: shown.meta(&meta.summary),
            cover: shown.cover(),
            kind: meta.kind.to_string(),
            grades: meta.grades.iter().map(ToString::to_string).collect(),
            minutes: meta.duration,
            objectives: meta.objectives.best(shown.lang).map(|(_, all)| all.clone()).unwrap_or_default(),
            authors: meta.authors.iter().map(|author| author.name.clone()).collect(),
            licence: meta.licence.clone(),
            version: meta.version.clone(),
            outdated: shown.lesson.outdated.contains(&shown.lang),
        };
        let way = shown.way(0);
        let mut links = way.steps.into_iter().map(|step| Link { href: step.href, label: step.title });
        let first = links.next();
        let mut links = first.iter().cloned().chain(links).collect::<Vec<_>>();
        if shown.text.sources.is_some() {
            let label = shown.ctx.text("sources-title", &[]);
            links.push(Link { href: shown.path(Page::Sources), label });
        }
        links.extend(self.resources().map(|resource| Link {
            href: shown.path(|id| Page::Sheet(id, resource.part)),
            label: shown.ctx.text(&cards::name(resource), &[]),
        }));
        if answered {
            let label = shown.ctx.text("takehome-answers", &[]);
            links.push(Link { href: shown.path(|id| Page::Result(id, 1)), label });
        }
        let blocks = vec![BookBlock::Overview(Box::new(overview)), BookBlock::Contents { links }];
        let page =
            BookPageView { lesson: None, next: first, ..self.page(binder, shown.heading().title, blocks) };
        binder.add(Section::Main, 1, &self.name(Page::Lesson), &page)
    }

    /// A screen, then the passages of its story but the first, which stands on the screen.
    fn screen(&self, binder: &mut Binder<'_, '_>, number: usize) -> anyhow::Result<()> {
        let shown = self.shown;
        let Some(screen) = shown.text.screens.get(number - 1) else { return Ok(()) };
        let title = shown.both_plain(|text| text.screens.get(number - 1).map(|screen| screen.title.as_str()));
        let blocks = screen.blocks.iter().enumerate();
        let blocks = blocks.filter_map(|(at, block)| self.block(number, at, block)).collect();
        let way = shown.way(number);
        let page = BookPageView {
            previous: way.previous,
            next: way.next.clone(),
            ..self.page(binder, title.clone(), blocks)
        };
        binder.add(Section::Main, 2, &self.name(|id| Page::Screen(id, number)), &page)?;
        let story = shown.text.story.as_ref().filter(|_| screen.blocks.contains(&Block::Story));
        for (at, passage) in story.iter().flat_map(|story| story.passages.iter().enumerate()) {
            let Some(story) = story.filter(|story| story.start != at) else { continue };
            let title = Text::new(escape(&passage.name), None);
            let page = BookPageView {
                next: way.next.clone().filter(|_| passage.is_ending()),
                ..self.page(binder, title, vec![self.passage(number, story, passage)])
            };
            let name = self.name(|id| Page::Passage(id, number, passage.slug.clone()));
            binder.add(Section::Main, 3, &name, &page)?;
        }
        Ok(())
    }

    fn block(&self, number: usize, at: usize, block: &Block) -> Option<BookBlock> {
        let shown = self.shown;
        let answers = || shown.path(|id| Page::Result(id, number));
        Some(match block {
            Block::Text(_) => BookBlock::Text(lift_picture(shown.block(number, at))),
            Block::Story => {
                let story = shown.text.story.as_ref()?;
                self.passage(number, story, story.passages.get(story.start)?)
            }
            Block::Quiz { from, to } => {
                let questions = (*from..=*to).filter_map(|question| {
                    self.question(|text| &text.quiz, question - 1, question + 1 - from, number)
                });
                BookBlock::Questions { questions: questions.collect(), answers: answers() }
            }
            Block::Sort => BookBlock::Sorting { game: self.sorting(number)?, answers: answers() },
            Block::Cards => BookBlock::Cards { href: shown.path(|id| Page::Sheet(id, Part::Cards)) },
            Block::Report => BookBlock::Report,
            Block::Help => self.help(),
        })
    }

    fn passage(&self, number: usize, story: &Story, passage: &Passage) -> BookBlock {
        BookBlock::Passage(story_text::part(self.shown, number, story, passage))
    }

    fn help(&self) -> BookBlock {
        let ctx = self.shown.ctx;
        BookBlock::Help {
            for_pupils: self.shown.lesson.meta.for_pupils(),
            channels: help_channels::some(ctx, &self.shown.lesson.meta.help_channels),
            href: ctx.path(Page::Help),
        }
    }

    /// A question as it is asked before anybody answers.
    fn question(
        &self,
        questions: fn(&LessonText) -> &[ShownQuestion],
        at: usize,
        number: usize,
        screen: usize,
    ) -> Option<QuestionPart> {
        let asked =
            Asked { questions, question: at, number, of: number, screen, action: String::new(), next: None };
        quiz_form::part(self.shown, &asked, None)
    }

    /// All tables of the sorting game as one.
    fn sorting(&self, number: usize) -> Option<SortingPart> {
        let table = |table| sorting_form::part(self.shown, number, table, None, |_| String::new());
        let mut game = table(1)?;
        let tables = (2..=game.tables).filter_map(table).collect::<Vec<_>>();
        game.cards.extend(tables.into_iter().flat_map(|table| table.cards));
        Some(game)
    }

    fn remember(&self, binder: &mut Binder<'_, '_>) -> anyhow::Result<()> {
        let shown = self.shown;
        let meta = &shown.lesson.meta;
        let messages = meta.messages.iter().map(|message| shown.meta(&message.text)).collect();
        let mut blocks = vec![BookBlock::Messages { messages }];
        if !meta.help_channels.is_empty() {
            blocks.push(self.help());
        }
        let title = Text::new(escape(&shown.ctx.text("lesson-remember", &[])), None);
        let previous = shown.way(shown.text.screens.len() + 1).previous;
        let page = BookPageView { previous, ..self.page(binder, title, blocks) };
        binder.add(Section::Main, 2, &self.name(Page::Remember), &page)
    }

    fn sources(&self, binder: &mut Binder<'_, '_>) -> anyhow::Result<()> {
        let shown = self.shown;
        let Some(pack) = &shown.text.sources else { return Ok(()) };
        let dossiers = source_text::dossiers(shown);
        let lead = Text::new(escape(&shown.ctx.text("sources-lead", &[])), None);
        let title = Text::new(escape(&shown.ctx.text("sources-title", &[])), None);
        let blocks = vec![BookBlock::Text(lead), BookBlock::Dossiers { dossiers }];
        let page = self.page(binder, title, blocks);
        binder.add(Section::Main, 2, &self.name(Page::Sources), &page)?;
        for card in &pack.cards {
            let body = shown.both(0, |text| Some(&pack_of(text)?.card(card.id.as_str())?.body));
            let page = BookPageView {
                name: Some(format!("form-{}", card.form)),
                ..self.page(
                    binder,
                    source_text::link(shown, card).title,
                    vec![BookBlock::Text(lift_picture(body))],
                )
            };
            let name = self.name(|id| Page::Source(id, card.id.clone()));
            binder.add(Section::Main, 3, &name, &page)?;
        }
        Ok(())
    }

    fn sheet(&self, binder: &mut Binder<'_, '_>, resource: &Resource) -> anyhow::Result<()> {
        let shown = self.shown;
        let blocks = match resource.part {
            Part::Cards => {
                let card = |at: usize| CardView {
                    title: shown.both_plain(|text| text.cards.get(at).map(|card| card.title.as_str())),
                    body: shown.both(0, |text| text.cards.get(at).map(|card| &card.body)),
                };
                vec![BookBlock::CardSheet { cards: (0..shown.text.cards.len()).map(card).collect() }]
            }
            Part::Boosters => self.boosters(),
            Part::Key => vec![BookBlock::Keys { dossiers: source_text::keys(shown) }],
            part => vec![BookBlock::Text(shown.both(0, |text| text.sheets.get(&part)))],
        };
        let page = BookPageView {
            name: Some(cards::name(resource)),
            ..self.page(binder, shown.heading().title, blocks)
        };
        let for_teachers = resource.audience.iter().all(|audience| audience.as_str() == "docente");
        let section = if for_teachers { Section::Teachers } else { Section::Main };
        binder.add(section, 2, &self.name(|id| Page::Sheet(id, resource.part)), &page)
    }

    fn boosters(&self) -> Vec<BookBlock> {
        let shown = self.shown;
        let mut weeks: Vec<(Option<&'static str>, Vec<QuestionPart>)> = Vec::new();
        for (at, question) in shown.text.boosters.iter().enumerate() {
            let week = quiz_form::week(question);
            let part = self.question(|text| &text.boosters, at, at + 1, 0);
            match weeks.last_mut().filter(|(last, _)| *last == week) {
                Some((_, questions)) => questions.extend(part),
                None => weeks.push((week, part.into_iter().collect())),
            }
        }
        let block = |(week, questions)| BookBlock::Boosters {
            week,
            questions,
            answers: shown.path(|id| Page::Result(id, 1)),
        };
        weeks.into_iter().map(block).collect()
    }
}
