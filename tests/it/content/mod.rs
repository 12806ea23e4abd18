//! Folders of lessons from outside: what is served, what is told, and that no folder can harm the program.

use std::{fs, path::Path};

use amauta::{
    content::{Library, MediaFile, Source, check, load},
    domain::{
        finding::{Problem, Severity},
        fragment::{Fragment, Piece},
        lang::Lang,
        lesson::Block,
        resource::Part,
    },
};
use jiff::civil::{Date, date};

mod hostile;
mod mistakes;
mod sources;

const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lessons-ok");

fn today() -> Date {
    date(2026, 11, 23)
}

fn good() -> (Library, Vec<Problem>) {
    load(&[Source::folder(GOOD)], today())
}

/// A copy of the good lessons that a test may change.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    copy_into(Path::new(GOOD), folder.path());
    folder
}

fn copy_into(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the fixture is there") {
        let entry = entry.expect("the fixture can be listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).expect("a folder can be made");
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}

fn shown(fragment: &Fragment) -> String {
    fragment.fill(|hole| match hole {
        Piece::Html(html) => html.clone(),
        Piece::Passage(slug) => format!("passage:{slug}"),
        Piece::Media(name) => format!("media:{name}"),
        Piece::Resource(slug) => format!("resource:{slug}"),
        Piece::Source(slug) => format!("source:{slug}"),
    })
}

fn of_lesson<'p>(problems: &'p [Problem], id: &str) -> Vec<&'p Problem> {
    problems.iter().filter(|problem| problem.file.starts_with(id)).collect()
}

#[test]
fn good_lessons_have_nothing_to_mend() {
    let problems = check::check(&[Source::folder(GOOD)], today());
    assert_eq!(problems, []);
}

#[test]
fn lessons_come_in_programme_order_with_all_their_parts() {
    let (library, _) = good();
    let ours: Vec<&str> =
        library.lessons().map(|lesson| lesson.id().as_str()).filter(|id| id.starts_with("mi-")).collect();
    let [.., "mi-turno", "mi-clave"] = ours.as_slice() else { panic!("{ours:?}") };
    let lesson = library.lesson("mi-clave").expect("it is served");
    let text = &lesson.texts[&Lang::ES];
    assert_eq!(text.screens.len(), 5);
    assert!(matches!(text.screens[1].blocks[0], Block::Story));
    assert!(matches!(text.screens[3].blocks[0], Block::Quiz { from: 1, to: 3 }));
    assert_eq!((text.quiz.len(), text.boosters.len(), text.cards.len()), (3, 3, 2));
    assert_eq!(text.sort.as_ref().map(|sort| sort.cards[2].accepts.len()), Some(2));
    assert_eq!(text.sheets.keys().copied().collect::<Vec<_>>(), [Part::Plan, Part::Family, Part::Unplugged]);
    assert_eq!(lesson.texts.len(), 2);
    assert!(lesson.outdated.is_empty());
    let resources = library.resources();
    let parts: Vec<_> = resources
        .iter()
        .filter(|resource| resource.lesson.as_str() == "mi-clave")
        .map(|resource| (resource.part, resource.kind.to_string(), resource.langs.len()))
        .collect();
    let expected = [
        (Part::Lesson, "cuento"),
        (Part::Plan, "plan-docente"),
        (Part::Family, "guia-familia"),
        (Part::Unplugged, "sin-conexion"),
        (Part::Cards, "fichas"),
        (Part::Boosters, "repaso"),
    ];
    assert_eq!(parts, expected.map(|(part, kind)| (part, kind.to_owned(), 2)));
}

#[test]
fn a_box_may_show_a_picture_beside_its_words_without_words_of_its_own() {
    let folder = copy();
    let lesson = folder.path().join("mi-clave");
    let file = lesson.join("es/sort.toml");
    let words = fs::read_to_string(&file).expect("it is there");
    let drawn = words.replace("label = \"Lo guardo", "label = \"![](llave.png) Lo guardo");
    fs::write(&file, &drawn).expect("it can be written");
    let sources = [Source::folder(folder.path())];
    let problems = check::check(&sources, today());
    // The Spanish was edited, nothing else.
    assert_eq!(problems.iter().map(|p| p.finding.id).collect::<Vec<_>>(), ["check-translation-outdated"]);
    let (library, _) = load(&sources, today());
    let sort = library.lesson("mi-clave").and_then(|lesson| lesson.texts[&Lang::ES].sort.clone());
    let labels: Vec<_> = sort.expect("its game").boxes.iter().map(|each| shown(&each.label)).collect();
    assert_eq!(
        labels,
        ["Lo comparto", "<img src=\"media:llave.png\" width=\"480\" height=\"240\" alt=\"\"> Lo guardo"]
    );

    // Four drawn boxes leave no room for the picture of a card.
    let boxes =
        ["b", "c"].map(|name| format!("[[boxes]]\nid = \"{name}\"\nlabel = \"![]({name}.png) Otra\"\n\n"));
    let boxes = boxes.concat() + &drawn.replace("Lo comparto", "![](a.png) Lo comparto");
    for name in ["a", "b", "c"] {
        for end in ["png", "svg"] {
            let drawing = lesson.join(format!("media/llave.{end}"));
            fs::copy(drawing, lesson.join(format!("media/{name}.{end}"))).expect("a copy");
        }
    }
    let told = |text: &str| {
        fs::write(&file, text).expect("it can be written");
        let problems = check::check(&sources, today());
        problems.iter().filter(|problem| problem.finding.id == "check-sort-pictures").count()
    };
    assert_eq!(told(&boxes), 0, "cards of words need no room");
    assert_eq!(
        told(&boxes.replace("face = \"Mi nombre", "face = \"![Una llave de metal](llave.png) Mi nombre")),
        1
    );
}

#[test]
fn a_story_has_links_in_its_text_and_choices_below_it() {
    let (library, _) = good();
    let story =
        library.lesson("mi-clave").and_then(|lesson| lesson.texts[&Lang::ES].story.clone()).expect("a story");
    let start = &story.passages[story.start];
    assert_eq!(
        shown(&start.body),
        "<p>Edwin le pide a Rosa su clave. Ella puede <a href=\"passage:mira\">mirar la pantalla</a> un rato.</p>"
    );
    let labels: Vec<String> = start.choices.iter().map(|choice| shown(&choice.label)).collect();
    assert_eq!(
        labels,
        [
            "<img src=\"media:llave.png\" width=\"480\" height=\"240\" alt=\"La llave\"> Le doy mi clave",
            "No se la doy"
        ]
    );
    assert_eq!(start.choices.iter().map(|choice| choice.target).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn the_glossary_holds_the_words_of_every_lesson_in_a_language() {
    let (library, _) = good();
    let words = |lang| -> Vec<(String, String)> {
        let ours =
            library.glossary(lang).into_iter().filter(|entry| entry.lesson.as_str().starts_with("mi-"));
        ours.filter(|entry| ["clave", "turnos", "Pakaqillqanta"].contains(&entry.word))
            .map(|entry| (entry.word.to_owned(), entry.lesson.to_string()))
            .collect()
    };
    let pair = |word: &str, lesson: &str| (word.to_owned(), lesson.to_owned());
    assert_eq!(words(Lang::ES), [pair("clave", "mi-clave"), pair("turnos", "mi-turno")]);
    assert_eq!(words(Lang::QU), [pair("Pakaqillqanta", "mi-clave")]);
}

#[test]
fn media_of_a_folder_stay_on_disk_and_only_known_names_open() {
    let (library, _) = good();
    let Some(MediaFile::OnDisk(path)) = library.media("mi-clave", "llave.png") else {
        panic!("it is a file")
    };
    assert!(path.is_file());
    let media = &library.lesson("mi-clave").expect("it is served").media;
    assert_eq!(media["llave.png"].dimensions, Some((600, 300)));
    assert_eq!(media["llave.png"].size, fs::metadata(&path).expect("it is a file").len());
    for name in ["llave.svg", "../lesson.toml", "nada.png", ""] {
        assert_eq!(library.media("mi-clave", name), None, "{name}");
    }
    assert!(library.cover("mi-clave").is_some_and(|(width, height)| width > 0 && height > 0));
}

#[test]
fn a_local_channel_is_shown_when_a_school_fills_it_in() {
    let (library, _) = load(&[Source::embedded()], today());
    let codes =
        |library: &Library| -> Vec<String> { library.channels().iter().map(|c| c.id.to_string()).collect() };
    assert!(codes(&library).contains(&"linea-100".to_owned()));
    assert!(!codes(&library).contains(&"demuna".to_owned()));
    assert_eq!(
        library.channels().first().map(|channel| channel.step),
        Some(0),
        "immediate danger comes first"
    );
    let (library, _) = load(&[Source::embedded(), Source::folder(GOOD)], today());
    assert!(codes(&library).contains(&"demuna".to_owned()));
    assert!(codes(&library).contains(&"linea-100".to_owned()), "what the school does not name stays");
}

#[test]
fn the_version_changes_with_every_file_and_stays_without_change() {
    let folder = copy();
    let version = |folder: &Path| load(&[Source::folder(folder)], today()).0.version().to_owned();
    let before = version(folder.path());
    assert_eq!(before, version(folder.path()));
    assert_eq!(before.len(), 16);
    for file in
        ["mi-clave/es/plan.md", "mi-clave/lesson.toml", "mi-clave/media/llave.png", "help-channels.toml"]
    {
        let path = folder.path().join(file);
        let mut bytes = fs::read(&path).expect("it is there");
        bytes.push(b'\n');
        fs::write(&path, bytes).expect("it can be written");
        assert_ne!(before, version(folder.path()), "{file}");
        copy_into(Path::new(GOOD).join("mi-clave").as_path(), &{
            let again = folder.path().join("mi-clave");
            fs::remove_dir_all(&again).expect("it can be removed");
            fs::create_dir(&again).expect("it can be made");
            again
        });
    }
}

#[test]
fn a_later_layer_replaces_a_lesson_whole() {
    let folder = copy();
    let lesson = folder.path().join("mi-clave");
    fs::remove_dir_all(lesson.join("qu")).expect("it can be removed");
    fs::remove_file(lesson.join("es/sort.toml")).expect("it can be removed");
    let screens =
        fs::read_to_string(lesson.join("es/lesson.md")).expect("it is there").replace("::sort", "Piensa.");
    fs::write(lesson.join("es/lesson.md"), screens).expect("it can be written");
    let (library, problems) = load(&[Source::folder(GOOD), Source::folder(folder.path())], today());
    let lesson = library.lesson("mi-clave").unwrap_or_else(|| panic!("it is served: {problems:?}"));
    assert_eq!(lesson.texts.keys().copied().collect::<Vec<_>>(), [Lang::ES]);
    assert!(lesson.texts[&Lang::ES].sort.is_none(), "nothing of the earlier layer is left");
}

#[test]
fn a_withdrawn_lesson_is_not_shown_and_links_to_it_become_text() {
    let folder = copy();
    let toml = folder.path().join("mi-turno/lesson.toml");
    let text = fs::read_to_string(&toml).expect("it is there").replace("\"publicado\"", "\"retirado\"");
    fs::write(&toml, text).expect("it can be written");
    let (library, problems) = load(&[Source::folder(folder.path())], today());
    assert!(library.lesson("mi-turno").is_none());
    assert_eq!(of_lesson(&problems, "mi-turno"), [] as [&Problem; 0], "to withdraw a lesson is no mistake");
    let lesson = library.lesson("mi-clave").expect("a link that leads nowhere takes no lesson away");
    let Block::Text(text) = &lesson.texts[&Lang::ES].screens[3].blocks[1] else { panic!("a text") };
    assert_eq!(shown(text), "<p>Lee también Mi turno.</p>");
    let told: Vec<_> = problems.iter().filter(|p| p.finding.id == "check-md-link-nowhere").collect();
    assert_eq!(told.len(), 2, "once for each language");
    assert_eq!(told[0].finding.severity, Severity::Error);
}

#[test]
fn a_translation_of_an_older_spanish_is_marked() {
    let folder = copy();
    let plan = folder.path().join("mi-clave/es/plan.md");
    let text = fs::read_to_string(&plan).expect("it is there");
    fs::write(&plan, text.replace('\n', "\r\n")).expect("it can be written");
    let load = || load(&[Source::folder(folder.path())], today());
    assert!(
        load().0.lesson("mi-clave").expect("it is served").outdated.is_empty(),
        "line ends are no change"
    );
    fs::write(&plan, format!("{text}\nOtra idea.\n")).expect("it can be written");
    let (library, problems) = load();
    let lesson = library.lesson("mi-clave").expect("it is served");
    assert_eq!(lesson.outdated.iter().copied().collect::<Vec<_>>(), [Lang::QU]);
    let told = of_lesson(&problems, "mi-clave");
    let [problem] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(
        (problem.finding.id, problem.finding.severity),
        ("check-translation-outdated", Severity::Warning)
    );
    let hash = problem.finding.args.iter().find(|(name, _)| *name == "hash").map(|(_, hash)| hash.clone());
    let toml = folder.path().join("mi-clave/lesson.toml");
    let known = fs::read_to_string(&toml).expect("it is there");
    let old =
        known.split("source_hash = \"").nth(1).and_then(|rest| rest.get(..16)).expect("a hash").to_owned();
    fs::write(&toml, known.replace(&old, &hash.expect("the right hash is told"))).expect("it can be written");
    assert!(load().0.lesson("mi-clave").expect("it is served").outdated.is_empty());
}

#[test]
fn the_lessons_in_the_program_are_all_served() {
    let (library, problems) = load(&[Source::embedded()], today());
    let errors: Vec<_> = problems.iter().filter(|p| p.finding.severity == Severity::Error).collect();
    assert_eq!(errors, [] as [&Problem; 0]);
    assert!(!library.vocabulary().areas.is_empty());
    let folders =
        fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/lessons")).expect("the lessons are there");
    let lessons =
        folders.filter(|entry| entry.as_ref().is_ok_and(|e| e.path().join("lesson.toml").is_file()));
    assert_eq!(library.lessons().len(), lessons.count());
}

/// A server only glances at the program's own lessons. What it would have found is found here.
#[test]
fn the_lessons_in_the_program_are_sound_and_a_glance_tells_what_reading_them_whole_tells() {
    let wrong = check::check(&[Source::embedded()], today());
    let wrong = wrong.iter().filter(|problem| {
        problem.finding.severity == Severity::Error || problem.finding.id.starts_with("check-translation")
    });
    assert_eq!(wrong.collect::<Vec<_>>(), [] as [&Problem; 0]);
    let lessons = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons");
    let (glanced, whole) =
        (load(&[Source::embedded()], today()).0, load(&[Source::folder(lessons)], today()).0);
    assert_eq!(glanced.resources(), whole.resources());
    for (ours, read) in glanced.lessons().zip(whole.lessons()) {
        let id = read.id().as_str();
        assert_eq!(ours.meta, read.meta);
        assert_eq!(ours.texts, read.texts, "{id}");
        assert_eq!(glanced.cover(id), whole.cover(id), "{id}");
        let known = |media: &std::collections::BTreeMap<String, amauta::domain::lesson::Media>| {
            let known = media.iter().map(|(name, m)| (name.clone(), m.media_type, m.size, m.hash.clone()));
            known.collect::<Vec<_>>()
        };
        assert_eq!(known(&ours.media), known(&read.media), "{id}");
    }
    for lang in [Lang::ES, Lang::QU] {
        assert_eq!(glanced.glossary(lang), whole.glossary(lang));
    }
    let card = "noticia-puente";
    let from = |library: &Library| {
        let lesson = library.lesson("leer-de-costado").expect("it is served");
        library.lesson_of_card(card, lesson).map(|found| found.id().clone())
    };
    assert!(from(&glanced).is_some());
    assert_eq!(from(&glanced), from(&whole));
}

#[test]
fn a_library_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&good().0);
}

/// Every id in the code has a sentence and a cure, and no sentence is left over.
#[test]
fn every_finding_has_a_sentence_and_a_cure() {
    let mut ids = std::collections::BTreeSet::new();
    ids_in(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/content")), &mut ids);
    let text = ["check.ftl", "check-materials.ftl"].map(|file| {
        let file = format!("{}/locales/es/{file}", env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(file).expect("the sentences are there")
    });
    let text = text.concat();
    let resource = fluent_syntax::parser::parse(text.as_str()).expect("they are well written");
    let mut sentences = std::collections::BTreeSet::new();
    for entry in &resource.body {
        if let fluent_syntax::ast::Entry::Message(message) = entry {
            assert!(message.value.is_some(), "{} has no value", message.id.name);
            assert!(
                message.attributes.iter().any(|a| a.id.name == "cure"),
                "{} has no cure",
                message.id.name
            );
            sentences.insert(message.id.name.to_owned());
        }
    }
    assert_eq!(ids, sentences);
}

fn ids_in(folder: &Path, ids: &mut std::collections::BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the source is there") {
        let path = entry.expect("the source can be listed").path();
        if path.is_dir() {
            ids_in(&path, ids);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).expect("it is text");
            for part in text.split("\"check-").skip(1) {
                let rest: String = part.chars().take_while(|c| *c != '"').collect();
                // Ids of the Quechua gate belong to its own file of sentences.
                if !rest.starts_with("quechua") {
                    ids.insert(format!("check-{rest}"));
                }
            }
        }
    }
}
