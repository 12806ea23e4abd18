//! Whether a database file is whole, looked at without changing it.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

/// Runs `PRAGMA quick_check` on a file opened for reading only. `Ok(None)`: whole; `Ok(Some(_))`: the first thing found.
///
/// # Errors
/// The file cannot be opened or is no database.
pub fn quick_check(path: &Path) -> rusqlite::Result<Option<String>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok((found != "ok").then_some(found))
}
