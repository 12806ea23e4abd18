//! `school.db`: the school's people and what they made; the one precious file.
//!
//! Lives here: opening and raising it to the present schema, the one writer ([`SchoolDb::write`]) whose changes are on the
//! disk before it answers, and one file for each noun. Does not: who may do what, and what a password is (`auth`).

mod event;
pub mod hurt;
mod invitation;
mod person;
mod report;
mod schema;
mod session;
mod setting;
mod submission;
pub mod trial;
mod writer;

use std::{
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ErrorCode};

pub use event::{By, Deed, Event};
pub use invitation::Purpose;
pub use person::{NewPerson, Person, PersonError, PersonId, Role, Status};
pub use report::{Report, ReportId};
pub use schema::{VERSION, forget_before, version_of};
pub use session::{Session, TokenHash};
pub use setting::peek;
pub use submission::{
    Change, NewWork, Remark, RemarkKind, Served, StoredFile, Submission, SubmissionError, SubmissionId,
    VersionLine, Which,
};

use self::writer::Writer;

/// Name of the file in the data folder.
pub const FILE: &str = "school.db";

/// The school's records, open for reading and writing.
#[derive(Debug)]
pub struct SchoolDb {
    path: PathBuf,
    writer: Writer,
}

/// Why the records cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be read or made.
    #[error("the school's records cannot be opened: {0}")]
    Io(#[from] io::Error),
    /// Some of it cannot be read.
    #[error("the records are damaged: {0}")]
    Damaged(String),
    /// Damaged records were laid aside and none were put in their place.
    #[error("damaged records were laid aside, and none were put in their place")]
    LaidAside,
    /// A file that is not ours.
    #[error("the file holds no records of a school")]
    NotASchool,
    /// Written by a newer program; this one does not touch it.
    #[error(
        "the records are a newer program's (version {found}, this one knows {known}): install that program again, or put \
         school.db.before-{known} in the place of school.db"
    )]
    Newer {
        /// Version of the file.
        found: i32,
        /// Newest version that this program reads.
        known: i32,
    },
    /// The database refused.
    #[error("the school's records cannot be opened: {0}")]
    Sql(#[from] rusqlite::Error),
    /// What is in it cannot be read.
    #[error(transparent)]
    Unread(#[from] StoreError),
}

/// Why something was not kept or not read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room is left on the disk; nothing was changed.
    #[error("the disk is full")]
    Full,
    /// The database refused; nothing was changed.
    #[error("the school's records cannot be used: {0}")]
    Sql(rusqlite::Error),
    /// A mistake of ours in the change; nothing was changed.
    #[error("the change panicked")]
    Panicked,
    /// The writer is gone: the program is ending.
    #[error("the records are closed")]
    Closed,
}

impl StoreError {
    /// The same reason for another who waited for the same commit.
    fn again(&self) -> Self {
        match self {
            Self::Sql(error) => Self::Sql(rusqlite::Error::SqliteFailure(
                error
                    .sqlite_error()
                    .copied()
                    .unwrap_or(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ERROR)),
                Some(error.to_string()),
            )),
            Self::Full => Self::Full,
            Self::Panicked => Self::Panicked,
            Self::Closed => Self::Closed,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::Sql(error),
        }
    }
}

impl SchoolDb {
    /// Opens the records at `path`, makes them when there are none, and raises older ones to the present schema in one
    /// step. What a newer program wrote is left untouched.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let connection = schema::open(path)?;
        Ok(Self { path: path.to_owned(), writer: Writer::start(connection)? })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes one change. When this returns `Ok`, the change is on the disk; on any error nothing of it is there. Waits for
    /// the disk: call it where waiting is allowed. A change may read too; changes stand in one order.
    pub fn write<T, E>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.write(change)
    }
}
