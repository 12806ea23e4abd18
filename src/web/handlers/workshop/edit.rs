//! The form of a work: a new one, a draft gone on with, and what becomes of it when it is sent.

use http::Response;

use super::{Here, problem};
use crate::{
    domain::{
        lang::Lang,
        submission::{Genre, Work},
    },
    store::school::{NewWork, StoredFile, Submission, SubmissionId},
    submissions::{Brought, Desk, Unfit},
    web::{
        body::Body,
        error::Error,
        form::Form,
        question_form,
        routes::Workshop,
        views::{
            frame::Section,
            workshop::{EditView, QuestionView, TextFields},
        },
        work_form,
    },
};

/// What follows `?` where questions are written as a text.
const AS_TEXT: &str = "gift";

/// What came with a form beside its fields.
pub(super) enum Sent {
    /// No file.
    Nothing,
    /// A file, looked into.
    Brought(Brought),
    /// A file that was not kept, and why.
    Refused(&'static str),
}

/// What the form shows.
struct Shown {
    genre: Genre,
    work: Work,
    files: Vec<StoredFile>,
    revision: i64,
    questions: Vec<QuestionView>,
    newer: String,
}

impl Here<'_> {
    /// The form of a new work, with what the last one said of itself.
    pub(super) async fn new_work(&self, genre: Genre, query: Option<&str>) -> Result<Response<Body>, Error> {
        let mut work = self.get(Desk::defaults).await?;
        if genre == Genre::Plan {
            let template =
                |lang| self.ctx.shelf.messages.text(lang, "workshop-plan-template", &[]).into_owned();
            work.body.0.insert(self.ctx.lang, template(self.ctx.lang));
        }
        let questions = match (genre, query) {
            (Genre::Quiz, Some(AS_TEXT)) => Vec::new(),
            (Genre::Quiz, _) => question_form::fields(&[], 3),
            _ => Vec::new(),
        };
        let shown = Shown { genre, work, files: Vec::new(), revision: 0, questions, newer: String::new() };
        self.edit_page(Workshop::New(genre), shown, "")
    }

    /// The form of a work that is there.
    pub(super) async fn edit(&self, number: i64, query: Option<&str>) -> Result<Response<Body>, Error> {
        let (submission, NewWork { work, files }) = self.own(number).await?;
        let body = work.body.get(Lang::ES).cloned().unwrap_or_default();
        let known = question_form::of(&body).filter(|_| query != Some(AS_TEXT) && one_language(&work));
        let questions = match (submission.genre, known) {
            (Genre::Quiz, Some(known)) => question_form::fields(&known, 1),
            _ => Vec::new(),
        };
        let (genre, revision) = (submission.genre, submission.revision);
        let shown = Shown { genre, work, files, revision, questions, newer: String::new() };
        self.edit_page(Workshop::Edit(number), shown, "")
    }

    /// A work that one may change, and its newest version.
    async fn own(&self, number: i64) -> Result<(Submission, NewWork), Error> {
        self.get(move |desk, signed| {
            let submission = desk.submission(signed, SubmissionId::of(number))?;
            if !Desk::standing(signed, &submission).may_edit() {
                return Err(Unfit::Unknown);
            }
            let version = desk.db()?.version(submission.id, submission.newest)?.ok_or(Unfit::Unknown)?;
            Ok((submission, version))
        })
        .await
    }

    /// Keeps a new work.
    pub(super) async fn begin(
        &self,
        genre: Genre,
        form: Form,
        brought: Sent,
    ) -> Result<Response<Body>, Error> {
        let (mut work, questions, mut found) = self.read(genre, &form, Work::default());
        let (genre, brought) = match brought {
            // Questions and stories that came as a file are written on with here.
            Sent::Brought(Brought::Text(genre, text)) => {
                work.body.0.insert(Lang::ES, text);
                (genre, Vec::new())
            }
            Sent::Brought(Brought::Files(kept)) => (genre, kept),
            Sent::Nothing if genre == Genre::File && found.is_empty() => {
                found = "file";
                (genre, Vec::new())
            }
            Sent::Nothing => (genre, Vec::new()),
            Sent::Refused(problem) => {
                found = problem;
                (genre, Vec::new())
            }
        };
        let shown = Shown { genre, work, files: Vec::new(), revision: 0, questions, newer: String::new() };
        if !found.is_empty() {
            return self.edit_page(Workshop::New(genre), shown, found);
        }
        let work = shown.work.clone();
        // What was brought is held until the row that names it is on the disk.
        let begin = move |desk: &Desk, signed: &_| {
            let files = brought.iter().map(|kept| kept.file.clone()).collect();
            desk.begin(signed, genre, NewWork { work, files })
        };
        match self.ask(begin).await? {
            Ok(id) => Ok(self.leads_to(Workshop::Work(id.number()))),
            Err(unfit) => self.edit_page(Workshop::New(genre), shown, problem(unfit)?),
        }
    }

    /// Keeps what was changed.
    pub(super) async fn save(&self, number: i64, form: Form, brought: Sent) -> Result<Response<Body>, Error> {
        let (submission, NewWork { work: before, files }) = self.own(number).await?;
        let genre = submission.genre;
        let (work, questions, mut found) = self.read(genre, &form, before);
        let brought = match brought {
            Sent::Brought(Brought::Files(kept)) => Some(kept),
            Sent::Nothing => None,
            Sent::Brought(Brought::Text(..)) => {
                found = "kind";
                None
            }
            Sent::Refused(problem) => {
                found = problem;
                None
            }
        };
        let revision = form.get("revision").and_then(|text| text.parse().ok()).unwrap_or_default();
        let mut shown = Shown { genre, work, files, revision, questions, newer: String::new() };
        if !found.is_empty() {
            return self.edit_page(Workshop::Edit(number), shown, found);
        }
        let (work, before) = (shown.work.clone(), shown.files.clone());
        let save = move |desk: &Desk, signed: &_| {
            let files = match &brought {
                Some(kept) => kept.iter().map(|kept| kept.file.clone()).collect(),
                None => before,
            };
            desk.save(signed, submission.id, revision, NewWork { work, files })
        };
        match self.ask(save).await? {
            Ok(()) => Ok(self.leads_to(Workshop::Work(number))),
            Err(Unfit::Changed) => {
                // Both texts are on the page; sent once more, this one takes the place of the other.
                shown.revision = submission.revision;
                shown.newer = self.path(Workshop::Work(number));
                self.edit_page(Workshop::Edit(number), shown, "changed")
            }
            Err(unfit) => self.edit_page(Workshop::Edit(number), shown, problem(unfit)?),
        }
    }

    /// What was sent: the work, its questions in fields, and what is wrong.
    fn read(&self, genre: Genre, form: &Form, before: Work) -> (Work, Vec<QuestionView>, &'static str) {
        let mut work = work_form::read(form, self.ctx.shelf.library.vocabulary(), before);
        work.day = self.app.today_if_known();
        let mut questions = Vec::new();
        let mut found = "";
        if genre == Genre::Quiz && form.get("p1").is_some() {
            let typed = question_form::read(form);
            let more = usize::from(form.get("mas").is_some());
            questions = question_form::fields(&typed, more);
            match question_form::gift(&typed) {
                _ if more > 0 => found = "more",
                Some(text) if typed.is_empty() => drop(text),
                Some(text) => drop(work.body.0.insert(Lang::ES, text)),
                None => found = "question",
            }
        }
        if found.is_empty() && work.title.0.is_empty() {
            found = "title";
        }
        (work, questions, found)
    }

    fn edit_page(
        &self,
        page: Workshop,
        shown: Shown,
        problem: &'static str,
    ) -> Result<Response<Body>, Error> {
        let Shown { genre, work, files, revision, questions, newer } = shown;
        let choices = work_form::choices(self.ctx, genre, &work);
        let text = |lang: Lang| {
            let of =
                |texts: &crate::domain::lang::Localized<String>| texts.get(lang).cloned().unwrap_or_default();
            TextFields {
                lang: lang.to_string(),
                name: self.ctx.shelf.messages.display_name(lang).into_owned(),
                title: of(&work.title),
                summary: of(&work.summary),
                body: of(&work.body),
            }
        };
        let other_way = match (genre, questions.is_empty()) {
            (Genre::Quiz, false) => format!("{}?{AS_TEXT}", self.path(page.clone())),
            (Genre::Quiz, true) if work.body.0.is_empty() => self.path(page.clone()),
            _ => String::new(),
        };
        let back = match &page {
            Workshop::Edit(number) => Workshop::Work(*number),
            _ => Workshop::Home,
        };
        let view = EditView {
            frame: self.ctx.frame(Section::None),
            form: self.form(page, problem),
            genre: genre.word(),
            revision,
            newer,
            texts: [Lang::ES, Lang::QU].map(text).to_vec(),
            questions,
            other_way,
            upload: genre == Genre::File,
            files: files.into_iter().map(|file| file.name).collect(),
            kinds: choices.kinds,
            levels: choices.levels,
            grades: choices.grades,
            areas: choices.areas,
            themes: choices.themes,
            audiences: choices.audiences,
            modes: choices.modes,
            licences: choices.licences,
            accessibility: choices.accessibility,
            langs: choices.langs,
            duration: work.duration,
            authors: work.authors.join("\n"),
            objectives: work.objectives.join("\n"),
            back: self.path(back),
        };
        self.page(&view, problem)
    }
}

/// Whether a text is in Spanish alone: the form with fields has no place for a second one.
fn one_language(work: &Work) -> bool {
    work.body.0.iter().all(|(lang, text)| *lang == Lang::ES || text.trim().is_empty())
}
