//! Copies of the school's data: made while it is written, brought back whole, refused with a reason.

mod moving;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use amauta::{
    clock::Clock,
    store::{
        backup::{self, Error},
        school::{NewPerson, Role, SchoolDb},
    },
};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

/// A school's data, a target, and room for what comes back.
struct House {
    folder: TempDir,
    clock: Clock,
}

impl House {
    fn new() -> Self {
        let house = Self {
            folder: tempfile::tempdir().expect("a folder"),
            clock: Clock::frozen("2026-03-01T12:00:00Z".parse().expect("a moment")),
        };
        fs::create_dir(house.data()).expect("a folder");
        add(&house.records(), "rosa");
        house
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("escuela")
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join("usb")
    }

    fn new_home(&self) -> PathBuf {
        self.folder.path().join("nueva")
    }

    fn records(&self) -> SchoolDb {
        SchoolDb::open(&self.data().join("school.db")).expect("records")
    }

    fn keep(&self, text: &str) -> PathBuf {
        let hash = amauta::digest::hex(&Sha256::digest(text.as_bytes()));
        let folder = self.data().join("files").join(&hash[..2]);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(&hash), text).expect("a file");
        PathBuf::from("files").join(&hash[..2]).join(hash)
    }

    fn backup(&self) -> backup::Made {
        self.clock.advance(Duration::from_secs(24 * 3600));
        backup::make(&self.data(), &self.target(), &self.clock).expect("a backup")
    }
}

fn add(db: &SchoolDb, login: &str) {
    let (name, login, password) = (login.to_uppercase(), login.to_owned(), "$hash".to_owned());
    db.add_person(NewPerson { name, login, role: Role::Technician, password }).expect("an account");
}

fn logins(data: &Path) -> Vec<String> {
    let db = SchoolDb::open(&data.join("school.db")).expect("records");
    db.people().expect("people").into_iter().map(|person| person.login).collect()
}

fn amauta(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_amauta")).args(arguments).env_clear().output().expect("the program")
}

fn flip_a_bit(file: &Path, at: usize) {
    let mut bytes = fs::read(file).expect("a file");
    bytes[at] ^= 1;
    fs::write(file, bytes).expect("a file");
}

#[test]
fn a_school_comes_back_as_it_was() {
    let house = House::new();
    let (one, two) = (house.keep("una lectura"), house.keep("otra lectura"));
    let made = house.backup();
    assert_eq!((made.files, made.copied, made.hurt.len()), (2, 2, 0));
    assert!(made.folder.ends_with("000001-2026-03-02"), "{}", made.folder.display());
    for from in [house.target(), made.folder] {
        let home = tempfile::tempdir().expect("a folder");
        let restored = backup::restore(&from, home.path()).expect("a school");
        assert!(restored.records && restored.hurt.is_empty() && restored.files == 2);
        assert_eq!(logins(home.path()), ["rosa"]);
        for (file, text) in [(&one, "una lectura"), (&two, "otra lectura")] {
            assert_eq!(fs::read_to_string(home.path().join(file)).expect("a file"), text);
        }
        assert!(!home.path().join(".restore").exists());
    }
}

#[test]
fn what_the_target_holds_is_not_copied_again_and_what_is_hurt_there_is() {
    let house = House::new();
    let file = house.keep("una lectura");
    house.backup();
    house.keep("otra lectura");
    assert_eq!(house.backup().copied, 1);
    flip_a_bit(&house.target().join(&file), 3);
    assert_eq!(house.backup().copied, 1);
    flip_a_bit(&house.data().join(&file), 3);
    let made = house.backup();
    assert_eq!((made.files, made.hurt.len()), (2, 0), "the target's whole copy serves on");
}

#[test]
fn outsiders_can_check_a_backup() {
    let house = House::new();
    house.keep("una lectura");
    let made = house.backup();
    let check = Command::new("sha256sum").args(["-c", "SHA256SUMS"]).current_dir(&made.folder).output();
    let Ok(check) = check else { return println!("sha256sum is not here") };
    assert!(check.status.success(), "{check:?}");
}

#[test]
fn the_program_copies_while_people_are_written() {
    let house = House::new();
    let stop = Arc::new(AtomicBool::new(false));
    let (writes, stopped) = (house.records(), Arc::clone(&stop));
    let writer = thread::spawn(move || {
        let mut count = 0;
        while !stopped.load(Ordering::Relaxed) {
            add(&writes, &format!("p{count}"));
            count += 1;
        }
    });
    let (data, target) = (house.data(), house.target());
    for _ in 0..3 {
        let output = amauta(&["backup", "--data", &data.to_string_lossy(), &target.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    stop.store(true, Ordering::Relaxed);
    writer.join().expect("no panic");
    let home = house.new_home();
    let output = amauta(&["restore", "--data", &home.to_string_lossy(), &target.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    // A state that was: everybody up to one person, nobody after.
    let mut numbers: Vec<usize> =
        logins(&home).iter().filter_map(|login| login.strip_prefix('p')?.parse().ok()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..numbers.len()).collect::<Vec<_>>());
    let again = amauta(&["restore", "--data", &home.to_string_lossy(), &target.to_string_lossy()]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("no está vacía"), "{again:?}");
}

#[test]
fn a_hurt_file_is_named_laid_aside_and_the_rest_comes_back() {
    let house = House::new();
    let (hurt, missing, whole) = (house.keep("a"), house.keep("b"), house.keep("c"));
    house.backup();
    flip_a_bit(&house.target().join(&hurt), 0);
    fs::remove_file(house.target().join(&missing)).expect("a file");
    let restored = backup::restore(&house.target(), &house.new_home()).expect("a school");
    let name = |file: &Path| file.file_name().expect("a name").to_string_lossy().into_owned();
    assert_eq!(restored.hurt.len(), 2);
    assert!(restored.hurt.contains(&name(&hurt)) && restored.hurt.contains(&name(&missing)));
    assert!(house.new_home().join("damaged").join(name(&hurt)).is_file());
    assert!(!house.new_home().join(&hurt).exists() && house.new_home().join(&whole).is_file());
    assert_eq!(logins(&house.new_home()), ["rosa"]);
}

#[test]
fn records_that_cannot_be_read_give_way_to_the_newest_that_can() {
    let house = House::new();
    house.keep("a");
    house.backup();
    add(&house.records(), "luz");
    let newest = house.backup();
    fs::write(newest.folder.join("school.db"), vec![7; 8192]).expect("a file");
    let restored = backup::restore(&house.target(), &house.new_home()).expect("a school");
    assert!(restored.records && restored.backup.ends_with("000001-2026-03-02"));
    assert_eq!(logins(&house.new_home()), ["rosa"]);
    // Asked for by name, its files come back, and its records are named.
    let other = tempfile::tempdir().expect("a folder");
    let restored = backup::restore(&newest.folder, other.path()).expect("the files");
    assert_eq!(
        (restored.records, restored.files, restored.hurt.as_slice()),
        (false, 1, &["school.db".to_owned()][..])
    );
    assert!(other.path().join("damaged/school.db").is_file());
}

#[test]
fn a_newer_backup_is_refused_and_nothing_is_left_behind() {
    let house = House::new();
    let made = house.backup();
    let db = Connection::open(made.folder.join("school.db")).expect("records");
    db.pragma_update(None, "user_version", 99).expect("a version");
    drop(db);
    let error = backup::restore(&made.folder, &house.new_home()).expect_err("refused");
    assert!(
        matches!(&error, Error::Newer { found: 99, program, .. } if program == env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(fs::read_dir(house.new_home()).expect("a folder").count(), 0);
}

#[test]
fn a_restore_that_was_cut_off_can_be_done_again() {
    let house = House::new();
    let file = house.keep("a");
    house.backup();
    fs::create_dir_all(house.new_home().join(".restore")).expect("a folder");
    fs::create_dir_all(house.new_home().join("files/ab")).expect("a folder");
    backup::restore(&house.target(), &house.new_home()).expect("a school");
    assert!(house.new_home().join(file).is_file() && !house.new_home().join("files/ab").exists());
}

#[test]
fn half_a_backup_is_none() {
    let house = House::new();
    let made = house.backup();
    let half = house.target().join(".half");
    fs::create_dir(&half).expect("a folder");
    fs::copy(made.folder.join("school.db"), half.join("school.db")).expect("a copy");
    assert_eq!(backup::list(&house.target()).expect("a target").len(), 1);
    house.backup();
    assert!(!half.exists());
    fs::remove_dir_all(house.target()).expect("a folder");
    fs::create_dir(house.target()).expect("a folder");
    let none = backup::restore(&house.target(), &house.new_home());
    assert!(matches!(none, Err(Error::NoBackup(_))));
}

#[test]
fn files_that_no_backup_needs_any_more_go_with_the_last_that_did() {
    let house = House::new();
    let (stays, goes) = (house.keep("a"), house.keep("b"));
    house.backup();
    fs::remove_file(house.data().join(&goes)).expect("a file");
    assert!(house.target().join(&goes).is_file());
    for _ in 0..400 / 20 {
        house.clock.advance(Duration::from_secs(19 * 24 * 3600));
        house.backup();
    }
    assert!(house.target().join(stays).is_file() && !house.target().join(goes).exists());
    assert!(backup::list(&house.target()).expect("a target").len() <= 17);
}

#[test]
fn a_clock_of_1970_makes_backups_in_order_and_without_a_date() {
    let mut house = House::new();
    house.backup();
    house.clock = Clock::frozen(jiff::Timestamp::UNIX_EPOCH);
    assert!(house.backup().folder.ends_with("000002"));
}

#[test]
fn a_full_or_locked_stick_is_told_and_keeps_what_it_held() {
    let house = House::new();
    fs::create_dir(house.target()).expect("a folder");
    let mount = |options: &str| {
        let done =
            Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(house.target()).output();
        done.is_ok_and(|done| done.status.success())
    };
    if !mount("size=600k") {
        return println!("no right to mount: not tried");
    }
    house.backup();
    house.keep(&"x".repeat(1 << 20));
    let full = backup::make(&house.data(), &house.target(), &house.clock);
    let locked = mount("remount,ro").then(|| backup::make(&house.data(), &house.target(), &house.clock));
    let left = backup::list(&house.target());
    let restored = backup::restore(&house.target(), &house.new_home());
    Command::new("umount").arg(house.target()).status().ok();
    assert!(matches!(full, Err(Error::Full(_))), "{full:?}");
    assert!(matches!(locked, None | Some(Err(Error::ReadOnly(_)))), "{locked:?}");
    assert_eq!(left.expect("a target").len(), 1);
    assert!(restored.expect("a school").records);
}
