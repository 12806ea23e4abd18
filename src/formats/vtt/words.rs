//! The text of a cue without its tags, and who speaks.

/// Named characters that subtitles know (W3C `WebVTT`, 4.2.2), and those that editors write besides.
const NAMED: [(&str, &str); 25] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("lrm", "\u{200e}"),
    ("rlm", "\u{200f}"),
    ("aacute", "á"),
    ("eacute", "é"),
    ("iacute", "í"),
    ("oacute", "ó"),
    ("uacute", "ú"),
    ("uuml", "ü"),
    ("ntilde", "ñ"),
    ("Aacute", "Á"),
    ("Eacute", "É"),
    ("Iacute", "Í"),
    ("Oacute", "Ó"),
    ("Uacute", "Ú"),
    ("Ntilde", "Ñ"),
    ("iexcl", "¡"),
    ("iquest", "¿"),
    ("laquo", "«"),
    ("raquo", "»"),
];

/// Plain text, and the first voice named in it.
pub(super) fn plain(text: &str) -> (String, Option<String>) {
    let (mut plain, mut voice) = (String::with_capacity(text.len()), None);
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, marked) = rest.split_at(at);
        plain.push_str(before);
        if let Some(tag) = marked.strip_prefix('<') {
            let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
            if voice.is_none() {
                voice = voice_of(tag);
            }
            rest = after;
        } else {
            let (character, after) = entity(marked);
            plain.push_str(&character);
            rest = after;
        }
    }
    plain.push_str(rest);
    (plain, voice)
}

/// The name in `v.loud Roger Bingham`.
fn voice_of(tag: &str) -> Option<String> {
    let rest = tag.strip_prefix('v').filter(|rest| rest.starts_with(['.', ' ', '\t', '\n']))?;
    let (_, name) = rest.split_once([' ', '\t', '\n'])?;
    let (name, _) = plain(&name.replace('<', " "));
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// What stands for the `&` at the beginning, and the text behind.
fn entity(text: &str) -> (String, &str) {
    let rest = text.get(1..).unwrap_or("");
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| (*character).to_owned());
    let character =
        named.or_else(|| number.and_then(char::from_u32).filter(|c| !c.is_control()).map(String::from));
    match (character, after.strip_prefix(';')) {
        (Some(character), Some(after)) => (character, after),
        _ => ("&".to_owned(), rest),
    }
}
