//! The real program: as a server that is started and killed, and as a command.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use amauta::clock::Clock;

use super::client;

pub(crate) fn now() -> Instant {
    Clock::system().instant()
}

fn program(fault: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amauta"));
    command.env_clear().stdin(Stdio::null());
    if let Some(fault) = fault {
        command.env("AMAUTA_FAULT", fault);
    }
    command
}

/// A server that runs.
pub(crate) struct Server {
    child: Child,
    _out: BufReader<ChildStdout>,
    pub(crate) at: SocketAddr,
    /// The code of the first technician, while there is none.
    pub(crate) code: Option<String>,
    /// From the start of the process to the first page.
    pub(crate) ready: Duration,
}

impl Server {
    /// Starts it and waits for a page. `None`: it died before, as a fault may tell it to.
    pub(crate) fn start(data: &Path, log: &Path, claimed: bool, fault: Option<&str>) -> Option<Self> {
        let begun = now();
        let mut child = Self::spawn(data, log, fault);
        let mut out = BufReader::new(child.stdout.take().expect("it has an output"));
        let mut line = String::new();
        out.read_line(&mut line).expect("its output can be read");
        let at = line.split_once("http://").and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
        let Some(at) = at else {
            child.kill().ok();
            child.wait().ok();
            return None;
        };
        let page = client::get(at, "/es", None);
        let ready = now() - begun;
        let mut code = None;
        if !claimed {
            line.clear();
            out.read_line(&mut line).ok();
            code = client::code(&line);
        }
        let mut server = Self { child, _out: out, at, code, ready };
        if page.is_err() {
            server.kill();
            return None;
        }
        Some(server)
    }

    /// Starts it and does not wait.
    pub(crate) fn spawn(data: &Path, log: &Path, fault: Option<&str>) -> Child {
        let log = File::options().create(true).append(true).open(log).expect("a log");
        let mut command = program(fault);
        command.args(["--listen", "127.0.0.1:0", "--data"]).arg(data).stdout(Stdio::piped()).stderr(log);
        command.spawn().expect("the program starts")
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        Command::new("kill").args([&format!("-{name}"), &id]).stderr(Stdio::null()).status().ok();
    }

    /// Pulls the plug.
    pub(crate) fn kill(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }

    /// Whether it still runs.
    pub(crate) fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// How a command ended.
pub(crate) enum Ended {
    /// By itself: whether it says it did its work, and what it printed.
    Itself(bool, String),
    /// Killed.
    Killed,
}

/// The command that runs, so that the plug can be pulled for it too.
#[derive(Clone, Default)]
pub(crate) struct Running(Arc<Mutex<(bool, Option<Child>)>>);

impl Running {
    /// Runs a command of the program to its end.
    pub(crate) fn run(&self, arguments: &[&str], log: &Path, fault: Option<&str>) -> Ended {
        let out = log.with_extension("out");
        let file = |path| File::options().create(true).append(true).open(path).expect("a log");
        {
            let mut running = self.lock();
            if running.0 {
                return Ended::Killed;
            }
            let printed = File::create(&out).expect("a file for its output");
            let child = program(fault).args(arguments).stdout(printed).stderr(file(log)).spawn();
            running.1 = Some(child.expect("the program starts"));
        }
        loop {
            let ended = self.lock().1.as_mut().and_then(|child| child.try_wait().expect("it can be asked"));
            match ended {
                None => std::thread::sleep(Duration::from_millis(2)),
                Some(status) => {
                    let printed = std::fs::read_to_string(&out).unwrap_or_default();
                    return status.code().map_or(Ended::Killed, |code| Ended::Itself(code == 0, printed));
                }
            }
        }
    }

    /// Pulls the plug; nothing is started after.
    pub(crate) fn kill(&self) {
        let mut running = self.lock();
        running.0 = true;
        if let Some(child) = &mut running.1 {
            child.kill().ok();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, (bool, Option<Child>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
