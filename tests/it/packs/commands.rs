//! `amauta pack` and `amauta import`, as a technician types them.

use std::{fs, os::unix::fs::PermissionsExt as _, process::Command};

use amauta::packs::make_own_key;

use super::{
    fixture, outside,
    stick::{KEY, Stick, edit},
};

/// Whether it ended well, and what it said.
fn run(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_amauta")).args(arguments).env_clear().output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert!(!said.contains("cli-") && !said.contains("check-"), "a sentence is missing: {said}");
    (output.status.success(), said)
}

#[test]
fn a_pack_is_built_checked_and_brought_in() {
    let stick = Stick::new();
    let (from, into) = (stick.source(|_| ()), stick.path().join("usb"));
    fs::create_dir(&into).unwrap();
    let (from, into) = (from.to_str().unwrap(), into.to_str().unwrap());
    let key = fixture("minisign/escuela.key");
    let build = ["pack", "build", from, into, "--key", key.to_str().unwrap(), "--signer", "UGEL Cusco"];
    let (well, said) = run(&build);
    assert!(well && said.contains("cusco-quechua-1.2.0"), "{said}");
    let pack = format!("{into}/cusco-quechua-1.2.0");
    for what in [["pack", "list", into], ["pack", "verify", &pack]] {
        let (well, said) = run(&what);
        assert!(well && said.contains("Cusco en dos lenguas") && said.contains("UGEL Cusco"), "{said}");
    }
    let data = stick.data();
    let import = ["import", &pack, "--data", data.to_str().unwrap()];
    let (well, said) = run(&import);
    assert!(!well && said.contains(KEY) && said.contains("--trust"), "{said}");
    let (well, said) = run(&[&import[..], &["--trust"]].concat());
    assert!(well && said.contains("14 de 14"), "{said}");
    let (well, said) = run(&import);
    assert!(well && said.contains("0 de 14"), "{said}");
    let gone = ["pack", "remove", "cusco-quechua", "--data", data.to_str().unwrap()];
    let (well, said) = run(&gone);
    assert!(well && said.contains("ya no está") && amauta::packs::installed(&data).0.is_empty(), "{said}");
    let (well, said) = run(&gone);
    assert!(!well && said.contains("ningún paquete «cusco-quechua»"), "{said}");
    edit(&stick.path().join("usb/cusco-quechua-1.2.0/resources/feria.md"), "Urcos", "Ocongate");
    let (well, said) = run(&["pack", "verify", &pack]);
    assert!(!well && said.contains("cusco-quechua-1.2.0/resources/feria.md: error:"), "{said}");
}

#[test]
fn what_a_school_makes_is_signed_with_its_own_key_and_welcome_when_it_comes_back() {
    let stick = Stick::new();
    let data = stick.data();
    make_own_key(&data, "I.E. Ccorca").unwrap();
    let secret = data.join("keys/school.key");
    let key = fs::read_to_string(&secret).unwrap();
    assert_eq!(fs::metadata(&secret).unwrap().permissions().mode() & 0o777, 0o600);
    make_own_key(&data, "otro nombre").unwrap();
    assert_eq!(fs::read_to_string(&secret).unwrap(), key, "it is made once");
    let (from, into) = (stick.source(|_| ()), stick.path().join("usb"));
    fs::create_dir(&into).unwrap();
    let (from, into, data) = (from.to_str().unwrap(), into.to_str().unwrap(), data.to_str().unwrap());
    let (well, said) = run(&["pack", "build", from, into, "--data", data]);
    assert!(well, "{said}");
    let pack = format!("{into}/cusco-quechua-1.2.0");
    let (well, said) = run(&["pack", "verify", &pack]);
    assert!(well && said.contains("Firmado por «I.E. Ccorca»"), "{said}");
    let (well, said) = run(&["import", &pack, "--data", data]);
    assert!(well, "{said}");
    let elsewhere = stick.path().join("otra-escuela");
    let (well, said) = run(&["import", &pack, "--data", elsewhere.to_str().unwrap()]);
    assert!(!well && said.contains("I.E. Ccorca"), "{said}");
    // Elsewhere than where the key is, nobody signs unasked.
    fs::remove_dir_all(&pack).unwrap();
    let (well, _) = run(&["pack", "build", from, into]);
    assert!(well && run(&["pack", "verify", &pack]).1.contains("Sin firma."));
    let minisign = |key: &str| {
        let mut command = Command::new("minisign");
        outside(command.args(["-V", "-q", "-p", key, "-m"]).arg(format!("{pack}/SHA256SUMS")))
    };
    fs::remove_dir_all(&pack).unwrap();
    run(&["pack", "build", from, into, "--data", data]);
    if let Some(told) = minisign(&format!("{data}/keys/school.pub")) {
        assert!(told.status.success(), "{told:?}");
    }
}

#[test]
fn who_has_looked_at_a_pack_signs_it() {
    let stick = Stick::new();
    let data = stick.data();
    let pack = stick.pack(true);
    let (pack, data) = (pack.to_str().unwrap(), data.to_str().unwrap());
    let (well, said) = run(&["pack", "sign", pack, "--data", data]);
    assert!(!well && said.contains("todavía no tiene llave"), "{said}");
    make_own_key(&stick.data(), "I.E. Ccorca").unwrap();
    let (well, said) = run(&["pack", "sign", pack, "--data", data]);
    assert!(well && said.contains("Firmado por «I.E. Ccorca»"), "{said}");
    let (well, said) = run(&["pack", "verify", pack]);
    assert!(well && said.contains("I.E. Ccorca") && !said.contains("UGEL"), "{said}");
    let (well, said) = run(&["import", pack, "--data", data]);
    assert!(well, "{said}");
    edit(&stick.pack_dir("cusco-quechua-1.2.0").join("resources/feria.md"), "Urcos", "Ocongate");
    let (well, said) = run(&["pack", "sign", pack, "--data", data]);
    assert!(!well && said.contains("feria.md"), "nobody signs what is hurt: {said}");
}

#[test]
fn what_a_school_made_travels_as_a_pack_with_its_authors_and_is_served_elsewhere() {
    let stick = Stick::new();
    let data = stick.data();
    make_own_key(&data, "I.E. Ccorca").unwrap();
    let from = stick.source(|_| ());
    fs::rename(from.join("lessons"), data.join("lessons")).unwrap();
    fs::rename(from.join("resources/feria.md"), data.join("lessons/feria.md")).unwrap();
    fs::write(data.join("lessons/help-channels.toml"), "de esta escuela").unwrap();
    let usb = stick.path().join("usb");
    fs::create_dir(&usb).unwrap();
    let (data, into) = (data.to_str().unwrap(), usb.to_str().unwrap());
    let (well, said) = run(&["export", "--pack", into, "ccorca-propio", "--data", data]);
    assert!(well && said.contains("ccorca-propio-20"), "{said}");
    let made: Vec<_> = fs::read_dir(&usb).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [pack] = made.as_slice() else { panic!("{made:?}") };
    for (file, there) in [
        ("lessons/mi-turno/lesson.toml", true),
        ("resources/feria.md", true),
        ("resources/help-channels.toml", false),
    ] {
        assert_eq!(pack.join(file).is_file(), there, "{file}");
    }
    let author = fs::read_to_string(pack.join("ro-crate-metadata.json")).unwrap();
    assert!(author.contains("\"author\""), "{author}");
    let (well, said) = run(&["pack", "verify", pack.to_str().unwrap()]);
    assert!(well && said.contains("Firmado por «I.E. Ccorca»"), "{said}");
    let elsewhere = stick.path().join("otra-escuela");
    let (well, said) =
        run(&["import", pack.to_str().unwrap(), "--trust", "--data", elsewhere.to_str().unwrap()]);
    assert!(well, "{said}");
    assert_eq!(amauta::packs::installed(&elsewhere).0[0].pack.licence, "CC-BY-SA-4.0 AND uso-escolar-local");
    let (well, said) = run(&["export", "--pack", into, "ccorca-propio", "--data", data]);
    assert!(!well && said.contains("Ya existe la carpeta"), "{said}");
    let (well, said) = run(&["export", "--pack", into, "Mi Escuela", "--data", data]);
    assert!(!well && said.contains("no sirve de nombre"), "{said}");
    assert_eq!(fs::read_dir(&usb).unwrap().count(), 1, "nothing half-made is left");
}

#[test]
fn what_is_mistyped_is_told() {
    for (arguments, expected) in [
        (&["pack"][..], "le falta algo"),
        (&["pack", "build", "a"], "le falta algo"),
        (&["pack", "bild", "a"], "Sobra «bild»"),
        (&["pack", "verify", "a", "b"], "Sobra «b»"),
        (&["import"], "le falta algo"),
        (&["import", "a", "--max-body", "3"], "no usa la opción --max-body"),
        (&["pack", "list", "a", "--trust"], "no usa la opción --trust"),
        (&["pack", "list", "/no/hay"], "No existe la carpeta"),
        (&["pack", "verify", "/no/hay"], "no responde bien"),
    ] {
        let (well, said) = run(arguments);
        assert!(!well && said.contains(expected), "{arguments:?}: {said}");
    }
}
