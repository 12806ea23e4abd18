//! More connections than places, on real sockets: who is served, who gives way, who is sent away and how.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::{sync::Arc, time::Duration};

use amauta::{clock::Clock, web::server::Limits};

use crate::support::socket::{Client, Program, Server, eventually, short_limits, since, sparse_file};

#[test]
fn connections_are_not_kept_when_places_run_short() {
    let server = Server::start(Limits { max_connections: 4, ..short_limits() });
    let mut first = server.connect();
    assert_eq!(first.get("/").header("connection"), None);
    let _others: Vec<Client> = (0..3)
        .map(|_| {
            let mut other = server.connect();
            other.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            other
        })
        .collect();
    eventually("four connections", || server.metrics.connections.get() == 4);
    let answer = first.get("/");
    assert_eq!((answer.status, answer.header("connection")), (200, Some("close")));
    assert_eq!(first.rest(), b"");
}

#[test]
fn a_full_server_sends_the_surplus_away_politely_and_serves_the_rest() {
    const MOST: usize = 512;
    const SURPLUS: usize = 88;
    let program = Program::start(&["--max-connections", "512"]);
    // A form of which the last byte is still to come: nobody takes the place of a request under way.
    let form = "POST /es/entrar HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                Content-Length: 3\r\n\r\na=";
    let mut kept: Vec<Client> = (0..MOST).map(|_| Client::connect(program.address)).collect();
    for client in &mut kept {
        client.send(form);
    }
    // Connections are accepted in the order they came in, so these hold all the places.
    let surplus: Vec<Client> = (0..SURPLUS).map(|_| Client::connect(program.address)).collect();
    for mut client in surplus {
        let answer = client.answer();
        assert_eq!(answer.status, 503);
        assert_eq!(answer.header("retry-after"), Some("5"));
        assert_eq!(answer.header("connection"), Some("close"));
        assert_eq!(client.rest(), b"");
    }
    for client in &mut kept {
        let status = client.send("b").answer().status;
        assert!((400..500).contains(&status), "a form without seal: {status}");
    }
    drop(kept);
    eventually("service after the rush", || Client::connect(program.address).get("/healthz").status == 200);
}

/// Opens connections until all places are taken by those that have been silent for a while.
fn silent(server: &Server, how_many: usize, words: &str, pause: Duration) -> Vec<Client> {
    let silent: Vec<Client> = (0..how_many)
        .map(|_| {
            let mut client = server.connect();
            client.send(words);
            client
        })
        .collect();
    eventually("all places are taken", || server.metrics.connections.get() >= how_many as u64);
    std::thread::sleep(pause);
    silent
}

/// Everybody of a class asks for ten pages, each on a new connection; how long the slowest page took.
fn class_of_30(server: &Server) -> Duration {
    let address = server.address;
    let pupil = move || -> Duration {
        let pages = (0..10).map(|_| {
            let begun = Clock::system().instant();
            assert_eq!(Client::connect(address).get("/").status, 200);
            since(begun)
        });
        pages.max().unwrap_or_default()
    };
    let class: Vec<_> = (0..30).map(|_| std::thread::spawn(pupil)).collect();
    class.into_iter().map(|pupil| pupil.join().unwrap()).max().unwrap_or_default()
}

/// Nothing is given up by the clock: only making room can help.
fn patient_limits(max_connections: usize) -> Limits {
    let long = Duration::from_secs(120);
    Limits {
        max_connections,
        idle_timeout: long,
        header_timeout: long,
        body_timeout: long,
        stall_timeout: long,
        ..Limits::default()
    }
}

#[test]
fn a_class_reads_on_while_somebody_holds_all_places_in_silence() {
    let server = Server::start(patient_limits(512));
    let mut served = server.connect();
    served.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\nhol");
    let mut waiting = silent(&server, 256, "", Duration::ZERO);
    waiting.extend(silent(&server, 255, "GET / HTTP/1.1\r\nX-A: b", Duration::from_millis(400)));
    let slowest = class_of_30(&server);
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
    assert!(server.metrics.gave_way.get() >= 30);
    assert_eq!(server.metrics.refused.get(), 0);
    assert_eq!(served.send("a á").answer().text(), "hola á", "a request under way is never given up");
}

#[test]
fn who_holds_places_with_bodies_that_stand_still_or_drip_gives_way_too() {
    const LEN: u64 = 64 << 20;
    let body = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\na";
    let reader = "GET /file HTTP/1.1\r\nHost: a\r\n\r\n";
    for (stands, drop) in [(body, ""), (body, "a"), (reader, "")] {
        let server = Server::start_with(patient_limits(16), Some((Arc::new(sparse_file(LEN)), LEN)));
        let mut uploads = server.connect();
        uploads.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 6000\r\n\r\n");
        let mut holding = silent(&server, 15, stands, Duration::ZERO);
        eventually("all places are taken", || server.metrics.connections.get() == 16);
        assert_eq!(server.connect().answer().status, 503, "who sends and takes is left alone");
        for _ in 0..15 {
            uploads.send([b'a'; 400]);
            for each in &mut holding {
                each.send(drop);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let mut pupil = server.connect();
        assert_eq!(pupil.get("/").status, 200, "{stands:?} {drop:?}");
        assert_eq!(server.metrics.gave_way.get(), 1);
        assert_eq!(uploads.answer().body.len(), 6000, "an upload that flows is left alone");
    }
}
