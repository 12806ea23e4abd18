//! Rules for `lesson.toml` beyond what a lesson needs to be shown.

use crate::{
    content::{
        check::lists::{LISTS, first_of, words},
        lesson::{Draft, Known},
        meta,
        place::Report,
        toml_text::{Step, place},
    },
    domain::{finding::Finding, id::Slug, lang::Lang, resource::Meta},
};

/// Themes whose lessons must say where to find help.
pub(super) const NEED_HELP: [&str; 3] = ["contacto", "convivencia", "derechos"];
/// Themes whose lessons a child-protection specialist should read.
const NEED_PROTECTION: [&str; 2] = ["contacto", "derechos"];
/// Themes whose lessons a lawyer should read.
const NEED_LAW: [&str; 1] = ["derechos"];

/// Checks a description.
pub(super) fn check(draft: &Draft, known: &Known, report: &mut Report) {
    let Some(meta) = &draft.meta else { return };
    let file = format!("{}/{}", draft.id, meta::FILE);
    let mut rules = Rules { toml: &draft.toml, found: Vec::new() };
    rules.texts(meta);
    rules.objectives(meta);
    rules.numbers(meta);
    rules.school(meta, known);
    rules.help_and_reviews(meta);
    report.extend(&file, rules.found);
}

struct Rules<'a> {
    toml: &'a str,
    found: Vec<Finding>,
}

impl Rules<'_> {
    fn add(&mut self, key: &str, finding: Finding) {
        self.add_at(&[Step::Key(key)], finding);
    }

    fn add_at(&mut self, path: &[Step<'_>], finding: Finding) {
        self.found.push(Finding { position: Some(place(self.toml, path)), ..finding });
    }

    /// Length of titles and summaries, how many keywords and messages.
    fn texts(&mut self, meta: &Meta) {
        for (field, texts, least, most) in
            [("title", &meta.title, 3, 80), ("summary", &meta.summary, 40, 300)]
        {
            for (lang, text) in &texts.0 {
                self.length(&[Step::Key(field), Step::Key(lang.as_str())], text, least, most);
            }
        }
        for (lang, keywords) in &meta.keywords.0 {
            self.amount(&[Step::Key("keywords"), Step::Key(lang.as_str())], "keywords", keywords.len(), 3, 8);
        }
        if meta.keywords.get(Lang::ES).is_none() {
            self.amount(&[Step::Key("keywords")], "keywords", 0, 3, 8);
        }
        self.amount(&[Step::Key("messages")], "messages", meta.messages.len(), 3, 6);
        self.amount(&[Step::Key("areas")], "areas", meta.areas.len(), 1, 3);
        self.amount(&[Step::Key("themes")], "themes", meta.themes.len(), 1, 2);
        self.amount(&[Step::Key("accessibility")], "accessibility", meta.accessibility.len(), 1, 6);
        // A text that stands in one language must stand in every language the lesson is translated to.
        for lang in meta.translation.0.keys() {
            let there = meta.title.get(*lang).is_some()
                && meta.summary.get(*lang).is_some()
                && meta.objectives.get(*lang).is_some()
                && meta.messages.iter().all(|message| message.text.get(*lang).is_some());
            if !there {
                let finding = Finding::warning("check-meta-not-translated", 1, 1).with("lang", lang);
                self.add_at(&[Step::Key("translation"), Step::Key(lang.as_str())], finding);
            }
        }
    }

    fn length(&mut self, path: &[Step<'_>], text: &str, least: usize, most: usize) {
        let count = text.chars().count();
        if !(least..=most).contains(&count) {
            let finding = Finding::error_of_whole("check-meta-length").with("characters", count);
            self.add_at(path, finding.with("least", least).with("most", most));
        }
    }

    fn amount(&mut self, path: &[Step<'_>], field: &'static str, count: usize, least: usize, most: usize) {
        if !(least..=most).contains(&count) {
            let finding =
                Finding::error_of_whole("check-meta-amount").with("field", field).with("count", count);
            self.add_at(path, finding.with("least", least).with("most", most));
        }
    }

    /// One to three objectives, each with a verb that can be seen in class and a criterion.
    fn objectives(&mut self, meta: &Meta) {
        let Some(objectives) = meta.objectives.get(Lang::ES) else {
            return self.amount(&[Step::Key("objectives")], "objectives", 0, 1, 3);
        };
        let list = [Step::Key("objectives"), Step::Key("es")];
        self.amount(&list, "objectives", objectives.len(), 1, 3);
        for (index, objective) in objectives.iter().enumerate() {
            let path = [Step::Key("objectives"), Step::Key("es"), Step::Index(index)];
            let found = words(objective);
            if first_of(&LISTS.observable, &found).is_none() {
                self.add_at(&path, Finding::error_of_whole("check-objective-verb"));
            }
            let measured = objective.contains(|c: char| c.is_ascii_digit());
            if !measured && first_of(&LISTS.measures, &found).is_none() {
                self.add_at(&path, Finding::error_of_whole("check-objective-criterion"));
            }
        }
    }

    fn numbers(&mut self, meta: &Meta) {
        if meta.duration == 0 || !meta.duration.is_multiple_of(5) || meta.duration > 600 {
            self.add(
                "duration",
                Finding::error_of_whole("check-meta-duration").with("minutes", meta.duration),
            );
        }
        let parts: Vec<&str> = meta.version.split('.').collect();
        let is_number =
            |part: &&str| !part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit());
        if parts.len() != 3 || !parts.iter().all(is_number) {
            self.add("version", Finding::error_of_whole("check-meta-version").with("version", &meta.version));
        }
        if let Some(age) = &meta.age {
            let years = |text: &str| text.parse::<u8>().ok().filter(|years| (2..=99).contains(years));
            let fits = age.split_once('-').is_some_and(|(from, to)| match (years(from), years(to)) {
                (Some(from), Some(to)) => from <= to,
                (Some(_), None) => to.is_empty(),
                _ => false,
            });
            if !fits {
                self.add("age", Finding::error_of_whole("check-meta-age").with("age", age));
            }
        }
        for (index, author) in meta.authors.iter().enumerate() {
            let name = author.name.trim();
            // A name and nothing else: no e-mail, no document number.
            let digits = name.chars().filter(char::is_ascii_digit).count();
            if name.is_empty() || name.contains('@') || digits >= 7 {
                let path = [Step::Key("authors"), Step::Index(index), Step::Key("name")];
                self.add_at(&path, Finding::error_of_whole("check-meta-author"));
            }
        }
    }

    /// Grades belong to the levels and cycles that are named, areas are taught at one of the levels.
    fn school(&mut self, meta: &Meta, known: &Known) {
        let vocabulary = &known.vocabulary;
        for (index, id) in meta.grades.iter().enumerate() {
            let Some(grade) = vocabulary.grades.iter().find(|grade| grade.id == *id) else { continue };
            let in_cycle = meta.cycles.is_empty() || meta.cycles.contains(&grade.cycle);
            if !meta.levels.contains(&grade.level) || !in_cycle {
                let finding = Finding::error_of_whole("check-meta-grade").with("grade", id);
                let finding = finding.with("level", &grade.level).with("cycle", &grade.cycle);
                self.add_at(&[Step::Key("grades"), Step::Index(index)], finding);
            }
        }
        let is_school = |id: &Slug| vocabulary.levels.iter().any(|level| level.school && level.id == *id);
        if !meta.levels.iter().any(is_school) {
            return;
        }
        for (index, id) in meta.areas.iter().enumerate() {
            let Some(area) = vocabulary.areas.iter().find(|area| area.id == *id) else { continue };
            if !area.levels.iter().any(|level| meta.levels.contains(level)) {
                let finding = Finding::error_of_whole("check-meta-area").with("area", id);
                self.add_at(&[Step::Key("areas"), Step::Index(index)], finding);
            }
        }
    }

    fn help_and_reviews(&mut self, meta: &Meta) {
        let about = |themes: &[&str]| meta.themes.iter().any(|theme| themes.contains(&theme.as_str()));
        if about(&NEED_HELP) && meta.help_channels.is_empty() {
            self.add("themes", Finding::error_of_whole("check-meta-no-help"));
        }
        if about(&NEED_PROTECTION) && meta.protection_review.is_none() {
            self.add("themes", Finding::warning_of_whole("check-meta-no-protection-review"));
        }
        if about(&NEED_LAW) && meta.legal_review.is_none() {
            self.add("themes", Finding::warning_of_whole("check-meta-no-legal-review"));
        }
    }
}
