//! `amauta export`: lessons as a folder that opens without a server.

use std::{path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context as _, Error};

use super::{
    Failure, Voice,
    args::{Command, Line, Mistake},
    config,
};
use crate::{
    clock::Clock,
    config::{Environment, load},
    web::{
        assets::Assets,
        shelf::{Folders, Indexing, Shelf},
        takehome::{Kiosk, kiosk},
    },
};

/// All lessons.
const ALL: &str = "todas";

pub(super) fn run(line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let folder = line.kiosk.as_deref().ok_or(Failure::Usage(Mistake::TooLittle(Command::Export)))?;
    let name = line.words.first().map_or(ALL.into(), |word| word.to_string_lossy());
    let config = load(&line.flags, environment);
    let config = config.map_err(|faults| Failure::Broken(config::error(voice, &faults)))?;
    let unknown = || Failure::Broken(Error::msg(voice.say("cli-export-unknown", &[("name", &name)])));
    let slug = name.parse().map_err(|_| unknown())?;
    let folders = Folders { content: config.content, data: Some(config.data) };
    let shown = folder.display().to_string();
    let made =
        made(&folders, &slug, folder).with_context(|| voice.say("cli-export-failed", &[("folder", &shown)]));
    match made.map_err(Failure::Broken)? {
        Kiosk::Unknown => Err(unknown()),
        Kiosk::Taken => {
            Err(Failure::Broken(Error::msg(voice.say("cli-export-taken", &[("folder", &shown)]))))
        }
        Kiosk::Made(files) => {
            let args = [("folder", shown.as_str()), ("files", &files.to_string())];
            voice.print(&(voice.say("cli-export-made", &args) + "\n"))
        }
    }
}

fn made(folders: &Folders, name: &crate::domain::id::Slug, folder: &Path) -> anyhow::Result<Kiosk> {
    let today = Clock::system().today();
    let shelf = Arc::new(Shelf::load(folders, &Assets::load(), today, Indexing::default())?);
    kiosk(&shelf, name, today, folder)
}
