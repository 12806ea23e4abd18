//! A whole portal in memory, with a frozen clock.

use std::sync::Arc;

use amauta::{
    clock::Clock,
    metrics::Metrics,
    web::{App, Settings, server::Peer},
};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};

/// A school's portal.
pub(crate) struct School {
    pub(crate) app: Arc<App>,
    /// Moves when a test says so.
    pub(crate) clock: Clock,
    _data: Option<tempfile::TempDir>,
}

/// A reply, whole.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("a page is UTF-8")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header is ASCII"))
    }
}

impl School {
    /// The embedded lessons, nothing else.
    pub(crate) fn new() -> Self {
        Self::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        Self::with_clock(settings, Clock::frozen("2026-11-23T15:00:00Z".parse().expect("a moment")))
    }

    /// Where the settings name no data folder, the school has an empty one.
    pub(crate) fn with_clock(mut settings: Settings, clock: Clock) -> Self {
        let data = settings.folders.data.is_none().then(|| tempfile::tempdir().expect("a folder"));
        if let Some(data) = &data {
            settings.folders.data = Some(data.path().to_owned());
        }
        let metrics = Arc::new(Metrics::new(clock.clone()));
        let app = App::new(settings, clock.clone(), metrics).expect("the portal starts");
        Self { app, clock, _data: data }
    }

    /// One request, answered without a socket.
    pub(crate) fn ask(&self, request: Request<Full<Bytes>>, loopback: bool) -> Reply {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let (parts, body) = self.app.handle(request, Peer { loopback, address: None }).await.into_parts();
            let body = body.collect().await.expect("the body arrives").to_bytes();
            Reply { status: parts.status, headers: parts.headers, body }
        })
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[])
    }

    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = Request::builder().method(Method::GET).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Full::default()).expect("a request"), false)
    }

    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Full::from(body))
            .expect("a request");
        self.ask(request, false)
    }
}
