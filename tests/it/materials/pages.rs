//! The pages of each kind, read without script.

use std::io::Cursor;

use amauta::formats::epub::{Book, Link};

use super::{Kept, document, full, slides};
use crate::support::{html::words, lessons::collapse};

#[test]
fn a_text_is_read_on_its_page_in_the_readers_language() {
    let kept = full();
    let spanish = kept.page("/es/materiales/cuentos-zorro").html();
    for piece in [
        "<h1>El zorro y la huallata</h1>",
        "cuidaba a sus crías",
        "Rosa Quispe",
        "CC-BY-4.0",
        "3.º de primaria",
    ] {
        assert!(spanish.contains(piece), "{piece}: {spanish}");
    }
    let quechua = kept.page("/qu/materiales/cuentos-zorro").html();
    assert!(
        quechua.contains("wawankunata qhawarqan") && !quechua.contains("cuidaba a sus crías"),
        "{quechua}"
    );
}

#[test]
fn slides_are_pages_with_a_way_between_them() {
    let kept = full();
    let mut page = kept.page("/es/materiales/ciencia-laminas");
    page.click("Leer");
    assert!(page.html().contains("<h1>Hielo</h1>") && page.words().contains("Lámina 1 de 2"));
    page.click("Siguiente →");
    assert!(page.words().contains("El vapor sube."));
    let picture = kept.follow_picture(&page.html());
    assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/gif"));
    page.click("← Anterior");
    assert!(page.words().contains("El granizo es duro."));
    assert_eq!(kept.school.get("/es/materiales/ciencia-laminas/3").status.as_u16(), 404);
}

#[test]
fn a_book_is_read_chapter_by_chapter_from_its_contents() {
    let kept = full();
    let mut page = kept.page("/es/materiales/libros-agua");
    for title in ["El agua de mi pueblo", "El manantial", "Cómo lo cuidamos", "Yaku"] {
        assert!(page.words().contains(title), "{title}");
    }
    let contents = page.links();
    assert!(
        contents
            .contains(&("/es/materiales/libros-agua/1#l-cuidar".to_owned(), "Cómo lo cuidamos".to_owned()))
    );
    page.click("Cómo lo cuidamos");
    assert!(page.html().contains("id=\"l-cuidar\""));
    assert_eq!(page.html().matches("El manantial</h").count(), 1, "the title stands once");
    assert!(
        page.html().contains("<h2 id=\"l-cuidar\">"),
        "and no level is skipped below it: {}",
        page.html()
    );
    let (note, _) = page.links().into_iter().find(|(href, _)| href.ends_with("#l-n2")).expect("a note");
    assert_eq!(
        note, "/es/materiales/libros-agua/3#l-n2",
        "a note of another chapter keeps the place in the address"
    );
    let picture = kept.follow_picture(&page.html());
    assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/gif"));
    page.click("Siguiente →");
    assert_eq!(page.path, "/es/materiales/libros-agua/2");
    for none in ["4", "1/9", "0"] {
        assert_eq!(
            kept.school.get(&format!("/es/materiales/libros-agua/{none}")).status.as_u16(),
            404,
            "{none}"
        );
    }
}

#[test]
fn a_book_without_the_old_table_of_contents_is_offered_with_one_for_the_xo() {
    let kept = full();
    let page = kept.page("/es/materiales/libros-agua");
    let copy = kept.follow(&page, "/descargas/libros-agua.epub");
    assert_eq!((copy.status.as_u16(), copy.header("content-type")), (200, "application/epub+zip"));
    assert!(copy.header("content-disposition").contains("libros-agua.epub"));
    let book = Book::open(Cursor::new(copy.body.to_vec())).expect("a book");
    assert!(book.has_ncx() && book.metadata().title == "El agua de mi pueblo");
    assert_eq!(kept.school.get("/descargas/libros-agua.xol").status.as_u16(), 404);
    assert_eq!(kept.school.get("/descargas/ciencia-mapa.epub").status.as_u16(), 404);
}

#[test]
fn a_text_goes_home_as_a_book_in_its_languages_and_with_its_pictures() {
    let kept = full();
    let bound = |id: &str| {
        let page = kept.page(&format!("/es/materiales/{id}"));
        let reply = kept.follow(&page, &format!("/descargas/{id}.epub"));
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "application/epub+zip"));
        let mut book = Book::open(Cursor::new(reply.body.to_vec())).expect("a book");
        assert!(book.has_ncx());
        let mut link = |link: Link<'_>| match link {
            Link::Chapter { index, .. } => format!("#{index}"),
            Link::Image(path) => path.to_owned(),
        };
        let chapters = book.chapters();
        let chapter = |at| {
            book.chapter(at, &mut link)
                .expect("a chapter")
                .parts
                .into_iter()
                .map(|part| part.html)
                .collect::<String>()
        };
        (0..chapters).map(chapter).collect::<String>()
    };
    let fox = bound("cuentos-zorro");
    for piece in ["cuidaba a sus crías", "wawankunata qhawarqan", "Rosa Quispe", "CC-BY-4.0"] {
        assert!(fox.contains(piece), "{piece}: {fox}");
    }
    let slides = bound("ciencia-laminas");
    for piece in ["Hielo", "El granizo es duro", "El vapor sube", "img/", ".gif"] {
        assert!(slides.contains(piece), "{piece}: {slides}");
    }
}

#[test]
fn slides_of_a_presentation_file_are_pages_with_their_pictures() {
    let kept = Kept::new(&[("charla.pptx", &slides())]);
    let mut page = kept.page("/es/materiales/charla");
    assert!(page.words().contains("Descargar PPTX"));
    page.click("Leer");
    assert!(
        page.html().contains("<h1>El agua</h1>") && page.words().contains("Lámina 1 de 2"),
        "{}",
        page.html()
    );
    page.click("Siguiente →");
    assert!(page.words().contains("Nube, lluvia, río") && !page.words().contains("Siguiente"));
    assert!(page.html().contains("alt=\"Una gota\""));
    let picture = kept.follow_picture(&page.html());
    assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/gif"), "by content");
    assert_eq!(kept.school.get("/es/materiales/charla/3").status.as_u16(), 404);
}

#[test]
fn an_office_document_says_how_it_begins_and_is_searched() {
    let kept = Kept::new(&[("acta.docx", &document())]);
    let words = collapse(&kept.page("/es/materiales/acta").words());
    assert!(words.contains("Descargar DOCX") && words.contains("Así empieza"), "{words}");
}

#[test]
fn a_film_has_a_link_for_each_format_its_length_and_what_is_said() {
    let kept = full();
    let page = kept.page("/es/materiales/videos-puquio");
    let words = collapse(&page.words());
    for piece in [
        "Descargar OGV",
        "Descargar WEBM",
        "dura 0:04",
        "se abre en la laptop XO",
        "Rosa: El puquio nunca se seca.",
    ] {
        assert!(words.contains(piece), "{piece}: {words}");
    }
    let html = page.html();
    assert!(html.contains("<video controls preload=\"none\""), "newer browsers may play it");
    assert!(html.find("OGV") < html.find("WEBM"), "what an old laptop opens comes first");
    let film = kept.follow(&page, "puquio.ogv");
    assert_eq!((film.header("content-type"), film.header("content-disposition")), ("video/ogg", ""));
}

#[test]
fn a_sound_has_its_words_beside_it() {
    let kept = full();
    let words = collapse(&kept.page("/es/materiales/audios-huayno").words());
    for piece in ["Descargar MP3", "dura 0:27", "Canta la comunidad de Qala."] {
        assert!(words.contains(piece), "{piece}: {words}");
    }
}

#[test]
fn a_document_says_how_it_begins_how_long_it_is_and_how_big() {
    let kept = full();
    let page = kept.page("/es/materiales/ciencia-el-nino-y-el-agua");
    let text = collapse(&page.words());
    for piece in ["El agua", "1 página", "Descargar PDF", "El niño y el (agua) nace aquí"] {
        assert!(text.contains(piece), "{piece}: {text}");
    }
    let file = kept.follow(&page, ".pdf");
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(
        file.header("content-disposition").starts_with("attachment; filename=\"El ni"),
        "{}",
        file.header("content-disposition")
    );
}

#[test]
fn a_picture_is_seen_and_can_be_saved() {
    let kept = full();
    let page = kept.page("/es/materiales/ciencia-mapa");
    assert!(page.html().contains("width=\"2\" height=\"1\" alt=\"Mapa\""), "{}", page.html());
    assert!(page.words().contains("Descargar GIF"));
}

#[test]
fn what_is_in_another_language_says_so() {
    let kept = Kept::new(&[
        ("ingles/hello.md", b"# Hello\n\nGood morning.\n"),
        ("ingles/hello.toml", b"langs = [\"en\"]\n"),
    ]);
    for lang in ["es", "qu"] {
        let page = kept.page(&format!("/{lang}/materiales/ingles-hello"));
        assert!(page.html().contains("<h1 lang=\"en\">Hello</h1>"), "{}", page.html());
        assert!(words(&page.html()).contains(if lang == "es" {
            "está en otra lengua"
        } else {
            "huk simipim"
        }));
    }
}

impl Kept {
    /// The picture of a page that is a material's.
    fn follow_picture(&self, html: &str) -> crate::support::school::Reply {
        let at = html.find("src=\"/a/").expect("a picture of the material") + 5;
        self.school.get(html[at..].split('"').next().expect("an address"))
    }
}
