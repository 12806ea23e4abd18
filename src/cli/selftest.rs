//! `amauta selftest`: one screen about a machine, to be photographed by whoever lends a hand with one that we do not have. It
//! serves its own pages to itself and tries the disk; what `health` and `store` measure is put into words here.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Error, anyhow};
use tokio::sync::watch;

use super::{Failure, Voice, config, serve};
use crate::{
    auth::password,
    clock::Clock,
    config::{Environment, Flags, load},
    domain::lang::Lang,
    health::{gather, processor},
    i18n::format,
    metrics::{self, Metrics},
    store::school::trial,
    web::{
        self,
        routes::{Page, Route},
        server::{self, Limits, Stop},
    },
};

/// Longest wait for a page.
const PATIENCE: Duration = Duration::from_secs(30);

const MIB: u64 = 1024 * 1024;

/// Tries the machine and tells. Ends with 1 when something that the server needs does not work.
pub(super) fn run(flags: &Flags, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let config = load(flags, environment);
    let config = config.map_err(|faults| Failure::Broken(config::error(voice, &faults)))?;
    let clock = Clock::system();
    serve::make_data_folder(&config.data, voice).map_err(Failure::Broken)?;
    let mut screen = Screen { voice, args: Vec::new(), well: true };
    screen.machine(&config.data, &clock);
    screen.pages(&pages(&clock));
    screen.hash(&clock);
    screen.disk(&config.data, &clock);
    let verdict = if screen.well { "cli-selftest-well" } else { "cli-selftest-ill" };
    screen.put("verdict", voice.say(verdict, &[]));
    let args: Vec<(&str, &str)> = screen.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    voice.print(&(voice.say("cli-selftest", &args) + "\n"))?;
    Ok(if screen.well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What stands on the screen.
struct Screen<'v> {
    voice: &'v Voice,
    args: Vec<(&'static str, String)>,
    well: bool,
}

impl Screen<'_> {
    fn put(&mut self, name: &'static str, value: String) {
        self.args.push((name, value));
    }

    /// A time, or what went wrong.
    fn time<E: Into<Error>>(&mut self, name: &'static str, measured: Result<Duration, E>) {
        let text = match measured {
            Ok(took) => {
                let millis = format::decimal((took.as_secs_f64() * 10_000.0).round() / 10.0, 1);
                self.voice.say("cli-selftest-millis", &[("millis", &millis)])
            }
            Err(error) => {
                self.well = false;
                self.voice.say("cli-selftest-fails", &[("cause", &format!("{:#}", error.into()))])
            }
        };
        self.put(name, text);
    }

    fn machine(&mut self, data: &Path, clock: &Clock) {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let processor = processor::read(&read("/proc/cpuinfo"));
        let libc = if cfg!(target_env = "musl") { "musl" } else { "gnu" };
        let sse = if cfg!(all(target_arch = "x86", not(target_feature = "sse"))) { " (i586)" } else { "" };
        self.put("version", env!("CARGO_PKG_VERSION").to_owned());
        self.put("build", format!("{}-{libc}{sse}", std::env::consts::ARCH));
        self.put("now", clock.local().strftime("%Y-%m-%d %H:%M").to_string());
        self.put("kernel", read("/proc/sys/kernel/osrelease").trim().to_owned());
        self.put("processor", processor.name);
        self.put("count", processor.count.to_string());
        self.put("has", processor.has.join(" "));
        let lacks = if processor.lacks.is_empty() { "-".to_owned() } else { processor.lacks.join(" ") };
        self.put("lacks", lacks);
        let (free, total) = gather::memory(&read("/proc/meminfo")).unwrap_or_default();
        self.put("free", (free / MIB).to_string());
        self.put("total", (total / MIB).to_string());
        let folder = data.canonicalize().unwrap_or_else(|_| data.to_owned());
        let system = gather::file_system(&read("/proc/self/mounts"), &folder).unwrap_or("?").to_owned();
        let (room, size) = gather::disk(&folder).unwrap_or_default();
        self.put("folder", folder.display().to_string());
        self.put("system", system);
        self.put("room", (room / MIB).to_string());
        self.put("size", (size / MIB).to_string());
    }

    fn pages(&mut self, seen: &Result<Pages, Error>) {
        let own = metrics::resident_bytes().unwrap_or_default() / MIB;
        self.put("own", own.to_string());
        let told = seen.as_ref().map_or_else(|_| String::new(), |pages| pages.times.len().to_string());
        self.put("pages", told);
        let of = |get: fn(&Pages) -> Duration| match seen {
            Ok(pages) => Ok(get(pages)),
            Err(error) => Err(anyhow!("{error:#}")),
        };
        self.time("start", of(|pages| pages.start));
        self.time("fresh", of(|pages| middle(pages.times.iter().map(|(fresh, _)| *fresh).collect())));
        self.time("kept", of(|pages| middle(pages.times.iter().map(|(_, kept)| *kept).collect())));
    }

    fn hash(&mut self, clock: &Clock) {
        let started = clock.instant();
        let passes = password::calibrate(clock);
        let took = clock.instant().saturating_duration_since(started);
        self.put("passes", passes.as_ref().map_or_else(|_| String::new(), ToString::to_string));
        self.put("least", password::LEAST_PASSES.to_string());
        self.time("hash", passes.map(|_| took));
    }

    fn disk(&mut self, data: &Path, clock: &Clock) {
        let times: Result<Vec<Duration>, io::Error> = (0..5).map(|_| gather::probe(data, clock)).collect();
        self.time("fsync", times.map(middle));
        let seen = trial::try_disk(data, clock);
        let journal = match &seen {
            Ok(trial) if trial.journal == "wal" => self.voice.say("cli-selftest-wal", &[]),
            Ok(trial) => self.voice.say("cli-selftest-no-wal", &[("journal", &trial.journal)]),
            Err(_) => String::new(),
        };
        self.put("journal", journal);
        self.time("commit", seen.map(|trial| trial.commit));
    }
}

/// The one in the middle of the sorted times.
fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// How the portal answers.
struct Pages {
    /// From nothing to open doors.
    start: Duration,
    /// Each page: made anew, and from the cache.
    times: Vec<(Duration, Duration)>,
}

/// Serves the first screen of each lesson of the program to itself, in each language, twice.
fn pages(clock: &Clock) -> Result<Pages, Error> {
    let started = clock.instant();
    let metrics = Arc::new(Metrics::new(clock.clone()));
    let app = Arc::new(web::App::new(web::Settings::default(), clock.clone(), Arc::clone(&metrics))?);
    let listener = server::listen(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let address = listener.local_addr()?;
    let runtime = serve::runtime(1)?;
    let start = clock.instant().saturating_duration_since(started);
    let shelf = app.shelf();
    let mut paths = Vec::new();
    for lesson in shelf.library.lessons() {
        for lang in [Lang::ES, Lang::QU] {
            paths.push(Route::Page(lang, Page::Screen(lesson.meta.id.clone(), 1)).path());
        }
    }
    let (stop, stopping) = watch::channel(Stop::Never);
    let (hands, limits) = (clock.clone(), Limits::default());
    let client = std::thread::spawn(move || {
        let twice = |path: &String| Ok((fetch(address, path, &hands)?, fetch(address, path, &hands)?));
        let times = paths.iter().map(twice).collect::<Result<Vec<_>, Error>>();
        stop.send(Stop::AtOnce).ok();
        times
    });
    serve::until_stopped(&runtime, vec![listener], limits, &app, clock.clone(), metrics, stopping)?;
    let times = client.join().map_err(|_| anyhow!("the browser broke"))??;
    Ok(Pages { start, times })
}

/// How long a page takes, with a connection of its own.
fn fetch(address: SocketAddr, path: &str, clock: &Clock) -> Result<Duration, Error> {
    let started = clock.instant();
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).with_context(|| path.to_owned())?;
    let status = reply.get(9..12).unwrap_or_default();
    anyhow::ensure!(status == b"200", "{path}: {}", String::from_utf8_lossy(status));
    Ok(clock.instant().saturating_duration_since(started))
}
