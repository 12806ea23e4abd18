//! Samples of the pages of people with an account.

use super::{Sample, frame, href};
use crate::web::views::account::{AccountView, FirstView, FormView, PasswordView, SessionView, SignInView};

/// Every problem that a form can have.
const PROBLEMS: [&str; 16] = [
    "",
    "wrong",
    "old",
    "wait",
    "busy",
    "ended",
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
];

pub(super) fn all(lang: &str) -> Vec<Sample> {
    let form = |problem| FormView { action: href(), seal: "0123456789abcdef".to_owned(), problem, wait: 8 };
    let mut samples = Vec::new();
    for problem in PROBLEMS {
        let first = if problem.is_empty() { href() } else { String::new() };
        let view = SignInView { frame: frame(lang), form: form(problem), login: "rosa".to_owned(), first };
        samples.push(Sample::new(format!("sign in: {problem}"), view));
    }
    let (name, login) = ("Rosa Quispe".to_owned(), "rosa".to_owned());
    let view = FirstView { frame: frame(lang), form: form("code"), name: name.clone(), login: login.clone() };
    samples.push(Sample::new("first", view));
    let view = PasswordView { frame: frame(lang), form: form("differs"), back: href() };
    samples.push(Sample::new("password", view));
    for (role, changed) in [("teacher", false), ("coordinator", false), ("technician", true)] {
        let session = |place, unit| SessionView { place, unit, count: 2 };
        let view = AccountView {
            frame: frame(lang),
            name: name.clone(),
            login: login.clone(),
            role,
            changed,
            technician: if changed { href() } else { String::new() },
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
