//! Requests that two readers would cut differently (`tests/fixtures/smuggling.txt`), over real sockets: each is refused and
//! its connection ended, or answered as the requests that it is. A request hidden in another is never answered.

use std::net::SocketAddr;

use crate::support::socket::{Client, Program, Server, short_limits};

const CORPUS: &str = include_str!("../fixtures/smuggling.txt");
/// In the address of each hidden request; the test server's pages tell the address that they answer.
const HIDDEN: &str = "smuggled";

struct Case {
    name: &'static str,
    statuses: Vec<u16>,
    bytes: Vec<u8>,
}

fn corpus() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in CORPUS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(title) = line.strip_prefix("= ") {
            let (name, statuses) = title.rsplit_once(": ").expect("a name and statuses");
            let statuses = statuses.split(' ').map(|status| status.parse().expect("a status")).collect();
            cases.push(Case { name, statuses, bytes: Vec::new() });
        } else {
            cases.last_mut().expect("a title first").bytes.extend(unescaped(line));
        }
    }
    cases
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let mut taken = first.len_utf8();
        if first == '\\' {
            let letter = rest.as_bytes()[1];
            taken = 2;
            out.push(match letter {
                b'r' => b'\r',
                b'n' => b'\n',
                b't' => b'\t',
                b'0' => 0,
                b'x' => {
                    taken = 4;
                    u8::from_str_radix(&rest[2..4], 16).expect("two digits")
                }
                other => other,
            });
        } else if first == '{' {
            let (said, after) = rest[1..].split_once('}').expect("an end of what is repeated");
            let (what, times) = said.rsplit_once('*').expect("how many times");
            out.extend(unescaped(what).repeat(times.parse().expect("a number")));
            taken = rest.len() - after.len();
        } else {
            out.extend_from_slice(&rest.as_bytes()[..taken]);
        }
        rest = &rest[taken..];
    }
    out
}

/// The statuses of all answers but `100 Continue`, and everything that came.
fn answers(address: SocketAddr, bytes: &[u8]) -> (Vec<u16>, String) {
    let mut client = Client::connect(address);
    // A server that refuses may hang up before it has read everything.
    client.try_send(bytes).ok();
    let came = String::from_utf8_lossy(&client.rest()).into_owned();
    // The first line of a request that comes back as text ends where an answer tells its status.
    let statuses = came.split("HTTP/1.").skip(1).filter_map(|rest| rest.get(2..5)?.parse().ok());
    (statuses.filter(|status| *status != 100).collect(), came)
}

/// Asks every case at once, for some of them end by a timeout.
fn wrong(address: SocketAddr, judge: impl Fn(&Case, &[u16], &str) -> bool + Sync) -> Vec<String> {
    let cases = corpus();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let judge = &judge;
    std::thread::scope(|scope| {
        let asked: Vec<_> = cases
            .iter()
            .map(|case| {
                scope.spawn(move || {
                    let (statuses, came) = answers(address, &case.bytes);
                    (!judge(case, &statuses, &came))
                        .then(|| format!("{}: {statuses:?}, not {:?}\n", case.name, case.statuses))
                })
            })
            .collect();
        asked.into_iter().filter_map(|case| case.join().expect("an end")).collect()
    })
}

#[test]
fn every_case_is_refused_or_answered_as_what_it_is() {
    let server = Server::start(short_limits());
    let wrong = wrong(server.address, |case, statuses, came| {
        // What is refused is told so, in a page that ends the connection.
        let ends = case.statuses.iter().all(|status| *status < 400) || came.contains("onnection: close\r\n");
        // A body comes back as its text; a hidden request would come back as an answer.
        statuses == case.statuses && ends && !came.contains(&format!("GET /{HIDDEN}"))
    });
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn the_whole_program_answers_no_hidden_request_either() {
    let program = Program::start(&["--header-timeout", "2", "--body-timeout", "2", "--idle-timeout", "1"]);
    let wrong = wrong(program.address, |case, statuses, _| {
        (1..=case.statuses.len()).contains(&statuses.len()) && statuses.iter().all(|status| *status < 500)
    });
    assert!(wrong.is_empty(), "{}", wrong.concat());
    assert_eq!(Client::connect(program.address).get("/healthz").status, 200);
}
