//! The server below the pages, on real sockets: what clients may take, what they get told, and how it ends.

use std::{io::Write as _, net::Shutdown, sync::Arc, time::Duration};

use amauta::{
    clock::Clock,
    web::server::{Limits, Stop, listen},
};

use crate::support::socket::{
    Answer, Client, FileServer, Program, Server, eventually, memory, short_limits, since, sparse_file,
};

const MEGABYTE: u64 = 1024 * 1024;

#[test]
fn a_head_that_drips_in_is_given_up_with_408() {
    let server = Server::start(short_limits());
    let begun = Clock::system().instant();
    let mut client = server.connect();
    client.send("GET / HTTP/1.1\r\n");
    while since(begun) < Duration::from_millis(1500) && server.metrics.timeouts_head.get() == 0 {
        client.try_send("X-A: b\r\n").ok();
        std::thread::sleep(Duration::from_millis(40));
    }
    let answer = client.answer();
    assert_eq!((answer.status, answer.text()), (408, "página de 408"));
    assert_eq!(answer.header("connection"), Some("close"));
    assert_eq!(client.rest(), b"");
    assert!(since(begun) < Duration::from_secs(3), "{:?}", since(begun));
    assert_eq!(server.connect().get("/").status, 200);
}

#[test]
fn a_connection_without_a_request_is_closed_in_silence() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    assert_eq!(client.rest(), b"");
    assert_eq!(server.metrics.timeouts_idle.get(), 1);
}

#[test]
fn a_kept_connection_is_closed_when_nothing_more_is_asked() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    for _ in 0..3 {
        std::thread::sleep(Duration::from_millis(200));
        assert_eq!(client.get("/").status, 200);
    }
    let begun = Clock::system().instant();
    assert_eq!(client.rest(), b"");
    assert!((400..1500).contains(&since(begun).as_millis()), "{:?}", since(begun));
}

#[test]
fn a_client_that_hangs_up_halfway_through_a_head_leaves_nothing_behind() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    client.send("GET / HTTP/1.1\r\nHo").stream().shutdown(Shutdown::Write).unwrap();
    assert_eq!(client.rest(), b"");
    eventually("the end of the connection", || server.metrics.connections.get() == 0);
    assert_eq!(server.metrics.timeouts_head.get(), 0);
}

#[test]
fn a_client_that_says_it_sends_no_more_still_gets_its_answer() {
    let server = Server::start(short_limits());
    for path in ["/hola", "/slow"] {
        let mut client = server.connect();
        client
            .send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"))
            .stream()
            .shutdown(Shutdown::Write)
            .unwrap();
        assert_eq!(client.answer().status, 200, "{path}");
        assert_eq!(client.rest(), b"");
    }
}

#[test]
fn a_body_that_stalls_is_answered_with_408_and_the_end() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    let answer = client.answer();
    assert_eq!((answer.status, answer.header("connection")), (408, Some("close")));
    assert_eq!(client.rest(), b"");
}

#[test]
fn a_body_that_breaks_off_costs_only_its_connection() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    drop(client);
    eventually("the end of the connection", || server.metrics.connections.get() == 0);
    assert_eq!(server.connect().get("/").status, 200);
}

#[test]
fn a_body_that_is_too_large_is_refused_and_the_client_can_read_it() {
    let server = Server::start(short_limits());
    for framing in ["Content-Length: 1000000", "Transfer-Encoding: chunked"] {
        let mut client = server.connect();
        client.send(format!("POST /echo HTTP/1.1\r\nHost: a\r\n{framing}\r\n\r\n"));
        let mut stream = client.stream().try_clone().unwrap();
        let sender = std::thread::spawn(move || {
            // It goes on sending like a browser; when we hang up it stops.
            let chunk = [b"f000\r\n".as_slice(), &vec![b'x'; 0xf000], b"\r\n"].concat();
            for _ in 0..4 {
                if stream.write_all(&chunk).is_err() {
                    break;
                }
            }
        });
        assert_eq!(client.answer().status, 413, "{framing}");
        sender.join().unwrap();
    }
}

#[test]
fn bodies_arrive_whole_however_they_are_framed() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\nhol");
    std::thread::sleep(Duration::from_millis(30));
    assert_eq!(client.send("a á").answer().text(), "hola á");
    assert_eq!(client.get("/").status, 200, "the connection is kept after a body that was read");
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    assert_eq!(client.answer().text(), "abcde");
    assert_eq!(client.rest(), b"", "whoever stands between may have read the frame otherwise");
}

#[test]
fn a_body_nobody_reads_does_not_become_the_next_request() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    let inner = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    client
        .send(format!("POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{inner}", inner.len()));
    assert_eq!(client.answer().text(), "no lo leo");
    client.try_send("GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").ok();
    let rest = String::from_utf8(client.rest()).unwrap();
    assert!(!rest.contains("smuggled"), "{rest}");
}

#[test]
fn a_long_body_nobody_reads_is_not_answered_a_second_time() {
    let server = Server::start(short_limits());
    for (request, status) in [("POST /echo", 413), ("GET /unread", 200)] {
        let mut client = server.connect();
        client.send(format!("{request} HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n"));
        client.try_send(vec![b'a'; 100_000]).ok();
        let answer = client.answer();
        assert_eq!((answer.status, answer.header("connection")), (status, Some("close")), "{request}");
        let more = String::from_utf8(client.rest()).unwrap();
        assert_eq!(more, "", "{request}");
    }
}

#[test]
fn a_head_that_is_too_large_gets_431_as_a_page() {
    let server = Server::start(short_limits());
    let many: Vec<String> = (0..65).map(|n| format!("X-{n}: a\r\n")).collect();
    for headers in [format!("X-Long: {}\r\n", "a".repeat(17 * 1024)), many.concat()] {
        let mut client = server.connect();
        client.send(format!("GET / HTTP/1.1\r\nHost: a\r\n{headers}\r\n"));
        let answer = client.answer();
        assert_eq!((answer.status, answer.text()), (431, "página de 431"));
        assert_eq!(client.rest(), b"");
    }
}

#[test]
fn an_address_that_is_too_long_gets_414_whether_it_ends_or_not() {
    let server = Server::start(short_limits());
    for line in [
        format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(9 * 1024)),
        format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(100 * 1024)),
        format!("\r\nGET /{}", "a".repeat(10 * 1024)),
    ] {
        let mut client = server.connect();
        client.send(&line);
        let answer = client.answer();
        assert_eq!((answer.status, answer.text()), (414, "página de 414"), "{} bytes", line.len());
        assert_eq!(client.rest(), b"");
    }
    let longest = format!("/{}", "a".repeat(8 * 1024 - 1));
    assert_eq!(server.connect().get(&longest).status, 200);
}

#[test]
fn what_is_not_http_gets_400_as_a_page_and_the_end() {
    let server = Server::start(short_limits());
    for bytes in [
        "hola\r\n\r\n",
        "GET / HTTP/1.1\r\nHost a\r\n\r\n",
        "GET / HTTP/9.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\r\n\r\n",
    ] {
        let mut client = server.connect();
        client.send(bytes);
        let answer = client.answer();
        assert_eq!((answer.status, answer.text()), (400, "página de 400"), "{bytes:?}");
        assert_eq!(client.rest(), b"", "{bytes:?}");
    }
}

#[test]
fn http_1_0_works_without_host_and_keeps_the_connection_only_when_asked() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    assert_eq!(client.send("GET /a HTTP/1.0\r\n\r\n").answer().text(), "GET /a");
    assert_eq!(client.rest(), b"");
    let mut client = server.connect();
    for path in ["/a", "/b"] {
        let answer = client.send(format!("GET {path} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")).answer();
        assert_eq!((answer.text(), answer.version.as_str()), (&*format!("GET {path}"), "HTTP/1.0"));
        assert_eq!(answer.header("connection"), Some("keep-alive"));
    }
}

#[test]
fn requests_sent_at_once_are_answered_in_order() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    let slow = |n: u32| if n % 10 == 3 { "/slow".to_owned() } else { format!("/{n}") };
    let all: Vec<String> = (0..20).map(|n| format!("GET {} HTTP/1.1\r\nHost: a\r\n\r\n", slow(n))).collect();
    client.send(all.concat());
    for n in 0..20 {
        let expected = if n % 10 == 3 { "despacio".to_owned() } else { format!("GET /{n}") };
        assert_eq!(client.answer().text(), expected);
    }
}

#[test]
fn head_gets_the_head_of_get_and_no_body() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    let answer = client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n").answer_to("HEAD");
    assert_eq!((answer.status, answer.header("content-length")), (200, Some("9")));
    assert_eq!(client.get("/").status, 200, "no byte of a body stands in the way");
}

#[test]
fn a_client_that_waits_for_the_go_ahead_gets_it_only_when_its_body_is_wanted() {
    let server = Server::start(short_limits());
    let ask = |length: u32| {
        format!("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n")
    };
    let mut client = server.connect();
    assert_eq!(client.send(ask(3)).head().status, 100);
    assert_eq!(client.send("abc").answer().text(), "abc");
    assert_eq!(server.connect().send(ask(1_000_000)).answer().status, 413);
}

#[test]
fn trace_and_connect_are_refused_and_odd_methods_are_the_pages_business() {
    let server = Server::start(short_limits());
    for line in ["TRACE / HTTP/1.1", "CONNECT a:80 HTTP/1.1"] {
        let answer = server.connect().send(format!("{line}\r\nHost: a\r\n\r\n")).answer();
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD, POST")), "{line}");
    }
    let answer = server.connect().send("BREW /café HTTP/1.1\r\nHost: a\r\n\r\n".replace('é', "e")).answer();
    assert_eq!(answer.text(), "BREW /cafe");
}

#[test]
fn a_panic_costs_one_request_and_shows_its_page() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    for path in ["/panic", "/panic/later"] {
        let answer = client.get(path);
        assert_eq!((answer.status, answer.text()), (500, &*format!("página de error para {path}")));
    }
    assert_eq!(client.get("/").status, 200, "even the connection lives");
    assert_eq!(server.metrics.panics.get(), 2);
}

#[test]
fn only_this_machine_itself_counts_as_local() {
    let server = Server::start(short_limits());
    let mut client = server.connect();
    assert_eq!(client.get("/peer").text(), "true");
    let proxied = "GET /peer HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.0.0.7\r\n\r\n";
    assert_eq!(client.send(proxied).answer().text(), "false");
}

#[test]
fn a_server_whose_clock_is_wrong_claims_no_date() {
    let asked = |clock| Server::start_at(clock, short_limits(), None).connect().get("/");
    assert!(asked(Clock::system()).header("date").is_some());
    let answer = asked(Clock::frozen("2000-01-01T00:00:00Z".parse().unwrap()));
    assert_eq!((answer.status, answer.header("date")), (200, None));
}

#[test]
fn ranges_of_a_file_arrive_over_the_socket() {
    let mut file = tempfile::tempfile().unwrap();
    let content: Vec<u8> = (0..200_000_u32).flat_map(u32::to_be_bytes).collect();
    file.write_all(&content).unwrap();
    let len = content.len();
    let server = Server::start_with(short_limits(), Some((Arc::new(file), len as u64)));
    let mut client = server.connect();
    let mut ask = |headers: &str| -> Answer {
        client.send(format!("GET /file HTTP/1.1\r\nHost: a\r\n{headers}\r\n")).answer()
    };
    let whole = ask("");
    assert!(whole.status == 200 && whole.body == content);
    assert_eq!(whole.header("content-type"), Some("video/ogg"));
    assert_eq!(
        whole.header("content-disposition"),
        Some("attachment; filename=\"capsula.ogv\"; filename*=UTF-8''c%C3%A1psula.ogv")
    );
    let part = ask("Range: bytes=70000-700001\r\nIf-Range: \"abc\"\r\n");
    assert!(part.status == 206 && part.body == content[70_000..=700_001]);
    assert_eq!(part.header("content-range"), Some(&*format!("bytes 70000-700001/{len}")));
    let end = ask("Range: bytes=-5\r\n");
    assert!(end.status == 206 && end.body == content[len - 5..]);
    assert_eq!(ask("Range: bytes=900000-\r\n").status, 416);
    assert_eq!(ask("If-None-Match: \"abc\"\r\n").status, 304);
    assert_eq!(ask("Range: bytes=0-1\r\nIf-Range: \"old\"\r\n").body.len(), len);
    let head = client.send("HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n").answer_to("HEAD");
    assert_eq!((head.status, head.header("content-length")), (200, Some(&*len.to_string())));
    assert_eq!(client.get("/").status, 200);
}

#[test]
fn a_client_that_stops_reading_is_given_up_and_its_memory_freed() {
    let server =
        Server::start_with(short_limits(), Some((Arc::new(sparse_file(64 * MEGABYTE)), 64 * MEGABYTE)));
    let mut client = server.connect();
    client.send("GET /file HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(client.head().status, 200);
    eventually("giving up", || server.metrics.timeouts_write.get() == 1);
    eventually("the end of the connection", || server.metrics.connections.get() == 0);
}

#[test]
fn a_slow_client_that_goes_on_reading_gets_everything() {
    const LEN: u64 = MEGABYTE;
    let server = Server::start_with(short_limits(), Some((Arc::new(sparse_file(LEN)), LEN)));
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    // Without this the kernel takes the whole file for the client at once.
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    socket.connect(&server.address.into()).unwrap();
    let mut client = Client::over(socket.into());
    let begun = Clock::system().instant();
    client.send("GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert_eq!(client.head().status, 200);
    let mut got = 0;
    while got < LEN {
        let piece = client.take(32 * 1024) as u64;
        assert!(piece > 0, "cut off after {got} bytes and {:?}", since(begun));
        got += piece;
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(since(begun) > short_limits().stall_timeout, "too fast to prove anything: {:?}", since(begun));
    assert_eq!(server.metrics.timeouts_write.get(), 0);
}

#[test]
fn a_gentle_stop_finishes_a_download_and_takes_nobody_new() {
    const LEN: u64 = 16 * MEGABYTE;
    let limits = Limits { grace: Duration::from_secs(8), ..Limits::default() };
    let mut server = Server::start_with(limits, Some((Arc::new(sparse_file(LEN)), LEN)));
    let mut idle = server.connect();
    assert_eq!(idle.get("/").status, 200);
    let mut client = server.connect();
    client.send("GET /file HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(client.head().status, 200);
    server.stop.send_replace(Stop::Gently);
    assert_eq!(idle.rest(), b"", "an idle connection ends at once");
    eventually("the closing of the doors", || std::net::TcpStream::connect(server.address).is_err());
    let reader = std::thread::spawn(move || client.rest().len() as u64);
    assert_eq!(server.wait(), 0);
    assert_eq!(reader.join().unwrap(), LEN);
}

#[test]
fn a_gentle_stop_ends_after_its_grace_and_an_urgent_one_at_once() {
    let file = || Some((Arc::new(sparse_file(64 * MEGABYTE)), 64 * MEGABYTE));
    for (urgent, grace, at_most) in [(false, 300, 2000), (true, 60_000, 1000)] {
        let limits = Limits { grace: Duration::from_millis(grace), ..Limits::default() };
        let mut server = Server::start_with(limits, file());
        let mut client = server.connect();
        client.send("GET /file HTTP/1.1\r\nHost: a\r\n\r\n");
        assert_eq!(client.head().status, 200);
        let begun = Clock::system().instant();
        server.stop.send_replace(Stop::Gently);
        if urgent {
            std::thread::sleep(Duration::from_millis(100));
            server.stop.send_replace(Stop::AtOnce);
        }
        assert_eq!(server.wait(), 1, "one connection was broken off");
        assert!(since(begun) < Duration::from_millis(at_most), "{:?}", since(begun));
    }
}

#[test]
fn one_socket_takes_both_families_where_ipv6_is_on() {
    let listener = listen("[::]:0".parse().unwrap()).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    if std::net::TcpListener::bind("[::1]:0").is_ok() {
        std::net::TcpStream::connect(("::1", port)).unwrap();
    }
}

#[test]
fn file_server_in_its_own_process() {
    FileServer::child();
}

const CHILD: &str = "server::file_server_in_its_own_process";

#[test]
fn a_gigabyte_goes_out_in_eight_megabytes_of_memory() {
    const LEN: u64 = 1024 * MEGABYTE;
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(LEN).unwrap();
    let server = FileServer::start(CHILD, file.path());
    let mut client = Client::connect(server.address);
    client.get("/");
    let before = server.resident();
    server.forget_peak();
    client.send("GET /file HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(client.head().header("content-length"), Some(&*LEN.to_string()));
    let mut got = 0;
    while got < LEN {
        let piece = client.take(1 << 20) as u64;
        assert!(piece > 0, "the download ended after {got} bytes");
        got += piece;
    }
    let grown = server.peak().saturating_sub(before);
    assert!(grown <= 8 * 1024, "memory grew by {grown} KiB");
}

#[test]
fn stopped_downloads_and_idle_connections_take_little_memory() {
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(10 * MEGABYTE).unwrap();
    let server = FileServer::start(CHILD, file.path());
    assert_eq!(Client::connect(server.address).get("/").status, 200);
    let before = server.own();
    let mut idle: Vec<Client> = (0..200).map(|_| Client::connect(server.address)).collect();
    for client in &mut idle {
        assert_eq!(client.get("/").status, 200);
    }
    let with_idle = server.own();
    let each = with_idle.saturating_sub(before) / 200;
    assert!(each <= 16, "{each} KiB for an idle connection");
    let mut stopped: Vec<Client> = (0..40).map(|_| Client::connect(server.address)).collect();
    for client in &mut stopped {
        client.send("GET /file HTTP/1.1\r\nHost: a\r\n\r\n");
        assert_eq!(client.head().status, 200);
    }
    std::thread::sleep(Duration::from_millis(500));
    let each = server.own().saturating_sub(with_idle) / 40;
    assert!(each <= 88, "{each} KiB for a stopped download");
}

#[test]
fn the_program_keeps_to_a_few_threads() {
    let program = Program::start(&[]);
    for _ in 0..20 {
        Client::connect(program.address).get("/healthz");
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.child.id())).unwrap();
    let threads: u32 =
        status.lines().find_map(|line| line.strip_prefix("Threads:")).unwrap().trim().parse().unwrap();
    assert!(threads <= 8, "{threads} threads");
    assert!(memory(program.child.id(), "VmRSS:") > 0);
}
