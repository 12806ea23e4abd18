//! Files that people bring: kept once, whole or not at all, and leftovers taken away.

use std::{
    cell::Cell,
    fs::{self, File},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use amauta::{
    clock::Clock,
    digest::hex,
    store::{
        backup,
        blobs::{Blob, Blobs, Error, Limits, Swept},
        school::SchoolDb,
    },
};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

const FREELY: Limits = Limits { max: u64::MAX, floor: 0 };

/// The hash that programs of others tell too.
fn sum(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

fn store() -> (TempDir, Blobs) {
    let home = tempfile::tempdir().expect("a folder");
    let blobs = Blobs::open(home.path().join("files"));
    (home, blobs)
}

fn keep(blobs: &Blobs, content: &[u8]) -> Blob {
    let mut incoming = blobs.begin(FREELY).expect("a file");
    for piece in content.chunks(3) {
        incoming.write(piece).expect("room");
    }
    incoming.keep().expect("kept")
}

/// All files below a folder, relative to it.
fn files(home: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = crate::support::files_below(home)
        .iter()
        .map(|file| file.strip_prefix(home).expect("below").to_owned())
        .collect();
    files.sort();
    files
}

#[test]
fn a_file_is_found_by_what_it_holds() {
    let (home, blobs) = store();
    let hash = sum(b"una lectura");
    assert!(!blobs.has(&hash));
    let blob = keep(&blobs, b"una lectura");
    assert_eq!((blob.hash.as_str(), blob.size), (hash.as_str(), 11));
    assert_eq!(files(home.path()), [PathBuf::from("files").join(&hash[..2]).join(&hash)]);
    assert_eq!(std::io::read_to_string(blobs.file(&hash).expect("a file")).expect("text"), "una lectura");
    assert!(blobs.has(&hash) && blobs.verify(&hash));
    let empty = keep(&blobs, b"");
    assert_eq!((empty.hash, empty.size), (sum(b""), 0));
}

#[test]
fn nobody_else_on_the_machine_reads_it() {
    let (home, blobs) = store();
    let incoming = blobs.begin(FREELY).expect("a file");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let growing = files(home.path());
    assert_eq!(growing.len(), 1);
    assert_eq!(mode(&home.path().join(&growing[0])), 0o600);
    let blob = incoming.keep().expect("kept");
    let path = blobs.path(&blob.hash).expect("a path");
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().expect("a folder")), 0o700);
    assert_eq!(mode(&home.path().join("files")), 0o700);
}

#[test]
fn the_same_content_is_kept_once() {
    let (home, blobs) = store();
    let first = keep(&blobs, b"yaku");
    let second = keep(&blobs, b"yaku");
    assert_eq!((first.hash, first.size), (second.hash, second.size));
    assert_eq!(files(home.path()).len(), 1);
}

#[test]
fn two_at_once_with_the_same_content_both_have_it() {
    let (home, blobs) = store();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let blobs = blobs.clone();
            thread::spawn(move || (0..20).map(|n: u8| keep(&blobs, &[n]).hash).collect::<Vec<_>>())
        })
        .collect();
    let hashes: Vec<_> = threads.into_iter().map(|thread| thread.join().expect("no panic")).collect();
    assert!(hashes.iter().all(|of_one| *of_one == hashes[0] && of_one.iter().all(|hash| blobs.verify(hash))));
    assert_eq!(files(home.path()).len(), 20);
}

#[test]
fn a_file_that_lost_its_end_is_replaced_by_the_same_sent_again() {
    let (_home, blobs) = store();
    let hash = keep(&blobs, b"una lectura").hash;
    fs::write(blobs.path(&hash).expect("a path"), "una").expect("a file");
    assert!(blobs.has(&hash) && !blobs.verify(&hash));
    keep(&blobs, b"una lectura");
    assert!(blobs.verify(&hash));
}

#[test]
fn a_damaged_file_is_known_for_one() {
    let (_home, blobs) = store();
    let hash = keep(&blobs, b"una lectura").hash;
    fs::write(blobs.path(&hash).expect("a path"), "una lectUra").expect("a file");
    assert!(!blobs.verify(&hash));
    assert!(!blobs.verify(&sum(b"otra")));
}

#[test]
fn what_is_no_hash_leads_nowhere() {
    let (home, blobs) = store();
    fs::write(home.path().join("secret"), "x").expect("a file");
    let long = format!("../{}", "a".repeat(61));
    for name in ["", "../secret", "ab", &long, &"A".repeat(64), &"g".repeat(64), &"á".repeat(32)] {
        assert_eq!(blobs.path(name), None, "{name}");
        assert!(!blobs.has(name) && !blobs.verify(name) && blobs.file(name).is_err(), "{name}");
    }
}

#[test]
fn a_file_that_is_too_long_or_given_up_leaves_nothing() {
    let (home, blobs) = store();
    let mut incoming = blobs.begin(Limits { max: 5, floor: 0 }).expect("a file");
    incoming.write(b"12345").expect("just enough");
    assert!(matches!(incoming.write(b"6"), Err(Error::TooBig)));
    assert_eq!(incoming.size(), 5);
    drop(incoming);
    let mut incoming = blobs.begin(FREELY).expect("a file");
    incoming.write(b"12345").expect("room");
    drop(incoming);
    assert!(matches!(blobs.begin(Limits { max: 5, floor: u64::MAX }), Err(Error::NoRoom)));
    assert_eq!(files(home.path()), [] as [PathBuf; 0]);
}

#[test]
fn the_last_room_of_a_disk_is_not_taken_and_a_full_disk_is_told() {
    let (home, _) = store();
    let disk = home.path().join("disco");
    fs::create_dir(&disk).expect("a folder");
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=16m", "tmpfs"]).arg(&disk).output();
    if !mounted.is_ok_and(|done| done.status.success()) {
        return println!("no right to mount: not tried");
    }
    let blobs = Blobs::open(disk.join("files"));
    let fill = |floor| {
        let mut incoming = blobs.begin(Limits { max: u64::MAX, floor })?;
        loop {
            incoming.write(&[7; 8 * 1024])?;
            assert!(incoming.size() <= 16 << 20, "more than the disk holds");
        }
    };
    let kept = keep(&blobs, b"antes").hash;
    let outcomes: [Result<(), Error>; 2] = [fill(6 << 20), fill(0)];
    let (whole, left) = (blobs.verify(&kept), files(&disk).len());
    let free = blobs.free().expect("a disk");
    let again = blobs.begin(FREELY).and_then(|mut incoming| {
        incoming.write(&vec![1; 1 << 20])?;
        incoming.keep()
    });
    drop(Command::new("umount").args(["-l"]).arg(&disk).output());
    assert!(matches!(outcomes[0], Err(Error::NoRoom)), "{outcomes:?}");
    assert!(matches!(outcomes[1], Err(Error::Full(_))), "{outcomes:?}");
    assert!(whole && left == 1 && free > 15 << 20, "{left} files, {free} bytes free");
    assert!(again.is_ok(), "the room is back: {again:?}");
}

#[test]
fn leftovers_go_and_what_is_named_or_under_way_stays() {
    let (home, blobs) = store();
    let (named, nameless) = (keep(&blobs, b"con fila").hash, keep(&blobs, b"sin fila").hash);
    // Cut off by a pulled plug; being written by another process; put there by a person.
    let put = |name: &str| {
        fs::write(home.path().join("files").join(name), "1234").expect("a file");
        home.path().join("files").join(name)
    };
    let (cut_off, of_others, foreign) = (put("77.part"), put("78.part"), put("LEEME.txt"));
    let lock = File::open(&of_others).expect("a file");
    lock.lock_shared().expect("a lock");
    let mut under_way = blobs.begin(FREELY).expect("a file");
    under_way.write(b"a medias").expect("room");
    let without_row_yet = keep(&blobs, b"la fila viene");

    let swept = blobs.sweep(&|hash| hash == named).expect("a store");
    assert_eq!(swept, Swept { files: 2, bytes: 4 + 8 });
    assert!(blobs.has(&named) && !blobs.has(&nameless) && blobs.has(&without_row_yet.hash));
    assert!(!cut_off.exists() && of_others.exists() && foreign.exists());
    let hash = under_way.keep().expect("kept").hash;
    assert!(blobs.verify(&hash));

    let late = without_row_yet.hash.clone();
    lock.unlock().expect("a lock");
    drop(without_row_yet);
    assert_eq!(blobs.sweep(&|hash| hash == named).expect("a store").files, 3);
    assert!(!blobs.has(&late) && !of_others.exists() && foreign.exists());
    assert_eq!(blobs.sweep(&|_| false).expect("a store").files, 1);
    assert_eq!(Blobs::open(home.path().join("nada")).sweep(&|_| false).expect("none"), Swept::default());
}

#[test]
fn a_row_that_comes_while_the_sweep_looks_saves_its_file() {
    let (_home, blobs) = store();
    let hash = keep(&blobs, b"una lectura").hash;
    let asked = Cell::new(0);
    let swept = blobs.sweep(&|_| asked.replace(asked.get() + 1) > 0).expect("a store");
    assert_eq!((swept, asked.get()), (Swept::default(), 2));
    assert!(blobs.has(&hash));
}

#[test]
fn content_kept_again_while_sweeps_run_is_never_lost() {
    let (_home, blobs) = store();
    let sweeper = blobs.clone();
    let sweeps = thread::spawn(move || {
        for _ in 0..300 {
            sweeper.sweep(&|_| false).expect("a store");
        }
    });
    while !sweeps.is_finished() {
        let blob = keep(&blobs, b"yaku");
        assert!(blobs.verify(&blob.hash), "held and yet swept");
    }
    sweeps.join().expect("no panic");
}

#[test]
fn a_part_of_an_earlier_run_is_not_written_into() {
    let (home, blobs) = store();
    fs::create_dir(home.path().join("files")).expect("a folder");
    for number in 1..4 {
        fs::write(home.path().join(format!("files/{number}.part")), "resto").expect("a file");
    }
    let hash = keep(&blobs, b"nuevo").hash;
    assert!(blobs.verify(&hash));
    assert_eq!(files(home.path()).len(), 4);
}

#[test]
fn backups_copy_each_kept_file_once_and_bring_it_back() {
    let (home, blobs) = store();
    SchoolDb::open(&home.path().join("school.db")).expect("records");
    let usb = tempfile::tempdir().expect("a folder");
    let clock = Clock::frozen("2026-03-01T12:00:00Z".parse().expect("a moment"));
    let first = keep(&blobs, &[1; 10_000]).hash;
    let growing = blobs.begin(FREELY).expect("a file");
    assert_eq!(backup::make(home.path(), usb.path(), &clock).expect("a backup").copied, 1);
    let second = keep(&blobs, &[2; 10_000]).hash;
    let made = backup::make(home.path(), usb.path(), &clock).expect("a backup");
    drop(growing);
    assert_eq!((made.files, made.copied, made.hurt.len()), (2, 1, 0));
    let new = tempfile::tempdir().expect("a folder");
    assert_eq!(backup::restore(usb.path(), new.path()).expect("a school").files, 2);
    let back = Blobs::open(new.path().join("files"));
    assert!(back.verify(&first) && back.verify(&second));
}
