//! JSON-LD in the words of schema.org and LRMI.

use serde_json::{Map, Value, json};

use super::{Described, accessibility, duration, licence_url, lrmi_kind};
use crate::domain::{
    id::Slug,
    lang::{Lang, Localized},
    resource::{Meta, Review},
};

/// The description as one line of JSON.
pub fn json_ld(described: &Described<'_>) -> String {
    Value::Object(record(described)).to_string()
}

/// The same as it may stand inside a `<script>` element, where `</script>` or `<!--` would end or hide it.
pub fn json_ld_in_html(described: &Described<'_>) -> String {
    json_ld(described)
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

pub(super) fn record(described: &Described<'_>) -> Map<String, Value> {
    let meta = described.meta;
    let mut out = Map::new();
    let mut set = |name: &str, value: Value| {
        let nothing = match &value {
            Value::Null => true,
            Value::Array(list) => list.is_empty(),
            Value::String(text) => text.is_empty(),
            _ => false,
        };
        if !nothing {
            out.insert(name.to_owned(), value);
        }
    };
    set("@context", json!("https://schema.org"));
    set("@type", json!("LearningResource"));
    set("identifier", json!(meta.id));
    set("alternateName", json!(meta.code));
    set("name", localized(&meta.title));
    set("description", localized(&meta.summary));
    set("inLanguage", json!(described.langs));
    set("keywords", lists(&meta.keywords));
    set("about", terms(&meta.themes, "temas"));
    set("learningResourceType", json!(lrmi_kind(&meta.kind)));
    let cycles = meta.cycles.iter().map(|cycle| term(cycle, "ciclos"));
    let levels = meta.levels.iter().map(|level| term(level.as_str(), "niveles")).chain(cycles);
    let levels = levels.chain(meta.grades.iter().map(|grade| term(grade.as_str(), "grados")));
    set("educationalLevel", levels.collect());
    set("typicalAgeRange", json!(meta.age));
    let subject = |area: &Slug| alignment("educationalSubject", area);
    let approach = |approach: &Slug| alignment("educationalFramework", approach);
    let aligned = meta.areas.iter().map(subject).chain(meta.approaches.iter().map(approach));
    set("educationalAlignment", aligned.collect());
    let competences = meta.competences.iter().chain(&meta.abilities).map(|each| term(each.as_str(), "CNEB"));
    let digcomp = meta.digcomp.iter().map(|code| term(code, "DigComp 2.2"));
    set("teaches", competences.chain(digcomp).collect());
    set("assesses", lists(&meta.objectives));
    set("abstract", meta.messages.iter().flat_map(|message| each_lang(&message.text)).collect());
    if meta.duration > 0 {
        set("timeRequired", json!(duration(meta.duration)));
    }
    set("interactivityType", json!(meta.mode));
    set("educationalUse", json!(meta.uses));
    let audience = |role: &Slug| json!({"@type": "EducationalAudience", "educationalRole": role});
    set("audience", meta.audience.iter().map(audience).collect());
    set("competencyRequired", json!(meta.requires));
    people(meta, &mut set);
    set("version", json!(meta.version));
    set("dateCreated", json!(meta.created));
    set("dateModified", json!(meta.modified));
    set("creativeWorkStatus", json!(meta.status.as_str()));
    set("license", json!(licence_url(&meta.licence).unwrap_or(&meta.licence)));
    set("isAccessibleForFree", json!(true));
    ties(meta, &mut set);
    let media = described.files.iter().map(|file| {
        json!({
            "@type": "MediaObject", "contentUrl": file.name, "encodingFormat": file.media_type,
            "contentSize": file.bytes.map(|bytes| bytes.to_string()), "sha256": file.sha256,
        })
    });
    set("encoding", media.map(without_nulls).collect());
    set("accessibilityFeature", meta.accessibility.iter().map(accessibility).collect::<Value>());
    set("accessModeSufficient", json!(["textual"]));
    set("accessibilityHazard", json!(["none"]));
    let needs = meta.requirements.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ");
    set("requirements", json!(needs));
    set("citation", json!(meta.references));
    if let Some(cataloguer) = &meta.cataloguer {
        set("sdPublisher", organization(&cataloguer.name));
        set("sdDatePublished", json!(cataloguer.date));
    }
    out
}

/// Authors, translators, publisher, reviewers.
fn people(meta: &Meta, set: &mut impl FnMut(&str, Value)) {
    let (authors, others): (Vec<_>, Vec<_>) = meta.authors.iter().partition(|a| a.role.as_str() == "autor");
    set("author", authors.iter().map(|author| organization(&author.name)).collect());
    let by_role = |role: &str| {
        others.iter().filter(|a| a.role.as_str() == role).map(|a| organization(&a.name)).collect::<Vec<_>>()
    };
    let mut translators = by_role("traductor");
    translators
        .extend(meta.translation.0.values().filter_map(|each| each.translator.as_deref()).map(organization));
    translators.dedup();
    set("translator", json!(translators));
    set("illustrator", json!(by_role("ilustrador")));
    let contributors = others.iter().filter(|a| !matches!(a.role.as_str(), "traductor" | "ilustrador"));
    set("contributor", contributors.map(|author| organization(&author.name)).collect());
    set("publisher", meta.institution.as_deref().map(organization).unwrap_or_default());
    let review = |kind: &str, review: &Option<Review>| {
        review.as_ref().map(|review| {
            json!({"@type": "Review", "name": kind, "author": organization(&review.role), "datePublished": review.date})
        })
    };
    let reviews = [review("protection", &meta.protection_review), review("legal", &meta.legal_review)];
    set("reviewedBy", reviews.into_iter().flatten().collect());
}

/// Translations, works it adapts, other resources.
fn ties(meta: &Meta, set: &mut impl FnMut(&str, Value)) {
    let translation = |(lang, each): (&Lang, &crate::domain::resource::Translation)| {
        without_nulls(json!({
            "@type": "CreativeWork", "inLanguage": lang, "creativeWorkStatus": each.state.as_str(),
            "translator": each.translator.as_deref().map(organization),
            "editor": each.reviewer.as_deref().map(organization),
            "version": each.source_hash,
        }))
    };
    set("workTranslation", meta.translation.0.iter().map(translation).collect());
    let adapted = meta.based_on.iter().map(|work| {
        let licence = licence_url(&work.licence).unwrap_or(&work.licence);
        without_nulls(
            json!({"@type": "CreativeWork", "name": work.title, "url": work.url, "license": licence}),
        )
    });
    let related = |kinds: &[&str]| {
        let found = meta.relations.iter().filter(|relation| kinds.contains(&relation.kind.as_str()));
        found
            .map(|relation| json!({"@type": "LearningResource", "identifier": relation.resource}))
            .collect::<Vec<_>>()
    };
    set("isBasedOn", adapted.chain(related(&["adapta"])).collect());
    set("isPartOf", related(&["es-parte-de", "plan-de", "repaso-de"]).into());
    set("hasPart", related(&["incluye"]).into());
    set("translationOfWork", related(&["traduccion-de"]).into());
}

fn organization(name: &str) -> Value {
    json!({"@type": "Organization", "name": name})
}

fn term(code: &str, set: &str) -> Value {
    json!({"@type": "DefinedTerm", "termCode": code, "inDefinedTermSet": set})
}

fn terms(words: &[Slug], set: &str) -> Value {
    words.iter().map(|word| term(word.as_str(), set)).collect()
}

fn alignment(kind: &str, target: &Slug) -> Value {
    json!({"@type": "AlignmentObject", "alignmentType": kind, "targetName": target})
}

fn tagged(lang: Lang, text: &str) -> Value {
    json!({"@language": lang, "@value": text})
}

fn each_lang(text: &Localized<String>) -> Vec<Value> {
    text.0.iter().map(|(lang, text)| tagged(*lang, text)).collect()
}

pub(super) fn localized(text: &Localized<String>) -> Value {
    each_lang(text).into()
}

fn lists(texts: &Localized<Vec<String>>) -> Value {
    texts.0.iter().flat_map(|(lang, texts)| texts.iter().map(|text| tagged(*lang, text))).collect()
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => map.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        other => other,
    }
}
