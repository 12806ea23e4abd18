//! The order in which things happened, whatever the clock on the wall shows: a hybrid logical clock. A stamp follows the
//! wall while it goes forward, and counts on from the last stamp when the wall stands still or goes back.

use std::{fmt, str::FromStr};

use jiff::Timestamp;

/// Most milliseconds that the text form holds: 12 hex digits, until the year 10889.
const MAX_WALL: u64 = (1 << 48) - 1;

/// When something happened, in an order that no clock set back can turn round. Its text form (`0193a1b2c3d4-0000`) sorts
/// as the stamps do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp {
    wall_ms: u64,
    counter: u16,
}

impl Stamp {
    /// Milliseconds since 1970 that the clock showed, or had shown before it was set back.
    pub fn wall_ms(self) -> u64 {
        self.wall_ms
    }

    /// The stamp that follows this one when the wall shows `now`.
    #[must_use]
    pub fn next(self, now: Timestamp) -> Self {
        let wall_ms = u64::try_from(now.as_millisecond()).unwrap_or(0).min(MAX_WALL);
        if wall_ms > self.wall_ms {
            return Self { wall_ms, counter: 0 };
        }
        match self.counter.checked_add(1) {
            Some(counter) => Self { wall_ms: self.wall_ms, counter },
            None => Self { wall_ms: self.wall_ms + 1, counter: 0 },
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}-{:04x}", self.wall_ms, self.counter)
    }
}

/// A text that is no stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stamp")]
pub struct NotAStamp;

impl FromStr for Stamp {
    type Err = NotAStamp;

    fn from_str(text: &str) -> Result<Self, NotAStamp> {
        let (wall, counter) = text.split_once('-').ok_or(NotAStamp)?;
        let stamp = Self {
            wall_ms: u64::from_str_radix(wall, 16).map_err(|_| NotAStamp)?,
            counter: u16::from_str_radix(counter, 16).map_err(|_| NotAStamp)?,
        };
        // One spelling only, or texts would not sort.
        if stamp.wall_ms <= MAX_WALL && stamp.to_string() == text { Ok(stamp) } else { Err(NotAStamp) }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::clock::Clock;

    fn at(moment: &str) -> Timestamp {
        moment.parse().unwrap()
    }

    #[test]
    fn stamps_rise_whichever_way_the_wall_jumps() {
        let walls =
            ["1970-01-01T00:00:05Z", "2026-03-01T12:00:00Z", "1970-01-01T00:00:01Z", "2026-03-01T12:00:00Z"];
        let walls = walls.into_iter().chain([
            "2099-01-01T00:00:00Z",
            "2026-03-02T12:00:00Z",
            "-000001-01-01T00:00:00Z",
        ]);
        let mut last = Stamp::default();
        for wall in walls {
            let next = last.next(at(wall));
            assert!(next > last && next.to_string() > last.to_string(), "{wall}");
            assert_eq!(next.to_string().parse(), Ok(next));
            last = next;
        }
    }

    #[test]
    fn the_wall_is_followed_while_it_goes_forward() {
        let stamp = Stamp::default().next(at("2026-03-01T12:00:00.123Z"));
        assert_eq!(stamp.wall_ms(), 1_772_366_400_123);
        assert_eq!(stamp.next(at("2026-03-01T12:00:01Z")).wall_ms(), 1_772_366_401_000);
    }

    #[test]
    fn a_full_counter_carries_over() {
        let full: Stamp = "0193a1b2c3d4-ffff".parse().unwrap();
        assert_eq!(full.next(Timestamp::UNIX_EPOCH).to_string(), "0193a1b2c3d5-0000");
    }

    #[test]
    fn only_the_one_spelling_is_a_stamp() {
        for text in [
            "",
            "-",
            "0193a1b2c3d4",
            "0193A1B2C3D4-0000",
            "193a1b2c3d4-0000",
            "+193a1b2c3d4-0000",
            "ffffffffffffffff-ffff",
            "0193a1b2c3d4-0",
        ] {
            assert_eq!(text.parse::<Stamp>(), Err(NotAStamp), "{text}");
        }
    }

    #[test]
    fn a_machine_that_starts_in_1970_goes_on_after_what_it_kept() {
        let kept = Clock::frozen(at("2026-03-01T12:00:00Z")).stamp();
        let clock = Clock::frozen(Timestamp::UNIX_EPOCH);
        clock.observe(kept);
        let (first, second) = (clock.stamp(), clock.clone().stamp());
        assert!(kept < first && first < second);
        clock.advance(Duration::from_secs(1));
        assert!(clock.stamp() > second);
    }
}
