//! The time as a person told it, on a machine whose own clock is wrong: how far the school is ahead of that clock, kept with the
//! records, and whether it still holds after a restart.
//!
//! Lives here: when a correction is believed. Does not: reading any clock (`clock`), the form (`web`).

use jiff::{Timestamp, civil::DateTime};

use super::{Accounts, Refused};
use crate::{
    clock::{Clock, plausible},
    store::school::{Deed, PersonId, SchoolDb, StoreError},
};

/// What is kept: seconds ahead, what the machine's clock showed when that was told, and in which of its starts.
const AHEAD: &str = "clock-ahead";
const MACHINE: &str = "clock-machine";
const BOOT: &str = "clock-boot";

/// The newest moment that was believed, in seconds.
pub(super) const NEWEST: &str = "clock-newest";

impl Accounts {
    /// It is `local` on the wall of the school; `who` said so. Every clone of the clock goes by it at once, and so does the next
    /// start, as far as the machine's clock went on meanwhile.
    ///
    /// # Errors
    /// [`Refused::Time`]: no moment that this program can have seen.
    pub fn set_time(&self, local: DateTime, who: PersonId) -> Result<(), Refused> {
        let ahead = self.clock.ahead_of(local).ok_or(Refused::Time)?;
        let machine = self.clock.machine().as_second();
        let numbers = [
            (AHEAD, ahead),
            (MACHINE, machine),
            (BOOT, self.clock.boot().unwrap_or(0)),
            (NEWEST, machine.saturating_add(ahead)),
        ];
        let records = self.records()?;
        let before = self.clock.ahead();
        self.clock.set_ahead(ahead);
        let kept = records.db.set_numbers_by(&numbers, self.by(Some(who)), Deed::Dated);
        if kept.is_err() {
            self.clock.set_ahead(before);
        }
        Ok(kept?)
    }

    /// The newest moment that the server knows to have been; `None` when it knows of none.
    ///
    /// # Errors
    /// The records do not answer.
    pub fn newest_time(&self) -> Result<Option<Timestamp>, Refused> {
        let kept = self.records()?.db.number(NEWEST)?.and_then(|newest| Timestamp::from_second(newest).ok());
        Ok(kept.into_iter().chain([self.clock.now()]).filter(|moment| plausible(*moment)).max())
    }
}

/// At the start: goes on with what was told, if that still holds.
pub(super) fn recall(db: &SchoolDb, clock: &Clock) -> Result<(), StoreError> {
    let ahead = db.number(AHEAD)?.unwrap_or(0);
    if ahead == 0 || clock.ahead() != 0 {
        return Ok(());
    }
    let (told_at, newest) = (db.number(MACHINE)?.unwrap_or(0), db.number(NEWEST)?.unwrap_or(0));
    let same_start = clock.boot().is_some() && db.number(BOOT)? == clock.boot();
    let machine = clock.machine().as_second();
    // A dead battery begins anew with each start, and somebody may have set the machine's clock right since. A clock that
    // was merely wrong goes on being wrong by as much.
    let goes_on = same_start || (machine >= told_at && is_plausible(told_at));
    if goes_on && machine.saturating_add(ahead) >= newest {
        clock.set_ahead(ahead);
    }
    Ok(())
}

fn is_plausible(seconds: i64) -> bool {
    Timestamp::from_second(seconds).is_ok_and(plausible)
}
