//! The writer of a pack. The build script runs it, and the tests of the reader do.

use std::{
    collections::BTreeMap,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::DeflateEncoder};
use sha2::{Digest as _, Sha256};

/// Endings of what is text. What has another one (pictures) is small already and stays as it is.
const TEXTS: [&str; 7] = ["ftl", "gift", "html", "md", "toml", "tsv", "twee"];

/// The path of a file, and what is in it.
type File = (String, Vec<u8>);

/// The pack of the texts below a folder, without those for people who work on them. Texts that stand in one folder make
/// one stream, and so do those of `apart`, which are needed at other times than their neighbours.
pub(crate) fn pack(root: &Path, apart: fn(&str) -> bool) -> io::Result<Vec<u8>> {
    let mut paths = Vec::new();
    walk(root, &mut paths)?;
    let mut groups: BTreeMap<(String, bool), Vec<File>> = BTreeMap::new();
    for path in paths {
        let below = path.strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        let (folder, name) = below.rsplit_once('/').unwrap_or(("", &below));
        groups.entry((folder.to_owned(), apart(name))).or_default().push((below.clone(), fs::read(&path)?));
    }
    let mut pack = number(groups.len())?.to_vec();
    for mut files in groups.into_values() {
        files.sort();
        let mut stream = DeflateEncoder::new(Vec::new(), Compression::best());
        for (_, text) in &files {
            stream.write_all(text)?;
        }
        let stream = stream.finish()?;
        pack.extend(number(files.len())?);
        pack.extend(number(stream.len())?);
        for (path, text) in files {
            pack.extend(number(path.len())?);
            pack.extend(number(text.len())?);
            pack.extend(Sha256::digest(&text));
            pack.extend(path.into_bytes());
        }
        pack.extend(stream);
    }
    Ok(pack)
}

fn number(number: usize) -> io::Result<[u8; 4]> {
    u32::try_from(number).map(u32::to_le_bytes).map_err(io::Error::other)
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() && !name.starts_with('.') {
            walk(&path, paths)?;
        }
        let is_text = path.extension().is_some_and(|ending| TEXTS.iter().any(|text| ending == *text));
        if is_text && !name.starts_with('.') && !name.ends_with("README.md") && !name.ends_with("REVIEW.md") {
            paths.push(path);
        }
    }
    Ok(())
}
