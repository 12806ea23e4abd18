//! Content that changes while the server runs: the new version is served, what is broken is told with its place, and
//! nothing else is lost.

use std::{fs, path::Path, process::Command};

use amauta::web::{Settings, server::Operations, shelf::Folders};

use crate::support::{
    html::words,
    lessons::{Written, collapse},
    school::School,
};

/// A school with a folder of lessons and a data folder, both of which a test may change.
struct Living {
    content: tempfile::TempDir,
    data: tempfile::TempDir,
    school: School,
}

impl Living {
    fn new() -> Self {
        let (content, data) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        for id in ["primera", "segunda"] {
            Written { id: id.to_owned(), ..Written::default() }.write(content.path());
        }
        let folders =
            Folders { content: Some(content.path().to_owned()), data: Some(data.path().to_owned()) };
        let school = School::with(Settings { folders, operations: Operations::Lan, ..Settings::default() });
        Self { content, data, school }
    }

    fn write(&self, path: &str, text: &str) {
        put(self.content.path(), path, text);
    }

    fn reload(&self) {
        self.school.app.reload().expect("a reload never fails because of content");
    }

    fn page(&self, path: &str) -> String {
        let reply = self.school.get(path);
        assert_eq!(reply.status, 200, "{path}");
        reply.text()
    }
}

fn put(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder can be made");
    fs::write(file, text).expect("a file can be written");
}

const FIRST: &str = "/es/lecciones/primera/1";

#[test]
fn a_changed_lesson_is_served_after_a_reload_and_not_before() {
    let living = Living::new();
    let before = living.school.get(FIRST);
    let version = living.school.app.shelf().library.version().to_owned();
    living.write("primera/es/lesson.md", "## Pantalla nueva\n\nUn texto nuevo.\n");
    assert_eq!(living.page(FIRST), before.text(), "a page that was made does not change by itself");
    living.reload();
    let after = living.school.get_with(FIRST, &[("if-none-match", before.header("etag"))]);
    assert_eq!(after.status, 200, "the browser's copy is old");
    assert!(after.text().contains("Un texto nuevo.") && after.text().contains("Pantalla nueva"));
    assert_ne!(living.school.app.shelf().library.version(), version);
    living.reload();
    assert_eq!(
        living.school.get_with(FIRST, &[("if-none-match", after.header("etag"))]).status,
        304,
        "nothing changed"
    );
}

#[test]
fn a_new_lesson_appears_and_a_removed_one_goes() {
    let living = Living::new();
    let count = |living: &Living| living.school.app.shelf().library.lessons().count();
    let before = count(&living);
    Written { id: "tercera".to_owned(), ..Written::default() }.write(living.content.path());
    fs::remove_dir_all(living.content.path().join("segunda")).expect("it was there");
    living.reload();
    assert_eq!(count(&living), before);
    assert_eq!(living.school.get("/es/lecciones/segunda").status, 404);
    assert!(living.page("/es/recursos?tema=acceso").contains("/es/lecciones/tercera\""));
    assert!(!living.page("/es/recursos?tema=acceso").contains("/es/lecciones/segunda\""));
}

#[test]
fn a_lesson_that_breaks_is_told_with_file_and_line_and_the_rest_is_served() {
    let living = Living::new();
    living.write("primera/es/quiz.gift", "// [tag:M1]\n::Uno:: ¿Uno?{=Sí ~No\n");
    living.write("primera/es/lesson.md", "## Uno\n\nTexto.\n\n## Dos\n\n::quiz\n");
    living.reload();
    assert_eq!(living.school.get(FIRST).status, 404);
    assert_eq!(living.school.get("/es/lecciones/segunda/1").status, 200);
    assert_eq!(living.school.get("/es/lecciones/mi-frase-clave/1").status, 200);
    let status = collapse(&words(&living.page("/es/tecnico")));
    let problem =
        status.find("primera/es/quiz.gift:2:").unwrap_or_else(|| panic!("no file and line in {status}"));
    assert!(status[..problem].contains("Problemas del contenido"));
    assert!(status[problem..].contains("No se muestra."), "{status}");
    assert!(!status.contains("check-"), "an id stands on the page: {status}");
    // Mended, it is back.
    living.write("primera/es/quiz.gift", "// [tag:M1]\n::Uno:: ¿Uno?{=Sí#Bien. ~No#Mira.}\n");
    living.reload();
    assert!(living.page("/es/lecciones/primera/2").contains("¿Uno?"));
    assert!(!living.page("/es/tecnico").contains("quiz.gift:2:"));
}

#[test]
fn nothing_in_a_content_folder_stops_the_server() {
    let living = Living::new();
    let deep = "[".repeat(20_000);
    for (path, text) in [
        ("primera/lesson.toml", "\u{0}\u{1}"),
        ("primera/lesson.toml", ""),
        ("primera/es/lesson.md", ""),
        ("primera/es/lesson.md", &deep),
        ("primera/es/story.twee", ":: \n[[->]]"),
        ("primera/es/sort.toml", "= ="),
        ("vocabulary.toml", "levels = 3"),
        ("help-channels.toml", "[[channels]]\nid = 3"),
        ("x/y/z/w/v.txt", "x"),
        ("NO UN ID/lesson.toml", "x"),
        ("primera/media/cover.png", "no picture"),
    ] {
        living.write(path, text);
        living.reload();
        assert_eq!(living.school.get("/es/lecciones/mi-frase-clave/1").status, 200, "after {path}");
        assert_eq!(living.school.get("/es/recursos").status, 200, "after {path}");
        assert_eq!(living.school.get("/es/ayuda").status, 200, "after {path}");
        assert_eq!(living.school.get("/es/tecnico").status, 200, "after {path}");
    }
    assert!(!living.school.app.shelf().problems.is_empty());
    fs::remove_dir_all(living.content.path()).expect("it was there");
    living.reload();
    assert_eq!(living.school.get("/es/lecciones/mi-frase-clave/1").status, 200, "without the folder");
}

const DEMUNA: &str = r#"
[[channels]]
id = "demuna"
name = { es = "DEMUNA de Ollantaytambo" }
purpose = { es = "Orienta y acompaña." }
contact = { es = "Plaza de Armas, segundo piso" }
identity = "confidential"
step = 3
print = "yes"
local = true

[[channels]]
id = "aldea"
name = { es = "Otra puerta del distrito" }
purpose = { es = "Escucha." }
contact = { es = "Al lado" }
identity = "unknown"
step = 3
print = "yes"
"#;

#[test]
fn the_schools_own_help_channels_stand_first_in_their_step() {
    let living = Living::new();
    assert!(
        !living.page("/es/ayuda").contains("DEMUNA de"),
        "a channel without contact is a form nobody filled in"
    );
    put(living.data.path(), "lessons/help-channels.toml", DEMUNA);
    living.reload();
    for lang in ["es", "qu"] {
        let html = living.page(&format!("/{lang}/ayuda"));
        let at = |what: &str| html.find(what).unwrap_or_else(|| panic!("{lang}: no «{what}»"));
        assert!(html.contains("Plaza de Armas, segundo piso"));
        // Nearest person first, then this place, then the lines of the whole country.
        assert!(
            at("id=\"tutor\"") < at("id=\"demuna\"") && at("id=\"demuna\"") < at("id=\"aldea\""),
            "{lang}"
        );
        assert!(at("id=\"aldea\"") < at("id=\"linea-100\""), "{lang}");
        let step = html[..at("id=\"demuna\"")].rsplit("<h2>").next().expect("a heading");
        assert_eq!(
            step.matches("<li id=").count() + step.matches("<li>").count(),
            0,
            "{lang}: something stands before it"
        );
    }
    put(living.data.path(), "lessons/help-channels.toml", "[[channels]]\nid = \"demuna\"\n");
    living.reload();
    let html = living.page("/es/ayuda");
    assert!(html.contains("id=\"linea-100\""), "a broken file of the school takes nothing away");
    assert!(living.page("/es/tecnico").contains("help-channels.toml:"), "and is told");
}

#[test]
fn facts_of_a_channel_that_grew_old_are_marked_as_such() {
    let living = Living::new();
    let old = DEMUNA.replace(
        "print = \"yes\"\nlocal",
        "verified = 2024-01-01\nexpires = 2025-01-01\nprint = \"yes\"\nlocal",
    );
    put(living.data.path(), "lessons/help-channels.toml", &old);
    living.reload();
    let html = living.page("/es/ayuda");
    let (_, item) = html.split_once("id=\"demuna\"").expect("it is shown");
    let item = item.split("</li>").next().expect("an item");
    assert!(item.contains("Verifica el número antes de llamar.") && item.contains("2024"), "{item}");
    // A source without a date has nothing to show, and the more reason to warn.
    let undated = old.replace("verified = 2024-01-01\n", "");
    put(living.data.path(), "lessons/help-channels.toml", &undated);
    living.reload();
    let html = living.page("/es/ayuda");
    let (_, item) = html.split_once("id=\"demuna\"").expect("it is shown");
    let item = item.split("</li>").next().expect("an item");
    assert!(
        item.contains("Verifica el número antes de llamar.") && !item.contains("Datos verificados"),
        "{item}"
    );
}

#[test]
fn a_picture_that_became_a_pipe_or_a_link_is_not_there_and_nobody_waits() {
    let living = Living::new();
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let picture = living.content.path().join("primera/media/dibujo.png");
    fs::create_dir_all(picture.parent().expect("a folder")).expect("a folder can be made");
    fs::copy(lessons.join("mi-frase-clave/media/cover.png"), &picture).expect("a picture can be copied");
    living.reload();
    let shelf = living.school.app.shelf();
    let media = shelf.library.lesson("primera").and_then(|lesson| lesson.media.get("dibujo.png"));
    let address = format!("/m/primera/{}/dibujo.png", media.expect("it is known").hash);
    assert_eq!(living.school.get(&address).status, 200);
    let moved = picture.with_extension("old");
    fs::rename(&picture, &moved).expect("a file can be moved");
    std::os::unix::fs::symlink(&moved, &picture).expect("a link can be made");
    assert_eq!(living.school.get(&address).status, 404, "a link");
    fs::remove_file(&picture).expect("a link can be removed");
    assert!(Command::new("mkfifo").arg(&picture).status().expect("mkfifo runs").success());
    assert_eq!(living.school.get(&address).status, 404, "a pipe");
}

#[test]
fn thousands_of_problems_still_make_a_small_page_with_the_errors_first() {
    let living = Living::new();
    for number in 0..1500 {
        living.write(&format!("primera/es/otra-{number}/archivo.txt"), "");
    }
    living.write("Zeta/lesson.toml", "");
    living.reload();
    let html = living.page("/es/tecnico");
    let (before, after) = html.split_once("<td>Zeta</td>").expect("the error is shown");
    assert!(!before.contains("<td>primera/es/otra-") && after.contains("<td>primera/es/otra-"));
    let shown = html.matches("<td>primera/es/otra-").count();
    assert!((150..200).contains(&shown), "{shown}");
    assert_eq!(html.matches("<tr><td>").count(), 200);
    assert!(words(&html).contains("Para verlos todos: amauta check"), "{}", words(&html));
}

#[test]
fn a_school_changes_a_sentence_of_its_own() {
    let living = Living::new();
    put(living.data.path(), "locales/es/escuela.ftl", "home-greeting = Bienvenidas y bienvenidos.\n");
    assert!(!living.page("/es/").contains("Bienvenidas"));
    living.reload();
    assert!(living.page("/es/").contains("Bienvenidas y bienvenidos."));
}
