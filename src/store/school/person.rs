//! People with an account.

use std::fmt;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{
    SchoolDb, StoreError,
    event::{By, Deed, note},
    session,
};

/// Names one person for good; it is never given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(pub(super) i64);

impl PersonId {
    /// As a form carries it.
    pub fn number(self) -> i64 {
        self.0
    }
}

/// What a person may do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Uploads and writes materials.
    Teacher,
    /// A teacher who also reviews what colleagues submit.
    Coordinator,
    /// Keeps the server: people, content, backups.
    Technician,
}

/// Whether the account opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// It does.
    Active,
    /// It does not; what the person made stays.
    Disabled,
}

impl Role {
    /// All, in the order people read them.
    pub const ALL: [Self; 3] = [Self::Teacher, Self::Coordinator, Self::Technician];

    /// The word in the database and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Teacher => "teacher",
            Self::Coordinator => "coordinator",
            Self::Technician => "technician",
        }
    }

    /// The role of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }
}

/// A person as kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// As colleagues see it.
    pub name: String,
    /// As it is typed at the door, folded.
    pub login: String,
    /// What the person may do.
    pub role: Role,
    /// Whether the account opens.
    pub status: Status,
    /// The hash of the password, a PHC string.
    pub password: String,
}

/// Neither names nor hashes belong in a log.
impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

/// An account to be made.
#[derive(Clone)]
pub struct NewPerson {
    /// As colleagues see it.
    pub name: String,
    /// As it is typed at the door, folded.
    pub login: String,
    /// What the person may do.
    pub role: Role,
    /// The hash of the password, a PHC string.
    pub password: String,
}

/// Why an account is not changed.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// Another person has this login.
    #[error("the login is taken")]
    Taken,
    /// There is no such person.
    #[error("there is no such person")]
    Unknown,
    /// The last technician that can sign in stays one.
    #[error("it is the last technician")]
    LastTechnician,
    /// The records failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for PersonError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What [`read`] reads, in its order.
pub(super) const COLUMNS: &str = "SELECT id, name, login, role, status, password FROM person";

impl SchoolDb {
    /// Makes an account.
    pub fn add_person(&self, person: NewPerson) -> Result<PersonId, PersonError> {
        self.write(move |db| add(db, &person))
    }

    /// Makes the first technician; [`PersonError::Taken`] once any account exists. Two who hold the same code cannot both
    /// be the first.
    pub fn add_first(&self, person: NewPerson, by: By) -> Result<PersonId, PersonError> {
        self.write(move |db| {
            let any: bool = db.query_row("SELECT EXISTS (SELECT 1 FROM person)", [], |row| row.get(0))?;
            if any {
                return Err(PersonError::Taken);
            }
            let id = add(db, &person)?;
            note(db, &By { actor: Some(id), ..by }, Deed::Claimed, Some(id))?;
            Ok(id)
        })
    }

    /// The person with this login, folded as it was given.
    pub fn person(&self, login: &str) -> Result<Option<Person>, StoreError> {
        let login = login.to_owned();
        self.write(move |db| {
            let found = db.query_row(&format!("{COLUMNS} WHERE login = ?1"), [login], read).optional()?;
            Ok(found)
        })
    }

    /// Everybody, by name.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.write(|db| {
            let mut query = db.prepare(&format!("{COLUMNS} ORDER BY name, id"))?;
            let all = query.query_map([], read)?.collect::<Result<_, _>>()?;
            Ok(all)
        })
    }

    /// Gives a person another password. Every session of theirs ends, in the same change.
    pub fn set_password(&self, id: PersonId, password: String) -> Result<(), PersonError> {
        self.write(move |db| {
            keep_password(db, id, &password)?;
            session::end_all(db, id)
        })
    }

    /// Keeps the same password under another hash: its cost has changed. Sessions stay.
    pub fn rehash(&self, id: PersonId, password: String) -> Result<(), PersonError> {
        self.write(move |db| keep_password(db, id, &password))
    }

    /// Whether anybody has an account.
    pub fn is_claimed(&self) -> Result<bool, StoreError> {
        self.write(|db| Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM person)", [], |row| row.get(0))?))
    }

    /// Opens or shuts an account; one that is shut has no sessions. The last technician who can sign in is not shut out.
    pub fn set_status(&self, id: PersonId, status: Status, by: By) -> Result<(), PersonError> {
        self.write(move |db| {
            let count =
                db.execute("UPDATE person SET status = ?2 WHERE id = ?1", params![id.0, status.word()])?;
            changed(count)?;
            let deed = match status {
                Status::Active => Deed::Enabled,
                Status::Disabled => {
                    session::end_all::<PersonError>(db, id)?;
                    Deed::Disabled
                }
            };
            note(db, &by, deed, Some(id))?;
            let left: bool = db.query_row(
                "SELECT EXISTS (SELECT 1 FROM person WHERE role = 'technician' AND status = 'active')",
                [],
                |row| row.get(0),
            )?;
            if left { Ok(()) } else { Err(PersonError::LastTechnician) }
        })
    }
}

pub(super) fn add(db: &Connection, person: &NewPerson) -> Result<PersonId, PersonError> {
    let NewPerson { name, login, role, password } = person;
    let sql = "INSERT INTO person (name, login, role, password, status) VALUES (?1, ?2, ?3, ?4, 'active')
               ON CONFLICT (login) DO NOTHING";
    match db.execute(sql, params![name, login, role.word(), password])? {
        0 => Err(PersonError::Taken),
        _ => Ok(PersonId(db.last_insert_rowid())),
    }
}

pub(super) fn keep_password(db: &Connection, id: PersonId, password: &str) -> Result<(), PersonError> {
    changed(db.execute("UPDATE person SET password = ?2 WHERE id = ?1", params![id.0, password])?)
}

fn changed(rows: usize) -> Result<(), PersonError> {
    if rows == 0 { Err(PersonError::Unknown) } else { Ok(()) }
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Person> {
    let (role, status): (String, String) = (row.get(3)?, row.get(4)?);
    Ok(Person {
        id: PersonId(row.get(0)?),
        name: row.get(1)?,
        login: row.get(2)?,
        // What is not known can do least.
        role: Role::of(&role).unwrap_or(Role::Teacher),
        status: if status == Status::Active.word() { Status::Active } else { Status::Disabled },
        password: row.get(5)?,
    })
}
