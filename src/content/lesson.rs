//! One lesson's folder into a [`Draft`]: everything read and judged, whether it can be shown or not.
//!
//! What decides about showing: an error in `lesson.toml` or in the Spanish files leaves the lesson out; an error in
//! another language, or a place where it does not run in parallel with Spanish, leaves that language out.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use sha2::{Digest, Sha256};

use crate::{
    content::{
        markdown::Context,
        media, meta, parallel,
        place::Report,
        source::Source,
        source_hash,
        text::{self, LangText},
        toml_text::{Step, place},
        vocabulary::unknown,
    },
    domain::{
        channel::Channel,
        finding::{Finding, Severity},
        id::Slug,
        lang::Lang,
        lesson::{Lesson, LessonText, Media},
        resource::{Meta, Status},
        vocabulary::Vocabulary,
    },
};

/// Most languages of a lesson.
const MAX_LANGS: usize = 8;

/// The words lessons are written with.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Controlled words.
    pub(super) vocabulary: Vocabulary,
    /// Every help channel, those without a contact included.
    pub(super) channels: Vec<Channel>,
}

/// A lesson as read.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its folder.
    pub(super) id: Slug,
    /// `lesson.toml` as written.
    pub(super) toml: String,
    /// What it says.
    pub(super) meta: Option<Meta>,
    /// Files of `media/` that can be shown or heard.
    pub(super) media: BTreeMap<String, Media>,
    /// Names of all files in `media/`, sources of drawings included.
    pub(super) media_names: BTreeSet<String>,
    /// Every language that was read, also one that is left out.
    pub(super) langs: BTreeMap<Lang, LangText>,
    /// Languages that are left out.
    pub(super) dropped: BTreeSet<Lang>,
    /// Languages translated from an older Spanish.
    pub(super) outdated: BTreeSet<Lang>,
    /// SHA-256 over all that was read.
    pub(super) digest: [u8; 32],
    /// Whether it is published and without an error.
    pub(super) shown: bool,
}

/// Reads a lesson; `files` are its paths below the source.
pub(super) fn read(
    source: &Source,
    id: &Slug,
    files: &[String],
    known: &Known,
    report: &mut Report,
) -> Draft {
    let mut draft = Draft {
        id: id.clone(),
        toml: String::new(),
        meta: None,
        media: BTreeMap::new(),
        media_names: BTreeSet::new(),
        langs: BTreeMap::new(),
        dropped: BTreeSet::new(),
        outdated: BTreeSet::new(),
        digest: [0; 32],
        shown: false,
    };
    let mut hash = Sha256::new();
    let mut texts: BTreeMap<Lang, BTreeMap<&'static str, String>> = BTreeMap::new();
    for path in files {
        let below = path.strip_prefix(&format!("{id}/")).unwrap_or(path);
        match below.split_once('/') {
            None if below == meta::FILE => draft.description(source, path, known, report, &mut hash),
            Some(("media", name)) => draft.add_media(source, path, name, report, &mut hash),
            Some((folder, name)) => {
                match (folder.parse::<Lang>(), text::FILES.iter().find(|known| **known == name)) {
                    (Ok(lang), Some(name)) if texts.len() < MAX_LANGS || texts.contains_key(&lang) => {
                        match source.text(path) {
                            Ok(text) => {
                                update(&mut hash, path, text.as_bytes());
                                texts.entry(lang).or_default().insert(name, text);
                            }
                            Err(finding) => report.add(path, finding),
                        }
                    }
                    (Ok(_), None) => report.add(path, misplaced(name)),
                    _ => report.add(path, Finding::warning_of_whole("check-folder-unknown")),
                }
            }
            None => report.add(path, misplaced(below)),
        }
    }
    if draft.toml.is_empty() && draft.meta.is_none() {
        let path = format!("{id}/{}", meta::FILE);
        if !report.has_error_below(&path) {
            report.add(&path, Finding::error_of_whole("check-lesson-missing").with("file", meta::FILE));
        }
    }
    let context = Context { media: &draft.media, passages: false };
    texts.entry(Lang::ES).or_default();
    for (lang, files) in &texts {
        let read = text::read(files, &format!("{id}/{lang}/"), context, &known.vocabulary.forms, report);
        draft.langs.insert(*lang, read);
    }
    draft.compare(report);
    if let Some(spanish) = texts.get(&Lang::ES) {
        draft.translations(spanish, report);
    }
    draft.digest = hash.finalize().into();
    let clean = ["lesson.toml", "es/"].iter().all(|part| !report.has_error_below(&format!("{id}/{part}")));
    draft.shown = clean && draft.meta.as_ref().is_some_and(|meta| meta.status == Status::Publicado);
    draft
}

/// The finding for a file nobody reads; it names the file that was probably meant.
fn misplaced(name: &str) -> Finding {
    Finding {
        severity: Severity::Warning,
        ..unknown("file", name, text::FILES.into_iter().chain([meta::FILE]))
    }
}

fn update(hash: &mut Sha256, path: &str, bytes: &[u8]) {
    hash.update(format!("{path} {}\n", bytes.len()));
    hash.update(bytes);
}

impl Draft {
    fn description(
        &mut self,
        source: &Source,
        path: &str,
        known: &Known,
        report: &mut Report,
        hash: &mut Sha256,
    ) {
        let text = match source.text(path) {
            Ok(text) => text,
            Err(finding) => return report.add(path, finding),
        };
        update(hash, path, text.as_bytes());
        let channels = known.channels.iter().map(|channel| channel.id.as_str()).collect();
        let (meta, findings) = meta::parse(&text, &self.id, &known.vocabulary, &channels);
        report.extend(path, findings);
        self.meta = meta;
        self.toml = text;
    }

    fn add_media(&mut self, source: &Source, path: &str, name: &str, report: &mut Report, hash: &mut Sha256) {
        if !media::good_name(name) {
            return report.add(path, Finding::error_of_whole("check-media-name"));
        }
        self.media_names.insert(name.to_owned());
        // The source of a drawing is never served.
        if Path::new(name).extension().is_some_and(|end| end == "svg") {
            return;
        }
        match source.media(path) {
            Ok(Some(found)) => {
                update(hash, path, found.hash.as_bytes());
                self.media.insert(name.to_owned(), found);
            }
            Ok(None) => report.add(path, Finding::error_of_whole("check-media-kind")),
            Err(_) => report.add(path, Finding::error_of_whole("check-file-unreadable")),
        }
    }

    /// Drops the languages that have errors or do not run in parallel with Spanish.
    fn compare(&mut self, report: &mut Report) {
        let Some(spanish) = self.langs.get(&Lang::ES) else { return };
        let spanish_stands = !report.has_error_below(&format!("{}/es/", self.id));
        for (lang, text) in self.langs.iter().filter(|(lang, _)| **lang != Lang::ES) {
            let folder = format!("{}/{lang}/", self.id);
            // Against a broken Spanish every language would look wrong; and one that could not be read has its own
            // findings already.
            if spanish_stands && !report.has_error_below(&folder) {
                for (name, finding) in parallel::differences(spanish, text) {
                    report.add(&format!("{folder}{name}"), finding);
                }
            }
            if report.has_error_below(&folder) {
                self.dropped.insert(*lang);
            }
        }
    }

    /// Compares each translation's source hash with the Spanish as it is.
    fn translations(&mut self, spanish: &BTreeMap<&'static str, String>, report: &mut Report) {
        let Some(meta) = &self.meta else { return };
        let path = format!("{}/{}", self.id, meta::FILE);
        let hash = source_hash::of(spanish, meta);
        for lang in self.langs.keys().filter(|lang| **lang != Lang::ES) {
            let steps = [Step::Key("translation"), Step::Key(lang.as_str())];
            let at = place(&self.toml, &steps);
            let warning =
                |id| Finding::warning(id, at.line, at.column).with("lang", lang).with("hash", &hash);
            match meta.translation.get(*lang).map(|translation| &translation.source_hash) {
                None => report.add(&path, warning("check-translation-missing")),
                Some(None) => report.add(&path, warning("check-translation-no-hash")),
                Some(Some(known)) if *known != hash => {
                    report.add(&path, warning("check-translation-outdated"));
                    self.outdated.insert(*lang);
                }
                Some(Some(_)) => {}
            }
        }
    }

    /// The lesson to show, when it can be shown.
    pub(super) fn into_lesson(self) -> Option<Lesson> {
        let meta = self.meta.filter(|_| self.shown)?;
        let kept = |lang: &Lang| !self.dropped.contains(lang);
        let texts: BTreeMap<Lang, LessonText> = self
            .langs
            .into_iter()
            .filter(|(lang, _)| kept(lang))
            .map(|(lang, read)| (lang, read.text))
            .collect();
        let outdated = self.outdated.into_iter().filter(|lang| texts.contains_key(lang)).collect();
        Some(Lesson { meta, texts: texts.into(), media: self.media, outdated })
    }
}
