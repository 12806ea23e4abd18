//! Sets of numbers as bits: which entries of the catalogue have a word. A set of 10,000 takes 1,250 bytes, and what two sets
//! share is found in a microsecond.

/// A set of numbers from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// Adds a number.
    pub fn insert(&mut self, number: usize) {
        let at = number / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(word) = self.0.get_mut(at) {
            *word |= 1 << (number % 64);
        }
    }

    /// Whether it holds a number.
    pub fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    /// Keeps what another set holds too.
    pub fn keep(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// Adds the numbers of another set, each raised by `by`, a multiple of 64 beyond all that it holds.
    pub fn append(&mut self, other: &Self, by: usize) {
        self.0.resize(by / 64, 0);
        self.0.extend_from_slice(&other.0);
    }

    /// The set as bytes, for [`Bits::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// The set that these bytes are; what does not make a whole word of 64 bits is left out.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word)).collect())
    }

    /// How many numbers it holds.
    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many numbers two sets share.
    pub fn shared(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// Its numbers, the lowest first.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.checked_sub(1)?;
                Some(at * 64 + bit as usize)
            })
        })
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut bits = Self::default();
        numbers.into_iter().for_each(|number| bits.insert(number));
        bits
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Bits;

    proptest! {
        #[test]
        fn a_set_of_bits_is_a_set(a in prop::collection::btree_set(0_usize..300, 0..40), b in prop::collection::btree_set(0_usize..300, 0..40)) {
            let (bits, other): (Bits, Bits) = (a.iter().copied().collect(), b.iter().copied().collect());
            prop_assert_eq!(bits.iter().collect::<BTreeSet<_>>(), a.clone());
            prop_assert_eq!(bits.count(), a.len());
            let shared = a.intersection(&b).copied().collect::<BTreeSet<_>>();
            prop_assert_eq!(bits.shared(&other), shared.len());
            prop_assert_eq!(&Bits::from_bytes(&bits.to_bytes()), &bits);
            let mut longer = other.clone();
            longer.append(&bits, 320);
            let raised = a.iter().map(|number| number + 320).chain(b).collect::<BTreeSet<_>>();
            prop_assert_eq!(longer.iter().collect::<BTreeSet<_>>(), raised);
            let mut both = bits.clone();
            both.keep(&other);
            prop_assert_eq!(both.iter().collect::<BTreeSet<_>>(), shared);
        }
    }
}
