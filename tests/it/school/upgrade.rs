//! Records of every released version: raised with all their rows, and kept beside as they were until the new ones have served.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};

use amauta::{
    store::school::{SchoolDb, VERSION},
    web::{Settings, shelf::Folders},
};
use rusqlite::Connection;

use super::{Records, logins};
use crate::support::{root, school::School};

/// Makes `school.db` as a version of the program kept it.
fn old(path: &Path, version: i32) {
    let file = root().join(format!("tests/fixtures/schema/{version}.sql"));
    let sql = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing", file.display()));
    Connection::open(path).and_then(|db| db.execute_batch(&sql)).expect("the dump is SQL");
}

/// The rows of each table, counted.
fn rows(path: &Path) -> Vec<(String, i64)> {
    let db = Connection::open(path).expect("a database");
    let mut names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let count = |name: String| {
        let count = db.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0)).unwrap();
        (name, count)
    };
    names.into_iter().map(count).collect()
}

fn version(path: &Path) -> i32 {
    amauta::store::school::version_of(path).expect("a database")
}

/// The versions that were released; the present one perhaps not yet.
fn released() -> impl Iterator<Item = i32> {
    (1..=VERSION).filter(|version| {
        *version < VERSION || root().join(format!("tests/fixtures/schema/{version}.sql")).is_file()
    })
}

#[test]
fn records_of_every_version_are_raised_with_all_their_rows() {
    assert!(released().count() >= 4);
    for from in released() {
        let records = Records::new();
        old(&records.path(), from);
        let before = rows(&records.path());
        assert_eq!(logins(&records.open()), ["rosa", "tito"], "version {from}");
        assert_eq!(version(&records.path()), VERSION);
        let after = rows(&records.path());
        for table in &before {
            assert!(after.contains(table), "version {from}: {table:?} of {after:?}");
        }
        let kept = records.folder.path().join(format!("school.db.before-{from}"));
        assert_eq!(kept.is_file(), from < VERSION, "version {from}");
        if from < VERSION {
            assert_eq!((version(&kept), rows(&kept)), (from, before));
            assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o077, 0);
        }
    }
}

#[test]
fn what_was_before_goes_when_the_new_has_served_and_can_be_put_back_until_then() {
    let records = Records::new();
    old(&records.path(), 1);
    let kept = records.folder.path().join("school.db.before-1");
    let folders = Folders { content: None, data: Some(records.folder.path().to_owned()) };
    let open = || School::with(Settings { folders: folders.clone(), ..Settings::default() });
    drop(open());
    assert!(kept.is_file());
    fs::rename(&kept, records.path()).expect("put back");
    for more in ["-wal", "-shm"] {
        fs::remove_file(records.folder.path().join(format!("school.db{more}"))).ok();
    }
    assert_eq!(version(&records.path()), 1);
    // The same again, and this time it serves.
    let school = open();
    assert_eq!(school.get("/es/entrar").status, 200);
    assert!(kept.is_file());
    school.app.upkeep().expect("a caretaker").tick();
    assert!(!kept.exists());
}

#[test]
fn records_of_a_newer_program_are_refused_with_what_to_do() {
    let records = Records::new();
    drop(records.open());
    Connection::open(records.path())
        .and_then(|db| db.pragma_update(None, "user_version", 99))
        .expect("newer");
    let error = SchoolDb::open(&records.path()).expect_err("refused").to_string();
    assert!(error.contains("install that program again") && error.contains("school.db.before-"), "{error}");
    let output = Command::new(env!("CARGO_BIN_EXE_amauta"))
        .args(["doctor", "--listen", "127.0.0.1:0", "--data"])
        .arg(records.folder.path())
        .env_clear()
        .output()
        .expect("the program");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(said.contains("son de un programa más nuevo") && said.contains("Instala otra vez"), "{said}");
    let folders = Folders { content: None, data: Some(records.folder.path().to_owned()) };
    let school = School::with(Settings { folders, ..Settings::default() });
    assert_eq!(school.get("/es/recursos").status, 200, "lessons are served all the same");
    assert_eq!(version(&records.path()), 99);
}
