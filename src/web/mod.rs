//! Everything about HTTP and pages.

pub mod body;
pub mod file;
pub mod server;

use std::{future::Future, sync::Arc};

use http::{Request, Response, StatusCode};
use hyper::body::{Bytes, Incoming};

use self::{
    body::Body,
    server::{Limits, Operations, Peer, RouteName, Service},
};
use crate::{clock::Clock, metrics::Metrics};

/// What the pages need of the settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Limits of bodies.
    pub limits: Limits,
    /// Who may read the counters.
    pub operations: Operations,
}

/// The portal.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    metrics: Arc<Metrics>,
}

impl App {
    /// Gets everything ready.
    pub fn open(settings: &Settings, _clock: Clock, metrics: Arc<Metrics>) -> anyhow::Result<Self> {
        Ok(Self { settings: settings.clone(), metrics })
    }

    /// Reads the content again.
    pub fn reload(&self) {
        tracing::info!("content read again");
    }
}

impl Service for App {
    fn handle(
        self: Arc<Self>,
        request: Request<Incoming>,
        peer: Peer,
    ) -> impl Future<Output = Response<Body>> + Send + 'static {
        async move {
            let (route, status, text) = match request.uri().path() {
                "/healthz" => ("/healthz", StatusCode::OK, "ok\n".to_owned()),
                "/metrics" if self.settings.operations.allow(peer) => {
                    ("/metrics", StatusCode::OK, self.metrics.text())
                }
                _ => ("other", StatusCode::NOT_FOUND, String::new()),
            };
            let mut response = Response::new(Body::from(text));
            *response.status_mut() = status;
            response.extensions_mut().insert(RouteName(route));
            response
        }
    }

    fn panicked(&self, _path: &str) -> Response<Body> {
        Response::new(Body::Empty)
    }

    fn refusal(&self, status: StatusCode) -> Bytes {
        Bytes::from(format!("<!DOCTYPE html><title>{status}</title>"))
    }
}
