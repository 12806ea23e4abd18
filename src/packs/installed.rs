//! The packs of a school: `packs/<name>/current` names the folder beside it that is served. Whatever else lies there is an
//! older version, or what an import left that was killed.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{Keys, PACK, SIGNER, SUMS, keys, problem, tree::Tree, verify};
use crate::{
    content::{Source, read_toml},
    domain::{
        finding::{Finding, Problem},
        id::Slug,
        lang::Lang,
        pack::{Pack, Version},
    },
    formats::{
        minisign::{self, PublicKey},
        sums::{self, Sums},
    },
    i18n,
};

/// The folder of packs below the data folder.
pub(super) const PACKS: &str = "packs";
/// The file that names the version that is served.
pub(super) const CURRENT: &str = "current";

/// A pack that is served.
#[derive(Debug)]
pub struct Installed {
    /// What it says of itself.
    pub pack: Pack,
    /// Its folder.
    pub root: PathBuf,
    /// Whether somebody this school trusts answers for it: only then may it replace lessons of the program.
    pub vouched: bool,
}

/// The public key that lies in a pack: its signature was checked when it came.
fn signer(root: &Path) -> Option<PublicKey> {
    let mut tree = Tree::Folder(root.to_owned());
    PublicKey::parse(&tree.text(SIGNER, minisign::MAX_BYTES).ok()?).ok()
}

impl Installed {
    /// Its lessons and its resources, as content is laid in layers.
    pub fn sources(&self) -> Vec<Source> {
        let folders = ["lessons", "resources"].map(|folder| self.root.join(folder));
        let make = |folder| if self.vouched { Source::folder(folder) } else { Source::guest(folder) };
        folders.into_iter().filter(|folder| folder.is_dir()).map(make).collect()
    }

    /// Texts that it brings, for languages of its own or of the program; what is wrong with them. What nobody trusted answers
    /// for adds languages and changes none of the program's.
    pub fn texts(&self) -> (Vec<i18n::Source>, Vec<Problem>) {
        let (mut texts, mut problems) = i18n::folder(&self.root.join("locales"));
        for problem in &mut problems {
            problem.file = format!("{}/locales/{}", self.pack.folder(), problem.file);
        }
        if !self.vouched {
            let ours = [Lang::ES, Lang::QU];
            for lang in ours.into_iter().filter(|lang| texts.iter().any(|text| text.lang == *lang)) {
                let left = Finding::warning_of_whole("check-pack-guest-texts").with("lang", lang);
                problems.push(problem(&format!("{}/locales/{lang}", self.pack.folder()), left));
            }
            texts.retain(|text| !ours.contains(&text.lang));
        }
        for text in &mut texts {
            text.file = format!("{}/locales/{}", self.pack.folder(), text.file);
        }
        (texts, problems)
    }
}

/// What `current` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Current {
    pub(super) folder: String,
    pub(super) vouched: bool,
    /// A technician took it though its key was revoked by then.
    #[serde(default)]
    pub(super) despite: bool,
}

impl Current {
    /// The version of a pack that is served, if any.
    pub(super) fn read(home: &Path) -> Option<Self> {
        let current: Self = read_toml(&fs::read_to_string(home.join(CURRENT)).ok()?).ok()?;
        (!current.folder.contains(['/', '\\']) && !current.folder.starts_with('.')).then_some(current)
    }

    pub(super) fn text(&self) -> String {
        let despite = if self.despite { "despite = true\n" } else { "" };
        format!("folder = \"{}\"\nvouched = {}\n{despite}", self.folder, self.vouched)
    }
}

/// The sums of a version that was imported.
pub(super) fn sums_of(root: &Path) -> Sums {
    fs::read_to_string(root.join(SUMS)).ok().and_then(|text| sums::read(&text).ok()).unwrap_or_default()
}

/// The newest whole version that lies there, when nothing tells which is served.
fn newest(home: &Path) -> Option<String> {
    let entries = fs::read_dir(home).ok()?.flatten().filter(|entry| entry.path().join(SUMS).is_file());
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let whole = names.filter(|name| Path::new(name).extension().is_none_or(|ending| ending != "part"));
    whole.max_by_key(|name| name.split_once('-').and_then(|(version, _)| version.parse::<Version>().ok()))
}

/// The packs of a school, sorted by name, without those that another replaces; and what is wrong with the rest.
pub fn installed(data: &Path) -> (Vec<Installed>, Vec<Problem>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    // A damaged list withdraws nothing: the lessons go on, and somebody is told.
    let keys = Keys::load(data).unwrap_or_else(|finding| {
        problems.push(problem(keys::FILE, finding));
        Keys::default()
    });
    let homes = fs::read_dir(data.join(PACKS)).into_iter().flatten().flatten().map(|entry| entry.path());
    for home in homes {
        let current = match Current::read(&home) {
            Some(current) => current,
            // None yet: what lies there was never whole.
            None if !home.join(CURRENT).exists() => continue,
            None => {
                let finding = Finding::error_of_whole("check-pack-current");
                problems.push(problem(&home.join(CURRENT).display().to_string(), finding));
                let Some(folder) = newest(&home) else { continue };
                Current { folder, vouched: false, despite: false }
            }
        };
        let root = home.join(&current.folder);
        if !current.despite
            && let Some(key) = signer(&root).filter(|key| keys.has_revoked(key))
        {
            let withdrawn = Finding::error_of_whole("check-pack-withdrawn").with("key", key);
            let shown = root.strip_prefix(data).unwrap_or(&root).display().to_string();
            problems.push(problem(&shown, withdrawn));
            continue;
        }
        match verify::pack(&mut Tree::Folder(root.clone())) {
            Ok(pack) => found.push(Installed { pack, root, vouched: current.vouched }),
            Err(finding) => problems.push(problem(&root.join(PACK).display().to_string(), finding)),
        }
    }
    found.sort_by(|a, b| a.pack.name.cmp(&b.pack.name));
    let replaced: BTreeSet<Slug> = found.iter().flat_map(|each| each.pack.replaces.clone()).collect();
    found.retain(|each| !replaced.contains(&each.pack.name) || each.pack.replaces.contains(&each.pack.name));
    (found, problems)
}
