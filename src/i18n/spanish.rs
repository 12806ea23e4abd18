//! Spanish words for search: the spelling folded (small letters, no accents, ñ kept), and a light stem that joins
//! singular and plural, the genders, and the commonest forms of a verb. Not grammar: a stem is only compared.

use crate::i18n::words::{MAX_WORD, plain_letters};

/// The folded spelling. Folding twice changes nothing.
pub fn fold(word: &str) -> String {
    plain_letters(word).take(MAX_WORD).collect()
}

/// Words whose ending only looks like one.
const WHOLE: [&str; 12] = [
    "celular",
    "celulares",
    "lunes",
    "martes",
    "viernes",
    "crisis",
    "dosis",
    "tesis",
    "virus",
    "atlas",
    "antes",
    "jesus",
];

/// Endings of verbs, longest first; at least four letters must stay before them.
const VERB: [&str; 26] = [
    "iendo", "ieron", "iamos", "ieran", "aremos", "eremos", "ando", "aron", "amos", "emos", "imos", "aban",
    "aran", "adas", "ados", "idas", "idos", "aba", "ada", "ado", "ida", "ido", "ian", "ar", "er", "ir",
];

/// What is left of a folded word without the endings of number, gender and verb.
pub fn stem(word: &str) -> &str {
    if word.chars().count() < 4 || WHOLE.contains(&word) || word.contains(|c: char| c.is_ascii_digit()) {
        return word;
    }
    let word = word.strip_suffix("mente").filter(|rest| rest.len() > 4).unwrap_or(word);
    for ending in VERB {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() >= 4
        {
            return rest;
        }
    }
    let singular = singular(word);
    let long = singular.chars().count() >= 4;
    singular.strip_suffix(['o', 'a', 'e']).filter(|_| long).unwrap_or(singular)
}

/// The word without the ending of the plural.
fn singular(word: &str) -> &str {
    let Some(rest) = word.strip_suffix('s') else { return word };
    match rest.strip_suffix('e') {
        // «lecciones», «papeles»; «peces» loses its z, as «pez» does below.
        Some(short) if short.ends_with(['l', 'n', 'r', 'd', 'j', 'y', 's']) => short,
        _ if rest.ends_with(['a', 'e', 'i', 'o', 'u']) => rest,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, stem};

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for words in [
            &["niño", "niña", "niños", "niñas"][..],
            &["lección", "lecciones"],
            &["escuela", "escuelas"],
            &["papel", "papeles"],
            &["cuidar", "cuida", "cuidado", "cuidando"],
            &["contraseña", "contraseñas"],
            &["animal", "animales"],
        ] {
            let stems: Vec<_> = words.iter().map(|word| stem(&fold(word)).to_owned()).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{words:?}: {stems:?}");
        }
    }

    #[test]
    fn words_that_only_look_alike_keep_their_own() {
        for (one, other) in [("célula", "celular"), ("año", "ano"), ("mar", "marea"), ("pan", "pandilla")] {
            assert_ne!(stem(&fold(one)), stem(&fold(other)), "{one}, {other}");
        }
    }
}
