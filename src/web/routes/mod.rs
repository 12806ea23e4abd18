//! Every address of the portal, on one page. Nothing else writes or reads the text of an address, templates
//! included: they get theirs from [`Route::path`].
//!
//! The language is the first segment, the words are Spanish: pupils and teachers read them.

mod access;
mod account;
mod page;
mod probe;
mod workshop;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

pub use access::Access;
pub use account::Account;
pub use page::Page;
use page::{sheet, sheet_word};
pub use probe::Probe;
pub use workshop::Workshop;

use crate::{
    domain::{
        id::Slug,
        lang::Lang,
        material::{Material, MaterialFile},
        resource::Part,
    },
    search::Facet,
};

/// What an address asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// `/`: the choice of language.
    Root,
    /// `/favicon.ico`, which browsers ask for unbidden.
    Favicon,
    /// `/robots.txt`: nothing here is for robots.
    Robots,
    /// `/healthz`: is the server well.
    Health,
    /// `/metrics`: counters.
    Metrics,
    /// `/generate_204` and its like: does this Wi-Fi lead to the internet.
    Probe(Probe),
    /// `/e/<hash>/<name>`: a file of the portal itself (style sheet, pictures).
    Asset {
        /// Hash of the present version of all these files.
        hash: String,
        /// File name.
        name: String,
    },
    /// `/m/<lesson>/<hash>/<name>`: a file of a lesson.
    Media {
        /// The lesson.
        lesson: Slug,
        /// First 16 hex digits of the content's SHA-256.
        hash: String,
        /// File name in the lesson's `media/`.
        name: String,
    },
    /// `/a/<material>/<tag>/<name>`: a file of a material.
    File {
        /// The material.
        id: Slug,
        /// 16 hex digits that change with the file.
        tag: String,
        /// Its name.
        name: String,
    },
    /// `/a/<material>/<tag>/dentro/<path>`: a picture inside a book or a presentation.
    Inside {
        /// The material.
        id: Slug,
        /// 16 hex digits that change with the file.
        tag: String,
        /// Path in the file; one segment of the address.
        path: String,
    },
    /// `/a/<material>/<tag>/chica/<name>`: a picture of a material, made small for a page.
    Small {
        /// The material.
        id: Slug,
        /// 16 hex digits that change with the file.
        tag: String,
        /// Its name.
        name: String,
    },
    /// `/descargas/<id>.<ending>`: a lesson, a collection of lessons, or what describes a lesson, as a file.
    Download {
        /// The lesson or collection.
        id: Slug,
        /// What file.
        format: Format,
    },
    /// `/opds/…` and `/opds/v2/…`: the catalogue for other programs.
    Feed(Opds, Feed),
    /// `/opensearch.xml`: how other programs and browsers search here.
    OpenSearch,
    /// `/<language>/…`: a page.
    Page(Lang, Page),
}

/// A version of the Open Publication Distribution System.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opds {
    /// 1.2, in Atom.
    Atom,
    /// 2.0, in JSON.
    Json,
}

/// A feed of the catalogue; its language stands in the query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Feed {
    /// `/opds`: where the others are.
    Root,
    /// `/opds/niveles`: the lists by the values of a facet.
    Browse(Facet),
    /// `/opds/recursos?nivel=…`: a list, with the filters and the search of the catalogue's page.
    List,
    /// `/opds/recursos/<lesson>` and `/opds/recursos/<lesson>/plan`: one resource.
    Entry(Slug, Part),
}

/// A file that a lesson can be had as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A book to take home.
    Epub,
    /// A bundle for the library of an XO to take home.
    Xol,
    /// The same as a folder to unpack.
    Zip,
    /// Its description in Dublin Core, RDF/XML.
    DublinCore,
    /// Its description in IEEE LOM, XML.
    Lom,
    /// Its description in schema.org's words, JSON-LD.
    JsonLd,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Epub, Self::Xol, Self::Zip, Self::DublinCore, Self::Lom, Self::JsonLd];
    /// Those to take home.
    pub const TAKE_HOME: [Self; 3] = [Self::Epub, Self::Xol, Self::Zip];
    /// Those that describe a lesson to other catalogues.
    pub const DESCRIPTIONS: [Self; 3] = [Self::DublinCore, Self::Lom, Self::JsonLd];

    /// What ends its file name, with the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Epub => ".epub",
            Self::Xol => ".xol",
            Self::Zip => ".zip",
            Self::DublinCore => ".dc.xml",
            Self::Lom => ".lom.xml",
            Self::JsonLd => ".jsonld",
        }
    }
}

/// Why a path is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotARoute {
    /// Well formed, but nothing is there.
    #[error("no such address")]
    Unknown,
    /// Broken percent-encoding, or bytes that are not UTF-8, or NUL.
    #[error("the address is malformed")]
    Malformed,
}

const READ: &[Method] = &[Method::GET, Method::HEAD];
const ANSWER: &[Method] = &[Method::GET, Method::HEAD, Method::POST];
const ACT: &[Method] = &[Method::POST];

/// Characters that stand in a path segment as they are.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Route {
    /// Reads the path of a request (without the query). A missing or superfluous `/` at the end is forgiven: compare
    /// with [`Route::path`] to send the reader to the one right spelling.
    pub fn parse(path: &str) -> Result<Self, NotARoute> {
        let rest = path.strip_prefix('/').ok_or(NotARoute::Malformed)?;
        let segments = rest.split('/').map(decode).collect::<Result<Vec<_>, _>>()?;
        let segments = segments.iter().map(String::as_str).collect::<Vec<_>>();
        match *segments.as_slice() {
            [""] => Ok(Self::Root),
            ["favicon.ico"] => Ok(Self::Favicon),
            ["robots.txt"] => Ok(Self::Robots),
            ["healthz"] => Ok(Self::Health),
            ["metrics"] => Ok(Self::Metrics),
            ["e", hash, name] => Ok(Self::Asset { hash: file_hash(hash)?, name: file_name(name)? }),
            ["m", lesson, hash, name] => {
                Ok(Self::Media { lesson: slug(lesson)?, hash: file_hash(hash)?, name: file_name(name)? })
            }
            ["a", id, tag, name] if !name.contains('/') => {
                Ok(Self::File { id: slug(id)?, tag: file_hash(tag)?, name: name.to_owned() })
            }
            ["a", id, tag, "dentro", path] => {
                Ok(Self::Inside { id: slug(id)?, tag: file_hash(tag)?, path: path.to_owned() })
            }
            ["a", id, tag, "chica", name] if !name.contains('/') => {
                Ok(Self::Small { id: slug(id)?, tag: file_hash(tag)?, name: name.to_owned() })
            }
            ["descargas", name] => download(name),
            ["opensearch.xml"] => Ok(Self::OpenSearch),
            ["opds", "v2", ref feed @ ..] => Ok(Self::Feed(Opds::Json, Feed::parse(feed)?)),
            [first, ref feed @ ..] if before_ampersand(first) == "opds" => {
                Ok(Self::Feed(Opds::Atom, Feed::parse(feed)?))
            }
            [lang, ref page @ ..] => {
                if let Some(probe) = Probe::parse(&segments) {
                    return Ok(Self::Probe(probe));
                }
                let page = page.strip_suffix(&[""]).unwrap_or(page);
                let lang = lang.parse().map_err(|_| NotARoute::Unknown)?;
                Ok(Self::Page(lang, Page::parse(page)?))
            }
            [] => Err(NotARoute::Unknown),
        }
    }

    /// A file of a material.
    pub fn file(material: &Material, file: &MaterialFile) -> Self {
        Self::File { id: material.id().clone(), tag: file.tag.clone(), name: file.name().to_owned() }
    }

    /// The path that leads here, percent-encoded, without host.
    pub fn path(&self) -> String {
        match self {
            Self::Root => "/".to_owned(),
            Self::Favicon => "/favicon.ico".to_owned(),
            Self::Robots => "/robots.txt".to_owned(),
            Self::Health => "/healthz".to_owned(),
            Self::Metrics => "/metrics".to_owned(),
            Self::Probe(probe) => probe.path().to_owned(),
            Self::Asset { hash, name } => format!("/e/{hash}/{}", utf8_percent_encode(name, SEGMENT)),
            Self::Media { lesson, hash, name } => {
                format!("/m/{lesson}/{hash}/{}", utf8_percent_encode(name, SEGMENT))
            }
            Self::File { id, tag, name } => format!("/a/{id}/{tag}/{}", utf8_percent_encode(name, SEGMENT)),
            Self::Inside { id, tag, path } => {
                format!("/a/{id}/{tag}/dentro/{}", utf8_percent_encode(path, SEGMENT))
            }
            Self::Small { id, tag, name } => {
                format!("/a/{id}/{tag}/chica/{}", utf8_percent_encode(name, SEGMENT))
            }
            Self::Download { id, format } => format!("/descargas/{id}{}", format.ending()),
            Self::Feed(Opds::Atom, feed) => format!("/opds{}", feed.path()),
            Self::Feed(Opds::Json, feed) => format!("/opds/v2{}", feed.path()),
            Self::OpenSearch => "/opensearch.xml".to_owned(),
            Self::Page(lang, page) => {
                let mut path = format!("/{lang}/");
                page.write(&mut path);
                path
            }
        }
    }

    /// The methods it answers, as the `Allow` header lists them.
    pub fn methods(&self) -> &'static [Method] {
        match self {
            Self::Page(_, page) => page.methods(),
            _ => READ,
        }
    }

    /// The resource it shows or is a file of.
    pub fn resource(&self) -> Option<&Slug> {
        match self {
            Self::Page(_, page) => page.resource(),
            Self::Media { lesson: id, .. }
            | Self::File { id, .. }
            | Self::Inside { id, .. }
            | Self::Small { id, .. }
            | Self::Download { id, .. }
            | Self::Feed(_, Feed::Entry(id, _)) => Some(id),
            _ => None,
        }
    }

    /// A short name for counters and logs: the shape of the address, without what a person chose.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Favicon => "favicon",
            Self::Robots => "robots",
            Self::Health => "health",
            Self::Metrics => "metrics",
            Self::Probe(_) => "probe",
            Self::Asset { .. } => "asset",
            Self::Media { .. } => "media",
            Self::File { .. } => "file",
            Self::Inside { .. } => "inside",
            Self::Small { .. } => "small",
            Self::Download { .. } => "download",
            Self::Feed(..) => "feed",
            Self::OpenSearch => "opensearch",
            Self::Page(_, page) => page.name(),
        }
    }
}

impl Feed {
    fn parse(segments: &[&str]) -> Result<Self, NotARoute> {
        let mut segments = segments.strip_suffix(&[""]).unwrap_or(segments).to_vec();
        if let Some(last) = segments.last_mut() {
            *last = before_ampersand(last);
        }
        match *segments.as_slice() {
            [] => Ok(Self::Root),
            ["recursos"] => Ok(Self::List),
            ["recursos", lesson] => Ok(Self::Entry(slug(lesson)?, Part::Lesson)),
            ["recursos", lesson, word] => {
                Ok(Self::Entry(slug(lesson)?, sheet(word).ok_or(NotARoute::Unknown)?))
            }
            [word] => {
                let known = BROWSED.iter().find(|(_, name)| *name == word);
                Ok(Self::Browse(known.ok_or(NotARoute::Unknown)?.0))
            }
            _ => Err(NotARoute::Unknown),
        }
    }

    fn path(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Browse(facet) => {
                let word = BROWSED.iter().find(|(known, _)| known == facet).map_or("", |(_, word)| word);
                format!("/{word}")
            }
            Self::List => "/recursos".to_owned(),
            Self::Entry(lesson, Part::Lesson) => format!("/recursos/{lesson}"),
            Self::Entry(lesson, part) => format!("/recursos/{lesson}/{}", sheet_word(*part)),
        }
    }
}

/// The facets that feeds list the values of, in the order a reader sees them.
pub const BROWSED: [(Facet, &str); 5] = [
    (Facet::Level, "niveles"),
    (Facet::Area, "areas"),
    (Facet::Theme, "temas"),
    (Facet::Kind, "clases"),
    (Facet::Language, "idiomas"),
];

/// Get Books adds `&lang=…` to every address of its configuration, also to one without a query.
fn before_ampersand(segment: &str) -> &str {
    segment.split('&').next().unwrap_or_default()
}

fn decode(segment: &str) -> Result<String, NotARoute> {
    let bytes = segment.as_bytes();
    let whole = (0..bytes.len())
        .filter(|at| bytes[*at] == b'%')
        .all(|at| bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)));
    let text = percent_decode_str(segment).decode_utf8().map_err(|_| NotARoute::Malformed)?;
    if whole && !text.contains('\0') { Ok(text.into_owned()) } else { Err(NotARoute::Malformed) }
}

fn download(name: &str) -> Result<Route, NotARoute> {
    let mut known = Format::ALL.into_iter();
    let found = known.find_map(|format| Some((name.strip_suffix(format.ending())?, format)));
    let (id, format) = found.ok_or(NotARoute::Unknown)?;
    Ok(Route::Download { id: slug(id)?, format })
}

fn slug(text: &str) -> Result<Slug, NotARoute> {
    text.parse().map_err(|_| NotARoute::Unknown)
}

fn file_hash(text: &str) -> Result<String, NotARoute> {
    let shape = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if shape { Ok(text.to_owned()) } else { Err(NotARoute::Unknown) }
}

/// A name that can only be a file right inside its folder.
fn file_name(text: &str) -> Result<String, NotARoute> {
    let shape = !text.is_empty()
        && !text.starts_with('.')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    if shape { Ok(text.to_owned()) } else { Err(NotARoute::Unknown) }
}

#[cfg(test)]
mod tests {
    use super::{Account, BROWSED, Feed, Format, NotARoute, Opds, Page, Route, Workshop, page::SHEETS};
    use crate::domain::{id::Slug, lang::Lang, resource::Part, submission::Genre};

    fn slug(text: &str) -> Slug {
        text.parse().expect("a slug")
    }

    #[test]
    fn every_address_leads_back_to_its_route() {
        let lesson = || slug("mi-frase-clave");
        let mut pages = vec![
            Page::Home,
            Page::Catalog,
            Page::Level(slug("primaria")),
            Page::Teachers,
            Page::Families,
            Page::Glossary,
            Page::Help,
            Page::About,
            Page::Status,
            Page::Lesson(lesson()),
            Page::CardSheet(lesson(), 2),
            Page::Screen(lesson(), 3),
            Page::Passage(lesson(), 3, slug("inicio")),
            Page::Question(lesson(), 4, 2),
            Page::Result(lesson(), 4),
            Page::Sorting(lesson(), 2, 1),
            Page::Booster(lesson(), 1),
            Page::Remember(lesson()),
            Page::Sources(lesson()),
            Page::Source(lesson(), slug("acta-puente")),
            Page::Material(lesson()),
            Page::MaterialPage(lesson(), 3, 1),
            Page::MaterialPage(lesson(), 3, 2),
        ];
        pages.extend(Account::ALL.map(Page::Account));
        let seen = |page| Workshop::Preview(7, Box::new(page));
        pages.extend(
            [
                Workshop::Home,
                Workshop::Review,
                Workshop::Work(12),
                Workshop::Edit(12),
                Workshop::File(12, 2),
                seen(Page::Question(lesson(), 1, 2)),
                seen(Page::Material(lesson())),
            ]
            .map(Page::Workshop),
        );
        pages.extend(Genre::ALL.map(|genre| Page::Workshop(Workshop::New(genre))));
        pages.push(Page::Report(lesson()));
        pages.extend(SHEETS.iter().map(|(part, _)| Page::Sheet(lesson(), *part)));
        let mut routes = pages.into_iter().map(|page| Route::Page(Lang::QU, page)).collect::<Vec<_>>();
        let hash = || "0123456789abcdef".to_owned();
        routes.extend([
            Route::Root,
            Route::Favicon,
            Route::Robots,
            Route::Health,
            Route::Metrics,
            Route::Asset { hash: hash(), name: "estilo.css".to_owned() },
            Route::Media { lesson: lesson(), hash: hash(), name: "cover.png".to_owned() },
            Route::File { id: lesson(), tag: hash(), name: "El niño (1).pdf".to_owned() },
            Route::Inside { id: lesson(), tag: hash(), path: "OEBPS/fotos/la cocha.png".to_owned() },
            Route::Small { id: lesson(), tag: hash(), name: "la cocha ñ.jpg".to_owned() },
        ]);
        routes.extend(Format::ALL.map(|format| Route::Download { id: lesson(), format }));
        routes.push(Route::OpenSearch);
        routes.extend(super::Probe::ALL.map(Route::Probe));
        let parts = [Part::Lesson].into_iter().chain(SHEETS.map(|(part, _)| part));
        let feeds = parts.map(|part| Feed::Entry(lesson(), part)).chain([Feed::Root, Feed::List]);
        let feeds = feeds.chain(BROWSED.map(|(facet, _)| Feed::Browse(facet)));
        routes.extend(
            feeds.flat_map(|feed| [Opds::Atom, Opds::Json].map(|version| Route::Feed(version, feed.clone()))),
        );
        for route in routes {
            assert_eq!(Route::parse(&route.path()), Ok(route.clone()), "{}", route.path());
        }
    }

    #[test]
    fn a_slash_at_the_end_is_forgiven() {
        assert_eq!(Route::parse("/es"), Ok(Route::Page(Lang::ES, Page::Home)));
        assert_eq!(Route::parse("/qu/recursos/"), Ok(Route::Page(Lang::QU, Page::Catalog)));
        for path in ["/opds/", "/opds&lang=es", "/opds&lang=es/"] {
            assert_eq!(Route::parse(path), Ok(Route::Feed(Opds::Atom, Feed::Root)), "{path}");
        }
        assert_eq!(Route::parse("/opds/v2/recursos&lang=es"), Ok(Route::Feed(Opds::Json, Feed::List)));
    }

    #[test]
    fn no_address_leads_outside() {
        for path in [
            "/es/lecciones/../x",
            "/es/lecciones/%2e%2e",
            "/m/a/0123456789abcdef/..",
            "/m/a/0123456789abcdef/%2e%2e%2fCargo.toml",
            "/m/a/0123456789abcdef/.env",
            "/e/0123456789abcdef/a%2fb",
            "//es/",
            "/es/lecciones/a/0",
            "/es/lecciones/a/01",
            "/es/lecciones/a/99999",
            "/es/materiales/a/1/1",
            "/a/b/0123456789abcdef/a%2fb",
            "/es//",
            "/es//recursos",
        ] {
            assert_eq!(Route::parse(path), Err(NotARoute::Unknown), "{path}");
        }
        for path in ["/%", "/%zz", "/es/%c3%28", "/es/%00", "x", ""] {
            assert_eq!(Route::parse(path), Err(NotARoute::Malformed), "{path}");
        }
    }
}
