//! Source packs and tests on paper: what is read of them, what is told of their mistakes, what they need.

use std::fs;

use amauta::{
    content::{Coverage, Source, check, load},
    domain::{fragment::Piece, lang::Lang, lesson::Block, resource::Part},
};

use super::{GOOD, copy, good, of_lesson, shown, today};

const PACK: &str = "fuentes-de-agua";
const TEST: &str = "prueba-de-agua";

/// Good lessons with one text of one file replaced.
fn changed(file: &str, from: &str, to: &str) -> tempfile::TempDir {
    let folder = copy();
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).expect("the file is there");
    assert!(text.contains(from), "{file} has no {from:?}");
    fs::write(path, text.replacen(from, to, 1)).expect("it can be written");
    folder
}

#[test]
fn a_pack_is_read_in_both_languages_with_its_pictures_links_and_keys() {
    let (library, _) = good();
    let lesson = library.lesson(PACK).expect("it is served");
    for lang in [Lang::ES, Lang::QU] {
        let pack = lesson.texts[&lang].sources.as_ref().expect("it has a pack");
        let ids: Vec<&str> = pack.cards.iter().map(|card| card.id.as_str()).collect();
        assert_eq!((pack.dossiers.len(), ids), (2, vec!["acta-agua", "anuncio-agua", "boletin-helada"]));
        assert!(shown(&pack.cards[0].body).contains("<img src=\"media:llave.png\""));
        assert!(shown(&pack.cards[0].key.verdict).contains("href=\"source:anuncio-agua\""));
        assert!(matches!(lesson.texts[&lang].screens[1].blocks[1], Block::Report));
    }
    let author = &lesson.texts[&Lang::ES].sources.as_ref().expect("a pack").cards[0].key.author;
    assert_eq!(shown(author), "La asamblea, que es gente <em>del lugar</em>.");
    let key = library.resources().iter().find(|resource| resource.part == Part::Key).expect("a key");
    assert_eq!(
        (key.kind.as_str(), key.audience[0].as_str(), key.langs.len()),
        ("clave-fuentes", "docente", 2)
    );
}

#[test]
fn a_test_has_two_forms_and_a_tally_and_needs_no_questions() {
    let (library, _) = good();
    let parts = library.resources().iter().filter(|resource| resource.lesson.as_str() == TEST);
    let parts: Vec<_> =
        parts.map(|resource| (resource.part, resource.kind.as_str(), resource.audience.len())).collect();
    let expected = [
        (Part::Lesson, "prueba", 1),
        (Part::Plan, "plan-docente", 1),
        (Part::FormA, "prueba", 2),
        (Part::FormB, "prueba", 2),
        (Part::Tally, "conteo", 1),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn what_a_kind_needs_is_told_when_it_is_missing() {
    for (lesson, file) in [
        (PACK, "sources.toml"),
        (PACK, "plan.md"),
        (PACK, "family.md"),
        (TEST, "form-a.md"),
        (TEST, "form-b.md"),
        (TEST, "tally.md"),
        (TEST, "plan.md"),
    ] {
        let folder = copy();
        fs::remove_file(folder.path().join(lesson).join("es").join(file)).expect("it is there");
        let problems = check::check(&[Source::folder(folder.path())], today());
        let path = format!("{lesson}/es/{file}");
        let told = problems.iter().any(|p| p.file == path && p.finding.id == "check-lesson-missing");
        assert!(told, "{path}: {:?}", of_lesson(&problems, lesson));
    }
}

#[test]
fn mistakes_in_a_pack_are_told_with_file_and_line() {
    let es = "fuentes-de-agua/es/sources.toml";
    let qu = "fuentes-de-agua/qu/sources.toml";
    let long = "Esta oración tiene muchas palabras, muchas más de las que lee con gusto una niña o un niño de quinto grado.";
    let mut wrong = Vec::new();
    for (file, from, to, id, line) in [
        (es, "form = \"acta\"", "form = \"actas\"", "check-word-misspelt", 13),
        (es, "dossier = \"helada\"", "dossier = \"hielo\"", "check-word-unknown", 47),
        (es, "id = \"anuncio-agua\"", "id = \"acta-agua\"", "check-source-card-twice", 32),
        (es, "id = \"helada\"", "id = \"agua\"", "check-source-dossier-twice", 7),
        (es, "title = \"Piedra que limpia\"", "title = \"\"", "check-source-empty", 35),
        (es, "motive = \"Vender piedras.\"", "motif = \"Vender piedras.\"", "check-toml-unknown-key", 40),
        (es, "(llave.png)", "(yave.png)", "check-md-image-missing", 22),
        (es, "(fuente:anuncio-agua)", "(fuente:anuncio)", "check-md-source-nowhere", 29),
        (es, "El sábado limpiamos el canal.", long, "check-reading-long-sentence", 19),
        (es, "El sábado limpiamos el canal.", "Viene un monstruo.", "check-words-forbidden", 19),
        (es, "Avisar a tiempo.", "Llama al 100.", "check-words-phone", 53),
        (
            qu,
            "id = \"anuncio-agua\"\nform = \"anuncio\"",
            "id = \"anuncio-agua\"\nform = \"aviso\"",
            "check-parallel-source",
            35,
        ),
        (qu, "id = \"helada\"", "id = \"hielo\"", "check-parallel-dossiers", 0),
        (qu, "Manam kanchu.", "Ninguna.", "check-quechua-spelling", 41),
        (qu, "Sapa ayllu", "Ninguna", "check-quechua-spelling", 20),
    ] {
        let folder = changed(file, from, to);
        if id == "check-parallel-dossiers" {
            // The cards of the folder follow its new name, so that nothing else is wrong.
            let path = folder.path().join(file);
            let text = fs::read_to_string(&path).expect("it is there");
            fs::write(path, text.replace("dossier = \"helada\"", "dossier = \"hielo\""))
                .expect("it can be written");
        }
        let problems = check::check(&[Source::folder(folder.path())], today());
        let place = |at: Option<amauta::domain::finding::Position>| at.map_or(0, |at| at.line);
        let found: Vec<_> = problems
            .iter()
            .map(|problem| (problem.file.as_str(), problem.finding.id, place(problem.finding.position)))
            .collect();
        if !found.contains(&(file, id, line)) {
            wrong.push(format!("{id} in {file}:{line}; told {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_card_may_be_as_long_as_a_screen_of_the_oldest_readers() {
    let told = |cycles: &str| {
        let folder = changed("fuentes-de-agua/lesson.toml", "cycles = [\"V\"]", cycles);
        let path = folder.path().join("fuentes-de-agua/es/sources.toml");
        let text = fs::read_to_string(&path).expect("it is there");
        let long = "Cubre hoy las plantas. ".repeat(22);
        fs::write(&path, text.replace("Cubre las plantas.", &long)).expect("it can be written");
        let problems = check::check(&[Source::folder(folder.path())], today());
        problems.iter().filter(|problem| problem.finding.id == "check-reading-screen").count()
    };
    assert_eq!(told("cycles = [\"V\"]"), 1);
    assert_eq!(told("cycles = [\"V\", \"VI\"]"), 0);
}

#[test]
fn a_key_may_name_what_a_card_for_pupils_may_not() {
    let folder = changed("fuentes-de-agua/es/sources.toml", "Vender piedras.", "Asustar con un monstruo.");
    let problems = check::check(&[Source::folder(folder.path())], today());
    let words = problems.iter().filter(|problem| problem.finding.id == "check-words-forbidden");
    assert_eq!(words.count(), 0);
}

#[test]
fn forms_are_read_by_pupils_and_the_tally_by_teachers() {
    let sentence =
        "Cada estudiante de la clase mira con calma las respuestas de su forma y marca con lápiz una sola.";
    let told = |file: &str, from: &str| {
        let folder = changed(file, from, sentence);
        let problems = check::check(&[Source::folder(folder.path())], today());
        problems.iter().any(|p| p.file == file && p.finding.id == "check-reading-long-sentence")
    };
    assert!(told("prueba-de-agua/es/form-a.md", "Lo reenvío."));
    assert!(told("prueba-de-agua/es/form-b.md", "Doy mis datos."));
    assert!(!told("prueba-de-agua/es/tally.md", "la segunda"));
}

#[test]
fn a_link_to_a_card_nobody_has_becomes_text_and_takes_no_lesson_away() {
    let folder = changed("fuentes-de-agua/es/lesson.md", "(fuente:acta-agua)", "(fuente:acta-del-agua)");
    let (library, problems) = load(&[Source::folder(folder.path())], today());
    let lesson = library.lesson(PACK).expect("it is served");
    let Block::Text(text) = &lesson.texts[&Lang::ES].screens[0].blocks[0] else { panic!("a text") };
    assert!(shown(text).starts_with("<p>Empieza por el acta."), "{}", shown(text));
    let told: Vec<_> = of_lesson(&problems, PACK).iter().map(|problem| problem.finding.id).collect();
    assert!(told.contains(&"check-md-source-nowhere"), "{told:?}");
    // The pack itself withdrawn: the same happens to every link to its cards.
    let folder = changed("fuentes-de-agua/lesson.toml", "\"publicado\"", "\"retirado\"");
    let link = "\n[el acta](fuente:acta-agua)\n";
    let plan = folder.path().join("mi-turno/es/plan.md");
    let text = fs::read_to_string(&plan).expect("it is there");
    fs::write(&plan, text + link).expect("it can be written");
    let (library, _) = load(&[Source::folder(folder.path())], today());
    let sheet = &library.lesson("mi-turno").expect("it is served").texts[&Lang::ES].sheets[&Part::Plan];
    assert!(sheet.pieces.iter().all(|piece| !matches!(piece, Piece::Source(_))));
}

#[test]
fn a_card_is_looked_for_at_home_first_and_then_in_programme_order() {
    let folder = copy();
    let again = folder.path().join("aguas-otra-vez");
    fs::create_dir(&again).expect("it can be made");
    super::copy_into(&folder.path().join(PACK), &again);
    let toml = fs::read_to_string(again.join("lesson.toml")).expect("it is there");
    let toml = toml.replace("fuentes-de-agua", "aguas-otra-vez").replace("\"P92\"", "\"P93\"");
    fs::write(again.join("lesson.toml"), toml).expect("it can be written");
    let (library, _) = load(&[Source::folder(folder.path())], today());
    let lesson = |id: &str| library.lesson(id).expect("it is served");
    let found =
        |from: &str| library.lesson_of_card("acta-agua", lesson(from)).map(|found| found.id().as_str());
    assert_eq!(found("mi-turno"), Some(PACK));
    assert_eq!(found("aguas-otra-vez"), Some("aguas-otra-vez"));
    assert!(library.lesson_of_card("nada", lesson("mi-turno")).is_none());
}

#[test]
fn coverage_counts_each_shown_lesson_in_its_cycles() {
    let (library, _) = load(&[Source::folder(GOOD)], today());
    let coverage = Coverage::of(&library);
    let column = coverage.cycles.iter().position(|cycle| cycle == "V").expect("a cycle");
    let count = |rows: &[(amauta::domain::id::Slug, Vec<usize>)], term: &str| {
        rows.iter().find(|(known, _)| known.as_str() == term).map(|(_, counts)| counts[column])
    };
    assert_eq!(count(&coverage.themes, "informacion"), Some(2));
    assert_eq!(count(&coverage.themes, "acceso"), Some(1));
    assert_eq!(count(&coverage.themes, "empleo"), Some(0));
    assert_eq!(count(&coverage.abilities, "c28-gestiona"), Some(2));
    let docente = coverage.cycles.iter().position(|cycle| cycle == "docente").expect("a band");
    let all: usize = coverage.themes.iter().map(|(_, counts)| counts[docente]).sum();
    assert_eq!(all, 1, "mi-turno");
    let folder = changed("prueba-de-agua/lesson.toml", "\"publicado\"", "\"borrador\"");
    let (library, _) = load(&[Source::folder(folder.path())], today());
    assert_eq!(count(&Coverage::of(&library).themes, "informacion"), Some(1));
}
