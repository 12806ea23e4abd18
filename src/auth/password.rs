//! Passwords: what makes a good one, and their hashes (Argon2id, PHC strings).
//!
//! One hash is made at a time: it fills 7 MiB, and on an old laptop that is what there is. How often it goes over them is
//! measured on the machine once, so that a hash takes about a second there.

use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, PasswordHash, Version,
    password_hash::phc::{Output, ParamsString, Salt},
};

use super::token;
use crate::clock::Clock;

/// Memory of one hash, in KiB: the least that OWASP's list of settings knows.
const MEMORY: u32 = 7 * 1024;

/// What is larger than this is no part of any heap (`M_MMAP_THRESHOLD` of glibc goes up to 32 MiB), in bytes.
const GIVEN_BACK: usize = 33 << 20;

/// Fewest passes over it: OWASP's number for this memory.
pub const LEAST_PASSES: u32 = 5;

/// Most passes that are ever asked for: on no machine does anybody wait longer than some seconds.
pub const MOST_PASSES: u32 = 2_000;

/// Fewest characters of a password.
pub const LEAST_CHARACTERS: usize = 10;

/// Most bytes of one: more is no password but an attempt to keep the machine busy.
const MOST_BYTES: usize = 1024;

/// Passwords of ten characters and more that people take first, one a line, in small letters.
const COMMON: &str = include_str!("common.txt");

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer than [`LEAST_CHARACTERS`].
    #[error("the password is too short")]
    Short,
    /// Longer than any password.
    #[error("the password is too long")]
    Long,
    /// Among the first that anybody tries, or made of the person's own name.
    #[error("the password is easy to guess")]
    Guessable,
    /// The second time it was typed otherwise.
    #[error("the two are not the same")]
    Differs,
}

/// The program cannot hash: no memory or no random numbers.
#[derive(Debug, thiserror::Error)]
#[error("the password cannot be hashed: {0}")]
pub struct HashError(String);

impl From<argon2::Error> for HashError {
    fn from(error: argon2::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<argon2::password_hash::Error> for HashError {
    fn from(error: argon2::password_hash::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<argon2::password_hash::phc::Error> for HashError {
    fn from(error: argon2::password_hash::phc::Error) -> Self {
        Self(error.to_string())
    }
}

/// Looks at a password that somebody wants, typed twice. `names` are those of the person: login, name, school.
pub fn judge(password: &str, again: &str, names: &[&str]) -> Result<(), Weak> {
    let small = password.to_lowercase();
    let characters = small.chars().count();
    if characters < LEAST_CHARACTERS {
        return Err(Weak::Short);
    }
    if password.len() > MOST_BYTES {
        return Err(Weak::Long);
    }
    // What is left when a name is taken out must be a password's worth by itself.
    let beside = |name: &str| {
        let name = name.trim().to_lowercase();
        let rest = if name.chars().count() < 3 { small.clone() } else { small.replace(&name, "") };
        rest.chars().count()
    };
    let named = names.iter().flat_map(|name| name.split_whitespace()).any(|name| beside(name) < 6);
    let mut distinct = small.chars().collect::<Vec<_>>();
    distinct.sort_unstable();
    distinct.dedup();
    let common = COMMON.lines().any(|line| line == small);
    if named || distinct.len() < 5 || common {
        return Err(Weak::Guessable);
    }
    if password == again { Ok(()) } else { Err(Weak::Differs) }
}

/// Hashes a password with a salt of its own.
pub fn hash(password: &str, passes: u32) -> Result<String, HashError> {
    let hasher = hasher(passes)?;
    let salt = Salt::new(&token::salt().map_err(|error| HashError(error.to_string()))?)?;
    let hash = fill(&hasher, password, &salt)?;
    let hash = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(hasher.params())?,
        salt: Some(salt),
        hash: Some(hash),
    };
    Ok(hash.to_string())
}

/// Whether the password is the one that was hashed. The same time is needed whether or not.
pub fn verify(password: &str, hash: &str) -> bool {
    let same = || -> Result<bool, HashError> {
        let known = PasswordHash::new(hash)?;
        let params = Params::try_from(&known)?;
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let (Some(salt), Some(known)) = (known.salt, known.hash) else { return Ok(false) };
        // Compared in a time that does not tell where they differ.
        Ok(fill(&hasher, password, &salt)? == known)
    };
    password.len() <= MOST_BYTES && same().unwrap_or(false)
}

/// The hash itself. More memory is asked for than is filled: what is larger than 32 MiB the allocator maps for itself and
/// gives back whole, while 7 MiB would stay with each thread that ever made a hash.
fn fill(hasher: &Argon2<'_>, password: &str, salt: &Salt) -> Result<Output, HashError> {
    let mut memory = Vec::with_capacity(GIVEN_BACK / Block::SIZE);
    memory.resize(hasher.params().block_count(), Block::new());
    let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
    hasher.hash_password_into_with_memory(password.as_bytes(), salt, &mut out, &mut memory)?;
    Ok(Output::new(&out)?)
}

/// Whether a hash was made at another cost than this.
pub fn is_of_another_cost(hash: &str, passes: u32) -> bool {
    !hash.contains(&format!("m={MEMORY},t={passes},p=1"))
}

/// How many passes take about a second on this machine.
pub fn calibrate(clock: &Clock) -> Result<u32, HashError> {
    let started = clock.instant();
    hash("amauta", LEAST_PASSES)?;
    let took = clock.instant().saturating_duration_since(started).as_micros();
    // A clock that stands still measures nothing.
    let passes = (u128::from(LEAST_PASSES) * 1_000_000).checked_div(took).unwrap_or_default();
    Ok(u32::try_from(passes).unwrap_or(MOST_PASSES).clamp(LEAST_PASSES, MOST_PASSES))
}

fn hasher(passes: u32) -> Result<Argon2<'static>, HashError> {
    let passes = passes.clamp(LEAST_PASSES, MOST_PASSES);
    let params = Params::new(MEMORY, passes, 1, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_of_its_password_alone_and_of_the_form_that_others_read() {
        let made = hash("tres llamas verdes", LEAST_PASSES).unwrap();
        assert!(made.starts_with("$argon2id$v=19$m=7168,t=5,p=1$"), "{made}");
        assert!(verify("tres llamas verdes", &made) && !verify("tres llamas rojas", &made));
        assert_ne!(made, hash("tres llamas verdes", LEAST_PASSES).unwrap(), "each has a salt of its own");
        // Made by the reference program: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1
        let other = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert!(verify("password", other) && !verify("Password", other));
        for broken in ["", "x", "$argon2id$v=19$m=7168,t=5,p=1$", "$argon2id$v=19$m=7168,t=5,p=1$c29tZXNhbHQ"]
        {
            assert!(!verify("", broken) && !verify("x", broken), "{broken}");
        }
    }
}
