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
pub struct School {
    pub app: App,
}

/// A reply, whole.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("a page is UTF-8")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header is ASCII"))
    }
}

impl School {
    /// The embedded lessons, nothing else.
    pub fn new() -> Self {
        Self::with(Settings::default())
    }

    pub fn with(settings: Settings) -> Self {
        let clock = Clock::frozen("2026-11-23T15:00:00Z".parse().expect("a moment"));
        let app =
            App::new(settings, clock.clone(), Arc::new(Metrics::new(clock))).expect("the portal starts");
        Self { app }
    }

    /// One request, answered without a socket.
    pub fn ask(&self, request: Request<Full<Bytes>>, loopback: bool) -> Reply {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let (parts, body) = self.app.handle(request, Peer { loopback }).await.into_parts();
            let body = body.collect().await.expect("the body arrives").to_bytes();
            Reply { status: parts.status, headers: parts.headers, body }
        })
    }

    pub fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = Request::builder().method(Method::GET).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Full::default()).expect("a request"), false)
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
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
