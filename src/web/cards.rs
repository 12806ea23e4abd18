//! Resources as they stand in lists.

use crate::{
    domain::{
        lang::Lang,
        lesson::Lesson,
        resource::{Part, Resource},
    },
    web::{frame::Ctx, routes::Page, views::catalog::Card},
};

/// A resource as it stands in a list.
pub(crate) fn card(ctx: &Ctx<'_>, lesson: &Lesson, resource: &Resource) -> Card {
    let meta = &lesson.meta;
    // A lesson whose text is not in this language yet is announced in the language it will be shown in.
    let lang = if resource.langs.contains(&ctx.lang) { ctx.lang } else { Lang::ES };
    let (lang, title) = meta.title.best(lang).map_or((lang, ""), |(lang, title)| (lang, title.as_str()));
    let summary = meta.summary.best(lang).map_or("", |(_, summary)| summary.as_str());
    let id = lesson.id().clone();
    let page = match resource.part {
        Part::Lesson => Page::Lesson(id),
        part => Page::Sheet(id, part),
    };
    Card {
        title: title.to_owned(),
        summary: summary.to_owned(),
        lang: lang.to_string(),
        foreign: lang != ctx.lang,
        kind: resource.kind.to_string(),
        name: name(resource),
        grades: meta.grades.iter().map(ToString::to_string).collect(),
        levels: meta.levels.iter().map(ToString::to_string).collect(),
        minutes: meta.duration,
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
