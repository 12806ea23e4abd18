//! What stands around the package: `mimetype`, `META-INF/container.xml`, and `META-INF/encryption.xml`, which tells of
//! books that only their seller's program may open.
//! Source: EPUB 3.3, Open Container Format §4.

use crate::domain::finding::Finding;

use super::super::{
    archive::{Archive, shown},
    xml,
};

/// The media type that the file `mimetype` holds.
pub(super) const MEDIA_TYPE: &str = "application/epub+zip";
const CONTAINER: &str = "META-INF/container.xml";
const ENCRYPTION: &str = "META-INF/encryption.xml";
/// Largest of these files, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// Fonts may be disguised by these two ways; the pages carry no fonts.
const FONTS_ONLY: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Judges the container; gives the path of the package document.
pub(super) fn open(archive: &mut Archive, warnings: &mut Vec<Finding>) -> Result<String, Finding> {
    if archive.contains("mimetype") {
        let told = archive.read("mimetype", 1024)?;
        let told = String::from_utf8_lossy(&told);
        let told = told.trim_start_matches('\u{FEFF}').trim();
        if told != MEDIA_TYPE {
            return Err(Finding::error_of_whole("check-epub-other-type").with("type", shown(told)));
        }
    } else {
        warnings.push(Finding::warning_of_whole("check-epub-no-mimetype"));
    }
    if !archive.contains(CONTAINER) {
        return Err(Finding::error_of_whole("check-epub-no-container"));
    }
    not_encrypted(archive)?;
    let bytes = archive.read(CONTAINER, MAX_BYTES)?;
    super::package::package_path(&xml::text(&bytes, CONTAINER)?)
}

fn not_encrypted(archive: &mut Archive) -> Result<(), Finding> {
    if !archive.contains(ENCRYPTION) {
        return Ok(());
    }
    let bytes = archive.read(ENCRYPTION, MAX_BYTES)?;
    let text = xml::text(&bytes, ENCRYPTION)?;
    let tree = xml::tree(&text, ENCRYPTION)?;
    for data in tree.descendants().filter(|node| node.tag_name().name() == "EncryptedData") {
        // The method of the data itself; that of the key stands deeper.
        let mut methods = data.children().filter(|node| node.tag_name().name() == "EncryptionMethod");
        let method = methods.next().and_then(|node| node.attribute("Algorithm"));
        if !method.is_some_and(|method| FONTS_ONLY.contains(&method)) {
            return Err(Finding::error_of_whole("check-epub-protected"));
        }
    }
    Ok(())
}
