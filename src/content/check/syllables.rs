//! Counting the syllables of a Spanish word.

/// Syllables of a word, at least one: vowels in a row are one syllable, unless two of them are open (`a e o`) or a
/// closed one carries the accent (`í ú`).
pub(super) fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let mut count = 0;
    let mut before: Option<char> = None;
    for (at, c) in letters.iter().copied().enumerate() {
        let next = letters.get(at + 1).copied();
        let after_q_or_g =
            at.checked_sub(1).and_then(|at| letters.get(at)).is_some_and(|b| matches!(b, 'q' | 'g'));
        // The u of que, qui, gue, gui is not heard.
        let silent = c == 'u' && after_q_or_g && next.is_some_and(|n| matches!(n, 'e' | 'i' | 'é' | 'í'));
        // Between vowels y is a consonant: ma-yo.
        let vowel = match c {
            'y' => next.is_none_or(|next| !is_vowel(next)),
            c => is_vowel(c),
        };
        if silent || !vowel {
            before = None;
            continue;
        }
        if before.is_none_or(|before| apart(before, c)) {
            count += 1;
        }
        before = Some(c);
    }
    count.max(1)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'á' | 'é' | 'í' | 'ó' | 'ú' | 'ü')
}

/// Whether two vowels in a row belong to two syllables.
fn apart(a: char, b: char) -> bool {
    let open = |c| matches!(c, 'a' | 'e' | 'o' | 'á' | 'é' | 'ó');
    let accented = |c| matches!(c, 'í' | 'ú');
    (open(a) && open(b)) || accented(a) || accented(b) || (a == b)
}

#[cfg(test)]
mod tests {
    use super::syllables;

    #[test]
    fn words_are_cut_as_people_say_them() {
        for (word, count) in [
            ("sol", 1),
            ("y", 1),
            ("ley", 1),
            ("ya", 1),
            ("mayo", 2),
            ("ayuda", 3),
            ("agua", 2),
            ("guerra", 2),
            ("pingüino", 3),
            ("queso", 2),
            ("quien", 1),
            ("país", 2),
            ("leía", 3),
            ("guía", 2),
            ("caos", 2),
            ("ciudad", 2),
            ("Paraguay", 3),
            ("construir", 2),
            ("ahora", 3),
            ("contraseña", 4),
            ("chiita", 3),
            ("b", 1),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}
