//! Which files of a folder are one material: files of one name and different endings (`puquio.ogv`, `puquio.webm`, `puquio.vtt`,
//! `puquio.png`), in one or several languages (`zorro.es.md`, `zorro.qu.md`), and what describes them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    content::{
        materials::{
            description::PutAway,
            list::{self, Line},
            sidecar,
            walk::Loose,
        },
        source::Source,
    },
    domain::{
        finding::{Finding, Problem, Severity},
        lang::Lang,
        vocabulary::Vocabulary,
    },
};

/// Files that together are one material.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// The files, in the order of their paths.
    pub(super) files: Vec<Loose>,
    /// What a sidecar or a list says of them.
    pub(super) description: PutAway,
    /// Whether anything is said.
    pub(super) described: bool,
}

/// The materials among the loose files of a source; problems are added.
pub(super) fn groups(
    source: &Source,
    files: Vec<Loose>,
    vocabulary: &Vocabulary,
    problems: &mut Vec<Problem>,
) -> Vec<Group> {
    let mut lists: BTreeMap<String, Line> = BTreeMap::new();
    let mut sidecars: BTreeMap<String, String> = BTreeMap::new();
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let paths = files.iter().map(|file| file.path.clone()).collect::<BTreeSet<_>>();
    for file in files {
        let (folder, name) = split(&file.path);
        if list::NAMES.contains(&name) {
            match source.bytes(&file.path, MAX_LIST) {
                Ok(bytes) => {
                    let (lines, found) = list::read(&bytes, vocabulary);
                    let path = &file.path;
                    problems.extend(found.into_iter().map(|finding| Problem { file: path.clone(), finding }));
                    for (described, line) in list::by_path(folder, lines) {
                        if paths.contains(&described) {
                            lists.insert(described, line);
                        } else {
                            let finding = Finding::warning("check-list-missing-file", line.number, 1);
                            let finding = finding.with("file", &line.file);
                            problems.push(Problem { file: path.clone(), finding });
                        }
                    }
                }
                Err(finding) => problems.push(Problem { file: file.path, finding }),
            }
        } else if let Some(described) = file.path.strip_suffix(".toml") {
            sidecars.insert(described.to_owned(), file.path);
        } else {
            groups.entry(key(&file.path)).or_default().files.push(file);
        }
    }
    for (described, path) in sidecars {
        // `zorro.pdf.toml` names a file, `zorro.toml` what all files of this name have in common.
        let group = groups.get_mut(&described).or(None);
        let group = match group {
            Some(group) => Some(group),
            None if paths.contains(&described) => groups.get_mut(&key(&described)),
            None => None,
        };
        let Some(group) = group else {
            problems.push(Problem { file: path, finding: Finding::warning_of_whole("check-sidecar-alone") });
            continue;
        };
        match source.text(&path).and_then(|text| sidecar::read(&text)) {
            Ok(description) => {
                group.description = description.into();
                group.described = true;
            }
            Err(finding) => {
                let finding = Finding { severity: Severity::Warning, ..finding };
                problems.push(Problem { file: path, finding });
            }
        }
    }
    for (described, line) in lists {
        if let Some(group) = groups.get_mut(&key(&described)).filter(|group| !group.described) {
            group.description = line.description;
            group.described = true;
        }
    }
    groups.into_values().collect()
}

/// Largest list that is read, in bytes.
const MAX_LIST: u64 = 8 << 20;

/// Folder (with `/` at its end) and name of a path.
fn split(path: &str) -> (&str, &str) {
    path.rfind('/').map_or(("", path), |at| path.split_at(at + 1))
}

/// What files of one material have in common: the path without ending and without the mark of a language.
pub(super) fn key(path: &str) -> String {
    let (folder, name) = split(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem =
        stem.rsplit_once('.').filter(|(_, mark)| lang_mark(mark).is_some()).map_or(stem, |(stem, _)| stem);
    format!("{folder}{stem}")
}

/// The language a file's name marks: `zorro.qu.md`.
pub(super) fn lang_of(path: &str) -> Option<Lang> {
    let (_, name) = split(path);
    let (stem, _) = name.rsplit_once('.')?;
    lang_mark(stem.rsplit_once('.')?.1)
}

/// Only the languages that materials are marked with: other endings of two letters mean something else.
fn lang_mark(mark: &str) -> Option<Lang> {
    ["es", "qu", "ay", "en"].contains(&mark).then(|| mark.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::{key, lang_of};
    use crate::domain::lang::Lang;

    #[test]
    fn files_of_one_name_are_one_material() {
        assert_eq!(key("cuentos/zorro.es.md"), "cuentos/zorro");
        assert_eq!(key("cuentos/zorro.qu.vtt"), "cuentos/zorro");
        assert_eq!(key("zorro.pdf"), "zorro");
        assert_ne!(key("a/zorro.pdf"), key("b/zorro.pdf"));
        assert_eq!(lang_of("a/zorro.qu.md"), Some(Lang::QU));
        assert_eq!(lang_of("a.es/zorro.md"), None);
    }
}
