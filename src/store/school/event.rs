//! Who did what to whose account and to which resource, in order. Written in the same change as the deed: one is not there without the other.

use rusqlite::{Connection, Row, params};

use super::{SchoolDb, StoreError, person::PersonId};
use crate::clock::Stamp;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The first technician came.
    Claimed,
    /// A code for a new account was given.
    Invited,
    /// Somebody made an account with one.
    Joined,
    /// A code for a new password was given.
    ResetGiven,
    /// Somebody set a new password with one.
    Reset,
    /// An account was shut.
    Disabled,
    /// An account was opened again.
    Enabled,
    /// A teacher gave a resource to be reviewed.
    Submitted,
    /// A resource was published.
    Published,
    /// A resource was given back with a comment.
    Returned,
    /// A published resource was withdrawn.
    Withdrawn,
    /// And shown again.
    Restored,
    /// A resource was hidden from everybody.
    Hidden,
    /// And shown again.
    Unhidden,
    /// The date was set.
    Dated,
    /// The settings were changed.
    Configured,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Claimed,
        Self::Invited,
        Self::Joined,
        Self::ResetGiven,
        Self::Reset,
        Self::Disabled,
        Self::Enabled,
        Self::Submitted,
        Self::Published,
        Self::Returned,
        Self::Withdrawn,
        Self::Restored,
        Self::Hidden,
        Self::Unhidden,
        Self::Dated,
        Self::Configured,
    ];

    /// Whether it is done with a resource; the others are done about an account.
    pub fn is_of_resource(self) -> bool {
        matches!(
            self,
            Self::Submitted
                | Self::Published
                | Self::Returned
                | Self::Withdrawn
                | Self::Restored
                | Self::Hidden
                | Self::Unhidden
        )
    }

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Invited => "invited",
            Self::Joined => "joined",
            Self::ResetGiven => "reset-given",
            Self::Reset => "reset",
            Self::Disabled => "disabled",
            Self::Enabled => "enabled",
            Self::Submitted => "submitted",
            Self::Published => "published",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
            Self::Restored => "restored",
            Self::Hidden => "hidden",
            Self::Unhidden => "unhidden",
            Self::Dated => "dated",
            Self::Configured => "configured",
        }
    }
}

/// Who does something, and when.
#[derive(Debug, Clone, Default)]
pub struct By {
    /// Who; `None` for the console.
    pub actor: Option<PersonId>,
    /// The day on the wall of the school, `2026-11-23`; `None` while the clock is wrong.
    pub day: Option<String>,
    /// Its place in the order of all deeds.
    pub stamp: Stamp,
}

/// Something done, as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day; `None` while the clock was wrong.
    pub day: Option<String>,
    /// Name of who did it; `None` for the console.
    pub actor: Option<String>,
    /// What; `None` when a newer program did it.
    pub deed: Option<Deed>,
    /// Name of whose account it was about.
    pub subject: Option<String>,
    /// Name in an address of the resource it was about.
    pub resource: Option<String>,
}

impl SchoolDb {
    /// The newest deeds, the last one first.
    ///
    /// # Errors
    /// The database refused.
    pub fn events(&self, most: u32) -> Result<Vec<Event>, StoreError> {
        self.write(move |db| {
            let sql = "SELECT event.day, actor.name, event.what, subject.name, event.resource FROM event
                       LEFT JOIN person AS actor ON actor.id = event.actor
                       LEFT JOIN person AS subject ON subject.id = event.subject ORDER BY event.id DESC LIMIT ?1";
            let mut query = db.prepare(sql)?;
            let all = query.query_map([most], read)?.collect::<Result<_, _>>()?;
            Ok(all)
        })
    }

    /// The stamp of the last thing that was done; `None` when nothing was, or by older programs only.
    ///
    /// # Errors
    /// The database refused.
    pub fn newest_stamp(&self) -> Result<Option<Stamp>, StoreError> {
        self.write(|db| {
            let sql = "SELECT max(stamp) FROM (SELECT max(stamp) AS stamp FROM event UNION ALL SELECT max(stamp) FROM remark)";
            let newest: Option<String> = db.query_row(sql, [], |row| row.get(0))?;
            Ok(newest.and_then(|text| text.parse().ok()))
        })
    }
}

/// Writes a deed down, inside its change.
pub(super) fn note(
    db: &Connection,
    by: &By,
    deed: Deed,
    subject: Option<PersonId>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO event (day, actor, what, subject, stamp) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (actor, subject) = (by.actor.map(|id| id.0), subject.map(|id| id.0));
    db.execute(sql, params![by.day, actor, deed.word(), subject, by.stamp.to_string()])?;
    Ok(())
}

/// The same, about a resource.
pub(super) fn note_of_resource(
    db: &Connection,
    by: &By,
    deed: Deed,
    resource: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO event (day, actor, what, resource, stamp) VALUES (?1, ?2, ?3, ?4, ?5)";
    let actor = by.actor.map(|id| id.0);
    db.execute(sql, params![by.day, actor, deed.word(), resource, by.stamp.to_string()])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Event> {
    let what: String = row.get(2)?;
    let deed = Deed::ALL.into_iter().find(|deed| deed.word() == what);
    Ok(Event { day: row.get(0)?, actor: row.get(1)?, deed, subject: row.get(3)?, resource: row.get(4)? })
}
