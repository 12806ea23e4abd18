//! Files of materials as they are given out.

use std::fs;

use jpeg_decoder::Decoder;

use super::{Kept, full};
use crate::formats::small::photograph;

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

/// Width and height of a JPEG.
fn size(jpeg: &[u8]) -> (u16, u16) {
    let mut decoder = Decoder::new(jpeg);
    decoder.read_info().expect("a JPEG");
    decoder.info().map(|info| (info.width, info.height)).expect("its size")
}

#[test]
fn a_photograph_of_a_telephone_is_shown_small_and_upright_and_can_be_had_whole() {
    let photograph = photograph(3000, 2000, 6, false);
    let note = b"# La cocha\n\n![La cocha de noche](cocha.jpg)\n";
    let files: [(&str, &[u8]); 3] =
        [("laguna.jpg", &photograph), ("notas/nota.md", note), ("notas/media/cocha.jpg", &photograph)];
    let kept = Kept::new(&files);
    let page = kept.page("/es/materiales/laguna");
    let html = page.html();
    let src = html.split("src=\"").find(|rest| rest.starts_with("/a/laguna/")).expect("a picture");
    let (src, rest) = src.split_once('"').expect("an address");
    assert!(rest.starts_with(" width=\"560\" height=\"840\""), "{rest}");
    let small = kept.school.get(src);
    assert_eq!((small.status.as_u16(), small.header("content-type")), (200, "image/jpeg"));
    assert_eq!(size(&small.body), (560, 840));
    assert!(small.body.len() < 200 * 1024 && !small.body.windows(4).any(|piece| piece == b"Exif"));
    // What was made is kept, and what is kept is not made again.
    let folder = kept.data.path().join("cache/pictures");
    let made = || fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("a file").path());
    let [file] = &made().collect::<Vec<_>>()[..] else { panic!("one file") };
    let mark = [&small.body[..], b"kept"].concat();
    fs::write(file, &mark).expect("a mark");
    assert_eq!(kept.school.get(src).body, mark);
    fs::remove_dir_all(&folder).expect("it may go");
    assert_eq!(kept.school.get(src).body, small.body);
    // The original is there to be downloaded, and stands nowhere in a page.
    let whole = kept.follow(&page, ".jpg");
    assert!(whole.body == photograph, "{} bytes", whole.body.len());
    // A picture in a text.
    let html = kept.page("/es/materiales/notas-nota").html();
    let src = html.split("src=\"").find(|rest| rest.starts_with("/a/notas-nota/")).expect("a picture");
    assert_eq!(size(&kept.school.get(src.split('"').next().expect("an address")).body), (560, 840));
    let feed = kept.school.get("/opds/recursos/laguna?lang=es").text();
    assert!(feed.contains("/chica/laguna.jpg") && feed.contains("image/jpeg"), "{feed}");
}

#[test]
fn a_photograph_that_cannot_be_read_is_told_by_its_words() {
    let mut photograph = photograph(3000, 2000, 1, false);
    photograph.truncate(9000);
    photograph.resize(5 << 20, 0);
    let kept = Kept::new(&[("rota.jpg", &photograph)]);
    let html = kept.page("/es/materiales/rota").html();
    let src = html.split("src=\"").find(|rest| rest.starts_with("/a/rota/")).expect("a picture");
    let reply = kept.school.get(src.split('"').next().expect("an address"));
    // The decoder of old browsers and ours both show what came before the damage, or nothing: never five megabytes.
    assert!(reply.body.len() < 200 * 1024, "{}", reply.body.len());
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
