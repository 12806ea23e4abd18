//! Where somebody says what day and time it is, when the machine does not know.

use std::sync::Arc;

use http::Response;
use jiff::civil::DateTime;

use super::{Here, broken, problem};
use crate::{
    auth::{Refused, Signed},
    clock::PERU_OFFSET_SECONDS,
    i18n::format,
    store::school::Role,
    web::{
        aside,
        body::Body,
        error::Error,
        form::Form,
        reply,
        routes::{Account, Page},
        views::{frame::Section, technician::DateView},
    },
};

/// What follows `?` after the date was set.
const SET: &str = "puesta";

impl Here<'_> {
    /// The form, with the day the server believes in; for a teacher only while that is none.
    pub(super) async fn date(
        &self,
        signed: &Signed,
        secret: &str,
        query: Option<&str>,
    ) -> Result<Response<Body>, Error> {
        let accounts = Arc::clone(self.accounts);
        let newest = aside(move || accounts.newest_time().map_err(broken)).await?;
        let local = newest.map(|moment| {
            jiff::tz::Offset::from_seconds(PERU_OFFSET_SECONDS).map(|peru| peru.to_datetime(moment))
        });
        let fields = local.and_then(Result::ok).map_or_else(Default::default, |local| {
            [
                local.day().to_string(),
                local.month().to_string(),
                local.year().to_string(),
                String::new(),
                String::new(),
            ]
        });
        self.date_form(signed, secret, "", query == Some(SET), fields)
    }

    /// Sets it.
    pub(super) async fn set_date(
        &self,
        signed: Signed,
        secret: &str,
        form: Form,
    ) -> Result<Response<Body>, Error> {
        if !self.may_set(&signed) {
            return Err(Error::Private);
        }
        let fields = ["dia", "mes", "anio", "hora", "minuto"]
            .map(|name| form.get(name).unwrap_or_default().trim().to_owned());
        let Some(told) = moment(&fields) else {
            return self.date_form(&signed, secret, "time", false, fields);
        };
        let (accounts, who) = (Arc::clone(self.accounts), signed.person.id);
        match aside(move || Ok(accounts.set_time(told, who))).await? {
            Ok(()) => Ok(reply::see_other(&format!("{}?{SET}", self.ctx.path(Page::Account(Account::Date))))),
            Err(refused @ (Refused::Time | Refused::Full)) => {
                self.date_form(&signed, secret, problem(refused)?, false, fields)
            }
            Err(refused) => Err(broken(refused)),
        }
    }

    /// While nobody knows the date, whoever teaches may say it; else it is the technician's.
    fn may_set(&self, signed: &Signed) -> bool {
        signed.person.role == Role::Technician || !self.clock.plausible()
    }

    fn date_form(
        &self,
        signed: &Signed,
        secret: &str,
        problem: &'static str,
        set: bool,
        [day, month, year, hour, minute]: [String; 5],
    ) -> Result<Response<Body>, Error> {
        let local = self.clock.local();
        let now = self.clock.plausible().then(|| {
            let day = format::date(&self.ctx.shelf.messages, self.ctx.lang, local.date());
            format!("{day}, {:02}:{:02}", local.hour(), local.minute())
        });
        let view = DateView {
            frame: self.ctx.frame(Section::None),
            form: self.form(Account::Date, secret, problem),
            now: now.unwrap_or_default(),
            may: self.may_set(signed),
            set,
            day,
            months: (1..=12).collect(),
            month: month.parse().unwrap_or(0),
            year,
            hour,
            minute,
            back: self.ctx.path(Page::Account(Account::Own)),
        };
        self.page(&view, problem)
    }
}

/// The moment that was typed; `None` when the calendar has none such.
fn moment(fields: &[String; 5]) -> Option<DateTime> {
    let [day, month, year, hour, minute] = fields;
    let small = |text: &String| text.parse::<i8>().ok();
    DateTime::new(year.parse().ok()?, small(month)?, small(day)?, small(hour)?, small(minute)?, 0, 0).ok()
}
