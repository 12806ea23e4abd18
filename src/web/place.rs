//! Where a page stands: on the server, or in a book that is taken home. It decides how other pages and pictures are
//! reached from there.

use crate::{
    domain::{lang::Lang, lesson::Lesson},
    web::routes::{Page, Route},
};

/// A place where pages stand.
pub(crate) trait Place: Sync {
    /// The address of a page; empty when it cannot be reached from here.
    fn page(&self, lang: Lang, page: Page) -> String;

    /// The address of a file of a lesson, by its name in `media/`; empty when it cannot be reached from here.
    fn media(&self, lesson: &Lesson, name: &str) -> String;
}

/// The server.
#[derive(Debug)]
pub(crate) struct OnServer;

/// The server, for pages that are shown by it.
pub(crate) static ON_SERVER: OnServer = OnServer;

impl Place for OnServer {
    fn page(&self, lang: Lang, page: Page) -> String {
        Route::Page(lang, page).path()
    }

    fn media(&self, lesson: &Lesson, name: &str) -> String {
        let hash = lesson.media.get(name).map(|media| media.hash.clone()).unwrap_or_default();
        Route::Media { lesson: lesson.id().clone(), hash, name: name.to_owned() }.path()
    }
}
