//! Addresses of the workshop, where teachers make and share materials.

use std::fmt::Write as _;

use super::{NotARoute, Page};
use crate::domain::submission::Genre;

/// A page of the workshop, in whatever language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Workshop {
    /// `/es/taller`: one's own works, and those of colleagues.
    Home,
    /// `/es/taller/nuevo/articulo`: the form of a new work.
    New(Genre),
    /// `/es/taller/revision`: what waits for a coordinator.
    Review,
    /// `/es/taller/12`: a work, with what can be done with it.
    Work(i64),
    /// `/es/taller/12/editar`: its form.
    Edit(i64),
    /// `/es/taller/12/archivo/1`: a file of its newest version, from 1.
    File(i64, usize),
    /// `/es/taller/12/vista/…`: a page of its newest version as everybody would see it.
    Preview(i64, Box<Page>),
}

const GENRES: [(Genre, &str); 5] = [
    (Genre::File, "archivo"),
    (Genre::Article, "articulo"),
    (Genre::Plan, "plan"),
    (Genre::Quiz, "cuestionario"),
    (Genre::Story, "cuento"),
];

impl Workshop {
    /// Reads what follows `taller`.
    pub(super) fn parse(segments: &[&str]) -> Result<Self, NotARoute> {
        let genre = |word: &str| GENRES.iter().find(|(_, known)| *known == word).map(|(genre, _)| *genre);
        Ok(match *segments {
            [] => Self::Home,
            ["revision"] => Self::Review,
            ["nuevo", word] => Self::New(genre(word).ok_or(NotARoute::Unknown)?),
            [number] => Self::Work(id(number)?),
            [number, "editar"] => Self::Edit(id(number)?),
            [number, "archivo", file] => {
                let file = usize::try_from(id(file)?).map_err(|_| NotARoute::Unknown)?;
                Self::File(id(number)?, file)
            }
            [number, "vista", ref rest @ ..] => match Page::parse(rest)? {
                page if page.resource().is_some() => Self::Preview(id(number)?, Box::new(page)),
                _ => return Err(NotARoute::Unknown),
            },
            _ => return Err(NotARoute::Unknown),
        })
    }

    pub(super) fn write(&self, out: &mut String) {
        out.push_str("taller");
        let _ = match self {
            Self::Home => Ok(()),
            Self::Review => write!(out, "/revision"),
            Self::New(genre) => {
                let word = GENRES.iter().find(|(known, _)| known == genre).map_or("", |(_, word)| word);
                write!(out, "/nuevo/{word}")
            }
            Self::Work(number) => write!(out, "/{number}"),
            Self::Edit(number) => write!(out, "/{number}/editar"),
            Self::File(number, file) => write!(out, "/{number}/archivo/{file}"),
            Self::Preview(number, page) => {
                let written = write!(out, "/{number}/vista/");
                page.write(out);
                written
            }
        };
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Home => "workshop",
            Self::New(_) => "new-work",
            Self::Review => "review",
            Self::Work(_) => "work",
            Self::Edit(_) => "edit",
            Self::File(..) => "work-file",
            Self::Preview(..) => "preview",
        }
    }
}

/// A number as we write it: no sign, no zero before it.
fn id(text: &str) -> Result<i64, NotARoute> {
    let shape =
        (1..=12).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if shape { text.parse().map_err(|_| NotARoute::Unknown) } else { Err(NotARoute::Unknown) }
}
