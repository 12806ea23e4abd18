//! Dublin Core in RDF/XML: the fifteen elements, and the refinements of DCMI Terms where they say more.

use super::{Described, duration, licence_url, lrmi_kind};
use crate::{domain::lang::Localized, formats::xml_writer::Xml};

/// The description as an RDF/XML document.
pub fn dublin_core(described: &Described<'_>) -> String {
    let meta = described.meta;
    let mut xml = Xml::new();
    xml.open(
        "rdf:RDF",
        &[
            ("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ],
    );
    xml.open("rdf:Description", &[("rdf:about", &format!("#{}", meta.id))]);
    xml.text("dc:identifier", &[], meta.id.as_str());
    tagged(&mut xml, "dc:title", &meta.title);
    tagged(&mut xml, "dc:description", &meta.summary);
    for lang in described.langs {
        xml.text("dc:language", &[], lang.as_str());
    }
    for (lang, words) in &meta.keywords.0 {
        for word in words {
            xml.text("dc:subject", &[("xml:lang", lang.as_str())], word);
        }
    }
    for word in meta.themes.iter().chain(&meta.areas) {
        xml.text("dc:subject", &[], word.as_str());
    }
    xml.text("dc:type", &[("xml:lang", "en")], lrmi_kind(&meta.kind));
    for author in &meta.authors {
        let element = if author.role.as_str() == "autor" { "dc:creator" } else { "dc:contributor" };
        xml.text(element, &[], &author.name);
    }
    for (lang, translation) in &meta.translation.0 {
        for name in translation.translator.iter().chain(&translation.reviewer) {
            xml.text("dc:contributor", &[("xml:lang", lang.as_str())], name);
        }
    }
    if let Some(institution) = &meta.institution {
        xml.text("dc:publisher", &[], institution);
    }
    xml.text("dc:date", &[], &meta.modified.to_string());
    xml.text("dc:rights", &[], &meta.licence);
    if let Some(licence) = licence_url(&meta.licence) {
        xml.empty("dcterms:license", &[("rdf:resource", licence)]);
    }
    for file in described.files {
        xml.text("dc:format", &[], file.media_type);
    }
    for work in &meta.based_on {
        xml.text("dc:source", &[], work.url.as_deref().unwrap_or(&work.title));
    }
    for relation in &meta.relations {
        xml.text("dc:relation", &[], relation.resource.as_str());
    }
    terms(&mut xml, described);
    xml.finish()
}

/// What only DCMI Terms can say.
fn terms(xml: &mut Xml, described: &Described<'_>) {
    let meta = described.meta;
    for audience in &meta.audience {
        xml.text("dcterms:audience", &[], audience.as_str());
    }
    let levels = meta.levels.iter().chain(&meta.grades).map(ToString::to_string);
    for level in levels.chain(meta.cycles.iter().cloned()).chain(meta.age.clone()) {
        xml.text("dcterms:educationLevel", &[], &level);
    }
    for competence in meta.competences.iter().chain(&meta.abilities) {
        xml.text("dcterms:conformsTo", &[], competence.as_str());
    }
    if meta.duration > 0 {
        xml.text("dcterms:extent", &[], &duration(meta.duration));
    }
    for file in described.files {
        if let Some(bytes) = file.bytes {
            xml.text("dcterms:extent", &[], &format!("{bytes} B"));
        }
    }
    for resource in &meta.requires {
        xml.text("dcterms:requires", &[], resource.as_str());
    }
    xml.text("dcterms:hasVersion", &[], &meta.version);
    if let Some(created) = meta.created {
        xml.text("dcterms:created", &[], &created.to_string());
    }
    xml.text("dcterms:modified", &[], &meta.modified.to_string());
    for reference in &meta.references {
        xml.text("dcterms:references", &[], reference);
    }
}

fn tagged(xml: &mut Xml, element: &str, text: &Localized<String>) {
    for (lang, text) in &text.0 {
        xml.text(element, &[("xml:lang", lang.as_str())], text);
    }
}
