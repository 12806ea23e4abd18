//! The source pack of a lesson in the language of a page: its folders, its cards in lists, its key.

use crate::{
    domain::{
        lesson::LessonText,
        source_pack::{SourceCard, SourcePack},
    },
    web::{
        lesson_text::Shown,
        routes::Page,
        views::source_pack::{DossierView, KeyCard, KeyPart, SourceLink},
    },
};

/// What each part of a key is called in the ids of its Fluent messages, in the order of the parts.
const KEY_PARTS: [&str; 5] = ["author", "date", "motive", "evidence", "verdict"];

/// The folders with their cards.
pub(crate) fn dossiers(shown: &Shown<'_>) -> Vec<DossierView<SourceLink>> {
    all(shown, &|card| link(shown, card))
}

/// The folders with the keys of their cards.
pub(crate) fn keys(shown: &Shown<'_>) -> Vec<DossierView<KeyCard>> {
    all(shown, &|card| KeyCard { link: link(shown, card), parts: parts(shown, card) })
}

/// The folder at this place, with those of its cards that are asked for.
pub(crate) fn dossier<C>(
    shown: &Shown<'_>,
    at: usize,
    card: &dyn Fn(&SourceCard) -> Option<C>,
) -> Option<DossierView<C>> {
    let pack = shown.text.sources.as_ref()?;
    let cards = pack.of(&pack.dossiers.get(at)?.id).filter_map(card).collect();
    Some(DossierView {
        title: shown.both_plain(|text| Some(pack_of(text)?.dossiers.get(at)?.title.as_str())),
        question: shown.both_plain(|text| Some(pack_of(text)?.dossiers.get(at)?.question.as_str())),
        cards,
    })
}

/// The way to a card.
pub(crate) fn link(shown: &Shown<'_>, card: &SourceCard) -> SourceLink {
    SourceLink {
        form: card.form.to_string(),
        title: shown.both_plain(|text| Some(pack_of(text)?.card(card.id.as_str())?.title.as_str())),
        href: shown.path(|lesson| Page::Source(lesson, card.id.clone())),
    }
}

/// The pack of a text; a closure of its own would not keep the text's lifetime.
pub(crate) fn pack_of(text: &LessonText) -> Option<&SourcePack> {
    text.sources.as_ref()
}

fn all<C>(shown: &Shown<'_>, card: &dyn Fn(&SourceCard) -> C) -> Vec<DossierView<C>> {
    let count = shown.text.sources.as_ref().map_or(0, |pack| pack.dossiers.len());
    (0..count).filter_map(|at| dossier(shown, at, &|each| Some(card(each)))).collect()
}

fn parts(shown: &Shown<'_>, card: &SourceCard) -> Vec<KeyPart> {
    // The key is for teachers, who read Spanish a click away: with both languages a pack of 24 cards is a heavy page.
    let named = KEY_PARTS.into_iter().zip(card.key.parts());
    named.map(|(name, own)| KeyPart { name, text: shown.joined(0, own, None) }).collect()
}
