//! Writing [`Fragment`]s: escaping, holes, and the little HTML that GIFT texts may hold.

use crate::domain::fragment::{self, Fragment, Piece};

/// A fragment being written.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pieces: Vec<Piece>,
    html: String,
}

impl Builder {
    /// Adds finished HTML.
    pub(super) fn html(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        fragment::escape_into(text, &mut self.html);
    }

    /// Adds running text. A dash stays in the line of the word it stands at, or of the word before it when it stands
    /// alone: browsers may break a line on either side of one.
    pub(super) fn words(&mut self, text: &str) {
        let is_dash = |c| matches!(c, '–' | '—');
        if !text.contains(is_dash) {
            return self.text(text);
        }
        for (index, word) in text.split(' ').enumerate() {
            let alone = !word.is_empty() && word.chars().all(is_dash);
            if index > 0 {
                self.html.push(if alone { '\u{a0}' } else { ' ' });
            }
            if alone || !word.contains(is_dash) {
                self.text(word);
            } else {
                self.html("<span class=\"nb\">");
                self.text(word);
                self.html("</span>");
            }
        }
    }

    /// Adds a hole.
    pub(super) fn hole(&mut self, hole: Piece) {
        self.flush();
        self.pieces.push(hole);
    }

    /// Whether nothing was written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.html.is_empty()
    }

    /// The fragment.
    pub(super) fn finish(mut self) -> Fragment {
        self.flush();
        self.pieces.shrink_to_fit();
        Fragment { pieces: self.pieces }
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            let mut html = std::mem::take(&mut self.html);
            html.shrink_to_fit();
            self.pieces.push(Piece::Html(html));
        }
    }
}

/// Plain text, its line breaks kept.
pub(super) fn plain(text: &str) -> Fragment {
    let mut out = Builder::default();
    for (index, line) in text.trim().lines().enumerate() {
        if index > 0 {
            out.html("<br>");
        }
        out.words(line.trim());
    }
    out.finish()
}

/// HTML as people write it in GIFT: `b i em strong sub sup` without attributes, `br`, and `p` as a line break (the
/// text stands inside a label). Every other tag is shown as the text it is. What is left open is closed.
pub(super) fn harmless(source: &str) -> Fragment {
    let mut out = Builder::default();
    let mut open: Vec<&'static str> = Vec::new();
    let mut rest = source.trim();
    while let Some(c) = rest.chars().next() {
        if let Some((tag, after)) = tag(rest) {
            rest = after;
            match tag {
                Tag::Open(_) if open.len() >= MOST_OPEN => {}
                Tag::Open(name) => {
                    open.push(name);
                    out.html(&format!("<{name}>"));
                }
                Tag::Close(name) => {
                    // A closing tag closes what was opened inside; one without a partner says nothing.
                    if open.contains(&name) {
                        while let Some(inner) = open.pop() {
                            out.html(&format!("</{inner}>"));
                            if inner == name {
                                break;
                            }
                        }
                    }
                }
                Tag::Break => out.html("<br>"),
                Tag::Paragraph if out.is_empty() => {}
                Tag::Paragraph => out.html("<br><br>"),
                Tag::Nothing => {}
            }
        } else if let Some((character, after)) = entity(rest) {
            out.text(character.encode_utf8(&mut [0; 4]));
            rest = after;
        } else {
            out.text(c.encode_utf8(&mut [0; 4]));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    for name in open.into_iter().rev() {
        out.html(&format!("</{name}>"));
    }
    out.finish()
}

/// Longest inside of a tag that is looked at, in bytes.
const LONGEST_TAG: usize = 10;

/// Most tags open at once. Nobody writes so many by hand, and browsers drown in thousands.
const MOST_OPEN: usize = 16;

enum Tag {
    Open(&'static str),
    Close(&'static str),
    Break,
    Paragraph,
    Nothing,
}

/// The tag a text begins with, when it is one we take, and what follows it.
fn tag(text: &str) -> Option<(Tag, &str)> {
    const TAKEN: [&str; 6] = ["b", "i", "em", "strong", "sub", "sup"];
    let rest = text.strip_prefix('<')?;
    // Our tags are short: looked for further away, the end would be looked for again at every `<` of a long text.
    let end = rest.bytes().take(LONGEST_TAG + 1).position(|b| b == b'>')?;
    let (inside, after) = (rest.get(..end)?, rest.get(end + 1..)?);
    let lower = inside.to_ascii_lowercase();
    let tag = match lower.trim_end_matches('/').trim_end() {
        "br" => Tag::Break,
        "p" => Tag::Paragraph,
        "/p" | "" if lower.contains('p') => Tag::Nothing,
        name => {
            let (name, closing) = name.strip_prefix('/').map_or((name, false), |name| (name, true));
            let known = TAKEN.into_iter().find(|taken| *taken == name)?;
            if closing { Tag::Close(known) } else { Tag::Open(known) }
        }
    };
    Some((tag, after))
}

/// The character entity a text begins with, and what follows it.
fn entity(text: &str) -> Option<(char, &str)> {
    const NAMED: [(&str, char); 23] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("nbsp", '\u{a0}'),
        ("iquest", '¿'),
        ("iexcl", '¡'),
        ("aacute", 'á'),
        ("eacute", 'é'),
        ("iacute", 'í'),
        ("oacute", 'ó'),
        ("uacute", 'ú'),
        ("Aacute", 'Á'),
        ("Eacute", 'É'),
        ("Iacute", 'Í'),
        ("Oacute", 'Ó'),
        ("Uacute", 'Ú'),
        ("ntilde", 'ñ'),
        ("Ntilde", 'Ñ'),
        ("uuml", 'ü'),
        ("Uuml", 'Ü'),
        ("laquo", '«'),
        ("raquo", '»'),
    ];
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(9).position(|b| b == b';')?;
    let (name, after) = (rest.get(..end)?, rest.get(end + 1..)?);
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let code = hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16));
            char::from_u32(code.ok()?)?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((character, after))
}

#[cfg(test)]
mod tests {
    use super::{harmless, plain};

    fn html(source: &str) -> String {
        harmless(source).fill(|_| String::new())
    }

    #[test]
    fn harmless_tags_stay_and_are_closed() {
        assert_eq!(html("<B>uno <i>dos</b> tres"), "<b>uno <i>dos</i></b> tres");
        assert_eq!(html("<p>uno</p><p>dos<br/>tres</p>"), "uno<br><br>dos<br>tres");
        assert_eq!(html("</b>m<sup>2"), "m<sup>2</sup>");
    }

    #[test]
    fn every_other_tag_is_shown_as_text() {
        assert_eq!(html("<script>x</script>"), "&lt;script&gt;x&lt;/script&gt;");
        assert_eq!(html("<b onclick=x>y"), "&lt;b onclick=x&gt;y");
        assert_eq!(html("1 < 2 &amp; 3 &#60; &ntilde; &x;"), "1 &lt; 2 &amp; 3 &lt; ñ &amp;x;");
    }

    #[test]
    fn tags_opened_without_end_do_not_nest_without_end() {
        let deep = html(&"<b>".repeat(1000));
        assert_eq!(deep, format!("{}{}", "<b>".repeat(16), "</b>".repeat(16)));
        assert_eq!(html("<p>uno</p>dos<"), "unodos&lt;");
    }

    #[test]
    fn a_text_full_of_signs_costs_no_more_than_its_length() {
        let clock = crate::clock::Clock::system();
        let begun = clock.instant();
        assert_eq!(html(&"<".repeat(500_000)).len(), 4 * 500_000);
        assert!(html(&("<b>".repeat(80_000) + &"</i>".repeat(60_000))).len() < 200);
        // Looking to the end at every sign took a minute in a debug build.
        assert!(clock.instant().duration_since(begun).as_secs() < 5);
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        assert_eq!(plain(" a<b>\nc\u{0} ").fill(|_| String::new()), "a&lt;b&gt;<br>c");
        assert_eq!(plain("a — b\n—c").fill(|_| String::new()), "a\u{a0}— b<br><span class=\"nb\">—c</span>");
    }
}
