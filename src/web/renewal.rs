//! How the shelf is kept: read at the start, read anew when somebody asks or publishes, its materials indexed while the old
//! one serves.

use std::{
    path::Path,
    sync::{Arc, PoisonError, atomic::Ordering},
};

use crate::{
    search::build::of_everything,
    store::library::LibraryDb,
    web::{
        App, handlers,
        shelf::{Indexing, Shelf},
    },
};

impl App {
    /// Reads content and texts anew; when that fails, the old ones stay.
    ///
    /// # Errors
    /// A template of the program itself is broken.
    pub fn reload(&self) -> anyhow::Result<()> {
        self.load(None)
    }

    fn load(&self, made: Option<Arc<LibraryDb>>) -> anyhow::Result<()> {
        self.put_up(Arc::new(self.read_shelf(made)?))
    }

    fn read_shelf(&self, made: Option<Arc<LibraryDb>>) -> anyhow::Result<Shelf> {
        let index = Indexing { progress: Arc::clone(&self.progress), made };
        let hidden = self.desk.as_ref().map(|desk| desk.hidden()).unwrap_or_default();
        Shelf::load(&self.settings.folders, &self.assets, self.clock.today(), hidden, index)
    }

    /// Shows what teachers published, withdrew or hid. The old shelf serves until the new one is whole, index included:
    /// with thousands of materials that takes its time. What fails goes to the log.
    pub fn refresh(&self) {
        let ticket = self.refreshing.0.fetch_add(1, Ordering::SeqCst) + 1;
        let _one_at_a_time = self.indexing.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever came before read it after this one had written.
        if self.refreshing.1.load(Ordering::SeqCst) >= ticket {
            return;
        }
        let asked = self.refreshing.0.load(Ordering::SeqCst);
        let shown = self.read_shelf(None).and_then(|shelf| {
            if shelf.catalog.is_waiting() { self.index(&shelf) } else { self.put_up(Arc::new(shelf)) }
        });
        match shown {
            Ok(()) => self.refreshing.1.store(asked, Ordering::SeqCst),
            Err(error) => tracing::error!(error = format!("{error:#}"), "a change of the shelf is not shown"),
        }
    }

    /// Notes how the server fares, for the plots of the technician. Waits for the disk.
    pub fn note_hour(&self) {
        self.history.note(&self.metrics, self.clock.instant());
    }

    /// Makes the index anew after it turned out to be damaged.
    pub(super) fn mend_index(&self) {
        tracing::warn!("the index is damaged and is made anew");
        match self.reload() {
            Ok(()) => self.index_materials(),
            Err(error) => tracing::error!(error = format!("{error:#}"), "the index cannot be made anew"),
        }
    }

    /// Makes the index of the materials when it is missing, stale or damaged, and shows them. The lessons are served
    /// meanwhile. Takes as long as there is to read: call it where nothing waits for it. What fails goes to the log.
    pub fn index_materials(&self) {
        let _one_at_a_time = self.indexing.lock().unwrap_or_else(PoisonError::into_inner);
        // Files that change while they are read make the index stale once more; twice in a row is left for the next start.
        for _ in 0..2 {
            let shelf = self.shelf();
            if !shelf.catalog.is_waiting() {
                return;
            }
            if let Err(error) = self.index(&shelf) {
                tracing::error!(error = format!("{error:#}"), "the materials cannot be indexed");
                return;
            }
        }
    }

    fn index(&self, shelf: &Shelf) -> anyhow::Result<()> {
        let started = self.clock.instant();
        let (library, sources, files) = (&shelf.library, &shelf.sources, shelf.catalog.files());
        let hidden = &shelf.hidden;
        let make =
            |place: Option<&Path>| of_everything(library, sources, files, hidden, place, &self.progress);
        let place = self.settings.folders.index();
        let made = make(place.as_deref()).or_else(|error| {
            tracing::error!(%error, "the index cannot be kept; it is made in memory");
            make(None)
        })?;
        let Some(made) = made else { return Ok(()) };
        let seconds = self.clock.instant().saturating_duration_since(started).as_secs();
        tracing::info!(seconds, "the materials are indexed");
        self.load(Some(Arc::new(made)))
    }

    /// Ends the making of an index, if one is being made: the program is about to end.
    pub fn stop_indexing(&self) {
        self.progress.stop();
    }

    /// Shows this version from now on.
    pub(super) fn put_up(&self, shelf: Arc<Shelf>) -> anyhow::Result<()> {
        let refusals = handlers::plain::refusals(self, &shelf)?;
        *self.refusals.write().unwrap_or_else(PoisonError::into_inner) = refusals;
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = shelf;
        Ok(())
    }
}
