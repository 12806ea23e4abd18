//! Settings of the program, gathered from flags, variables, a TOML file and defaults, in this order of strength. What a
//! limit means stands beside its owner (`web::server::Limits`); here it gets its name, its bounds and its source. Only
//! `cli` uses this; an owner receives its own part. This is the only reader of the environment.

mod value;

use std::{
    collections::BTreeMap,
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use toml::de::{DeTable, DeValue};

use tracing::Level;

use self::value::{Refusal, address, any, choice, not_empty, number, one, quoted, seconds, small};
use crate::{
    domain::lang::Lang,
    submissions, upkeep,
    web::{
        Portal,
        server::{Limits, Operations},
    },
};

/// Where the program listens when nobody says otherwise.
const DEFAULT_PORT: u16 = 8080;

/// Name of the file looked for in the data folder.
const FILE_NAME: &str = "amauta.toml";

/// The file of a machine that runs the program as a service.
const SYSTEM_FILE: &str = "/etc/amauta/amauta.toml";

/// Where a service without a home keeps its data.
const SYSTEM_DATA: &str = "/var/lib/amauta";

/// Prefix of all our variables.
const PREFIX: &str = "AMAUTA_";

/// All settings, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Addresses to listen on.
    pub listen: Vec<SocketAddr>,
    /// The folder of everything this school has made or received.
    pub data: PathBuf,
    /// A folder of lessons laid over the built-in ones.
    pub content: Option<PathBuf>,
    /// What the server does by itself.
    pub upkeep: upkeep::Settings,
    /// The school's name, shown on every page.
    pub school_name: Option<String>,
    /// Language for browsers that ask for none we have.
    pub default_lang: Lang,
    /// Threads that answer; 0 and 1 mean all work on the main one.
    pub workers: usize,
    /// What clients may take.
    pub limits: Limits,
    /// How much teachers may bring.
    pub uploads: submissions::Limits,
    /// The command that switches the machine off; empty: nobody may from a page.
    pub power_off: String,
    /// Who may read the technician's pages.
    pub operations: Operations,
    /// What phones are told that ask for the internet.
    pub portal: Portal,
    /// Least grave message that is logged.
    pub log: Level,
    /// Keys of the settings that were given somewhere.
    pub given: Vec<&'static str>,
}

impl Config {
    /// What holds when nothing is set.
    pub fn defaults(environment: &Environment) -> Self {
        Self {
            listen: vec![any(DEFAULT_PORT)],
            data: default_data(environment),
            content: None,
            upkeep: upkeep::Settings::default(),
            school_name: None,
            default_lang: Lang::ES,
            workers: 0,
            limits: Limits::default(),
            uploads: submissions::Limits::default(),
            power_off: String::new(),
            operations: Operations::Loopback,
            portal: Portal::Off,
            log: Level::INFO,
            given: Vec::new(),
        }
    }
}

/// The variables of the process that concern us.
#[derive(Debug, Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Reads them, once, at the start.
    pub fn read() -> Self {
        let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
        std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect()
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        let ours = |name: &str| name.starts_with(PREFIX) || name == "HOME" || name == "XDG_DATA_HOME";
        Self(pairs.into_iter().filter(|(name, _)| ours(name)).collect())
    }
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A flag, `--listen`.
    Flag(String),
    /// A variable, `AMAUTA_LISTEN`.
    Variable(String),
    /// A line of a file, from 1; 0 when it is about the whole file.
    File(PathBuf, usize),
}

/// What is wrong with a setting: a Fluent id of `cli.ftl`, its arguments, and where the value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Fluent id, `cli-config-…`.
    pub id: &'static str,
    /// Arguments of the message besides `source`.
    pub args: Vec<(&'static str, String)>,
    /// Who to blame.
    pub source: Source,
    /// The name that was perhaps meant, when an unknown one was written.
    pub nearest: Option<String>,
}

impl Fault {
    fn new(id: &'static str, args: Vec<(&'static str, String)>, source: Source) -> Self {
        Self { id, args, source, nearest: None }
    }
}

/// One setting. Its name makes the flag (`--max-body`), the variable (`AMAUTA_MAX_BODY`), the key in the file
/// (`max_body`) and the Fluent ids of its description (`cli-setting-max-body`).
pub struct Setting {
    /// Key in the file.
    pub key: &'static str,
    /// Whether several values may be given.
    pub repeatable: bool,
    set: fn(&mut Config, &[String]) -> Result<(), Refusal>,
    show: fn(&Config) -> String,
}

impl Setting {
    /// The flag, with its dashes.
    pub fn flag(&self) -> String {
        format!("--{}", self.dashed())
    }

    /// The variable.
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.key.to_ascii_uppercase())
    }

    /// The key with dashes, as it stands in Fluent ids.
    pub fn dashed(&self) -> String {
        self.key.replace('_', "-")
    }

    /// The value in a configuration, as TOML.
    pub fn value(&self, config: &Config) -> String {
        (self.show)(config)
    }
}

/// The words for what phones are told.
const PORTAL: [(&str, Portal); 3] = [("off", Portal::Off), ("open", Portal::Open), ("quiet", Portal::Quiet)];

/// Every setting, in the order of the template and the help.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "listen",
        repeatable: true,
        set: |config, values| {
            config.listen = values.iter().map(|text| address(text)).collect::<Result<_, _>>()?;
            if config.listen.is_empty() { Err(Refusal::new("cli-config-empty")) } else { Ok(()) }
        },
        show: |config| {
            let all: Vec<String> = config.listen.iter().map(|address| quoted(&address.to_string())).collect();
            format!("[{}]", all.join(", "))
        },
    },
    Setting {
        key: "data",
        repeatable: false,
        set: |config, values| not_empty(values).map(|text| config.data = text.into()),
        show: |config| quoted(&config.data.to_string_lossy()),
    },
    Setting {
        key: "content",
        repeatable: false,
        set: |config, values| {
            config.content = one(values).filter(|text| !text.is_empty()).map(PathBuf::from);
            Ok(())
        },
        show: |config| quoted(&config.content.as_deref().unwrap_or(Path::new("")).to_string_lossy()),
    },
    Setting {
        key: "backups",
        repeatable: false,
        set: |config, values| {
            config.upkeep.backups = one(values).filter(|text| !text.is_empty()).map(PathBuf::from);
            Ok(())
        },
        show: |config| quoted(&config.upkeep.backups.as_deref().unwrap_or(Path::new("")).to_string_lossy()),
    },
    Setting {
        key: "school_name",
        repeatable: false,
        set: |config, values| {
            config.school_name =
                one(values).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
            Ok(())
        },
        show: |config| quoted(config.school_name.as_deref().unwrap_or_default()),
    },
    Setting {
        key: "default_lang",
        repeatable: false,
        set: |config, values| {
            let lang = not_empty(values)?.parse().map_err(|_| Refusal::new("cli-config-bad-lang"))?;
            config.default_lang = lang;
            Ok(())
        },
        show: |config| quoted(config.default_lang.as_str()),
    },
    Setting {
        key: "workers",
        repeatable: false,
        set: |config, values| number(values, 0, 64).and_then(|n| small(n, &mut config.workers)),
        show: |config| config.workers.to_string(),
    },
    Setting {
        key: "max_connections",
        repeatable: false,
        set: |config, values| {
            number(values, 1, 60_000).and_then(|n| small(n, &mut config.limits.max_connections))
        },
        show: |config| config.limits.max_connections.to_string(),
    },
    Setting {
        key: "header_timeout",
        repeatable: false,
        set: |config, values| seconds(values).map(|time| config.limits.header_timeout = time),
        show: |config| config.limits.header_timeout.as_secs().to_string(),
    },
    Setting {
        key: "body_timeout",
        repeatable: false,
        set: |config, values| seconds(values).map(|time| config.limits.body_timeout = time),
        show: |config| config.limits.body_timeout.as_secs().to_string(),
    },
    Setting {
        key: "idle_timeout",
        repeatable: false,
        set: |config, values| seconds(values).map(|time| config.limits.idle_timeout = time),
        show: |config| config.limits.idle_timeout.as_secs().to_string(),
    },
    Setting {
        key: "max_body",
        repeatable: false,
        set: |config, values| {
            number(values, 1024, 1024 * 1024 * 1024).map(|bytes| config.limits.max_body = bytes)
        },
        show: |config| config.limits.max_body.to_string(),
    },
    Setting {
        key: "max_upload",
        repeatable: false,
        set: |config, values| number(values, 1 << 20, 64 << 30).map(|bytes| config.uploads.largest = bytes),
        show: |config| config.uploads.largest.to_string(),
    },
    Setting {
        key: "upload_quota",
        repeatable: false,
        set: |config, values| number(values, 1 << 20, 1 << 50).map(|bytes| config.uploads.quota = bytes),
        show: |config| config.uploads.quota.to_string(),
    },
    Setting {
        key: "free_floor",
        repeatable: false,
        set: |config, values| number(values, 0, 1 << 50).map(|bytes| config.uploads.floor = bytes),
        show: |config| config.uploads.floor.to_string(),
    },
    Setting {
        key: "power_off",
        repeatable: false,
        set: |config, values| {
            one(values).unwrap_or_default().trim().clone_into(&mut config.power_off);
            Ok(())
        },
        show: |config| quoted(&config.power_off),
    },
    Setting {
        key: "operations",
        repeatable: false,
        set: |config, values| {
            let choices = [("loopback", Operations::Loopback), ("lan", Operations::Lan)];
            choice(values, &choices).map(|chosen| config.operations = chosen)
        },
        show: |config| {
            quoted(match config.operations {
                Operations::Loopback => "loopback",
                Operations::Lan => "lan",
            })
        },
    },
    Setting {
        key: "portal",
        repeatable: false,
        set: |config, values| choice(values, &PORTAL).map(|chosen| config.portal = chosen),
        show: |config| {
            let name = PORTAL.iter().find(|(_, portal)| *portal == config.portal);
            quoted(name.map_or("", |(name, _)| name))
        },
    },
    Setting {
        key: "log",
        repeatable: false,
        set: |config, values| {
            let choices = [
                ("error", Level::ERROR),
                ("warn", Level::WARN),
                ("info", Level::INFO),
                ("debug", Level::DEBUG),
            ];
            choice(values, &choices).map(|chosen| config.log = chosen)
        },
        show: |config| quoted(&config.log.to_string().to_ascii_lowercase()),
    },
];

/// What flags say: the key of a setting, or `config` for the file, and a value; repeated for repeatable ones.
pub type Flags = Vec<(String, String)>;

/// Gathers and checks everything. All faults are told at once.
pub fn load(flags: &Flags, environment: &Environment) -> Result<Config, Vec<Fault>> {
    let mut config = Config::defaults(environment);
    let mut faults = unknown_variables(environment);
    match find_file(flags, environment) {
        Ok(None) => {}
        Ok(Some(file)) => match fs::read_to_string(&file) {
            Ok(text) => faults.extend(apply_file(&mut config, &file, &text)),
            Err(error) => faults.push(unreadable(Source::File(file, 0), &error)),
        },
        Err(fault) => faults.push(fault),
    }
    for setting in SETTINGS {
        let variable = setting.variable();
        if let Some(text) = environment.get(&variable) {
            let values = if setting.repeatable {
                text.split(',').map(|part| part.trim().to_owned()).collect()
            } else {
                vec![text.to_owned()]
            };
            faults.extend(apply(&mut config, setting, &values, Source::Variable(variable)));
        }
        let values: Vec<String> =
            flags.iter().filter(|(key, _)| key == setting.key).map(|(_, value)| value.clone()).collect();
        if !values.is_empty() {
            faults.extend(apply(&mut config, setting, &values, Source::Flag(setting.flag())));
        }
    }
    if faults.is_empty() { Ok(config) } else { Err(faults) }
}

/// Reads the text of a settings file into `config` and tells what is wrong with it. Relative folders in it start at the
/// folder of the file.
pub fn apply_file(config: &mut Config, file: &Path, text: &str) -> Vec<Fault> {
    let at = |offset: usize| {
        let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
        Source::File(file.to_owned(), before.split(|byte| *byte == b'\n').count())
    };
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let cause = error.message().to_owned();
            let source = at(error.span().map_or(0, |span| span.start));
            return vec![Fault::new("cli-config-not-toml", vec![("cause", cause)], source)];
        }
    };
    let mut faults = Vec::new();
    for (key, value) in table {
        let source = at(key.span().start);
        let name = key.get_ref().as_ref();
        let Some(setting) = SETTINGS.iter().find(|setting| setting.key == name) else {
            faults.push(unknown("cli-config-unknown-key", name, SETTINGS.iter().map(|s| s.key), source));
            continue;
        };
        let Some(mut values) = texts(value.get_ref(), setting.repeatable) else {
            let args = vec![("setting", name.to_owned())];
            faults.push(Fault::new("cli-config-wrong-kind", args, source));
            continue;
        };
        if let (true, Some(folder)) = (matches!(name, "data" | "content" | "backups"), file.parent()) {
            for path in values.iter_mut().filter(|path| !path.is_empty()) {
                *path = folder.join(&*path).to_string_lossy().into_owned();
            }
        }
        faults.extend(apply(config, setting, &values, source));
    }
    faults
}

/// The name nearest to what somebody wrote, when it is near enough to be meant.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = written.chars().count().div_ceil(3);
    let near = names.into_iter().map(|name| (distance(written, name), name));
    near.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

fn apply(config: &mut Config, setting: &Setting, values: &[String], source: Source) -> Option<Fault> {
    config.given.push(setting.key);
    let refusal = (setting.set)(config, values).err()?;
    let mut args = refusal.args;
    args.push(("setting", setting.key.to_owned()));
    args.push(("value", values.join(", ")));
    Some(Fault::new(refusal.id, args, source))
}

fn find_file(flags: &Flags, environment: &Environment) -> Result<Option<PathBuf>, Fault> {
    let flag = flags.iter().rfind(|(key, _)| key == "config").map(|(_, value)| value.as_str());
    let named = flag.map(|file| (file, Source::Flag("--config".to_owned()))).or_else(|| {
        let name = format!("{PREFIX}CONFIG");
        environment.get(&name).map(|file| (file, Source::Variable(name.clone())))
    });
    if let Some((file, source)) = named {
        // A file that somebody named must be there.
        return match fs::metadata(file) {
            Ok(_) => Ok(Some(file.into())),
            Err(error) => Err(Fault { source, ..unreadable(Source::File(file.into(), 0), &error) }),
        };
    }
    let data = flags.iter().rfind(|(key, _)| key == "data").map(|(_, value)| value.as_str());
    let data = data.or_else(|| environment.get("AMAUTA_DATA"));
    let data = data.map_or_else(|| default_data(environment), PathBuf::from);
    Ok([data.join(FILE_NAME), SYSTEM_FILE.into()].into_iter().find(|file| file.is_file()))
}

fn unreadable(source: Source, error: &io::Error) -> Fault {
    let file = match &source {
        Source::File(file, _) => file.display().to_string(),
        Source::Flag(name) | Source::Variable(name) => name.clone(),
    };
    Fault::new("cli-config-unreadable", vec![("file", file), ("cause", error.to_string())], source)
}

fn unknown_variables(environment: &Environment) -> Vec<Fault> {
    let mut known: Vec<String> = SETTINGS.iter().map(Setting::variable).collect();
    known.push(format!("{PREFIX}CONFIG"));
    #[cfg(feature = "fault")]
    known.push(format!("{PREFIX}FAULT"));
    let ours = environment.0.keys().filter(|name| name.starts_with(PREFIX) && !known.contains(name));
    ours.map(|name| {
        let source = Source::Variable(name.clone());
        unknown("cli-config-unknown-variable", name, known.iter().map(String::as_str), source)
    })
    .collect()
}

fn unknown<'a>(
    id: &'static str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    source: Source,
) -> Fault {
    let nearest = nearest(name, known).map(str::to_owned);
    Fault { nearest, ..Fault::new(id, vec![("name", name.to_owned())], source) }
}

fn default_data(environment: &Environment) -> PathBuf {
    let folder = |name: &str| environment.get(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    folder("XDG_DATA_HOME")
        .or_else(|| folder("HOME").map(|home| home.join(".local/share")))
        .map_or_else(|| SYSTEM_DATA.into(), |folder| folder.join("amauta"))
}

/// A TOML value as the texts it stands for; `None` when its kind fits no setting.
fn texts(value: &DeValue<'_>, repeatable: bool) -> Option<Vec<String>> {
    match value {
        DeValue::String(text) => Some(vec![text.to_string()]),
        // TOML writes 4096 also as 0x1000 and 4_096.
        DeValue::Integer(number) => i64::from_str_radix(&number.as_str().replace('_', ""), number.radix())
            .ok()
            .map(|n| vec![n.to_string()]),
        DeValue::Array(all) if repeatable => {
            let all: Option<Vec<Vec<String>>> = all.iter().map(|one| texts(one.get_ref(), false)).collect();
            Some(all?.concat())
        }
        _ => None,
    }
}

/// How many letters must be put in, taken away or changed to make one text of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in b.iter().enumerate() {
            let cost = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
