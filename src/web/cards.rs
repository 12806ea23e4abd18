//! Resources as they stand in lists.

use crate::{
    domain::{
        id::Slug,
        lang::{Lang, Localized},
        lesson::Lesson,
        material::Material,
        resource::{Meta, Part, Resource},
    },
    search::{self, Entry},
    web::{
        frame::Ctx,
        routes::Page,
        views::catalog::{Card, Snippet},
    },
};

/// An entry of the catalogue as it stands in a list.
pub(crate) fn of_entry(ctx: &Ctx<'_>, entry: &Entry<'_>) -> Option<Card> {
    match entry {
        Entry::Lesson(resource) => {
            Some(card(ctx, ctx.shelf.library.lesson(resource.lesson.as_str())?, resource))
        }
        Entry::Material(material) => Some(of_material(ctx, material)),
    }
}

/// An entry that a search found, with the words around.
pub(crate) fn found(ctx: &Ctx<'_>, entry: &Entry<'_>, snippet: Option<search::Snippet>) -> Option<Card> {
    let snippet =
        snippet.filter(|snippet| snippet.parts.iter().any(|(_, hit)| *hit)).map(|snippet| Snippet {
            lang: snippet.lang.to_string(),
            href: place(ctx, entry, snippet.place as usize),
            parts: snippet.parts,
        });
    Some(Card { snippet, ..of_entry(ctx, entry)? })
}

/// The page inside a resource that a search found. The index is of these very resources, so nothing is opened to look.
fn place(ctx: &Ctx<'_>, entry: &Entry<'_>, place: usize) -> Option<String> {
    let page = match entry {
        Entry::Lesson(resource) if resource.part == Part::Lesson => {
            Page::Screen(resource.lesson.clone(), place)
        }
        Entry::Material(material) => Page::MaterialPage(material.id().clone(), place, 1),
        Entry::Lesson(_) => return None,
    };
    (place > 0).then(|| ctx.path(page))
}

fn of_material(ctx: &Ctx<'_>, material: &Material) -> Card {
    let meta = &material.meta;
    let own = material.langs().find(|lang| *lang == ctx.lang).or_else(|| material.langs().next());
    let lang = own.unwrap_or(Lang::ES);
    Card {
        kind: meta.kind.to_string(),
        icon: icon(&meta.kind).to_owned(),
        name: format!("kind-{}", meta.kind),
        only: only_in(lang),
        foreign: lang != ctx.lang,
        ..described(ctx, meta, lang, Page::Material(meta.id.clone()))
    }
}

/// The icon of a material: that of its kind, or the one of all that have none.
pub(crate) fn icon(kind: &Slug) -> &'static str {
    const OWN: [&str; 6] =
        ["cuento", "cuestionario", "fichas", "guia-familia", "plan-docente", "sin-conexion"];
    OWN.into_iter().find(|own| *own == kind.as_str()).unwrap_or("recurso")
}

/// The message that says in which language alone a material is.
pub(crate) fn only_in(lang: Lang) -> &'static str {
    match lang {
        Lang::ES => "material-only-in-es",
        Lang::QU => "material-only-in-qu",
        _ => "material-only-in-other",
    }
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
    Card {
        kind: resource.kind.to_string(),
        icon: resource.kind.to_string(),
        name: name(resource),
        ..described(ctx, &lesson.meta, lang, page)
    }
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
        icon: String::new(),
        name: String::new(),
        // A lesson that is not in this language is shown in Spanish.
        only: "lesson-only-in-es",
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
