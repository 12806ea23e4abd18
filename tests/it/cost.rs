//! What the real program costs: size, memory, start. Each figure has its budget and is printed.
//!
//! Measured on the release build, which `.ci/run` makes before the tests. Without one (or with one older than the
//! sources) this says that it was left to `.ci/run`; it never measures a debug build in its place.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::support::{files_below, root};

/// Largest binary, in bytes. It was 8 MB before books, PDF, office documents and feeds were read and written: the tables and
/// code of the HTML parser that cleans chapters are 0.8 MB of it. Accounts, packs, backups and the doctor brought 0.8 MB more,
/// the workshop, the technician's pages and what runs by itself 0.9; 1.4 MB were won back by templates packed small, less of
/// the template engine, and `opt-level = "z"`.
const MAX_BINARY: u64 = 9_200_000;
/// Most resident memory at rest, in KiB: three quarters are pages of the file itself, which the kernel drops when memory is
/// short. It was 10 MiB with a file of 8 MB.
const MAX_IDLE: u64 = 11 * 1024;
/// Most memory of it that is our own (not the file itself), in KiB.
const MAX_IDLE_ANONYMOUS: u64 = 3 * 1024;
/// Most resident memory with 200 kept connections after they were served, in KiB.
const MAX_WITH_CLASS: u64 = 20 * 1024;
/// Most threads.
const MAX_THREADS: u64 = 8;
/// Longest start to the first page. The budget is 30 ms on an idle machine; tests share theirs.
const MAX_START: Duration = Duration::from_millis(150);

/// The release build, when there is one and it is of these sources.
pub(crate) fn release() -> Option<PathBuf> {
    let binary = root().join("target/release/amauta");
    let built = fs::metadata(&binary).and_then(|about| about.modified()).ok()?;
    let folders = ["src", "lessons", "locales"].iter().flat_map(|folder| files_below(&root().join(folder)));
    let newer = folders.into_iter().find(|file| {
        fs::metadata(file).and_then(|about| about.modified()).is_ok_and(|written| written > built)
    });
    if newer.is_some() { None } else { Some(binary) }
}

/// The release build, serving.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    _data: tempfile::TempDir,
}

impl Server {
    fn start(binary: &PathBuf) -> Self {
        Self::start_at(binary, tempfile::tempdir().expect("a folder"))
    }

    /// With this data folder.
    pub(crate) fn start_at(binary: &PathBuf, data: tempfile::TempDir) -> Self {
        let mut child = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output"))
            .read_line(&mut line)
            .expect("its first line");
        let port = line.rsplit(':').next().expect("a port").trim().trim_end_matches('/');
        let port = port.parse().unwrap_or_else(|_| panic!("no port in {line:?}"));
        Self { child, port, _data: data }
    }

    fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a timeout");
        stream
    }

    fn figure(&self, file: &str, name: &str) -> u64 {
        let text = fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).expect("Linux tells");
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}"));
        line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).expect("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn ask(stream: &mut TcpStream, path: &str) -> usize {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n").expect("a request");
    let mut buffer = [0; 16 * 1024];
    let mut seen = Vec::new();
    loop {
        let n = stream.read(&mut buffer).expect("an answer");
        seen.extend_from_slice(&buffer[..n]);
        let Some(head) = seen.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&seen[..head]).to_lowercase();
        let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split_whitespace().next());
        let length =
            length.and_then(|n| n.parse::<usize>().ok()).unwrap_or_else(|| panic!("no length: {text}"));
        if seen.len() >= head + 4 + length {
            assert!(text.starts_with("http/1.1 200"), "{text}");
            return length;
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
fn size_memory_and_start_stay_inside_their_budgets() {
    let Some(binary) = release() else {
        println!("no release build of these sources: size, memory and start are left to .ci/run");
        return;
    };
    let size = fs::metadata(&binary).expect("the binary").len();
    println!("binary {size} bytes of {MAX_BINARY}");
    assert!(size <= MAX_BINARY);

    let started = Instant::now();
    let server = Server::start(&binary);
    ask(&mut server.open(), "/es/");
    let start = started.elapsed();
    println!("start to first page {start:?} of {MAX_START:?}");
    assert!(start <= MAX_START);

    let (resident, own) = (server.figure("status", "VmRSS:"), server.figure("status", "RssAnon:"));
    println!("at rest {resident} KiB of {MAX_IDLE}, our own {own} KiB of {MAX_IDLE_ANONYMOUS}");
    assert!(resident <= MAX_IDLE && own <= MAX_IDLE_ANONYMOUS);

    let mut class = (0..200).map(|_| server.open()).collect::<Vec<_>>();
    for stream in &mut class {
        ask(stream, "/qu/recursos");
        ask(stream, "/es/ayuda");
    }
    let (resident, threads) = (server.figure("status", "VmRSS:"), server.figure("status", "Threads:"));
    println!(
        "with 200 kept connections {resident} KiB of {MAX_WITH_CLASS}, {threads} threads of {MAX_THREADS}"
    );
    assert!(resident <= MAX_WITH_CLASS && threads <= MAX_THREADS);
}

/// The crates of the default tree along these edges.
fn crates(edges: &str) -> std::collections::BTreeSet<String> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", edges, "--prefix", "none", "--manifest-path"])
        .arg(root().join("Cargo.toml"))
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8_lossy(&tree.stdout);
    text.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
}

/// What a macro brings is run by the compiler and is not in the program: counted for itself.
#[test]
fn the_program_is_made_of_at_most_150_crates() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let program = crates("normal,no-proc-macro");
    let macros = crates("normal").difference(&program).count();
    println!(
        "{} crates of 150 in the program, {macros} of 25 in macros, {} with tests and builds",
        program.len(),
        lock.matches("[[package]]").count()
    );
    assert!((10..=150).contains(&program.len()) && macros <= 25, "{program:?}");
}
