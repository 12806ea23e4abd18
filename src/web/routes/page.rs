//! Addresses of pages: what follows the language.

use std::fmt::Write as _;

use http::Method;

use super::{ACT, ANSWER, Account, NotARoute, READ, Workshop, slug};
use crate::domain::{id::Slug, resource::Part};

/// A page, in whatever language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Page {
    /// `/es/`
    Home,
    /// `/es/recursos?nivel=…`
    Catalog,
    /// `/es/niveles/primaria`: the grid of grades and areas.
    Level(Slug),
    /// `/es/docentes`
    Teachers,
    /// `/es/familias`
    Families,
    /// `/es/glosario`
    Glossary,
    /// `/es/ayuda`: the route of help.
    Help,
    /// `/es/acerca`
    About,
    /// `/es/tecnico`: the technician's status page.
    Status,
    /// What people with an account ask for.
    Account(Account),
    /// What teachers make.
    Workshop(Workshop),
    /// `/es/avisar/<id>`: whoever reads says that something is wrong with a resource.
    Report(Slug),
    /// `/es/lecciones/<id>`
    Lesson(Slug),
    /// A part of a lesson that stands on its own: `/es/lecciones/<id>/plan`, `familia`, `sin-conexion`, `fichas`,
    /// `repaso`, `clave`, `forma-a`, `forma-b`, `conteo`.
    Sheet(Slug, Part),
    /// `/es/lecciones/<id>/fuentes`: the sources to compare, by folders.
    Sources(Slug),
    /// `/es/lecciones/<id>/fuentes/<card>`
    Source(Slug, Slug),
    /// `/es/lecciones/<id>/fichas/2`: a further sheet of cards; the first is `fichas` alone.
    CardSheet(Slug, usize),
    /// `/es/lecciones/<id>/3`: a screen, from 1.
    Screen(Slug, usize),
    /// `/es/lecciones/<id>/3/cuento/<passage>`
    Passage(Slug, usize, Slug),
    /// `/es/lecciones/<id>/3/pregunta/2`: question 2 of the quiz, from 1.
    Question(Slug, usize, usize),
    /// `/es/lecciones/<id>/3/resultado`: how the questions of a screen went; only a form leads here.
    Result(Slug, usize),
    /// `/es/lecciones/<id>/3/clasificar/1`: a table of the sorting game, from 1.
    Sorting(Slug, usize, usize),
    /// `/es/lecciones/<id>/repaso/2`: booster question 2, from 1.
    Booster(Slug, usize),
    /// `/es/lecciones/<id>/recuerda`: what to remember.
    Remember(Slug),
    /// `/es/materiales/<id>`
    Material(Slug),
    /// `/es/materiales/<id>/3`: a chapter, a slide, a page of a long text, from 1; `/es/materiales/<id>/3/2` is the second
    /// part of a long chapter.
    MaterialPage(Slug, usize, usize),
}

impl Page {
    pub(super) fn parse(segments: &[&str]) -> Result<Self, NotARoute> {
        match *segments {
            [] => Ok(Self::Home),
            ["recursos"] => Ok(Self::Catalog),
            ["niveles", level] => Ok(Self::Level(slug(level)?)),
            ["docentes"] => Ok(Self::Teachers),
            ["familias"] => Ok(Self::Families),
            ["glosario"] => Ok(Self::Glossary),
            ["ayuda"] => Ok(Self::Help),
            ["acerca"] => Ok(Self::About),
            ["tecnico"] => Ok(Self::Status),
            ["materiales", id] => Ok(Self::Material(slug(id)?)),
            ["materiales", id, number] => Ok(Self::MaterialPage(slug(id)?, ordinal(number)?, 1)),
            ["materiales", id, number, part] => match ordinal(part)? {
                // The first part has the short address.
                1 => Err(NotARoute::Unknown),
                part => Ok(Self::MaterialPage(slug(id)?, ordinal(number)?, part)),
            },
            ["taller", ref rest @ ..] => Workshop::parse(rest).map(Self::Workshop),
            ["avisar", id] => Ok(Self::Report(slug(id)?)),
            ["lecciones", lesson, ref rest @ ..] => Self::parse_lesson(slug(lesson)?, rest),
            ref words => Account::parse(words).map(Self::Account).ok_or(NotARoute::Unknown),
        }
    }

    fn parse_lesson(lesson: Slug, segments: &[&str]) -> Result<Self, NotARoute> {
        Ok(match *segments {
            [] => Self::Lesson(lesson),
            ["recuerda"] => Self::Remember(lesson),
            ["fuentes"] => Self::Sources(lesson),
            ["fuentes", card] => Self::Source(lesson, slug(card)?),
            ["fichas", number] => Self::CardSheet(lesson, ordinal(number)?),
            ["repaso", question] => Self::Booster(lesson, ordinal(question)?),
            [word] => match sheet(word) {
                Some(part) => Self::Sheet(lesson, part),
                None => Self::Screen(lesson, ordinal(word)?),
            },
            [screen, "cuento", passage] => Self::Passage(lesson, ordinal(screen)?, slug(passage)?),
            [screen, "pregunta", question] => Self::Question(lesson, ordinal(screen)?, ordinal(question)?),
            [screen, "clasificar", table] => Self::Sorting(lesson, ordinal(screen)?, ordinal(table)?),
            [screen, "resultado"] => Self::Result(lesson, ordinal(screen)?),
            _ => return Err(NotARoute::Unknown),
        })
    }

    pub(super) fn write(&self, out: &mut String) {
        let _ = match self {
            Self::Home => Ok(()),
            Self::Catalog => write!(out, "recursos"),
            Self::Level(level) => write!(out, "niveles/{level}"),
            Self::Teachers => write!(out, "docentes"),
            Self::Families => write!(out, "familias"),
            Self::Glossary => write!(out, "glosario"),
            Self::Help => write!(out, "ayuda"),
            Self::About => write!(out, "acerca"),
            Self::Status => write!(out, "tecnico"),
            Self::Account(account) => write!(out, "{}", account.words()),
            Self::Workshop(workshop) => {
                workshop.write(out);
                Ok(())
            }
            Self::Report(id) => write!(out, "avisar/{id}"),
            Self::Lesson(lesson) | Self::Sheet(lesson, Part::Lesson) => write!(out, "lecciones/{lesson}"),
            Self::Sheet(lesson, part) => write!(out, "lecciones/{lesson}/{}", sheet_word(*part)),
            Self::CardSheet(lesson, number) => write!(out, "lecciones/{lesson}/fichas/{number}"),
            Self::Screen(lesson, screen) => write!(out, "lecciones/{lesson}/{screen}"),
            Self::Passage(lesson, screen, passage) => {
                write!(out, "lecciones/{lesson}/{screen}/cuento/{passage}")
            }
            Self::Question(lesson, screen, question) => {
                write!(out, "lecciones/{lesson}/{screen}/pregunta/{question}")
            }
            Self::Result(lesson, screen) => write!(out, "lecciones/{lesson}/{screen}/resultado"),
            Self::Sorting(lesson, screen, table) => {
                write!(out, "lecciones/{lesson}/{screen}/clasificar/{table}")
            }
            Self::Booster(lesson, question) => write!(out, "lecciones/{lesson}/repaso/{question}"),
            Self::Remember(lesson) => write!(out, "lecciones/{lesson}/recuerda"),
            Self::Sources(lesson) => write!(out, "lecciones/{lesson}/fuentes"),
            Self::Source(lesson, card) => write!(out, "lecciones/{lesson}/fuentes/{card}"),
            Self::Material(id) => write!(out, "materiales/{id}"),
            Self::MaterialPage(id, number, 1) => write!(out, "materiales/{id}/{number}"),
            Self::MaterialPage(id, number, part) => write!(out, "materiales/{id}/{number}/{part}"),
        };
    }

    /// The methods it answers.
    pub(super) fn methods(&self) -> &'static [Method] {
        match self {
            Self::Account(account) if account.is_act() => ACT,
            Self::Account(Account::Own | Account::People | Account::Backups | Account::Packs)
            | Self::Workshop(Workshop::Home | Workshop::File(..)) => READ,
            Self::Workshop(Workshop::Preview(_, page)) => page.methods(),
            Self::Account(_)
            | Self::Workshop(_)
            | Self::Report(_)
            | Self::Question(..)
            | Self::Result(..)
            | Self::Sorting(..)
            | Self::Booster(..) => ANSWER,
            _ => READ,
        }
    }

    /// The lesson or material it shows.
    pub fn resource(&self) -> Option<&Slug> {
        match self {
            Self::Lesson(id)
            | Self::Sheet(id, _)
            | Self::Sources(id)
            | Self::Source(id, _)
            | Self::CardSheet(id, _)
            | Self::Screen(id, _)
            | Self::Passage(id, ..)
            | Self::Question(id, ..)
            | Self::Result(id, _)
            | Self::Sorting(id, ..)
            | Self::Booster(id, _)
            | Self::Remember(id)
            | Self::Material(id)
            | Self::MaterialPage(id, ..) => Some(id),
            Self::Home
            | Self::Catalog
            | Self::Level(_)
            | Self::Teachers
            | Self::Families
            | Self::Glossary
            | Self::Help
            | Self::About
            | Self::Status
            | Self::Account(_)
            | Self::Workshop(_)
            | Self::Report(_) => None,
        }
    }

    /// A short name for counters and logs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Catalog => "catalog",
            Self::Level(_) => "level",
            Self::Teachers => "teachers",
            Self::Families => "families",
            Self::Glossary => "glossary",
            Self::Help => "help",
            Self::About => "about",
            Self::Status => "status",
            Self::Account(account) => account.name(),
            Self::Workshop(workshop) => workshop.name(),
            Self::Report(_) => "report",
            Self::Lesson(_) => "lesson",
            Self::Sheet(..) | Self::CardSheet(..) => "sheet",
            Self::Screen(..) => "screen",
            Self::Passage(..) => "passage",
            Self::Question(..) => "question",
            Self::Result(..) => "result",
            Self::Sorting(..) => "sorting",
            Self::Booster(..) => "booster",
            Self::Remember(_) => "remember",
            Self::Sources(_) => "sources",
            Self::Source(..) => "source",
            Self::Material(_) => "material",
            Self::MaterialPage(..) => "material-page",
        }
    }
}

/// A number from 1 to 9999, written the one way we write it.
fn ordinal(text: &str) -> Result<usize, NotARoute> {
    let shape =
        (1..=4).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if shape { text.parse().map_err(|_| NotARoute::Unknown) } else { Err(NotARoute::Unknown) }
}

pub(super) const SHEETS: [(Part, &str); 9] = [
    (Part::Plan, "plan"),
    (Part::Family, "familia"),
    (Part::Unplugged, "sin-conexion"),
    (Part::Cards, "fichas"),
    (Part::Boosters, "repaso"),
    (Part::Key, "clave"),
    (Part::FormA, "forma-a"),
    (Part::FormB, "forma-b"),
    (Part::Tally, "conteo"),
];

pub(super) fn sheet(word: &str) -> Option<Part> {
    SHEETS.iter().find(|(_, name)| *name == word).map(|(part, _)| *part)
}

pub(super) fn sheet_word(part: Part) -> &'static str {
    SHEETS.iter().find(|(known, _)| *known == part).map_or("", |(_, word)| word)
}
