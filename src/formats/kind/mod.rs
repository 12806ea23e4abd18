//! What a file is, decided by its first bytes and, for containers, by what they hold. The ending of its name chooses
//! only among kinds of text. Whether a kind is welcome somewhere is decided there.

mod text;
mod zip;

use std::io::{self, Read, Seek};

use super::{
    length::{mp3, mp4, ogg},
    peek::{Peek, find},
};
use crate::domain::finding::Finding;

/// Bytes of the beginning that are looked at.
const HEAD: usize = 64 * 1024;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $extension:literal $media:literal,)*) => {
        /// What a file is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum FileKind {
            $($(#[$doc])* $kind,)*
        }

        impl FileKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// The ending that a name of such a file has, without the point; empty for unknown files.
            pub fn extension(self) -> &'static str {
                match self { $(Self::$kind => $extension,)* }
            }

            /// The media type for `Content-Type`, with the character set of texts.
            pub fn media_type(self) -> &'static str {
                match self { $(Self::$kind => $media,)* }
            }
        }
    };
}

kinds! {
    /// PDF.
    Pdf "pdf" "application/pdf",
    /// EPUB 2 or 3.
    Epub "epub" "application/epub+zip",
    /// Text of `OpenDocument`.
    Odt "odt" "application/vnd.oasis.opendocument.text",
    /// Spreadsheet of `OpenDocument`.
    Ods "ods" "application/vnd.oasis.opendocument.spreadsheet",
    /// Slides of `OpenDocument`.
    Odp "odp" "application/vnd.oasis.opendocument.presentation",
    /// Text of Word.
    Docx "docx" "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    /// Spreadsheet of Excel.
    Xlsx "xlsx" "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    /// Slides of `PowerPoint`.
    Pptx "pptx" "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    /// Rich Text Format.
    Rtf "rtf" "application/rtf",
    /// PNG picture.
    Png "png" "image/png",
    /// JPEG picture.
    Jpeg "jpg" "image/jpeg",
    /// GIF picture or animation.
    Gif "gif" "image/gif",
    /// `WebP` picture.
    Webp "webp" "image/webp",
    /// SVG drawing.
    Svg "svg" "image/svg+xml; charset=utf-8",
    /// Sound in Ogg: Vorbis.
    OggVorbis "ogg" "audio/ogg",
    /// Sound in Ogg: Opus.
    OggOpus "opus" "audio/ogg",
    /// Sound in Ogg: Speex.
    OggSpeex "spx" "audio/ogg",
    /// Sound in Ogg: FLAC.
    OggFlac "oga" "audio/ogg",
    /// Video in Ogg: Theora.
    Ogv "ogv" "video/ogg",
    /// MP3 sound.
    Mp3 "mp3" "audio/mpeg",
    /// WAV sound.
    Wav "wav" "audio/wav",
    /// FLAC sound.
    Flac "flac" "audio/flac",
    /// Sound in MP4.
    M4a "m4a" "audio/mp4",
    /// Video in MP4.
    Mp4 "mp4" "video/mp4",
    /// `WebM` video.
    Webm "webm" "video/webm",
    /// `WebVTT` subtitles.
    Vtt "vtt" "text/vtt; charset=utf-8",
    /// `SubRip` subtitles.
    Srt "srt" "application/x-subrip; charset=utf-8",
    /// Markdown.
    Markdown "md" "text/markdown; charset=utf-8",
    /// Plain text in UTF-8.
    Text "txt" "text/plain; charset=utf-8",
    /// A table with commas.
    Csv "csv" "text/csv; charset=utf-8",
    /// HTML page.
    Html "html" "text/html; charset=utf-8",
    /// Questions in GIFT.
    Gift "gift" "text/plain; charset=utf-8",
    /// A story in Twee.
    Twee "twee" "text/plain; charset=utf-8",
    /// Sugar content bundle.
    Xol "xol" "application/vnd.olpc-content",
    /// H5P activity.
    H5p "h5p" "application/zip",
    /// Source of eXeLearning.
    Elp "elp" "application/zip",
    /// SCORM or IMS content package.
    Scorm "zip" "application/zip",
    /// Any other ZIP.
    Zip "zip" "application/zip",
    /// ZIM archive.
    Zim "zim" "application/x-zim",
    /// Nothing known.
    Unknown "" "application/octet-stream",
}

impl FileKind {
    /// Whether it is sound without pictures.
    pub fn is_audio(self) -> bool {
        self.media_type().starts_with("audio/")
    }

    /// Whether it is moving pictures.
    pub fn is_video(self) -> bool {
        self.media_type().starts_with("video/")
    }

    /// Whether it is a picture that browsers of 2009 show.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif)
    }

    /// Whether it is one of the kinds of text that only the ending tells apart.
    pub fn is_plain_text(self) -> bool {
        matches!(
            self,
            Self::Markdown | Self::Text | Self::Csv | Self::Gift | Self::Twee | Self::Srt | Self::Vtt
        )
    }

    /// The kind that an ending promises; `None` for endings that promise nothing known.
    pub fn of_ending(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        Some(match ending.as_str() {
            "jpeg" | "jpe" => Self::Jpeg,
            "oga" | "ogg" => Self::OggVorbis,
            "ogm" => Self::Ogv,
            "m4v" => Self::Mp4,
            "htm" | "xhtml" => Self::Html,
            "markdown" => Self::Markdown,
            "tw" => Self::Twee,
            "elpx" => Self::Elp,
            "zip" => Self::Zip,
            ending => *Self::ALL.iter().find(|kind| !ending.is_empty() && kind.extension() == ending)?,
        })
    }
}

/// Looks into a file of any size and says what it is. `name` is only asked for the ending of texts.
///
/// # Errors
/// Those of the reader.
pub fn sniff<R: Read + Seek>(reader: &mut R, name: &str) -> io::Result<FileKind> {
    let mut peek = Peek::new(reader)?;
    let head = peek.at(0, HEAD)?;
    let kind = match head.as_slice() {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip::kind(&mut peek)?,
        [b'O', b'g', b'g', b'S', ..] => ogg_kind(&ogg::streams(&mut peek)?),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => {
            if mp4::read(&mut peek)?.has_video {
                FileKind::Mp4
            } else {
                FileKind::M4a
            }
        }
        [0x1a, 0x45, 0xdf, 0xa3, ..] => match find(head.get(..64).unwrap_or(&head), b"webm") {
            Some(_) => FileKind::Webm,
            None => FileKind::Unknown,
        },
        _ => by_magic(&head).unwrap_or_else(|| text::kind(&head, peek.length(), name)),
    };
    Ok(kind)
}

fn by_magic(head: &[u8]) -> Option<FileKind> {
    let riff = head.starts_with(b"RIFF").then(|| head.get(8..12)).flatten();
    Some(match riff {
        Some(b"WAVE") => FileKind::Wav,
        Some(b"WEBP") => FileKind::Webp,
        _ if head.starts_with(b"\x89PNG\r\n\x1a\n") => FileKind::Png,
        _ if head.starts_with(b"\xff\xd8\xff") => FileKind::Jpeg,
        _ if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") => FileKind::Gif,
        _ if head.starts_with(b"fLaC") => FileKind::Flac,
        _ if head.starts_with(b"ID3") || mp3::begins(head) => FileKind::Mp3,
        _ if head.starts_with(b"{\\rtf") => FileKind::Rtf,
        _ if head.starts_with(b"ZIM\x04") => FileKind::Zim,
        // Readers of PDF look for the mark in the first kilobyte; what stands before it must not be another kind.
        _ if find(head.get(..8).unwrap_or(head), b"%PDF-").is_some() => FileKind::Pdf,
        _ => return None,
    })
}

fn ogg_kind(streams: &[ogg::Stream]) -> FileKind {
    let has = |wanted: fn(&ogg::Codec) -> bool| streams.iter().any(|(_, codec)| wanted(codec));
    if has(|codec| matches!(codec, ogg::Codec::Theora { .. })) {
        return FileKind::Ogv;
    }
    match streams.first() {
        Some((_, ogg::Codec::Vorbis { .. })) => FileKind::OggVorbis,
        Some((_, ogg::Codec::Opus { .. })) => FileKind::OggOpus,
        Some((_, ogg::Codec::Speex { .. })) => FileKind::OggSpeex,
        Some((_, ogg::Codec::Flac { .. })) => FileKind::OggFlac,
        _ => FileKind::Unknown,
    }
}

/// Whether the ending of the name claims another kind than the file is. Endings that promise nothing known do not
/// lie, nor do those that a kind shares with another: sound in Ogg, a package that is a ZIP, kinds of text.
pub fn lies(name: &str, kind: FileKind) -> bool {
    let Some(claimed) = FileKind::of_ending(name) else { return false };
    let ogg = |kind: FileKind| kind.media_type() == "audio/ogg";
    let zip = |kind: FileKind| {
        matches!(kind, FileKind::Zip | FileKind::Scorm | FileKind::Xol | FileKind::H5p | FileKind::Elp)
    };
    // `.ogg` and `.ogm` were once the endings of all that is Ogg; sound and video share MP4 and `WebM`.
    let shared = claimed == kind
        || (ogg(claimed) && ogg(kind))
        || (name.to_ascii_lowercase().ends_with(".ogg") && kind == FileKind::Ogv)
        || (claimed == FileKind::Mp4 && kind == FileKind::M4a)
        || (claimed == FileKind::Zip && zip(kind))
        || (claimed.is_plain_text() && kind.is_plain_text());
    !shared
}

/// Why a file is refused for what it is: unknown, or not what its name claims. `None` when it is welcome.
pub fn refusal(name: &str, kind: FileKind) -> Option<Finding> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if lies(name, kind) && kind != FileKind::Unknown {
        return Some(
            Finding::error_of_whole("check-file-lies").with("ending", ending).with("kind", kind.extension()),
        );
    }
    if kind == FileKind::Unknown {
        let id =
            if FileKind::of_ending(name).is_some() { "check-file-not-claimed" } else { "check-file-unknown" };
        return Some(Finding::error_of_whole(id).with("ending", ending));
    }
    None
}
