//! Reading `library.db`: opened for reading only, looked at quickly, read by few connections.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
    sync::{
        Mutex, MutexGuard, PoisonError, TryLockError,
        atomic::{AtomicUsize, Ordering},
    },
};

use flate2::read::ZlibDecoder;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Row, params};

use crate::{
    domain::lang::Lang,
    store::library::{
        Owner,
        query::{Group, expression},
        schema,
    },
};

/// Connections that read at the same time.
const CONNECTIONS: usize = 2;

/// Weights of the columns: title, head, text, in Spanish and in Quechua.
const WEIGHED: &str =
    "SELECT rowid, bm25(folded, 10.0, 4.0, 1.0, 10.0, 4.0, 1.0) FROM folded WHERE folded MATCH ?1";

/// The catalogue, open for reading.
#[derive(Debug)]
pub struct LibraryDb {
    connections: Vec<Mutex<Connection>>,
    next: AtomicUsize,
}

/// Why a catalogue cannot be opened. Whatever it is: build it again.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is none, or it cannot be read.
    #[error("the catalogue cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A file that is no catalogue of ours.
    #[error("the file is no catalogue")]
    NotALibrary,
    /// Made by another version of the program.
    #[error("the catalogue is of version {0}")]
    OtherVersion(i32),
    /// Cut off, or broken in another way.
    #[error("the catalogue is damaged: {0}")]
    Damaged(String),
}

/// Why something could not be read of an open catalogue.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is broken: build it again.
    #[error("the catalogue is damaged: {0}")]
    Damaged(String),
    /// The database refused for another reason (no memory, interrupted).
    #[error("the catalogue cannot be read: {0}")]
    Sql(rusqlite::Error),
}

/// A passage as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The resource it belongs to.
    pub entry: u32,
    /// The place inside the resource.
    pub place: u32,
    /// Its language.
    pub lang: Lang,
    /// Its text.
    pub text: String,
}

/// A word of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its commonest written form, in small letters.
    pub written: String,
    /// How often it stands in the index.
    pub count: u32,
}

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        match &error {
            E::SqliteFailure(code, _)
                if matches!(
                    code.code,
                    ErrorCode::DatabaseCorrupt
                        | ErrorCode::NotADatabase
                        | ErrorCode::SystemIoFailure
                        | ErrorCode::TooBig
                        | ErrorCode::SchemaChanged
                        | ErrorCode::CannotOpen
                        // A table that is gone, or another in its place.
                        | ErrorCode::Unknown
                ) =>
            {
                Self::Damaged(error.to_string())
            }
            E::InvalidColumnType(..)
            | E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..)
            | E::SqlInputError { .. }
            | E::Utf8Error(..) => Self::Damaged(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(code, _) if code.code == ErrorCode::NotADatabase => {
                Self::NotALibrary
            }
            _ => Self::Damaged(error.to_string()),
        }
    }
}

impl LibraryDb {
    /// Opens a catalogue. The check is quick whatever its size: the head of the file, its length, the tables.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        look(path)?;
        let mut connections = Vec::with_capacity(CONNECTIONS);
        for _ in 0..CONNECTIONS {
            let connection = Connection::open_with_flags(path, schema::read_flags())?;
            schema::guard(&connection)?;
            connection.execute_batch(schema::READING)?;
            connections.push(Mutex::new(connection));
        }
        let db = Self { connections, next: AtomicUsize::new(0) };
        db.prepare_all()?;
        Ok(db)
    }

    /// A catalogue just built in memory.
    pub(super) fn in_memory(connection: Connection) -> Result<Self, OpenError> {
        connection.execute_batch(schema::READING)?;
        Ok(Self { connections: vec![Mutex::new(connection)], next: AtomicUsize::new(0) })
    }

    /// Whether every table is there with its columns.
    fn prepare_all(&self) -> Result<(), OpenError> {
        let connection = self.connection();
        for sql in [SETTING, FACETS, MATERIAL, MATERIAL_AT, PASSAGE, OWNERS, WORD, WEIGHED, ROWS] {
            connection.prepare(sql)?;
        }
        Ok(())
    }

    /// A connection nobody uses, else the next one in turn.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        for connection in &self.connections {
            match connection.try_lock() {
                Ok(free) => return free,
                Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % self.connections.len();
        self.connections[turn].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn one<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, ReadError> {
        Ok(self.connection().prepare(sql)?.query_row(values, read).optional()?)
    }

    fn all<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, ReadError> {
        let connection = self.connection();
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map(values, read)?.collect::<rusqlite::Result<Vec<T>>>()?;
        Ok(rows)
    }

    /// A value noted at the build.
    pub fn get(&self, key: &str) -> Result<Option<String>, ReadError> {
        self.one(SETTING, [key], |row| row.get(0))
    }

    /// Every facet, term and bits, in order.
    pub fn facets(&self) -> Result<Vec<(String, String, Vec<u8>)>, ReadError> {
        self.all(FACETS, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    /// The number and the record of a material.
    pub fn material(&self, id: &str) -> Result<Option<(u32, String)>, ReadError> {
        self.one(MATERIAL, [id], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The id and the record of the material with this number.
    pub fn material_at(&self, no: u32) -> Result<Option<(String, String)>, ReadError> {
        self.one(MATERIAL_AT, [no], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// For each passage, by its number, the entry it belongs to.
    pub fn owners(&self) -> Result<Vec<Owner>, ReadError> {
        let parts = self.all(OWNERS, [], |row| row.get::<_, Vec<u8>>(0))?;
        let mut owners = Vec::with_capacity(parts.iter().map(|part| part.len() / 4).sum());
        for part in parts {
            let (entries, rest) = part.as_chunks::<4>();
            if !rest.is_empty() {
                return Err(ReadError::Damaged("owners".to_owned()));
            }
            owners.extend(entries.iter().map(|bytes| Owner::from_bytes(*bytes)));
        }
        Ok(owners)
    }

    /// A passage with its text.
    pub fn passage(&self, no: u32) -> Result<Option<Stored>, ReadError> {
        let row = self.one(PASSAGE, [no], |row| {
            Ok((
                row.get::<_, u32>(0)?,
                row.get::<_, u32>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, u32>(3)?,
                row.get::<_, Vec<u8>>(4)?,
            ))
        })?;
        let Some((entry, place, lang, size, text)) = row else { return Ok(None) };
        let lang = lang.parse().map_err(|_| ReadError::Damaged("passage".to_owned()))?;
        Ok(Some(Stored { entry, place, lang, text: inflate(&text, size)? }))
    }

    /// The passages in which every group has a term (`all`), or any group, each with its weight: the higher the better.
    /// In order of passages.
    pub fn weighed(&self, groups: &[Group], all: bool) -> Result<Vec<(u32, f64)>, ReadError> {
        let Some(expression) = expression(groups, all) else { return Ok(Vec::new()) };
        self.all(WEIGHED, [expression], |row| {
            Ok((number(row.get(0)?)?, -row.get::<_, Option<f64>>(1)?.unwrap_or_default()))
        })
    }

    /// The passages in which a group has a term, in order.
    pub fn with(&self, group: &Group) -> Result<Vec<u32>, ReadError> {
        let Some(expression) = expression(std::slice::from_ref(group), true) else { return Ok(Vec::new()) };
        self.all(ROWS, [expression], |row| number(row.get(0)?))
    }

    /// Whether any passage has a term of the group.
    pub fn has(&self, group: &Group) -> Result<bool, ReadError> {
        let Some(expression) = expression(std::slice::from_ref(group), true) else { return Ok(false) };
        Ok(self.one(ANY_ROW, [expression], |_| Ok(()))?.is_some())
    }

    /// Those of these folded forms that are words of the index in this language, with their places in `forms`.
    pub fn words(&self, forms: &[String], lang: Lang) -> Result<Vec<(usize, Written)>, ReadError> {
        let connection = self.connection();
        let mut statement = connection.prepare(WORD)?;
        let mut found = Vec::new();
        for (at, form) in forms.iter().enumerate() {
            let word = statement.query_row(params![form, lang.as_str()], |row| {
                Ok(Written { written: row.get(0)?, count: row.get(1)? })
            });
            found.extend(word.optional()?.map(|word| (at, word)));
        }
        Ok(found)
    }
}

const SETTING: &str = "SELECT value FROM setting WHERE key = ?1";
const FACETS: &str = "SELECT facet, term, bits FROM facet ORDER BY facet, term";
const MATERIAL: &str = "SELECT no, record FROM material WHERE id = ?1";
const MATERIAL_AT: &str = "SELECT id, record FROM material WHERE no = ?1";
const PASSAGE: &str = "SELECT entry, place, lang, size, text FROM passage WHERE no = ?1";
const OWNERS: &str = "SELECT entries FROM owners ORDER BY part";
const WORD: &str = "SELECT written, count FROM word WHERE form = ?1 AND lang = ?2";
const ROWS: &str = "SELECT rowid FROM folded WHERE folded MATCH ?1";
const ANY_ROW: &str = "SELECT rowid FROM folded WHERE folded MATCH ?1 LIMIT 1";

/// The number of the passage in this row of the index.
fn number(row: i64) -> rusqlite::Result<u32> {
    u32::try_from(row - 1).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, row))
}

/// The text of a passage; it must be as long as was noted.
fn inflate(bytes: &[u8], size: u32) -> Result<String, ReadError> {
    let damaged = || ReadError::Damaged("text of a passage".to_owned());
    let mut text = String::new();
    ZlibDecoder::new(bytes).take(u64::from(size)).read_to_string(&mut text).map_err(|_| damaged())?;
    if usize::try_from(size).is_ok_and(|size| size == text.len()) { Ok(text) } else { Err(damaged()) }
}

/// The head of the file: whose it is, which version, and whether it is as long as it says.
/// Offsets from <https://www.sqlite.org/fileformat2.html#the_database_header>.
fn look(path: &Path) -> Result<(), OpenError> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut head = [0u8; 100];
    match file.read_exact(&mut head) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(OpenError::NotALibrary),
        other => other?,
    }
    let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if !head.starts_with(b"SQLite format 3\0") || number(68) != schema::APPLICATION.cast_unsigned() {
        return Err(OpenError::NotALibrary);
    }
    if number(60) != schema::VERSION.cast_unsigned() {
        return Err(OpenError::OtherVersion(number(60).cast_signed()));
    }
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        page => u64::from(page),
    };
    if size != page * u64::from(number(28)) {
        return Err(OpenError::Damaged("the file is cut off".to_owned()));
    }
    Ok(())
}
