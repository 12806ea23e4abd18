//! The controlled words a resource is described with: levels, grades, areas, themes, kinds, messages and more.
//! The words come from `lessons/vocabulary.toml`, their labels from Fluent (`area-<word>`, `theme-<word>` …).

use serde::Deserialize;

use crate::domain::id::Slug;

/// All controlled words, in the order a person should see them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Levels of schooling, and the audiences that stand beside them (`familia`, `docente` …).
    pub levels: Vec<LevelTerm>,
    /// School years.
    pub grades: Vec<GradeTerm>,
    /// Cycles of the national curriculum with their reading limits.
    pub cycles: Vec<CycleTerm>,
    /// Curricular areas.
    pub areas: Vec<AreaTerm>,
    /// Safety topics.
    pub themes: Vec<Slug>,
    /// Sorts of resource.
    pub kinds: Vec<Slug>,
    /// What cards of a source pack look like.
    #[serde(default)]
    pub forms: Vec<Slug>,
    /// Core messages, `M1` to `M10`.
    pub messages: Vec<String>,
    /// Cross-cutting approaches of the curriculum.
    #[serde(default)]
    pub approaches: Vec<Slug>,
    /// Competences of the curriculum.
    pub competences: Vec<Slug>,
    /// Abilities below the competences.
    pub abilities: Vec<Slug>,
    /// Ways of working.
    pub modes: Vec<Slug>,
    /// What a resource is used for.
    #[serde(default)]
    pub uses: Vec<Slug>,
    /// What a device must have.
    #[serde(default)]
    pub requirements: Vec<Slug>,
    /// How resources stand to each other.
    #[serde(default)]
    pub relations: Vec<Slug>,
    /// Whom a resource is for.
    pub audiences: Vec<Slug>,
    /// Licences, as SPDX writes them.
    pub licences: Vec<String>,
    /// Accessibility features.
    pub accessibility: Vec<Slug>,
}

/// A level of schooling.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelTerm {
    /// The word.
    pub id: Slug,
    /// Whether it has grades and areas of its own.
    #[serde(default)]
    pub school: bool,
}

/// A school year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeTerm {
    /// The word: `p1` … `p6`, `s1` … `s5`, `i3` … `i5`.
    pub id: Slug,
    /// The level it belongs to.
    pub level: Slug,
    /// The cycle it belongs to.
    pub cycle: String,
}

/// A cycle or other reading band, with its limits (INFLESZ for Spanish, sentence length).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CycleTerm {
    /// `II` … `VII`, or a band beside school: `familia`, `docente`, `tecnico`, `adultos`.
    pub id: String,
    /// Most words a sentence may have on average.
    pub mean_words: u32,
    /// Most words a single sentence may have.
    pub max_words: u32,
    /// Least INFLESZ score.
    pub inflesz: u32,
    /// Most words on one screen, when there is a limit.
    pub screen_words: Option<u32>,
    /// Most words in the whole lesson.
    pub total_words: u32,
    /// Most new terms in a lesson, when there is a limit.
    pub new_terms: Option<u32>,
}

/// A curricular area.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaTerm {
    /// The word.
    pub id: Slug,
    /// The levels that teach it.
    pub levels: Vec<Slug>,
}
