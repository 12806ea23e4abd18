//! The one writer: a thread that makes the changes of everybody, several in one commit when several wait.
//!
//! Thirty teachers who save in the same second cost a few waits for the disk, not thirty. A change that fails is rolled
//! back alone; when the commit fails, every change of it is told so.

use std::{
    io, mem,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread::{Builder, JoinHandle},
};

use rusqlite::Connection;

use super::StoreError;
use crate::fault;

/// Changes that wait at most; who comes then waits at the door.
const WAITING: usize = 64;

/// Most changes in one commit.
const IN_ONE_COMMIT: usize = 32;

/// The writing thread. Dropped, it makes the changes it was given and ends.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<SyncSender<Job>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// Makes a change, keeps what came of it for who asked, and tells whether it is to stay.
type Make = Box<dyn FnOnce(&Connection) -> bool + Send>;

/// A change with who waits for it. Of one kind, whatever the change: each kind would be three kilobytes of program.
struct Job {
    make: Option<Make>,
    failed: Option<StoreError>,
    waits: Sender<Result<(), StoreError>>,
}

impl Job {
    /// Makes the change in its savepoint: all of it or nothing.
    fn run(&mut self, connection: &Connection) {
        let Some(make) = self.make.take() else { return };
        self.failed = one(connection, make).err();
    }

    /// Says how it went: as it ran when the commit held, else why it did not.
    fn tell(self, commit: Result<(), StoreError>) {
        // What failed by itself says its own reason. Who asked may be gone; the change is made all the same.
        self.waits.send(self.failed.map_or(commit, Err)).ok();
    }
}

/// One change in its savepoint.
fn one(connection: &Connection, make: Make) -> Result<(), StoreError> {
    let batch = |sql| connection.execute_batch(sql).map_err(StoreError::from);
    batch("SAVEPOINT change")?;
    // A mistake in one change must not end the thread that all others need; the savepoint takes back what it did.
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| make(connection)));
    if let Ok(true) = outcome {
        return batch("RELEASE change");
    }
    // A full disk may have rolled back all; then there is no savepoint left, and the commit fails.
    connection.execute_batch("ROLLBACK TO change; RELEASE change").ok();
    outcome.map(|_| ()).map_err(|_| StoreError::Panicked)
}

impl Writer {
    pub(super) fn start(connection: Connection) -> io::Result<Self> {
        let (jobs, given) = sync_channel(WAITING);
        let thread = Builder::new().name("records".to_owned()).spawn(move || work(&connection, &given))?;
        Ok(Self { jobs: Some(jobs), thread: Mutex::new(Some(thread)) })
    }

    pub(super) fn write<T, E>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let made = Arc::new(Mutex::new(None));
        let place = Arc::clone(&made);
        let told = self.hand_in(Box::new(move |connection| {
            let outcome = change(connection);
            let stays = outcome.is_ok();
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            stays
        }));
        let made = made.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (told, made) {
            // What failed by itself says its own reason.
            (_, Some(Err(error))) => Err(error),
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(StoreError::Closed.into()),
            (Err(error), _) => Err(error.into()),
        }
    }

    /// Gives a change to the thread and waits until it is on the disk.
    fn hand_in(&self, make: Make) -> Result<(), StoreError> {
        let (waits, told) = channel();
        let job = Job { make: Some(make), failed: None, waits };
        self.jobs.as_ref().ok_or(StoreError::Closed)?.send(job).map_err(|_| StoreError::Closed)?;
        told.recv().map_err(|_| StoreError::Closed)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        let thread = self.thread.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = mem::take(thread) {
            thread.join().ok();
        }
    }
}

fn work(connection: &Connection, given: &Receiver<Job>) {
    while let Ok(first) = given.recv() {
        let mut jobs = vec![first];
        jobs.extend(given.try_iter().take(IN_ONE_COMMIT - 1));
        #[cfg(feature = "fault")]
        if fault::sins("lie") {
            lie(connection, jobs);
            continue;
        }
        let committed = commit(connection, &mut jobs);
        let (last, others) = (jobs.pop(), jobs);
        for job in others {
            job.tell(committed.as_ref().copied().map_err(StoreError::again));
        }
        if let Some(last) = last {
            last.tell(committed);
        }
        // Who waited knows by now; nothing is left that could fail.
        fault::here("school-told").ok();
    }
}

/// Makes the changes and waits for the disk.
fn commit(connection: &Connection, jobs: &mut [Job]) -> Result<(), StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for job in jobs {
        job.run(connection);
    }
    let plug = fault::here("school-commit-before").map_err(|error| {
        let error = rusqlite::Error::ToSqlConversionFailure(error.into());
        StoreError::from(error)
    });
    plug.and_then(|()| Ok(connection.execute_batch("COMMIT")?)).inspect_err(|_| {
        connection.execute_batch("ROLLBACK").ok();
    })?;
    fault::here("school-commit-after").ok();
    Ok(())
}

/// What this program must never do, for the harness to find: says that changes are kept, and keeps them a moment later.
#[cfg(feature = "fault")]
fn lie(connection: &Connection, mut jobs: Vec<Job>) {
    connection.execute_batch("BEGIN IMMEDIATE").ok();
    for job in &mut jobs {
        job.run(connection);
    }
    for job in jobs {
        job.tell(Ok(()));
    }
    std::thread::sleep(std::time::Duration::from_millis(30));
    connection.execute_batch("COMMIT").ok();
}
