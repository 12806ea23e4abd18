//! Log lines on stderr: time in Peru, level, message, fields. A problem is logged once, where it is handled, in English,
//! with its cause. Never a person's name, an address of a client, what was searched, or a path with content.

use std::{fmt, io, panic};

use tracing::Level;
use tracing_subscriber::fmt::{format::Writer, time::FormatTime};

use crate::clock::Clock;

/// Starts logging, and logs panics as well. A second call changes nothing.
pub(super) fn start(level: Level, clock: Clock) {
    let started = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(false)
        .with_target(false)
        .with_timer(Watch(clock))
        .with_max_level(level)
        .log_internal_errors(false)
        .try_init();
    if started.is_ok() {
        panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let payload = panic.payload();
            let text = payload.downcast_ref::<&str>().copied();
            let cause = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
            tracing::error!(
                place,
                cause = cause.unwrap_or("of unknown kind"),
                "panic; the request or task it happened in is lost"
            );
        }));
    }
}

struct Watch(Clock);

impl FormatTime for Watch {
    fn format_time(&self, out: &mut Writer<'_>) -> fmt::Result {
        write!(out, "{}", self.0.local().strftime("%F %T"))
    }
}
