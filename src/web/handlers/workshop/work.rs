//! A work: what it is, where it stands, what can be done with it, what colleagues say.

use std::sync::Arc;

use http::{Response, request::Parts};

use super::{Here, problem, refused};
use crate::{
    auth::Signed,
    domain::{
        id::Slug,
        submission::{Genre, State, Step},
    },
    i18n::format,
    store::school::{NewWork, Remark, RemarkKind, Submission, SubmissionId, VersionLine},
    submissions::{Desk, Unfit},
    web::{
        body::Body,
        error::Error,
        file::{self, Describe, Source},
        form::Form,
        problem_list,
        routes::{Page, Workshop},
        views::{
            frame::Section,
            status::ProblemView,
            workshop::{RemarkView, VersionRow, WorkFile, WorkView},
        },
        work_form::one_line,
    },
};

/// Longest remark, in characters.
const MAX_REMARK: usize = 1000;

/// What a page of a work is made from.
struct Read {
    submission: Submission,
    version: NewWork,
    versions: Vec<VersionLine>,
    remarks: Vec<Remark>,
    steps: Vec<Step>,
    problems: Vec<ProblemView>,
    may_edit: bool,
}

fn read(desk: &Desk, signed: &Signed, number: i64) -> Result<Read, Unfit> {
    let submission = desk.submission(signed, SubmissionId::of(number))?;
    let may_edit = Desk::standing(signed, &submission).may_edit();
    let db = desk.db()?;
    // A colleague sees what everybody sees.
    let seen = if may_edit { submission.newest } else { submission.served.unwrap_or(submission.newest) };
    let version = db.version(submission.id, seen)?.ok_or(Unfit::Unknown)?;
    let written = submission.genre != Genre::File && !version.work.body.0.is_empty();
    let problems = if may_edit && written {
        problem_list::of(&desk.preview(&submission, &version)?.1)
    } else {
        Vec::new()
    };
    Ok(Read {
        versions: if may_edit { db.versions(submission.id)? } else { Vec::new() },
        remarks: db.remarks(submission.id)?,
        steps: desk.steps(signed, &submission)?,
        version,
        submission,
        problems,
        may_edit,
    })
}

impl Here<'_> {
    /// The page of a work; `problem` is what was wrong with what was asked of it.
    pub(super) async fn work(&self, number: i64, problem: &'static str) -> Result<Response<Body>, Error> {
        let read = self.get(move |desk, signed| read(desk, signed, number)).await?;
        let Read { submission, version, versions, remarks, steps, problems, may_edit } = read;
        let NewWork { work, files } = version;
        let slug: Option<Slug> = submission.slug.parse().ok();
        let lesson = submission.genre.is_lesson();
        let page = |slug: Slug| if lesson { Page::Lesson(slug) } else { Page::Material(slug) };
        let public = slug.clone().filter(|_| submission.served.is_some()).map(page);
        let written = submission.genre != Genre::File && !work.body.0.is_empty();
        let preview = slug.filter(|_| may_edit && written).map(page);
        let preview = preview.map(|page| self.path(Workshop::Preview(number, Box::new(page))));
        let owner = submission.owner == self.signed.person.id;
        let lacks = if may_edit { work.lacks(submission.genre, files.len()) } else { Vec::new() };
        let file = |(place, file): (usize, &crate::store::school::StoredFile)| WorkFile {
            href: self.path(Workshop::File(number, place)),
            name: file.name.clone(),
            size: format::size(&self.ctx.shelf.messages, self.ctx.lang, file.size),
        };
        let line = |line: VersionLine| VersionRow {
            number: line.number,
            day: self.day(line.work.day.map(|day| day.to_string()).as_deref()),
            author: line.author,
            served: submission.served == Some(line.number),
            old: line.number != submission.newest,
        };
        let remark = |remark: Remark| RemarkView {
            author: remark.author,
            day: self.day(remark.day.as_deref()),
            kind: remark.kind.word(),
            text: remark.text,
        };
        let view = WorkView {
            frame: self.ctx.frame(Section::None),
            form: self.form(Workshop::Work(number), problem),
            lacks,
            problems,
            row: self.row(&submission),
            summary: work.summary.best(self.ctx.lang).map(|(_, text)| text.clone()).unwrap_or_default(),
            revision: submission.revision,
            steps: steps.into_iter().map(word).collect(),
            edit: if may_edit { self.path(Workshop::Edit(number)) } else { String::new() },
            preview: preview.unwrap_or_default(),
            public: public.map(|page| self.ctx.path(page)).unwrap_or_default(),
            discard: owner && submission.served.is_none() && submission.state != State::Withdrawn,
            foreign: !owner,
            files: (1..).zip(&files).map(file).collect(),
            versions: versions.into_iter().map(line).collect(),
            remarks: remarks.into_iter().map(remark).collect(),
            back: self.path(Workshop::Home),
        };
        self.page(&view, problem)
    }

    /// Does what a form of that page asks for.
    pub(super) async fn act(&self, number: i64, form: &Form) -> Result<Response<Body>, Error> {
        let id = SubmissionId::of(number);
        let revision = form.get("revision").and_then(|text| text.parse().ok()).unwrap_or_default();
        let text = one_line(form.get("texto").unwrap_or_default(), MAX_REMARK);
        let asked = form.get("accion").unwrap_or_default();
        if let Some(step) = Step::ALL.into_iter().find(|step| word(*step) == asked) {
            if step == Step::Return && text.is_empty() {
                return self.work(number, "remark").await;
            }
            let take = move |desk: &Desk, signed: &_| desk.step(signed, id, revision, step, &text);
            return match self.ask(take).await? {
                Ok(changed) => {
                    if changed {
                        self.show_change().await;
                    }
                    Ok(self.leads_to(Workshop::Work(number)))
                }
                Err(unfit) => self.work(number, problem(unfit)?).await,
            };
        }
        let done = match asked {
            "comment" if text.is_empty() => return self.work(number, "remark").await,
            "comment" | "thanks" => {
                let kind = if asked == "thanks" { RemarkKind::Thanks } else { RemarkKind::Comment };
                self.ask(move |desk, signed| {
                    let submission = desk.submission(signed, id)?;
                    let text = if kind == RemarkKind::Thanks { "" } else { text.as_str() };
                    desk.db()?.remark(submission.id, desk.by(signed), kind, text)?;
                    Ok(Workshop::Work(number))
                })
                .await?
            }
            "copy" => {
                let copied = self.ask(move |desk, signed| desk.copy(signed, id)).await?;
                copied.map(|id| Workshop::Edit(id.number()))
            }
            "discard" => {
                self.ask(move |desk, signed| desk.discard(signed, id).map(|()| Workshop::Home)).await?
            }
            "again" => {
                let version = form.get("version").and_then(|text| text.parse().ok()).unwrap_or_default();
                self.ask(move |desk, signed| {
                    desk.submission(signed, id)?;
                    let old = desk.db()?.version(id, version)?.ok_or(Unfit::Unknown)?;
                    desk.save(signed, id, revision, old)?;
                    Ok(Workshop::Work(number))
                })
                .await?
            }
            _ => return Err(Error::NotFound),
        };
        match done {
            Ok(page) => Ok(self.leads_to(page)),
            Err(unfit) => self.work(number, problem(unfit)?).await,
        }
    }

    /// A file of a work, to be saved: it is never a page of ours.
    pub(super) async fn file(
        &self,
        number: i64,
        place: usize,
        parts: &Parts,
    ) -> Result<Response<Body>, Error> {
        let (open, file) = self
            .get(move |desk, signed| {
                let read = read(desk, signed, number)?;
                let file = read.version.files.into_iter().nth(place - 1).ok_or(Unfit::Unknown)?;
                let open = desk.open_file(&file).map_err(|_| Unfit::Unknown)?;
                Ok((open, file))
            })
            .await
            .map_err(|error| match error {
                Error::Internal(cause) => Error::Internal(cause),
                _ => refused(Unfit::Unknown),
            })?;
        let describe = Describe {
            content_type: "application/octet-stream",
            etag: file.hash.get(..16).unwrap_or_default(),
            cache: "private, no-cache",
            download: Some(&file.name),
        };
        let source = Source::File(Arc::new(open), file.size);
        Ok(file::reply(&parts.method, &parts.headers, source, &describe))
    }
}

/// What a form carries for a step.
fn word(step: Step) -> &'static str {
    match step {
        Step::Submit => "submit",
        Step::Publish => "publish",
        Step::Return => "return",
        Step::Withdraw => "withdraw",
        Step::Restore => "restore",
    }
}
