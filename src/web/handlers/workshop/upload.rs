//! A form with a file: written to the disk while it arrives, looked into, and then treated like any other form.

use std::{pin::pin, sync::Arc};

use bytes::Bytes;
use http::{Response, request::Parts};
use http_body::Body as HttpBody;

use super::{Here, edit::Sent, problem};
use crate::{
    store::blobs,
    submissions::{Desk, Unfit},
    web::{
        App,
        body::Body,
        cookies::{self, SESSION},
        error::Error,
        form::Form,
        frame::Ctx,
        guard, kept_form,
        routes::Workshop,
        server::Pieces,
        upload::{Taker, Upload},
    },
};

/// Answers a form with a file.
pub(crate) async fn bring<B>(
    app: &App,
    ctx: &Ctx<'_>,
    page: &Workshop,
    parts: &Parts,
    body: B,
) -> Result<Response<Body>, Error>
where
    B: HttpBody<Data = Bytes>,
{
    let (desk, accounts) = app.desk().zip(app.accounts()).ok_or(Error::AccountsClosed)?;
    let secret = cookies::secret(&parts.headers, SESSION).map(str::to_owned);
    let signed = guard::signed(&accounts, secret.clone()).await?;
    let (largest, idle) = (desk.largest_form(), app.settings().limits.body_timeout);
    let mut body = pin!(body);
    let mut pieces = Pieces::of(body.as_mut(), largest, idle)?;
    let (Some(signed), Some(secret)) = (signed, secret) else {
        // The file is let go while it arrives; what was typed beside it comes back after signing in.
        let nobody = |_: &Form| Ok(());
        let limits = blobs::Limits { max: 0, floor: 0 };
        let mut taker = Taker::new(&parts.headers, None, limits, &nobody)?;
        while let Some(piece) = pieces.next().await? {
            taker.take(piece).await?;
        }
        return kept_form::ask(ctx, page, &parts.headers, &taker.finish()?.form);
    };
    let here = Here { app, ctx, desk, signed: Arc::new(signed), secret };
    let (room, mut refused) = match here.ask(Desk::room).await? {
        Ok(room) => (Some(room), None),
        Err(unfit) => (None, Some(problem(unfit)?)),
    };
    let (blobs, limits) =
        room.map_or((None, blobs::Limits { max: 0, floor: 0 }), |(blobs, limits)| (Some(blobs), limits));
    let check = |form: &Form| guard::form(&parts.headers, form, Some(&here.secret));
    let mut taker = Taker::new(&parts.headers, blobs, limits, &check)?;
    while let Some(piece) = pieces.next().await? {
        taker.take(piece).await?;
    }
    let Upload { form, file, refused: lost } = taker.finish()?;
    check(&form)?;
    if let Some(unfit) = lost {
        // Where less than the largest file has room, it is the teacher's room that is used up.
        let quota = matches!(unfit, Unfit::TooBig) && limits.max.saturating_add(4 << 20) < largest;
        refused = Some(problem(if quota { Unfit::Quota } else { unfit })?);
    }
    let sent = match (refused, file) {
        (Some(problem), _) => Sent::Refused(problem),
        (None, None) => Sent::Nothing,
        (None, Some((name, blob))) => match here.ask(move |desk, _| desk.look_into(&name, blob)).await? {
            Ok(brought) => Sent::Brought(brought),
            Err(unfit) => Sent::Refused(problem(unfit)?),
        },
    };
    match page {
        Workshop::New(genre) => here.begin(*genre, form, sent).await,
        Workshop::Edit(number) => here.save(*number, form, sent).await,
        _ => Err(Error::NotFound),
    }
}
