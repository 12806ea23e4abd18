//! What the Markdown of authors becomes.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Context, Place, Rendered, blocks, inline, plain};
use crate::domain::{
    fragment::Piece,
    lesson::{Media, Term},
};

fn media() -> BTreeMap<String, Media> {
    let picture = |width, height| Media {
        media_type: "image/png",
        size: 1,
        hash: String::new(),
        dimensions: Some((width, height)),
    };
    let sound = Media { media_type: "audio/ogg", size: 1, hash: String::new(), dimensions: None };
    BTreeMap::from([
        ("a.png".to_owned(), picture(300, 200)),
        ("wide.png".to_owned(), picture(960, 300)),
        ("s.ogg".to_owned(), sound),
    ])
}

fn filled(rendered: &Rendered) -> String {
    rendered.fragment.fill(|hole| match hole {
        Piece::Html(_) => String::new(),
        Piece::Passage(slug) | Piece::Resource(slug) | Piece::Source(slug) => format!("to:{slug}"),
        Piece::Media(name) => format!("file:{name}"),
    })
}

fn block(text: &str) -> Rendered {
    blocks(text, Place { line: 1, raise: 1 }, Context { media: &media(), passages: false })
}

#[test]
fn a_dash_stays_with_its_word() {
    let html = |text| filled(&block(text));
    assert_eq!(
        html("Llega *ella* —dice—. Sí."),
        "<p>Llega <em>ella</em> <span class=\"nb\">—dice—.</span> Sí.</p>"
    );
    assert_eq!(html("*uno* – dos"), "<p><em>uno</em>\u{a0}– dos</p>");
    assert_eq!(html("Grados 3–6: <"), "<p>Grados <span class=\"nb\">3–6:</span> &lt;</p>");
    assert_eq!(html("| a |\n|---|\n| — |").matches("<td>—</td>").count(), 1);
    assert_eq!(html("`a —b`"), "<p><code>a —b</code></p>");
    let alt = "![Ella —la tía— ríe](a.png)";
    assert!(html(alt).contains("alt=\"Ella —la tía— ríe\""), "{}", html(alt));
    assert_eq!(block("Llega —dice— ya – hoy").fragment.plain(), "Llega —dice— ya – hoy");
}

fn line(text: &str) -> String {
    filled(&inline(text, 1, Context { media: &media(), passages: true }))
}

fn found(text: &str) -> Vec<(&'static str, u32, u32)> {
    let place = |at: Option<crate::domain::finding::Position>| at.map_or((0, 0), |at| (at.line, at.column));
    block(text).findings.iter().map(|f| (f.id, place(f.position).0, place(f.position).1)).collect()
}

#[test]
fn headings_rise_by_one_below_a_screen() {
    assert_eq!(filled(&block("### Uno\n\n#### Dos")), "<h2>Uno</h2><h3>Dos</h3>");
    assert_eq!(found("### a\n\n##### b"), [("check-md-heading-skips", 3, 1)]);
    assert_eq!(found("# a"), [("check-md-heading-too-high", 1, 1)]);
}

#[test]
fn tables_and_lists_are_valid_html_4() {
    let table = "| a | b |\n|---|--:|\n| c | d |";
    assert_eq!(
        filled(&block(table)),
        "<table class=\"table\"><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
    );
    assert_eq!(filled(&block("3. a\n4. b")), "<ol start=\"3\"><li>a</li><li>b</li></ol>");
}

#[test]
fn html_is_shown_as_text_and_reported() {
    let rendered = block("uno <b>dos</b>\n\n<script>alert(1)</script>");
    assert!(!filled(&rendered).contains("<script"), "{}", filled(&rendered));
    assert_eq!(found("a\n\nuno <b>dos"), [("check-md-html", 3, 5)]);
    assert_eq!(filled(&block("1 < 2 & 3 \"x\"")), "<p>1 &lt; 2 &amp; 3 &quot;x&quot;</p>");
}

#[test]
fn only_links_inside_the_portal_are_made() {
    assert_eq!(filled(&block("[ir](recurso:mi-frase)")), "<p><a href=\"to:mi-frase\">ir</a></p>");
    for bad in [
        "[x](http://a.example)",
        "<http://a.example>",
        "[x](javascript:a)",
        "[x](/es)",
        "[x](pasaje:p)",
        "[x](recurso:../p)",
    ] {
        assert_eq!(found(bad).first().map(|f| f.0), Some("check-md-link"), "{bad}");
        assert!(!filled(&block(bad)).contains("href"), "{bad}");
    }
    assert_eq!(line("[x](pasaje:p)"), "<a href=\"to:p\">x</a>");
}

#[test]
fn pictures_have_their_size_and_words() {
    assert_eq!(
        filled(&block("![Una \"casa\"](a.png)")),
        "<p><img src=\"file:a.png\" width=\"300\" height=\"200\" alt=\"Una &quot;casa&quot;\"></p>"
    );
    assert!(filled(&block("![Un cerro](wide.png)")).contains("width=\"480\" height=\"150\""));
    assert_eq!(found("![](a.png)"), [("check-md-image-no-alt", 1, 1)]);
    assert_eq!(found("a\nb ![x](no.png)"), [("check-md-image-missing", 2, 3)]);
    assert_eq!(found("![x](s.ogg)"), [("check-md-image-not-picture", 1, 1)]);
}

#[test]
fn words_explained_in_brackets_are_terms() {
    let terms =
        block("Una **clave** (palabra *secreta* (tuya)) y **no** es (esto).\n\n**fin**\n\n(no)").notes.terms;
    let expected = Term { word: "clave".to_owned(), meaning: "palabra secreta (tuya)".to_owned() };
    assert_eq!(terms, [expected]);
}

#[test]
fn lines_hold_no_block_elements() {
    assert_eq!(line("uno\n\ndos **tres**"), "uno<br><br>dos <strong>tres</strong>");
    assert_eq!(line("2020. Fue así"), "2020. Fue así");
    assert_eq!(line("- a\n- b"), "– a<br>– b");
    assert_eq!(line("> # a\n\n| x |\n|---|\n| y |"), "a<br><br> x<br> y");
    assert_eq!(line("    no es código"), "no es código");
}

#[test]
fn nesting_is_bounded_and_its_text_stays() {
    let deep = format!("{} hondo", ">".repeat(400));
    let rendered = block(&deep);
    assert!(filled(&rendered).contains("hondo"));
    assert!(filled(&rendered).matches("<blockquote>").count() <= 12);
    assert_eq!(rendered.findings.len(), 1);
    for start in 0..14 {
        let quotes = "> ".repeat(start);
        let list = filled(&block(&format!("{quotes}- uno\n{quotes}- dos")));
        assert_eq!(list.matches("<ul>").count(), list.matches("<ul><li>").count(), "{list}");
        assert!(!list.contains("unodos"), "{list}");
        let table = filled(&block(&format!("{quotes}| a | b |\n{quotes}|---|---|\n{quotes}| c | d |")));
        assert_eq!(
            table.matches("<table class=").count(),
            table.matches("<table class=\"table\"><tr><th>").count(),
            "{table}"
        );
    }
}

#[test]
fn stretches_of_text_know_their_line() {
    let units = block("Uno\ndos.\n\n- tres\n- *cuatro* cinco").notes.units;
    let lines: Vec<_> = units.iter().map(|unit| (unit.line, unit.text.as_str())).collect();
    assert_eq!(lines, [(1, "Uno dos."), (4, "tres"), (5, "cuatro cinco")]);
}

#[test]
fn a_title_is_plain_text() {
    assert_eq!(plain("¿**Quién** lo `dice`?"), "¿Quién lo dice?");
}

/// Whether every tag is one we write, and is closed in order.
fn balanced(html: &str) -> bool {
    const TAGS: [&str; 24] = [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "table",
        "tr",
        "th",
        "td",
        "a",
        "b",
        "i",
        "span",
        "sub",
        "sup",
    ];
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let Some((tag, text)) = tag.split_once('>') else { return false };
        if text.contains('>') {
            return false;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        let fits = match name.strip_prefix('/') {
            Some(name) => open.pop() == Some(name),
            None if ["br", "hr", "img"].contains(&name) => true,
            None => {
                open.push(name);
                TAGS.contains(&name)
            }
        };
        if !fits {
            return false;
        }
    }
    open.is_empty()
}

/// Pieces of Markdown, HTML and mischief, put together at random.
fn mischief() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "hola",
        " ",
        "\n",
        "\n\n",
        "**",
        "*",
        "_",
        "`",
        "```\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "### ",
        "#",
        "| a | b |\n|---|---|\n",
        "| c |",
        "[",
        "]",
        "(",
        ")",
        "](recurso:mi-clave)",
        "](javascript:alert(1))",
        "](data:text/html,x)",
        "![x](a.png)",
        "![",
        "<script>",
        "</script>",
        "<b>",
        "<img src=x onerror=y>",
        "<!--",
        "-->",
        "&lt;",
        "&#60;",
        "\\",
        "::quiz",
        "::help",
        "***",
        "---",
        "\u{0}",
        "\u{202e}",
        "<http://a.b>",
        "[a]: http://b\n",
        "\t",
        "~~~",
        " – ",
        "—",
        "ñ",
        "\"",
        "'",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_text_holds_its_html_is_balanced_and_runs_nothing(text in mischief()) {
        let media = media();
        let context = Context { media: &media, passages: true };
        for rendered in [blocks(&text, Place { line: 1, raise: 0 }, context), inline(&text, 1, context)] {
            let html = filled(&rendered);
            prop_assert!(balanced(&html), "{text:?} gave {html:?}");
            let lower = html.to_lowercase();
            prop_assert!(!lower.contains("<script") && !lower.contains("href=\"javascript:"), "{html}");
            prop_assert!(!html.contains('\0'));
        }
        let html = crate::content::html::harmless(&text).fill(|_| String::new());
        prop_assert!(balanced(&html), "{text:?} gave {html:?}");
    }

    #[test]
    fn any_characters_make_balanced_html(text in "\\PC{0,80}") {
        let media = media();
        let context = Context { media: &media, passages: true };
        let html = filled(&blocks(&text, Place { line: 1, raise: 1 }, context));
        prop_assert!(balanced(&html), "{text:?} gave {html:?}");
    }
}
