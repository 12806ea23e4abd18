//! A book as a folder that opens from `index.html` with no server at all: for a stick, or the desktop of any computer.

use std::{
    fs::{self, File},
    io::{self, Cursor},
    path::Path,
    sync::Arc,
};

use anyhow::{Context as _, anyhow};
use jiff::civil::Date;

use super::{order, write};
use crate::{
    domain::id::Slug,
    formats::{
        archive::{Archive, Limits},
        book::Shape,
    },
    web::shelf::Shelf,
};

/// Where reading begins.
const FIRST: &str = "index.html";
/// Says that a folder is of ours.
const OURS: &str = "library/library.info";

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kiosk {
    /// It is there: so many files.
    Made(usize),
    /// There is no such collection or lesson.
    Unknown,
    /// The folder holds a first page of somebody else.
    Taken,
}

/// Writes a collection or a lesson into a folder, over what an earlier one wrote there. The first page comes last.
///
/// # Errors
/// The disk, or a picture that is no longer there.
pub(crate) fn kiosk(shelf: &Arc<Shelf>, name: &Slug, today: Date, folder: &Path) -> anyhow::Result<Kiosk> {
    let Some(order) = order(shelf, name, Shape::Folder) else { return Ok(Kiosk::Unknown) };
    if folder.join(FIRST).exists() && !folder.join(OURS).is_file() {
        return Ok(Kiosk::Taken);
    }
    let mut bytes = Cursor::new(Vec::new());
    write(shelf, &order, Shape::Folder, today, &mut bytes)?;
    let limits = Limits { entries: 60_000, ..Limits::default() };
    let told = |finding: crate::domain::finding::Finding| anyhow!("{}", finding.id);
    let mut archive = Archive::open(bytes, &limits).map_err(told)?;
    let mut names: Vec<String> = archive.names().map(str::to_owned).collect();
    names.sort_by_key(|name| name.split_once('/').is_some_and(|(_, rest)| rest == FIRST));
    for name in &names {
        // The archive holds one folder.
        let path = folder.join(name.split_once('/').map_or(name.as_str(), |(_, rest)| rest));
        let written = make(&path).and_then(|mut file| {
            archive.read_into(name, &mut file, limits.unpacked).map_err(|why| io::Error::other(why.id))?;
            file.sync_all()
        });
        written.with_context(|| path.display().to_string())?;
    }
    Ok(Kiosk::Made(names.len()))
}

fn make(file: &Path) -> io::Result<File> {
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    File::create(file)
}
