//! A piece of finished, safe HTML with holes where an address belongs.
//!
//! Addresses are known to `web` alone, so content renders its Markdown once into this, and `web` fills the holes
//! for the page at hand. The HTML parts come from our own Markdown reader and are safe to show as they are.

use crate::domain::id::Slug;

/// HTML with holes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// The parts, in order.
    pub pieces: Vec<Piece>,
}

/// One part of a [`Fragment`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Finished HTML.
    Html(String),
    /// The address of a passage of the story the fragment belongs to.
    Passage(Slug),
    /// The address of a file in the lesson's `media/` folder, by its name there.
    Media(String),
    /// The address of another resource, by its id (`[texto](recurso:mi-frase-clave)`).
    Resource(Slug),
    /// The address of a card of a source pack, by its id (`[texto](fuente:acta-puente)`).
    Source(Slug),
}

impl Fragment {
    /// A fragment without holes.
    pub fn html(html: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Html(html.into())] }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Html(html) if html.trim().is_empty()))
    }

    /// The files of the lesson that it shows, by name, each as often as it is shown.
    pub fn media(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Media(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Whether it shows a file of the lesson.
    pub fn has_media(&self) -> bool {
        self.media().next().is_some()
    }

    /// Fills the holes. `address` writes the address of a hole, already escaped for an HTML attribute.
    pub fn fill(&self, mut address: impl FnMut(&Piece) -> String) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Html(html) => out.push_str(html),
                hole => out.push_str(&address(hole)),
            }
        }
        out
    }

    /// The words alone, as a person reads them: one line for each paragraph, heading, item and cell.
    pub fn plain(&self) -> String {
        let mut html = String::new();
        for piece in &self.pieces {
            if let Piece::Html(part) = piece {
                html.push_str(part);
            }
        }
        plain_text(&html)
    }
}

/// Elements that stand inside a line; the end of any other ends the line.
const INLINE: [&str; 14] =
    ["a", "abbr", "b", "cite", "code", "em", "i", "img", "q", "span", "strong", "sub", "sup", "u"];

/// Our own HTML without its tags. References are those that [`escape`] and the Markdown reader write, and numbers.
fn plain_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        add_text(&rest[..at], &mut out);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('&') {
            let reference = after.split_once(';').and_then(|(name, after)| Some((referred(name)?, after)));
            // No reference we write is an ampersand that was left alone.
            let (c, after) = reference.unwrap_or(('&', after));
            out.push(c);
            rest = after;
            continue;
        }
        let Some((tag, after)) = rest[1..].split_once('>') else { break };
        let name = tag.trim_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if !INLINE.contains(&name) && !out.is_empty() && !out.ends_with('\n') {
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        rest = after;
    }
    add_text(rest, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Adds a text with its white space joined.
fn add_text(text: &str, out: &mut String) {
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

/// The sign a reference between `&` and `;` stands for.
fn referred(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "shy" => '\u{AD}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// Adds text as it may stand in HTML and in a quoted attribute. Control characters, which HTML forbids, are dropped.
pub fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

/// Text as it may stand in HTML and in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::{Fragment, Piece};

    #[test]
    fn the_words_of_a_fragment_stand_one_line_a_paragraph() {
        let pieces = vec![
            Piece::Html("<h2>Mi <em>clave</em></h2>\n<p>Uno &amp; dos, <a href=\"".to_owned()),
            Piece::Media("foto.png".to_owned()),
            Piece::Html(
                "\">tres</a>.<br>\nNo &lt;b&gt; &#39;x&#x27; AT&T</p><ul><li>a</li><li>b</li></ul>"
                    .to_owned(),
            ),
        ];
        assert_eq!(Fragment { pieces }.plain(), "Mi clave\nUno & dos, tres.\nNo <b> 'x' AT&T\na\nb");
    }

    #[test]
    fn a_fragment_cut_off_is_no_panic() {
        for html in ["<p", "a & b", "&#xFFFFFFFF;", "<", "&", "<<>>", "&;é<é>"] {
            let _ = Fragment::html(html).plain();
        }
    }
}
