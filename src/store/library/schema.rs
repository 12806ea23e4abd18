//! The tables of `library.db`, and what a connection is set to.

use rusqlite::{Connection, OpenFlags, config::DbConfig, limits::Limit};

/// Marks the file as ours (`PRAGMA application_id`): «Ama1».
pub(super) const APPLICATION: i32 = 0x416d_6131;

/// Counts up with every change of the tables, the folding or the stems: an index of another version is built again.
pub(super) const VERSION: i32 = 3;

/// Pieces of the index are kept whole in one file; nothing refers to another table, so that each can be read alone.
pub(super) const TABLES: &str = "
    CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE material (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT;
    CREATE TABLE facet (facet TEXT NOT NULL, term TEXT NOT NULL, bits BLOB NOT NULL,
                        PRIMARY KEY (facet, term)) STRICT, WITHOUT ROWID;
    CREATE TABLE passage (no INTEGER PRIMARY KEY, entry INTEGER NOT NULL, place INTEGER NOT NULL,
                          lang TEXT NOT NULL, size INTEGER NOT NULL, text BLOB NOT NULL) STRICT;
    CREATE TABLE owners (part INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;
    CREATE TABLE word (form TEXT NOT NULL, lang TEXT NOT NULL, written TEXT NOT NULL, count INTEGER NOT NULL,
                       PRIMARY KEY (form, lang)) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE folded USING fts5(title_es, head_es, text_es, title_qu, head_qu, text_qu,
        content='', tokenize='unicode61 remove_diacritics 0');
";

/// For one writer that starts from nothing: no journal, no wait for the disk until all is written. A build that is killed
/// leaves a file nobody looks at.
pub(super) const WRITING: &str = "
    PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF;
";

/// For readers. No memory map: a failing card must give an error, not a signal. 1 MiB of pages at most. One transaction is
/// held for good: nobody writes a library that is in place, and to begin anew for each question costs more than most answers.
pub(super) const READING: &str = "
    PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
    PRAGMA cache_size = -1024; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 1000; BEGIN;
";

/// Longest value or row that is read, in bytes.
const MAX_VALUE: i32 = 64 << 20;

/// How a file is opened for reading.
pub(super) fn read_flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Sets what holds for every connection: the file's own definitions are not trusted.
pub(super) fn guard(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    Ok(())
}
