//! Who has a place in a server that is full. Places are few, and whoever holds one in silence keeps it from a child who
//! waits: the connection that has been silent longest gives way to the newcomer. One whose request is being answered,
//! or whose body is still coming in, is left alone.
//!
//! Lives here: the list of connections and the choice among them. Does not: how a connection ends (`connection`).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::wire::{Link, Phase};

/// Who has been silent for less time than this, in milliseconds, may be about to speak: a class that presses Enter at
/// once is no attack.
const LEAST_SILENCE: u64 = 2_000;

/// The connections that have a place.
#[derive(Default)]
pub(super) struct Crowd(Mutex<Places>);

#[derive(Default)]
struct Places {
    links: HashMap<u64, Arc<Link>>,
    next: u64,
}

impl Crowd {
    /// A connection takes its place until the value is dropped.
    pub(super) fn join(self: &Arc<Self>, link: &Arc<Link>) -> Member {
        let mut places = self.places();
        let number = places.next;
        places.next = number.wrapping_add(1);
        places.links.insert(number, Arc::clone(link));
        Member { crowd: Arc::clone(self), number }
    }

    /// Asks the connection that has been silent longest to give way. False when all of them are at work or have just
    /// come.
    pub(super) fn make_room(&self, now: u64) -> bool {
        let places = self.places();
        let silent = |link: &&Arc<Link>| {
            matches!(link.phase(), Phase::Idle | Phase::Head)
                && now.saturating_sub(link.since()) >= LEAST_SILENCE
                && !link.gives_way()
        };
        let longest = places.links.values().filter(silent).min_by_key(|link| link.since());
        longest.inspect(|link| link.give_way()).is_some()
    }

    // A panic while the list is held leaves nothing half done in it.
    fn places(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the crowd.
pub(super) struct Member {
    crowd: Arc<Crowd>,
    number: u64,
}

impl Drop for Member {
    fn drop(&mut self) {
        self.crowd.places().links.remove(&self.number);
    }
}
