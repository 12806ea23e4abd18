//! What a folder's disk makes of the records, tried on a file of its own that is taken away again.

use std::{path::Path, time::Duration};

use super::{OpenError, schema};
use crate::clock::Clock;

/// The file of its own.
const NAME: &str = ".amauta-prueba.db";

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The journal in use, as the database names it: `wal`, or `truncate` where the file system has no shared memory.
    pub journal: String,
    /// Time of a change until it is on the disk: the middle one of five.
    pub commit: Duration,
}

/// Opens records in the folder as a server does, and changes something five times.
///
/// # Errors
/// The folder does not take a database.
pub fn try_disk(folder: &Path, clock: &Clock) -> Result<Trial, OpenError> {
    let path = folder.join(NAME);
    let seen = measure(&path, clock);
    schema::remove(&path);
    seen
}

fn measure(path: &Path, clock: &Clock) -> Result<Trial, OpenError> {
    let connection = schema::open(path)?;
    let journal = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    connection.execute_batch("CREATE TABLE trial (n INTEGER) STRICT")?;
    let mut times = Vec::new();
    for n in 0..5 {
        let started = clock.instant();
        connection.execute("INSERT INTO trial (n) VALUES (?1)", [n])?;
        times.push(clock.instant().saturating_duration_since(started));
    }
    times.sort_unstable();
    Ok(Trial { journal, commit: times.get(2).copied().unwrap_or_default() })
}
