//! Language tags of the portal, and values that exist in several languages.
//! How a browser's wish becomes one of these is `i18n`'s work.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A BCP 47 tag as it stands in an address: two or three lower-case letters, and optionally a region (`es-PE`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang {
    bytes: [u8; 6],
    len: u8,
}

/// Why a text is not a [`Lang`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a language tag has two or three small letters and optionally -XX")]
pub struct NotALang;

impl Lang {
    /// Spanish: the language every resource has.
    pub const ES: Self = Self { bytes: *b"es\0\0\0\0", len: 2 };
    /// Southern Quechua in its normalised spelling.
    pub const QU: Self = Self { bytes: *b"qu\0\0\0\0", len: 2 };

    /// The tag.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or("es")
    }
}

impl FromStr for Lang {
    type Err = NotALang;

    fn from_str(text: &str) -> Result<Self, NotALang> {
        let (language, region) = text.split_once('-').map_or((text, None), |(l, r)| (l, Some(r)));
        let shape = (2..=3).contains(&language.len())
            && language.bytes().all(|b| b.is_ascii_lowercase())
            && region.is_none_or(|r| r.len() == 2 && r.bytes().all(|b| b.is_ascii_uppercase()));
        if !shape {
            return Err(NotALang);
        }
        let mut bytes = [0; 6];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        let len = u8::try_from(text.len()).map_err(|_| NotALang)?;
        Ok(Self { bytes, len })
    }
}

impl TryFrom<String> for Lang {
    type Error = NotALang;

    fn try_from(text: String) -> Result<Self, NotALang> {
        text.parse()
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.as_str().to_owned()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A value in several languages. Spanish is the source; another language may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Localized<T>(pub BTreeMap<Lang, T>);

impl<T> Default for Localized<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Localized<T> {
    /// The value in exactly this language.
    pub fn get(&self, lang: Lang) -> Option<&T> {
        self.0.get(&lang)
    }

    /// The value in this language, else in Spanish, else in the first there is; with the language it is in.
    pub fn best(&self, lang: Lang) -> Option<(Lang, &T)> {
        let found = |lang: Lang| self.0.get(&lang).map(|value| (lang, value));
        found(lang).or_else(|| found(Lang::ES)).or_else(|| self.0.iter().next().map(|(l, v)| (*l, v)))
    }
}
