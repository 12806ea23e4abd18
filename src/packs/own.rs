//! The school's own key: made once, kept in the data folder where nobody but the server reads it. Packs that are made here are
//! signed with it.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::Path,
};

use super::{Signing, disk};
use crate::{
    content::open_plain,
    domain::finding::Finding,
    formats::minisign::{self, PublicKey, SecretKey},
};

/// Below the data folder: what signs, and what others hold signatures against.
const SECRET: &str = "keys/school.key";
const PUBLIC: &str = "keys/school.pub";

/// Makes the key when there is none. `name` is whose it is, as other schools will read it; empty: the key's own name stands
/// for it.
///
/// # Errors
/// The disk, or no random numbers.
pub fn make_own_key(data: &Path, name: &str) -> Result<(), Finding> {
    let told = |error: io::Error| disk::told(&error);
    if data.join(SECRET).try_exists().map_err(told)? {
        return Ok(());
    }
    let (mut seed, mut id) = ([0; 32], [0; 8]);
    let random = getrandom::fill(&mut seed).and_then(|()| getrandom::fill(&mut id));
    let none = |why: String| disk::told(&io::Error::other(why));
    random.map_err(|error| none(error.to_string()))?;
    let key = SecretKey::of(seed, id).ok_or_else(|| none("no random numbers".to_owned()))?;
    let own = key.public().id().to_string();
    let whose = if name.is_empty() { own.as_str() } else { name };
    let write = || {
        fs::create_dir_all(data.join("keys"))?;
        disk::sync_folder(data)?;
        disk::replace(&data.join(PUBLIC), &key.public().file(whose))?;
        // The secret last: where it is, all is.
        let aside = data.join(SECRET).with_extension("part");
        fs::remove_file(&aside).ok();
        let mut out = private(&aside)?;
        out.write_all(key.file().as_bytes())?;
        out.sync_all()?;
        fs::rename(&aside, data.join(SECRET))?;
        disk::sync_folder(&data.join("keys"))
    };
    write().map_err(told)
}

fn private(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// What a pack that is made here is signed with, under the name that the public key says or another; `None` where there is
/// no key yet.
///
/// # Errors
/// The key cannot be read or is none.
pub fn own_signing(data: &Path, name: Option<&str>) -> Result<Option<Signing>, Finding> {
    let Some(text) = read(&data.join(SECRET))? else { return Ok(None) };
    let key = SecretKey::parse(&text)?;
    let known = read(&data.join(PUBLIC))?.as_deref().and_then(named);
    let name = name.map(str::to_owned).or(known).unwrap_or_else(|| key.public().id().to_string());
    Ok(Some(Signing { key, name }))
}

/// The public half with whose it is, if it can be read.
pub(super) fn own_public(data: &Path) -> Option<(PublicKey, String)> {
    let text = read(&data.join(PUBLIC)).ok()??;
    Some((PublicKey::parse(&text).ok()?, named(&text).unwrap_or_default()))
}

/// Whose a public key is, in its first line.
fn named(text: &str) -> Option<String> {
    text.lines().next()?.split_once(": ").map(|(_, name)| name.to_owned())
}

fn read(file: &Path) -> Result<Option<String>, Finding> {
    let mut text = String::new();
    let read = open_plain(file).and_then(|file| file.take(minisign::MAX_BYTES).read_to_string(&mut text));
    match read {
        Ok(_) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk::told(&error)),
    }
}
