//! The portal: the only room that knows HTTP and templates.
//!
//! [`App::handle`] is the way of every request, top to bottom. It needs no socket; `server` gives it one.

pub mod assets;
pub mod body;
pub mod cache;
mod cards;
mod catalog_list;
mod catalog_query;
mod cookies;
pub mod error;
mod feed_entry;
pub mod file;
pub mod form;
mod frame;
mod guard;
mod handlers;
mod help_channels;
mod lesson_text;
mod place;
mod quiz_form;
pub mod reply;
pub mod routes;
pub mod server;
pub mod shelf;
mod sorting_form;
mod source_text;
mod story_text;
pub mod takehome;
mod templates;
pub mod views;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header, request::Parts};
use http_body::Body as HttpBody;

use crate::{
    auth::Accounts,
    clock::Clock,
    domain::lang::Lang,
    formats::opds::OPENSEARCH,
    i18n::negotiate,
    metrics::Metrics,
    search::{
        Filter, Search,
        build::{Progress, of_everything},
    },
    store::library::LibraryDb,
    web::{
        assets::Assets,
        body::Body,
        cache::CachedPage,
        error::Error,
        form::Form,
        frame::Ctx,
        routes::{Access, Feed, Format, Opds, Page, Route},
        server::{Incoming, Limits, Operations, Peer, RouteName, Service},
        shelf::{Folders, Indexing, Shelf},
    },
};

/// Longest address answered, in bytes, path and query.
pub const MAX_ADDRESS: usize = 8 * 1024;

/// What browsers get that ask for `/favicon.ico` unbidden.
const FAVICON: &str = "favicon.png";

/// What the portal itself can be told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the school, shown on every page; may be empty.
    pub school_name: String,
    /// Language of pages whose address names none.
    pub default_lang: Lang,
    /// Who may read `/healthz`, `/metrics` and the status page.
    pub operations: Operations,
    /// What forms may take.
    pub limits: Limits,
    /// Where content and texts come from beside the program itself.
    pub folders: Folders,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            school_name: String::new(),
            default_lang: Lang::ES,
            operations: Operations::Loopback,
            limits: Limits::default(),
            folders: Folders::default(),
        }
    }
}

/// The portal with all its parts.
pub struct App {
    settings: Settings,
    assets: Assets,
    shelf: RwLock<Arc<Shelf>>,
    clock: Clock,
    metrics: Arc<Metrics>,
    /// How far the index of the materials is.
    progress: Arc<Progress>,
    /// Held while it is made.
    indexing: Mutex<()>,
    /// Who holds it makes a book to take home.
    one_book: Arc<tokio::sync::Mutex<()>>,
    /// People with an account; `None` where there is no data folder or their file cannot be opened.
    accounts: Option<Arc<Accounts>>,
    /// Where records lie that were found damaged.
    hurt: Option<PathBuf>,
    /// Pages of refusals that happen before a request can be read, by status.
    refusals: RwLock<BTreeMap<u16, Bytes>>,
}

impl App {
    /// Reads content, texts and templates.
    ///
    /// # Errors
    /// A template of the program itself is broken.
    pub fn new(settings: Settings, clock: Clock, metrics: Arc<Metrics>) -> anyhow::Result<Self> {
        let assets = Assets::load();
        settings.folders.sweep();
        let progress = Arc::new(Progress::default());
        let index = Indexing { progress: Arc::clone(&progress), made: None };
        let shelf = Arc::new(Shelf::load(&settings.folders, &assets, clock.today(), index)?);
        let opened = settings.folders.accounts().map(|path| Accounts::open_sound(&path, clock.clone()));
        let (accounts, hurt) = match opened.transpose() {
            Ok(accounts) => (accounts.map(Arc::new), None),
            Err((error, hurt)) => {
                tracing::error!(%error, file = ?hurt, "nobody can sign in; lessons are served all the same");
                (None, hurt)
            }
        };
        let app = Self {
            settings,
            accounts,
            hurt,
            assets,
            shelf: RwLock::new(Arc::clone(&shelf)),
            clock,
            metrics,
            progress,
            indexing: Mutex::default(),
            one_book: Arc::default(),
            refusals: RwLock::default(),
        };
        app.put_up(shelf)?;
        Ok(app)
    }

    /// Reads content and texts anew; when that fails, the old ones stay.
    ///
    /// # Errors
    /// A template of the program itself is broken.
    pub fn reload(&self) -> anyhow::Result<()> {
        self.load(None)
    }

    fn load(&self, made: Option<Arc<LibraryDb>>) -> anyhow::Result<()> {
        let index = Indexing { progress: Arc::clone(&self.progress), made };
        let today = self.clock.today();
        self.put_up(Arc::new(Shelf::load(&self.settings.folders, &self.assets, today, index)?))
    }

    /// Makes the index anew after it turned out to be damaged.
    fn mend_index(&self) {
        tracing::warn!("the index is damaged and is made anew");
        match self.reload() {
            Ok(()) => self.index_materials(),
            Err(error) => tracing::error!(error = format!("{error:#}"), "the index cannot be made anew"),
        }
    }

    /// Makes the index of the materials when it is missing, stale or damaged, and shows them. The lessons are served
    /// meanwhile. Takes as long as there is to read: call it where nothing waits for it. What fails goes to the log.
    pub fn index_materials(&self) {
        let _one_at_a_time = self.indexing.lock().unwrap_or_else(PoisonError::into_inner);
        // Files that change while they are read make the index stale once more; twice in a row is left for the next start.
        for _ in 0..2 {
            let shelf = self.shelf();
            if !shelf.catalog.is_waiting() {
                return;
            }
            if let Err(error) = self.index(&shelf) {
                tracing::error!(error = format!("{error:#}"), "the materials cannot be indexed");
                return;
            }
        }
    }

    fn index(&self, shelf: &Shelf) -> anyhow::Result<()> {
        let started = self.clock.instant();
        let (library, sources, files) = (&shelf.library, &shelf.sources, shelf.catalog.files());
        let make = |place: Option<&Path>| of_everything(library, sources, files, place, &self.progress);
        let place = self.settings.folders.index();
        let made = make(place.as_deref()).or_else(|error| {
            tracing::error!(%error, "the index cannot be kept; it is made in memory");
            make(None)
        })?;
        let Some(made) = made else { return Ok(()) };
        let seconds = self.clock.instant().saturating_duration_since(started).as_secs();
        tracing::info!(seconds, "the materials are indexed");
        self.load(Some(Arc::new(made)))
    }

    /// Ends the making of an index, if one is being made: the program is about to end.
    pub fn stop_indexing(&self) {
        self.progress.stop();
    }

    /// Shows this version from now on.
    fn put_up(&self, shelf: Arc<Shelf>) -> anyhow::Result<()> {
        let refusals = handlers::plain::refusals(self, &shelf)?;
        *self.refusals.write().unwrap_or_else(PoisonError::into_inner) = refusals;
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = shelf;
        Ok(())
    }

    /// The present version of content and texts.
    pub fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.shelf.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// People with an account, where there are any.
    pub fn accounts(&self) -> Option<Arc<Accounts>> {
        self.accounts.clone()
    }

    /// Where records lie that were found damaged; without them nobody can sign in.
    pub fn hurt_records(&self) -> Option<&Path> {
        self.hurt.as_deref()
    }

    /// Answers one request.
    pub async fn handle<B>(&self, request: Request<B>, peer: Peer) -> Response<Body>
    where
        B: HttpBody<Data = Bytes>,
    {
        let shelf = self.shelf();
        let (parts, body) = request.into_parts();
        let route = Route::parse(parts.uri.path());
        let name = route.as_ref().map_or("unknown", Route::name);
        let mut reply = match self.answer(&shelf, &parts, route.map_err(Error::from), body, peer).await {
            Ok(reply) => reply,
            Err(error) => self.refuse(&shelf, parts.uri.path(), &error, name),
        };
        reply::seal(reply.headers_mut());
        reply.extensions_mut().insert(RouteName(name));
        if parts.method == Method::HEAD {
            *reply.body_mut() = Body::Empty;
        }
        reply
    }

    /// The way of a request: limits, route, language, operations, files, page cache, form, handler.
    async fn answer<B>(
        &self,
        shelf: &Arc<Shelf>,
        parts: &Parts,
        route: Result<Route, Error>,
        body: B,
        peer: Peer,
    ) -> Result<Response<Body>, Error>
    where
        B: HttpBody<Data = Bytes>,
    {
        if parts.uri.path_and_query().is_some_and(|uri| uri.as_str().len() > MAX_ADDRESS) {
            return Err(Error::LongAddress);
        }
        let route = route?;
        if !route.methods().contains(&parts.method) {
            return Err(Error::Method(route.methods()));
        }
        if let Route::Page(lang, _) = route
            && !shelf.speaks(lang)
        {
            return Err(Error::NotFound);
        }
        let query = parts.uri.query().unwrap_or_default();
        let path = route.path();
        if path != parts.uri.path() {
            let question = if query.is_empty() { "" } else { "?" };
            return Ok(reply::see_other(&format!("{path}{question}{query}")));
        }
        if route.access() == Access::Operations {
            Box::pin(guard::operations(self, peer, &parts.headers)).await?;
        }
        match &route {
            Route::Root => Ok(self.root(shelf, &parts.headers)?),
            Route::Favicon | Route::Robots | Route::Health | Route::Metrics => self.operation(&route, parts),
            Route::Asset { hash, name } => self.asset(name, hash, parts),
            Route::Media { lesson, hash, name } => handlers::media::serve(shelf, lesson, hash, name, parts),
            Route::File { id, tag, name } => handlers::material::file(shelf, id, tag, name, parts),
            Route::Inside { id, tag, path } => {
                let (shelf, of) = (Arc::clone(shelf), (id.clone(), tag.clone(), path.clone()));
                let open = move || handlers::material::inside(&shelf, &of.0, &of.1, &of.2);
                let (bytes, media_type) = aside(open).await?;
                Ok(handlers::material::picture(bytes, media_type, tag, parts))
            }
            Route::Download { id, format } if Format::TAKE_HOME.contains(format) => {
                let today = self.clock.today();
                handlers::download::take_home(shelf, &self.one_book, id, *format, today, parts).await
            }
            Route::Download { id, format } => handlers::download::describe(shelf, id, *format, parts),
            Route::Feed(version, feed) => self.feed(shelf, *version, feed, parts).await,
            Route::OpenSearch => {
                let (lang, named) = handlers::opds::language(self, shelf, query, &parts.headers);
                let ctx = Ctx::new(self, shelf, lang, &Page::Catalog);
                let text = handlers::opds::description(&ctx, &parts.headers);
                let reply = reply::page(&Arc::new(CachedPage::of(text, OPENSEARCH)), &parts.headers);
                Ok(if named { reply } else { reply::by_language(reply) })
            }
            Route::Page(lang, page) => {
                let ctx = Ctx::new(self, shelf, *lang, page);
                let form = match parts.method {
                    Method::POST => Some(self.read_form(&parts.headers, body).await?),
                    _ => None,
                };
                if let Page::Account(account) = page {
                    let answer = handlers::account::answer(self, &ctx, *account, parts, form, peer);
                    // Aside, so that every other request is not as large as this one.
                    return Box::pin(answer).await;
                }
                if let Some(form) = form {
                    let html = handlers::answer(&ctx, page, &form)?;
                    return Ok(reply::own_page(StatusCode::OK, html));
                }
                if *page == Page::Catalog
                    && let Some((words, filter)) = handlers::catalog::wanted(&ctx, query)
                {
                    let query = handlers::catalog::canonical(query);
                    let search = search(shelf, words, *lang, filter).await?;
                    let html = handlers::catalog::list(&ctx, &query, Some(search))?;
                    return Ok(reply::own_page(StatusCode::OK, html));
                }
                if matches!(page, Page::Material(_) | Page::MaterialPage(..)) {
                    return self.material(&ctx, page, path, &parts.headers).await;
                }
                self.page(&ctx, page, path, query, &parts.headers)
            }
        }
    }

    /// A page that depends on nothing but its address: from the cache, or made and put there.
    fn page(
        &self,
        ctx: &Ctx<'_>,
        page: &Page,
        path: String,
        query: &str,
        headers: &HeaderMap,
    ) -> Result<Response<Body>, Error> {
        if *page == Page::Status {
            return Ok(reply::own_page(StatusCode::OK, handlers::status::page(self, ctx)?));
        }
        if *page == Page::Catalog && ctx.shelf.indexed().is_some() {
            // How far the index is changes from one moment to the next.
            let query = handlers::catalog::canonical(query);
            return Ok(reply::own_page(StatusCode::OK, handlers::show(ctx, page, &query)?));
        }
        if let Page::Result(lesson, screen) = page {
            let screen = Route::Page(ctx.lang, Page::Screen(lesson.clone(), *screen));
            return Ok(reply::see_other(&screen.path()));
        }
        // Only the catalogue has a query; in its canonical form it is part of the page's name.
        let query = if *page == Page::Catalog { handlers::catalog::canonical(query) } else { String::new() };
        let key = if query.is_empty() { path } else { format!("{path}?{query}") };
        self.cached(ctx, key, headers, &|| Ok(CachedPage::new(handlers::show(ctx, page, &query)?)))
    }

    /// A feed of the catalogue; like its pages, from the cache when nothing is searched.
    async fn feed(
        &self,
        shelf: &Arc<Shelf>,
        version: Opds,
        feed: &Feed,
        parts: &Parts,
    ) -> Result<Response<Body>, Error> {
        let query = parts.uri.query().unwrap_or_default();
        let (lang, named) = handlers::opds::language(self, shelf, query, &parts.headers);
        let ctx = Ctx::new(self, shelf, lang, &Page::Catalog);
        let asked = handlers::opds::Asked::read(self, &ctx, version, feed, query);
        let reply = match asked.wanted() {
            None => self.cached(&ctx, asked.address(), &parts.headers, &|| {
                asked.answer(None).map(|(text, media_type)| CachedPage::of(text, media_type))
            })?,
            Some((words, filter)) => {
                let found = search(shelf, words, lang, filter).await?;
                let (text, media_type) = asked.answer(Some(found))?;
                reply::plain(StatusCode::OK, media_type, text)
            }
        };
        Ok(if named { reply } else { reply::by_language(reply) })
    }

    /// A page from the cache, or made and put there under its address.
    fn cached(
        &self,
        ctx: &Ctx<'_>,
        key: String,
        headers: &HeaderMap,
        make: &dyn Fn() -> Result<CachedPage, Error>,
    ) -> Result<Response<Body>, Error> {
        if let Some(reply) = self.kept(ctx, &key, headers) {
            return Ok(reply);
        }
        let started = self.clock.instant();
        let made = make()?;
        self.metrics.render.record(self.clock.instant().saturating_duration_since(started));
        Ok(self.keep(ctx, key, made, headers))
    }

    /// A page of a material: from the cache, or made of what another thread has opened.
    async fn material(
        &self,
        ctx: &Ctx<'_>,
        page: &Page,
        path: String,
        headers: &HeaderMap,
    ) -> Result<Response<Body>, Error> {
        if let Some(reply) = self.kept(ctx, &path, headers) {
            return Ok(reply);
        }
        let (shelf, lang, asked) = (Arc::clone(ctx.shelf), ctx.lang, page.clone());
        let gathered = aside(move || handlers::material::gather(&shelf, lang, &asked)).await?;
        let (html, lasts) = handlers::material::page(ctx, gathered)?;
        Ok(if lasts {
            self.keep(ctx, path, CachedPage::new(html), headers)
        } else {
            reply::own_page(StatusCode::OK, html)
        })
    }

    /// The reply with a page made before.
    fn kept(&self, ctx: &Ctx<'_>, key: &str, headers: &HeaderMap) -> Option<Response<Body>> {
        let page = ctx.shelf.pages.get(key, ctx.today)?;
        self.metrics.cache_hits.increment();
        Some(reply::page(&page, headers))
    }

    /// Keeps a page and replies with it.
    fn keep(&self, ctx: &Ctx<'_>, key: String, page: CachedPage, headers: &HeaderMap) -> Response<Body> {
        self.metrics.cache_misses.increment();
        let made = Arc::new(page);
        ctx.shelf.pages.put(key, &made, ctx.today);
        self.metrics.cache_bytes.set(ctx.shelf.pages.bytes() as u64);
        reply::page(&made, headers)
    }

    async fn read_form<B>(&self, headers: &HeaderMap, body: B) -> Result<Form, Error>
    where
        B: HttpBody<Data = Bytes>,
    {
        if !Form::announced(headers) {
            return Err(Error::NotAForm);
        }
        let limits = &self.settings.limits;
        let bytes = server::read_body(body, limits.max_body, limits.body_timeout).await?;
        Ok(Form::parse(&bytes))
    }

    /// `/`: to the language the browser names, else the choice.
    fn root(&self, shelf: &Arc<Shelf>, headers: &HeaderMap) -> Result<Response<Body>, Error> {
        let wish = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let reply = if let Some(lang) = negotiate::from_accept_language(wish, &shelf.messages.langs()) {
            reply::see_other(&Route::Page(lang, Page::Home).path())
        } else {
            let html = handlers::plain::root(self, shelf)?;
            reply::page(&Arc::new(CachedPage::new(html)), headers)
        };
        Ok(reply::by_language(reply))
    }

    /// Addresses for machines.
    fn operation(&self, route: &Route, parts: &Parts) -> Result<Response<Body>, Error> {
        const TEXT: &str = "text/plain; charset=utf-8";
        match route {
            Route::Health => Ok(reply::plain(StatusCode::OK, TEXT, "ok\n")),
            Route::Metrics => Ok(reply::plain(
                StatusCode::OK,
                "text/plain; version=0.0.4; charset=utf-8",
                self.metrics.text(),
            )),
            Route::Robots => Ok(reply::plain(StatusCode::OK, TEXT, "User-agent: *\nDisallow: /\n")),
            _ => {
                let mut reply = reply::asset(self.assets.named(FAVICON).ok_or(Error::NotFound)?, parts);
                reply.headers_mut().insert(header::CACHE_CONTROL, reply::FOR_A_DAY);
                Ok(reply)
            }
        }
    }

    fn asset(&self, name: &str, version: &str, parts: &Parts) -> Result<Response<Body>, Error> {
        Ok(reply::asset(self.assets.get(name, version).ok_or(Error::NotFound)?, parts))
    }

    /// The page that says what went wrong, in the reader's language.
    fn refuse(&self, shelf: &Arc<Shelf>, path: &str, error: &Error, route: &'static str) -> Response<Body> {
        error.log(route);
        let mut reply = match handlers::plain::error(self, shelf, path, error) {
            Ok(html) => reply::own_page(error.status(), html),
            // Not even the error page can be made: then at least say the number.
            Err(second) => {
                second.log(route);
                reply::plain(error.status(), "text/plain; charset=utf-8", error.status().as_str())
            }
        };
        if let Error::Method(methods) = error {
            reply.headers_mut().insert(header::ALLOW, reply::allow(methods));
        }
        if error.closes() {
            reply.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        reply
    }

    /// The language an address names, else the default one.
    fn lang_of(&self, shelf: &Shelf, path: &str) -> Lang {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        first.parse().ok().filter(|lang| shelf.speaks(*lang)).unwrap_or(self.settings.default_lang)
    }
}

/// Does what opens files where it keeps no other request waiting.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?
}

/// Searches aside.
async fn search(shelf: &Arc<Shelf>, words: String, lang: Lang, filter: Filter) -> Result<Search, Error> {
    let shelf = Arc::clone(shelf);
    aside(move || Ok(shelf.catalog.search(&shelf.library, &words, lang, &filter))).await
}

impl Service for App {
    async fn handle(self: Arc<Self>, request: Request<Incoming>, peer: Peer) -> Response<Body> {
        let reply = Self::handle(&self, request, peer).await;
        if self.shelf().catalog.found_hurt() {
            tokio::task::spawn_blocking(move || self.mend_index());
        }
        reply
    }

    fn panicked(&self, path: &str) -> Response<Body> {
        let error = Error::Internal(anyhow::anyhow!("a panic, logged where it was caught"));
        let shelf = self.shelf();
        let mut reply = match handlers::plain::error(self, &shelf, path, &error) {
            Ok(html) => reply::own_page(error.status(), html),
            Err(_) => reply::plain(error.status(), "text/plain; charset=utf-8", error.status().as_str()),
        };
        reply::seal(reply.headers_mut());
        reply
    }

    fn refusal(&self, status: StatusCode) -> Bytes {
        let refusals = self.refusals.read().unwrap_or_else(PoisonError::into_inner);
        let known = refusals.get(&status.as_u16()).or_else(|| refusals.get(&400));
        known.cloned().unwrap_or_default()
    }
}
