//! Folders that somebody made to harm: nothing outside of them is read, and nothing of them stops the program.

use std::{fs, sync::mpsc, thread, time::Duration};

use amauta::{
    content::{MAX_TEXT_BYTES, Source, load},
    domain::{finding::Severity, fragment::Piece, lang::Lang, lesson::Block},
};

use super::{copy, shown, today};

fn ids_of(folder: &std::path::Path) -> Vec<(String, &'static str)> {
    let (_, problems) = load(&[Source::folder(folder)], today());
    problems.into_iter().map(|problem| (problem.file, problem.finding.id)).collect()
}

fn has(folder: &std::path::Path, file: &str, id: &str) -> bool {
    ids_of(folder).iter().any(|(found, known)| found == file && *known == id)
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder can be made");
    fs::write(outside.path().join("secret.md"), "## Secreto\n\nclave").expect("it can be written");
    let folder = copy();
    let plan = folder.path().join("mi-clave/es/plan.md");
    fs::remove_file(&plan).expect("it is there");
    symlink(outside.path().join("secret.md"), &plan).expect("links can be made");
    symlink(outside.path(), folder.path().join("otra")).expect("links can be made");
    symlink(folder.path(), folder.path().join("mi-turno/qu")).expect("links can be made");
    symlink("/etc/hostname", folder.path().join("mi-clave/media/x.png")).expect("links can be made");
    let (library, problems) = load(&[Source::folder(folder.path())], today());
    let told: Vec<&str> = problems
        .iter()
        .filter(|problem| problem.finding.id == "check-file-symlink")
        .map(|problem| problem.file.as_str())
        .collect();
    assert_eq!(told.len(), 4, "{told:?}");
    let lesson = library.lesson("mi-clave").expect("it is served without its plan");
    assert!(lesson.texts[&Lang::ES].sheets.values().all(|sheet| !shown(sheet).contains("Secreto")));
    assert!(!lesson.media.contains_key("x.png"));
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_make_the_program_wait() {
    let folder = copy();
    let pipe = folder.path().join("mi-clave/qu/cards.md");
    fs::remove_file(&pipe).expect("it is there");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success());
    assert!(made, "this system makes pipes");
    assert!(has(folder.path(), "mi-clave/qu/cards.md", "check-file-unreadable"));
}

#[test]
fn texts_that_are_not_utf8_or_too_big_are_told_with_their_place() {
    let folder = copy();
    let file = folder.path().join("mi-clave/es/family.md");
    fs::write(&file, b"## Hola\n\nni\xf1o").expect("it can be written");
    let (library, problems) = load(&[Source::folder(folder.path())], today());
    let problem = problems.iter().find(|p| p.finding.id == "check-file-not-utf8").expect("it is told");
    let at = problem.finding.position.expect("with its place");
    assert_eq!((at.line, at.column), (3, 3));
    assert!(library.lesson("mi-clave").is_none());
    assert!(library.lesson("mi-turno").is_some());
    fs::write(&file, "a".repeat(usize::try_from(MAX_TEXT_BYTES).expect("it fits") + 1))
        .expect("it can be written");
    assert!(has(folder.path(), "mi-clave/es/family.md", "check-file-too-big"));
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let folder = copy();
    let file = folder.path().join("mi-clave/es/lesson.md");
    let text = fs::read_to_string(&file).expect("it is there");
    fs::write(&file, format!("\u{feff}{}", text.replace('\n', "\r\n"))).expect("it can be written");
    assert_eq!(ids_of(folder.path()), []);
}

#[test]
fn odd_names_and_places_are_left_aside() {
    let folder = copy();
    let write = |path: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
        fs::write(path, "id = 1").expect("it can be written");
    };
    for path in [
        "Mi Lección/lesson.toml",
        "mi-clave/es/qiuz.gift",
        "mi-clave/es/más/x.md",
        "notas/a.txt",
        ".git/config",
        "mi-clave/.DS_Store",
        "mi-clave/ES/lesson.md",
        "mi-clave/es/lesson.md.bak",
    ] {
        write(path);
    }
    let mut told = ids_of(folder.path());
    told.sort();
    let expected = [
        ("Mi Lección", "check-lesson-folder-name"),
        ("mi-clave/ES/lesson.md", "check-folder-unknown"),
        ("mi-clave/es/lesson.md.bak", "check-word-unknown"),
        ("mi-clave/es/más", "check-folder-unknown"),
        ("mi-clave/es/qiuz.gift", "check-word-misspelt"),
    ];
    assert_eq!(told, expected.map(|(file, id)| (file.to_owned(), id)));
}

#[test]
fn a_folder_that_is_not_there_is_a_problem_and_no_more() {
    let (library, problems) = load(&[Source::folder("/nonexistent/lessons")], today());
    assert_eq!(problems.iter().filter(|p| p.finding.id == "check-folder-unreadable").count(), 1);
    assert!(!library.vocabulary().areas.is_empty());
}

#[test]
fn a_broken_vocabulary_falls_back_to_ours() {
    let folder = copy();
    fs::write(folder.path().join("vocabulary.toml"), "levels = [").expect("it can be written");
    let (library, problems) = load(&[Source::folder(folder.path())], today());
    assert!(library.lesson("mi-clave").is_some());
    let told: Vec<_> = problems.iter().map(|p| (p.file.as_str(), p.finding.id, p.finding.severity)).collect();
    assert_eq!(told, [("vocabulary.toml", "check-toml-syntax", Severity::Error)]);
}

/// The HTML of one text put into a screen of a lesson, with its holes filled; `None` when the lesson is left out.
fn through(text: &str) -> Option<String> {
    let folder = copy();
    let lesson = folder.path().join("mi-turno/es/lesson.md");
    fs::write(lesson, format!("## Uno\n\nHola.\n\n{text}\n")).expect("it can be written");
    let (library, _) = load(&[Source::folder(folder.path())], today());
    let lesson = library.lesson("mi-turno")?;
    let mut out = String::new();
    for block in lesson.texts[&Lang::ES].screens.iter().flat_map(|screen| &screen.blocks) {
        if let Block::Text(fragment) = block {
            out.push_str(&fragment.fill(|hole| match hole {
                Piece::Html(html) => html.clone(),
                _ => "/x".to_owned(),
            }));
        }
    }
    Some(out)
}

#[test]
fn a_long_text_made_to_be_slow_is_read_in_time() {
    const PIECES: [&str; 16] = [
        ">", "[", "*a ", "- ", "`", "![", "**a** (", "| a ", "<a", "&#", "_a*", "[a](b", "a\n", "#", "\\",
        "    ",
    ];
    let (done, wait) = mpsc::channel();
    let work = thread::spawn(move || {
        for piece in PIECES {
            through(&piece.repeat(500 * 1024 / piece.len()));
        }
        done.send(()).expect("somebody waits");
    });
    let in_time = wait.recv_timeout(Duration::from_secs(90));
    assert!(in_time.is_ok(), "not done after 90 s in a debug build");
    work.join().expect("nothing panics");
}
