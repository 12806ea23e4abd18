//! IEEE 1484.12.3 LOM-XML: categories 1 to 9, category 9 once for each vocabulary.

use super::{Described, accessibility, duration, licence_url, lom_kind, lom_relation};
use crate::{
    domain::{
        id::Slug,
        lang::{Lang, Localized},
        resource::{Meta, Status},
    },
    formats::xml_writer::Xml,
};

/// The vocabulary of LOM itself.
const LOM: &str = "LOMv1.0";
/// Ours.
const OWN: &str = "Amauta";

/// The description as a LOM-XML document.
pub fn lom(described: &Described<'_>) -> String {
    let mut xml = Xml::new();
    xml.open("lom", &[("xmlns", "http://ltsc.ieee.org/xsd/LOM")]);
    general(&mut xml, described);
    life_cycle(&mut xml, described.meta);
    meta_metadata(&mut xml, described.meta);
    technical(&mut xml, described);
    educational(&mut xml, described);
    rights(&mut xml, described.meta);
    relations(&mut xml, described.meta);
    annotations(&mut xml, described.meta);
    classifications(&mut xml, described.meta);
    xml.finish()
}

fn general(xml: &mut Xml, described: &Described<'_>) {
    let meta = described.meta;
    xml.open("general", &[]);
    identifier(xml, meta.id.as_str());
    strings(xml, "title", &meta.title);
    for lang in described.langs {
        xml.text("language", &[], lang.as_str());
    }
    strings(xml, "description", &meta.summary);
    for (lang, words) in &meta.keywords.0 {
        for word in words {
            string(xml, "keyword", *lang, word);
        }
    }
    xml.close();
}

fn life_cycle(xml: &mut Xml, meta: &Meta) {
    xml.open("lifeCycle", &[]);
    string(xml, "version", Lang::ES, &meta.version);
    let status = match meta.status {
        Status::Borrador => "draft",
        Status::EnRevision => "revised",
        Status::Publicado => "final",
        Status::Retirado => "unavailable",
    };
    vocabulary(xml, "status", LOM, status);
    let day = meta.created.unwrap_or(meta.modified).to_string();
    for author in &meta.authors {
        let role = match author.role.as_str() {
            "autor" => "author",
            "ilustrador" => "graphical designer",
            "revisor" => "validator",
            "adaptador" => "editor",
            _ => "unknown",
        };
        contribute(xml, role, &author.name, &day);
    }
    for translation in meta.translation.0.values() {
        if let Some(name) = &translation.translator {
            contribute(xml, "content provider", name, &meta.modified.to_string());
        }
        if let Some(name) = &translation.reviewer {
            contribute(xml, "validator", name, &meta.modified.to_string());
        }
    }
    if let Some(institution) = &meta.institution {
        contribute(xml, "publisher", institution, &meta.modified.to_string());
    }
    for review in meta.protection_review.iter().chain(&meta.legal_review) {
        contribute(xml, "technical validator", &review.role, &review.date.to_string());
    }
    xml.close();
}

fn meta_metadata(xml: &mut Xml, meta: &Meta) {
    let author = meta.authors.first().map(|author| author.name.as_str());
    let cataloguer = meta.cataloguer.as_ref();
    let name = cataloguer.map(|who| who.name.as_str()).or(author).unwrap_or_default();
    let day = cataloguer.and_then(|who| who.date).unwrap_or(meta.modified);
    xml.open("metaMetadata", &[]);
    identifier(xml, &format!("{}.lom", meta.id));
    contribute(xml, "creator", name, &day.to_string());
    xml.text("metadataSchema", &[], LOM);
    xml.text("language", &[], Lang::ES.as_str());
    xml.close();
}

fn technical(xml: &mut Xml, described: &Described<'_>) {
    xml.open("technical", &[]);
    for file in described.files {
        xml.text("format", &[], file.media_type);
    }
    if let Some(bytes) = described.files.iter().find_map(|file| file.bytes) {
        xml.text("size", &[], &bytes.to_string());
    }
    for file in described.files {
        xml.text("location", &[], file.name);
    }
    let needs = described.meta.requirements.iter().map(Slug::as_str).collect::<Vec<_>>();
    if !needs.is_empty() {
        string(xml, "otherPlatformRequirements", Lang::ES, &needs.join(", "));
    }
    xml.close();
}

fn educational(xml: &mut Xml, described: &Described<'_>) {
    let meta = described.meta;
    xml.open("educational", &[]);
    let active = matches!(meta.mode.as_str(), "laptop" | "grupal" | "sin-conexion" | "mixto");
    vocabulary(xml, "interactivityType", LOM, if active { "active" } else { "expositive" });
    vocabulary(xml, "learningResourceType", LOM, lom_kind(&meta.kind));
    vocabulary(xml, "learningResourceType", OWN, meta.kind.as_str());
    for role in &meta.audience {
        let lom = match role.as_str() {
            "docente" => "teacher",
            "estudiante" => "learner",
            "tecnico" => "manager",
            _ => "",
        };
        if lom.is_empty() {
            vocabulary(xml, "intendedEndUserRole", OWN, role.as_str());
        } else {
            vocabulary(xml, "intendedEndUserRole", LOM, lom);
        }
    }
    let school =
        |level: &Slug| matches!(level.as_str(), "inicial" | "primaria" | "secundaria" | "eba" | "ebe");
    let training = |level: &Slug| matches!(level.as_str(), "docente" | "etp" | "tecnico");
    let mut contexts = meta.levels.iter().map(|level| match level {
        level if school(level) => "school",
        level if training(level) => "training",
        _ => "other",
    });
    let mut told = Vec::new();
    for context in contexts.by_ref().filter(|context| !told.contains(context)).collect::<Vec<_>>() {
        if !told.contains(&context) {
            told.push(context);
            vocabulary(xml, "context", LOM, context);
        }
    }
    if let Some(age) = &meta.age {
        string(xml, "typicalAgeRange", Lang::ES, age);
    }
    if meta.duration > 0 {
        xml.open("typicalLearningTime", &[]).text("duration", &[], &duration(meta.duration)).close();
    }
    for message in &meta.messages {
        strings(xml, "description", &message.text);
    }
    let list = |words: Vec<&str>| words.join(", ");
    for words in [
        list(meta.accessibility.iter().map(accessibility).collect()),
        list(meta.uses.iter().map(Slug::as_str).collect()),
        list(meta.help_channels.iter().map(Slug::as_str).collect()),
    ] {
        if !words.is_empty() {
            string(xml, "description", Lang::ES, &words);
        }
    }
    for lang in described.langs {
        xml.text("language", &[], lang.as_str());
    }
    xml.close();
}

fn rights(xml: &mut Xml, meta: &Meta) {
    xml.open("rights", &[]);
    vocabulary(xml, "cost", LOM, "no");
    vocabulary(xml, "copyrightAndOtherRestrictions", LOM, "yes");
    let licence = licence_url(&meta.licence).unwrap_or_default();
    string(xml, "description", Lang::ES, format!("{} {licence}", meta.licence).trim());
    xml.close();
}

fn relations(xml: &mut Xml, meta: &Meta) {
    for resource in &meta.requires {
        relation(xml, "requires", resource.as_str(), None);
    }
    for each in &meta.relations {
        relation(xml, lom_relation(&each.kind), each.resource.as_str(), None);
    }
    for work in &meta.based_on {
        let about = format!("{} ({})", work.title, work.licence);
        relation(xml, "isbasedon", work.url.as_deref().unwrap_or(&work.title), Some(&about));
    }
}

fn annotations(xml: &mut Xml, meta: &Meta) {
    for reference in &meta.references {
        xml.open("annotation", &[]);
        string(xml, "description", Lang::ES, reference);
        xml.close();
    }
}

fn classifications(xml: &mut Xml, meta: &Meta) {
    let slugs = |words: &[Slug]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let objectives = meta.objectives.get(Lang::ES).cloned().unwrap_or_default();
    let messages = meta.messages.iter().map(|message| message.tag.clone()).collect();
    for (purpose, source, words) in [
        ("educational level", "niveles", slugs(&meta.levels)),
        ("educational level", "ciclos", meta.cycles.clone()),
        ("educational level", "grados", slugs(&meta.grades)),
        ("discipline", "areas", slugs(&meta.areas)),
        ("discipline", "temas", slugs(&meta.themes)),
        ("competency", "CNEB", slugs(&meta.competences)),
        ("competency", "CNEB capacidades", slugs(&meta.abilities)),
        ("competency", "DigComp 2.2", meta.digcomp.clone()),
        ("idea", "enfoques", slugs(&meta.approaches)),
        ("idea", "mensajes", messages),
        ("educational objective", "objetivos", objectives),
    ] {
        if words.is_empty() {
            continue;
        }
        xml.open("classification", &[]);
        vocabulary(xml, "purpose", LOM, purpose);
        for word in words {
            xml.open("taxonPath", &[]);
            string(xml, "source", Lang::ES, source);
            xml.open("taxon", &[]);
            string(xml, "entry", Lang::ES, &word);
            xml.close().close();
        }
        xml.close();
    }
}

fn relation(xml: &mut Xml, kind: &str, resource: &str, about: Option<&str>) {
    xml.open("relation", &[]);
    vocabulary(xml, "kind", LOM, kind);
    xml.open("resource", &[]);
    identifier(xml, resource);
    if let Some(about) = about {
        string(xml, "description", Lang::ES, about);
    }
    xml.close().close();
}

fn identifier(xml: &mut Xml, entry: &str) {
    xml.open("identifier", &[]).text("catalog", &[], OWN).text("entry", &[], entry).close();
}

/// A person or body, as the vCard (RFC 2426) that LOM wants.
fn contribute(xml: &mut Xml, role: &str, name: &str, day: &str) {
    let name = name.replace(['\r', '\n'], " ").replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    xml.open("contribute", &[]);
    vocabulary(xml, "role", LOM, role);
    xml.text("entity", &[], &format!("BEGIN:VCARD\nVERSION:3.0\nN:;{name};;;\nFN:{name}\nEND:VCARD"));
    xml.open("date", &[]).text("dateTime", &[], day).close().close();
}

fn vocabulary(xml: &mut Xml, element: &'static str, source: &str, value: &str) {
    xml.open(element, &[]).text("source", &[], source).text("value", &[], value).close();
}

fn string(xml: &mut Xml, element: &'static str, lang: Lang, text: &str) {
    xml.open(element, &[]).text("string", &[("language", lang.as_str())], text).close();
}

fn strings(xml: &mut Xml, element: &'static str, text: &Localized<String>) {
    xml.open(element, &[]);
    for (lang, text) in &text.0 {
        xml.text("string", &[("language", lang.as_str())], text);
    }
    xml.close();
}
