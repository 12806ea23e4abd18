//! The one body type of all replies: nothing, bytes in memory, or a piece of a file that is read as the client takes
//! it. Which headers go with it is `file`'s and the pages' work.

use std::{
    fs::File,
    io,
    os::unix::fs::FileExt as _,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::task::JoinHandle;

/// How much of a file is in memory at once for one client, in bytes. Smaller pieces cost processor, larger ones memory.
pub const PIECE: usize = 64 * 1024;

/// The body of a reply.
#[derive(Debug, Default)]
pub enum Body {
    /// No content.
    #[default]
    Empty,
    /// All of it, in memory; shared with the page cache or the program itself.
    Full(Bytes),
    /// Part of an open file.
    File(Box<FileBody>),
}

impl Body {
    /// `len` bytes of the file from `start`. If the file turns out shorter, the connection breaks, so that the client
    /// sees a failed download and not a short file.
    pub fn file(file: Arc<File>, start: u64, len: u64) -> Self {
        if len == 0 {
            return Self::Empty;
        }
        Self::File(Box::new(FileBody { file, offset: start, left: len, step: Step::Ready(Bytes::new()) }))
    }

    /// Length in bytes.
    pub fn len(&self) -> u64 {
        match self {
            Self::Empty => 0,
            Self::Full(bytes) => bytes.len() as u64,
            Self::File(file) => file.left,
        }
    }

    /// Whether nothing (more) will come.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        if bytes.is_empty() { Self::Empty } else { Self::Full(bytes) }
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match &mut *self {
            Self::Empty => Poll::Ready(None),
            Self::Full(bytes) => {
                let bytes = std::mem::take(bytes);
                *self = Self::Empty;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Self::File(file) => file.poll_piece(cx).map(|piece| piece.map(|piece| piece.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.len())
    }
}

/// A part of a file on its way to a client. Reading happens on the runtime's few blocking threads, since a worn SD card
/// may take seconds; the memory of a sent piece is used again for the next one.
#[derive(Debug)]
pub struct FileBody {
    file: Arc<File>,
    offset: u64,
    left: u64,
    step: Step,
}

#[derive(Debug)]
enum Step {
    /// Nothing is being read. The bytes are the piece given out last.
    Ready(Bytes),
    Reading(JoinHandle<io::Result<Bytes>>),
}

impl FileBody {
    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        loop {
            match &mut self.step {
                Step::Ready(last) => {
                    let (file, offset) = (Arc::clone(&self.file), self.offset);
                    let len = usize::try_from(self.left).unwrap_or(PIECE).min(PIECE);
                    let last = std::mem::take(last);
                    let read = move || read_piece(&file, offset, len, last);
                    self.step = Step::Reading(tokio::task::spawn_blocking(read));
                }
                Step::Reading(task) => {
                    let piece = match ready!(Pin::new(task).poll(cx)) {
                        Ok(Ok(piece)) => piece,
                        Ok(Err(error)) => return Poll::Ready(Some(Err(error))),
                        Err(stopped) => return Poll::Ready(Some(Err(io::Error::other(stopped)))),
                    };
                    self.offset += piece.len() as u64;
                    self.left = self.left.saturating_sub(piece.len() as u64);
                    self.step = Step::Ready(if self.left == 0 { Bytes::new() } else { piece.clone() });
                    return Poll::Ready(Some(Ok(piece)));
                }
            }
        }
    }
}

/// Reads one piece, into the memory of `last` if nobody else holds it any more.
fn read_piece(file: &File, offset: u64, len: usize, last: Bytes) -> io::Result<Bytes> {
    let mut buffer = last.try_into_mut().unwrap_or_default();
    buffer.resize(len, 0);
    file.read_exact_at(&mut buffer, offset)?;
    Ok(buffer.freeze())
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build().unwrap()
    }

    fn file_of(content: &[u8]) -> Arc<File> {
        let file = tempfile::tempfile().unwrap();
        file.write_all_at(content, 0).unwrap();
        Arc::new(file)
    }

    #[test]
    fn a_part_of_a_file_comes_out_whole_in_pieces() {
        let content: Vec<u8> = (0..PIECE * 3 + 17).map(|n| u8::try_from(n % 251).unwrap()).collect();
        let mut body = Body::file(file_of(&content), 5, content.len() as u64 - 5);
        runtime().block_on(async {
            let mut got = Vec::new();
            while let Some(frame) = body.frame().await {
                let data = frame.unwrap().into_data().unwrap();
                assert!(data.len() <= PIECE);
                got.extend_from_slice(&data);
            }
            assert_eq!(got, content[5..]);
            assert!(body.is_end_stream());
        });
    }

    #[test]
    fn a_piece_still_held_by_the_reader_is_not_overwritten() {
        let content: Vec<u8> = (0..PIECE * 2).map(|n| if n < PIECE { 1 } else { 2 }).collect();
        let mut body = Body::file(file_of(&content), 0, content.len() as u64);
        runtime().block_on(async {
            let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
            let second = body.frame().await.unwrap().unwrap().into_data().unwrap();
            assert!(first.iter().all(|byte| *byte == 1) && second.iter().all(|byte| *byte == 2));
        });
    }

    #[test]
    fn a_file_that_shrank_is_an_error_and_not_a_short_body() {
        let mut body = Body::file(file_of(b"abc"), 0, 10);
        runtime().block_on(async {
            let error = body.frame().await.unwrap().unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        });
    }

    #[test]
    fn bytes_come_once() {
        let mut body = Body::from("hola");
        assert_eq!(body.size_hint().exact(), Some(4));
        runtime().block_on(async {
            assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "hola");
            assert!(body.frame().await.is_none());
        });
    }
}
