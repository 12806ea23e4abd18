//! Packs in the technician's browser: what a stick offers, bringing in, trusting, taking away.

use std::{fs, path::Path};

use amauta::{
    packs::{Options, installed},
    store::school::Role,
    upkeep::{self, Media},
    web::{Settings, shelf::Folders},
};

use super::stick::{KEY, Stick, edit};
use crate::{
    accounts::{add, person::Person, signed_in},
    support::school::School,
};

/// A school into whose server the stick's folder of packs is plugged.
fn school(stick: &Stick) -> School {
    fs::create_dir_all(stick.data()).unwrap();
    add(&stick.data(), "tito", Role::Technician);
    let usb = stick.path().join("packs");
    let mounts = stick.path().join("mountinfo");
    let line = format!("36 35 8:1 / {} rw shared:1 - vfat /dev/sdb1 rw\n", usb.display());
    fs::write(&mounts, line).unwrap();
    let media = Media { mounts, labelled: "/no/hay".into(), below: vec![stick.path().to_owned()] };
    let upkeep = upkeep::Settings { backups: None, media };
    let folders = Folders { content: None, data: Some(stick.data()) };
    School::with(Settings { folders, upkeep, ..Settings::default() })
}

fn served(stick: &Stick) -> usize {
    installed(&stick.data()).0.len()
}

/// The row of a pack, in words.
fn offer(person: &mut Person<'_>) -> String {
    let words = person.go("/es/tecnico/paquetes").words();
    words.split_once("Qué hacer").map_or(words.clone(), |(_, rest)| rest.to_owned())
}

#[test]
fn an_unknown_signer_is_shown_with_the_key_and_trusted_by_a_technician() {
    let stick = Stick::new();
    stick.pack(true);
    let school = school(&stick);
    let mut tito = signed_in(&school, "tito");
    let words = offer(&mut tito);
    for expected in
        ["Cusco en dos lenguas", "UGEL Quispicanchi", "no se conoce", KEY, "No está en el servidor."]
    {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    assert_eq!(school.get("/es/lecciones/mi-turno").status, 404);
    tito.send("/paquetes/traer", &[]);
    assert!(tito.words().contains("está en el servidor. Archivos copiados: 14 de 14."), "{}", tito.words());
    assert_eq!(served(&stick), 1);
    school.app.reload().unwrap();
    assert_eq!(school.get("/es/lecciones/mi-turno").status, 200);
    let words = offer(&mut tito);
    assert!(words.contains("de confianza") && words.contains("Esta versión ya está."), "{words}");
}

#[test]
fn what_the_technician_did_not_see_is_not_trusted() {
    let stick = Stick::new();
    stick.pack(true);
    let school = school(&stick);
    let mut tito = signed_in(&school, "tito");
    tito.go("/es/tecnico/paquetes");
    tito.send("/paquetes/traer", &[("llave", "RWQotra")]);
    assert_eq!((tito.status().as_u16(), served(&stick)), (400, 0));
    // Nor is anything else of the machine, nor what was pulled meanwhile.
    tito.go("/es/tecnico/paquetes").send("/paquetes/traer", &[("paquete", "/etc")]);
    assert!(
        tito.words().contains("No se trajo.") && tito.words().contains("Falta este archivo"),
        "{}",
        tito.words()
    );
    assert_eq!(served(&stick), 0);
}

#[test]
fn what_is_hurt_or_not_of_this_program_is_told_and_cannot_be_brought() {
    let stick = Stick::new();
    let pack = stick.pack(true);
    fs::remove_file(pack.join("resources/feria.md")).unwrap();
    fs::write(stick.path().join("packs/fotos.zip"), "no es un ZIP").unwrap();
    let school = school(&stick);
    let mut tito = signed_in(&school, "tito");
    let words = offer(&mut tito);
    assert!(
        words.contains("No se puede traer.") && words.contains("resources/feria.md Falta este archivo."),
        "{words}"
    );
    assert!(!words.contains("fotos.zip") && !tito.reply.text().contains("/paquetes/traer"), "{words}");
}

#[test]
fn a_file_that_changed_is_found_before_anything_is_served() {
    let stick = Stick::new();
    let pack = stick.pack(false);
    edit(&pack.join("resources/feria.md"), "Urcos", "Ocongate");
    let school = school(&stick);
    let mut tito = signed_in(&school, "tito");
    assert!(offer(&mut tito).contains("nadie lo firmó"));
    tito.send("/paquetes/traer", &[]);
    assert!(tito.words().contains("No se trajo. Lo de antes sigue como estaba."), "{}", tito.words());
    assert!(tito.words().contains("está dañado o alguien lo cambió"), "{}", tito.words());
    assert_eq!(served(&stick), 0);
}

#[test]
fn a_pack_is_taken_away_when_the_technician_is_sure() {
    let stick = Stick::new();
    stick.import(&stick.pack(true), true).unwrap();
    let school = school(&stick);
    let mut tito = signed_in(&school, "tito");
    tito.go("/es/tecnico/paquetes").send("/paquetes/quitar", &[]);
    assert!(tito.words().contains("falta marcar") && served(&stick) == 1, "{}", tito.words());
    tito.send("/paquetes/quitar", &[("si", "1")]);
    assert!(tito.words().contains("cusco-quechua ya no está en el servidor."), "{}", tito.words());
    school.app.reload().unwrap();
    assert_eq!(school.get("/es/lecciones/mi-turno").status, 404);
    assert!(!Path::new(&stick.data()).join("packs/cusco-quechua").exists());
}

#[test]
fn without_a_stick_the_page_says_so() {
    let stick = Stick::new();
    let school = school(&stick);
    fs::write(stick.path().join("mountinfo"), "").unwrap();
    let mut tito = signed_in(&school, "tito");
    assert!(tito.go("/es/tecnico/paquetes").words().contains("Conecta una memoria USB"), "{}", tito.words());
}

#[test]
fn what_is_under_way_is_stopped_and_goes_on_the_next_time() {
    let stick = Stick::new();
    let pack = stick.pack(true);
    let school = school(&stick);
    let mut tito = signed_in(&school, "tito");
    let upkeep = school.app.upkeep().unwrap();
    let porter = upkeep.packs();
    let options = Options { trust: true, ..Options::default() };
    let data = stick.data();
    std::thread::scope(|threads| {
        let work = threads.spawn(|| porter.bring(&pack, "Cusco en dos lenguas", &data, options));
        // Files are read before the first is copied: the word comes in time.
        while !work.is_finished() {
            porter.stop();
        }
        assert!(work.join().unwrap());
    });
    let words = tito.go("/es/tecnico/paquetes").words();
    assert!(words.contains("Se paró.") && served(&stick) == 0, "{words}");
    tito.send("/paquetes/traer", &[]);
    assert!(tito.words().contains("está en el servidor."), "{}", tito.words());
    assert_eq!(served(&stick), 1);
}
