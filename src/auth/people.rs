//! The people of a school: inviting, joining, setting a lost password anew, shutting an account and opening it again.

use super::{Accounts, Entered, LONGEST_NAME, Permit, Refused, Wish, password, token};
use crate::store::school::{By, Event, Person, PersonId, Purpose, Role, Status};

/// How long a code waits for whoever it was given to, in seconds.
pub const INVITATION: i64 = 30 * 24 * 3600;

/// Most deeds that are shown.
const DEEDS: u32 = 100;

impl Accounts {
    /// Everybody, by name.
    pub fn people(&self) -> Result<Vec<Person>, Refused> {
        Ok(self.records()?.db.people()?)
    }

    /// The newest deeds, the last one first.
    pub fn events(&self) -> Result<Vec<Event>, Refused> {
        Ok(self.records()?.db.events(DEEDS)?)
    }

    /// Makes a code for a new account. `actor` is `None` at the console.
    pub fn invite(&self, role: Role, actor: Option<PersonId>) -> Result<String, Refused> {
        self.give(Purpose::Account(role), actor)
    }

    /// Makes so many codes for new accounts: all of them or none.
    pub fn invite_many(
        &self,
        role: Role,
        count: usize,
        actor: Option<PersonId>,
    ) -> Result<Vec<String>, Refused> {
        self.give_many(Purpose::Account(role), count, actor)
    }

    /// Makes a code for a new password. The old one opens until it is used.
    pub fn invite_reset(&self, person: PersonId, actor: Option<PersonId>) -> Result<String, Refused> {
        self.give(Purpose::Password(person), actor)
    }

    /// Shuts an account or opens it again. The last technician is not shut out.
    pub fn set_status(
        &self,
        person: PersonId,
        status: Status,
        actor: Option<PersonId>,
    ) -> Result<(), Refused> {
        Ok(self.records()?.db.set_status(person, status, self.by(actor))?)
    }

    /// Makes an account or sets a password anew for whoever holds a code, and signs them in. Of a new password name and
    /// login are not looked at: the code says whose it is.
    pub fn accept(
        &self,
        _permit: &Permit,
        code: &str,
        wish: Wish<'_>,
        own: bool,
    ) -> Result<Entered, Refused> {
        let code = token::hash(&token::folded_code(code));
        let oldest = self.age()?.saturating_sub(INVITATION);
        let by = self.by(None);
        let id = match self.records()?.db.purpose(code, oldest)?.ok_or(Refused::Code)? {
            Purpose::Account(role) => self.records()?.db.join(code, self.wished(wish, role)?, by)?,
            Purpose::Password(id) => {
                let person = self.records()?.db.people()?.into_iter().find(|person| person.id == id);
                let person = person.filter(|person| person.status == Status::Active).ok_or(Refused::Code)?;
                let name: String = person.name.chars().take(LONGEST_NAME).collect();
                password::judge(wish.password, wish.again, &[&person.login, &name])?;
                let hash = password::hash(wish.password, self.passes()?)?;
                self.records()?.db.reset(code, id, hash, by)?;
                id
            }
        };
        self.begin(id, own)
    }

    /// Who does something now, on today's day where the clock can be believed.
    pub fn by(&self, actor: Option<PersonId>) -> By {
        let day = self.clock.plausible().then(|| self.clock.today().to_string());
        By { actor, day, stamp: self.clock.stamp() }
    }

    fn give(&self, purpose: Purpose, actor: Option<PersonId>) -> Result<String, Refused> {
        self.give_many(purpose, 1, actor).map(|codes| codes.concat())
    }

    fn give_many(
        &self,
        purpose: Purpose,
        count: usize,
        actor: Option<PersonId>,
    ) -> Result<Vec<String>, Refused> {
        let codes = (0..count).map(|_| token::code()).collect::<Result<Vec<_>, _>>()?;
        let kept = codes.iter().map(|code| token::hash(&token::folded_code(code))).collect();
        self.records()?.db.invite(kept, purpose, self.age()?, self.by(actor))?;
        self.keep_age()?;
        Ok(codes)
    }
}
