//! Where a technician sees the packs of the server and of what is plugged in, brings one in and takes one away.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use http::Response;

use super::{Here, backups::PATIENCE};
use crate::{
    domain::{
        finding::{Finding, Problem},
        id::Slug,
        pack::{Pack, Version},
    },
    i18n::format,
    packs::{self, Keys, Listed, Made, Naming, Options, Signer, Standing},
    submissions,
    upkeep::{Brought, Upkeep},
    web::{
        App, aside,
        body::Body,
        error::Error,
        form::Form,
        problem_list,
        routes::{Account, Page},
        views::{
            frame::Section,
            technician::{OfferRow, OutcomeView, PackRow, PacksView, ProgressView, StickView},
        },
    },
};

/// Most reasons that are shown of one pack.
const REASONS: usize = 5;

/// What there is: what is served, and by stick what is offered.
struct Found {
    installed: Vec<PackRow>,
    withheld: Vec<Problem>,
    sticks: Vec<(String, Vec<Offer>)>,
}

/// A pack on a stick.
struct Offer {
    row: PackRow,
    path: String,
    bytes: u64,
    key: String,
    state: &'static str,
    problems: Vec<Problem>,
}

impl Here<'_> {
    /// The packs of the server, and of what is plugged in.
    pub(super) async fn packs(
        &self,
        secret: &str,
        mut outcome: OutcomeView,
    ) -> Result<Response<Body>, Error> {
        let (upkeep, data) = (Arc::clone(self.upkeep), self.upkeep.data().to_owned());
        let found = aside(move || Ok(find(&upkeep, &data))).await?;
        let (under_way, last) = self.upkeep.packs().look();
        if let (Some(last), "") = (last, outcome.word) {
            outcome = told(last);
        }
        let size = |bytes| format::size(&self.ctx.shelf.messages, self.ctx.lang, bytes);
        let offer = |offer: Offer| OfferRow {
            pack: offer.row,
            path: offer.path,
            size: size(offer.bytes),
            key: offer.key,
            state: offer.state,
            problems: problem_list::of(&offer.problems),
        };
        let sticks = found
            .sticks
            .into_iter()
            .map(|(folder, offers)| StickView { folder, offers: offers.into_iter().map(offer).collect() });
        let form = |page| self.form(page, secret, "");
        let view = PacksView {
            frame: self.ctx.frame(Section::None),
            installed: found.installed,
            withheld: problem_list::of(&found.withheld),
            sticks: sticks.collect(),
            progress: under_way.map(|now| ProgressView {
                title: now.title,
                done: size(now.done),
                all: if now.all == 0 { String::new() } else { size(now.all) },
            }),
            outcome,
            bring: form(Account::BringPack),
            take_out: form(Account::TakeOut),
            name: name_of(&self.app.choices().school_name),
            stop: form(Account::StopPack),
            remove: form(Account::RemovePack),
            here: self.ctx.path(Page::Account(Account::Packs)),
            back: self.ctx.path(Page::Account(Account::Own)),
        };
        self.page(&view, "")
    }

    /// What a technician's form does about a pack.
    pub(super) async fn act_on_packs(&self, secret: &str, form: Form) -> Result<Response<Body>, Error> {
        let upkeep = Arc::clone(self.upkeep);
        let outcome = match self.page {
            Account::BringPack => {
                let work = tokio::task::spawn_blocking(move || bring(&upkeep, &form));
                match tokio::time::timeout(PATIENCE, work).await {
                    // What takes longer goes on, and the page tells how far it is.
                    Err(_) => OutcomeView::default(),
                    Ok(done) => done.map_err(anyhow::Error::from)??,
                }
            }
            Account::TakeOut => {
                let app = self.app.itself().ok_or(Error::AccountsClosed)?;
                let work = tokio::task::spawn_blocking(move || take_out(&app, &upkeep, &form));
                match tokio::time::timeout(PATIENCE, work).await {
                    Err(_) => OutcomeView { word: "taking", ..OutcomeView::default() },
                    Ok(done) => done.map_err(anyhow::Error::from)?,
                }
            }
            Account::StopPack => {
                upkeep.packs().stop();
                return Ok(self.leads_to(Account::Packs));
            }
            _ => aside(move || remove(&upkeep, &form)).await?,
        };
        self.packs(secret, outcome).await
    }
}

/// Brings in what the form names, if it is what the technician saw.
fn bring(upkeep: &Upkeep, form: &Form) -> Result<OutcomeView, Error> {
    let wanted = form.get("paquete").unwrap_or_default();
    let sticks = upkeep.sticks();
    let mut listed = sticks.iter().flat_map(|stick| packs::list(&stick.root).unwrap_or_default());
    let offer = listed.find(|listed| listed.path.display().to_string() == wanted);
    let Some(offer) = offer else {
        // The stick was pulled.
        let gone = Finding::error_of_whole("check-pack-missing");
        return Ok(told(Brought::Refused(vec![Problem { file: wanted.to_owned(), finding: gone }])));
    };
    if key(offer.verdict.signer.as_ref()) != form.get("llave").unwrap_or_default() {
        return Err(Error::Malformed);
    }
    let title = offer.verdict.pack.as_ref().map_or("", Pack::shown_title);
    let options = Options { trust: form.get("confiar") == Some("1"), ..Options::default() };
    let began = upkeep.packs().bring(&offer.path, title, upkeep.data(), options);
    Ok(OutcomeView { word: if began { "" } else { "busy" }, ..OutcomeView::default() })
}

/// Makes a pack of what the school made, on the stick that the form names.
fn take_out(app: &App, upkeep: &Upkeep, form: &Form) -> OutcomeView {
    let refused = |file: &str, finding| told_out(&[Problem { file: file.to_owned(), finding }]);
    let wanted = form.get("memoria").unwrap_or_default();
    let Some(stick) = upkeep.sticks().into_iter().find(|stick| stick.root.display().to_string() == wanted)
    else {
        return refused(wanted, Finding::error_of_whole("check-pack-missing"));
    };
    let name: Result<Slug, _> = form.get("nombre").unwrap_or_default().trim().parse();
    let Ok(name) = name else { return OutcomeView { word: "bad-name", ..OutcomeView::default() } };
    let Some(day) = app.today_if_known() else {
        return OutcomeView { word: "no-date", ..OutcomeView::default() };
    };
    let signing = match packs::own_signing(upkeep.data(), None) {
        Ok(signing) => signing,
        Err(finding) => return refused("keys", finding),
    };
    let hidden = app.desk().map(|desk| desk.hidden()).unwrap_or_default();
    let (own, works) = (upkeep.data().join("lessons"), upkeep.data().join(submissions::FOLDER));
    let own = app.settings().folders.content.clone().unwrap_or(own);
    let school = app.choices().school_name;
    let title = if school.is_empty() { name.as_str() } else { &school };
    let made = Made { own: &own, works: &works, hidden: &hidden };
    let work = stick.root.join(format!(".{name}.work"));
    let naming = Naming { name: &name, title, day };
    match packs::gather(made, &stick.root, &work, &naming, signing.as_ref()) {
        Ok((folder, _)) => {
            OutcomeView { word: "out", title: folder.display().to_string(), ..OutcomeView::default() }
        }
        Err(problems) => told_out(&problems),
    }
}

fn told_out(problems: &[Problem]) -> OutcomeView {
    let most = problems.get(..REASONS).unwrap_or(problems);
    OutcomeView { word: "not-out", problems: problem_list::of(most), ..OutcomeView::default() }
}

/// A name for the pack of a school that is called so: what of it can stand in a name.
fn name_of(school: &str) -> String {
    Slug::from_text(school).map_or_else(|| "mi-escuela".to_owned(), |name| name.to_string())
}

fn remove(upkeep: &Upkeep, form: &Form) -> Result<OutcomeView, Error> {
    let name = form.get("nombre").unwrap_or_default();
    let slug: Slug = name.parse().map_err(|_| Error::Malformed)?;
    if form.get("si") != Some("1") {
        return Ok(OutcomeView { word: "unsure", ..OutcomeView::default() });
    }
    match packs::remove(upkeep.data(), &slug) {
        Ok(_) => {
            upkeep.packs().changed();
            Ok(OutcomeView { word: "removed", title: name.to_owned(), ..OutcomeView::default() })
        }
        Err(finding) => Ok(told(Brought::Refused(vec![Problem { file: name.to_owned(), finding }]))),
    }
}

fn told(brought: Brought) -> OutcomeView {
    match brought {
        Brought::Here(title, copied, files) => {
            OutcomeView { word: "here", title, copied, files, ..OutcomeView::default() }
        }
        Brought::Refused(mut reasons) => {
            reasons.truncate(REASONS);
            OutcomeView { word: "refused", problems: problem_list::of(&reasons), ..OutcomeView::default() }
        }
        Brought::Stopped => OutcomeView { word: "stopped", ..OutcomeView::default() },
    }
}

fn key(signer: Option<&Signer>) -> String {
    signer.map_or_else(String::new, |signer| signer.key.to_string())
}

fn find(upkeep: &Upkeep, data: &Path) -> Found {
    let keys = Keys::load(data).unwrap_or_default();
    let row = |pack: &Pack, signer: Option<&Signer>| PackRow {
        name: pack.name.to_string(),
        title: pack.shown_title().to_owned(),
        version: pack.version.to_string(),
        signer: signer.map_or_else(String::new, |signer| signer.name.clone()),
        standing: match keys.standing(signer, pack) {
            Standing::Trusted(_) => "trusted",
            Standing::OtherPacks => "other",
            Standing::Revoked => "revoked",
            Standing::Unknown => "unknown",
            Standing::Unsigned => "unsigned",
        },
    };
    let (installed, withheld) = packs::installed(data);
    let versions: BTreeMap<Slug, Version> =
        installed.iter().map(|each| (each.pack.name.clone(), each.pack.version)).collect();
    let served = installed.iter().map(|each| {
        let listed = packs::list(&each.root).unwrap_or_default();
        row(&each.pack, listed.first().and_then(|listed| listed.verdict.signer.as_ref()))
    });
    let offer = |listed: Listed| {
        let verdict = listed.verdict;
        // Any other ZIP of the stick is none of ours.
        let pack = verdict.pack?;
        let mut reasons = verdict.problems;
        if reasons.is_empty() {
            reasons.extend(
                packs::room(data, verdict.bytes, Options::default())
                    .err()
                    .map(|finding| Problem { file: String::new(), finding }),
            );
        }
        reasons.truncate(REASONS);
        let state = match versions.get(&pack.name) {
            _ if !reasons.is_empty() => "hurt",
            None => "new",
            Some(there) if *there < pack.version => "newer",
            Some(there) if *there > pack.version => "older",
            Some(_) => "same",
        };
        Some(Offer {
            row: row(&pack, verdict.signer.as_ref()),
            path: listed.path.display().to_string(),
            bytes: verdict.bytes,
            key: key(verdict.signer.as_ref()),
            state,
            problems: reasons,
        })
    };
    let sticks = upkeep.sticks().into_iter().map(|stick| {
        let listed = packs::list(&stick.root).unwrap_or_default();
        (stick.root.display().to_string(), listed.into_iter().filter_map(offer).collect())
    });
    Found { installed: served.collect(), withheld, sticks: sticks.collect() }
}
