//! Our own HTML as XHTML that is well-formed for every reader of books.

use super::super::{
    epub::markup::{Token, Tokens, attribute, attributes, decoded},
    xml_writer::escape_into,
};

/// Elements without content.
const VOID: [&str; 6] = ["br", "col", "hr", "img", "link", "meta"];

/// HTML that our templates and readers of lessons made, as XHTML: empty elements closed, references only those of XML,
/// `xml:lang` beside each `lang`. An `a` whose `href` is empty goes and leaves its words; an `img` whose `src` is empty
/// leaves its description.
pub(super) fn well_formed(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    out.push_str("<!DOCTYPE html>\n");
    // Whether the link that is open was written. Links do not nest.
    let mut linked = true;
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => escape_into(&decoded(text), &mut out),
            Token::Verbatim(text) => escape_into(text, &mut out),
            Token::Start { name: "img", attributes, .. } if attribute(attributes, "src") == Some("") => {
                escape_into(&decoded(attribute(attributes, "alt").unwrap_or_default()), &mut out);
            }
            Token::Start { name: "a", attributes, .. } if attribute(attributes, "href") == Some("") => {
                linked = false;
            }
            Token::Start { name, attributes: written, closed } => {
                out.push('<');
                out.push_str(name);
                for (key, value) in attributes(written) {
                    let twin = (key == "lang").then_some("xml:lang");
                    for key in [Some(key), twin].into_iter().flatten() {
                        out.push(' ');
                        out.push_str(key);
                        out.push_str("=\"");
                        escape_into(&decoded(value), &mut out);
                        out.push('"');
                    }
                }
                out.push_str(if closed || VOID.contains(&name) { "/>" } else { ">" });
            }
            Token::End { name: "a" } if !linked => linked = true,
            Token::End { name } => {
                out.push_str("</");
                out.push_str(name);
                out.push('>');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::well_formed;

    #[test]
    fn our_html_becomes_well_formed() {
        let html = "<!DOCTYPE html><p lang=\"qu\">ñ&nbsp;&#x27;&amp;<br>a < b<img src=\"x\" alt=\"\"></p>";
        assert_eq!(
            well_formed(html),
            "<!DOCTYPE html>\n<p lang=\"qu\" xml:lang=\"qu\">ñ\u{A0}'&amp;<br/>a &lt; b<img src=\"x\" alt=\"\"/></p>"
        );
    }

    #[test]
    fn links_and_pictures_that_lead_nowhere_leave_their_words() {
        let html = "<a href=\"\">uno</a> <a href=\"x\">dos</a> <img src=\"\" alt=\"un &amp; zorro\">";
        assert_eq!(well_formed(html), "<!DOCTYPE html>\nuno <a href=\"x\">dos</a> un &amp; zorro");
    }
}
