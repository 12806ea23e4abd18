//! What a technician does without a shell: the settings of the school, and the end of the day.

use std::{fs, path::Path};

use amauta::{
    store::school::Role,
    web::{Settings, shelf::Folders},
};
use http::StatusCode;

use super::{add, school, signed_in};
use crate::support::school::School;

const FIELDS: [(&str, &str); 5] = [
    ("escuela", "IE 50499  Ccorca"),
    ("lengua", "qu"),
    ("cuota", "100"),
    ("contacto-demuna", "Plaza de Armas 1, 084-305040"),
    ("horario-demuna", "lunes a viernes, 8 a 13"),
];

fn with(data: &Path, change: impl FnOnce(&mut Settings)) -> School {
    let folders = Folders { content: None, data: Some(data.to_owned()) };
    let mut settings = Settings { folders, ..Settings::default() };
    change(&mut settings);
    School::with(settings)
}

#[test]
fn what_a_technician_chooses_holds_at_once_and_after_a_restart() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    let portal = school(data.path());
    assert!(!portal.get("/es/").text().contains("Ccorca"));
    let mut tito = signed_in(&portal, "tito");
    tito.go("/es/tecnico/ajustes").send("/tecnico/ajustes", &FIELDS);
    assert!(tito.words().contains("Los ajustes están guardados"), "{}", tito.words());
    for portal in [portal, school(data.path())] {
        assert!(portal.get("/es/").text().contains("IE 50499 Ccorca"));
        assert_eq!(portal.app.desk().expect("a desk").quota(), 100 << 20);
        let help = portal.get("/es/ayuda").text();
        assert!(help.contains("Plaza de Armas 1, 084-305040") && help.contains("lunes a viernes"), "{help}");
        assert!(portal.get("/qu/ayuda").text().contains("084-305040"));
    }
    // What is emptied is no longer shown.
    let portal = school(data.path());
    let mut tito = signed_in(&portal, "tito");
    assert!(tito.go("/es/personas").words().contains("cambió los ajustes"), "{}", tito.words());
    tito.go("/es/tecnico/ajustes").send("/tecnico/ajustes", &[("contacto-demuna", "")]);
    assert!(tito.words().contains("están guardados"), "{}", tito.words());
    assert!(!portal.get("/es/ayuda").text().contains("084-305040"));
    assert!(portal.get("/es/").text().contains("IE 50499 Ccorca"), "the rest stays as it is");
}

#[test]
fn what_cannot_be_taken_is_refused_whole_and_stays_in_the_form() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    let portal = school(data.path());
    let mut tito = signed_in(&portal, "tito");
    let long = "x".repeat(200);
    for (field, value) in [
        ("escuela", long.as_str()),
        ("lengua", "en"),
        ("cuota", "mucho"),
        ("cuota", "0"),
        ("contacto-demuna", &long),
    ] {
        let mut typed = FIELDS.to_vec();
        typed.retain(|(name, _)| *name != field);
        typed.push((field, value));
        tito.go("/es/tecnico/ajustes").send("/tecnico/ajustes", &typed);
        assert_eq!(tito.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}");
        assert!(tito.words().contains("No se guardó nada"), "{}", tito.words());
        assert!(tito.reply.text().contains("lunes a viernes, 8 a 13"), "what was typed stays");
        assert!(!portal.get("/es/").text().contains("Ccorca") && !data.path().join("lessons").exists());
    }
}

#[test]
fn a_file_with_a_mistake_or_of_somebody_elses_hand_is_not_lost() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    let file = data.path().join("lessons/help-channels.toml");
    fs::create_dir_all(data.path().join("lessons")).expect("a folder");
    fs::write(&file, "[[channels]]\nid = 7\n").expect("a file");
    let portal = school(data.path());
    let mut tito = signed_in(&portal, "tito");
    tito.go("/es/tecnico/ajustes").send("/tecnico/ajustes", &FIELDS);
    assert!(tito.words().contains("help-channels.toml"), "{}", tito.words());
    assert_eq!(fs::read_to_string(&file).expect("a file"), "[[channels]]\nid = 7\n");
    let ronda = "[[channels]]\nid = \"mi-ronda\"\nname = { es = \"Ronda de Ccorca\" }\npurpose = { es = \"Acompaña.\" }\n\
                 contact = { es = \"En el local comunal\" }\nidentity = \"named\"\nstep = 3\nprint = \"yes\"\nlocal = true\n";
    fs::write(&file, ronda).expect("a file");
    portal.app.reload().expect("read again");
    tito.go("/es/tecnico/ajustes").send("/tecnico/ajustes", &FIELDS);
    assert!(tito.words().contains("están guardados"), "{}", tito.words());
    let help = portal.get("/es/ayuda").text();
    assert!(help.contains("En el local comunal") && help.contains("084-305040"), "{help}");
}

#[test]
fn what_a_flag_or_file_says_is_shown_as_fixed_and_stays() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    let portal = with(data.path(), |settings| {
        settings.school_name = "La de la orden".to_owned();
        settings.fixed = vec!["school_name"];
    });
    let mut tito = signed_in(&portal, "tito");
    assert!(tito.go("/es/tecnico/ajustes").words().contains("aquí no se cambia"), "{}", tito.words());
    tito.send("/tecnico/ajustes", &FIELDS);
    let front = portal.get("/es/").text();
    assert!(front.contains("La de la orden") && !front.contains("Ccorca"));
}

#[test]
fn a_teacher_switches_the_machine_off_where_that_is_allowed_and_nowhere_else() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "ana", Role::Teacher);
    let mark = data.path().join("apagado");
    let portal = school(data.path());
    let mut ana = signed_in(&portal, "ana");
    assert!(!ana.words().contains("Apagar el servidor"));
    assert!(ana.go("/es/tecnico/apagar").words().contains("no se puede apagar"), "{}", ana.words());
    let portal = with(data.path(), |settings| settings.power_off = format!("touch {}", mark.display()));
    let mut ana = signed_in(&portal, "ana");
    assert!(ana.words().contains("Apagar el servidor"));
    ana.go("/es/tecnico/apagar");
    assert!(!ana.words().contains("Reiniciar el programa") && !mark.exists(), "nothing happens by looking");
    ana.send("/tecnico/apagar", &[]);
    assert!(ana.words().contains("se está apagando") && mark.exists(), "{}", ana.words());
    let portal = with(data.path(), |settings| settings.power_off = "false".to_owned());
    let mut ana = signed_in(&portal, "ana");
    ana.go("/es/tecnico/apagar").send("/tecnico/apagar", &[]);
    assert!(ana.words().contains("El equipo no se apagó"), "{}", ana.words());
}
