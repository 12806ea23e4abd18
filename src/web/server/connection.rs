//! One client's connection from its first byte to its end: hyper speaks HTTP, the watchman here ends what takes too
//! long, and refusals that hyper would send bare become pages.

use std::{
    convert::Infallible,
    future::{Future, poll_fn},
    io,
    net::IpAddr,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, Version, header};
use hyper::{
    body::{Body as HttpBody, Bytes, Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::watch,
    time::{Instant, sleep_until, timeout},
};

use super::{
    Limits, Peer, RouteName, Service, Shared, Stop, is_this_machine,
    wire::{LONGEST_ADDRESS, Link, Phase, Wire},
};
use crate::web::body::Body;

/// Heads may have this many lines.
const MOST_HEADERS: usize = 64;

/// How long a refusal may take to be written, and how long its reader may go on sending before we hang up.
const GOODBYE: Duration = Duration::from_secs(2);

/// While the service works nothing is due; the watchman looks again after this many milliseconds.
const LOOK_AGAIN: u64 = 60_000;

/// The least time between two looks of the watchman, in milliseconds.
const LEAST_WAIT: u64 = 20;

/// By which a proxy says that it is one.
const FORWARDED: [HeaderName; 3] =
    [header::FORWARDED, HeaderName::from_static("x-forwarded-for"), HeaderName::from_static("x-real-ip")];

/// How a connection came to its end.
enum End {
    Closed(hyper::Result<()>),
    TooLate(Phase),
    GaveWay,
}

/// Serves one connection until it ends.
pub(super) async fn serve<S: Service>(
    stream: TcpStream,
    peer: IpAddr,
    shared: Arc<Shared<S>>,
    mut stop: watch::Receiver<Stop>,
) {
    let link = Arc::new(Link::default());
    link.set_now(shared.millis());
    link.enter(Phase::Idle);
    let _place = shared.crowd.join(&link);
    let wire = Wire::new(stream, Arc::clone(&link), Arc::clone(&shared.metrics));
    let service = {
        let (shared, link) = (Arc::clone(&shared), Arc::clone(&link));
        service_fn(move |request| {
            let (shared, link) = (Arc::clone(&shared), Arc::clone(&link));
            async move { Ok::<_, Infallible>(answer(&shared, link, request, peer).await) }
        })
    };
    let mut connection = http1::Builder::new()
        .auto_date_header(shared.clock.plausible())
        .half_close(true)
        .header_read_timeout(None)
        .max_buf_size(shared.limits.max_head)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(wire), service);
    let mut due = deadline(&link, &shared.limits);
    let mut alarm = pin!(sleep_until(shared.moment(due)));
    let mut stopping = pin!(stop.wait_for(|stop| *stop != Stop::Never));
    let mut called = pin!(link.called());
    let mut told_to_stop = false;
    let end = poll_fn(|cx| {
        link.set_now(shared.millis());
        if !told_to_stop && stopping.as_mut().poll(cx).is_ready() {
            told_to_stop = true;
            Pin::new(&mut connection).graceful_shutdown();
        }
        if let Poll::Ready(result) = Pin::new(&mut connection).poll(cx) {
            return Poll::Ready(End::Closed(result));
        }
        while called.as_mut().poll(cx).is_ready() {
            if link.gives_way() {
                return Poll::Ready(End::GaveWay);
            }
            called.set(link.called());
        }
        let now = deadline(&link, &shared.limits);
        if now < due {
            due = now;
            alarm.as_mut().reset(shared.moment(due));
        }
        // The alarm is not moved with every byte; when it rings it learns whether something is really due.
        while alarm.as_mut().poll(cx).is_ready() {
            let real = deadline(&link, &shared.limits);
            if real <= shared.millis() {
                return Poll::Ready(End::TooLate(link.phase()));
            }
            // At least a little later each time, so that this ends even beside a clock that stands still.
            due = real.max(due.saturating_add(LEAST_WAIT));
            alarm.as_mut().reset(shared.moment(due));
        }
        Poll::Pending
    })
    .await;
    let stream = connection.into_parts().io.into_inner().into_stream();
    finish(end, &link, stream, &shared).await;
}

/// When the connection must be given up, in milliseconds since the start of the server.
fn deadline(link: &Link, limits: &Limits) -> u64 {
    let allowed = match link.phase() {
        Phase::Idle => limits.idle_timeout,
        Phase::Head => limits.header_timeout,
        Phase::Reply => limits.stall_timeout,
        Phase::Service => Duration::from_millis(LOOK_AGAIN),
    };
    let allowed = u64::try_from(allowed.as_millis()).unwrap_or(u64::MAX / 2);
    // A service at work is never late: whenever the alarm rings, its time begins anew.
    if link.phase() == Phase::Service {
        link.now().saturating_add(allowed)
    } else {
        link.since().saturating_add(allowed)
    }
}

async fn finish<S: Service>(end: End, link: &Link, stream: TcpStream, shared: &Shared<S>) {
    let metrics = &shared.metrics;
    let refusal = match end {
        End::Closed(Ok(())) => link.refusal(),
        End::Closed(Err(error)) => {
            tracing::debug!(cause = %Chain(&error), "connection ended early");
            link.refusal().or_else(|| error.is_parse().then_some(StatusCode::BAD_REQUEST))
        }
        End::TooLate(Phase::Head) => {
            metrics.timeouts_head.increment();
            Some(StatusCode::REQUEST_TIMEOUT)
        }
        End::TooLate(Phase::Reply) => {
            metrics.timeouts_write.increment();
            // What the client never took must not stay in the kernel's memory.
            stream.set_zero_linger().ok();
            return;
        }
        End::TooLate(_) => {
            metrics.timeouts_idle.increment();
            return;
        }
        End::GaveWay => {
            metrics.gave_way.increment();
            if link.phase() == Phase::Reply {
                stream.set_zero_linger().ok();
            }
            return;
        }
    };
    match refusal {
        Some(status) => {
            metrics.request("refused", status.as_u16());
            refuse(stream, status, &shared.service.refusal(status), None).await;
        }
        // Closing with unread bytes makes the kernel reset the connection, and the client would lose our answer.
        None if link.request_had_body() => linger(stream).await,
        None => {}
    }
}

/// Sends a page and hangs up politely.
pub(super) async fn refuse(
    mut stream: TcpStream,
    status: StatusCode,
    page: &Bytes,
    retry_after: Option<u32>,
) {
    let reason = status.canonical_reason().unwrap_or("Error");
    let retry = retry_after.map(|seconds| format!("Retry-After: {seconds}\r\n")).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {} {reason}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\n{retry}Connection: close\r\n\r\n",
        status.as_u16(),
        page.len(),
    );
    let whole = [head.as_bytes(), &page[..]].concat();
    if let Ok(Ok(())) = timeout(GOODBYE, stream.write_all(&whole)).await {
        linger(stream).await;
    }
}

/// Ends our side and reads what the client still sends, for a short while.
async fn linger(mut stream: TcpStream) {
    /// A client that is told to stop and sends more than this is not listening.
    const MOST: usize = 256 * 1024;
    let drain = async {
        stream.shutdown().await?;
        let mut scratch = [0; 1024];
        let mut seen = 0;
        while seen < MOST {
            match stream.read(&mut scratch).await? {
                0 => break,
                n => seen += n,
            }
        }
        io::Result::Ok(())
    };
    timeout(GOODBYE, drain).await.ok();
}

/// Answers one request: refuses what no page may see, asks the service, and contains its panics.
async fn answer<S: Service>(
    shared: &Arc<Shared<S>>,
    link: Arc<Link>,
    request: Request<Incoming>,
    peer: IpAddr,
) -> Response<Reply> {
    let begun = shared.clock.instant();
    link.request_begins(!request.body().is_end_stream());
    let method = known(request.method());
    let chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
    let mut response = match refused(&request) {
        Some(status) => refusal_reply(&shared.service, status),
        None => ask(shared, request, peer).await,
    };
    // The time since the turn began may be long: the service may have waited for a body.
    link.set_now(shared.millis());
    link.enter(Phase::Reply);
    // Only a form that was answered is surely read whole. Any other body may lie unread in the connection, and its bytes
    // would be taken for the next request.
    let unread = link.request_had_body() && !(method == "POST" && response.status().is_success());
    // Whoever stands between us and a client may have read a length where we read chunks (RFC 9112 §6.1).
    let last = unread || chunked;
    if last {
        link.reply_is_last();
    }
    if last || shared.nearly_full() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    let route = response.extensions().get::<RouteName>().map_or("other", |route| route.0);
    let status = response.status().as_u16();
    shared.metrics.request(route, status);
    tracing::debug!(
        method,
        route,
        status,
        bytes = response.body().len(),
        micros = shared.clock.instant().saturating_duration_since(begun).as_micros(),
        "request"
    );
    response.map(|body| Reply { body, link })
}

/// A method for the log, which takes no text that a client made up.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

/// What HTTP itself forbids (RFC 9112 §3.2 and §6.1, RFC 9110 §9.3.6 and §9.3.8) or we never serve.
fn refused(request: &Request<Incoming>) -> Option<StatusCode> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let hosts = request.headers().get_all(header::HOST).iter().take(2).count();
    match *request.method() {
        Method::CONNECT | Method::TRACE => Some(StatusCode::METHOD_NOT_ALLOWED),
        _ if address > LONGEST_ADDRESS => Some(StatusCode::URI_TOO_LONG),
        _ if hosts > 1 || (hosts == 0 && request.version() == Version::HTTP_11) => {
            Some(StatusCode::BAD_REQUEST)
        }
        _ if !is_body_as_sent(request.headers()) => Some(StatusCode::BAD_REQUEST),
        _ => None,
    }
}

/// Whether the body is in chunks or in no coding at all. Of a list of codings hyper undoes the last: what is left is not what
/// was sent, and another reader may see its end elsewhere.
fn is_body_as_sent(headers: &HeaderMap) -> bool {
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    codings.next().is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"chunked"))
        && codings.next().is_none()
}

fn refusal_reply<S: Service>(service: &Arc<S>, status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::from(service.refusal(status)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    }
    response.extensions_mut().insert(RouteName("refused"));
    response
}

/// Asks the service. A panic costs this request only.
async fn ask<S: Service>(
    shared: &Arc<Shared<S>>,
    request: Request<Incoming>,
    peer: IpAddr,
) -> Response<Body> {
    // A proxy on this machine speaks for somebody else.
    let direct = !FORWARDED.iter().any(|name| request.headers().contains_key(name));
    let peer = Peer { loopback: direct && is_this_machine(peer), address: direct.then_some(peer) };
    let address: Uri = request.uri().clone();
    let service = Arc::clone(&shared.service);
    // On the heap: a connection that waits for its next request does not carry the place for the work.
    let mut work = Box::pin(async move { service.handle(request, peer).await });
    // What a panic may leave half changed is the future's own, and that is never polled again. The cause is logged
    // where panics are (`cli::log`), once.
    let answer = poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
    });
    if let Some(response) = answer.await {
        return response;
    }
    shared.metrics.panics.increment();
    let page = AssertUnwindSafe(|| shared.service.panicked(address.path()));
    let mut response = catch_unwind(page).unwrap_or_else(|_| Response::new(Body::Empty));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

/// The body of a reply, which tells its connection when the last of it was taken.
struct Reply {
    body: Body,
    link: Arc<Link>,
}

impl HttpBody for Reply {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(cx));
        if let Some(Err(error)) = &frame {
            tracing::warn!(cause = %error, "a file could not be read while it was sent");
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.link.reply_is_complete();
    }
}

/// An error with its causes on one line.
struct Chain<'a>(&'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

/// The steady clock of the runtime at a number of milliseconds after `start`.
pub(super) fn moment(start: Instant, millis: u64) -> Instant {
    start.checked_add(Duration::from_millis(millis)).unwrap_or(start + Duration::from_secs(30 * 24 * 3600))
}
