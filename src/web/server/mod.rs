//! The server below the pages: it accepts connections, keeps them within limits, and stops gently. What a request means
//! is the [`Service`]'s work. One task per connection; plain HTTP/1.1 and 1.0.

mod connection;
mod crowd;
mod intake;
mod listen;
mod wire;

use std::{
    future::Future,
    io,
    net::{IpAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
pub use hyper::body::Incoming;
use tokio::{
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{Instant, sleep, timeout},
};

use self::crowd::Crowd;
pub use self::{
    intake::{BodyError, Pieces, read_body},
    listen::listen,
};
use crate::{clock::Clock, metrics::Metrics, web::body::Body};

/// Seconds after which a client that found the server full may ask again.
const RETRY_AFTER_SECONDS: u32 = 5;

/// How long a newcomer waits for the place that a silent connection leaves.
const ROOM_IS_MADE: Duration = Duration::from_secs(1);

/// Who is on the other end; never logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// The client runs on this very machine and speaks for itself (not a proxy for somebody else).
    pub loopback: bool,
    /// Where the client is, as far as the connection says; kept in memory to slow guessing, nowhere else.
    pub address: Option<IpAddr>,
}

/// Who may read the technician's pages: counters, health, state of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operations {
    /// Whoever sits at this machine.
    Loopback,
    /// Whoever reaches it.
    Lan,
}

impl Operations {
    /// Whether this client may.
    pub fn allow(self, peer: Peer) -> bool {
        self == Self::Lan || peer.loopback
    }
}

/// Pattern of the address that answered, for logs and counters; a response carries it as an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouteName(pub &'static str);

/// What answers requests.
pub trait Service: Send + Sync + 'static {
    /// Answers one request. The body is read (with [`read_body`]) only by who needs it.
    fn handle(
        self: Arc<Self>,
        request: Request<Incoming>,
        peer: Peer,
    ) -> impl Future<Output = Response<Body>> + Send + 'static;

    /// The page after a panic; the path decides its language. The status is set to 500 by the server.
    fn panicked(&self, path: &str) -> Response<Body>;

    /// The HTML page of a refusal that happens before a request can be read, so its language is not known: 400, 405, 408,
    /// 414, 431, or 503 when the server is full. Cheap: rendered ahead.
    fn refusal(&self, status: StatusCode) -> Bytes;
}

/// What one client, and all of them together, may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once. When there are more, the one that has been silent longest gives way; while none is silent,
    /// newcomers are sent away with 503.
    pub max_connections: usize,
    /// Longest time for the head of a request, from its first byte.
    pub header_timeout: Duration,
    /// Longest silence inside a request body. Handlers give it to [`read_body`].
    pub body_timeout: Duration,
    /// Longest time a connection is kept while nothing is asked.
    pub idle_timeout: Duration,
    /// Longest time in which a client takes not one byte of a reply.
    pub stall_timeout: Duration,
    /// Largest body of a form, in bytes. Handlers give it to [`read_body`].
    pub max_body: u64,
    /// Largest head of a request and largest write buffer, in bytes; hyper wants 8 KiB at least.
    pub max_head: usize,
    /// How long replies may go on after the stop.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_connections: 512,
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(20),
            idle_timeout: Duration::from_secs(15),
            stall_timeout: Duration::from_secs(120),
            max_body: 1024 * 1024,
            max_head: 16 * 1024,
            grace: Duration::from_secs(10),
        }
    }
}

/// Whether the server shall go on; sent through a `watch` channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stop {
    /// Go on.
    #[default]
    Never,
    /// Accept nobody more, finish what runs, at most [`Limits::grace`].
    Gently,
    /// Break off.
    AtOnce,
}

/// What all connections share.
struct Shared<S> {
    service: Arc<S>,
    limits: Limits,
    clock: Clock,
    metrics: Arc<Metrics>,
    started: std::time::Instant,
    slots: Arc<Semaphore>,
    crowd: Arc<Crowd>,
}

impl<S> Shared<S> {
    /// Milliseconds since the server started.
    fn millis(&self) -> u64 {
        let passed = self.clock.instant().saturating_duration_since(self.started);
        u64::try_from(passed.as_millis()).unwrap_or(u64::MAX)
    }

    /// The runtime's name for a number of milliseconds since the start.
    fn moment(&self, millis: u64) -> Instant {
        connection::moment(Instant::from_std(self.started), millis)
    }

    /// When three of four places are taken, connections are not kept between requests: a place then serves whoever
    /// comes, not whoever came first.
    fn nearly_full(&self) -> bool {
        self.slots.available_permits() < self.limits.max_connections.div_ceil(4)
    }
}

/// Serves until `stop` says otherwise. Returns how many connections had to be broken off: their tasks end with the
/// runtime. `clock` must be a running one, since deadlines hang on it.
pub async fn run<S: Service>(
    listeners: Vec<TcpListener>,
    limits: Limits,
    service: Arc<S>,
    clock: Clock,
    metrics: Arc<Metrics>,
    mut stop: watch::Receiver<Stop>,
) -> io::Result<usize> {
    let most = limits.max_connections.clamp(1, Semaphore::MAX_PERMITS.min(1 << 20));
    let slots = Arc::new(Semaphore::new(most));
    let grace = limits.grace;
    let started = clock.instant();
    let shared = Arc::new(Shared {
        service,
        limits,
        clock,
        metrics,
        started,
        slots: Arc::clone(&slots),
        crowd: Arc::default(),
    });
    let goodbyes = Arc::new(Semaphore::new((most / 4).clamp(16, 256)));
    let mut accepting = tokio::task::JoinSet::new();
    for listener in listeners {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        accepting.spawn(accept(listener, Arc::clone(&shared), Arc::clone(&goodbyes), stop.clone()));
    }
    stopped(&mut stop, Stop::Gently).await;
    accepting.shutdown().await;
    let all = u32::try_from(most).unwrap_or(u32::MAX);
    tokio::select! {
        _ = timeout(grace, slots.acquire_many(all)) => {}
        () = stopped(&mut stop, Stop::AtOnce) => {}
    }
    Ok(most.saturating_sub(slots.available_permits()))
}

/// Waits for a stop of at least this urgency. A sender that is gone means at once.
async fn stopped(stop: &mut watch::Receiver<Stop>, urgency: Stop) {
    stop.wait_for(|now| *now == Stop::AtOnce || (*now == Stop::Gently && urgency == Stop::Gently)).await.ok();
}

async fn accept<S: Service>(
    listener: tokio::net::TcpListener,
    shared: Arc<Shared<S>>,
    goodbyes: Arc<Semaphore>,
    stop: watch::Receiver<Stop>,
) {
    let mut pause = Backoff::default();
    loop {
        let (stream, address) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) if is_about_the_client(&error) => continue,
            Err(error) => {
                shared.metrics.accept_errors.increment();
                if pause.is_fresh() {
                    tracing::warn!(cause = %error, "no further connection can be accepted for now");
                }
                sleep(pause.next()).await;
                continue;
            }
        };
        pause = Backoff::default();
        shared.metrics.accepted.increment();
        if let Ok(slot) = Arc::clone(&shared.slots).try_acquire_owned() {
            tokio::spawn(serve(stream, address.ip(), Arc::clone(&shared), stop.clone(), slot));
        } else if let Ok(goodbye) = Arc::clone(&goodbyes).try_acquire_owned() {
            tokio::spawn(newcomer(stream, address.ip(), Arc::clone(&shared), stop.clone(), goodbye));
        } else {
            // Whoever comes while even the goodbyes are all busy is cut off without a word.
            shared.metrics.refused.increment();
        }
    }
}

/// Serves a connection that has a place.
async fn serve<S: Service>(
    stream: TcpStream,
    peer: IpAddr,
    shared: Arc<Shared<S>>,
    stop: watch::Receiver<Stop>,
    slot: OwnedSemaphorePermit,
) {
    let open = Open::new(&shared.metrics);
    connection::serve(stream, peer, Arc::clone(&shared), stop).await;
    drop((open, slot));
}

/// Serves who came when all places were taken, if a silent connection gives way; else sends them away.
async fn newcomer<S: Service>(
    stream: TcpStream,
    peer: IpAddr,
    shared: Arc<Shared<S>>,
    stop: watch::Receiver<Stop>,
    goodbye: OwnedSemaphorePermit,
) {
    if shared.crowd.make_room(shared.millis())
        && let Ok(Ok(slot)) = timeout(ROOM_IS_MADE, Arc::clone(&shared.slots).acquire_owned()).await
    {
        drop(goodbye);
        return serve(stream, peer, shared, stop, slot).await;
    }
    shared.metrics.refused.increment();
    let page = shared.service.refusal(StatusCode::SERVICE_UNAVAILABLE);
    connection::refuse(stream, StatusCode::SERVICE_UNAVAILABLE, &page, Some(RETRY_AFTER_SECONDS)).await;
    drop(goodbye);
}

/// Counts a connection as open as long as it lives, however its task ends.
struct Open(Arc<Metrics>);

impl Open {
    fn new(metrics: &Arc<Metrics>) -> Self {
        metrics.connections.up();
        Self(Arc::clone(metrics))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.down();
    }
}

/// Pauses between attempts to accept while the system has no descriptors or memory: 50 ms, doubling to 1 s.
#[derive(Default)]
struct Backoff(u32);

impl Backoff {
    fn is_fresh(&self) -> bool {
        self.0 == 0
    }

    fn next(&mut self) -> Duration {
        let pause = Duration::from_millis(50 << self.0.min(5)).min(Duration::from_secs(1));
        self.0 = self.0.saturating_add(1);
        pause
    }
}

/// The caller hung up before we answered: nothing is wrong with us.
fn is_about_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionReset | Interrupted)
}

/// On a socket of both families an IPv4 caller shows as `::ffff:127.0.0.1`.
fn is_this_machine(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_to_one_second() {
        let mut pause = Backoff::default();
        let pauses: Vec<u128> = (0..7).map(|_| pause.next().as_millis()).collect();
        assert_eq!(pauses, [50, 100, 200, 400, 800, 1000, 1000]);
    }

    #[test]
    fn a_mapped_loopback_address_is_this_machine() {
        for (address, local) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("::ffff:127.0.0.9", true),
            ("192.168.1.1", false),
            ("::ffff:10.0.0.1", false),
        ] {
            assert_eq!(is_this_machine(address.parse().unwrap()), local, "{address}");
        }
    }
}
