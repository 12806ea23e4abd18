//! Signing a pack that was made already: by somebody who has looked at it and answers for it from now on.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{SIGNATURE, SIGNER, SUMS, Signing, disk, problem, tree::Tree, verify};
use crate::{
    domain::finding::Problem,
    formats::sums::{self, Sums},
};

/// Signs a pack that is a folder; whoever signed it before no longer does.
///
/// # Errors
/// It is not whole, save for its signature, or the disk. A ZIP is signed before it is packed.
pub fn sign(pack: &Path, signing: &Signing) -> Result<(), Vec<Problem>> {
    let whole = |finding| vec![problem("", finding)];
    let verdict = verify::verify(pack);
    let ours = |each: &Problem| each.file == SIGNER || each.file == SIGNATURE;
    let wrong: Vec<Problem> = verdict.problems.into_iter().filter(|each| !ours(each)).collect();
    let Some(about) = verdict.pack.filter(|_| wrong.is_empty()) else { return Err(wrong) };
    let mut tree = Tree::open(pack).map_err(whole)?;
    let text = tree.text(SUMS, sums::MAX_BYTES).map_err(whole)?;
    let mut sums: Sums = sums::read(&text).map_err(whole)?;
    let key = signing.key.public().file(&signing.name);
    sums.insert(SIGNER.to_owned(), Sha256::digest(key.as_bytes()).into());
    let text = sums::write(&sums);
    let signature = signing.key.sign(text.as_bytes(), &format!("{} {}", about.folder(), signing.name));
    for (file, text) in [(SIGNER, &key), (SUMS, &text), (SIGNATURE, &signature)] {
        disk::replace(&pack.join(file), text).map_err(|error| vec![problem(file, disk::told(&error))])?;
    }
    Ok(())
}
