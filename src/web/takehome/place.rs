//! Where the pages of a book stand, and how they lead to each other: by relative links alone. Each language has a folder,
//! the pictures have one together.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use crate::{
    domain::{id::Slug, lang::Lang, lesson::Lesson, resource::Part, story::Story},
    web::{
        place::{ON_SERVER, Place},
        routes::Page,
    },
};

/// Style sheet of all pages, seen from the book's root.
pub(super) const STYLE: &str = "libro.css";
/// From the folder of a language to the root.
pub(super) const ROOT: &str = "../";
/// The page before the answers of the lessons; no page of the server is like it.
pub(super) const ALL_ANSWERS: &str = "respuestas";

/// A picture that a page shows.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) lesson: Slug,
    /// Name in the lesson's `media/`.
    pub(super) name: String,
    pub(super) media_type: &'static str,
}

/// The pictures that pages show, by their path from the book's root. One that several lessons have is there once.
#[derive(Debug, Default)]
pub(super) struct Pictures(BTreeMap<String, Picture>);

impl Pictures {
    /// The path of a picture, which from now on is part of the book; `None` for what is no picture.
    pub(super) fn path(&mut self, lesson: &Lesson, name: &str) -> Option<String> {
        let media = lesson.media.get(name)?;
        let ending = match media.media_type {
            "image/png" => "png",
            "image/jpeg" => "jpg",
            "image/gif" => "gif",
            _ => return None,
        };
        let path = format!("img/{}.{ending}", media.hash);
        let picture =
            || Picture { lesson: lesson.id().clone(), name: name.to_owned(), media_type: media.media_type };
        self.0.entry(path.clone()).or_insert_with(picture);
        Some(path)
    }

    /// All of them, in the order of their paths.
    pub(super) fn used(&self) -> impl Iterator<Item = (&str, &Picture)> {
        self.0.iter().map(|(path, picture)| (path.as_str(), picture))
    }
}

/// A book's folder of a language.
#[derive(Debug)]
pub(super) struct InBook<'a> {
    lang: Lang,
    /// What ends the names of pages.
    ending: &'static str,
    /// The lessons of the folder.
    lessons: &'a BTreeSet<Slug>,
    /// Where the story of the lesson at hand begins: on the screen itself.
    start: Option<&'a Slug>,
    pictures: Mutex<Pictures>,
}

impl<'a> InBook<'a> {
    pub(super) fn new(
        lang: Lang,
        ending: &'static str,
        lessons: &'a BTreeSet<Slug>,
        story: Option<&'a Story>,
        pictures: Pictures,
    ) -> Self {
        let start = story.and_then(|story| story.passages.get(story.start)).map(|passage| &passage.slug);
        Self { lang, ending, lessons, start, pictures: Mutex::new(pictures) }
    }

    pub(super) fn into_pictures(self) -> Pictures {
        self.pictures.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page of the book that shows what `page` shows; `None` when it has none.
    fn shown_on(&self, page: Page) -> Option<Page> {
        let (lesson, page) = match page {
            Page::Home | Page::Help | Page::Teachers => return Some(page),
            Page::Question(id, screen, _) | Page::Sorting(id, screen, _) => {
                (id.clone(), Page::Screen(id, screen))
            }
            Page::Passage(id, screen, passage) if self.start == Some(&passage) => {
                (id.clone(), Page::Screen(id, screen))
            }
            Page::CardSheet(id, _) => (id.clone(), Page::Sheet(id, Part::Cards)),
            Page::Booster(id, _) => (id.clone(), Page::Sheet(id, Part::Boosters)),
            Page::Lesson(ref id)
            | Page::Sheet(ref id, _)
            | Page::Screen(ref id, _)
            | Page::Passage(ref id, ..)
            | Page::Remember(ref id)
            | Page::Sources(ref id)
            | Page::Source(ref id, _)
            | Page::Result(ref id, _) => (id.clone(), page),
            _ => return None,
        };
        self.lessons.contains(&lesson).then_some(page)
    }
}

impl Place for InBook<'_> {
    fn page(&self, lang: Lang, page: Page) -> String {
        let Some(page) = self.shown_on(page) else { return String::new() };
        let file = format!("{}{}", name(&page), self.ending);
        if lang == self.lang { file } else { format!("{ROOT}{lang}/{file}") }
    }

    fn media(&self, lesson: &Lesson, name: &str) -> String {
        let mut pictures = self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        let path = pictures.path(lesson, name);
        path.map(|path| format!("{ROOT}{path}")).unwrap_or_default()
    }
}

/// The name of a page's file in the folder of its language, without ending: what follows the language in its address on
/// the server.
pub(super) fn name(page: &Page) -> String {
    match page {
        Page::Home => "index".to_owned(),
        // A lesson may be called like a page; no lesson has a screen 0.
        Page::Lesson(id) => format!("{id}_0"),
        Page::Result(id, _) => format!("{id}_respuestas"),
        page => {
            let address = ON_SERVER.page(Lang::ES, page.clone());
            let names = address.split('/').skip(2).collect::<Vec<_>>();
            // Of a lesson's page the lesson's name comes first.
            names.get(usize::from(names.len() > 1)..).unwrap_or_default().join("_")
        }
    }
}
