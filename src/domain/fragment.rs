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

    /// Whether it shows a file of the lesson.
    pub fn has_media(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Media(_)))
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
