//! One spelling for all that Southern Quechua is written in: Chanka and Collao, three vowels and five, letters of
//! Spanish (`hua`, `qui`, `j`), every apostrophe. For search only: what is folded is compared, never shown.

use crate::i18n::words::{MAX_WORD, plain_letters};

/// The folded spelling. Folding twice changes nothing.
pub fn fold(word: &str) -> String {
    // A rule may make room for another, never for long; a word that does not come to rest is hostile and stays as it is.
    const ROUNDS: usize = 8;
    let mut letters: Vec<char> = plain_letters(word).take(MAX_WORD).map(three_vowels).collect();
    for _ in 0..ROUNDS {
        let next = pass(&letters);
        if next == letters {
            break;
        }
        letters = next;
    }
    letters.into_iter().collect()
}

fn three_vowels(c: char) -> char {
    match c {
        'e' => 'i',
        'o' => 'u',
        c => c,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u')
}

/// One walk over the letters; each step reads some and writes fewer or as many.
fn pass(word: &[char]) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(word.len());
    let mut at = 0;
    while let Some(&c) = word.get(at) {
        let next = |n: usize| word.get(at + n).copied();
        let vowel = |n: usize| next(n).is_some_and(is_vowel);
        let before = out.last().copied();
        let after_vowel = before.is_some_and(is_vowel);
        let (write, read): (&[char], usize) = match (c, next(1)) {
            // -sha- of Cusco is -chka-; another sh is a plain s.
            ('s', Some('h')) if after_vowel && next(2) == Some('a') => (&['c', 'k', 'a'], 3),
            ('s', Some('h')) => (&['s'], 2),
            ('c', Some('h')) if next(2) == Some('h') => (&['c', 'h'], 3),
            ('c', Some('h')) if is_ending_chis(&out, &word[at..]) => (&['c', 'h', 'i', 'k'], 4),
            ('c', Some('h')) => (&['c', 'h'], 2),
            // Aspirates.
            ('p' | 't' | 'k' | 'q', Some('h')) => (std::slice::from_ref(&word[at]), 2),
            // Letters of Spanish.
            ('q', Some('u')) if next(2) == Some('i') => (&['k', 'i'], 3),
            ('h' | 'g', Some('u')) if matches!(next(2), Some('a' | 'i')) => (&['w'], 2),
            ('c', Some('i')) | ('z', _) => (&['s'], 1),
            ('c', _) => (&['k'], 1),
            ('j', _) => (&['h'], 1),
            ('v', _) => (&['w'], 1),
            ('q', Some('t')) if after_vowel && next(2) == Some('i') => (&['p', 't', 'i'], 3),
            // A doubled letter, and ll before another consonant.
            ('k' | 'p' | 't' | 's' | 'q', Some(same)) if same == c => (std::slice::from_ref(&word[at]), 2),
            ('l', Some('l')) if next(2).is_some() && !vowel(2) => (&['l'], 2),
            // Whatever is heard before p, one letter.
            ('m', Some('p')) => (&['n'], 1),
            // Two vowels are a vowel and a half one.
            ('i', _) if matches!(before, Some('a' | 'u')) => (&['y'], 1),
            ('u', _) if before == Some('a') => (&['w'], 1),
            _ => (std::slice::from_ref(&word[at]), 1),
        };
        // The progressive keeps its h: c, h, k, a.
        if write == ['c', 'k', 'a'] {
            out.extend(['c', 'h', 'k', 'a']);
        } else {
            out.extend(write);
        }
        at += read;
    }
    out.truncate(MAX_WORD);
    out
}

/// Whether `-chis` of Cusco begins here, which is `-chik`: after `n` or `ki`, before a consonant or the end.
fn is_ending_chis(before: &[char], rest: &[char]) -> bool {
    let chis = rest.starts_with(&['c', 'h', 'i', 's']) && !rest.get(4).copied().is_some_and(is_vowel);
    chis && (before.ends_with(&['n']) || before.ends_with(&['k', 'i']))
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_a_word_fold_alike() {
        for words in [
            &["t'anta", "t’anta", "t‘anta", "tʼanta", "t´anta", "tanta", "T'ANTA", "thanta"][..],
            &["qosqo", "qusqu", "Qosqo"],
            &["ñoqanchis", "ñuqanchik", "n\u{303}oqanchis"],
            &["huasi", "wasi", "wasi\u{301}"],
            &["qelqa", "qillqa", "qilqa"],
            &["mikhushan", "mikuchkan", "mikhuchkan"],
            &["ch'uspi", "chuspi", "chhuspi"],
            &["jatun", "hatun"],
            &["wasimpi", "wasinpi"],
            &["cuy", "kuy"],
            &["allqo", "alqu", "allqu"],
            &["ayllu", "aillu"],
            &["quilla", "killa"],
            &["wawqey", "wauqiy"],
            &["munaqtin", "munaptin"],
            &["guagua", "wawa", "huahua"],
        ] {
            let folded: Vec<_> = words.iter().map(|word| fold(word)).collect();
            assert!(folded.iter().all(|word| *word == folded[0]), "{words:?}: {folded:?}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for (one, other) in [("qara", "kara"), ("ñan", "nan"), ("chiri", "chira"), ("urqu", "uqu")] {
            assert_ne!(fold(one), fold(other), "{one}, {other}");
        }
    }
}
