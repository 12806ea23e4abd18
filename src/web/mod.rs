//! The portal: the only room that knows HTTP and templates.
//!
//! [`App::handle`] is the way of every request, top to bottom. It needs no socket; `server` gives it one.

pub mod assets;
pub mod body;
pub mod cache;
mod cards;
mod catalog_list;
mod catalog_query;
mod choices;
mod cookies;
pub mod error;
mod feed_entry;
pub mod file;
pub mod form;
mod frame;
mod guard;
mod handlers;
mod held;
mod help_channels;
mod history;
mod kept_form;
mod lesson_text;
mod origin;
mod place;
mod preview;
mod problem_list;
mod question_form;
mod quiz_form;
mod ready;
mod renewal;
mod renewed_start;
pub mod reply;
mod resource_title;
pub mod routes;
pub mod server;
mod settings;
pub mod shelf;
mod sorting_form;
mod source_text;
mod storage;
mod story_text;
pub mod takehome;
mod templates;
mod upload;
pub mod views;
mod work_form;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock, Weak, atomic::AtomicU64},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header, request::Parts};
use http_body::Body as HttpBody;

use self::choices::Choices;
use crate::{
    auth::Accounts,
    clock::Clock,
    domain::{id::Slug, lang::Lang},
    formats::opds::OPENSEARCH,
    i18n::negotiate,
    metrics::Metrics,
    search::{Filter, Search, build::Progress},
    submissions::Desk,
    upkeep::Upkeep,
    web::{
        assets::Assets,
        body::Body,
        cache::CachedPage,
        error::Error,
        form::Form,
        frame::Ctx,
        routes::{Access, Feed, Format, NotARoute, Opds, Page, Route},
        server::{Incoming, Peer, RouteName, Service},
        shelf::{Indexing, Shelf},
    },
};

pub use settings::{Portal, Settings};

/// Longest address answered, in bytes, path and query.
pub const MAX_ADDRESS: usize = 8 * 1024;

/// What browsers get that ask for `/favicon.ico` unbidden.
const FAVICON: &str = "favicon.png";

/// The portal with all its parts.
pub struct App {
    /// For work that goes on without whoever asked.
    itself: Weak<Self>,
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
    pictures: Arc<handlers::picture::Kept>,
    /// When the machine was last looked at, and what was found.
    examined: handlers::status::Examined,
    /// People with an account; `None` where there is no data folder or their file cannot be opened.
    accounts: Option<Arc<Accounts>>,
    /// What teachers make; `None` where nobody can have an account.
    desk: Option<Arc<Desk>>,
    /// Counts what was asked to be read anew, and what of it was.
    refreshing: (AtomicU64, AtomicU64),
    /// Who looks after the data folder; `None` where `accounts` is.
    upkeep: Option<Arc<Upkeep>>,
    /// What was chosen on the page of settings.
    choices: RwLock<Choices>,
    start: renewed_start::Start,
    /// The hours of the last week.
    history: history::History,
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
    pub fn new(settings: Settings, clock: Clock, metrics: Arc<Metrics>) -> anyhow::Result<Arc<Self>> {
        let assets = Assets::load();
        settings.folders.sweep();
        let progress = Arc::new(Progress::default());
        let index = Indexing { progress: Arc::clone(&progress), made: None };
        let opened = settings.folders.accounts().map(|path| Accounts::open_sound(&path, clock.clone()));
        let (accounts, hurt) = match opened.transpose() {
            Ok(accounts) => (accounts.map(Arc::new), None),
            Err((error, hurt)) => {
                tracing::error!(%error, file = ?hurt, "nobody can sign in; lessons are served all the same");
                (None, hurt)
            }
        };
        let upkeep = settings.folders.data.as_ref().zip(accounts.as_ref()).map(|(data, accounts)| {
            Arc::new(Upkeep::new(data, &settings.upkeep, Arc::clone(accounts), clock.clone()))
        });
        let desk = settings.folders.data.as_deref().zip(accounts.clone());
        let desk = desk.map(|(data, accounts)| Arc::new(Desk::open(data, accounts, settings.uploads)));
        let choices = Choices::read(&settings, accounts.as_deref());
        if let Some(desk) = &desk {
            desk.set_quota(choices.quota);
        }
        let hidden = desk.as_ref().map(|desk| desk.hidden()).unwrap_or_default();
        let shelf = Arc::new(Shelf::load(&settings.folders, &assets, clock.today(), hidden, index)?);
        let history = history::History::open(settings.folders.data.clone());
        let pictures = Arc::new(handlers::picture::Kept::new(settings.folders.data.as_deref()));
        let app = Arc::new_cyclic(|itself| Self {
            itself: Weak::clone(itself),
            settings,
            accounts,
            desk,
            upkeep,
            start: renewed_start::Start::default(),
            history,
            choices: RwLock::new(choices),
            hurt,
            refreshing: Default::default(),
            assets,
            shelf: RwLock::new(Arc::clone(&shelf)),
            clock,
            metrics,
            progress,
            indexing: Mutex::default(),
            one_book: Arc::default(),
            pictures,
            examined: handlers::status::Examined::default(),
            refusals: RwLock::default(),
        });
        app.put_up(shelf)?;
        Ok(app)
    }

    /// Answers one request.
    pub async fn handle<B>(&self, request: Request<B>, peer: Peer) -> Response<Body>
    where
        B: HttpBody<Data = Bytes>,
    {
        let shelf = self.shelf();
        if let Some(reply) = self.at_once(&shelf, &request) {
            return reply;
        }
        let (parts, body) = request.into_parts();
        let route = Route::parse(parts.uri.path());
        let name = route.as_ref().map_or("unknown", Route::name);
        let opened = self.desk.as_ref().zip(opened(&route, &parts.method));
        let mut reply = match self.answer(&shelf, &parts, route.map_err(Error::from), body, peer).await {
            Ok(reply) => reply,
            Err(error) => self.refuse(&shelf, parts.uri.path(), &error, name),
        };
        if let Some((desk, resource)) = opened
            && (reply.status().is_success() || reply.status() == StatusCode::NOT_MODIFIED)
        {
            desk.opened(&resource);
        }
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
        if let (Some(desk), Some(id)) = (&self.desk, route.resource())
            && desk.hides(id)
        {
            return Err(Error::NotFound);
        }
        if route.access() == Access::Operations {
            Box::pin(guard::operations(self, peer, &parts.headers)).await?;
        }
        match &route {
            Route::Root => Ok(self.root(shelf, &parts.headers)?),
            Route::Favicon | Route::Robots | Route::Health | Route::Metrics => self.operation(&route, parts),
            Route::Probe(probe) => handlers::plain::probe(self.settings.portal, *probe),
            Route::Asset { hash, name } => self.asset(name, hash, parts),
            Route::Media { lesson, hash, name } => handlers::media::serve(shelf, lesson, hash, name, parts),
            Route::File { id, tag, name } => handlers::material::file(shelf, id, tag, name, parts),
            Route::Inside { id, tag, path } => {
                Box::pin(handlers::picture::inside(self, shelf, (id, tag, path), parts)).await
            }
            Route::Small { id, tag, name } => {
                Box::pin(handlers::picture::small(self, shelf, (id, tag, name), parts)).await
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
                let reply = reply::page(&CachedPage::of(text, OPENSEARCH), &parts.headers);
                Ok(if named { reply } else { reply::by_language(reply) })
            }
            Route::Page(lang, page) => {
                let ctx = Ctx::new(self, shelf, *lang, page);
                if let Page::Workshop(workshop) = page
                    && upload::announced(&parts.headers)
                    && parts.method == Method::POST
                {
                    let bringing = handlers::workshop::bring(self, &ctx, workshop, parts, body);
                    return Box::pin(bringing).await;
                }
                let form = match parts.method {
                    Method::POST => Some(self.read_form(&parts.headers, body).await?),
                    _ => None,
                };
                if let Page::Account(account) = page {
                    let answer = handlers::account::answer(self, &ctx, *account, parts, form, peer);
                    // Aside, so that every other request is not as large as this one.
                    return Box::pin(answer).await;
                }
                if let Page::Workshop(workshop) = page {
                    let answer = handlers::workshop::answer(self, &ctx, workshop, parts, form);
                    return Box::pin(answer).await;
                }
                if let Page::Report(id) = page {
                    return Box::pin(handlers::report::answer(self, &ctx, id, parts, form)).await;
                }
                if *page == Page::Status {
                    let html = Box::pin(handlers::status::page(self, &ctx)).await?;
                    return Ok(reply::own_page(StatusCode::OK, html));
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
        let shown = ready::shown(page);
        self.cached(ctx, key, headers, &|| {
            Ok(CachedPage::new(handlers::show(ctx, page, &query)?).that_shows(shown.clone()))
        })
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
            self.keep(ctx, path, CachedPage::new(html).that_shows(ready::shown(page)), headers)
        } else {
            reply::own_page(StatusCode::OK, html)
        })
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
            reply::page(&CachedPage::new(html), headers)
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
        first.parse().ok().filter(|lang| shelf.speaks(*lang)).unwrap_or(self.choices().default_lang)
    }
}

/// The resource whose first page is asked for: how often that happens is counted.
fn opened(route: &Result<Route, NotARoute>, method: &Method) -> Option<Slug> {
    match route {
        Ok(Route::Page(_, page)) if is_counted(page) && method == Method::GET => page.resource().cloned(),
        _ => None,
    }
}

/// Whether it is counted how often this page is opened.
fn is_counted(page: &Page) -> bool {
    matches!(page, Page::Lesson(_) | Page::Material(_))
}

/// Does what opens files where it keeps no other request waiting. The runtime knows one kind of such work alone: for each
/// kind of its own it would bring three kilobytes of program.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let made = Arc::new(Mutex::new(None));
    let place = Arc::clone(&made);
    let work: Box<dyn FnOnce() + Send> = Box::new(move || {
        let outcome = work();
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    });
    tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?;
    let made = made.lock().unwrap_or_else(PoisonError::into_inner).take();
    made.unwrap_or_else(|| Err(Error::Internal(anyhow::anyhow!("work that was done aside left nothing"))))
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
