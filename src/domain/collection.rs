//! Lessons that are taken home together.

use crate::domain::{id::Slug, vocabulary::Vocabulary};

/// Which lessons.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Collection {
    /// All of them.
    All,
    /// Those about a theme.
    Theme(Slug),
    /// Those for a level.
    Level(Slug),
}

const ALL: &str = "todas";
const THEME: &str = "tema-";
const LEVEL: &str = "nivel-";

impl Collection {
    /// The collection its file is named after: `todas`, `tema-<theme>`, `nivel-<level>`, for the themes and levels of
    /// the vocabulary. No lesson may be called so.
    pub fn named(name: &str, vocabulary: &Vocabulary) -> Option<Self> {
        if name == ALL {
            return Some(Self::All);
        }
        let theme = |theme: &str| vocabulary.themes.iter().find(|known| known.as_str() == theme);
        let level = |level: &str| vocabulary.levels.iter().find(|known| known.id.as_str() == level);
        let theme = name.strip_prefix(THEME).and_then(theme);
        let level = || name.strip_prefix(LEVEL).and_then(level);
        theme.map(|theme| Self::Theme(theme.clone())).or_else(|| Some(Self::Level(level()?.id.clone())))
    }

    /// The name of its file; `None` for a theme or level whose name is too long for one.
    pub fn name(&self) -> Option<Slug> {
        match self {
            Self::All => ALL.parse(),
            Self::Theme(theme) => format!("{THEME}{theme}").parse(),
            Self::Level(level) => format!("{LEVEL}{level}").parse(),
        }
        .ok()
    }
}
