//! Letters and syllables of the normalised alphabet, without any dictionary.

/// Whether a word in small letters is spelt with the Quechua alphabet in syllables (C)V(C): no two vowels together, no
/// cluster at the beginning or the end, never three consonants, `'` and the aspirating `h` only before a vowel.
pub(super) fn is_well_formed(word: &[char]) -> bool {
    let mut units = Vec::with_capacity(word.len());
    let mut rest = word;
    while !rest.is_empty() {
        let Some((unit, len)) = unit(rest) else { return false };
        units.push(unit);
        rest = &rest[len..];
    }
    let vowel = |at: usize| units.get(at) == Some(&Unit::Vowel);
    let in_place = |(at, unit): (usize, &Unit)| match unit {
        Unit::Vowel => at == 0 || !vowel(at - 1),
        Unit::Onset => vowel(at + 1),
        Unit::Consonant => vowel(at + 1) || (at > 0 && vowel(at - 1)),
    };
    let ends_well = |at: usize| vowel(at) || vowel(at.wrapping_sub(1));
    units.iter().enumerate().all(in_place)
        && (units.len() > 1 || vowel(0))
        && ends_well(units.len().wrapping_sub(1))
}

/// The letter as it stands without its accent.
pub(super) fn without_accent(c: char) -> char {
    match c {
        'á' => 'a',
        'í' => 'i',
        'ú' => 'u',
        other => other,
    }
}

/// Whether suffixes treat this as a vowel; `e` and `o` end loans.
pub(super) fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'á' | 'é' | 'í' | 'ó' | 'ú')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Vowel,
    /// A plain consonant, before or after a vowel.
    Consonant,
    /// A glottalised or aspirated consonant: before a vowel only.
    Onset,
}

/// The first unit of sound and how many characters write it.
fn unit(word: &[char]) -> Option<(Unit, usize)> {
    let marked = |at: usize| matches!(word.get(at), Some('h' | '\''));
    Some(match (word.first()?, word.get(1)) {
        ('a' | 'i' | 'u' | 'á' | 'í' | 'ú', _) => (Unit::Vowel, 1),
        ('c', Some('h')) if marked(2) => (Unit::Onset, 3),
        ('c', Some('h')) | ('l', Some('l')) => (Unit::Consonant, 2),
        ('p' | 't' | 'k' | 'q', _) if marked(1) => (Unit::Onset, 2),
        ('h' | 'k' | 'l' | 'm' | 'n' | 'ñ' | 'p' | 'q' | 'r' | 's' | 't' | 'w' | 'y', _) => {
            (Unit::Consonant, 1)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    fn holds(word: &str) -> bool {
        is_well_formed(&word.chars().collect::<Vec<_>>())
    }

    #[test]
    fn normalised_words_are_well_formed() {
        for word in [
            "a",
            "arí",
            "wichq'ay",
            "chhalla",
            "ch'usaq",
            "qillqa",
            "ñuqanchik",
            "llamk'ay",
            "phutu",
            "uchpa",
        ] {
            assert!(holds(word), "{word}");
        }
    }

    #[test]
    fn other_spellings_are_not() {
        for word in [
            "", "m", "qellqa", "qosqo", "huasi", "cuy", "jatun", "kwintu", "wait", "trabaju", "llamk'",
            "wichq'", "'wasi", "kantsis",
        ] {
            assert!(!holds(word), "{word}");
        }
    }
}
