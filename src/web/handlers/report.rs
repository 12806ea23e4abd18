//! Whoever reads says that something is wrong with a resource or hurts somebody. Nothing is asked and nothing kept that
//! would tell who it was: no cookie, no address, no day.

use http::{Response, StatusCode, request::Parts};

use crate::{
    domain::{id::Slug, submission::Reason},
    web::{
        App, aside,
        body::Body,
        error::Error,
        form::Form,
        frame::Ctx,
        guard, reply, resource_title,
        routes::Page,
        views::{frame::Section, workshop::ReportView},
        work_form::one_line,
    },
};

/// Longest text, in characters.
const MAX_TEXT: usize = 500;

/// The form, and what becomes of it.
pub(crate) async fn answer(
    app: &App,
    ctx: &Ctx<'_>,
    id: &Slug,
    parts: &Parts,
    form: Option<Form>,
) -> Result<Response<Body>, Error> {
    let (title, back) = resource_title::of(ctx, id).ok_or(Error::NotFound)?;
    let said = match form {
        None => "",
        Some(form) => {
            guard::origin(&parts.headers)?;
            keep(app, id, &form).await?
        }
    };
    let view = ReportView {
        frame: ctx.frame(Section::None),
        action: ctx.path(Page::Report(id.clone())),
        title,
        back,
        reasons: Reason::ALL.map(Reason::word).to_vec(),
        said,
        help: ctx.path(Page::Help),
    };
    let status = match said {
        "" | "thanks" => StatusCode::OK,
        "which" => StatusCode::UNPROCESSABLE_ENTITY,
        "many" => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    Ok(reply::own_page(status, ctx.render(&view)?))
}

/// Keeps a report; what to say then.
async fn keep(app: &App, id: &Slug, form: &Form) -> Result<&'static str, Error> {
    let Some(reason) = form.get("motivo").and_then(Reason::of) else { return Ok("which") };
    let text = one_line(form.get("texto").unwrap_or_default(), MAX_TEXT);
    let Some(accounts) = app.accounts() else { return Ok("nobody") };
    let id = id.clone();
    aside(move || {
        let Some(db) = accounts.school().map_err(|error| Error::Internal(error.into()))? else {
            return Ok("nobody");
        };
        match db.add_report(&id, reason, &text) {
            Ok(true) => Ok("thanks"),
            Ok(false) => Ok("many"),
            Err(error) => Err(Error::Internal(error.into())),
        }
    })
    .await
}
