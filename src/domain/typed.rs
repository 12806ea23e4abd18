//! When two typed texts are the same to a teacher, and which typed texts are numbers.

/// Index of the first pattern that a typed word meets. Capitals, spaces around and double spaces do not matter. A
/// pattern that is met with its accents wins over one that is met without: who has no key for an accent may leave
/// it out, and an author may still tell *papa* and *papá* apart. `ñ` is a letter of its own and stays one. In a
/// pattern `*` stands for any text and `\*` for an asterisk.
pub(super) fn first_match<'p>(
    patterns: &(impl Iterator<Item = &'p str> + Clone),
    word: &str,
) -> Option<usize> {
    let written = fold(word, Accents::Keep);
    let plain = fold(word, Accents::Drop);
    let meets =
        |accents, word: &str| patterns.clone().position(|pattern| meets(&fold(pattern, accents), word));
    meets(Accents::Keep, &written).or_else(|| meets(Accents::Drop, &plain))
}

/// A typed number: digits with a comma or a point for decimals, spaces between thousands, a sign in front. Powers,
/// several separators, infinities are none.
pub(super) fn number(typed: &str) -> Option<f64> {
    const LONGEST: usize = 40;
    let typed = typed.trim();
    if typed.chars().count() > LONGEST {
        return None;
    }
    let (negative, digits) = match typed.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, typed.strip_prefix('+').unwrap_or(typed).trim_start()),
    };
    let (whole, decimals) = match digits.split_once([',', '.']) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (digits, None),
    };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if decimals.is_some_and(|decimals| !all_digits(decimals)) {
        return None;
    }
    let groups: Vec<&str> = whole.split(char::is_whitespace).collect();
    let grouped =
        groups.len() == 1 || (groups[0].len() <= 3 && groups.iter().skip(1).all(|group| group.len() == 3));
    // `,5` is half; a lone sign is nothing.
    let no_whole = whole.is_empty() && decimals.is_some();
    if !no_whole && (!grouped || !groups.iter().all(|group| all_digits(group))) {
        return None;
    }
    let plain =
        format!("{}0{}.{}", if negative { "-" } else { "" }, groups.concat(), decimals.unwrap_or("0"));
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Accents {
    Keep,
    Drop,
}

/// Small letters, single spaces, one sort of apostrophe; accents written as marks of their own joined to their
/// letter, or dropped.
fn fold(text: &str, accents: Accents) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        let c = match (c, out.chars().next_back()) {
            ('\u{300}'..='\u{36f}', Some(letter)) => {
                out.pop();
                // Of the marks we join none that our languages do not write.
                with_mark(letter, c).unwrap_or(letter)
            }
            ('’' | '‘' | 'ʼ' | '´' | '`', _) => '\'',
            (c, _) => c,
        };
        out.push(if accents == Accents::Drop { without_accent(c) } else { c });
    }
    out
}

fn with_mark(letter: char, mark: char) -> Option<char> {
    Some(match (letter, mark) {
        ('a', '\u{301}') => 'á',
        ('e', '\u{301}') => 'é',
        ('i', '\u{301}') => 'í',
        ('o', '\u{301}') => 'ó',
        ('u', '\u{301}') => 'ú',
        ('u', '\u{308}') => 'ü',
        ('n', '\u{303}') => 'ñ',
        _ => return None,
    })
}

fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'ä' | 'â' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        other => other,
    }
}

/// Whether a folded word meets a folded pattern. Each part between two asterisks is looked for once, from left to
/// right, so the work is linear.
fn meets(pattern: &str, word: &str) -> bool {
    let mut parts = vec![String::new()];
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next_if_eq(&'*') } else { None };
        if c == '*' {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(escaped.unwrap_or(c));
        }
    }
    let [first, middle @ .., last] = parts.as_slice() else {
        return parts.first().is_some_and(|only| only == word);
    };
    let Some(mut rest) = word.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()))
    else {
        return false;
    };
    for part in middle {
        let Some(at) = rest.find(part.as_str()) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{first_match, number};

    fn met(pattern: &str, word: &str) -> bool {
        first_match(&[pattern].into_iter(), word).is_some()
    }

    #[test]
    fn a_word_may_lack_accents_but_no_tilde() {
        assert!(met("Contraseña", "  CONTRASEÑA "));
        assert!(met("contraseña", "contrasen\u{303}a"));
        assert!(!met("contraseña", "contrasena"));
        assert!(met("mamá y papá", "mama  y\tpapa"));
        assert!(met("pingüino", "pinguino"));
        assert!(met("ch'aska", "Ch’aska"));
        assert!(!met("sí", "si no"));
    }

    #[test]
    fn the_pattern_with_its_accents_wins() {
        let patterns = || ["papa", "papá"].into_iter();
        assert_eq!(first_match(&patterns(), "Papá"), Some(1));
        assert_eq!(first_match(&patterns(), "papa"), Some(0));
        assert_eq!(first_match(&["papá", "papa"].into_iter(), "papa"), Some(1));
        assert_eq!(first_match(&patterns(), "pepa"), None);
    }

    #[test]
    fn an_asterisk_stands_for_any_text() {
        assert!(met("*línea 100*", "Llamo a la linea 100."));
        assert!(met("a*a", "aa") && met("a*a", "abca") && !met("a*a", "a"));
        assert!(met("*", "lo que sea"));
        assert!(met("a**b", "ab") && met("a*b*c", "aXbbYc") && !met("a*b*c", "acb"));
        assert!(met(r"5\*3", "5*3") && !met(r"5\*3", "5x3"));
        assert!(met("a *", "a b"));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, value) in [
            ("3", 3.0),
            (" -3,5 ", -3.5),
            ("\u{2212}2", -2.0),
            ("+1.25", 1.25),
            ("1 000 000,5", 1_000_000.5),
            ("1\u{a0}000", 1000.0),
            (",5", 0.5),
            ("007", 7.0),
        ] {
            assert_eq!(number(typed), Some(value), "{typed}");
        }
        for typed in [
            "",
            "-",
            ".",
            "x",
            "3 soles",
            "1e5",
            "NaN",
            "inf",
            "1.000,5",
            "10 00",
            "1  000",
            "3.",
            "٣",
            &"9".repeat(41),
        ] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }
}
