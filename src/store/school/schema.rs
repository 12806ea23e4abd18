//! The tables of `school.db`, how a file is raised from one version to the next, and what a connection is set to.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig, limits::Limit};

use super::OpenError;
use crate::fault;

/// Marks the file as ours (`PRAGMA application_id`): `AmaS`.
const APPLICATION: i32 = 0x416d_6153;

/// The present version of the tables.
const VERSION: i32 = 3;

/// One step for each version that was ever released; a step never changes once it is.
const MIGRATIONS: [&str; VERSION as usize] =
    [include_str!("migrations/1.sql"), include_str!("migrations/2.sql"), include_str!("migrations/3.sql")];

/// Longest value that is read or written, in bytes.
const MAX_VALUE: i32 = 16 << 20;

/// Records larger than this are not read whole at each start, in bytes.
const LOOKED_THROUGH: i64 = 4 << 20;

/// A change waits this long for a lock that another program (`amauta user`) holds.
const SETTINGS: &str = "
    PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -512; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 5000;
";

/// Opens or makes the file.
pub(super) fn open(path: &Path) -> Result<Connection, OpenError> {
    make_private(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.execute_batch(SETTINGS).map_err(not_ours)?;
    recognise(&connection)?;
    keep_safe(&connection)?;
    look_through(&connection)?;
    raise(&mut connection)?;
    Ok(connection)
}

/// Password hashes lie in it: only the server's own user reads a new file. Its entry in the folder is synced, so that a cut
/// cannot take the whole file away after the first account was confirmed.
fn make_private(path: &Path) -> std::io::Result<()> {
    if path.try_exists()? {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.sync_all()?;
    fault::here("school-made")?;
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

fn not_ours(error: rusqlite::Error) -> OpenError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => OpenError::NotASchool,
        _ => OpenError::Sql(error),
    }
}

fn number(connection: &Connection, pragma: &str) -> Result<i32, OpenError> {
    connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0)).map_err(not_ours)
}

/// Refuses another program's file and one of a newer version before anything is written to it.
fn recognise(connection: &Connection) -> Result<(), OpenError> {
    let (application, version) = (number(connection, "application_id")?, number(connection, "user_version")?);
    let empty = number(connection, "schema_version")? == 0;
    if !empty && application != APPLICATION {
        return Err(OpenError::NotASchool);
    }
    if version > VERSION {
        return Err(OpenError::Newer { found: version, known: VERSION });
    }
    Ok(())
}

/// Reads all pages of records that are not large: damage is found before anybody builds on it. Larger ones are looked
/// through by `amauta doctor`, and whole in every backup.
fn look_through(connection: &Connection) -> Result<(), OpenError> {
    let pages = i64::from(number(connection, "page_count")?);
    if pages * i64::from(number(connection, "page_size")?) > LOOKED_THROUGH {
        return Ok(());
    }
    let found: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(not_ours)?;
    if found == "ok" { Ok(()) } else { Err(OpenError::Damaged(found)) }
}

/// Each commit waits for the disk. Where the file system has no shared memory (JFFS2 on an XO-1), the older journal does
/// the same work.
fn keep_safe(connection: &Connection) -> Result<(), OpenError> {
    let set = |mode: &str| {
        connection.query_row(&format!("PRAGMA journal_mode = {mode}"), [], |row| row.get::<_, String>(0))
    };
    let wal = set("WAL").is_ok_and(|mode| mode == "wal") && number(connection, "schema_version").is_ok();
    if !wal {
        tracing::warn!(
            "this disk has no shared memory for the journal of school.db; the older journal is used"
        );
        set("TRUNCATE")?;
    }
    connection.execute_batch("PRAGMA synchronous = FULL;")?;
    #[cfg(feature = "fault")]
    if fault::sins("normal") {
        connection.execute_batch("PRAGMA synchronous = NORMAL;")?;
    }
    Ok(())
}

/// All steps that are missing, as one change.
fn raise(connection: &mut Connection) -> Result<(), OpenError> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = number(&change, "user_version")?;
    let done = usize::try_from(version).map_err(|_| OpenError::NotASchool)?;
    for step in MIGRATIONS.iter().skip(done) {
        change.execute_batch(step)?;
    }
    if version < VERSION {
        change.pragma_update(None, "application_id", APPLICATION)?;
        change.pragma_update(None, "user_version", VERSION)?;
    }
    fault::here("school-raise-before")?;
    change.commit()?;
    fault::here("school-raise-after")?;
    Ok(())
}
