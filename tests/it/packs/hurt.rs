//! Files of a pack that change after they came: `amauta doctor` names them, and the rest is served.

use std::{fs, path::Path, process::Command};

use amauta::packs;

use super::stick::{Stick, told};

/// How the command ends, and its check of the packs.
fn doctor(data: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_amauta"))
        .args(["doctor", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let at = text.find("Paquetes importados").unwrap_or_else(|| panic!("{text}"));
    (output.status.code(), text[at..].lines().take(2).collect())
}

#[test]
fn a_bit_that_flips_in_a_file_is_found_by_the_doctor_and_mended_by_importing_again() {
    let stick = Stick::new();
    let pack = stick.pack(false);
    stick.import(&pack, true).unwrap();
    assert!(doctor(&stick.data()).1.contains("enteros: 1"));
    let file = packs::installed(&stick.data()).0[0].root.join("lessons/mi-turno/media/cover.png");
    let mut bytes = fs::read(&file).unwrap();
    bytes[400] ^= 4;
    fs::write(&file, bytes).unwrap();
    let (code, found) = doctor(&stick.data());
    assert!(code >= Some(1) && found.contains("lessons/mi-turno/media/cover.png"), "{code:?} {found}");
    assert!(stick.served("lessons/mi-turno/es/lesson.md").is_some());
    stick.import(&pack, true).unwrap();
    assert!(doctor(&stick.data()).1.contains("enteros: 1"));
}

#[test]
fn when_nothing_tells_which_version_is_served_the_newest_whole_one_is_and_it_is_told() {
    let stick = Stick::new();
    for version in ["1.9.0", "1.10.0"] {
        let pack = stick.pack_with(false, |from| {
            super::stick::edit(&from.join("pack.toml"), "1.2.0", version);
        });
        stick.import(&pack, true).unwrap();
    }
    let home = stick.data().join("packs/cusco-quechua");
    fs::create_dir(home.join("2.0.0-0123456789abcdef.part")).unwrap();
    for hurt in ["", "folder = \"../../..\"", "\0\0\0\0"] {
        fs::write(home.join("current"), hurt).unwrap();
        let (installed, problems) = packs::installed(&stick.data());
        assert_eq!(installed[0].pack.version.to_string(), "1.10.0", "{hurt:?}");
        assert!(!installed[0].vouched, "nobody answers for it any more");
        let file = home.join("current").display().to_string();
        assert_eq!(told(&problems), [(&*file, "check-pack-current")]);
        assert!(doctor(&stick.data()).1.contains("packs/cusco-quechua/current"));
    }
    fs::remove_file(home.join("current")).unwrap();
    assert!(packs::installed(&stick.data()).0.is_empty(), "what was never confirmed does not show");
}
