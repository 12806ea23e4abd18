//! A material: a resource that is made of files (a book, a poster, a recording …) and described by a sidecar or a list.
//! How it is found in a folder is `content`'s work, where it is kept between starts `store`'s.

use serde::{Deserialize, Serialize};

use crate::domain::{id::Slug, lang::Lang, resource::Meta};

/// A resource made of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// What is known about it.
    pub meta: Meta,
    /// What it is made like, which decides its page.
    pub shape: Shape,
    /// Its files: first those a person opens, best for an old laptop first; then stills and transcripts.
    pub files: Vec<MaterialFile>,
    /// How many pages it has here: chapters of a book, slides, pages of a long text; 0 when it is one page.
    #[serde(default)]
    pub pages: u32,
    /// How many pages it has on paper: of a PDF.
    #[serde(default)]
    pub sheets: u32,
    /// Beginning of its text, for files that are downloaded: what one may expect.
    #[serde(default)]
    pub excerpt: String,
}

/// What a material is made like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// Markdown on one page.
    Text,
    /// Slide after slide, from Markdown or from a presentation file.
    Slides,
    /// An EPUB, read chapter by chapter.
    Book,
    /// A file to download: PDF, ODT, DOCX, RTF, spreadsheets.
    Document,
    /// A picture.
    Picture,
    /// A recording.
    Sound,
    /// A film.
    Film,
}

/// What a file is to its material.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The thing itself; several are the same in other formats, or in other languages.
    Main,
    /// A still picture of a film, a cover.
    Still,
    /// What is said in a recording or a film.
    Transcript,
    /// A picture inside a text.
    Inside,
}

/// A file of a material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialFile {
    /// Path below its source, with `/`.
    pub path: String,
    /// Which of the sources of content it lies in.
    pub source: usize,
    /// What it is to the material.
    pub role: Role,
    /// Language of a file that others stand beside in another language.
    #[serde(default)]
    pub lang: Option<Lang>,
    /// Media type, decided by content.
    pub media_type: String,
    /// Ending that fits the content: `pdf`.
    pub ending: String,
    /// Bytes.
    pub size: u64,
    /// 16 hex digits that change with the file: part of its address.
    pub tag: String,
    /// Length of recordings and films, in seconds.
    #[serde(default)]
    pub seconds: Option<u32>,
    /// Width and height in pixels, of pictures.
    #[serde(default)]
    pub dimensions: Option<(u32, u32)>,
}

impl Material {
    /// Its name in an address.
    pub fn id(&self) -> &Slug {
        &self.meta.id
    }

    /// Its files of one role.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = &MaterialFile> {
        self.files.iter().filter(move |file| file.role == role)
    }

    /// The file a person opens, best in this language.
    pub fn main(&self, lang: Lang) -> Option<&MaterialFile> {
        let mains = || self.of_role(Role::Main);
        mains().find(|file| file.lang == Some(lang)).or_else(|| mains().next())
    }

    /// Languages it exists in.
    pub fn langs(&self) -> impl Iterator<Item = Lang> {
        self.meta.translation.0.keys().copied()
    }
}

impl MaterialFile {
    /// The name under which it is saved: its own, cut to what every system takes.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}
