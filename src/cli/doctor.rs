//! `amauta doctor`: looks at the machine and tells how it is and what to do. The rules are `health`'s.

use std::{fmt::Write as _, process::ExitCode};

use anyhow::Error;
use serde_json::json;

use super::{Failure, Voice, config};
use crate::{
    clock::Clock,
    config::{Environment, Flags, load},
    health::{Check, Facts, Outcome, gather, judge},
    web::shelf::Folders,
};

/// Prints every check. Ends with 2 when something does not work, with 1 when somebody should look, else with 0.
pub(super) fn run(
    flags: &Flags,
    json: bool,
    environment: &Environment,
    voice: &Voice,
) -> Result<ExitCode, Failure> {
    let config = load(flags, environment);
    let config = config.map_err(|faults| Failure::Broken(config::error(voice, &faults)))?;
    let clock = Clock::system();
    let folders = Folders { content: config.content, data: Some(config.data) };
    let content = folders.mistakes(clock.today());
    let place = gather::Place { data: folders.data.as_deref(), listen: &config.listen, content };
    let packs = folders.data.as_deref().map(gather::packs);
    let checks = judge(&Facts { packs, ..gather::gather(place, &clock) });
    let worst = checks.iter().map(|check| check.outcome).max().unwrap_or(Outcome::Unknown);
    let told: Vec<[String; 4]> =
        checks.iter().map(|check| check.tell(|id, args| voice.say(id, args))).collect();
    voice.print(&if json { as_json(&checks, &told)? } else { as_text(&told) })?;
    Ok(match worst {
        Outcome::Error => ExitCode::from(2),
        Outcome::Warning => ExitCode::from(1),
        Outcome::Ok | Outcome::Unknown => ExitCode::SUCCESS,
    })
}

fn as_text(told: &[[String; 4]]) -> String {
    let mut out = String::new();
    for [outcome, title, what, cure] in told {
        writeln!(out, "{outcome:<9} {title}: {what}").ok();
        if !cure.is_empty() {
            writeln!(out, "          → {cure}").ok();
        }
    }
    out
}

fn as_json(checks: &[Check], told: &[[String; 4]]) -> Result<String, Failure> {
    let rows: Vec<_> = checks
        .iter()
        .zip(told)
        .map(|(check, [_, title, what, cure])| {
            json!({
                "check": check.name, "outcome": check.outcome.name(),
                "title": title, "what": what, "cure": cure,
            })
        })
        .collect();
    let text = serde_json::to_string_pretty(&rows).map_err(|error| Failure::Broken(Error::new(error)))?;
    Ok(text + "\n")
}
