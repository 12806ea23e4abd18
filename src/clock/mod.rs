//! The only reader of time: wall clock, calendar day and the steady clock that measures durations.
//! What is done with a time (expiry, marks, logs) belongs to whoever asks.

mod stamp;

pub use stamp::{NotAStamp, Stamp};

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp, civil, tz::Offset};

/// Peru keeps UTC−5 all year; seconds east of Greenwich.
pub const PERU_OFFSET_SECONDS: i32 = -5 * 3600;

/// No honest clock shows a year before this program existed.
const YEAR_OF_RELEASE: i16 = 2026;

/// Tells the time. Cheap to clone; all clones of a frozen clock show the same time, and all clones stamp in one order.
#[derive(Clone)]
pub struct Clock {
    hands: Hands,
    offset: Offset,
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
        Self { hands: Hands::System, offset: peru(), last: Arc::default() }
    }

    /// A clock that stands still at `now` until [`Clock::advance`] moves it, for tests and reproducible exports.
    #[expect(clippy::disallowed_methods, reason = "this module is the reader of time")]
    pub fn frozen(now: Timestamp) -> Self {
        Self {
            hands: Hands::Frozen(Arc::new(Mutex::new((now, Instant::now())))),
            offset: peru(),
            last: Arc::default(),
        }
    }

    /// The moment.
    #[expect(clippy::disallowed_methods, reason = "this module is the reader of time")]
    pub fn now(&self) -> Timestamp {
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
