//! What the server remembers about itself, by name: the cost of a hash on this machine, its own age.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{SchoolDb, StoreError};

impl SchoolDb {
    /// A number kept under a name; `None` when there is none.
    pub fn number(&self, name: &'static str) -> Result<Option<i64>, StoreError> {
        self.write(move |db| {
            let sql = "SELECT value FROM setting WHERE name = ?1";
            let value: Option<String> = db.query_row(sql, [name], |row| row.get(0)).optional()?;
            // What is no number was not written by us: as good as nothing.
            Ok(value.and_then(|value| value.parse().ok()))
        })
    }

    /// Keeps numbers under names, all or none.
    pub fn set_numbers(&self, numbers: &[(&'static str, i64)]) -> Result<(), StoreError> {
        let numbers = numbers.to_vec();
        self.write(move |db| numbers.iter().try_for_each(|(name, value)| keep(db, name, *value)))
    }
}

fn keep(db: &Connection, name: &str, value: i64) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
    db.execute(sql, params![name, value.to_string()])?;
    Ok(())
}
