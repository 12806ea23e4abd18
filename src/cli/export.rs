//! `amauta export`: lessons as a folder that opens without a server, and what the school made as a pack for other schools.

use std::{path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context as _, Error};

use super::{
    Failure, Voice,
    args::{Command, Line, Mistake},
    check, config,
    pack::tell,
};
use crate::{
    auth::Accounts,
    clock::Clock,
    config::{Environment, load},
    domain::{finding::Problem, id::Slug},
    packs::{self, Made, Naming},
    store::school,
    submissions::{self, Desk},
    web::{
        assets::Assets,
        shelf::{Folders, Indexing, Shelf},
        takehome::{Kiosk, kiosk},
    },
};

/// All lessons.
const ALL: &str = "todas";

pub(super) fn run(line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    if let Some(into) = &line.pack {
        return pack(into, line, environment, voice);
    }
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

fn pack(into: &Path, line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let name = line.words.first().ok_or(Failure::Usage(Mistake::TooLittle(Command::Export)))?;
    let name = name.to_string_lossy();
    let config = load(&line.flags, environment);
    let config = config.map_err(|faults| Failure::Broken(config::error(voice, &faults)))?;
    let clock = Clock::system();
    if !clock.plausible() {
        return Err(Failure::Broken(Error::msg(voice.say("cli-export-no-date", &[]))));
    }
    let slug = name
        .parse()
        .map_err(|_| Failure::Broken(Error::msg(voice.say("cli-export-bad-name", &[("name", &name)]))))?;
    let own = config.data.join("lessons");
    let own = config.content.as_deref().unwrap_or(&own);
    // What teachers published is laid out as the server does it, which may not be running.
    let broken =
        |why: String| Failure::Broken(Error::msg(voice.say("cli-export-records", &[("cause", &why)])));
    let records = config.data.join(school::FILE);
    let accounts = Accounts::open(&records, clock.clone()).map_err(|error| broken(error.to_string()))?;
    let desk = Desk::open(&config.data, Arc::new(accounts), config.uploads);
    let (works, hidden) = (config.data.join(submissions::FOLDER), desk.hidden());
    let title = config.school_name.as_deref().unwrap_or(&name);
    let naming = Naming { name: &slug, title, day: clock.today() };
    let signing = packs::own_signing(&config.data, None).map_err(|why| {
        let problem = Problem { file: String::new(), finding: why };
        Failure::Broken(Error::msg(check::line(&problem, Some(&config.data), voice)))
    })?;
    // Beside the pack: a stick has room for both, or for none.
    let work = into.join(format!(".{slug}.work"));
    let made = Made { own, works: &works, hidden: &hidden };
    match packs::gather(made, into, &work, &naming, signing.as_ref()) {
        Ok((folder, problems)) => {
            let done = voice.say("cli-pack-built", &[("folder", &folder.display().to_string())]);
            tell(&(done + "\n"), own, &problems, voice)
        }
        Err(problems) => tell("", own, &problems, voice),
    }
}

fn made(folders: &Folders, name: &Slug, folder: &Path) -> anyhow::Result<Kiosk> {
    let today = Clock::system().today();
    let shelf = Arc::new(Shelf::load(folders, &Assets::load(), today, Arc::default(), Indexing::default())?);
    kiosk(&shelf, name, today, folder)
}
