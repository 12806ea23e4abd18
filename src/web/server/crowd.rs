//! Who has a place in a server that is full. Places are few, and whoever holds one in silence keeps it from a child who
//! waits: the connection that has been silent longest gives way to the newcomer, one without a request before one whose
//! upload or download stands still. One whose request is being answered, or whose bytes still move, is left alone.
//!
//! Lives here: the list of connections and the choice among them. Does not: how a connection ends (`connection`).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::wire::{Link, Phase};

/// Who came less than this ago, in milliseconds, is about to speak: a class that presses Enter at once is no attack. Short,
/// since somebody who comes again each time it has passed holds all places for ever.
const ABOUT_TO_SPEAK: u64 = 250;

/// A body that moves no byte for so long, in milliseconds, or less than a trickle, stands still. Radio that loses packets may
/// pause as long, but who holds places pauses longer and goes first.
const STANDS_STILL: u64 = 1_000;

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
        let candidates = places.links.values().filter_map(|link| {
            let with_request = !matches!(link.phase(), Phase::Idle | Phase::Head);
            let least = if with_request { STANDS_STILL } else { ABOUT_TO_SPEAK };
            let silent = !with_request || link.waits_for_client();
            let chosen = silent && now.saturating_sub(link.silent_since()) >= least && !link.gives_way();
            chosen.then(|| ((with_request, link.silent_since()), link))
        });
        let longest = candidates.min_by_key(|(order, _)| *order);
        longest.inspect(|(_, link)| link.give_way()).is_some()
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
