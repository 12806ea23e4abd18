//! The index of the materials: made aside, kept, made anew when it is stale or damaged.

use std::fs;

use super::{GIF, Kept, full};

#[test]
fn the_lessons_are_there_while_the_materials_are_read() {
    let kept = Kept::waiting(&[("zorro.md", b"# El zorro\n\nUn zorro de Qala.\n")]);
    let page = kept.page("/es/recursos");
    assert!(page.words().contains("Estamos leyendo los materiales de la escuela"), "{}", page.words());
    assert!(page.html().contains("/es/lecciones/mi-frase-clave"));
    assert!(kept.search("es", "contraseña").contains("/es/lecciones/mi-frase-clave"), "even searching works");
    assert_eq!(kept.school.get("/es/materiales/zorro").status.as_u16(), 404);
    kept.school.app.index_materials();
    let page = kept.page("/es/recursos?clase=articulo");
    assert!(!page.words().contains("Estamos leyendo") && page.html().contains("/es/materiales/zorro\""));
    assert!(kept.search("es", "zorro qala").contains("/es/materiales/zorro\""));
}

#[test]
fn everything_that_is_said_in_materials_is_found() {
    let kept = full();
    for (lang, words, place) in [
        ("es", "crias", "/es/materiales/cuentos-zorro\""),
        ("qu", "wallatakunata", "/qu/materiales/cuentos-zorro\""),
        ("es", "granizo", "/es/materiales/ciencia-laminas/1\""),
        ("es", "vapor", "/es/materiales/ciencia-laminas/2\""),
        ("es", "nunca se seca", "/es/materiales/videos-puquio\""),
        ("es", "nino nace", "/es/materiales/ciencia-el-nino-y-el-agua\""),
        ("es", "plumas", "/es/materiales/cuentos-zorro\""),
        ("es", "rosa quispe", "/es/materiales/cuentos-zorro\""),
        ("es", "comunidad de qala", "/es/materiales/audios-huayno\""),
        ("es", "manantial", "/es/materiales/libros-agua/1\""),
    ] {
        assert!(kept.search(lang, words).contains(place), "{words}: {place}");
    }
}

#[test]
fn a_second_start_reads_nothing_again_and_knows_everything() {
    let kept = full();
    let index = kept.data.path().join("library.db");
    let before = fs::metadata(&index).expect("an index").modified().expect("a time");
    let again = Kept::open(&kept.content, &kept.data);
    assert!(
        again.get("/es/recursos?clase=cuento").text().contains("/es/materiales/cuentos-zorro\""),
        "at once"
    );
    again.app.index_materials();
    assert_eq!(fs::metadata(&index).expect("an index").modified().expect("a time"), before);
}

#[test]
fn a_file_that_was_added_or_changed_is_read_with_the_next_reload() {
    let kept = full();
    fs::write(kept.content.path().join("nuevo.md"), "# Nuevo\n\nLa quinua florece.\n").expect("a file");
    fs::write(kept.content.path().join("cuentos/zorro.es.md"), "# El zorro\n\nUna vicuña.\n")
        .expect("a file");
    fs::remove_file(kept.content.path().join("ciencia/mapa.gif")).expect("a file goes");
    kept.school.app.reload().expect("a reload");
    kept.school.app.index_materials();
    assert!(kept.search("es", "quinua florece").contains("/es/materiales/nuevo\""));
    assert!(kept.search("es", "vicuña").contains("/es/materiales/cuentos-zorro\""));
    assert_eq!(kept.school.get("/es/materiales/ciencia-mapa").status.as_u16(), 404);
}

#[test]
fn a_damaged_or_missing_index_is_made_anew() {
    let kept = full();
    let index = kept.data.path().join("library.db");
    for damage in
        [None, Some(b"basura".to_vec()), fs::read(&index).ok().map(|bytes| bytes[..bytes.len() / 2].to_vec())]
    {
        match damage {
            None => fs::remove_file(&index).expect("the index goes"),
            Some(bytes) => fs::write(&index, bytes).expect("the index is hurt"),
        }
        let again = Kept::open(&kept.content, &kept.data);
        assert!(again.get("/es/").status.is_success());
        again.app.index_materials();
        assert!(again.get("/es/recursos?clase=cuento").text().contains("/es/materiales/cuentos-zorro\""));
    }
}

#[test]
fn where_the_index_cannot_be_kept_it_is_made_in_memory() {
    let kept = Kept::waiting(&[("zorro.md", b"# El zorro\n\nUn zorro de Qala.\n")]);
    fs::create_dir(kept.data.path().join("library.db.new")).expect("something in the way");
    fs::create_dir(kept.data.path().join("library.db")).expect("something in the way");
    kept.school.app.index_materials();
    assert!(kept.search("es", "zorro qala").contains("/es/materiales/zorro\""));
}

#[test]
fn materials_have_their_place_after_the_lessons_in_the_order_of_their_titles() {
    let kept = Kept::new(&[
        ("1.md", b"# Zorro\n\nx\n"),
        ("2.md", b"# \xc3\x81rbol\n\nx\n"),
        ("3.md", b"# \xc3\x91and\xc3\xba\n\nx\n"),
        ("4.md", b"# nube\n\nx\n"),
    ]);
    let html = kept.page("/es/recursos?clase=articulo").html();
    let at = |title: &str| html.find(&format!(">{title}</a>")).expect(title);
    assert!(at("Árbol") < at("nube") && at("nube") < at("Ñandú") && at("Ñandú") < at("Zorro"));
}

#[test]
fn the_technician_reads_how_many_materials_there_are_and_how_many_files_are_none() {
    let kept = Kept::new(&[
        ("zorro.txt", b"El zorro quiere plumas blancas.".as_slice()),
        ("puquio.gif", GIF),
        ("juego.html", b"<!doctype html><title>Un juego</title><p>Juega"),
    ]);
    let status = kept.page("/es/tecnico");
    let figure = |name: &str| {
        let row = status.reply.text().split("<tr>").find(|row| row.contains(name)).expect(name).to_owned();
        row.split("<td>").nth(1).and_then(|cell| cell.split('<').next()).expect(name).to_owned()
    };
    assert_eq!(figure("Materiales de la escuela"), "2");
    assert_eq!(figure("Archivos que no se muestran"), "1");
}
