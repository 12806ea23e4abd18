//! Views of the pages where a technician keeps backups and packs.

use serde::Serialize;

use super::{View, account::FormView, frame::Frame, status::ProblemView};

/// One backup.
#[derive(Debug, Clone, Serialize)]
pub struct BackupRow {
    /// Its folder.
    pub name: String,
    /// The day it was made, written out; empty when the clock was wrong.
    pub day: String,
    /// Its size, written out.
    pub size: String,
    /// Whether nothing of it is hurt or missing.
    pub whole: bool,
}

/// `/es/tecnico/fecha`
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: FormView,
    /// Day and time as the server has them, written out; empty when it does not know.
    pub now: String,
    /// Whether this person may say another one.
    pub may: bool,
    /// Whether it has just been set.
    pub set: bool,
    /// Of the month, as it stands in the field.
    pub day: String,
    /// Numbers of the months.
    pub months: Vec<i8>,
    /// Number of the month that is chosen; 0 for none.
    pub month: i8,
    /// As it stands in the field.
    pub year: String,
    /// As it stands in the field.
    pub hour: String,
    /// As it stands in the field.
    pub minute: String,
    /// One's own account.
    pub back: String,
}

impl View for DateView {
    const TEMPLATE: &'static str = "technician/date.html";
}

/// A help channel that a school fills in itself.
#[derive(Debug, Clone, Serialize)]
pub struct ChannelRow {
    /// As a form carries it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Number, address or place, as it stands in the field.
    pub contact: String,
    /// When it answers, as it stands in the field.
    pub hours: String,
}

/// `/es/tecnico/ajustes`
#[derive(Debug, Clone, Serialize)]
pub struct SettingsView {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: FormView,
    /// What was wrong: last part of the Fluent id `technician-settings-problem-<problem>`; empty for nothing.
    pub problem: &'static str,
    /// Whether something has just been kept.
    pub kept: bool,
    /// Name of the school.
    pub school: String,
    /// Tags and names of the languages.
    pub langs: Vec<(String, String)>,
    /// Tag of the one that is chosen.
    pub lang: String,
    /// Megabytes a teacher may bring.
    pub quota: String,
    /// Fields that a file or flag decides, and nobody can change here.
    pub fixed: Vec<&'static str>,
    /// The school's own help channels.
    pub channels: Vec<ChannelRow>,
    /// One's own account.
    pub back: String,
}

impl View for SettingsView {
    const TEMPLATE: &'static str = "technician/settings.html";
}

/// `/es/tecnico/apagar`
#[derive(Debug, Clone, Serialize)]
pub struct PowerView {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: FormView,
    /// What became of it: last part of the Fluent id `technician-power-<outcome>`; empty for nothing.
    pub outcome: &'static str,
    /// Whether the machine can be switched off from here.
    pub off: bool,
    /// Whether the program can be started anew by this person.
    pub restart: bool,
    /// One's own account.
    pub back: String,
}

impl View for PowerView {
    const TEMPLATE: &'static str = "technician/power.html";
}

/// A folder of backups.
#[derive(Debug, Clone, Serialize)]
pub struct BackupPlace {
    /// The folder.
    pub folder: String,
    /// Why the last attempt failed: a word of `technician-backup-fault`; empty when it did not.
    pub fault: &'static str,
    /// The newest first.
    pub backups: Vec<BackupRow>,
}

/// `/es/tecnico/respaldos`
#[derive(Debug, Clone, Serialize)]
pub struct BackupsView {
    /// The frame.
    pub frame: Frame,
    /// Makes one now.
    pub now: FormView,
    /// What became of that: `done`, `running` or empty.
    pub outcome: &'static str,
    /// Where backups are.
    pub places: Vec<BackupPlace>,
    /// One's own account.
    pub back: String,
}

impl View for BackupsView {
    const TEMPLATE: &'static str = "technician/backups.html";
}

/// A pack that is served.
#[derive(Debug, Clone, Serialize)]
pub struct PackRow {
    /// Its name, as a form carries it.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Who signed it; empty when nobody did.
    pub signer: String,
    /// What the school knows of who signed: a word of `technician-pack-standing`.
    pub standing: &'static str,
}

/// A pack on a stick.
#[derive(Debug, Clone, Serialize)]
pub struct OfferRow {
    /// What it says of itself, and who signed it.
    pub pack: PackRow,
    /// Where it is, as a form carries it.
    pub path: String,
    /// Its size, written out.
    pub size: String,
    /// The key of who signed it; empty when nobody did.
    pub key: String,
    /// How it stands to what is served: a word of `technician-pack-state`.
    pub state: &'static str,
    /// Why it cannot be brought in.
    pub problems: Vec<ProblemView>,
}

/// What is plugged in.
#[derive(Debug, Clone, Serialize)]
pub struct StickView {
    /// Where it is.
    pub folder: String,
    /// Packs on it.
    pub offers: Vec<OfferRow>,
}

/// A pack that is being brought in.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressView {
    /// Its title.
    pub title: String,
    /// What is copied, written out.
    pub done: String,
    /// What is to be copied, written out; empty while all is read first.
    pub all: String,
}

/// What became of the last pack that was brought in or taken away.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OutcomeView {
    /// `here`, `refused`, `stopped`, `removed`, `busy`, `unsure`; of the way out `out`, `not-out`, `taking`, `bad-name`,
    /// `no-date`; or empty.
    pub word: &'static str,
    /// Title or name of the pack.
    pub title: String,
    /// Files that were copied, and that it has.
    pub copied: usize,
    /// See `copied`.
    pub files: usize,
    /// The reasons, when it was refused.
    pub problems: Vec<ProblemView>,
}

/// `/es/tecnico/paquetes`
#[derive(Debug, Clone, Serialize)]
pub struct PacksView {
    /// The frame.
    pub frame: Frame,
    /// What is served.
    pub installed: Vec<PackRow>,
    /// What is there and not served, and why.
    pub withheld: Vec<ProblemView>,
    /// What is plugged in.
    pub sticks: Vec<StickView>,
    /// What is under way.
    pub progress: Option<ProgressView>,
    /// What became of the last one.
    pub outcome: OutcomeView,
    /// Brings one in.
    pub bring: FormView,
    /// Takes out what the school made.
    pub take_out: FormView,
    /// What that pack might be called.
    pub name: String,
    /// Stops that.
    pub stop: FormView,
    /// Takes one away.
    pub remove: FormView,
    /// This page.
    pub here: String,
    /// One's own account.
    pub back: String,
}

impl View for PacksView {
    const TEMPLATE: &'static str = "technician/packs.html";
}
