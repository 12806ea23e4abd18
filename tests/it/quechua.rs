//! The gate of Quechua texts: what it lets pass, what it names, and what it must refuse.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use amauta::{
    domain::lang::Lang,
    i18n::{
        self, Messages, Value,
        quechua::{Gate, Tables, WordKind, WordProblem},
    },
};
use proptest::prelude::*;

use crate::locales::{ftl_files, gate, pairs, read, tsv, values, words};

fn kinds(text: &str) -> Vec<(String, WordKind)> {
    gate().check_text(text).into_iter().map(|problem| (problem.word, problem.kind)).collect()
}

/// Sentences of our own, written by the rules of `locales/README.md`.
const GOOD: &str = "Ama pimanpas pakaqillqaykita willaychu. Pakaqillqaykiqa qampallam. Sasa pakaqillqata akllay.
Llamk'ayta tukuspaqa, lluqsiy. Mana riqsisqa runakunawan ama rimanakuychu. Maypi tiyasqaykita ama pimanpas internetpi willaychu.
Manaraq apachispaqa, allintaraq yuyaykuy. Internetpi qillqasqaqa manam llapanchu chiqaq. Pipas manchachisuptiykiqa, kuraq
runaman willay. Tayta-mamaykiman utaq yachachiqniykiman willay. Manam qampa huchaykichu. Ama p'inqakuychu. Masiykikunata ama
k'amiychu. Llapanchikmi yupaychanakunanchik. Huk runap phutunta ama mana mañakuspa churaychu. Kay willakuyqa mana sutiyuqmi.
Chaskirqaykum willakuyniykita. Llapa warmakunap hayñinmi amachasqa kay. Pantallata unayta qhawaspaqa, ñawiykita samachiy.";

#[test]
fn well_written_sentences_pass() {
    assert_eq!(gate().check_text(GOOD), []);
}

#[test]
fn each_fault_is_named_with_the_word_and_its_place() {
    let text = "Kay raphiqa allinmi.\nManan wichq’anichu, qellqa wakawaku ¡internet nisqapi!";
    let found = gate().check_text(text);
    let line = |column, word: &str, kind| WordProblem { word: word.to_owned(), kind, line: 2, column };
    assert_eq!(
        found,
        [
            line(1, "Manan", WordKind::Discouraged("manam".to_owned())),
            line(7, "wichq’anichu", WordKind::Apostrophe),
            line(21, "qellqa", WordKind::Spelling),
            line(28, "wakawaku", WordKind::Unknown),
            line(47, "nisqapi", WordKind::Nisqa),
        ]
    );
    for problem in found {
        let finding = problem.finding();
        let position = finding.position.expect("a place");
        assert_eq!((position.line, position.column), (problem.line, problem.column));
    }
}

#[test]
fn every_fault_has_a_sentence_and_a_cure() {
    let (messages, _) = Messages::load(i18n::embedded());
    let kinds = [
        WordKind::Apostrophe,
        WordKind::Discouraged("-chka-".to_owned()),
        WordKind::Nisqa,
        WordKind::Spelling,
        WordKind::Unknown,
        WordKind::LongSentence(12),
    ];
    for kind in kinds {
        let finding = WordProblem { word: "x".to_owned(), kind, line: 1, column: 1 }.finding();
        let args: Vec<(&str, Value<'_>)> =
            finding.args.iter().map(|(name, value)| (*name, value.into())).collect();
        for id in [finding.id.to_owned(), format!("{}.cure", finding.id)] {
            assert!(messages.has(Lang::ES, &id), "{id}");
            messages.text(Lang::ES, &id, &args);
        }
    }
    assert_eq!(messages.missing(), []);
}

#[test]
fn forms_of_other_norms_are_named_and_roots_that_look_like_them_are_not() {
    for word in ["rimashan", "purishaspa", "ñuqanchis", "runakunaq", "rimaqtin", "rikuran", "warmapis"] {
        assert!(
            matches!(kinds(word).as_slice(), [(_, WordKind::Discouraged(_))]),
            "{word}: {:?}",
            kinds(word)
        );
    }
    assert_eq!(kinds("Lapis. Allin kanan. Paranqa. Rimachkan. Rikurqan. Runakunap."), []);
    let tables =
        Tables { vocab: "root\tclass\tgloss_es\tsource\npara\tv\tllover\tx\n".into(), ..Tables::embedded() };
    assert!(Gate::new(&tables, &[]).0.accepts("paran"), "the -ra of this root is its own");
}

#[test]
fn loans_and_names_take_suffixes_and_names_a_capital() {
    assert_eq!(kinds("Internetpi, laptopniykita, celularniymi, videota, Setiembrepi, XOpi, PDF."), []);
    let (gate, _) = Gate::new(&Tables::embedded(), &["Rosa", "José"]);
    assert_eq!(gate.check_text("Rosaqa Josémanmi willan."), []);
    assert!(matches!(gate.check_text("rosaqa")[..], [WordProblem { kind: WordKind::Spelling, .. }]));
}

#[test]
fn numbers_codes_holes_and_addresses_are_not_words() {
    assert_eq!(
        kinds("2026pi, 10ta, MP3, H5P, 3.5, \u{FFFC}manta, \u{FFFC}, http://amauta.local/es ana@escuela.pe"),
        []
    );
    assert_eq!(kinds("2026xyz")[0].1, WordKind::Unknown);
    assert_eq!(kinds("\u{FFFC}xyz")[0].1, WordKind::Unknown);
}

#[test]
fn a_short_spanish_gloss_in_brackets_passes_and_a_misspelling_there_does_not() {
    assert_eq!(
        kinds("Pakaqillqa (contraseña). Pakaqillqa (frase clave: kimsa simi). (Palabra que abriga) rimay."),
        []
    );
    for text in [
        "(pakaqillka)",
        "(contraseña pakaqillqa qellqa)",
        "(no digas tu contraseña)",
        "wasi) contraseña (wasi",
    ] {
        assert_ne!(kinds(text), [], "{text}");
    }
}

#[test]
fn a_sentence_of_eleven_words_is_too_long_and_the_next_one_is_counted_anew() {
    let ten = "wasi ".repeat(10);
    assert_eq!(kinds(&format!("{ten}. {ten}: {ten}\n\n{ten}")), []);
    let found = kinds(&format!("Wasi.\nHatun {ten}\nwasi! {ten}"));
    assert_eq!(found, [("Hatun".to_owned(), WordKind::LongSentence(12))]);
}

#[test]
fn a_word_of_any_length_is_judged_in_time() {
    let long = "chi".repeat(100_000);
    assert_eq!(kinds(&long)[0].1, WordKind::Unknown);
    assert_eq!(
        kinds(&"(x".repeat(100_000)).len(),
        100_001,
        "each word, and one long sentence of none but words"
    );
    // Each -chi- and -ku- may follow the other in many ways: without a memo this would not end.
    assert_eq!(kinds(&format!("rima{}x", "chiku".repeat(11)))[0].1, WordKind::Spelling);
    assert_eq!(kinds(&format!("rima{}qip", "chiku".repeat(11)))[0].1, WordKind::Unknown);
}

#[test]
fn a_line_of_a_table_that_cannot_be_used_is_reported() {
    let tables = Tables {
        vocab: "root\tclass\tgloss_es\tsource\nwasi\tn\tcasa\tx\nkaka\n# nada\nwaka\tqué\tx\tx\n".into(),
        suffixes: "from\tsuffix\tcond\tto\nN\tpi\tX\tZ\nN\t-\t\tZ\n".into(),
        ..Tables::default()
    };
    let (gate, problems) = Gate::new(&tables, &[]);
    let places: Vec<_> = problems
        .iter()
        .map(|problem| (problem.file.as_str(), problem.finding.position.expect("a place").line))
        .collect();
    assert_eq!(places, [("qu/suffixes.tsv", 2), ("qu/vocab.tsv", 3), ("qu/vocab.tsv", 5)]);
    assert!(gate.accepts("wasi") && !gate.accepts("wasipi"));
}

proptest! {
    #[test]
    fn no_text_breaks_the_gate(text in "\\PC{0,200}", near in "[a-zñ'’\u{301}\u{FFFC}0-9 .:()\n]{0,200}") {
        gate().check_text(&text);
        gate().check_text(&near);
    }
}

// ---- what the gate must refuse ----

/// The share of words the gate refuses, in percent.
fn refused<'w>(words: impl IntoIterator<Item = &'w str>) -> usize {
    let gate = gate();
    let (mut all, mut no) = (0, 0);
    for word in words {
        all += 1;
        no += usize::from(!gate.accepts(word));
    }
    assert!(all > 20, "too few words to tell: {all}");
    no * 100 / all
}

#[test]
fn spanish_is_refused() {
    let texts: String = ftl_files("es")
        .iter()
        .map(|file| read(file))
        .flat_map(|text| values(&text).into_values())
        .flatten()
        .collect();
    let words = words(&texts);
    let share = refused(words.iter().map(String::as_str));
    assert!(share >= 85, "{share} %");
}

#[test]
fn english_is_refused() {
    let text = "Never tell your password to anybody, and close the page when you finish your work. If someone you do not
    know asks where you live, stop and tell a grown person you trust. Think before you send a picture of a friend.";
    let words = words(text);
    let share = refused(words.iter().map(String::as_str));
    assert!(share >= 95, "{share} %");
}

#[test]
fn quechua_with_five_vowels_is_refused() {
    let respelt = |word: &str| {
        let mut five = word.to_owned();
        for (three, five_vowels) in
            [("qi", "qe"), ("qu", "qo"), ("iq", "eq"), ("uq", "oq"), ("q'u", "q'o"), ("qhi", "qhe")]
        {
            five = five.replace(three, five_vowels);
        }
        (five != word).then_some(five)
    };
    let roots = tsv("vocab.tsv").into_iter().map(|row| row[0].clone());
    let five: Vec<String> =
        words(&all_quechua()).into_iter().chain(roots).filter_map(|w| respelt(&w)).collect();
    assert_eq!(refused(five.iter().map(String::as_str)), 100);
}

#[test]
fn most_words_with_one_wrong_letter_are_refused() {
    const LETTERS: &[char] =
        &['a', 'i', 'u', 'h', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't', 'w', 'y', 'o', 'e', 'b'];
    let mut edited = Vec::new();
    for (number, word) in
        words(&all_quechua()).into_iter().filter(|word| word.chars().count() >= 5).enumerate()
    {
        let mut letters: Vec<char> = word.to_lowercase().chars().collect();
        let at = (number * 7 + 3) % letters.len();
        let new = LETTERS[(number * 5 + 2) % LETTERS.len()];
        if letters[at] != new {
            letters[at] = new;
            edited.push(letters.into_iter().collect::<String>());
        }
    }
    let share = refused(edited.iter().map(String::as_str));
    assert!(share >= 85, "{share} %");
}

fn all_quechua() -> String {
    let files = pairs().into_iter().flat_map(|(_, _, quechua)| values(&quechua).into_values()).flatten();
    std::iter::once(GOOD.to_owned()).chain(files).collect::<Vec<_>>().join("\n\n")
}
