//! What a technician does about people: invites, gives a code for a lost password, shuts an account and opens it again.

use std::sync::Arc;

use http::Response;

use super::{Here, broken, problem};
use crate::{
    auth::{Refused, Signed},
    i18n::format,
    store::school::{Deed, Event, Person, Role, Status},
    web::{
        aside,
        body::Body,
        error::Error,
        form::Form,
        routes::{Account, Page},
        views::{
            account::{CodeView, EventRow, FormView, PeopleView, PersonRow, SlipsView},
            frame::Section,
        },
    },
};

/// How many codes may be made at once.
const COUNTS: [usize; 5] = [1, 5, 10, 20, 30];

/// What a form did.
enum Done {
    /// Codes for new accounts.
    Invited(Role, Vec<String>),
    /// A code for somebody's new password.
    Reset(String, String),
    Nothing,
}

impl Here<'_> {
    /// Everybody with an account, with a code that has just been made or what was wrong with the last form.
    pub(super) async fn people(
        &self,
        signed: &Signed,
        secret: &str,
        code: Option<CodeView>,
        problem: &'static str,
    ) -> Result<Response<Body>, Error> {
        debug_assert_eq!(signed.person.role, Role::Technician);
        let accounts = Arc::clone(self.accounts);
        let read = move || Ok((accounts.people().map_err(broken)?, accounts.events().map_err(broken)?));
        let (people, events) = aside(read).await?;
        let form = |page| self.form(page, secret, "");
        let person = |person: Person| PersonRow {
            number: person.id.number(),
            name: person.name,
            login: person.login,
            role: person.role.word(),
            active: person.status == Status::Active,
        };
        let view = PeopleView {
            frame: self.ctx.frame(Section::None),
            people: people.into_iter().map(person).collect(),
            roles: Role::ALL.map(Role::word).to_vec(),
            counts: COUNTS.to_vec(),
            invite: FormView { problem, ..form(Account::Invite) },
            reset: form(Account::Reset),
            standing: form(Account::Standing),
            code,
            events: events.into_iter().map(|event| self.event(event)).collect(),
            back: self.ctx.path(Page::Account(Account::Own)),
        };
        self.page(&view, problem)
    }

    /// What a technician's form does about somebody.
    pub(super) async fn act_on(
        &self,
        signed: Signed,
        secret: String,
        form: Form,
    ) -> Result<Response<Body>, Error> {
        let (accounts, page, actor) = (Arc::clone(self.accounts), self.page, Some(signed.person.id));
        let act = move || -> Result<Result<Done, Refused>, Error> {
            if page == Account::Invite {
                let role = form.get("funcion").and_then(Role::of).ok_or(Error::Malformed)?;
                let count = form.get("cuantos").map_or(Some(1), |count| count.parse().ok());
                let count = count.filter(|count| COUNTS.contains(count)).ok_or(Error::Malformed)?;
                let codes = accounts.invite_many(role, count, actor);
                return Ok(codes.map(|codes| Done::Invited(role, codes)));
            }
            let number = form.get("persona").and_then(|number| number.parse::<i64>().ok());
            let mut people = accounts.people().map_err(broken)?.into_iter();
            let person = people.find(|person| Some(person.id.number()) == number).ok_or(Error::Malformed)?;
            if page == Account::Reset {
                let code = accounts.invite_reset(person.id, actor);
                return Ok(code.map(|code| Done::Reset(code, person.name)));
            }
            let status = match form.get("abierta") {
                Some("1") => Status::Active,
                Some("0") => Status::Disabled,
                _ => return Err(Error::Malformed),
            };
            Ok(accounts.set_status(person.id, status, actor).map(|()| Done::Nothing))
        };
        match aside(act).await? {
            Ok(Done::Invited(role, codes)) if codes.len() > 1 => self.slips(role, codes),
            Ok(Done::Invited(_, codes)) => self.code(&signed, &secret, codes.concat(), String::new()).await,
            Ok(Done::Reset(code, name)) => self.code(&signed, &secret, code, name).await,
            Ok(Done::Nothing) => Ok(self.leads_to(Account::People)),
            Err(refused) => self.people(&signed, &secret, None, problem(refused)?).await,
        }
    }

    async fn code(
        &self,
        signed: &Signed,
        secret: &str,
        code: String,
        name: String,
    ) -> Result<Response<Body>, Error> {
        let path = self.ctx.path(Page::Account(Account::Invitation));
        self.people(signed, secret, Some(CodeView { code, path, name }), "").await
    }

    /// Codes to cut out and hand over, each with what to do with it.
    fn slips(&self, role: Role, codes: Vec<String>) -> Result<Response<Body>, Error> {
        let path = self.ctx.path(Page::Account(Account::Invitation));
        let view = SlipsView {
            frame: self.ctx.frame(Section::None),
            role: role.word(),
            address: format!("{}{path}", self.origin),
            codes,
            back: self.ctx.path(Page::Account(Account::People)),
        };
        self.page(&view, "")
    }

    fn event(&self, event: Event) -> EventRow {
        let day = event.day.and_then(|day| day.parse().ok());
        EventRow {
            day: day
                .map(|day| format::date(&self.ctx.shelf.messages, self.ctx.lang, day))
                .unwrap_or_default(),
            actor: event.actor.unwrap_or_default(),
            of_resource: event.deed.is_some_and(Deed::is_of_resource),
            deed: event.deed.map_or("unknown", Deed::word),
            subject: event.subject.or(event.resource).unwrap_or_default(),
        }
    }
}
