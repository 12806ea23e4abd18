//! `/es/ayuda`: the route of help, from immediate danger and the nearest person to the lines.

use crate::web::{
    error::Error,
    frame::Ctx,
    help_channels,
    views::{
        frame::Section,
        help::{HelpView, RouteStep},
    },
};

/// `/es/ayuda`
pub(crate) fn page(ctx: &Ctx<'_>) -> Result<String, Error> {
    let mut channels =
        ctx.shelf.library.channels().iter().filter(|c| help_channels::usable(c)).collect::<Vec<_>>();
    // What belongs to this place comes first within its step.
    channels.sort_by_key(|channel| (channel.step, !channel.local));
    let mut steps: Vec<RouteStep> = Vec::new();
    for channel in channels {
        let view = help_channels::view(ctx, channel);
        match steps.last_mut().filter(|step| step.step == channel.step) {
            Some(step) => step.channels.push(view),
            None => steps.push(RouteStep { step: channel.step, channels: vec![view] }),
        }
    }
    ctx.render(&HelpView { frame: ctx.frame(Section::Help), steps })
}
