//! The tables of `school.db`, how a file is raised from one version to the next, and what a connection is set to.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig, limits::Limit};

use super::OpenError;
use crate::fault;

/// Marks the file as ours (`PRAGMA application_id`): `AmaS`.
const APPLICATION: i32 = 0x416d_6153;

/// The present version of the tables.
pub const VERSION: i32 = 5;

/// One step for each version that was ever released; a step never changes once it is.
const MIGRATIONS: [&str; VERSION as usize] = [
    include_str!("migrations/1.sql"),
    include_str!("migrations/2.sql"),
    include_str!("migrations/3.sql"),
    include_str!("migrations/4.sql"),
    include_str!("migrations/5.sql"),
];

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
    let mut connection = match connect(path, false) {
        // Records that came from another disk are in the newer journal, which this one perhaps cannot open.
        Err(OpenError::Sql(error)) if is_of_journal(&error) => connect(path, true)?,
        connected => connected?,
    };
    keep_before(path, number(&connection, "user_version")?)?;
    raise(&mut connection)?;
    Ok(connection)
}

/// Connects; `alone` keeps what the newer journal shares in this process's own memory, and leaves that journal.
fn connect(path: &Path, alone: bool) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    if alone {
        // Before anything is read.
        connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
    }
    connection.execute_batch(SETTINGS).map_err(not_ours)?;
    recognise(&connection)?;
    keep_safe(&connection, path, alone)?;
    look_through(&connection)?;
    Ok(connection)
}

/// Whether it is what the database says when it cannot share memory beside the file.
fn is_of_journal(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, ReadOnly, SystemIoFailure};
    error.sqlite_error_code().is_some_and(|code| matches!(code, CannotOpen | ReadOnly | SystemIoFailure))
}

/// Password hashes lie in it: only the server's own user reads a new file. Its entry in the folder is synced, so that a cut
/// cannot take the whole file away after the first account was confirmed.
fn make_private(path: &Path) -> io::Result<()> {
    if path.try_exists()? {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.sync_all()?;
    fault::here("school-made")?;
    sync_folder_of(path)
}

fn sync_folder_of(path: &Path) -> io::Result<()> {
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
fn keep_safe(connection: &Connection, path: &Path, alone: bool) -> Result<(), OpenError> {
    let ask = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, String>(0));
    let newer = !alone && ask("PRAGMA journal_mode")? == "wal";
    if !newer {
        // A file that is once marked for the newer journal cannot be read without it: tried elsewhere first.
        let mode = if !alone && shares_memory(path) { "WAL" } else { "TRUNCATE" };
        let now = ask(&format!("PRAGMA journal_mode = {mode}"))?;
        if now != "wal" {
            tracing::warn!(
                "this disk has no shared memory for the journal of school.db; the older one is used"
            );
        }
    }
    if alone {
        // The lock is let go with the next reading.
        connection.execute_batch("PRAGMA locking_mode = NORMAL")?;
        number(connection, "schema_version")?;
    }
    connection.execute_batch("PRAGMA synchronous = FULL;")?;
    #[cfg(feature = "fault")]
    if fault::sins("normal") {
        connection.execute_batch("PRAGMA synchronous = NORMAL;")?;
    }
    Ok(())
}

/// Beside the file, what it was before this program raised it from a version: `school.db.before-3`.
fn before(path: &Path, version: i32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{version}"));
    name.into()
}

/// Copies records that are about to be raised: an older program does not read them after.
fn keep_before(path: &Path, version: i32) -> Result<(), OpenError> {
    if version == 0 || version >= VERSION {
        return Ok(());
    }
    let (kept, aside) = (before(path, version), before(path, version).with_extension("part"));
    match fs::remove_file(&aside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => make_private(&aside)?,
    }
    let name = aside.to_str().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    // A connection of its own: that of the records may attach no other file.
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?
        .execute("VACUUM INTO ?1", [name])?;
    File::open(&aside)?.sync_all()?;
    fs::rename(&aside, &kept)?;
    sync_folder_of(&kept)?;
    tracing::info!(kept = %kept.display(), "the records are raised to the tables of this program");
    Ok(())
}

/// Takes away what records were before they were raised, once the new ones have served.
///
/// # Errors
/// The disk.
pub fn forget_before(path: &Path) -> io::Result<()> {
    for version in 1..VERSION {
        match fs::remove_file(before(path, version)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The version of the tables in a file, read without changing anything.
///
/// # Errors
/// The file cannot be opened or is no database.
pub fn version_of(path: &Path) -> rusqlite::Result<i32> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)?.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Whether the newer journal works in this folder, tried on a file that is taken away again.
fn shares_memory(path: &Path) -> bool {
    let trial = path.with_extension("prueba");
    let tried = Connection::open(&trial).and_then(|connection| {
        connection
            .execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; CREATE TABLE t (n);")?;
        connection.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0))
    });
    remove(&trial);
    tried.is_ok_and(|mode| mode == "wal")
}

/// Takes a database away, with what stands beside it.
pub(super) fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        fs::remove_file(name).ok();
    }
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
