//! `library/library.info`, which makes a folder a content bundle of Sugar: opened from the Journal it goes into the
//! library, and Browse lists it.
//! Source: what Sugar's toolkit reads (`sugar3.bundle.contentbundle`), from 0.82 to 0.120.

use std::fmt::Write as _;

use super::About;

pub(super) fn library_info(about: &About) -> String {
    let day = about.modified;
    // Old toolkits take whole numbers only, and a bundle replaces one of a lower version.
    let version = format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
    let global_name = format!("pe.amauta.{}", about.name);
    let mut out = "[Library]\n".to_owned();
    for (key, value) in [
        ("name", about.title()),
        ("global_name", &global_name),
        ("bundle_class", &global_name),
        ("library_version", &version),
        ("host_version", "1"),
        ("locale", about.lang()),
        ("l10n", "false"),
        ("category", "books"),
        ("activity_start", "index.html"),
    ] {
        // The reader takes `%` for the beginning of a reference, and a line for a value.
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ").replace('%', "%%");
        let _ = writeln!(out, "{key} = {value}");
    }
    out
}
