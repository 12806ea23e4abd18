//! Everything a page is made from, in one version: content, texts, templates, and the pages already made from them.
//! A reload makes a new shelf and puts it in the place of the old one; requests under way finish with the old.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use jiff::civil::Date;

use crate::{
    content::{self, Library, Source, materials},
    digest,
    domain::{
        finding::{Problem, Severity},
        id::Slug,
        lang::Lang,
    },
    i18n::{self, Ledger, Messages},
    packs,
    search::{
        Catalog,
        build::{NoIndex, Progress, of_everything},
    },
    store::{
        library::{LibraryDb, sweep},
        school,
    },
    submissions,
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
    /// The data folder: its `lessons/` holds the school's own content and help channels, `packs/` what was imported,
    /// `locales/<tag>` adds languages.
    pub data: Option<PathBuf>,
}

/// The picture of the portal.
const EMBLEM: &str = "llama.png";

impl Folders {
    /// Where the full-text index is kept.
    pub fn index(&self) -> Option<PathBuf> {
        self.data.as_ref().map(|data| data.join(INDEX))
    }

    /// Where people with an account are kept.
    pub fn accounts(&self) -> Option<PathBuf> {
        self.data.as_ref().map(|data| data.join(school::FILE))
    }

    /// Reads the content: the program's own, over it the packs, over them what teachers made and the school's folders.
    fn read(&self, packs: &[packs::Installed], today: Date, hidden: &BTreeSet<Slug>) -> Read {
        let mut sources = vec![Source::embedded()];
        sources.extend(packs.iter().flat_map(packs::Installed::sources));
        sources.extend(self.content.iter().map(Source::folder));
        let made = self.data.as_ref().map(|data| data.join(submissions::FOLDER)).filter(|made| made.is_dir());
        sources.extend(made.map(Source::guest));
        let own = self.data.as_ref().map(|data| data.join("lessons")).filter(|own| own.is_dir());
        sources.extend(own.map(Source::folder));
        let (library, found) = content::load_telling_whose(&sources, today, hidden);
        let outside = count(found.iter().filter_map(|(outside, it)| outside.then_some(it)));
        let problems = found.into_iter().map(|(_, problem)| problem).collect();
        Read { library, sources, problems, outside }
    }

    /// Errors and warnings of content that came from outside the program. What is wrong with the program's own is its
    /// authors' concern: nobody in a school can mend it.
    pub fn mistakes(&self, today: Date) -> (usize, usize) {
        let (packs, found) = self.data.as_deref().map(packs::installed).unwrap_or_default();
        let (errors, warnings) = self.read(&packs, today, &BTreeSet::new()).outside;
        let (withheld, doubtful) = count(found.iter());
        (errors + withheld, warnings + doubtful)
    }

    /// Takes away what a killed program left of an index half made.
    pub(super) fn sweep(&self) {
        if let Some(index) = self.index() {
            sweep(&index).ok();
        }
    }
}

/// Content as it was read.
struct Read {
    library: Library,
    sources: Vec<Source>,
    problems: Vec<Problem>,
    outside: (usize, usize),
}

/// Errors and warnings.
fn count<'p>(problems: impl Iterator<Item = &'p Problem>) -> (usize, usize) {
    problems.fold((0, 0), |(errors, warnings), problem| match problem.finding.severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
    })
}

/// What is known of the index of the materials.
#[derive(Debug, Default)]
pub struct Indexing {
    /// How far it is, while it is being made.
    pub progress: Arc<Progress>,
    /// One that was just made, which perhaps could not be kept on the disk.
    pub made: Option<Arc<LibraryDb>>,
}

/// One version of everything a page is made from.
pub struct Shelf {
    /// The lessons and what describes them.
    pub library: Library,
    /// Where the content lies.
    pub sources: Vec<Source>,
    /// The catalogue of lessons and materials, and its search.
    pub catalog: Catalog,
    /// How far the index of the materials is, while it is being made.
    progress: Arc<Progress>,
    /// The texts.
    pub messages: Arc<Messages>,
    /// Which Quechua texts a native speaker has read.
    pub ledger: Arc<Ledger>,
    /// Resources that nobody is shown.
    pub hidden: Arc<BTreeSet<Slug>>,
    /// The templates.
    pub templates: Arc<Templates>,
    /// Pages already made.
    pub pages: PageCache,
    /// Books to take home already made.
    pub books: Books,
    /// Where the picture of the portal is, which stands for what has none.
    pub emblem: String,
    /// What is wrong with the content.
    pub problems: Vec<Problem>,
    /// How many of them are errors and warnings of content from outside the program.
    pub mistakes: (usize, usize),
}

impl Shelf {
    /// Reads everything. Mistakes in content and locales are kept as problems; the rest is served.
    ///
    /// # Errors
    /// A template of the program itself is broken.
    pub fn load(
        folders: &Folders,
        assets: &Assets,
        today: Date,
        hidden: Arc<BTreeSet<Slug>>,
        index: Indexing,
    ) -> anyhow::Result<Self> {
        let mut texts = i18n::embedded_pages();
        let mut problems = Vec::new();
        let (packs, found) = folders.data.as_deref().map(packs::installed).unwrap_or_default();
        problems.extend(found);
        for pack in &packs {
            let (added, found) = pack.texts();
            texts.extend(added);
            problems.extend(found);
        }
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
        let Read { library, sources, problems: found, outside } = folders.read(&packs, today, &hidden);
        problems.extend(found);
        let files = signature(&sources, &hidden);
        let catalog = Catalog::new(&library, folders.index(), files, index.made);
        let templates =
            Templates::load(&messages, &ledger, assets).context("a template of the program is broken")?;
        let (errors, _) = count(problems.iter());
        if errors > 0 {
            tracing::warn!(errors, "content with mistakes was left out: `amauta check` tells which");
        }
        let (pages, books) = (PageCache::default(), Books::new(folders.data.as_deref()));
        let progress = index.progress;
        let emblem = assets.addresses().remove(EMBLEM).unwrap_or_default();
        Ok(Self {
            library,
            sources,
            catalog,
            progress,
            messages,
            ledger,
            hidden,
            templates: Arc::new(templates),
            pages,
            books,
            emblem,
            problems,
            mistakes: outside,
        })
    }

    /// The shelf with nothing on it but what lies in a folder, for somebody who wants to see it before others do.
    ///
    /// # Errors
    /// What is searched of it cannot be gathered.
    pub fn of_draft(&self, folder: &Path, today: Date) -> Result<Self, NoIndex> {
        let sources = vec![Source::folder(folder)];
        let (library, problems) = content::load(&sources, today);
        let files = materials::signature(&sources);
        let (hidden, progress) = (Arc::default(), Arc::new(Progress::default()));
        let made = if files.is_empty() {
            None
        } else {
            of_everything(&library, &sources, &files, &hidden, None, &progress)?
        };
        let catalog = Catalog::new(&library, None, files, made.map(Arc::new));
        Ok(Self {
            library,
            sources,
            catalog,
            progress,
            messages: Arc::clone(&self.messages),
            ledger: Arc::clone(&self.ledger),
            hidden,
            templates: Arc::clone(&self.templates),
            pages: PageCache::default(),
            books: Books::new(None),
            emblem: self.emblem.clone(),
            problems,
            mistakes: (0, 0),
        })
    }

    /// Whether texts of this language wait for a native reader. Only Quechua keeps a ledger: Spanish is where texts are
    /// written, and a language that a school adds is the school's.
    pub fn has_drafts(&self, lang: Lang) -> bool {
        let (read, all) = self.ledger.share_reviewed();
        lang == Lang::QU && read < all
    }

    /// How many materials are indexed, and how many there are, while they are being indexed.
    pub fn indexed(&self) -> Option<(usize, usize)> {
        self.catalog.is_waiting().then(|| self.progress.get())
    }

    /// Whether the portal speaks this language.
    pub fn speaks(&self, lang: Lang) -> bool {
        self.messages.langs().contains(&lang)
    }
}

/// What distinguishes the materials that are shown from those of another day; empty when there are none.
fn signature(sources: &[Source], hidden: &BTreeSet<Slug>) -> String {
    let files = materials::signature(sources);
    if files.is_empty() || hidden.is_empty() {
        return files;
    }
    let names = hidden.iter().map(Slug::as_str).collect::<Vec<_>>().join(" ");
    digest::short_hash(format!("{files} {names}").as_bytes())
}
