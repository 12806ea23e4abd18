//! What a school says of its materials, and what is told of files that cannot be one.

use std::{collections::BTreeSet, process::Command};

use amauta::content::materials;

use super::{Kept, archive, full, library};
use crate::formats::epub::book_with;

#[test]
fn a_list_from_a_spreadsheet_describes_the_files_and_fills_the_filters() {
    let list = "Archivo;Título;Título (Quechua);Nivel;Grado;Área;Idioma;Duración\n\
        zorro.md;El zorro;Atuq;Primaria;3.º grado;Comunicación;Castellano;45 min\n";
    let kept = Kept::new(&[("recursos.csv", list.as_bytes()), ("zorro.md", b"El zorro corre.\n")]);
    for query in [
        "nivel=primaria",
        "grado=p3",
        "area=comunicacion",
        "idioma=es",
        "duracion=hasta-45",
        "clase=articulo",
    ] {
        let page = kept.page(&format!("/es/recursos?{query}&q=zorro"));
        assert!(page.html().contains("/es/materiales/zorro\""), "{query}");
    }
    assert!(!kept.page("/es/recursos?duracion=hasta-30").html().contains("/es/materiales/zorro\""));
    assert!(
        kept.page("/qu/materiales/zorro").html().contains("<h1 lang=\"es\">El zorro</h1>"),
        "the text is Spanish"
    );
}

#[test]
fn a_description_is_written_out_for_other_catalogues() {
    let kept = full();
    let page = kept.page("/es/materiales/cuentos-zorro");
    assert!(page.html().contains("application/ld+json"));
    let film = kept.page("/es/materiales/videos-puquio").html();
    assert!(film.contains("\"contentUrl\":\"/a/videos-puquio/") && !film.contains("timeRequired"), "{film}");
    for (ending, piece) in [
        (".dc.xml", "<dc:creator>Rosa Quispe</dc:creator>"),
        (".lom.xml", "El zorro y la huallata"),
        (".jsonld", "\"Rosa Quispe\""),
    ] {
        let reply = kept.follow(&page, ending);
        assert!(reply.text().contains(piece), "{ending}: {}", reply.text());
    }
}

#[test]
fn a_file_that_cannot_be_a_material_is_passed_over_with_the_reason() {
    let kept = Kept::new(&[
        ("bueno.md", b"# Bueno\n\nSirve.\n"),
        ("pagina.html", b"<!DOCTYPE html><html><script>alert(1)</script></html>"),
        ("paquete.zip", &archive()),
        ("miente.pdf", b"GIF89a no soy un PDF"),
        ("roto.epub", b"PK\x03\x04roto"),
        ("juego.gift", b"::uno:: 1 + 1 = {=2 ~3}\n"),
        ("solo.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHola\n"),
        ("sola.toml", b"title = \"Nada\"\n"),
        ("malo.md", b"Texto.\n"),
        ("malo.toml", b"titulo = \"x\"\n"),
        ("lista/recursos.csv", b"archivo,area\nnada.pdf,astrologia\n"),
    ]);
    let listed = kept.page("/es/recursos?clase=articulo").html();
    assert!(listed.contains("/es/materiales/bueno\"") && listed.contains("/es/materiales/malo\""));
    for refused in ["pagina", "paquete", "miente", "roto", "juego", "solo"] {
        assert_eq!(kept.school.get(&format!("/es/materiales/{refused}")).status.as_u16(), 404, "{refused}");
    }
    let check = Command::new(env!("CARGO_BIN_EXE_amauta")).arg("check").arg(kept.content.path()).output();
    let told = String::from_utf8(check.expect("the program runs").stdout).expect("UTF-8");
    for (file, reason) in [
        ("pagina.html", "HTML"),
        ("paquete.zip", "Descomprímelo"),
        ("miente.pdf", "por dentro es un archivo «gif»"),
        ("roto.epub", "roto.epub"),
        ("juego.gift", "parte de una lección"),
        ("solo.vtt", "la grabación de la que hablan"),
        ("sola.toml", "no tiene al lado"),
        ("malo.toml", "titulo"),
        ("recursos.csv", "nada.pdf"),
    ] {
        let line = told.lines().find(|line| line.contains(file));
        assert!(line.is_some_and(|line| line.contains(reason)), "{file}: {told}");
    }
    assert!(told.contains("Errores: 0."), "what is passed over keeps nothing else from being served: {told}");
}

#[test]
fn two_materials_never_have_one_address_nor_that_of_a_lesson() {
    let kept = Kept::new(&[
        ("a/cuento.md", b"# Uno\n\nUno.\n"),
        ("a/cuento.toml", b"id = \"mi-frase-clave\"\n"),
        ("a-cuento.md", b"# Dos\n\nDos.\n"),
        ("b/otro.md", b"# Tres\n\nTres.\n"),
        ("b/otro.toml", b"id = \"a-cuento\"\n"),
    ]);
    for (id, title) in [("mi-frase-clave-2", "Uno"), ("a-cuento", "Dos"), ("a-cuento-2", "Tres")] {
        assert!(
            kept.page(&format!("/es/materiales/{id}")).html().contains(&format!("<h1>{title}</h1>")),
            "{id}"
        );
    }
    assert_eq!(kept.school.get("/es/lecciones/mi-frase-clave").status.as_u16(), 200);
}

#[test]
fn thousands_of_files_without_a_latin_name_get_an_address_each_quickly() {
    let names =
        (0..1500).map(|number| format!("{}.md", "字".repeat(number % 40 + 1) + &"語".repeat(number / 40)));
    let files = names.collect::<Vec<_>>();
    let files = files.iter().map(|name| (name.as_str(), b"# x\n".as_slice())).collect::<Vec<_>>();
    let kept = Kept::waiting(&files);
    let shelf = kept.school.app.shelf();
    let survey = materials::survey(&shelf.sources, shelf.library.vocabulary(), BTreeSet::default());
    assert_eq!(survey.len(), 1500);
    kept.school.app.index_materials();
    for id in ["material", "material-2", "material-1500"] {
        kept.page(&format!("/es/materiales/{id}"));
    }
}

#[test]
fn a_text_too_long_to_read_here_can_be_taken_away() {
    let long = "Una oración de un libro muy largo.\n\n".repeat(20_000);
    let kept = Kept::new(&[("novela.txt", long.as_bytes())]);
    let page = kept.page("/es/materiales/novela");
    assert!(
        page.words().contains("Descargar TXT") && !page.words().contains("no se puede abrir"),
        "{}",
        page.words()
    );
    assert_eq!(kept.follow(&page, "novela.txt").body.len(), long.len());
}

#[test]
fn nothing_outside_the_folder_is_shown() {
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("secreto.md"), "# Secreto\n").expect("a file");
    let kept = Kept::waiting(&[
        ("bueno.md", b"![x](../secreto.gif) ![y](media/../../s.gif)\n"),
        (".oculto.md", b"# Oculto\n"),
    ]);
    std::os::unix::fs::symlink(outside.path().join("secreto.md"), kept.content.path().join("enlace.md"))
        .expect("a link");
    kept.school.app.reload().expect("a reload");
    kept.school.app.index_materials();
    let listed = kept.page("/es/recursos?clase=articulo").html();
    assert!(
        listed.contains("/es/materiales/bueno\"")
            && !listed.contains("Secreto")
            && !listed.contains("Oculto")
    );
    assert!(!kept.page("/es/materiales/bueno").html().contains("secreto.gif\""));
}

#[test]
fn what_a_book_says_of_itself_is_its_description() {
    let kept = Kept::new(&[("x.epub", &book_with(&[]))]);
    let page = kept.page("/es/materiales/x");
    assert!(page.html().contains("<h1>El agua de mi pueblo</h1>"));
    assert!(
        kept.page("/es/recursos?idioma=qu&clase=libro").html().contains("/es/materiales/x\""),
        "its languages are known"
    );
}

#[test]
fn every_sample_has_a_page_in_both_languages() {
    let kept = full();
    let ids = [
        "cuentos-zorro",
        "libros-agua",
        "ciencia-el-nino-y-el-agua",
        "ciencia-laminas",
        "ciencia-mapa",
        "videos-puquio",
        "audios-huayno",
    ];
    for id in ids {
        for lang in ["es", "qu"] {
            kept.page(&format!("/{lang}/materiales/{id}"));
        }
    }
    let listed = kept.page("/es/recursos?pagina=2").html() + &kept.page("/es/recursos").html();
    assert!(ids.iter().all(|id| listed.contains(&format!("/es/materiales/{id}\""))), "{listed}");
    assert_eq!(library().len(), 15);
}
