//! Samples of the pages of people with an account.

use super::{Sample, frame, href};
use crate::{
    store::school::{Deed, Role},
    web::views::account::{
        AccountView, CodeView, EventRow, FirstView, FormView, GuideView, InvitationView, KeptField, KeptView,
        PasswordView, PeopleView, PersonRow, SessionView, SignInView, SlipsView,
    },
};

/// Every problem that a form can have.
const PROBLEMS: [&str; 19] = [
    "",
    "wrong",
    "old",
    "wait",
    "busy",
    "ended",
    "kept",
    "code",
    "claimed",
    "name",
    "login",
    "taken",
    "short",
    "long",
    "guessable",
    "differs",
    "full",
    "time",
    "last-technician",
];

pub(super) fn all(lang: &str) -> Vec<Sample> {
    let form = |problem| FormView { action: href(), seal: "0123456789abcdef".to_owned(), problem, wait: 8 };
    let mut samples = Vec::new();
    for problem in PROBLEMS {
        let first = if problem.is_empty() { href() } else { String::new() };
        let view = SignInView {
            frame: frame(lang),
            form: form(problem),
            login: "rosa".to_owned(),
            first,
            invitation: href(),
            kept: if problem == "kept" { kept() } else { Vec::new() },
        };
        samples.push(Sample::new(format!("sign in: {problem}"), view));
    }
    samples.push(Sample::new("kept", KeptView { frame: frame(lang), form: form(""), kept: kept() }));
    let (name, login) = ("Rosa Quispe".to_owned(), "rosa".to_owned());
    let view = FirstView { frame: frame(lang), form: form("code"), name: name.clone(), login: login.clone() };
    samples.push(Sample::new("first", view));
    let view = InvitationView {
        frame: frame(lang),
        form: form("last-technician"),
        name: name.clone(),
        login: login.clone(),
    };
    samples.push(Sample::new("invitation", view));
    for code in [None, Some(String::new()), Some(name.clone())] {
        let code = code.map(|name| CodeView { code: "ABCD-EFGH-JKMN".to_owned(), path: href(), name });
        samples.push(Sample::new("people", people(lang, code)));
    }
    let view = SlipsView {
        frame: frame(lang),
        role: Role::Teacher.word(),
        address: href(),
        codes: vec!["ABCD-EFGH-JKMN".to_owned(); 3],
        back: href(),
    };
    samples.push(Sample::new("slips", view));
    for address in ["http://192.168.1.2:8080", ""] {
        let view = GuideView { frame: frame(lang), address: address.to_owned(), back: href() };
        samples.push(Sample::new(format!("guide: {address}"), view));
    }
    let view = PasswordView { frame: frame(lang), form: form("differs"), back: href() };
    samples.push(Sample::new("password", view));
    for (role, changed) in [("teacher", false), ("coordinator", false), ("technician", true)] {
        let session = |place, unit| SessionView { place, unit, count: 2 };
        let view = AccountView {
            workshop: href(),
            guide: href(),
            frame: frame(lang),
            name: name.clone(),
            login: login.clone(),
            role,
            changed,
            power: if changed { String::new() } else { href() },
            date: if changed { String::new() } else { href() },
            technician: if changed { href() } else { String::new() },
            keeps: if changed { vec![("technician-people", href())] } else { Vec::new() },
            password: href(),
            leave: form(""),
            close: form(""),
            sessions: vec![
                session("here", "now"),
                session("own", "days"),
                session("own", "hours"),
                session("shared", "minutes"),
            ],
        };
        samples.push(Sample::new(format!("account: {role}"), view));
    }
    samples
}

fn people(lang: &str, code: Option<CodeView>) -> PeopleView {
    let form = |problem| FormView { action: href(), seal: "0123456789abcdef".to_owned(), problem, wait: 0 };
    let person = |number, role: Role, active| PersonRow {
        number,
        name: "Rosa Quispe".to_owned(),
        login: "rosa".to_owned(),
        role: role.word(),
        active,
    };
    let event = |deed: Deed, known: bool| EventRow {
        day: if known { "23 de noviembre de 2026".to_owned() } else { String::new() },
        actor: if known { "Rosa Quispe".to_owned() } else { String::new() },
        deed: deed.word(),
        of_resource: deed.is_of_resource(),
        subject: if known { "Tito".to_owned() } else { String::new() },
    };
    let mut events = Deed::ALL.map(|deed| event(deed, true)).to_vec();
    events.push(event(Deed::Invited, false));
    events.push(EventRow { deed: "unknown", ..event(Deed::Invited, false) });
    PeopleView {
        frame: frame(lang),
        people: vec![person(1, Role::Technician, true), person(2, Role::Teacher, false)],
        counts: vec![1, 5],
        roles: Role::ALL.map(Role::word).to_vec(),
        invite: form(if code.is_some() { "" } else { "last-technician" }),
        reset: form(""),
        standing: form(""),
        code,
        events,
        back: href(),
    }
}

fn kept() -> Vec<KeptField> {
    vec![KeptField { name: "g.titulo-es".to_owned(), value: "El agua & la vida".to_owned() }]
}
