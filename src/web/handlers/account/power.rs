//! Where the machine is switched off with care, and the program started anew, without a shell.

use http::Response;

use super::{Here, Signed};
use crate::{
    store::school::Role,
    web::{
        aside,
        body::Body,
        error::Error,
        form::Form,
        reply,
        routes::{Account, Page},
        views::{frame::Section, technician::PowerView},
    },
};

impl Here<'_> {
    /// What may be done, and what became of it: `off`, `failed`, `restart` or nothing.
    pub(super) fn power(
        &self,
        signed: &Signed,
        secret: &str,
        outcome: &'static str,
    ) -> Result<Response<Body>, Error> {
        let view = PowerView {
            frame: self.ctx.frame(Section::None),
            form: self.form(Account::Power, secret, ""),
            outcome,
            off: !self.app.settings().power_off.is_empty(),
            restart: self.app.restarts() && signed.person.role == Role::Technician,
            back: self.ctx.path(Page::Account(Account::Own)),
        };
        self.page(&view, "")
    }

    /// Switches the machine off or starts the program anew, whichever was confirmed.
    pub(super) async fn turn(
        &self,
        signed: &Signed,
        secret: &str,
        form: &Form,
    ) -> Result<Response<Body>, Error> {
        let settings = self.app.settings();
        match form.get("accion") {
            Some("apagar") if !settings.power_off.is_empty() => {
                let words = settings.power_off.clone();
                // What was confirmed is on the disk already; the system ends this program as it does at any end.
                let done = aside(move || Ok(switch_off(&words))).await?;
                self.power(signed, secret, if done { "off" } else { "failed" })
            }
            Some("reiniciar") if self.app.restarts() => {
                if signed.person.role != Role::Technician {
                    return Err(Error::Private);
                }
                tracing::info!("a technician asked for a new start");
                self.app.restart();
                self.power(signed, secret, "restart")
            }
            _ => Ok(self.leads_to_power()),
        }
    }

    fn leads_to_power(&self) -> Response<Body> {
        reply::see_other(&self.ctx.path(Page::Account(Account::Power)))
    }
}

/// Runs the command of the settings; whether the system took it.
fn switch_off(words: &str) -> bool {
    let mut words = words.split_whitespace();
    let Some(program) = words.next() else { return false };
    match std::process::Command::new(program).args(words).stdin(std::process::Stdio::null()).status() {
        Ok(status) if status.success() => true,
        Ok(status) => {
            tracing::error!(%status, "the machine was not switched off");
            false
        }
        Err(error) => {
            tracing::error!(%error, "the command that switches the machine off cannot be run");
            false
        }
    }
}
