//! Pages and words of PDF files, and files made to hurt.

use std::{
    io::{Cursor, Write},
    time::{Duration, Instant},
};

use amauta::{
    domain::finding::Finding,
    formats::pdf::{self, Document, Limits},
};
use proptest::prelude::*;

fn read(bytes: impl AsRef<[u8]>) -> Result<Document, Finding> {
    pdf::read(Cursor::new(bytes), &Limits::default())
}

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

pub(crate) fn words() -> String {
    with_page(
        "BT /F1 12 Tf 72 700 Td (El ni\\361o y el \\(agua\\)) Tj 0 -14 Td [(na)-20(ce)-300(aqu\\355)] TJ ET",
        WIN,
    )
}

#[test]
fn pages_title_and_words_are_read() {
    let document = read(words()).expect("a PDF");
    assert_eq!(document.title.as_deref(), Some("El agua"));
    assert_eq!(document.author.as_deref(), Some("Ñú"));
    assert_eq!(document.language.as_deref(), Some("es-PE"));
    assert_eq!(document.pages, ["El niño y el (agua)\nnace aquí"]);
    assert!(!document.scanned && !document.partial);
}

#[test]
fn maps_and_differences_give_the_letters() {
    let font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>> endobj\n6 0 obj <<>> stream\n1 beginbfchar <0003> <00f1> endbfchar 1 beginbfrange <0010> <0012> <0061> endbfrange\nendstream";
    let document = read(with_page("BT /F1 9 Tf <0010001100030012> Tj ET", font)).expect("a PDF");
    assert_eq!(document.pages, ["abñc"]);
    let font = "<</Subtype/Type1/Encoding<</Differences[1/ntilde/fi/Aacute/questiondown]>>>>";
    let document = read(with_page("BT /F1 9 Tf (\\004\\003\\001\\002n) Tj ET", font)).expect("a PDF");
    assert_eq!(document.pages, ["¿Áñfin"]);
}

#[test]
fn words_are_parted_by_the_widths_of_the_font() {
    let text = "BT /F1 10 Tf 72 700 Td (mam) Tj 23 0 Td (ut) Tj 4 0 Td (a) Tj ET";
    let widths = "<</Subtype/Type1/FirstChar 97/Widths[500 0 0 0 0 0 0 0 0 0 0 0 900 0 0 0 0 0 0 200 200]>>";
    assert_eq!(read(with_page(text, widths)).expect("a PDF").pages, ["mamuta"]);
    assert_eq!(read(with_page(text, WIN)).expect("a PDF").pages, ["mam ut a"]);
    let wide = "<</Subtype/Type0/DescendantFonts[<</DW 200/W[109[900] 97 97 500]>>]/ToUnicode 6 0 R>> endobj\n\
                6 0 obj <<>> stream\n1 beginbfrange <0061> <007a> <0061> endbfrange\nendstream";
    let text = "BT /F1 10 Tf 72 700 Td <006d0061006d> Tj 23 0 Td <00750074> Tj 4 0 Td <0061> Tj ET";
    assert_eq!(read(with_page(text, wide)).expect("a PDF").pages, ["mamuta"]);
    let narrow = "BT /F1 10 Tf 72 700 Td (a) Tj 6.5 0 Td [(a)-150(a)-100(a)] TJ ET";
    assert_eq!(read(with_page(narrow, widths)).expect("a PDF").pages, ["a a aa"]);
    let spaced = "BT /F1 10 Tf 2 Tc 72 700 Td (ma) Tj 14 0 Td [(m)-100(a)] TJ 13 0 Td (s) Tj ET";
    assert_eq!(read(with_page(spaced, WIN)).expect("a PDF").pages, ["mamas"]);
}

#[test]
fn a_text_said_to_stand_for_glyphs_takes_their_place() {
    let text = "BT /F1 9 Tf (o) Tj /Span<</ActualText<FEFFFB01>>>BDC (\\001) Tj (\\002) Tj EMC (cina) Tj \
                /Span<</ActualText<FEFF0020>>>BDC (x) Tj EMC /P BMC (q'illu) Tj EMC \
                /Span<</ActualText()>>BDC (-) Tj EMC (s) Tj EMC EMC ET";
    assert_eq!(read(with_page(text, WIN)).expect("a PDF").pages, ["oficina q'illus"]);
}

#[test]
fn marks_that_stand_before_their_letter_are_joined_with_it() {
    let font = "<</Subtype/Type1/ToUnicode 6 0 R>> endobj\n6 0 obj <<>> stream\n\
                3 beginbfchar <01> <02DC> <02> <00B4> <03> <0131> endbfchar\nendstream";
    let text = "BT /F1 9 Tf (ni\\001no dif\\002\\003cil \\002x) Tj ET";
    assert_eq!(read(with_page(text, font)).expect("a PDF").pages, ["niño difícil ´x"]);
}

#[test]
fn a_map_made_to_fill_the_memory_is_kept_short() {
    let font = format!(
        "<</Subtype/Type0/ToUnicode 6 0 R>> endobj\n6 0 obj <<>> stream\n1 beginbfrange <0000> <ffff> <{0}> \
         endbfrange 1 beginbfchar <0001> <{0}> endbfchar\nendstream",
        "0061".repeat(100_000)
    );
    let document = read(with_page("BT /F1 9 Tf <0001> Tj ET", &font)).expect("a PDF");
    assert_eq!(document.pages, ["a".repeat(16)]);
}

#[test]
fn what_cannot_be_read_is_refused_with_a_reason() {
    let id = |text: &str| read(text).expect_err("refused").id;
    assert_eq!(id("%PDF-1.4\n"), "check-file-pdf-broken");
    assert_eq!(id(&words().replace("/Info 9 0 R", "/Encrypt 9 0 R")), "check-file-pdf-protected");
    let short = Limits { file: 100, ..Limits::default() };
    let finding = pdf::read(Cursor::new(words()), &short).expect_err("refused");
    assert_eq!(finding.id, "check-file-pdf-too-long");
}

/// `words()` with the page's drawing packed by a filter.
fn packed(filter: &str, settings: &str, bytes: &[u8]) -> Vec<u8> {
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let stream = format!(
        "<</Filter[/ASCIIHexDecode/{filter}]/DecodeParms[null<<{settings}>>]/Length {}>> stream\n{hex}\nendstream endobj",
        hex.len()
    );
    let (before, rest) =
        with_page("X", WIN).split_once("4 0 obj").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let after = rest.split_once("endobj").unwrap().1;
    format!("{before}4 0 obj {stream}{after}").into_bytes()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

const DRAWING: &str = "BT /F1 9 Tf (agua) Tj ET";

#[test]
fn streams_are_unpacked_with_their_predictors() {
    let pages = |bytes: Vec<u8>| read(bytes).expect("a PDF").pages;
    assert_eq!(pages(packed("FlateDecode", "", &deflated(DRAWING.as_bytes()))), ["agua"]);
    // Rows of eight bytes, each by another way of PNG; the sums that packers leave out are made here by hand.
    let rows: Vec<&[u8]> = DRAWING.as_bytes().chunks(8).collect();
    let (mut png, mut above) = (Vec::new(), [0_u8; 8]);
    for (way, row) in [1_u8, 2, 3].into_iter().zip(&rows) {
        png.push(way);
        for at in 0..8 {
            let left = if at == 0 { 0 } else { row[at - 1] };
            let foretold = [left, above[at], u8::midpoint(left, above[at])][usize::from(way) - 1];
            png.push(row[at].wrapping_sub(foretold));
        }
        above.copy_from_slice(row);
    }
    assert_eq!(pages(packed("FlateDecode", "/Predictor 12/Columns 8", &deflated(&png))), ["agua"]);
    let tiff: Vec<u8> = rows
        .iter()
        .flat_map(|row| (0..8).map(|at| row[at].wrapping_sub(if at == 0 { 0 } else { row[at - 1] })))
        .collect();
    assert_eq!(pages(packed("FlateDecode", "/Predictor 2/Columns 8", &deflated(&tiff))), ["agua"]);
    let absurd = packed("FlateDecode", "/Predictor 15/Columns 99999999/Colors 99999999", &deflated(&png));
    assert_eq!(pages(absurd).len(), 1);
}

#[test]
fn streams_of_the_old_packing_are_unpacked() {
    let lzw = |codes: &[u16]| {
        let bits: String = codes.iter().map(|code| format!("{code:09b}")).collect();
        let bytes = bits
            .as_bytes()
            .chunks(8)
            .map(|byte| byte.iter().enumerate().fold(0_u8, |sum, (at, bit)| sum | (bit - b'0') << (7 - at)));
        bytes.collect::<Vec<u8>>()
    };
    let letters = |text: &str| text.bytes().map(u16::from).collect::<Vec<_>>();
    // 258 stands for the first two letters, 271 for the fourteenth and the next: known, or made just now.
    let begin = "BT /F1 9 Tf (";
    let codes = [vec![256], letters(begin), letters("ja"), vec![271], letters(") Tj ET"), vec![257]].concat();
    assert_eq!(read(packed("LZWDecode", "", &lzw(&codes))).expect("a PDF").pages, ["jaja"]);
    let codes = [vec![256], letters(begin), letters("a"), vec![271], letters(") Tj ET"), vec![257]].concat();
    assert_eq!(read(packed("LZWDecode", "", &lzw(&codes))).expect("a PDF").pages, ["aaa"]);
    let nowhere = [vec![256, 300], letters(DRAWING)].concat();
    assert_eq!(read(packed("LZWDecode", "", &lzw(&nowhere))).expect("a PDF").pages, [""]);
}

#[test]
fn of_objects_in_streams_the_last_written_holds() {
    let holder = |number: u32, title: &str| {
        let text = format!("9 0 <</Title({title})>>");
        format!(
            "{number} 0 obj <</Type/ObjStm/N 1/First 4/Length {}>> stream\n{text}\nendstream endobj\n",
            text.len()
        )
    };
    let text = words().replace("9 0 obj", &format!("{}{}99 0 obj", holder(20, "antes"), holder(21, "ahora")));
    assert_eq!(read(&text).expect("a PDF").title.as_deref(), Some("ahora"));
    let text = words().replace("9 0 obj", &format!("{}9 0 obj", holder(20, "antes")));
    assert_eq!(read(&text).expect("a PDF").title.as_deref(), Some("El agua"));
}

#[test]
fn what_goes_beyond_the_limits_is_left_out_and_said() {
    let with = |limits| pdf::read(Cursor::new(words()), &limits).expect("a PDF");
    let short = with(Limits { text: 7, ..Limits::default() });
    assert_eq!((short.pages, short.partial), (vec!["El niñ".to_owned()], true));
    let counted = with(Limits { text: 0, ..Limits::default() });
    assert!(counted.partial && counted.pages == [""] && counted.title.as_deref() == Some("El agua"));
    let tired = pdf::read(Cursor::new(words()), &Limits { work: 900, ..Limits::default() });
    assert!(tired.is_err() || tired.is_ok_and(|document| document.partial));
}

#[test]
fn objects_that_lie_across_the_steps_of_reading_are_found() {
    for filling in (65_400..65_600).step_by(3) {
        let text = words().replace("4 0 obj", &format!("%{}\n4 0 obj", " ".repeat(filling)));
        assert_eq!(read(&text).expect("a PDF").pages, ["El niño y el (agua)\nnace aquí"], "{filling}");
    }
    let long = format!("/X({})", "x".repeat(300_000));
    let text = words().replace("/Title(", &format!("{long}/Title("));
    assert_eq!(read(&text).expect("a PDF").title.as_deref(), Some("El agua"));
}

#[test]
fn a_page_without_text_is_a_scan() {
    let document = read(with_page("q 1 0 0 1 0 0 cm Q", WIN)).expect("a PDF");
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
        let _ = read(text);
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
        let _ = read(&bytes);
    }
}
