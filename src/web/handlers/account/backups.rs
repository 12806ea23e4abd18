//! Where a technician sees what backups there are, and makes one.

use std::{path::Path, sync::Arc, time::Duration};

use http::Response;

use super::Here;
use crate::{
    i18n::format,
    store::backup::{self, Kept, Look},
    upkeep::{Fault, Place, Stick, Upkeep},
    web::{
        aside,
        body::Body,
        error::Error,
        routes::{Account, Page},
        views::{
            frame::Section,
            technician::{BackupPlace, BackupRow, BackupsView},
        },
    },
};

/// Most backups of a place that are looked at.
const SHOWN: usize = 20;

/// How long a browser waits for what was asked; then it is told that it goes on.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// A place with the newest of its backups.
type Found = (String, Option<Fault>, Vec<(Kept, Look)>);

impl Here<'_> {
    /// What backups there are.
    pub(super) async fn backups(&self, secret: &str, outcome: &'static str) -> Result<Response<Body>, Error> {
        let upkeep = Arc::clone(self.upkeep);
        let places = aside(move || Ok(places(&upkeep))).await?;
        let view = BackupsView {
            frame: self.ctx.frame(Section::None),
            now: self.form(Account::BackUp, secret, ""),
            outcome,
            places: places.into_iter().map(|place| self.place(place)).collect(),
            back: self.ctx.path(Page::Account(Account::Own)),
        };
        self.page(&view, "")
    }

    /// Makes one now. What takes longer than anybody waits goes on.
    pub(super) async fn back_up(&self, secret: &str) -> Result<Response<Body>, Error> {
        let upkeep = Arc::clone(self.upkeep);
        let work = tokio::task::spawn_blocking(move || upkeep.back_up());
        let outcome = match tokio::time::timeout(PATIENCE, work).await {
            Ok(Ok(Ok(()))) => "done",
            // Why not stands at its place.
            Ok(Ok(Err(Fault::Busy))) | Err(_) => "running",
            Ok(Ok(Err(_))) => "",
            Ok(Err(error)) => return Err(anyhow::Error::from(error).into()),
        };
        self.backups(secret, outcome).await
    }

    fn place(&self, (folder, fault, backups): Found) -> BackupPlace {
        let (messages, lang) = (&self.ctx.shelf.messages, self.ctx.lang);
        let row = |(kept, look): (Kept, Look)| BackupRow {
            name: kept.name,
            day: kept.made.map_or_else(String::new, |made| {
                let day = self.clock.day_of(made.as_second());
                day.map(|day| format::date(messages, lang, day)).unwrap_or_default()
            }),
            size: format::size(messages, lang, look.bytes),
            whole: look.whole,
        };
        BackupPlace {
            folder,
            fault: fault.map_or("", Fault::word),
            backups: backups.into_iter().map(row).collect(),
        }
    }
}

/// The folder of the settings, then each stick.
fn places(upkeep: &Upkeep) -> Vec<Found> {
    let found = |folder: &Path, fault: Option<Fault>| {
        let kept = backup::list(folder).unwrap_or_default();
        let newest = kept.into_iter().rev().take(SHOWN);
        let looked = newest.map(|kept| {
            let look = backup::look(folder, &kept);
            (kept, look)
        });
        (folder.display().to_string(), fault, looked.collect())
    };
    let mut all = vec![found(upkeep.folder(), upkeep.last(Place::Folder).fault)];
    let fault = upkeep.last(Place::Stick).fault;
    all.extend(upkeep.sticks().iter().filter_map(Stick::for_backups).map(|folder| found(&folder, fault)));
    all
}
