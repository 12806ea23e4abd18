//! `amauta user`: people with an account, for who sits at the machine. What it does is `auth`'s; a server that runs sees it
//! at once.

use std::process::ExitCode;

use anyhow::{Error, anyhow};

use super::{
    Failure, Voice,
    args::{Command, Line, Mistake},
    config,
};
use crate::{
    auth::{Accounts, Refused},
    clock::Clock,
    config::{Environment, load},
    store::school::{self, Person, Role, Status},
    web::routes::{Account, Page, Route},
};

pub(super) fn run(line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let words: Vec<String> = line.words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (what, whom) = match words.as_slice() {
        ["list"] => ("list", ""),
        [what @ ("add" | "reset" | "disable" | "enable"), whom] => (*what, *whom),
        [] | ["add" | "reset" | "disable" | "enable"] => {
            return Err(Failure::Usage(Mistake::TooLittle(Command::User)));
        }
        [.., last] => return Err(Failure::Usage(Mistake::TooMuch((*last).to_owned()))),
    };
    let settings = load(&line.flags, environment);
    let settings = settings.map_err(|faults| Failure::Broken(config::error(voice, &faults)))?;
    let path = settings.data.join(school::FILE);
    if !path.is_file() {
        let folder = settings.data.display().to_string();
        return Err(Failure::Broken(anyhow!("{}", voice.say("cli-user-no-school", &[("folder", &folder)]))));
    }
    let accounts = Accounts::open(&path, Clock::system())
        .map_err(|error| Failure::Broken(Error::new(error).context(voice.say("cli-user-closed", &[]))))?;
    let code = |code: String| {
        let path = Route::Page(settings.default_lang, Page::Account(Account::Invitation)).path();
        voice.say("cli-user-code", &[("code", &code), ("path", &path)])
    };
    let refused = |error: Refused| failure(error, voice);
    let text = match what {
        "list" => list(&accounts.people().map_err(refused)?, voice),
        "add" => {
            let role = Role::of(whom).ok_or_else(|| {
                Failure::Broken(anyhow!("{}", voice.say("cli-user-no-role", &[("role", whom)])))
            })?;
            code(accounts.invite(role, None).map_err(refused)?)
        }
        what => {
            let login = whom.trim().to_lowercase();
            let mut people = accounts.people().map_err(refused)?.into_iter();
            let person = people.find(|person| person.login == login).ok_or_else(|| {
                Failure::Broken(anyhow!("{}", voice.say("cli-user-unknown", &[("login", whom)])))
            })?;
            if what == "reset" {
                code(accounts.invite_reset(person.id, None).map_err(refused)?)
            } else {
                let status = if what == "enable" { Status::Active } else { Status::Disabled };
                accounts.set_status(person.id, status, None).map_err(refused)?;
                list(&[Person { status, ..person }], voice)
            }
        }
    };
    voice.print(&format!("{text}\n"))
}

fn list(people: &[Person], voice: &Voice) -> String {
    let line = |person: &Person| {
        let role = match person.role {
            Role::Teacher => "cli-user-teacher",
            Role::Coordinator => "cli-user-coordinator",
            Role::Technician => "cli-user-technician",
        };
        let standing = match person.status {
            Status::Active => "cli-user-active",
            Status::Disabled => "cli-user-disabled",
        };
        format!("{}\t{}\t{}\t{}", person.login, voice.say(role, &[]), voice.say(standing, &[]), person.name)
    };
    if people.is_empty() {
        voice.say("cli-user-nobody", &[])
    } else {
        people.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn failure(error: Refused, voice: &Voice) -> Failure {
    Failure::Broken(match error {
        Refused::LastTechnician => anyhow!("{}", voice.say("cli-user-last", &[])),
        Refused::Full => anyhow!("{}", voice.say("cli-user-full", &[])),
        error => Error::new(error).context(voice.say("cli-user-closed", &[])),
    })
}
