//! Inviting, joining, lost passwords, shutting accounts: in the technician's browser and at the console.

use std::{collections::BTreeSet, path::Path, process::Command, time::Duration};

use amauta::{health::gather::own_addresses, store::school::Role};
use http::StatusCode;

use super::{PASSWORD, add, person::Person, school, signed_in};

fn is_code(word: &&str) -> bool {
    let group = |group: &str| group.len() == 4 && group.bytes().all(|b| b.is_ascii_alphanumeric());
    word.len() == 14 && word.split('-').all(group)
}

/// The code on the page or line that shows one.
fn code(text: &str) -> String {
    text.split_whitespace().find(is_code).unwrap_or_else(|| panic!("no code in: {text}")).to_owned()
}

/// What the program says to `amauta user …`, and whether it did it.
fn console(data: &Path, words: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amauta"));
    let output = command.arg("user").args(words).arg("--data").arg(data).output().expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).expect("UTF-8"))
}

fn number(person: &Person<'_>, login: &str) -> String {
    let html = person.reply.text();
    let row = html.split("<tr>").find(|row| row.contains(&format!("<td>{login}</td>"))).expect("a row");
    let (_, rest) = row.split_once("name=\"persona\" value=\"").expect("a number");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[test]
fn a_technician_invites_and_whoever_holds_the_code_joins_once() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    let school = school(data.path());
    let mut tito = signed_in(&school, "tito");
    tito.go("/es/personas").send("/personas/invitar", &[("funcion", "coordinator")]);
    assert_eq!(tito.status(), StatusCode::OK, "{}", tito.words());
    let code = code(&tito.words());
    assert!(!tito.go("/es/personas").words().contains(&code), "it is shown once");
    assert!(tito.words().contains("hizo un código de invitación"), "{}", tito.words());
    let wish = [
        ("codigo", code.as_str()),
        ("nombre", "Rosa Quispe"),
        ("usuario", "rosa"),
        ("clave", PASSWORD),
        ("otra", PASSWORD),
    ];
    let mut rosa = Person::at(&school, "/es/invitacion");
    let mut second = Person::at(&school, "/es/invitacion");
    rosa.send("/invitacion", &[("codigo", "ABCD-EFGH-JKMN"), wish[1], wish[2], wish[3], wish[4]]);
    assert!(rosa.words().contains("El código no es correcto"), "{}", rosa.words());
    rosa.send("/invitacion", &[wish[0], wish[1], ("usuario", "tito"), wish[3], wish[4]]);
    assert!(rosa.words().contains("Otra persona ya tiene ese usuario"), "{}", rosa.words());
    rosa.send("/invitacion", &wish);
    assert!(
        rosa.words().contains("Rosa Quispe (rosa) · Coordinador"),
        "a refusal uses no code up: {}",
        rosa.words()
    );
    second.send("/invitacion", &[wish[0], wish[1], ("usuario", "otra"), wish[3], wish[4]]);
    assert!(second.words().contains("El código no es correcto"), "{}", second.words());
    assert!(
        tito.go("/es/personas").words().contains("Rosa Quispe creó su cuenta con un código"),
        "{}",
        tito.words()
    );
}

#[test]
fn a_code_for_a_lost_password_opens_that_account_alone_and_closes_it_elsewhere() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    add(data.path(), "rosa", Role::Teacher);
    let school = school(data.path());
    let mut elsewhere = signed_in(&school, "rosa");
    let mut tito = signed_in(&school, "tito");
    tito.go("/es/personas");
    let rosa = number(&tito, "rosa");
    tito.send("/personas/clave", &[("persona", &rosa)]);
    assert!(tito.words().contains("Código para otra contraseña de La persona rosa"), "{}", tito.words());
    let code = code(&tito.words());
    let new = "cuatro ríos hondos";
    let mut here = Person::at(&school, "/es/invitacion");
    here.send("/invitacion", &[("codigo", &code), ("clave", new), ("otra", new)]);
    assert!(here.words().contains("La persona rosa (rosa) · Docente"), "{}", here.words());
    assert_eq!(elsewhere.go("/es/cuenta").path, "/es/entrar");
}

#[test]
fn codes_for_all_colleagues_are_one_sheet_to_cut_out() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    let school = school(data.path());
    let mut tito = signed_in(&school, "tito");
    tito.go("/es/personas").send("/personas/invitar", &[("funcion", "teacher"), ("cuantos", "10")]);
    let words = tito.words();
    let codes = words.split_whitespace().filter(is_code).map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(codes.len(), 10, "{words}");
    assert_eq!(words.matches("http://192.168.1.2:8080/es/invitacion").count(), 10, "{words}");
    for (at, code) in (0..).zip([codes.first(), codes.last()].into_iter().flatten()) {
        let login = format!("docente{at}");
        let mut here = Person::at(&school, "/es/invitacion");
        let wish = [
            ("codigo", code.as_str()),
            ("nombre", "Rosa"),
            ("usuario", login.as_str()),
            ("clave", PASSWORD),
            ("otra", PASSWORD),
        ];
        here.send("/invitacion", &wish);
        assert!(here.words().contains("Docente"), "{}", here.words());
    }
    assert_eq!(tito.go("/es/personas").words().matches("hizo un código de invitación").count(), 10);
    // At a colleague's laptop the server's own name for itself leads nowhere.
    for host in ["localhost:8080", "127.0.0.1:8080", "[::1]"] {
        tito.host = host;
        tito.go("/es/personas").send("/personas/invitar", &[("funcion", "teacher"), ("cuantos", "5")]);
        let named = tito.words().contains(&format!("http://{host}/"));
        assert_eq!(named, own_addresses().is_empty(), "{}", tito.words());
    }
    for count in ["0", "31", "1000000", "x", ""] {
        tito.go("/es/personas").send("/personas/invitar", &[("funcion", "teacher"), ("cuantos", count)]);
        assert_eq!(tito.status(), StatusCode::BAD_REQUEST, "{count}");
    }
}

#[test]
fn a_code_ends_after_thirty_days() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    let school = school(data.path());
    let mut tito = signed_in(&school, "tito");
    tito.go("/es/personas").send("/personas/invitar", &[("funcion", "teacher")]);
    let code = code(&tito.words());
    school.clock.advance(Duration::from_secs(31 * 24 * 3600));
    let mut rosa = Person::at(&school, "/es/invitacion");
    let wish = [
        ("codigo", code.as_str()),
        ("nombre", "Rosa"),
        ("usuario", "rosa1"),
        ("clave", PASSWORD),
        ("otra", PASSWORD),
    ];
    rosa.send("/invitacion", &wish);
    assert!(rosa.words().contains("El código no es correcto"), "{}", rosa.words());
}

#[test]
fn an_account_is_shut_and_opened_again_and_the_last_technician_stays() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    add(data.path(), "rosa", Role::Teacher);
    let school = school(data.path());
    let (mut rosa, mut tito) = (signed_in(&school, "rosa"), signed_in(&school, "tito"));
    tito.go("/es/personas");
    let (hers, his) = (number(&tito, "rosa"), number(&tito, "tito"));
    tito.send("/personas/estado", &[("persona", &hers), ("abierta", "0")]);
    assert_eq!(rosa.go("/es/cuenta").path, "/es/entrar");
    tito.go("/es/personas").send("/personas/estado", &[("persona", &hers), ("abierta", "1")]);
    assert!(tito.words().contains("abrió otra vez una cuenta"), "{}", tito.words());
    signed_in(&school, "rosa");
    tito.send("/personas/estado", &[("persona", &his), ("abierta", "0")]);
    assert_eq!(tito.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(tito.words().contains("Es la última cuenta de técnico"), "{}", tito.words());
    for (person, open) in [("999", "0"), ("x", "0"), (hers.as_str(), "2")] {
        tito.go("/es/personas").send("/personas/estado", &[("persona", person), ("abierta", open)]);
        assert_eq!(tito.status(), StatusCode::BAD_REQUEST, "{person} {open}");
    }
}

#[test]
fn a_locked_out_technician_comes_back_by_the_console_while_the_server_runs() {
    let data = tempfile::tempdir().expect("a folder");
    assert!(!console(data.path(), &["list"]).0, "no school is made by asking");
    add(data.path(), "tito", Role::Technician);
    let school = school(data.path());
    let (done, said) = console(data.path(), &["reset", "Tito"]);
    assert!(done && said.contains("/es/invitacion"), "{said}");
    let new = "cuatro ríos hondos";
    let mut tito = Person::at(&school, "/es/invitacion");
    tito.send("/invitacion", &[("codigo", &code(&said)), ("clave", new), ("otra", new)]);
    assert_eq!(tito.path, "/es/cuenta", "{}", tito.words());
    assert!(
        tito.go("/es/personas").words().contains("la consola hizo un código para otra contraseña"),
        "{}",
        tito.words()
    );

    let (done, said) = console(data.path(), &["add", "teacher"]);
    let mut ana = Person::at(&school, "/es/invitacion");
    ana.send(
        "/invitacion",
        &[
            ("codigo", &code(&said)),
            ("nombre", "Ana"),
            ("usuario", "ana"),
            ("clave", PASSWORD),
            ("otra", PASSWORD),
        ],
    );
    assert!(done && ana.path == "/es/cuenta", "{}", ana.words());
    let (done, said) = console(data.path(), &["list"]);
    assert!(done && said.contains("ana\tdocente\tabierta\tAna"), "{said}");
    assert!(console(data.path(), &["disable", "ana"]).1.contains("cerrada"));
    assert_eq!(ana.go("/es/cuenta").path, "/es/entrar");
    assert!(console(data.path(), &["enable", "ana"]).0);
    for (words, says) in [
        (&["disable", "tito"][..], "último técnico"),
        (&["disable", "nadie"], "Nadie tiene el usuario"),
        (&["add", "director"], "no es una función"),
        (&["add"], "amauta"),
        (&["list", "x"], "x"),
        (&["borra", "ana"], "ana"),
    ] {
        let (done, said) = console(data.path(), words);
        assert!(!done && said.contains(says), "{words:?}: {said}");
    }
}

#[test]
fn a_whole_course_joins_at_one_laptop_without_waiting() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "tito", Role::Technician);
    let school = school(data.path());
    let mut tito = signed_in(&school, "tito");
    for number in 0..8 {
        tito.go("/es/personas").send("/personas/invitar", &[("funcion", "teacher")]);
        let (code, login) = (code(&tito.words()), format!("docente{number}"));
        let mut teacher = Person::at(&school, "/es/invitacion");
        let wish = [("codigo", code.as_str()), ("nombre", "Ana"), ("usuario", &login)];
        teacher.send("/invitacion", &[&wish[..], &[("clave", PASSWORD), ("otra", PASSWORD)]].concat());
        assert_eq!(teacher.path, "/es/cuenta", "{login}: {}", teacher.words());
    }
}

#[test]
fn the_sheet_for_the_wall_says_the_address_that_the_school_types() {
    let data = tempfile::tempdir().expect("a folder");
    add(data.path(), "ana", Role::Teacher);
    let school = school(data.path());
    let mut ana = signed_in(&school, "ana");
    for (path, title) in [("/es/guia", "Amauta en nuestra escuela"), ("/qu/guia", "Yachaywasinchikpi Amauta")]
    {
        let html = ana.go(path).reply.text();
        assert!(html.contains(title) && html.contains("http://192.168.1.2:8080"), "{html}");
        let pictures = html.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let statuses: Vec<_> = pictures.map(|picture| school.get(picture).status).collect();
        assert_eq!(statuses, [StatusCode::OK; 4], "what is printed shows its pictures");
    }
}
