//! What people do while the plug is pulled: a technician and teachers at browsers. Each worker notes what it was told and
//! what it asked for without an answer.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
};

use amauta::{auth::token, store::school::Deed};

use super::{
    client::{self, Answer, Unknown},
    random::Random,
};

pub(crate) const TECHNICIAN: &str = "tecnica";
pub(crate) const FIRST_PASSWORD: &str = "tres llamas verdes";

/// Most materials that one of them brings.
const MOST_BROUGHT: usize = 120;

/// Moments in one order for all who do something.
static STAMP: AtomicU64 = AtomicU64::new(1);

pub(crate) fn stamp() -> u64 {
    STAMP.fetch_add(1, Ordering::SeqCst)
}

/// A deed that the records must tell: who, what, to whom.
pub(crate) type Key = (Option<String>, &'static str, Option<String>);

/// A deed that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Done {
    pub(crate) key: Key,
    pub(crate) asked: u64,
    /// `None`: nobody knows.
    pub(crate) told: Option<u64>,
}

/// An account, as far as the worker that looks after it knows.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) login: String,
    pub(crate) number: Option<i64>,
    /// The password, or those of which one opens.
    pub(crate) passwords: Vec<String>,
    /// Whether it was told that it is there; else with the code that may still be good.
    pub(crate) code: Option<String>,
    /// Whether it is open; `None` when nobody knows.
    pub(crate) active: Option<bool>,
    /// Sessions that must be open, and those that must have ended.
    pub(crate) open: Vec<String>,
    pub(crate) ended: Vec<String>,
    /// Changed since it was last looked at.
    pub(crate) touched: bool,
}

impl Account {
    /// Whether all of it is known.
    pub(crate) fn settled(&self) -> bool {
        self.code.is_none() && self.passwords.len() == 1 && self.active.is_some()
    }
}

/// A material that a teacher brought.
#[derive(Debug)]
pub(crate) struct Brought {
    pub(crate) title: String,
    pub(crate) content: String,
    /// Its number, once it was told that it is kept.
    pub(crate) number: Option<i64>,
    /// Whether it was told that everybody sees it; `None` while nobody asked, or nobody knows.
    pub(crate) shown: Option<bool>,
}

/// Somebody who works with the server through browsers.
pub(crate) struct Worker {
    pub(crate) name: usize,
    pub(crate) random: Random,
    pub(crate) accounts: Vec<Account>,
    pub(crate) codes: Vec<String>,
    pub(crate) done: Vec<Done>,
    pub(crate) brought: Vec<Brought>,
    /// What was answered and must not have been.
    pub(crate) wrong: Vec<String>,
    made: usize,
}

impl Worker {
    pub(crate) fn new(name: usize, seed: u64) -> Self {
        Self {
            name,
            random: Random(seed),
            accounts: Vec::new(),
            codes: Vec::new(),
            done: Vec::new(),
            brought: Vec::new(),
            wrong: Vec::new(),
            made: 0,
        }
    }

    /// Works until the server no longer answers, or `tasks` are done.
    pub(crate) fn work(&mut self, at: SocketAddr, technician: &str, tasks: usize) {
        for _ in 0..tasks {
            if self.one(at, technician).is_err() {
                return;
            }
        }
    }

    fn one(&mut self, at: SocketAddr, technician: &str) -> Result<(), Unknown> {
        let usable: Vec<usize> = (0..self.accounts.len())
            .filter(|each| self.accounts[*each].settled() && self.accounts[*each].number.is_some())
            .collect();
        let chosen = usable.get(self.random.below(usable.len())).copied();
        match (self.random.below(14), chosen) {
            (12 | 13, _) if self.brought.len() < MOST_BROUGHT => self.bring(at, technician),
            (0..=2, _) | (_, None) => match self.codes.pop() {
                Some(code) => self.join(at, code),
                None => self.invite(at, technician),
            },
            (3..=5, Some(chosen)) => self.change(at, chosen),
            (6, Some(chosen)) => self.enter(at, chosen),
            (7, Some(chosen)) => self.leave(at, chosen),
            (8 | 9, Some(chosen)) => self.shut_or_open(at, technician, chosen),
            (10, Some(chosen)) => self.reset(at, technician, chosen),
            _ => client::get(at, "/es/recursos?q=turnos", None).map(drop),
        }
    }

    /// Brings a file and publishes it.
    fn bring(&mut self, at: SocketAddr, technician: &str) -> Result<(), Unknown> {
        self.made += 1;
        let title = format!("Material {} {} {:x}", self.name, self.made, self.random.next());
        let content = format!("{{\\rtf1 {title} {}}}", "x".repeat(self.random.below(60_000)));
        self.brought.push(Brought {
            title: title.clone(),
            content: content.clone(),
            number: None,
            shown: None,
        });
        let fields = [
            ("revision", "0"),
            ("titulo-es", title.as_str()),
            ("resumen-es", "Para probar"),
            ("grado", "p4"),
            ("area", "comunicacion"),
            ("publico", "estudiante"),
            ("licencia", "CC-BY-SA-4.0"),
            ("autores", "Rosa"),
        ];
        let session = ("sesion", technician);
        let answer = client::bring(at, "/es/taller/nuevo/archivo", session, ("plan.rtf", &content), &fields)?;
        let number = answer.location.rsplit('/').next().and_then(|number| number.parse().ok());
        let (Some(number), Some(kept)) = (number.filter(|_| answer.status == 303), self.brought.last_mut())
        else {
            return Ok(());
        };
        kept.number = Some(number);
        let asked = stamp();
        let form = [("accion", "publish"), ("revision", "1")];
        let answer = client::post(at, &format!("/es/taller/{number}"), session, &form);
        let told = answer.as_ref().is_ok_and(|answer| answer.status == 303);
        if let Some(kept) = self.brought.last_mut() {
            kept.shown = told.then_some(true);
        }
        self.note(TECHNICIAN, Deed::Published, None, asked, told);
        answer.map(drop)
    }

    fn note(&mut self, actor: &str, deed: Deed, subject: Option<&str>, asked: u64, told: bool) {
        let key = (Some(actor.to_owned()), deed.word(), subject.map(str::to_owned));
        self.done.push(Done { key, asked, told: told.then(stamp) });
    }

    fn invite(&mut self, at: SocketAddr, technician: &str) -> Result<(), Unknown> {
        let asked = stamp();
        let answer =
            client::post(at, "/es/personas/invitar", ("sesion", technician), &[("funcion", "teacher")]);
        let code = answer.as_ref().ok().filter(|answer| answer.status == 200);
        let code = code.and_then(|answer| client::code(&answer.body));
        self.note(TECHNICIAN, Deed::Invited, None, asked, code.is_some());
        self.codes.extend(code);
        answer.map(drop)
    }

    fn join(&mut self, at: SocketAddr, code: String) -> Result<(), Unknown> {
        self.made += 1;
        let login = format!("w{}-{}-{}", self.name, self.made, self.random.below(1000));
        let password = self.password();
        let asked = stamp();
        let answer = join(at, "/es/invitacion", &code, &login, &password);
        let entered = session(answer.as_ref());
        self.refused("a code that was given", answer.as_ref());
        self.note(&login, Deed::Joined, Some(&login), asked, entered.is_some());
        self.accounts.push(Account {
            login,
            number: None,
            passwords: vec![password],
            code: entered.is_none().then_some(code),
            active: Some(true),
            open: entered.into_iter().collect(),
            ended: Vec::new(),
            touched: true,
        });
        answer.map(drop)
    }

    fn password(&mut self) -> String {
        format!("cuatro vicuñas {:x}", self.random.next())
    }

    /// Another password, typed by somebody who is signed in: all other sessions end.
    fn change(&mut self, at: SocketAddr, chosen: usize) -> Result<(), Unknown> {
        let new = self.password();
        let account = &mut self.accounts[chosen];
        let Some(session_now) = account.open.last().cloned() else { return self.enter(at, chosen) };
        account.touched = true;
        let old = account.passwords[0].clone();
        let fields = [("antes", old.as_str()), ("clave", &new), ("otra", &new)];
        account.passwords.push(new.clone());
        let answer = client::post(at, "/es/cuenta/clave", ("sesion", &session_now), &fields);
        match session(answer.as_ref()) {
            Some(secret) => {
                account.passwords = vec![new];
                account.ended = std::mem::replace(&mut account.open, vec![secret]);
            }
            None => account.open.clear(),
        }
        self.refused("a password that was kept", answer.as_ref());
        answer.map(drop)
    }

    /// Notes that the server knows nothing of what it had confirmed.
    fn refused(&mut self, what: &str, answer: Result<&Answer, &Unknown>) {
        if let Ok(answer) = answer
            && (answer.status == 422 || answer.status == 410)
        {
            self.wrong.push(format!("{what} is refused: {}", words(&answer.body)));
        }
    }

    fn enter(&mut self, at: SocketAddr, chosen: usize) -> Result<(), Unknown> {
        let account = &mut self.accounts[chosen];
        if account.active != Some(true) {
            return Ok(());
        }
        let visit = token::secret().expect("randomness");
        let fields = [("usuario", account.login.as_str()), ("clave", &account.passwords[0])];
        let answer = client::post(at, "/es/entrar", ("visita", &visit), &fields)?;
        account.touched = true;
        account.open.extend(answer.session.clone());
        self.refused("a password that was kept", Ok(&answer));
        Ok(())
    }

    fn leave(&mut self, at: SocketAddr, chosen: usize) -> Result<(), Unknown> {
        let account = &mut self.accounts[chosen];
        let Some(secret) = account.open.pop() else { return Ok(()) };
        let answer = client::post(at, "/es/salir", ("sesion", &secret), &[])?;
        if answer.status == 303 {
            account.ended.push(secret);
            account.touched = true;
        }
        Ok(())
    }

    fn shut_or_open(&mut self, at: SocketAddr, technician: &str, chosen: usize) -> Result<(), Unknown> {
        let account = &mut self.accounts[chosen];
        let shut = account.active == Some(true);
        let number = account.number.unwrap_or_default().to_string();
        let fields = [("persona", number.as_str()), ("abierta", if shut { "0" } else { "1" })];
        let asked = stamp();
        account.touched = true;
        account.active = None;
        let open = std::mem::take(&mut account.open);
        let answer = client::post(at, "/es/personas/estado", ("sesion", technician), &fields);
        let told = answer.as_ref().is_ok_and(|answer| answer.status == 303);
        if told {
            account.active = Some(!shut);
            account.ended.extend(if shut { open } else { Vec::new() });
        }
        let login = account.login.clone();
        self.note(TECHNICIAN, if shut { Deed::Disabled } else { Deed::Enabled }, Some(&login), asked, told);
        answer.map(drop)
    }

    /// The technician gives a code for a lost password, and its person uses it.
    fn reset(&mut self, at: SocketAddr, technician: &str, chosen: usize) -> Result<(), Unknown> {
        if self.accounts[chosen].active != Some(true) {
            return Ok(());
        }
        let login = self.accounts[chosen].login.clone();
        let number = self.accounts[chosen].number.unwrap_or_default().to_string();
        let asked = stamp();
        let answer = client::post(at, "/es/personas/clave", ("sesion", technician), &[("persona", &number)]);
        let code = answer.as_ref().ok().filter(|answer| answer.status == 200);
        let code = code.and_then(|answer| client::code(&answer.body));
        self.note(TECHNICIAN, Deed::ResetGiven, Some(&login), asked, code.is_some());
        let Some(code) = code else { return answer.map(drop) };
        let new = self.password();
        let asked = stamp();
        let account = &mut self.accounts[chosen];
        account.touched = true;
        account.passwords.push(new.clone());
        let before = std::mem::take(&mut account.open);
        let answer = join(at, "/es/invitacion", &code, "", &new);
        let entered = session(answer.as_ref());
        let told = entered.is_some();
        if let Some(secret) = entered {
            account.passwords = vec![new];
            account.ended.extend(before);
            account.open = vec![secret];
        }
        self.note(&login, Deed::Reset, Some(&login), asked, told);
        answer.map(drop)
    }
}

/// The session of somebody who was let in.
fn session(answer: Result<&Answer, &Unknown>) -> Option<String> {
    answer.ok().filter(|answer| answer.status == 303).and_then(|answer| answer.session.clone())
}

/// What stands in the box of a page that says what was wrong.
fn words(page: &str) -> &str {
    let boxed = page.split_once("role=\"alert\"><strong>").map_or(page, |(_, rest)| rest);
    boxed.split('<').next().unwrap_or_default()
}

/// Uses a code of the console or of the technician.
pub(crate) fn join(
    at: SocketAddr,
    path: &str,
    code: &str,
    login: &str,
    password: &str,
) -> Result<Answer, Unknown> {
    let visit = token::secret().expect("randomness");
    let fields =
        [("codigo", code), ("nombre", login), ("usuario", login), ("clave", password), ("otra", password)];
    client::post(at, path, ("visita", &visit), &fields)
}
