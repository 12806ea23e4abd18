//! Disks that fill up, turn read-only or forget, and files that are not what they were: told by name, kept to themselves, and
//! the lessons that are whole are served.

mod running;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use amauta::{
    auth::password,
    clock::Clock,
    store::{
        backup,
        school::{NewPerson, Role, SchoolDb},
    },
    web::{Settings, shelf::Folders},
};
use rusqlite::Connection;
use tempfile::TempDir;

use self::running::{LESSON, Running};
use crate::support::{school::School, socket::eventually};

const PASSWORD: &str = "tres llamas verdes";

/// A data folder with some people.
fn data(logins: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("datos");
    fs::create_dir(&data).expect("a folder");
    people(&data, logins);
    (folder, data)
}

fn people(data: &Path, logins: &[&str]) {
    let db = SchoolDb::open(&data.join("school.db")).expect("records");
    db.set_numbers(&[("hash-passes", i64::from(password::LEAST_PASSES))]).expect("a cheap hash");
    let password = password::hash(PASSWORD, password::LEAST_PASSES).expect("a hash");
    for login in logins {
        let (name, login, password) = ((*login).to_owned(), (*login).to_owned(), password.clone());
        let role = Role::Technician;
        db.add_person(NewPerson { name, login, role, password }).expect("an account");
    }
}

fn logins(data: &Path) -> Option<Vec<String>> {
    let people = SchoolDb::open(&data.join("school.db")).ok()?.people().ok()?;
    Some(people.into_iter().map(|person| person.login).collect())
}

/// A disk of its own for a folder; taken away at the end. `None`, said aloud, where nobody may mount.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn new(folder: &'a Path, options: &str) -> Option<Self> {
        let disk = Self(folder);
        if disk.mount(options) {
            return Some(disk);
        }
        println!("no right to mount: a disk of {options} was not tried");
        None
    }

    fn mount(&self, options: &str) -> bool {
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(self.0).output();
        done.is_ok_and(|done| done.status.success())
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.0).status().ok();
    }
}

#[test]
fn a_full_disk_costs_what_is_new_and_nothing_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_disk) = Disk::new(folder.path(), "size=2m") else { return };
    people(folder.path(), &["rosa"]);
    let server = Running::start(folder.path());
    assert_eq!(server.sign_in("rosa", PASSWORD), 303);
    let filler = folder.path().join("lleno");
    fs::write(&filler, vec![b'x'; 4 << 20]).unwrap_err();
    let refused = (0..40).map(|_| server.sign_in("rosa", PASSWORD)).find(|status| *status != 303);
    assert_eq!(refused, Some(507), "a session that cannot be kept is not given");
    assert_eq!(server.get("/es/recursos?q=anzuelo").0, 200);
    assert!(server.get("/es/recursos?q=anzuelo").1.contains("/es/lecciones/no-muerdo-el-anzuelo"));
    assert_eq!(server.get(LESSON).0, 200);
    drop(server);
    let server = Running::start(folder.path());
    assert_eq!(server.get(LESSON).0, 200, "it starts on a full disk");
    fs::remove_file(filler).unwrap();
    assert_eq!(server.sign_in("rosa", PASSWORD), 303, "with room again it goes on by itself");
}

#[test]
fn a_disk_that_turned_read_only_serves_its_lessons() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::new(folder.path(), "size=4m") else { return };
    people(folder.path(), &["rosa"]);
    assert!(disk.mount("remount,ro"));
    let server = Running::start(folder.path());
    assert_eq!(server.get(LESSON).0, 200);
    assert!(server.get("/es/recursos?q=anzuelo").1.contains("/es/lecciones/no-muerdo-el-anzuelo"));
    assert!([503, 500].contains(&server.sign_in("rosa", PASSWORD)));
    assert!(server.log().contains("nothing can be kept in the data folder"), "{}", server.log());
    drop(server);
    assert!(disk.mount("remount,rw"));
    assert_eq!(Running::start(folder.path()).sign_in("rosa", PASSWORD), 303);
}

#[test]
fn a_journal_that_was_cut_off_gives_back_what_was_before_in_order() {
    let (folder, data) = data(&["p0"]);
    let open = SchoolDb::open(&data.join("school.db")).unwrap();
    for number in 1..8 {
        people(&data, &[&format!("p{number}")]);
    }
    let journal = fs::read(data.join("school.db-wal")).unwrap();
    let records = fs::read(data.join("school.db")).unwrap();
    drop(open);
    let copy = folder.path().join("copia");
    let mut most = 0;
    for cut in (0..=journal.len()).step_by(1031).chain([journal.len()]) {
        fs::remove_dir_all(&copy).ok();
        fs::create_dir(&copy).unwrap();
        fs::write(copy.join("school.db"), &records).unwrap();
        fs::write(copy.join("school.db-wal"), &journal[..cut]).unwrap();
        let left = logins(&copy).unwrap_or_else(|| panic!("cut at {cut}"));
        let expected: Vec<String> = (0..left.len()).map(|number| format!("p{number}")).collect();
        assert_eq!(left, expected, "cut at {cut}");
        assert!(left.len() >= most, "what a shorter journal gives back, a longer one does");
        most = left.len();
    }
    assert_eq!(most, 8);
}

/// A portal on a data folder, as the server makes it.
fn portal(data: &Path) -> School {
    let folders = Folders { content: None, data: Some(data.to_owned()) };
    School::with(Settings { folders, ..Settings::default() })
}

#[test]
fn a_bit_that_flips_anywhere_in_the_records_never_costs_a_lesson() {
    let everybody = ["ana", "beto", "carla"];
    let (folder, data) = data(&everybody);
    let whole = fs::read(data.join("school.db")).unwrap();
    let copy = folder.path().join("copia");
    let (mut closed, mut open) = (0, 0);
    // The heads of all pages, and places all over.
    let heads = (0..whole.len()).step_by(4096).map(|page| page + 3);
    for at in heads.chain((0..whole.len()).step_by(whole.len() / 24)) {
        fs::remove_dir_all(&copy).ok();
        fs::create_dir(&copy).unwrap();
        let mut bytes = whole.clone();
        bytes[at] ^= 0x15;
        fs::write(copy.join("school.db"), &bytes).unwrap();
        let school = portal(&copy);
        assert_eq!(school.get(LESSON).status, 200, "{at}");
        if let Some(hurt) = school.app.hurt_records() {
            closed += 1;
            assert!(school.app.accounts().is_none() && hurt == copy.join("school.db.hurt-1"), "{at}");
            assert_eq!(fs::read(hurt).unwrap().len(), bytes.len(), "nothing of it is lost");
        } else {
            open += 1;
        }
    }
    assert!(closed > 5 && open > 5, "{closed} were found, {open} were of no account");
}

#[test]
fn hurt_records_are_laid_aside_and_the_newest_whole_backup_is_named() {
    let (_folder, data) = data(&["rosa"]);
    let clock = Clock::frozen("2026-03-01T12:00:00Z".parse().unwrap());
    let backups = data.join("backups");
    let first = backup::make(&data, &backups, &clock).unwrap().folder;
    let second = backup::make(&data, &backups, &clock).unwrap().folder;
    let hurt_backup = second.join("school.db");
    let length = fs::metadata(&hurt_backup).unwrap().len();
    fs::write(&hurt_backup, vec![0; usize::try_from(length).unwrap()]).unwrap();
    fs::write(data.join("school.db"), "esto no es una base de datos").unwrap();
    for _ in 0..2 {
        let server = Running::start(&data);
        assert_eq!(server.get(LESSON).0, 200);
        assert_eq!(server.get("/es/entrar").0, 503);
        assert_eq!(server.get("/es/primera-vez").0, 503);
        let told = server.told();
        for named in [first.join("school.db"), data.join("school.db.hurt-1"), data.join("school.db")] {
            assert!(told.contains(named.to_str().unwrap()), "{named:?}: {told}");
        }
        assert!(!told.contains("cli-"), "a sentence is missing: {told}");
    }
    let aside = fs::read_to_string(data.join("school.db.hurt-1")).unwrap();
    assert_eq!(aside, "esto no es una base de datos");
    fs::copy(first.join("school.db"), data.join("school.db")).unwrap();
    let server = Running::start(&data);
    assert_eq!(server.sign_in("rosa", PASSWORD), 303, "what was told to do is enough");
    assert!(!server.told().contains("hurt"));
}

#[test]
fn records_that_lost_every_byte_are_not_taken_for_a_new_school() {
    let (_folder, data) = data(&["rosa"]);
    let (records, journal) = (data.join("school.db"), data.join("school.db-wal"));
    fs::write(&records, "").unwrap();
    fs::write(&journal, "lo que se cambió").unwrap();
    let school = portal(&data);
    assert!(school.app.accounts().is_none());
    assert_eq!(fs::read_to_string(data.join("school.db.hurt-1-wal")).unwrap(), "lo que se cambió");
    fs::rename(data.join("school.db.hurt-1"), data.join("apartado")).unwrap();
    drop(school);
    people(&data, &["rosa"]);
    backup::make(&data, &data.join("backups"), &Clock::system()).unwrap();
    fs::write(&records, "").unwrap();
    fs::remove_file(&journal).ok();
    assert!(portal(&data).app.accounts().is_none());
    for file in ["school.db.hurt-1", "backups"] {
        let file = data.join(file);
        if file.is_dir() { fs::remove_dir_all(file).unwrap() } else { fs::remove_file(file).unwrap() }
    }
    // What a plug pulled at the very beginning leaves.
    fs::write(&records, "").unwrap();
    let code = portal(&data).app.accounts().expect("accounts").first_code();
    assert!(code.is_some());
}

#[test]
fn without_a_backup_it_says_how_to_begin_anew() {
    let (_folder, data) = data(&["rosa"]);
    let records = fs::read(data.join("school.db")).unwrap();
    fs::write(data.join("school.db"), &records[..records.len() / 2]).unwrap();
    let told = Running::start(&data).told();
    assert!(told.contains("school.db.hurt-1") && told.contains("No hay un respaldo"), "{told}");
    let output = Command::new(env!("CARGO_BIN_EXE_amauta"))
        .args(["doctor", "--listen", "127.0.0.1:0", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    let doctor = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.code() == Some(2) && doctor.contains("school.db.hurt-1"), "{doctor}");
    fs::rename(data.join("school.db.hurt-1"), data.join("apartado")).unwrap();
    let server = Running::start(&data);
    assert!(server.told().contains("/es/primera-vez"), "{}", server.told());
}

#[test]
fn a_catalogue_that_is_hurt_inside_is_made_anew_while_the_server_runs() {
    let (_folder, data) = data(&[]);
    let index = data.join("library.db");
    let finds = |server: &Running| {
        let (status, page) = server.get("/es/recursos?q=anzuelo");
        assert_eq!(status, 200);
        page.contains("/es/lecciones/no-muerdo-el-anzuelo\"")
    };
    assert!(finds(&Running::start(&data)));
    let whole = fs::read(&index).unwrap();
    // A page that nothing looks at before somebody searches.
    let asks = |sql: &str| Connection::open(&index).unwrap().query_row(sql, [], |row| row.get::<_, i64>(0));
    let hidden = (4096..whole.len()).step_by(4096).find(|page| {
        let mut bytes = whole.clone();
        bytes[*page..page + 64].fill(0xff);
        fs::write(&index, bytes).unwrap();
        let whole = asks("SELECT length(value) FROM setting").and(asks("SELECT length(entries) FROM owners"));
        whole.is_ok() && asks("SELECT count(*) FROM folded WHERE folded MATCH 'anzuelo'").is_err()
    });
    assert!(hidden.is_some(), "some page is the index's");
    let server = Running::start(&data);
    eventually("the index is whole again", || finds(&server));
    assert!(server.log().contains("the index is damaged"), "{}", server.log());
    drop(server);
    assert!(finds(&Running::start(&data)));
}
