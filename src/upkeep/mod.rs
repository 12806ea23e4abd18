//! What the server does by itself, so that nobody has to remember it: a backup every day, into a folder and onto a stick that
//! is for it; and what it does aside for whoever asks on a page, because it takes long: a pack brought in.
//!
//! Lives here: when, where to, and what is remembered of it. Does not: how a backup is made (`store::backup`), who calls
//! [`Upkeep::tick`] (`cli`), pages (`web`).

mod bring;
pub mod media;
mod record;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

pub use bring::{Brought, Porter, UnderWay};
pub use media::{Media, Stick};
pub use record::{Fault, Last, Place, Standing, standing};

use crate::{
    auth::Accounts,
    clock::Clock,
    store::{
        backup::{self, Made},
        school,
    },
};

/// How often [`Upkeep::tick`] wants to be called: nobody waits for it, and a machine at rest stays at rest.
pub const EVERY: Duration = Duration::from_secs(10 * 60);

/// What failed is tried again after so long.
const AGAIN: Duration = Duration::from_secs(3600);

/// The age of the server is kept at least so often, in seconds: a power cut takes no more of it.
const AGE_EVERY: i64 = 3600;

/// What a school may say about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Where backups go; `None`: `backups` in the data folder.
    pub backups: Option<PathBuf>,
    /// Where sticks are looked for.
    pub media: Media,
}

/// The caretaker of a data folder.
#[derive(Debug)]
pub struct Upkeep {
    data: PathBuf,
    folder: PathBuf,
    media: Media,
    clock: Clock,
    accounts: Arc<Accounts>,
    memory: Mutex<Memory>,
    packs: Porter,
}

/// What need not outlive the program.
#[derive(Debug, Default)]
struct Memory {
    /// When each place was last tried in vain.
    tried: [Option<Instant>; 2],
    /// What the log was told of each place.
    told: [Option<Fault>; 2],
    /// The age that was last kept.
    age: i64,
}

impl Upkeep {
    /// The caretaker of `data`, whose people are `accounts`.
    pub fn new(data: &Path, settings: &Settings, accounts: Arc<Accounts>, clock: Clock) -> Self {
        let folder = settings.backups.clone().unwrap_or_else(|| data.join("backups"));
        let media = settings.media.clone();
        let (memory, packs) = (Mutex::default(), Porter::default());
        Self { data: data.to_owned(), folder, media, clock, accounts, memory, packs }
    }

    /// What it looks after.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Who brings packs in.
    pub fn packs(&self) -> &Porter {
        &self.packs
    }

    /// Where backups go.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file in which the system tells what is mounted.
    pub fn mounts(&self) -> &Path {
        &self.media.mounts
    }

    /// What is plugged in.
    pub fn sticks(&self) -> Vec<Stick> {
        self.media.sticks()
    }

    /// Does what is due. Waits for disks: call it where waiting is allowed. What fails goes to the log, once.
    pub fn tick(&self) {
        let age = match self.accounts.lived() {
            Ok(Some(age)) => age,
            Ok(None) => return,
            Err(error) => {
                return tracing::error!(%error, "the school's records do not answer; no backup is made");
            }
        };
        self.keep_age(age);
        // The records have served: nobody goes back to an older program now.
        school::forget_before(&self.data.join(school::FILE)).ok();
        if self.is_due(Place::Folder, age) {
            self.make(Place::Folder, &self.folder).ok();
        }
        let sticks: Vec<PathBuf> = self.sticks().iter().filter_map(Stick::for_backups).collect();
        if !sticks.is_empty() && self.is_due(Place::Stick, age) {
            for stick in sticks {
                self.make(Place::Stick, &stick).ok();
            }
        }
    }

    /// Makes a backup now, in the folder and on every stick that is for it. Waits for disks.
    ///
    /// # Errors
    /// The first fault; what could be made was made.
    pub fn back_up(&self) -> Result<(), Fault> {
        let mut done = self.make(Place::Folder, &self.folder);
        for stick in self.sticks().iter().filter_map(Stick::for_backups) {
            done = done.and(self.make(Place::Stick, &stick));
        }
        done
    }

    /// What is known of the last backup of a place; nothing where the records do not answer.
    pub fn last(&self, place: Place) -> Last {
        Last::read(&self.accounts, place).unwrap_or_default()
    }

    fn is_due(&self, place: Place, age: i64) -> bool {
        let tried = self.memory().tried[place as usize];
        let now = self.clock.instant();
        let rests = tried.is_some_and(|tried| now.saturating_duration_since(tried) < AGAIN);
        !rests && self.last(place).is_due(age, &self.clock)
    }

    fn make(&self, place: Place, target: &Path) -> Result<(), Fault> {
        let made = backup::make(&self.data, target, &self.clock);
        let fault = match &made {
            Ok(Made { hurt, .. }) if hurt.is_empty() => None,
            Ok(_) => Some(Fault::Hurt),
            Err(error) => Some(Fault::from(error)),
        };
        if fault == Some(Fault::Busy) {
            return Err(Fault::Busy);
        }
        let mut memory = self.memory();
        memory.tried[place as usize] = made.is_err().then(|| self.clock.instant());
        let news = memory.told[place as usize] != fault;
        memory.told[place as usize] = fault;
        drop(memory);
        let where_to = target.display();
        match &made {
            Err(error) if news => {
                tracing::error!(%error, folder = %where_to, "no backup was made; it is tried again each hour");
            }
            Ok(made) if !made.hurt.is_empty() && news => {
                let hurt = made.hurt.len();
                tracing::error!(hurt, folder = %where_to, "a backup was made without files that are damaged");
            }
            Ok(made) => tracing::info!(copied = made.copied, folder = %where_to, "a backup was made"),
            Err(_) => {}
        }
        let mut last = Last { fault, ..self.last(place) };
        if made.is_ok() {
            last.age = self.accounts.lived().ok().flatten();
            last.wall = if self.clock.plausible() { self.clock.now().as_second() } else { 0 };
        }
        if let Err(error) = Last::keep(&self.accounts, place, last) {
            tracing::warn!(%error, "how the backup went is not remembered");
        }
        fault.map_or(Ok(()), Err)
    }

    fn keep_age(&self, age: i64) {
        if age.saturating_sub(self.memory().age) >= AGE_EVERY && self.accounts.remember(&[]).is_ok() {
            self.memory().age = age;
        }
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
