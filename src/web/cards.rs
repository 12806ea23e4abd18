//! Resources as they stand in lists.

use crate::{
    domain::{
        lang::{Lang, Localized},
        lesson::Lesson,
        resource::{Meta, Part, Resource},
    },
    search,
    web::{
        frame::Ctx,
        routes::Page,
        views::catalog::{Card, Snippet},
    },
};

/// A resource that a search found, with the words around.
pub(crate) fn found(
    ctx: &Ctx<'_>,
    lesson: &Lesson,
    resource: &Resource,
    snippet: Option<search::Snippet>,
) -> Card {
    let snippet =
        snippet.filter(|snippet| snippet.parts.iter().any(|(_, hit)| *hit)).map(|snippet| Snippet {
            lang: snippet.lang.to_string(),
            href: place(ctx, resource, snippet.place as usize),
            parts: snippet.parts,
        });
    Card { snippet, ..card(ctx, lesson, resource) }
}

/// The screen of a lesson that a search found. The index is of these very lessons, so nothing is opened to look.
fn place(ctx: &Ctx<'_>, resource: &Resource, place: usize) -> Option<String> {
    let is_screen = resource.part == Part::Lesson && place > 0;
    is_screen.then(|| ctx.path(Page::Screen(resource.lesson.clone(), place)))
}

/// A resource of a lesson as it stands in a list.
pub(crate) fn card(ctx: &Ctx<'_>, lesson: &Lesson, resource: &Resource) -> Card {
    // A lesson whose text is not in this language yet is announced in the language it will be shown in.
    let lang = if resource.langs.contains(&ctx.lang) { ctx.lang } else { Lang::ES };
    let id = lesson.id().clone();
    let page = match resource.part {
        Part::Lesson => Page::Lesson(id),
        part => Page::Sheet(id, part),
    };
    Card { kind: resource.kind.to_string(), name: name(resource), ..described(ctx, &lesson.meta, lang, page) }
}

fn described(ctx: &Ctx<'_>, meta: &Meta, lang: Lang, page: Page) -> Card {
    let best = |text: &Localized<String>, lang| {
        text.best(lang).map_or((lang, String::new()), |(lang, text)| (lang, text.clone()))
    };
    let (lang, title) = best(&meta.title, lang);
    let (_, summary) = best(&meta.summary, lang);
    Card {
        title,
        summary,
        lang: lang.to_string(),
        foreign: lang != ctx.lang,
        kind: String::new(),
        name: String::new(),
        grades: meta.grades.iter().map(ToString::to_string).collect(),
        levels: meta.levels.iter().map(ToString::to_string).collect(),
        minutes: meta.duration,
        snippet: None,
        href: ctx.path(page),
    }
}

/// The Fluent message that says what a resource is: its kind, but for the two forms of a test, which are of one kind.
pub(crate) fn name(resource: &Resource) -> String {
    match resource.part {
        Part::FormA => "sheet-form-a".to_owned(),
        Part::FormB => "sheet-form-b".to_owned(),
        _ => format!("kind-{}", resource.kind),
    }
}
