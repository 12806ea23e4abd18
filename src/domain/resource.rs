//! A resource: anything in the portal that can be found, with the words it is described by.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::{
    id::Slug,
    lang::{Lang, Localized},
};

/// What is known about a resource. Field names are the LRMI/LOM terms of `lessons/README.md`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// Stable name; the folder is called the same.
    pub id: Slug,
    /// Code in the programme: `L05`.
    #[serde(default)]
    pub code: Option<String>,
    /// Sort of resource.
    pub kind: Slug,
    /// Levels of schooling.
    pub levels: Vec<Slug>,
    /// Cycles of the curriculum, or bands beside school.
    #[serde(default)]
    pub cycles: Vec<String>,
    /// School years.
    #[serde(default)]
    pub grades: Vec<Slug>,
    /// Age in years, `8-10` or `15-`.
    #[serde(default)]
    pub age: Option<String>,
    /// Curricular areas, one to three.
    pub areas: Vec<Slug>,
    /// Safety topics, one or two.
    pub themes: Vec<Slug>,
    /// Cross-cutting approaches of the curriculum (`enfoques`), at most two.
    #[serde(default)]
    pub approaches: Vec<Slug>,
    /// Competences.
    #[serde(default)]
    pub competences: Vec<Slug>,
    /// Abilities.
    #[serde(default)]
    pub abilities: Vec<Slug>,
    /// Competences of `DigComp` 2.2, `1.1` to `5.4`, at most three.
    #[serde(default)]
    pub digcomp: Vec<String>,
    /// Minutes of class, a multiple of five.
    pub duration: u32,
    /// Way of working.
    pub mode: Slug,
    /// What it is used for: class, practice at home, assessment.
    #[serde(default)]
    pub uses: Vec<Slug>,
    /// Whom it is for.
    pub audience: Vec<Slug>,
    /// Resources to know before, by id.
    #[serde(default)]
    pub requires: Vec<Slug>,
    /// Who made it; names as shown, no other data.
    pub authors: Vec<Author>,
    /// School or body that publishes it.
    #[serde(default)]
    pub institution: Option<String>,
    /// Licence, as SPDX writes it.
    pub licence: String,
    /// Version of the resource (`1.0.0`).
    pub version: String,
    /// Day it was begun.
    #[serde(default)]
    pub created: Option<Date>,
    /// Day of the last change.
    pub modified: Date,
    /// `borrador`, `en-revision`, `publicado` or `retirado`.
    pub status: Status,
    /// Codes of help channels to show at the end.
    #[serde(default)]
    pub help_channels: Vec<Slug>,
    /// Accessibility features.
    pub accessibility: Vec<Slug>,
    /// What a device must have: sound, script, a printer.
    #[serde(default)]
    pub requirements: Vec<Slug>,
    /// Review by a child-protection specialist, when there was one.
    #[serde(default)]
    pub protection_review: Option<Review>,
    /// Review by a lawyer, when there was one.
    #[serde(default)]
    pub legal_review: Option<Review>,
    /// What it adapts.
    #[serde(default)]
    pub based_on: Vec<BasedOn>,
    /// How it stands to other resources.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// Sources its facts stand on, as they are cited.
    #[serde(default)]
    pub references: Vec<String>,
    /// Who described it, when not its authors.
    #[serde(default)]
    pub cataloguer: Option<Cataloguer>,
    /// Title, at most 80 characters.
    pub title: Localized<String>,
    /// Summary, 40 to 300 characters.
    pub summary: Localized<String>,
    /// Key words, three to eight.
    #[serde(default)]
    pub keywords: Localized<Vec<String>>,
    /// What a pupil can do afterwards: verb, condition, criterion.
    pub objectives: Localized<Vec<String>>,
    /// What to remember, three to six, each tagged with a core message.
    #[serde(default)]
    pub messages: Vec<Message>,
    /// How each language came to be.
    pub translation: Localized<Translation>,
}

impl Meta {
    /// Whether it is for pupils, and not for the adults around them alone.
    pub fn for_pupils(&self) -> bool {
        self.audience.iter().any(|audience| audience.as_str() == "estudiante")
    }
}

/// Who made a resource.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// Name as shown.
    pub name: String,
    /// `autor`, `ilustrador`, `traductor`, `revisor` or `adaptador`.
    pub role: Slug,
}

/// State of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being written; not shown.
    Borrador,
    /// With a reviewer; not shown.
    EnRevision,
    /// Shown.
    Publicado,
    /// Was shown once.
    Retirado,
}

/// A review by a person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Day of the review.
    pub date: Date,
    /// Role of who reviewed.
    pub role: String,
}

/// A work this one adapts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BasedOn {
    /// Its title.
    pub title: String,
    /// Where it is.
    #[serde(default)]
    pub url: Option<String>,
    /// Its licence.
    pub licence: String,
}

/// A tie to another resource.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// `es-parte-de`, `incluye`, `traduccion-de`, `adapta`, `plan-de` or `repaso-de`.
    pub kind: Slug,
    /// The other resource.
    pub resource: Slug,
}

/// Who described a resource for the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Cataloguer {
    /// Name as shown.
    pub name: String,
    /// Day of the description.
    #[serde(default)]
    pub date: Option<Date>,
}

/// A sentence to remember.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Core message: `M1` to `M10`.
    pub tag: String,
    /// The sentence.
    pub text: Localized<String>,
}

/// How a language of a resource came to be, and who has read it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// How far it is.
    pub state: TranslationState,
    /// Who translated.
    #[serde(default)]
    pub translator: Option<String>,
    /// Who reviewed, a native speaker.
    #[serde(default)]
    pub reviewer: Option<String>,
    /// Hash of the Spanish it was made from, as `amauta check` prints it.
    #[serde(default)]
    pub source_hash: Option<String>,
}

/// How far a translation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TranslationState {
    /// Written, checked by machine, read by no native speaker.
    Draft,
    /// Read and mended by a native speaker.
    Reviewed,
    /// Tried with pupils.
    Approved,
    /// The language it was written in.
    Original,
}

/// What a person opens in the catalogue: a lesson, or a part of one that stands on its own (a teacher plan …).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The lesson it belongs to.
    pub lesson: Slug,
    /// What of the lesson it is.
    pub part: Part,
    /// Sort of resource; a part has its own.
    pub kind: Slug,
    /// Whom it is for; a part has its own.
    pub audience: Vec<Slug>,
    /// Languages it exists in.
    pub langs: Vec<Lang>,
}

/// A lesson, or a page of it that stands on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The lesson itself, screen by screen.
    Lesson,
    /// The teacher's plan.
    Plan,
    /// The sheet for the family.
    Family,
    /// The variant without any device.
    Unplugged,
    /// Cards to print and cut.
    Cards,
    /// Booster questions for later weeks.
    Boosters,
    /// What is true of each card of a source pack.
    Key,
    /// A test on paper.
    FormA,
    /// The same test with other questions, for another day or for the neighbour.
    FormB,
    /// The sheet on which a teacher counts the answers of a test.
    Tally,
}

impl Status {
    /// The word as `lesson.toml` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Borrador => "borrador",
            Self::EnRevision => "en-revision",
            Self::Publicado => "publicado",
            Self::Retirado => "retirado",
        }
    }
}

impl TranslationState {
    /// The word as `lesson.toml` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Reviewed => "reviewed",
            Self::Approved => "approved",
            Self::Original => "original",
        }
    }
}

impl Part {
    /// Whether it answers what pupils are asked: pages of pupils do not lead to it.
    pub fn gives_answers(self) -> bool {
        matches!(self, Self::Key | Self::Tally)
    }
}
