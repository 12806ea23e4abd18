//! What a page is made with: one version of the content, the language, the page asked for, the place it will stand at.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    domain::{id::Slug, lang::Lang, resource::TranslationState},
    i18n::Value,
    web::{
        App,
        catalog_query::{self, Query},
        error::Error,
        place::{ON_SERVER, Place},
        routes::{Account, Format, Page, Route},
        shelf::Shelf,
        views::{
            View,
            frame::{Frame, LangLink, Link, Menu, Section},
        },
    },
};

/// What a page is made with.
pub(crate) struct Ctx<'a> {
    /// Name of the school; may be empty.
    school: Arc<str>,
    /// The content and texts of this request.
    pub(crate) shelf: &'a Arc<Shelf>,
    /// Language of the page.
    pub(crate) lang: Lang,
    /// Where the page's twins in other languages are.
    twin: Page,
    /// What follows `?` in the addresses of the twins.
    twin_query: String,
    /// Today.
    pub(crate) today: Date,
    /// Where the page will stand.
    pub(crate) place: &'a dyn Place,
}

impl<'a> Ctx<'a> {
    pub(crate) fn new(app: &'a App, shelf: &'a Arc<Shelf>, lang: Lang, page: &Page) -> Self {
        // A result belongs to answers that do not travel to another language: its twin is the screen.
        let twin = match page {
            Page::Result(lesson, screen) => Page::Screen(lesson.clone(), *screen),
            page => page.clone(),
        };
        let school = app.choices().school_name;
        let today = app.clock.today();
        Self { school, shelf, lang, twin, twin_query: String::new(), today, place: &ON_SERVER }
    }

    /// For a page that stands elsewhere than on the server.
    pub(crate) fn elsewhere(shelf: &'a Arc<Shelf>, lang: Lang, today: Date, place: &'a dyn Place) -> Self {
        Self { school: "".into(), shelf, lang, twin: Page::Home, twin_query: String::new(), today, place }
    }

    /// The same, with a draft on the shelf and addresses below the draft's own.
    pub(crate) fn of_draft<'b>(&'b self, shelf: &'b Arc<Shelf>, place: &'b dyn Place) -> Ctx<'b> {
        Ctx {
            school: Arc::clone(&self.school),
            shelf,
            lang: self.lang,
            twin: self.twin.clone(),
            twin_query: String::new(),
            today: self.today,
            place,
        }
    }

    /// The same, where a query is part of the page.
    pub(crate) fn with_query(&self, query: &str) -> Self {
        Self {
            school: Arc::clone(&self.school),
            shelf: self.shelf,
            lang: self.lang,
            twin: self.twin.clone(),
            twin_query: query.to_owned(),
            today: self.today,
            place: self.place,
        }
    }

    /// The address of a page in this language.
    pub(crate) fn path(&self, page: Page) -> String {
        self.place.page(self.lang, page)
    }

    /// A text in this language.
    pub(crate) fn text(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        self.shelf.messages.text(self.lang, id, args).into_owned()
    }

    /// The files that a lesson or collection of this name is taken home as.
    pub(crate) fn take_home(&self, id: &Slug) -> Vec<Link> {
        let link = |format: Format| {
            let label = format!("takehome-{}", format.ending().trim_start_matches('.'));
            Link { href: Route::Download { id: id.clone(), format }.path(), label: self.text(&label, &[]) }
        };
        Format::TAKE_HOME.into_iter().map(link).collect()
    }

    /// What stands around the page.
    pub(crate) fn frame(&self, section: Section) -> Frame {
        let question = if self.twin_query.is_empty() { "" } else { "?" };
        let twin = |lang: Lang| {
            format!("{}{question}{}", Route::Page(lang, self.twin.clone()).path(), self.twin_query)
        };
        Frame {
            lang: self.lang.to_string(),
            school: self.school.to_string(),
            menu: Menu {
                home: self.path(Page::Home),
                catalog: self.path(Page::Catalog),
                teachers: self.path(Page::Teachers),
                families: self.path(Page::Families),
                glossary: self.path(Page::Glossary),
                help: self.path(Page::Help),
                about: self.path(Page::About),
                sign_in: self.path(Page::Account(Account::SignIn)),
            },
            section,
            langs: self.langs(twin),
            draft: self.shelf.has_drafts(self.lang),
            opensearch: catalog_query::in_lang(self, &Route::OpenSearch, &Query::default()),
        }
    }

    /// Links to each language.
    pub(crate) fn langs(&self, href: impl Fn(Lang) -> String) -> Vec<LangLink> {
        let langs = self.shelf.messages.langs();
        let link = |lang: Lang| LangLink {
            tag: lang.to_string(),
            name: self.shelf.messages.display_name(lang).into_owned(),
            href: href(lang),
            current: lang == self.lang,
        };
        langs.into_iter().map(link).collect()
    }

    /// Makes the page of a view.
    pub(crate) fn render<V: View>(&self, view: &V) -> Result<String, Error> {
        Ok(self.shelf.templates.render(view)?)
    }
}

/// Whether texts in this state are shown with the Spanish beneath.
pub(crate) fn unread(state: Option<TranslationState>) -> bool {
    state.is_none_or(|state| state == TranslationState::Draft)
}
