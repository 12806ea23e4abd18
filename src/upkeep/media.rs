//! Sticks and cards that are plugged in: what is mounted where people's sticks are, and which of them is the school's own for
//! backups. Reads, mounts nothing.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The label of a stick that is for backups, and the name of its folder where something mounts it by label.
const LABEL: &str = "AMAUTA";

/// The folder of backups on a stick. Any stick that has it is for backups.
pub const FOLDER: &str = "amauta-respaldos";

/// Where sticks are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// What is mounted, as Linux tells a process.
    pub mounts: PathBuf,
    /// The device of the stick with our label, where the system tells.
    pub labelled: PathBuf,
    /// Folders that sticks are mounted below.
    pub below: Vec<PathBuf>,
}

impl Default for Media {
    fn default() -> Self {
        Self {
            mounts: "/proc/self/mountinfo".into(),
            labelled: format!("/dev/disk/by-label/{LABEL}").into(),
            below: ["/media", "/run/media", "/mnt"].map(PathBuf::from).to_vec(),
        }
    }
}

/// A stick that is mounted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stick {
    /// Where it is mounted.
    pub root: PathBuf,
    /// Whether it has our label.
    pub labelled: bool,
}

impl Stick {
    /// Where backups go on it; `None` when it is for other things.
    pub fn for_backups(&self) -> Option<PathBuf> {
        let folder = self.root.join(FOLDER);
        (self.labelled || folder.is_dir()).then_some(folder)
    }
}

impl Media {
    /// What is mounted now, by place. Where the system does not tell, nothing is.
    pub fn sticks(&self) -> Vec<Stick> {
        let text = fs::read_to_string(&self.mounts).unwrap_or_default();
        let device = fs::canonicalize(&self.labelled).ok();
        let mut found: Vec<Stick> = text
            .lines()
            .filter_map(|line| {
                let (root, source) = mount(line)?;
                let by_label = device.as_deref().is_some_and(|device| Path::new(&source) == device);
                let labelled = by_label || root.file_name().is_some_and(|name| name == LABEL);
                let here = self.below.iter().any(|folder| root.starts_with(folder));
                (by_label || here).then_some(Stick { root, labelled })
            })
            .collect();
        found.sort_unstable();
        found.dedup_by(|one, other| one.root == other.root);
        found
    }
}

/// Where something is mounted, and from what, in a line of `mountinfo`. What is only waiting to be mounted is not.
fn mount(line: &str) -> Option<(PathBuf, String)> {
    let (before, after) = line.split_once(" - ")?;
    let root = plain(before.split(' ').nth(4)?);
    let mut words = after.split(' ');
    let kind = words.next()?;
    (kind != "autofs").then_some((root.into(), plain(words.next()?)))
}

/// A name without the `\040` that stand for blanks.
fn plain(written: &str) -> String {
    let mut out = Vec::new();
    let mut rest = written.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..3).filter(|_| *first == b'\\');
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 8).ok());
        out.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(3..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&out).into_owned()
}
