//! Pages that lie ready: given out, made and put there. What is kept and for how long is `cache`'s.

use std::sync::Arc;

use http::{HeaderMap, Method, Request, Response};

use super::{
    App,
    body::Body,
    cache::{CachedPage, Shown},
    error::Error,
    frame::Ctx,
    is_counted, reply,
    routes::Page,
    server::RouteName,
    shelf::Shelf,
};

impl App {
    /// The reply with a page that lies ready under just this address, which then need not be read: most requests end here.
    pub(super) fn at_once<B>(&self, shelf: &Shelf, request: &Request<B>) -> Option<Response<Body>> {
        let (uri, method) = (request.uri(), request.method());
        if uri.query().is_some() || !matches!(*method, Method::GET | Method::HEAD) {
            return None;
        }
        let page = shelf.pages.get(uri.path(), self.clock.today())?;
        let shown = page.shown.as_ref()?;
        if let (Some(desk), Some(id)) = (&self.desk, &shown.resource) {
            if desk.hides(id) {
                return None;
            }
            if shown.counted && method == Method::GET {
                desk.opened(id);
            }
        }
        self.metrics.cache_hits.increment();
        let mut reply = reply::page(&page, request.headers());
        reply.extensions_mut().insert(RouteName(shown.route));
        if method == Method::HEAD {
            *reply.body_mut() = Body::Empty;
        }
        Some(reply)
    }

    /// A page from the cache, or made and put there under its address.
    pub(super) fn cached(
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

    /// The reply with a page made before.
    pub(super) fn kept(&self, ctx: &Ctx<'_>, key: &str, headers: &HeaderMap) -> Option<Response<Body>> {
        let page = ctx.shelf.pages.get(key, ctx.today)?;
        self.metrics.cache_hits.increment();
        Some(reply::page(&page, headers))
    }

    /// Keeps a page and replies with it.
    pub(super) fn keep(
        &self,
        ctx: &Ctx<'_>,
        key: String,
        page: CachedPage,
        headers: &HeaderMap,
    ) -> Response<Body> {
        self.metrics.cache_misses.increment();
        let made = Arc::new(page);
        ctx.shelf.pages.put(key, &made, ctx.today);
        self.metrics.cache_bytes.set(ctx.shelf.pages.bytes() as u64);
        reply::page(&made, headers)
    }
}

/// What the cache must know of a page.
pub(super) fn shown(page: &Page) -> Shown {
    Shown { route: page.name(), resource: page.resource().cloned(), counted: is_counted(page) }
}
