//! Forms with files, as old browsers and hostile senders write them, in pieces of any length.

use amauta::formats::multipart::{Event, Field, Problem, Reader, file_name};
use proptest::prelude::*;

const BOUNDARY: &str = "---------------------------41184676334";

/// A field and all its bytes; `None` for one that never ended.
type Read = Vec<(Field, Vec<u8>, bool)>;

/// What comes out of a body that arrives in these pieces.
fn read<'a>(content_type: &str, pieces: impl IntoIterator<Item = &'a [u8]>) -> (Read, Result<(), Problem>) {
    let mut fields = Read::new();
    let outcome = Reader::new(content_type).and_then(|mut reader| {
        for piece in pieces {
            reader.feed::<Problem>(piece, |event| {
                match event {
                    Event::Begin(field) => fields.push((field, Vec::new(), false)),
                    Event::Bytes(bytes) => {
                        assert!(!bytes.is_empty());
                        fields.last_mut().expect("a field").1.extend(bytes);
                    }
                    Event::End => fields.last_mut().expect("a field").2 = true,
                }
                Ok(())
            })?;
        }
        reader.finish()
    });
    (fields, outcome)
}

fn content_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

fn whole(body: &[u8]) -> (Read, Result<(), Problem>) {
    read(&content_type(), [body])
}

/// The one field of a form with this head.
fn only(head: &str) -> Result<Field, Problem> {
    let (mut fields, outcome) = whole(format!("--{BOUNDARY}\r\n{head}\r\n\r\n\r\n--{BOUNDARY}--").as_bytes());
    outcome.map(|()| fields.remove(0).0)
}

/// The file's name as it is kept when a browser sends this.
fn named(filename: &str) -> String {
    let head = format!("Content-Disposition: form-data; name=\"a\"; filename={filename}");
    only(&head).expect("a field").file.expect("a file")
}

fn field(name: &str, file: Option<&str>, media_type: &str) -> Field {
    Field { name: name.to_owned(), file: file.map(ToOwned::to_owned), media_type: media_type.to_owned() }
}

#[test]
fn a_form_of_firefox_is_read() {
    let body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"titulo\"\r\n\r\nEl agua, yaku\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"archivo\"; filename=\"Lección \\\"1\\\".odt\"\r\n\
         Content-Type: application/vnd.oasis.opendocument.text\r\n\r\nPK\r\n--\r\n\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"otro\"; filename=\"\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n\r\n--{BOUNDARY}--\r\n"
    );
    let odt = "application/vnd.oasis.opendocument.text";
    let (fields, outcome) = whole(body.as_bytes());
    assert_eq!(outcome, Ok(()));
    assert_eq!(
        fields,
        [
            (field("titulo", None, ""), b"El agua, yaku".to_vec(), true),
            (field("archivo", Some("Lección \"1\".odt"), odt), b"PK\r\n--\r\n".to_vec(), true),
            (field("otro", Some(""), "application/octet-stream"), Vec::new(), true),
        ]
    );
}

#[test]
fn a_form_of_dillo_is_read() {
    // A whole path, and nothing after the closing boundary.
    let body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"archivo\"; filename=\"/home/olpc/plan de clase.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nhola\r\n--{BOUNDARY}--"
    );
    let (fields, outcome) = whole(body.as_bytes());
    assert_eq!(outcome, Ok(()));
    assert_eq!(fields, [(field("archivo", Some("plan de clase.txt"), "text/plain"), b"hola".to_vec(), true)]);
}

#[test]
fn what_stands_before_and_after_a_form_is_passed_over() {
    let body = format!(
        "para otros\r\n--{BOUNDARY} \t\r\ncontent-DISPOSITION: FORM-data;\r\n name=a\r\n\r\n1\r\n--{BOUNDARY}--\r\n--{BOUNDARY}\r\n"
    );
    assert_eq!(whole(body.as_bytes()), (vec![(field("a", None, ""), b"1".to_vec(), true)], Ok(())));
}

#[test]
fn names_of_files_arrive_however_a_browser_writes_them() {
    for (sent, kept) in [
        ("\"C:\\Users\\x\\plan.odt\"", "plan.odt"),
        ("\"ñandú y ch'aska.pdf\"", "ñandú y ch'aska.pdf"),
        ("\"&#324;and&#250;.pdf\"", "ńandú.pdf"),
        ("\"Tom &# Jerry &#x; &#99999999;.txt\"", "Tom &# Jerry &#x; &#99999999;.txt"),
        ("\"dice %22hola%22.txt\"", "dice \"hola\".txt"),
        ("\"a;b=c.txt\"", "a;b=c.txt"),
        ("plan.odt", "plan.odt"),
        ("\"plan.odt\"; filename*=UTF-8''lecci%C3%B3n%201.odt", "lección 1.odt"),
        ("\"plan.odt\"; filename*=UTF-8''%FF.odt", "plan.odt"),
        ("\"plan.odt\"; filename=\"otro.odt\"", "plan.odt"),
    ] {
        assert_eq!(named(sent), kept, "{sent}");
    }
}

#[test]
fn a_name_in_latin_1_keeps_its_letters() {
    let mut body =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"a\"; filename=\"ni").into_bytes();
    body.extend(b"\xf1o.txt\"\r\n\r\n\r\n--");
    body.extend(format!("{BOUNDARY}--").bytes());
    assert_eq!(whole(&body).0[0].0.file.as_deref(), Some("niño.txt"));
}

#[test]
fn names_that_could_hurt_are_made_harmless() {
    for (sent, kept) in [
        ("../../etc/passwd", "passwd"),
        ("..", ""),
        ("a/..", ""),
        ("a\\.", ""),
        (".htaccess", "htaccess"),
        (" . .. x . ", "x"),
        ("a/", ""),
        ("plan\0.php\r\n.odt", "plan.php.odt"),
        ("foto\u{202E}gpj.exe", "fotogpj.exe"),
        ("\u{2028}", ""),
    ] {
        assert_eq!(file_name(sent), kept, "{sent:?}");
    }
    assert_eq!(named("\"&#47;&#46;&#46;\""), "", "escapes are undone before, not after");
    assert_eq!(named("\"x\"; filename*=UTF-8''..%2F..%2Fplan%00.odt"), "plan.odt");
}

#[test]
fn a_long_name_keeps_its_ending_and_no_half_letter() {
    let name = file_name(&format!("{}.odt", "ñ".repeat(100)));
    assert_eq!(name, format!("{}.odt", "ñ".repeat(58)));
    let name = file_name(&format!("a.{}", "ñ".repeat(100)));
    assert_eq!(name, format!("a.{}", "ñ".repeat(59)));
}

#[test]
fn a_content_type_without_a_sound_boundary_is_refused() {
    let refusal = |text: &str| Reader::new(text).err();
    assert_eq!(refusal("application/x-www-form-urlencoded"), Some(Problem::NotAForm));
    assert_eq!(refusal(""), Some(Problem::NotAForm));
    for text in
        ["", "boundary=", "boundary=\"\"", "boundary=\"a \"", "boundary=\"a\r\nb\"", "boundary=ñ", "x=y"]
    {
        assert_eq!(refusal(&format!("multipart/form-data; {text}")), Some(Problem::NoBoundary), "{text}");
    }
    let of = |length| format!("multipart/form-data; boundary={}", "a".repeat(length));
    assert_eq!((refusal(&of(70)), refusal(&of(71))), (None, Some(Problem::NoBoundary)));
    assert_eq!(refusal("Multipart/Form-Data; charset=utf-8; Boundary=\"a b=c\""), None);
}

#[test]
fn a_form_that_is_none_is_refused_with_its_reason() {
    let reason = |body: &str| whole(body.replace('@', &format!("--{BOUNDARY}")).as_bytes()).1.unwrap_err();
    let head = "Content-Disposition: form-data; name=\"a\"";
    assert_eq!(reason(""), Problem::CutOff);
    assert_eq!(reason("hola"), Problem::CutOff);
    assert_eq!(reason("@\r\nContent-Dis"), Problem::CutOff);
    assert_eq!(reason(&format!("@\r\n{head}\r\n\r\nmedio")), Problem::CutOff);
    assert_eq!(reason(&format!("@\r\n{head}\r\n\r\nmedio\r\n@\r\n")), Problem::CutOff);
    assert_eq!(reason("@x\r\n\r\n"), Problem::BadHead);
    assert_eq!(reason("@\r\n\r\n"), Problem::BadHead);
    assert_eq!(reason("@\r\nContent-Disposition: form-data\r\n\r\n"), Problem::BadHead);
    assert_eq!(reason("@\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n"), Problem::BadHead);
    assert_eq!(reason(&format!("@\r\nsin dos puntos\r\n{head}\r\n\r\n")), Problem::BadHead);
    assert_eq!(
        reason(&format!("@\r\n{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n")),
        Problem::BadHead
    );
    assert_eq!(reason(&format!("@\r\n{head}\r\nX: {}", "x".repeat(9000))), Problem::LongHead);
    assert_eq!(reason(&format!("@\r\n{head}\r\n\r\n\r\n").repeat(65)), Problem::ManyFields);
    assert!(
        whole(
            format!("{}--{BOUNDARY}--", format!("--{BOUNDARY}\r\n{head}\r\n\r\n\r\n").repeat(64)).as_bytes()
        )
        .1
        .is_ok()
    );
}

#[test]
fn what_the_taker_refuses_ends_the_reading() {
    let mut reader = Reader::new(&content_type()).expect("a form");
    let body =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhola\r\n--{BOUNDARY}--");
    let mut events = 0;
    let outcome = reader.feed::<Box<dyn std::error::Error>>(body.as_bytes(), |event| {
        events += 1;
        if matches!(event, Event::Bytes(_)) { Err("full".into()) } else { Ok(()) }
    });
    assert_eq!((outcome.unwrap_err().to_string().as_str(), events), ("full", 2));
}

/// Cuts a body at these places.
fn cut<'a>(body: &'a [u8], places: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut ends: Vec<usize> = places.iter().map(|place| place.index(body.len() + 1)).collect();
    ends.extend([0, body.len()]);
    ends.sort_unstable();
    ends.windows(2).map(|pair| &body[pair[0]..pair[1]]).collect()
}

/// Bytes that look like the end of a field to a careless reader.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            &b"\r"[..],
            b"\n",
            b"-",
            b"\r\n--",
            b"\r\n---------------------------4118",
            b"4",
            b"\0",
            b"\r\n\r\n"
        ])
        .prop_map(<[u8]>::to_vec),
        prop::collection::vec(any::<u8>(), 0..90),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn signs() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "\r\n",
        "\r\n--b",
        "--b",
        "--",
        "\r",
        "\n",
        "Content-Disposition: form-data; name=",
        "\"a\"",
        "; filename=\"",
        "\\\"",
        "\\",
        "\"",
        "; filename*=UTF-8''",
        "%2F",
        "%",
        "&#",
        "47;",
        ":",
        ";",
        "=",
        " ",
        "\r\n ",
        "..",
        "/",
        "ñ",
        "\r\n\r\n",
        "\u{202e}",
        "Content-Type: text/plain",
        "x",
    ]);
    let raw = prop_oneof![30 => piece.prop_map(|piece| piece.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 1..3)];
    prop::collection::vec(raw, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_was_sent_arrives_however_it_is_cut(
        contents in prop::collection::vec(content(), 0..5),
        places in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
    ) {
        prop_assume!(!contents.iter().any(|content| String::from_utf8_lossy(content).contains(BOUNDARY)));
        let mut body = Vec::new();
        for (number, content) in contents.iter().enumerate() {
            body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{number}\"\r\n\r\n").bytes());
            body.extend(content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        let (fields, outcome) = read(&content_type(), cut(&body, &places));
        prop_assert_eq!(outcome, Ok(()));
        let read: Vec<_> = fields.iter().map(|(field, bytes, ended)| (field.name.clone(), bytes, *ended)).collect();
        let sent: Vec<_> = contents.iter().enumerate().map(|(n, content)| (n.to_string(), content, true)).collect();
        prop_assert_eq!(read, sent);
    }

    #[test]
    fn no_body_breaks_the_reader_and_cuts_change_nothing(
        body in signs(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
    ) {
        let form = "multipart/form-data; boundary=b";
        let whole = read(form, [&body[..]]);
        prop_assert_eq!(&whole, &read(form, cut(&body, &places)));
        prop_assert_eq!(&whole, &read(form, body.chunks(1)));
        for (field, _, _) in whole.0 {
            let name = field.file.unwrap_or_default();
            prop_assert!(!name.contains(['/', '\\', '\0']) && !name.starts_with('.'));
        }
    }

    #[test]
    fn no_content_type_breaks_the_reader(text in "(multipart/form-data)?[;a-z=\" \\\\]{0,20}(boundary)?\\PC{0,20}") {
        Reader::new(&text).ok();
    }

    #[test]
    fn a_harmless_name_stays_as_it_is(raw in "(\\PC|[./\\\\ \u{0}-\u{1f}]){0,80}(\\.[a-z]{1,20})?") {
        let name = file_name(&raw);
        prop_assert!(name.len() <= 120 && !name.chars().any(char::is_control));
        prop_assert!(!name.contains(['/', '\\']) && !name.starts_with('.') && !name.ends_with('.'));
        prop_assert_eq!(file_name(&name), name);
    }
}
