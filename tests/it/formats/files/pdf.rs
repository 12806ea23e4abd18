//! Pages and words of PDF files, and files made to hurt.

use std::time::{Duration, Instant};

use amauta::formats::pdf;
use proptest::prelude::*;

const HEAD: &str = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Lang(es-PE)>>\nendobj\n";
const TAIL: &str =
    "\ntrailer\n<</Root 1 0 R/Info 9 0 R>>\n9 0 obj <</Title(El agua)/Author<FEFF00d100fa>>> endobj\n";

fn with_page(content: &str, font: &str) -> String {
    format!(
        "{HEAD}2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 5 0 R>>>>>> endobj\n3 0 obj <</Type/Page/Contents 4 0 R>> endobj\n4 0 obj <</Length {}>>\nstream\n{content}\nendstream endobj\n5 0 obj {font} endobj\n{TAIL}",
        content.len()
    )
}

const WIN: &str = "<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding>>";

fn words() -> String {
    with_page(
        "BT /F1 12 Tf 72 700 Td (El ni\\361o y el \\(agua\\)) Tj 0 -14 Td [(na)-20(ce)-300(aqu\\355)] TJ ET",
        WIN,
    )
}

#[test]
fn pages_title_and_words_are_read() {
    let document = pdf::read(words().as_bytes()).expect("a PDF");
    assert_eq!(document.title.as_deref(), Some("El agua"));
    assert_eq!(document.author.as_deref(), Some("Ñú"));
    assert_eq!(document.language.as_deref(), Some("es-PE"));
    assert_eq!(document.pages, ["El niño y el (agua)\nnace aquí"]);
    assert!(!document.scanned && !document.partial);
}

#[test]
fn maps_and_differences_give_the_letters() {
    let font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>> endobj\n6 0 obj <<>> stream\n1 beginbfchar <0003> <00f1> endbfchar 1 beginbfrange <0010> <0012> <0061> endbfrange\nendstream";
    let document =
        pdf::read(with_page("BT /F1 9 Tf <0010001100030012> Tj ET", font).as_bytes()).expect("a PDF");
    assert_eq!(document.pages, ["abñc"]);
    let font = "<</Subtype/Type1/Encoding<</Differences[1/ntilde/fi/Aacute/questiondown]>>>>";
    let document =
        pdf::read(with_page("BT /F1 9 Tf (\\004\\003\\001\\002n) Tj ET", font).as_bytes()).expect("a PDF");
    assert_eq!(document.pages, ["¿Áñfin"]);
}

#[test]
fn what_cannot_be_read_is_refused_with_a_reason() {
    let id = |text: &str| pdf::read(text.as_bytes()).expect_err("refused").id;
    assert_eq!(id("%PDF-1.4\n"), "check-file-pdf-broken");
    assert_eq!(id(&words().replace("/Info 9 0 R", "/Encrypt 9 0 R")), "check-file-pdf-protected");
    let long = vec![0; pdf::MAX_BYTES + 1];
    assert_eq!(pdf::read(&long).expect_err("refused").id, "check-file-pdf-too-long");
}

#[test]
fn a_page_without_text_is_a_scan() {
    let document = pdf::read(with_page("q 1 0 0 1 0 0 cm Q", WIN).as_bytes()).expect("a PDF");
    assert!(document.scanned && document.pages == [""]);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a stopwatch, not a clock")]
fn files_made_to_hurt_are_read_in_time() {
    let chain: String =
        (10..40_000).map(|n| format!("{n} 0 obj <</Kids[{} 0 R]>> endobj\n", n + 1)).collect();
    let hurting = [
        words().replace("/Count 1", &format!("/X {}{}", "[".repeat(400_000), "]".repeat(400_000))),
        words() + &"1 0 obj (\n".repeat(20_000),
        words().replace("Kids[3 0 R]", "Kids[2 0 R 3 0 R 10 0 R]") + &chain,
        words() + &"7 0 obj <</Type/ObjStm/N 9/First 9>> stream\n".repeat(20_000),
        with_page(&"/A Do ".repeat(50_000), WIN),
    ];
    for (at, text) in hurting.iter().enumerate() {
        let begun = Instant::now();
        let _ = pdf::read(text.as_bytes());
        assert!(begun.elapsed() < Duration::from_secs(8), "{at} took {:?}", begun.elapsed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_files_break_nothing(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = words().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let _ = pdf::read(&bytes);
    }
}
