//! The workshop: where teachers make materials, see those of colleagues, and coordinators look at what waits.

mod edit;
mod review;
mod upload;
mod work;

pub(crate) use upload::bring;

use std::sync::Arc;

use http::{Response, StatusCode, request::Parts};

use self::edit::Sent;
use crate::{
    auth::{Signed, token},
    domain::{submission::Genre, submission::Work as Text},
    i18n::format,
    store::school::{Submission, SubmissionId, Which},
    submissions::{Desk, Unfit, reviews},
    web::{
        App, aside,
        body::Body,
        cookies::{self, SESSION},
        error::Error,
        form::Form,
        frame::Ctx,
        guard, kept_form, preview, reply,
        routes::{Account, Page, Workshop},
        views::{
            View,
            frame::{Link, Section},
            workshop::{SealedForm, WorkRow, WorkshopView},
        },
    },
};

/// Answers a request for a page of the workshop; `form` holds what was sent with a POST.
pub(crate) async fn answer(
    app: &App,
    ctx: &Ctx<'_>,
    page: &Workshop,
    parts: &Parts,
    form: Option<Form>,
) -> Result<Response<Body>, Error> {
    let (desk, accounts) = app.desk().zip(app.accounts()).ok_or(Error::AccountsClosed)?;
    let secret = cookies::secret(&parts.headers, SESSION).map(str::to_owned);
    let signed = guard::signed(&accounts, secret.clone()).await?;
    let (Some(signed), Some(secret)) = (signed, secret) else {
        return match form {
            // What was typed must not be lost because the session ended meanwhile.
            Some(form) => kept_form::ask(ctx, page, &parts.headers, &form),
            None => Ok(reply::see_other(&ctx.path(Page::Account(Account::SignIn)))),
        };
    };
    if *page == Workshop::Review && !reviews(&signed) {
        return Err(Error::Private);
    }
    let here = Here { app, ctx, desk, signed: Arc::new(signed), secret };
    if let Workshop::Preview(number, page) = page {
        return here.preview(*number, page, form.as_ref()).await;
    }
    if let Some(form) = &form {
        guard::form(&parts.headers, form, Some(&here.secret))?;
    }
    match (page, form) {
        (Workshop::Home, _) => here.home().await,
        (Workshop::New(genre), None) => here.new_work(*genre, parts.uri.query()).await,
        (Workshop::New(genre), Some(form)) => here.begin(*genre, form, Sent::Nothing).await,
        (Workshop::Edit(number), None) => here.edit(*number, parts.uri.query()).await,
        (Workshop::Edit(number), Some(form)) => here.save(*number, form, Sent::Nothing).await,
        (Workshop::Work(number), None) => here.work(*number, "").await,
        (Workshop::Work(number), Some(form)) => here.act(*number, &form).await,
        (Workshop::Review, None) => here.review("").await,
        (Workshop::Review, Some(form)) => here.act_on_review(&form).await,
        (Workshop::File(number, file), _) => here.file(*number, *file, parts).await,
        (Workshop::Preview(..), _) => Err(Error::NotFound),
    }
}

/// What an answer needs to know.
struct Here<'a> {
    app: &'a App,
    ctx: &'a Ctx<'a>,
    desk: Arc<Desk>,
    signed: Arc<Signed>,
    secret: String,
}

impl Here<'_> {
    /// Asks the desk, where waiting is allowed.
    async fn ask<T: Send + 'static>(
        &self,
        what: impl FnOnce(&Desk, &Signed) -> Result<T, Unfit> + Send + 'static,
    ) -> Result<Result<T, Unfit>, Error> {
        let (desk, signed) = (Arc::clone(&self.desk), Arc::clone(&self.signed));
        aside(move || Ok(what(&desk, &signed))).await
    }

    /// The same, where only our own mistakes can go wrong.
    async fn get<T: Send + 'static>(
        &self,
        what: impl FnOnce(&Desk, &Signed) -> Result<T, Unfit> + Send + 'static,
    ) -> Result<T, Error> {
        self.ask(what).await?.map_err(refused)
    }

    fn form(&self, page: Workshop, problem: &'static str) -> SealedForm {
        SealedForm { action: self.path(page), seal: token::for_form(&self.secret), problem }
    }

    fn path(&self, page: Workshop) -> String {
        self.ctx.path(Page::Workshop(page))
    }

    fn leads_to(&self, page: Workshop) -> Response<Body> {
        reply::see_other(&self.path(page))
    }

    /// A page with a form; what was wrong with the last one decides its status.
    fn page<V: View>(&self, view: &V, problem: &str) -> Result<Response<Body>, Error> {
        let status = match problem {
            "" | "more" => StatusCode::OK,
            "changed" => StatusCode::CONFLICT,
            "full" | "quota" => StatusCode::INSUFFICIENT_STORAGE,
            "big" => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Ok(reply::own_page(status, self.ctx.render(view)?))
    }

    /// Shows what the desk changed. When that takes long, because thousands of materials are read, it goes on without
    /// whoever asked.
    async fn show_change(&self) {
        let Some(app) = self.app.itself() else { return };
        let shown = tokio::task::spawn_blocking(move || app.refresh());
        tokio::time::timeout(std::time::Duration::from_secs(3), shown).await.ok();
    }

    async fn home(&self) -> Result<Response<Body>, Error> {
        let (own, shown, waiting) = self
            .get(|desk, signed| {
                desk.keep_tallies()?;
                let db = desk.db()?;
                let waiting = if reviews(signed) {
                    db.submissions(Which::Waiting)?.len() + db.open_reports()?.len()
                } else {
                    0
                };
                Ok((db.submissions(Which::Of(signed.person.id))?, db.submissions(Which::Shown)?, waiting))
            })
            .await?;
        let new =
            |genre: Genre| Link { href: self.path(Workshop::New(genre)), label: genre.word().to_owned() };
        let mine = |submission: &&Submission| submission.owner != self.signed.person.id;
        let view = WorkshopView {
            frame: self.ctx.frame(Section::None),
            new: Genre::ALL.into_iter().map(new).collect(),
            own: own.iter().map(|submission| self.row(submission)).collect(),
            shown: shown.iter().filter(mine).map(|submission| self.row(submission)).collect(),
            review: if reviews(&self.signed) { self.path(Workshop::Review) } else { String::new() },
            waiting,
            back: self.ctx.path(Page::Account(Account::Own)),
        };
        self.page(&view, "")
    }

    fn row(&self, submission: &Submission) -> WorkRow {
        WorkRow {
            href: self.path(Workshop::Work(submission.id.number())),
            title: title(self.ctx, &submission.work),
            genre: submission.genre.word(),
            state: submission.state.word(),
            owner: submission.owner_name.clone(),
            seen: submission.seen,
        }
    }

    /// A day as people write it; empty for none.
    fn day(&self, day: Option<&str>) -> String {
        let day = day.and_then(|day| day.parse().ok());
        day.map(|day| format::date(&self.ctx.shelf.messages, self.ctx.lang, day)).unwrap_or_default()
    }

    async fn preview(&self, number: i64, page: &Page, form: Option<&Form>) -> Result<Response<Body>, Error> {
        let (folder, slug) = self
            .get(move |desk, signed| {
                let submission = desk.submission(signed, SubmissionId::of(number))?;
                if !Desk::standing(signed, &submission).may_edit() {
                    return Err(Unfit::Unknown);
                }
                let version = desk.db()?.version(submission.id, submission.newest)?.ok_or(Unfit::Unknown)?;
                Ok((desk.preview(&submission, &version)?.0, submission.slug))
            })
            .await?;
        if page.resource().is_none_or(|id| id.as_str() != slug) {
            return Err(Error::NotFound);
        }
        let html = preview::page(self.ctx, number, folder, page, form, self.ctx.today).await?;
        Ok(reply::own_page(StatusCode::OK, html))
    }
}

/// The title of a work, best in the language of the page; its absence in words.
fn title(ctx: &Ctx<'_>, work: &Text) -> String {
    match work.title_in(ctx.lang) {
        "" => ctx.text("workshop-untitled", &[]),
        title => title.to_owned(),
    }
}

/// What cannot be told on a form.
fn refused(unfit: Unfit) -> Error {
    match unfit {
        Unfit::Unknown | Unfit::Step => Error::NotFound,
        unfit => Error::Internal(unfit.into()),
    }
}

/// Last part of the Fluent id that says why; our own mistakes and what is not there are errors.
fn problem(unfit: Unfit) -> Result<&'static str, Error> {
    Ok(match unfit {
        Unfit::Changed => "changed",
        Unfit::Step => "step",
        Unfit::Lacks(_) => "lacks",
        Unfit::Mistakes => "mistakes",
        Unfit::Full => "full",
        Unfit::TooBig => "big",
        Unfit::Quota => "quota",
        Unfit::Kind => "kind",
        Unfit::Archive => "archive",
        unfit @ (Unfit::Unknown | Unfit::Broken(_)) => return Err(refused(unfit)),
    })
}
