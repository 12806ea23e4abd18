//! The sidecar of a material: a TOML file beside it, `zorro.pdf.toml` or `zorro.toml`, with the words of `lesson.toml`. Each text
//! may be one string (in the material's language) or one for each language.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    content::{
        materials::description::{Description, Rest},
        toml_text,
    },
    domain::{
        finding::Finding,
        id::Slug,
        lang::{Lang, Localized},
    },
};

/// A text, or one for each language.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Said<T> {
    One(T),
    Many(BTreeMap<Lang, T>),
}

#[derive(Debug, Deserialize)]
struct Sidecar {
    id: Option<Slug>,
    title: Option<Said<String>>,
    summary: Option<Said<String>>,
    kind: Option<Slug>,
    #[serde(default)]
    levels: Vec<Slug>,
    #[serde(default)]
    cycles: Vec<String>,
    #[serde(default)]
    grades: Vec<Slug>,
    #[serde(default)]
    areas: Vec<Slug>,
    #[serde(default)]
    themes: Vec<Slug>,
    #[serde(default)]
    langs: Vec<Lang>,
    #[serde(default)]
    authors: Vec<String>,
    licence: Option<String>,
    duration: Option<u32>,
    keywords: Option<Said<Vec<String>>>,
    objectives: Option<Said<Vec<String>>>,
    #[serde(default)]
    audience: Vec<Slug>,
    #[serde(default)]
    accessibility: Vec<Slug>,
    age: Option<String>,
    #[serde(flatten)]
    rest: Rest,
    /// What nobody knows; told.
    #[serde(flatten)]
    unknown: BTreeMap<String, toml::Value>,
}

/// Reads a sidecar.
pub(super) fn read(text: &str) -> Result<Description, Finding> {
    let said: Sidecar = toml_text::read(text)?;
    if let Some(key) = said.unknown.into_keys().next() {
        return Err(Finding::error_of_whole("check-toml-unknown-key").with("key", key));
    }
    let first = said.langs.first().copied().unwrap_or(Lang::ES);
    Ok(Description {
        id: said.id,
        title: localized(said.title, first),
        summary: localized(said.summary, first),
        kind: said.kind,
        levels: said.levels,
        cycles: said.cycles,
        grades: said.grades,
        areas: said.areas,
        themes: said.themes,
        langs: said.langs,
        authors: said.authors,
        licence: said.licence,
        duration: said.duration,
        keywords: localized(said.keywords, first),
        objectives: localized(said.objectives, first),
        audience: said.audience,
        accessibility: said.accessibility,
        age: said.age,
        rest: said.rest,
    })
}

fn localized<T>(said: Option<Said<T>>, first: Lang) -> Localized<T> {
    Localized(match said {
        None => BTreeMap::new(),
        Some(Said::One(value)) => BTreeMap::from([(first, value)]),
        Some(Said::Many(values)) => values,
    })
}
