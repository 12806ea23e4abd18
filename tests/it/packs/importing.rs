//! What an import keeps, what it refuses, and what is served when it did not come to its end.

use std::{fs, ops::ControlFlow, os::unix::fs::MetadataExt as _, path::Path, process::Command};

use amauta::{
    packs::{Options, Refusal, import, installed},
    web::{Settings, server::Operations, shelf::Folders},
};

use super::stick::{Stick, edit, reasons, zipped};
use crate::support::{files_below, school::School};

const TRUSTED: &str = "[[trusted]]\nkey = \"KEY\"\nname = \"UGEL\"\npacks = [\"cusco-*\"]\n";

/// The next version, in which one text is another.
fn next(from: &Path) {
    edit(&from.join("pack.toml"), "1.2.0", "1.10.0");
    edit(&from.join("resources/feria.md"), "domingos", "lunes");
}

#[test]
fn what_was_imported_is_served_with_the_next_load() {
    let stick = Stick::new();
    stick.keys(TRUSTED);
    let pack = stick.pack(true);
    stick.import(&pack, false).unwrap();
    let folders = Folders { data: Some(stick.data()), ..Folders::default() };
    let school = School::with(Settings { folders, ..Settings::default() });
    assert_eq!(school.get("/es/lecciones/mi-turno").status, 200);
    school.app.index_materials();
    assert!(school.get("/es/recursos?q=Urcos").text().contains("feria"));
}

#[test]
fn an_import_that_is_stopped_anywhere_leaves_the_old_and_goes_on_the_next_time() {
    let stick = Stick::new();
    stick.keys(TRUSTED);
    stick.import(&stick.pack(true), false).unwrap();
    let feria = "resources/feria.md";
    let pack = stick.pack_with(true, |from| {
        next(from);
        fs::write(from.join("resources/nuevo.md"), "# Nuevo").unwrap();
    });
    let mut copied = 0;
    for stop_after in 0..20 {
        let mut seen = 0;
        let watched = import(&pack, &stick.data(), Options::default(), &mut |_| {
            seen += 1;
            // One file further each time.
            if seen > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        match watched {
            Err(Refusal::Stopped) => {
                assert!(stick.served(feria).unwrap().contains("domingos"), "{stop_after}");
            }
            done => {
                done.unwrap();
                copied = stop_after + 1;
                break;
            }
        }
    }
    // pack.toml, the metadata, the sums, their signature, and the two texts; nothing else.
    assert!((2..=6).contains(&copied), "{copied}");
    assert!(stick.served(feria).unwrap().contains("lunes"));
    let left = files_below(&stick.data().join("packs"));
    assert!(left.iter().all(|file| !file.display().to_string().contains(".part")), "{left:?}");
}

#[test]
fn what_did_not_change_is_not_copied_again() {
    let stick = Stick::new();
    stick.keys(TRUSTED);
    stick.import(&stick.pack(true), false).unwrap();
    let old = installed(&stick.data()).0.remove(0).root;
    let again = stick.import(&stick.pack_dir("cusco-quechua-1.2.0"), false).unwrap();
    assert_eq!(again.copied, 0);
    let newer = stick.import(&stick.pack_with(true, next), false).unwrap();
    assert_eq!(newer.copied, 5, "pack.toml, metadata, sums, signature, one text");
    let new = installed(&stick.data()).0.remove(0).root;
    let file = "lessons/mi-turno/es/lesson.md";
    let inode = |root: &Path| fs::metadata(root.join(file)).unwrap().ino();
    assert_eq!(inode(&old), inode(&new));
    // A file that was hurt since is copied, not linked.
    fs::write(new.join(file), "dañado").unwrap();
    let mended = stick.import(&stick.pack_dir("cusco-quechua-1.10.0"), false).unwrap();
    assert!(mended.copied > 0);
    assert_ne!(stick.served(file).unwrap(), "dañado");
}

#[test]
fn a_pack_that_is_hurt_or_changed_leaves_the_old() {
    let stick = Stick::new();
    stick.keys(TRUSTED);
    stick.import(&stick.pack(true), false).unwrap();
    let pack = stick.pack_with(true, next);
    edit(&pack.join("resources/feria.md"), "lunes", "martes");
    assert_eq!(reasons(stick.import(&pack, true)), ["check-pack-changed"]);
    assert!(stick.served("resources/feria.md").unwrap().contains("domingos"));
}

#[test]
fn a_zip_is_imported_like_its_folder() {
    let stick = Stick::new();
    stick.keys(TRUSTED);
    let zip = stick.path().join("cusco.zip");
    fs::write(&zip, zipped(&stick.pack(true))).unwrap();
    stick.import(&zip, false).unwrap();
    assert!(stick.served("resources/El zorro y el cóndor.md").unwrap().contains("nevado"));
}

#[test]
fn who_signed_decides_unless_a_technician_does() {
    let revoked = "[[revoked]]\nkey = \"KEY\"\n";
    for (keys, signed, reason) in [
        ("", false, "check-pack-unsigned"),
        ("", true, "check-pack-signer-unknown"),
        ("[[trusted]]\nkey = \"KEY\"\npacks = [\"puno-*\"]\n", true, "check-pack-signer-other"),
        (revoked, true, "check-pack-signer-revoked"),
        (&format!("{TRUSTED}{revoked}"), true, "check-pack-signer-revoked"),
    ] {
        let stick = Stick::new();
        stick.keys(keys);
        let pack = stick.pack(signed);
        assert_eq!(reasons(stick.import(&pack, false)), [reason]);
        assert!(installed(&stick.data()).0.is_empty(), "{reason}");
        stick.import(&pack, true).unwrap();
        assert_eq!(installed(&stick.data()).0.len(), 1, "{reason}");
        // An unknown key is remembered; what nobody signed or was revoked has to be decided each time.
        let later = stick.import(&pack, false);
        assert_eq!(later.is_ok(), ["check-pack-signer-unknown", "check-pack-signer-other"].contains(&reason));
    }
    let stick = Stick::new();
    stick.keys("no es TOML");
    assert_eq!(reasons(stick.import(&stick.pack(true), true)), ["check-toml-syntax"]);
}

#[test]
fn lessons_of_the_program_are_replaced_by_signed_packs_alone() {
    let own = |from: &Path| {
        fs::rename(from.join("lessons/mi-turno"), from.join("lessons/aula-segura")).unwrap();
        edit(&from.join("lessons/aula-segura/lesson.toml"), "id = \"mi-turno\"", "id = \"aula-segura\"");
    };
    let stick = Stick::new();
    let pack = stick.pack_with(false, own);
    assert_eq!(reasons(stick.import(&pack, true)), ["check-lesson-built-in"]);
    let stick = Stick::new();
    stick.keys(TRUSTED);
    let pack = stick.pack_with(true, own);
    stick.import(&pack, false).unwrap();
    // A later program may have a lesson of that name: the one that nobody answers for then gives way.
    let folders = Folders { data: Some(stick.data()), ..Folders::default() };
    let title = |folders| {
        let school = School::with(Settings { folders, ..Settings::default() });
        school.get("/es/lecciones/aula-segura").text()
    };
    let replaced = title(folders.clone());
    edit(&stick.data().join("packs/cusco-quechua/current"), "vouched = true", "vouched = false");
    assert_ne!(title(folders), replaced);
}

#[test]
fn without_room_nothing_is_copied_and_an_older_version_needs_a_word() {
    let stick = Stick::new();
    stick.keys(TRUSTED);
    let (old, new) = (stick.pack(true), stick.pack_with(true, next));
    let full = Options { keep_free: u64::MAX / 2, ..Options::default() };
    let refused = import(&new, &stick.data(), full, &mut |_| panic!("it began to copy"));
    assert_eq!(reasons(refused), ["check-pack-no-room"]);
    stick.import(&new, false).unwrap();
    assert_eq!(reasons(stick.import(&old, false)), ["check-pack-older"]);
    stick.import(&old, true).unwrap();
    assert!(stick.served("resources/feria.md").unwrap().contains("domingos"));
}

#[test]
fn what_a_revoked_key_signed_is_withdrawn_with_the_next_load_and_named() {
    let stick = Stick::new();
    stick.keys(TRUSTED);
    stick.import(&stick.pack(true), false).unwrap();
    let folders = Folders { data: Some(stick.data()), ..Folders::default() };
    let school = School::with(Settings { folders, operations: Operations::Lan, ..Settings::default() });
    assert_eq!(school.get("/es/lecciones/mi-turno").status, 200);
    stick.keys("[[revoked]]\nkey = \"KEY\"\n");
    school.app.reload().unwrap();
    assert_eq!(school.get("/es/lecciones/mi-turno").status, 404);
    let page = school.get("/es/tecnico").text();
    assert!(page.contains("cusco-quechua") && page.contains("lo firmó una llave anulada"), "{page}");
    let doctor = Command::new(env!("CARGO_BIN_EXE_amauta"))
        .args(["doctor", "--listen", "127.0.0.1:0", "--data"])
        .arg(stick.data())
        .env_clear()
        .output()
        .unwrap();
    let said = String::from_utf8(doctor.stdout).unwrap();
    assert!(said.contains("Contenido: errores: 1"), "{said}");
    // A damaged list takes no lessons away from a class, and is told of.
    stick.keys("no es TOML");
    school.app.reload().unwrap();
    assert_eq!(school.get("/es/lecciones/mi-turno").status, 200);
    assert!(school.get("/es/tecnico").text().contains("keys/keys.toml"));
}

#[test]
fn texts_of_a_pack_are_spoken_and_change_those_of_the_program_when_somebody_trusted_signed() {
    let texts = |from: &Path| {
        for (lang, text) in [
            ("ay", "language-name = Aymar aru\nhome-greeting = Kamisaki.\n"),
            ("es", "home-greeting = Allinmi.\n"),
        ] {
            fs::create_dir_all(from.join("locales").join(lang)).unwrap();
            fs::write(from.join("locales").join(lang).join("pack.ftl"), text).unwrap();
        }
    };
    for (signed, changed) in [(true, true), (false, false)] {
        let stick = Stick::new();
        stick.keys(TRUSTED);
        stick.import(&stick.pack_with(signed, texts), true).unwrap();
        let folders = Folders { data: Some(stick.data()), ..Folders::default() };
        let school = School::with(Settings { folders, ..Settings::default() });
        assert!(school.get("/ay/").text().contains("Kamisaki."), "{signed}");
        assert_eq!(school.get("/es/").text().contains("Allinmi."), changed, "{signed}");
        let told = school.app.shelf().problems.iter().any(|each| each.finding.id == "check-pack-guest-texts");
        assert_eq!(told, !changed, "{signed}");
    }
}
