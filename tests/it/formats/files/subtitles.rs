//! Subtitles read as transcripts.

use std::{fs, path::Path};

use amauta::formats::vtt::{self, Transcript};
use proptest::prelude::*;

fn read(text: &str) -> Transcript {
    vtt::parse(text).unwrap_or_else(|finding| panic!("{}: {text}", finding.id))
}

fn texts(text: &str) -> Vec<String> {
    read(text).cues.into_iter().map(|cue| cue.text).collect()
}

#[test]
fn words_are_kept_and_marks_are_not() {
    let text = "\u{feff}WEBVTT - Mi clase\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE nada\nde nada\n\n1\n00:01.000 --> 01:00:04.500 align:end\n<v.loud Mamá Rosa><i>¡Cuidado!</i> &amp; ya &lt;listo&gt; &ntilde;\n<00:02.000><c.uno>Dos</c>\n\n00:05.000 --> 00:06.000\nTres & cuatro &nada; &#241;\n";
    let cues = read(text).cues;
    assert_eq!(cues.len(), 2);
    assert_eq!(cues[0].text, "¡Cuidado! & ya <listo> ñ\nDos");
    assert_eq!((cues[0].start_ms, cues[0].end_ms), (1_000, 3_604_500));
    assert_eq!(cues[0].voice.as_deref(), Some("Mamá Rosa"));
    assert_eq!(cues[1].text, "Tres & cuatro &nada; ñ");
    assert_eq!(cues[1].voice, None);
}

#[test]
fn subrip_is_read_too() {
    let text = "1\r\n00:00:01,000 --> 00:00:02,000\r\n<b>Hola</b>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nChau\r\n";
    assert_eq!(texts(text), ["Hola", "Chau"]);
}

#[test]
fn a_cue_that_cannot_be_read_hurts_no_other() {
    let text = "WEBVTT\n\n00:01 --> 00:02\nuno\n\n00:61.000 --> 00:02.000\ndos\n\n00:03.000 --> 00:04.000\ntres\n00:05.000 --> 00:06.000\ncuatro";
    assert_eq!(texts(text), ["tres", "cuatro"]);
    assert_eq!(vtt::parse("Hola\n").expect_err("no cue").id, "check-file-no-cues");
    assert_eq!(vtt::parse("").expect_err("no cue").id, "check-file-no-cues");
}

#[test]
fn too_much_is_refused() {
    let many = format!("WEBVTT\n\n{}", "00:01.000 --> 00:02.000\na\n\n".repeat(vtt::MAX_CUES + 1));
    assert_eq!(vtt::parse(&many).expect_err("too many").id, "check-file-too-many-cues");
    let long = "a".repeat(vtt::MAX_BYTES + 1);
    assert_eq!(vtt::parse(&long).expect_err("too long").id, "check-file-subtitles-too-long");
}

#[test]
fn cues_join_into_paragraphs_by_voice_and_pause() {
    let text = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Rosa>Hola,\n\n00:02.000 --> 00:03.000\n<v Rosa>¿cómo están?\n\n00:03.000 --> 00:04.000\n<v Luis>¡Bien!\n\n00:09.000 --> 00:10.000\n<v Luis>Empecemos.\n";
    let paragraphs = read(text).paragraphs();
    let said: Vec<_> =
        paragraphs.iter().map(|p| (p.voice.as_deref().unwrap_or(""), p.text.as_str())).collect();
    assert_eq!(said, [("Rosa", "Hola, ¿cómo están?"), ("Luis", "¡Bien!"), ("Luis", "Empecemos.")]);
    assert_eq!(paragraphs[2].start_ms, 9_000);
}

#[test]
fn lines_that_roll_up_stand_once() {
    let text = "WEBVTT\n\n00:00.000 --> 00:01.000\nuno\n\n00:01.000 --> 00:02.000\nuno\ndos\n\n00:02.000 --> 00:03.000\ndos\ntres\n";
    assert_eq!(read(text).paragraphs()[0].text, "uno dos tres");
}

#[test]
fn long_speech_is_parted_at_ends_of_sentences() {
    let cue = |n: u32, text: &str| format!("00:{n:02}.000 --> 00:{:02}.000\n{text}\n\n", n + 1);
    let sentence = format!("{}.", "palabra ".repeat(20).trim_end());
    let text: String = (0..12).map(|n| cue(n, &format!("{n} {sentence}"))).collect();
    let paragraphs = read(&text).paragraphs();
    assert_eq!(paragraphs.len(), 4);
    assert!(paragraphs.iter().all(|p| p.text.ends_with('.') && p.text.len() < 1_000));
}

/// The outside samples with the cues that a browser read from them.
#[test]
fn the_samples_of_browsers_are_read_as_browsers_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/vtt");
    let mut compared = 0;
    for file in
        crate::support::files_below(&folder).iter().filter(|f| f.extension().is_some_and(|e| e == "vtt"))
    {
        // Made by the standard of 2013: a second line with an arrow did not begin a cue then.
        if file.ends_with("integration/id.vtt") {
            continue;
        }
        let Ok(text) = fs::read_to_string(file) else { continue };
        let Ok(expected) = fs::read_to_string(file.with_extension("json")) else { continue };
        let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
        let Some(expected) = expected["cues"].as_array() else { continue };
        let cues = vtt::parse(&text).map(|transcript| transcript.cues).unwrap_or_default();
        let ours: Vec<_> = cues.iter().map(|cue| (cue.start_ms, cue.end_ms)).collect();
        let ms = |value: &serde_json::Value| format!("{:.0}", value.as_f64().unwrap_or(-1.0) * 1000.0);
        let theirs: Vec<_> = expected
            .iter()
            .map(|cue| (ms(&cue["startTime"]).parse().expect("ms"), ms(&cue["endTime"]).parse().expect("ms")))
            .collect();
        assert_eq!(ours, theirs, "{}", file.display());
        for (cue, theirs) in cues.iter().zip(expected) {
            let theirs = theirs["text"].as_str().unwrap_or_default();
            if !theirs.contains(['<', '&']) {
                assert_eq!(cue.text, theirs, "{}", file.display());
            }
        }
        compared += 1;
    }
    println!("{compared} samples compared");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reader(parts in prop::collection::vec(prop::sample::select(vec![
        "WEBVTT", "\n", "\n\n", "00:01.000", " --> ", "00:02.000", "<", ">", "&", "&amp;", "<v ", "ñ", "NOTE", "\r", "-->",
        "&#x1F600;", "&#0;", "99999999:00:00.000", "</", "\u{feff}", "STYLE",
    ]), 0..40)) {
        let text = parts.concat();
        if let Ok(transcript) = vtt::parse(&text) {
            transcript.paragraphs();
        }
    }
}
