//! The corner cases of HTTP's framing, over a real socket: what two readers could understand differently is refused, or
//! the connection ends with it, so that no second request hides in a first.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends at the first surprise")]

use std::{fs, path::Path, thread};

use crate::support::socket::{Server, short_limits};

struct Case<'a> {
    name: &'a str,
    expected: &'a str,
    bytes: Vec<u8>,
}

/// The cases of the file, which says how they are written.
fn cases(text: &str) -> Vec<Case<'_>> {
    let mut blocks = text.split("\n## ");
    blocks.next();
    blocks
        .map(|block| {
            let (name, rest) = block.split_once('\n').unwrap();
            let (expected, bytes) = rest.split_once('\n').unwrap();
            let expected = expected.strip_prefix("-> ").unwrap();
            Case { name, expected, bytes: bytes.lines().flat_map(unescaped).collect() }
        })
        .collect()
}

fn unescaped(line: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = line.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        out.push(match rest.next().unwrap() {
            b'r' => b'\r',
            b'n' => b'\n',
            b't' => b'\t',
            b'0' => 0,
            b'x' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => panic!("\\{} stands for nothing", char::from(other)),
        });
    }
    out
}

#[test]
fn no_request_hides_in_another() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/smuggling.txt");
    let text = fs::read_to_string(file).unwrap();
    let cases = cases(&text);
    assert!(cases.len() >= 40, "{} cases were read", cases.len());
    let server = Server::start(short_limits());
    let wrong: Vec<String> = thread::scope(|scope| {
        let tried: Vec<_> = cases.iter().map(|case| scope.spawn(|| tried(&server, case))).collect();
        tried.into_iter().filter_map(|one| one.join().unwrap().err()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(server.connect().get("/").status, 200, "the server is well");
}

/// Sends a case and reads until the server ends the connection, as it does by itself when nothing more is asked.
fn tried(server: &Server, case: &Case<'_>) -> Result<(), String> {
    let mut client = server.connect();
    client.try_send(&case.bytes).ok();
    let answers = String::from_utf8_lossy(&client.rest()).into_owned();
    let statuses: Vec<&str> =
        answers.split("HTTP/1.").skip(1).map(|answer| answer.get(2..5).unwrap_or_default()).collect();
    let closes = answers.to_ascii_lowercase().contains("connection: close");
    let well = match case.expected {
        "refused" => statuses.len() == 1 && statuses[0] >= "400" && closes,
        "one" => statuses == ["200"],
        "close" => statuses == ["200"] && closes,
        "two" => statuses == ["200", "200"],
        other => panic!("{}: nothing is known of {other:?}", case.name),
    };
    if well && !answers.contains("smuggled") {
        return Ok(());
    }
    Err(format!("{}: expected {}, came {answers:?}", case.name, case.expected))
}
