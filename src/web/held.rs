//! What the portal holds, for whoever asks: content, people, settings. How it is kept anew is `renewal`'s.

use std::{
    path::Path,
    sync::{Arc, PoisonError},
};

use crate::{
    auth::Accounts,
    submissions::Desk,
    upkeep::Upkeep,
    web::{App, Settings, shelf::Shelf},
};

impl App {
    /// The present version of content and texts.
    pub fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.shelf.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// People with an account, where there are any.
    pub fn accounts(&self) -> Option<Arc<Accounts>> {
        self.accounts.clone()
    }

    /// Where records lie that were found damaged: nobody signs in until a backup stands in their place.
    pub fn hurt_records(&self) -> Option<&Path> {
        self.hurt.as_deref()
    }

    /// The portal, for work that goes on without whoever asked.
    pub(crate) fn itself(&self) -> Option<Arc<Self>> {
        self.itself.upgrade()
    }

    /// The day on the wall; `None` while the clock is wrong.
    pub(crate) fn today_if_known(&self) -> Option<jiff::civil::Date> {
        self.clock.plausible().then(|| self.clock.today())
    }

    /// What teachers make, where there are any.
    pub fn desk(&self) -> Option<Arc<Desk>> {
        self.desk.clone()
    }

    /// Who looks after the data folder, where there is one.
    pub fn upkeep(&self) -> Option<Arc<Upkeep>> {
        self.upkeep.clone()
    }

    /// Waits until other content is to be served than is: see [`App::reload`].
    pub async fn content_changed(&self) {
        match &self.upkeep {
            Some(upkeep) => upkeep.packs().wait().await,
            None => std::future::pending().await,
        }
    }
}
