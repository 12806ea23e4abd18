//! Files of materials as they are given out.

use std::fs;

use super::{Kept, full};

#[test]
fn a_download_can_go_on_where_it_broke_off() {
    let kept = full();
    let page = kept.page("/es/materiales/ciencia-el-nino-y-el-agua");
    let (href, _) = page.links().into_iter().find(|(href, _)| href.contains(".pdf")).expect("a file");
    let whole = kept.school.get(&href);
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("content-length"), whole.body.len().to_string());
    let rest = kept.school.get_with(&href, &[("range", "bytes=10-"), ("if-range", whole.header("etag"))]);
    assert_eq!((rest.status.as_u16(), &rest.body[..]), (206, &whole.body[10..]));
    assert_eq!(kept.school.get_with(&href, &[("if-none-match", whole.header("etag"))]).status.as_u16(), 304);
}

#[test]
fn what_a_browser_could_run_is_only_ever_saved() {
    let kept = Kept::new(&[
        ("dibujo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
        ("nota.md", b"# Nota\n\n<script>alert(1)</script> [x](javascript:alert(1))\n"),
    ]);
    let page = kept.page("/es/materiales/dibujo");
    let file = kept.follow(&page, "dibujo.svg");
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(!page.html().contains("<img src=\"/a/"));
    let note = kept.page("/es/materiales/nota").html();
    assert!(!note.contains("<script>alert") && !note.contains("href=\"javascript"), "{note}");
}

#[test]
fn a_file_that_has_gone_is_a_page_that_says_so() {
    let kept = full();
    let page = kept.page("/es/materiales/libros-agua");
    let (href, _) = page.links().into_iter().find(|(href, _)| href.contains(".epub")).expect("a file");
    fs::remove_file(kept.content.path().join("libros/agua.epub")).expect("the book goes");
    assert_eq!(kept.school.get(&href).status.as_u16(), 404);
    assert!(kept.page("/es/materiales/libros-agua/2").words().contains("no se puede abrir ahora"));
    assert!(
        kept.page("/es/materiales/libros-agua").words().contains("El agua de mi pueblo"),
        "it is still announced"
    );
}

#[test]
fn addresses_of_files_lead_nowhere_else() {
    let kept = full();
    let page = kept.page("/es/materiales/libros-agua");
    let (href, _) = page.links().into_iter().find(|(href, _)| href.contains(".epub")).expect("a file");
    let tag = href.split('/').nth(3).expect("a tag");
    for path in [
        format!("/a/libros-agua/{tag}/otro.epub"),
        "/a/libros-agua/0123456789abcdef/agua.epub".to_owned(),
        format!("/a/libros-agua/{tag}/dentro/..%2F..%2FCargo.toml"),
        format!("/a/libros-agua/{tag}/dentro/META-INF%2Fcontainer.xml"),
        format!("/a/cuentos-zorro/{tag}/agua.epub"),
        format!("/a/nada/{tag}/agua.epub"),
    ] {
        assert_eq!(kept.school.get(&path).status.as_u16(), 404, "{path}");
    }
}

#[test]
fn feeds_offer_the_files_of_materials_to_reading_programs() {
    let kept = full();
    let book = kept.school.get("/opds/recursos?lang=es&clase=libro").text();
    assert!(book.contains("<title>El agua de mi pueblo</title>"), "{book}");
    assert!(
        book.contains("rel=\"http://opds-spec.org/acquisition\"") && book.contains("href=\"/a/libros-agua/")
    );
    assert!(book.contains("type=\"application/epub+zip\"") && book.contains("length=\""));
    let json = kept.school.get("/opds/v2/recursos?lang=qu&clase=video").text();
    for piece in ["\"images\"", "video/ogg", "video/webm", "/a/videos-puquio/"] {
        assert!(json.contains(piece), "{piece}: {json}");
    }
    let entry = kept.school.get("/opds/recursos/cuentos-zorro?lang=qu").text();
    assert!(
        entry.contains("Atuqmanta wallatamantawan") && entry.contains("/descargas/cuentos-zorro.epub"),
        "{entry}"
    );
    let found = kept.school.get("/opds/recursos?lang=es&q=granizo").text();
    assert!(found.contains("Los estados del agua"), "{found}");
}
