//! What teachers made: submissions with their versions, their files and what colleagues say of them. Who may do what is
//! decided elsewhere (`domain::submission`, `submissions`).

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{
    SchoolDb, StoreError,
    event::{By, Deed, note_of_resource},
    person::PersonId,
};
use crate::domain::{
    id::Slug,
    submission::{Genre, State, Work},
};

/// Names one submission for good; it is never given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SubmissionId(i64);

impl SubmissionId {
    /// As an address carries it.
    pub fn number(self) -> i64 {
        self.0
    }

    /// The submission that an address names.
    pub fn of(number: i64) -> Self {
        Self(number)
    }
}

/// A file of a version; what is in it lies beside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its name, as its author called it.
    pub name: String,
    /// SHA-256 of what is in it, 64 hex digits.
    pub hash: String,
    /// Bytes.
    pub size: u64,
}

/// What is saved as a version.
#[derive(Debug, Clone)]
pub struct NewWork {
    /// What it says.
    pub work: Work,
    /// Its files.
    pub files: Vec<StoredFile>,
}

/// A submission, with its newest version.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Which.
    pub id: SubmissionId,
    /// Its name in an address, once it is published.
    pub slug: String,
    /// Whose it is.
    pub owner: PersonId,
    /// Their name, as colleagues see it.
    pub owner_name: String,
    /// What was made.
    pub genre: Genre,
    /// Where it stands.
    pub state: State,
    /// Number of the newest version, from 1.
    pub newest: u32,
    /// Number of the version that is shown.
    pub served: Option<u32>,
    /// Grows with every change.
    pub revision: i64,
    /// What the newest version says.
    pub work: Work,
    /// How often it was opened.
    pub seen: i64,
}

/// A version in a list.
#[derive(Debug, Clone)]
pub struct VersionLine {
    /// Its number, from 1.
    pub number: u32,
    /// Who saved it.
    pub author: String,
    /// What it says.
    pub work: Work,
}

/// What is shown of a submission.
#[derive(Debug, Clone)]
pub struct Served {
    /// Its name in an address.
    pub slug: String,
    /// What was made.
    pub genre: Genre,
    /// Number of the version.
    pub number: u32,
    /// What it says.
    pub work: Work,
    /// Its files.
    pub files: Vec<StoredFile>,
}

/// What sort of remark somebody made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkKind {
    /// A comment.
    Comment,
    /// A thank-you.
    Thanks,
    /// What a coordinator wants to be changed.
    Return,
}

impl RemarkKind {
    const ALL: [Self; 3] = [Self::Comment, Self::Thanks, Self::Return];

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Thanks => "thanks",
            Self::Return => "return",
        }
    }
}

/// What a colleague said.
#[derive(Debug, Clone)]
pub struct Remark {
    /// Their name.
    pub author: String,
    /// The day; `None` while the clock was wrong.
    pub day: Option<String>,
    /// What sort.
    pub kind: RemarkKind,
    /// In their words.
    pub text: String,
}

/// Which submissions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those of a person.
    Of(PersonId),
    /// Those that wait for a coordinator.
    Waiting,
    /// Those that are shown, the most used first.
    Shown,
}

/// A step of a submission.
#[derive(Debug, Clone)]
pub struct Change {
    /// Where it leads.
    pub state: State,
    /// The version that is shown from then on.
    pub served: Option<u32>,
    /// What goes into the trail.
    pub deed: Option<Deed>,
    /// What a coordinator says with it; empty for nothing.
    pub remark: String,
}

/// Why a submission is not changed.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    /// Somebody changed it meanwhile.
    #[error("somebody changed it meanwhile")]
    Changed,
    /// There is no such submission.
    #[error("there is no such submission")]
    Unknown,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for SubmissionError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

const SELECT: &str = "
    SELECT submission.id, slug, owner, person.name, genre, state, newest, served, revision, version.work,
           coalesce(tally.seen, 0)
    FROM submission
    JOIN person ON person.id = owner
    JOIN version ON version.submission = submission.id AND version.number = newest
    LEFT JOIN tally ON tally.resource = slug";

impl SchoolDb {
    /// Lists submissions, at most 500.
    ///
    /// # Errors
    /// The database refused.
    pub fn submissions(&self, which: Which) -> Result<Vec<Submission>, StoreError> {
        self.write(move |db| {
            let (order, person) = match which {
                Which::Of(person) => ("WHERE owner = ?1 ORDER BY submission.id DESC", person.0),
                Which::Waiting => ("WHERE state = 'in-review' AND ?1 = 0 ORDER BY submission.id", 0),
                Which::Shown => (
                    "WHERE served IS NOT NULL AND ?1 = 0 ORDER BY coalesce(tally.seen, 0) DESC, submission.id DESC",
                    0,
                ),
            };
            let mut query = db.prepare(&format!("{SELECT} {order} LIMIT 500"))?;
            let all = query.query_map([person], submission)?.collect::<Result<_, _>>()?;
            Ok(all)
        })
    }

    /// One submission.
    ///
    /// # Errors
    /// The database refused.
    pub fn submission(&self, id: SubmissionId) -> Result<Option<Submission>, StoreError> {
        self.write(move |db| Ok(one(db, id)?))
    }

    /// A version of a submission, with its files.
    ///
    /// # Errors
    /// The database refused.
    pub fn version(&self, id: SubmissionId, number: u32) -> Result<Option<NewWork>, StoreError> {
        self.write(move |db| {
            let sql = "SELECT work FROM version WHERE submission = ?1 AND number = ?2";
            let work = db.query_row(sql, params![id.0, number], |row| work(row, 0)).optional()?;
            let Some(work) = work else { return Ok(None) };
            Ok(Some(NewWork { work, files: files(db, id, number)? }))
        })
    }

    /// The versions of a submission, the newest first.
    ///
    /// # Errors
    /// The database refused.
    pub fn versions(&self, id: SubmissionId) -> Result<Vec<VersionLine>, StoreError> {
        self.write(move |db| {
            let sql = "SELECT number, person.name, work FROM version JOIN person ON person.id = author
                       WHERE submission = ?1 ORDER BY number DESC LIMIT 100";
            let mut query = db.prepare(sql)?;
            let line = |row: &Row<'_>| {
                Ok(VersionLine { number: row.get(0)?, author: row.get(1)?, work: work(row, 2)? })
            };
            let all = query.query_map([id.0], line)?.collect::<Result<_, _>>()?;
            Ok(all)
        })
    }

    /// Begins a submission as a draft.
    ///
    /// # Errors
    /// The disk is full or the database refused; nothing was kept.
    pub fn add_submission(
        &self,
        owner: PersonId,
        genre: Genre,
        first: NewWork,
    ) -> Result<SubmissionId, StoreError> {
        self.write(move |db| {
            let sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'submission'), 0) + 1";
            let id: i64 = db.query_row(sql, [], |row| row.get(0))?;
            let slug = slug(&first.work, genre, id);
            let sql = "INSERT INTO submission (id, slug, owner, genre, state, newest, revision)
                       VALUES (?1, ?2, ?3, ?4, 'draft', 1, 1)";
            db.execute(sql, params![id, slug, owner.0, genre.word()])?;
            put(db, SubmissionId(id), 1, owner, &first)?;
            Ok(SubmissionId(id))
        })
    }

    /// Saves what somebody wrote: in place of the newest version while nobody was shown it, else as a further one.
    /// `revision` is the one they began from.
    ///
    /// # Errors
    /// Somebody changed it meanwhile; there is none; the disk is full. Nothing was changed.
    pub fn save_version(
        &self,
        id: SubmissionId,
        revision: i64,
        author: PersonId,
        state: State,
        saved: NewWork,
    ) -> Result<(), SubmissionError> {
        self.write(move |db| {
            let now = one(db, id)?.ok_or(SubmissionError::Unknown)?;
            if now.revision != revision {
                return Err(SubmissionError::Changed);
            }
            let sql = "SELECT shown FROM version WHERE submission = ?1 AND number = ?2";
            let shown: bool = db.query_row(sql, params![id.0, now.newest], |row| row.get(0))?;
            let number = if shown { now.newest + 1 } else { now.newest };
            put(db, id, number, author, &saved)?;
            let sql = "UPDATE submission SET newest = ?2, state = ?3, revision = revision + 1 WHERE id = ?1";
            db.execute(sql, params![id.0, number, state.word()])?;
            Ok(())
        })
    }

    /// Takes a submission to another state.
    ///
    /// # Errors
    /// Somebody changed it meanwhile; there is none; the disk is full. Nothing was changed.
    pub fn step(
        &self,
        id: SubmissionId,
        revision: i64,
        by: By,
        change: Change,
    ) -> Result<(), SubmissionError> {
        self.write(move |db| {
            let now = one(db, id)?.ok_or(SubmissionError::Unknown)?;
            if now.revision != revision {
                return Err(SubmissionError::Changed);
            }
            let sql = "UPDATE submission SET state = ?2, served = ?3, revision = revision + 1 WHERE id = ?1";
            db.execute(sql, params![id.0, change.state.word(), change.served])?;
            if let Some(served) = change.served {
                let sql = "UPDATE version SET shown = 1 WHERE submission = ?1 AND number = ?2";
                db.execute(sql, params![id.0, served])?;
            }
            if let Some(deed) = change.deed {
                note_of_resource(db, &by, deed, &now.slug)?;
            }
            if !change.remark.is_empty() {
                say(db, id, &by, RemarkKind::Return, &change.remark)?;
            }
            Ok(())
        })
    }

    /// Throws a submission away of which no version was ever shown. `false` when one was.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub fn discard(&self, id: SubmissionId) -> Result<bool, StoreError> {
        self.write(move |db| {
            let sql = "SELECT count(*) FROM version WHERE submission = ?1 AND shown = 1";
            let shown: i64 = db.query_row(sql, [id.0], |row| row.get(0))?;
            if shown > 0 {
                return Ok(false);
            }
            for table in ["remark", "file", "version"] {
                db.execute(&format!("DELETE FROM {table} WHERE submission = ?1"), [id.0])?;
            }
            db.execute("DELETE FROM submission WHERE id = ?1", [id.0])?;
            Ok(true)
        })
    }

    /// Keeps what a colleague says. Somebody thanks once.
    ///
    /// # Errors
    /// The disk is full or the database refused; nothing was kept.
    pub fn remark(&self, id: SubmissionId, by: By, kind: RemarkKind, text: &str) -> Result<(), StoreError> {
        let text = text.to_owned();
        self.write(move |db| {
            let Some(actor) = by.actor else { return Ok(()) };
            let sql = "SELECT count(*) FROM remark WHERE submission = ?1 AND author = ?2 AND kind = 'thanks'";
            let thanked: i64 = db.query_row(sql, params![id.0, actor.0], |row| row.get(0))?;
            if kind == RemarkKind::Thanks && thanked > 0 {
                return Ok(());
            }
            say(db, id, &by, kind, &text)
        })
    }

    /// What colleagues said, the oldest first.
    ///
    /// # Errors
    /// The database refused.
    pub fn remarks(&self, id: SubmissionId) -> Result<Vec<Remark>, StoreError> {
        self.write(move |db| {
            let sql = "SELECT person.name, day, kind, text FROM remark JOIN person ON person.id = author
                       WHERE submission = ?1 ORDER BY remark.id LIMIT 500";
            let mut query = db.prepare(sql)?;
            let all = query.query_map([id.0], |row| {
                let word: String = row.get(2)?;
                let kind = RemarkKind::ALL.into_iter().find(|kind| kind.word() == word);
                Ok(Remark {
                    author: row.get(0)?,
                    day: row.get(1)?,
                    kind: kind.unwrap_or(RemarkKind::Comment),
                    text: row.get(3)?,
                })
            })?;
            Ok(all.collect::<Result<_, _>>()?)
        })
    }

    /// All that is shown.
    ///
    /// # Errors
    /// The database refused.
    pub fn served(&self) -> Result<Vec<Served>, StoreError> {
        self.write(|db| {
            let sql = "SELECT id, slug, genre, served, work FROM submission
                       JOIN version ON version.submission = id AND number = served ORDER BY id";
            let mut query = db.prepare(sql)?;
            let rows = query.query_map([], |row| {
                let genre: String = row.get(2)?;
                let served = Served {
                    slug: row.get(1)?,
                    genre: Genre::of(&genre).unwrap_or(Genre::Article),
                    number: row.get(3)?,
                    work: work(row, 4)?,
                    files: Vec::new(),
                };
                Ok((SubmissionId(row.get(0)?), served))
            })?;
            let mut all = Vec::new();
            for row in rows {
                let (id, served) = row?;
                all.push(Served { files: files(db, id, served.number)?, ..served });
            }
            Ok(all)
        })
    }

    /// Bytes of all files of a person's submissions.
    ///
    /// # Errors
    /// The database refused.
    pub fn bytes_of(&self, owner: PersonId) -> Result<u64, StoreError> {
        self.write(move |db| {
            let sql = "SELECT coalesce(sum(size), 0) FROM
                       (SELECT DISTINCT hash, size FROM file JOIN submission ON id = submission WHERE owner = ?1)";
            let bytes: i64 = db.query_row(sql, [owner.0], |row| row.get(0))?;
            Ok(u64::try_from(bytes).unwrap_or_default())
        })
    }

    /// Whether a version has a file with this in it.
    ///
    /// # Errors
    /// The database refused.
    pub fn names_file(&self, hash: &str) -> Result<bool, StoreError> {
        let hash = hash.to_owned();
        self.write(move |db| {
            let sql = "SELECT count(*) FROM file WHERE hash = ?1";
            Ok(db.query_row(sql, [hash], |row| row.get::<_, i64>(0))? > 0)
        })
    }
}

fn one(db: &Connection, id: SubmissionId) -> rusqlite::Result<Option<Submission>> {
    db.query_row(&format!("{SELECT} WHERE submission.id = ?1"), [id.0], submission).optional()
}

/// Its name in an address: the words of its title, and a number that makes it the only one.
fn slug(work: &Work, genre: Genre, id: i64) -> String {
    let title = work.title.0.values().next().map_or(genre.word(), String::as_str);
    let words = Slug::from_text(title).map_or_else(|| genre.word().to_owned(), |slug| slug.to_string());
    let short: String = words.chars().take(Slug::MAX_LEN - 12).collect();
    format!("{}-{id}", short.trim_end_matches('-'))
}

fn put(
    db: &Connection,
    id: SubmissionId,
    number: u32,
    author: PersonId,
    saved: &NewWork,
) -> Result<(), StoreError> {
    // What we made can always be written.
    let work = serde_json::to_string(&saved.work).map_err(|_| StoreError::Panicked)?;
    let sql = "INSERT INTO version (submission, number, author, work) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO UPDATE SET author = excluded.author, work = excluded.work";
    db.execute(sql, params![id.0, number, author.0, work])?;
    db.execute("DELETE FROM file WHERE submission = ?1 AND number = ?2", params![id.0, number])?;
    let sql =
        "INSERT INTO file (submission, number, position, name, hash, size) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    for (position, file) in (1_i64..).zip(&saved.files) {
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        db.execute(sql, params![id.0, number, position, file.name, file.hash, size])?;
    }
    Ok(())
}

fn say(db: &Connection, id: SubmissionId, by: &By, kind: RemarkKind, text: &str) -> Result<(), StoreError> {
    let Some(author) = by.actor else { return Ok(()) };
    let sql =
        "INSERT INTO remark (submission, author, day, kind, text, stamp) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.execute(sql, params![id.0, author.0, by.day, kind.word(), text, by.stamp.to_string()])?;
    Ok(())
}

fn files(db: &Connection, id: SubmissionId, number: u32) -> rusqlite::Result<Vec<StoredFile>> {
    let sql = "SELECT name, hash, size FROM file WHERE submission = ?1 AND number = ?2 ORDER BY position";
    let mut query = db.prepare(sql)?;
    let file = |row: &Row<'_>| {
        let size: i64 = row.get(2)?;
        Ok(StoredFile { name: row.get(0)?, hash: row.get(1)?, size: u64::try_from(size).unwrap_or_default() })
    };
    query.query_map(params![id.0, number], file)?.collect()
}

/// What a version says. A newer program may have written fields that we do not know: they are passed over.
fn work(row: &Row<'_>, column: usize) -> rusqlite::Result<Work> {
    let text: String = row.get(column)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

fn submission(row: &Row<'_>) -> rusqlite::Result<Submission> {
    let (genre, state): (String, String) = (row.get(4)?, row.get(5)?);
    Ok(Submission {
        id: SubmissionId(row.get(0)?),
        slug: row.get(1)?,
        owner: PersonId(row.get(2)?),
        owner_name: row.get(3)?,
        genre: Genre::of(&genre).unwrap_or(Genre::Article),
        state: State::of(&state).unwrap_or(State::Draft),
        newest: row.get(6)?,
        served: row.get(7)?,
        revision: row.get(8)?,
        work: work(row, 9)?,
        seen: row.get(10)?,
    })
}
