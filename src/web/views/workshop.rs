//! Views of the workshop, where teachers make and share materials.

use serde::Serialize;

use super::{
    View,
    frame::{Frame, Link},
    status::ProblemView,
};

/// Where a form is sent, and the proof that it was made for this browser.
#[derive(Debug, Clone, Serialize)]
pub struct SealedForm {
    /// Where it is sent.
    pub action: String,
    /// The proof.
    pub seal: String,
    /// What was wrong with it the last time: last part of the Fluent id `workshop-problem-<name>`; empty for nothing.
    pub problem: &'static str,
}

/// A work in a list.
#[derive(Debug, Clone, Serialize)]
pub struct WorkRow {
    /// Where it is.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Last part of the Fluent id `workshop-genre-<genre>`.
    pub genre: &'static str,
    /// Last part of the Fluent id `workshop-state-<state>`.
    pub state: &'static str,
    /// Whose it is.
    pub owner: String,
    /// How often it was opened.
    pub seen: i64,
}

/// `/es/taller`
#[derive(Debug, Clone, Serialize)]
pub struct WorkshopView {
    /// The frame.
    pub frame: Frame,
    /// Forms of new works; labels are the last parts of the Fluent ids `workshop-new-<genre>`.
    pub new: Vec<Link>,
    /// One's own works.
    pub own: Vec<WorkRow>,
    /// Works of colleagues that are shown, the most used first.
    pub shown: Vec<WorkRow>,
    /// What waits for a coordinator; empty for others.
    pub review: String,
    /// How many works and reports wait there.
    pub waiting: usize,
    /// Back to the account.
    pub back: String,
}

impl View for WorkshopView {
    const TEMPLATE: &'static str = "workshop/home.html";
}

/// Something to tick or to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// What the form carries.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// An option of a question in the form.
#[derive(Debug, Clone, Serialize)]
pub struct OptionView {
    /// Its number, from 1.
    pub number: usize,
    /// What the pupil reads.
    pub text: String,
    /// Said when it is chosen.
    pub feedback: String,
    /// Whether it is the right one.
    pub right: bool,
}

/// A question in the form.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionView {
    /// Its number, from 1.
    pub number: usize,
    /// The question.
    pub stem: String,
    /// Said whatever is chosen.
    pub feedback: String,
    /// Its options.
    pub options: Vec<OptionView>,
}

/// Texts in a language.
#[derive(Debug, Clone, Serialize)]
pub struct TextFields {
    /// Tag of the language.
    pub lang: String,
    /// Its own name.
    pub name: String,
    /// The title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The text.
    pub body: String,
}

/// The form of a work.
#[derive(Debug, Clone, Serialize)]
pub struct EditView {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: SealedForm,
    /// Last part of the Fluent ids `workshop-new-<genre>`, `workshop-body-<genre>`.
    pub genre: &'static str,
    /// The change it began from; 0 for a new work.
    pub revision: i64,
    /// Who changed it meanwhile, and the newest version beside this one; empty for nobody.
    pub newer: String,
    /// Title, summary and text by language.
    pub texts: Vec<TextFields>,
    /// The questions in fields; empty when they are a text.
    pub questions: Vec<QuestionView>,
    /// Where questions are written the other way: as a text, or in fields; empty where there is no other way.
    pub other_way: String,
    /// Whether files are sent with it.
    pub upload: bool,
    /// Names of the files it has.
    pub files: Vec<String>,
    /// Sorts of resource, of files.
    pub kinds: Vec<Tick>,
    /// Levels.
    pub levels: Vec<Tick>,
    /// School years.
    pub grades: Vec<Tick>,
    /// Areas.
    pub areas: Vec<Tick>,
    /// Safety topics.
    pub themes: Vec<Tick>,
    /// Whom it is for.
    pub audiences: Vec<Tick>,
    /// Ways of working.
    pub modes: Vec<Tick>,
    /// Licences.
    pub licences: Vec<Tick>,
    /// What helps those who see or read otherwise.
    pub accessibility: Vec<Tick>,
    /// Languages of files.
    pub langs: Vec<Tick>,
    /// Minutes.
    pub duration: u32,
    /// Names of who made it, one on each line.
    pub authors: String,
    /// What pupils can do afterwards, one on each line.
    pub objectives: String,
    /// Back to where it was opened from.
    pub back: String,
}

impl View for EditView {
    const TEMPLATE: &'static str = "workshop/edit.html";
}

/// A version in a list.
#[derive(Debug, Clone, Serialize)]
pub struct VersionRow {
    /// Its number, from 1.
    pub number: u32,
    /// The day, written out; empty while the clock was wrong.
    pub day: String,
    /// Who saved it.
    pub author: String,
    /// Whether it is the one that is shown.
    pub served: bool,
    /// Whether it can be taken up again.
    pub old: bool,
}

/// What a colleague said.
#[derive(Debug, Clone, Serialize)]
pub struct RemarkView {
    /// Who.
    pub author: String,
    /// The day, written out; may be empty.
    pub day: String,
    /// Last part of the Fluent id `workshop-remark-<kind>`.
    pub kind: &'static str,
    /// In their words.
    pub text: String,
}

/// A file of a work.
#[derive(Debug, Clone, Serialize)]
pub struct WorkFile {
    /// Where it is.
    pub href: String,
    /// Its name.
    pub name: String,
    /// How large, written out.
    pub size: String,
}

/// `/es/taller/12`
#[derive(Debug, Clone, Serialize)]
pub struct WorkView {
    /// The frame.
    pub frame: Frame,
    /// The forms of this page.
    pub form: SealedForm,
    /// What it lacks to be shown: last parts of the Fluent ids `workshop-lack-<name>`.
    pub lacks: Vec<&'static str>,
    /// What the engine finds wrong with it.
    pub problems: Vec<ProblemView>,
    /// About it.
    pub row: WorkRow,
    /// What it is about.
    pub summary: String,
    /// The change that forms begin from.
    pub revision: i64,
    /// Steps that can be taken: last parts of the Fluent ids `workshop-step-<step>`, which forms carry too.
    pub steps: Vec<&'static str>,
    /// Its form, for who may change it; else empty.
    pub edit: String,
    /// The newest version as everybody would see it; empty where only its files can be looked at.
    pub preview: String,
    /// Where everybody sees it; empty while nobody does.
    pub public: String,
    /// Whether it can be thrown away.
    pub discard: bool,
    /// Whether it is a colleague's.
    pub foreign: bool,
    /// Its files.
    pub files: Vec<WorkFile>,
    /// Its versions, for who may change it.
    pub versions: Vec<VersionRow>,
    /// What colleagues said.
    pub remarks: Vec<RemarkView>,
    /// Back to the workshop.
    pub back: String,
}

impl View for WorkView {
    const TEMPLATE: &'static str = "workshop/work.html";
}

/// A report that waits.
#[derive(Debug, Clone, Serialize)]
pub struct ReportRow {
    /// As a form carries it.
    pub number: i64,
    /// The resource, as a form carries it.
    pub resource: String,
    /// Where the resource is; empty when it is not shown.
    pub href: String,
    /// What the resource is called.
    pub title: String,
    /// Last part of the Fluent id `report-reason-<reason>`.
    pub reason: &'static str,
    /// In the reader's words; may be empty.
    pub text: String,
}

/// Something that was done.
#[derive(Debug, Clone, Serialize)]
pub struct DeedRow {
    /// The day, written out; may be empty.
    pub day: String,
    /// Who.
    pub actor: String,
    /// Last part of the Fluent id `workshop-deed-<deed>`.
    pub deed: &'static str,
    /// With what.
    pub resource: String,
}

/// `/es/taller/revision`
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    /// The frame.
    pub frame: Frame,
    /// The forms of this page.
    pub form: SealedForm,
    /// Works that wait.
    pub waiting: Vec<WorkRow>,
    /// Reports that wait.
    pub reports: Vec<ReportRow>,
    /// Resources that nobody is shown.
    pub hidden: Vec<String>,
    /// Whether a coordinator looks at each work before it is shown.
    pub by_coordinator: bool,
    /// What was done with resources, the last first.
    pub deeds: Vec<DeedRow>,
    /// Back to the workshop.
    pub back: String,
}

impl View for ReviewView {
    const TEMPLATE: &'static str = "workshop/review.html";
}

/// `/es/avisar/<id>`
#[derive(Debug, Clone, Serialize)]
pub struct ReportView {
    /// The frame.
    pub frame: Frame,
    /// Where the form is sent.
    pub action: String,
    /// What the resource is called.
    pub title: String,
    /// Where the resource is.
    pub back: String,
    /// Last parts of the Fluent ids `report-reason-<reason>`.
    pub reasons: Vec<&'static str>,
    /// What became of it: last part of the Fluent id `report-<name>`: empty, `thanks`, `many`, `nobody`, `which`.
    pub said: &'static str,
    /// The route of help.
    pub help: String,
}

impl View for ReportView {
    const TEMPLATE: &'static str = "workshop/report.html";
}
