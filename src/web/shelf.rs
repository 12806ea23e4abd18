//! Everything a page is made from, in one version: content, texts, templates, and the pages already made from them.
//! A reload makes a new shelf and puts it in the place of the old one; requests under way finish with the old.

use std::{path::PathBuf, sync::Arc};

use anyhow::Context as _;
use jiff::civil::Date;

use crate::{
    content::{self, Library},
    domain::{
        finding::{Problem, Severity},
        lang::Lang,
    },
    i18n::{self, Ledger, Messages},
    search::Catalog,
    web::{assets::Assets, cache::PageCache, takehome::Books, templates::Templates},
};

/// The ledger of what native speakers have read, below `locales/`.
const REVIEW: &str = "qu/review.tsv";

/// The full-text index in the data folder. It may be deleted: the next search makes it anew.
const INDEX: &str = "library.db";

/// Where content and texts come from beside the program itself.
#[derive(Debug, Clone, Default)]
pub struct Folders {
    /// A folder of lessons laid over the embedded ones.
    pub content: Option<PathBuf>,
    /// The data folder: its `lessons/` holds the school's own content and help channels, `locales/<tag>` adds languages.
    pub data: Option<PathBuf>,
}

/// One version of everything a page is made from.
pub struct Shelf {
    /// The lessons and what describes them.
    pub library: Library,
    /// The catalogue of the lessons and its search.
    pub catalog: Catalog,
    /// The texts.
    pub messages: Arc<Messages>,
    /// Which Quechua texts a native speaker has read.
    pub ledger: Arc<Ledger>,
    /// The templates.
    pub templates: Templates,
    /// Pages already made.
    pub pages: PageCache,
    /// Books to take home already made.
    pub books: Books,
    /// What is wrong with the content.
    pub problems: Vec<Problem>,
}

impl Shelf {
    /// Reads everything. Mistakes in content and locales are kept as problems; the rest is served.
    ///
    /// # Errors
    /// A template of the program itself is broken.
    pub fn load(folders: &Folders, assets: &Assets, today: Date) -> anyhow::Result<Self> {
        let mut texts = i18n::embedded_pages();
        let mut problems = Vec::new();
        if let Some(data) = &folders.data {
            let (added, found) = i18n::folder(&data.join("locales"));
            texts.extend(added);
            problems.extend(found);
        }
        let (messages, found) = Messages::load(texts);
        problems.extend(found);
        let messages = Arc::new(messages);
        let review = i18n::embedded_text(REVIEW).unwrap_or_default();
        let (ledger, found) = Ledger::parse(REVIEW, &review);
        problems.extend(found);
        let ledger = Arc::new(ledger);
        let mut sources = vec![content::Source::embedded()];
        sources.extend(folders.content.iter().map(content::Source::folder));
        let own = folders.data.as_ref().map(|data| data.join("lessons")).filter(|own| own.is_dir());
        sources.extend(own.map(content::Source::folder));
        let (library, found) = content::load(&sources, today);
        problems.extend(found);
        let catalog = Catalog::new(&library, folders.data.as_ref().map(|data| data.join(INDEX)));
        let templates =
            Templates::load(&messages, &ledger, assets).context("a template of the program is broken")?;
        let errors = problems.iter().filter(|problem| problem.finding.severity == Severity::Error).count();
        if errors > 0 {
            tracing::warn!(errors, "content with mistakes was left out: `amauta check` tells which");
        }
        let (pages, books) = (PageCache::default(), Books::new(folders.data.as_deref()));
        Ok(Self { library, catalog, messages, ledger, templates, pages, books, problems })
    }

    /// Whether texts of this language wait for a native reader. Only Quechua keeps a ledger: Spanish is where texts are
    /// written, and a language that a school adds is the school's.
    pub fn has_drafts(&self, lang: Lang) -> bool {
        let (read, all) = self.ledger.share_reviewed();
        lang == Lang::QU && read < all
    }

    /// Whether the portal speaks this language.
    pub fn speaks(&self, lang: Lang) -> bool {
        self.messages.langs().contains(&lang)
    }
}
