//! What is remembered of backups, in numbers of `school.db`: when, by the server's own age and by the wall clock, and how the
//! last attempt ended.

use std::path::Path;

use crate::{
    auth::{Accounts, Refused},
    clock::Clock,
    store::{
        backup::Error,
        school::{self, peek},
    },
};

/// Seconds of a day.
pub(super) const DAY: i64 = 24 * 3600;

/// Where a backup goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The folder of the settings.
    Folder,
    /// A stick.
    Stick,
}

impl Place {
    /// Under which names its numbers are kept: age, wall clock, fault.
    fn names(self) -> [&'static str; 3] {
        match self {
            Self::Folder => ["backup-age", "backup-wall", "backup-fault"],
            Self::Stick => ["stick-age", "stick-wall", "stick-fault"],
        }
    }
}

/// Why the last attempt made no whole backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No room is left there.
    Full,
    /// Nothing can be written there.
    ReadOnly,
    /// What was written reads back otherwise.
    Unwritten,
    /// The records cannot be copied.
    Records,
    /// It was made, and files of the school are hurt that no copy is left of.
    Hurt,
    /// Another one is being made.
    Busy,
    /// Something else of the disk; a stick that was pulled, too.
    Disk,
}

impl Fault {
    /// All of them; the place in this list, from 1, is what is kept.
    const ALL: [Self; 7] =
        [Self::Full, Self::ReadOnly, Self::Unwritten, Self::Records, Self::Hurt, Self::Busy, Self::Disk];

    /// The word that texts choose by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ReadOnly => "read-only",
            Self::Unwritten => "unwritten",
            Self::Records => "records",
            Self::Hurt => "hurt",
            Self::Busy => "busy",
            Self::Disk => "disk",
        }
    }

    fn number(self) -> i64 {
        Self::ALL
            .iter()
            .position(|one| *one == self)
            .and_then(|at| i64::try_from(at).ok())
            .map_or(0, |at| at + 1)
    }

    fn of(number: i64) -> Option<Self> {
        usize::try_from(number).ok().and_then(|number| Self::ALL.get(number.checked_sub(1)?)).copied()
    }
}

impl From<&Error> for Fault {
    fn from(error: &Error) -> Self {
        match error {
            Error::Full(_) => Self::Full,
            Error::ReadOnly(_) => Self::ReadOnly,
            Error::NotWritten(_) => Self::Unwritten,
            Error::Records(_) | Error::NoRecords(_) => Self::Records,
            Error::Busy(_) => Self::Busy,
            _ => Self::Disk,
        }
    }
}

/// What is known of the last backup of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Last {
    /// Age of the server when it was made, in seconds; `None`: never.
    pub age: Option<i64>,
    /// Seconds of the wall clock when it was made; 0 when it could not be believed.
    pub wall: i64,
    /// Why the last attempt failed, if it did.
    pub fault: Option<Fault>,
}

impl Last {
    pub(super) fn read(accounts: &Accounts, place: Place) -> Result<Self, Refused> {
        let [age, wall, fault] = place.names().map(|name| accounts.recall(name));
        Ok(Self::of([age?, wall?, fault?]))
    }

    fn of([age, wall, fault]: [Option<i64>; 3]) -> Self {
        Self { age, wall: wall.unwrap_or(0), fault: fault.and_then(Fault::of) }
    }

    pub(super) fn keep(accounts: &Accounts, place: Place, last: Self) -> Result<(), Refused> {
        let [age, wall, fault] = place.names();
        let mut numbers = vec![(fault, last.fault.map_or(0, Fault::number))];
        numbers.extend(last.age.map(|at| (age, at)));
        numbers.push((wall, last.wall));
        accounts.remember(&numbers)
    }

    /// Whether another one is to be made at this age. A day that ends counts, where the clock can be believed; where it cannot,
    /// so does a morning's work.
    pub(super) fn is_due(self, now: i64, clock: &Clock) -> bool {
        const MORNING: i64 = 6 * 3600;
        const APART: i64 = 3600;
        let Some(made) = self.age else { return true };
        let since = now.saturating_sub(made);
        if !clock.plausible() {
            return since >= MORNING;
        }
        let on_another_day = self.wall > 0 && clock.day_of(self.wall) != Some(clock.today());
        since >= DAY || (on_another_day && since >= APART)
    }
}

/// How backups stand in a data folder, read beside a server that may be running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is nothing to copy yet.
    Needless,
    /// None was made, for the reason that is known, if any.
    Never(Option<Fault>),
    /// One was made so many days ago; whether the last attempt failed.
    Made(i64, Option<Fault>),
}

/// How the backups of a data folder stand; `None` when its records cannot be read.
pub fn standing(data: &Path, clock: &Clock) -> Option<Standing> {
    let records = data.join(school::FILE);
    if !records.try_exists().ok()? {
        return Some(Standing::Needless);
    }
    let [age, wall, fault] = Place::Folder.names();
    let numbers = peek(&records, &[age, wall, fault, crate::auth::AGE]).ok()?;
    let &[age, wall, fault, now] = numbers.as_slice() else { return None };
    let last = Last::of([age, wall, fault]);
    let Some(made) = last.age else { return Some(Standing::Never(last.fault)) };
    let lived = now.unwrap_or(made).saturating_sub(made);
    let passed = clock.now().as_second().saturating_sub(last.wall);
    let since = if clock.plausible() && last.wall > 0 { lived.max(passed) } else { lived };
    Some(Standing::Made(since.max(0) / DAY, last.fault))
}
