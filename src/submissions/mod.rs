//! What teachers make at this school: from a form to a draft, from a draft to what everybody sees.
//!
//! Lives here: the rules of a submission's life ([`Desk`]), and how a version becomes a folder that the content engine reads
//! like any other (`tree`). Does not: how submissions are kept (`store::school`), forms and pages (`web`). Everything waits
//! for the disk: call it where waiting is allowed.

mod intake;
mod tree;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io, mem,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use crate::{
    auth::{Accounts, Refused, Signed},
    content::{self, Source, materials},
    domain::{
        finding::{Problem, Severity},
        id::Slug,
        submission::{Genre, Policy, Standing, State, Step, Work, after},
    },
    store::{
        blobs::{self, Blobs},
        school::{
            By, Change, Deed, NewWork, Role, SchoolDb, StoreError, StoredFile, Submission, SubmissionError,
            SubmissionId,
        },
    },
};

pub use intake::{Brought, Kept};
pub use tree::FOLDER;

/// Under what name it is kept who looks at submissions: 0 nobody, 1 a coordinator.
const POLICY: &str = "review-policy";

/// What drafts are shown from, in the data folder; may be deleted at any time.
const PREVIEWS: &str = "cache/previews";

/// What teachers made, and the rules for it.
#[derive(Debug)]
pub struct Desk {
    accounts: Arc<Accounts>,
    data: PathBuf,
    blobs: Blobs,
    limits: Limits,
    /// Bytes that a teacher may bring in all, as was chosen last.
    quota: AtomicU64,
    /// Held while folders are laid out.
    laying: Mutex<()>,
    hidden: RwLock<Arc<BTreeSet<Slug>>>,
    /// How often resources were opened since it was last written down.
    seen: Mutex<BTreeMap<Slug, u32>>,
}

/// How much teachers may bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub largest: u64,
    /// Bytes of all files of one teacher.
    pub quota: u64,
    /// Bytes that must stay free on the disk.
    pub floor: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { largest: 2 << 30, quota: 8 << 30, floor: 256 << 20 }
    }
}

/// Why something is not done with a submission.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// There is none, or it is not for this person.
    #[error("there is no such submission")]
    Unknown,
    /// Somebody changed it meanwhile.
    #[error("somebody changed it meanwhile")]
    Changed,
    /// This person may not take this step from there.
    #[error("the step cannot be taken")]
    Step,
    /// Something is missing: last parts of the Fluent ids `workshop-lack-<name>`.
    #[error("something is missing: {0:?}")]
    Lacks(Vec<&'static str>),
    /// The engine would not show it.
    #[error("it has mistakes")]
    Mistakes,
    /// A file is larger than the server takes.
    #[error("the file is larger than allowed")]
    TooBig,
    /// A teacher has used all the room there is for one.
    #[error("the teacher has used all room")]
    Quota,
    /// A file is nothing that can be shown here, or not what its name says.
    #[error("the file cannot be shown")]
    Kind,
    /// An archive is damaged or hostile, or holds too much.
    #[error("the archive cannot be opened")]
    Archive,
    /// No room is left on the disk; nothing was changed.
    #[error("the disk is full")]
    Full,
    /// Our own mistake, or the machine's.
    #[error("submissions cannot be used: {0}")]
    Broken(String),
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            error => Self::Broken(error.to_string()),
        }
    }
}

impl From<SubmissionError> for Unfit {
    fn from(error: SubmissionError) -> Self {
        match error {
            SubmissionError::Changed => Self::Changed,
            SubmissionError::Unknown => Self::Unknown,
            SubmissionError::Store(error) => error.into(),
        }
    }
}

impl From<Refused> for Unfit {
    fn from(error: Refused) -> Self {
        match error {
            Refused::Full => Self::Full,
            error => Self::Broken(error.to_string()),
        }
    }
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl Desk {
    /// The desk of a data folder. What is hidden and what is shown is read; what a killed program left half laid out is
    /// laid out anew. What fails goes to the log: lessons are served all the same.
    pub fn open(data: &Path, accounts: Arc<Accounts>, limits: Limits) -> Self {
        let desk = Self {
            accounts,
            data: data.to_owned(),
            blobs: Blobs::open(data.join(tree::FILES)),
            limits,
            quota: AtomicU64::new(limits.quota),
            laying: Mutex::default(),
            hidden: RwLock::default(),
            seen: Mutex::default(),
        };
        if let Err(error) = desk.read_hidden().and_then(|()| desk.lay_out().map(drop)) {
            tracing::error!(%error, "what teachers made is not whole; the rest is served");
        }
        desk.sweep();
        desk
    }

    /// Takes away the files that no version names: what was thrown away, and what broke off.
    fn sweep(&self) {
        let Ok(Some(db)) = self.accounts.school() else { return };
        // What cannot be asked is kept.
        let named = |hash: &str| db.names_file(hash).unwrap_or(true);
        match self.blobs.sweep(&named) {
            Ok(swept) if swept.files > 0 => {
                tracing::info!(files = swept.files, bytes = swept.bytes, "files that nobody needs are gone");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "files that nobody needs could not be looked for"),
        }
    }

    /// Where files go that somebody brings, and how large one may be.
    ///
    /// # Errors
    /// The teacher has used all room; the database refused.
    pub fn room(&self, signed: &Signed) -> Result<(Blobs, blobs::Limits), Unfit> {
        let left = self.quota().saturating_sub(self.db()?.bytes_of(signed.person.id)?);
        if left == 0 {
            return Err(Unfit::Quota);
        }
        let max = left.min(self.limits.largest);
        Ok((self.blobs.clone(), blobs::Limits { max, floor: self.limits.floor }))
    }

    /// Largest body of a form with a file, in bytes.
    pub fn largest_form(&self) -> u64 {
        self.limits.largest.saturating_add(4 << 20)
    }

    /// The resources that nobody is shown.
    pub fn hidden(&self) -> Arc<BTreeSet<Slug>> {
        Arc::clone(&self.hidden.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether this is one of them.
    pub fn hides(&self, resource: &Slug) -> bool {
        self.hidden.read().unwrap_or_else(PoisonError::into_inner).contains(resource)
    }

    /// Hides a resource from everybody, or shows it again.
    ///
    /// # Errors
    /// The disk is full or the database refused; nothing was changed.
    pub fn hide(&self, signed: &Signed, resource: &Slug, hidden: bool) -> Result<(), Unfit> {
        self.db()?.hide(resource, hidden, self.by(signed))?;
        self.read_hidden()
    }

    /// A resource was opened once more. Waits for nothing.
    pub fn opened(&self, resource: &Slug) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let times = seen.entry(resource.clone()).or_default();
        *times = times.saturating_add(1);
    }

    /// Writes down how often resources were opened. Called when somebody looks at the numbers and at the end: a cut of the
    /// power loses what was counted since, which hurts nobody.
    ///
    /// # Errors
    /// The disk is full or the database refused; they are counted with the next.
    pub fn keep_tallies(&self) -> Result<(), Unfit> {
        let Some(db) = self.accounts.school()? else { return Ok(()) };
        let seen = mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        if seen.is_empty() {
            return Ok(());
        }
        let kept = db.count(seen.iter().map(|(resource, times)| (resource.clone(), *times)).collect());
        if kept.is_err() {
            let mut now = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            for (resource, times) in seen {
                *now.entry(resource).or_default() += times;
            }
        }
        Ok(kept?)
    }

    /// The records.
    ///
    /// # Errors
    /// They cannot be opened.
    pub fn db(&self) -> Result<Arc<SchoolDb>, Unfit> {
        self.accounts.school()?.ok_or(Unfit::Unknown)
    }

    /// Who looks at submissions before they are seen.
    ///
    /// # Errors
    /// The database refused.
    pub fn policy(&self) -> Result<Policy, Unfit> {
        Ok(match self.db()?.number(POLICY)? {
            Some(1) => Policy::ByCoordinator,
            _ => Policy::AtOnce,
        })
    }

    /// The school chooses who looks at them.
    ///
    /// # Errors
    /// The disk is full or the database refused; nothing was changed.
    pub fn set_policy(&self, policy: Policy) -> Result<(), Unfit> {
        Ok(self.db()?.set_numbers(&[(POLICY, i64::from(policy == Policy::ByCoordinator))])?)
    }

    /// Bytes that a teacher may bring in all.
    pub fn quota(&self) -> u64 {
        self.quota.load(Relaxed)
    }

    /// From now on a teacher may bring so many bytes in all.
    pub fn set_quota(&self, bytes: u64) {
        self.quota.store(bytes, Relaxed);
    }

    /// What somebody is to a submission.
    pub fn standing(signed: &Signed, submission: &Submission) -> Standing {
        Standing { owner: submission.owner == signed.person.id, reviewer: reviews(signed) }
    }

    /// A submission, for somebody who may see it: its author, coordinators, and everybody with an account once it is shown.
    ///
    /// # Errors
    /// There is none for this person; the database refused.
    pub fn submission(&self, signed: &Signed, id: SubmissionId) -> Result<Submission, Unfit> {
        let submission = self.db()?.submission(id)?.ok_or(Unfit::Unknown)?;
        let may = Self::standing(signed, &submission).may_edit() || submission.served.is_some();
        if may { Ok(submission) } else { Err(Unfit::Unknown) }
    }

    /// The steps that somebody may take with a submission.
    ///
    /// # Errors
    /// The database refused.
    pub fn steps(&self, signed: &Signed, submission: &Submission) -> Result<Vec<Step>, Unfit> {
        let (who, policy) = (Self::standing(signed, submission), self.policy()?);
        let served = submission.served.is_some();
        let leads = |step: &Step| after(submission.state, *step, who, policy, served).is_some();
        Ok(Step::ALL.into_iter().filter(leads).collect())
    }

    /// Begins a draft.
    ///
    /// # Errors
    /// The disk is full or the database refused; nothing was kept.
    pub fn begin(&self, signed: &Signed, genre: Genre, first: NewWork) -> Result<SubmissionId, Unfit> {
        Ok(self.db()?.add_submission(signed.person.id, genre, first)?)
    }

    /// Saves what somebody wrote, who began from `revision`.
    ///
    /// # Errors
    /// It is not theirs to change; somebody changed it meanwhile; the disk is full. Nothing was changed.
    pub fn save(
        &self,
        signed: &Signed,
        id: SubmissionId,
        revision: i64,
        saved: NewWork,
    ) -> Result<(), Unfit> {
        let submission = self.submission(signed, id)?;
        let who = Self::standing(signed, &submission);
        if !who.may_edit() {
            return Err(Unfit::Unknown);
        }
        // A coordinator mends what waits without sending it back.
        let state = match submission.state {
            State::InReview if who.reviewer => State::InReview,
            _ => State::Draft,
        };
        Ok(self.db()?.save_version(id, revision, signed.person.id, state, saved)?)
    }

    /// Takes a step; `remark` is what a coordinator says who gives something back. `true` when what pupils see changes.
    ///
    /// # Errors
    /// The step is not theirs to take; something is missing or has mistakes; somebody changed it meanwhile; the disk is
    /// full. Nothing was changed.
    pub fn step(
        &self,
        signed: &Signed,
        id: SubmissionId,
        revision: i64,
        step: Step,
        remark: &str,
    ) -> Result<bool, Unfit> {
        let now = self.submission(signed, id)?;
        let who = Self::standing(signed, &now);
        let state = after(now.state, step, who, self.policy()?, now.served.is_some()).ok_or(Unfit::Step)?;
        let served = match state {
            State::Published => Some(now.newest),
            State::Withdrawn => None,
            _ => now.served,
        };
        if matches!(state, State::Published | State::InReview) {
            self.judge(&now)?;
        }
        let deed = match (step, state) {
            (_, State::InReview) => Some(Deed::Submitted),
            (Step::Restore, _) => Some(Deed::Restored),
            (Step::Publish | Step::Submit, _) => Some(Deed::Published),
            (Step::Return, _) => Some(Deed::Returned),
            (Step::Withdraw, State::Withdrawn) => Some(Deed::Withdrawn),
            (Step::Withdraw, _) => None,
        };
        let change = Change { state, served, deed, remark: remark.to_owned() };
        self.db()?.step(id, revision, self.by(signed), change)?;
        let changed = served != now.served;
        if changed {
            self.lay_out()?;
        }
        Ok(changed)
    }

    /// Throws away a draft of which nothing was ever shown.
    ///
    /// # Errors
    /// It is not theirs, or something of it was shown; the database refused.
    pub fn discard(&self, signed: &Signed, id: SubmissionId) -> Result<(), Unfit> {
        let now = self.submission(signed, id)?;
        if !Self::standing(signed, &now).owner {
            return Err(Unfit::Unknown);
        }
        if !self.db()?.discard(id)? {
            return Err(Unfit::Step);
        }
        self.sweep();
        Ok(())
    }

    /// A draft of one's own that begins where another work is, with its authors kept.
    ///
    /// # Errors
    /// It is not for this person; the disk is full. Nothing was kept.
    pub fn copy(&self, signed: &Signed, id: SubmissionId) -> Result<SubmissionId, Unfit> {
        let from = self.submission(signed, id)?;
        let number = from.served.unwrap_or(from.newest);
        let NewWork { work, files } = self.db()?.version(id, number)?.ok_or(Unfit::Unknown)?;
        let name = signed.person.name.clone();
        let mut copy = work.clone();
        if from.owner != signed.person.id {
            copy.based_on.push(crate::domain::resource::BasedOn {
                title: work.title.0.values().next().cloned().unwrap_or_default(),
                url: None,
                licence: work.licence.clone(),
            });
        }
        if !copy.authors.contains(&name) {
            copy.authors.push(name);
        }
        self.begin(signed, from.genre, NewWork { work: copy, files })
    }

    /// What of a version the engine finds wrong, and the folder it is shown from before it is published.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn preview(
        &self,
        submission: &Submission,
        version: &NewWork,
    ) -> Result<(PathBuf, Vec<Problem>), Unfit> {
        let _one_at_a_time = self.laying.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = self.data.join(PREVIEWS).join(submission.id.number().to_string());
        tree::lay(&folder, &tree::of(&self.data, submission, version), &submission.slug)?;
        let sources = [Source::folder(&folder)];
        let (library, mut problems) = content::load(&sources, jiff::civil::date(2026, 1, 1));
        let mut shown = library.lesson(&submission.slug).is_some();
        if !submission.genre.is_lesson() {
            let survey = materials::survey(&sources, library.vocabulary(), BTreeSet::new());
            shown = (0..survey.len()).any(|at| survey.read(at, &sources, &mut problems).is_some());
            problems.extend(survey.problems);
        }
        if !shown && problems.is_empty() {
            return Err(Unfit::Broken("the engine shows nothing and says nothing".to_owned()));
        }
        problems.sort_by_key(|problem| std::cmp::Reverse(problem.finding.severity));
        if !shown {
            for problem in &mut problems {
                problem.finding.severity = Severity::Error;
            }
        }
        Ok((folder, problems))
    }

    /// Whether a version can be shown.
    fn judge(&self, submission: &Submission) -> Result<(), Unfit> {
        let version = self.db()?.version(submission.id, submission.newest)?.ok_or(Unfit::Unknown)?;
        let lacks = version.work.lacks(submission.genre, version.files.len());
        if !lacks.is_empty() {
            return Err(Unfit::Lacks(lacks));
        }
        let (_, problems) = self.preview(submission, &version)?;
        let mistaken = problems.iter().any(|problem| problem.finding.severity == Severity::Error);
        if mistaken { Err(Unfit::Mistakes) } else { Ok(()) }
    }

    /// A file of a version, open for reading.
    ///
    /// # Errors
    /// It is not there or cannot be read.
    pub fn open_file(&self, file: &StoredFile) -> io::Result<File> {
        self.blobs.file(&file.hash)
    }

    /// Makes the folders of what is shown such as the records say. `true` when something was changed.
    fn lay_out(&self) -> Result<bool, Unfit> {
        let _one_at_a_time = self.laying.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(db) = self.accounts.school()? else { return Ok(false) };
        Ok(tree::lay_out(&self.data, &db.served()?)?)
    }

    fn read_hidden(&self) -> Result<(), Unfit> {
        let Some(db) = self.accounts.school()? else { return Ok(()) };
        let hidden = Arc::new(db.hidden()?);
        *self.hidden.write().unwrap_or_else(PoisonError::into_inner) = hidden;
        Ok(())
    }

    /// Who does something, and on which day.
    pub fn by(&self, signed: &Signed) -> By {
        self.accounts.by(Some(signed.person.id))
    }

    /// What a form begins with: what the last work of this person said of itself, else the person alone.
    ///
    /// # Errors
    /// The database refused.
    pub fn defaults(&self, signed: &Signed) -> Result<Work, Unfit> {
        let own = self.db()?.submissions(crate::store::school::Which::Of(signed.person.id))?;
        let last = own.into_iter().next().map(|submission| submission.work).unwrap_or_default();
        let slug = |word: &str| word.parse::<Slug>().ok();
        let or = |list: Vec<Slug>, word: &str| {
            if list.is_empty() { slug(word).into_iter().collect() } else { list }
        };
        Ok(Work {
            kind: last.kind.or_else(|| slug("documento")),
            levels: last.levels,
            grades: last.grades,
            areas: last.areas,
            themes: last.themes,
            audience: or(last.audience, "estudiante"),
            duration: if last.duration == 0 { 45 } else { last.duration },
            mode: last.mode.or_else(|| slug("laptop")),
            licence: if last.licence.is_empty() { "CC-BY-SA-4.0".to_owned() } else { last.licence },
            authors: vec![signed.person.name.clone()],
            accessibility: last.accessibility,
            langs: last.langs,
            ..Work::default()
        })
    }
}

/// Whether somebody reviews what others submit.
pub fn reviews(signed: &Signed) -> bool {
    matches!(signed.person.role, Role::Coordinator | Role::Technician)
}
