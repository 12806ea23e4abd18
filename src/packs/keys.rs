//! Whose signature counts at this school: `keys/keys.toml` of the data folder.

use std::{fs, io, path::Path};

use serde::Deserialize;

use super::{Signer, disk, own::own_public};
use crate::{
    content::{open_plain, read_toml},
    domain::{finding::Finding, id::Slug, pack::Pack},
    formats::minisign::PublicKey,
};

/// The list below the data folder.
pub(super) const FILE: &str = "keys/keys.toml";

/// Who is trusted and who no longer is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    #[serde(default)]
    trusted: Vec<Entry>,
    #[serde(default)]
    revoked: Vec<Entry>,
    /// What was signed here comes back from other schools.
    #[serde(skip)]
    own: Option<(PublicKey, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The line that is passed to `minisign -P`.
    key: String,
    /// Whose it is; for people.
    #[serde(default)]
    name: String,
    /// Names of packs it may sign; those that end with `*` are beginnings. None: all.
    #[serde(default)]
    packs: Vec<String>,
}

/// What a school knows of who signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Trusted for this pack, under this name.
    Trusted(String),
    /// Trusted, and not for packs of this name.
    OtherPacks,
    /// Was trusted once, or never shall be.
    Revoked,
    /// Not in the list.
    Unknown,
    /// Nobody signed.
    Unsigned,
}

impl Keys {
    /// Reads the list. Where there is none, nobody is known.
    ///
    /// # Errors
    /// It is damaged: then nobody may be taken for unknown who is revoked.
    pub fn load(data: &Path) -> Result<Self, Finding> {
        let own = own_public(data);
        match open_plain(&data.join(FILE)).and_then(|file| io::read_to_string(io::Read::take(file, 1 << 20)))
        {
            Ok(text) => read_toml(&text).map(|keys| Self { own, ..keys }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self { own, ..Self::default() }),
            Err(error) => Err(disk::told(&error)),
        }
    }

    /// What is known of the signer of a pack, for it and for all it replaces.
    pub fn standing(&self, signer: Option<&Signer>, pack: &Pack) -> Standing {
        let Some(signer) = signer else { return Standing::Unsigned };
        let same = |entry: &&Entry| PublicKey::parse(&entry.key).is_ok_and(|key| key == signer.key);
        if self.has_revoked(&signer.key) {
            return Standing::Revoked;
        }
        if let Some((_, name)) = self.own.as_ref().filter(|(key, _)| *key == signer.key) {
            return Standing::Trusted(name.clone());
        }
        let names: Vec<&Slug> = [&pack.name].into_iter().chain(&pack.replaces).collect();
        let mut known: Vec<&Entry> = self.trusted.iter().filter(same).collect();
        if known.is_empty() {
            return Standing::Unknown;
        }
        known.retain(|key| names.iter().all(|name| key.may_sign(name)));
        known.first().map_or(Standing::OtherPacks, |key| Standing::Trusted(key.name.clone()))
    }

    /// Whether this key no longer counts.
    pub(super) fn has_revoked(&self, key: &PublicKey) -> bool {
        self.revoked.iter().any(|entry| PublicKey::parse(&entry.key).is_ok_and(|revoked| revoked == *key))
    }

    /// Trusts a signer from now on, for packs of this name.
    ///
    /// # Errors
    /// The disk.
    pub(super) fn trust(data: &Path, signer: &Signer, pack: &Pack) -> io::Result<()> {
        let file = data.join(FILE);
        let mut text = match fs::read_to_string(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            text => text.unwrap_or_default(),
        };
        let name = signer.name.replace(['"', '\\'], "'");
        let names = [&pack.name].into_iter().chain(&pack.replaces).map(|name| format!("\"{name}\""));
        let packs = names.collect::<Vec<_>>().join(", ");
        let block =
            format!("\n[[trusted]]\nkey = \"{}\"\nname = \"{name}\"\npacks = [{packs}]\n", signer.key);
        text.push_str(&block);
        fs::create_dir_all(data.join("keys"))?;
        disk::sync_folder(data)?;
        disk::replace(&file, &text)
    }
}

impl Entry {
    fn may_sign(&self, pack: &Slug) -> bool {
        let fits = |pattern: &String| match pattern.strip_suffix('*') {
            Some(begin) => pack.as_str().starts_with(begin),
            None => pattern == pack.as_str(),
        };
        self.packs.is_empty() || self.packs.iter().any(fits)
    }
}
