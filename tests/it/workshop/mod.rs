//! Teachers make and share materials, through the front door: writing, looking at it first, publishing, reviewing, what
//! colleagues and pupils do with it.

mod share;
mod upload;
mod write;

use amauta::{
    store::school::Role,
    submissions::Limits,
    web::{Settings, shelf::Folders},
};
use http::StatusCode;

use crate::{
    accounts::{add, person::Person, signed_in},
    support::school::School,
};

/// What a form needs to be complete, but for title and text.
pub(crate) const ABOUT: [(&str, &str); 8] = [
    ("resumen-es", "Cómo cuidamos el agua en casa."),
    ("grado", "p4"),
    ("area", "ciencia-y-tecnologia"),
    ("publico", "estudiante"),
    ("duracion", "45"),
    ("modo", "laptop"),
    ("licencia", "CC-BY-SA-4.0"),
    ("autores", "Ana Mamani"),
];

/// A school with two teachers, a coordinator and a technician.
pub(crate) struct Staffed {
    pub(crate) school: School,
    pub(crate) data: tempfile::TempDir,
}

impl Staffed {
    pub(crate) fn new() -> Self {
        Self::with(Limits { floor: 0, ..Limits::default() })
    }

    /// Where teachers may bring so much.
    pub(crate) fn with(uploads: Limits) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let people = [
            ("ana", Role::Teacher),
            ("luz", Role::Teacher),
            ("beto", Role::Coordinator),
            ("tito", Role::Technician),
        ];
        for (login, role) in people {
            add(data.path(), login, role);
        }
        let folders = Folders { content: None, data: Some(data.path().to_owned()) };
        let school = School::with(Settings { folders, uploads, ..Settings::default() });
        Self { school, data }
    }

    pub(crate) fn signed_in(&self, login: &str) -> Person<'_> {
        signed_in(&self.school, login)
    }

    pub(crate) fn visitor(&self) -> Person<'_> {
        Person::at(&self.school, "/es/")
    }
}

/// Fills a form of the workshop.
pub(crate) fn fill<'f>(fields: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    ABOUT
        .into_iter()
        .filter(|(name, _)| fields.iter().all(|(own, _)| own != name))
        .chain(fields.iter().copied())
        .collect()
}

/// Writes an article; the number of its page.
pub(crate) fn article(person: &mut Person<'_>, title: &str, text: &str) -> String {
    person.go("/es/taller/nuevo/articulo");
    person.send("/nuevo/articulo", &fill(&[("titulo-es", title), ("texto-es", text)]));
    assert_eq!(person.status(), StatusCode::OK, "{}", person.words());
    person.path.clone()
}

/// Presses a button of a work's page.
pub(crate) fn press(person: &mut Person<'_>, work: &str, action: &str) -> StatusCode {
    press_with(person, work, &[("accion", action)])
}

pub(crate) fn press_with(person: &mut Person<'_>, work: &str, fields: &[(&str, &str)]) -> StatusCode {
    person.go(work);
    let tail = work.rsplit_once("/taller").map_or(work, |(_, tail)| tail).to_owned();
    person.send(&tail, fields);
    person.status()
}

/// Where everybody sees a published work.
pub(crate) fn public(person: &mut Person<'_>, work: &str) -> String {
    person.go(work);
    let html = person.reply.text();
    let link = html.split("href=\"").find(|rest| rest.contains(">Verlo en el portal<"));
    let link = link.unwrap_or_else(|| panic!("{} is not shown: {}", work, person.words()));
    link.split('"').next().unwrap_or_default().to_owned()
}
