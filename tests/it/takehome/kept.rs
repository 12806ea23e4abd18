//! How books are asked for, made and kept.

use std::{collections::BTreeMap, fs, path::Path};

use amauta::web::server::Peer;
use http::Request;
use http_body_util::{BodyExt as _, Full};

use super::{book, keeping_in, unpacked};
use crate::support::{
    html::tags,
    lessons::Written,
    portal::{is_taken_home, school},
    school::School,
};

const PATH: &str = "/descargas/mi-frase-clave.epub";

fn kept(data: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(data.join("cache")) else { return Vec::new() };
    let mut names = entries
        .map(|entry| entry.expect("it").file_name().into_string().expect("a name"))
        .collect::<Vec<_>>();
    names.sort();
    names
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let data = tempfile::tempdir().expect("a folder");
    let reply = keeping_in(data.path()).get(PATH);
    assert_eq!(reply.body, book(PATH).bytes);
    assert_eq!(reply.header("etag"), school().get(PATH).header("etag"));
}

#[test]
fn a_book_is_a_download_with_its_length_and_parts() {
    for (ending, media_type) in [
        ("epub", "application/epub+zip"),
        ("xol", "application/vnd.olpc-content"),
        ("zip", "application/zip"),
    ] {
        let reply = school().get(&format!("/descargas/mi-frase-clave.{ending}"));
        assert_eq!(reply.header("content-type"), media_type);
        assert_eq!(reply.header("content-length"), reply.body.len().to_string());
        let name = format!("attachment; filename=\"mi-frase-clave.{ending}\"");
        assert!(reply.header("content-disposition").starts_with(&name));
    }
    let name = school().get("/descargas/nivel-secundaria.xol").header("content-disposition").to_owned();
    assert!(name.contains("\"amauta-nivel-secundaria.xol\""), "{name}");
    let data = tempfile::tempdir().expect("a folder");
    let keeping = keeping_in(data.path());
    let whole = keeping.get(PATH);
    assert_eq!(keeping.get_with(PATH, &[("if-none-match", whole.header("etag"))]).status, 304);
    let part = keeping.get_with(PATH, &[("range", "bytes=30-57")]);
    assert_eq!((part.status.as_u16(), part.body.as_ref()), (206, b"mimetypeapplication/epub+zip".as_slice()));
}

#[test]
fn a_book_is_kept_as_a_file_until_it_is_deleted() {
    let data = tempfile::tempdir().expect("a folder");
    let school = keeping_in(data.path());
    assert_eq!(kept(data.path()), Vec::<String>::new());
    let first = school.get(PATH);
    let names = kept(data.path());
    assert_eq!(names.len(), 1);
    let file = data.path().join("cache").join(&names[0]);
    assert_eq!(fs::read(&file).expect("a file"), first.body);
    // Taken from there the second time.
    let mut changed = first.body.to_vec();
    changed[100] ^= 1;
    fs::write(&file, &changed).expect("it can be written");
    assert_eq!(school.get(PATH).body, changed);
    fs::remove_dir_all(data.path().join("cache")).expect("it goes");
    assert_eq!(school.get(PATH).body, first.body);
    assert_eq!(kept(data.path()), names);
}

#[test]
fn a_folder_that_cannot_be_written_does_not_keep_a_book_from_anybody() {
    let data = tempfile::tempdir().expect("a folder");
    fs::write(data.path().join("cache"), "a file in the way").expect("it can be written");
    assert_eq!(keeping_in(data.path()).get(PATH).body, book(PATH).bytes);
}

#[test]
fn a_class_that_asks_at_once_shares_one_book() {
    let data = tempfile::tempdir().expect("a folder");
    let school = keeping_in(data.path());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .max_blocking_threads(4)
        .enable_all()
        .build()
        .expect("a runtime");
    let bodies = runtime.block_on(async {
        let ask = || async {
            let request = Request::builder().uri(PATH).body(Full::<bytes::Bytes>::default()).expect("it");
            let reply = school.app.handle(request, Peer { loopback: false, address: None }).await;
            assert_eq!(reply.status(), 200);
            reply.into_body().collect().await.expect("it arrives").to_bytes()
        };
        let class = (0..30).map(|_| Box::pin(ask())).collect::<Vec<_>>();
        all(class).await
    });
    assert!(bodies.iter().all(|body| *body == book(PATH).bytes));
    assert_eq!(kept(data.path()).len(), 1);
}

/// Waits for all, each polled in turn.
async fn all<T>(mut waiting: Vec<std::pin::Pin<Box<impl Future<Output = T>>>>) -> Vec<T> {
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|each| match each.as_mut().poll(context) {
            std::task::Poll::Ready(value) => {
                done.push(value);
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}

/// A school with two lessons of its own, the first in Spanish alone.
fn own_lessons(data: &Path) -> School {
    for (id, quechua) in [("tema-libre", false), ("segunda", true)] {
        Written { id: id.to_owned(), quechua, ..Written::default() }.write(&data.join("lessons"));
    }
    keeping_in(data)
}

#[test]
fn changed_lessons_make_another_book_in_the_place_of_the_old() {
    let data = tempfile::tempdir().expect("a folder");
    let school = own_lessons(data.path());
    let path = "/descargas/tema-libre.xol";
    let before = school.get(path);
    assert_eq!(before.status, 200);
    let screens = "## Pantalla nueva\n\nOtro texto, y [la segunda](recurso:segunda).\n";
    fs::write(data.path().join("lessons/tema-libre/es/lesson.md"), screens).expect("it can be written");
    school.app.reload().expect("it reloads");
    let after = school.get(path);
    assert_ne!(before.header("etag"), after.header("etag"));
    assert_eq!(kept(data.path()).len(), 1);
    let files = unpacked(&after.body).into_iter().collect::<BTreeMap<_, _>>();
    let page = std::str::from_utf8(&files["tema-libre/es/tema-libre_1.html"]).expect("text");
    // Of a link to what is not in the book the words stay.
    assert!(page.contains("Otro texto, y la segunda."), "{page}");
    assert!(!files.keys().any(|name| name.contains("/qu/")), "there is no Quechua in it");
    let all = unpacked(&school.get("/descargas/todas.xol").body).into_iter().collect::<BTreeMap<_, _>>();
    let page = std::str::from_utf8(&all["todas/es/tema-libre_1.html"]).expect("text");
    assert!(page.contains("<a href=\"segunda_0.html\">la segunda</a>"), "{page}");
}

#[test]
fn whatever_a_lesson_holds_its_pages_are_well_formed() {
    const QUIZ: &str = "::uno:: ¿<b>Cuál</i> & \\= <br>? {=La <script> \"buena\"#Sí & bien. ~%50%media ~mala#<p>No}\n\n\
        ::dos:: Escribe. {=clave#Bien. =la clave#Bien. =%0%*#Otra vez.}\n\n::tres:: Es así. {T#Mal.#Bien.}\n\n\
        ::cuatro:: Une. {=uno -> a<b =dos -> b&c =tres -> c}\n\n::cinco:: ¿Cuántos? {#3:1#Bien.}\n\n::seis:: Piensa. {}\n";
    const SCREENS: &str = "## Una & <dos> «]]>»\n\nTexto &nbsp; con a < b y \u{b}un signo.\n\n| a | b |\n|:--|--:|\n| 1 | 2<3 |\n\n\
        1. uno\n   - dos\n\n> cita\n\n`x < y && z`\n\n***\n\n## Preguntas\n\n::quiz\n";
    let data = tempfile::tempdir().expect("a folder");
    let own = Written { id: "rara".to_owned(), quiz: QUIZ, boosters: QUIZ, ..Written::default() };
    own.write(&data.path().join("lessons"));
    let folder = data.path().join("lessons/rara");
    let toml = fs::read_to_string(folder.join("lesson.toml")).expect("it");
    let toml = toml.replace("La lección rara", "100 % «rara» & <b>");
    fs::write(folder.join("lesson.toml"), toml).expect("it can be written");
    fs::write(folder.join("es/lesson.md"), SCREENS).expect("it can be written");
    let school = keeping_in(data.path());
    let reply = school.get("/descargas/rara.epub");
    let problems = &school.app.shelf().problems;
    assert_eq!(reply.status, 200, "{problems:?}");
    let files = unpacked(&reply.body).into_iter().collect::<BTreeMap<_, _>>();
    let options = || roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    for (name, bytes) in
        files.iter().filter(|(name, _)| !["mimetype", "OEBPS/libro.css"].contains(&name.as_str()))
    {
        let text = std::str::from_utf8(bytes).expect("text");
        roxmltree::Document::parse_with_options(text, options())
            .unwrap_or_else(|e| panic!("{name}: {e}\n{text}"));
    }
    let answers = std::str::from_utf8(&files["OEBPS/es/rara_respuestas.xhtml"]).expect("text");
    for said in [
        "clave / la clave",
        "… · Todavía no",
        "uno → a&lt;b",
        "2 – 4",
        "Verdadero",
        "media",
        "Vas por buen camino",
    ] {
        assert!(answers.replace("</strong>", "").contains(said), "{said} in {answers}");
    }
    let info = unpacked(&school.get("/descargas/rara.xol").body).swap_remove(0).1;
    assert!(String::from_utf8(info).expect("text").contains("name = 100 %% «rara» & <b>\n"));
}

#[test]
fn no_lesson_takes_the_name_of_a_collection() {
    let data = tempfile::tempdir().expect("a folder");
    for id in ["todas", "tema-acceso", "nivel-primaria", "nivel-propio"] {
        Written { id: id.to_owned(), ..Written::default() }.write(&data.path().join("lessons"));
    }
    let school = keeping_in(data.path());
    let shelf = school.app.shelf();
    let told = shelf.problems.iter().filter(|problem| problem.finding.id == "check-meta-id-taken");
    assert_eq!(told.count(), 3);
    assert!(shelf.library.lesson("nivel-propio").is_some() && shelf.library.lesson("todas").is_none());
}

#[test]
fn what_is_no_lesson_and_no_collection_is_not_found() {
    for path in [
        "/descargas/no-hay.epub",
        "/descargas/tema-no-hay.xol",
        "/descargas/nivel-.epub",
        "/descargas/TODAS.epub",
        "/descargas/..%2ftodas.zip",
        "/descargas/todas.jsonld",
    ] {
        assert_eq!(school().get(path).status, 404, "{path}");
    }
}

#[test]
fn lessons_and_collections_say_where_their_books_are() {
    let books = |path: &str| {
        let html = school().get(path).text();
        let links = tags(&html).into_iter().filter_map(|tag| tag.get("href").map(str::to_owned));
        links.filter(|link| is_taken_home(link)).collect::<Vec<_>>()
    };
    let of = |name: &str| ["epub", "xol", "zip"].map(|ending| format!("/descargas/{name}.{ending}")).to_vec();
    for lang in ["es", "qu"] {
        assert_eq!(books(&format!("/{lang}/lecciones/mi-frase-clave")), of("mi-frase-clave"));
        assert_eq!(books(&format!("/{lang}/recursos")), of("todas"));
        assert_eq!(books(&format!("/{lang}/recursos?nivel=primaria")), of("nivel-primaria"));
        assert_eq!(books(&format!("/{lang}/recursos?tema=privacidad")), of("tema-privacidad"));
        assert_eq!(books(&format!("/{lang}/niveles/primaria")), of("nivel-primaria"));
        assert_eq!(books(&format!("/{lang}/recursos?nivel=primaria&tema=privacidad")), Vec::<String>::new());
        assert_eq!(books(&format!("/{lang}/recursos?q=clave")), Vec::<String>::new());
    }
    for path in books("/es/recursos?tema=privacidad").iter().chain(&books("/es/niveles/secundaria")) {
        assert_eq!(school().get(path).status, 200, "{path}");
    }
}
