//! Forms with a file, read while they arrive: fields are gathered, the file goes to the disk in pieces that other threads
//! write. Memory stays the same for any size. What the file is, is looked at afterwards (`submissions`).

use std::mem;

use bytes::Bytes;
use http::{HeaderMap, header};

use crate::{
    formats::multipart::{self, Event, Reader},
    store::blobs::{self, Blob, Blobs, Incoming, Limits},
    submissions::Unfit,
    web::{aside, error::Error, form::Form},
};

/// Bytes that are written at once.
const BATCH: usize = 256 * 1024;

/// Most bytes of all fields that are no file.
const MAX_FIELDS: usize = 1024 * 1024;

/// What a form with a file brought.
pub(crate) struct Upload {
    /// The other fields.
    pub(crate) form: Form,
    /// The file: its name, and where it is; `None` when nobody chose one.
    pub(crate) file: Option<(String, Blob)>,
    /// Why the file was not kept, though the rest of the form was read.
    pub(crate) refused: Option<Unfit>,
}

/// What was read up to now decides whether the file is written at all.
pub(crate) type Check<'a> = dyn Fn(&Form) -> Result<(), Error> + Send + Sync + 'a;

/// Whether the headers announce a form with a file.
pub(crate) fn announced(headers: &HeaderMap) -> bool {
    content_type(headers).is_some_and(|text| Reader::new(text).is_ok())
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
}

impl From<multipart::Problem> for Error {
    fn from(_: multipart::Problem) -> Self {
        Self::Malformed
    }
}

/// Takes a form with a file, piece by piece.
pub(crate) struct Taker<'a> {
    reader: Reader,
    blobs: Option<Blobs>,
    limits: Limits,
    check: &'a Check<'a>,
    fields: Vec<(String, String)>,
    fields_bytes: usize,
    now: Now,
    file: Option<(String, Blob)>,
    refused: Option<Unfit>,
}

/// What the bytes at hand belong to.
enum Now {
    Nothing,
    Field(String, Vec<u8>),
    /// Written while it arrives; `None` once it was refused or where nothing is kept.
    File(String, Option<Incoming>, Vec<u8>),
}

/// What came out of the reader, to be done where waiting is allowed.
enum Step {
    Begin(multipart::Field),
    Bytes(Vec<u8>),
    End,
}

impl<'a> Taker<'a> {
    /// For a form with these headers. Without `blobs` the file is let go.
    ///
    /// # Errors
    /// The headers are those of no such form.
    pub(crate) fn new(
        headers: &HeaderMap,
        blobs: Option<Blobs>,
        limits: Limits,
        check: &'a Check<'a>,
    ) -> Result<Self, Error> {
        let reader = content_type(headers).and_then(|text| Reader::new(text).ok()).ok_or(Error::NotAForm)?;
        Ok(Self {
            reader,
            blobs,
            limits,
            check,
            fields: Vec::new(),
            fields_bytes: 0,
            now: Now::Nothing,
            file: None,
            refused: None,
        })
    }

    /// Takes the next piece of the body.
    pub(crate) async fn take(&mut self, piece: Bytes) -> Result<(), Error> {
        let mut steps = Vec::new();
        self.reader.feed::<Error>(&piece, |event| {
            steps.push(match event {
                Event::Begin(field) => Step::Begin(field),
                Event::Bytes(bytes) => Step::Bytes(bytes.to_vec()),
                Event::End => Step::End,
            });
            Ok(())
        })?;
        for step in steps {
            match step {
                Step::Begin(field) => self.begin(field).await?,
                Step::Bytes(bytes) => self.bytes(&bytes).await?,
                Step::End => self.end().await?,
            }
        }
        Ok(())
    }

    /// The whole form.
    ///
    /// # Errors
    /// It broke off.
    pub(crate) fn finish(self) -> Result<Upload, Error> {
        self.reader.finish().map_err(|_| Error::Malformed)?;
        Ok(Upload { form: Form::from_fields(self.fields), file: self.file, refused: self.refused })
    }

    async fn begin(&mut self, field: multipart::Field) -> Result<(), Error> {
        let Some(name) = field.file else {
            self.now = Now::Field(field.name, Vec::new());
            return Ok(());
        };
        // The proof stands before the file: nothing is written for who has none.
        (self.check)(&Form::from_fields(self.fields.clone()))?;
        let wanted = self.blobs.clone().filter(|_| self.file.is_none() && self.refused.is_none());
        let incoming = match wanted {
            None => None,
            Some(blobs) => {
                let limits = self.limits;
                let begun = aside(move || Ok(blobs.begin(limits))).await?;
                self.or_refused(begun)
            }
        };
        self.now = Now::File(name, incoming, Vec::new());
        Ok(())
    }

    async fn bytes(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match &mut self.now {
            Now::Nothing | Now::File(_, None, _) => Ok(()),
            Now::Field(_, value) => {
                self.fields_bytes += bytes.len();
                if self.fields_bytes > MAX_FIELDS {
                    return Err(Error::LargeForm);
                }
                value.extend_from_slice(bytes);
                Ok(())
            }
            Now::File(_, Some(_), waiting) => {
                waiting.extend_from_slice(bytes);
                if waiting.len() >= BATCH { self.write().await } else { Ok(()) }
            }
        }
    }

    async fn end(&mut self) -> Result<(), Error> {
        self.write().await?;
        match mem::replace(&mut self.now, Now::Nothing) {
            Now::Nothing | Now::File(_, None, _) => {}
            Now::Field(name, value) => {
                self.fields.push((name, String::from_utf8_lossy(&value).into_owned()));
            }
            // Nobody chose a file.
            Now::File(name, Some(incoming), _) if name.is_empty() && incoming.size() == 0 => {}
            Now::File(name, Some(incoming), _) => {
                let kept = aside(move || Ok(incoming.keep())).await?;
                self.file = self.or_refused(kept).map(|blob| (name, blob));
            }
        }
        Ok(())
    }

    /// Writes what waits.
    async fn write(&mut self) -> Result<(), Error> {
        let Now::File(_, incoming, waiting) = &mut self.now else { return Ok(()) };
        if waiting.is_empty() {
            return Ok(());
        }
        let Some(mut growing) = incoming.take() else { return Ok(()) };
        let mut batch = mem::take(waiting);
        let written = aside(move || {
            let written = growing.write(&batch);
            batch.clear();
            Ok(written.map(|()| (growing, batch)))
        });
        let written = self.or_refused(written.await?);
        if let (Now::File(_, incoming, waiting), Some((growing, batch))) = (&mut self.now, written) {
            (*incoming, *waiting) = (Some(growing), batch);
        }
        Ok(())
    }

    fn or_refused<T>(&mut self, made: Result<T, blobs::Error>) -> Option<T> {
        made.map_err(|error| self.refused = Some(error.into())).ok()
    }
}
