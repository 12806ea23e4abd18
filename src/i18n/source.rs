//! Where texts come from: the files in the binary and those of a school's data folder. Reading only; what they say
//! is [`crate::i18n::messages`]'s work.

use std::{borrow::Cow, fs, io, path::Path};

use rust_embed::Embed;

use crate::{
    domain::{
        finding::{Finding, Problem},
        lang::Lang,
    },
    packed::LOCALES,
};

/// One `.ftl` file of one language.
#[derive(Debug, Clone)]
pub struct Source {
    /// Language the file is in.
    pub lang: Lang,
    /// Path for a person: `es/home.ftl`.
    pub file: String,
    /// Its text.
    pub text: Cow<'static, str>,
}

/// The `locales/` folder of the repository, as a debug build reads it from disk; a release build has all of it in
/// [`LOCALES`].
#[derive(Embed)]
#[folder = "locales/"]
#[exclude = "*.md"]
#[exclude = "*.py"]
#[cfg_attr(packed, exclude = "*")]
struct Locales;

/// Files of the command line, of the checks of the machine and of the author's lint, Spanish only. Pages need them only where they tell problems, so a
/// server does not keep them in memory.
fn is_console(name: &str) -> bool {
    ["cli.ftl", "doctor.ftl"].contains(&name) || name.starts_with("check")
}

/// Areas that few people ask for: how their ids begin, and their file. Each sentence costs about a kilobyte of memory, so
/// they are read with the first that is asked for.
pub const SELDOM: [(&str, &str); 2] = [("technician-", "technician.ftl"), ("workshop-", "workshop.ftl")];

/// The embedded texts of pages, but for those of [`SELDOM`].
pub fn embedded_pages() -> Vec<Source> {
    embedded_where(|name| !is_console(name) && SELDOM.iter().all(|(_, file)| *file != name))
}

/// The embedded texts of a file, in every language that has it.
pub fn embedded_file(file: &str) -> Vec<Source> {
    embedded_where(|name| name == file)
}

/// The embedded texts of the command line and of the author's lint.
pub fn embedded_console() -> Vec<Source> {
    embedded_where(is_console)
}

/// All embedded texts, ordered by language and file.
pub fn embedded() -> Vec<Source> {
    embedded_where(|_| true)
}

fn embedded_where(wanted: impl Fn(&str) -> bool) -> Vec<Source> {
    let lang_of = |path: &str| {
        let (tag, name) = path.split_once('/')?;
        let lang: Lang = tag.parse().ok()?;
        (is_ftl(name) && !name.contains('/') && wanted(name)).then_some(lang)
    };
    let packed = LOCALES.wanted(|path| lang_of(path).is_some()).into_iter();
    let on_disk =
        Locales::iter().filter_map(|path| Some((path.to_string(), Locales::get(&path)?.data.into_owned())));
    let mut sources: Vec<Source> = packed
        .map(|(path, text)| (path.to_owned(), text))
        .chain(on_disk)
        .filter_map(|(file, text)| {
            Some(Source { lang: lang_of(&file)?, file, text: String::from_utf8(text).ok()?.into() })
        })
        .collect();
    sources.sort_unstable_by(|a, b| a.file.cmp(&b.file));
    sources
}

/// An embedded file of `locales/` as text: `embedded_text("qu/vocab.tsv")`.
pub fn embedded_text(path: &str) -> Option<Cow<'static, str>> {
    let text = LOCALES.get(path).or_else(|| Some(Locales::get(path)?.data.into_owned()))?;
    String::from_utf8(text).ok().map(Cow::Owned)
}

/// Largest `.ftl` file read from a folder, in bytes.
const MAX_FILE: u64 = 1024 * 1024;

/// The texts in a folder that holds one folder for each language: `<folder>/ay/home.ftl`. A folder that does not exist
/// holds none. What cannot be read is reported and the rest kept.
pub fn folder(folder: &Path) -> (Vec<Source>, Vec<Problem>) {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    for tag in names(folder, "", &mut problems) {
        let path = folder.join(&tag);
        if !path.is_dir() {
            continue;
        }
        let Ok(lang) = tag.parse::<Lang>() else {
            problems
                .push(problem(&tag, Finding::error_of_whole("check-language-not-a-tag").with("tag", &tag)));
            continue;
        };
        for name in names(&path, &tag, &mut problems).into_iter().filter(|name| is_ftl(name)) {
            let file = format!("{tag}/{name}");
            let path = path.join(&name);
            // A pipe would keep the server waiting for ever.
            if !path.is_file() {
                continue;
            }
            match read(&path) {
                Ok(text) => sources.push(Source { lang, file, text: Cow::Owned(text) }),
                Err(finding) => problems.push(problem(&file, finding)),
            }
        }
    }
    (sources, problems)
}

fn is_ftl(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "ftl")
}

/// The names in a folder, sorted. Names that are not Unicode are left out: no tag and no file of ours has one.
fn names(folder: &Path, shown: &str, problems: &mut Vec<Problem>) -> Vec<String> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            problems.push(problem(shown, unreadable(&error)));
            return Vec::new();
        }
    };
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort_unstable();
    names
}

fn read(path: &Path) -> Result<String, Finding> {
    let size = fs::metadata(path).map_err(|error| unreadable(&error))?.len();
    if size > MAX_FILE {
        return Err(Finding::error_of_whole("check-language-too-big").with("most", MAX_FILE));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(&error))?;
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|b| *b == b'\n').count();
        Finding::error("check-language-not-utf8", u32::try_from(line).unwrap_or(u32::MAX), 1)
    })
}

fn unreadable(error: &io::Error) -> Finding {
    Finding::error_of_whole("check-language-unreadable").with("cause", error)
}

fn problem(file: &str, finding: Finding) -> Problem {
    Problem { file: file.to_owned(), finding }
}
