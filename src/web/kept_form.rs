//! What somebody typed whose session ended meanwhile: it goes along with the sign-in form and stands there again afterwards.
//! The server keeps nothing of it.

use http::{HeaderMap, Response, StatusCode};

use crate::{
    auth::token,
    web::{
        body::Body,
        cookies::{self, SESSION, VISIT},
        error::Error,
        form::Form,
        frame::Ctx,
        guard::SEAL,
        reply,
        routes::{Account, Page, Route, Workshop},
        views::{
            account::{FormView, KeptField, KeptView, SignInView},
            frame::Section,
        },
    },
};

/// What the names of kept fields begin with.
const KEPT: &str = "g.";

/// The field that says where they go afterwards.
const BACK: &str = "volver";

/// The sign-in page with the fields of a form that came without a session.
pub(crate) fn ask(
    ctx: &Ctx<'_>,
    page: &Workshop,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Response<Body>, Error> {
    let visit = cookies::secret(headers, VISIT).map_or_else(token::secret, |secret| Ok(secret.to_owned()));
    let visit = visit.map_err(|error| Error::Internal(error.into()))?;
    let typed = form.iter().filter(|(name, _)| *name != SEAL);
    let field =
        |(name, value): (&str, &str)| KeptField { name: format!("{KEPT}{name}"), value: value.to_owned() };
    let mut kept = vec![KeptField { name: BACK.to_owned(), value: ctx.path(Page::Workshop(page.clone())) }];
    kept.extend(typed.map(field));
    let view = SignInView {
        frame: ctx.frame(Section::None),
        form: FormView {
            action: ctx.path(Page::Account(Account::SignIn)),
            seal: token::for_form(&visit),
            problem: "kept",
            wait: 0,
        },
        login: String::new(),
        first: String::new(),
        invitation: ctx.path(Page::Account(Account::Invitation)),
        kept,
    };
    let mut reply = reply::own_page(StatusCode::FORBIDDEN, ctx.render(&view)?);
    cookies::take(reply.headers_mut(), SESSION);
    cookies::give(reply.headers_mut(), VISIT, &visit, None);
    Ok(reply)
}

/// The fields that go along with a sign-in form once more.
pub(crate) fn along(form: &Form) -> Vec<KeptField> {
    let ours = form.iter().filter(|(name, _)| name.starts_with(KEPT) || *name == BACK);
    ours.map(|(name, value)| KeptField { name: name.to_owned(), value: value.to_owned() }).collect()
}

/// The page with what was typed, for who has just signed in with `secret`; `None` when nothing came along.
pub(crate) fn again(ctx: &Ctx<'_>, form: &Form, secret: &str) -> Result<Option<Response<Body>>, Error> {
    // Only to a form of ours.
    let Some(Ok(Route::Page(lang, Page::Workshop(page)))) = form.get(BACK).map(Route::parse) else {
        return Ok(None);
    };
    let typed = form.iter().filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?, value)));
    let field = |(name, value): (&str, &str)| KeptField { name: name.to_owned(), value: value.to_owned() };
    let view = KeptView {
        frame: ctx.frame(Section::None),
        form: FormView {
            action: Route::Page(lang, Page::Workshop(page)).path(),
            seal: token::for_form(secret),
            problem: "",
            wait: 0,
        },
        kept: typed.map(field).collect(),
    };
    Ok(Some(reply::own_page(StatusCode::OK, ctx.render(&view)?)))
}
