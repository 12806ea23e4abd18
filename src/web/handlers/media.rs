//! Files of lessons: pictures and sounds.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use http::{Response, request::Parts};

use crate::{
    content::{MediaFile, open_plain},
    domain::id::Slug,
    web::{
        body::Body,
        error::Error,
        file::{self, Describe, Source},
        reply,
        shelf::Shelf,
    },
};

/// `/m/<lesson>/<hash>/<name>`
pub(crate) fn serve(
    shelf: &Shelf,
    lesson: &Slug,
    hash: &str,
    name: &str,
    parts: &Parts,
) -> Result<Response<Body>, Error> {
    let known = shelf.library.lesson(lesson.as_str()).and_then(|lesson| lesson.media.get(name));
    let media = known.filter(|media| media.hash == hash).ok_or(Error::NotFound)?;
    let source = match shelf.library.media(lesson.as_str(), name).ok_or(Error::NotFound)? {
        MediaFile::Embedded(Cow::Borrowed(bytes)) => Source::Bytes(Bytes::from_static(bytes)),
        MediaFile::Embedded(Cow::Owned(bytes)) => Source::Bytes(Bytes::from(bytes)),
        MediaFile::OnDisk(path) => {
            // What was a file when it was read may be a pipe or a link by now.
            let file = open_plain(&path).map_err(|_| Error::NotFound)?;
            let len = file.metadata().map_err(|_| Error::NotFound)?.len();
            // Changed since it was read: its address no longer names it. A reload gives it a new one.
            if len != media.size {
                return Err(Error::NotFound);
            }
            Source::File(Arc::new(file), len)
        }
    };
    let describe =
        Describe { content_type: media.media_type, etag: &media.hash, cache: reply::FOREVER, download: None };
    Ok(file::reply(&parts.method, &parts.headers, source, &describe))
}
