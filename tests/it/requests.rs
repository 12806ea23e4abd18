//! Requests as browsers, tinkerers and machines send them: which status they get, which headers, and in which language
//! they are told what went wrong.

use std::collections::BTreeMap;

use amauta::web::{Portal, Settings, server::Operations};
use bytes::Bytes;
use http::{Method, Request};
use http_body_util::Full;

use crate::support::{
    html::tags,
    portal::{LANGS, pages, school},
    school::{Reply, School},
    socket::{Client, Program},
};

fn ask(school: &School, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Reply {
    let mut request =
        Request::builder().method(Method::from_bytes(method.as_bytes()).expect("a method")).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    school.ask(request.body(Full::new(body.into())).expect("a request"), false)
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
/// A page that answers forms.
const QUESTION: &str = "/es/lecciones/mi-frase-clave/8/pregunta/1";

/// That this is an error page of ours in this language, with a way back.
fn is_error_page(reply: &Reply, status: u16, lang: &str, what: &str) {
    assert_eq!(reply.status.as_u16(), status, "{what}");
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{what}");
    assert_eq!(reply.header("cache-control"), "no-store", "{what}");
    let html = reply.text();
    assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{what} is answered in another language");
    let all = tags(&html);
    let leads = |path: &str| all.iter().any(|tag| tag.get("href") == Some(path));
    assert!(leads(&format!("/{lang}/")) && leads(&format!("/{lang}/ayuda")), "{what}: no way back");
    assert!(html.contains(&status.to_string()), "{what}: no number to tell a technician");
}

#[test]
fn an_unknown_address_is_told_in_its_own_language_with_a_way_back() {
    for lang in LANGS {
        for rest in [
            "nada",
            "lecciones",
            "lecciones/no-existe",
            "lecciones/no-existe/plan",
            "lecciones/mi-frase-clave/999",
            "lecciones/mi-frase-clave/0",
            "lecciones/MI-FRASE-CLAVE",
            "niveles/no-existe",
            "niveles",
            "recursos/x",
            "index.html",
            "wp-login.php",
            ".env",
            "lecciones/mi-frase-clave/repaso/99",
            "lecciones/mi-frase-clave/1/clasificar/1",
            "lecciones/mi-frase-clave/1/pregunta/1",
            "lecciones/mi-frase-clave/1/cuento/inicio",
            "ñandú",
            "%F0%9F%A6%99",
        ] {
            let path = format!("/{lang}/{rest}");
            is_error_page(&school().get(&path), 404, lang, &path);
        }
    }
    for path in [
        "/nada",
        "/ay/",
        "/es-PE/",
        "/ES/",
        "/e/0000000000000000/estilo.css",
        "/m/mi-frase-clave/0000000000000000/cover.png",
    ] {
        is_error_page(&school().get(path), 404, "es", path);
    }
}

#[test]
fn nothing_outside_is_ever_reached_by_an_address() {
    let hash =
        pages().keys().find_map(|path| path.strip_prefix("/e/")?.split('/').next()).expect("a file of ours");
    let mut paths = vec![
        "/..".to_owned(),
        "/../Cargo.toml".into(),
        "/%2e%2e/Cargo.toml".into(),
        "/es/../../etc/passwd".into(),
        "/es/%2e%2e%2f%2e%2e%2fetc/passwd".into(),
        "/es/lecciones/../../Cargo.toml".into(),
        "/es/lecciones/..%5c..%5cCargo.toml".into(),
        "//etc/passwd".into(),
        "/es//recursos".into(),
        "/./es/".into(),
        "/es/.".into(),
    ];
    for name in [
        "..",
        "%2e%2e",
        "../estilo.css",
        "%2e%2e%2fmod.rs",
        "..%2f..%2fCargo.toml",
        "estilo.css%00",
        "estilo.css/",
        ".estilo.css",
        "README.md",
        "estilo.css%20",
        "logo.svg",
    ] {
        paths.push(format!("/e/{hash}/{name}"));
        paths.push(format!("/m/mi-frase-clave/{hash}/{name}"));
        paths.push(format!("/m/../{hash}/{name}"));
    }
    for path in paths {
        let reply = school().get(&path);
        assert!([400, 404].contains(&reply.status.as_u16()), "{path}: {}", reply.status);
        assert!(reply.text().starts_with("<!DOCTYPE html>"), "{path}");
    }
}

#[test]
fn malformed_addresses_are_400_and_too_long_ones_414_in_their_language() {
    for lang in LANGS {
        for rest in ["%", "%z", "%zz", "%c3%28", "%ff", "%00", "recursos%00", "lecciones/%e0%80%af", "a%2"] {
            let path = format!("/{lang}/{rest}");
            is_error_page(&school().get(&path), 400, lang, &path);
        }
        let path = format!("/{lang}/{}", "a".repeat(9 * 1024));
        is_error_page(&school().get(&path), 414, lang, "a long path");
        let path = format!("/{lang}/recursos?tema={}", "a".repeat(9 * 1024));
        is_error_page(&school().get(&path), 414, lang, "a long query");
    }
    // Letters that were not encoded are letters all the same.
    assert_eq!(school().get("/es/recursos?tema=ñandú").status, 200);
    let reply = school().get("/es/recursos/?tema=ñ&nivel=primaria");
    assert_eq!(reply.status, 303);
    let there = school().get(reply.header("location"));
    assert!(there.text().contains("«ñ»"), "{}", reply.header("location"));
}

#[test]
fn every_address_answers_its_methods_and_names_them_to_others() {
    let mut routes: BTreeMap<&str, &str> = BTreeMap::new();
    for path in pages().keys() {
        // One address of each shape is enough.
        let shape = path.trim_start_matches("/es/").trim_start_matches("/qu/");
        routes.entry(shape.split('/').next_back().unwrap_or_default()).or_insert(path);
    }
    let own = ["/es/tecnico", "/healthz", "/metrics", "/robots.txt", "/favicon.ico"];
    for path in routes.into_values().chain(own) {
        let answers = [
            "/pregunta/",
            "/clasificar/",
            "/repaso/",
            "/resultado",
            "/entrar",
            "/avisar/",
            "/primera-vez",
            "/invitacion",
        ]
        .iter()
        .any(|part| path.contains(part));
        let allowed = if answers { "GET, HEAD, POST" } else { "GET, HEAD" };
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "get"] {
            if method == "POST" && answers {
                continue;
            }
            let reply = ask(school(), method, path, &[FORM], "a=b");
            let lang = if path.starts_with("/qu/") { "qu" } else { "es" };
            is_error_page(&reply, 405, lang, &format!("{method} {path}"));
            assert_eq!(reply.header("allow"), allowed, "{method} {path}");
        }
    }
    let result = "/es/lecciones/mi-frase-clave/8/resultado";
    assert_eq!(ask(school(), "PUT", result, &[], "").header("allow"), "GET, HEAD, POST");
}

#[test]
fn head_is_get_without_the_body() {
    for (path, got) in pages().iter().filter(|(path, _)| !is_door(path)) {
        let head = ask(school(), "HEAD", path, &[], "");
        assert!(head.body.is_empty(), "{path}");
        assert_eq!(head.status, got.status, "{path}");
        assert_eq!(head.headers, got.headers, "{path}");
        assert_eq!(head.header("content-length"), got.body.len().to_string(), "{path}");
    }
    for path in ["/es/nada", "/es/%zz", "/healthz"] {
        let (head, got) = (ask(school(), "HEAD", path, &[], ""), school().get(path));
        assert_eq!((head.status, &head.headers, head.body.len()), (got.status, &got.headers, 0), "{path}");
    }
}

/// Where people with an account sign in, and where readers report: forms, never kept (`accounts` and `workshop` test them).
fn is_door(path: &str) -> bool {
    ["/entrar", "/primera-vez", "/invitacion"].iter().any(|door| path.ends_with(door))
        || path.contains("/avisar/")
}

#[test]
fn what_the_browser_has_is_not_sent_again_and_gzip_only_to_who_asks() {
    for (path, plain) in pages().iter().filter(|(path, _)| !is_door(path)) {
        let tag = plain.header("etag");
        assert!(tag.len() > 10 && tag.starts_with('"') && tag.ends_with('"'), "{path}: {tag}");
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        let known = school().get_with(path, &[("if-none-match", tag)]);
        assert_eq!((known.status.as_u16(), known.body.len(), known.header("etag")), (304, 0, tag), "{path}");
        assert_eq!(known.header("cache-control"), plain.header("cache-control"), "{path}");
        assert_eq!(school().get_with(path, &[("if-none-match", "\"other\"")]).status, 200, "{path}");
        let small = school().get_with(path, &[("accept-encoding", "gzip, deflate")]);
        if small.header("content-encoding") == "gzip" {
            assert_ne!(small.header("etag"), tag, "{path}: other bytes, same tag");
            assert!(small.body.len() < plain.body.len(), "{path} grows when compressed");
            assert!(
                small.header("vary").contains("Accept-Encoding")
                    && plain.header("vary").contains("Accept-Encoding"),
                "{path}"
            );
            let mut undone = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&small.body[..]), &mut undone)
                .expect("gzip");
            assert_eq!(undone, plain.body, "{path}");
            // The tag of one form does not stand for the other.
            let other = school().get_with(path, &[("if-none-match", small.header("etag"))]);
            assert_eq!(other.status, 200, "{path}");
        } else {
            assert!(!plain.header("content-type").starts_with("text/"), "{path} is not compressed");
        }
        assert_eq!(small.header("content-length"), small.body.len().to_string(), "{path}");
    }
}

#[test]
fn what_may_be_kept_is_said_of_everything() {
    for (path, reply) in pages() {
        if is_door(path) {
            assert_eq!(reply.header("cache-control"), "no-store", "{path}");
            continue;
        }
        let hashed = path.starts_with("/e/") || path.starts_with("/m/");
        let expected = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
        assert_eq!(reply.header("cache-control"), expected, "{path}");
        assert_eq!(reply.header("set-cookie"), "", "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!reply.header("content-security-policy").is_empty(), "{path}");
        for telling in ["strict-transport-security", "server", "x-powered-by"] {
            assert_eq!(reply.header(telling), "", "{path}");
        }
    }
    let favicon = school().get("/favicon.ico");
    assert_eq!(favicon.status, 200);
    assert!(!favicon.header("cache-control").contains("immutable"), "its address does not change with it");
    assert_eq!(school().post(QUESTION, &[("r", "0")]).header("cache-control"), "no-store");
}

#[test]
fn the_first_page_follows_the_browser_or_asks() {
    for (wish, leads) in [
        ("es", "/es/"),
        ("es-PE,es;q=0.9,en;q=0.8", "/es/"),
        ("quz-PE", "/qu/"),
        ("quz", "/qu/"),
        ("qu", "/qu/"),
        ("quy,es;q=0.5", "/qu/"),
        ("en, qu;q=0.3, es;q=0.2", "/qu/"),
        ("qug", "/es/"),
        ("qu;q=0, es;q=0.1", "/es/"),
    ] {
        let reply = school().get_with("/", &[("accept-language", wish)]);
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, leads), "{wish}");
        assert!(reply.header("vary").contains("Accept-Language"), "{wish}");
    }
    let huge = "x,".repeat(5000);
    for wish in ["", "en", "en-US,en;q=0.5", "C", "*", "es;q=0", ";;;,,,", "<script>", "\u{e9}\u{f1}", &huge]
    {
        let reply = school().get_with("/", &[("accept-language", wish)]);
        assert_eq!(reply.status, 200, "{wish:.20}");
        let html = reply.text();
        assert!(html.contains("href=\"/es/\"") && html.contains("href=\"/qu/\""), "{wish:.20}");
        assert!(reply.header("vary").contains("Accept-Language"), "{wish:.20}");
    }
    assert_eq!(school().get("/").status, 200);
}

#[test]
fn an_address_with_a_slash_too_many_or_too_few_leads_to_the_right_one() {
    for (path, right) in [
        ("/es", "/es/"),
        ("/qu", "/qu/"),
        ("/es/recursos/", "/es/recursos"),
        ("/es/recursos/?nivel=primaria", "/es/recursos?nivel=primaria"),
        ("/qu/lecciones/mi-frase-clave/", "/qu/lecciones/mi-frase-clave"),
        ("/es/%72ecursos", "/es/recursos"),
        ("/es/lecciones/mi-frase-clave/8/resultado", "/es/lecciones/mi-frase-clave/8"),
    ] {
        let reply = school().get(path);
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, right), "{path}");
    }
}

#[test]
fn forms_that_are_none_or_too_large_are_refused_in_words() {
    let too_large = "r=".to_owned() + &"x".repeat(1024 * 1024);
    let reply = ask(school(), "POST", QUESTION, &[FORM], too_large);
    is_error_page(&reply, 413, "es", "a large form");
    for kind in [
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/x-www-form-urlencoded-not",
        "",
    ] {
        let reply = ask(school(), "POST", QUESTION, &[("content-type", kind)], "{}");
        is_error_page(&reply, 415, "es", kind);
    }
    let quechua = QUESTION.replacen("/es/", "/qu/", 1);
    is_error_page(
        &ask(school(), "POST", &quechua, &[("content-type", "text/plain")], ""),
        415,
        "qu",
        "no form",
    );
    for kind in ["application/x-www-form-urlencoded; charset=UTF-8", "APPLICATION/X-WWW-FORM-URLENCODED"] {
        assert_eq!(
            ask(school(), "POST", QUESTION, &[("content-type", kind)], "marcas=-----&r=0").status,
            200,
            "{kind}"
        );
    }
    assert_eq!(ask(school(), "POST", QUESTION, &[], "").status, 200, "old browsers leave the type out");
    for body in ["", "&&&", "=", "%", "r", "r=%ff%fe", "\u{0}\u{1}\u{2}", "r=0&r=0&r=0"] {
        assert_eq!(ask(school(), "POST", QUESTION, &[FORM], body.to_owned()).status, 200, "{body:?}");
    }
    assert_eq!(ask(school(), "POST", QUESTION, &[FORM], vec![0xff; 4096]).status, 200);
    let many = "r=0&".repeat(100_000);
    assert_eq!(ask(school(), "POST", QUESTION, &[FORM], many).status, 200);
}

#[test]
fn pages_about_the_machine_are_for_the_machine_unless_the_settings_open_them() {
    let own = ["/healthz", "/metrics", "/es/tecnico", "/qu/tecnico"];
    let open = School::with(Settings { operations: Operations::Lan, ..Settings::default() });
    for path in own {
        let lang = if path.starts_with("/qu") { "qu" } else { "es" };
        is_error_page(&school().get(path), 404, lang, path);
        for liar in ["x-forwarded-for", "forwarded", "x-real-ip", "host"] {
            assert_eq!(school().get_with(path, &[(liar, "127.0.0.1")]).status, 404, "{path} believes {liar}");
        }
        let here = school().ask(Request::builder().uri(path).body(Full::default()).expect("a request"), true);
        assert_eq!((here.status.as_u16(), here.header("cache-control")), (200, "no-store"), "{path}");
        assert_eq!(open.get(path).status, 200, "{path} was opened");
    }
    assert_eq!(open.get("/healthz").text(), "ok\n");
}

#[test]
fn phones_that_look_for_the_internet_are_told_what_the_settings_say() {
    let probes = [
        ("/generate_204", 204, ""),
        ("/gen_204", 204, ""),
        ("/hotspot-detect.html", 200, "<BODY>Success</BODY>"),
        ("/library/test/success.html", 200, "<BODY>Success</BODY>"),
        ("/connecttest.txt", 200, "Microsoft Connect Test"),
        ("/ncsi.txt", 200, "Microsoft NCSI"),
        ("/success.txt", 200, "success\n"),
        ("/canonical.html", 200, "/captive-portal"),
        ("/check_network_status.txt", 200, "NetworkManager is online\n"),
    ];
    let with = |portal| School::with(Settings { portal, ..Settings::default() });
    let (open, quiet) = (with(Portal::Open), with(Portal::Quiet));
    for (path, status, body) in probes {
        is_error_page(&school().get(path), 404, "es", path);
        let shown = open.get(path);
        assert_eq!((shown.status.as_u16(), shown.header("location")), (303, "/"), "{path}");
        let calmed = quiet.get_with(path, &[("host", "connectivitycheck.example")]);
        assert_eq!(calmed.status, status, "{path}");
        assert!(calmed.text().contains(body) && calmed.text().is_empty() == body.is_empty(), "{path}");
        assert_eq!((shown.header("cache-control"), calmed.header("cache-control")), ("no-store", "no-store"));
    }
    assert_eq!(quiet.get("/generate_204").header("content-length"), "");
    assert_eq!(open.get("/redirect").header("location"), "/", "Windows opens this page itself");
}

#[test]
fn counters_hold_no_address_and_no_word_of_anybody() {
    let school = School::with(Settings {
        operations: Operations::Lan,
        school_name: "Colegio Secreto".to_owned(),
        ..Settings::default()
    });
    school.get("/es/lecciones/mi-frase-clave/1");
    school.get("/es/un-secreto?tema=otro-secreto");
    school.post(QUESTION, &[("r", "tercer-secreto"), ("marcas", "-----")]);
    let text = school.get("/metrics").text();
    assert!(text.contains("amauta_"), "{text}");
    for word in ["secreto", "Secreto", "mi-frase-clave", "/es", "lecciones"] {
        assert!(!text.contains(word), "the counters know «{word}»:\n{text}");
    }
}

#[test]
fn the_running_program_answers_as_the_portal_does() {
    let program = Program::start(&[]);
    let mut client = Client::connect(program.address);
    for path in ["/es/", "/qu/recursos?nivel=primaria", "/es/lecciones/mi-frase-clave/1", "/es/ayuda"] {
        let answer = client.get(path);
        assert_eq!((answer.status, answer.text()), (200, school().get(path).text().as_str()), "{path}");
    }
    let page = school().get("/es/");
    let head = client.send("HEAD /es/ HTTP/1.1\r\nHost: a\r\n\r\n").answer_to("HEAD");
    assert_eq!(head.header("content-length"), Some(page.body.len().to_string().as_str()));
    let form = "marcas=-----&paso=responder&r=0";
    let post = format!(
        "POST {QUESTION} HTTP/1.1\r\nHost: a\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{form}",
        FORM.1,
        form.len()
    );
    let answer = client.send(post).answer();
    assert_eq!((answer.status, answer.header("set-cookie")), (200, None));
    assert!(answer.text().contains("class=\"say"));
    // Raw bytes above ASCII in an address, as browsers of 2009 send them.
    client.send(b"GET /es/recursos?tema=\xf1 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!([200, 400].contains(&client.answer().status));
    // At the machine itself the counters can be read; they know routes, not addresses.
    let text = Client::connect(program.address).get("/metrics").text().to_owned();
    assert!(text.contains("route=\"screen\"") && !text.contains("mi-frase-clave"), "{text}");
    let old = Client::connect(program.address).send("GET /es/ HTTP/1.0\r\n\r\n").answer();
    assert_eq!((old.status, old.text()), (200, page.text().as_str()));
}
