//! The only reader of time: wall clock, calendar day and the steady clock that measures durations. Where the machine's own
//! clock is wrong and nobody may set it, a person says what time it is, and the school goes by that.
//! What is done with a time (expiry, marks, logs) belongs to whoever asks.

mod stamp;

pub use stamp::{NotAStamp, Stamp};

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp, civil, tz::Offset};

/// Peru keeps UTC−5 all year; seconds east of Greenwich.
pub const PERU_OFFSET_SECONDS: i32 = -5 * 3600;

/// No honest clock shows a year before this program existed.
const YEAR_OF_RELEASE: i16 = 2026;

/// Years from this one on are a slip of whoever typed them.
const YEAR_OF_NO_USE: i16 = 2100;

/// Tells the time. Cheap to clone; all clones of a frozen clock show the same time, all are corrected together, and all stamp
/// in one order.
#[derive(Clone)]
pub struct Clock {
    hands: Hands,
    offset: Offset,
    /// Seconds by which the school is ahead of the machine.
    ahead: Arc<AtomicI64>,
    last: Arc<Mutex<Stamp>>,
}

#[derive(Clone)]
enum Hands {
    System,
    Frozen(Arc<Mutex<(Timestamp, Instant)>>),
}

impl Clock {
    /// The machine's clock, in Peruvian time.
    pub fn system() -> Self {
        Self { hands: Hands::System, offset: peru(), ahead: Arc::default(), last: Arc::default() }
    }

    /// A clock that stands still at `now` until [`Clock::advance`] moves it, for tests and reproducible exports.
    #[expect(clippy::disallowed_methods, reason = "this module is the reader of time")]
    pub fn frozen(now: Timestamp) -> Self {
        Self {
            hands: Hands::Frozen(Arc::new(Mutex::new((now, Instant::now())))),
            offset: peru(),
            ahead: Arc::default(),
            last: Arc::default(),
        }
    }

    /// The moment, as far as the school knows.
    pub fn now(&self) -> Timestamp {
        let machine = self.machine();
        let ahead = SignedDuration::from_secs(self.ahead.load(Relaxed));
        machine.checked_add(ahead).unwrap_or(machine)
    }

    /// What the machine's own clock shows.
    #[expect(clippy::disallowed_methods, reason = "this module is the reader of time")]
    pub fn machine(&self) -> Timestamp {
        match &self.hands {
            Hands::System => Timestamp::now(),
            Hands::Frozen(hands) => hands.lock().unwrap_or_else(PoisonError::into_inner).0,
        }
    }

    /// A point of the steady clock, which no one can set back: for durations and deadlines only.
    #[expect(clippy::disallowed_methods, reason = "this module is the reader of time")]
    pub fn instant(&self) -> Instant {
        match &self.hands {
            Hands::System => Instant::now(),
            Hands::Frozen(hands) => hands.lock().unwrap_or_else(PoisonError::into_inner).1,
        }
    }

    /// Seconds by which the school is ahead of the machine's own clock; 0 while that is right.
    pub fn ahead(&self) -> i64 {
        self.ahead.load(Relaxed)
    }

    /// From now on the school is so many seconds ahead of the machine's own clock, for all clones.
    pub fn set_ahead(&self, seconds: i64) {
        self.ahead.store(seconds, Relaxed);
    }

    /// How far ahead the school would be if it were `local` on its wall; `None` for a time that this program cannot have seen.
    pub fn ahead_of(&self, local: civil::DateTime) -> Option<i64> {
        let told = self.offset.to_timestamp(local).ok().filter(|told| plausible(*told))?;
        (local.year() < YEAR_OF_NO_USE).then(|| told.as_second().saturating_sub(self.machine().as_second()))
    }

    /// A number that is another after each start of the machine, where the system tells one.
    pub fn boot(&self) -> Option<i64> {
        let Hands::System = self.hands else { return None };
        let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        i64::from_str_radix(id.get(..8)?, 16).ok()
    }

    /// Day and hour on the wall of the school.
    pub fn local(&self) -> civil::DateTime {
        self.offset.to_datetime(self.now())
    }

    /// The day on the wall of the school.
    pub fn today(&self) -> civil::Date {
        self.local().date()
    }

    /// The day on the wall of the school at a moment, in seconds of the epoch; `None` for moments no calendar has.
    pub fn day_of(&self, seconds: i64) -> Option<civil::Date> {
        Timestamp::from_second(seconds).ok().map(|moment| self.offset.to_datetime(moment).date())
    }

    /// False when the clock shows a year before this program was made: the battery of the machine is dead, and
    /// nothing that depends on the date (expiry, `Date` headers) may be believed.
    pub fn plausible(&self) -> bool {
        plausible(self.now())
    }

    /// Marks a change: later than every stamp this clock or its clones gave or [observed](Clock::observe).
    pub fn stamp(&self) -> Stamp {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = last.next(self.now());
        *last
    }

    /// Stamps from now on are later than `kept`, the newest one found in the records when they are opened.
    pub fn observe(&self, kept: Stamp) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = kept.max(*last);
    }

    /// Moves a frozen clock forward; a system clock goes its own way.
    pub fn advance(&self, by: Duration) {
        if let Hands::Frozen(hands) = &self.hands {
            let mut hands = hands.lock().unwrap_or_else(PoisonError::into_inner);
            let wall = SignedDuration::try_from(by).ok().and_then(|by| hands.0.checked_add(by).ok());
            hands.0 = wall.unwrap_or(Timestamp::MAX);
            hands.1 += by;
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// Whether an honest clock of this program can have shown this moment.
pub fn plausible(moment: Timestamp) -> bool {
    peru().to_datetime(moment).year() >= YEAR_OF_RELEASE
}

fn peru() -> Offset {
    Offset::from_seconds(PERU_OFFSET_SECONDS).unwrap_or(Offset::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_peru() {
        let clock = Clock::frozen("2026-11-24T04:59:59Z".parse().unwrap());
        assert_eq!(clock.today().to_string(), "2026-11-23");
        clock.advance(Duration::from_secs(1));
        assert_eq!(clock.today().to_string(), "2026-11-24");
    }

    #[test]
    fn a_dead_battery_is_noticed() {
        assert!(!Clock::frozen(Timestamp::UNIX_EPOCH).plausible());
        assert!(!Clock::frozen("2009-01-01T12:00:00Z".parse().unwrap()).plausible());
        assert!(Clock::frozen("2026-03-01T12:00:00Z".parse().unwrap()).plausible());
    }

    #[test]
    fn a_frozen_clock_moves_both_hands_together() {
        let clock = Clock::frozen("2026-03-01T12:00:00Z".parse().unwrap());
        let (wall, steady) = (clock.now(), clock.instant());
        clock.advance(Duration::from_millis(1500));
        assert_eq!(clock.now().duration_since(wall).as_millis(), 1500);
        assert_eq!(clock.instant() - steady, Duration::from_millis(1500));
    }
}
