//! One-time codes: for a new account, or for a new password of an account that is there.
//!
//! Only the hash of a code is kept. A code that is used is gone in the same change as what it was used for.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{
    NewPerson, PersonError, Role, SchoolDb, StoreError, TokenHash,
    event::{By, Deed, note},
    person::{self, PersonId},
    session,
};

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new account with this role.
    Account(Role),
    /// A new password of this person.
    Password(PersonId),
}

impl SchoolDb {
    /// Keeps a code made at this age of the server. A second one for the same person's password takes the place of the first.
    pub fn invite(
        &self,
        codes: Vec<TokenHash>,
        purpose: Purpose,
        made: i64,
        by: By,
    ) -> Result<(), StoreError> {
        self.write(move |db| {
            let (person, role, deed) = match purpose {
                Purpose::Account(role) => (None, Some(role.word()), Deed::Invited),
                Purpose::Password(id) => (Some(id), None, Deed::ResetGiven),
            };
            db.execute("DELETE FROM invitation WHERE person = ?1", [person.map(|id| id.0)])?;
            let sql = "INSERT INTO invitation (code, person, role, made) VALUES (?1, ?2, ?3, ?4)";
            for code in &codes {
                db.execute(sql, params![code, person.map(|id| id.0), role, made])?;
                note(db, &by, deed, person)?;
            }
            Ok(())
        })
    }

    /// What a code is for; `None` when it is unknown, used, or made before `oldest`.
    pub fn purpose(&self, code: TokenHash, oldest: i64) -> Result<Option<Purpose>, StoreError> {
        self.write(move |db| {
            db.execute("DELETE FROM invitation WHERE made < ?1", [oldest])?;
            let sql = "SELECT person, role FROM invitation WHERE code = ?1";
            let found: Option<(Option<i64>, Option<String>)> =
                db.query_row(sql, [code], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            Ok(found.and_then(|(person, role)| match (person, role) {
                (Some(id), _) => Some(Purpose::Password(PersonId(id))),
                (None, role) => role.as_deref().and_then(Role::of).map(Purpose::Account),
            }))
        })
    }

    /// Makes an account with a code, and uses it up. [`PersonError::Unknown`] when somebody was faster.
    pub fn join(&self, code: TokenHash, person: NewPerson, by: By) -> Result<PersonId, PersonError> {
        self.write(move |db| {
            use_up(db, code)?;
            let id = person::add(db, &person)?;
            note(db, &By { actor: Some(id), ..by }, Deed::Joined, Some(id))?;
            Ok(id)
        })
    }

    /// Sets a new password with a code, uses it up, and ends all sessions of the person.
    pub fn reset(&self, code: TokenHash, id: PersonId, password: String, by: By) -> Result<(), PersonError> {
        self.write(move |db| {
            use_up(db, code)?;
            person::keep_password(db, id, &password)?;
            session::end_all::<PersonError>(db, id)?;
            note(db, &By { actor: Some(id), ..by }, Deed::Reset, Some(id))?;
            Ok(())
        })
    }
}

fn use_up(db: &Connection, code: TokenHash) -> Result<(), PersonError> {
    match db.execute("DELETE FROM invitation WHERE code = ?1", [code])? {
        0 => Err(PersonError::Unknown),
        _ => Ok(()),
    }
}
