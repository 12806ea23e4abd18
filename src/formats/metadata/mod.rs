//! Descriptions of resources for other catalogues: schema.org/LRMI, Dublin Core, IEEE LOM. What is described is given
//! whole; addresses, files and the words of pages are the caller's work.

mod dublin_core;
mod lom;
mod ro_crate;
mod schema_org;

pub use dublin_core::dublin_core;
pub use lom::lom;
pub use ro_crate::{CrateItem, RO_CRATE, ro_crate};
pub use schema_org::{json_ld, json_ld_in_html};

use crate::domain::{id::Slug, lang::Lang, resource::Meta};

/// A resource to be described.
#[derive(Debug, Clone, Copy)]
pub struct Described<'a> {
    /// What is known about it.
    pub meta: &'a Meta,
    /// The languages it can be read in.
    pub langs: &'a [Lang],
    /// Files it can be had as.
    pub files: &'a [DescribedFile<'a>],
}

/// A file of a resource.
#[derive(Debug, Clone, Copy)]
pub struct DescribedFile<'a> {
    /// Its name, or an address relative to the description.
    pub name: &'a str,
    /// Media type.
    pub media_type: &'a str,
    /// Size, when it is known.
    pub bytes: Option<u64>,
    /// SHA-256 of its content in hex, when it is known.
    pub sha256: Option<&'a str>,
}

/// What our words are called elsewhere: (ours, LOM 5.2, learningResourceType).
const KINDS: [(&str, &str, &str); 24] = [
    ("leccion", "lecture", "lesson"),
    ("cuento", "narrative text", "story"),
    ("juego-decision", "simulation", "educational game"),
    ("juego-clasificar", "exercise", "educational game"),
    ("cuestionario", "questionnaire", "quiz"),
    ("prueba", "exam", "assessment"),
    ("afiche", "figure", "poster"),
    ("imagen", "figure", "image"),
    ("audio", "lecture", "audio"),
    ("video", "lecture", "video"),
    ("libro", "narrative text", "book"),
    ("documento", "narrative text", "document"),
    ("animacion", "simulation", "animation"),
    ("presentacion", "slide", "presentation"),
    ("articulo", "narrative text", "article"),
    ("sin-conexion", "exercise", "unplugged activity"),
    ("plan-docente", "problem statement", "lesson plan"),
    ("conteo", "table", "tally sheet"),
    ("guia-familia", "narrative text", "family guide"),
    ("fichas", "figure", "cards"),
    ("repaso", "self assessment", "quiz"),
    ("paquete-fuentes", "index", "source collection"),
    ("clave-fuentes", "table", "answer key"),
    ("coleccion", "index", "learning unit"),
];

fn lom_kind(kind: &Slug) -> &'static str {
    KINDS.iter().find(|(own, ..)| *own == kind.as_str()).map_or("narrative text", |(_, lom, _)| lom)
}

fn lrmi_kind(kind: &Slug) -> &str {
    KINDS.iter().find(|(own, ..)| *own == kind.as_str()).map_or(kind.as_str(), |(.., lrmi)| lrmi)
}

/// The address of a licence's text; a licence without one stays its name.
pub fn licence_url(spdx: &str) -> Option<&'static str> {
    Some(match spdx {
        "CC-BY-SA-4.0" => "https://creativecommons.org/licenses/by-sa/4.0/",
        "CC-BY-4.0" => "https://creativecommons.org/licenses/by/4.0/",
        "CC0-1.0" => "https://creativecommons.org/publicdomain/zero/1.0/",
        "CC-BY-NC-4.0" => "https://creativecommons.org/licenses/by-nc/4.0/",
        "CC-BY-NC-SA-4.0" => "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        _ => return None,
    })
}

/// What schema.org calls an accessibility feature of ours.
fn accessibility(word: &Slug) -> &str {
    match word.as_str() {
        "texto-alternativo" => "alternativeText",
        "transcripcion" => "transcript",
        "lectura-facil" => "simplifiedLanguage",
        "teclado" => "fullKeyboardControl",
        "alto-contraste" => "highContrastDisplay",
        "audio-descripcion" => "audioDescription",
        other => other,
    }
}

/// ISO 8601 duration of some minutes.
fn duration(minutes: u32) -> String {
    format!("PT{minutes}M")
}

/// The kind of a relation of ours in IEEE LOM 7.1 (from Dublin Core).
fn lom_relation(kind: &Slug) -> &'static str {
    match kind.as_str() {
        "es-parte-de" => "ispartof",
        "incluye" => "haspart",
        "traduccion-de" => "isversionof",
        "adapta" => "isbasedon",
        _ => "references",
    }
}
