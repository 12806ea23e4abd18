//! The files of a material with what describes it, as one ZIP: so that authors and licence go along with them.

use std::collections::BTreeSet;

use super::Sink;
use crate::{
    content::materials,
    domain::material::{Material, MaterialFile},
    formats::{
        archive::Pack,
        metadata::{self, Described, DescribedFile},
    },
    web::shelf::Shelf,
};

/// Largest material that is packed, in bytes: the ZIP lies in the data folder beside the files.
const MAX_BYTES: u64 = 512 << 20;

/// Whether the files of a material can be had as one ZIP.
pub(crate) fn is_packed(material: &Material) -> bool {
    let bytes: u64 = material.files.iter().map(|file| file.size).sum();
    !material.files.is_empty() && bytes <= MAX_BYTES
}

/// Writes it.
pub(super) fn write(shelf: &Shelf, material: &Material, sink: &mut dyn Sink) -> anyhow::Result<()> {
    let mut pack = Pack::new(sink);
    let mut names = BTreeSet::new();
    let mut named = Vec::new();
    for file in &material.files {
        let mut name = file.name().to_owned();
        while !names.insert(name.to_lowercase()) {
            name = format!("_{name}");
        }
        pack.add(&name, &mut materials::open(&shelf.sources, file)?)?;
        named.push((name, file));
    }
    let described =
        |(name, file): &'_ (String, &'_ MaterialFile)| (name.clone(), file.media_type.clone(), file.size);
    let files = named.iter().map(described).collect::<Vec<_>>();
    let files = files.iter().map(|(name, media_type, bytes)| DescribedFile {
        name,
        media_type,
        bytes: Some(*bytes),
        sha256: None,
    });
    let files = files.collect::<Vec<_>>();
    let langs = material.langs().collect::<Vec<_>>();
    let described = Described { meta: &material.meta, langs: &langs, files: &files };
    // The names of standards; the licence and who made it stand in both.
    for (name, text) in [
        ("descripcion.dc.xml", metadata::dublin_core(&described)),
        ("descripcion.jsonld", metadata::json_ld(&described)),
    ] {
        if names.insert(name.to_owned()) {
            pack.add(name, &mut text.as_bytes())?;
        }
    }
    Ok(pack.finish()?)
}
