//! Who is signed in. Only the hash of a token is kept: who steals the file cannot enter with it.
//!
//! When a session ends is the caller's to decide (`auth`); here times are numbers, seconds of the server's own age.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{
    Person, SchoolDb, StoreError,
    person::{self, PersonId},
};

/// SHA-256 of a token.
pub type TokenHash = [u8; 32];

/// One browser that is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub token: TokenHash,
    /// Whose.
    pub person: PersonId,
    /// Whether the computer is the person's alone.
    pub own: bool,
    /// When it began.
    pub started: i64,
    /// When it was last used, to the minute.
    pub seen: i64,
}

impl SchoolDb {
    /// Begins a session.
    pub fn begin_session(&self, session: Session) -> Result<(), StoreError> {
        self.write(move |db| {
            let Session { token, person, own, started, seen } = session;
            let sql = "INSERT INTO session (token, person, own, started, seen) VALUES (?1, ?2, ?3, ?4, ?5)";
            db.execute(sql, params![token, person.0, own, started, seen])?;
            Ok(())
        })
    }

    /// The session of a token with its person; `None` when there is none. Its person may be shut out: see `status`.
    pub fn session(&self, token: TokenHash) -> Result<Option<(Session, Person)>, StoreError> {
        self.write(move |db| {
            let sql = "SELECT token, person, own, started, seen FROM session WHERE token = ?1";
            let Some(session) = db.query_row(sql, [token], read).optional()? else { return Ok(None) };
            let sql = format!("{} WHERE id = ?1", person::COLUMNS);
            let person = db.query_row(&sql, [session.person.0], person::read).optional()?;
            Ok(person.map(|person| (session, person)))
        })
    }

    /// The sessions of a person, the newest first.
    pub fn sessions(&self, person: PersonId) -> Result<Vec<Session>, StoreError> {
        self.write(move |db| {
            let sql = "SELECT token, person, own, started, seen FROM session WHERE person = ?1 ORDER BY started DESC, token";
            let mut query = db.prepare(sql)?;
            let all = query.query_map([person.0], read)?.collect::<Result<_, _>>()?;
            Ok(all)
        })
    }

    /// Notes that a session is in use.
    pub fn touch_session(&self, token: TokenHash, seen: i64) -> Result<(), StoreError> {
        self.write(move |db| {
            db.execute("UPDATE session SET seen = ?2 WHERE token = ?1", params![token, seen])?;
            Ok(())
        })
    }

    /// Ends a session.
    pub fn end_session(&self, token: TokenHash) -> Result<(), StoreError> {
        self.write(move |db| {
            db.execute("DELETE FROM session WHERE token = ?1", [token])?;
            Ok(())
        })
    }

    /// Ends all sessions of a person.
    pub fn end_sessions(&self, person: PersonId) -> Result<(), StoreError> {
        self.write(move |db| end_all(db, person))
    }

    /// Ends every session on a shared computer.
    pub fn end_shared_sessions(&self) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("DELETE FROM session WHERE own = 0", [])?;
            Ok(())
        })
    }
}

/// Ends all sessions of a person, inside a change.
pub(super) fn end_all<E: From<StoreError>>(db: &Connection, person: PersonId) -> Result<(), E> {
    db.execute("DELETE FROM session WHERE person = ?1", [person.0]).map_err(StoreError::from)?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        token: row.get(0)?,
        person: PersonId(row.get(1)?),
        own: row.get(2)?,
        started: row.get(3)?,
        seen: row.get(4)?,
    })
}
