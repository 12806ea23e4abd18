//! Files of the portal itself: style sheet and pictures, embedded. Their addresses carry one hash over all of them, so
//! that the style sheet can name its pictures relatively.

use std::{borrow::Cow, collections::BTreeMap};

use bytes::Bytes;
use rust_embed::RustEmbed;

use crate::{
    digest::short_hash,
    web::{cache, routes::Route},
};

#[derive(RustEmbed)]
#[folder = "src/web/static/"]
#[exclude = "*.svg"]
#[exclude = "*.md"]
struct Files;

/// A file of the portal.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Content.
    pub bytes: Bytes,
    /// The same compressed, when that is smaller.
    pub gzip: Option<Bytes>,
    /// First 16 hex digits of its SHA-256.
    pub hash: String,
    /// Media type, from the file's ending.
    pub media_type: &'static str,
}

/// All files of the portal, by name.
#[derive(Debug)]
pub struct Assets {
    files: BTreeMap<String, Asset>,
    version: String,
}

impl Assets {
    /// Reads the embedded files.
    pub fn load() -> Self {
        let files = Files::iter().filter_map(|name| Some((name.to_string(), Files::get(&name)?.data)));
        let files = files.map(|(name, data)| {
            let hash = short_hash(&data);
            let compressed = cache::gzip(&data);
            let gzip = (compressed.len() < data.len()).then(|| Bytes::from(compressed));
            let bytes = match data {
                Cow::Borrowed(data) => Bytes::from_static(data),
                Cow::Owned(data) => Bytes::from(data),
            };
            let media_type = media_type(&name);
            // Folders are for those who draw; an address has none.
            let name = name.rsplit('/').next().unwrap_or(&name).to_owned();
            (name, Asset { bytes, gzip, hash, media_type })
        });
        let files = files.collect::<BTreeMap<_, _>>();
        let hashes = files.values().map(|asset| asset.hash.as_str()).collect::<Vec<_>>();
        let version = short_hash(hashes.concat().as_bytes());
        Self { files, version }
    }

    /// A file, when this is the hash of the present version of all files.
    pub fn get(&self, name: &str, version: &str) -> Option<&Asset> {
        self.files.get(name).filter(|_| version == self.version)
    }

    /// A file by its name alone.
    pub fn named(&self, name: &str) -> Option<&Asset> {
        self.files.get(name)
    }

    /// The address of each file, for templates.
    pub fn addresses(&self) -> BTreeMap<String, String> {
        let path = |name: &String| Route::Asset { hash: self.version.clone(), name: name.clone() }.path();
        self.files.keys().map(|name| (name.clone(), path(name))).collect()
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("png") => "image/png",
        Some("gif") => "image/gif",
        Some("ico") => "image/x-icon",
        _ => "application/octet-stream",
    }
}
