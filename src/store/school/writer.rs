//! The one writer: a thread that makes the changes of everybody, several in one commit when several wait.
//!
//! Thirty teachers who save in the same second cost a few waits for the disk, not thirty. A change that fails is rolled
//! back alone; when the commit fails, every change of it is told so.

use std::{
    io, mem,
    panic::{self, AssertUnwindSafe},
    sync::{
        Mutex, PoisonError,
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
    jobs: Option<SyncSender<Box<dyn Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// A change with who waits for it.
trait Job: Send {
    /// Makes the change, inside a savepoint.
    fn run(&mut self, connection: &Connection);
    /// Says how it went: as it ran when the commit held, else why it did not.
    fn tell(self: Box<Self>, commit: Result<(), StoreError>);
}

struct Change<F, T, E> {
    make: Option<F>,
    outcome: Option<Result<T, E>>,
    waits: Sender<Result<T, E>>,
}

impl<F, T, E> Job for Change<F, T, E>
where
    F: FnOnce(&Connection) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, connection: &Connection) {
        let Some(change) = self.make.take() else { return };
        self.outcome = Some(one(connection, change));
    }

    fn tell(mut self: Box<Self>, commit: Result<(), StoreError>) {
        let outcome = match (commit, self.outcome.take()) {
            // What failed by itself says its own reason.
            (_, Some(Err(error))) => Err(error),
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(StoreError::Closed.into()),
            (Err(error), _) => Err(error.into()),
        };
        // Who asked may be gone; the change is made all the same.
        self.waits.send(outcome).ok();
    }
}

/// One change in its savepoint: all of it or nothing.
fn one<T, E: From<StoreError>>(
    connection: &Connection,
    change: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<T, E> {
    let batch = |sql| connection.execute_batch(sql).map_err(StoreError::from);
    batch("SAVEPOINT change")?;
    // A mistake in one change must not end the thread that all others need; the savepoint takes back what it did.
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| change(connection)));
    match outcome.unwrap_or_else(|_| Err(StoreError::Panicked.into())) {
        Ok(made) => batch("RELEASE change").map(|()| made).map_err(E::from),
        Err(error) => {
            // A full disk may have rolled back all; then there is no savepoint left, and the commit fails.
            connection.execute_batch("ROLLBACK TO change; RELEASE change").ok();
            Err(error)
        }
    }
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
        let (waits, told) = channel();
        let job = Box::new(Change { make: Some(change), outcome: None, waits });
        let closed = || E::from(StoreError::Closed);
        self.jobs.as_ref().ok_or_else(closed)?.send(job).map_err(|_| closed())?;
        told.recv().map_err(|_| closed())?
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

fn work(connection: &Connection, given: &Receiver<Box<dyn Job>>) {
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
fn commit(connection: &Connection, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
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
fn lie(connection: &Connection, mut jobs: Vec<Box<dyn Job>>) {
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
