//! `SHA256SUMS` and minisign: what the outside tools write is read, what we write they read.

use std::{fs, process::Command};

use amauta::formats::{
    minisign::{PublicKey, SecretKey, Signature},
    sums,
};
use proptest::{prelude::*, sample::Index};
use tempfile::tempdir;

use super::{fixture, outside};

fn text(name: &str) -> String {
    fs::read_to_string(fixture("minisign").join(name)).unwrap()
}

fn public() -> PublicKey {
    PublicKey::parse(&text("escuela.pub")).unwrap()
}

fn secret() -> SecretKey {
    SecretKey::parse(&text("escuela.key")).unwrap()
}

#[test]
fn what_minisign_made_is_read_and_verified() {
    let key = public();
    assert_eq!(key.id().to_string(), "99EAAE9771E90623");
    assert_eq!(key.to_string(), text("escuela.pub").lines().nth(1).unwrap());
    assert_eq!(PublicKey::parse(&key.to_string()).unwrap(), key);
    assert_eq!(secret().public(), key);
    for (name, comment) in
        [("hola.txt.minisig", "comentario ñ"), ("hola.txt.old.minisig", "timestamp:1795656572\tfile:f")]
    {
        let signature = Signature::parse(&text(name)).unwrap();
        assert_eq!((signature.key(), signature.comment()), (key.id(), comment));
        key.verify(b"hola\n", &signature).unwrap();
        assert_eq!(key.verify(b"hola", &signature).unwrap_err().id, "check-signature-wrong");
    }
}

#[test]
fn a_signature_of_ours_is_the_one_minisign_makes() {
    let made = secret().sign(b"hola\n", "comentario ñ");
    assert_eq!(made, text("hola.txt.minisig"));
}

#[test]
fn minisign_verifies_what_we_sign() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("SHA256SUMS");
    fs::write(&file, "sumas").unwrap();
    fs::write(folder.path().join("SHA256SUMS.minisig"), secret().sign(b"sumas", "de la escuela\nmala"))
        .unwrap();
    let mut minisign = Command::new("minisign");
    let Some(output) = outside(minisign.args(["-V", "-P", &public().to_string(), "-m"]).arg(&file)) else {
        return;
    };
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_changed_comment_another_key_and_half_a_file_are_told_apart() {
    let signed = text("hola.txt.minisig");
    let changed = Signature::parse(&signed.replace("comentario", "otra cosa")).unwrap();
    assert_eq!(public().verify(b"hola\n", &changed).unwrap_err().id, "check-signature-wrong");
    let other = text("escuela.pub").replace("RWQjBul", "RWQjBum");
    let other = PublicKey::parse(&other).unwrap();
    let signature = Signature::parse(&signed).unwrap();
    assert_eq!(other.verify(b"hola\n", &signature).unwrap_err().id, "check-signature-other-key");
    for lines in 0..4 {
        let half: String = signed.split_inclusive('\n').take(lines).collect();
        assert_eq!(Signature::parse(&half).unwrap_err().id, "check-signature-format");
    }
    assert_eq!(Signature::parse(&format!("{signed}x")).unwrap_err().id, "check-signature-format");
    assert_eq!(PublicKey::parse(&signed).unwrap_err().id, "check-key-public");
    assert_eq!(SecretKey::parse(&text("escuela.pub")).unwrap_err().id, "check-key-secret");
}

#[test]
fn a_secret_key_with_a_passphrase_or_of_two_halves_is_refused() {
    // The third and fourth byte say how the passphrase is stretched: `Sc`.
    let locked = text("escuela.key").replacen("RWQAAEIy", "RWRTY0Iy", 1);
    assert_eq!(SecretKey::parse(&locked).unwrap_err().id, "check-key-passphrase");
    let torn = text("escuela.key").replacen("pk24Nr", "pk24Ns", 1);
    assert_eq!(SecretKey::parse(&torn).unwrap_err().id, "check-key-secret");
}

#[test]
fn sums_are_read_as_sha256sum_writes_them() {
    let hash = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
    let text = format!("{hash}  pack.toml\r\n{hash} *lessons/ñandú y más.md\n");
    let read = sums::read(&text).unwrap();
    assert_eq!(read.keys().collect::<Vec<_>>(), ["lessons/ñandú y más.md", "pack.toml"]);
    assert_eq!(sums::hex(&read["pack.toml"]), hash);
    assert_eq!(sums::read(&sums::write(&read)).unwrap(), read);
}

#[test]
fn hostile_names_and_broken_lines_are_refused_by_line_and_reason() {
    let hash = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
    for (name, id) in [
        ("../pack.toml", "check-archive-path"),
        ("/etc/passwd", "check-archive-path"),
        ("a\\b", "check-archive-path"),
        ("c:/x", "check-archive-path"),
        ("a/./b", "check-archive-name-odd"),
        ("a\u{202e}gnp.exe", "check-archive-name-odd"),
        ("", "check-archive-name-odd"),
        ("qué?", "check-sums-path"),
        ("a./b", "check-sums-path"),
        ("carpeta/", "check-sums-path"),
    ] {
        assert_eq!(sums::read(&format!("{hash}  {name}\n")).unwrap_err().id, id, "{name:?}");
    }
    let twice = format!("{hash}  a.md\n{hash}  A.MD\n");
    assert_eq!(sums::read(&twice).unwrap_err().id, "check-archive-name-twice");
    let within = format!("{hash}  a\n{hash}  a/b\n");
    assert_eq!(sums::read(&within).unwrap_err().id, "check-archive-name-twice");
    let odd = format!("+{}", &hash[1..]);
    for line in ["", "# sumas", hash, &format!("{hash} a"), &format!("\\{hash}  a"), &format!("{odd}  a")] {
        let finding = sums::read(&format!("{hash}  x\n{line}\n")).unwrap_err();
        assert_eq!((finding.id, finding.position.unwrap().line), ("check-sums-line", 2), "{line:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_signed_verifies_and_one_bit_less_does_not(
        message in prop::collection::vec(any::<u8>(), 1..300), at: Index, bit in 0..8_u32, comment in ".{0,60}",
    ) {
        let signature = Signature::parse(&secret().sign(&message, &comment)).unwrap();
        public().verify(&message, &signature).unwrap();
        let mut other = message.clone();
        other[at.index(message.len())] ^= 1 << bit;
        prop_assert!(public().verify(&other, &signature).is_err());
    }

    #[test]
    fn no_text_makes_a_reader_panic(start in 0..400_usize, piece in "(?s).{0,40}") {
        for name in ["escuela.pub", "escuela.key", "hola.txt.minisig"] {
            let mut text = text(name);
            let at = (0..=start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            text.insert_str(at, &piece);
            drop((PublicKey::parse(&text), SecretKey::parse(&text), Signature::parse(&text), sums::read(&text)));
        }
        drop(sums::read(&piece));
    }

    #[test]
    fn sums_come_back_as_they_were_written(
        files in prop::collection::btree_map("[a-zñ]{1,9}(/[a-z ]{0,5}[a-z]){0,3}", any::<[u8; 32]>(), 0..20)
    ) {
        if let Ok(read) = sums::read(&sums::write(&files)) {
            prop_assert_eq!(read, files);
        }
    }
}
