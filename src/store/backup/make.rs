//! Making a backup while the school works. It grows under another name and gets its own when it is whole, on the disk and
//! read back; whatever happens before, the target holds what it held.

use std::{
    collections::{BTreeSet, HashMap},
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{
    ABOUT, Error, FILES, SUMS, disk, here, list,
    manifest::{About, Sums, read},
    school, thin,
    tree::{self, CONTENTS, Contents, Entry},
};
use crate::clock::Clock;

/// A half-made backup; the next one takes it away.
const HALF: &str = ".half";

/// Held while a backup is made, so that two do not thin each other's files.
const LOCK: &str = ".lock";

/// Bytes that a backup leaves free on the disk where the school itself writes.
const RESERVE: u64 = 32 << 20;

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// Its folder.
    pub folder: PathBuf,
    /// Files that belong to it.
    pub files: usize,
    /// Those of them that were not in the target yet.
    pub copied: usize,
    /// Files of the school that are damaged and of which the target has no whole copy; they are not in the backup.
    pub hurt: Vec<String>,
}

/// Copies the school's records and files in `data` into `target`, a folder that is made when it is missing. The school may
/// go on writing meanwhile, in this process or another.
pub fn make(data: &Path, target: &Path, clock: &Clock) -> Result<Made, Error> {
    let records = data.join(school::FILE);
    if !records.is_file() {
        return Err(Error::NoRecords(data.to_owned()));
    }
    disk::folder(target)?;
    let lock = target.join(LOCK);
    let held = File::create(&lock).map_err(|error| Error::io(&lock, error))?;
    match held.try_lock() {
        Err(TryLockError::WouldBlock) => return Err(Error::Busy(target.to_owned())),
        Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
            return Err(Error::io(&lock, error));
        }
        _ => {}
    }
    let made = alone(data, target, clock);
    // Said, not left to the closing: a child that another thread starts may hold the file open for a moment longer.
    held.unlock().ok();
    made
}

fn alone(data: &Path, target: &Path, clock: &Clock) -> Result<Made, Error> {
    let half = target.join(HALF);
    disk::remove(&half)?;
    let made = room(data, target).and_then(|()| fill(data, target, &half, clock));
    if made.is_err() {
        // When the stick is gone, so is the half.
        disk::remove(&half).ok();
    }
    let made = made?;
    // The backup is whole; that an old one cannot be taken away does not make it less so.
    if let Err(error) = thin::thin(target) {
        tracing::warn!(%error, "old backups could not be thinned");
    }
    Ok(made)
}

/// Refuses to begin what will not fit. On the disk where the school itself writes, room for it is left.
fn room(data: &Path, target: &Path) -> Result<(), Error> {
    use std::os::unix::fs::MetadataExt as _;
    let bytes = |path: &Path| fs::metadata(path).map_or(0, |about| about.len());
    let (from, store) = (data.join(FILES), target.join(FILES));
    let mut needed = bytes(&data.join(school::FILE));
    let before = newest_contents(target);
    for Entry { path, bytes: here } in tree::walk(data)? {
        let there = before.get(&path).map_or(0, |hash| bytes(&disk::place(&store, hash)));
        needed = needed.saturating_add(if here == there { 0 } else { here });
    }
    for hash in disk::stored(&from)? {
        let (here, there) = (bytes(&disk::place(&from, &hash)), bytes(&disk::place(&store, &hash)));
        needed = needed.saturating_add(if here == there { 0 } else { here });
    }
    let device = |path: &Path| fs::metadata(path).map(|about| about.dev()).ok();
    if device(data) == device(target) {
        needed = needed.saturating_add(RESERVE);
    }
    let told = rustix::fs::statvfs(target).map_err(|error| Error::io(target, error.into()))?;
    // What cannot tell its size (some network disks) is tried.
    let free = told.f_bavail.saturating_mul(told.f_frsize);
    if told.f_blocks > 0 && needed > free { Err(Error::Full(target.to_owned())) } else { Ok(()) }
}

/// What the newest backup in a target holds, by path. Its files need no second copy, as far as their size tells.
fn newest_contents(target: &Path) -> HashMap<PathBuf, String> {
    let newest = list(target).ok().and_then(|all| all.into_iter().next_back());
    let text = newest.and_then(|kept| read(&target.join(kept.name).join(CONTENTS)));
    let contents = text.and_then(|text| Contents::parse(&text));
    contents.map(|contents| contents.tree.into_iter().collect()).unwrap_or_default()
}

fn fill(data: &Path, target: &Path, half: &Path, clock: &Clock) -> Result<Made, Error> {
    disk::folder(half)?;
    here("backup-begun", half)?;
    // The records first: what they name was on the disk before them.
    let copy = half.join(school::FILE);
    let schema = copy_records(&data.join(school::FILE), &copy)?;
    here("backup-records", &copy)?;
    let (mut files, mut copied, mut hurt) = (Vec::new(), 0, Vec::new());
    let (from, store) = (data.join(FILES), target.join(FILES));
    for hash in disk::stored(&from)? {
        match keep(&from, &store, &hash)? {
            State::Gone => continue,
            State::Hurt => {
                hurt.push(hash);
                continue;
            }
            State::Copied => copied += 1,
            State::There => {}
        }
        files.push(hash);
    }
    here("backup-tree", half)?;
    let tree = whole_tree(data, &store, &mut copied, &mut hurt)?;
    let now = clock.now();
    let all: BTreeSet<String> =
        files.iter().chain(tree.iter().map(|(_, hash)| hash)).map(String::clone).collect();
    disk::write(&half.join(CONTENTS), &Contents { tree, files }.text())?;
    disk::write(&half.join(ABOUT), &About::text(schema, now, all.len()))?;
    let sum = |path: &Path| disk::hash(path).map_err(|error| Error::io(path, error));
    let (records, contents, about) = (sum(&copy)?, sum(&half.join(CONTENTS))?, sum(&half.join(ABOUT))?);
    let sums = Sums::text(&records, &contents, &about, &all);
    here("backup-sums", half)?;
    disk::write(&half.join(SUMS), &sums)?;
    disk::sync(half)?;
    let read_back = fs::read_to_string(half.join(SUMS)).map_err(|error| Error::io(half, error))?;
    if read_back != sums || !is_sound(&copy) {
        return Err(Error::NotWritten(copy));
    }
    let number = list(target)?.last().map_or(1, |last| last.number.saturating_add(1));
    let name =
        if clock.plausible() { format!("{number:06}-{}", clock.today()) } else { format!("{number:06}") };
    let folder = target.join(name);
    here("backup-whole", half)?;
    disk::rename(half, &folder)?;
    here("backup-placed", &folder)?;
    disk::sync(target)?;
    Ok(Made { folder, files: all.len(), copied, hurt })
}

/// How often the tree is read anew when it changes under our hands: a pack that is brought in, a lesson that is copied there.
const ROUNDS: usize = 3;

/// Sees to it that the target has a copy of every file of the tree, as it stands at one time. Returns where each belongs.
fn whole_tree(
    data: &Path,
    store: &Path,
    copied: &mut usize,
    hurt: &mut Vec<String>,
) -> Result<Vec<(PathBuf, String)>, Error> {
    let (mut seen, mut round) = (tree::walk(data)?, 0);
    loop {
        round += 1;
        let mut kept = Vec::with_capacity(seen.len());
        let (mut unread, mut settled) = (Vec::new(), true);
        for Entry { path, .. } in &seen {
            match keep_as(&data.join(path), store)? {
                (State::There, hash) => kept.push((path.clone(), hash)),
                (State::Copied, hash) => {
                    *copied += 1;
                    kept.push((path.clone(), hash));
                }
                (State::Hurt, _) => unread.push(path.display().to_string()),
                // Changed or taken away since it was seen.
                (State::Gone, _) => settled = false,
            }
        }
        let now = tree::walk(data)?;
        // Who never ceases to write has each file whole, if not all of one time.
        if (settled && now == seen) || round >= ROUNDS {
            hurt.append(&mut unread);
            if *copied > 0 {
                disk::sync(store)?;
            }
            return Ok(kept);
        }
        seen = now;
    }
}

/// The same as [`keep`] for a file whose sum nobody has told. What cannot be read is hurt.
fn keep_as(from: &Path, store: &Path) -> Result<(State, String), Error> {
    match disk::hash(from) {
        Ok(hash) => {
            let state = keep_from(from, &disk::place(store, &hash), &hash)?;
            // Read a second time it was another: somebody writes.
            Ok((if matches!(state, State::Hurt) { State::Gone } else { state }, hash))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((State::Gone, String::new())),
        Err(_) => Ok((State::Hurt, String::new())),
    }
}

/// One statement of `VACUUM INTO` reads one state of the records and hinders no writer. The stepwise backup begins again with each
/// foreign write and never ends on a busy day; it would also carry along what was deleted. Returns the version of the records.
fn copy_records(from: &Path, to: &Path) -> Result<i32, Error> {
    let path = to.to_str().ok_or_else(|| Error::io(to, io::ErrorKind::InvalidFilename.into()))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copied = Connection::open_with_flags(from, flags).and_then(|db| {
        db.execute_batch(
            "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA busy_timeout = 5000;",
        )?;
        db.execute("VACUUM INTO ?1", [path])?;
        db.query_row("PRAGMA user_version", [], |row| row.get(0))
    });
    let schema = copied.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::Full(to.to_owned()),
        Some(ErrorCode::ReadOnly) => Error::ReadOnly(to.to_owned()),
        _ => Error::Records(error),
    })?;
    File::options()
        .write(true)
        .open(to)
        .and_then(|file| file.sync_all())
        .map_err(|error| Error::io(to, error))?;
    Ok(schema)
}

/// Whether a copy of the records can be read from end to end.
pub(super) fn is_sound(records: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let told = Connection::open_with_flags(records, flags).and_then(|db| {
        db.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
        db.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0))
    });
    told.is_ok_and(|told| told == "ok")
}

enum State {
    There,
    Copied,
    Hurt,
    /// Deleted since its name was read.
    Gone,
}

/// Sees to it that the target has a whole copy of a file.
fn keep(from: &Path, store: &Path, hash: &str) -> Result<State, Error> {
    keep_from(&disk::place(from, hash), &disk::place(store, hash), hash)
}

fn keep_from(from: &Path, to: &Path, hash: &str) -> Result<State, Error> {
    if disk::hash(to).is_ok_and(|there| there == hash) {
        return Ok(State::There);
    }
    let mut source = match File::open(from) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Gone),
        Err(_) => return Ok(State::Hurt),
    };
    let folder = to.parent().unwrap_or(to);
    disk::folder(folder)?;
    let new = to.with_extension("new");
    if disk::copy(&mut source, &new)? != hash {
        disk::remove(&new)?;
        return Ok(State::Hurt);
    }
    if disk::hash(&new).map_err(|error| Error::io(&new, error))? != hash {
        return Err(Error::NotWritten(new));
    }
    here("backup-file-copied", &new)?;
    disk::rename(&new, to)?;
    here("backup-file-placed", to)?;
    disk::sync(folder)?;
    Ok(State::Copied)
}
