//! The socket as hyper sees it, and what the watchman of a connection learns from the bytes that pass: what the
//! connection waits for and since when. Nothing here reads the clock; the connection stamps the time once per turn.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, AtomicU16, AtomicU64, Ordering::Relaxed},
    },
    task::{Context, Poll, ready},
};

use http::StatusCode;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::Notify,
};

use super::intake::earned_by;
use crate::metrics::Metrics;

/// Longest address in a request, in bytes. A longer one is answered with 414.
pub(super) const LONGEST_ADDRESS: usize = 8 * 1024;

/// Room for the method and the spaces before an address.
const METHOD_ROOM: usize = 32;

/// What a connection waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The first byte of a request.
    Idle,
    /// The rest of a request's head.
    Head,
    /// The service; it guards the request body itself.
    Service,
    /// The client taking the reply.
    Reply,
}

/// What is known of one connection, shared by its socket, its replies and its watchman. All of them run in one task,
/// so the atomics only satisfy the compiler and cost nothing.
#[derive(Debug, Default)]
pub(super) struct Link {
    phase: AtomicU8,
    /// Milliseconds since the server's start, of the last change of phase or, in a body, of the last byte that moved.
    since: AtomicU64,
    /// The same, of the beginning of a body, and later by as much as the bytes that moved may take: a body that drips is
    /// silent since then, however recent its last drop.
    earned: AtomicU64,
    /// The same, now; set by the connection once per turn.
    now: AtomicU64,
    /// The last body of a reply is in hyper's hands completely.
    reply_complete: AtomicBool,
    /// The last request had a body, so bytes of it may lie unread when the connection ends.
    request_had_body: AtomicBool,
    /// The reply under way is the last: what still comes in is the rest of a body and no head of a request.
    last_reply: AtomicBool,
    /// Nothing goes on until the client sends more of a body or takes more of a reply.
    waits_for_client: AtomicBool,
    /// Somebody waits for this place, and the connection was silent when it was chosen.
    giving_way: AtomicBool,
    /// Wakes the connection to leave its place.
    called: Notify,
    /// Status of the refusal that the connection shall send instead of hyper's own empty one; 0 is none.
    refusal: AtomicU16,
}

impl Link {
    pub(super) fn set_now(&self, now: u64) {
        self.now.store(now, Relaxed);
    }

    pub(super) fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Relaxed);
        // It was silent when it was chosen, and is no longer.
        self.giving_way.store(false, Relaxed);
        self.waits_for_client.store(false, Relaxed);
        let now = self.now.load(Relaxed);
        self.since.store(now, Relaxed);
        self.earned.store(now, Relaxed);
    }

    /// Bytes of a body went in or out.
    fn moved(&self, bytes: usize) {
        let earned = self.earned.load(Relaxed).saturating_add(earned_by(bytes as u64));
        self.enter(self.phase());
        self.earned.store(earned, Relaxed);
    }

    /// Since when the client has been silent, a drip counted as silence.
    pub(super) fn silent_since(&self) -> u64 {
        self.since().min(self.earned.load(Relaxed))
    }

    pub(super) fn phase(&self) -> Phase {
        match self.phase.load(Relaxed) {
            0 => Phase::Idle,
            1 => Phase::Head,
            2 => Phase::Service,
            _ => Phase::Reply,
        }
    }

    pub(super) fn now(&self) -> u64 {
        self.now.load(Relaxed)
    }

    pub(super) fn since(&self) -> u64 {
        self.since.load(Relaxed)
    }

    pub(super) fn request_begins(&self, has_body: bool) {
        self.enter(Phase::Service);
        self.reply_complete.store(false, Relaxed);
        self.request_had_body.store(has_body, Relaxed);
    }

    /// Asks the connection to leave its place to somebody else.
    pub(super) fn give_way(&self) {
        self.giving_way.store(true, Relaxed);
        self.called.notify_one();
    }

    /// Whether it was asked to, and has not begun to speak since.
    pub(super) fn gives_way(&self) -> bool {
        self.giving_way.load(Relaxed)
    }

    /// Ends when the connection is asked to leave its place.
    pub(super) async fn called(&self) {
        self.called.notified().await;
    }

    /// Whether a body, in or out, stands still because of the client.
    pub(super) fn waits_for_client(&self) -> bool {
        self.waits_for_client.load(Relaxed)
    }

    pub(super) fn request_had_body(&self) -> bool {
        self.request_had_body.load(Relaxed)
    }

    pub(super) fn reply_is_last(&self) {
        self.last_reply.store(true, Relaxed);
    }

    pub(super) fn reply_is_complete(&self) {
        self.reply_complete.store(true, Relaxed);
    }

    pub(super) fn refuse(&self, status: StatusCode) {
        self.refusal.store(status.as_u16(), Relaxed);
    }

    pub(super) fn refusal(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.refusal.load(Relaxed)).ok()
    }
}

/// A client's socket.
pub(super) struct Wire {
    stream: TcpStream,
    link: Arc<Link>,
    metrics: Arc<Metrics>,
    /// Bytes of the first line of a head seen so far.
    first_line: usize,
    first_line_ended: bool,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, link: Arc<Link>, metrics: Arc<Metrics>) -> Self {
        Self { stream, link, metrics, first_line: 0, first_line_ended: false }
    }

    pub(super) fn into_stream(self) -> TcpStream {
        self.stream
    }

    /// Marks progress after bytes came in. Fails when the first line of a head has grown too long to be an address.
    fn took_in(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.metrics.bytes_in.add(bytes.len() as u64);
        if self.link.last_reply.load(Relaxed) {
            return Ok(());
        }
        match self.link.phase() {
            Phase::Idle if !bytes.is_empty() => {
                self.link.enter(Phase::Head);
                (self.first_line, self.first_line_ended) = (0, false);
            }
            Phase::Head => {}
            Phase::Service if !bytes.is_empty() => {
                self.link.moved(bytes.len());
                return Ok(());
            }
            _ => return Ok(()),
        }
        // Some clients send an empty line before a request; the first line is then still to come.
        let line = if self.first_line == 0 { bytes.trim_ascii_start() } else { bytes };
        if self.first_line_ended || line.contains(&b'\n') {
            self.first_line_ended = true;
            return Ok(());
        }
        self.first_line += line.len();
        if self.first_line > LONGEST_ADDRESS + METHOD_ROOM {
            self.link.refuse(StatusCode::URI_TOO_LONG);
            return Err(io::Error::other("the first line of a request is too long"));
        }
        Ok(())
    }

    /// Between requests nothing but hyper itself writes: its bare reply to a head that it cannot read. The status is
    /// kept and the connection sends a page of ours instead.
    fn swallow(&self, head: &[u8]) -> bool {
        if !matches!(self.link.phase(), Phase::Idle | Phase::Head) {
            return false;
        }
        let status = head.get(9..12).and_then(|digits| StatusCode::from_bytes(digits).ok());
        self.link.refuse(status.unwrap_or(StatusCode::BAD_REQUEST));
        true
    }

    fn gave_out(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let replies = self.link.phase() == Phase::Reply;
        match &written {
            Poll::Ready(Ok(bytes)) => {
                self.metrics.bytes_out.add(*bytes as u64);
                if *bytes > 0 && replies {
                    self.link.moved(*bytes);
                }
            }
            Poll::Pending if replies => self.link.waits_for_client.store(true, Relaxed),
            _ => {}
        }
        written
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if read.is_pending() && self.link.phase() == Phase::Service {
            self.link.waits_for_client.store(true, Relaxed);
        }
        ready!(read)?;
        Poll::Ready(self.took_in(buffer.filled().get(before..).unwrap_or_default()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.swallow(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.gave_out(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if slices.first().is_some_and(|head| self.swallow(head)) {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.gave_out(written)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// hyper flushes when its own buffer has become empty; with a complete reply that means: the next request may come.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.link.phase() == Phase::Reply && self.link.reply_complete.load(Relaxed) {
            self.link.enter(Phase::Idle);
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.link.refusal().is_some() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
