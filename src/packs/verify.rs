//! What can be said of a pack without trusting it: whether it is whole, who signed it, whether this program can read it.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{PACK, SIGNATURE, SIGNER, SUMS, disk::Hashing, problem, tree::Tree};
use crate::{
    content::read_toml,
    domain::{
        finding::{Finding, Problem},
        lang::Lang,
        pack::{Pack, Version},
    },
    formats::{
        minisign::{self, PublicKey, Signature},
        sums::{self, Sums},
    },
};

/// Most bytes of `pack.toml`.
const MAX_PACK: u64 = 64 * 1024;

/// Who signed a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The key. That the signature is of this key was checked; whose key it is was not.
    pub key: PublicKey,
    /// What the pack says of whose it is.
    pub name: String,
}

/// What was found in a pack.
#[derive(Debug, Default)]
pub struct Verdict {
    /// What it says of itself, when that can be read.
    pub pack: Option<Pack>,
    /// Who signed it; `None` when nobody did, or when the signature is wrong, which is a problem too.
    pub signer: Option<Signer>,
    /// Everything that is wrong: empty for a sound pack.
    pub problems: Vec<Problem>,
    /// How many files `SHA256SUMS` names.
    pub files: usize,
    /// Bytes of the files that are there.
    pub bytes: u64,
}

/// A pack found on a stick.
#[derive(Debug)]
pub struct Listed {
    /// Its folder or ZIP.
    pub path: PathBuf,
    /// What was found; its files were counted and not read.
    pub verdict: Verdict,
}

/// Reads every file of a pack.
pub fn verify(path: &Path) -> Verdict {
    match Tree::open(path) {
        Ok(mut tree) => Opened::new(&mut tree).whole(&mut tree),
        Err(finding) => Verdict { problems: vec![problem("", finding)], ..Verdict::default() },
    }
}

/// The packs at a place: the place itself, or those side by side in it, sorted. Their files are not read.
///
/// # Errors
/// The folder cannot be read.
pub fn list(path: &Path) -> io::Result<Vec<Listed>> {
    let is_pack = |path: &Path| {
        let zip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        path.join(PACK).is_file() || (zip && path.is_file())
    };
    let mut paths = Vec::new();
    if is_pack(path) {
        paths.push(path.to_owned());
    } else {
        let inside = fs::read_dir(path)?.flatten().map(|entry| entry.path());
        paths.extend(inside.filter(|path| is_pack(path)));
        paths.sort_unstable();
    }
    let listed = paths.into_iter().map(|path| {
        let verdict = match Tree::open(&path) {
            Ok(mut tree) => Opened::new(&mut tree).verdict,
            Err(finding) => Verdict { problems: vec![problem("", finding)], ..Verdict::default() },
        };
        Listed { path, verdict }
    });
    Ok(listed.collect())
}

/// A pack of which everything but its lessons and resources was read.
pub(super) struct Opened {
    pub(super) verdict: Verdict,
    pub(super) sums: Sums,
    pub(super) files: BTreeMap<String, u64>,
    /// SHA-256 of `SHA256SUMS`: two packs of one are the same.
    pub(super) hash: [u8; 32],
}

#[derive(Deserialize)]
struct Needs {
    needs: Version,
}

impl Opened {
    pub(super) fn new(tree: &mut Tree) -> Self {
        let mut problems = Vec::new();
        let files = tree.files(&mut problems);
        let mut opened = Self { verdict: Verdict::default(), sums: Sums::new(), files, hash: [0; 32] };
        opened.verdict.problems = problems;
        match pack(tree) {
            Ok(pack) => opened.verdict.pack = Some(pack),
            Err(finding) => {
                // The rules of a later program are not ours to judge by.
                let newer = finding.id == "check-pack-newer";
                opened.verdict.problems.push(problem(PACK, finding));
                if newer {
                    return opened;
                }
            }
        }
        if !opened.files.contains_key(SUMS) {
            opened.verdict.problems.push(problem(SUMS, Finding::error_of_whole("check-pack-missing")));
            return opened;
        }
        let text = match tree.text(SUMS, sums::MAX_BYTES) {
            Ok(text) => text,
            Err(finding) => {
                opened.verdict.problems.push(problem(SUMS, finding));
                return opened;
            }
        };
        opened.hash = Sha256::digest(&text).into();
        match sums::read(&text) {
            Ok(sums) => opened.sums = sums,
            Err(finding) => opened.verdict.problems.push(problem(SUMS, finding)),
        }
        match opened.signer(tree, text.as_bytes()) {
            Ok(signer) => opened.verdict.signer = signer,
            Err((file, finding)) => opened.verdict.problems.push(problem(file, finding)),
        }
        opened.verdict.files = opened.sums.len();
        opened.verdict.bytes = opened.files.values().fold(0, |all, bytes| all.saturating_add(*bytes));
        opened.names();
        opened
    }

    /// Files that are missing, and files that nobody vouches for.
    fn names(&mut self) {
        for file in self.sums.keys().filter(|file| !self.files.contains_key(*file)) {
            self.verdict.problems.push(problem(file, Finding::error_of_whole("check-pack-missing")));
        }
        let beside = |file: &str| file == SUMS || file == SIGNATURE;
        for file in self.files.keys().filter(|file| !beside(file) && !self.sums.contains_key(*file)) {
            self.verdict.problems.push(problem(file, Finding::error_of_whole("check-pack-unlisted")));
        }
    }

    fn signer(&self, tree: &mut Tree, sums: &[u8]) -> Result<Option<Signer>, (&'static str, Finding)> {
        if !self.files.contains_key(SIGNATURE) {
            // Whoever takes the signature away cannot take away that there was one.
            if self.sums.contains_key(SIGNER) {
                return Err((SIGNATURE, Finding::error_of_whole("check-pack-missing")));
            }
            return Ok(None);
        }
        let text = tree.text(SIGNER, minisign::MAX_BYTES).map_err(|finding| (SIGNER, finding))?;
        let key = PublicKey::parse(&text).map_err(|finding| (SIGNER, finding))?;
        let signature = tree.text(SIGNATURE, minisign::MAX_BYTES);
        let signature = signature.and_then(|text| Signature::parse(&text));
        signature
            .and_then(|signature| key.verify(sums, &signature))
            .map_err(|finding| (SIGNATURE, finding))?;
        let name = text.lines().next().and_then(|line| line.split_once(": ")).map_or("", |(_, name)| name);
        Ok(Some(Signer { key, name: name.chars().filter(|c| !c.is_control()).take(80).collect() }))
    }

    /// Reads all files.
    pub(super) fn whole(mut self, tree: &mut Tree) -> Verdict {
        self.check(tree);
        self.verdict
    }

    pub(super) fn check(&mut self, tree: &mut Tree) {
        for (file, sum) in &self.sums {
            let Some(bytes) = self.files.get(file) else { continue };
            let mut hashing = Hashing::new(io::sink());
            let finding = match tree.copy(file, *bytes, &mut hashing) {
                Ok(()) if hashing.finish().1 == *sum => continue,
                Ok(()) => Finding::error_of_whole("check-pack-changed"),
                Err(finding) => finding,
            };
            self.verdict.problems.push(problem(file, finding));
        }
    }
}

/// What a pack says of itself, if this program is new enough to know.
pub(super) fn pack(tree: &mut Tree) -> Result<Pack, Finding> {
    let text = tree.text(PACK, MAX_PACK)?;
    let ours: Version =
        env!("CARGO_PKG_VERSION").parse().map_err(|_| Finding::error_of_whole("check-toml-syntax"))?;
    let needs = read_toml::<Needs>(&text)?.needs;
    if needs > ours {
        return Err(Finding::error_of_whole("check-pack-newer").with("needs", needs).with("ours", ours));
    }
    let pack: Pack = read_toml(&text)?;
    if pack.title.get(Lang::ES).is_none_or(|title| title.trim().is_empty()) {
        return Err(Finding::error_of_whole("check-meta-no-spanish").with("field", "title"));
    }
    Ok(pack)
}
