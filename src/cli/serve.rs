//! `amauta serve`: opens the doors, says where, and runs until a signal.

use std::{
    fs, io,
    net::{IpAddr, SocketAddr, TcpListener},
    os::unix::fs::DirBuilderExt as _,
    path::Path,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Error, anyhow};
use tokio::{
    io::{Interest, unix::AsyncFd},
    runtime::{self, Runtime},
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

use super::{Failure, Voice, config, log};
use crate::{
    clock::Clock,
    config::{Config, Environment, Flags, load},
    health::gather::own_addresses,
    metrics::Metrics,
    packs,
    store::{backup, school},
    upkeep,
    web::{
        self,
        routes::{Account, Page, Route},
        server::{self, Limits, Stop},
        shelf::Folders,
    },
};

/// Threads for what blocks: files and passwords. More would cost memory and gain nothing on one disk.
const BLOCKING_THREADS: usize = 4;

/// Stack of each further thread, in bytes: what is not touched costs no memory. A book of a school's own text takes more than
/// half a MiB of it in a debug build.
const STACK: usize = 2 * 1024 * 1024;

/// Stands for the code of the first technician in a sentence that is made before there is one.
const CODE: &str = "\u{1}";

/// How long after something was mounted it is looked at.
const SETTLED: Duration = Duration::from_secs(3);

/// How long after the start the cost of a password is measured, the first time: then the lessons are read and served. Tests
/// do not wait so long.
const AT_EASE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 1 } else { 15 });

/// How long the end may wait for a blocked thread.
const LAST_WAIT: Duration = Duration::from_secs(1);

pub(super) fn run(flags: &Flags, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let config = load(flags, environment);
    let config = config.map_err(|faults| Failure::Broken(config::error(voice, &faults)))?;
    serve(&config, voice).map_err(Failure::Broken)
}

fn serve(config: &Config, voice: &Voice) -> Result<ExitCode, Error> {
    let clock = Clock::system();
    log::start(config.log, clock.clone());
    if !clock.plausible() {
        tracing::warn!(now = %clock.local(), "the clock of this machine is wrong; replies carry no date");
    }
    make_data_folder(&config.data, voice)?;
    let listeners = open(&config.listen, voice)?;
    let addresses: Vec<SocketAddr> =
        listeners.iter().filter_map(|listener| listener.local_addr().ok()).collect();
    let runtime = runtime(config.workers).with_context(|| voice.say("cli-serve-no-runtime", &[]))?;
    let invitation = voice.say("cli-serve-open", &[("addresses", &urls(&addresses).join("  "))]);
    let path = Route::Page(config.default_lang, Page::Account(Account::First)).path();
    let first = voice.say("cli-serve-first", &[("path", &path), ("code", CODE)]);
    voice.rest();
    // A reload that is asked for while the content is read the first time waits; unheard, it would end the program.
    let hangup = {
        let _inside = runtime.enter();
        signal(SignalKind::hangup()).with_context(|| voice.say("cli-serve-failed", &[]))?
    };
    let metrics = Arc::new(Metrics::new(clock.clone()));
    let app = web::App::new(config_for_pages(config), clock.clone(), Arc::clone(&metrics))?;
    let (stop, stopping) = watch::channel(Stop::Never);
    let limits = config.limits.clone();
    {
        let _inside = runtime.enter();
        tokio::spawn(restart_when_told(stop.clone(), Arc::clone(&app)));
        listen_to_signals(stop).with_context(|| voice.say("cli-serve-failed", &[]))?;
        tokio::spawn(reload_when_told(hangup, Arc::clone(&app)));
        tokio::spawn(keep_up(Arc::clone(&app)));
        tokio::spawn(measure_a_password(Arc::clone(&app)));
        #[cfg(debug_assertions)]
        super::watch::start(config, Arc::clone(&app));
    }
    voice.print(&format!("{invitation}\n")).ok();
    if let Some(hurt) = app.hurt_records() {
        voice.print(&format!("{}\n", about_hurt(hurt, &config.data, voice))).ok();
    }
    if let Some(code) = app.accounts().and_then(|accounts| accounts.first_code()) {
        voice.print(&format!("{}\n", first.replace(CODE, &code))).ok();
    }
    let indexed = Arc::clone(&app);
    let reader = std::thread::Builder::new().name("materials".to_owned());
    let (data, name) = (config.data.clone(), config.school_name.clone().unwrap_or_default());
    let reader = reader.spawn(move || {
        if let Err(finding) = packs::make_own_key(&data, &name) {
            tracing::error!(why = ?finding, "the school has no key; packs made here are not signed");
        }
        indexed.index_materials();
    });
    if let Err(error) = reader {
        tracing::error!(%error, "the materials cannot be indexed");
    }
    let left = until_stopped(&runtime, listeners, limits, &app, clock, metrics, stopping);
    app.stop_indexing();
    if let Some(Err(error)) = app.desk().map(|desk| desk.keep_tallies()) {
        tracing::warn!(%error, "how often resources were opened was not kept");
    }
    let left = left.with_context(|| voice.say("cli-serve-failed", &[]))?;
    if left > 0 {
        tracing::warn!(left, "connections broken off at the end");
    }
    let again = app.is_restarting();
    // The doors and databases are closed before anybody opens them anew.
    drop(app);
    runtime.shutdown_timeout(LAST_WAIT);
    if again {
        return Err(start_anew()).with_context(|| voice.say("cli-serve-failed", &[]));
    }
    Ok(ExitCode::SUCCESS)
}

/// Puts a new start of the same program with the same words in the place of this one; returns only when that fails.
fn start_anew() -> io::Error {
    use std::os::unix::process::CommandExt as _;
    let mut words = std::env::args_os();
    let name = words.next().unwrap_or_default();
    // The program may have been replaced meanwhile: its name leads to the new one.
    let program = std::env::current_exe().ok().filter(|program| program.is_file());
    std::process::Command::new(program.unwrap_or_else(|| name.into())).args(words).exec()
}

/// Stops gently when a technician asks for a new start.
async fn restart_when_told(stop: watch::Sender<Stop>, app: Arc<web::App>) {
    app.restart_asked().await;
    // The page that says so is on its way.
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.send_modify(|now| *now = if *now == Stop::Never { Stop::Gently } else { *now });
}

/// Serves until it is told to stop, and tells how many connections were left. In one place, because each use would be a
/// copy of the whole loop in the program.
#[inline(never)]
pub(super) fn until_stopped(
    runtime: &Runtime,
    listeners: Vec<TcpListener>,
    limits: Limits,
    app: &Arc<web::App>,
    clock: Clock,
    metrics: Arc<Metrics>,
    stopping: watch::Receiver<Stop>,
) -> io::Result<usize> {
    runtime.block_on(server::run(listeners, limits, Arc::clone(app), clock, metrics, stopping))
}

fn config_for_pages(config: &Config) -> web::Settings {
    web::Settings {
        school_name: config.school_name.clone().unwrap_or_default(),
        default_lang: config.default_lang,
        operations: config.operations,
        portal: config.portal,
        limits: config.limits.clone(),
        uploads: config.uploads,
        upkeep: config.upkeep.clone(),
        folders: Folders { content: config.content.clone(), data: Some(config.data.clone()) },
        power_off: config.power_off.clone(),
        fixed: config.given.clone(),
        listen: config.listen.clone(),
    }
}

pub(super) fn runtime(workers: usize) -> io::Result<Runtime> {
    let mut builder = if workers <= 1 {
        runtime::Builder::new_current_thread()
    } else {
        let mut builder = runtime::Builder::new_multi_thread();
        builder.worker_threads(workers);
        builder
    };
    builder
        .max_blocking_threads(BLOCKING_THREADS)
        .thread_stack_size(STACK)
        .thread_name("amauta")
        .enable_all()
        .build()
}

/// SIGTERM and SIGINT stop gently, a second one at once.
fn listen_to_signals(stop: watch::Sender<Stop>) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        loop {
            tokio::select! {
                Some(()) = terminate.recv() => {}
                Some(()) = interrupt.recv() => {}
                else => return,
            }
            stop.send_modify(|now| *now = if *now == Stop::Never { Stop::Gently } else { Stop::AtOnce });
        }
    });
    Ok(())
}

/// SIGHUP reads the content again, and so does a pack that came or went. A task of its own: a slow card must not delay the stop. Signals that come while one
/// reading runs are one further reading.
async fn reload_when_told(mut hangup: Signal, app: Arc<web::App>) {
    loop {
        tokio::select! {
            told = hangup.recv() => if told.is_none() { return },
            () = app.content_changed() => {}
        }
        let app = Arc::clone(&app);
        tokio::task::spawn_blocking(move || reload(&app)).await.ok();
    }
}

/// Measures once for each machine what a password costs there, while nobody waits for it.
async fn measure_a_password(app: Arc<web::App>) {
    let Some(accounts) = app.accounts() else { return };
    tokio::time::sleep(AT_EASE).await;
    let Ok(permit) = accounts.permit().await else { return };
    let measured = tokio::task::spawn_blocking(move || accounts.prepare(&permit)).await;
    if let Ok(Err(error)) = measured {
        tracing::warn!(%error, "the cost of a password was not measured; the first that is made will be");
    }
}

/// What the server does by itself, every few minutes, and when a stick is plugged in: whoever brings one waits for it.
async fn keep_up(app: Arc<web::App>) {
    let Some(upkeep) = app.upkeep() else { return };
    // The kernel says when something is mounted; where it does not, the stick is found a few minutes later.
    let mounts = fs::File::open(upkeep.mounts());
    #[allow(deprecated, reason = "its successor is `unsafe` for what is no file; this is one")]
    let mounts = mounts.and_then(|file| AsyncFd::with_interest(file, Interest::PRIORITY)).ok();
    loop {
        let plugged = async {
            match &mounts {
                Some(mounts) => {
                    mounts.ready(Interest::PRIORITY).await.map(|mut news| news.clear_ready()).ok()
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = tokio::time::sleep(upkeep::EVERY) => {}
            told = plugged => {
                // Who mounts a stick may still be busy with it. What cannot be watched is looked at now and then.
                tokio::time::sleep(if told.is_some() { SETTLED } else { upkeep::EVERY }).await;
                if upkeep.sticks().is_empty() {
                    continue;
                }
            }
        }
        let upkeep = Arc::clone(&upkeep);
        let noted = Arc::clone(&app);
        tokio::task::spawn_blocking(move || {
            upkeep.tick();
            noted.note_hour();
        })
        .await
        .ok();
    }
}

/// Reads content and texts anew; the log says how it went.
pub(super) fn reload(app: &web::App) {
    match app.reload() {
        Ok(()) => {
            tracing::info!("content read again");
            app.index_materials();
        }
        Err(error) => tracing::error!(cause = format!("{error:#}"), "content could not be read again"),
    }
}

/// What happened to the school's records, and how they come back.
fn about_hurt(hurt: &Path, data: &Path, voice: &Voice) -> String {
    let shown = |path: &Path| path.display().to_string();
    let (file, records, backups) = (shown(hurt), shown(&data.join(school::FILE)), data.join(backup::IN_DATA));
    let told = voice.say("cli-serve-hurt", &[("file", &file)]);
    let next = match backup::newest_sound(&backups) {
        Some(newest) => {
            let args = [("backup", shown(&newest.join(school::FILE))), ("records", records)];
            voice.say("cli-serve-hurt-backup", &args.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        None => voice.say("cli-serve-hurt-none", &[("file", &file), ("folder", &shown(&backups))]),
    };
    format!("{told}\n{next}")
}

/// Makes the folder, closed to other users of the machine, and tries to write in it: better now than when the first teacher saves something.
pub(super) fn make_data_folder(folder: &Path, voice: &Voice) -> Result<(), Error> {
    let probe = folder.join(".amauta-puede-escribir");
    let made = fs::DirBuilder::new()
        .recursive(true)
        .mode(0o750)
        .create(folder)
        .and_then(|()| fs::write(&probe, []))
        .and_then(|()| fs::remove_file(&probe));
    // A card that became full or read-only holds whole lessons all the same; one that was never right is mended first.
    if let Err(error) = &made
        && folder.is_dir()
        && !matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::NotADirectory)
    {
        tracing::error!(%error, "nothing can be kept in the data folder; what is there is served");
        return Ok(());
    }
    made.with_context(|| voice.say("cli-serve-no-data", &[("folder", &folder.display().to_string())]))
}

fn open(addresses: &[SocketAddr], voice: &Voice) -> Result<Vec<TcpListener>, Error> {
    let open =
        |address: &SocketAddr| server::listen(*address).map_err(|error| refused(*address, error, voice));
    addresses.iter().map(open).collect()
}

fn refused(address: SocketAddr, error: io::Error, voice: &Voice) -> Error {
    let port = address.port();
    // The port that people try next: 8080 is for web servers what 80 may be only with rights.
    let other = if port == 8080 || port == u16::MAX { 8081 } else { port + 1 };
    let (whole, port, other) = (address.to_string(), port.to_string(), other.to_string());
    let args = [("address", whole.as_str()), ("port", &port), ("other", &other)];
    match error.kind() {
        io::ErrorKind::AddrInUse => anyhow!("{}", voice.say("cli-serve-port-taken", &args)),
        io::ErrorKind::PermissionDenied => anyhow!("{}", voice.say("cli-serve-port-forbidden", &args)),
        io::ErrorKind::AddrNotAvailable => anyhow!("{}", voice.say("cli-serve-not-our-address", &args)),
        _ => Error::new(error).context(voice.say("cli-serve-cannot-listen", &args)),
    }
}

/// Where a browser finds us: this machine first, then its addresses in the school's network, IPv4 first.
fn urls(listening: &[SocketAddr]) -> Vec<String> {
    let mut found = Vec::new();
    for address in listening {
        if !address.ip().is_unspecified() {
            found.push(url(&address.ip(), address.port()));
            continue;
        }
        found.push(with_port("localhost", address.port()));
        // Without a list of interfaces the line is shorter; the doors are open all the same.
        let mut ours = own_addresses();
        ours.retain(|ip| ip.is_ipv4() || address.is_ipv6());
        found.extend(ours.iter().map(|ip| url(ip, address.port())));
    }
    found.dedup();
    found
}

fn url(ip: &IpAddr, port: u16) -> String {
    match ip {
        IpAddr::V4(ip) => with_port(&ip.to_string(), port),
        IpAddr::V6(ip) => with_port(&format!("[{ip}]"), port),
    }
}

fn with_port(host: &str, port: u16) -> String {
    if port == 80 { format!("http://{host}/") } else { format!("http://{host}:{port}/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_a_browser_takes_them() {
        assert_eq!(urls(&["192.168.1.5:80".parse().unwrap()]), ["http://192.168.1.5/"]);
        assert_eq!(urls(&["[fd00::5]:8080".parse().unwrap()]), ["http://[fd00::5]:8080/"]);
        assert_eq!(urls(&["0.0.0.0:81".parse().unwrap()])[0], "http://localhost:81/");
    }

    #[test]
    fn no_address_is_shown_that_needs_an_interface() {
        for url in urls(&["[::]:8080".parse().unwrap()]) {
            assert!(
                !url.contains("[fe80") && !url.contains("//169.254.") && !url.contains("//127."),
                "{url}"
            );
        }
    }
}
