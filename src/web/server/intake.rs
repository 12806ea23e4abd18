//! Reading request bodies without trusting them: a limit of bytes, a limit of silence and a least speed.
//! What the bytes mean is the handlers' work.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    time::Duration,
};

use hyper::body::{Body, Bytes};
use tokio::time::{Instant, timeout_at};

/// A body must arrive at this many bytes a second on average, the first [`read_body`] `idle` apart: a sender that drips
/// one byte now and then would hold a connection for ever. The slowest honest link we know gives ten times as much.
const LEAST_BYTES_PER_SECOND: u64 = 500;

/// How long so many bytes may take, in milliseconds.
pub(super) fn earned_by(bytes: u64) -> u64 {
    bytes.saturating_mul(1000) / LEAST_BYTES_PER_SECOND
}

/// Why a request body was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// More bytes than allowed were announced or sent: answer 413.
    #[error("the body is larger than allowed")]
    TooLarge,
    /// The sender fell silent or is too slow: answer 408.
    #[error("the body stalled or came too slowly")]
    TimedOut,
    /// The sender went away or broke the framing; an answer will hardly arrive.
    #[error("the body broke off")]
    Aborted,
}

/// The whole body in memory. `max` in bytes; `idle` is the longest silence.
pub async fn read_body<B>(body: B, max: u64, idle: Duration) -> Result<Bytes, BodyError>
where
    B: Body<Data = Bytes>,
{
    let mut body = pin!(body);
    let mut pieces = Pieces::of(body.as_mut(), max, idle)?;
    let mut first = Bytes::new();
    let mut all = Vec::new();
    while let Some(piece) = pieces.next().await? {
        match (first.is_empty(), all.is_empty()) {
            (true, true) => first = piece,
            (_, true) => all = [&first[..], &piece[..]].concat(),
            (_, false) => all.extend_from_slice(&piece),
        }
    }
    Ok(if all.is_empty() { first } else { all.into() })
}

/// The body piece by piece, for uploads that go to disk. Between two pieces the sender waits for as long as whoever takes
/// them needs, and is not called slow for it.
pub struct Pieces<'b, B> {
    body: Pin<&'b mut B>,
    max: u64,
    idle: Duration,
    /// How long the sender was listened to.
    listened: Duration,
    received: u64,
}

impl<'b, B: Body<Data = Bytes>> Pieces<'b, B> {
    /// The pieces of a body of at most `max` bytes; `idle` is the longest silence.
    ///
    /// # Errors
    /// More is announced.
    pub fn of(body: Pin<&'b mut B>, max: u64, idle: Duration) -> Result<Self, BodyError> {
        if body.size_hint().lower() > max {
            return Err(BodyError::TooLarge);
        }
        Ok(Self { body, max, idle, listened: Duration::ZERO, received: 0 })
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// The body is too long, too slow or broken off.
    pub async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        while !self.body.is_end_stream() {
            let earned = Duration::from_millis(earned_by(self.received));
            let pace = self.idle.saturating_add(earned).saturating_sub(self.listened).min(FAR);
            let begun = Instant::now();
            let latest = begun + self.idle.min(FAR).min(pace);
            let frame = timeout_at(latest, poll_fn(|cx| self.body.as_mut().poll_frame(cx))).await;
            self.listened = self.listened.saturating_add(begun.elapsed());
            let frame = match frame {
                Err(_) => return Err(BodyError::TimedOut),
                Ok(None) => break,
                Ok(Some(Err(_))) => return Err(BodyError::Aborted),
                Ok(Some(Ok(frame))) => frame,
            };
            // Trailers carry nothing we use.
            let Ok(data) = frame.into_data() else { continue };
            self.received = self.received.saturating_add(data.len() as u64);
            if self.received > self.max {
                return Err(BodyError::TooLarge);
            }
            return Ok(Some(data));
        }
        Ok(None)
    }
}

/// Longer than any body takes and short enough to add to any clock.
const FAR: Duration = Duration::from_secs(30 * 24 * 3600);

#[cfg(test)]
mod tests {
    use std::{
        collections::VecDeque,
        pin::Pin,
        task::{Context, Poll},
    };

    use hyper::body::Frame;

    use super::*;

    /// Gives its pieces, each after a pause; `None` breaks off.
    struct Drip {
        pieces: VecDeque<Option<&'static str>>,
        pause: Duration,
        sleep: Pin<Box<tokio::time::Sleep>>,
    }

    impl Drip {
        fn new(pieces: &[Option<&'static str>], pause_ms: u64) -> Self {
            let pause = Duration::from_millis(pause_ms);
            Self {
                pieces: pieces.iter().copied().collect(),
                pause,
                sleep: Box::pin(tokio::time::sleep(pause)),
            }
        }
    }

    impl Body for Drip {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
            std::task::ready!(self.sleep.as_mut().poll(cx));
            self.sleep = Box::pin(tokio::time::sleep(self.pause));
            Poll::Ready(self.pieces.pop_front().map(|piece| {
                piece
                    .map(|text| Frame::data(Bytes::from(text)))
                    .ok_or_else(|| std::io::ErrorKind::ConnectionReset.into())
            }))
        }
    }

    fn read(
        pieces: &[Option<&'static str>],
        pause_ms: u64,
        max: u64,
        idle_ms: u64,
    ) -> Result<Bytes, BodyError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            read_body(Drip::new(pieces, pause_ms), max, Duration::from_millis(idle_ms)).await
        })
    }

    #[test]
    fn pieces_are_joined_in_order() {
        assert_eq!(read(&[Some("ab"), Some(""), Some("cd"), Some("e")], 0, 5, 1000).unwrap(), "abcde");
        assert_eq!(read(&[], 0, 5, 1000).unwrap(), "");
        assert_eq!(read(&[Some("solo")], 0, 5, 1000).unwrap(), "solo");
    }

    #[test]
    fn one_byte_too_many_is_refused() {
        assert_eq!(read(&[Some("abc"), Some("def")], 0, 5, 1000), Err(BodyError::TooLarge));
    }

    #[test]
    fn an_announced_length_above_the_limit_is_refused_unread() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let body = http_body_util::Full::new(Bytes::from_static(b"abcdef"));
        let got = runtime.block_on(read_body(body, 5, Duration::from_secs(1)));
        assert_eq!(got, Err(BodyError::TooLarge));
    }

    #[test]
    fn silence_ends_the_reading() {
        assert_eq!(read(&[Some("abc")], 500, 50, 30), Err(BodyError::TimedOut));
    }

    #[test]
    fn a_drip_that_is_never_silent_for_long_is_ended_too() {
        assert_eq!(read(&[Some("a"); 200], 20, 5000, 60), Err(BodyError::TimedOut));
    }

    #[test]
    fn a_broken_body_is_told_apart() {
        assert_eq!(read(&[Some("abc"), None], 0, 50, 1000), Err(BodyError::Aborted));
    }
}
