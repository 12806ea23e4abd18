//! Pictures of materials as they stand in a page: those of a telephone are made small and upright the first time somebody asks
//! and kept in the data folder's `cache`, which may be deleted. The original is the material's file, to download.

use std::{
    fs::{self, File},
    io::{self, BufReader, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use bytes::Bytes;
use http::{Response, request::Parts};

use crate::{
    content::materials,
    digest,
    domain::{
        id::Slug,
        material::{Material, MaterialFile, Role},
    },
    formats::{
        kind::FileKind,
        photo::{self, Most},
    },
    web::{
        App, aside,
        body::Body,
        error::Error,
        file::{self, Describe, Source},
        reply,
        routes::Route,
        shelf::Shelf,
        views::lesson::Picture,
    },
};

/// What stands in a page without being made small: 200 KiB. As wide as a column of text, and no higher than two screens.
const SHOWN: Most = Most { bytes: 200 * 1024, width: 560, height: 1000 };

/// Largest picture inside a book or a presentation that is unpacked, and largest that is shown though it cannot be made small.
const MAX_WHOLE: u64 = 4 << 20;

/// Most small pictures that are kept; each has some 50 KB.
const MOST_KEPT: usize = 2000;

const JPEG: &str = "image/jpeg";

/// What browsers of 2009 draw.
const KINDS: [FileKind; 3] = [FileKind::Png, FileKind::Jpeg, FileKind::Gif];

/// How a file of a material stands in a page, and its media type; `None` for what is no picture that fits one.
pub(crate) fn shown(material: &Material, file: &MaterialFile) -> Option<(Picture, &'static str)> {
    let (width, height) = fitted(file.dimensions?);
    let kind = KINDS.into_iter().find(|kind| kind.media_type() == file.media_type)?;
    // A photograph may lie on its side, however small.
    let small = kind == FileKind::Jpeg || kind == FileKind::Png && file.size > SHOWN.bytes;
    let src = if small {
        let (id, tag, name) = (material.id().clone(), file.tag.clone(), file.name().to_owned());
        Route::Small { id, tag, name }.path()
    } else if file.size <= SHOWN.bytes {
        Route::file(material, file).path()
    } else {
        return None;
    };
    Some((Picture { src, width, height }, if small { JPEG } else { kind.media_type() }))
}

/// The address under which a picture stands in a page.
pub(crate) fn href(material: &Material, file: &MaterialFile) -> Option<String> {
    shown(material, file).map(|(picture, _)| picture.src)
}

/// Whether a picture inside a file, of this size in bytes, stands in a page.
pub(crate) fn fits(size: u64, shrinks: bool) -> bool {
    shrinks || size <= SHOWN.bytes
}

/// Width and height in a page.
pub(crate) fn fitted((width, height): (u32, u32)) -> (u32, u32) {
    photo::fitted((width, height), SHOWN)
}

/// Small pictures that were made.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// None without a data folder: then nothing is kept.
    folder: Option<PathBuf>,
    /// Who holds it makes one: decoding takes memory.
    one: Mutex<()>,
}

impl Kept {
    /// Kept below this data folder.
    pub(crate) fn new(data: Option<&Path>) -> Self {
        Self { folder: data.map(|data| data.join("cache").join("pictures")), one: Mutex::default() }
    }

    fn path(&self, key: &str) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(format!("{key}.jpg")))
    }

    fn find(&self, key: &str) -> Option<Source> {
        let file = File::open(self.path(key)?).ok()?;
        let len = file.metadata().ok()?.len();
        Some(Source::File(Arc::new(file), len))
    }

    /// The picture under this key, made by `make` when it is not there yet; `None` when it need not be small.
    fn get(
        &self,
        key: &str,
        make: impl FnOnce() -> Result<Option<Vec<u8>>, photo::Problem>,
    ) -> Result<Option<Source>, photo::Problem> {
        if let Some(source) = self.find(key) {
            return Ok(Some(source));
        }
        let _one = self.one.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = self.find(key) {
            return Ok(Some(source));
        }
        let Some(bytes) = make()? else { return Ok(None) };
        // A full or sick card: the picture can be seen all the same.
        if let Err(error) = self.keep(key, &bytes) {
            tracing::debug!(%error, "a small picture could not be kept in the data folder");
        }
        Ok(Some(Source::Bytes(bytes.into())))
    }

    fn keep(&self, key: &str, bytes: &[u8]) -> io::Result<()> {
        let (Some(folder), Some(path)) = (&self.folder, self.path(key)) else { return Ok(()) };
        fs::create_dir_all(folder)?;
        make_room(folder)?;
        let unfinished = folder.join("unfinished");
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        // A pulled plug must not leave half a picture under a name that is looked for.
        file.sync_data()?;
        fs::rename(unfinished, path)
    }
}

/// Forgets the oldest quarter when there are too many.
fn make_room(folder: &Path) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.filter_map(Result::ok);
    let mut kept = entries
        .filter_map(|entry| {
            let made = entry.metadata().ok()?.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            Some((made, entry.path()))
        })
        .collect::<Vec<_>>();
    if kept.len() < MOST_KEPT {
        return Ok(());
    }
    kept.sort_unstable();
    kept.iter().take(MOST_KEPT / 4).try_for_each(|(_, path)| fs::remove_file(path))
}

/// `/a/<material>/<tag>/chica/<name>`
pub(crate) async fn small(
    app: &App,
    shelf: &Arc<Shelf>,
    (id, tag, name): (&Slug, &str, &str),
    parts: &Parts,
) -> Result<Response<Body>, Error> {
    let material = shelf.catalog.material(id.as_str()).ok_or(Error::NotFound)?;
    let known = material.files.iter().find(|file| file.tag == tag && file.name() == name);
    let known = known.filter(|file| file.dimensions.is_some()).ok_or(Error::NotFound)?.clone();
    let (shelf, kept, media_type) = (Arc::clone(shelf), Arc::clone(&app.pictures), known.media_type.clone());
    let (source, small) = aside(move || {
        let open = || materials::open(&shelf.sources, &known).map_err(|_| Error::NotFound);
        let picture = open()?;
        let made = kept.get(&known.tag, || photo::small(&mut BufReader::new(picture), known.size, SHOWN));
        match made {
            Ok(Some(source)) => Ok((source, true)),
            Err(_) if known.size > MAX_WHOLE => Err(Error::NotFound),
            Ok(None) | Err(_) => Ok((Source::File(Arc::new(open()?), known.size), false)),
        }
    })
    .await?;
    Ok(answer(source, if small { JPEG } else { &media_type }, tag, parts))
}

/// `/a/<material>/<tag>/dentro/<path>`
pub(crate) async fn inside(
    app: &App,
    shelf: &Arc<Shelf>,
    (id, tag, path): (&Slug, &str, &str),
    parts: &Parts,
) -> Result<Response<Body>, Error> {
    let material = shelf.catalog.material(id.as_str()).ok_or(Error::NotFound)?;
    let known = material.of_role(Role::Main).find(|file| file.tag == tag).ok_or(Error::NotFound)?.clone();
    let key = format!("{tag}-{}", digest::short_hash(path.as_bytes()));
    let (shelf, kept, path) = (Arc::clone(shelf), Arc::clone(&app.pictures), path.to_owned());
    let (source, media_type) = aside(move || {
        if let Some(source) = kept.find(&key) {
            return Ok((source, JPEG));
        }
        let (bytes, media_type) = unpack(&shelf, &known, &path)?;
        match kept.get(&key, || photo::small_bytes(&bytes, SHOWN)) {
            Ok(Some(source)) => Ok((source, JPEG)),
            Ok(None) | Err(_) => Ok((Source::Bytes(bytes), media_type)),
        }
    })
    .await?;
    Ok(answer(source, media_type, tag, parts))
}

fn unpack(shelf: &Shelf, file: &MaterialFile, path: &str) -> Result<(Bytes, &'static str), Error> {
    let picture = if file.media_type == FileKind::Epub.media_type() {
        materials::book(&shelf.sources, file).and_then(|mut book| book.image(path))
    } else {
        materials::slide_picture(&shelf.sources, file, path)
    };
    let (bytes, media_type) = picture.map_err(|_| Error::NotFound)?;
    if bytes.len() as u64 > MAX_WHOLE { Err(Error::NotFound) } else { Ok((bytes.into(), media_type)) }
}

fn answer(source: Source, media_type: &str, tag: &str, parts: &Parts) -> Response<Body> {
    let describe = Describe { content_type: media_type, etag: tag, cache: reply::FOREVER, download: None };
    file::reply(&parts.method, &parts.headers, source, &describe)
}
