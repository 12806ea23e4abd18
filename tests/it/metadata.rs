//! What other catalogues are told about a lesson.

use amauta::domain::{lang::Lang, resource::Meta};
use serde_json::Value;

use crate::support::{
    html::tags,
    portal::{is_taken_home, school},
};

fn lessons() -> Vec<String> {
    school().app.shelf().library.lessons().map(|lesson| lesson.id().to_string()).collect()
}

#[test]
fn a_description_can_be_stored_as_json_and_read_back() {
    for lesson in school().app.shelf().library.lessons() {
        let stored = serde_json::to_string(&lesson.meta).expect("it can be written");
        assert_eq!(serde_json::from_str::<Meta>(&stored).expect("it can be read"), lesson.meta);
    }
}

#[test]
fn the_page_of_a_lesson_carries_its_description_as_data() {
    for id in lessons() {
        let html = school().get(&format!("/qu/lecciones/{id}")).text();
        let script = html.split_once("<script type=\"application/ld+json\">").expect("a description").1;
        let json = script.split_once("</script>").expect("it ends").0;
        assert!(!json.contains(['<', '>', '&']), "{id}");
        let read: Value = serde_json::from_str(json).expect("JSON");
        let file = school().get(&format!("/descargas/{id}.jsonld"));
        assert_eq!(file.header("content-type"), "application/ld+json");
        assert_eq!(read, serde_json::from_slice::<Value>(&file.body).expect("JSON"), "{id}");
    }
}

#[test]
fn json_ld_tells_every_field_a_lesson_fills_in() {
    let reply = school().get("/descargas/mi-frase-clave.jsonld");
    let read: Value = serde_json::from_slice(&reply.body).expect("JSON");
    for field in [
        "name",
        "description",
        "inLanguage",
        "keywords",
        "about",
        "learningResourceType",
        "educationalLevel",
        "typicalAgeRange",
        "educationalAlignment",
        "teaches",
        "assesses",
        "abstract",
        "timeRequired",
        "interactivityType",
        "audience",
        "author",
        "translator",
        "version",
        "dateModified",
        "creativeWorkStatus",
        "license",
        "isAccessibleForFree",
        "workTranslation",
        "accessibilityFeature",
    ] {
        assert!(!read[field].is_null(), "{field} in {read:#}");
    }
    assert_eq!(read["license"], "https://creativecommons.org/licenses/by-sa/4.0/");
    assert_eq!(read["timeRequired"], "PT40M");
    assert!(read["accessibilityFeature"].as_array().expect("a list").contains(&"alternativeText".into()));
    let titles = read["name"].as_array().expect("a list");
    assert_eq!(
        titles.iter().map(|title| title["@language"].as_str()).collect::<Vec<_>>(),
        [Some("es"), Some("qu")]
    );
}

#[test]
fn dublin_core_and_lom_are_well_formed_and_name_the_lesson_in_both_languages() {
    for id in lessons() {
        let shelf = school().app.shelf();
        let meta = &shelf.library.lesson(&id).expect("a lesson").meta;
        for ending in ["dc.xml", "lom.xml"] {
            let reply = school().get(&format!("/descargas/{id}.{ending}"));
            assert_eq!(reply.status, 200, "{id}.{ending}");
            assert!(reply.header("content-disposition").contains(&format!("{id}.{ending}")));
            let text = reply.text();
            let xml = roxmltree::Document::parse(&text).expect("well formed");
            let texts = xml.descendants().filter_map(|node| node.text()).collect::<Vec<_>>();
            for lang in [Lang::ES, Lang::QU] {
                let title = meta.title.get(lang).expect("a title");
                assert!(texts.contains(&title.as_str()), "{id}.{ending} {lang}");
            }
        }
    }
}

#[test]
fn lom_has_its_categories_and_classifies_once_for_each_vocabulary() {
    let text = school().get("/descargas/mi-frase-clave.lom.xml").text();
    let xml = roxmltree::Document::parse(&text).expect("well formed");
    let root = xml.root_element();
    assert_eq!(root.tag_name().namespace(), Some("http://ltsc.ieee.org/xsd/LOM"));
    let names = root
        .children()
        .filter(roxmltree::Node::is_element)
        .map(|node| node.tag_name().name())
        .collect::<Vec<_>>();
    assert_eq!(names[..6], ["general", "lifeCycle", "metaMetadata", "technical", "educational", "rights"]);
    let sources = root
        .descendants()
        .filter(|node| node.has_tag_name(("http://ltsc.ieee.org/xsd/LOM", "classification")));
    assert_eq!(sources.count(), 9);
}

#[test]
fn what_is_no_lesson_has_no_description() {
    for path in [
        "/descargas/no-hay.jsonld",
        "/descargas/mi-frase-clave",
        "/descargas/mi-frase-clave.exe",
        "/descargas/..%2fx.jsonld",
        "/descargas/.jsonld",
        "/descargas/MI-FRASE.dc.xml",
    ] {
        assert_eq!(school().get(path).status, 404, "{path}");
    }
    let page = school().get("/es/lecciones/mi-frase-clave").text();
    let page = tags(&page);
    let links = page.iter().filter_map(|tag| tag.get("href"));
    let links = links.filter(|href| href.starts_with("/descargas/") && !is_taken_home(href));
    assert_eq!(links.count(), 3);
}
