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
        self.write(move |db| numbers.iter().try_for_each(|(name, value)| keep(db, name, &value.to_string())))
    }

    /// A text kept under a name; `None` when there is none.
    pub fn text(&self, name: &'static str) -> Result<Option<String>, StoreError> {
        self.write(move |db| Ok(value(db, name)?))
    }

    /// Keeps texts under names, all or none, with who did so.
    pub fn set_texts_by(
        &self,
        texts: Vec<(&'static str, String)>,
        by: By,
        deed: Deed,
    ) -> Result<(), StoreError> {
        self.write(move |db| {
            texts.iter().try_for_each(|(name, text)| keep(db, name, text))?;
            note(db, &by, deed, None)
        })
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
            numbers.iter().try_for_each(|(name, value)| keep(db, name, &value.to_string()))?;
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
    // What is no number was not written by us: as good as nothing.
    Ok(value(db, name)?.and_then(|value| value.parse().ok()))
}

fn value(db: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    db.query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| row.get(0)).optional()
}

fn keep(db: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
    db.execute(sql, params![name, value])?;
    Ok(())
}
