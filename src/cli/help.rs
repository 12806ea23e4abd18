//! `--help`: what the program and each command do, and every setting in one place.

use std::fmt::Write as _;

use super::{Voice, args::Command};
use crate::config::SETTINGS;

/// The help of a command, or of the program.
pub(super) fn text(voice: &Voice, command: Option<Command>) -> String {
    let mut out = match command {
        None => voice.say("cli-help", &[("version", env!("CARGO_PKG_VERSION"))]),
        Some(command) => voice.say(&format!("cli-help-{}", command.name()), &[]),
    };
    out.push('\n');
    if matches!(command, None | Some(Command::Serve)) {
        out.push('\n');
        out.push_str(&voice.say("cli-help-options", &[]));
        out.push('\n');
        option(&mut out, voice, "--config", "config");
        for setting in SETTINGS {
            option(&mut out, voice, &setting.flag(), &setting.dashed());
        }
    }
    out
}

fn option(out: &mut String, voice: &Voice, flag: &str, name: &str) {
    let id = format!("cli-setting-{name}");
    let value = voice.say(&format!("{id}.value"), &[]);
    writeln!(out, "\n  {flag} {value}").ok();
    for line in voice.say(&id, &[]).lines() {
        writeln!(out, "      {line}").ok();
    }
}
