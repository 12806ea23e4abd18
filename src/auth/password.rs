//! Passwords: what makes a good one, and their hashes (Argon2id, PHC strings).
//!
//! One hash is made at a time: it fills 7 MiB, and on an old laptop that is what there is. How often it goes over them is
//! measured on the machine once, so that a hash takes about a second there.

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};

use crate::clock::Clock;

/// Memory of one hash, in KiB: the least that OWASP's list of settings knows.
const MEMORY: u32 = 7 * 1024;

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
    let hashed = hasher(passes)?.hash_password(password.as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(|error| HashError(error.to_string()))
}

/// Whether the password is the one that was hashed. The same time is needed whether or not.
pub fn verify(password: &str, hash: &str) -> bool {
    if password.len() > MOST_BYTES {
        return false;
    }
    hasher(LEAST_PASSES).is_ok_and(|hasher| hasher.verify_password(password.as_bytes(), hash).is_ok())
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
    let params = Params::new(MEMORY, passes, 1, None).map_err(|error| HashError(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
