//! Files of `media/`: what kind they are (decided by content, never by name), how big, and where their bytes lie.

use std::{
    borrow::Cow,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{digest, domain::lesson::Media};

/// Bytes of the head of a file that tell its kind and the size of a picture.
const HEAD_BYTES: usize = 64 * 1024;

/// Where the bytes of a media file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaFile {
    /// In the program.
    Embedded(Cow<'static, [u8]>),
    /// In a folder. It may be gone or changed by the time it is opened.
    OnDisk(PathBuf),
}

/// Opens a plain file of a folder that anybody may have filled; not a link, and not a pipe or device that would make us
/// wait.
///
/// # Errors
/// It is not there, cannot be read, or is no plain file.
pub fn open_plain(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    }
}

/// Whether a name of a media file can stand in an address and on any file system: 1 to 80 of `a-z`, `A-Z`, `0-9`,
/// `.`, `_` and `-`, not beginning with a dot.
pub(super) fn good_name(name: &str) -> bool {
    (1..=80).contains(&name.len())
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

/// What is known about bytes whose SHA-256 is known.
pub(super) fn of_bytes(bytes: &[u8], sha256: &[u8]) -> Option<Media> {
    describe(bytes.get(..HEAD_BYTES).unwrap_or(bytes), bytes.len() as u64, sha256)
}

/// What is known about a stream; it is read to its end in small pieces.
pub(super) fn of_stream(mut stream: impl Read) -> io::Result<Option<Media>> {
    let mut hash = Sha256::new();
    let mut head = Vec::new();
    let mut size = 0;
    let mut piece = vec![0; HEAD_BYTES];
    loop {
        let read = match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let read = piece.get(..read).unwrap_or_default();
        hash.update(read);
        size += read.len() as u64;
        let wanted = HEAD_BYTES.saturating_sub(head.len()).min(read.len());
        head.extend_from_slice(read.get(..wanted).unwrap_or_default());
    }
    Ok(describe(&head, size, &hash.finalize()))
}

fn describe(head: &[u8], size: u64, sha256: &[u8]) -> Option<Media> {
    let media_type = kind(head)?;
    let dimensions = if media_type.starts_with("image/") {
        let found = imagesize::blob_size(head).ok()?;
        let (width, height) = (u32::try_from(found.width).ok()?, u32::try_from(found.height).ok()?);
        (width > 0 && height > 0).then_some((width, height))
    } else {
        None
    };
    Some(Media { media_type, size, hash: digest::short(sha256), dimensions })
}

/// The media type that the ending of a name promises.
pub(super) fn kind_of_ending(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "png" => "image/png",
        "gif" => "image/gif",
        "jpg" | "jpeg" => "image/jpeg",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/x-wav",
        _ => return None,
    })
}

/// The media type of a file we serve. SVG is not among them: it can hold scripts, and old browsers do not draw it.
fn kind(head: &[u8]) -> Option<&'static str> {
    Some(match head {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "image/gif",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'I', b'D', b'3', ..] | [0xff, 0xfa | 0xfb | 0xf2 | 0xf3, ..] => "audio/mpeg",
        [b'O', b'g', b'g', b'S', ..] => "audio/ogg",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => "audio/x-wav",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{good_name, of_bytes, of_stream};

    #[test]
    fn a_name_that_could_leave_the_folder_or_an_address_is_not_good() {
        for bad in [
            "",
            ".",
            "..",
            "../x.png",
            "a/b.png",
            "a b.png",
            "a%2e.png",
            "ñ.png",
            ".x",
            "a\"b.png",
            &"a".repeat(81),
        ] {
            assert!(!good_name(bad), "{bad:?} was taken");
        }
        assert!(good_name("rosa-piensa_2.png"));
    }

    #[test]
    fn the_kind_is_told_by_content() {
        assert_eq!(of_bytes(b"<svg onload=x>", &[0; 32]), None);
        assert_eq!(of_bytes(b"\x89PNG\r\n\x1a\n but cut short", &[0; 32]), None);
        let sound = of_stream(&b"OggS and so on"[..]).expect("memory can be read").expect("it is a sound");
        assert_eq!((sound.media_type, sound.size, sound.dimensions), ("audio/ogg", 14, None));
        assert_eq!(sound.hash.len(), 16);
    }
}
