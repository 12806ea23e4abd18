//! The command line: reads it, runs one command, and tells in Spanish what went wrong. One file for each command; what
//! they do belongs to the modules below.

mod args;
mod backup;
mod check;
mod config;
mod coverage;
mod doctor;
mod export;
mod help;
mod log;
mod pack;
mod selftest;
mod serve;
mod user;
#[cfg(debug_assertions)]
mod watch;

use std::{
    cell::RefCell,
    ffi::OsString,
    io::{self, Write as _},
    process::ExitCode,
};

use anyhow::Error;

use self::args::{Command, Line};
use crate::{
    config::Environment,
    domain::lang::Lang,
    i18n::{self, Messages, Value},
};

/// Exit code for a command line that cannot be understood.
const USAGE: u8 = 2;

/// Runs the command that the arguments (without the program's name) ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> ExitCode {
    let voice = Voice::default();
    let done =
        Line::parse(arguments).map_err(Failure::Usage).and_then(|line| dispatch(&line, environment, &voice));
    match done {
        Ok(code) => code,
        Err(failure) => failure.tell(&voice),
    }
}

fn dispatch(line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    if line.version {
        return voice.print(&format!("amauta {}\n", env!("CARGO_PKG_VERSION")));
    }
    if line.help {
        return voice.print(&help::text(voice, line.command));
    }
    match line.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&line.flags, environment, voice),
        Command::Check if line.coverage => check::coverage(line.folder.as_deref(), voice),
        Command::Check => check::run(line.folder.as_deref(), voice),
        Command::Doctor => doctor::run(&line.flags, line.json, environment, voice),
        Command::Selftest => selftest::run(&line.flags, environment, voice),
        Command::Pack => pack::run(line, environment, voice),
        Command::Import => pack::import(line, environment, voice),
        Command::User => user::run(line, environment, voice),
        Command::Export => export::run(line, environment, voice),
        Command::Config => voice.print(&config::template(voice, environment)),
        Command::Backup => backup::make(line, environment, voice),
        Command::Restore => backup::restore(line, environment, voice),
    }
}

/// The program's sentences, read with the first that is said.
#[derive(Default)]
struct Voice {
    messages: RefCell<Option<Messages>>,
}

impl Voice {
    /// A sentence. Technicians' texts exist in Spanish only.
    fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<(&str, Value<'_>)> =
            args.iter().map(|(name, value)| (*name, Value::from(*value))).collect();
        let mut messages = self.messages.borrow_mut();
        // The embedded texts are tested; whatever is still wrong with them costs single sentences.
        let messages = messages.get_or_insert_with(|| Messages::load(i18n::embedded_console()).0);
        messages.text(Lang::ES, id, &args).into_owned()
    }

    /// Lets the sentences go: who serves all year has none to say. The next one reads them again.
    fn rest(&self) {
        self.messages.take();
    }

    /// A sentence about a name that does not exist, and the one that was perhaps meant.
    fn say_unknown(&self, id: &str, args: &[(&str, &str)], nearest: Option<&str>) -> String {
        let mut text = self.say(id, args);
        if let Some(nearest) = nearest {
            text.push(' ');
            text.push_str(&self.say("cli-did-you-mean", &[("nearest", nearest)]));
        }
        text
    }

    /// Writes to stdout. A reader that went away (`| head`) is no failure.
    fn print(&self, text: &str) -> Result<ExitCode, Failure> {
        match io::stdout().lock().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::Broken(Error::new(error).context(self.say("cli-cannot-print", &[]))))
            }
            _ => Ok(ExitCode::SUCCESS),
        }
    }
}

/// Why a command did not do its work.
enum Failure {
    /// The command line is wrong.
    Usage(args::Mistake),
    /// Something else, told with its causes; every sentence is already in the user's language.
    Broken(Error),
}

impl Failure {
    fn tell(self, voice: &Voice) -> ExitCode {
        let (text, code) = match self {
            Self::Usage(mistake) => {
                let hint = voice.say("cli-usage-hint", &[]);
                (format!("{}\n{hint}\n", mistake.sentence(voice)), ExitCode::from(USAGE))
            }
            Self::Broken(error) => {
                let mut causes = error.chain();
                let mut text = causes.next().map(ToString::to_string).unwrap_or_default();
                for cause in causes {
                    text.push_str("\n  ");
                    text.push_str(&voice.say("cli-because", &[("cause", &cause.to_string())]));
                }
                (text + "\n", ExitCode::FAILURE)
            }
        };
        // When even stderr is closed, the exit code says it.
        io::stderr().lock().write_all(format!("amauta: {text}").as_bytes()).ok();
        code
    }
}
