//! `amauta backup` and `amauta restore`: the school's data to another folder and back. How it is done is `store::backup`'s.

use std::process::ExitCode;

use anyhow::{Error as Told, anyhow};

use super::{Failure, Voice, args::Line, config};
use crate::{
    clock::Clock,
    config::{Environment, load},
    store::backup::{self, Error},
};

/// Exit code for work that is done save for what was damaged before.
const IN_PART: u8 = 3;

pub(super) fn make(line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let data = data(line, environment, voice)?;
    let target = line.folder.as_deref().unwrap_or(&data);
    let made = backup::make(&data, target, &Clock::system()).map_err(|error| failure(error, voice))?;
    let folder = made.folder.display().to_string();
    let (files, copied) = (made.files.to_string(), made.copied.to_string());
    let args = [("folder", folder.as_str()), ("files", &files), ("copied", &copied)];
    finish(voice.say("cli-backup-made", &args), &made.hurt, voice)
}

pub(super) fn restore(line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let data = data(line, environment, voice)?;
    let from = line.folder.as_deref().unwrap_or(&data);
    let restored = backup::restore(from, &data).map_err(|error| failure(error, voice))?;
    let (folder, files) = (restored.backup.display().to_string(), restored.files.to_string());
    let mut text = voice.say("cli-restore-made", &[("folder", folder.as_str()), ("files", &files)]);
    if !restored.records {
        text.push('\n');
        text.push_str(&voice.say("cli-restore-no-records", &[]));
    }
    finish(text, &restored.hurt, voice)
}

fn finish(mut text: String, hurt: &[String], voice: &Voice) -> Result<ExitCode, Failure> {
    for file in hurt {
        text.push('\n');
        text.push_str(&voice.say("cli-backup-hurt", &[("file", file)]));
    }
    text.push('\n');
    let code = voice.print(&text)?;
    Ok(if hurt.is_empty() { code } else { ExitCode::from(IN_PART) })
}

fn data(line: &Line, environment: &Environment, voice: &Voice) -> Result<std::path::PathBuf, Failure> {
    let config = load(&line.flags, environment);
    config.map(|config| config.data).map_err(|faults| Failure::Broken(config::error(voice, &faults)))
}

fn failure(error: Error, voice: &Voice) -> Failure {
    let at = |id: &str, path: &std::path::Path| voice.say(id, &[("path", &path.display().to_string())]);
    Failure::Broken(match error {
        Error::NoRecords(path) => anyhow!("{}", at("cli-backup-no-records", &path)),
        Error::Records(error) => Told::new(error).context(voice.say("cli-backup-records", &[])),
        Error::NotWritten(path) => anyhow!("{}", at("cli-backup-not-written", &path)),
        Error::Busy(path) => anyhow!("{}", at("cli-backup-busy", &path)),
        Error::Full(path) => anyhow!("{}", at("cli-backup-full", &path)),
        Error::ReadOnly(path) => anyhow!("{}", at("cli-backup-read-only", &path)),
        Error::Io { path, error } => Told::new(error).context(at("cli-backup-io", &path)),
        Error::NoBackup(path) => anyhow!("{}", at("cli-backup-no-backup", &path)),
        Error::NotEmpty(path) => anyhow!("{}", at("cli-backup-not-empty", &path)),
        Error::Newer { program, .. } => {
            anyhow!("{}", voice.say("cli-backup-newer", &[("program", &program)]))
        }
    })
}
