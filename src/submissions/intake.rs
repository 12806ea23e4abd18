//! What becomes of a file that a teacher brings: what it is decides its content, not its name. Pictures lose what they tell
//! about a place or a person; a ZIP gives its files; questions and stories become works that can be written on with.

use std::{
    fs::File,
    io::{BufReader, Read as _},
};

use super::{Desk, Unfit};
use crate::{
    domain::submission::{Genre, LONGEST_BODY},
    formats::{
        archive::{self, Archive},
        kind::{self, FileKind},
        multipart, photo,
    },
    store::{
        blobs::{self, Blob, Limits},
        school::StoredFile,
    },
};

/// Largest picture that is cleaned, in bytes: it is in memory meanwhile.
const MAX_PICTURE: u64 = 32 << 20;

/// Most files of a collection.
const MAX_FILES: usize = 200;

/// What file managers put into archives and nobody means.
const LEFT_BEHIND: [&str; 4] = ["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// What a teacher brought.
#[derive(Debug)]
pub enum Brought {
    /// Files, on the disk. They stay there while this is held, and from then on for the version that names them.
    Files(Vec<Kept>),
    /// A text that is written on with here.
    Text(Genre, String),
}

/// A file on the disk, and what holds it there until a version names it.
#[derive(Debug)]
pub struct Kept {
    /// The file, as a version names it.
    pub file: StoredFile,
    _held: Blob,
}

impl Kept {
    fn new(name: &str, blob: Blob) -> Self {
        let file = StoredFile { name: name.to_owned(), hash: blob.hash.clone(), size: blob.size };
        Self { file, _held: blob }
    }
}

impl From<blobs::Error> for Unfit {
    fn from(error: blobs::Error) -> Self {
        match error {
            blobs::Error::TooBig => Self::TooBig,
            blobs::Error::NoRoom | blobs::Error::Full(_) => Self::Full,
            blobs::Error::Io(error) => Self::Broken(error.to_string()),
        }
    }
}

impl Desk {
    /// Looks into a file that was kept under a name, and makes of it what a work is made from.
    ///
    /// # Errors
    /// It is nothing that can be shown here; the archive is hostile or damaged; the disk is full. Nothing of it stays.
    pub fn look_into(&self, name: &str, blob: Blob) -> Result<Brought, Unfit> {
        let open = || self.blobs.file(&blob.hash).map(BufReader::new);
        match kind::sniff(&mut open()?, name)? {
            kind @ (FileKind::Gift | FileKind::Twee) => {
                let genre = if kind == FileKind::Gift { Genre::Quiz } else { Genre::Story };
                let mut text = String::new();
                let most = LONGEST_BODY as u64;
                open()?.take(most + 1).read_to_string(&mut text).map_err(|_| Unfit::Kind)?;
                if text.len() > LONGEST_BODY { Err(Unfit::Kind) } else { Ok(Brought::Text(genre, text)) }
            }
            FileKind::Zip => self.unpack(open()?),
            kind => Ok(Brought::Files(vec![self.welcome(name, kind, blob)?])),
        }
    }

    /// A file that is shown: refused for what has no page here, cleaned when it is a picture.
    fn welcome(&self, name: &str, kind: FileKind, blob: Blob) -> Result<Kept, Unfit> {
        let elsewhere = matches!(
            kind,
            FileKind::Html
                | FileKind::Xol
                | FileKind::H5p
                | FileKind::Elp
                | FileKind::Scorm
                | FileKind::Zip
                | FileKind::Zim
                | FileKind::Gift
                | FileKind::Twee
        );
        // A text with an ending that promises something else is markup or a program.
        let disguised = kind.is_plain_text() && FileKind::of_ending(name).is_none();
        if elsewhere || disguised || kind::refusal(name, kind).is_some() {
            return Err(Unfit::Kind);
        }
        if !kind.is_picture() && kind != FileKind::Webp {
            return Ok(Kept::new(name, blob));
        }
        if blob.size > MAX_PICTURE {
            return Err(Unfit::TooBig);
        }
        let mut bytes = Vec::new();
        self.blobs.file(&blob.hash)?.read_to_end(&mut bytes)?;
        let clean = photo::clean(&bytes).map_err(|_| Unfit::Kind)?;
        if !clean.is_changed() {
            return Ok(Kept::new(name, blob));
        }
        let mut incoming = self.blobs.begin(Limits { max: MAX_PICTURE, floor: self.limits.floor })?;
        for piece in clean.pieces() {
            incoming.write(piece)?;
        }
        // What told the place is named by no version, and goes with the next sweep.
        Ok(Kept::new(name, incoming.keep()?))
    }

    fn unpack(&self, open: BufReader<File>) -> Result<Brought, Unfit> {
        let limits = archive::Limits { unpacked: self.limits.largest, ..archive::Limits::default() };
        let mut archive = Archive::open(open, &limits).map_err(|_| Unfit::Archive)?;
        let meant = |name: &&str| !name.split('/').any(|part| LEFT_BEHIND.contains(&part));
        let names = archive.names().filter(meant).map(str::to_owned).collect::<Vec<_>>();
        if names.is_empty() || names.len() > MAX_FILES {
            return Err(Unfit::Archive);
        }
        let mut files = Vec::new();
        for name in names {
            let mut incoming =
                self.blobs.begin(Limits { max: self.limits.largest, floor: self.limits.floor })?;
            let mut full = None;
            let unpacked = archive.read_into(
                &name,
                &mut Into { incoming: &mut incoming, full: &mut full },
                self.limits.largest,
            );
            if let Some(error) = full {
                return Err(error.into());
            }
            unpacked.map_err(|_| Unfit::Archive)?;
            let blob = incoming.keep()?;
            let own = multipart::file_name(&name);
            let kind = kind::sniff(&mut BufReader::new(self.blobs.file(&blob.hash)?), &own)?;
            files.push(self.welcome(&own, kind, blob)?);
        }
        Ok(Brought::Files(files))
    }
}

/// Writes into a file that grows, and keeps the reason when it cannot.
struct Into<'a> {
    incoming: &'a mut blobs::Incoming,
    full: &'a mut Option<blobs::Error>,
}

impl std::io::Write for Into<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.incoming.write(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(error) => {
                *self.full = Some(error);
                Err(std::io::ErrorKind::Other.into())
            }
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
