//! What a school's pages are made of: lessons, words, help channels. Never changed; another load makes another. The texts
//! of the program's own lessons are let go after the load and read again when somebody opens the lesson.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::OnceLock,
};

use crate::{
    content::{alphabet, glance::Glance, lesson::Known, media::MediaFile, source::Source},
    domain::{
        channel::Channel,
        id::Slug,
        lang::Lang,
        lesson::{Lesson, LessonText, Term, Texts},
        resource::{Meta, Part, Resource},
        vocabulary::Vocabulary,
    },
};

/// The name of a lesson's picture in the catalogue.
pub const COVER: &str = "cover.png";

/// Everything that was loaded and can be shown.
#[derive(Debug, Default)]
pub struct Library {
    /// In programme order.
    lessons: Vec<Stored>,
    index: BTreeMap<Slug, usize>,
    /// For each card of a source pack: the first lesson that has it.
    cards: BTreeMap<Slug, usize>,
    sources: Vec<Source>,
    vocabulary: Vocabulary,
    channels: Vec<Channel>,
    /// Those that wait for a school to fill them in.
    unfilled: Vec<Channel>,
    resources: Vec<Resource>,
    version: String,
}

/// A lesson, and what of its texts is asked for without opening it.
#[derive(Debug)]
pub(super) struct Stored {
    /// Index of its source.
    source: usize,
    /// The lesson.
    pub(super) lesson: Lesson,
    /// The lesson and its parts that stand on their own.
    resources: Vec<Resource>,
    /// Words it explains, looked up when the glossary is opened.
    terms: OnceLock<BTreeMap<Lang, Vec<Term>>>,
    /// Cards of its source pack.
    pub(super) cards: Vec<Slug>,
}

impl Stored {
    /// A lesson that was read whole.
    pub(super) fn new(source: usize, lesson: Lesson) -> Self {
        let langs = lesson.texts.keys().copied().collect::<Vec<_>>();
        let has = |lang: &Lang, part| lesson.texts.get(lang).is_some_and(|text| has(text, part));
        let resources = resources_of(&lesson.meta, &langs, &has);
        let cards = lesson.source_cards().cloned().collect();
        Self { source, resources, terms: OnceLock::new(), cards, lesson }
    }

    /// A lesson of the program that was only glanced at.
    pub(super) fn glanced(source: usize, glance: Glance, texts: Texts) -> Self {
        let langs = glance.langs.keys().copied().collect::<Vec<_>>();
        let has = |lang: &Lang, part| glance.langs.get(lang).is_some_and(|parts| parts.contains(&part));
        let resources = resources_of(&glance.meta, &langs, &has);
        let Glance { meta, media, cards, .. } = glance;
        let lesson = Lesson { meta, texts, media, outdated: BTreeSet::new() };
        Self { source, resources, terms: OnceLock::new(), cards, lesson }
    }

    fn terms(&self, lang: Lang) -> &[Term] {
        let terms = self.terms.get_or_init(|| {
            self.lesson.texts.look(|texts| {
                let terms = texts.iter().map(|(lang, text)| (*lang, text.terms.clone()));
                terms.filter(|(_, terms)| !terms.is_empty()).collect()
            })
        });
        terms.get(&lang).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A word of the glossary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlossaryEntry<'a> {
    /// The word.
    pub word: &'a str,
    /// What it means.
    pub meaning: &'a str,
    /// The lesson that explains it.
    pub lesson: &'a Slug,
}

impl Library {
    pub(super) fn new(
        sources: Vec<Source>,
        mut lessons: Vec<Stored>,
        known: &Known,
        version: String,
    ) -> Self {
        lessons.sort_by_cached_key(|Stored { lesson, .. }| {
            let title = lesson.meta.title.get(Lang::ES).map(|title| alphabet::key(Lang::ES, title));
            (lesson.meta.code.is_none(), lesson.meta.code.clone(), title, lesson.meta.id.clone())
        });
        lessons.shrink_to_fit();
        let index =
            lessons.iter().enumerate().map(|(at, stored)| (stored.lesson.meta.id.clone(), at)).collect();
        let mut cards = BTreeMap::new();
        for (at, stored) in lessons.iter().enumerate() {
            for card in &stored.cards {
                cards.entry(card.clone()).or_insert(at);
            }
        }
        let (mut channels, unfilled): (Vec<_>, Vec<_>) =
            known.channels.iter().cloned().partition(Channel::reachable);
        // The help route goes from the nearest person outwards; at the same step, what belongs to this place is first.
        channels.sort_by_key(|channel| (channel.step, !channel.local));
        let resources = lessons.iter_mut().flat_map(|stored| mem::take(&mut stored.resources)).collect();
        let vocabulary = known.vocabulary.clone();
        Self { lessons, index, cards, sources, vocabulary, channels, unfilled, resources, version }
    }

    /// The lessons, in programme order: by code, then by title.
    pub fn lessons(&self) -> impl ExactSizeIterator<Item = &Lesson> {
        self.lessons.iter().map(|stored| &stored.lesson)
    }

    /// The lesson with this id.
    pub fn lesson(&self, id: &str) -> Option<&Lesson> {
        self.entry(id).map(|stored| &stored.lesson)
    }

    /// The lesson that shows a card of a source pack, for a link in lesson `from`: that lesson itself when it has the
    /// card, else the first one, in programme order, that does.
    pub fn lesson_of_card(&self, card: &str, from: &Lesson) -> Option<&Lesson> {
        if from.source_cards().any(|own| own.as_str() == card) {
            return self.lesson(from.id().as_str());
        }
        self.lessons.get(*self.cards.get(card)?).map(|stored| &stored.lesson)
    }

    /// Everything that can be opened: each lesson, followed by its parts that stand on their own.
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The controlled words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The help channels that can be reached, in the order of the help route: immediate danger (step 0), then from the
    /// nearest person outwards. Whether one may be printed, and whether its facts are old, it says itself.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// The help channels that this school has not filled in.
    pub fn unfilled_channels(&self) -> &[Channel] {
        &self.unfilled
    }

    /// The words that lessons explain in a language, in the order of its alphabet.
    pub fn glossary(&self, lang: Lang) -> Vec<GlossaryEntry<'_>> {
        let mut entries: Vec<GlossaryEntry<'_>> = Vec::new();
        for stored in &self.lessons {
            entries.extend(stored.terms(lang).iter().map(|term| GlossaryEntry {
                word: &term.word,
                meaning: &term.meaning,
                lesson: &stored.lesson.meta.id,
            }));
        }
        entries.sort_by_cached_key(|entry| alphabet::key(lang, entry.word));
        entries
    }

    /// Sixteen hex digits that change when any content changes: the key of everything rendered from it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Where the bytes of a lesson's media file are; `None` for a file that is not among [`Lesson::media`].
    pub fn media(&self, lesson: &str, name: &str) -> Option<MediaFile> {
        let Stored { source, lesson, .. } = self.entry(lesson)?;
        lesson.media.get(name)?;
        self.sources.get(*source)?.media_file(&format!("{}/media/{name}", lesson.meta.id))
    }

    /// Width and height in pixels of a lesson's picture for the catalogue ([`COVER`] in its `media/`), when it has one.
    pub fn cover(&self, lesson: &str) -> Option<(u32, u32)> {
        let Stored { source, lesson, .. } = self.entry(lesson)?;
        let known = lesson.media.get(COVER)?.dimensions;
        let look = || {
            let source = self.sources.get(*source)?;
            source.media(&format!("{}/media/{COVER}", lesson.meta.id)).ok()??.dimensions
        };
        known.or_else(look)
    }

    fn entry(&self, id: &str) -> Option<&Stored> {
        self.lessons.get(*self.index.get(id)?)
    }
}

/// A lesson and its parts that stand on their own.
fn resources_of(meta: &Meta, langs: &[Lang], has: &dyn Fn(&Lang, Part) -> bool) -> Vec<Resource> {
    let part = |part, kind: &str, audience: &[&str]| -> Option<Resource> {
        let langs: Vec<Lang> = langs.iter().filter(|lang| has(lang, part)).copied().collect();
        if langs.is_empty() {
            return None;
        }
        let audience = audience.iter().filter_map(|word| word.parse().ok()).collect();
        Some(Resource { lesson: meta.id.clone(), part, kind: kind.parse().ok()?, audience, langs })
    };
    let whole = Resource {
        lesson: meta.id.clone(),
        part: Part::Lesson,
        kind: meta.kind.clone(),
        audience: meta.audience.clone(),
        langs: langs.to_vec(),
    };
    let parts = [
        part(Part::Plan, "plan-docente", &["docente"]),
        part(Part::Family, "guia-familia", &["familia"]),
        part(Part::Unplugged, "sin-conexion", &["docente"]),
        part(Part::Cards, "fichas", &["docente", "estudiante"]),
        part(Part::Boosters, "repaso", &["estudiante"]),
        part(Part::Key, "clave-fuentes", &["docente"]),
        part(Part::FormA, "prueba", &["estudiante", "docente"]),
        part(Part::FormB, "prueba", &["estudiante", "docente"]),
        part(Part::Tally, "conteo", &["docente"]),
    ];
    std::iter::once(whole).chain(parts.into_iter().flatten()).collect()
}

/// Whether a text has this part.
fn has(text: &LessonText, part: Part) -> bool {
    match part {
        Part::Lesson => true,
        Part::Cards => !text.cards.is_empty(),
        Part::Boosters => !text.boosters.is_empty(),
        Part::Key => text.sources.is_some(),
        Part::Plan | Part::Family | Part::Unplugged | Part::FormA | Part::FormB | Part::Tally => {
            text.sheets.contains_key(&part)
        }
    }
}
