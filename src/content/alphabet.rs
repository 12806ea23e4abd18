//! The order of words in a list: Spanish with ñ after n and accents ignored, Quechua with its letters of several signs.

use crate::domain::lang::Lang;

/// Letters of Southern Quechua beyond single signs, in their order, longest first where one begins like another.
const QUECHUA: [(&str, &str); 14] = [
    ("chh", "c2"),
    ("ch'", "c3"),
    ("ch", "c1"),
    ("kh", "k1"),
    ("k'", "k2"),
    ("ll", "l1"),
    ("ph", "p1"),
    ("p'", "p2"),
    ("qh", "q1"),
    ("q'", "q2"),
    ("th", "t1"),
    ("t'", "t2"),
    ("sh", "s1"),
    ("ñ", "n1"),
];

/// A key that sorts words as the alphabet of a language does.
pub(super) fn key(lang: Lang, word: &str) -> String {
    let word: String = word.chars().flat_map(char::to_lowercase).collect();
    let mut out = String::new();
    let mut rest = word.as_str();
    while let Some(c) = rest.chars().next() {
        let letter = QUECHUA.iter().filter(|_| lang == Lang::QU).find(|(letter, _)| rest.starts_with(letter));
        let taken = if let Some((letter, rank)) = letter {
            out.push_str(rank);
            letter.len()
        } else {
            match c {
                'ñ' => out.push_str("n1"),
                c if c.is_alphabetic() => {
                    out.push(fold(c));
                    out.push('0');
                }
                c if c.is_numeric() => out.push(c),
                _ => {}
            }
            c.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

fn fold(c: char) -> char {
    match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::key;
    use crate::domain::lang::Lang;

    fn sorted(lang: Lang, words: &[&str]) -> Vec<String> {
        let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        words.sort_by_key(|word| key(lang, word));
        words
    }

    #[test]
    fn spanish_ignores_accents_and_puts_enye_after_n() {
        assert_eq!(
            sorted(Lang::ES, &["Ñandú", "nube", "Ánimo", "anzuelo", "oso"]),
            ["Ánimo", "anzuelo", "nube", "Ñandú", "oso"]
        );
    }

    #[test]
    fn quechua_keeps_its_letters_apart() {
        let order = [
            "chaka", "chhalla", "ch'aki", "kuti", "khuchi", "k'aspi", "lapi", "llika", "qillqa", "qhatu",
            "q'ipi",
        ];
        let mut mixed = order;
        mixed.reverse();
        assert_eq!(sorted(Lang::QU, &mixed), order);
    }
}
