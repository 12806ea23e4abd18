//! Parts of a lesson that stand on their own: teacher's plan, family sheet, unplugged variant, cards, boosters, the key
//! of its sources, the forms of a test and their tally.

use std::ops::Range;

use crate::{
    domain::{id::Slug, lesson::Card, resource::Part},
    web::{
        cards as lists,
        error::Error,
        form::Form,
        frame::Ctx,
        lesson_text::{Shown, without_pictures},
        quiz_form::{self, Asked},
        routes::Page,
        source_text,
        views::{
            catalog::PageLink,
            frame::Section,
            lesson::{BoosterLink, BoosterView, CardView, SheetView, Text},
        },
    },
};

/// Cards with pictures on one sheet: more would be more requests than a page may cost.
const PICTURES_PER_SHEET: usize = 4;

/// `/es/lecciones/<id>/plan` and the other sheets; `number` tells sheets of cards apart, from 1.
pub(crate) fn page(ctx: &Ctx<'_>, id: &Slug, part: Part, number: usize) -> Result<String, Error> {
    let on_paper = !matches!(part, Part::Lesson | Part::Cards | Part::Boosters | Part::Key);
    let shown = Shown::find_where(ctx, id, |text| !on_paper || text.sheets.contains_key(&part))?;
    let own = ctx.shelf.library.resources().iter();
    let resource = own.into_iter().find(|resource| resource.lesson == *id && resource.part == part);
    let name = lists::name(resource.ok_or(Error::NotFound)?);
    let section = if part == Part::Family { Section::Families } else { Section::Teachers };
    let (cards, pages) = if part == Part::Cards {
        cards(&shown, number).ok_or(Error::NotFound)?
    } else {
        (Vec::new(), Vec::new())
    };
    let boosters = if part == Part::Boosters { boosters(&shown) } else { Vec::new() };
    let keys = if part == Part::Key { source_text::keys(&shown) } else { Vec::new() };
    let for_teachers = part == Part::Plan || part.gives_answers();
    let here = ctx.path(Page::Sheet(id.clone(), part));
    let meta = &shown.lesson.meta;
    ctx.render(&SheetView {
        frame: ctx.frame(section),
        heading: shown.heading(),
        name,
        body: filled_in_once(shown.both(0, |text| text.sheets.get(&part))),
        cards,
        pages,
        keys,
        boosters,
        sheets: shown.sheets(for_teachers).into_iter().filter(|sheet| sheet.href != here).collect(),
        grades: meta.grades.iter().map(ToString::to_string).collect(),
        minutes: meta.duration,
        licence: meta.licence.clone(),
    })
}

/// `/es/lecciones/<id>/repaso/2`
pub(crate) fn booster(
    ctx: &Ctx<'_>,
    id: &Slug,
    question: usize,
    form: Option<&Form>,
) -> Result<String, Error> {
    let shown = Shown::find(ctx, id)?;
    let of = shown.text.boosters.len();
    let href = |question: usize| shown.path(|id| Page::Booster(id, question));
    let asked = Asked {
        questions: |text| &text.boosters,
        question: question.checked_sub(1).ok_or(Error::NotFound)?,
        number: question,
        of,
        screen: 0,
        action: href(question),
        next: (question < of).then(|| href(question + 1)),
    };
    let part = quiz_form::part(&shown, &asked, form).ok_or(Error::NotFound)?;
    ctx.render(&BoosterView {
        frame: ctx.frame(Section::Catalog),
        heading: shown.heading(),
        question: Box::new(part),
        all: shown.path(|id| Page::Sheet(id, Part::Boosters)),
    })
}

/// The cards of a sheet, and the way to the other sheets. `None` when there is no such sheet.
fn cards(shown: &Shown<'_>, number: usize) -> Option<(Vec<CardView>, Vec<PageLink>)> {
    let card = |at: usize| CardView {
        title: shown.both_plain(|text| text.cards.get(at).map(|card| card.title.as_str())),
        body: filled_in_once(shown.both(0, |text| text.cards.get(at).map(|card| &card.body))),
    };
    let sheets = sheets_of_cards(&shown.text.cards);
    let href = |number: usize| match number {
        1 => shown.path(|id| Page::Sheet(id, Part::Cards)),
        _ => shown.path(|id| Page::CardSheet(id, number)),
    };
    let link = |at: usize| PageLink { number: at + 1, href: href(at + 1), current: at + 1 == number };
    let pages = (0..sheets.len()).filter(|_| sheets.len() > 1).map(link).collect();
    Some((sheets.get(number.checked_sub(1)?)?.clone().map(card).collect(), pages))
}

/// A text to be filled in on paper: the Spanish beneath says what is asked, and leaves no second blank for it.
fn filled_in_once(mut text: Text) -> Text {
    const BLANK: &str = "___";
    if let Some(beneath) = &mut text.beneath {
        // A line of low lines alone is a rule in Markdown.
        *beneath = beneath.replace("<li><hr></li>", "").replace("<hr>", "");
        while let Some(at) = beneath.find(BLANK) {
            let blank = beneath[at..].len() - beneath[at..].trim_start_matches('_').len();
            beneath.replace_range(at..at + blank, "");
        }
    }
    text
}

/// Cuts cards into sheets that show few enough pictures each.
fn sheets_of_cards(cards: &[Card]) -> Vec<Range<usize>> {
    let mut sheets = Vec::new();
    let (mut first, mut pictures) = (0, 0);
    for (at, card) in cards.iter().enumerate() {
        let own = card.body.media().count();
        if pictures + own > PICTURES_PER_SHEET && at > first {
            sheets.push(first..at);
            (first, pictures) = (at, 0);
        }
        pictures += own;
    }
    sheets.push(first..cards.len());
    sheets
}

fn boosters(shown: &Shown<'_>) -> Vec<BoosterLink> {
    let mut links: Vec<BoosterLink> = Vec::new();
    for (at, question) in shown.text.boosters.iter().enumerate() {
        let week = quiz_form::week(question);
        let first = links.last().is_none_or(|last| last.week != week);
        // The picture of a question is shown where it is answered.
        let mut text: Text = shown.both(0, |text| text.boosters.get(at).map(|question| &question.stem));
        text.html = without_pictures(&text.html);
        links.push(BoosterLink { week, first, text, href: shown.path(|id| Page::Booster(id, at + 1)) });
    }
    links
}
