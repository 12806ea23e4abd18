//! What readers say of resources: that something is wrong, and how often each was opened. Nothing here tells who it was.

use std::collections::BTreeSet;

use rusqlite::params;

use super::{
    SchoolDb, StoreError,
    event::{By, Deed, note_of_resource},
};
use crate::domain::{id::Slug, submission::Reason};

/// Most reports that wait at once; who comes then is told that it is known. A pupil must not fill the disk.
const MAX_OPEN: i64 = 500;

/// Names one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportId(i64);

impl ReportId {
    /// As a form carries it.
    pub fn number(self) -> i64 {
        self.0
    }

    /// The report that a form names.
    pub fn of(number: i64) -> Self {
        Self(number)
    }
}

/// A report that waits for a coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Which.
    pub id: ReportId,
    /// The resource.
    pub resource: String,
    /// Why.
    pub reason: Reason,
    /// In the reader's words; may be empty.
    pub text: String,
}

impl SchoolDb {
    /// Keeps a report. `false`: so many wait that no more is taken.
    ///
    /// # Errors
    /// The disk is full or the database refused; nothing was kept.
    pub fn add_report(&self, resource: &Slug, reason: Reason, text: &str) -> Result<bool, StoreError> {
        let (resource, text) = (resource.to_string(), text.to_owned());
        self.write(move |db| {
            let waiting: i64 =
                db.query_row("SELECT count(*) FROM report WHERE open = 1", [], |row| row.get(0))?;
            if waiting >= MAX_OPEN {
                return Ok(false);
            }
            let sql = "INSERT INTO report (resource, reason, text) VALUES (?1, ?2, ?3)";
            db.execute(sql, params![resource, reason.word(), text])?;
            Ok(true)
        })
    }

    /// The reports that wait, the oldest first.
    ///
    /// # Errors
    /// The database refused.
    pub fn open_reports(&self) -> Result<Vec<Report>, StoreError> {
        self.write(|db| {
            let sql = "SELECT id, resource, reason, text FROM report WHERE open = 1 ORDER BY id";
            let mut query = db.prepare(sql)?;
            let all = query.query_map([], |row| {
                let reason: String = row.get(2)?;
                Ok(Report {
                    id: ReportId(row.get(0)?),
                    resource: row.get(1)?,
                    reason: Reason::of(&reason).unwrap_or(Reason::Wrong),
                    text: row.get(3)?,
                })
            })?;
            Ok(all.collect::<Result<_, _>>()?)
        })
    }

    /// A coordinator has looked at a report.
    ///
    /// # Errors
    /// The disk is full or the database refused; nothing was changed.
    pub fn close_report(&self, id: ReportId) -> Result<(), StoreError> {
        self.write(move |db| {
            db.execute("UPDATE report SET open = 0, text = '' WHERE id = ?1", [id.0])?;
            Ok(())
        })
    }

    /// Hides a resource from everybody, or shows it again.
    ///
    /// # Errors
    /// The disk is full or the database refused; nothing was changed.
    pub fn hide(&self, resource: &Slug, hidden: bool, by: By) -> Result<(), StoreError> {
        let resource = resource.to_string();
        self.write(move |db| {
            let sql = if hidden {
                "INSERT INTO hidden (resource) VALUES (?1) ON CONFLICT DO NOTHING"
            } else {
                "DELETE FROM hidden WHERE resource = ?1"
            };
            if db.execute(sql, [&resource])? > 0 {
                let deed = if hidden { Deed::Hidden } else { Deed::Unhidden };
                note_of_resource(db, &by, deed, &resource)?;
            }
            Ok(())
        })
    }

    /// The resources that nobody is shown.
    ///
    /// # Errors
    /// The database refused.
    pub fn hidden(&self) -> Result<BTreeSet<Slug>, StoreError> {
        self.write(|db| {
            let mut query = db.prepare("SELECT resource FROM hidden")?;
            let all = query.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            Ok(all.iter().filter_map(|name| name.parse().ok()).collect())
        })
    }

    /// Adds how often resources were opened.
    ///
    /// # Errors
    /// The disk is full or the database refused; nothing was counted.
    pub fn count(&self, seen: Vec<(Slug, u32)>) -> Result<(), StoreError> {
        self.write(move |db| {
            let sql = "INSERT INTO tally (resource, seen) VALUES (?1, ?2)
                       ON CONFLICT DO UPDATE SET seen = seen + excluded.seen";
            let mut add = db.prepare(sql)?;
            for (resource, times) in seen {
                add.execute(params![resource.as_str(), times])?;
            }
            Ok(())
        })
    }
}
