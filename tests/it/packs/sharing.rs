//! From teacher to teacher: what one school published is taken out on a stick and served at another, with its authors.

use std::{fs, path::Path};

use amauta::{
    packs::make_own_key,
    store::school::Role,
    upkeep::{self, Media},
    web::{Settings, shelf::Folders},
};
use http::StatusCode;

use crate::{
    accounts::{add, signed_in},
    support::{files_below, school::School},
    workshop::{article, press, public},
};

/// A school with a teacher and a technician, into whose server the stick is plugged.
fn school(data: &Path, stick: &Path) -> School {
    let mounts = data.join("mountinfo");
    let line = format!("36 35 8:1 / {} rw shared:1 - vfat /dev/sdb1 rw\n", stick.display());
    fs::write(&mounts, line).expect("a file");
    let below = vec![stick.parent().expect("a folder").to_owned()];
    let media = Media { mounts, labelled: "/no/hay".into(), below };
    let folders = Folders { content: None, data: Some(data.to_owned()) };
    let upkeep = upkeep::Settings { backups: None, media };
    let uploads = amauta::submissions::Limits { floor: 0, ..Default::default() };
    School::with(Settings {
        folders,
        upkeep,
        uploads,
        school_name: "IE Ccorca".to_owned(),
        ..Settings::default()
    })
}

#[test]
fn what_teachers_published_is_taken_out_in_the_browser_and_served_at_another_school() {
    let place = tempfile::tempdir().expect("a folder");
    let at = |name: &str| {
        let folder = place.path().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        folder
    };
    let (here, there, stick) = (at("ccorca"), at("huaro"), at("usb"));
    for data in [&here, &there] {
        add(data, "ana", Role::Teacher);
        add(data, "tito", Role::Technician);
    }
    make_own_key(&here, "IE Ccorca").expect("a key");
    let ccorca = school(&here, &stick);
    let mut ana = signed_in(&ccorca, "ana");
    let shown = article(&mut ana, "El agua del puquial", "Cuidamos el puquial de Ccorca.");
    assert_eq!(press(&mut ana, &shown, "publish"), StatusCode::OK, "{}", ana.words());
    let address = public(&mut ana, &shown);
    article(&mut ana, "Todavía no", "Esto es un borrador secreto.");
    let gone = article(&mut ana, "Me equivoqué", "Esto se retiró.");
    press(&mut ana, &gone, "publish");
    press(&mut ana, &gone, "withdraw");
    let mut tito = signed_in(&ccorca, "tito");
    tito.go("/es/tecnico/paquetes");
    assert!(tito.reply.text().contains("value=\"ie-ccorca\""), "a name is at hand");
    let usb = stick.display().to_string();
    tito.send("/paquetes/sacar", &[("memoria", &usb), ("nombre", "Ccorca Propio")]);
    assert!(tito.words().contains("Ese nombre no sirve"), "{}", tito.words());
    tito.go("/es/tecnico/paquetes").send("/paquetes/sacar", &[("memoria", &usb), ("nombre", "ie-ccorca")]);
    assert!(tito.words().contains("El paquete está en"), "{}", tito.words());
    let all: String = files_below(&stick).iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    assert!(
        all.contains("Cuidamos el puquial") && all.contains("Ana Mamani") && all.contains("CC-BY-SA-4.0")
    );
    assert!(!all.contains("secreto") && !all.contains("se retiró"), "only what is shown leaves the school");
    assert!(fs::read_dir(&stick).expect("a folder").count() == 1, "nothing half-made is left");
    // At the other school it is offered like any other pack, and its author is named.
    let huaro = school(&there, &stick);
    let mut tito = signed_in(&huaro, "tito");
    let words = tito.go("/es/tecnico/paquetes").words();
    assert!(words.contains("IE Ccorca"), "{words}");
    tito.send("/paquetes/traer", &[("confiar", "1")]);
    assert!(tito.words().contains("está en el servidor"), "{}", tito.words());
    huaro.app.reload().expect("read again");
    huaro.app.index_materials();
    let page = huaro.get(&address);
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Cuidamos el puquial") && page.text().contains("Ana Mamani"));
    assert!(huaro.get("/es/recursos?q=puquial").text().contains("El agua del puquial"));
}

#[test]
fn the_console_takes_out_the_same_and_what_is_hidden_stays() {
    let place = tempfile::tempdir().expect("a folder");
    let (data, stick) = (place.path().join("datos"), place.path().join("usb"));
    for folder in [&data, &stick] {
        fs::create_dir_all(folder).expect("a folder");
    }
    add(&data, "ana", Role::Teacher);
    add(&data, "tito", Role::Technician);
    make_own_key(&data, "IE Ccorca").expect("a key");
    let school = school(&data, &stick);
    let mut ana = signed_in(&school, "ana");
    let work = article(&mut ana, "Uno que queda", "Se comparte.");
    press(&mut ana, &work, "publish");
    let work = article(&mut ana, "Otro que hiere", "Se escondió.");
    press(&mut ana, &work, "publish");
    let address = public(&mut ana, &work);
    let name = address.rsplit('/').next().expect("a name").to_owned();
    let mut tito = signed_in(&school, "tito");
    tito.go("/es/taller/revision").send("/taller/revision", &[("accion", "hide"), ("recurso", &name)]);
    assert_eq!(school.get(&address).status, 404);
    drop(school);
    // What the server laid out may be gone: it is laid out again.
    fs::remove_dir_all(data.join("workshop")).expect("a folder");
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_amauta"))
            .args(arguments)
            .env_clear()
            .output()
            .expect("runs")
    };
    let (data, usb) = (data.display().to_string(), stick.display().to_string());
    let out = run(&["export", "--pack", &usb, "ie-ccorca", "--data", &data]);
    assert!(out.status.success(), "{out:?}");
    let all: String = files_below(&stick).iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    assert!(all.contains("Se comparte.") && !all.contains("Se escondió."));
}
