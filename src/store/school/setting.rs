//! What the server remembers about itself, by name: the cost of a hash on this machine, its own age.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};

use super::{
    SchoolDb, StoreError,
    event::{By, Deed, note},
};

impl SchoolDb {
    /// A number kept under a name; `None` when there is none.
    pub fn number(&self, name: &'static str) -> Result<Option<i64>, StoreError> {
        self.write(move |db| Ok(number(db, name)?))
    }

    /// Keeps numbers under names, all or none.
    pub fn set_numbers(&self, numbers: &[(&'static str, i64)]) -> Result<(), StoreError> {
        let numbers = numbers.to_vec();
        self.write(move |db| numbers.iter().try_for_each(|(name, value)| keep(db, name, *value)))
    }

    /// The same, with who did what.
    pub fn set_numbers_by(
        &self,
        numbers: &[(&'static str, i64)],
        by: By,
        deed: Deed,
    ) -> Result<(), StoreError> {
        let numbers = numbers.to_vec();
        self.write(move |db| {
            numbers.iter().try_for_each(|(name, value)| keep(db, name, *value))?;
            note(db, &by, deed, None)
        })
    }
}

/// Numbers kept under names, read without changing anything, beside a server that may be running; in the order asked.
///
/// # Errors
/// The file cannot be opened or is no database of ours.
pub fn peek(path: &Path, names: &[&str]) -> rusqlite::Result<Vec<Option<i64>>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(std::time::Duration::from_secs(5))?;
    names.iter().map(|name| number(&db, name)).collect()
}

fn number(db: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT value FROM setting WHERE name = ?1";
    let value: Option<String> = db.query_row(sql, [name], |row| row.get(0)).optional()?;
    // What is no number was not written by us: as good as nothing.
    Ok(value.and_then(|value| value.parse().ok()))
}

fn keep(db: &Connection, name: &str, value: i64) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
    db.execute(sql, params![name, value.to_string()])?;
    Ok(())
}
