//! Short names for content: the beginning of its SHA-256, in hex.

use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

/// The first 16 hex digits of the SHA-256 of some bytes.
pub fn short_hash(bytes: &[u8]) -> String {
    short(&Sha256::digest(bytes))
}

/// The first 16 hex digits of the SHA-256 of all that a stream holds; it is read in small pieces.
///
/// # Errors
/// It cannot be read.
pub fn of_stream(mut stream: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match stream.read(&mut piece)? {
            0 => return Ok(short(&hash.finalize())),
            read => hash.update(piece.get(..read).unwrap_or_default()),
        }
    }
}

/// The first 16 hex digits of a SHA-256.
pub fn short(sha256: &[u8]) -> String {
    hex(sha256.get(..8).unwrap_or(sha256))
}

/// The `urn:uuid:` of a name, always the same: a UUID of version 8 (RFC 9562 §5.8) from its SHA-256.
pub fn urn(name: &str) -> String {
    let digits = hex(&Sha256::digest(name.as_bytes()));
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

/// Bytes in small hex digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_of_nothing_is_the_known_one() {
        assert_eq!(super::short_hash(b""), "e3b0c44298fc1c14");
    }

    #[test]
    fn a_name_has_one_uuid() {
        assert_eq!(super::urn(""), "urn:uuid:e3b0c442-98fc-8c14-aafb-f4c8996fb924");
    }
}
