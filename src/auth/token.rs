//! Random secrets: what a browser holds to be known again, what a form carries, what is read out once from a console.

use sha2::{Digest as _, Sha256};

use crate::digest::hex;

/// The system gives no random numbers.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers: {0}")]
pub struct NoRandom(getrandom::Error);

/// Letters and digits of a code that nobody mistakes for one another when read aloud or by hand.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKMNPQRSTUVWXYZ123456789";

/// Characters of a code: 60 bits.
const CODE: usize = 12;

/// A new secret of 256 bits, in hex.
pub fn secret() -> Result<String, NoRandom> {
    Ok(hex(&random::<32>()?))
}

/// The salt of a hash.
pub fn salt() -> Result<[u8; 16], NoRandom> {
    random()
}

/// A new code to be typed once: twelve characters in three groups.
pub fn code() -> Result<String, NoRandom> {
    let letters = random::<CODE>()?.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
    let groups = letters.chunks(4).map(|group| group.iter().collect::<String>());
    Ok(groups.collect::<Vec<_>>().join("-"))
}

/// A code as it is compared: without what people type between the groups, in capitals, with the letters that look like
/// digits of the code taken for them.
pub fn folded_code(typed: &str) -> String {
    let letters = typed.chars().filter(|letter| letter.is_alphanumeric()).take(2 * CODE);
    let same = |letter: char| match letter.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => 'Q',
        letter => letter,
    };
    letters.map(same).collect()
}

/// SHA-256 of a secret.
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// What a form carries to prove that it was made for the browser that holds the secret.
pub fn for_form(secret: &str) -> String {
    hex(hash(&format!("formulario {secret}")).get(..16).unwrap_or_default())
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
pub fn same(one: &str, other: &str) -> bool {
    hash(one) == hash(other)
}

fn random<const N: usize>() -> Result<[u8; N], NoRandom> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandom)?;
    Ok(bytes)
}
