//! Moving house: what a school keeps beside its records goes along, and a new machine answers as the old one did.

use std::{fs, path::Path};

use amauta::{
    packs::{self, Signing},
    store::{backup, school::Role},
    web::{Settings, shelf::Folders},
};

use super::{House, flip_a_bit};
use crate::{
    accounts::{add, signed_in},
    support::{files_below, root, school::School},
};

impl House {
    fn write(&self, path: &str, text: &str) {
        let file = self.data().join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
}

fn copy(from: &Path, to: &Path) {
    for file in files_below(from) {
        let target = to.join(file.strip_prefix(from).expect("below"));
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::copy(&file, target).expect("a copy");
    }
}

fn portal(data: &Path) -> School {
    let folders = Folders { data: Some(data.to_owned()), ..Folders::default() };
    let school = School::with(Settings { folders, ..Settings::default() });
    school.app.index_materials();
    school
}

#[test]
fn another_machine_is_the_same_school() {
    let house = House::new();
    add(&house.data(), "ana", Role::Teacher);
    packs::make_own_key(&house.data(), "IE 50499").expect("a key");
    let own: Signing = packs::own_signing(&house.data(), None).expect("readable").expect("a key");
    let public = fs::read_to_string(house.data().join("keys/school.pub")).expect("a key");
    copy(&root().join("tests/fixtures/lessons-ok/mi-turno"), &house.data().join("lessons/mi-turno"));
    let built = house.folder.path().join("packs");
    fs::create_dir_all(&built).expect("a folder");
    let (pack, problems) =
        packs::build(&root().join("tests/fixtures/packs/cusco"), &built, Some(&own)).expect("a pack");
    assert_eq!(problems, []);
    let options = packs::Options { trust: true, ..packs::Options::default() };
    packs::import(&pack, &house.data(), options, &mut |_| std::ops::ControlFlow::Continue(()))
        .expect("imported");
    house.write("amauta.toml", "school_name = \"IE 50499\"\n");
    house.write("locales/ay/portal.ftl", "# Aimara\n");
    house.write("cache/xol.zip", "se rehace");
    house.write("library.db-wal", "se rehace");
    house.write("packs/half.part/x.md", "a medias");
    house.backup();
    let restored = backup::restore(&house.target(), &house.new_home()).expect("a school");
    assert!(restored.records && restored.hurt.is_empty(), "{:?}", restored.hurt);
    let at = |path: &str| house.new_home().join(path);
    assert_eq!(fs::read_to_string(at("keys/school.pub")).expect("a key"), public);
    assert_eq!(fs::read_to_string(at("amauta.toml")).expect("settings"), "school_name = \"IE 50499\"\n");
    assert!(at("locales/ay/portal.ftl").is_file());
    for again in ["cache", "library.db-wal", "packs/half.part", "damaged"] {
        assert!(!at(again).exists(), "{again}");
    }
    let (before, after) = (portal(&house.data()), portal(&house.new_home()));
    for address in ["/es/lecciones/mi-turno", "/es/recursos?q=Urcos", "/es/", "/qu/recursos?q=yaku"] {
        let (old, new) = (before.get(address), after.get(address));
        assert_eq!((old.status, old.text()), (new.status, new.text()), "{address}");
        assert_eq!(new.status, 200, "{address}");
    }
    assert!(after.get("/es/recursos?q=Urcos").text().contains("feria"), "the pack is served");
    assert_eq!(signed_in(&after, "ana").go("/es/taller").status(), 200);
    let signed = packs::own_signing(&house.new_home(), None).expect("readable").expect("a key");
    assert_eq!(signed.name, own.name, "it goes on signing as the same school");
}

#[test]
fn only_what_changed_is_copied_again_and_the_list_can_be_checked_where_it_came_to() {
    let house = House::new();
    house.write("lessons/a/lesson.toml", "uno");
    house.write("lessons/b/lesson.toml", "uno");
    let made = house.backup();
    assert_eq!((made.files, made.copied), (1, 1), "the same bytes lie there once");
    house.write("lessons/b/lesson.toml", "dos");
    let made = house.backup();
    assert_eq!((made.files, made.copied), (2, 1));
    backup::restore(&house.target(), &house.new_home()).expect("a school");
    let list = made.folder.join("contents.txt");
    let check =
        std::process::Command::new("sha256sum").arg("-c").arg(list).current_dir(house.new_home()).output();
    let Ok(check) = check else { return println!("sha256sum is not here") };
    assert!(check.status.success(), "{check:?}");
}

#[test]
fn what_is_hurt_of_lessons_is_named_by_its_path_and_the_rest_comes_back() {
    let house = House::new();
    for (name, text) in [("a", "uno"), ("b", "dos"), ("c", "tres")] {
        house.write(&format!("lessons/{name}/lesson.toml"), text);
    }
    let made = house.backup();
    let list = fs::read_to_string(made.folder.join("contents.txt")).expect("a list");
    let hash = |path: &str| {
        let line = list.lines().find(|line| line.ends_with(path)).expect("a line");
        line.split("  ").next().expect("a sum").to_owned()
    };
    let stored = |hash: &str| house.target().join("files").join(&hash[..2]).join(hash);
    flip_a_bit(&stored(&hash("lessons/a/lesson.toml")), 0);
    fs::remove_file(stored(&hash("lessons/b/lesson.toml"))).expect("a file");
    let restored = backup::restore(&house.target(), &house.new_home()).expect("a school");
    assert_eq!(restored.hurt, ["lessons/a/lesson.toml", "lessons/b/lesson.toml"]);
    let at = |path: &str| house.new_home().join(path);
    assert!(at("damaged/lessons/a/lesson.toml").is_file() && !at("lessons/a/lesson.toml").exists());
    assert_eq!(fs::read_to_string(at("lessons/c/lesson.toml")).expect("a lesson"), "tres");
}

#[test]
fn a_list_that_was_changed_places_nothing() {
    let house = House::new();
    house.write("lessons/a/lesson.toml", "uno");
    let made = house.backup();
    let list = made.folder.join("contents.txt");
    let text = fs::read_to_string(&list).expect("a list");
    for forged in [text.replace("lessons/", "../fuera/"), text.replace("lessons/", "/tmp/")] {
        fs::write(&list, forged).expect("a list");
        let home = tempfile::tempdir().expect("a folder");
        let restored = backup::restore(&made.folder, home.path()).expect("the records");
        assert!(restored.records && restored.hurt == ["contents.txt"], "{:?}", restored.hurt);
        assert!(!home.path().join("lessons").exists() && !house.folder.path().join("fuera").exists());
    }
}
