//! Loose materials of a school: from files in a folder to pages, search and downloads.

mod describing;
mod indexing;
mod pages;
mod serving;

use std::fs;

use amauta::web::{Settings, server::Operations, shelf::Folders};
use tempfile::TempDir;

use crate::{
    formats::{
        archive::zipped,
        epub::book_with,
        files::{
            lengths::{mp3, theora_and_vorbis, webm},
            pdf,
        },
        office::packed_bytes,
    },
    support::{
        browser::Browser,
        school::{Reply, School},
    },
};

/// A picture of 2 × 1 pixels.
const GIF: &[u8] = b"GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x01\0\0\x02\x02\x04\n\0;";

/// A school with a folder of materials.
struct Kept {
    content: TempDir,
    data: TempDir,
    school: School,
}

impl Kept {
    /// With these files, not indexed yet.
    fn waiting(files: &[(&str, &[u8])]) -> Self {
        let (content, data) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        for (path, bytes) in files {
            let path = content.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
        let school = Self::open(&content, &data);
        Self { content, data, school }
    }

    /// With these files, indexed.
    fn new(files: &[(&str, &[u8])]) -> Self {
        let kept = Self::waiting(files);
        kept.school.app.index_materials();
        kept
    }

    fn open(content: &TempDir, data: &TempDir) -> School {
        let folders =
            Folders { content: Some(content.path().to_owned()), data: Some(data.path().to_owned()) };
        School::with(Settings { folders, operations: Operations::Lan, ..Settings::default() })
    }

    fn page(&self, path: &str) -> Browser<'_> {
        let browser = Browser::open(&self.school, path);
        assert_eq!(browser.reply.status.as_u16(), 200, "{path}");
        browser
    }

    /// The reply of the one link of a page whose address holds `piece`.
    fn follow(&self, page: &Browser<'_>, piece: &str) -> Reply {
        let (href, _) = page.links().into_iter().find(|(href, _)| href.contains(piece)).expect(piece);
        self.school.get(href.split('#').next().unwrap_or(&href))
    }

    fn search(&self, lang: &str, words: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish();
        self.page(&format!("/{lang}/recursos?{query}")).reply.text()
    }
}

fn library() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("cuentos/zorro.es.md", text("# El zorro y la huallata\n\nUna huallata cuidaba a sus crías.\n")),
        ("cuentos/zorro.qu.md", text("# Atuqmanta wallatamantawan\n\nHuk wallata wawankunata qhawarqan.\n")),
        (
            "cuentos/zorro.toml",
            text(
                "kind = \"cuento\"\ngrades = [\"p3\"]\nlevels = [\"primaria\"]\nareas = [\"comunicacion\"]\nduration = 20\nauthors = [\"Rosa Quispe\"]\nlicence = \"CC-BY-4.0\"\nsummary = { es = \"Un zorro quiere plumas blancas.\" }\n",
            ),
        ),
        ("libros/agua.epub", book_with(&[])),
        ("ciencia/El niño y el agua.pdf", pdf::words().into_bytes()),
        (
            "ciencia/laminas.md",
            text(
                "# Los estados del agua\n\n## Hielo\n\nEl granizo es duro.\n\n## Vapor\n\nEl vapor sube. ![olla](olla.gif)\n",
            ),
        ),
        ("ciencia/laminas.toml", text("kind = \"presentacion\"\n")),
        ("ciencia/media/olla.gif", GIF.to_vec()),
        ("ciencia/mapa.gif", GIF.to_vec()),
        ("videos/puquio.ogv", theora_and_vorbis()),
        ("videos/puquio.webm", webm()),
        ("videos/puquio.vtt", text("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Rosa>El puquio nunca se seca.\n")),
        ("videos/puquio.gif", GIF.to_vec()),
        ("audios/huayno.mp3", mp3(true)),
        ("audios/huayno.txt", text("Canta la comunidad de Qala.\n")),
    ]
}

/// A school with a material of every kind.
fn full() -> Kept {
    let files = library();
    let files = files.iter().map(|(path, bytes)| (*path, bytes.as_slice())).collect::<Vec<_>>();
    Kept::new(&files)
}

/// What tells a document of Microsoft's from any other ZIP.
const TYPES: &str = "[Content_Types].xml";

/// A presentation of two slides, the second with a picture.
fn slides() -> Vec<u8> {
    packed_bytes("agua-pptx", &[(TYPES, b"<Types/>"), ("ppt/media/gota.png", GIF)])
}

/// A text of Word.
fn document() -> Vec<u8> {
    packed_bytes("agua-docx", &[(TYPES, b"<Types/>")])
}

/// A ZIP that is no material.
fn archive() -> Vec<u8> {
    zipped(&[("a.txt", b"a".to_vec())])
}
