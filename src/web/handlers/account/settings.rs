//! Where a technician chooses what the school is called, its first language, how much a teacher may bring, and whom its
//! children can turn to nearby.

use std::{fs, io};

use http::Response;

use super::{Here, Signed, broken};
use crate::{
    auth::Refused,
    content::{Fill, LONGEST_CONTACT, OWN_CHANNELS, filled},
    domain::{
        channel::Channel,
        lang::{Lang, Localized},
    },
    store::{durable, school::StoreError},
    web::{
        aside,
        body::Body,
        choices::Choices,
        error::Error,
        form::Form,
        reply,
        routes::{Account, Page},
        views::{
            frame::Section,
            technician::{ChannelRow, SettingsView},
        },
    },
};

/// What follows `?` after something was kept.
const KEPT: &str = "guardado";

/// Fields of the form, and the settings that may be fixed elsewhere.
const FIELDS: [(&str, &str); 3] =
    [("escuela", "school_name"), ("lengua", "default_lang"), ("cuota", "upload_quota")];

/// Most characters of the name of a school.
const LONGEST_NAME: usize = 80;

/// The quota is typed in megabytes.
const MEGABYTE: u64 = 1 << 20;
/// From this to this.
const QUOTAS: std::ops::RangeInclusive<u64> = 1..=1 << 30;

/// What is in a form, as it was typed.
struct Typed {
    school: String,
    lang: String,
    quota: String,
    /// Contact and hours of each channel.
    channels: Vec<(String, String)>,
}

impl Here<'_> {
    /// The settings as they are.
    pub(super) fn settings(&self, secret: &str, query: Option<&str>) -> Result<Response<Body>, Error> {
        let now = self.now();
        self.settings_form(secret, "", query == Some(KEPT), now)
    }

    /// What would be typed for things to stay as they are.
    fn now(&self) -> Typed {
        let now = self.app.choices();
        let said = |text: &Localized<String>| text.get(Lang::ES).cloned().unwrap_or_default();
        let row = |channel: &Channel| (said(&channel.contact), said(&channel.hours));
        Typed {
            school: now.school_name.to_string(),
            lang: now.default_lang.to_string(),
            quota: (now.quota / MEGABYTE).to_string(),
            channels: self.local().iter().map(row).collect(),
        }
    }

    /// Keeps them, all or none.
    pub(super) async fn keep_settings(
        &self,
        signed: &Signed,
        secret: &str,
        form: Form,
    ) -> Result<Response<Body>, Error> {
        // What a form leaves out stays as it is: another page may have been open for long.
        let field = |name: &str, now: String| {
            form.get(name).map_or(now, |text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let (now, local) = (self.now(), self.local());
        let row = |(channel, (contact, hours)): (&Channel, (String, String))| {
            let id = &channel.id;
            (field(&format!("contacto-{id}"), contact), field(&format!("horario-{id}"), hours))
        };
        let typed = Typed {
            school: field("escuela", now.school),
            lang: field("lengua", now.lang),
            quota: field("cuota", now.quota),
            channels: local.iter().zip(now.channels).map(row).collect(),
        };
        let chosen = match self.chosen(&typed) {
            Ok(chosen) => chosen,
            Err(problem) => return self.settings_form(secret, problem, false, typed),
        };
        let fills: Vec<Fill> = local
            .iter()
            .zip(&typed.channels)
            .map(|(channel, (contact, hours))| Fill {
                id: channel.id.clone(),
                contact: contact.clone(),
                hours: hours.clone(),
            })
            .collect();
        let (app, by) =
            (self.app.itself().ok_or(Error::AccountsClosed)?, self.accounts.by(Some(signed.person.id)));
        let folder = self.upkeep.data().join("lessons");
        let (known, today) = (local, self.app.today_if_known());
        let kept = aside(move || {
            let file = folder.join(OWN_CHANNELS);
            let old = match fs::read_to_string(&file) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
                old => old.map_err(|error| Error::Internal(error.into()))?,
            };
            let Ok(new) = filled(&old, &known, &fills, today) else { return Ok(Some("channels")) };
            if let Err(error) = app.choose(&chosen, by) {
                return match error {
                    StoreError::Full => Ok(Some("full")),
                    error => Err(broken(Refused::from(error))),
                };
            }
            if new != old && !(old.is_empty() && fills.iter().all(|fill| fill.contact.is_empty())) {
                let written = fs::create_dir_all(&folder).and_then(|()| durable::replace(&file, &new));
                if let Err(error) = written {
                    tracing::error!(%error, "the school's own help channels are not kept");
                    return Ok(Some("full"));
                }
            }
            app.refresh();
            Ok(None)
        })
        .await?;
        match kept {
            Some(problem) => self.settings_form(secret, problem, false, typed),
            None => {
                Ok(reply::see_other(&format!("{}?{KEPT}", self.ctx.path(Page::Account(Account::Settings)))))
            }
        }
    }

    /// The channels that each school fills in itself, as they stand.
    fn local(&self) -> Vec<Channel> {
        let library = &self.ctx.shelf.library;
        let all = library.channels().iter().chain(library.unfilled_channels());
        let mut local: Vec<Channel> = all.filter(|channel| channel.local).cloned().collect();
        local.sort_by(|a, b| (a.step, &a.id).cmp(&(b.step, &b.id)));
        local
    }

    /// What was typed, if all of it can be taken; else the last part of the Fluent id that says why not.
    fn chosen(&self, typed: &Typed) -> Result<Choices, &'static str> {
        let now = self.app.choices();
        let free = |name: &str| !self.app.settings().is_fixed(name);
        if typed.school.chars().count() > LONGEST_NAME || typed.school.chars().any(char::is_control) {
            return Err("school");
        }
        let lang: Option<Lang> = typed.lang.parse().ok().filter(|lang| self.ctx.shelf.speaks(*lang));
        let quota: Option<u64> = typed.quota.parse().ok().filter(|quota| QUOTAS.contains(quota));
        let long =
            |text: &String| text.chars().count() > LONGEST_CONTACT || text.chars().any(char::is_control);
        if typed.channels.iter().any(|(contact, hours)| long(contact) || long(hours)) {
            return Err("contact");
        }
        Ok(Choices {
            school_name: typed.school.as_str().into(),
            default_lang: if free("default_lang") { lang.ok_or("lang")? } else { now.default_lang },
            quota: if free("upload_quota") {
                quota.ok_or("quota")?.saturating_mul(MEGABYTE)
            } else {
                now.quota
            },
        })
    }

    fn settings_form(
        &self,
        secret: &str,
        problem: &'static str,
        kept: bool,
        typed: Typed,
    ) -> Result<Response<Body>, Error> {
        let settings = self.app.settings();
        let langs = self.ctx.shelf.messages.langs().into_iter();
        let row = |(channel, (contact, hours)): (Channel, (String, String))| ChannelRow {
            id: channel.id.to_string(),
            name: channel.name.best(self.ctx.lang).map(|(_, name)| name.clone()).unwrap_or_default(),
            contact,
            hours,
        };
        let view = SettingsView {
            frame: self.ctx.frame(Section::None),
            form: self.form(Account::Settings, secret, ""),
            problem,
            kept,
            school: typed.school,
            langs: langs
                .map(|lang| (lang.to_string(), self.ctx.shelf.messages.display_name(lang).into_owned()))
                .collect(),
            lang: typed.lang,
            quota: typed.quota,
            fixed: FIELDS
                .into_iter()
                .filter(|(_, name)| settings.is_fixed(name))
                .map(|(field, _)| field)
                .collect(),
            channels: self.local().into_iter().zip(typed.channels).map(row).collect(),
            back: self.ctx.path(Page::Account(Account::Own)),
        };
        self.page(&view, problem)
    }
}
