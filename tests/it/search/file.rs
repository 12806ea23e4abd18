//! The file of the catalogue: built beside, put in place whole, refused when anything is wrong with it.

use std::{fs, path::Path};

use amauta::{
    domain::lang::Lang,
    store::library::{Build, LibraryDb, MATERIALS, OpenError, Passage, ReadError, sweep},
};

fn passage(entry: u32, text: &str) -> Passage<'_> {
    Passage { entry, place: 3, lang: Lang::QU, title: "Wasi", head: "", text }
}

/// A catalogue of a few hundred passages.
fn write(path: &Path) -> LibraryDb {
    let mut build = Build::new(Some(path)).unwrap();
    build.set("version", "abc").unwrap();
    build.set("version", "abd").unwrap();
    build.facet("grade", "p3", &[0, 1, 255]).unwrap();
    build.material(0, "cuento-del-zorro", r#"{"a":1}"#).unwrap();
    for at in 0..300 {
        build
            .passage(&passage(MATERIALS + at, &format!("Wasi {at}. {}", "Atuq purin. ".repeat(40))))
            .unwrap();
    }
    build.finish().unwrap()
}

#[test]
fn what_was_put_in_comes_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    for db in [write(&path), LibraryDb::open(&path).unwrap()] {
        assert_eq!(db.get("version").unwrap().as_deref(), Some("abd"));
        assert_eq!(db.get("other").unwrap(), None);
        assert_eq!(db.facets().unwrap(), [("grade".to_owned(), "p3".to_owned(), vec![0, 1, 255])]);
        assert_eq!(db.material("cuento-del-zorro").unwrap(), Some((0, r#"{"a":1}"#.to_owned())));
        assert_eq!(
            db.material_at(0).unwrap(),
            Some(("cuento-del-zorro".to_owned(), r#"{"a":1}"#.to_owned()))
        );
        assert_eq!((db.material("x").unwrap(), db.material_at(1).unwrap()), (None, None));
        let owners = db.owners().unwrap();
        assert_eq!(
            (owners.len(), owners[299].entry(), owners[299].is_quechua()),
            (300, MATERIALS + 299, true)
        );
        let stored = db.passage(7).unwrap().unwrap();
        assert_eq!((stored.entry, stored.place, stored.lang), (MATERIALS + 7, 3, Lang::QU));
        assert!(stored.text.starts_with("Wasi 7. Atuq"));
        assert_eq!(db.passage(300).unwrap(), None);
    }
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["library.db"]);
}

#[test]
fn a_catalogue_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<LibraryDb>();
    shared::<amauta::search::Engine>();
}

#[test]
fn a_build_that_is_not_finished_leaves_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(write(&path));
    let mut build = Build::new(Some(&path)).unwrap();
    build.passage(&passage(1, "unu")).unwrap();
    drop(build);
    assert_eq!(LibraryDb::open(&path).unwrap().owners().unwrap().len(), 300);
    // Killed: the file beside stays, and goes with the next start.
    let left = folder.path().join("library.db.new");
    fs::write(&left, b"half a catalogue").unwrap();
    assert_eq!(LibraryDb::open(&path).unwrap().owners().unwrap().len(), 300);
    sweep(&path).unwrap();
    assert!(!left.exists());
    fs::write(&left, b"half a catalogue").unwrap();
    drop(write(&path));
    assert!(!left.exists());
}

#[test]
fn readers_of_the_old_file_go_on_while_a_new_one_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let old = write(&path);
    let mut build = Build::new(Some(&path)).unwrap();
    build.set("version", "new").unwrap();
    let new = build.finish().unwrap();
    assert_eq!(old.get("version").unwrap().as_deref(), Some("abd"));
    assert_eq!(new.get("version").unwrap().as_deref(), Some("new"));
}

#[test]
fn files_that_are_no_catalogue_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    assert!(matches!(LibraryDb::open(&path), Err(OpenError::Io(_))));
    for bytes in [&b""[..], b"x", b"SQLite format 3\0", &[0; 4096]] {
        fs::write(&path, bytes).unwrap();
        assert!(matches!(LibraryDb::open(&path), Err(OpenError::NotALibrary)), "{} bytes", bytes.len());
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(LibraryDb::open(&path).is_err());
}

#[test]
fn another_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(write(&path));
    let mut bytes = fs::read(&path).unwrap();
    bytes[63] = 99;
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(LibraryDb::open(&path), Err(OpenError::OtherVersion(99))));
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(write(&path));
    let bytes = fs::read(&path).unwrap();
    for keep in [101, 4096, 4097, bytes.len() / 2, bytes.len() - 4096, bytes.len() - 1] {
        fs::write(&path, &bytes[..keep]).unwrap();
        assert!(matches!(LibraryDb::open(&path), Err(OpenError::Damaged(_))), "{keep} of {}", bytes.len());
    }
}

#[test]
fn a_damaged_page_is_an_error_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(write(&path));
    let bytes = fs::read(&path).unwrap();
    let mut noticed = 0;
    for page in 0..bytes.len() / 4096 {
        let mut broken = bytes.clone();
        let from = page * 4096 + if page == 0 { 100 } else { 0 };
        broken[from..(page + 1) * 4096].fill(0x5a);
        fs::write(&path, &broken).unwrap();
        let Ok(db) = LibraryDb::open(&path) else {
            noticed += 1;
            continue;
        };
        let engine = db.owners().map(drop).and_then(|()| amauta::search::Engine::new(db.into()));
        let outcome = engine.and_then(|engine| {
            engine.find("atuq wasi", Lang::QU)?;
            let sought = engine.sought("atuq");
            (0..300).try_for_each(|passage| engine.snippet(passage, &sought).map(drop))
        });
        match outcome {
            Err(ReadError::Damaged(_)) => noticed += 1,
            Err(other) => panic!("page {page}: {other:?}"),
            Ok(()) => {}
        }
    }
    assert!(noticed * 2 > bytes.len() / 4096, "{noticed} of {} pages", bytes.len() / 4096);
}
