//! The form of a teacher's work: from its fields to a [`Work`] and back. What a work is allowed to say is decided by
//! `domain::submission` and by the content engine; here texts are only cut to what has room.

use std::collections::BTreeMap;

use crate::{
    domain::{
        id::Slug,
        lang::{Lang, Localized},
        submission::{Genre, LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, Work},
        vocabulary::Vocabulary,
    },
    web::{form::Form, frame::Ctx, views::workshop::Tick},
};

/// Most names of authors, and most objectives.
const MAX_LINES: usize = 12;

/// Longest line of them, in characters.
const MAX_LINE: usize = 200;

/// Sorts of resource that files are; the others are made here or by lessons.
const KINDS: [&str; 10] = [
    "documento",
    "plan-docente",
    "fichas",
    "libro",
    "cuento",
    "afiche",
    "imagen",
    "audio",
    "video",
    "presentacion",
];

/// Reads the fields. `before` is what the form was made from: what it has no field for stays.
pub(crate) fn read(form: &Form, vocabulary: &Vocabulary, before: Work) -> Work {
    let field = |name: &str| form.get(name).unwrap_or_default().trim();
    let words = |name: &str, known: &[Slug]| {
        let chosen = form.all(name);
        known.iter().filter(|word| chosen.contains(&word.as_str())).cloned().collect::<Vec<_>>()
    };
    let lines = |name: &str| {
        let all = field(name).lines().map(|line| one_line(line, MAX_LINE)).filter(|line| !line.is_empty());
        all.take(MAX_LINES).collect::<Vec<_>>()
    };
    let localized = |name: &str, make: &dyn Fn(&str) -> String| {
        let mut texts = BTreeMap::new();
        for lang in [Lang::ES, Lang::QU] {
            let text = make(field(&format!("{name}-{lang}")));
            if !text.is_empty() {
                texts.insert(lang, text);
            }
        }
        Localized(texts)
    };
    let levels = vocabulary.levels.iter().map(|level| level.id.clone()).collect::<Vec<_>>();
    let grades = vocabulary.grades.iter().map(|grade| grade.id.clone()).collect::<Vec<_>>();
    let areas = vocabulary.areas.iter().map(|area| area.id.clone()).collect::<Vec<_>>();
    let grades = words("grado", &grades);
    let mut chosen = words("nivel", &levels);
    // Who ticks a grade means its level too.
    for term in vocabulary.grades.iter().filter(|term| grades.contains(&term.id)) {
        if !chosen.contains(&term.level) {
            chosen.push(term.level.clone());
        }
    }
    let one = |name: &str, known: &[Slug]| known.iter().find(|word| word.as_str() == field(name)).cloned();
    let langs = form.all("lengua");
    Work {
        title: localized("titulo", &|text| one_line(text, LONGEST_TITLE)),
        summary: localized("resumen", &|text| one_line(text, LONGEST_SUMMARY)),
        body: localized("texto", &|text| cut(text, LONGEST_BODY)),
        kind: one("clase", &vocabulary.kinds),
        levels: chosen,
        grades,
        areas: words("area", &areas),
        themes: words("tema", &vocabulary.themes),
        audience: words("publico", &vocabulary.audiences),
        duration: field("duracion").parse().map_or(0, |minutes: u32| minutes.min(600)),
        mode: one("modo", &vocabulary.modes),
        licence: vocabulary
            .licences
            .iter()
            .find(|known| *known == field("licencia"))
            .cloned()
            .unwrap_or_default(),
        authors: lines("autores"),
        accessibility: words("accesibilidad", &vocabulary.accessibility),
        objectives: lines("objetivos"),
        langs: [Lang::ES, Lang::QU].into_iter().filter(|lang| langs.contains(&lang.as_str())).collect(),
        ..before
    }
}

/// A text on one line, cut to so many characters.
pub(crate) fn one_line(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).take(most).collect()
}

/// A text cut to so many bytes, without control letters but line ends and tabs.
fn cut(text: &str, most: usize) -> String {
    let mut text = text.replace("\r\n", "\n");
    text.retain(|c| c == '\n' || c == '\t' || !c.is_control());
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// Everything that can be ticked or chosen in the form, with what is.
pub(crate) struct Choices {
    pub(crate) kinds: Vec<Tick>,
    pub(crate) levels: Vec<Tick>,
    pub(crate) grades: Vec<Tick>,
    pub(crate) areas: Vec<Tick>,
    pub(crate) themes: Vec<Tick>,
    pub(crate) audiences: Vec<Tick>,
    pub(crate) modes: Vec<Tick>,
    pub(crate) licences: Vec<Tick>,
    pub(crate) accessibility: Vec<Tick>,
    pub(crate) langs: Vec<Tick>,
}

/// The choices of the form, as a work stands.
pub(crate) fn choices(ctx: &Ctx<'_>, genre: Genre, work: &Work) -> Choices {
    let vocabulary = ctx.shelf.library.vocabulary();
    let ticks = |prefix: &str, known: &mut dyn Iterator<Item = &Slug>, chosen: &[Slug]| {
        known
            .map(|word| Tick {
                value: word.to_string(),
                label: ctx.text(&format!("{prefix}{word}"), &[]),
                chosen: chosen.contains(word),
            })
            .collect::<Vec<_>>()
    };
    let kind = work.kind.clone().into_iter().collect::<Vec<_>>();
    let mode = work.mode.clone().into_iter().collect::<Vec<_>>();
    let mut kinds = vocabulary.kinds.iter().filter(|kind| KINDS.contains(&kind.as_str()));
    let licence = |licence: &String| Tick {
        value: licence.clone(),
        label: licence.clone(),
        chosen: *licence == work.licence,
    };
    let lang = |lang: Lang| Tick {
        value: lang.to_string(),
        label: ctx.shelf.messages.display_name(lang).into_owned(),
        chosen: work.langs.contains(&lang),
    };
    let of_file = genre == Genre::File;
    Choices {
        kinds: if of_file { ticks("kind-", &mut kinds, &kind) } else { Vec::new() },
        levels: ticks("level-", &mut vocabulary.levels.iter().map(|level| &level.id), &work.levels),
        grades: ticks("grade-", &mut vocabulary.grades.iter().map(|grade| &grade.id), &work.grades),
        areas: ticks("area-", &mut vocabulary.areas.iter().map(|area| &area.id), &work.areas),
        themes: ticks("theme-", &mut vocabulary.themes.iter(), &work.themes),
        audiences: ticks("workshop-audience-", &mut vocabulary.audiences.iter(), &work.audience),
        modes: ticks("workshop-mode-", &mut vocabulary.modes.iter(), &mode),
        licences: vocabulary.licences.iter().map(licence).collect(),
        accessibility: ticks(
            "workshop-accessibility-",
            &mut vocabulary.accessibility.iter(),
            &work.accessibility,
        ),
        langs: if of_file { [Lang::ES, Lang::QU].map(lang).to_vec() } else { Vec::new() },
    }
}
