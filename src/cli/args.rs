//! The command line taken apart: which command, which settings. Whether the values are good is `config`'s work.

use std::{ffi::OsString, path::PathBuf};

use lexopt::{Arg, Error, Parser};

use super::Voice;
use crate::config::{Flags, SETTINGS, nearest};

/// What the program can be told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// Serve the portal.
    Serve,
    /// Judge a folder of lessons.
    Check,
    /// Print a settings file.
    Config,
    /// Copy the school's data.
    Backup,
    /// Bring a copy back.
    Restore,
    /// Look at the machine.
    Doctor,
    /// Try the machine and tell on one screen.
    Selftest,
    /// Build, verify or list packs.
    Pack,
    /// Bring a pack into the data folder.
    Import,
    /// People with an account.
    User,
    /// Write lessons into a folder that needs no server.
    Export,
}

impl Command {
    pub(super) const ALL: [Self; 11] = [
        Self::Serve,
        Self::Check,
        Self::Config,
        Self::Backup,
        Self::Restore,
        Self::Doctor,
        Self::Selftest,
        Self::Pack,
        Self::Import,
        Self::User,
        Self::Export,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Serve => "serve",
            Self::Check => "check",
            Self::Config => "config",
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::Doctor => "doctor",
            Self::Selftest => "selftest",
            Self::Pack => "pack",
            Self::Import => "import",
            Self::User => "user",
            Self::Export => "export",
        }
    }
}

/// A command line that can be understood.
#[derive(Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Line {
    pub(super) command: Option<Command>,
    pub(super) help: bool,
    pub(super) version: bool,
    /// What to judge, where to copy to, or what to bring back.
    pub(super) folder: Option<PathBuf>,
    /// Count what lessons cover instead of judging them, only for `check`.
    pub(super) coverage: bool,
    /// Answer for a program instead of a person, only for `doctor`.
    pub(super) json: bool,
    /// Settings, for `serve` and `doctor`; those of the data folder also for copies and `import`.
    pub(super) flags: Flags,
    /// What to do with which pack or person, only for `pack`, `import`, `export` and `user`.
    pub(super) words: Vec<OsString>,
    /// The secret key and the name to sign with, only for `pack`.
    pub(super) key: Option<PathBuf>,
    pub(super) signer: Option<String>,
    /// Take a pack though nobody known answers for it, only for `import`.
    pub(super) trust: bool,
    /// The folder that opens without a server, only for `export`.
    pub(super) kiosk: Option<PathBuf>,
    /// Where a pack of the school's own goes, only for `export`.
    pub(super) pack: Option<PathBuf>,
}

/// A command line that cannot.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    UnknownCommand(String),
    UnknownOption(String),
    /// The option exists and the command has no use for it.
    OptionOfAnotherCommand(String, Command),
    NoValue(String),
    NeedlessValue(String),
    TooMuch(String),
    /// The command needs to be told a folder.
    NoFolder(Command),
    /// The command needs more words than these.
    TooLittle(Command),
}

impl Line {
    pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Mistake> {
        let mut parser = Parser::from_args(arguments);
        let mut line = Self::default();
        while let Some(argument) = parser.next().map_err(Mistake::from)? {
            match argument {
                Arg::Short('h') | Arg::Long("help") => line.help = true,
                Arg::Short('V') | Arg::Long("version") => line.version = true,
                Arg::Long("coverage") => line.coverage = true,
                Arg::Long("json") => line.json = true,
                Arg::Long("trust") => line.trust = true,
                Arg::Long("key") => line.key = Some(parser.value().map_err(Mistake::from)?.into()),
                Arg::Long("kiosk") => line.kiosk = Some(parser.value().map_err(Mistake::from)?.into()),
                Arg::Long("pack") => line.pack = Some(parser.value().map_err(Mistake::from)?.into()),
                Arg::Long("signer") => {
                    let name = parser.value().map_err(Mistake::from)?;
                    line.signer = Some(name.to_string_lossy().into_owned());
                }
                Arg::Long(name) => {
                    let key = name.replace('-', "_");
                    if key != "config" && SETTINGS.iter().all(|setting| setting.key != key) {
                        return Err(Mistake::UnknownOption(format!("--{name}")));
                    }
                    let value = parser.value().map_err(Mistake::from)?;
                    line.flags.push((key, value.to_string_lossy().into_owned()));
                }
                Arg::Short(letter) => return Err(Mistake::UnknownOption(format!("-{letter}"))),
                Arg::Value(word) => line.take(word)?,
            }
        }
        let command = line.command.unwrap_or(Command::Serve);
        for (option, given, of) in [
            ("--coverage", line.coverage, Command::Check),
            ("--json", line.json, Command::Doctor),
            ("--trust", line.trust, Command::Import),
            ("--key", line.key.is_some(), Command::Pack),
            ("--signer", line.signer.is_some(), Command::Pack),
            ("--kiosk", line.kiosk.is_some(), Command::Export),
            ("--pack", line.pack.is_some(), Command::Export),
        ] {
            if given && command != of {
                return Err(Mistake::OptionOfAnotherCommand(option.to_owned(), command));
            }
        }
        let useless = |key: &str| match command {
            Command::Serve | Command::Doctor => false,
            Command::Pack
            | Command::Import
            | Command::User
            | Command::Backup
            | Command::Restore
            | Command::Selftest => !["data", "config"].contains(&key),
            Command::Export => !["data", "content", "config"].contains(&key),
            Command::Check | Command::Config => true,
        };
        if matches!(command, Command::Backup | Command::Restore) && line.folder.is_none() && !line.help {
            return Err(Mistake::NoFolder(command));
        }
        match line.flags.iter().find(|(key, _)| useless(key)) {
            Some((key, _)) => {
                Err(Mistake::OptionOfAnotherCommand(format!("--{}", key.replace('_', "-")), command))
            }
            _ => Ok(line),
        }
    }

    fn take(&mut self, word: OsString) -> Result<(), Mistake> {
        let text = word.to_string_lossy();
        match self.command {
            None if text == "help" => self.help = true,
            None => {
                let command = Command::ALL.into_iter().find(|command| command.name() == text);
                self.command = Some(command.ok_or_else(|| Mistake::UnknownCommand(text.into_owned()))?);
            }
            Some(Command::Check | Command::Backup | Command::Restore) if self.folder.is_none() => {
                self.folder = Some(word.into());
            }
            Some(Command::Pack) if self.words.len() < 3 => self.words.push(word),
            Some(Command::User) if self.words.len() < 2 => self.words.push(word),
            Some(Command::Import | Command::Export) if self.words.is_empty() => self.words.push(word),
            Some(_) => return Err(Mistake::TooMuch(text.into_owned())),
        }
        Ok(())
    }
}

impl Mistake {
    pub(super) fn sentence(&self, voice: &Voice) -> String {
        match self {
            Self::UnknownCommand(word) => {
                let names = Command::ALL.into_iter().map(Command::name).chain(["help"]);
                let near = nearest(word, names);
                voice.say_unknown("cli-unknown-command", &[("name", word)], near)
            }
            Self::UnknownOption(option) => {
                let mut known: Vec<String> = SETTINGS.iter().map(crate::config::Setting::flag).collect();
                let ours = [
                    "config", "coverage", "help", "json", "key", "kiosk", "pack", "signer", "trust",
                    "version",
                ];
                known.extend(ours.map(|name| format!("--{name}")));
                let near = nearest(option, known.iter().map(String::as_str));
                voice.say_unknown("cli-unknown-option", &[("name", option)], near)
            }
            Self::OptionOfAnotherCommand(option, command) => {
                voice.say("cli-option-of-another", &[("name", option), ("command", command.name())])
            }
            Self::NoValue(option) => voice.say("cli-option-without-value", &[("name", option)]),
            Self::NeedlessValue(option) => voice.say("cli-option-needless-value", &[("name", option)]),
            Self::NoFolder(command) => voice.say("cli-no-folder", &[("command", command.name())]),
            Self::TooMuch(word) => voice.say("cli-too-much", &[("word", word)]),
            Self::TooLittle(command) => voice.say("cli-too-little", &[("command", command.name())]),
        }
    }
}

impl From<Error> for Mistake {
    fn from(error: Error) -> Self {
        match error {
            Error::MissingValue { option } => Self::NoValue(option.unwrap_or_default()),
            Error::UnexpectedOption(option) => Self::UnknownOption(option),
            Error::UnexpectedValue { option, .. } => Self::NeedlessValue(option),
            Error::UnexpectedArgument(word) | Error::NonUnicodeValue(word) => {
                Self::TooMuch(word.to_string_lossy().into_owned())
            }
            Error::ParsingFailed { value, .. } => Self::TooMuch(value),
            Error::Custom(error) => Self::TooMuch(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Line, Mistake> {
        Line::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn a_command_takes_its_settings_before_and_after() {
        let line = parse("--listen 8081 serve --listen=8082 --max-body 5").unwrap();
        assert_eq!(line.command, Some(Command::Serve));
        let flags = [("listen", "8081"), ("listen", "8082"), ("max_body", "5")];
        assert_eq!(line.flags, flags.map(|(key, value)| (key.to_owned(), value.to_owned())));
        assert_eq!(parse(""), Ok(Line::default()));
        assert_eq!(
            parse("check lecciones").unwrap().folder.as_deref(),
            Some(std::path::Path::new("lecciones"))
        );
    }

    #[test]
    fn help_may_be_asked_in_every_way() {
        for asked in ["-h", "--help", "help"] {
            let line = parse(asked).unwrap();
            assert_eq!((line.help, line.command), (true, None), "{asked}");
        }
        for asked in ["help serve", "serve --help", "--help serve", "serve -h"] {
            let line = parse(asked).unwrap();
            assert_eq!((line.help, line.command), (true, Some(Command::Serve)), "{asked}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        assert_eq!(parse("sirve"), Err(Mistake::UnknownCommand("sirve".to_owned())));
        assert_eq!(parse("--lisen 1"), Err(Mistake::UnknownOption("--lisen".to_owned())));
        assert_eq!(parse("-x"), Err(Mistake::UnknownOption("-x".to_owned())));
        assert_eq!(parse("--listen"), Err(Mistake::NoValue("--listen".to_owned())));
        assert_eq!(parse("--help=yes"), Err(Mistake::NeedlessValue("--help".to_owned())));
        assert_eq!(parse("serve serve"), Err(Mistake::TooMuch("serve".to_owned())));
        assert_eq!(parse("backup"), Err(Mistake::NoFolder(Command::Backup)));
        let wrong_place = Mistake::OptionOfAnotherCommand("--listen".to_owned(), Command::Restore);
        assert_eq!(parse("restore usb --listen 1"), Err(wrong_place));
        assert!(parse("backup --data escuela usb").is_ok());
        assert_eq!(parse("check a b"), Err(Mistake::TooMuch("b".to_owned())));
        let wrong_place = Mistake::OptionOfAnotherCommand("--max-body".to_owned(), Command::Config);
        assert_eq!(parse("config --max-body 3"), Err(wrong_place));
        let wrong_place = Mistake::OptionOfAnotherCommand("--coverage".to_owned(), Command::Serve);
        assert_eq!(parse("--coverage"), Err(wrong_place));
        assert!(parse("check lecciones --coverage").unwrap().coverage);
        assert_eq!(parse("check --coverage=si"), Err(Mistake::NeedlessValue("--coverage".to_owned())));
    }
}
