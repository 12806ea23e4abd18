//! What of the lessons is searched: the passages of each resource of the library, one for each screen, activity, card and
//! sheet. Which answers are right is not among the words.

use crate::{
    content::Library,
    domain::{
        fragment::Fragment,
        id::Slug,
        lang::Lang,
        lesson::{Block, Lesson, LessonText, Screen},
        quiz::{Question, QuestionKind, ShownQuestion},
        resource::{Meta, Part, Resource},
        story::Story,
    },
    store::library::Passage,
};

/// Gives the passages of every resource of the library, in order; a passage's `entry` is the resource's index, its `place`
/// the screen (from 1) or, in parts of lessons, the card or question (from 1; 0 for a sheet). Texts that were not open
/// are let go again. Stops at the first error.
pub fn lesson_passages<E>(
    library: &Library,
    mut give: impl FnMut(&Passage<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let resources = || (0u32..).zip(library.resources());
    for lesson in library.lessons() {
        let own: Vec<_> = resources().filter(|(_, resource)| resource.lesson == *lesson.id()).collect();
        lesson.texts.look(|texts| {
            for (entry, resource) in &own {
                for (lang, text) in texts {
                    for passage in pieces(lesson, resource, *lang, text) {
                        give(&Passage {
                            entry: *entry,
                            place: passage.place,
                            lang: *lang,
                            title: &passage.title,
                            head: &passage.head,
                            text: &passage.text,
                        })?;
                    }
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// A passage with words of its own.
struct Piece {
    place: u32,
    title: String,
    head: String,
    text: String,
}

/// The pieces of a resource in one language.
fn pieces(lesson: &Lesson, resource: &Resource, lang: Lang, text: &LessonText) -> Vec<Piece> {
    let texts = match resource.part {
        Part::Lesson => screens(text),
        Part::Cards => numbered(text.cards.iter().map(|card| said([&*card.title, &card.body.plain()]))),
        Part::Boosters => numbered(text.boosters.iter().map(question)),
        Part::Plan | Part::Family | Part::Unplugged | Part::FormA | Part::FormB | Part::Tally => {
            text.sheets.get(&resource.part).map(|sheet| (0, sheet.plain())).into_iter().collect()
        }
        // What is true of the cards answers what pupils are asked.
        Part::Key => Vec::new(),
    };
    let title = lesson.meta.title.get(lang).cloned().unwrap_or_default();
    let piece = |(at, (place, text)): (usize, (u32, String))| {
        let head = if at == 0 { head(lesson, resource, lang) } else { String::new() };
        Piece { place, title: title.clone(), head, text }
    };
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    texts.enumerate().map(piece).collect()
}

/// What is said of the resource beside its title: of a lesson all, of its parts the key words.
fn head(lesson: &Lesson, resource: &Resource, lang: Lang) -> String {
    let meta = &lesson.meta;
    let keywords = meta.keywords.get(lang).into_iter().flatten().map(String::as_str);
    if resource.part != Part::Lesson {
        return said(keywords);
    }
    let summary = meta.summary.get(lang).map(String::as_str);
    let objectives = meta.objectives.get(lang).into_iter().flatten().map(String::as_str);
    let messages = meta.messages.iter().filter_map(|message| message.text.get(lang)).map(String::as_str);
    said(summary.into_iter().chain(keywords).chain(objectives).chain(messages).chain(kinds(meta, lang)))
}

/// Its kind and areas, whose terms are Spanish words: `cuento`, `plan-docente`, `matematica`.
pub(super) fn kinds(meta: &Meta, lang: Lang) -> impl Iterator<Item = &str> {
    let terms = std::iter::once(&meta.kind).chain(&meta.areas).filter(move |_| lang == Lang::ES);
    terms.map(Slug::as_str)
}

/// The screens of a lesson, and each activity at the screen it is on.
fn screens(text: &LessonText) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for (place, screen) in (1u32..).zip(&text.screens) {
        found.push((place, screen_text(screen)));
        for block in &screen.blocks {
            let activity = match block {
                Block::Story => text.story.as_ref().map(story),
                Block::Quiz { from, to } => {
                    let chosen =
                        text.quiz.iter().skip(from.saturating_sub(1)).take((to + 1).saturating_sub(*from));
                    Some(lines(chosen.map(question)))
                }
                Block::Sort => text.sort.as_ref().map(|sort| {
                    let boxes = sort.boxes.iter().map(|sort_box| sort_box.label.plain());
                    lines(boxes.chain(sort.cards.iter().map(|card| card.face.plain())))
                }),
                Block::Text(_) | Block::Cards | Block::Help | Block::Report => None,
            };
            found.extend(activity.map(|activity| (place, activity)));
        }
    }
    // Cards of sources are opened from the lesson; they stand with its first screen.
    if let Some(sources) = &text.sources {
        let cards = sources.cards.iter().map(|card| (1, said([&*card.title, &card.body.plain()])));
        found.extend(cards);
    }
    found
}

fn screen_text(screen: &Screen) -> String {
    let texts = screen.blocks.iter().filter_map(|block| match block {
        Block::Text(text) => Some(text.plain()),
        _ => None,
    });
    lines(std::iter::once(screen.title.clone()).chain(texts))
}

fn story(story: &Story) -> String {
    let passages = story.passages.iter().flat_map(|passage| {
        std::iter::once(passage.body.plain()).chain(passage.choices.iter().map(|choice| choice.label.plain()))
    });
    lines(story.title.clone().into_iter().chain(passages))
}

/// A question and what can be chosen; not what is right, nor what is said afterwards.
fn question(question: &ShownQuestion) -> String {
    let Question { stem, tail, kind, .. } = question;
    let mut texts = vec![stem.plain()];
    texts.extend(tail.iter().map(Fragment::plain));
    match kind {
        QuestionKind::SingleChoice(choices) | QuestionKind::MultipleChoice(choices) => {
            texts.extend(choices.iter().map(|choice| choice.text.plain()));
        }
        QuestionKind::Matching(pairs) => texts.extend(pairs.iter().map(|pair| pair.left.plain())),
        QuestionKind::Description
        | QuestionKind::Essay
        | QuestionKind::TrueFalse { .. }
        | QuestionKind::ShortAnswer(_)
        | QuestionKind::Numerical(_) => {}
    }
    lines(texts)
}

fn numbered(texts: impl Iterator<Item = String>) -> Vec<(u32, String)> {
    (1u32..).zip(texts).collect()
}

/// Texts that follow each other as sentences do.
fn said<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    lines(texts.into_iter().map(str::to_owned))
}

/// One text a line, empty ones left out.
fn lines(texts: impl IntoIterator<Item = String>) -> String {
    let mut out = String::new();
    for text in texts.into_iter().filter(|text| !text.trim().is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(text.trim());
    }
    out
}
