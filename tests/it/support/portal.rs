//! One portal with the program's own lessons, and every page of it, made once and shared by all tests.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::OnceLock,
};

use super::{
    browser::{Browser, PageForm},
    html::tags,
    school::{Reply, School},
};

/// The languages of the program.
pub(crate) const LANGS: [&str; 2] = ["es", "qu"];

/// The portal.
pub(crate) fn school() -> &'static School {
    static SCHOOL: OnceLock<School> = OnceLock::new();
    SCHOOL.get_or_init(School::new)
}

/// Everything that links lead to, from `/` on, by address.
pub(crate) fn pages() -> &'static BTreeMap<String, Reply> {
    static PAGES: OnceLock<BTreeMap<String, Reply>> = OnceLock::new();
    PAGES.get_or_init(|| crawl(school()))
}

/// The pages among them, with their HTML.
pub(crate) fn html_pages() -> impl Iterator<Item = (&'static str, String)> {
    let html = pages().iter().filter(|(_, reply)| reply.header("content-type").starts_with("text/html"));
    html.map(|(path, reply)| (path.as_str(), reply.text()))
}

/// What every form of every page answers when the first choice of each field is sent; by the address of the page and
/// the number of the form on it.
pub(crate) fn answers() -> &'static BTreeMap<String, Reply> {
    static ANSWERS: OnceLock<BTreeMap<String, Reply>> = OnceLock::new();
    ANSWERS.get_or_init(|| {
        let mut answers = BTreeMap::new();
        for (path, _) in html_pages().filter(|(_, html)| html.contains("method=\"post\"")) {
            let browser = Browser::open(school(), path);
            for (number, form) in browser.forms().iter().enumerate().filter(|(_, form)| form.method == "post")
            {
                let chosen = first_choices(form);
                let chosen = chosen.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                let mut sent = Browser::open(school(), path);
                sent.send(form, &chosen.collect::<Vec<_>>());
                // The form that goes on stands first in an answer.
                if let Some(next) = sent.forms().into_iter().find(|form| form.offered.is_empty()) {
                    let mut gone_on = Browser::open(school(), path);
                    gone_on.send(&next, &[]);
                    answers.insert(format!("{path} form {number}, then {}", next.action), gone_on.reply);
                }
                answers.insert(format!("{path} form {number}"), sent.reply);
            }
        }
        answers
    })
}

/// The first choice of each field of a form; what is typed is a number, which every typed field takes.
pub(crate) fn first_choices(form: &PageForm) -> Vec<(String, String)> {
    let mut chosen: Vec<(String, String)> = Vec::new();
    for (name, value) in form.offered.iter().filter(|(_, value)| !value.is_empty()) {
        if !chosen.iter().any(|(known, _)| known == name) {
            chosen.push((name.clone(), value.clone()));
        }
    }
    let typed = form.fields.iter().filter(|(name, value)| name == "r" && value.is_empty());
    chosen.extend(typed.map(|(name, _)| (name.clone(), "7".to_owned())));
    chosen
}

/// Whether an address is of a lesson or collection to take home.
pub(crate) fn is_taken_home(link: &str) -> bool {
    [".epub", ".xol", ".zip"].iter().any(|ending| link.ends_with(ending))
}

/// All that links lead to, from `/` on, with the replies.
pub(crate) fn crawl(school: &School) -> BTreeMap<String, Reply> {
    let mut pages = BTreeMap::new();
    let mut queue = VecDeque::from(["/".to_owned()]);
    while let Some(path) = queue.pop_front() {
        if pages.contains_key(&path) {
            continue;
        }
        let reply = school.get(&path);
        if reply.header("content-type").starts_with("text/html") {
            for tag in tags(&reply.text()) {
                let link = match tag.name.as_str() {
                    "a" | "link" => tag.get("href"),
                    "img" => tag.get("src"),
                    "form" if tag.get("method") == Some("get") => tag.get("action"),
                    _ => None,
                };
                let link = link.map(|link| link.split('#').next().unwrap_or_default());
                // Two filters in every combination are the same page over and over: `catalog` tests them.
                // Books to take home open no page, and take their time: `takehome` tests them.
                let link =
                    link.filter(|link| !link.is_empty() && !link.contains('&') && !is_taken_home(link));
                queue.extend(link.map(str::to_owned));
            }
        }
        pages.insert(path, reply);
    }
    pages
}
