//! Reading `lesson.toml`: its words against the vocabulary, and what a lesson cannot be shown without.

use std::collections::BTreeSet;

use crate::{
    content::{
        toml_text::{Step, place, read},
        vocabulary::unknown,
    },
    domain::{
        collection::Collection,
        finding::Finding,
        id::Slug,
        lang::Lang,
        resource::{Meta, TranslationState},
        vocabulary::Vocabulary,
    },
};

/// The file in a lesson's folder.
pub(super) const FILE: &str = "lesson.toml";

/// What authors may have done.
const ROLES: [&str; 5] = ["autor", "ilustrador", "traductor", "revisor", "adaptador"];

/// The competences of `DigComp` 2.2.
const DIGCOMP: [&str; 21] = [
    "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2",
    "4.3", "4.4", "5.1", "5.2", "5.3", "5.4",
];

/// Reads the description of the lesson in the folder with this name; its findings, all errors, keep it from being
/// shown.
pub(super) fn parse(
    text: &str,
    folder: &Slug,
    vocabulary: &Vocabulary,
    channels: &BTreeSet<&str>,
) -> (Option<Meta>, Vec<Finding>) {
    let meta: Meta = match read(text) {
        Ok(meta) => meta,
        Err(finding) => return (None, vec![finding]),
    };
    let mut words = Words { text, found: Vec::new() };
    words.check(&meta, vocabulary, channels);
    let at = |path: &[Step<'_>], finding: Finding| Finding { position: Some(place(text, path)), ..finding };
    if meta.id != *folder {
        words.found.push(at(
            &[Step::Key("id")],
            Finding::error_of_whole("check-meta-id").with("id", &meta.id).with("folder", folder),
        ));
    }
    if Collection::named(meta.id.as_str(), vocabulary).is_some() {
        let finding = Finding::error_of_whole("check-meta-id-taken").with("id", &meta.id);
        words.found.push(at(&[Step::Key("id")], finding));
    }
    for (field, empty) in [
        ("title", meta.title.get(Lang::ES).is_none_or(|text| text.trim().is_empty())),
        ("summary", meta.summary.get(Lang::ES).is_none_or(|text| text.trim().is_empty())),
        ("translation", meta.translation.get(Lang::ES).is_none_or(|t| t.state != TranslationState::Original)),
    ] {
        if empty {
            let finding = Finding::error_of_whole("check-meta-no-spanish").with("field", field);
            words.found.push(at(&[Step::Key(field)], finding));
        }
    }
    for (field, empty) in [
        ("levels", meta.levels.is_empty()),
        ("areas", meta.areas.is_empty()),
        ("audience", meta.audience.is_empty()),
        ("authors", meta.authors.is_empty()),
    ] {
        if empty {
            let finding = Finding::error_of_whole("check-meta-empty").with("field", field);
            words.found.push(at(&[Step::Key(field)], finding));
        }
    }
    for (index, message) in meta.messages.iter().enumerate() {
        if message.text.get(Lang::ES).is_none_or(|text| text.trim().is_empty()) {
            let finding = Finding::error_of_whole("check-meta-no-spanish").with("field", "messages");
            words.found.push(at(&[Step::Key("messages"), Step::Index(index)], finding));
        }
    }
    (Some(meta), words.found)
}

/// Words looked up in the vocabulary.
struct Words<'a> {
    text: &'a str,
    found: Vec<Finding>,
}

impl Words<'_> {
    fn check(&mut self, meta: &Meta, vocabulary: &Vocabulary, channels: &BTreeSet<&str>) {
        let slugs = |slugs: &[Slug]| slugs.iter().map(Slug::to_string).collect::<Vec<_>>();
        let known = |slugs: &[Slug]| slugs.iter().map(Slug::to_string).collect::<Vec<_>>();
        self.list(
            "levels",
            &slugs(&meta.levels),
            &vocabulary.levels.iter().map(|l| l.id.to_string()).collect::<Vec<_>>(),
        );
        self.list(
            "grades",
            &slugs(&meta.grades),
            &vocabulary.grades.iter().map(|g| g.id.to_string()).collect::<Vec<_>>(),
        );
        self.list(
            "cycles",
            &meta.cycles,
            &vocabulary.cycles.iter().map(|c| c.id.clone()).collect::<Vec<_>>(),
        );
        self.list(
            "areas",
            &slugs(&meta.areas),
            &vocabulary.areas.iter().map(|a| a.id.to_string()).collect::<Vec<_>>(),
        );
        self.list("themes", &slugs(&meta.themes), &known(&vocabulary.themes));
        self.list("competences", &slugs(&meta.competences), &known(&vocabulary.competences));
        self.list("abilities", &slugs(&meta.abilities), &known(&vocabulary.abilities));
        self.list("approaches", &slugs(&meta.approaches), &known(&vocabulary.approaches));
        self.list("uses", &slugs(&meta.uses), &known(&vocabulary.uses));
        self.list("requirements", &slugs(&meta.requirements), &known(&vocabulary.requirements));
        self.list("digcomp", &meta.digcomp, &DIGCOMP);
        self.list("audience", &slugs(&meta.audience), &known(&vocabulary.audiences));
        self.list("accessibility", &slugs(&meta.accessibility), &known(&vocabulary.accessibility));
        self.list("help_channels", &slugs(&meta.help_channels), channels);
        self.one(&[Step::Key("kind")], "kind", meta.kind.as_str(), &known(&vocabulary.kinds));
        self.one(&[Step::Key("mode")], "mode", meta.mode.as_str(), &known(&vocabulary.modes));
        self.one(&[Step::Key("licence")], "licence", &meta.licence, &vocabulary.licences);
        for (index, message) in meta.messages.iter().enumerate() {
            let path = [Step::Key("messages"), Step::Index(index), Step::Key("tag")];
            self.one(&path, "messages", &message.tag, &vocabulary.messages);
        }
        for (index, relation) in meta.relations.iter().enumerate() {
            let path = [Step::Key("relations"), Step::Index(index), Step::Key("kind")];
            self.one(&path, "relations", relation.kind.as_str(), &known(&vocabulary.relations));
        }
        for (index, author) in meta.authors.iter().enumerate() {
            let path = [Step::Key("authors"), Step::Index(index), Step::Key("role")];
            self.one(&path, "authors", author.role.as_str(), &ROLES);
        }
    }

    fn list<'k, K: AsRef<str> + 'k>(
        &mut self,
        field: &'static str,
        words: &[String],
        known: impl IntoIterator<Item = &'k K> + Copy,
    ) {
        for (index, word) in words.iter().enumerate() {
            self.one(&[Step::Key(field), Step::Index(index)], field, word, known);
        }
    }

    fn one<'k, K: AsRef<str> + 'k>(
        &mut self,
        path: &[Step<'_>],
        field: &'static str,
        word: &str,
        known: impl IntoIterator<Item = &'k K> + Copy,
    ) {
        if known.into_iter().all(|known| known.as_ref() != word) {
            let finding = unknown(field, word, known.into_iter().map(AsRef::as_ref));
            self.found.push(Finding { position: Some(place(self.text, path)), ..finding });
        }
    }
}
