//! One mistake at a time in good lessons: what is told, where, and whether the lesson is still served.

use std::{fs, path::Path};

use amauta::{
    content::{Source, check, load},
    domain::{finding::Problem, lang::Lang},
};

use super::{copy, today};

/// What a mistake does to the lesson in a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It is served as before.
    Served,
    /// It is served in Spanish only.
    SpanishOnly,
    /// It is left out.
    LeftOut,
}
use Effect::{LeftOut, Served, SpanishOnly};

/// File below the lesson, text there, what to write instead (`None`: the file goes), and what must be told: id, file
/// and line (0: of the whole file).
type Mistake = (&'static str, &'static str, Option<&'static str>, &'static str, &'static str, u32, Effect);

const TOML: &str = "lesson.toml";
const ES: &str = "es/lesson.md";
const QUIZ: &str = "es/quiz.gift";
const STORY: &str = "es/story.twee";
const SORT: &str = "es/sort.toml";

#[rustfmt::skip]
const MISTAKES: &[Mistake] = &[
    // The description.
    (TOML, "kind = \"cuento\"", Some("kind = \"cuent\""), "check-word-misspelt", TOML, 3, LeftOut),
    (TOML, "levels = [\"primaria\"]", Some("levels = [\"primaria\", \"primria\"]"), "check-word-misspelt", TOML, 4, LeftOut),
    (TOML, "\"tutoria\"", Some("\"jardineria\""), "check-word-unknown", TOML, 8, LeftOut),
    (TOML, "help_channels = [\"tutor\"]", Some("help_channels = [\"tutora\"]"), "check-word-misspelt", TOML, 20, LeftOut),
    (TOML, "licence = \"CC-BY-SA-4.0\"", Some("licence = \"mia\""), "check-word-unknown", TOML, 16, LeftOut),
    (TOML, "id = \"mi-clave\"", Some("id = \"mi-llave\""), "check-meta-id", TOML, 1, LeftOut),
    (TOML, "code = \"L91\"", Some("codigo = \"L91\""), "check-toml-unknown-key", TOML, 2, LeftOut),
    (TOML, "duration = 45", Some("duration = \"45\""), "check-toml-wrong-type", TOML, 12, LeftOut),
    (TOML, "mode = \"mixto\"\n", Some(""), "check-toml-missing-key", TOML, 1, LeftOut),
    (TOML, "modified = 2026-11-23", Some("modified = 23-11-2026"), "check-toml-syntax", TOML, 18, LeftOut),
    (TOML, "areas = [\"personal-social\", \"tutoria\"]", Some("areas = []"), "check-meta-empty", TOML, 8, LeftOut),
    (TOML, "es = { state = \"original\" }", Some("es = { state = \"draft\" }"), "check-meta-no-spanish", TOML, 51, LeftOut),
    (TOML, "", None, "check-lesson-missing", TOML, 0, LeftOut),
    (TOML, "duration = 45", Some("duration = 42"), "check-meta-duration", TOML, 12, Served),
    (TOML, "version = \"1.0.0\"", Some("version = \"1.0\""), "check-meta-version", TOML, 17, Served),
    (TOML, "age = \"10-12\"", Some("age = \"diez\""), "check-meta-age", TOML, 7, Served),
    (TOML, "grades = [\"p5\"", Some("grades = [\"p4\""), "check-meta-grade", TOML, 6, Served),
    (TOML, "\"personal-social\"", Some("\"dpcc\""), "check-meta-area", TOML, 8, Served),
    (TOML, "name = \"Proyecto Amauta\"", Some("name = \"rosa@correo\""), "check-meta-author", TOML, 15, Served),
    (TOML, "es = \"Mi clave es mía\"", Some("es = \"Mi\""), "check-meta-length", TOML, 24, Served),
    (TOML, "es = [\"clave\", \"laptop\", \"cuidado\"]", Some("es = [\"clave\"]"), "check-meta-amount", TOML, 32, Served),
    (TOML, "qu = \"Pakaqillqaymi\"\n", Some(""), "check-meta-not-translated", TOML, 52, Served),
    (TOML, "Elige en la historia 2 maneras de cuidar su clave y las explica.", Some("Comprende 2 maneras de cuidar su clave."), "check-objective-verb", TOML, 36, Served),
    (TOML, "2 maneras de cuidar su clave y las explica", Some("maneras de cuidar su clave"), "check-objective-criterion", TOML, 36, Served),
    (TOML, "themes = [\"acceso\"]", Some("themes = [\"derechos\"]"), "check-meta-no-legal-review", TOML, 9, Served),
    (TOML, "themes = [\"acceso\"]", Some("themes = [\"contacto\"]"), "check-meta-no-protection-review", TOML, 9, Served),
    (TOML, "kind = \"cuento\"", Some("kind = \"juego-decision\""), "check-story-short", STORY, 0, Served),
    // Translations.
    (TOML, ", source_hash = \"HASH\"", Some(""), "check-translation-no-hash", TOML, 53, Served),
    (TOML, "\"HASH\"", Some("\"0000000000000000\""), "check-translation-outdated", TOML, 53, Served),
    (TOML, "qu = { state = \"draft\", translator = \"Proyecto Amauta\", source_hash = \"HASH\" }\n", Some(""), "check-translation-missing", TOML, 51, Served),
    ("qu/lesson.md", "## Yanapay\n\nWillayta atinki.\n\n::help\n\n::cards\n", Some(""), "check-parallel-count", "qu/lesson.md", 0, SpanishOnly),
    ("qu/lesson.md", "::sort\n", Some("Kuska.\n"), "check-parallel-blocks", "qu/lesson.md", 11, SpanishOnly),
    ("qu/lesson.md", "", None, "check-lesson-missing", "qu/lesson.md", 0, SpanishOnly),
    ("qu/story.twee", ":: Mira", Some(":: Mira [final]"), "check-parallel-tags", "qu/story.twee", 13, SpanishOnly),
    ("qu/story.twee", "[[Manam qunichu->Cuida]]", Some("[[Manam qunichu->Presta]]"), "check-parallel-links", "qu/story.twee", 7, SpanishOnly),
    ("qu/quiz.gift", "  =Yachachiqman.", Some("  ~Yachachiqman."), "check-gift-no-right", "qu/quiz.gift", 11, SpanishOnly),
    ("qu/quiz.gift", "lluqsini.{T#", Some("lluqsini.{F#"), "check-parallel-question", "qu/quiz.gift", 8, SpanishOnly),
    ("qu/quiz.gift", "[tag:M3]", Some("[tag:M4]"), "check-parallel-question-tag", "qu/quiz.gift", 8, SpanishOnly),
    ("qu/sort.toml", "id = \"guardo\"\n", Some("id = \"guarda\"\n"), "check-word-misspelt", "qu/sort.toml", 16, SpanishOnly),
    ("qu/sort.toml", "face = \"Sutiy\"\nbox = [\"comparto\", \"guardo\"]", Some("face = \"Sutiy\"\nbox = \"guardo\""), "check-parallel-card", "qu/sort.toml", 0, SpanishOnly),
    ("qu/family.md", "", None, "check-parallel-sheet", "qu/family.md", 0, Served),
    ("qu/family.md", "yachan?", Some("yachanxx?"), "check-quechua-spelling", "qu/family.md", 3, Served),
    ("qu/family.md", "¿Pitaq", Some("¿Pitaq huk iskay kimsa tawa pichqa suqta qanchis pusaq isqun"), "check-quechua-long-sentence", "qu/family.md", 3, Served),
    // Screens.
    (ES, "## Una tarde en el colegio\n", Some("Hola.\n"), "check-lesson-text-before", ES, 1, LeftOut),
    (ES, "::story", Some("::stori"), "check-lesson-unknown-block", ES, 9, LeftOut),
    (ES, "::quiz{from=1 to=3}", Some("::quiz{from=1 to=4}"), "check-lesson-quiz-range", ES, 19, LeftOut),
    (ES, "::story\n", Some("::story\n\n::sort\n"), "check-lesson-two-games", ES, 11, LeftOut),
    (ES, "## La historia", Some("##"), "check-lesson-no-title", ES, 7, LeftOut),
    (ES, "::story\n", Some(""), "check-lesson-empty-screen", ES, 7, LeftOut),
    (ES, "::help\n", Some("::help\n\n::cards\n"), "check-lesson-block-twice", ES, 31, LeftOut),
    (ES, "::story\n", Some("Hola.\n"), "check-lesson-not-placed", ES, 0, SpanishOnly),
    (ES, "::quiz{from=1 to=3}", Some("::quiz{from=1 to=2}"), "check-lesson-question-not-placed", ES, 0, SpanishOnly),
    (ES, "(recurso:mi-turno)", Some("(recurso:mi-tarde)"), "check-md-link-nowhere", ES, 21, Served),
    (ES, "(recurso:mi-turno)", Some("(https://algo.example)"), "check-md-link", ES, 21, LeftOut),
    (ES, "Lee también", Some("Lee <b>también</b>"), "check-md-html", ES, 21, LeftOut),
    (ES, "Lee también", Some("# Lee\n"), "check-md-heading-too-high", ES, 21, LeftOut),
    (ES, "Lee también", Some("#### Lee\n"), "check-md-heading-skips", ES, 21, Served),
    (ES, "(llave.png)", Some("(yave.png)"), "check-md-image-missing", ES, 5, LeftOut),
    (ES, "![Rosa escribe en la laptop del aula.]", Some("![]"), "check-md-image-no-alt", ES, 5, LeftOut),
    (ES, "![Rosa escribe en la laptop del aula.]", Some("![Llave]"), "check-media-poor-alt", ES, 5, Served),
    (ES, "", None, "check-lesson-missing", ES, 0, LeftOut),
    ("es/quiz.gift", "", None, "check-lesson-block-without-file", ES, 19, LeftOut),
    ("es/boosters.gift", "", None, "check-lesson-missing", "es/boosters.gift", 0, SpanishOnly),
    ("es/plan.md", "", None, "check-lesson-missing", "es/plan.md", 0, Served),
    ("es/cards.md", "## Aviso\n", Some("Hola.\n"), "check-parallel-count", "qu/cards.md", 0, SpanishOnly),
    // Sorting.
    (SORT, "why = \"Abre mi cuenta.\"", Some("why = \"\""), "check-sort-empty", SORT, 17, LeftOut),
    (SORT, "label = \"Lo guardo\"", Some("label = \"\""), "check-sort-box-empty", SORT, 7, LeftOut),
    (SORT, "label = \"Lo guardo\"", Some("label = \"![Una llave de metal](llave.png)\""), "check-sort-box-empty", SORT, 7, LeftOut),
    (SORT, "label = \"Lo guardo\"", Some("label = \"![](yave.png) Lo guardo\""), "check-md-image-missing", SORT, 7, LeftOut),
    (SORT, "id = \"guardo\"", Some("id = \"comparto\""), "check-sort-box-twice", SORT, 6, LeftOut),
    // Questions.
    (QUIZ, "// [tag:M2]\n", Some(""), "check-question-no-tag", QUIZ, 1, SpanishOnly),
    (QUIZ, "[tag:M2]", Some("[tag:M12]"), "check-question-unknown-tag", QUIZ, 2, SpanishOnly),
    (QUIZ, "#Ya no sería solo tuya. Cámbiala hoy.", Some(""), "check-question-no-feedback", QUIZ, 2, Served),
    (QUIZ, "~A nadie.", Some("~Todas las anteriores."), "check-question-empty-option", QUIZ, 11, Served),
    ("es/boosters.gift", "semana-6", Some("semana-7"), "check-boosters-week", "es/boosters.gift", 0, SpanishOnly),
    ("es/boosters.gift", "semana-6", Some("semana-7"), "check-boosters-category", "es/boosters.gift", 14, SpanishOnly),
    // Stories.
    (STORY, "[[Vuelvo->Inicio]]", Some("[[Vuelvo->Casa]]"), "check-twee-link-missing", STORY, 16, LeftOut),
    (STORY, "[[Vuelvo->Inicio]]", Some("Fin."), "check-story-dead-end", STORY, 13, SpanishOnly),
    (STORY, "Ella puede [[mirar la pantalla->Mira]] un rato.", Some("Piensa."), "check-story-unreachable", STORY, 13, SpanishOnly),
    (STORY, ":: Cuida [final]", Some(":: Cuida"), "check-story-no-ending", STORY, 0, SpanishOnly),
    (STORY, "La pantalla pide", Some("<b>La</b> pantalla ![x](no.png) pide"), "check-twee-html", STORY, 15, LeftOut),
    (STORY, "La pantalla pide", Some("La pantalla ![x](no.png) pide"), "check-md-image-missing", STORY, 15, LeftOut),
    // Reading and words.
    ("es/plan.md", "Que cada estudiante practique cómo cuidar su clave.", Some("Que cada estudiante de quinto y de sexto grado del colegio practique con calma y con la ayuda de su grupo cómo cuidar su clave en la casa y en el aula."), "check-reading-long-sentence", "es/plan.md", 3, Served),
    (ES, "Puedes contar lo que pasa.", Some("Comunícale inmediatamente lo acontecido al profesorado responsable. Proporciónale información pormenorizada. Acompañadamente solucionarán cualquier inconveniente. Tranquilízate."), "check-reading-inflesz", ES, 0, Served),
    (ES, "Puedes contar lo que pasa.", Some("Viene un monstruo."), "check-words-forbidden", ES, 25, Served),
    (ES, "Puedes contar lo que pasa.", Some("Busca en Google."), "check-words-brand", ES, 25, Served),
    (ES, "Puedes contar lo que pasa.", Some("Llama al 100."), "check-words-phone", ES, 25, Served),
    (ES, "Puedes contar lo que pasa.", Some("Mira premio.com ahora."), "check-words-address", ES, 25, Served),
    (ES, "Puedes contar lo que pasa.", Some("Si respondiste, avisa."), "check-words-blame", ES, 25, Served),
];

fn edit(lesson: &Path, (file, from, to, ..): &Mistake) {
    let path = lesson.join(file);
    let Some(to) = to else { return fs::remove_file(path).expect("the file is there") };
    let text = fs::read_to_string(&path).expect("the file is there");
    // The tests of hashes name the right one by a word, for it changes with every edit of the fixture.
    let hash =
        text.split("source_hash = \"").nth(1).and_then(|rest| rest.get(..16)).unwrap_or("HASH").to_owned();
    let from = from.replace("HASH", &hash);
    assert!(text.contains(&from), "{file} has no {from:?}");
    fs::write(path, text.replacen(&from, to, 1)).expect("it can be written");
}

#[test]
fn each_mistake_is_told_with_its_place_and_its_effect() {
    let mut wrong = Vec::new();
    for mistake in MISTAKES {
        let (_, _, _, id, file, line, effect) = mistake;
        let folder = copy();
        edit(&folder.path().join("mi-clave"), mistake);
        let sources = [Source::folder(folder.path())];
        let problems = check::check(&sources, today());
        let place = |problem: &Problem| problem.finding.position.map_or(0, |at| at.line);
        let told = problems.iter().any(|problem| {
            problem.finding.id == *id && problem.file == format!("mi-clave/{file}") && place(problem) == *line
        });
        let (library, _) = load(&sources, today());
        let seen = match library.lesson("mi-clave").map(|lesson| lesson.texts.contains_key(&Lang::QU)) {
            None => LeftOut,
            Some(true) => Served,
            Some(false) => SpanishOnly,
        };
        if !told || seen != *effect {
            let found: Vec<_> = problems.iter().map(|p| (&p.file, p.finding.id, place(p))).collect();
            wrong.push(format!("{id} in {file}:{line} {effect:?}; was {seen:?}, told {found:?}"));
        }
        assert!(library.lesson("mi-turno").is_some(), "the other lesson is served in any case");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn media_are_weighed_and_their_sources_wanted() {
    let folder = copy();
    let media = folder.path().join("mi-clave/media");
    fs::write(media.join("nota.txt"), "hola").expect("it can be written");
    fs::write(media.join("con espacio.png"), "hola").expect("it can be written");
    fs::write(media.join("dibujo.svg"), "<svg/>").expect("it can be written");
    fs::remove_file(media.join("llave.svg")).expect("it is there");
    let mut heavy = fs::read(media.join("cover.png")).expect("it is there");
    heavy.resize(41 * 1024, 0);
    fs::write(media.join("pesado.png"), heavy).expect("it can be written");
    let problems = check::check(&[Source::folder(folder.path())], today());
    let told: Vec<_> =
        problems.iter().map(|p| (p.file.trim_start_matches("mi-clave/media/"), p.finding.id)).collect();
    assert_eq!(
        told,
        [
            ("con espacio.png", "check-media-name"),
            ("dibujo.svg", "check-media-not-drawn"),
            ("llave.png", "check-media-no-source"),
            ("nota.txt", "check-media-kind"),
            ("pesado.png", "check-media-heavy"),
            ("pesado.png", "check-media-no-source"),
            ("pesado.png", "check-media-unused"),
        ]
    );
}
