//! Every template with every view it may be given, in every language, also one that a school adds: nothing is asked for
//! that a view lacks, and no text is missing.

use std::{collections::BTreeSet, fs, path::Path};

use amauta::{
    domain::lang::Lang,
    web::{Settings, shelf::Folders, views::samples},
};

use crate::support::{files_below, html::tags, portal::pages, root, school::School};

/// Templates that others build on; no view is rendered with them alone.
const SHARED: [&str; 5] =
    ["account/form.html", "base.html", "parts.html", "report.html", "workshop/form.html"];

fn with_data(data: &Path) -> School {
    let folders = Folders { content: None, data: Some(data.to_owned()) };
    School::with(Settings { folders, ..Settings::default() })
}

/// A school that speaks a little Aimara: the name of the language, one sentence, and a text that cannot be read.
fn with_aimara() -> (tempfile::TempDir, School) {
    let data = tempfile::tempdir().expect("a folder");
    let locale = data.path().join("locales/ay");
    fs::create_dir_all(&locale).expect("a folder can be made");
    let texts = "language-name = Aymar aru\nframe-menu-home = Qalltawi\nhome-greeting = Kamisaki.\nhelp-title = { broken\n";
    fs::write(locale.join("escuela.ftl"), texts).expect("a file can be written");
    let school = with_data(data.path());
    (data, school)
}

#[test]
fn every_template_has_a_view_and_every_view_a_sample() {
    let folder = root().join("src/web/templates");
    let files = files_below(&folder)
        .into_iter()
        .map(|file| file.strip_prefix(&folder).expect("below").to_string_lossy().into_owned());
    let files = files.filter(|file| !SHARED.contains(&file.as_str())).collect::<BTreeSet<_>>();
    let sampled = samples::all("es").iter().map(|sample| sample.template.to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(files, sampled);
    let views = files_below(&root().join("src/web/views")).into_iter();
    let declared = views.map(|file| {
        fs::read_to_string(file).expect("a source").matches("const TEMPLATE: &'static str = ").count()
    });
    assert_eq!(declared.sum::<usize>(), sampled.len(), "a view has no sample");
}

#[test]
fn every_sample_renders_in_every_language_and_misses_no_text() {
    let (_data, school) = with_aimara();
    let shelf = school.app.shelf();
    let mut made = 0;
    for lang in ["es", "qu", "ay"] {
        for sample in samples::all(lang) {
            let page = sample.render(&shelf);
            let html =
                page.unwrap_or_else(|error| panic!("{lang} {}, {}: {error:#}", sample.template, sample.name));
            assert!(
                html.contains(&format!("<html lang=\"{lang}\"")),
                "{lang} {}: {}",
                sample.template,
                sample.name
            );
            assert!(
                !html.contains("<script>") && !html.contains("a < b"),
                "{}: {} is not escaped",
                sample.template,
                sample.name
            );
            let open = tags(&html).iter().filter(|tag| tag.name == "div" && !tag.closing).count();
            let closed = tags(&html).iter().filter(|tag| tag.name == "div" && tag.closing).count();
            assert_eq!(open, closed, "{}: {}", sample.template, sample.name);
            made += 1;
        }
    }
    assert!(made > 200, "only {made}");
    let missing = shelf.messages.missing();
    let spanish = missing.iter().filter(|text| text.lang == Lang::ES).collect::<Vec<_>>();
    assert_eq!(spanish, Vec::<&amauta::i18n::Missing>::new());
    // What the technician reads is in Spanish alone.
    let quechua = missing.iter().filter(|text| text.lang == Lang::QU && !text.id.starts_with("technician"));
    assert_eq!(quechua.collect::<Vec<_>>(), Vec::<&amauta::i18n::Missing>::new());
}

#[test]
fn a_language_added_by_a_school_speaks_where_it_can_and_spanish_elsewhere() {
    let (_data, school) = with_aimara();
    let home = school.get("/ay/").text();
    assert!(
        home.contains("<html lang=\"ay\"") && home.contains("Kamisaki.") && home.contains("Qalltawi"),
        "{home}"
    );
    assert!(home.contains("Recursos"), "what Aimara lacks is said in Spanish");
    let help = school.get("/ay/ayuda");
    assert!(help.status == 200 && help.text().contains("Ruta de ayuda"), "a broken text falls back too");
    assert!(school.get("/").text().contains("href=\"/ay/\""), "the first page offers it");
    assert_eq!(school.get_with("/", &[("accept-language", "ay-BO")]).header("location"), "/ay/");
    for page in ["/es/recursos", "/qu/lecciones/mi-frase-clave/1"] {
        let twin = format!("/ay{}", &page[3..]);
        assert!(school.get(page).text().contains(&format!("href=\"{twin}\" lang=\"ay\"")), "{page}");
        let reply = school.get(&twin);
        assert_eq!(reply.status, 200, "{twin}");
    }
    let lesson = school.get("/ay/lecciones/mi-frase-clave/1").text();
    let label = school.app.shelf().messages.text(Lang::ES, "lesson-only-in-es", &[]).into_owned();
    assert!(
        lesson.contains(&label) && lesson.contains("lang=\"es\""),
        "a lesson is shown in Spanish and says so"
    );
    let problems = &school.app.shelf().problems;
    assert!(problems.iter().any(|problem| problem.file == "ay/escuela.ftl"), "{problems:?}");
}

#[test]
fn every_page_of_an_added_language_can_be_read() {
    let (_data, school) = with_aimara();
    let spanish = pages().keys().filter(|path| path.starts_with("/es/") && !path.contains('?'));
    let twins = spanish.map(|path| path.replacen("/es/", "/ay/", 1)).collect::<Vec<_>>();
    assert!(twins.len() > 100);
    let broken = twins.iter().filter(|path| school.get(path).status != 200).collect::<Vec<_>>();
    assert_eq!(broken, Vec::<&String>::new());
}
