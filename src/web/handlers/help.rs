//! `/es/ayuda`: the route of help, from immediate danger and the nearest person to the lines.

use crate::web::{
    error::Error,
    frame::Ctx,
    help_channels,
    views::{frame::Section, help::HelpView},
};

/// `/es/ayuda`
pub(crate) fn page(ctx: &Ctx<'_>) -> Result<String, Error> {
    ctx.render(&HelpView { frame: ctx.frame(Section::Help), steps: help_channels::route(ctx) })
}
