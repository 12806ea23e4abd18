//! Which of the portal's languages a browser wants: `Accept-Language` (RFC 9110 §12.5.4) and our own alias table.
//!
//! Browsers, Windows and the XO laptops announce Quechua by a dozen tags; general libraries match none of them to `qu`.

use crate::domain::lang::Lang;

/// Tags that mean the Southern Quechua of `locales/qu`: CLDR 48 makes `quz` an alias of `qu`; the XO sends `quz`,
/// Windows `quz-PE`, Chanka is `quy`. The others are its southern varieties in Peru and Bolivia.
const SOUTHERN_QUECHUA: &[&str] = &["que", "quz", "quy", "quh", "qul", "qxp", "qve", "qxu"];

/// Other tags of the macrolanguage `que` (ISO 639-3): Ecuadorian, Central and Northern Quechua. Who speaks these reads
/// Spanish more easily than Southern Quechua; a reader may still pick Runasimi by hand.
const OTHER_QUECHUA: &[&str] = &[
    "cqu", "qub", "qud", "quf", "qug", "quk", "qup", "qur", "qus", "quw", "qux", "qva", "qvc", "qvh", "qvi",
    "qvj", "qvl", "qvm", "qvn", "qvo", "qvp", "qvs", "qvw", "qvz", "qwa", "qwc", "qwh", "qws", "qxa", "qxc",
    "qxh", "qxl", "qxn", "qxo", "qxr", "qxt", "qxw",
];

/// Longest header looked at, in bytes, and most tags in it; the rest is ignored.
const MAX_HEADER: usize = 1024;
const MAX_TAGS: usize = 32;

/// The best of `available` for an `Accept-Language` header, `None` when it names none of them (or is `*` or empty).
/// Wishes count by their q-value, equal ones in the order written; `q=0` rules nothing else out.
pub fn from_accept_language(header: Option<&str>, available: &[Lang]) -> Option<Lang> {
    let header = header?;
    let mut end = header.len().min(MAX_HEADER);
    while !header.is_char_boundary(end) {
        end -= 1;
    }
    let mut best: Option<(u16, Lang)> = None;
    for wish in header[..end].split(',').take(MAX_TAGS) {
        let mut parts = wish.split(';');
        let tag = parts.next().unwrap_or("").trim();
        let quality = parts.find_map(quality).unwrap_or(1000);
        let Some(lang) = pick(tag, available) else { continue };
        if quality > 0 && best.is_none_or(|(most, _)| quality > most) {
            best = Some((quality, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// The language a tag means, as the name of its folder: `quz-PE` and `quy` are `qu`, `qwh` and `es-419` are `es`, `ay-BO`
/// is `ay`. `None` for what names no language (`C`, `*`, nothing).
///
/// Also reads the system's form, `quz_PE.UTF-8`.
pub fn canonical(tag: &str) -> Option<Lang> {
    let (primary, region) = subtags(tag)?;
    let primary = primary.as_str();
    if SOUTHERN_QUECHUA.contains(&primary) {
        // The code of Cusco with the country Ecuador is what old Windows calls Kichwa.
        let ecuador = primary == "quz" && region.is_some_and(|region| region.eq_ignore_ascii_case("EC"));
        return Some(if ecuador { Lang::ES } else { Lang::QU });
    }
    match primary {
        other if OTHER_QUECHUA.contains(&other) => Some(Lang::ES),
        "spa" => Some(Lang::ES),
        other => other.parse().ok(),
    }
}

/// The one of `available` that serves a tag: the same tag, else the same language, else what the tag is an alias of. A
/// school that adds `locales/quy` is asked for `quy` before `qu`.
fn pick(tag: &str, available: &[Lang]) -> Option<Lang> {
    let (primary, _) = subtags(tag)?;
    let of = |lang: &&Lang, primary: &str| lang.as_str().split('-').next() == Some(primary);
    let same_tag = available.iter().find(|lang| lang.as_str().eq_ignore_ascii_case(tag));
    let same_language = || available.iter().find(|lang| of(lang, &primary));
    let alias = || canonical(tag).and_then(|wanted| available.iter().find(|lang| of(lang, wanted.as_str())));
    same_tag.or_else(same_language).or_else(alias).copied()
}

/// The language subtag in small letters, and the first subtag of two letters after it.
fn subtags(tag: &str) -> Option<(String, Option<&str>)> {
    let tag = tag.trim().split(['.', '@']).next()?;
    let mut parts = tag.split(['-', '_']);
    let primary = parts.next()?;
    let shape = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    if !shape {
        return None;
    }
    let region = parts.find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    Some((primary.to_ascii_lowercase(), region))
}

/// Reads `q=0.8` as thousandths, what is no quality as 0; `None` for another parameter.
fn quality(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let value = value.trim();
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let shape = fraction.len() <= 3 && fraction.bytes().all(|b| b.is_ascii_digit());
    let thousandths = format!("{fraction:0<3}").parse().unwrap_or(0);
    Some(match (whole, thousandths) {
        _ if !shape => 0,
        ("1", 0) => 1000,
        ("0", thousandths) => thousandths,
        _ => 0,
    })
}
