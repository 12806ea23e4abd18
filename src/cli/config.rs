//! `amauta config`: a settings file with every setting explained and set to its default, all commented out. It also
//! tells what is wrong with settings.

use std::fmt::Write as _;

use anyhow::{Error, anyhow};

use super::Voice;
use crate::config::{Config, Environment, Fault, SETTINGS, Source};

/// The file. Taking the `#` away from a line like `#workers = 0` makes that setting count.
pub(super) fn template(voice: &Voice, environment: &Environment) -> String {
    let defaults = Config::defaults(environment);
    let mut out = comment(&voice.say("cli-template-intro", &[]));
    for setting in SETTINGS {
        out.push('\n');
        out.push_str(&comment(&voice.say(&format!("cli-setting-{}", setting.dashed()), &[])));
        writeln!(out, "#{} = {}", setting.key, setting.value(&defaults)).ok();
    }
    out
}

/// All faults as one error, a line for each.
pub(super) fn error(voice: &Voice, faults: &[Fault]) -> Error {
    let lines: Vec<String> = faults.iter().map(|fault| sentence(voice, fault)).collect();
    anyhow!("{}", lines.join("\n"))
}

fn sentence(voice: &Voice, fault: &Fault) -> String {
    let source = match &fault.source {
        Source::Flag(name) => voice.say("cli-source-flag", &[("name", name)]),
        Source::Variable(name) => voice.say("cli-source-variable", &[("name", name)]),
        Source::File(file, 0) => file.display().to_string(),
        Source::File(file, line) => format!("{}:{line}", file.display()),
    };
    let mut args: Vec<(&str, &str)> =
        fault.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    args.push(("source", &source));
    voice.say_unknown(fault.id, &args, fault.nearest.as_deref())
}

fn comment(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "#\n".to_owned() } else { format!("# {line}\n") }).collect()
}
