//! How the server fared in the last week that it ran: a figure for each hour, in memory and in a small file that may be deleted.
//! Counts alone: nobody can be known by them.

use std::{
    collections::VecDeque,
    fs,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    health::gather::disk,
    metrics::{self, Metrics},
    store::durable,
};

/// Hours that are kept: a week, if the machine is never off.
const HOURS: usize = 7 * 24;

const HOUR: Duration = Duration::from_secs(3600);

/// Where it is kept, in the data folder.
const FILE: &str = "cache/history.tsv";

/// One hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Hour {
    /// Requests that were answered.
    pub(crate) requests: u64,
    /// Most connections that were seen at once.
    pub(crate) connections: u64,
    /// Most memory of the program, in bytes.
    pub(crate) memory: u64,
    /// Bytes free on the disk of the data, at the end.
    pub(crate) free: u64,
}

/// The hours that passed, and the one under way.
#[derive(Debug)]
pub(crate) struct History {
    data: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    hours: VecDeque<Hour>,
    now: Hour,
    /// When this hour began, and how many requests there had been by then.
    began: Option<(Instant, u64)>,
}

impl History {
    /// Goes on from the file, if there is a good one.
    pub(super) fn open(data: Option<PathBuf>) -> Self {
        let text =
            data.as_ref().and_then(|data| fs::read_to_string(data.join(FILE)).ok()).unwrap_or_default();
        let hours = text.lines().filter_map(read).collect::<VecDeque<_>>();
        let surplus = hours.len().saturating_sub(HOURS);
        let hours = hours.into_iter().skip(surplus).collect();
        Self { data, state: Mutex::new(State { hours, ..State::default() }) }
    }

    /// Looks at the figures now; when an hour is full it is kept. Waits for the disk.
    pub(super) fn note(&self, metrics: &Metrics, now: Instant) {
        let answered: u64 = (1..=5).map(|class| metrics.requests_of_class(class)).sum();
        let free = self.data.as_deref().and_then(disk).map_or(0, |(free, _)| free);
        let mut state = self.state();
        let (began, before) = *state.began.get_or_insert((now, answered));
        state.now.requests = answered.saturating_sub(before);
        state.now.connections = state.now.connections.max(metrics.connections.get());
        state.now.memory = state.now.memory.max(metrics::resident_bytes().unwrap_or(0));
        state.now.free = free;
        if now.saturating_duration_since(began) < HOUR {
            return;
        }
        let full = std::mem::take(&mut state.now);
        state.began = Some((now, answered));
        state.hours.push_back(full);
        if state.hours.len() > HOURS {
            state.hours.pop_front();
        }
        let text: String = state.hours.iter().map(write).collect();
        drop(state);
        let Some(data) = &self.data else { return };
        let kept =
            fs::create_dir_all(data.join("cache")).and_then(|()| durable::replace(&data.join(FILE), &text));
        if let Err(error) = kept {
            tracing::debug!(%error, "the figures of this hour are not kept");
        }
    }

    /// The hours that passed, oldest first, and the one under way.
    pub(crate) fn hours(&self) -> Vec<Hour> {
        let state = self.state();
        state.hours.iter().copied().chain(state.began.map(|_| state.now)).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write(hour: &Hour) -> String {
    let Hour { requests, connections, memory, free } = hour;
    format!("{requests}\t{connections}\t{memory}\t{free}\n")
}

fn read(line: &str) -> Option<Hour> {
    let numbers: Vec<u64> = line.split('\t').map(str::parse).collect::<Result<_, _>>().ok()?;
    let &[requests, connections, memory, free] = numbers.as_slice() else { return None };
    Some(Hour { requests, connections, memory, free })
}
