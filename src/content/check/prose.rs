//! Every text of a lesson with its place, for rules that do not care what kind of text it is.

use crate::{
    content::{
        lesson::Draft,
        meta, text,
        toml_text::{Step, place},
    },
    domain::{lang::Lang, resource::Meta},
};

/// Files that only teachers read.
const FOR_TEACHERS: [&str; 2] = [text::PLAN, text::TALLY];

/// A text a person reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prose {
    /// Path of the file.
    pub(super) file: String,
    /// Name of the file in its language's folder; `lesson.toml` for the description.
    pub(super) name: &'static str,
    /// Its language.
    pub(super) lang: Lang,
    /// Whether only teachers read it.
    pub(super) for_teachers: bool,
    /// Line it begins on.
    pub(super) line: u32,
    /// The text.
    pub(super) text: String,
}

/// All texts of a lesson, in all languages, the words for pictures included.
pub(super) fn of(draft: &Draft) -> Vec<Prose> {
    let mut all = Vec::new();
    for (lang, read) in &draft.langs {
        for (at, (name, notes)) in read.all_notes().enumerate() {
            // The keys of a source pack come after the texts of all files, those of its cards among them.
            let is_key = at >= read.notes.len();
            let prose = |line, words: &str| Prose {
                file: format!("{}/{lang}/{name}", draft.id),
                name,
                lang: *lang,
                for_teachers: is_key || FOR_TEACHERS.contains(&name),
                line,
                text: words.to_owned(),
            };
            all.extend(notes.units.iter().map(|unit| prose(unit.line, &unit.text)));
            all.extend(notes.images.iter().map(|image| prose(image.position.line, &image.alt)));
            match name {
                text::LESSON => {
                    let titled = read.text.screens.iter().zip(&read.screens);
                    all.extend(titled.map(|(screen, (line, _))| prose(*line, &screen.title)));
                }
                text::CARDS => all.extend(read.text.cards.iter().map(|card| prose(1, &card.title))),
                _ => {}
            }
        }
    }
    all.extend(draft.meta.iter().flat_map(|meta| of_description(draft, meta)));
    all
}

/// The texts of `lesson.toml`.
fn of_description(draft: &Draft, meta: &Meta) -> Vec<Prose> {
    let mut all = Vec::new();
    let mut add = |lang: Lang, path: &[Step<'_>], text: &str| {
        all.push(Prose {
            file: format!("{}/{}", draft.id, meta::FILE),
            name: meta::FILE,
            lang,
            for_teachers: false,
            line: place(&draft.toml, path).line,
            text: text.to_owned(),
        });
    };
    for (field, texts) in [("title", &meta.title), ("summary", &meta.summary)] {
        for (lang, text) in &texts.0 {
            add(*lang, &[Step::Key(field), Step::Key(lang.as_str())], text);
        }
    }
    for (field, lists) in [("objectives", &meta.objectives), ("keywords", &meta.keywords)] {
        for (lang, list) in &lists.0 {
            for (index, text) in list.iter().enumerate() {
                add(*lang, &[Step::Key(field), Step::Key(lang.as_str()), Step::Index(index)], text);
            }
        }
    }
    for (index, message) in meta.messages.iter().enumerate() {
        for (lang, text) in &message.text.0 {
            let path =
                [Step::Key("messages"), Step::Index(index), Step::Key("text"), Step::Key(lang.as_str())];
            add(*lang, &path, text);
        }
    }
    all
}
