//! Packs brought in from the pages: one at a time, watched and stopped by whoever asked, or somebody else. How it is done is
//! `packs`'s.

use std::{
    ops::ControlFlow,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use crate::{
    domain::finding::Problem,
    packs::{self, Options, Refusal},
};

/// What became of the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    /// It is here: its title, files that were copied, files that it has.
    Here(String, usize, usize),
    /// Refused, with the reasons.
    Refused(Vec<Problem>),
    /// Somebody said stop.
    Stopped,
}

/// One that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderWay {
    /// Its title.
    pub title: String,
    /// Bytes copied so far; before the first one all is read once.
    pub done: u64,
    /// Bytes to be copied.
    pub all: u64,
}

/// Who brings packs in.
#[derive(Debug, Default)]
pub struct Porter {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    under_way: Option<UnderWay>,
    stop: bool,
    last: Option<Brought>,
}

impl Porter {
    /// Brings a pack in, and waits for the disk. `false`: another one is under way.
    pub fn bring(&self, path: &Path, title: &str, data: &Path, options: Options) -> bool {
        {
            let mut state = self.state();
            if state.under_way.is_some() {
                return false;
            }
            let under_way = UnderWay { title: title.to_owned(), done: 0, all: 0 };
            *state = State { under_way: Some(under_way), stop: false, last: None };
        }
        let brought = packs::import(path, data, options, &mut |progress| {
            let mut state = self.state();
            if let Some(under_way) = &mut state.under_way {
                (under_way.done, under_way.all) = (progress.done, progress.all);
            }
            if state.stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let brought = match brought {
            Ok(here) => Brought::Here(here.pack.shown_title().to_owned(), here.copied, here.files),
            Err(Refusal::Problems(problems)) => Brought::Refused(problems),
            Err(Refusal::Stopped) => Brought::Stopped,
        };
        if matches!(brought, Brought::Here(..)) {
            self.changed();
        }
        *self.state() = State { last: Some(brought), ..State::default() };
        true
    }

    /// Stops what is under way, before its next file.
    pub fn stop(&self) {
        self.state().stop = true;
    }

    /// What is under way, and what became of the last one.
    pub fn look(&self) -> (Option<UnderWay>, Option<Brought>) {
        let state = self.state();
        (state.under_way.clone(), state.last.clone())
    }

    /// Says that other packs are to be served.
    pub fn changed(&self) {
        self.changed.notify_one();
    }

    /// Waits until other packs are to be served.
    pub async fn wait(&self) {
        self.changed.notified().await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
