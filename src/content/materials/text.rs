//! Texts of materials in Markdown: the pages they are read on, and what of them is searched.

use std::collections::BTreeMap;

use crate::{
    content::markdown::{self, Context, Place},
    domain::{fragment::Fragment, lesson::Media, material::Shape},
};

/// Most bytes of Markdown on one page: what an old laptop draws quickly.
const PAGE: usize = 16 * 1024;

/// Most pages of one text.
const MAX_PAGES: usize = 500;

/// A page of a text.
#[derive(Debug, Default)]
pub struct TextPage {
    /// Its heading, plain text; `None` for a page that goes on.
    pub title: Option<String>,
    /// What is on it.
    pub fragment: Fragment,
}

/// The first heading of a text, when it opens with one (`# El zorro`), and the rest.
pub(super) fn heading(source: &str) -> (Option<String>, &str) {
    let body = source.trim_start();
    let Some(line) = body.lines().next().and_then(|line| line.strip_prefix("# ")) else {
        return (None, source);
    };
    let rest = body.split_once('\n').map_or("", |(_, rest)| rest);
    (Some(markdown::plain(line)).filter(|title| !title.is_empty()), rest)
}

/// Cuts a text into the sources of its pages: slides at each `##`, other texts only where a page would grow too long, at
/// headings if there are some.
pub(super) fn pages(source: &str, shape: Shape) -> Vec<String> {
    let (_, body) = heading(source);
    let mut pages: Vec<String> = Vec::new();
    let mut page = String::new();
    let mut fenced = false;
    for line in body.split_inclusive('\n') {
        fenced ^= line.trim_start().starts_with("```");
        let section = !fenced && (line.starts_with("## ") || line.trim_end() == "---");
        let slide = shape == Shape::Slides && section;
        let long = page.len() > PAGE && (section || line.trim().is_empty());
        // A text without a single blank line is cut all the same.
        if (slide || long || page.len() > 2 * PAGE) && !page.trim().is_empty() && pages.len() < MAX_PAGES {
            pages.push(std::mem::take(&mut page));
        }
        if !(slide && line.trim_end() == "---") {
            page.push_str(line);
        }
    }
    if !page.trim().is_empty() || pages.is_empty() {
        pages.push(page);
    }
    pages
}

/// Renders the source of a page. `media` are the pictures beside the file.
pub(super) fn render(page: &str, shape: Shape, media: &BTreeMap<String, Media>) -> TextPage {
    let title = page.trim_start().lines().next().and_then(|line| line.strip_prefix("## "));
    let title = title.filter(|_| shape == Shape::Slides).map(markdown::plain);
    let body = match title {
        Some(_) => page.trim_start().split_once('\n').map_or("", |(_, rest)| rest),
        None => page,
    };
    let rendered = markdown::blocks(body, Place { line: 1, raise: 0 }, Context { media, passages: false });
    TextPage { title, fragment: rendered.fragment }
}

/// The words of a page.
pub(super) fn plain(page: &str, shape: Shape) -> String {
    let TextPage { title, fragment } = render(page, shape, &BTreeMap::new());
    let title = title.map(|title| title + "\n").unwrap_or_default();
    title + &fragment.plain()
}

/// Names of the pictures a text shows.
pub(super) fn pictures(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for after in source.split("](").skip(1) {
        let name = after.split(')').next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
        if !name.contains([':', '#']) && name.contains('.') {
            names.push(name.strip_prefix("media/").unwrap_or(name).to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{PAGE, heading, pages, pictures, plain};
    use crate::domain::material::Shape;

    #[test]
    fn slides_are_cut_at_their_headings_and_other_texts_only_when_long() {
        let text = "# El agua\n\n## Uno\n\nNace.\n\n## Dos\n\nCorre.\n";
        assert_eq!(heading(text).0.as_deref(), Some("El agua"));
        assert_eq!(pages(text, Shape::Slides).len(), 2);
        assert_eq!(pages(text, Shape::Text).len(), 1);
        assert_eq!(plain(&pages(text, Shape::Slides)[1], Shape::Slides), "Dos\nCorre.");
        let long = "Una oración corta.\n\n".repeat(3000);
        let cut = pages(&long, Shape::Text);
        assert!(cut.len() > 2 && cut.iter().all(|page| page.len() < 2 * PAGE), "{}", cut.len());
        assert_eq!(cut.concat(), long);
    }

    #[test]
    fn the_pictures_of_a_text_are_known() {
        assert_eq!(
            pictures("a ![x](puquio.png) [b](http://x.y) ![z](media/b.jpg \"t\")"),
            ["puquio.png", "b.jpg"]
        );
    }
}
