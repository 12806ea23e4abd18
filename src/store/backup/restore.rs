//! The way back, into an empty folder: whole or not at all, save for what is hurt in the backup itself.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::{
    Error, FILES, SUMS, disk, here, list,
    make::is_sound,
    manifest::{About, Sums, read},
    school,
    tree::{CONTENTS, Contents, ROOMS},
};
use crate::store::school::{OpenError, SchoolDb};

/// Where it grows, in the new folder; found there, an earlier restore was cut off.
const HALF: &str = ".restore";

/// Where what is hurt is laid, for a look at it.
const DAMAGED: &str = "damaged";

/// What came back.
#[derive(Debug)]
pub struct Restored {
    /// The backup it came from.
    pub backup: PathBuf,
    /// Whether the records are in place; without them the school starts with no people.
    pub records: bool,
    /// Whole files put in place.
    pub files: usize,
    /// What is hurt or missing in the backup; what of it could be read lies in `damaged/`.
    pub hurt: Vec<String>,
}

/// Brings a backup back into `data`, a folder that is missing or empty. `from` is one backup, or a target: then its newest
/// backup with sound records.
pub fn restore(from: &Path, data: &Path) -> Result<Restored, Error> {
    let backup = choose(from)?;
    disk::folder(data)?;
    let half = data.join(HALF);
    clear(data, &half)?;
    let done = fill(&backup, &half).and_then(|restored| {
        here("restore-whole", &half)?;
        // The records last: a folder without them is no school yet.
        for name in placed().chain([school::FILE]) {
            if half.join(name).exists() {
                disk::rename(&half.join(name), &data.join(name))?;
                here("restore-placed", &data.join(name))?;
            }
        }
        disk::sync(data)?;
        disk::remove(&half)?;
        here("restore-swept", data)?;
        disk::sync(data)?;
        Ok(restored)
    });
    if done.is_err() {
        for name in placed().chain([school::FILE, HALF]) {
            disk::remove(&data.join(name)).ok();
        }
    }
    done
}

/// What lies in a restored folder beside the records.
fn placed() -> impl Iterator<Item = &'static str> {
    ROOMS.into_iter().chain([FILES, DAMAGED])
}

fn choose(from: &Path) -> Result<PathBuf, Error> {
    if from.join(SUMS).is_file() || from.join(school::FILE).is_file() {
        return Ok(from.to_owned());
    }
    let all: Vec<PathBuf> = list(from)?.iter().rev().map(|kept| from.join(&kept.name)).collect();
    let sound = all.iter().find(|backup| is_sound(&backup.join(school::FILE)));
    sound.or(all.first()).cloned().ok_or_else(|| Error::NoBackup(from.to_owned()))
}

/// Takes away what a restore left that was cut off; anything else is somebody's.
fn clear(data: &Path, half: &Path) -> Result<(), Error> {
    if half.exists() && !data.join(school::FILE).exists() {
        for name in placed().chain([HALF]) {
            disk::remove(&data.join(name))?;
        }
    }
    for entry in fs::read_dir(data).map_err(|error| Error::io(data, error))? {
        if entry.map_err(|error| Error::io(data, error))?.file_name() != "lost+found" {
            return Err(Error::NotEmpty(data.to_owned()));
        }
    }
    Ok(())
}

fn fill(backup: &Path, half: &Path) -> Result<Restored, Error> {
    disk::folder(half)?;
    here("restore-begun", half)?;
    let (about, sums) = (About::read(backup), Sums::read(backup));
    let mut hurt = Vec::new();
    let store = backup.parent().unwrap_or(backup).join(FILES);
    // A hurt list may lack names: then every file of the target comes along.
    let listed = sums.whole && about.as_ref().is_none_or(|about| about.files == sums.files.len());
    if !listed {
        hurt.push(SUMS.to_owned());
    }
    let contents = contents(backup, &sums);
    if contents.is_none() && sums.contents.is_some() {
        hurt.push(CONTENTS.to_owned());
    }
    // Without the list nobody knows what belongs where: the sums still name what people brought, and more.
    let all = if listed { sums.files } else { disk::stored(&store)? };
    let (tree, names) = contents.map_or((Vec::new(), all), |contents| (contents.tree, contents.files));
    let records = restore_records(backup, half, sums.records.as_deref(), about.as_ref(), &mut hurt)?;
    here("restore-records", half)?;
    let mut files = 0;
    let mut folders = Vec::new();
    for hash in names {
        let to = disk::place(&half.join(FILES), &hash);
        let folder = to.parent().unwrap_or(half).to_owned();
        if folders.last() != Some(&folder) {
            disk::folder(&folder)?;
            folders.push(folder);
        }
        here("restore-file", &to)?;
        if bring(&disk::place(&store, &hash), &to)?.is_some_and(|sum| sum == hash) {
            files += 1;
        } else {
            set_aside(&to, half)?;
            hurt.push(hash);
        }
    }
    files += restore_tree(&tree, &store, half, &mut hurt)?;
    for folder in &folders {
        disk::sync(folder)?;
    }
    if !folders.is_empty() {
        disk::sync(&half.join(FILES))?;
    }
    disk::sync(half)?;
    Ok(Restored { backup: backup.to_owned(), records, files, hurt })
}

/// The list of what the backup holds, if it is the one that was written.
fn contents(backup: &Path, sums: &Sums) -> Option<Contents> {
    let path = backup.join(CONTENTS);
    let sum = sums.contents.as_ref()?;
    if disk::hash(&path).ok()? != *sum {
        return None;
    }
    Contents::parse(&read(&path)?)
}

/// Lays the school's own lessons, packs, keys and settings where they were. Returns how many files came back.
fn restore_tree(
    tree: &[(PathBuf, String)],
    store: &Path,
    half: &Path,
    hurt: &mut Vec<String>,
) -> Result<usize, Error> {
    let (mut files, mut folders) = (0, BTreeSet::new());
    for (path, hash) in tree {
        let to = half.join(path);
        let folder = to.parent().unwrap_or(half);
        if !folders.contains(folder) {
            disk::folder(folder)?;
            folders.extend(folder.ancestors().take_while(|above| *above != half).map(Path::to_owned));
        }
        here("restore-tree", &to)?;
        if bring(&disk::place(store, hash), &to)?.is_some_and(|sum| sum == *hash) {
            files += 1;
        } else {
            set_aside_as(path, &to, half)?;
            hurt.push(path.display().to_string());
        }
    }
    for folder in &folders {
        disk::sync(folder)?;
    }
    Ok(files)
}

/// The hash of what could be copied; `None` when the source is missing or cannot be read to its end.
fn bring(from: &Path, to: &Path) -> Result<Option<String>, Error> {
    let Ok(mut source) = File::open(from) else { return Ok(None) };
    match disk::copy(&mut source, to) {
        Ok(sum) => Ok(Some(sum)),
        // A bad sector of the backup, not a fault of the new disk.
        Err(Error::Io { .. }) if disk::hash(from).is_err() => Ok(None),
        Err(error) => Err(error),
    }
}

fn set_aside(file: &Path, half: &Path) -> Result<(), Error> {
    file.file_name().map_or(Ok(()), |name| set_aside_as(Path::new(name), file, half))
}

fn set_aside_as(name: &Path, file: &Path, half: &Path) -> Result<(), Error> {
    if !file.exists() {
        return Ok(());
    }
    let damaged = half.join(DAMAGED).join(name);
    disk::folder(damaged.parent().unwrap_or(half))?;
    disk::rename(file, &damaged)
}

/// Puts the records in place when they can be read from end to end, though their sum may differ.
fn restore_records(
    backup: &Path,
    half: &Path,
    sum: Option<&str>,
    about: Option<&About>,
    hurt: &mut Vec<String>,
) -> Result<bool, Error> {
    let to = half.join(school::FILE);
    let program = about.map_or_else(String::new, |about| about.program.clone());
    let found = bring(&backup.join(school::FILE), &to)?;
    if found.is_none() || found.as_deref() != sum {
        hurt.push(school::FILE.to_owned());
    }
    if found.is_none() || !is_sound(&to) {
        set_aside(&to, half)?;
        return Ok(false);
    }
    match SchoolDb::open(&to) {
        Ok(db) => {
            drop(db);
            File::open(&to).and_then(|file| file.sync_all()).map_err(|error| Error::io(&to, error))?;
            Ok(true)
        }
        Err(OpenError::Newer { found, known }) => Err(Error::Newer { found, known, program }),
        Err(OpenError::Io(error)) if error.kind() != io::ErrorKind::NotFound => Err(Error::io(&to, error)),
        Err(_) => {
            set_aside(&to, half)?;
            hurt.push(school::FILE.to_owned());
            hurt.dedup();
            Ok(false)
        }
    }
}
