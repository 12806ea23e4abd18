//! The gate of Quechua texts, and the Quechua of the interface going through it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use amauta::i18n::{
    Ledger, ledger,
    quechua::{Gate, HOLE, Tables, WordKind, WordProblem},
};
use fluent_syntax::{ast, parser};
use proptest::prelude::*;

fn gate() -> Gate {
    let (gate, problems) = Gate::embedded();
    assert_eq!(problems, []);
    gate
}

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
    let (messages, _) = amauta::i18n::Messages::load(amauta::i18n::embedded());
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
        let args: Vec<(&str, amauta::i18n::Value<'_>)> =
            finding.args.iter().map(|(name, value)| (*name, value.into())).collect();
        for id in [finding.id.to_owned(), format!("{}.cure", finding.id)] {
            assert!(messages.has(amauta::domain::lang::Lang::ES, &id), "{id}");
            messages.text(amauta::domain::lang::Lang::ES, &id, &args);
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
    assert_eq!(kinds("Paranqa. Rimachkan. Rikurqan. Runakunap."), []);
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
    fn no_text_breaks_the_gate(text in "\\PC{0,200}", near in "[a-zñ'’\u{301}\u{FFFC}0-9 .\n]{0,200}") {
        let (gate, _) = Gate::embedded();
        gate.check_text(&text);
        gate.check_text(&near);
    }
}

// ---- what the gate must refuse ----

fn words(text: &str) -> Vec<String> {
    let letters = |c: char| !c.is_alphabetic() && c != '\'';
    text.split(letters).filter(|word| word.chars().count() > 1).map(str::to_owned).collect()
}

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

// ---- the interface in Quechua ----

/// Files only technicians read: they stay in Spanish.
const SPANISH_ONLY: &[&str] =
    &["check.ftl", "check-formats.ftl", "check-language.ftl", "cli.ftl", "technician.ftl"];

fn locales() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")
}

fn ftl_files(lang: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(locales().join(lang))
        .expect("a folder of texts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
        .collect();
    files.sort();
    files
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The Spanish and the Quechua of every file that both languages have, with its name.
fn pairs() -> Vec<(String, String, String)> {
    let in_both = |path: &PathBuf| {
        let quechua = locales().join("qu").join(name(path));
        quechua.exists().then(|| (name(path), read(path), read(&quechua)))
    };
    ftl_files("es").iter().filter_map(in_both).collect()
}

fn all_quechua() -> String {
    let files = pairs().into_iter().flat_map(|(_, _, quechua)| values(&quechua).into_values()).flatten();
    std::iter::once(GOOD.to_owned()).chain(files).collect::<Vec<_>>().join("\n\n")
}

/// The texts of every message, term and attribute of a file, one for each variant, with [`HOLE`] for what is filled in.
fn values(ftl: &str) -> BTreeMap<String, Vec<String>> {
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
                    own.push_str(value)
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
    for path in
        ftl_files("es").iter().map(|path| name(path)).filter(|name| !SPANISH_ONLY.contains(&name.as_str()))
    {
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

// ---- the tables ----

/// The rows of a table of `locales/qu`, without its heading and comments.
fn tsv(name: &str) -> Vec<Vec<String>> {
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
        if !known.contains(&root) && !(row[1] == "v" && known.contains(&format!("{root}y"))) {
            faults.push(format!("vocab.tsv: {}: no dictionary knows it", row[0]));
        }
    }
    report(&faults);
}
