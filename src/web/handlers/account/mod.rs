//! Pages and acts of people with an account: signing in and out, the first technician, one's own account; what a technician
//! does about others is `people`'s.

mod backups;
mod date;
mod packs;
mod people;
mod power;
mod settings;

use std::sync::Arc;

use http::{Response, StatusCode, request::Parts};

use crate::{
    auth::{Accounts, Entered, Permit, Refused, Signed, Wish, password::Weak, throttle::Turn, token},
    clock::Clock,
    store::school::{Role, Session},
    upkeep::Upkeep,
    web::{
        App, aside,
        body::Body,
        cookies::{self, SESSION, VISIT},
        error::Error,
        form::Form,
        frame::Ctx,
        guard, kept_form, origin, reply,
        routes::{Access, Account, Page, Route, Workshop},
        server::Peer,
        views::{
            View,
            account::{
                AccountView, FirstView, FormView, GuideView, InvitationView, PasswordView, SessionView,
                SignInView,
            },
            frame::Section,
            technician::OutcomeView,
        },
    },
};

/// Under what name attempts at codes are counted; no login has a blank in it.
const CODES: &str = "de un solo uso";

/// What follows `?` at one's own account after the password has changed.
const CHANGED: &str = "clave=nueva";

/// What a technician keeps: Fluent ids of links, and where they lead.
pub(super) const KEEPS: [(&str, Account); 6] = [
    ("technician-people", Account::People),
    ("technician-backups", Account::Backups),
    ("technician-packs", Account::Packs),
    ("technician-settings", Account::Settings),
    ("technician-date", Account::Date),
    ("technician-power", Account::Power),
];

/// Answers a request for such a page; `form` holds what was sent with a POST.
pub(crate) async fn answer(
    app: &App,
    ctx: &Ctx<'_>,
    page: Account,
    parts: &Parts,
    form: Option<Form>,
    peer: Peer,
) -> Result<Response<Body>, Error> {
    let accounts = app.accounts().ok_or(Error::AccountsClosed)?;
    let upkeep = app.upkeep().ok_or(Error::AccountsClosed)?;
    let origin = origin::for_others(&parts.headers);
    let here = Here { app, ctx, page, accounts: &accounts, upkeep: &upkeep, clock: &app.clock, peer, origin };
    let secret = cookies::secret(&parts.headers, SESSION).map(str::to_owned);
    let signed = guard::signed(&accounts, secret.clone()).await?;
    let technician = signed.as_ref().is_some_and(|signed| signed.person.role == Role::Technician);
    if access(ctx, page) == Access::Technician && signed.is_some() && !technician {
        return Err(Error::Private);
    }
    if let Some(form) = form {
        let visit = cookies::secret(&parts.headers, VISIT);
        let holds = secret.as_deref().filter(|_| signed.is_some()).or(visit);
        guard::form(&parts.headers, &form, holds)?;
        return match (signed, secret) {
            (Some(signed), Some(secret)) => here.act(signed, secret, form).await,
            _ => here.act_as_stranger(form, visit.unwrap_or_default()).await,
        };
    }
    match signed {
        Some(signed) => here.show(signed, secret.unwrap_or_default(), parts.uri.query()).await,
        None => here.show_to_stranger(cookies::secret(&parts.headers, VISIT), secret.is_some()),
    }
}

/// What an answer needs to know.
struct Here<'a> {
    app: &'a App,
    ctx: &'a Ctx<'a>,
    page: Account,
    accounts: &'a Arc<Accounts>,
    upkeep: &'a Arc<Upkeep>,
    clock: &'a Clock,
    peer: Peer,
    origin: String,
}

impl Here<'_> {
    /// A page for somebody who is signed in.
    async fn show(
        &self,
        signed: Signed,
        secret: String,
        query: Option<&str>,
    ) -> Result<Response<Body>, Error> {
        match self.page {
            Account::Own => {
                let accounts = Arc::clone(self.accounts);
                let whose = signed.clone();
                let open = aside(move || accounts.sessions(&whose).map_err(broken)).await?;
                let html = self.own(&signed, &secret, open, query == Some(CHANGED))?;
                Ok(reply::own_page(StatusCode::OK, html))
            }
            Account::Password => self.password(&secret, ""),
            Account::People => self.people(&signed, &secret, None, "").await,
            Account::Date => self.date(&signed, &secret, query).await,
            Account::Settings => self.settings(&secret, query),
            Account::Guide => self.guide(),
            Account::Power => self.power(&signed, &secret, ""),
            Account::Backups => self.backups(&secret, "").await,
            Account::Packs => self.packs(&secret, OutcomeView::default()).await,
            // Who is signed in has no need of the others.
            _ => Ok(self.leads_to(Account::Own)),
        }
    }

    /// A page for somebody who is not. The form that stands on it is made for this browser, by a cookie of its own.
    fn show_to_stranger(&self, visit: Option<&str>, ended: bool) -> Result<Response<Body>, Error> {
        if access(self.ctx, self.page) != Access::Everyone {
            return Ok(self.leads_to(Account::SignIn));
        }
        let made = visit.map_or_else(token::secret, |secret| Ok(secret.to_owned()));
        let secret = made.map_err(|error| Error::Internal(error.into()))?;
        let problem = if ended && self.page == Account::SignIn { "ended" } else { "" };
        let mut reply = match self.page {
            Account::First | Account::Invitation => self.code_form(&secret, problem, 0, &Form::default())?,
            _ => self.sign_in(&secret, problem, 0, &Form::default())?,
        };
        if ended {
            cookies::take(reply.headers_mut(), SESSION);
        }
        cookies::give(reply.headers_mut(), VISIT, &secret, None);
        Ok(reply)
    }

    /// What a form of somebody who is signed in does.
    async fn act(&self, signed: Signed, secret: String, form: Form) -> Result<Response<Body>, Error> {
        let accounts = Arc::clone(self.accounts);
        match self.page {
            Account::SignOut => {
                aside(move || accounts.sign_out(&secret).map_err(broken)).await?;
                Ok(self.left())
            }
            Account::Sessions => {
                aside(move || accounts.close_all(&signed).map_err(broken)).await?;
                Ok(self.left())
            }
            Account::Password => {
                let changed = self
                    .hashing(move |permit| {
                        let field = |name| form.get(name).unwrap_or_default();
                        let (old, new, again) = (field("antes"), field("clave"), field("otra"));
                        accounts.change_password(permit, &signed, old, new, again)
                    })
                    .await;
                match changed {
                    Ok(entered) => {
                        let path = format!("{}?{CHANGED}", self.ctx.path(Page::Account(Account::Own)));
                        let mut reply = reply::see_other(&path);
                        enter(&mut reply, &entered);
                        Ok(reply)
                    }
                    Err(Refused::Wrong) => self.password(&secret, "old"),
                    Err(refused) => self.password(&secret, problem(refused)?),
                }
            }
            Account::Invite | Account::Reset | Account::Standing => self.act_on(signed, secret, form).await,
            Account::Date => self.set_date(signed, &secret, form).await,
            Account::Settings => self.keep_settings(&signed, &secret, form).await,
            Account::Power => self.turn(&signed, &secret, &form).await,
            Account::BackUp => self.back_up(&secret).await,
            Account::BringPack | Account::TakeOut | Account::StopPack | Account::RemovePack => {
                self.act_on_packs(&secret, form).await
            }
            Account::SignIn
            | Account::First
            | Account::Invitation
            | Account::Own
            | Account::Guide
            | Account::People
            | Account::Backups
            | Account::Packs => Ok(self.leads_to(Account::Own)),
        }
    }

    /// What a form of somebody who is not signed in does.
    async fn act_as_stranger(&self, form: Form, visit: &str) -> Result<Response<Body>, Error> {
        match self.page {
            Account::SignIn => self.enter(form, visit).await,
            Account::First | Account::Invitation => self.claim(form, visit).await,
            _ => Ok(self.leads_to(Account::SignIn)),
        }
    }

    async fn enter(&self, form: Form, visit: &str) -> Result<Response<Body>, Error> {
        let login = form.get("usuario").unwrap_or_default().to_owned();
        let from = self.peer.address;
        match self.accounts.turn(&login, from) {
            Turn::Now => {}
            Turn::After(held) => tokio::time::sleep(held).await,
            Turn::NotBefore(wait) => {
                let seconds = wait.as_secs().max(1);
                return self.sign_in(visit, "wait", seconds, &form);
            }
        }
        let (accounts, fields) = (Arc::clone(self.accounts), form.clone());
        let entered = self.hashing(move |permit| {
            let field = |name| fields.get(name).unwrap_or_default();
            let own = fields.get("mia").is_some();
            accounts.sign_in(permit, field("usuario"), field("clave"), own, from)
        });
        match entered.await {
            Ok(entered) => match kept_form::again(self.ctx, &form, &entered.secret)? {
                Some(mut reply) => {
                    enter(&mut reply, &entered);
                    Ok(reply)
                }
                None => Ok(self.entered(&entered)),
            },
            Err(refused) => self.sign_in(visit, problem(refused)?, 0, &form),
        }
    }

    async fn claim(&self, form: Form, visit: &str) -> Result<Response<Body>, Error> {
        // Codes are guessed as passwords are.
        match self.accounts.turn(CODES, self.peer.address) {
            Turn::Now => {}
            Turn::After(held) => tokio::time::sleep(held).await,
            Turn::NotBefore(wait) => return self.code_form(visit, "wait", wait.as_secs().max(1), &form),
        }
        let (accounts, fields, page) = (Arc::clone(self.accounts), form.clone(), self.page);
        let entered = self.hashing(move |permit| {
            let field = |name| fields.get(name).unwrap_or_default();
            let wish = Wish {
                name: field("nombre"),
                login: field("usuario"),
                password: field("clave"),
                again: field("otra"),
            };
            let own = fields.get("mia").is_some();
            match page {
                Account::First => accounts.claim(permit, field("codigo"), wish, own),
                _ => accounts.accept(permit, field("codigo"), wish, own),
            }
        });
        match entered.await {
            Ok(entered) => {
                // A whole course may join at one laptop: who holds a code was not guessing.
                self.accounts.forgive(CODES, self.peer.address);
                Ok(self.entered(&entered))
            }
            Err(refused) => {
                let problem = problem(refused)?;
                if problem != "code" {
                    self.accounts.forgive(CODES, self.peer.address);
                }
                self.code_form(visit, problem, 0, &form)
            }
        }
    }

    /// Makes a hash aside, when no other is made.
    async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Permit) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let permit = self.accounts.permit().await?;
        aside(move || Ok(work(&permit))).await.map_err(|error| Refused::Broken(error.to_string()))?
    }

    fn entered(&self, entered: &Entered) -> Response<Body> {
        let mut reply = self.leads_to(Account::Own);
        enter(&mut reply, entered);
        reply
    }

    fn left(&self) -> Response<Body> {
        let mut reply = self.leads_to(Account::SignIn);
        cookies::take(reply.headers_mut(), SESSION);
        reply
    }

    fn leads_to(&self, page: Account) -> Response<Body> {
        reply::see_other(&self.ctx.path(Page::Account(page)))
    }

    fn form(&self, page: Account, secret: &str, problem: &'static str) -> FormView {
        let action = self.ctx.path(Page::Account(page));
        FormView { action, seal: token::for_form(secret), problem, wait: 0 }
    }

    fn sign_in(
        &self,
        secret: &str,
        problem: &'static str,
        wait: u64,
        typed: &Form,
    ) -> Result<Response<Body>, Error> {
        let nobody = self.accounts.first_code().is_some();
        let first = if nobody { self.ctx.path(Page::Account(Account::First)) } else { String::new() };
        let form = FormView { wait, ..self.form(Account::SignIn, secret, problem) };
        let frame = self.ctx.frame(Section::None);
        let invitation = self.ctx.path(Page::Account(Account::Invitation));
        let login = typed.get("usuario").unwrap_or_default().to_owned();
        let kept = kept_form::along(typed);
        self.page(&SignInView { frame, form, login, first, invitation, kept }, problem)
    }

    /// The page where a code is typed, with what was typed beside it.
    fn code_form(
        &self,
        secret: &str,
        problem: &'static str,
        wait: u64,
        typed: &Form,
    ) -> Result<Response<Body>, Error> {
        let field = |name| typed.get(name).unwrap_or_default().to_owned();
        let (frame, name, login) = (self.ctx.frame(Section::None), field("nombre"), field("usuario"));
        // Who comes when there is a technician need not type all of it to learn so.
        let claimed = self.page == Account::First && self.accounts.first_code().is_none();
        let problem = if claimed { "claimed" } else { problem };
        let form = FormView { wait, ..self.form(self.page, secret, problem) };
        match self.page {
            Account::First => self.page(&FirstView { frame, form, name, login }, problem),
            _ => self.page(&InvitationView { frame, form, name, login }, problem),
        }
    }

    /// A sheet for the wall, with the address by which this browser reached us.
    fn guide(&self) -> Result<Response<Body>, Error> {
        let view = GuideView {
            frame: self.ctx.frame(Section::None),
            address: self.origin.clone(),
            back: self.ctx.path(Page::Account(Account::Own)),
        };
        self.page(&view, "")
    }

    fn password(&self, secret: &str, problem: &'static str) -> Result<Response<Body>, Error> {
        let form = self.form(Account::Password, secret, problem);
        let back = self.ctx.path(Page::Account(Account::Own));
        self.page(&PasswordView { frame: self.ctx.frame(Section::None), form, back }, problem)
    }

    fn own(
        &self,
        signed: &Signed,
        secret: &str,
        open: Vec<(Session, i64)>,
        changed: bool,
    ) -> Result<String, Error> {
        let Signed { person, session } = signed;
        let view = |(other, ago): (Session, i64)| {
            let place = match (other.token == session.token, other.own) {
                (true, _) => "here",
                (false, true) => "own",
                (false, false) => "shared",
            };
            let (unit, count) = since(ago);
            SessionView { place, unit, count }
        };
        let technician =
            if person.role == Role::Technician { self.ctx.path(Page::Status) } else { String::new() };
        self.ctx.render(&AccountView {
            frame: self.ctx.frame(Section::None),
            name: person.name.clone(),
            login: person.login.clone(),
            role: person.role.word(),
            changed,
            keeps: if technician.is_empty() {
                Vec::new()
            } else {
                let link = |(label, page)| (label, self.ctx.path(Page::Account(page)));
                KEEPS.map(link).to_vec()
            },
            power: if technician.is_empty() && !self.app.settings().power_off.is_empty() {
                self.ctx.path(Page::Account(Account::Power))
            } else {
                String::new()
            },
            date: if self.clock.plausible() {
                String::new()
            } else {
                self.ctx.path(Page::Account(Account::Date))
            },
            technician,
            workshop: self.ctx.path(Page::Workshop(Workshop::Home)),
            guide: self.ctx.path(Page::Account(Account::Guide)),
            password: self.ctx.path(Page::Account(Account::Password)),
            leave: self.form(Account::SignOut, secret, ""),
            close: self.form(Account::Sessions, secret, ""),
            sessions: open.into_iter().map(view).collect(),
        })
    }

    /// A page with a form; what was wrong with the last one decides its status.
    fn page<V: View>(&self, view: &V, problem: &str) -> Result<Response<Body>, Error> {
        let status = match problem {
            "" | "ended" => StatusCode::OK,
            "wait" => StatusCode::TOO_MANY_REQUESTS,
            "claimed" => StatusCode::GONE,
            "busy" => StatusCode::SERVICE_UNAVAILABLE,
            "full" => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Ok(reply::own_page(status, self.ctx.render(view)?))
    }
}

/// How long ago, in the unit that says it best.
fn since(seconds: i64) -> (&'static str, i64) {
    match seconds {
        ..120 => ("now", 0),
        120..7200 => ("minutes", seconds / 60),
        7200..172_800 => ("hours", seconds / 3600),
        _ => ("days", seconds / 86_400),
    }
}

/// Last part of the Fluent id that says why; our own mistakes are errors.
fn problem(refused: Refused) -> Result<&'static str, Error> {
    Ok(match refused {
        Refused::Wrong => "wrong",
        Refused::Code => "code",
        Refused::Claimed => "claimed",
        Refused::Name => "name",
        Refused::Login => "login",
        Refused::Taken => "taken",
        Refused::LastTechnician => "last-technician",
        Refused::Weak(Weak::Short) => "short",
        Refused::Weak(Weak::Long) => "long",
        Refused::Weak(Weak::Guessable) => "guessable",
        Refused::Weak(Weak::Differs) => "differs",
        Refused::Busy => "busy",
        Refused::Time => "time",
        Refused::Full => "full",
        Refused::Broken(_) => return Err(broken(refused)),
    })
}

fn broken(refused: Refused) -> Error {
    Error::Internal(refused.into())
}

fn access(ctx: &Ctx<'_>, page: Account) -> Access {
    Route::Page(ctx.lang, Page::Account(page)).access()
}

fn enter(reply: &mut Response<Body>, entered: &Entered) {
    cookies::give(reply.headers_mut(), SESSION, &entered.secret, entered.keeps);
    cookies::take(reply.headers_mut(), VISIT);
}
