//! Words, numbers and addresses that do not belong in a lesson.

use crate::{
    content::{
        check::{
            lists::{LISTS, first_of, words},
            prose::Prose,
        },
        place::Report,
    },
    domain::finding::Finding,
};

/// Checks every text of a lesson.
///
/// Names of pupils are not looked for: a dictionary of first names cannot tell a pupil from a character of a story, and
/// the stories are full of first names on purpose.
pub(super) fn check(all: &[Prose], report: &mut Report) {
    for (index, prose) in all.iter().enumerate() {
        let found = words(&prose.text);
        let error = |id| Finding::error(id, prose.line, 1);
        if let Some(word) = first_of(&LISTS.forbidden, &found).filter(|_| !prose.for_teachers) {
            report.add(&prose.file, error("check-words-forbidden").with("word", word));
        }
        if let Some(word) = first_of(&LISTS.brands, &found) {
            report.add(&prose.file, error("check-words-brand").with("word", word));
        }
        if let Some(number) = phone(&prose.text) {
            report.add(&prose.file, error("check-words-phone").with("number", number));
        }
        if let Some(address) = address(&prose.text) {
            report.add(&prose.file, error("check-words-address").with("address", address));
        }
        if let Some(word) = first_of(&LISTS.blame, &found) {
            let beside = all.get(index.saturating_sub(1)..(index + 2).min(all.len())).unwrap_or_default();
            let same_file = beside.iter().filter(|other| other.file == prose.file);
            if !same_file.into_iter().any(|other| first_of(&LISTS.relief, &words(&other.text)).is_some()) {
                report.add(&prose.file, error("check-words-blame").with("word", word));
            }
        }
    }
}

/// A telephone number in a text: seven digits or more, or a short one after a word such as «llama al».
/// Years, dates and amounts (`1 500 000`) are no numbers to call.
fn phone(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() {
            let joins = matches!(chars[at], ' ' | '-' | '.' | '\u{a0}');
            let digit_follows = chars.get(at + 1).is_some_and(char::is_ascii_digit);
            if !chars[at].is_ascii_digit() && (!joins || !digit_follows) {
                break;
            }
            at += 1;
        }
        let run: String = chars[start..at].iter().collect();
        let before: String = chars[..start].iter().collect();
        if is_phone(&run) || is_called(&run, &before) {
            return Some(run);
        }
    }
    None
}

fn is_phone(run: &str) -> bool {
    let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).collect();
    let digits: String = groups.concat();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let date =
        run.contains('-') && matches!(lengths.as_slice(), [4, 1 | 2, 1 | 2] | [1 | 2, 1 | 2, 4] | [4, 4]);
    let is_mobile = digits.len() == 9 && digits.starts_with('9');
    let free = digits.starts_with("0800");
    let amount =
        matches!(lengths.as_slice(), [1..=3, rest @ ..] if !rest.is_empty() && rest.iter().all(|n| *n == 3));
    // Lists of small numbers (`1 2 3 4 5 6 7`) and of years are no telephone numbers either.
    let listed = lengths.len() > 2 && lengths.iter().all(|n| *n <= 2) || lengths.iter().all(|n| *n == 4);
    let counted = amount && !is_mobile && !free;
    !date && !counted && !listed && digits.len() >= 7
}

/// Whether a short number stands after a word that makes it a telephone number.
fn is_called(run: &str, before: &str) -> bool {
    let short = (3..=4).contains(&run.len()) && run.bytes().all(|b| b.is_ascii_digit());
    let near: Vec<String> = words(before).into_iter().rev().take(2).collect();
    short && near.iter().any(|word| LISTS.calling.contains(word))
}

/// An address of the web or of mail in a text.
fn address(text: &str) -> Option<&str> {
    const ENDS: [&str; 9] = [".com", ".org", ".net", ".pe", ".info", ".edu", ".gob", ".io", ".app"];
    text.split_whitespace().find(|chunk| {
        let chunk = chunk.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '@'));
        let chunk = chunk.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let mail = chunk.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        let host = chunk.split('/').next().unwrap_or_default().trim_end_matches('.');
        let named = ENDS.iter().any(|end| {
            let name = host.strip_suffix(end).filter(|name| !name.starts_with('.'));
            name.is_some_and(|name| name.ends_with(char::is_alphanumeric))
        });
        chunk.contains("://") || chunk.starts_with("www.") || mail || named
    })
}

#[cfg(test)]
mod tests {
    use super::{address, check, phone};
    use crate::{
        content::{check::prose::Prose, place::Report},
        domain::lang::Lang,
    };

    #[test]
    fn telephone_numbers_are_found_and_other_numbers_are_not() {
        for text in
            ["llama al 991 410 000", "0800 76 888", "Fono: 01-234 5678", "la Línea 100", "marca el 1818"]
        {
            assert!(phone(text).is_some(), "{text}");
        }
        for text in [
            "En 2026 hubo 1 500 000 personas",
            "el 2026-11-23",
            "de 2009 2010 2011",
            "100 soles",
            "clave 123456",
            "1 2 3 4 5 6 7 8",
            "cuesta 20.50",
            "entre 2024-2026",
        ] {
            assert_eq!(phone(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_found_and_ends_of_sentences_are_not() {
        for text in
            ["ve a http://x", "www.algo", "premio.com/gana", "escribe a ana@correo.pe", "(tramites.gob.pe)."]
        {
            assert!(address(text).is_some(), "{text}");
        }
        for text in ["termina en .gob.pe", "Fin.Compra", "3.5", "tú y yo. Pero no", "@rosa"] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_child_did_is_never_said_without_relief() {
        let prose = |text: &str| Prose {
            file: "a/es/lesson.md".to_owned(),
            name: "lesson.md",
            lang: Lang::ES,
            for_teachers: false,
            line: 1,
            text: text.to_owned(),
        };
        let found = |texts: &[&str]| {
            let mut report = Report::default();
            check(&texts.iter().map(|text| prose(text)).collect::<Vec<_>>(), &mut report);
            report.problems.len()
        };
        assert_eq!(found(&["Si ya enviaste la foto, avisa."]), 1);
        assert_eq!(found(&["Si ya enviaste la foto, avisa.", "Y aun así no es tu culpa."]), 0);
    }
}
