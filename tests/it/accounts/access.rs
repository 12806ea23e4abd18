//! Every address that not everybody may ask for × every role × every method, as `tests/fixtures/access.tsv` says.

use std::collections::BTreeSet;

use amauta::{
    domain::{
        lang::{Lang, Localized},
        submission::{Genre, State, Work},
    },
    store::school::{By, Change, NewWork, Role, SchoolDb},
    web::routes::{Access, Account, Page, Route, Workshop},
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

/// Works of Luz, the first of them published, and one of Ana's: for own and others' addresses.
fn works(data: &std::path::Path) {
    let db = SchoolDb::open(&data.join("school.db")).expect("the records open");
    let person = |login: &str| db.person(login).expect("it can be read").expect("somebody").id;
    let work = |title: &str| {
        let texts = |text: &str| Localized([(Lang::ES, text.to_owned())].into());
        let work = Work { title: texts(title), body: texts("Un texto."), ..Work::default() };
        NewWork { work, files: Vec::new() }
    };
    for (login, title) in [("luz", "Publicado"), ("luz", "Borrador"), ("ana", "Mío")] {
        let id = db.add_submission(person(login), Genre::Article, work(title)).expect("it is kept");
        if title == "Publicado" {
            let change =
                Change { state: State::Published, served: Some(1), deed: None, remark: String::new() };
            db.step(id, 1, By::default(), change).expect("it is published");
        }
    }
}

#[test]
fn everybody_gets_what_the_table_says() {
    let data = tempfile::tempdir().expect("a folder");
    for (login, role) in [("ana", Role::Teacher), ("beto", Role::Coordinator), ("tito", Role::Technician)] {
        add(data.path(), login, role);
    }
    add(data.path(), "luz", Role::Teacher);
    works(data.path());
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
    let accounts = Account::ALL.map(Page::Account);
    // Of each page of the workshop one of one's own and one of another's.
    let seen = |slug: &str| Box::new(Page::Material(slug.parse().expect("a slug")));
    let works = [
        Workshop::Home,
        Workshop::Review,
        Workshop::Work(1),
        Workshop::Work(2),
        Workshop::Work(3),
        Workshop::Edit(2),
        Workshop::Edit(3),
        Workshop::File(2, 1),
        Workshop::Preview(2, seen("borrador-2")),
        Workshop::Preview(3, seen("mio-3")),
    ];
    for page in &works {
        // A new page does not compile until it stands here and, above, with its owner and another.
        match page {
            Workshop::Home
            | Workshop::New(_)
            | Workshop::Review
            | Workshop::Work(_)
            | Workshop::Edit(_)
            | Workshop::File(..)
            | Workshop::Preview(..) => {}
        }
    }
    let works = works.into_iter().chain(Genre::ALL.map(Workshop::New)).map(Page::Workshop);
    let report = [Page::Report("mi-frase-clave".parse().expect("a slug"))];
    let pages = accounts.into_iter().chain(works).chain(report).map(|page| Route::Page(Lang::ES, page));
    for route in closed.chain(pages) {
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
