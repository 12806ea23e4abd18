//! Bringing files: from the oldest browser, of any size, with any name; what is refused leaves nothing behind.

use std::{
    fs,
    io::{Cursor, Read as _, Write as _},
    path::Path,
    time::Duration,
};

use amauta::submissions::Limits;
use http::{Method, StatusCode};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Staffed, fill, press, public};
use crate::{accounts::person::Person, formats::small::photograph, support::root};

/// The files that lie below the folder of what was brought.
fn kept(data: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut folders = vec![data.join("files")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push(fs::read(entry.path()).expect("it can be read"));
            }
        }
    }
    found
}

fn bring(person: &mut Person<'_>, name: &str, content: &[u8]) {
    let title = [("titulo-es", "Mi material"), ("clase", "documento"), ("lengua", "es")];
    person.go("/es/taller/nuevo/archivo").send_file("/nuevo/archivo", &fill(&title), (name, content));
}

const RTF: &[u8] = b"{\\rtf1\\ansi Plan de clase sobre el agua.}";

#[test]
fn a_photograph_of_a_teacher_is_small_for_pupils_and_kept_whole_for_colleagues() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let photograph = photograph(3000, 2000, 1, false);
    bring(&mut ana, "feria.jpg", &photograph);
    let work = ana.path.clone();
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    let html = staffed.school.get(&page).text();
    let follow = |mark: &str| {
        let href = html.split(mark).find(|rest| rest.starts_with("/a/")).expect("an address");
        staffed.school.get(href.split('"').next().unwrap_or_default())
    };
    let (shown, whole) = (follow("src=\""), follow("href=\""));
    assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert!(shown.body.len() < whole.body.len() / 3, "{} of {}", shown.body.len(), whole.body.len());
    // Whole but for what no picture should tell.
    assert!(whole.body.len() + 100 > photograph.len() && whole.body.len() < photograph.len());
    assert!(!whole.body.windows(7).any(|piece| piece == b"SECRETO"));
}

#[test]
fn a_file_from_an_old_browser_is_shown_with_its_name_and_its_words_are_found() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    bring(&mut ana, "C:\\Mis documentos\\..\\Plan del ñandú Qhichwa.rtf", RTF);
    let work = ana.path.clone();
    assert!(ana.words().contains("Plan del ñandú Qhichwa.rtf"), "{}", ana.words());
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    let html = staffed.school.get(&page).text();
    assert!(html.contains("Mi material") && html.contains("RTF"), "{html}");
    let href = html.split("href=\"").find(|rest| rest.starts_with("/a/")).expect("a file");
    let reply = staffed.school.get(href.split('"').next().unwrap_or_default());
    assert_eq!(reply.body, RTF);
    assert!(
        reply.header("content-disposition").starts_with("attachment"),
        "{}",
        reply.header("content-disposition")
    );
    assert!(staffed.school.get("/es/recursos?q=agua+clase").text().contains("Mi material"));
    // With authors and licence in one.
    let zip = staffed.school.get(&format!("/descargas/{}.zip", page.rsplit('/').next().unwrap_or_default()));
    assert_eq!((zip.status, zip.header("content-type")), (StatusCode::OK, "application/zip"));
    let mut zip = zip::ZipArchive::new(Cursor::new(zip.body)).expect("an archive");
    let mut read = |name: &str| {
        let mut text = Vec::new();
        zip.by_name(name).expect("it is there").read_to_end(&mut text).expect("it can be read");
        text
    };
    assert_eq!(read("Plan del ñandú Qhichwa.rtf"), RTF);
    let about = String::from_utf8(read("descripcion.dc.xml")).expect("UTF-8");
    assert!(about.contains("Ana Mamani") && about.contains("by-sa/4.0"), "{about}");
    // The draft's own address gives the same, to its author alone, and never as a page.
    ana.go(&format!("{work}/archivo/1"));
    assert_eq!(
        (ana.status(), ana.reply.header("content-type")),
        (StatusCode::OK, "application/octet-stream")
    );
    assert_eq!(ana.go(&format!("{work}/archivo/2")).status(), StatusCode::NOT_FOUND);
    assert_eq!(ana.go(&format!("{work}/archivo/0")).status(), StatusCode::NOT_FOUND);
}

#[test]
fn another_file_takes_the_place_of_the_first_and_without_one_the_first_stays() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    bring(&mut ana, "uno.rtf", RTF);
    let work = ana.path.clone();
    ana.go(&format!("{work}/editar")).send_file("/editar", &fill(&[("titulo-es", "Otro título")]), ("", b""));
    assert!(ana.words().contains("Otro título") && ana.words().contains("uno.rtf"), "{}", ana.words());
    ana.go(&format!("{work}/editar"));
    ana.send_file("/editar", &fill(&[("titulo-es", "Otro título")]), ("dos.rtf", b"{\\rtf1 Dos.}"));
    assert!(ana.words().contains("dos.rtf") && !ana.words().contains("uno.rtf"), "{}", ana.words());
}

#[test]
fn what_can_be_no_page_here_is_refused_with_what_was_typed_still_there() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let hostile: [(&str, &[u8]); 3] = [
        ("plan.html", b"<html><script>alert(1)</script></html>"),
        ("plan.pdf", b"MZ\x90\x00 a program that says it is a document"),
        ("foto.jpg", b"\xff\xd8\xff\xe0 cut off"),
    ];
    for (name, content) in hostile {
        bring(&mut ana, name, content);
        assert_eq!(ana.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", ana.words());
        assert!(ana.reply.text().contains("value=\"Mi material\""), "{name}");
    }
    ana.go("/es/taller/nuevo/archivo").send_file(
        "/nuevo/archivo",
        &fill(&[("titulo-es", "Nada")]),
        ("", b""),
    );
    assert!(ana.words().contains("Elige un archivo"), "{}", ana.words());
    assert!(ana.go("/es/taller").words().contains("Todavía no hay ninguno"));
    // What was refused goes with the next start.
    drop(crate::accounts::school(staffed.data.path()));
    assert_eq!(kept(staffed.data.path()), Vec::<Vec<u8>>::new());
}

#[test]
fn a_drawing_that_could_hold_a_script_is_saved_and_never_shown_as_a_page() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    bring(&mut ana, "dibujo.svg", svg);
    let work = ana.path.clone();
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    let html = staffed.school.get(&page).text();
    assert!(!html.contains("<svg") && !html.contains("<img src=\"/a/"), "{html}");
    let href = html.split("href=\"").find(|rest| rest.starts_with("/a/")).expect("a file");
    let reply = staffed.school.get(href.split('"').next().unwrap_or_default());
    assert!(reply.header("content-disposition").starts_with("attachment"), "{:?}", reply.headers);
}

#[test]
fn a_picture_keeps_no_word_of_where_it_was_taken() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let mut picture = fs::read(root().join("lessons/mi-frase-clave/media/cover.png")).expect("a picture");
    // A text chunk right after the head; who reads pictures passes over a wrong sum in what is no part of it.
    let mut sum = flate2::Crc::new();
    let chunk = b"tEXtLocation\0Puno -15.84 -70.02";
    sum.update(chunk);
    let length = u32::try_from(chunk.len() - 4).expect("short").to_be_bytes();
    let whole = [&length[..], chunk, &sum.sum().to_be_bytes()].concat();
    picture.splice(33..33, whole);
    bring(&mut ana, "paseo.png", &picture);
    let work = ana.path.clone();
    press(&mut ana, &work, "publish");
    let page = public(&mut ana, &work);
    let html = staffed.school.get(&page).text();
    let src = html.split("src=\"/a/").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
    let shown = staffed.school.get(&format!("/a/{src}"));
    assert_eq!(shown.header("content-type"), "image/png");
    assert!(!shown.body.windows(8).any(|bytes| bytes == b"Location"), "the place is told");
    drop(crate::accounts::school(staffed.data.path()));
    let left = kept(staffed.data.path());
    assert!(left.iter().all(|file| !file.windows(8).any(|bytes| bytes == b"Location")), "the place is kept");
    assert_eq!(left.len(), 1);
}

#[test]
fn questions_and_stories_that_come_as_files_are_written_on_with_here() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    bring(&mut ana, "agua.gift", "::Uno::¿Qué es? {=Agua ~Aire}\n".as_bytes());
    let work = ana.path.clone();
    assert!(ana.words().contains("Cuestionario"), "{}", ana.words());
    assert!(ana.go(&format!("{work}/editar")).reply.text().contains("name=\"p1-1\" value=\"Agua\""));
}

#[test]
fn a_zip_is_a_collection_and_a_hostile_one_is_refused_whole() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let packed = |files: &[(&str, &[u8])]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
            zip.write_all(content).expect("it is written");
        }
        zip.finish().expect("an archive").into_inner()
    };
    let good = packed(&[
        ("guía/Ríos.rtf", RTF),
        ("guía/lagunas.rtf", b"{\\rtf1 Lagunas altas.}"),
        ("__MACOSX/guía/._Ríos.rtf", b"x"),
    ]);
    bring(&mut ana, "todo.zip", &good);
    let work = ana.path.clone();
    assert!(ana.words().contains("Ríos.rtf") && ana.words().contains("lagunas.rtf"), "{}", ana.words());
    press(&mut ana, &work, "publish");
    assert!(ana.words().contains("Publicado"), "{}", ana.words());
    let found = staffed.school.get("/es/recursos?q=lagunas+altas").text();
    assert!(found.contains("lagunas"), "{found}");
    for bad in [
        packed(&[("../../fuera.rtf", RTF)]),
        packed(&[("bien.rtf", RTF), ("mal.html", b"<html><body>x</body></html>")]),
        packed(&[]),
        good[..good.len() / 2].to_vec(),
    ] {
        bring(&mut ana, "mal.zip", &bad);
        assert_eq!(ana.status(), StatusCode::UNPROCESSABLE_ENTITY, "{}", ana.words());
    }
    drop(crate::accounts::school(staffed.data.path()));
    assert_eq!(kept(staffed.data.path()).len(), 2, "of the refused nothing stays");
}

#[test]
fn limits_are_told_and_what_does_not_fit_leaves_no_trace() {
    let staffed = Staffed::with(Limits { largest: 1000, quota: 1500, floor: 0 });
    let mut ana = staffed.signed_in("ana");
    let rtf = |length: usize| [&b"{\\rtf1 "[..], &vec![b'a'; length], b"}"].concat();
    bring(&mut ana, "grande.rtf", &rtf(2000));
    assert_eq!(ana.status(), StatusCode::PAYLOAD_TOO_LARGE, "{}", ana.words());
    assert!(ana.words().contains("más grande de lo que"), "{}", ana.words());
    bring(&mut ana, "uno.rtf", &rtf(900));
    assert!(ana.path.starts_with("/es/taller/") && ana.status() == StatusCode::OK, "{}", ana.words());
    bring(&mut ana, "dos.rtf", &rtf(800));
    assert!(ana.words().contains("Ya usaste todo el espacio"), "{}", ana.words());
    assert_eq!(kept(staffed.data.path()).len(), 1, "files half written stay");
    let full = Staffed::with(Limits { floor: u64::MAX, ..Limits::default() });
    let mut luz = full.signed_in("luz");
    bring(&mut luz, "uno.rtf", RTF);
    assert_eq!(luz.status(), StatusCode::INSUFFICIENT_STORAGE, "{}", luz.words());
    assert_eq!(kept(full.data.path()).len(), 0);
}

#[test]
fn without_its_seal_or_whole_a_form_with_a_file_does_nothing() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let form = |rest: &str| {
        let file = "Content-Disposition: form-data; name=\"archivo\"; filename=\"a.rtf\"";
        format!("--g\r\n{file}\r\n\r\n{{\\rtf1 x}}{rest}").into_bytes()
    };
    let kind = "multipart/form-data; boundary=g";
    ana.ask_body(Method::POST, "/es/taller/nuevo/archivo", kind, form("\r\n--g--\r\n"), &[]);
    assert_eq!(ana.status(), StatusCode::FORBIDDEN);
    assert_eq!(kept(staffed.data.path()).len(), 0, "not a byte was written");
    ana.go("/es/taller/nuevo/archivo");
    let (_, fields) = ana.form("/nuevo/archivo");
    let seal = fields.iter().find(|(name, _)| name == "sello").expect("a seal").1.clone();
    let sealed = format!("--g\r\nContent-Disposition: form-data; name=\"sello\"\r\n\r\n{seal}\r\n");
    let cut = [sealed.into_bytes(), form("")].concat();
    ana.ask_body(Method::POST, "/es/taller/nuevo/archivo", kind, cut, &[]);
    assert_eq!(ana.status(), StatusCode::BAD_REQUEST, "{}", ana.words());
    assert_eq!(kept(staffed.data.path()).len(), 0, "half a file stays");
    ana.ask_body(Method::POST, "/es/taller/nuevo/archivo", "multipart/form-data", Vec::new(), &[]);
    assert_eq!(ana.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[test]
fn after_a_session_has_ended_the_fields_come_back_and_the_file_is_chosen_again() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    ana.go("/es/taller/nuevo/archivo");
    staffed.school.clock.advance(Duration::from_secs(31 * 60));
    ana.send_file("/nuevo/archivo", &fill(&[("titulo-es", "Mi «plan»")]), ("a.rtf", RTF));
    assert!(ana.words().contains("Lo que escribiste no se perdió"), "{}", ana.words());
    assert_eq!(kept(staffed.data.path()).len(), 0);
    ana.send("/entrar", &[("usuario", "ana"), ("clave", crate::accounts::PASSWORD)]);
    ana.send("/nuevo/archivo", &[]);
    assert!(ana.words().contains("Elige un archivo"), "{}", ana.words());
    assert!(ana.reply.text().contains("value=\"Mi «plan»\""), "{}", ana.reply.text());
}

#[test]
fn the_page_for_files_alone_offers_a_script_and_is_whole_without_it() {
    let staffed = Staffed::new();
    let mut ana = staffed.signed_in("ana");
    let page = ana.go("/es/taller/nuevo/archivo").reply.text();
    let (_, rest) = page.split_once("<script type=\"text/javascript\" src=\"").expect("a script");
    let (address, _) = rest.split_once('"').expect("its address");
    let script = &ana.go(address).reply;
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert!(script.body.len() < 10 * 1024 && script.text().contains("getElementById('subida')"));
    assert!(page.contains("id=\"subida\"") && page.contains("id=\"avance\""), "what the script looks for");
    assert!(page.contains("method=\"post\" enctype=\"multipart/form-data\""), "the form sends itself");
    assert!(!ana.go("/es/taller/nuevo/articulo").reply.text().contains("<script"));
}
