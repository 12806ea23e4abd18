//! Who may pass: who reads about the machine, who is signed in, and whether a form was made for the browser that
//! sends it.

use std::sync::Arc;

use http::{HeaderMap, header};

use crate::{
    auth::{Accounts, Signed, token},
    store::school::Role,
    web::{
        App, aside,
        cookies::{self, SESSION},
        error::Error,
        form::Form,
        server::Peer,
    },
};

/// The field of a form that proves for whom it was made.
pub(crate) const SEAL: &str = "sello";

/// Lets pass who may read about the machine.
pub(crate) async fn operations(app: &App, peer: Peer, headers: &HeaderMap) -> Result<(), Error> {
    if app.settings().operations.allow(peer) {
        return Ok(());
    }
    let accounts = app.accounts().ok_or(Error::Private)?;
    let secret = cookies::secret(headers, SESSION).map(str::to_owned);
    match signed(&accounts, secret).await? {
        Some(signed) if signed.person.role == Role::Technician => Ok(()),
        _ => Err(Error::Private),
    }
}

/// Who holds a secret.
pub(crate) async fn signed(
    accounts: &Arc<Accounts>,
    secret: Option<String>,
) -> Result<Option<Signed>, Error> {
    let Some(secret) = secret else { return Ok(None) };
    let accounts = Arc::clone(accounts);
    aside(move || accounts.signed(&secret).map_err(|refused| Error::Internal(refused.into()))).await
}

/// Refuses a form that was not made for the browser that sends it. `secret` is what the browser holds. Old browsers say
/// nothing about where a form comes from; what the others say must fit too.
pub(crate) fn form(headers: &HeaderMap, form: &Form, secret: Option<&str>) -> Result<(), Error> {
    origin(headers)?;
    let secret = secret.ok_or(Error::NoCookies)?;
    let seal = form.get(SEAL).unwrap_or_default();
    if token::same(seal, &token::for_form(secret)) { Ok(()) } else { Err(Error::StaleForm) }
}

/// Refuses a form that another site sends, where the browser says so.
pub(crate) fn origin(headers: &HeaderMap) -> Result<(), Error> {
    let sent = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = sent("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin = headers.get(header::ORIGIN).is_none_or(|origin| {
        let host = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
        host.is_some() && host == sent("host")
    });
    if site && origin { Ok(()) } else { Err(Error::StaleForm) }
}
