//! Making a pack of a folder with `pack.toml`, `lessons/`, `resources/` and `locales/`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{
    FOLDERS, PACK, SIGNATURE, SIGNER, SUMS,
    disk::{self, Hashing},
    problem,
    tree::Tree,
    verify,
};
use crate::{
    content::{self, Source, materials},
    domain::{
        finding::{Finding, Problem, Severity},
        lang::Lang,
        pack::Pack,
        resource::Meta,
    },
    formats::{
        metadata::{CrateItem, Described, RO_CRATE, ro_crate},
        minisign::SecretKey,
        sums::{self, Sums},
    },
};

/// Who signs a pack.
#[derive(Debug)]
pub struct Signing {
    /// With this key.
    pub key: SecretKey,
    /// Under this name.
    pub name: String,
}

/// Makes a pack inside a folder; gives where it is, and what authors could mend.
///
/// # Errors
/// What keeps the pack from being made: mistakes in `pack.toml` or in a lesson, a name no stick can hold, a pack of this
/// version that is there already, the disk.
pub fn build(
    from: &Path,
    into: &Path,
    signing: Option<&Signing>,
) -> Result<(PathBuf, Vec<Problem>), Vec<Problem>> {
    let whole = |finding| vec![problem("", finding)];
    let mut tree = Tree::open(from).map_err(whole)?;
    let mut problems = Vec::new();
    let mut files = tree.files(&mut problems);
    let ours = |file: &str| file == PACK || FOLDERS.iter().any(|folder| below(file, folder));
    files.retain(|file, _| ours(file));
    for file in files.keys() {
        problems.extend(sums::good_path(file).err().map(|finding| problem(file, finding)));
    }
    let pack = match verify::pack(&mut tree) {
        Ok(pack) => Some(pack),
        Err(finding) => {
            problems.push(problem(PACK, finding));
            None
        }
    };
    let described =
        pack.as_ref().map(|pack| describe(from, pack.published, &mut problems)).unwrap_or_default();
    let bad = problems.iter().any(|problem| problem.finding.severity == Severity::Error);
    let Some(pack) = pack.filter(|_| !bad) else { return Err(problems) };
    let to = into.join(pack.folder());
    if to.exists() {
        return Err(whole(Finding::error_of_whole("check-pack-exists").with("folder", pack.folder())));
    }
    let aside = into.join(format!(".{}.part", pack.folder()));
    fs::remove_dir_all(&aside).ok();
    let mut sums = Sums::new();
    let mut work = || {
        for (file, bytes) in &files {
            let copy = |out: &mut Hashing<File>| tree.copy(file, *bytes, out);
            add(&aside, file, &mut sums, copy)?;
        }
        let text = json(&pack, &described, &files);
        add_text(&aside, RO_CRATE, &text, &mut sums)?;
        if let Some(signing) = signing {
            add_text(&aside, SIGNER, &signing.key.public().file(&signing.name), &mut sums)?;
        }
        let text = sums::write(&sums);
        // Their own sums are not in the sums.
        let mut beside = Sums::new();
        add_text(&aside, SUMS, &text, &mut beside)?;
        if let Some(signing) = signing {
            let comment = format!("{} {}", pack.folder(), signing.name);
            let signature = signing.key.sign(text.as_bytes(), &comment);
            add_text(&aside, SIGNATURE, &signature, &mut beside)?;
        }
        let renamed = fs::rename(&aside, &to).and_then(|()| disk::sync_folder(into));
        renamed.map_err(|error| problem("", disk::told(&error)))
    };
    match work() {
        Ok(()) => Ok((to, problems)),
        Err(problem) => {
            fs::remove_dir_all(&aside).ok();
            Err(vec![problem])
        }
    }
}

fn below(file: &str, folder: &str) -> bool {
    file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn add_text(root: &Path, file: &str, text: &str, sums: &mut Sums) -> Result<(), Problem> {
    let write = |out: &mut Hashing<File>| out.write_all(text.as_bytes()).map_err(|error| disk::told(&error));
    add(root, file, sums, write)
}

fn add(
    root: &Path,
    file: &str,
    sums: &mut Sums,
    write: impl FnOnce(&mut Hashing<File>) -> Result<(), Finding>,
) -> Result<(), Problem> {
    let to = root.join(file);
    let made = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| File::create(&to));
    let written = made.map_err(|error| disk::told(&error)).and_then(|out| {
        let mut out = Hashing::new(out);
        write(&mut out)?;
        let (out, sum) = out.finish();
        out.sync_all().map_err(|error| disk::told(&error))?;
        Ok(sum)
    });
    sums.insert(file.to_owned(), written.map_err(|finding| problem(file, finding))?);
    Ok(())
}

/// What is known of the lessons and resources, by their path in the pack.
pub(super) fn describe(
    from: &Path,
    day: jiff::civil::Date,
    problems: &mut Vec<Problem>,
) -> Vec<(String, Meta)> {
    let mut described = Vec::new();
    let (lessons, resources) = (from.join("lessons"), from.join("resources"));
    let mut sources = vec![Source::embedded()];
    sources.extend(lessons.is_dir().then(|| Source::folder(&lessons)));
    let (library, found) = content::load(&sources, day);
    // What is wrong with the program's own is not this author's.
    let here = found.into_iter().filter(|each| lessons.join(&each.file).exists());
    problems.extend(here.map(|each| Problem { file: format!("lessons/{}", each.file), ..each }));
    let ours = library.lessons().filter(|lesson| lessons.join(lesson.meta.id.as_str()).is_dir());
    described.extend(ours.map(|lesson| (format!("lessons/{}/", lesson.meta.id), lesson.meta.clone())));
    if resources.is_dir() {
        let source = [Source::folder(&resources)];
        let mut survey = materials::survey(&source, library.vocabulary(), BTreeSet::new());
        let mut found = std::mem::take(&mut survey.problems);
        for at in 0..survey.len() {
            let Some(reading) = survey.read(at, &source, &mut found) else { continue };
            let path = reading.material.main(Lang::ES).map(|file| format!("resources/{}", file.path));
            described.extend(path.map(|path| (path, reading.material.meta)));
        }
        problems.extend(
            found.into_iter().map(|each| Problem { file: format!("resources/{}", each.file), ..each }),
        );
    }
    described
}

fn json(pack: &Pack, described: &[(String, Meta)], files: &BTreeMap<String, u64>) -> String {
    let langs: Vec<Vec<Lang>> =
        described.iter().map(|(_, meta)| meta.translation.0.keys().copied().collect()).collect();
    let items = described.iter().zip(&langs).map(|((path, meta), langs)| CrateItem {
        path: path.clone(),
        described: Described { meta, langs, files: &[] },
    });
    let items: Vec<_> = items.collect();
    ro_crate(pack, &items, files.iter().map(|(file, bytes)| (file.as_str(), *bytes)))
}
