//! What a school has made, laid out as a pack is: lessons, and everything else as resources, with a description.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::{PACK, Signing, build, disk, problem};
use crate::{
    content::{self, Source},
    domain::{finding::Problem, id::Slug},
};

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

/// Makes a pack of a folder of lessons and loose files; `work` is a folder for what is only needed meanwhile. Gives where it is,
/// and what authors could mend.
///
/// # Errors
/// As [`build`]: a mistake in a lesson, a pack of this day that is there already, the disk.
pub fn gather(
    from: &Path,
    into: &Path,
    work: &Path,
    naming: &Naming<'_>,
    signing: Option<&Signing>,
) -> Result<(PathBuf, Vec<Problem>), Vec<Problem>> {
    fs::remove_dir_all(work).ok();
    let laid = lay_out(from, work, naming).map_err(|error| vec![problem("", disk::told(&error))]);
    let built = laid.and_then(|()| build(work, into, signing));
    fs::remove_dir_all(work).ok();
    built
}

fn lay_out(from: &Path, work: &Path, naming: &Naming<'_>) -> io::Result<()> {
    fs::create_dir_all(work)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if name.starts_with('.') || STAYS.contains(&name) {
            continue;
        }
        let room = if path.join("lesson.toml").is_file() { "lessons" } else { "resources" };
        copy(&path, &work.join(room).join(name), 1)?;
    }
    fs::write(work.join(PACK), describe(from, naming))
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

fn describe(from: &Path, naming: &Naming<'_>) -> String {
    let (library, _) = content::load(&[Source::embedded(), Source::folder(from)], naming.day);
    let here = library.lessons().filter(|lesson| from.join(lesson.meta.id.as_str()).is_dir());
    let licences: BTreeSet<&str> = here.map(|lesson| lesson.meta.licence.as_str()).collect();
    let licences: Vec<&str> = licences.into_iter().collect();
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
