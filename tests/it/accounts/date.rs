//! A machine that does not know what day it is: a person says so in the browser, and what hangs on time goes on.

use amauta::{
    clock::Clock,
    store::school::Role,
    web::{Settings, shelf::Folders},
};
use http::StatusCode;
use std::{path::Path, time::Duration};

use super::{PASSWORD, add, person::Person, signed_in};
use crate::support::school::School;

/// The portal as it starts when the machine's own clock shows this.
fn started(data: &Path, machine: &str) -> School {
    let folders = Folders { content: None, data: Some(data.to_owned()) };
    let settings = Settings { folders, ..Settings::default() };
    School::with_clock(settings, Clock::frozen(machine.parse().expect("a moment")))
}

const DAY: [(&str, &str); 5] =
    [("dia", "5"), ("mes", "3"), ("anio", "2027"), ("hora", "8"), ("minuto", "30")];

const DEAD: &str = "1970-01-01T00:00:40Z";

#[test]
fn the_first_who_signs_in_is_asked_for_the_date_and_every_page_goes_by_it() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "ana", Role::Teacher);
    add(data.path(), "tito", Role::Technician);
    let school = started(data.path(), DEAD);
    let mut ana = signed_in(&school, "ana");
    assert!(ana.words().contains("El servidor no sabe qué día es"), "{}", ana.words());
    ana.go("/es/tecnico/fecha");
    assert!(!ana.words().contains("1970"), "{}", ana.words());
    ana.send("/tecnico/fecha", &DAY);
    assert!(ana.words().contains("5 de marzo de 2027, 08:30"), "{}", ana.words());
    assert_eq!(school.clock.today().to_string(), "2027-03-05");
    school.clock.advance(Duration::from_secs(3600));
    assert_eq!(school.clock.local().to_string(), "2027-03-05T09:30:00");
    assert!(!ana.go("/es/cuenta").words().contains("no sabe qué día es"), "{}", ana.words());
    let mut tito = signed_in(&school, "tito");
    assert!(tito.go("/es/personas").words().contains("puso la fecha del servidor"), "{}", tito.words());
}

#[test]
fn once_it_is_known_only_the_technician_changes_it_and_nonsense_is_refused() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "ana", Role::Teacher);
    add(data.path(), "tito", Role::Technician);
    let school = started(data.path(), "2040-06-01T15:00:00Z");
    let mut ana = signed_in(&school, "ana");
    assert!(ana.go("/es/tecnico/fecha").words().contains("la cambia el técnico"), "{}", ana.words());
    let mut tito = signed_in(&school, "tito");
    for (field, value) in
        [("dia", "31"), ("dia", "x"), ("mes", "13"), ("anio", "1970"), ("anio", "2150"), ("hora", "24")]
    {
        let mut told = DAY.to_vec();
        told.retain(|(name, _)| *name != field);
        told.push((field, value));
        if field == "dia" {
            told.retain(|(name, _)| *name != "mes");
            told.push(("mes", "2"));
        }
        tito.go("/es/tecnico/fecha").send("/tecnico/fecha", &told);
        assert_eq!(tito.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}");
        assert_eq!(school.clock.today().to_string(), "2040-06-01");
    }
    tito.go("/es/tecnico/fecha").send("/tecnico/fecha", &DAY);
    assert_eq!(school.clock.today().to_string(), "2027-03-05");
    // Whoever is signed in stays so, and sessions go on to end: the years between were never lived.
    assert_eq!(tito.go("/es/cuenta").path, "/es/cuenta");
    school.clock.advance(Duration::from_secs(31 * 60));
    assert_eq!(tito.go("/es/cuenta").path, "/es/entrar");
}

#[test]
fn what_was_told_holds_after_a_restart_as_far_as_the_machines_clock_went_on() {
    for (told_at, again_at, then) in [
        // A clock that is wrong by years and runs.
        ("2030-01-01T13:30:00Z", "2030-01-02T13:30:00Z", Some("2027-03-06")),
        // A battery that is dead: each start is in 1970, and nobody knows how long the machine was off.
        (DEAD, "1970-01-01T00:00:10Z", None),
        (DEAD, "1970-01-01T09:00:00Z", None),
        // Somebody set the machine's own clock right.
        ("2030-01-01T13:30:00Z", "2027-03-07T13:30:00Z", Some("2027-03-07")),
        (DEAD, "2027-03-08T13:30:00Z", Some("2027-03-08")),
    ] {
        let data = tempfile::tempdir().expect("a folder");
        add(data.path(), "tito", Role::Technician);
        let school = started(data.path(), told_at);
        signed_in(&school, "tito").go("/es/tecnico/fecha").send("/tecnico/fecha", &DAY);
        assert_eq!(school.clock.today().to_string(), "2027-03-05");
        drop(school);
        let again = started(data.path(), again_at);
        let mut tito = signed_in(&again, "tito");
        let known = again.clock.plausible().then(|| again.clock.today().to_string());
        assert_eq!(known.as_deref(), then, "told at {told_at}, again at {again_at}");
        assert_eq!(tito.words().contains("no sabe qué día es"), then.is_none(), "{}", tito.words());
        // The last day that is known stands in the form.
        let form = tito.go("/es/tecnico/fecha").reply.text();
        assert!(form.contains("value=\"2027\""), "{form}");
    }
}

#[test]
fn a_year_that_was_believed_by_mistake_ends_no_session_on_ones_own_computer() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    let school = started(data.path(), "2026-11-23T15:00:00Z");
    let mut tito = Person::at(&school, "/es/entrar");
    tito.send("/entrar", &[("usuario", "tito"), ("clave", PASSWORD), ("mia", "1")]);
    let cookies = tito.cookies.clone();
    drop(school);
    for machine in ["2040-01-01T15:00:00Z", "2026-11-24T15:00:00Z", DEAD, "2026-11-25T15:00:00Z"] {
        let school = started(data.path(), machine);
        let mut tito = Person::at(&school, "/es/");
        tito.cookies.clone_from(&cookies);
        assert_eq!(tito.go("/es/cuenta").path, "/es/cuenta", "{machine}");
        school.clock.advance(Duration::from_secs(600));
        assert_eq!(tito.go("/es/cuenta").path, "/es/cuenta", "{machine}");
    }
}

#[test]
fn what_was_done_stays_in_order_whichever_way_the_clock_jumped() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    for machine in ["2026-11-23T15:00:00Z", DEAD, "2031-01-01T15:00:00Z", DEAD, "2026-11-24T15:00:00Z"] {
        let school = started(data.path(), machine);
        let mut tito = signed_in(&school, "tito");
        for role in ["teacher", "coordinator"] {
            tito.go("/es/personas").send("/personas/invitar", &[("funcion", role)]);
        }
    }
    let db = rusqlite::Connection::open(data.path().join("school.db")).expect("records");
    let mut stamps = db.prepare("SELECT stamp FROM event ORDER BY id").expect("a query");
    let stamps = stamps.query_map([], |row| row.get(0)).expect("rows").collect::<Result<Vec<String>, _>>();
    let stamps = stamps.expect("every deed has a stamp");
    assert_eq!(stamps.len(), 10);
    assert!(stamps.is_sorted_by(|before, after| before < after), "{stamps:?}");
}
