//! What stands around every page: menu, language switch, help, footer.

use serde::Serialize;

/// An address with the words that lead to it.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What the reader sees.
    pub label: String,
}

/// The same page in a language.
#[derive(Debug, Clone, Serialize)]
pub struct LangLink {
    /// Language tag.
    pub tag: String,
    /// The language's name for itself.
    pub name: String,
    /// Where the page is in that language.
    pub href: String,
    /// Whether it is the language being read.
    pub current: bool,
}

/// Which entry of the menu a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// The first page.
    Home,
    /// Catalogue and lessons.
    Catalog,
    /// The teachers' corner.
    Teachers,
    /// The families' corner.
    Families,
    /// The glossary.
    Glossary,
    /// The route of help.
    Help,
    /// None of them.
    None,
}

/// The menu's addresses.
#[derive(Debug, Clone, Serialize)]
pub struct Menu {
    /// First page.
    pub home: String,
    /// Catalogue.
    pub catalog: String,
    /// Teachers' corner.
    pub teachers: String,
    /// Families' corner.
    pub families: String,
    /// Glossary.
    pub glossary: String,
    /// Route of help.
    pub help: String,
    /// About the portal.
    pub about: String,
    /// Where people with an account sign in.
    pub sign_in: String,
}

/// What stands around every page.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// Language of the page.
    pub lang: String,
    /// Name of the school; empty when none is set.
    pub school: String,
    /// Where the menu leads.
    pub menu: Menu,
    /// Entry of the menu the page belongs to.
    pub section: Section,
    /// The page in each language.
    pub langs: Vec<LangLink>,
    /// Whether texts of this language wait for a native reader.
    pub draft: bool,
    /// How browsers and other programs search here.
    pub opensearch: String,
}
