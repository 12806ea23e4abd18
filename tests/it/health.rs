//! `amauta doctor`: what facts mean, how the machine's texts are read, and the command itself.

use std::{collections::BTreeMap, fs, process::Command};

use amauta::health::{Base, Facts, Name, Outcome, Port, gather, judge};

use crate::support::root;

const MIB: u64 = 1024 * 1024;

fn outcomes(facts: &Facts) -> BTreeMap<&'static str, Outcome> {
    judge(facts).into_iter().map(|check| (check.name, check.outcome)).collect()
}

fn healthy() -> Facts {
    Facts {
        disk: Some((4000 * MIB, 8000 * MIB)),
        write: Some(Ok(12)),
        mode: Some(0o40_750),
        memory: Some((120 * MIB, 256 * MIB)),
        clock: Some(("2026-03-01 08:00".to_owned(), true)),
        ports: vec![("[::]:80".parse().unwrap(), Port::Ours)],
        library: Some(Base::Whole),
        school: Some(Base::Absent),
        packs: Some((1, Vec::new())),
        content: Some((0, 0)),
        name: Some(Name::Here),
        addresses: vec!["192.168.1.5".parse().unwrap()],
        wifi: Some(("wlan0".to_owned(), -56)),
        swap_on_card: Some(false),
        card_wear: Some(1),
        disk_errors: Some(0),
    }
}

fn sick() -> Facts {
    Facts {
        disk: Some((3 * MIB, 8000 * MIB)),
        write: Some(Err("Read-only file system".to_owned())),
        mode: Some(0o40_777),
        memory: Some((2 * MIB, 256 * MIB)),
        clock: Some(("1970-01-01 00:00".to_owned(), false)),
        ports: vec![("[::]:80".parse().unwrap(), Port::Taken)],
        library: Some(Base::Damaged("x".to_owned())),
        school: Some(Base::Damaged("x".to_owned())),
        packs: Some((1, vec!["x".to_owned()])),
        content: Some((1, 0)),
        name: Some(Name::Elsewhere),
        addresses: Vec::new(),
        wifi: Some(("wlan0".to_owned(), -85)),
        swap_on_card: Some(true),
        card_wear: Some(3),
        disk_errors: Some(2),
    }
}

#[test]
fn a_healthy_machine_needs_nothing_and_a_sick_one_is_told_everything() {
    assert!(outcomes(&healthy()).values().all(|outcome| *outcome == Outcome::Ok));
    let sick = outcomes(&sick());
    assert!(sick.values().all(|outcome| *outcome >= Outcome::Warning), "{sick:?}");
    // A catalogue is made again, a school's records are not.
    assert_eq!((sick["library"], sick["school"]), (Outcome::Warning, Outcome::Error));
}

#[test]
fn what_a_machine_does_not_tell_is_not_guessed() {
    let seen = outcomes(&Facts::default());
    let guessed: Vec<_> = seen.iter().filter(|(_, outcome)| **outcome != Outcome::Unknown).collect();
    assert_eq!(guessed, [(&"addresses", &Outcome::Warning)]);
    // An access point measures no link of its own.
    let facts = Facts { wifi: Some(("wlan0".to_owned(), 0)), ..healthy() };
    assert_eq!(outcomes(&facts)["wifi"], Outcome::Unknown);
}

#[test]
fn every_check_has_its_sentence_and_every_trouble_its_cure() {
    let texts = fs::read_to_string(root().join("locales/es/doctor.ftl")).unwrap();
    for check in [healthy(), sick(), Facts::default()].iter().flat_map(judge) {
        assert!(texts.contains(&format!("\ndoctor-{} = ", check.name)), "{}", check.name);
        let (_, after) = texts.split_once(&format!("\n{} = ", check.id)).expect(check.id);
        let cured = after.lines().nth(1).is_some_and(|line| line.starts_with("    .cure = "));
        assert_eq!(cured, check.outcome >= Outcome::Warning, "{}", check.id);
    }
}

#[test]
fn the_texts_of_old_and_new_machines_are_read() {
    let new = "MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 600 kB\n";
    assert_eq!(gather::memory(new), Some((600 * 1024, 1000 * 1024)));
    let old = "MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 20 kB\nCached: 30 kB\n";
    assert_eq!(gather::memory(old), Some((150 * 1024, 1000 * 1024)));
    let wireless = "Inter-| sta-|\n face | tus |\n wlan0: 0000   54.  -56.  -256        0\n";
    assert_eq!(gather::wifi(wireless), Some(("wlan0".to_owned(), -56)));
    assert!(gather::swap_on_card("Filename\tType\n/dev/mmcblk0p3 partition 1 0 -2\n"));
    assert!(!gather::swap_on_card("Filename\tType\n/dev/sda3 partition 1 0 -2\n"));
    for text in ["", "\n", "a\nb\nc\n", "MemTotal: x kB"] {
        assert_eq!((gather::memory(text), gather::wifi(text)), (None, None));
    }
}

#[test]
fn the_command_tells_a_damaged_record_and_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("school.db"), "esto no es una base de datos").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_amauta"))
        .args(["doctor", "--json", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let rows: Vec<BTreeMap<String, String>> = serde_json::from_slice(&output.stdout).unwrap();
    let row = |name: &str| rows.iter().find(|row| row["check"] == name).unwrap();
    assert_eq!(row("school")["outcome"], "error");
    assert!(!row("school")["cure"].is_empty());
    assert_eq!((row("write")["outcome"].as_str(), row("library")["outcome"].as_str()), ("ok", "ok"));
    assert!(rows.iter().all(|row| !row["what"].contains("doctor-")), "a sentence is missing: {rows:?}");
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["school.db"], "nothing is left behind");
}
