//! What is wrong with a text, where, and that a sentence exists for it.

use std::{collections::BTreeSet, fs, path::Path};

use amauta::{
    domain::{finding::Finding, lang::Lang},
    formats::{gift, twee},
    i18n::{self, Messages, Value},
};

use super::places;

type Broken = (&'static str, &'static [(&'static str, u32, u32)]);

/// Broken GIFT texts with every finding in them: id, line, column.
const GIFT: &[Broken] = &[
    // Braces.
    ("¿Qué?{=a ~b", &[("check-gift-no-closing-brace", 1, 6)]),
    ("¿Qué?\n =a ~b}", &[("check-gift-no-opening-brace", 2, 7)]),
    ("¿Qué?}{=a ~b}", &[("check-gift-no-opening-brace", 1, 6)]),
    ("¿Qué?{=a {x} ~b}", &[("check-gift-brace-inside", 1, 10)]),
    ("¿Qué?{=a ~b} ñ }", &[("check-gift-stray-brace", 1, 16)]),
    ("¿Qué?{=a ~b}\n¿Y qué?{=c ~d}", &[("check-gift-second-answers", 2, 8)]),
    ("¿Qué?\n=a\n~b", &[]),
    ("=a ~b", &[("check-gift-answer-outside", 1, 1)]),
    ("::T:: ~b", &[("check-gift-answer-outside", 1, 7)]),
    ("Uno {=a\n~b\n::Dos:: ¿Sí?{T}", &[("check-gift-no-closing-brace", 1, 5)]),
    ("Uno {=a\n\nDos {=a ~b}", &[("check-gift-no-closing-brace", 1, 5)]),
    // Title, text, format, category, comments.
    ("  ::Llaves ¿Qué?{=a ~b}", &[("check-gift-title-open", 1, 3)]),
    ("::Llaves\n¿Qué?{=a::b ~c}", &[("check-gift-title-open", 1, 1)]),
    ("::T:: {=a ~b}", &[("check-gift-no-text", 1, 1)]),
    ("{T}", &[("check-gift-no-text", 1, 1)]),
    ("::T::", &[("check-gift-no-text", 1, 1)]),
    (
        "[wiki]¿Qué?{=a ~[Html]b#[texto]c}",
        &[
            ("check-gift-unknown-format", 1, 1),
            ("check-gift-unknown-format", 1, 17),
            ("check-gift-unknown-format", 1, 25),
        ],
    ),
    ("$CATEGORY:  \n\n¿Sí?{T}", &[("check-gift-category-empty", 1, 1)]),
    ("$CATEGORÍA: uno", &[("check-gift-unknown-directive", 1, 1)]),
    ("$CATEGORY: uno\n  ¿Sí?{T}", &[("check-gift-no-blank-line", 2, 3)]),
    ("¿Sí?{T}\n$CATEGORY: uno", &[("check-gift-no-blank-line", 2, 1)]),
    ("¿Sí?{T}\n::B:: ¿No?{F}", &[("check-gift-no-blank-line", 2, 1)]),
    ("¿Sí?{\n\n\nT\n}", &[("check-gift-blank-line-inside", 2, 1)]),
    ("// ñ [tag:M2\n¿Sí?{T}", &[("check-gift-tag-open", 1, 6)]),
    ("// [tag:M2]\n\n¿Sí?{T}", &[("check-gift-tag-alone", 1, 1)]),
    ("// [tag:M2]\n$CATEGORY: uno\n\n¿Sí?{T}", &[("check-gift-tag-alone", 1, 1)]),
    // Options.
    ("¿Qué?{a =b ~c}", &[("check-gift-text-before", 1, 7)]),
    ("¿Qué?{a =b}", &[("check-gift-text-before", 1, 7)]),
    ("¿Qué?{x =a->b =c->d =e->f}", &[("check-gift-text-before", 1, 7)]),
    ("¿Qué?{=a\n  ~#mal\n ~c}", &[("check-gift-empty-option", 2, 3)]),
    ("¿Qué?{=}", &[("check-gift-empty-option", 1, 7)]),
    ("¿Qué?{=a ~b ~ b}", &[("check-gift-duplicate-option", 1, 13)]),
    ("¿Qué?{=a =a}", &[("check-gift-duplicate-option", 1, 10)]),
    ("¿Qué?{=a->1 =a->2 =c->3}", &[("check-gift-duplicate-option", 1, 13)]),
    ("¿Qué?{~a}", &[("check-gift-one-option", 1, 6)]),
    ("¿Qué?{~a ~b}", &[("check-gift-no-right", 1, 6)]),
    ("¿Sí?{verdadero#no}", &[("check-gift-true-false-word", 1, 6)]),
    ("¿Sí?{ V }", &[("check-gift-true-false-word", 1, 7)]),
    // Weights.
    ("¿Qué?{~%50%a ~%40%b}", &[("check-gift-weights-sum", 1, 6)]),
    ("¿Qué?{~%50%a ~%75%b}", &[("check-gift-weights-sum", 1, 6)]),
    ("¿Qué?{~%43%a ~%57%b}", &[("check-gift-weight-unlisted", 1, 8), ("check-gift-weight-unlisted", 1, 15)]),
    ("¿Qué?{=a ~%mitad%b}", &[("check-gift-weight-no-number", 1, 11)]),
    ("¿Qué?{=a ~%33,3%b}", &[("check-gift-weight-no-number", 1, 11)]),
    ("¿Qué?{=a ~%50 b}", &[("check-gift-weight-no-number", 1, 11)]),
    ("¿Qué?{=a ~%101%b}", &[("check-gift-weight-no-number", 1, 11)]),
    ("¿Qué?{=%100%a ~b}", &[("check-gift-weight-after-equals", 1, 7)]),
    ("¿Qué?{=%50%a =%25%b}", &[("check-gift-no-full-answer", 1, 6)]),
    ("¿Cuánto?{#=%50%3}", &[("check-gift-no-full-answer", 1, 9)]),
    ("¿Cuánto?{#}", &[("check-gift-no-full-answer", 1, 9)]),
    // Pairs.
    ("¿Qué?{=a->b}", &[("check-gift-few-pairs", 1, 6)]),
    ("¿Qué?{=a->b =c->d}", &[("check-gift-two-pairs", 1, 6)]),
    ("¿Qué?{=a->b =c =e->f}", &[("check-gift-pair-no-arrow", 1, 13)]),
    ("¿Qué?{=a->b =->d =e->}", &[("check-gift-pair-empty", 1, 13), ("check-gift-pair-empty", 1, 18)]),
    ("¿Qué?{=a->b =c->d#bien =e->f}", &[("check-gift-pair-feedback", 1, 18)]),
    ("¿Qué?{=a->b =%50%c->d =e->f}", &[("check-gift-pair-weight", 1, 13)]),
    // Numbers.
    ("¿Cuánto?{#tres}", &[("check-gift-no-number", 1, 11)]),
    ("¿Cuánto?{#3,5}", &[("check-gift-no-number", 1, 11)]),
    ("¿Cuánto?{#=3: =4}", &[("check-gift-no-number", 1, 11)]),
    ("¿Cuánto?{#inf}", &[("check-gift-no-number", 1, 11)]),
    ("¿Cuánto?{#1e308:1e308..9}", &[("check-gift-no-number", 1, 11)]),
    ("¿Cuánto?{#5..1}", &[("check-gift-range-backwards", 1, 11)]),
    ("¿Cuánto?{#5:-1}", &[("check-gift-range-backwards", 1, 11)]),
    ("¿Cuánto?{#5 ~6#no}", &[("check-gift-wrong-number", 1, 14)]),
    // After each mistake the next question is read with its own.
    (
        "Uno {~a ~b}\n\nDos {=a\n\n::Tres:: {T}\n\nCuatro {T}",
        &[("check-gift-no-right", 1, 5), ("check-gift-no-closing-brace", 3, 5), ("check-gift-no-text", 5, 1)],
    ),
];

/// Broken Twee texts with every finding in them.
const TWEE: &[Broken] = &[
    ("", &[("check-twee-no-passages", 0, 0)]),
    ("\n  Hola\n:: Start\na", &[("check-twee-text-before", 2, 3)]),
    (":: \na\n:: Start\nb", &[("check-twee-no-name", 1, 1)]),
    ("::[final]\na\n:: Start\nb", &[("check-twee-no-name", 1, 1)]),
    (":: Start\na\n::  ¿?\nb", &[("check-twee-name-no-letters", 3, 5)]),
    (":: Start\na\n:: Start\nb", &[("check-twee-duplicate-name", 3, 4)]),
    (":: StoryTitle\na\n:: StoryTitle\nb\n:: Start\nc", &[("check-twee-duplicate-name", 3, 4)]),
    (":: Start\na\n:: ¡Start!\nb", &[("check-twee-duplicate-slug", 3, 4)]),
    (":: Start [final\na", &[("check-twee-tags-open", 1, 10)]),
    (":: Start {\"position\":\"1,1\"\na", &[("check-twee-metadata-open", 1, 10)]),
    (":: Start [final] fin\na", &[("check-twee-header-rest", 1, 18)]),
    (":: Start\na\n:: Ñandú [script]\nb", &[("check-twee-refused-tag", 3, 10)]),
    (":: Start\na\n:: Estilo [stylesheet]\nb", &[("check-twee-refused-tag", 3, 11)]),
    (":: Start\na\n:: StoryInit\nb", &[("check-twee-refused-passage", 3, 4)]),
    (":: Inicio\na", &[("check-twee-no-start", 0, 0)]),
    (":: StoryData\n{\"start\":\"Fin\"}\n:: Start\na", &[("check-twee-start-missing", 1, 1)]),
    (":: StoryData\n\n{ \"añ\": }\n:: Start\na", &[("check-twee-data-json", 3, 9)]),
    (":: StoryData\n{\"start\": 5}\n:: Start\na", &[("check-twee-data-json", 2, 11)]),
    (":: StoryData\n{\"ifid\":\"uno\"}\n:: Start\na", &[("check-twee-ifid", 2, 1)]),
    (":: Start\n\n/% nada %/\n", &[("check-twee-empty-passage", 1, 4)]),
    (":: Start\n[[Fin]]\n:: Fin", &[("check-twee-empty-passage", 3, 4)]),
    (":: Start\nñ /% nada\n:: Fin\nb", &[("check-twee-comment-open", 2, 3)]),
    (":: Start\nñandú [[Fin\n]] x", &[("check-twee-link-open", 2, 7)]),
    (
        ":: Start\na [[->Start]] [[b->]] [[]]",
        &[
            ("check-twee-link-empty", 2, 3),
            ("check-twee-link-empty", 2, 15),
            ("check-twee-link-empty", 2, 23),
        ],
    ),
    (":: Start\na [[b->start]]", &[("check-twee-link-missing", 2, 3)]),
    (
        ":: Start\na [[b->Start][$x to 1]]",
        &[("check-twee-link-setter", 2, 3), ("check-twee-variable", 2, 15)],
    ),
    (":: Start\nDijo: <<hola>>", &[("check-twee-macro", 2, 7)]),
    (":: Start\na\n (set: $a to 1) b", &[("check-twee-harlowe", 3, 2)]),
    (":: Start\nTienes $soles.", &[("check-twee-variable", 2, 8)]),
    (":: Start\nEs <b>muy</b> tarde", &[("check-twee-html", 2, 4), ("check-twee-html", 2, 10)]),
    // Code in the text of a link is found where it stands.
    (
        ":: Start\n[[(print: 5) <i>x</i>->Start]]",
        &[("check-twee-harlowe", 2, 3), ("check-twee-html", 2, 14), ("check-twee-html", 2, 18)],
    ),
    // Findings come in the order of the text.
    (
        ":: Start\n[[Nada]]\n:: Otro\n<<x>> [[Menos]]",
        &[("check-twee-link-missing", 2, 1), ("check-twee-macro", 4, 1), ("check-twee-link-missing", 4, 7)],
    ),
];

fn gift_findings(text: &str) -> Vec<Finding> {
    gift::parse(text).1
}

fn twee_findings(text: &str) -> Vec<Finding> {
    twee::parse(text).err().unwrap_or_default()
}

#[test]
fn every_mistake_in_questions_is_told_with_its_place() {
    for (text, expected) in GIFT {
        assert_eq!(places(&gift_findings(text)), *expected, "{text}");
    }
}

#[test]
fn every_mistake_in_a_story_is_told_with_its_place() {
    for (text, expected) in TWEE {
        assert_eq!(places(&twee_findings(text)), *expected, "{text}");
    }
}

/// Findings of texts that are too long to stand in a table.
fn findings_of_limits() -> Vec<Finding> {
    let passages: String = (0..=twee::MAX_PASSAGES).map(|n| format!(":: Start {n}\na\n")).collect();
    [
        gift_findings(&"a".repeat(gift::MAX_BYTES + 1)),
        gift_findings(&"¿Sí?{T}\n\n".repeat(gift::MAX_QUESTIONS + 1)),
        gift_findings(&"}\n\n".repeat(gift::MAX_FINDINGS + 1)),
        gift_findings(&format!("a{{{}}}", "=b".repeat(gift::MAX_OPTIONS + 1))),
        twee_findings(&"a".repeat(twee::MAX_BYTES + 1)),
        twee_findings(&passages),
        twee_findings(&format!(":: Start\n{}", "[[x]]".repeat(twee::MAX_FINDINGS + 1))),
    ]
    .concat()
}

/// Every id of questions and stories that stands in the readers' code.
fn ids_in_code() -> BTreeSet<String> {
    let texts = |id: &String| id.starts_with("check-gift-") || id.starts_with("check-twee-");
    all_ids_in_code().into_iter().filter(texts).collect()
}

fn all_ids_in_code() -> BTreeSet<String> {
    fn collect(folder: &Path, ids: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder of the sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, ids);
                continue;
            }
            let code = fs::read_to_string(&path).expect("a source");
            ids.extend(code.split('"').filter(|part| part.starts_with("check-")).map(str::to_owned));
        }
    }
    let mut ids = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/formats"), &mut ids);
    ids
}

#[test]
fn every_finding_is_met_by_a_test_and_has_its_sentences() {
    let (messages, problems) = Messages::load(i18n::embedded());
    assert_eq!(problems, []);
    let findings = GIFT
        .iter()
        .flat_map(|(text, _)| gift_findings(text))
        .chain(TWEE.iter().flat_map(|(text, _)| twee_findings(text)))
        .chain(findings_of_limits());
    let mut met = BTreeSet::new();
    for finding in findings {
        met.insert(finding.id.to_owned());
        let args: Vec<_> =
            finding.args.iter().map(|(name, value)| (*name, Value::Text(value.as_str().into()))).collect();
        let sentence = messages.text(Lang::ES, finding.id, &args);
        for (name, value) in &finding.args {
            assert!(sentence.contains(value.as_str()), "{}: {name} is not in «{sentence}»", finding.id);
        }
        assert!(messages.has(Lang::ES, &format!("{}.cure", finding.id)), "{} has no cure", finding.id);
        messages.text(Lang::ES, &format!("{}.cure", finding.id), &[]);
    }
    assert_eq!(messages.missing(), [], "a sentence is missing, or asks for what the finding does not say");
    assert_eq!(met, ids_in_code(), "met by tests, and in the code");
}

#[test]
fn no_sentence_is_left_over() {
    let text = i18n::embedded_text("es/check-formats.ftl").expect("the sentences");
    let written: BTreeSet<String> = text
        .lines()
        .filter(|line| line.starts_with("check-"))
        .filter_map(|line| line.split_once(" =").map(|(id, _)| id.to_owned()))
        .collect();
    assert_eq!(written, ids_in_code());
}

#[test]
fn each_finding_of_archives_and_books_has_its_sentence_and_cure() {
    let text = i18n::embedded_text("es/check-archive.ftl").expect("the sentences");
    let mut written = BTreeSet::new();
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', ' ', '}']));
    while let Some((id, _)) = lines.next().and_then(|line| line.split_once(" =")) {
        written.insert(id.to_owned());
    }
    let kinds = ["check-archive-", "check-xml-", "check-epub-"];
    let mut used = all_ids_in_code();
    used.retain(|id| kinds.iter().any(|kind| id.starts_with(kind)));
    assert_eq!(written, used);
    let (messages, _) = Messages::load(i18n::embedded());
    for id in written {
        assert!(messages.has(Lang::ES, &format!("{id}.cure")), "{id} has no cure");
    }
}
