//! Books and bundles made of finished pages: EPUB for readers of books, a folder with Sugar's `library.info` for the
//! library of an XO. How pages, pictures and the table of contents are packed; what a page says is its maker's work.
//!
//! The same content gives the same bytes: no clock, one order, one date in the archive. Links between the files are
//! the maker's, relative; nothing here adds another.

mod epub;
pub(super) mod ncx;
mod sugar;
mod xhtml;

use std::io::{self, Read, Seek, Write};

use jiff::civil::Date;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// What the archive is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// EPUB 3.2 that readers of EPUB 2 open too: it has an NCX.
    Epub,
    /// One folder with `library/library.info` and `index.html`, where reading begins: a content bundle of
    /// Sugar, and for everybody else a folder to unpack and open.
    Folder,
}

impl Shape {
    /// What ends the names of pages, with the dot: `.xhtml` is what EPUB asks for, `.html` what every browser opens.
    pub fn page_ending(self) -> &'static str {
        match self {
            Self::Epub => ".xhtml",
            Self::Folder => ".html",
        }
    }
}

/// What is told of a book.
#[derive(Debug, Clone)]
pub struct About {
    /// Its name in identifiers and of the folder: a slug.
    pub name: String,
    /// Language tag and title, at least one; the first is the main one.
    pub titles: Vec<(String, String)>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// A sentence or two, plain text.
    pub description: String,
    /// The licence's name.
    pub licence: String,
    /// Day of the last change to any of its content.
    pub modified: Date,
}

impl About {
    fn title(&self) -> &str {
        self.titles.first().map_or("", |(_, title)| title)
    }

    fn lang(&self) -> &str {
        self.titles.first().map_or("und", |(lang, _)| lang)
    }

    /// The same for the same name, always.
    fn identifier(&self) -> String {
        format!("urn:amauta:{}", self.name)
    }
}

/// A page's place in the table of contents, which is also the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Path of the page in the book.
    pub path: String,
    /// Title, plain text.
    pub title: String,
    /// Language tag of the title.
    pub lang: String,
    /// 0 for what stands outermost; at most one more than that of the leaf before.
    pub depth: usize,
}

/// Where an archive is written to. It is no longer than a few MB, and read by nobody before it is finished.
pub trait Sink: Write + Seek {}

impl<W: Write + Seek> Sink for W {}

struct File {
    path: String,
    media_type: &'static str,
    cover: bool,
}

/// An archive being written, file by file.
pub struct Packer<'w> {
    zip: ZipWriter<&'w mut dyn Sink>,
    shape: Shape,
    about: About,
    files: Vec<File>,
}

impl std::fmt::Debug for Packer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packer").field("shape", &self.shape).field("files", &self.files.len()).finish()
    }
}

impl<'w> Packer<'w> {
    /// Begins an archive.
    ///
    /// # Errors
    /// The sink fails.
    pub fn new(sink: &'w mut dyn Sink, shape: Shape, about: About) -> io::Result<Self> {
        let mut packer = Self { zip: ZipWriter::new(sink), shape, about, files: Vec::new() };
        match shape {
            Shape::Epub => {
                // First and not compressed: so the file tells what it is (OCF 3.2 §4.3).
                packer.entry("mimetype", CompressionMethod::Stored, epub::MEDIA_TYPE.as_bytes())?;
                packer.entry(
                    epub::CONTAINER_PATH,
                    CompressionMethod::Deflated,
                    epub::container().as_bytes(),
                )?;
            }
            Shape::Folder => {
                // Sugar takes the folder of the first entry for the bundle's.
                let info = sugar::library_info(&packer.about);
                packer.own("library/library.info", &info)?;
            }
        }
        Ok(packer)
    }

    /// What the archive is for.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Adds a page of our HTML; it is written as well-formed XHTML. A link to nowhere (an empty `href`) is taken off its
    /// words, a picture from nowhere gives way to its description.
    ///
    /// # Errors
    /// The sink fails.
    pub fn page(&mut self, path: &str, html: &str) -> io::Result<()> {
        self.text(path, "application/xhtml+xml", &xhtml::well_formed(html))
    }

    /// Adds a style sheet.
    ///
    /// # Errors
    /// The sink fails.
    pub fn style(&mut self, path: &str, css: &str) -> io::Result<()> {
        self.text(path, "text/css", css)
    }

    /// Adds a PNG, JPEG or GIF picture; `cover` tells whether it is the book's face.
    ///
    /// # Errors
    /// The sink fails.
    pub fn picture(
        &mut self,
        path: &str,
        media_type: &'static str,
        cover: bool,
        mut bytes: &mut dyn Read,
    ) -> io::Result<()> {
        // It is compressed already.
        let inside = self.inside(path);
        self.start(&inside, CompressionMethod::Stored)?;
        io::copy(&mut bytes, &mut self.zip)?;
        self.files.push(File { path: path.to_owned(), media_type, cover });
        Ok(())
    }

    /// Writes what holds the pages together and closes the archive. Every page that was added stands among the leaves.
    ///
    /// # Errors
    /// The sink fails.
    pub fn finish(mut self, leaves: &[Leaf]) -> io::Result<()> {
        if self.shape == Shape::Epub {
            let nav = xhtml::well_formed(&epub::nav(&self.about, leaves));
            self.own(epub::NAV, &nav)?;
            let points = leaves.iter().map(|leaf| (leaf.depth, leaf.title.as_str(), leaf.path.as_str()));
            let points = points.collect::<Vec<_>>();
            let ncx = ncx::ncx(&self.about.identifier(), self.about.title(), &points);
            self.own(epub::NCX, &ncx)?;
            let package = epub::package(&self.about, leaves, &self.files);
            self.own(epub::PACKAGE, &package)?;
        }
        self.zip.finish()?.flush()
    }

    fn text(&mut self, path: &str, media_type: &'static str, text: &str) -> io::Result<()> {
        self.own(path, text)?;
        self.files.push(File { path: path.to_owned(), media_type, cover: false });
        Ok(())
    }

    /// A file that is no part of the content.
    fn own(&mut self, path: &str, text: &str) -> io::Result<()> {
        let inside = self.inside(path);
        self.entry(&inside, CompressionMethod::Deflated, text.as_bytes())
    }

    fn inside(&self, path: &str) -> String {
        match self.shape {
            Shape::Epub => format!("{}/{path}", epub::FOLDER),
            Shape::Folder => format!("{}/{path}", self.about.name),
        }
    }

    fn entry(&mut self, name: &str, method: CompressionMethod, bytes: &[u8]) -> io::Result<()> {
        self.start(name, method)?;
        self.zip.write_all(bytes)
    }

    fn start(&mut self, name: &str, method: CompressionMethod) -> io::Result<()> {
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        Ok(self.zip.start_file(name, options.compression_method(method))?)
    }
}
