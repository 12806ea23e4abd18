//! Base64 (RFC 4648 §4) of keys, signatures and small pictures: padded, without line breaks.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(in crate::formats) fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |index: usize| u32::from(three.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place > three.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

/// Exactly `N` bytes; `None` for anything else, also for spare bits that are not zero.
pub(super) fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let digits = text.trim_end_matches('=').as_bytes();
    let mut at = 0;
    for four in digits.chunks(4) {
        let mut bits = 0_u32;
        for digit in four {
            let value = DIGITS.iter().position(|known| known == digit)?;
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        bits <<= 6 * (4 - four.len());
        for byte in bits.to_be_bytes().get(1..four.len())? {
            *bytes.get_mut(at)? = *byte;
            at += 1;
        }
    }
    // What is written back the same was written the one right way.
    (at == N && encode(&bytes) == text).then_some(bytes)
}
