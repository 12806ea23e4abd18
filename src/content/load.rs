//! Layers of sources into a [`Library`]. Nothing in content makes a load fail: what is wrong becomes a problem, and the
//! rest is served.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::{
    content::{
        channels, glance,
        lesson::{self, Draft, Known},
        library::{Library, Stored},
        links, meta,
        place::Report,
        source::Source,
        toml_text,
    },
    digest,
    domain::{
        finding::{Finding, Problem, Severity},
        fragment::Piece,
        id::Slug,
        lesson::Texts,
        vocabulary::Vocabulary,
    },
};

/// The vocabulary in a content folder.
pub(super) const VOCABULARY: &str = "vocabulary.toml";

/// Reads layers of content, the later over the earlier: a lesson is replaced whole, by id; help channels are replaced
/// and added one by one; a vocabulary is replaced whole. `today` decides which help channels must be verified again.
///
/// A lesson with an error in its description or its Spanish is left out, also when an earlier layer has a sound one.
/// Lessons that are not published are left out without a problem.
pub fn load(sources: &[Source], today: Date) -> (Library, Vec<Problem>) {
    let (library, found) = run(sources, today, &BTreeSet::new(), None);
    (library, found.into_iter().map(|(_, problem)| problem).collect())
}

/// The same without the lessons that are hidden; each problem comes with whether it stands in one of the sources that are
/// not the program itself.
pub fn load_telling_whose(
    sources: &[Source],
    today: Date,
    hidden: &BTreeSet<Slug>,
) -> (Library, Vec<(bool, Problem)>) {
    let (library, found) = run(sources, today, hidden, None);
    let outside = |index: usize| sources.get(index).is_some_and(|source| !source.is_embedded());
    (library, found.into_iter().map(|(index, problem)| (outside(index), problem)).collect())
}

/// Judges one lesson of the last source beyond what loading does.
pub(super) type Lint<'a> = dyn FnMut(&Draft, &Known, &mut Report) + 'a;

/// Loads, and lets each lesson be judged while all that was read of it is at hand. Each problem comes with the index of
/// the source it belongs to.
pub(super) fn run(
    sources: &[Source],
    today: Date,
    hidden: &BTreeSet<Slug>,
    mut lint: Option<&mut Lint<'_>>,
) -> (Library, Vec<(usize, Problem)>) {
    let mut found = Vec::new();
    let mut layers: BTreeMap<Slug, (usize, Vec<String>)> = BTreeMap::new();
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    let mut known = Known { vocabulary: base_vocabulary(&mut found), channels: Vec::new() };
    for (index, source) in sources.iter().enumerate() {
        let listing = source.list();
        found.extend(listing.problems.into_iter().map(|problem| (index, problem)));
        let mut report = Report::default();
        if !source.is_guest() {
            shared_files(source, &listing.files, today, &mut known, &mut report, &mut hash);
        }
        for (id, files) in folders(&listing.files, &mut report) {
            if hidden.contains(&id) {
                continue;
            }
            if source.is_guest() && Source::built_in(id.as_str()) {
                report.add(id.as_str(), Finding::error_of_whole("check-lesson-built-in").with("lesson", &id));
                continue;
            }
            layers.insert(id, (index, files));
        }
        found.extend(report.problems.into_iter().map(|problem| (index, problem)));
    }
    let known = Arc::new(known);
    let targets = Arc::new(OnceLock::new());
    let mut lessons: Vec<Stored> = Vec::new();
    let mut all_links = Vec::new();
    for (id, (index, files)) in layers {
        let Some(source) = sources.get(index) else { continue };
        let mut report = Report::default();
        hash.update(id.as_str());
        if lint.is_none() && source.is_embedded() {
            let glance = glance::lesson(source, &id, &files, &known, &mut report, &mut hash);
            found.extend(report.problems.into_iter().map(|problem| (index, problem)));
            let texts = read_later(source, id, files, &known, &targets);
            lessons.extend(glance.map(|glance| Stored::glanced(index, glance, texts)));
            continue;
        }
        let draft = lesson::read(source, &id, &files, &known, &mut report);
        if let Some(lint) = lint.as_mut().filter(|_| index + 1 == sources.len()) {
            lint(&draft, &known, &mut report);
        }
        hash.update(draft.digest);
        found.extend(report.problems.into_iter().map(|problem| (index, problem)));
        all_links.extend(links::of(&draft).into_iter().map(|link| (index, link)));
        lessons.extend(draft.into_lesson().map(|lesson| Stored::new(index, lesson)));
    }
    let targets = targets.get_or_init(|| Targets {
        lessons: lessons.iter().map(|stored| stored.lesson.meta.id.clone()).collect(),
        cards: lessons.iter().flat_map(|stored| stored.cards.iter().cloned()).collect(),
    });
    for (index, link) in all_links.iter().filter(|(_, link)| targets.lack(&link.target)) {
        let problem = link.broken().map(|finding| Problem { file: link.file.clone(), finding });
        found.extend(problem.map(|problem| (*index, problem)));
    }
    for texts in lessons.iter_mut().filter_map(|stored| stored.lesson.texts.read_already()) {
        links::unlink(texts, &|target| targets.lack(target));
    }
    (Library::new(sources.to_vec(), lessons, &known, digest::short(&hash.finalize())), found)
}

/// What links may lead to.
struct Targets {
    lessons: BTreeSet<Slug>,
    cards: BTreeSet<Slug>,
}

impl Targets {
    /// Whether a link to this leads nowhere.
    fn lack(&self, target: &Piece) -> bool {
        match target {
            Piece::Resource(id) => !self.lessons.contains(id),
            Piece::Source(card) => !self.cards.contains(card),
            Piece::Html(_) | Piece::Passage(_) | Piece::Media(_) => false,
        }
    }
}

/// The texts of a lesson of the program itself, read when somebody opens it.
fn read_later(
    source: &Source,
    id: Slug,
    files: Vec<String>,
    known: &Arc<Known>,
    targets: &Arc<OnceLock<Targets>>,
) -> Texts {
    let (source, known, targets) = (source.clone(), Arc::clone(known), Arc::clone(targets));
    Texts::later(move || {
        let draft = lesson::read(&source, &id, &files, &known, &mut Report::default());
        let mut texts = draft.into_lesson().map(|lesson| lesson.texts);
        let mut texts = texts.as_mut().and_then(Texts::read_already).map(mem::take).unwrap_or_default();
        if let Some(targets) = targets.get() {
            links::unlink(&mut texts, &|target| targets.lack(target));
        }
        texts
    })
}

/// The vocabulary inside the program. Without it no lesson could be described, so folders lay theirs over it.
fn base_vocabulary(found: &mut Vec<(usize, Problem)>) -> Vocabulary {
    match Source::embedded().text(VOCABULARY).and_then(|text| toml_text::read(&text)) {
        Ok(vocabulary) => vocabulary,
        Err(finding) => {
            found.push((0, Problem { file: VOCABULARY.to_owned(), finding }));
            Vocabulary::default()
        }
    }
}

/// Reads what a source has beside its lessons.
fn shared_files(
    source: &Source,
    files: &BTreeSet<String>,
    today: Date,
    known: &mut Known,
    report: &mut Report,
    hash: &mut Sha256,
) {
    for name in [VOCABULARY, channels::FILE] {
        if !files.contains(name) {
            continue;
        }
        let text = match source.text(name) {
            Ok(text) => text,
            Err(finding) => {
                report.add(name, finding);
                continue;
            }
        };
        hash.update(name);
        hash.update(&text);
        if name == channels::FILE {
            channels::lay_over(&mut known.channels, &text, today, report);
        } else {
            match toml_text::read(&text) {
                Ok(vocabulary) => known.vocabulary = vocabulary,
                Err(finding) => report.add(name, finding),
            }
        }
    }
}

/// The lesson folders of a source, with their files.
fn folders(files: &BTreeSet<String>, report: &mut Report) -> BTreeMap<Slug, Vec<String>> {
    let mut folders: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for path in files {
        if let Some((folder, _)) = path.split_once('/') {
            folders.entry(folder).or_default().push(path.clone());
        }
    }
    let mut lessons = BTreeMap::new();
    for (folder, files) in folders {
        let is_lesson = files.iter().any(|path| {
            let below = path.strip_prefix(folder).unwrap_or(path);
            below.strip_prefix('/').is_some_and(|below| below == meta::FILE || below.starts_with("es/"))
        });
        match folder.parse::<Slug>() {
            Ok(id) if is_lesson => drop(lessons.insert(id, files)),
            Err(_) if is_lesson => report.add(folder, Finding::error_of_whole("check-lesson-folder-name")),
            _ => report.add(
                folder,
                Finding { severity: Severity::Warning, ..Finding::error_of_whole("check-folder-unknown") },
            ),
        }
    }
    lessons
}
