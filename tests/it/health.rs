//! `amauta doctor`: what facts mean, how the machine's texts are read, and the command itself.

use std::{
    collections::BTreeMap, fs, os::unix::net::UnixListener, path::Path, process::Command, time::Duration,
};

use amauta::{
    health::{Base, Facts, Fault, Name, Outcome, Port, Standing, Write, gather, judge, processor},
    web::{Settings, server::Operations, shelf::Folders},
};

use crate::support::{html::words, lessons::collapse, root, school::School, socket::Program};

const MIB: u64 = 1024 * 1024;

fn outcomes(facts: &Facts) -> BTreeMap<&'static str, Outcome> {
    judge(facts).into_iter().map(|check| (check.name, check.outcome)).collect()
}

fn healthy() -> Facts {
    Facts {
        disk: Some((4000 * MIB, 8000 * MIB)),
        write: Some(Write::Works(12)),
        mode: Some(0o40_750),
        memory: Some((120 * MIB, 256 * MIB)),
        clock: Some(("2026-03-01 08:00".to_owned(), true)),
        ports: vec![("[::]:80".parse().unwrap(), Port::Ours)],
        library: Some(Base::Whole),
        school: Some(Base::Absent),
        backup: Some(Standing::Made(1, None)),
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
        write: Some(Write::Fails("Read-only file system".to_owned())),
        mode: Some(0o40_777),
        memory: Some((2 * MIB, 256 * MIB)),
        clock: Some(("1970-01-01 00:00".to_owned(), false)),
        ports: vec![("[::]:80".parse().unwrap(), Port::Taken)],
        library: Some(Base::Damaged("x".to_owned())),
        school: Some(Base::Damaged("x".to_owned())),
        backup: Some(Standing::Made(1, Some(Fault::Full))),
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
    assert_eq!(outcomes(&Facts { school: Some(Base::Newer), ..healthy() })["school"], Outcome::Error);
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
    let mounts =
        "/dev/root / ext4 rw 0 0\n/dev/sda1 /media/mi\\040usb vfat rw 0 0\ntmpfs /media tmpfs rw 0 0\n";
    for (folder, system) in
        [("/var/lib", "ext4"), ("/media/mi usb/a", "vfat"), ("/media/x", "tmpfs"), ("/mediateca", "ext4")]
    {
        assert_eq!(gather::file_system(mounts, Path::new(folder)), Some(system), "{folder}");
    }
    for text in ["", "\n", "a\nb\nc\n", "MemTotal: x kB"] {
        assert_eq!((gather::memory(text), gather::wifi(text)), (None, None));
    }
}

fn doctor(data: &Path, more: &[&str]) -> (Option<i32>, Vec<BTreeMap<String, String>>) {
    let output = Command::new(env!("CARGO_BIN_EXE_amauta"))
        .args(["doctor", "--json", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .args(more)
        .output()
        .unwrap();
    let rows = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    (output.status.code(), rows)
}

#[test]
fn nothing_is_to_do_on_a_fresh_install_before_and_after_the_first_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("escuela/datos");
    for begun in [false, true] {
        if begun {
            Program::start(&["--data", data.to_str().unwrap()]);
        }
        let (code, rows) = doctor(&data, &[]);
        // A machine may be tested where there is no network.
        let troubles: Vec<_> = rows
            .iter()
            .filter(|row| row["check"] != "addresses" && ["warning", "error"].contains(&&*row["outcome"]))
            .collect();
        assert!(troubles.is_empty(), "started: {begun}: {troubles:?}");
        let alone = rows.iter().any(|row| row["check"] == "addresses" && row["outcome"] == "warning");
        assert_eq!(code, Some(i32::from(alone)));
        assert_eq!(data.exists(), begun, "the doctor makes nothing");
    }
}

#[test]
fn a_mistake_in_the_schools_own_content_is_told_and_one_that_is_built_in_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let lesson = folder.path().join("lecciones/mala");
    fs::create_dir_all(&lesson).unwrap();
    fs::write(lesson.join("lesson.toml"), "id = \"mala\"\nkind = \n").unwrap();
    let content = |more: &[&str]| {
        let (_, rows) = doctor(&folder.path().join("datos"), more);
        rows.into_iter().find(|row| row["check"] == "content").unwrap()
    };
    // Some of the program's own channels of help are always about to need another look.
    assert_eq!(content(&[])["outcome"], "ok");
    let told = content(&["--content", folder.path().join("lecciones").to_str().unwrap()]);
    assert!(told["outcome"] == "warning" && !told["what"].starts_with("errores: 0"), "{told:?}");
}

#[test]
fn the_technicians_page_tells_what_the_command_tells() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("library.db"), "esto no es una base de datos").unwrap();
    let folders = Folders { content: None, data: Some(folder.path().to_owned()) };
    let school = School::with(Settings { folders, operations: Operations::Lan, ..Settings::default() });
    let page = collapse(&words(&school.get("/es/tecnico").text()));
    let (_, rows) = doctor(folder.path(), &[]);
    for row in rows.iter().filter(|row| row["check"] != "port") {
        assert!(page.contains(&row["title"]), "{} is missing in {page}", row["title"]);
    }
    let damaged = rows.iter().find(|row| row["check"] == "library").unwrap();
    let (what, cure) = (collapse(&damaged["what"]), collapse(&damaged["cure"]));
    assert!(page.contains(&format!("Catálogo (library.db) AVISO {what} {cure}")), "{page}");
    assert!(!page.contains("doctor-"), "{page}");
    // What was seen is told again for a while, then the machine is looked at anew.
    fs::remove_file(folder.path().join("library.db")).unwrap();
    let damaged = |page: &str| words(page).contains("está dañado");
    assert!(damaged(&school.get("/es/tecnico").text()));
    school.clock.advance(Duration::from_secs(11));
    assert!(!damaged(&school.get("/es/tecnico").text()));
}

#[test]
fn a_processor_is_told_by_what_decides_which_build_runs_on_it() {
    let read = |name: &str| {
        let text = fs::read_to_string(root().join(format!("tests/fixtures/cpuinfo/{name}.txt"))).unwrap();
        let it = processor::read(&text);
        (it.name, it.count, it.has.join(" "), it.lacks.join(" "))
    };
    let told = |name: &str, count, has: &str, lacks: &str| {
        (name.to_owned(), count, has.to_owned(), lacks.to_owned())
    };
    let geode = "Geode(TM) Integrated Processor by AMD PCS";
    assert_eq!(read("xo-1"), told(geode, 1, "cmov mmx", "sse sse2 nopl"));
    let zero = "ARMv6-compatible processor rev 7 (v6l), BCM2835, Raspberry Pi Zero W Rev 1.1";
    assert_eq!(read("pi-zero"), told(zero, 1, "vfp tls", "neon"));
    assert_eq!(read("pi-4"), told("BCM2835, Raspberry Pi 4 Model B Rev 1.1", 4, "vfp neon tls", ""));
    assert_eq!(processor::read("").count, 0);
}

#[test]
fn the_self_test_is_one_screen_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_amauta")).args(["selftest", "--data"]).arg(folder.path()).output();
    let output = output.unwrap();
    let screen = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{screen}");
    assert!(screen.ends_with("TODO FUNCIONA. Fotografía esta pantalla.\n"), "{screen}");
    assert!(screen.lines().count() <= 24 && !screen.contains("cli-"), "{screen}");
    for line in ["Procesador", "Memoria", "Carpeta", "Arranque", "Página", "Contraseña", "Guardar"] {
        let line = screen.lines().find(|it| it.trim_start().starts_with(line)).expect(line);
        assert!(line.contains(|c: char| c.is_ascii_digit()) && !line.contains("ERROR"), "{line}");
    }
    assert!(screen.contains("diario WAL"), "{screen}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let output =
        Command::new(env!("CARGO_BIN_EXE_amauta")).args(["selftest", "--data", "/proc/1/x"]).output();
    assert_eq!(output.unwrap().status.code(), Some(1), "a folder that cannot be written");
}

#[test]
fn a_disk_without_shared_memory_for_the_journal_is_told_and_serves_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    // A socket where the shared memory would be cannot be opened, as nothing can be mapped on an XO-1's memory.
    let _socket = UnixListener::bind(folder.path().join(".amauta-prueba.prueba-shm")).unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_amauta")).args(["selftest", "--data"]).arg(folder.path()).output();
    let output = output.unwrap();
    let screen = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{screen}");
    assert!(screen.contains("diario truncate: este disco no admite WAL"), "{screen}");
    assert!(screen.contains("TODO FUNCIONA"), "{screen}");
}

#[test]
fn the_command_tells_a_damaged_record_and_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("school.db"), "esto no es una base de datos").unwrap();
    let (code, rows) = doctor(folder.path(), &[]);
    assert_eq!(code, Some(2), "{rows:?}");
    let row = |name: &str| rows.iter().find(|row| row["check"] == name).unwrap();
    assert_eq!(row("school")["outcome"], "error");
    assert!(!row("school")["cure"].is_empty());
    assert_eq!((row("write")["outcome"].as_str(), row("library")["outcome"].as_str()), ("ok", "ok"));
    assert!(rows.iter().all(|row| !row["what"].contains("doctor-")), "a sentence is missing: {rows:?}");
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["school.db"], "nothing is left behind");
}

#[test]
fn the_technician_sees_the_last_week_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let folders = Folders { content: None, data: Some(folder.path().to_owned()) };
        School::with(Settings { folders, operations: Operations::Lan, ..Settings::default() })
    };
    let school = start();
    assert!(!school.get("/es/tecnico").text().contains("data:image/png"), "there is nothing to show yet");
    for hour in 0..200 {
        school.app.note_hour();
        for _ in 0..hour % 3 {
            school.get("/es/");
        }
        school.clock.advance(Duration::from_secs(3600));
    }
    for school in [school, start()] {
        let html = school.get("/es/tecnico").text();
        assert_eq!(html.matches("data:image/png;base64,").count(), 4);
        let page = collapse(&words(&html));
        for told in
            ["Pedidos en cada hora", "Lo más alto:", "Disco: respaldos", "Memoria libre del equipo", "Carga"]
        {
            assert!(page.contains(told), "{told} is missing in {page}");
        }
    }
    let kept = fs::read_to_string(folder.path().join("cache/history.tsv")).unwrap();
    assert_eq!(kept.lines().count(), 7 * 24, "a week, and no more");
    fs::write(folder.path().join("cache/history.tsv"), "x\ty\n\u{0}").unwrap();
    assert_eq!(start().get("/es/tecnico").status, 200, "what is no history is none");
}
