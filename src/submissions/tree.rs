//! A version of a submission as a folder of files that the content engine reads like any other: a lesson's folder for
//! quizzes and stories, a text or files with a sidecar for the rest. What is here follows from the records: it may be
//! deleted, and is laid out again at the next start.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    digest,
    domain::{
        lang::{Lang, Localized},
        submission::{Genre, Work},
    },
    fault,
    store::school::{NewWork, Served, StoredFile, Submission},
};

/// The folder of what is shown, in the data folder.
pub const FOLDER: &str = "workshop";

/// The folder of what is in files, in the data folder.
pub(super) const FILES: &str = "files";

/// The file in a laid out folder that tells what it was laid out from. Hidden, so that the engine passes it over.
const MARK: &str = ".version";

/// The day of a work whose server had no clock.
const NO_DAY: &str = "2015-01-01";

/// What is in a file of the folder.
#[derive(Debug)]
pub(super) enum Content {
    Text(String),
    /// What lies in a file already.
    At(PathBuf),
}

/// Files below the folder, by path.
pub(super) type Files = BTreeMap<String, Content>;

/// The files of a version before it is published.
pub(super) fn of(data: &Path, submission: &Submission, version: &NewWork) -> Files {
    files(data, submission.genre, &submission.slug, submission.newest, &version.work, &version.files)
}

/// Makes the folders of what is shown such as these say, and takes away the others. `true` when something was changed.
///
/// # Errors
/// The disk is full or fails; each folder is as it was or as it shall be.
pub(super) fn lay_out(data: &Path, served: &[Served]) -> io::Result<bool> {
    let root = data.join(FOLDER);
    if served.is_empty() && !root.exists() {
        return Ok(false);
    }
    fs::create_dir_all(&root)?;
    let wanted = served.iter().map(|served| served.slug.as_str()).collect::<BTreeSet<_>>();
    let mut changed = false;
    for entry in fs::read_dir(&root)? {
        let entry = entry?;
        if entry.file_name().to_str().is_none_or(|name| !wanted.contains(name)) {
            remove(&entry.path())?;
            changed = true;
        }
    }
    for one in served {
        let files = files(data, one.genre, &one.slug, one.number, &one.work, &one.files);
        changed |= lay(&root, &files, &one.slug)?;
    }
    sync(&root)?;
    Ok(changed)
}

/// Makes the folder `slug` in `root` hold these files, in one step. `false` when it does already.
pub(super) fn lay(root: &Path, files: &Files, slug: &str) -> io::Result<bool> {
    let mark = mark(files);
    let place = root.join(slug);
    if fs::read_to_string(place.join(MARK)).is_ok_and(|known| known == mark) {
        return Ok(false);
    }
    let (half, old) = (root.join(format!(".{slug}.part")), root.join(format!(".{slug}.old")));
    remove(&half)?;
    remove(&old)?;
    fs::create_dir_all(&half)?;
    let mut folders = BTreeSet::from([half.clone()]);
    for (path, content) in files {
        let path = half.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
            folders.insert(folder.to_owned());
        }
        match content {
            Content::Text(text) => write(&path, text)?,
            Content::At(from) => link(from, &path)?,
        }
    }
    write(&half.join(MARK), &mark)?;
    for folder in folders.iter().rev() {
        sync(folder)?;
    }
    fault::here("workshop-written")?;
    if place.exists() {
        fs::rename(&place, &old)?;
    }
    fault::here("workshop-aside")?;
    fs::rename(&half, &place)?;
    fault::here("workshop-placed")?;
    sync(root)?;
    remove(&old)?;
    Ok(true)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)?;
    File::open(path)?.sync_all()
}

/// The same file under another name; a copy where the file system has no second names.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    File::open(to)?.sync_all()
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// What distinguishes these files from others.
fn mark(files: &Files) -> String {
    let mut all = String::new();
    for (path, content) in files {
        let (sort, what) = match content {
            Content::Text(text) => ("text", text.clone()),
            Content::At(from) => ("file", from.display().to_string()),
        };
        let _ = write!(all, "{path}\0{sort}\0{}\0{what}\0", what.len());
    }
    digest::short_hash(all.as_bytes())
}

fn files(data: &Path, genre: Genre, slug: &str, number: u32, work: &Work, kept: &[StoredFile]) -> Files {
    let mut files = Files::new();
    match genre {
        Genre::Quiz | Genre::Story => {
            files.insert("lesson.toml".to_owned(), Content::Text(lesson(genre, slug, number, work)));
            let (name, activity) =
                if genre == Genre::Quiz { ("quiz.gift", "::quiz") } else { ("story.twee", "::story") };
            for (lang, body) in work.body.0.iter().filter(|(_, body)| !body.trim().is_empty()) {
                let title = work.title.get(*lang).map_or_else(|| work.title_in(*lang), String::as_str);
                let screen =
                    format!("## {}\n\n{}\n\n{activity}\n", plain(title), plain(summary(work, *lang)));
                files.insert(format!("{lang}/lesson.md"), Content::Text(screen));
                files.insert(format!("{lang}/{name}"), Content::Text(body.replace("\r\n", "\n")));
            }
        }
        Genre::Article | Genre::Plan => {
            files.insert(
                format!("{slug}.toml"),
                Content::Text(sidecar(genre, Some(slug), number, work, None)),
            );
            for (lang, body) in work.body.0.iter().filter(|(_, body)| !body.trim().is_empty()) {
                // With a heading before it, whatever a text begins with is read as Markdown.
                let text = format!("# {}\n\n{}\n", plain(work.title_in(*lang)), body.replace("\r\n", "\n"));
                files.insert(format!("{slug}.{lang}.md"), Content::Text(text));
            }
        }
        Genre::File => {
            let alone = kept.len() == 1;
            for file in kept {
                let own = alone.then_some(slug);
                // Of several files each is called as its file is.
                let title = (!alone).then(|| stem(&file.name));
                let about = sidecar(genre, own, number, work, title);
                let name = free(&files, &file.name, slug);
                files.insert(format!("{name}.toml"), Content::Text(about));
                files.insert(name, Content::At(stored(data, &file.hash)));
            }
        }
    }
    files
}

/// Where the content of a file lies.
fn stored(data: &Path, hash: &str) -> PathBuf {
    let (first, _) = hash.split_at_checked(2).unwrap_or(("", ""));
    data.join(FILES).join(first).join(hash)
}

/// A name that nothing in the folder has and the engine does not pass over.
fn free(files: &Files, name: &str, slug: &str) -> String {
    let reserved = ["README", "LEEME", "lesson", "recursos", "resources", "lista"];
    let taken = |name: &str| files.contains_key(name) || files.keys().any(|path| stem(path) == stem(name));
    let good = !reserved.contains(&stem(name))
        && !name.starts_with(['.', '~'])
        && Path::new(name).extension().is_none_or(|ending| ending != "toml");
    if good && !taken(name) {
        return name.to_owned();
    }
    let mut number = 1;
    loop {
        let other = format!("{slug}-{number}-{}", name.trim_start_matches(['.', '~']));
        if !taken(&other) {
            return other;
        }
        number += 1;
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn summary(work: &Work, lang: Lang) -> &str {
    work.summary.best(lang).map_or("", |(_, text)| text)
}

/// A line of text in Markdown that is shown as it was typed.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A value as TOML writes it: its strings are those of JSON.
fn value<T: Serialize + ?Sized>(value: &T) -> String {
    // DEL is the one letter that JSON leaves as it is and TOML does not.
    serde_json::to_string(value).unwrap_or_default().replace('\u{7f}', "\\u007f")
}

fn line<T: Serialize + ?Sized>(out: &mut String, key: &str, said: &T) {
    let _ = writeln!(out, "{key} = {}", value(said));
}

/// A text for each language.
fn localized(out: &mut String, key: &str, texts: &Localized<String>) {
    let filled = texts.0.iter().filter(|(_, text)| !text.trim().is_empty());
    let each = filled.map(|(lang, text)| format!("{lang} = {}", value(text.trim()))).collect::<Vec<_>>();
    if !each.is_empty() {
        let _ = writeln!(out, "{key} = {{ {} }}", each.join(", "));
    }
}

/// What lesson and sidecar say with the same words.
fn common(out: &mut String, number: u32, work: &Work) {
    line(out, "levels", &work.levels);
    line(out, "grades", &work.grades);
    line(out, "areas", &work.areas);
    line(out, "themes", &work.themes);
    line(out, "audience", &work.audience);
    line(out, "duration", &work.duration);
    line(out, "licence", &work.licence);
    line(out, "accessibility", &work.accessibility);
    line(out, "version", &format!("{number}.0.0"));
    let day = work.day.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
    let _ = writeln!(out, "modified = {day}");
    let based = work
        .based_on
        .iter()
        .map(|from| format!("{{ title = {}, licence = {} }}", value(&from.title), value(&from.licence)));
    let _ = writeln!(out, "based_on = [{}]", based.collect::<Vec<_>>().join(", "));
}

fn lesson(genre: Genre, slug: &str, number: u32, work: &Work) -> String {
    let mut out = String::new();
    line(&mut out, "id", slug);
    line(&mut out, "kind", genre.kind().unwrap_or_default());
    common(&mut out, number, work);
    line(&mut out, "mode", &work.mode.as_ref().map_or("laptop", |mode| mode.as_str()));
    let authors = work.authors.iter().map(|name| format!("{{ name = {}, role = \"autor\" }}", value(name)));
    let _ = writeln!(out, "authors = [{}]", authors.collect::<Vec<_>>().join(", "));
    line(&mut out, "status", "publicado");
    localized(&mut out, "title", &work.title);
    localized(&mut out, "summary", &work.summary);
    let _ = writeln!(out, "objectives = {{ es = {} }}", value(&work.objectives));
    let other = work.body.0.iter().filter(|(lang, body)| **lang != Lang::ES && !body.trim().is_empty());
    let state = |(lang, _)| format!("{lang} = {{ state = \"draft\" }}");
    let states = std::iter::once("es = { state = \"original\" }".to_owned()).chain(other.map(state));
    let _ = writeln!(out, "translation = {{ {} }}", states.collect::<Vec<_>>().join(", "));
    out
}

fn sidecar(genre: Genre, id: Option<&str>, number: u32, work: &Work, title: Option<&str>) -> String {
    let mut out = String::new();
    if let Some(id) = id {
        line(&mut out, "id", id);
    }
    match genre.kind() {
        Some(kind) => line(&mut out, "kind", kind),
        None => line(&mut out, "kind", &work.kind.as_ref().map_or("documento", |kind| kind.as_str())),
    }
    common(&mut out, number, work);
    if let Some(mode) = &work.mode {
        line(&mut out, "mode", mode);
    }
    let langs = work.spoken();
    line(&mut out, "langs", &langs);
    line(&mut out, "authors", &work.authors);
    match title {
        Some(title) => line(&mut out, "title", title),
        None => localized(&mut out, "title", &work.title),
    }
    localized(&mut out, "summary", &work.summary);
    if !work.objectives.is_empty() {
        let lang = langs.first().copied().unwrap_or(Lang::ES);
        let _ = writeln!(out, "objectives = {{ {lang} = {} }}", value(&work.objectives));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{plain, value};

    #[test]
    fn what_a_teacher_types_is_text_and_no_syntax() {
        assert_eq!(plain("# ::quiz\n *x*"), "\\# \\:\\:quiz \\*x\\*");
        assert_eq!(value("a\"b\\\n\u{7f}"), "\"a\\\"b\\\\\\n\\u007f\"");
    }
}
