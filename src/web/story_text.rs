//! A passage of a story in the language of a page: its text, its picture, where its choices lead.

use crate::{
    domain::{
        fragment::Fragment,
        story::{Choice, Passage, Story},
    },
    web::{
        lesson_text::{Shown, lift_picture},
        routes::Page,
        views::lesson::{ChoiceView, PassagePart},
    },
};

/// A passage of the story that stands on screen `number`.
pub(crate) fn part(shown: &Shown<'_>, number: usize, story: &Story, passage: &Passage) -> PassagePart {
    let twin = shown.beneath.and_then(|text| text.story.as_ref()?.passage(&passage.slug));
    let text = |own: &Fragment, twin: Option<&Fragment>| shown.joined(number, own, twin);
    let href = |target: usize| {
        let passage = story.passages.get(target).map(|passage| passage.slug.clone());
        passage
            .map_or_else(String::new, |passage| shown.path(|id| Page::Passage(id, number, passage.clone())))
    };
    let choice = |(at, choice): (usize, &Choice)| ChoiceView {
        href: href(choice.target),
        label: text(&choice.label, twin.and_then(|twin| twin.choices.get(at)).map(|choice| &choice.label)),
    };
    let beneath = twin.map(|twin| &twin.body).filter(|body| !body.is_empty());
    PassagePart {
        body: lift_picture(text(&passage.body, beneath)),
        choices: passage.choices.iter().enumerate().map(choice).collect(),
        pictures: passage.choices.iter().any(|choice| choice.label.has_media()),
        ending: passage.is_ending(),
        beginning: story.passages.get(story.start).is_some_and(|start| start.slug == passage.slug),
        restart: href(story.start),
    }
}
