//! What a school has made, laid out as a pack is: lessons, and everything else as resources, with a description. What its
//! teachers published lies in a folder of its own and comes along.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::{
    PACK, Signing,
    build::{self, build},
    disk, problem,
};
use crate::domain::{finding::Problem, id::Slug};

/// What speaks of this school alone, or of no lesson.
const STAYS: [&str; 2] = ["help-channels.toml", "vocabulary.toml"];

/// What is said of a pack whose parts name no licence.
const NO_LICENCE: &str = "NOASSERTION";

/// Folders in folders.
const MAX_DEPTH: usize = 12;

/// What the pack is called.
#[derive(Debug, Clone)]
pub struct Naming<'a> {
    /// Its name; it never changes.
    pub name: &'a Slug,
    /// Its title in Spanish.
    pub title: &'a str,
    /// The day it is made; it makes the version.
    pub day: jiff::civil::Date,
}

/// What a school has made.
#[derive(Debug, Clone, Copy)]
pub struct Made<'a> {
    /// Its folder of lessons and loose files, where it has one.
    pub own: &'a Path,
    /// A folder for each work that its teachers published, where there are any.
    pub works: &'a Path,
    /// Names of what somebody hid.
    pub hidden: &'a BTreeSet<Slug>,
}

impl Made<'_> {
    /// Every lesson, work and loose file. Of two with one name the school's own folder wins, as on the server.
    fn entries(&self) -> io::Result<BTreeMap<String, PathBuf>> {
        let mut all = BTreeMap::new();
        for folder in [self.works, self.own] {
            let entries = match fs::read_dir(folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            for entry in entries {
                let path = entry?.path();
                let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
                let hidden = name.parse().is_ok_and(|slug: Slug| self.hidden.contains(&slug));
                if !hidden && !name.starts_with('.') && !STAYS.contains(&name) {
                    all.insert(name.to_owned(), path);
                }
            }
        }
        Ok(all)
    }
}

/// Makes a pack of what a school has made; `work` is a folder for what is only needed meanwhile. Gives where it is,
/// and what authors could mend.
///
/// # Errors
/// As [`build`]: a mistake in a lesson, a pack of this day that is there already, the disk.
pub fn gather(
    made: Made<'_>,
    into: &Path,
    work: &Path,
    naming: &Naming<'_>,
    signing: Option<&Signing>,
) -> Result<(PathBuf, Vec<Problem>), Vec<Problem>> {
    fs::remove_dir_all(work).ok();
    let laid = lay_out(made, work, naming).map_err(|error| vec![problem("", disk::told(&error))]);
    let built = laid.and_then(|()| build(work, into, signing));
    fs::remove_dir_all(work).ok();
    built
}

fn lay_out(made: Made<'_>, work: &Path, naming: &Naming<'_>) -> io::Result<()> {
    fs::create_dir_all(work)?;
    for (name, path) in made.entries()? {
        let room = if path.join("lesson.toml").is_file() { "lessons" } else { "resources" };
        copy(&path, &work.join(room).join(name), 1)?;
    }
    fs::write(work.join(PACK), describe(work, naming))
}

/// Links, hidden files and devices stay where they are.
fn copy(from: &Path, to: &Path, depth: usize) -> io::Result<()> {
    let about = fs::symlink_metadata(from)?;
    if about.is_file() {
        to.parent().map_or(Ok(()), fs::create_dir_all)?;
        // The same bytes under a second name, where the disk can.
        return if fs::hard_link(from, to).is_ok() {
            Ok(())
        } else {
            io::copy(&mut File::open(from)?, &mut File::create(to)?).map(drop)
        };
    }
    if about.is_dir() && depth < MAX_DEPTH {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().starts_with('.') {
                copy(&entry.path(), &to.join(entry.file_name()), depth + 1)?;
            }
        }
    }
    Ok(())
}

fn describe(work: &Path, naming: &Naming<'_>) -> String {
    let described = build::describe(work, naming.day, &mut Vec::new());
    let licences: BTreeSet<&str> = described.iter().map(|(_, meta)| meta.licence.as_str()).collect();
    let licences: Vec<&str> = licences.into_iter().filter(|licence| !licence.is_empty()).collect();
    let licence = if licences.is_empty() { NO_LICENCE.to_owned() } else { licences.join(" AND ") };
    let quoted = |text: &str| {
        let plain = text.chars().filter(|c| !c.is_control()).collect::<String>();
        format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
    };
    let day = naming.day;
    format!(
        "name = \"{}\"\nversion = \"{}.{}.{}\"\npublished = {day}\nlicence = {}\nneeds = \"{}\"\n\n[title]\nes = {}\n",
        naming.name,
        day.year(),
        day.month(),
        day.day(),
        quoted(&licence),
        env!("CARGO_PKG_VERSION"),
        quoted(naming.title),
    )
}
