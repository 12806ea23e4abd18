//! What a pack says of itself in `pack.toml`: a bundle of lessons and resources that travels.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::{
    id::Slug,
    lang::{Lang, Localized},
};

/// Three numbers, `1.2.0`; ordered as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version([u32; 3]);

/// Why a text is not a [`Version`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a version is three numbers with dots between them")]
pub struct NotAVersion;

impl FromStr for Version {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let mut numbers = [0; 3];
        let mut parts = text.split('.');
        for number in &mut numbers {
            let part = parts.next().filter(|part| part.len() <= 9 && !part.starts_with('+'));
            *number = part.and_then(|part| part.parse().ok()).ok_or(NotAVersion)?;
        }
        let version = Self(numbers);
        // Written one way only, for it becomes the name of a folder.
        if version.to_string() == text { Ok(version) } else { Err(NotAVersion) }
    }
}

impl TryFrom<String> for Version {
    type Error = NotAVersion;

    fn try_from(text: String) -> Result<Self, NotAVersion> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// The description of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Stable name; versions of one pack share it.
    pub name: Slug,
    /// Version of the pack.
    pub version: Version,
    /// Day it was published.
    pub published: Date,
    /// Title, Spanish at least.
    pub title: Localized<String>,
    /// What is in it and whom it is for.
    #[serde(default)]
    pub summary: Localized<String>,
    /// Licence, as SPDX writes it.
    pub licence: String,
    /// Oldest version of this program that can read it.
    pub needs: Version,
    /// Packs that it takes the place of.
    #[serde(default)]
    pub replaces: Vec<Slug>,
}

impl Pack {
    /// What its folder on a stick is called.
    pub fn folder(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    /// Its title in Spanish, else its name.
    pub fn shown_title(&self) -> &str {
        self.title.best(Lang::ES).map_or(self.name.as_str(), |(_, title)| title)
    }
}
