//! Books that were made, kept as files for those who ask next. They may be deleted at any time; what is asked for again is
//! made again. A server that nobody asks keeps none.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufWriter, Cursor, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use jiff::civil::Date;

use super::{Order, write};
use crate::{
    digest,
    domain::id::Slug,
    formats::book::Shape,
    web::{file::Source, shelf::Shelf},
};

/// The folder of the files, in the data folder.
const FOLDER: &str = "cache";

/// Books of one version of the content.
#[derive(Debug, Default)]
pub struct Books {
    /// None without a data folder: then nothing is kept.
    folder: Option<PathBuf>,
    kept: Mutex<BTreeMap<(Slug, Shape), Kept>>,
}

#[derive(Debug, Clone)]
struct Kept {
    etag: String,
    len: u64,
    /// The day it was made for.
    day: Date,
}

/// A book, ready to be sent.
#[derive(Debug)]
pub(crate) struct Book {
    /// First 16 hex digits of its SHA-256.
    pub(crate) etag: String,
    /// Its bytes.
    pub(crate) source: Source,
}

impl Books {
    /// Books kept below this data folder.
    pub fn new(data: Option<&Path>) -> Self {
        Self { folder: data.map(|data| data.join(FOLDER)), kept: Mutex::default() }
    }

    /// A book that was made already, today.
    pub(crate) fn find(&self, order: &Order, shape: Shape, today: Date) -> Option<Book> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.get(&(order.name.clone(), shape)).filter(|kept| kept.day == today)?.clone();
        let file = File::open(path(self.folder.as_ref()?, order, shape, &kept.etag)).ok()?;
        let len = file.metadata().ok()?.len();
        (len == kept.len).then(|| Book { etag: kept.etag, source: Source::File(Arc::new(file), len) })
    }

    /// Makes a book. One at a time: that is the caller's care.
    pub(crate) fn make(
        &self,
        shelf: &Arc<Shelf>,
        order: &Order,
        shape: Shape,
        today: Date,
    ) -> anyhow::Result<Book> {
        if let Some(folder) = &self.folder {
            match self.make_file(folder, shelf, order, shape, today) {
                Ok(book) => return Ok(book),
                // A full or sick card: the book can be had all the same.
                Err(error) => {
                    tracing::warn!(
                        cause = format!("{error:#}"),
                        "a book to take home could not be kept in the data folder"
                    );
                }
            }
        }
        let mut bytes = Cursor::new(Vec::new());
        write(shelf, order, shape, today, &mut bytes)?;
        let bytes = Bytes::from(bytes.into_inner());
        Ok(Book { etag: digest::short_hash(&bytes), source: Source::Bytes(bytes) })
    }

    fn make_file(
        &self,
        folder: &Path,
        shelf: &Arc<Shelf>,
        order: &Order,
        shape: Shape,
        today: Date,
    ) -> anyhow::Result<Book> {
        fs::create_dir_all(folder)?;
        let unfinished = folder.join("unfinished");
        let mut out = BufWriter::new(File::create(&unfinished)?);
        let written = write(shelf, order, shape, today, &mut out).and_then(|()| Ok(out.flush()?));
        if let Err(error) = written {
            fs::remove_file(&unfinished).ok();
            return Err(error);
        }
        drop(out);
        let file = File::open(&unfinished)?;
        let etag = digest::of_stream(&file)?;
        let len = file.metadata()?.len();
        let path = path(folder, order, shape, &etag);
        fs::rename(&unfinished, &path)?;
        forget_older(folder, order, shape, &path);
        let kept = Kept { etag: etag.clone(), len, day: today };
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert((order.name.clone(), shape), kept);
        Ok(Book { etag, source: Source::File(Arc::new(file), len) })
    }
}

fn path(folder: &Path, order: &Order, shape: Shape, etag: &str) -> PathBuf {
    folder.join(format!("{}{etag}{}", beginning(order), ending(shape)))
}

/// Removes the same book of earlier content. Who is still taking it keeps it to the end.
fn forget_older(folder: &Path, order: &Order, shape: Shape, newest: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().and_then(|name| name.to_str());
        let hash = name.and_then(|name| name.strip_prefix(&beginning(order))?.strip_suffix(ending(shape)));
        let same_book = hash.is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if same_book && path != newest {
            fs::remove_file(&path).ok();
        }
    }
}

/// No slug has a dot.
fn beginning(order: &Order) -> String {
    format!("{}.", order.name)
}

fn ending(shape: Shape) -> &'static str {
    match shape {
        Shape::Epub => ".epub",
        Shape::Folder => ".zip",
    }
}
