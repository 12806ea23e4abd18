//! What is read of a sound Twee story.

use amauta::{
    domain::story::{PassagePiece, PassageSource, StorySource},
    formats::twee,
};

use super::{fixture, places};

fn read(text: &str) -> StorySource {
    twee::parse(text).unwrap_or_else(|findings| panic!("{:?}\n{text}", places(&findings)))
}

/// The pieces of a passage in short: text as it is, links as `text→target@line:column`.
fn pieces(story: &StorySource, passage: &PassageSource) -> Vec<String> {
    let short = |piece: &PassagePiece| match piece {
        PassagePiece::Text(text) => text.clone(),
        PassagePiece::Link { text, target, position } => {
            format!("{text}→{}@{}:{}", story.passages[*target].name, position.line, position.column)
        }
    };
    passage.pieces.iter().map(short).collect()
}

#[test]
fn a_story_of_twine_is_read_whole() {
    let story = read(&fixture("el-premio.twee"));
    assert_eq!(story.title.as_deref(), Some("El mensaje del premio"));
    assert_eq!(story.start, 0);
    let names: Vec<_> = story.passages.iter().map(|p| (p.name.as_str(), p.slug.as_str())).collect();
    assert_eq!(
        names,
        [
            ("Llega el mensaje", "llega-el-mensaje"),
            ("Lo toca", "lo-toca"),
            ("Da su número", "da-su-numero"),
            ("Pregunto", "pregunto"),
            ("[Viejo] borrador", "viejo-borrador"),
            ("Círculo", "circulo"),
        ]
    );
    let tags: Vec<_> = story.passages.iter().map(|p| p.tags.join(" ")).collect();
    assert_eq!(tags, ["", "susto", "final triste", "final", "nota", ""]);
    assert_eq!((story.passages[1].position.line, story.passages[1].position.column), (24, 1));
    let read: Vec<_> = story.passages.iter().map(|passage| pieces(&story, passage)).collect();
    assert_eq!(
        read[0],
        [
            "Rosa lee: «¡Ganaste!». (Rosa: sí, sí) Cuesta S/ 5 o US$ 5. <3\n\n![Un celular](celular.png)\n\n",
            "![Mano](mano.png) Toco el enlace→Lo toca@21:1",
            "\n",
            "Pregunto a mi tía→Pregunto@22:1",
        ]
    );
    assert_eq!(
        read[1],
        [
            "La página pide su ",
            "número→Da su número@25:19",
            " y nada más. O ",
            "Pregunto→Pregunto@25:57",
            "."
        ]
    );
    assert_eq!(read[2], ["Ahora llegan más mensajes."]);
    // The rightmost `->` and the leftmost `<-` cut a link.
    assert_eq!(read[3], ["La tía dice: ", "a->b→Lo toca@32:14", " no; ", "c<-d→Lo toca@32:36", " tampoco."]);
    assert_eq!(story.unreachable(), [4, 5]);
    assert_eq!(story.dead_ends(), [4, 5]);
    assert_eq!(story.endings(), [2, 3]);
}

#[test]
fn a_file_saved_by_another_system_is_the_same_story() {
    let text = fixture("el-premio.twee");
    let expected = read(&text);
    assert_eq!(read(&format!("\u{feff}{}", text.replace('\n', "\r\n"))), expected);
    assert_eq!(read(&text.replace('\n', "\r")), expected);
}

#[test]
fn a_story_without_data_begins_at_start() {
    let story = read(":: Otro\na [[Start]]\n\n::Start\nb\n");
    assert_eq!(story.start, 1);
    assert_eq!(story.title, None);
    assert_eq!(pieces(&story, &story.passages[0]), ["a ", "Start→Start@2:3"]);
}

#[test]
fn metadata_that_is_no_json_is_skipped() {
    let story = read(":: Start [final] {posición: aquí}\na\n");
    assert_eq!(story.passages[0].tags, ["final"]);
}

#[test]
fn a_comment_leaves_no_trace() {
    let story = read(":: Start\na/% [[Nada]] <b> %/b /%\n%/c\n");
    assert_eq!(pieces(&story, &story.passages[0]), ["ab c"]);
}

#[test]
fn the_limits_hold() {
    let many: String = (0..=twee::MAX_PASSAGES).map(|n| format!(":: Start {n}\na\n")).collect();
    let findings = twee::parse(&many).expect_err("one too many");
    assert_eq!(places(&findings), [("check-twee-no-start", 0, 0), ("check-twee-too-many", 1001, 1)]);

    let findings = twee::parse(&"a".repeat(twee::MAX_BYTES + 1)).expect_err("too long");
    assert_eq!(places(&findings), [("check-twee-too-long", 0, 0)]);

    let findings = twee::parse(&format!(":: Start\n{}", "[[x]]".repeat(1000))).expect_err("links to nowhere");
    assert_eq!(findings.len(), twee::MAX_FINDINGS + 1);
}
