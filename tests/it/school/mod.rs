//! The school's records: what they keep, and what they refuse to touch.

mod upgrade;

use std::{collections::BTreeSet, fs, os::unix::net::UnixListener, path::Path, sync::Arc, thread};

use amauta::store::school::{By, NewPerson, OpenError, PersonError, Role, SchoolDb, Status, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

struct Records {
    folder: TempDir,
}

impl Records {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("school.db")
    }

    fn open(&self) -> SchoolDb {
        SchoolDb::open(&self.path()).expect("records")
    }
}

fn person(login: &str, role: Role) -> NewPerson {
    NewPerson { name: login.to_uppercase(), login: login.to_owned(), role, password: "$hash".to_owned() }
}

fn logins(db: &SchoolDb) -> Vec<String> {
    db.people().expect("people").into_iter().map(|person| person.login).collect()
}

#[test]
fn what_was_kept_is_there_after_the_records_are_opened_again() {
    let records = Records::new();
    let db = records.open();
    let rosa = db.add_person(person("rosa", Role::Coordinator)).expect("an account");
    db.set_password(rosa, "$other".to_owned()).expect("a password");
    drop(db);
    let found = records.open().person("rosa").expect("records").expect("Rosa");
    assert_eq!((found.id, found.name.as_str(), found.role), (rosa, "ROSA", Role::Coordinator));
    assert_eq!((found.password.as_str(), found.status), ("$other", Status::Active));
}

#[test]
fn a_copy_of_the_files_taken_right_after_the_answer_holds_the_change() {
    // What SIGKILL leaves: the files as they are, with no closing of the database.
    let records = Records::new();
    let db = records.open();
    db.add_person(person("rosa", Role::Teacher)).expect("an account");
    let copy = Records::new();
    for file in fs::read_dir(records.folder.path()).expect("files") {
        let file = file.expect("a file");
        fs::copy(file.path(), copy.folder.path().join(file.file_name())).expect("a copy");
    }
    assert_eq!(logins(&copy.open()), ["rosa"]);
}

#[test]
fn a_login_belongs_to_one_person() {
    let db = Records::new();
    let db = db.open();
    db.add_person(person("rosa", Role::Teacher)).expect("an account");
    assert!(matches!(db.add_person(person("rosa", Role::Technician)), Err(PersonError::Taken)));
    assert_eq!(db.people().expect("people").len(), 1);
}

#[test]
fn of_many_who_want_to_be_the_first_one_is() {
    let records = Records::new();
    let db = Arc::new(records.open());
    let try_it = |number: usize| {
        let db = Arc::clone(&db);
        thread::spawn(move || {
            db.add_first(person(&format!("t{number}"), Role::Technician), By::default()).is_ok()
        })
    };
    let tries: Vec<_> = (0..16).map(try_it).collect();
    let won = tries.into_iter().map(|t| t.join().expect("no panic")).filter(|won| *won).count();
    assert_eq!((won, logins(&db).len()), (1, 1));
}

#[test]
fn a_change_that_fails_takes_nothing_of_its_neighbours_with_it() {
    let records = Records::new();
    let db = Arc::new(records.open());
    db.add_person(person("p7", Role::Technician)).expect("an account");
    let tries: Vec<_> = (0..24)
        .map(|number| {
            let db = Arc::clone(&db);
            thread::spawn(move || db.add_person(person(&format!("p{number}"), Role::Teacher)).is_ok())
        })
        .collect();
    let made = tries.into_iter().map(|t| t.join().expect("no panic")).filter(|made| *made).count();
    assert_eq!(made, 23, "all but the one whose login is taken");
    let all: BTreeSet<String> = logins(&db).into_iter().collect();
    assert_eq!(all, (0..24).map(|number| format!("p{number}")).collect());
    // Half a change is none.
    let half: Result<(), StoreError> = db.write(|db| {
        db.execute("DELETE FROM person", [])?;
        db.execute("DELETE FROM nothing_of_this_name", [])?;
        Ok(())
    });
    assert!(matches!(half, Err(StoreError::Sql(_))));
    assert_eq!(logins(&db).len(), 24);
}

#[test]
fn the_last_technician_is_not_shut_out() {
    let db = Records::new();
    let db = db.open();
    let first = db.add_person(person("uno", Role::Technician)).expect("an account");
    assert!(matches!(
        db.set_status(first, Status::Disabled, By::default()),
        Err(PersonError::LastTechnician)
    ));
    assert_eq!(db.person("uno").expect("records").expect("uno").status, Status::Active);
    let second = db.add_person(person("dos", Role::Technician)).expect("an account");
    db.set_status(first, Status::Disabled, By::default()).expect("there is another");
    assert!(matches!(
        db.set_status(second, Status::Disabled, By::default()),
        Err(PersonError::LastTechnician)
    ));
}

/// Makes the folder one without shared memory: a socket where it would be cannot be opened, as nothing can be mapped on the
/// memory of an XO-1; nor can a folder, which whoever tidies up leaves there.
fn without_shared_memory(records: &Records) -> UnixListener {
    fs::create_dir(records.folder.path().join("school.prueba-shm")).expect("a folder");
    UnixListener::bind(records.folder.path().join("school.db-shm")).expect("a socket")
}

fn journal(records: &Records) -> String {
    let db = Connection::open(records.path()).expect("a database");
    db.query_row("PRAGMA journal_mode", [], |row| row.get(0)).expect("its journal")
}

#[test]
fn a_disk_without_shared_memory_keeps_records_in_the_older_journal() {
    let records = Records::new();
    let socket = without_shared_memory(&records);
    let db = records.open();
    db.add_person(person("rosa", Role::Teacher)).expect("an account");
    // `amauta user` opens them while the server runs.
    records.open().add_person(person("juan", Role::Teacher)).expect("an account");
    assert_eq!(logins(&db), ["juan", "rosa"]);
    drop(db);
    assert_eq!(logins(&records.open()), ["juan", "rosa"]);
    assert_eq!(journal(&records), "delete");
    // On a better disk they go over to the newer one.
    drop(socket);
    fs::remove_file(records.folder.path().join("school.db-shm")).expect("the socket");
    fs::remove_dir(records.folder.path().join("school.prueba-shm")).expect("the folder");
    assert_eq!(logins(&records.open()), ["juan", "rosa"]);
    assert_eq!(journal(&records), "wal");
}

#[test]
fn records_from_another_disk_are_whole_where_there_is_no_shared_memory() {
    let records = Records::new();
    let db = records.open();
    db.add_person(person("rosa", Role::Teacher)).expect("an account");
    let copy = Records::new();
    for name in ["school.db", "school.db-wal"] {
        fs::copy(records.folder.path().join(name), copy.folder.path().join(name)).expect("a copy");
    }
    let _socket = without_shared_memory(&copy);
    assert!(Connection::open(copy.path()).and_then(|db| db.execute_batch("SELECT * FROM person")).is_err());
    let there = copy.open();
    assert_eq!(logins(&there), ["rosa"]);
    copy.open().add_person(person("juan", Role::Teacher)).expect("an account");
    assert_eq!(logins(&there), ["juan", "rosa"]);
    drop(there);
    assert_eq!(journal(&copy), "delete");
}

#[test]
fn files_that_are_no_records_of_ours_are_left_as_they_are() {
    fn refused(path: &Path) -> OpenError {
        let before = fs::read(path).expect("a file");
        let error = SchoolDb::open(path).expect_err("refused");
        assert_eq!(fs::read(path).expect("a file"), before, "{error}");
        error
    }
    let records = Records::new();
    fs::write(records.path(), "no es una base de datos, ni lo parece".repeat(200)).expect("a file");
    assert!(matches!(refused(&records.path()), OpenError::NotASchool));
    let other = Records::new();
    Connection::open(other.path()).and_then(|db| db.execute_batch("CREATE TABLE x (y)")).expect("a database");
    assert!(matches!(refused(&other.path()), OpenError::NotASchool));
    let newer = Records::new();
    drop(newer.open());
    Connection::open(newer.path()).and_then(|db| db.pragma_update(None, "user_version", 99)).expect("newer");
    assert!(matches!(refused(&newer.path()), OpenError::Newer { found: 99, .. }));
}

#[cfg(unix)]
#[test]
fn only_the_servers_user_reads_the_records() {
    use std::os::unix::fs::PermissionsExt as _;
    let records = Records::new();
    drop(records.open());
    let mode = fs::metadata(records.path()).expect("a file").permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

#[test]
fn neither_a_name_nor_a_hash_gets_into_a_log() {
    let db = Records::new();
    let db = db.open();
    db.add_person(person("rosa", Role::Teacher)).expect("an account");
    let told = format!("{:?}", db.person("rosa").expect("records"));
    assert!(!told.contains("rosa") && !told.contains("ROSA") && !told.contains("$hash"), "{told}");
}
