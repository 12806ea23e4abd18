//! A server on a real socket with a small service behind it, and a client that says exactly the bytes it is told.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test ends at the first surprise"
)]

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use amauta::{
    clock::Clock,
    metrics::Metrics,
    web::{
        body::Body,
        file::{self, Describe, Source},
        server::{self, BodyError, Limits, Peer, RouteName, Service, Stop},
    },
};
use http::{Request, Response, StatusCode};
use hyper::body::{Bytes, Incoming};
use tokio::sync::watch;

/// Limits short enough for tests. The slowest honest client of a test is ten times faster.
pub(crate) fn short_limits() -> Limits {
    Limits {
        header_timeout: Duration::from_millis(400),
        body_timeout: Duration::from_millis(300),
        idle_timeout: Duration::from_millis(500),
        stall_timeout: Duration::from_millis(800),
        max_body: 64 * 1024,
        ..Limits::default()
    }
}

/// Answers a few fixed addresses.
pub(crate) struct Answers {
    limits: Limits,
    file: Option<(Arc<File>, u64)>,
}

impl Service for Answers {
    async fn handle(self: Arc<Self>, request: Request<Incoming>, peer: Peer) -> Response<Body> {
        let path = request.uri().path().to_owned();
        let mut response = match path.as_str() {
            "/panic" => panic!("the test asked for it"),
            "/panic/later" => {
                tokio::task::yield_now().await;
                panic!("the test asked for it")
            }
            "/slow" => {
                tokio::time::sleep(Duration::from_millis(300)).await;
                Response::new(Body::from("despacio"))
            }
            "/peer" => Response::new(Body::from(format!("{}", peer.loopback))),
            "/unread" => Response::new(Body::from("no lo leo")),
            "/echo" => {
                let body = request.into_body();
                match server::read_body(body, self.limits.max_body, self.limits.body_timeout).await {
                    Ok(bytes) => Response::new(bytes.into()),
                    Err(error) => {
                        let mut response = Response::new(Body::from(error.to_string()));
                        *response.status_mut() = match error {
                            BodyError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                            BodyError::TimedOut => StatusCode::REQUEST_TIMEOUT,
                            BodyError::Aborted => StatusCode::BAD_REQUEST,
                        };
                        response
                    }
                }
            }
            "/file" => {
                let (file, len) = self.file.clone().unwrap();
                let describe = Describe {
                    content_type: "video/ogg",
                    etag: "abc",
                    cache: "no-cache",
                    download: Some("cápsula.ogv"),
                };
                file::reply(request.method(), request.headers(), Source::File(file, len), &describe)
            }
            other => Response::new(Body::from(format!("{} {other}", request.method()))),
        };
        response.extensions_mut().insert(RouteName("/test"));
        response
    }

    fn panicked(&self, path: &str) -> Response<Body> {
        Response::new(Body::from(format!("página de error para {path}")))
    }

    fn refusal(&self, status: StatusCode) -> Bytes {
        Bytes::from(format!("página de {}", status.as_u16()))
    }
}

/// A running server; it ends with the value.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) stop: watch::Sender<Stop>,
    thread: Option<JoinHandle<io::Result<usize>>>,
}

impl Server {
    pub(crate) fn start(limits: Limits) -> Self {
        Self::start_with(limits, None)
    }

    pub(crate) fn start_with(limits: Limits, file: Option<(Arc<File>, u64)>) -> Self {
        Self::start_at(Clock::system(), limits, file)
    }

    pub(crate) fn start_at(clock: Clock, limits: Limits, file: Option<(Arc<File>, u64)>) -> Self {
        let listener = server::listen(([127, 0, 0, 1], 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let metrics = Arc::new(Metrics::new(clock.clone()));
        let (stop, stopping) = watch::channel(Stop::Never);
        let counted = Arc::clone(&metrics);
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().max_blocking_threads(4).enable_all().build()?;
            let answers = Arc::new(Answers { limits: limits.clone(), file });
            let left =
                runtime.block_on(server::run(vec![listener], limits, answers, clock, counted, stopping));
            runtime.shutdown_timeout(Duration::from_millis(100));
            left
        });
        Self { address, metrics, stop, thread: Some(thread) }
    }

    pub(crate) fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    /// Waits for the end of a server that was told to stop; how many connections it broke off.
    pub(crate) fn wait(&mut self) -> usize {
        self.thread.take().unwrap().join().unwrap().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(Stop::AtOnce);
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// One connection of a client.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) version: String,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Self {
        Self::over(TcpStream::connect(address).unwrap())
    }

    pub(crate) fn over(stream: TcpStream) -> Self {
        // No test waits this long; it only keeps a failing one from hanging.
        stream.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(15))).unwrap();
        Self { stream: BufReader::new(stream) }
    }

    pub(crate) fn stream(&self) -> &TcpStream {
        self.stream.get_ref()
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.try_send(bytes).unwrap();
        self
    }

    pub(crate) fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.get_mut().write_all(bytes.as_ref())
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")).answer()
    }

    pub(crate) fn answer(&mut self) -> Answer {
        self.answer_to("GET")
    }

    /// Reads an answer; one to HEAD has no body whatever its length says.
    pub(crate) fn answer_to(&mut self, method: &str) -> Answer {
        let mut answer = self.head();
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        if method != "HEAD" && answer.status != 304 {
            answer.body.resize(length, 0);
            self.stream.read_exact(&mut answer.body).unwrap();
        }
        answer
    }

    /// Reads the head of an answer and leaves its body in the socket.
    pub(crate) fn head(&mut self) -> Answer {
        let first = self.line();
        let (version, rest) = first.split_once(' ').unwrap_or_else(|| panic!("no status line: {first:?}"));
        let status = rest.get(..3).unwrap().parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let line = self.line();
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap();
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        Answer { version: version.to_owned(), status, headers, body: Vec::new() }
    }

    /// Reads some bytes of a body.
    pub(crate) fn take(&mut self, most: usize) -> usize {
        let mut buffer = vec![0; most];
        self.stream.read(&mut buffer).unwrap()
    }

    /// Reads to the end of the connection. A reset counts as an end.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        match self.stream.read_to_end(&mut all) {
            Err(error) if error.kind() != io::ErrorKind::ConnectionReset => panic!("no end: {error}"),
            _ => all,
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        line.trim_end_matches(['\r', '\n']).to_owned()
    }
}

/// A file of zeros that takes no room.
pub(crate) fn sparse_file(len: u64) -> File {
    let file = tempfile::tempfile().unwrap();
    file.set_len(len).unwrap();
    file
}

/// Waits until something becomes true.
pub(crate) fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Clock::system().instant();
    while !holds() {
        assert!(since(begun) < Duration::from_secs(10), "{what} did not happen");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Time that passed.
pub(crate) fn since(begun: Instant) -> Duration {
    Clock::system().instant() - begun
}

/// Tells the test program, started again by itself, that it shall be a server.
const MARK: &str = "as-a-file-server";

/// A server of one file in a process of its own, so that its memory can be measured.
pub(crate) struct FileServer {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    pub(crate) address: SocketAddr,
}

impl FileServer {
    /// Starts the test program again, with only `test` to run; that test must call [`FileServer::child`].
    pub(crate) fn start(test: &str, file: &std::path::Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([test, MARK, "--exact", "--nocapture"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{}", file.display()).unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert!(output.read_line(&mut line).unwrap() > 0, "the file server did not start");
            if let Some((_, address)) = line.trim_end().split_once("listening on ") {
                break address.parse().unwrap();
            }
        };
        Self { child, input: Some(input), output, address }
    }

    /// What the started program does; nothing in an ordinary test run.
    pub(crate) fn child() {
        if !std::env::args().any(|argument| argument == MARK) {
            return;
        }
        let mut path = String::new();
        io::stdin().read_line(&mut path).unwrap();
        let file = File::open(PathBuf::from(path.trim_end())).unwrap();
        let len = file.metadata().unwrap().len();
        let server = Server::start_with(Limits::default(), Some((Arc::new(file), len)));
        println!("listening on {}", server.address);
        io::stdin().read_to_end(&mut Vec::new()).unwrap();
    }

    /// Memory in use, in KiB.
    pub(crate) fn resident(&self) -> u64 {
        memory(self.child.id(), "VmRSS:")
    }

    /// Memory of its own in use, in KiB. Pages of the program's file come and go with how its code happens to lie.
    pub(crate) fn own(&self) -> u64 {
        memory(self.child.id(), "RssAnon:")
    }

    /// The most memory that was in use since [`FileServer::forget_peak`], in KiB.
    pub(crate) fn peak(&self) -> u64 {
        memory(self.child.id(), "VmHWM:")
    }

    /// Starts the measurement of the peak anew.
    pub(crate) fn forget_peak(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").unwrap();
    }
}

/// A line of a process's status, in KiB.
pub(crate) fn memory(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}

impl Drop for FileServer {
    fn drop(&mut self) {
        drop(self.input.take());
        io::copy(&mut self.output, &mut io::sink()).ok();
        self.child.wait().ok();
    }
}

/// The real program, serving on a port that the system chose.
pub(crate) struct Program {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    /// The line it prints when it is ready.
    pub(crate) invitation: String,
    pub(crate) data: tempfile::TempDir,
}

impl Program {
    pub(crate) fn start(flags: &[&str]) -> Self {
        Self::start_logging_to(Stdio::inherit(), flags)
    }

    pub(crate) fn start_logging_to(log: Stdio, flags: &[&str]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_amauta"))
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .args(flags)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut invitation = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut invitation).unwrap();
        let (_, rest) =
            invitation.split_once("http://").unwrap_or_else(|| panic!("not ready: {invitation:?}"));
        let address = rest.split('/').next().unwrap().parse().unwrap();
        Self { child, address, invitation, data }
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
