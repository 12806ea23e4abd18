//! What is told of a pack before anything of it is kept.

use std::{fs, os::unix::fs::symlink, process::Command};

use amauta::packs::{build, list, verify};
use serde_json::Value;

use super::{
    outside,
    stick::{KEY, Stick, edit, told, zipped},
};

#[test]
fn a_sound_pack_says_what_it_is_and_who_signed_it_as_a_folder_and_as_a_zip() {
    let stick = Stick::new();
    let pack = stick.pack(true);
    assert!(pack.ends_with("cusco-quechua-1.2.0"));
    let zip = stick.path().join("packs/otro.zip");
    fs::write(&zip, zipped(&pack)).unwrap();
    for path in [&pack, &zip] {
        let verdict = verify(path);
        assert_eq!(told(&verdict.problems), []);
        assert_eq!(verdict.pack.unwrap().shown_title(), "Cusco en dos lenguas");
        let signer = verdict.signer.unwrap();
        assert_eq!((signer.name.as_str(), signer.key.to_string().as_str()), ("UGEL Quispicanchi", KEY));
    }
    let listed = list(&stick.path().join("packs")).unwrap();
    assert_eq!(listed.iter().map(|each| &each.path).collect::<Vec<_>>(), [&pack, &zip]);
    assert!(listed.iter().all(|each| each.verdict.problems.is_empty()));
}

#[test]
fn sha256sum_and_minisign_say_the_same() {
    let stick = Stick::new();
    let pack = stick.pack(true);
    let sums = || {
        let mut sums = Command::new("sha256sum");
        outside(sums.args(["--strict", "--quiet", "-c", "SHA256SUMS"]).current_dir(&pack))
    };
    let minisign = || {
        let mut minisign = Command::new("minisign");
        outside(minisign.args(["-V", "-p", "signer.pub", "-m", "SHA256SUMS"]).current_dir(&pack))
    };
    for output in sums().into_iter().chain(minisign()) {
        assert!(output.status.success(), "{output:?}");
    }
    edit(&pack.join("resources/feria.md"), "domingos", "lunes");
    assert!(sums().is_none_or(|output| !output.status.success()));
    assert_eq!(told(&verify(&pack).problems), [("resources/feria.md", "check-pack-changed")]);
    edit(&pack.join("SHA256SUMS"), "a", "b");
    assert!(minisign().is_none_or(|output| !output.status.success()));
}

#[test]
fn every_changed_missing_and_unlisted_file_is_named() {
    let stick = Stick::new();
    let pack = stick.pack(true);
    edit(&pack.join("resources/feria.md"), "domingos", "lunes");
    fs::remove_file(pack.join("lessons/mi-turno/es/plan.md")).unwrap();
    fs::write(pack.join("resources/virus.exe"), "MZ").unwrap();
    symlink("/etc/passwd", pack.join("resources/claves.txt")).unwrap();
    fs::write(pack.join("resources/.DS_Store"), "x").unwrap();
    let mut problems = verify(&pack).problems;
    problems.sort_by(|a, b| a.file.cmp(&b.file));
    let expected = [
        ("lessons/mi-turno/es/plan.md", "check-pack-missing"),
        ("resources/claves.txt", "check-file-symlink"),
        ("resources/feria.md", "check-pack-changed"),
        ("resources/virus.exe", "check-pack-unlisted"),
    ];
    assert_eq!(told(&problems), expected);
}

#[test]
fn a_signature_that_is_wrong_or_was_taken_away_is_told() {
    let stick = Stick::new();
    let pack = stick.pack(true);
    let signature = pack.join("SHA256SUMS.minisig");
    let good = fs::read_to_string(&signature).unwrap();
    edit(&signature, "1.2.0", "1.2.1");
    assert_eq!(told(&verify(&pack).problems), [("SHA256SUMS.minisig", "check-signature-wrong")]);
    fs::remove_file(&signature).unwrap();
    assert_eq!(told(&verify(&pack).problems), [("SHA256SUMS.minisig", "check-pack-missing")]);
    fs::write(&signature, good).unwrap();
    // Sums that were made to fit a changed file are not what was signed.
    let sums = fs::read_to_string(pack.join("SHA256SUMS")).unwrap();
    let lines: Vec<&str> = sums.lines().filter(|line| !line.ends_with("feria.md")).collect();
    fs::write(pack.join("SHA256SUMS"), lines.join("\n") + "\n").unwrap();
    fs::remove_file(pack.join("resources/feria.md")).unwrap();
    let verdict = verify(&pack);
    assert_eq!(told(&verdict.problems), [("SHA256SUMS.minisig", "check-signature-wrong")]);
    assert_eq!(verdict.signer, None);
}

#[test]
fn a_pack_of_a_later_program_says_which_version_is_needed() {
    let stick = Stick::new();
    let pack = stick.pack(false);
    edit(&pack.join("pack.toml"), "needs = \"0.1.0\"", "needs = \"7.2.0\"\nmotto = \"new\"");
    let problems = verify(&pack).problems;
    assert_eq!(told(&problems), [("pack.toml", "check-pack-newer")]);
    assert!(problems[0].finding.args.contains(&("needs", "7.2.0".to_owned())));
}

#[test]
fn hostile_packs_are_refused_whole_with_the_reason() {
    let stick = Stick::new();
    let pack = stick.pack(false);
    let sums = fs::read_to_string(pack.join("SHA256SUMS")).unwrap();
    fs::write(pack.join("SHA256SUMS"), sums.replacen("  lessons/", "  ../", 1)).unwrap();
    assert!(told(&verify(&pack).problems).contains(&("SHA256SUMS", "check-archive-path")));
    fs::write(pack.join("SHA256SUMS"), &sums).unwrap();

    let zip = stick.path().join("malo.zip");
    let whole = zipped(&pack);
    let bomb = crate::formats::archive::zipped(&[("p/pack.toml", vec![]), ("p/a", vec![0; 4 << 20])]);
    let climber = crate::formats::archive::zipped(&[("p/../../pack.toml", vec![])]);
    for (bytes, id) in [
        (&whole[..whole.len() / 2], "check-archive-truncated"),
        (&bomb[..], "check-archive-bomb"),
        (&climber[..], "check-archive-path"),
        (b"hola", "check-archive-not-zip"),
    ] {
        fs::write(&zip, bytes).unwrap();
        assert_eq!(told(&verify(&zip).problems), [("", id)]);
    }
}

#[test]
fn a_folder_with_a_mistake_becomes_no_pack() {
    let stick = Stick::new();
    let from = stick.source(|from| {
        fs::write(from.join("resources/qué?.md"), "# Hola").unwrap();
        edit(&from.join("lessons/mi-turno/lesson.toml"), "kind = \"", "kind = \"x");
    });
    let problems = build(&from, stick.path(), None).unwrap_err();
    let told = told(&problems);
    assert!(told.contains(&("resources/qué?.md", "check-sums-path")), "{told:?}");
    assert!(told.iter().any(|(file, _)| *file == "lessons/mi-turno/lesson.toml"), "{told:?}");
    assert!(!stick.path().join("cusco-quechua-1.2.0").exists());
    stick.pack(false);
    let again = build(&stick.source(|_| ()), &stick.path().join("packs"), None).unwrap_err();
    assert_eq!(again[0].finding.id, "check-pack-exists");
}

/// RO-Crate 1.1, «RO-Crate JSON-LD», «Root Data Entity» and «Data Entities»: what MUST be.
#[test]
fn the_metadata_have_what_ro_crate_demands() {
    let stick = Stick::new();
    let pack = stick.pack(true);
    let text = fs::read_to_string(pack.join("ro-crate-metadata.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["@context"][0], "https://w3id.org/ro/crate/1.1/context");
    let graph = document["@graph"].as_array().unwrap();
    let entity = |id: &str| {
        let found: Vec<&Value> = graph.iter().filter(|entity| entity["@id"] == id).collect();
        assert_eq!(found.len(), 1, "{id}");
        found[0]
    };
    let about = entity("ro-crate-metadata.json");
    assert_eq!((about["@type"].as_str(), about["about"]["@id"].as_str()), (Some("CreativeWork"), Some("./")));
    assert_eq!(about["conformsTo"]["@id"], "https://w3id.org/ro/crate/1.1");
    let crate_root = entity("./");
    assert_eq!(crate_root["@type"], "Dataset");
    for must in ["name", "description", "datePublished", "license"] {
        assert!(!crate_root[must].is_null(), "{must}");
    }
    entity(crate_root["license"]["@id"].as_str().unwrap());
    let parts: Vec<&str> =
        crate_root["hasPart"].as_array().unwrap().iter().map(|part| part["@id"].as_str().unwrap()).collect();
    for part in &parts {
        let path = part.replace("%20", " ").replace("%C3%B3", "ó");
        assert!(!path.contains('%') && pack.join(&path).exists(), "{part} is in no folder");
        let kinds = entity(part)["@type"].to_string();
        assert!(kinds.contains(if part.ends_with('/') { "Dataset" } else { "File" }), "{kinds}");
    }
    assert!(parts.contains(&"lessons/mi-turno/") && parts.contains(&"resources/feria.md"));
    assert_eq!(entity("lessons/mi-turno/")["learningResourceType"], "lesson");
    // Flat: whatever has a type is an entity, and entities only name each other.
    for entity in graph {
        assert!(entity["@id"].is_string() && !entity["@type"].is_null(), "{entity}");
        for value in entity.as_object().unwrap().values() {
            let list = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            assert!(list.iter().all(|each| each.get("@type").is_none()), "{entity}");
        }
    }
}
