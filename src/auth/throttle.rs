//! Slows guessing down without locking anybody out. Kept in memory alone, and forgotten a quarter of an hour later.
//!
//! What counts is a login together with the address it is tried from: children at one laptop cannot shut a teacher out who
//! sits at another, and behind one address each login has its own count. Who guesses one login from many addresses is held
//! up for some seconds at each attempt, and so is its owner; nobody is refused for what others did elsewhere.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Attempts that cost nothing: people mistype.
const FREE: u32 = 5;

/// The longest wait after a wrong attempt.
const LONGEST: Duration = Duration::from_secs(60);

/// When all is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(15 * 60);

/// Attempts from everywhere at one login, after which each is held up.
const MANY: u32 = 20;

/// For how long it is held up.
const HELD: Duration = Duration::from_secs(3);

/// Most counts kept; beyond that the oldest goes.
const COUNTS: usize = 1_000;

/// What happens to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is made now.
    Now,
    /// It is made after a while.
    After(Duration),
    /// It is not made; it may be once more when this has passed.
    NotBefore(Duration),
}

/// The counts.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<Key, Count>>);

type Key = (String, Option<IpAddr>);

#[derive(Debug, Clone, Copy)]
struct Count {
    wrong: u32,
    last: Instant,
}

impl Throttle {
    /// Asks for an attempt and counts it as wrong until [`Throttle::forgive`] says otherwise: many at once do not slip
    /// through while the first is looked at.
    pub fn attempt(&self, login: &str, from: Option<IpAddr>, now: Instant) -> Turn {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.retain(|_, count| now.saturating_duration_since(count.last) < FORGOTTEN);
        let everywhere = counts.iter().filter(|((known, _), _)| known == login).map(|(_, count)| count.wrong);
        let everywhere = everywhere.sum::<u32>();
        if counts.len() >= COUNTS {
            let oldest = counts.iter().min_by_key(|(_, count)| count.last).map(|(key, _)| key.clone());
            oldest.and_then(|key| counts.remove(&key));
        }
        let count = counts.entry((login.to_owned(), from)).or_insert(Count { wrong: 0, last: now });
        let wait = wait(count.wrong).saturating_sub(now.saturating_duration_since(count.last));
        if !wait.is_zero() {
            return Turn::NotBefore(wait);
        }
        *count = Count { wrong: count.wrong.saturating_add(1), last: now };
        if everywhere >= MANY { Turn::After(HELD) } else { Turn::Now }
    }

    /// The attempt was right.
    pub fn forgive(&self, login: &str, from: Option<IpAddr>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.remove(&(login.to_owned(), from));
    }
}

/// How long after so many wrong attempts the next may come.
fn wait(wrong: u32) -> Duration {
    match wrong.checked_sub(FREE) {
        None => Duration::ZERO,
        Some(more) => Duration::from_secs(1_u64 << more.min(6)).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[expect(clippy::unnecessary_wraps, reason = "as an attempt names it")]
    fn at(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([192, 168, 1, last]))
    }

    #[test]
    fn guessing_at_one_laptop_slows_down_and_the_owner_at_another_does_not_wait() {
        let (throttle, clock) = (Throttle::default(), Clock::frozen(jiff::Timestamp::UNIX_EPOCH));
        for _ in 0..FREE {
            assert_eq!(throttle.attempt("rosa", at(1), clock.instant()), Turn::Now);
        }
        assert_eq!(throttle.attempt("rosa", at(1), clock.instant()), Turn::NotBefore(Duration::from_secs(1)));
        assert_eq!(throttle.attempt("rosa", at(2), clock.instant()), Turn::Now);
        assert_eq!(throttle.attempt("juan", at(1), clock.instant()), Turn::Now);
        clock.advance(Duration::from_secs(1));
        assert_eq!(throttle.attempt("rosa", at(1), clock.instant()), Turn::Now);
        assert_eq!(throttle.attempt("rosa", at(1), clock.instant()), Turn::NotBefore(Duration::from_secs(2)));
    }

    #[test]
    fn a_day_of_guessing_waits_a_minute_each_time_and_never_more() {
        let (throttle, clock) = (Throttle::default(), Clock::frozen(jiff::Timestamp::UNIX_EPOCH));
        for _ in 0..1_000 {
            match throttle.attempt("rosa", at(1), clock.instant()) {
                Turn::NotBefore(wait) => {
                    assert!(wait <= LONGEST, "{wait:?}");
                    clock.advance(wait);
                }
                Turn::Now | Turn::After(_) => {}
            }
        }
        clock.advance(FORGOTTEN);
        assert_eq!(throttle.attempt("rosa", at(1), clock.instant()), Turn::Now);
    }

    #[test]
    fn guesses_from_many_addresses_hold_an_attempt_up_and_refuse_nobody() {
        let (throttle, clock) = (Throttle::default(), Clock::frozen(jiff::Timestamp::UNIX_EPOCH));
        for last in 0..u8::try_from(MANY).unwrap() {
            assert_eq!(throttle.attempt("rosa", at(last), clock.instant()), Turn::Now);
        }
        assert_eq!(throttle.attempt("rosa", at(200), clock.instant()), Turn::After(HELD));
        throttle.forgive("rosa", at(200));
        assert_eq!(throttle.attempt("juan", at(200), clock.instant()), Turn::Now);
    }

    #[test]
    fn counts_do_not_fill_the_memory() {
        let (throttle, clock) = (Throttle::default(), Clock::frozen(jiff::Timestamp::UNIX_EPOCH));
        for number in 0..3 * COUNTS {
            throttle.attempt(&number.to_string(), at(1), clock.instant());
        }
        assert!(throttle.0.lock().unwrap().len() <= COUNTS);
    }
}
