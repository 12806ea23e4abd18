//! Building `library.db`: written beside as `library.db.new`, put in place when it is whole and on the disk.

use std::{
    collections::HashMap,
    ffi::OsString,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::ZlibEncoder};
use rusqlite::{Connection, OpenFlags, params};

use crate::{
    domain::lang::Lang,
    fault,
    i18n::words::{Folding, Forms, is_quechua, words},
    store::library::{LibraryDb, OpenError, Owner, Passage, schema, words::Words},
};

/// Longest text of a passage, in bytes; what is longer is cut.
const MAX_TEXT: usize = 1 << 20;

/// Most words whose forms are remembered while building.
const REMEMBERED: usize = 16_384;

/// Entries in one row of `owners`.
const OWNERS_A_PART: usize = 4096;

/// A build under way. Dropped unfinished, it takes its file away again.
#[derive(Debug)]
pub struct Build {
    connection: Option<Connection>,
    target: Option<Target>,
    folding: Folding,
    forms: [HashMap<String, Forms>; 2],
    words: [Words; 2],
    owners: Vec<Owner>,
}

#[derive(Debug)]
struct Target {
    path: PathBuf,
    new: PathBuf,
}

/// Why a build came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The file cannot be written, synced or put in place.
    #[error("the catalogue cannot be written: {0}")]
    Io(#[from] io::Error),
    /// The database refused.
    #[error("the catalogue cannot be built: {0}")]
    Sql(#[from] rusqlite::Error),
    /// What was just built cannot be opened.
    #[error("the new catalogue cannot be opened: {0}")]
    Open(#[from] OpenError),
    /// More passages than an index holds.
    #[error("too many passages")]
    TooMany,
}

/// Takes away what killed builds left beside `target`.
pub fn sweep(target: &Path) -> io::Result<()> {
    for ending in [".new", ".new-journal", ".new-wal", ".new-shm"] {
        match fs::remove_file(beside(target, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = target.file_name().map_or_else(OsString::new, ToOwned::to_owned);
    name.push(ending);
    target.with_file_name(name)
}

impl Build {
    /// Begins. With a target, what is there serves on until [`Build::finish`]; without one, all stays in memory.
    pub fn new(target: Option<&Path>) -> Result<Self, BuildError> {
        let target = match target {
            Some(path) => {
                sweep(path)?;
                Some(Target { path: path.to_owned(), new: beside(path, ".new") })
            }
            None => None,
        };
        let connection = match &target {
            Some(target) => {
                let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
                    | OpenFlags::SQLITE_OPEN_CREATE
                    | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                Connection::open_with_flags(&target.new, flags)?
            }
            None => Connection::open_in_memory()?,
        };
        schema::guard(&connection)?;
        connection.execute_batch(schema::WRITING)?;
        connection.pragma_update(None, "application_id", schema::APPLICATION)?;
        connection.execute_batch("BEGIN")?;
        connection.execute_batch(schema::TABLES)?;
        Ok(Self {
            connection: Some(connection),
            target,
            folding: Folding::embedded(),
            forms: Default::default(),
            words: Default::default(),
            owners: Vec::new(),
        })
    }

    fn insert(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), BuildError> {
        let connection = self.connection.as_ref().ok_or(rusqlite::Error::InvalidQuery)?;
        connection.prepare(sql)?.execute(values)?;
        Ok(())
    }

    /// Notes a value, such as the version of the content; a later one replaces it.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), BuildError> {
        self.insert("INSERT OR REPLACE INTO setting VALUES (?1, ?2)", params![key, value])
    }

    /// Adds a material. Numbers and ids are unique; the record is not looked into.
    pub fn material(&mut self, no: u32, id: &str, record: &str) -> Result<(), BuildError> {
        self.insert("INSERT INTO material VALUES (?1, ?2, ?3)", params![no, id, record])
    }

    /// Adds the bits of a term of a facet; they are not looked into.
    pub fn facet(&mut self, facet: &str, term: &str, bits: &[u8]) -> Result<(), BuildError> {
        self.insert("INSERT OR REPLACE INTO facet VALUES (?1, ?2, ?3)", params![facet, term, bits])
    }

    /// Adds a passage to the index and keeps its text; returns its number, from 0.
    pub fn passage(&mut self, passage: &Passage<'_>) -> Result<u32, BuildError> {
        let no = u32::try_from(self.owners.len()).map_err(|_| BuildError::TooMany)?;
        let owner = Owner::new(passage.entry, passage.lang).ok_or(BuildError::TooMany)?;
        let text = cut(passage.text, MAX_TEXT);
        let title = self.fold(cut(passage.title, MAX_TEXT), passage.lang);
        let head = self.fold(cut(passage.head, MAX_TEXT), passage.lang);
        let folded = self.fold(text, passage.lang);
        let sql = if is_quechua(passage.lang) {
            "INSERT INTO folded (rowid, title_qu, head_qu, text_qu) VALUES (?1, ?2, ?3, ?4)"
        } else {
            "INSERT INTO folded (rowid, title_es, head_es, text_es) VALUES (?1, ?2, ?3, ?4)"
        };
        self.insert(sql, params![i64::from(no) + 1, title, head, folded])?;
        let size = u32::try_from(text.len()).map_err(|_| BuildError::TooMany)?;
        self.insert(
            "INSERT INTO passage VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![no, passage.entry, passage.place, passage.lang.as_str(), size, deflate(text)?],
        )?;
        self.owners.push(owner);
        Ok(no)
    }

    /// A text as it stands in the index: each word folded, and its stem after it when that is another.
    fn fold(&mut self, text: &str, lang: Lang) -> String {
        let which = usize::from(is_quechua(lang));
        let mut out = String::with_capacity(text.len() + text.len() / 2);
        for word in words(text) {
            if !self.forms[which].contains_key(word.text) {
                if self.forms[which].len() >= REMEMBERED {
                    self.forms[which].clear();
                }
                let forms = self.folding.forms(word.text, lang);
                self.forms[which].insert(word.text.to_owned(), forms);
            }
            let Some(forms) = self.forms[which].get(word.text) else { continue };
            if forms.whole.is_empty() {
                continue;
            }
            self.words[which].add(&forms.whole, word.text);
            for form in std::iter::once(&forms.whole).chain(&forms.stem) {
                out.push_str(form);
                out.push(' ');
            }
        }
        out
    }

    /// Completes the index, puts it on the disk and in the old one's place, and opens it.
    pub fn finish(mut self) -> Result<LibraryDb, BuildError> {
        let words = std::mem::take(&mut self.words);
        if let Some(connection) = &self.connection {
            let mut insert = connection.prepare("INSERT INTO word VALUES (?1, ?2, ?3, ?4)")?;
            for (words, lang) in words.into_iter().zip([Lang::ES, Lang::QU]) {
                for (form, word) in words.sorted() {
                    insert.execute(params![form, lang.as_str(), word.written, word.count])?;
                }
            }
        }
        for (part, entries) in (0u32..).zip(self.owners.chunks(OWNERS_A_PART)) {
            let bytes: Vec<u8> = entries.iter().flat_map(|entry| entry.to_bytes()).collect();
            self.insert("INSERT INTO owners VALUES (?1, ?2)", params![part, bytes])?;
        }
        self.insert("INSERT INTO folded (folded) VALUES ('optimize')", [])?;
        let connection = self.connection.take().ok_or(rusqlite::Error::InvalidQuery)?;
        // The version is the last word: a file without it is no library.
        connection.pragma_update(None, "user_version", schema::VERSION)?;
        connection.execute_batch("COMMIT")?;
        let Some(target) = self.target.take() else { return Ok(LibraryDb::in_memory(connection)?) };
        let placed = connection.close().map_err(|(_, error)| error.into()).and_then(|()| target.place());
        if placed.is_err() {
            let _ = fs::remove_file(&target.new);
        }
        placed?;
        Ok(LibraryDb::open(&target.path)?)
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        drop(self.connection.take());
        if let Some(target) = &self.target {
            let _ = fs::remove_file(&target.new);
        }
    }
}

impl Target {
    /// File to disk, in place, folder to disk: a power cut leaves the old or the new, whole.
    fn place(&self) -> Result<(), BuildError> {
        File::options().write(true).open(&self.new)?.sync_all()?;
        fault::here("library-whole")?;
        fs::rename(&self.new, &self.path)?;
        fault::here("library-placed")?;
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(())
    }
}

/// The beginning of a text, at most so many bytes, whole characters.
fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn deflate(text: &str) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}
