//! How long recordings last, told from a few bytes of them.

use std::io::{Cursor, Read, Seek, SeekFrom};

use amauta::formats::{
    kind::{self, FileKind},
    length::{self, Length},
};
use proptest::prelude::*;

/// A page of Ogg: 2 marks the first of a stream.
pub(super) fn ogg_page(flags: u8, granule: u64, serial: u32, body: &[u8]) -> Vec<u8> {
    let mut page = b"OggS\0".to_vec();
    page.push(flags);
    page.extend(granule.to_le_bytes());
    page.extend(serial.to_le_bytes());
    page.extend([0; 8]);
    page.extend([1, u8::try_from(body.len()).expect("a short body")]);
    page.extend(body);
    page
}

fn mp4_box(name: &[u8], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).expect("a short box");
    [size.to_be_bytes().as_slice(), name, body].concat()
}

/// A film, or only its sound, of 12.5 seconds and 320 × 240; the sound itself stands before what describes it.
pub(super) fn mp4(video: bool) -> Vec<u8> {
    let mut mvhd = [0_u8; 100];
    mvhd[12..16].copy_from_slice(&600_u32.to_be_bytes());
    mvhd[16..20].copy_from_slice(&7_500_u32.to_be_bytes());
    let mut tkhd = [0_u8; 84];
    tkhd[76..80].copy_from_slice(&(320_u32 << 16).to_be_bytes());
    tkhd[80..84].copy_from_slice(&(240_u32 << 16).to_be_bytes());
    let hdlr = [[0; 8].as_slice(), if video { b"vide" } else { b"soun" }, &[0; 12]].concat();
    let mdia = mp4_box(b"mdia", &mp4_box(b"hdlr", &hdlr));
    let trak = mp4_box(b"trak", &[mp4_box(b"tkhd", &tkhd), mdia].concat());
    let moov = mp4_box(b"moov", &[mp4_box(b"mvhd", &mvhd), trak].concat());
    [mp4_box(b"ftyp", b"isom\0\0\0\0"), mp4_box(b"mdat", &[7; 5_000]), moov].concat()
}

fn wav() -> Vec<u8> {
    let mut bytes = b"RIFF\xff\xff\xff\x7fWAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0".to_vec();
    bytes.extend(b"data\xff\xff\xff\xff");
    bytes.resize(bytes.len() + 32_000, 0);
    bytes
}

fn flac() -> Vec<u8> {
    // 44,100 Hz, two channels, 16 bits, 441,000 samples.
    let mut bytes = b"fLaC\0\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x42\xf0\0\x06\xba\xa8".to_vec();
    bytes.extend([0; 16]);
    bytes
}

/// Frames of 128 kbit/s at 44,100 Hz behind a tag; the first one tells their number when `xing`.
pub(crate) fn mp3(xing: bool) -> Vec<u8> {
    let mut frame = vec![0xff, 0xfb, 0x90, 0x00];
    frame.resize(417, 0);
    let mut bytes = b"ID3\x03\0\0\0\0\x02\0".to_vec();
    bytes.resize(10 + 256, 0);
    let mut first = frame.clone();
    if xing {
        first[36..48].copy_from_slice(b"Xing\0\0\0\x01\0\0\x03\xe8");
    }
    bytes.extend(first);
    bytes.extend(frame.repeat(99));
    bytes
}

pub(crate) fn webm() -> Vec<u8> {
    let element = |id: &[u8], body: &[u8]| {
        [id, &[0x80 | u8::try_from(body.len()).expect("a short element")], body].concat()
    };
    let info = [element(b"\x2a\xd7\xb1", b"\x0f\x42\x40"), element(b"\x44\x89", &2_500_f64.to_be_bytes())];
    let video = element(b"\xe0", &[element(b"\xb0", b"\x01\x40"), element(b"\xba", b"\xf0")].concat());
    let tracks = element(b"\x16\x54\xae\x6b", &element(b"\xae", &video));
    let segment = [element(b"\x15\x49\xa9\x66", &info.concat()), tracks].concat();
    let head = element(b"\x1a\x45\xdf\xa3", &element(b"\x42\x82", b"webm"));
    // The length of the segment is not known, as in a recording sent while it is made.
    [head, b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff".to_vec(), segment].concat()
}

pub(crate) fn theora_and_vorbis() -> Vec<u8> {
    let mut theora = b"\x80theora\x03\x02\x01\0\x14\0\x0f\0\x01\x40\0\0\xf0\0\0".to_vec();
    theora.extend(15_u32.to_be_bytes());
    theora.extend(1_u32.to_be_bytes());
    theora.extend([0; 10]);
    theora.extend([0x00, 0xc0]);
    let mut vorbis = b"\x01vorbis\0\0\0\0\x01".to_vec();
    vorbis.extend(44_100_u32.to_le_bytes());
    [
        ogg_page(2, 0, 1, &theora),
        ogg_page(2, 0, 2, &vorbis),
        ogg_page(0, 44_100 * 3, 2, b"sonido"),
        // Frame 40 since the beginning: key frame 32, eight behind it.
        ogg_page(4, 32 << 6 | 8, 1, b"imagen"),
        ogg_page(4, 44_100 * 4, 2, b"sonido"),
    ]
    .concat()
}

fn measure(bytes: &[u8], kind: FileKind) -> Length {
    length::measure(&mut Cursor::new(bytes), kind).expect("bytes in memory are read")
}

fn samples() -> Vec<(FileKind, Vec<u8>, Length)> {
    let long = |ms, picture| Length { duration_ms: Some(ms), picture };
    let speex = {
        let mut head = b"Speex   1.2".to_vec();
        head.resize(36, 0);
        head.extend(8_000_u32.to_le_bytes());
        head
    };
    vec![
        (FileKind::Wav, wav(), long(2_000, None)),
        (FileKind::Flac, flac(), long(10_000, None)),
        (FileKind::Mp3, mp3(true), long(26_122, None)),
        (FileKind::Mp3, mp3(false), long(2_606, None)),
        (FileKind::Mp4, mp4(true), long(12_500, Some((320, 240)))),
        (FileKind::M4a, mp4(false), long(12_500, None)),
        (FileKind::Webm, webm(), long(2_500, Some((320, 240)))),
        (FileKind::Ogv, theora_and_vorbis(), long(4_000, Some((320, 240)))),
        (
            FileKind::OggOpus,
            [ogg_page(2, 0, 7, b"OpusHead\x01\x02\x38\x01\x80\xbb\0\0"), ogg_page(4, 48_312, 7, b"a")]
                .concat(),
            long(1_000, None),
        ),
        (
            FileKind::OggSpeex,
            [ogg_page(2, 0, 7, &speex), ogg_page(4, 16_000, 7, b"a")].concat(),
            long(2_000, None),
        ),
    ]
}

#[test]
fn recordings_tell_how_long_they_last() {
    for (kind, bytes, expected) in samples() {
        assert_eq!(kind::sniff(&mut Cursor::new(&bytes), "x").expect("read"), kind);
        assert_eq!(measure(&bytes, kind), expected, "{kind:?}");
    }
}

#[test]
fn a_recording_without_an_end_has_no_length() {
    let bytes = ogg_page(2, 0, 7, b"OpusHead\x01\x02\x38\x01\x80\xbb\0\0");
    assert_eq!(measure(&bytes, FileKind::OggOpus), Length::default());
    assert_eq!(measure(b"", FileKind::Mp3), Length::default());
    assert_eq!(measure(b"%PDF-1.4", FileKind::Pdf), Length::default());
}

/// A file of four terabytes of which only the beginning holds anything; counts what is read.
struct Huge {
    head: Vec<u8>,
    at: u64,
    read: usize,
}

impl Read for Huge {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for byte in &mut *buffer {
            let at = usize::try_from(self.at).unwrap_or(usize::MAX);
            *byte = self.head.get(at).copied().unwrap_or(0);
            self.at += 1;
        }
        self.read += buffer.len();
        Ok(buffer.len())
    }
}

impl Seek for Huge {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(back) => (1_u64 << 42).saturating_add_signed(back),
            SeekFrom::Current(step) => self.at.saturating_add_signed(step),
        };
        Ok(self.at)
    }
}

#[test]
fn a_huge_file_is_measured_by_a_few_reads() {
    for (kind, head, _) in samples() {
        let mut file = Huge { head, at: 0, read: 0 };
        length::measure(&mut file, kind).expect("a file that never fails");
        assert!(file.read < 2_000_000, "{kind:?} read {} bytes", file.read);
        let mut file = Huge { at: 0, read: 0, ..file };
        kind::sniff(&mut file, "x").expect("a file that never fails");
        assert!(file.read < 2_000_000, "{kind:?} read {} bytes", file.read);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_recordings_break_nothing(
        which in 0_usize..10,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let (kind, mut bytes, _) = samples().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len().min(600));
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        kind::sniff(&mut Cursor::new(&bytes), "x").expect("read");
        measure(&bytes, kind);
    }

    #[test]
    fn any_bytes_are_of_some_kind(bytes in prop::collection::vec(any::<u8>(), 0..400), zip in any::<bool>()) {
        let bytes = if zip { [b"PK\x03\x04".as_slice(), &bytes].concat() } else { bytes };
        let kind = kind::sniff(&mut Cursor::new(&bytes), "x.txt").expect("read");
        for kind in FileKind::ALL.iter().chain([&kind]) {
            measure(&bytes, *kind);
        }
    }
}
