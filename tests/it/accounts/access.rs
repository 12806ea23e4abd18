//! Every address that not everybody may ask for × every role × every method, as `tests/fixtures/access.tsv` says.

use std::collections::BTreeSet;

use amauta::{
    domain::lang::Lang,
    store::school::Role,
    web::routes::{Access, Account, Page, Route},
};
use http::{Method, StatusCode};

use super::{add, person::Person, school, signed_in};
use crate::support::root;

/// What came of a request, in a word of the table.
fn outcome(person: &Person<'_>) -> &'static str {
    match person.reply.status {
        StatusCode::OK => "page",
        StatusCode::NOT_FOUND => "hidden",
        StatusCode::GONE => "gone",
        StatusCode::METHOD_NOT_ALLOWED => "method",
        StatusCode::FORBIDDEN => "sealed",
        StatusCode::SEE_OTHER if person.reply.header("location") == "/es/entrar" => "door",
        StatusCode::SEE_OTHER if person.reply.header("location") == "/es/cuenta" => "account",
        _ => "other",
    }
}

#[test]
fn everybody_gets_what_the_table_says() {
    let data = tempfile::tempdir().expect("a folder");
    for (login, role) in [("ana", Role::Teacher), ("beto", Role::Coordinator), ("tito", Role::Technician)] {
        add(data.path(), login, role);
    }
    let school = school(data.path());
    let mut people = vec![Person::at(&school, "/es/entrar")];
    people.extend(["ana", "beto", "tito"].map(|login| signed_in(&school, login)));
    let table = std::fs::read_to_string(root().join("tests/fixtures/access.tsv")).expect("the table");
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    assert_eq!(lines.next(), Some("address\tmethod\tvisitor\tteacher\tcoordinator\ttechnician"));
    let mut covered = BTreeSet::new();
    let mut wrong = Vec::new();
    for line in lines {
        let cells = line.split('\t').collect::<Vec<_>>();
        let [path, method, expected @ ..] = cells.as_slice() else { panic!("{line}") };
        covered.insert((*path).to_owned());
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let got = people.iter_mut().map(|person| {
            // A form without its seal: what it would do is tested elsewhere, here that it does nothing.
            let fields = (method == Method::POST).then_some([].as_slice());
            person.ask(method.clone(), path, fields, &[]);
            outcome(person)
        });
        let got = got.collect::<Vec<_>>();
        if got != expected {
            wrong.push(format!("{path}\t{method}\t{}", got.join("\t")));
        }
    }
    assert!(wrong.is_empty(), "got:\n{}", wrong.join("\n"));
    let closed = [Route::Health, Route::Metrics, Route::Page(Lang::ES, Page::Status)].into_iter();
    for route in closed.chain(Account::ALL.map(|page| Route::Page(Lang::ES, Page::Account(page)))) {
        assert!(covered.contains(&route.path()), "{} is missing from the table", route.path());
    }
}

#[test]
fn what_is_not_for_everybody_is_an_account_or_about_the_machine() {
    for account in Account::ALL {
        let open = matches!(account, Account::SignIn | Account::First | Account::Invitation);
        let access = Route::Page(Lang::QU, Page::Account(account)).access();
        assert_eq!(access == Access::Everyone, open, "{account:?}");
    }
    for route in [Route::Health, Route::Metrics, Route::Page(Lang::QU, Page::Status)] {
        assert_eq!(route.access(), Access::Operations);
    }
}
