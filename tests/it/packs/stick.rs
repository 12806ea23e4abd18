//! A stick, a school's data folder, and packs made for both.

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use amauta::{
    domain::finding::Problem,
    formats::minisign::SecretKey,
    packs::{self, Imported, Options, Refusal, Signing},
};
use tempfile::TempDir;

use super::fixture;
use crate::support::{files_below, root};

/// The line that `minisign -P` takes, of the key that signs in tests.
pub(super) const KEY: &str = "RWQjBulxl67qmfixDY2ARqXjbCEiPykPLElqjNeTe8I87QoQ5FSRnnD9";

pub(super) struct Stick(TempDir);

impl Stick {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The data folder of a school.
    pub(super) fn data(&self) -> PathBuf {
        self.path().join("datos")
    }

    /// A folder to be made a pack of: the fixture and a lesson, changed as the author likes.
    pub(super) fn source(&self, change: impl FnOnce(&Path)) -> PathBuf {
        let from = self.path().join("fuente");
        fs::remove_dir_all(&from).ok();
        copy(&fixture("cusco"), &from);
        copy(&root().join("tests/fixtures/lessons-ok/mi-turno"), &from.join("lessons/mi-turno"));
        change(&from);
        from
    }

    /// A pack of the fixture.
    pub(super) fn pack(&self, signed: bool) -> PathBuf {
        self.pack_with(signed, |_| ())
    }

    pub(super) fn pack_with(&self, signed: bool, change: impl FnOnce(&Path)) -> PathBuf {
        let from = self.source(change);
        let into = self.path().join("packs");
        fs::create_dir_all(&into).unwrap();
        let (folder, problems) = packs::build(&from, &into, signed.then(signing).as_ref()).unwrap();
        assert_eq!(problems, []);
        folder
    }

    /// A pack that was made.
    pub(super) fn pack_dir(&self, name: &str) -> PathBuf {
        self.path().join("packs").join(name)
    }

    /// Makes the school trust the key of the tests, or no longer.
    pub(super) fn keys(&self, toml: &str) {
        fs::create_dir_all(self.data().join("keys")).unwrap();
        fs::write(self.data().join("keys/keys.toml"), toml.replace("KEY", KEY)).unwrap();
    }

    pub(super) fn import(&self, pack: &Path, trust: bool) -> Result<Imported, Refusal> {
        let options = Options { trust, ..Options::default() };
        packs::import(pack, &self.data(), options, &mut |_| ControlFlow::Continue(()))
    }

    /// Title of what the school has of the pack, and the words of one of its files.
    pub(super) fn served(&self, file: &str) -> Option<String> {
        let (installed, problems) = packs::installed(&self.data());
        assert_eq!(problems, []);
        fs::read_to_string(installed.first()?.root.join(file)).ok()
    }
}

pub(super) fn signing() -> Signing {
    let key = fs::read_to_string(fixture("minisign/escuela.key")).unwrap();
    Signing { key: SecretKey::parse(&key).unwrap(), name: "UGEL Quispicanchi".to_owned() }
}

/// Changes a text file.
pub(super) fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).unwrap();
}

/// Files and ids of problems.
pub(super) fn told(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.file.as_str(), problem.finding.id)).collect()
}

/// The reasons of a refusal.
pub(super) fn reasons(refused: Result<Imported, Refusal>) -> Vec<&'static str> {
    match refused.unwrap_err() {
        Refusal::Problems(problems) => problems.iter().map(|problem| problem.finding.id).collect(),
        Refusal::Stopped => vec!["stopped"],
    }
}

/// A pack as one ZIP, all of it in a folder.
pub(super) fn zipped(pack: &Path) -> Vec<u8> {
    let name = pack.file_name().unwrap().to_str().unwrap();
    let files: Vec<(String, Vec<u8>)> = files_below(pack)
        .into_iter()
        .map(|file| {
            (format!("{name}/{}", file.strip_prefix(pack).unwrap().display()), fs::read(&file).unwrap())
        })
        .collect();
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    crate::formats::archive::zipped(&files)
}

fn copy(from: &Path, to: &Path) {
    for file in files_below(from) {
        let to = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(file, to).unwrap();
    }
}
