//! Rules for pictures and sounds: words for who cannot see them, weight, sources, and none that nobody shows.

use std::collections::BTreeSet;

use crate::{
    content::{lesson::Draft, markdown::Image, place::Report},
    domain::{finding::Finding, lesson::Media},
};

/// The finding for a picture without the drawing it was made from.
pub(super) const NO_DRAWING: &str = "check-media-no-source";

/// Heaviest picture, in bytes.
const MAX_PICTURE: u64 = 40 * 1024;
/// Widest picture, in pixels.
const MAX_WIDTH: u32 = 800;
/// Heaviest sound, in bytes.
const MAX_SOUND: u64 = 500 * 1024;
/// Heaviest sum of all pictures of a lesson, in bytes: a class of thirty loads them over one old radio.
const MAX_PICTURES: u64 = 600 * 1024;
/// Shortest useful description of a picture, in characters.
const SHORTEST_ALT: usize = 10;

/// Checks the media of a lesson.
pub(super) fn check(draft: &Draft, report: &mut Report) {
    let mut used: BTreeSet<&str> = BTreeSet::from(["cover.png"]);
    for (lang, read) in &draft.langs {
        for (name, notes) in read.all_notes() {
            let file = format!("{}/{lang}/{name}", draft.id);
            for image in &notes.images {
                used.insert(&image.name);
                report.extend(&file, alt(image));
            }
        }
    }
    let file = |name: &str| format!("{}/media/{name}", draft.id);
    let mut weight = 0;
    for (name, media) in &draft.media {
        if media.media_type.starts_with("image/") {
            weight += media.size;
        }
        report.extend(&file(name), weigh(media));
        if name.strip_suffix(".png").is_some_and(|stem| !draft.media_names.contains(&format!("{stem}.svg"))) {
            report.add(&file(name), Finding::error_of_whole(NO_DRAWING));
        }
        if media.dimensions.is_some() && !used.contains(name.as_str()) {
            report.add(&file(name), Finding::warning_of_whole("check-media-unused"));
        }
    }
    for name in &draft.media_names {
        if name.strip_suffix(".svg").is_some_and(|stem| !draft.media_names.contains(&format!("{stem}.png"))) {
            report.add(&file(name), Finding::error_of_whole("check-media-not-drawn"));
        }
    }
    if weight > MAX_PICTURES {
        let finding = Finding::error_of_whole("check-media-total").with("kib", weight.div_ceil(1024));
        report.add(&file(""), finding.with("most", MAX_PICTURES / 1024));
    }
    if draft.meta.is_some() && !draft.media.contains_key("cover.png") {
        report.add(&file("cover.png"), Finding::warning_of_whole("check-media-no-cover"));
    }
}

/// Weight and size of one file.
fn weigh(media: &Media) -> Vec<Finding> {
    let mut found = Vec::new();
    let most = if media.media_type.starts_with("image/") { MAX_PICTURE } else { MAX_SOUND };
    if media.size > most {
        let finding = Finding::error_of_whole("check-media-heavy").with("kib", media.size.div_ceil(1024));
        found.push(finding.with("most", most / 1024));
    }
    if let Some((width, _)) = media.dimensions.filter(|(width, _)| *width > MAX_WIDTH) {
        let finding = Finding::error_of_whole("check-media-wide").with("width", width);
        found.push(finding.with("most", MAX_WIDTH));
    }
    found
}

/// Whether the words for a picture say what is on it. That there are words at all is checked when the text is read.
fn alt(image: &Image) -> Option<Finding> {
    let at = image.position;
    let alt = image.alt.trim();
    let lower = alt.to_lowercase();
    let stem = image.name.rsplit_once('.').map_or(image.name.as_str(), |(stem, _)| stem);
    let is_name = lower == stem.to_lowercase() || lower == image.name.to_lowercase();
    let names_a_file = [".png", ".jpg", ".jpeg", ".gif", ".svg"].iter().any(|end| lower.ends_with(end));
    // In the label of a choice the words beside the picture say the rest.
    let short = !image.in_line && alt.chars().count() < SHORTEST_ALT;
    let poor = !alt.is_empty() && ((is_name && !image.in_line) || names_a_file || short);
    poor.then(|| Finding::error("check-media-poor-alt", at.line, at.column).with("alt", alt))
}
