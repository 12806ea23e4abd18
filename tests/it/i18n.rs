//! Languages from outside: which one is chosen, which text is given, how numbers and days are written.

#![allow(clippy::expect_used, reason = "helpers of tests")]

use std::{borrow::Cow, fs};

use amauta::{
    domain::{
        finding::{Position, Problem},
        lang::Lang,
    },
    i18n::{self, Ledger, Messages, Missing, Source, Value, format, ledger, negotiate},
};
use proptest::prelude::*;

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a tag")
}

fn source(tag: &str, file: &str, text: &str) -> Source {
    Source { lang: lang(tag), file: format!("{tag}/{file}"), text: Cow::Owned(text.to_owned()) }
}

fn load(sources: &[(&str, &str)]) -> (Messages, Vec<Problem>) {
    Messages::load(sources.iter().map(|(tag, text)| source(tag, "a.ftl", text)))
}

fn embedded() -> Messages {
    let (messages, problems) = Messages::load(i18n::embedded());
    assert_eq!(problems, []);
    messages
}

#[test]
fn messages_are_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&embedded());
}

#[test]
fn a_text_comes_in_the_language_asked_for_else_in_spanish_else_as_its_id() {
    let (messages, _) = load(&[("es", "a = Uno\nb = Dos\n    .title = Rótulo\n"), ("qu", "a = Huk\n")]);
    assert_eq!(messages.text(Lang::QU, "a", &[]), "Huk");
    assert_eq!(messages.text(Lang::QU, "b", &[]), "Dos");
    assert_eq!(messages.text(Lang::QU, "b.title", &[]), "Rótulo");
    assert_eq!(messages.text(Lang::QU, "c", &[]), "c");
    assert_eq!(messages.source_lang(Lang::QU, "a"), Some(Lang::QU));
    assert_eq!(messages.source_lang(Lang::QU, "b.title"), Some(Lang::ES));
    assert_eq!(messages.source_lang(Lang::QU, "c"), None);
    assert!(
        messages.has(Lang::ES, "b.title")
            && !messages.has(Lang::ES, "b.other")
            && !messages.has(Lang::QU, "b")
    );
}

#[test]
fn what_was_missing_is_remembered_once() {
    let (messages, _) = load(&[("es", "a = Hola, { $name }\n"), ("qu", "")]);
    assert_eq!(messages.missing(), []);
    for _ in 0..3 {
        messages.text(Lang::QU, "a", &[]);
        messages.text(Lang::ES, "b", &[]);
    }
    let missing = messages.missing();
    let seen: Vec<_> = missing.iter().map(|Missing { lang, id, .. }| (lang.as_str(), id.as_str())).collect();
    assert_eq!(seen, [("es", "a"), ("es", "b"), ("qu", "a")]);
    assert!(missing[0].reference.contains("$name"), "{:?}", missing[0]);
}

#[test]
fn the_memory_of_missing_texts_has_a_bound() {
    let (messages, _) = load(&[("es", "")]);
    for n in 0..5000 {
        messages.text(Lang::ES, &format!("id-{n}"), &[]);
    }
    assert_eq!(messages.missing().len(), 1000);
}

#[test]
fn a_text_that_refers_to_what_its_language_lacks_comes_in_spanish() {
    let (messages, _) =
        load(&[("es", "-brand = Amauta\na = Bienvenida a { -brand }\n"), ("qu", "a = { -brand } nisqa\n")]);
    assert_eq!(messages.text(Lang::QU, "a", &[]), "Bienvenida a Amauta");
}

#[test]
fn a_broken_line_is_reported_with_its_place_and_the_rest_is_kept() {
    let (messages, problems) = load(&[("es", "a = Uno\nb = { $x\nc = Tres\n"), ("qu", "a = Huk\r\nzz\r\n")]);
    assert_eq!(messages.text(Lang::ES, "a", &[]), "Uno");
    assert_eq!(messages.text(Lang::ES, "c", &[]), "Tres");
    assert_eq!(messages.text(Lang::QU, "a", &[]), "Huk");
    let places: Vec<_> = problems
        .iter()
        .map(|problem| (problem.file.as_str(), problem.finding.position.expect("a place").line))
        .collect();
    assert_eq!(
        places,
        [("es/a.ftl", 3), ("qu/a.ftl", 2)],
        "the parser notices b's missing brace on the next line"
    );
    let spanish = embedded();
    for problem in &problems {
        assert!(spanish.has(Lang::ES, problem.finding.id), "{}", problem.finding.id);
    }
}

#[test]
fn a_hostile_nest_of_braces_neither_crashes_nor_hides_the_other_messages() {
    for nest in
        ["{".repeat(200_000), "{ A(".repeat(100_000), "{ {\n".repeat(100_000), "{ A(\nB(\n".repeat(100_000)]
    {
        let (messages, problems) = load(&[("es", &format!("a = Uno\nb = {nest}\nc = Tres\n"))]);
        assert_eq!(messages.text(Lang::ES, "a", &[]), "Uno");
        assert_eq!(messages.text(Lang::ES, "c", &[]), "Tres");
        assert_eq!(problems[0].finding.id, "check-language-too-deep");
        assert_eq!(problems[0].finding.position, Some(Position { line: 2, column: 1 }));
    }
}

#[test]
fn a_later_source_replaces_single_messages() {
    let (messages, problems) =
        load(&[("es", "a = Uno\nb = Dos\n"), ("ay", "a = Maya\n"), ("es", "a = Nuestra escuela\n")]);
    assert_eq!(problems, []);
    assert_eq!(messages.text(Lang::ES, "a", &[]), "Nuestra escuela");
    assert_eq!(messages.text(Lang::ES, "b", &[]), "Dos");
    assert_eq!(messages.text(lang("ay"), "a", &[]), "Maya");
}

#[test]
fn languages_have_a_stable_order_and_their_own_names() {
    let (messages, _) = load(&[
        ("shp", "language-name = Shipibo\n"),
        ("qu", "language-name = Runasimi\n"),
        ("ay", "a = b\n"),
        ("es", "language-name = Español\n"),
    ]);
    let tags: Vec<_> = messages.langs().iter().map(|lang| lang.as_str().to_owned()).collect();
    assert_eq!(tags, ["es", "qu", "ay", "shp"]);
    let names: Vec<_> = messages.langs().into_iter().map(|lang| messages.display_name(lang)).collect();
    assert_eq!(names, ["Español", "Runasimi", "ay", "Shipibo"]);
}

#[test]
fn a_plain_text_is_borrowed() {
    let (messages, _) = load(&[("es", "a = Uno\n")]);
    assert!(matches!(messages.text(Lang::QU, "a", &[]), Cow::Borrowed("Uno")));
}

#[test]
fn quechua_knows_exact_numbers_and_otherwise_one_form() {
    let text = "a = { $n ->\n    [0] manam\n    [1] huk\n   *[other] { $n } khipu\n}\n";
    let (messages, _) = load(&[("qu", text)]);
    let said = |n: i32| messages.text(Lang::QU, "a", &[("n", n.into())]).into_owned();
    assert_eq!([said(0), said(1), said(2), said(12_345)], ["manam", "huk", "2 khipu", "12,345 khipu"]);
}

/// Why the gate of the .ftl files forbids `[one]` in Quechua: the library borrows the English rule for it.
#[test]
fn a_plural_category_in_quechua_would_follow_english() {
    let (messages, _) = load(&[("qu", "a = { $n ->\n    [one] one\n   *[other] other\n}\n")]);
    assert_eq!(messages.text(Lang::QU, "a", &[("n", 1.into())]), "one");
}

#[test]
fn no_invisible_marks_surround_an_argument() {
    let (messages, _) = load(&[("es", "a = Hola, { $name }.\n")]);
    assert_eq!(messages.text(Lang::ES, "a", &[("name", "Rosa".into())]), "Hola, Rosa.");
}

#[test]
fn numbers_are_written_as_in_peru() {
    for (value, written) in [
        (0.0, "0"),
        (999.0, "999"),
        (1234.0, "1,234"),
        (12_345.67, "12,345.67"),
        (1_000_000.5, "1,000,000.5"),
        (-1234.5, "-1,234.5"),
        (-0.0001, "0"),
    ] {
        assert_eq!(format::number(value), written);
    }
    assert_eq!(format::decimal(2.0, 2), "2.00");
}

#[test]
fn sizes_grow_through_their_units() {
    let messages = embedded();
    for (bytes, written) in [
        (0, "0 B"),
        (1023, "1,023 B"),
        (1024, "1 KB"),
        (12_698, "12.4 KB"),
        (1024 * 1024 - 1, "1 MB"),
        (240 * 1024 * 1024, "240 MB"),
        (u64::MAX, "17,179,869,184 GB"),
    ] {
        assert_eq!(format::size(&messages, Lang::ES, bytes), written);
    }
}

#[test]
fn days_and_minutes_are_written_in_each_language() {
    let messages = embedded();
    let day = jiff::civil::date(2026, 9, 1);
    assert_eq!(format::date(&messages, Lang::ES, day), "1 de setiembre de 2026");
    assert_eq!(format::date(&messages, Lang::QU, day), "1 Setiembre 2026");
    assert_eq!(format::date(&messages, Lang::ES, jiff::civil::date(2026, 12, 24)), "24 de diciembre de 2026");
    assert_eq!(format::minutes(&messages, Lang::ES, 40), "40 min");
    assert_eq!(format::minutes(&messages, Lang::QU, 40), "40 minutu");
    assert_eq!(messages.missing(), []);
}

#[test]
fn southern_quechua_by_any_of_its_tags_is_quechua_and_the_others_are_spanish() {
    for tag in [
        "qu",
        "qu-PE",
        "que",
        "quz",
        "quz-PE",
        "quz_PE.UTF-8",
        "QUZ-bo",
        "quy",
        "quy-PE",
        "quh",
        "qul",
        "qxp",
        "qve",
        "qxu",
    ] {
        assert_eq!(negotiate::canonical(tag), Some(Lang::QU), "{tag}");
    }
    for tag in ["es", "es-PE", "es-419", "qug", "qud", "quw", "quz-EC", "qwh", "qxn", "qub", "qvn", "qxw"] {
        assert_eq!(negotiate::canonical(tag), Some(Lang::ES), "{tag}");
    }
    for tag in ["", "C", "C.UTF-8", "*", "x-klingon", "español", "1234", "-", "_"] {
        assert_eq!(negotiate::canonical(tag), None, "{tag}");
    }
    assert_eq!(negotiate::canonical("ay-BO"), Some(lang("ay")));
}

#[test]
fn the_browser_gets_what_it_likes_most_of_what_there_is() {
    let both = [Lang::ES, Lang::QU];
    let chosen = |header: &str| negotiate::from_accept_language(Some(header), &both);
    assert_eq!(chosen("es-PE,es;q=0.9,qu;q=0.8"), Some(Lang::ES));
    assert_eq!(chosen("en-US,en;q=0.9,quz;q=0.8,es;q=0.7"), Some(Lang::QU));
    assert_eq!(chosen("es;q=0.5, qu"), Some(Lang::QU));
    assert_eq!(chosen("qu;q=0, es;q=0.1"), Some(Lang::ES));
    assert_eq!(chosen("qu;q=7, es;q=0.1"), Some(Lang::ES), "a quality that is none");
    assert_eq!(chosen("qug"), Some(Lang::ES));
    for nothing in ["", "*", "en", "fr;q=1.0, de", ",;,q=1", "qu;q=0"] {
        assert_eq!(chosen(nothing), None, "{nothing:?}");
    }
    assert_eq!(negotiate::from_accept_language(None, &both), None);
}

#[test]
fn a_language_a_school_adds_is_found_by_its_main_tag() {
    let added = [Lang::ES, Lang::QU, lang("ay"), lang("quy")];
    assert_eq!(negotiate::from_accept_language(Some("ay-BO"), &added), Some(lang("ay")));
    assert_eq!(negotiate::from_accept_language(Some("quy-PE"), &added), Some(lang("quy")));
    assert_eq!(negotiate::from_accept_language(Some("quz-PE"), &added), Some(Lang::QU));
}

proptest! {
    #[test]
    fn no_header_breaks_the_choice(header in "\\PC{0,200}", long in "[a-z;,=q.*-]{0,3000}") {
        let both = [Lang::ES, Lang::QU];
        negotiate::from_accept_language(Some(&header), &both);
        negotiate::from_accept_language(Some(&long), &both);
        negotiate::from_accept_language(Some(&"ñ".repeat(2000)), &both);
        negotiate::canonical(&header);
    }

    #[test]
    fn no_file_breaks_the_texts(text in "[a-c={}$\" \n\\[\\]*>.#()-]{0,300}", id in "\\PC{0,10}") {
        let (messages, _) = load(&[("es", &text), ("qu", &text)]);
        for id in ["a", "b.c", id.as_str()] {
            messages.text(Lang::QU, id, &[("a", Value::Number(1.0))]);
        }
        ledger::missing_lines(&Ledger::default(), &[&text], &[&text]);
    }
}

#[test]
fn a_folder_of_the_data_directory_adds_languages_and_reports_what_it_cannot_read() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in [
        ("ay/home.ftl", "language-name = Aymara\n".as_bytes()),
        ("ay/notes.txt", b"no"),
        ("qu/mine.ftl", b"a = Huk\n"),
        ("qu/broken.ftl", b"a = b\nc = \xff\n"),
        ("Old stuff/a.ftl", b"a = b\n"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    fs::write(folder.path().join("qu/big.ftl"), vec![b'#'; 2 * 1024 * 1024]).expect("written");
    let (sources, problems) = i18n::folder(folder.path());
    let files: Vec<_> = sources.iter().map(|source| source.file.as_str()).collect();
    assert_eq!(files, ["ay/home.ftl", "qu/mine.ftl"]);
    let found: Vec<_> = problems.iter().map(|p| (p.file.as_str(), p.finding.id)).collect();
    assert_eq!(
        found,
        [
            ("Old stuff", "check-language-not-a-tag"),
            ("qu/big.ftl", "check-language-too-big"),
            ("qu/broken.ftl", "check-language-not-utf8"),
        ]
    );
    assert_eq!(problems[2].finding.position, Some(Position { line: 2, column: 1 }));
    assert_eq!(i18n::folder(&folder.path().join("none")).0.len(), 0);
}

const SPANISH: &str = "a = Uno\nb = Dos\n    .title = Rótulo\n";

#[test]
fn a_review_holds_as_long_as_neither_text_changes() {
    let quechua = "a = Huk\nb = Iskay\n    .title = Suti\n";
    let lines = ledger::missing_lines(&Ledger::default(), &[SPANISH], &[quechua]);
    assert_eq!(lines.lines().count(), 2, "{lines}");
    let (drafts, problems) = Ledger::parse("qu/review.tsv", &lines);
    assert_eq!(problems, []);
    assert_eq!(drafts.share_reviewed(), (0, 2));
    assert!(drafts.is_draft("b") && drafts.is_draft("b.title") && drafts.is_draft("never-seen"));

    let read = lines.replacen("draft\t-\t-", "reviewed\tUna persona\t2027-03-10", 1);
    let (reviewed, problems) = Ledger::parse("qu/review.tsv", &read);
    assert_eq!(problems, []);
    assert_eq!(reviewed.share_reviewed(), (1, 2));
    assert!(!reviewed.is_draft("a"));
    let none: [String; 0] = [];
    assert_eq!(ledger::outdated(&reviewed, &[SPANISH], &[quechua]), none);
    assert_eq!(ledger::outdated(&reviewed, &[SPANISH], &[&quechua.replace("Huk", "Huklla")]), ["a"]);
    assert_eq!(ledger::outdated(&reviewed, &[&SPANISH.replace("Uno", "Otro")], &[quechua]), ["a"]);
    assert_eq!(
        ledger::outdated(&reviewed, &[&SPANISH.replace("Dos", "Otro")], &[quechua]),
        none,
        "b is a draft"
    );
    assert_eq!(ledger::orphans(&reviewed, &["b = Iskay\n"]), ["a"]);
}

#[test]
fn a_review_without_a_reader_a_day_or_a_hash_is_no_review() {
    let text = "id\tstate\treviewer\tdate\thash\na\treviewed\t-\t2027-03-10\tabc\nb\tapproved\tX\t-\tabc\nc\treviewed\tX\tayer\tabc\nd\tdraft\t-\t-\t-\nd\tdraft\t-\t-\t-\ne\tperfect\tX\t2027-03-10\tabc\nf\n";
    let (ledger, problems) = Ledger::parse("qu/review.tsv", text);
    assert_eq!(ledger.ids().collect::<Vec<_>>(), ["d"]);
    let lines: Vec<_> = problems.iter().map(|p| p.finding.position.expect("a place").line).collect();
    assert_eq!(lines, [2, 3, 4, 6, 7, 8]);
}
