//! A new start of the program, asked for on a page. Here is the wish and who waits for it; who fulfils it is `cli::serve`.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use tokio::sync::Notify;

use crate::web::App;

/// The wish for a new start.
#[derive(Debug, Default)]
pub(crate) struct Start {
    /// Somebody waits who can fulfil it.
    possible: AtomicBool,
    asked: AtomicBool,
    told: Notify,
}

impl App {
    /// Whether the program can be started anew from a page.
    pub(crate) fn restarts(&self) -> bool {
        self.start.possible.load(Relaxed)
    }

    /// Asks for it.
    pub(crate) fn restart(&self) {
        self.start.asked.store(true, Relaxed);
        self.start.told.notify_one();
    }

    /// Whether it was asked for.
    pub fn is_restarting(&self) -> bool {
        self.start.asked.load(Relaxed)
    }

    /// Waits until somebody asks for it. Whoever waits sees to it.
    pub async fn restart_asked(&self) {
        self.start.possible.store(true, Relaxed);
        self.start.told.notified().await;
    }
}
