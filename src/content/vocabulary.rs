//! Reading `vocabulary.toml`, and what to say about a word that is not in it.

use crate::domain::finding::Finding;

/// The finding for a word nobody knows; it names the known word that is one letter off, when there is one.
pub(super) fn unknown<'a>(
    field: &'static str,
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Finding {
    let finding = |id| Finding::error_of_whole(id).with("field", field).with("word", word);
    match known.into_iter().find(|known| one_letter_off(word, known)) {
        Some(near) => finding("check-word-misspelt").with("near", near),
        None => finding("check-word-unknown"),
    }
}

/// Whether one letter added, dropped, changed or swapped with its neighbour makes one word the other.
fn one_letter_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (&short[head..], &long[head..]);
    match long.len() - short.len() {
        1 => long.get(1..) == Some(short),
        0 if short.is_empty() => true,
        0 => {
            short.get(1..) == long.get(1..)
                || (short.len() > 1 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::one_letter_off;

    #[test]
    fn one_slip_of_the_finger_is_recognised() {
        for (written, known) in [
            ("primria", "primaria"),
            ("primarria", "primaria"),
            ("prinaria", "primaria"),
            ("pirmaria", "primaria"),
            ("Primaria", "primaria"),
            ("p", "p1"),
        ] {
            assert!(one_letter_off(written, known), "{written}");
        }
        for (written, known) in [("prmria", "primaria"), ("", "ab"), ("secundaria", "primaria")] {
            assert!(!one_letter_off(written, known), "{written}");
        }
    }
}
