//! Identifiers that can stand in an address and in a file name. `FromStr` is the only way in.

use std::{borrow::Borrow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A stable name of a resource or a term: 1 to 60 of `a-z`, `0-9` and single inner `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is not a [`Slug`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a slug has 1 to 60 of a-z, 0-9 and single inner hyphens")]
pub struct NotASlug;

impl Slug {
    /// Longest slug, in bytes.
    pub const MAX_LEN: usize = 60;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A slug from any text: letters folded to ASCII, everything else to single hyphens, cut at
    /// [`Slug::MAX_LEN`]; `None` when nothing is left.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut out = String::new();
        for c in text.chars().flat_map(char::to_lowercase) {
            match fold(c) {
                Some(c) => out.push(c),
                None if c == '\'' => {}
                None if !out.is_empty() && !out.ends_with('-') => out.push('-'),
                None => {}
            }
            if out.len() == Self::MAX_LEN {
                break;
            }
        }
        out.trim_end_matches('-').parse().ok()
    }
}

/// The ASCII letter or digit that stands for `c` in an address.
fn fold(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        'á' | 'à' | 'ä' | 'â' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        _ => return None,
    })
}

impl FromStr for Slug {
    type Err = NotASlug;

    fn from_str(text: &str) -> Result<Self, NotASlug> {
        let shape = !text.is_empty()
            && text.len() <= Self::MAX_LEN
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if shape { Ok(Self(text.to_owned())) } else { Err(NotASlug) }
    }
}

impl TryFrom<String> for Slug {
    type Error = NotASlug;

    fn try_from(text: String) -> Result<Self, NotASlug> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn a_slug_is_made_of_any_title() {
        let made = |text: &str| Slug::from_text(text).map(|slug| slug.to_string());
        assert_eq!(made("¿Quién lo dice? ¡Cómo!").as_deref(), Some("quien-lo-dice-como"));
        assert_eq!(made("Mañana, ch'aska").as_deref(), Some("manana-chaska"));
        assert_eq!(made("…"), None);
    }

    #[test]
    fn what_could_leave_a_folder_is_no_slug() {
        for bad in ["", "..", "a/b", "A", "a--b", "-a", "a-", "a.b", "ñ", &"a".repeat(61)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad:?} was taken");
        }
    }
}
