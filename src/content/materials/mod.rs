//! Materials: the loose files of a content folder, with a sidecar, a line of a list or nothing that describes them. [`survey`]
//! tells which there are, [`Survey::read`] opens one.
//!
//! Lives here: which files belong together, what is said of them, what of them is searched and shown. Does not: the syntax of
//! file formats (`formats`), where materials are kept (`store`), their pages (`web`).

mod description;
mod group;
mod list;
mod read;
mod show;
mod sidecar;
mod text;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

pub use read::{Piece, Reading};
pub use show::{
    SlidePage, SlidePicture, book, is_text, open, slide, slide_picture, slides_file, text_page, transcript,
};
pub use text::TextPage;

pub(super) use walk::is_lesson;

use crate::{
    content::source::Source,
    digest,
    domain::{
        finding::{Finding, Problem},
        id::Slug,
        vocabulary::Vocabulary,
    },
};

/// The materials of a school's folders, not opened yet.
#[derive(Debug, Default)]
pub struct Survey {
    items: Vec<Item>,
    /// What was passed over, and why.
    pub problems: Vec<Problem>,
}

/// A material that was found.
#[derive(Debug)]
pub struct Item {
    source: usize,
    group: group::Group,
    id: Slug,
}

/// What distinguishes the loose files of these folders from those of another day: 16 hex digits of their paths, sizes and times
/// of change; empty when there are none. Nothing is opened.
pub fn signature(sources: &[Source]) -> String {
    let mut hash = Sha256::new();
    let mut any = false;
    for root in sources.iter().filter_map(Source::root) {
        hash.update(b"source");
        let listing = walk::loose_files(root);
        any |= !listing.files.is_empty();
        listing.sign(&mut hash);
    }
    if any { digest::short(&hash.finalize()) } else { String::new() }
}

/// Finds the materials of these folders, and says which files cannot be one. `taken` are names that lessons have.
pub fn survey(sources: &[Source], vocabulary: &Vocabulary, taken: BTreeSet<Slug>) -> Survey {
    let mut survey = Survey::default();
    let mut taken = taken.into_iter().map(|id| (id, 1)).collect();
    for (at, source) in sources.iter().enumerate() {
        let Some(root) = source.root() else { continue };
        let listing = walk::loose_files(root);
        survey.problems.extend(listing.problems);
        for group in group::groups(source, listing.files, vocabulary, &mut survey.problems) {
            let Some(id) = name(&group, &mut taken, &mut survey.problems) else { continue };
            survey.items.push(Item { source: at, group, id });
        }
    }
    survey
}

/// What is wrong with the materials of a folder: all of them are opened. `taken` are names that lessons have.
pub(super) fn problems(source: &Source, vocabulary: &Vocabulary, taken: BTreeSet<Slug>) -> Vec<Problem> {
    let sources = std::slice::from_ref(source);
    let mut survey = survey(sources, vocabulary, taken);
    let mut problems = std::mem::take(&mut survey.problems);
    for at in 0..survey.len() {
        survey.read(at, sources, &mut problems);
    }
    problems
}

impl Survey {
    /// How many materials there seem to be.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Opens the material at an index below [`Survey::len`] and reads what is searched of it. `None`, with a problem that says
    /// why, for what cannot be shown.
    pub fn read(&self, at: usize, sources: &[Source], problems: &mut Vec<Problem>) -> Option<Reading> {
        let item = self.items.get(at)?;
        let source = sources.get(item.source)?;
        read::read(source, item.source, &item.group, item.id.clone(), problems)
    }
}

/// The name of a material in an address: what its sidecar says, else its path; made single by a number.
fn name(group: &group::Group, taken: &mut BTreeMap<Slug, u32>, problems: &mut Vec<Problem>) -> Option<Slug> {
    let path = &group.files.first()?.path;
    let said = group.description.open().id;
    if let Some(said) = said.as_ref().filter(|said| taken.contains_key(*said)) {
        let finding = Finding::warning_of_whole("check-material-same-id").with("id", said);
        problems.push(Problem { file: path.clone(), finding });
    }
    // Paths of one folder begin alike, so what is cut off is the beginning.
    let from_path = || {
        let stem = group::key(path);
        let skipped = stem.chars().count().saturating_sub(Slug::MAX_LEN - 6);
        Slug::from_text(&stem.chars().skip(skipped).collect::<String>()).or_else(|| "material".parse().ok())
    };
    let wanted = said.or_else(from_path)?;
    let mut id = wanted.clone();
    while taken.contains_key(&id) {
        // Where the last one stopped, the next goes on: thousands of one name cost no more than others.
        let number = taken.get_mut(&wanted)?;
        *number += 1;
        let short: String = wanted.as_str().chars().take(Slug::MAX_LEN - 7).collect();
        id = format!("{}-{number}", short.trim_end_matches('-')).parse().ok()?;
    }
    taken.insert(id.clone(), 1);
    Some(id)
}
