//! Bringing a pack in: verified first, copied aside file by file, each on the disk before the next, then switched by one
//! rename. A pulled stick, a full disk or a killed program leaves the old version; the next import goes on where it stopped.

use std::{
    fs::{self, File},
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use super::{
    Keys, SIGNATURE, SUMS, Standing,
    disk::{self, Hashing, Lock, sync_folder},
    installed::{CURRENT, Current, PACKS, sums_of},
    problem,
    remove::room,
    tree::Tree,
    verify::{Opened, Signer},
};
use crate::{
    content::Source,
    domain::{
        finding::{Finding, Problem},
        pack::{Pack, Version},
    },
    fault,
    formats::{minisign, sums},
};

/// What a technician decides.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Take it though its signer is unknown, revoked or nobody, or though it is older than what is there.
    pub trust: bool,
    /// Bytes that stay free on the disk.
    pub keep_free: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { trust: false, keep_free: 64 << 20 }
    }
}

/// How far an import is; told before each file that is copied.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// The file.
    pub file: &'a str,
    /// Bytes copied so far.
    pub done: u64,
    /// Bytes to be copied.
    pub all: u64,
}

/// A pack that is served from the next load on.
#[derive(Debug)]
pub struct Imported {
    /// What it says of itself.
    pub pack: Pack,
    /// Who signed it.
    pub signer: Option<Signer>,
    /// Files that were copied; the others were there.
    pub copied: usize,
    /// Files it has.
    pub files: usize,
}

/// Why a pack was not imported. What was served before is served on.
#[derive(Debug)]
pub enum Refusal {
    /// The reasons.
    Problems(Vec<Problem>),
    /// Whoever watched it said stop; what was copied is there for the next time.
    Stopped,
}

impl From<Finding> for Refusal {
    fn from(finding: Finding) -> Self {
        Self::Problems(vec![problem("", finding)])
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        disk::told(&error).into()
    }
}

/// Imports the pack at a path, a folder or a ZIP, into the data folder. `watch` may stop it before each file.
///
/// # Errors
/// Refused, with the reasons; or stopped.
pub fn import(
    path: &Path,
    data: &Path,
    options: Options,
    watch: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Imported, Refusal> {
    let mut tree = Tree::open(path)?;
    let mut opened = Opened::new(&mut tree);
    if opened.verdict.problems.is_empty() {
        opened.check(&mut tree);
    }
    let pack = match opened.verdict.pack.take() {
        Some(pack) if opened.verdict.problems.is_empty() => pack,
        _ => return Err(Refusal::Problems(opened.verdict.problems)),
    };
    let signer = opened.verdict.signer.take();
    let standing = Keys::load(data)?.standing(signer.as_ref(), &pack);
    let vouched = may_come(&standing, signer.as_ref(), &pack, options)?;
    if !vouched {
        built_in(&opened)?;
    }
    fs::create_dir_all(data.join(PACKS))?;
    let lock = Lock::take(&data.join(PACKS).join(".lock"))?;
    let _alone = lock.ok_or_else(|| Finding::error_of_whole("check-pack-busy"))?;
    let home = data.join(PACKS).join(pack.name.as_str());
    fs::create_dir_all(&home)?;
    sync_folder(&data.join(PACKS))?;
    sync_folder(data)?;
    let old = Current::read(&home);
    let there = old.as_ref().and_then(|old| version_of(&old.folder));
    if let Some(there) = there.filter(|there| *there > pack.version && !options.trust) {
        let older = Finding::error_of_whole("check-pack-older");
        return Err(older.with("version", pack.version).with("installed", there).into());
    }
    let despite = standing == Standing::Revoked;
    let new = Current { folder: folder(&home, old.as_ref(), &pack, &opened), vouched, despite };
    let mut work = Work { tree, opened, home: &home, old: old.as_ref(), new: &new };
    let (copied, files) = (work.bring(options, watch)?, work.opened.files.len());
    // A technician's word is kept for the next version; for what is unsigned or revoked it holds this once.
    if let (Some(signer), Standing::Unknown | Standing::OtherPacks) = (&signer, &standing) {
        Keys::trust(data, signer, &pack)?;
    }
    if old.as_ref() != Some(&new) {
        disk::replace(&home.join(CURRENT), &new.text())?;
    }
    sweep(&home, &new, old.as_ref());
    Ok(Imported { pack, signer, copied, files })
}

/// Whether somebody answers for the pack; refuses what a technician has to decide and did not.
fn may_come(
    standing: &Standing,
    signer: Option<&Signer>,
    pack: &Pack,
    options: Options,
) -> Result<bool, Finding> {
    let id = match standing {
        Standing::Trusted(_) => return Ok(true),
        Standing::OtherPacks => "check-pack-signer-other",
        Standing::Revoked => "check-pack-signer-revoked",
        Standing::Unknown => "check-pack-signer-unknown",
        Standing::Unsigned => "check-pack-unsigned",
    };
    if options.trust {
        return Ok(matches!(standing, Standing::OtherPacks | Standing::Unknown));
    }
    let (name, key) = signer.map(|signer| (signer.name.clone(), signer.key.to_string())).unwrap_or_default();
    Err(Finding::error_of_whole(id).with("name", name).with("key", key).with("pack", &pack.name))
}

/// Refuses lessons under a name that the program's own have.
fn built_in(opened: &Opened) -> Result<(), Refusal> {
    let mut problems = Vec::new();
    let lessons =
        opened.files.keys().filter_map(|file| file.strip_prefix("lessons/")?.strip_suffix("/lesson.toml"));
    for lesson in lessons.filter(|lesson| Source::built_in(lesson)) {
        let finding = Finding::error_of_whole("check-lesson-built-in").with("lesson", lesson);
        problems.push(problem(&format!("lessons/{lesson}"), finding));
    }
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Problems(problems)) }
}

/// The folder a pack goes into: the one that is served when that is it and it is sound; where it is hurt, one beside it.
fn folder(home: &Path, old: Option<&Current>, pack: &Pack, opened: &Opened) -> String {
    let hash = sums::hex(&opened.hash);
    let first = format!("{}-{}", pack.version, hash.get(..16).unwrap_or_default());
    let second = format!("{first}-b");
    let sound = |folder: &str| {
        let root = home.join(folder);
        opened.sums.iter().all(|(file, sum)| disk::is(&root.join(file), sum))
    };
    match old.map(|old| old.folder.as_str()) {
        Some(served) if served == first && !sound(served) => second,
        Some(served) if served == second && sound(served) => second,
        _ => first,
    }
}

fn version_of(folder: &str) -> Option<Version> {
    folder.split_once('-')?.0.parse().ok()
}

struct Work<'a> {
    tree: Tree,
    opened: Opened,
    home: &'a Path,
    old: Option<&'a Current>,
    new: &'a Current,
}

impl Work<'_> {
    /// Makes the new folder whole; gives how many files were copied.
    fn bring(
        &mut self,
        options: Options,
        watch: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
    ) -> Result<usize, Refusal> {
        let whole = self.home.join(&self.new.folder);
        let aside = self.home.join(format!("{}.part", self.new.folder));
        if self.old.is_some_and(|old| old.folder == self.new.folder) {
            return Ok(0);
        }
        // A version from before, perhaps hurt: it is gone through like one half copied.
        if whole.is_dir() && aside.is_dir() {
            fs::remove_dir_all(&whole)?;
        } else if whole.is_dir() {
            fs::rename(&whole, &aside)?;
        }
        fs::create_dir_all(&aside)?;
        fault::here("pack-begun")?;
        let wanted = self.wanted(&aside)?;
        let all = wanted.iter().fold(0_u64, |all, (_, bytes)| all.saturating_add(*bytes));
        room(self.home, all, options)?;
        let mut done = 0;
        for (file, bytes) in &wanted {
            if watch(Progress { file, done, all }).is_break() {
                return Err(Refusal::Stopped);
            }
            self.copy(file, *bytes, &aside.join(file))?;
            done += bytes;
        }
        sync_folders(&aside)?;
        fault::here("pack-part-whole")?;
        fs::rename(&aside, &whole)?;
        fault::here("pack-part-renamed")?;
        sync_folder(self.home)?;
        Ok(wanted.len())
    }

    /// What is neither there already nor in the old version; what is in the old one is linked.
    fn wanted(&self, aside: &Path) -> Result<Vec<(String, u64)>, Refusal> {
        let old = self.old.map(|old| self.home.join(&old.folder));
        let old_sums = old.as_deref().map(sums_of).unwrap_or_default();
        let mut wanted = Vec::new();
        for (file, bytes) in &self.opened.files {
            let sum = match file.as_str() {
                SIGNATURE => continue,
                SUMS => Some(&self.opened.hash),
                _ => self.opened.sums.get(file),
            };
            let Some(sum) = sum else { continue };
            let here = aside.join(file);
            if disk::is(&here, sum) {
                // What a killed import wrote was perhaps only in memory.
                File::open(&here)?.sync_all()?;
                continue;
            }
            let same = old.as_ref().filter(|_| old_sums.get(file) == Some(sum)).map(|old| old.join(file));
            if let Some(same) = same.filter(|same| disk::is(same, sum)) {
                make_room(&here)?;
                if fs::hard_link(&same, &here).is_ok() {
                    continue;
                }
            }
            wanted.push((file.clone(), *bytes));
        }
        // Nothing vouches for the signature but what it signs.
        let signature = self.opened.files.get_key_value(SIGNATURE);
        wanted.extend(signature.map(|(file, bytes)| (file.clone(), *bytes)));
        Ok(wanted)
    }

    fn copy(&mut self, file: &str, bytes: u64, to: &Path) -> Result<(), Refusal> {
        make_room(to)?;
        let mut hashing = Hashing::new(File::create(to)?);
        let told = |finding| Refusal::Problems(vec![problem(file, finding)]);
        self.tree.copy(file, bytes, &mut hashing).map_err(told)?;
        let (out, sum) = hashing.finish();
        // A stick may give other bytes the second time.
        let right = match file {
            SUMS => sum == self.opened.hash,
            SIGNATURE => bytes <= minisign::MAX_BYTES,
            _ => self.opened.sums.get(file) == Some(&sum),
        };
        if !right {
            return Err(told(Finding::error_of_whole("check-pack-changed")));
        }
        fault::here("pack-file-written")?;
        out.sync_all()?;
        fault::here("pack-file-synced")?;
        Ok(())
    }
}

/// The folders above a file, and nothing in its place.
fn make_room(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Brings the names of all files of a tree to the disk.
fn sync_folders(root: &Path) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    sync_folder(root)
}

/// Takes away versions before the last two: a server may still be serving the old one. Whatever cannot be taken away
/// costs room alone.
fn sweep(home: &Path, new: &Current, old: Option<&Current>) {
    let stays = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name == Some(new.folder.as_str()) || name == old.map(|old| old.folder.as_str())
    };
    for path in fs::read_dir(home).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() && !stays(&path) {
            fs::remove_dir_all(path).ok();
        }
    }
}
