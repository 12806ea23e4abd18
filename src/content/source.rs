//! Where content comes from: the lessons inside the program, and folders laid over them.
//!
//! A folder is read as it may come from anybody: nothing that a symbolic link points to, no hidden file, no device,
//! no oversized text and no text that is not UTF-8 gets past this file. What the files mean is said elsewhere.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use rust_embed::RustEmbed;

use crate::{
    content::{
        materials,
        media::{self, MediaFile, open_plain},
        meta,
        place::position,
    },
    digest,
    domain::{
        finding::{Finding, Problem},
        lesson::Media,
    },
    packed::LESSONS,
};

/// Largest text that is read, in bytes.
pub const MAX_TEXT_BYTES: u64 = 512 * 1024;

/// Most files that are listed in one folder; what comes after them is left out with a problem.
const MAX_FILES: usize = 400_000;

/// A lesson folder holds folders of languages and media, and those hold files: nothing is read deeper.
const MAX_DEPTH: usize = 3;

/// One place lessons come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source(Kind, Standing);

/// What a source may do to those below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Replace lessons, help channels and the vocabulary.
    Full,
    /// Add lessons, and replace none of the program's.
    Guest,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Embedded,
    Folder(PathBuf),
}

/// The folder `lessons/` of the source tree, without what is never served. A debug build reads it from disk; the texts
/// of a release build are [`LESSONS`].
#[derive(RustEmbed)]
#[folder = "lessons/"]
#[exclude = "*.svg"]
#[exclude = "*README.md"]
#[exclude = "*REVIEW.md"]
#[cfg_attr(packed, exclude = "*.gift")]
#[cfg_attr(packed, exclude = "*.md")]
#[cfg_attr(packed, exclude = "*.toml")]
#[cfg_attr(packed, exclude = "*.twee")]
struct Lessons;

/// The files of a source: paths below it, with `/`, sorted.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The files.
    pub(super) files: BTreeSet<String>,
    /// What could not be listed, and why.
    pub(super) problems: Vec<Problem>,
}

impl Source {
    /// The lessons inside the program.
    pub fn embedded() -> Self {
        Self(Kind::Embedded, Standing::Full)
    }

    /// A folder with the layout of `lessons/`. It need not exist: what is wrong with it is a problem of the load.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self(Kind::Folder(path.into()), Standing::Full)
    }

    /// A folder that nobody answers for: what it says of help channels and words is not read, and lessons of the
    /// program stay as they are.
    pub fn guest(path: impl Into<PathBuf>) -> Self {
        Self(Kind::Folder(path.into()), Standing::Guest)
    }

    /// Whether it may only add.
    pub(super) fn is_guest(&self) -> bool {
        self.1 == Standing::Guest
    }

    /// Whether the program has a lesson of this name.
    pub fn built_in(lesson: &str) -> bool {
        Self::embedded().embedded_hash(&format!("{lesson}/{}", meta::FILE)).is_some()
    }

    /// Whether it is the program itself.
    pub(super) fn is_embedded(&self) -> bool {
        self.0 == Kind::Embedded
    }

    /// Its files.
    pub(super) fn list(&self) -> Listing {
        let mut listing = Listing::default();
        match &self.0 {
            Kind::Embedded => listing.files.extend(
                Lessons::iter()
                    .chain(LESSONS.paths().map(Cow::Borrowed))
                    .map(Cow::into_owned)
                    .filter(|path| !path.split('/').any(|part| part.starts_with('.'))),
            ),
            Kind::Folder(root) => walk(root, "", 1, &mut listing),
        }
        listing
    }

    /// A text: UTF-8, lines ended by `\n`, without a byte order mark.
    pub(super) fn text(&self, path: &str) -> Result<String, Finding> {
        let unreadable = || Finding::error_of_whole("check-file-unreadable");
        let bytes = match &self.0 {
            Kind::Embedded => LESSONS
                .get(path)
                .or_else(|| Some(Lessons::get(path)?.data.into_owned()))
                .ok_or_else(unreadable)?,
            Kind::Folder(root) => {
                let mut bytes = Vec::new();
                let file = open_plain(&root.join(path)).map_err(|_| unreadable())?;
                file.take(MAX_TEXT_BYTES + 1).read_to_end(&mut bytes).map_err(|_| unreadable())?;
                bytes
            }
        };
        if bytes.len() as u64 > MAX_TEXT_BYTES {
            return Err(Finding::error_of_whole("check-file-too-big").with("kib", MAX_TEXT_BYTES / 1024));
        }
        decode(bytes)
    }

    /// The bytes of a file of at most `most` bytes.
    pub(super) fn bytes(&self, path: &str, most: u64) -> Result<Vec<u8>, Finding> {
        let unreadable = |_| Finding::error_of_whole("check-file-unreadable");
        let mut bytes = Vec::new();
        self.open(path).map_err(unreadable)?.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > most {
            return Err(Finding::error_of_whole("check-file-too-big").with("kib", most / 1024));
        }
        Ok(bytes)
    }

    /// A plain file of a folder, open for reading. The program itself has no such files.
    pub fn open(&self, path: &str) -> io::Result<File> {
        match &self.0 {
            Kind::Embedded => Err(io::ErrorKind::NotFound.into()),
            Kind::Folder(root) => open_plain(&root.join(path)),
        }
    }

    /// The folder, when it is one.
    pub(super) fn root(&self) -> Option<&Path> {
        match &self.0 {
            Kind::Embedded => None,
            Kind::Folder(root) => Some(root),
        }
    }

    /// What is known about a media file, its hash taken while it streams by; `None` when its content is of no kind we
    /// serve.
    pub(super) fn media(&self, path: &str) -> io::Result<Option<Media>> {
        match &self.0 {
            Kind::Embedded => {
                let file = Lessons::get(path).ok_or(io::ErrorKind::NotFound)?;
                Ok(media::of_bytes(&file.data, &file.metadata.sha256_hash()))
            }
            Kind::Folder(root) => media::of_stream(open_plain(&root.join(path))?),
        }
    }

    /// What is known about a media file of the program without looking into it: its kind is taken from its ending, and
    /// the size of a picture is left out.
    pub(super) fn glance(&self, path: &str) -> Option<Media> {
        let file = Lessons::get(path).filter(|_| self.is_embedded())?;
        let media_type = media::kind_of_ending(path)?;
        let hash = digest::short(&file.metadata.sha256_hash());
        Some(Media { media_type, size: file.data.len() as u64, hash, dimensions: None })
    }

    /// The SHA-256 of a file of the program.
    pub(super) fn embedded_hash(&self, path: &str) -> Option<[u8; 32]> {
        let hash = || LESSONS.sha256(path).or_else(|| Some(Lessons::get(path)?.metadata.sha256_hash()));
        self.is_embedded().then(hash).flatten()
    }

    /// Where the bytes of a media file are.
    pub(super) fn media_file(&self, path: &str) -> Option<MediaFile> {
        match &self.0 {
            Kind::Embedded => Lessons::get(path).map(|file| MediaFile::Embedded(file.data)),
            Kind::Folder(root) => Some(MediaFile::OnDisk(root.join(path))),
        }
    }
}

/// Adds the files below one folder to a listing.
fn walk(root: &Path, below: &str, depth: usize, listing: &mut Listing) {
    let mut problem = |path: &str, finding| listing.problems.push(Problem { file: path.to_owned(), finding });
    let Ok(entries) = fs::read_dir(root.join(below)) else {
        problem(below, Finding::error_of_whole("check-folder-unreadable"));
        return;
    };
    let mut folders = Vec::new();
    for entry in entries {
        let Ok(entry) = entry else {
            problem(below, Finding::error_of_whole("check-folder-unreadable"));
            continue;
        };
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let shown = format!("{below}{}", name.to_string_lossy());
            problem(&shown, Finding::warning_of_whole("check-file-name"));
            continue;
        };
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{below}{name}");
        // The type of the entry itself: a link is never followed, wherever it points.
        match entry.file_type() {
            Ok(kind) if kind.is_symlink() => {
                problem(&path, Finding::warning_of_whole("check-file-symlink"));
            }
            // What is no lesson's folder is looked at by `materials`.
            Ok(kind) if kind.is_dir() && depth == 1 && !materials::is_lesson(&entry.path()) => {}
            Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => folders.push(format!("{path}/")),
            Ok(kind) if kind.is_dir() => {
                problem(&path, Finding::warning_of_whole("check-folder-unknown"));
            }
            Ok(kind) if kind.is_file() && listing.files.len() >= MAX_FILES => {
                problem(&path, Finding::error_of_whole("check-folder-too-many").with("limit", MAX_FILES));
                return;
            }
            Ok(kind) if kind.is_file() => {
                listing.files.insert(path);
            }
            _ => problem(&path, Finding::warning_of_whole("check-file-unreadable")),
        }
    }
    folders.sort_unstable();
    for folder in folders {
        walk(root, &folder, depth + 1, listing);
    }
}

/// Text of bytes.
fn decode(bytes: Vec<u8>) -> Result<String, Finding> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let at = position(&before, valid);
        Finding::error("check-file-not-utf8", at.line, at.column)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() })
}
