//! A lesson: its description, and for each language the screens, activities and sheets.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::Deref,
    sync::OnceLock,
};

use crate::domain::{
    fragment::Fragment,
    id::Slug,
    lang::Lang,
    quiz::ShownQuestion,
    resource::{Meta, Part},
    sort::Sort,
    source_pack::SourcePack,
    story::Story,
};

/// A lesson ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// What is known about it.
    pub meta: Meta,
    /// Its texts. Spanish is always there. Every language has the same screens, passages, questions and cards
    /// in the same order, so that a place in one is a place in the other.
    pub texts: Texts,
    /// Files of `media/`, by name.
    pub media: BTreeMap<String, Media>,
    /// Languages whose translation was made from an older Spanish.
    pub outdated: BTreeSet<Lang>,
}

/// The texts of a lesson by language; they may be read only when first asked for, so that a library at rest costs little.
pub struct Texts {
    texts: OnceLock<BTreeMap<Lang, LessonText>>,
    read: Option<Box<dyn Fn() -> BTreeMap<Lang, LessonText> + Send + Sync>>,
}

impl Texts {
    /// Texts that `read` gives when they are first asked for.
    pub fn later(read: impl Fn() -> BTreeMap<Lang, LessonText> + Send + Sync + 'static) -> Self {
        Self { texts: OnceLock::new(), read: Some(Box::new(read)) }
    }

    /// Looks at the texts without keeping them when they were not kept already.
    pub fn look<R>(&self, look: impl FnOnce(&BTreeMap<Lang, LessonText>) -> R) -> R {
        match (self.texts.get(), &self.read) {
            (None, Some(read)) => look(&read()),
            _ => look(self),
        }
    }

    /// The texts, to be changed before they are shown; none while they wait to be read.
    pub fn read_already(&mut self) -> Option<&mut BTreeMap<Lang, LessonText>> {
        self.texts.get_mut()
    }
}

impl From<BTreeMap<Lang, LessonText>> for Texts {
    fn from(texts: BTreeMap<Lang, LessonText>) -> Self {
        Self { texts: OnceLock::from(texts), read: None }
    }
}

impl Deref for Texts {
    type Target = BTreeMap<Lang, LessonText>;

    fn deref(&self) -> &Self::Target {
        self.texts.get_or_init(|| self.read.as_ref().map(|read| read()).unwrap_or_default())
    }
}

impl Clone for Texts {
    fn clone(&self) -> Self {
        Self::from(self.look(BTreeMap::clone))
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.texts.get() {
            Some(texts) => texts.fmt(f),
            None => f.write_str("texts to be read"),
        }
    }
}

/// A lesson in one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LessonText {
    /// The screens, in order.
    pub screens: Vec<Screen>,
    /// Its story or decision game.
    pub story: Option<Story>,
    /// Its questions.
    pub quiz: Vec<ShownQuestion>,
    /// Its sorting game.
    pub sort: Option<Sort>,
    /// Booster questions, each with a category `semana-1`, `semana-3` or `semana-6`.
    pub boosters: Vec<ShownQuestion>,
    /// Its sources to compare.
    pub sources: Option<SourcePack>,
    /// Sheets: the teacher's plan, the family sheet, the unplugged variant, the two forms of a test and its tally.
    pub sheets: BTreeMap<Part, Fragment>,
    /// Cards to print and cut.
    pub cards: Vec<Card>,
    /// Words explained at first use.
    pub terms: Vec<Term>,
}

/// One screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// Its heading, plain text.
    pub title: String,
    /// What is on it, in order.
    pub blocks: Vec<Block>,
}

/// A part of a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Text and pictures.
    Text(Fragment),
    /// `::story`: the story is read here.
    Story,
    /// `::quiz`: questions `from..=to` of the quiz, counted from 1.
    Quiz {
        /// First question, from 1.
        from: usize,
        /// Last question, included.
        to: usize,
    },
    /// `::sort`: the sorting game is played here.
    Sort,
    /// `::cards`: the printable cards are offered here.
    Cards,
    /// `::help`: the lesson's help channels.
    Help,
    /// `::report`: a report to rehearse, which cannot be sent.
    Report,
}

/// A card to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its heading, plain text.
    pub title: String,
    /// The rest.
    pub body: Fragment,
}

/// A word explained at first use: `**word** (explanation)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub word: String,
    /// What it means.
    pub meaning: String,
}

/// A file of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Media type, decided by content: `image/png`.
    pub media_type: &'static str,
    /// Bytes.
    pub size: u64,
    /// First 16 hex digits of its SHA-256: part of its address.
    pub hash: String,
    /// Width and height in pixels, of pictures.
    pub dimensions: Option<(u32, u32)>,
}

impl Lesson {
    /// The text in this language, else in Spanish, with the language it is in; `None` for a lesson without any.
    pub fn text(&self, lang: Lang) -> Option<(Lang, &LessonText)> {
        let found = |lang: Lang| self.texts.get(&lang).map(|text| (lang, text));
        found(lang).or_else(|| found(Lang::ES))
    }

    /// The cards of its source pack; every language has the same.
    pub fn source_cards(&self) -> impl Iterator<Item = &Slug> {
        let sources = self.texts.get(&Lang::ES).and_then(|text| text.sources.as_ref());
        sources.into_iter().flat_map(|sources| &sources.cards).map(|card| &card.id)
    }

    /// Its name in an address.
    pub fn id(&self) -> &Slug {
        &self.meta.id
    }
}
