//! What a school says of a material, in whatever file it says it, and the description it becomes: what is not said is taken
//! from the file itself or left open.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::{
    id::Slug,
    lang::{Lang, Localized},
    material::Shape,
    resource::{Author, BasedOn, Cataloguer, Meta, Status, Translation, TranslationState},
};

/// Longest title, in characters.
const MAX_TITLE: usize = 80;

/// What is said of a material; nothing must be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Description {
    pub(super) id: Option<Slug>,
    pub(super) title: Localized<String>,
    pub(super) summary: Localized<String>,
    pub(super) kind: Option<Slug>,
    pub(super) levels: Vec<Slug>,
    pub(super) cycles: Vec<String>,
    pub(super) grades: Vec<Slug>,
    pub(super) areas: Vec<Slug>,
    pub(super) themes: Vec<Slug>,
    pub(super) langs: Vec<Lang>,
    pub(super) authors: Vec<String>,
    pub(super) licence: Option<String>,
    pub(super) duration: Option<u32>,
    pub(super) keywords: Localized<Vec<String>>,
    pub(super) objectives: Localized<Vec<String>>,
    pub(super) audience: Vec<Slug>,
    pub(super) accessibility: Vec<Slug>,
    pub(super) age: Option<String>,
    /// What only a sidecar says: the rest of the description of a lesson.
    pub(super) rest: Rest,
}

/// Fields of a description that a list has no columns for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Rest {
    #[serde(default)]
    approaches: Vec<Slug>,
    #[serde(default)]
    competences: Vec<Slug>,
    #[serde(default)]
    abilities: Vec<Slug>,
    #[serde(default)]
    digcomp: Vec<String>,
    mode: Option<Slug>,
    #[serde(default)]
    uses: Vec<Slug>,
    #[serde(default)]
    requires: Vec<Slug>,
    institution: Option<String>,
    version: Option<String>,
    created: Option<Date>,
    modified: Option<Date>,
    #[serde(default)]
    requirements: Vec<Slug>,
    #[serde(default)]
    based_on: Vec<BasedOn>,
    #[serde(default)]
    references: Vec<String>,
    cataloguer: Option<Cataloguer>,
}

/// A description put away small: thousands of them are held while a folder is read, and each is looked at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PutAway(Box<str>);

impl PutAway {
    /// The description again; an empty one for none.
    pub(super) fn open(&self) -> Description {
        serde_json::from_str(&self.0).unwrap_or_default()
    }
}

impl From<Description> for PutAway {
    fn from(description: Description) -> Self {
        let mut value = serde_json::to_value(description).unwrap_or_default();
        drop_empty(&mut value);
        Self(value.to_string().into())
    }
}

/// Leaves out what says nothing.
fn drop_empty(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.values_mut().for_each(drop_empty);
        fields.retain(|_, value| match value {
            Value::Null => false,
            Value::Array(values) => !values.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        });
    }
}

/// What the files themselves say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts<'a> {
    /// What the material is made like.
    pub(super) shape: Shape,
    /// Whether what looks like a document is a presentation, a picture an animation.
    pub(super) animated: bool,
    /// Path of the first file.
    pub(super) path: &'a str,
    /// Title inside the files, of each language.
    pub(super) title: Localized<String>,
    /// Authors inside the file.
    pub(super) authors: Vec<String>,
    /// Language inside the file, or of its name (`zorro.qu.md`).
    pub(super) langs: Vec<Lang>,
    /// Beginning of the text.
    pub(super) beginning: &'a str,
    /// Day of the last change, as the file system says.
    pub(super) modified: Date,
}

impl Description {
    /// The whole description, with `id` as its name. There always is one: `None` only if a word of ours were no word.
    pub(super) fn complete(self, id: Slug, facts: Facts<'_>) -> Option<Meta> {
        let mut langs = self.langs;
        if langs.is_empty() {
            langs = facts.langs;
        }
        if langs.is_empty() {
            langs.push(Lang::ES);
        }
        let first = langs.first().copied().unwrap_or(Lang::ES);
        let mut title = self.title;
        let found = facts.title.0.into_iter().map(|(lang, found)| (lang, tidy(&found)));
        for (lang, found) in found.filter(|(lang, found)| !found.is_empty() && langs.contains(lang)) {
            title.0.entry(lang).or_insert(found);
        }
        if title.0.is_empty() {
            title.0.insert(first, title_of(facts.path));
        }
        let mut summary = self.summary;
        if summary.0.is_empty() && !facts.beginning.is_empty() {
            summary.0.insert(first, beginning(facts.beginning));
        }
        let names = if self.authors.is_empty() { facts.authors } else { self.authors };
        let role = "autor".parse::<Slug>().ok();
        let author = |name: String| Some(Author { name, role: role.clone()? });
        let state = |at| if at == 0 { TranslationState::Original } else { TranslationState::Draft };
        let translation = langs.iter().enumerate().map(|(at, lang)| {
            (*lang, Translation { state: state(at), translator: None, reviewer: None, source_hash: None })
        });
        let word = |word: &str| word.parse::<Slug>().ok();
        let rest = self.rest;
        Some(Meta {
            id,
            kind: self.kind.or_else(|| word(usual_kind(facts.shape, facts.animated)))?,
            code: None,
            levels: self.levels,
            cycles: self.cycles,
            grades: self.grades,
            age: self.age,
            areas: self.areas,
            themes: self.themes,
            approaches: rest.approaches,
            competences: rest.competences,
            abilities: rest.abilities,
            digcomp: rest.digcomp,
            duration: self.duration.unwrap_or_default(),
            mode: rest.mode.or_else(|| word("laptop"))?,
            uses: rest.uses,
            audience: if self.audience.is_empty() {
                word("estudiante").into_iter().collect()
            } else {
                self.audience
            },
            requires: rest.requires,
            authors: names.into_iter().filter_map(author).collect(),
            institution: rest.institution,
            licence: self.licence.unwrap_or_else(|| "uso-escolar-local".to_owned()),
            version: rest.version.unwrap_or_else(|| "1.0.0".to_owned()),
            created: rest.created,
            modified: rest.modified.unwrap_or(facts.modified),
            status: Status::Publicado,
            help_channels: Vec::new(),
            accessibility: self.accessibility,
            requirements: rest.requirements,
            protection_review: None,
            legal_review: None,
            based_on: rest.based_on,
            relations: Vec::new(),
            references: rest.references,
            cataloguer: rest.cataloguer,
            title,
            summary,
            keywords: self.keywords,
            objectives: self.objectives,
            messages: Vec::new(),
            translation: Localized(translation.collect::<BTreeMap<_, _>>()),
        })
    }
}

/// The kind of what nobody has said the kind of.
fn usual_kind(shape: Shape, animated: bool) -> &'static str {
    match shape {
        Shape::Text => "articulo",
        Shape::Slides => "presentacion",
        Shape::Book => "libro",
        Shape::Document => "documento",
        Shape::Picture if animated => "animacion",
        Shape::Picture => "imagen",
        Shape::Sound => "audio",
        Shape::Film => "video",
    }
}

/// A title from the name of a file: `El_zorro-y-el-cóndor.pdf` is «El zorro y el cóndor».
fn title_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or(name);
    let words = tidy(&stem.replace(['_', '-', '+'], " "));
    let mut letters = words.chars();
    letters.next().map_or(words.clone(), |first| first.to_uppercase().chain(letters).collect())
}

/// One line without what does not print, cut to the length of a title.
fn tidy(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&line.chars().filter(|c| !c.is_control()).collect::<String>(), MAX_TITLE)
}

/// The first sentences of a text, as a summary.
fn beginning(text: &str) -> String {
    /// Longest summary, in characters.
    const MAX: usize = 240;
    cut(&text.split_whitespace().take(60).collect::<Vec<_>>().join(" "), MAX)
}

/// A text of at most so many characters, cut between words.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = short.rfind(' ').filter(|at| *at > most / 2).unwrap_or(short.len());
    format!("{}…", short.get(..end).unwrap_or(&short).trim_end())
}
