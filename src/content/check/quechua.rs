//! Quechua texts through the gate: spelling, known words, short sentences.

use std::collections::BTreeSet;

use crate::{
    content::{check::prose::Prose, place::Report},
    domain::{finding::Position, lang::Lang},
    i18n::quechua::{Gate, WordKind},
};

/// Checks every Quechua text of a lesson.
///
/// Names of persons and places are taken from the Spanish of the same lesson: a word that is written there with a
/// capital inside a sentence may stand in the Quechua, with suffixes.
pub(super) fn check(all: &[Prose], gate: &Gate, report: &mut Report) {
    let names = names(all);
    for prose in all.iter().filter(|prose| prose.lang == Lang::QU) {
        let text = without_glosses(&prose.text, gate);
        for problem in gate.check_text(&text) {
            let unknown = matches!(problem.kind, WordKind::Spelling | WordKind::Unknown);
            if unknown && names.iter().any(|name| problem.word.starts_with(name.as_str())) {
                continue;
            }
            let line = prose.line.saturating_add(problem.line).saturating_sub(1);
            let mut finding = problem.finding();
            // A text may have been cut out of its line, so only the line is known.
            finding.position = Some(Position { line, column: 1 });
            report.add(&prose.file, finding);
        }
    }
}

/// Words that the Spanish texts write with a capital though no sentence begins there.
fn names(all: &[Prose]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for prose in all.iter().filter(|prose| prose.lang == Lang::ES) {
        let mut begins = true;
        for chunk in prose.text.split_whitespace() {
            let word: String = chunk.chars().filter(|c| c.is_alphabetic()).collect();
            let plain = chunk.starts_with(char::is_alphabetic);
            if !begins && plain && word.starts_with(char::is_uppercase) && word.chars().count() > 2 {
                names.insert(word);
            }
            begins = chunk.ends_with(['.', '!', '?', '…', ':', ';', '»', '"', ')', '-', '–', '—']);
        }
    }
    names
}

/// A text without the Spanish glosses that follow new words: `pakaqillqa (contraseña)`, also beside an explanation:
/// `(pakasqa simi, contraseña)`. What stands between commas with any Quechua word in it is no gloss.
fn without_glosses(text: &str, gate: &Gate) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        out.push_str(before);
        let Some((inside, later)) = after.split_once(')') else {
            out.push('(');
            rest = after;
            continue;
        };
        let kept: Vec<&str> =
            inside.split(',').filter(|part| words(part).any(|word| gate.accepts(word))).collect();
        if !kept.is_empty() {
            out.extend(["(", &kept.join(","), ")"]);
        }
        rest = later;
    }
    out.push_str(rest);
    out
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::{
        content::{check::prose::Prose, place::Report},
        domain::lang::Lang,
        i18n::quechua::Gate,
    };

    fn found(spanish: &str, quechua: &str) -> Vec<&'static str> {
        let prose = |lang: Lang, text: &str| Prose {
            file: format!("a/{lang}/lesson.md"),
            name: "lesson.md",
            lang,
            for_teachers: false,
            line: 1,
            text: text.to_owned(),
        };
        let mut report = Report::default();
        let all = [prose(Lang::ES, spanish), prose(Lang::QU, quechua)];
        check(&all, &Gate::embedded().0, &mut report);
        report.problems.iter().map(|problem| problem.finding.id).collect()
    }

    #[test]
    fn glosses_and_names_of_the_lesson_pass_and_spanish_does_not() {
        assert_eq!(found("", "pakaqillqa (contraseña)"), [""; 0]);
        assert_eq!(found("", "pakaqillqa (pakasqa simi, contraseña)"), [""; 0]);
        assert_eq!(found("", "pakaqillqa (pakasqa contraseña)"), ["check-quechua-spelling"]);
        assert_eq!(found("Hola", "Hola ñañay").first(), Some(&"check-quechua-spelling"));
        assert_eq!(found("La niña Zoraida lee", "Zoraidaqa"), [""; 0]);
        assert_eq!(found("Zoraida lee", "Zoraidaqa"), ["check-quechua-spelling"]);
    }
}
