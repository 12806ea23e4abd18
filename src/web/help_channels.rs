//! Help channels as pages show them: in the reader's language, with a warning when their facts are old.

use crate::{
    domain::{
        channel::{Channel, Identity, Print},
        fragment::escape,
        id::Slug,
        lang::{Lang, Localized},
    },
    i18n::format,
    web::{
        frame::Ctx,
        views::{
            help::{ChannelView, RouteStep},
            lesson::Text,
        },
    },
};

/// Contacts up to this length, in characters, are a number to be shown large.
const SHORT_CONTACT: usize = 16;

/// The channels with these codes, in the order of the route of help; those this school has nothing to say about are
/// left out.
pub(crate) fn some(ctx: &Ctx<'_>, codes: &[Slug]) -> Vec<ChannelView> {
    let mut channels =
        ctx.shelf.library.channels().iter().filter(|c| codes.contains(&c.id)).collect::<Vec<_>>();
    channels.sort_by_key(|channel| channel.step);
    channels.into_iter().filter(|channel| usable(channel)).map(|channel| view(ctx, channel)).collect()
}

/// The steps of the route of help with their channels, immediate danger first.
pub(crate) fn route(ctx: &Ctx<'_>) -> Vec<RouteStep> {
    let mut channels = ctx.shelf.library.channels().iter().filter(|c| usable(c)).collect::<Vec<_>>();
    // What belongs to this place comes first within its step.
    channels.sort_by_key(|channel| (channel.step, !channel.local));
    let mut steps: Vec<RouteStep> = Vec::new();
    for channel in channels {
        let view = view(ctx, channel);
        match steps.last_mut().filter(|step| step.step == channel.step) {
            Some(step) => step.channels.push(view),
            None => steps.push(RouteStep { step: channel.step, channels: vec![view] }),
        }
    }
    steps
}

/// Whether there is anything to reach: a local channel without contact is a form nobody has filled in.
fn usable(channel: &Channel) -> bool {
    channel.contact.best(Lang::ES).is_some_and(|(_, contact)| !contact.trim().is_empty())
}

/// A channel as a page shows it.
fn view(ctx: &Ctx<'_>, channel: &Channel) -> ChannelView {
    let draft = ctx.shelf.has_drafts(ctx.lang);
    let text = |text: &Localized<String>| {
        let (lang, value) =
            text.best(ctx.lang).map_or((Lang::ES, ""), |(lang, value)| (lang, value.as_str()));
        let spanish = text.get(Lang::ES).filter(|spanish| draft && lang != Lang::ES && *spanish != value);
        Text::new(escape(value), spanish.map(|spanish| escape(spanish)))
    };
    ChannelView {
        id: channel.id.to_string(),
        name: text(&channel.name),
        purpose: text(&channel.purpose),
        contact: text(&channel.contact),
        short: channel.contact.0.values().all(|contact| contact.chars().count() <= SHORT_CONTACT),
        hours: channel.hours.best(ctx.lang).is_some().then(|| text(&channel.hours)),
        identity: match channel.identity {
            Identity::Confidential => "confidential",
            Identity::Anonymous => "anonymous",
            Identity::Named => "named",
            Identity::Unknown => "unknown",
        },
        verified: channel.verified.map(|day| format::date(&ctx.shelf.messages, ctx.lang, day)),
        expired: channel.expired(ctx.today),
        printable: channel.print != Print::No,
        local: channel.local,
    }
}
