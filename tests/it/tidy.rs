//! The house rules, read off the files themselves: layers, file length, module docs, one page of addresses, texts.

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::{files_below, root};

/// Room → rooms it may use. `main` uses `cli`; leaves are usable by all but `domain`.
const LAYERS: [(&str, &[&str]); 19] = [
    ("domain", &[]),
    ("digest", &[]),
    ("clock", &[]),
    ("fault", &[]),
    ("metrics", &["clock"]),
    ("packed", &[]),
    ("i18n", &["domain", "digest", "packed"]),
    ("formats", &["domain"]),
    ("content", &["formats", "domain", "i18n", "clock", "digest", "packed"]),
    ("store", &["formats", "domain", "i18n", "clock", "digest", "fault"]),
    ("health", &["upkeep", "packs", "store", "clock"]),
    ("packs", &["store", "content", "formats", "domain", "i18n", "fault"]),
    ("search", &["store", "content", "domain", "i18n"]),
    ("auth", &["store", "clock", "digest"]),
    ("upkeep", &["auth", "packs", "store", "domain", "clock"]),
    ("submissions", &["auth", "store", "content", "formats", "domain", "digest", "fault"]),
    (
        "web",
        &[
            "submissions",
            "auth",
            "upkeep",
            "health",
            "packs",
            "search",
            "store",
            "content",
            "formats",
            "domain",
            "i18n",
            "clock",
            "metrics",
            "digest",
            "packed",
        ],
    ),
    ("config", &["web", "submissions", "upkeep", "content", "domain", "clock"]),
    (
        "cli",
        &[
            "config",
            "web",
            "submissions",
            "auth",
            "upkeep",
            "health",
            "packs",
            "search",
            "store",
            "content",
            "formats",
            "domain",
            "i18n",
            "clock",
            "metrics",
            "digest",
        ],
    ),
];

fn rust_files() -> Vec<(String, String)> {
    let src = root().join("src");
    let files = files_below(&src).into_iter().filter(|file| file.extension().is_some_and(|e| e == "rs"));
    files
        .map(|file| {
            let name = file.strip_prefix(&src).expect("below src").to_string_lossy().into_owned();
            (name, fs::read_to_string(&file).expect("a source file"))
        })
        .collect()
}

fn room(file: &str) -> &str {
    let first = file.split('/').next().unwrap_or_default();
    first.strip_suffix(".rs").unwrap_or(first)
}

/// The rooms that a file names after `crate::`, in whatever form.
fn rooms_used(text: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for piece in text.split("crate::").skip(1) {
        match piece.strip_prefix('{') {
            Some(group) => rooms.extend(heads_of_group(group)),
            None => rooms.extend(head(piece)),
        }
    }
    rooms
}

fn head(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// `{a::b, c::{d, e}}` → a, c.
fn heads_of_group(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut expect) = (0, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => expect = true,
            c if expect && !c.is_whitespace() => {
                heads.extend(head(&group[at..]));
                expect = false;
            }
            _ => {}
        }
    }
    heads
}

#[test]
fn each_room_uses_only_the_rooms_below_it() {
    let mut broken = Vec::new();
    for (file, text) in rust_files() {
        let here = room(&file).to_owned();
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == here) else { continue };
        for used in rooms_used(&text) {
            let is_room = LAYERS.iter().any(|(name, _)| *name == used);
            if is_room && used != here && !allowed.contains(&used.as_str()) {
                broken.push(format!("{file} uses {used}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_layer_check_reads_every_form_of_use() {
    let text =
        "use crate::{content::Library, domain::{id::Slug, lang::Lang}, web};\nlet x = crate::store::open();";
    let rooms = rooms_used(text);
    assert_eq!(rooms.iter().map(String::as_str).collect::<Vec<_>>(), ["content", "domain", "store", "web"]);
}

#[test]
fn every_room_stands_in_the_table_of_layers() {
    for (file, _) in rust_files() {
        let here = room(&file);
        let known = ["main", "lib"].contains(&here) || LAYERS.iter().any(|(name, _)| *name == here);
        assert!(known, "{file}: add its room to LAYERS and to ARCHITECTURE.md");
    }
}

#[test]
fn outsiders_stay_in_their_rooms() {
    let rules: [(&str, &[&str]); 6] = [
        ("hyper::", &["web/server.rs", "web/server/"]),
        ("minijinja::", &["web/templates.rs", "web/error.rs", "web/shelf.rs"]),
        ("fluent::", &["i18n/"]),
        ("lexopt::", &["cli/", "config.rs", "config/"]),
        ("pulldown_cmark::", &["content/"]),
        ("rusqlite::", &["store/"]),
    ];
    let mut broken = Vec::new();
    for (file, text) in rust_files() {
        for (outsider, rooms) in rules {
            let uses = text.match_indices(outsider).any(|(at, _)| !text[..at].ends_with(['_', ':']));
            if uses && !rooms.iter().any(|room| file.starts_with(room)) {
                broken.push(format!("{file} uses {outsider}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_place_where_tests_pull_the_plug_is_listed_and_passed_by() {
    let mut used = Vec::new();
    for (file, text) in rust_files() {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<String>();
        let names = code.split("here(\"").skip(1).filter_map(|rest| rest.split_once('"'));
        used.extend(names.map(|(name, _)| (name.to_owned(), file.clone())));
    }
    used.sort();
    let names = used.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
    let mut listed = amauta::fault::POINTS;
    listed.sort_unstable();
    assert_eq!(names, listed, "src/fault.rs lists each place once; each stands in the code once: {used:#?}");
}

#[test]
fn files_stay_short_and_begin_with_what_lives_there() {
    for (file, text) in rust_files() {
        let lines = text.lines().count();
        assert!(lines <= 600, "{file} has {lines} lines: one subject a file");
        assert!(text.starts_with("//!"), "{file} does not say what lives in it");
    }
    for file in
        files_below(&root().join("tests")).iter().filter(|file| file.extension().is_some_and(|e| e == "rs"))
    {
        let lines = fs::read_to_string(file).expect("a test file").lines().count();
        assert!(lines <= 600, "{} has {lines} lines", file.display());
    }
}

#[test]
fn addresses_stand_on_one_page() {
    let words =
        ["/recursos", "/lecciones", "/glosario", "/ayuda", "/docentes", "/familias", "/niveles", "/acerca"];
    for (file, text) in rust_files() {
        if file.starts_with("web/routes/") || file == "web/catalog_query.rs" {
            continue;
        }
        let code =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for word in words {
            assert!(!code.contains(word), "{file} writes the address {word} itself");
        }
    }
    for file in files_below(&root().join("src/web/templates")) {
        let text = fs::read_to_string(&file).expect("a template");
        for attribute in ["href=\"/", "action=\"/", "src=\"/"] {
            assert!(!text.contains(attribute), "{} writes an address itself", file.display());
        }
    }
}

/// Ids that templates and code ask for, as far as they are written out.
fn asked_ids(text: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for opening in ["t(\"", "said(\"", "beneath(\"", "text(\""] {
        for (at, _) in text.match_indices(opening) {
            // `asset("…")` ends in the same letters as `t("…")`.
            if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &text[at + opening.len()..];
            let Some(end) = rest.find('"') else { continue };
            let after = rest[end + 1..].trim_start();
            if !after.starts_with('~') && !rest[..end].contains('{') {
                ids.insert(rest[..end].to_owned());
            }
        }
    }
    ids
}

#[test]
fn templates_hold_no_words_of_their_own() {
    for file in files_below(&root().join("src/web/templates")) {
        let text = fs::read_to_string(&file).expect("a template");
        let mut bare = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '<']) {
            bare.push_str(&rest[..at]);
            bare.push(' ');
            let close = match &rest[at..] {
                t if t.starts_with("{{") => "}}",
                t if t.starts_with("{%") => "%}",
                t if t.starts_with("{#") => "#}",
                _ => ">",
            };
            rest = rest[at..].split_once(close).map_or("", |(_, after)| after);
        }
        bare.push_str(rest);
        let words =
            bare.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect::<Vec<_>>();
        // The one word that stands over Spanish in pages of other languages is Spanish in all of them.
        let words = words.iter().filter(|word| **word != "Castellano").collect::<Vec<_>>();
        assert!(words.is_empty(), "{}: {words:?}", file.display());
    }
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let mut known = BTreeSet::new();
    for file in files_below(&root().join("locales/es")) {
        let text = fs::read_to_string(&file).expect("a locale");
        let mut message = String::new();
        for line in text.lines() {
            let Some((id, _)) = line.split_once(" =") else { continue };
            match id.trim_start().strip_prefix('.') {
                Some(attribute) => drop(known.insert(format!("{message}.{attribute}"))),
                None if !id.starts_with([' ', '#']) => {
                    id.clone_into(&mut message);
                    known.insert(message.clone());
                }
                None => {}
            }
        }
    }
    let web = root().join("src/web");
    let mut unknown = Vec::new();
    for file in files_below(&web) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let code =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let missing = asked_ids(&code).into_iter().filter(|id| !known.contains(id));
        unknown.extend(missing.map(|id| format!("{}: {id}", name(&file, &web))));
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

fn name(file: &Path, base: &Path) -> String {
    file.strip_prefix(base).unwrap_or(file).display().to_string()
}
