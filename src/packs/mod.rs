//! Packs: bundles of lessons and resources that travel on a stick. A pack is a folder, or one ZIP of it, that outside tools
//! can check: `SHA256SUMS`, its minisign signature, RO-Crate metadata.
//!
//! Lives here: [`build`], [`gather`], [`sign`], [`verify`], [`list`], [`import`], [`remove`], which are [`installed`], whose signature counts ([`Keys`]), the school's own key. Does
//! not: the formats themselves (`formats`), what lessons mean (`content`), asking a person (`cli`, `web`).

mod build;
mod disk;
mod gather;
mod import;
mod installed;
mod keys;
mod own;
mod remove;
mod sign;
mod tree;
mod verify;

pub use build::{Signing, build};
pub use gather::{Made, Naming, gather};
pub use import::{Imported, Options, Progress, Refusal, import};
pub use installed::{Installed, installed};
pub use keys::{Keys, Standing};
pub use own::{make_own_key, own_signing};
pub use remove::{remove, room};
pub use sign::sign;
pub use verify::{Listed, Signer, Verdict, list, verify};

use crate::domain::finding::{Finding, Problem};

/// The description in a pack.
const PACK: &str = "pack.toml";
/// The sums of all its files but itself and its signature.
const SUMS: &str = "SHA256SUMS";
/// The signature of the sums.
const SIGNATURE: &str = "SHA256SUMS.minisig";
/// The public key of who signed.
const SIGNER: &str = "signer.pub";
/// What a pack is made of, beside its descriptions.
const FOLDERS: [&str; 3] = ["lessons", "resources", "locales"];

/// A finding in a file of a pack.
fn problem(file: &str, finding: Finding) -> Problem {
    Problem { file: file.to_owned(), finding }
}
