//! The languages of the interface against each other, and the Quechua one through its gate.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use amauta::i18n::{
    Ledger, ledger,
    quechua::{Gate, HOLE},
};
use fluent_syntax::{ast, parser};

/// The gate of the embedded tables, built once.
pub(crate) fn gate() -> &'static Gate {
    static GATE: LazyLock<Gate> = LazyLock::new(|| {
        let (gate, problems) = Gate::embedded();
        assert_eq!(problems, []);
        gate
    });
    &GATE
}

pub(crate) fn words(text: &str) -> Vec<String> {
    let letters = |c: char| !c.is_alphabetic() && c != '\'';
    text.split(letters).filter(|word| word.chars().count() > 1).map(str::to_owned).collect()
}

/// Files only technicians read: they stay in Spanish.
fn is_spanish_only(name: &str) -> bool {
    name.starts_with("check") || ["cli.ftl", "doctor.ftl", "technician.ftl"].contains(&name)
}

fn locales() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")
}

pub(crate) fn ftl_files(lang: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(locales().join(lang))
        .expect("a folder of texts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
        .collect();
    files.sort();
    files
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The Spanish and the Quechua of every file that both languages have, with its name.
pub(crate) fn pairs() -> Vec<(String, String, String)> {
    let in_both = |path: &PathBuf| {
        let quechua = locales().join("qu").join(name(path));
        quechua.exists().then(|| (name(path), read(path), read(&quechua)))
    };
    ftl_files("es").iter().filter_map(in_both).collect()
}

/// The texts of every message, term and attribute of a file, one for each variant, with [`HOLE`] for what is filled in.
pub(crate) fn values(ftl: &str) -> BTreeMap<String, Vec<String>> {
    patterns(ftl).into_iter().map(|(id, pattern)| (id, texts(pattern.iter()))).collect()
}

type Elements<'t> = Vec<ast::PatternElement<&'t str>>;

fn patterns(ftl: &str) -> BTreeMap<String, Elements<'_>> {
    let resource = parser::parse(ftl).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut found = BTreeMap::new();
    for entry in resource.body {
        let (id, value, attributes) = match entry {
            ast::Entry::Message(message) => (message.id.name.to_owned(), message.value, message.attributes),
            ast::Entry::Term(term) => (format!("-{}", term.id.name), Some(term.value), term.attributes),
            _ => continue,
        };
        for attribute in attributes {
            found.insert(format!("{id}.{}", attribute.id.name), attribute.value.elements);
        }
        let twice = value.and_then(|value| found.insert(id.clone(), value.elements));
        assert!(twice.is_none(), "{id} stands twice in a file");
    }
    found
}

fn texts<'t>(elements: impl Iterator<Item = &'t ast::PatternElement<&'t str>>) -> Vec<String> {
    let mut own = String::new();
    let mut variants = Vec::new();
    for element in elements {
        match element {
            ast::PatternElement::TextElement { value } => own.push_str(value),
            ast::PatternElement::Placeable { expression } => match expression {
                ast::Expression::Inline(ast::InlineExpression::StringLiteral { value }) => {
                    own.push_str(value);
                }
                ast::Expression::Inline(_) => own.push(HOLE),
                ast::Expression::Select { variants: of, .. } => {
                    own.push(HOLE);
                    variants.extend(of.iter().flat_map(|variant| texts(variant.value.elements.iter())));
                }
            },
        }
    }
    variants.insert(0, own);
    variants
}

/// What a pattern refers to: `$variables`, `-terms`, messages.
fn references(elements: &Elements<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in elements {
        if let ast::PatternElement::Placeable { expression } = element {
            in_expression(expression, &mut found);
        }
    }
    found
}

fn in_expression(expression: &ast::Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => in_inline(inline, found),
        ast::Expression::Select { selector, variants } => {
            in_inline(selector, found);
            for variant in variants {
                found.extend(references(&variant.value.elements));
            }
        }
    }
}

fn in_inline(inline: &ast::InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            found.insert(format!("${}", id.name));
        }
        ast::InlineExpression::TermReference { id, .. } => {
            found.insert(format!("-{}", id.name));
        }
        ast::InlineExpression::MessageReference { id, .. } => {
            found.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => in_expression(expression, found),
        _ => {}
    }
}

fn report(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn both_languages_have_the_same_files_messages_and_attributes() {
    let mut faults = Vec::new();
    for path in ftl_files("es").iter().map(|path| name(path)).filter(|name| !is_spanish_only(name)) {
        if !locales().join("qu").join(&path).exists() {
            faults.push(format!("qu/{path} is missing"));
        }
    }
    for path in ftl_files("qu").iter().map(|path| name(path)) {
        if !locales().join("es").join(&path).exists() {
            faults.push(format!("es/{path} is missing"));
        }
    }
    for (file, spanish, quechua) in pairs() {
        let (spanish, quechua) = (patterns(&spanish), patterns(&quechua));
        let ids = |of: &BTreeMap<String, Elements<'_>>| of.keys().cloned().collect::<BTreeSet<_>>();
        for id in ids(&spanish).symmetric_difference(&ids(&quechua)) {
            let lacks = if spanish.contains_key(id) { "qu" } else { "es" };
            faults.push(format!("{lacks}/{file} lacks {id}"));
        }
        for (id, elements) in &quechua {
            let (es, qu) = (spanish.get(id).map(references), references(elements));
            if es.as_ref().is_some_and(|es| *es != qu) {
                faults.push(format!("{file}: {id} refers to {qu:?}, in Spanish to {es:?}"));
            }
        }
    }
    report(&faults);
}

#[test]
fn a_message_stands_in_one_file() {
    let mut faults = Vec::new();
    for lang in ["es", "qu"] {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for path in ftl_files(lang) {
            for id in patterns(&read(&path)).into_keys() {
                if let Some(other) = seen.insert(id.clone(), name(&path)) {
                    faults.push(format!("{lang}: {id} stands in {other} and in {}", name(&path)));
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn plurals_in_quechua_are_exact_numbers_or_other() {
    let mut faults = Vec::new();
    for (file, _, quechua) in pairs() {
        for category in ["zero", "one", "two", "few", "many"] {
            let variant = |line: &&str| line.trim_start().starts_with(&format!("[{category}]"));
            faults.extend(quechua.lines().filter(variant).map(|line| format!("qu/{file}: {}", line.trim())));
        }
    }
    report(&faults);
}

#[test]
fn no_quechua_text_is_the_spanish_one_but_for_loans_and_names() {
    let known =
        tsv("loanwords.tsv").into_iter().chain(tsv("vocab.tsv").into_iter().filter(|row| row[1] == "name"));
    let foreign: BTreeSet<String> = known.map(|row| row[0].to_lowercase()).collect();
    let mut faults = Vec::new();
    for (file, spanish, quechua) in pairs() {
        let spanish = values(&spanish);
        for (id, texts) in values(&quechua) {
            let all = texts.concat();
            let own = words(&all).iter().any(|word| !foreign.contains(&word.to_lowercase()));
            if own && spanish.get(&id) == Some(&texts) {
                faults.push(format!("qu/{file}: {id} is the Spanish text"));
            }
        }
    }
    report(&faults);
}

#[test]
fn every_word_of_the_interface_passes_the_gate() {
    let gate = gate();
    let mut faults = Vec::new();
    for (file, _, quechua) in pairs() {
        for (id, texts) in values(&quechua) {
            for problem in texts.iter().flat_map(|text| gate.check_text(text)) {
                faults.push(format!("qu/{file}: {id}: {}: {:?}", problem.word, problem.kind));
            }
        }
    }
    report(&faults);
}

#[test]
fn a_concept_has_one_word_in_the_whole_interface() {
    let joined = |text: &str| format!(" {} ", words(&text.to_lowercase()).join(" "));
    let mut faults = Vec::new();
    for row in tsv("terms.tsv") {
        let says = |text: &str, forms: &str, open: bool| {
            let text = joined(text);
            forms.split('|').any(|form| match form.strip_suffix('*') {
                Some(begin) => text.contains(&format!(" {begin}")),
                None if open => text.contains(&format!(" {form}")),
                None => text.contains(&format!(" {form} ")),
            })
        };
        for (file, spanish, quechua) in pairs() {
            let spanish = values(&spanish);
            // A language's own name is its own in every language.
            for (id, texts) in values(&quechua).into_iter().filter(|(id, _)| id != "language-name") {
                let original = spanish.get(&id).map(|texts| texts.join(" ")).unwrap_or_default();
                if says(&original, &row[0], false) && !says(&texts.join(" "), &row[1], true) {
                    faults.push(format!("qu/{file}: {id}: «{}» is {} here too", row[0], row[1]));
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn every_message_has_a_line_in_the_ledger_and_every_review_still_holds() {
    let pairs = pairs();
    let spanish: Vec<&str> = pairs.iter().map(|(_, spanish, _)| spanish.as_str()).collect();
    let quechua: Vec<&str> = pairs.iter().map(|(_, _, quechua)| quechua.as_str()).collect();
    let (ledger, problems) = Ledger::parse("qu/review.tsv", &read(&locales().join("qu/review.tsv")));
    assert_eq!(problems, []);
    let missing = ledger::missing_lines(&ledger, &spanish, &quechua);
    assert!(missing.is_empty(), "add these lines to locales/qu/review.tsv:\n{missing}");
    let none: [String; 0] = [];
    assert_eq!(ledger::orphans(&ledger, &quechua), none, "these lines of review.tsv are about no message");
    assert_eq!(
        ledger::outdated(&ledger, &spanish, &quechua),
        none,
        "changed since they were read: back to draft"
    );
}

/// The rows of a table of `locales/qu`, without its heading and comments.
pub(crate) fn tsv(name: &str) -> Vec<Vec<String>> {
    let text = read(&locales().join("qu").join(name));
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).skip(1);
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn every_root_has_a_class_a_gloss_and_a_source_and_stands_once() {
    let mut seen = BTreeSet::new();
    for row in tsv("vocab.tsv") {
        assert_eq!(row.len(), 4, "{row:?}");
        assert!(row.iter().all(|column| !column.trim().is_empty()), "{row:?}");
        assert!(seen.insert((row[0].clone(), row[1].clone())), "twice: {row:?}");
    }
}

/// A root is in the dictionary beside the repository, or a speaker vouches for it (`revisión: …` as source).
#[test]
fn every_root_is_known_to_a_dictionary_or_a_speaker() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/quechua");
    let (Ok(roots), Ok(forms)) =
        (fs::read_to_string(folder.join("roots.tsv")), fs::read_to_string(folder.join("wordforms.tsv")))
    else {
        println!("left out: no dictionary at {}", folder.display());
        return;
    };
    let fold = |text: &str| text.replace('á', "a").replace('í', "i").replace('ú', "u");
    let first = |line: &str| line.split('\t').next().map(fold);
    let known: BTreeSet<String> = roots.lines().chain(forms.lines()).filter_map(first).collect();
    let mut faults = Vec::new();
    for row in tsv("vocab.tsv").iter().filter(|row| row[1] != "name" && !row[3].starts_with("revisión:")) {
        let root = fold(&row[0]);
        let is_known = known.contains(&root) || (row[1] == "v" && known.contains(&format!("{root}y")));
        if !is_known {
            faults.push(format!("vocab.tsv: {}: no dictionary knows it", row[0]));
        }
    }
    report(&faults);
}
