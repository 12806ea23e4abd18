//! Keys and signatures as minisign writes them (<https://jedisct1.github.io/minisign/>, «Signature format» and the two
//! about keys): Ed25519 over the BLAKE2b-512 of a file (`ED`), or over the file itself as old versions did (`Ed`). A
//! trusted comment is signed together with the signature.
//!
//! Secret keys with a passphrase are not read: scrypt as minisign uses it takes a gigabyte of memory.

pub(super) mod base64;

use std::fmt;

use blake2::{Blake2b512, Digest as _};
use ed25519_compact as ed25519;

use crate::domain::finding::Finding;

/// Most bytes of a key or a signature that are looked at.
pub const MAX_BYTES: u64 = 8 * 1024;

const UNTRUSTED: &str = "untrusted comment: ";
const TRUSTED: &str = "trusted comment: ";
const PLAIN: [u8; 2] = *b"Ed";
const HASHED: [u8; 2] = *b"ED";

/// What keys are called by; minisign shows it in hex, the last byte first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId([u8; 8]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().rev().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

/// The key that a signature is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    id: KeyId,
    key: [u8; 32],
}

impl PublicKey {
    /// Reads a key: a file of minisign, or the line of it that is passed to `minisign -P`.
    ///
    /// # Errors
    /// `check-key-public`.
    pub fn parse(text: &str) -> Result<Self, Finding> {
        let wrong = || Finding::error_of_whole("check-key-public");
        let line = text.lines().find(|line| !line.starts_with(UNTRUSTED)).ok_or_else(wrong)?;
        let bytes = base64::decode::<42>(line.trim()).ok_or_else(wrong)?;
        let (kind, rest) = bytes.split_first_chunk::<2>().ok_or_else(wrong)?;
        let (id, key) = rest.split_first_chunk::<8>().ok_or_else(wrong)?;
        let key = key.first_chunk::<32>().filter(|_| *kind == PLAIN).ok_or_else(wrong)?;
        Ok(Self { id: KeyId(*id), key: *key })
    }

    /// What it is called by.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The key as a file; the comment says whose it is.
    pub fn file(&self, comment: &str) -> String {
        format!("{UNTRUSTED}{}\n{self}\n", one_line(comment))
    }

    /// Whether the owner of this key signed these bytes.
    ///
    /// # Errors
    /// Signed with another key (`check-signature-other-key`), or not these bytes or this comment
    /// (`check-signature-wrong`).
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), Finding> {
        if signature.id != self.id {
            return Err(Finding::error_of_whole("check-signature-other-key")
                .with("key", self.id)
                .with("other", signature.id));
        }
        let wrong = |_| Finding::error_of_whole("check-signature-wrong");
        let key = ed25519::PublicKey::new(self.key);
        let own = ed25519::Signature::new(signature.own);
        let hash = Blake2b512::digest(message);
        key.verify(if signature.hashed { hash.as_slice() } else { message }, &own).map_err(wrong)?;
        let global = ed25519::Signature::new(signature.global);
        key.verify(sealed(&signature.own, &signature.comment), &global).map_err(wrong)
    }
}

/// The line that is passed to `minisign -P`.
impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64::encode(&[&PLAIN[..], &self.id.0, &self.key].concat()))
    }
}

/// A signature beside a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    hashed: bool,
    id: KeyId,
    own: [u8; 64],
    global: [u8; 64],
    comment: String,
}

impl Signature {
    /// Reads the four lines of a `.minisig`.
    ///
    /// # Errors
    /// `check-signature-format`.
    pub fn parse(text: &str) -> Result<Self, Finding> {
        Self::read(text).ok_or_else(|| Finding::error_of_whole("check-signature-format"))
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|line| line.starts_with(UNTRUSTED))?;
        let bytes = base64::decode::<74>(lines.next()?.trim_end())?;
        let comment = lines.next()?.strip_prefix(TRUSTED)?.trim_end_matches('\r').to_owned();
        let global = base64::decode::<64>(lines.next()?.trim_end())?;
        let (kind, rest) = bytes.split_first_chunk::<2>()?;
        let (id, own) = rest.split_first_chunk::<8>()?;
        let hashed = *kind == HASHED;
        if (!hashed && *kind != PLAIN) || lines.next().is_some() {
            return None;
        }
        Some(Self { hashed, id: KeyId(*id), own: *own.first_chunk::<64>()?, global, comment })
    }

    /// The key it was made with.
    pub fn key(&self) -> KeyId {
        self.id
    }

    /// The comment that is signed too.
    pub fn comment(&self) -> &str {
        &self.comment
    }
}

/// The key that signs. It is never shown.
pub struct SecretKey {
    id: KeyId,
    key: ed25519::SecretKey,
}

impl SecretKey {
    /// Reads a key without passphrase, as `minisign -G -W` makes it.
    ///
    /// # Errors
    /// `check-key-passphrase`, or `check-key-secret` for what is no such key.
    pub fn parse(text: &str) -> Result<Self, Finding> {
        let wrong = || Finding::error_of_whole("check-key-secret");
        let mut lines = text.lines();
        lines.next().filter(|line| line.starts_with(UNTRUSTED)).ok_or_else(wrong)?;
        let line = lines.next().ok_or_else(wrong)?;
        // Kind of signature, of passphrase, of checksum; salt and limits of the passphrase; id, seed and public key;
        // checksum, which is zero where there is no passphrase.
        let bytes = base64::decode::<158>(line.trim_end()).ok_or_else(wrong)?;
        let part = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
        if part(0, 2) != PLAIN || part(4, 6) != b"B2" {
            return Err(wrong());
        }
        if part(2, 4) != [0, 0] {
            return Err(Finding::error_of_whole("check-key-passphrase"));
        }
        let id = *part(54, 62).first_chunk().ok_or_else(wrong)?;
        let key = ed25519::SecretKey::from_slice(part(62, 126)).map_err(|_| wrong())?;
        // A key whose halves do not belong together would give itself away with its first signature.
        let whole = ed25519::KeyPair::try_from_seed(key.seed()).map_err(|_| wrong())?;
        if whole.sk != key {
            return Err(wrong());
        }
        Ok(Self { id: KeyId(id), key })
    }

    /// A new key, of random bytes: 32 that it is made of, and 8 that it is called by. `None` for bytes that no random numbers
    /// ever are.
    pub fn of(seed: [u8; 32], id: [u8; 8]) -> Option<Self> {
        let pair = ed25519::KeyPair::try_from_seed(ed25519::Seed::new(seed)).ok()?;
        Some(Self { id: KeyId(id), key: pair.sk })
    }

    /// The key as a file without passphrase, as `minisign -G -W` writes it. Whoever reads it can sign.
    pub fn file(&self) -> String {
        let kinds = [&PLAIN[..], &[0, 0], b"B2"].concat();
        let bytes = [&kinds[..], &[0; 48], &self.id.0, &self.key[..], &[0; 32]].concat();
        format!("{UNTRUSTED}minisign encrypted secret key\n{}\n", base64::encode(&bytes))
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey { id: self.id, key: *self.key.public_key() }
    }

    /// Signs bytes, with a comment: the text of a `.minisig`.
    pub fn sign(&self, message: &[u8], comment: &str) -> String {
        let comment = one_line(comment);
        let own = self.key.sign(Blake2b512::digest(message), None);
        let global = self.key.sign(sealed(&own, &comment), None);
        let first = base64::encode(&[&HASHED[..], &self.id.0, &own[..]].concat());
        let last = base64::encode(&global[..]);
        format!("{UNTRUSTED}signature from minisign secret key\n{first}\n{TRUSTED}{comment}\n{last}\n")
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What the second signature is over: the first, and the comment.
fn sealed(own: &[u8; 64], comment: &str) -> Vec<u8> {
    [own, comment.as_bytes()].concat()
}

fn one_line(comment: &str) -> String {
    comment.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
