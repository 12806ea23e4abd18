//! A lesson in the language of a page: which text is shown, the Spanish beneath it, the addresses in its holes.

use crate::{
    content::COVER,
    domain::{
        fragment::{Fragment, Piece, escape},
        id::Slug,
        lang::{Lang, Localized},
        lesson::{Block, Lesson, LessonText},
        resource::Part,
    },
    web::{
        cards,
        error::Error,
        frame::{Ctx, unread},
        routes::Page,
        views::{
            lesson::{Heading, Picture, Text, Way},
            plain::SheetLink,
        },
    },
};

/// A lesson as this page shows it.
pub(crate) struct Shown<'a> {
    pub(crate) ctx: &'a Ctx<'a>,
    pub(crate) lesson: &'a Lesson,
    /// Language of `text`.
    pub(crate) lang: Lang,
    /// The text shown.
    pub(crate) text: &'a LessonText,
    /// The Spanish to show beneath, while the translation waits for a native reader.
    pub(crate) beneath: Option<&'a LessonText>,
}

impl<'a> Shown<'a> {
    /// Finds a lesson and its text for the page's language.
    pub(crate) fn find(ctx: &'a Ctx<'a>, id: &Slug) -> Result<Self, Error> {
        Self::find_where(ctx, id, |_| true)
    }

    /// The same for a page that not every language has: where this language lacks it, it is shown in Spanish.
    pub(crate) fn find_where(
        ctx: &'a Ctx<'a>,
        id: &Slug,
        has: impl Fn(&LessonText) -> bool,
    ) -> Result<Self, Error> {
        let lesson = ctx.shelf.library.lesson(id.as_str()).ok_or(Error::NotFound)?;
        let own = lesson.text(ctx.lang).filter(|(_, text)| has(text));
        let (lang, text) = own.or_else(|| lesson.text(Lang::ES)).ok_or(Error::NotFound)?;
        Ok(Self::of(ctx, lesson, lang, text))
    }

    /// A text of a lesson, in this language.
    pub(crate) fn of(ctx: &'a Ctx<'a>, lesson: &'a Lesson, lang: Lang, text: &'a LessonText) -> Self {
        let state = lesson.meta.translation.get(lang).map(|translation| translation.state);
        let draft = lang != Lang::ES && unread(state);
        let beneath = lesson.texts.get(&Lang::ES).filter(|_| draft);
        Self { ctx, lesson, lang, text, beneath }
    }

    /// A text made of a fragment of this lesson and the same fragment of the Spanish beneath. `screen` is the screen
    /// whose story the passages belong to.
    pub(crate) fn both<'f>(
        &'f self,
        screen: usize,
        fragment: impl Fn(&'f LessonText) -> Option<&'f Fragment>,
    ) -> Text {
        match fragment(self.text) {
            Some(own) => self.joined(screen, own, self.beneath.and_then(fragment)),
            None => Text::default(),
        }
    }

    /// The text that stands at this place of a screen.
    pub(crate) fn block(&self, screen: usize, at: usize) -> Text {
        self.both(screen, |text| match text.screens.get(screen.checked_sub(1)?)?.blocks.get(at)? {
            Block::Text(fragment) => Some(fragment),
            _ => None,
        })
    }

    /// A fragment with its Spanish twin beneath; pictures are shown once.
    pub(crate) fn joined(&self, screen: usize, own: &Fragment, twin: Option<&Fragment>) -> Text {
        let beneath = twin.map(|twin| without_pictures(&self.html(screen, twin)));
        Text::new(self.html(screen, own), beneath.filter(|html| !html.trim().is_empty()))
    }

    /// A plain text of this lesson and of the Spanish beneath.
    pub(crate) fn both_plain<'f>(&'f self, plain: impl Fn(&'f LessonText) -> Option<&'f str>) -> Text {
        let html = |text| plain(text).map(escape);
        Text::new(html(self.text).unwrap_or_default(), self.beneath.and_then(html))
    }

    /// A text of `lesson.toml`, with the Spanish beneath.
    pub(crate) fn meta(&self, text: &Localized<String>) -> Text {
        let html = text.get(self.lang).or_else(|| text.get(Lang::ES)).map(|text| escape(text));
        let beneath = self.beneath.and_then(|_| text.get(Lang::ES)).map(|text| escape(text));
        Text::new(html.unwrap_or_default(), beneath)
    }

    /// The lesson's name on each of its pages.
    pub(crate) fn heading(&self) -> Heading {
        Heading {
            title: self.meta(&self.lesson.meta.title),
            lang: self.lang.to_string(),
            foreign: self.lang != self.ctx.lang,
            href: self.path(Page::Lesson),
        }
    }

    /// The address of a page of this lesson.
    pub(crate) fn path(&self, page: impl Fn(Slug) -> Page) -> String {
        self.ctx.path(page(self.lesson.id().clone()))
    }

    /// The picture of the cover.
    pub(crate) fn cover(&self) -> Option<Picture> {
        let (width, height) = self.ctx.shelf.library.cover(self.lesson.id().as_str())?;
        Some(Picture { src: self.media(COVER), width, height })
    }

    /// The sheets this lesson has; those that give the answers away only on pages of teachers.
    pub(crate) fn sheets(&self, with_answers: bool) -> Vec<SheetLink> {
        let own = self.ctx.shelf.library.resources().iter();
        own.filter(|resource| resource.lesson == *self.lesson.id() && resource.part != Part::Lesson)
            .filter(|resource| with_answers || !resource.part.gives_answers())
            .map(|resource| SheetLink {
                name: cards::name(resource),
                href: self.path(|id| Page::Sheet(id, resource.part)),
            })
            .collect()
    }

    /// The way through the lesson as seen from screen `position` (from 1; one more than there are screens is the page
    /// of what to remember).
    pub(crate) fn way(&self, position: usize) -> Way {
        use std::cmp::Ordering;

        use crate::web::views::{frame::Link, lesson::Step};

        let screens = self.text.screens.iter().enumerate().map(|(at, screen)| {
            let href = self.path(|id| Page::Screen(id, at + 1));
            (href, screen.title.clone())
        });
        let last = (self.path(Page::Remember), self.ctx.text("lesson-remember", &[]));
        let stops = screens.chain([last]).collect::<Vec<_>>();
        let link = |number: usize| {
            let (href, title) = stops.get(number.checked_sub(1)?)?;
            Some(Link { href: href.clone(), label: title.clone() })
        };
        let state = |number: usize| match number.cmp(&position) {
            Ordering::Less => "done",
            Ordering::Equal => "now",
            Ordering::Greater => "ahead",
        };
        let step = |(at, (href, title)): (usize, &(String, String))| Step {
            number: at + 1,
            href: href.clone(),
            title: title.clone(),
            state: state(at + 1),
        };
        Way {
            position,
            total: stops.len(),
            steps: stops.iter().enumerate().map(step).collect(),
            previous: position.checked_sub(1).and_then(link),
            next: link(position + 1),
        }
    }

    /// The HTML of a fragment of this lesson, its holes filled.
    pub(crate) fn html(&self, screen: usize, fragment: &Fragment) -> String {
        fragment.fill(|hole| match hole {
            Piece::Html(html) => html.clone(),
            Piece::Passage(passage) => self.path(|id| Page::Passage(id, screen, passage.clone())),
            Piece::Media(name) => self.media(name),
            Piece::Resource(id) => self.ctx.path(Page::Lesson(id.clone())),
            Piece::Source(card) => {
                // Links that lead to no card were taken out when the lesson was read.
                let lesson = self.ctx.shelf.library.lesson_of_card(card.as_str(), self.lesson);
                let lesson = lesson.unwrap_or(self.lesson).id().clone();
                self.ctx.path(Page::Source(lesson, card.clone()))
            }
        })
    }

    fn media(&self, name: &str) -> String {
        self.ctx.place.media(self.lesson, name)
    }
}

/// Takes the picture out of a question that begins with one, so that it can stand beside the words.
pub(crate) fn lift_first_picture(mut text: Text) -> Text {
    if text.html.starts_with("<img ")
        && let Some((picture, rest)) = text.html.split_once('>')
    {
        text.picture = Some(format!("{picture}>"));
        text.html = rest.trim_start_matches("<br>").trim_start().to_owned();
    }
    text
}

/// Takes the picture out of a text that holds exactly one alone in a paragraph, so that it can stand beside the words.
pub(crate) fn lift_picture(mut text: Text) -> Text {
    const OPEN: &str = "<p><img ";
    const CLOSE: &str = "</p>";
    let mut places = text.html.match_indices(OPEN).filter_map(|(at, _)| {
        let len = text.html[at..].find(CLOSE)? + CLOSE.len();
        // The paragraph holds the picture and nothing else.
        let inside = &text.html[at + "<p>".len()..at + len - CLOSE.len()];
        (inside.find('>') == Some(inside.len() - 1)).then_some((at, len))
    });
    let (place, more) = (places.next(), places.next());
    drop(places);
    if let (Some((at, len)), None) = (place, more) {
        text.picture = Some(text.html[at + "<p>".len()..at + len - CLOSE.len()].to_owned());
        text.html.replace_range(at..at + len, "");
    }
    text
}

/// Some safe HTML of ours without its pictures, and without the paragraphs that this leaves empty.
pub(crate) fn without_pictures(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, picture)) = rest.split_once("<img ") {
        out.push_str(before);
        // Our attributes are escaped: the first `>` ends the element.
        rest = picture.split_once('>').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    // What followed a picture at the beginning now opens a bracket: no blank before it.
    let out = out.replace("<p></p>", "");
    // Line breaks that set a picture apart set nothing apart now.
    let mut left = out.trim();
    loop {
        let before = left;
        for mark in ["<br>", "<br />"] {
            left = left.strip_prefix(mark).unwrap_or(left).trim_start();
            left = left.strip_suffix(mark).unwrap_or(left).trim_end();
        }
        if left == before {
            return left.replace("<p><br>", "<p>").replace("<br></p>", "</p>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Text, lift_first_picture, lift_picture, without_pictures};

    #[test]
    fn the_picture_a_question_begins_with_is_lifted_out_of_it() {
        let lifted = |html: &str| {
            let text = lift_first_picture(Text::new(html.to_owned(), None));
            (text.picture, text.html)
        };
        let picture = Some("<img src=\"x\" alt=\"y\">".to_owned());
        assert_eq!(lifted("<img src=\"x\" alt=\"y\"><br><br>¿Qué?"), (picture, "¿Qué?".to_owned()));
        let within = "¿Qué es <img src=\"x\" alt=\"y\">?";
        assert_eq!(lifted(within), (None, within.to_owned()));
    }

    #[test]
    fn the_one_picture_of_a_text_is_lifted_out_of_it() {
        let lifted =
            lift_picture(Text::new("<p>a</p>\n<p><img src=\"x\" alt=\"y\"></p>\n<p>b</p>".to_owned(), None));
        assert_eq!(lifted.picture.as_deref(), Some("<img src=\"x\" alt=\"y\">"));
        assert_eq!(lifted.html, "<p>a</p>\n\n<p>b</p>");
    }

    #[test]
    fn pictures_among_words_and_several_pictures_stay_where_they_are() {
        for html in [
            "<p><img src=\"x\" alt=\"\"> a</p>",
            "<p><img src=\"x\" alt=\"\"></p><p><img src=\"y\" alt=\"\"></p>",
        ] {
            let text = lift_picture(Text::new(html.to_owned(), None));
            assert_eq!((text.picture, text.html.as_str()), (None, html));
        }
    }

    #[test]
    fn the_spanish_beneath_repeats_no_picture() {
        assert_eq!(
            without_pictures("<p>a</p><p><img src=\"x\" alt=\"y\"></p><li><img alt=\"\"> b</li>"),
            "<p>a</p><li> b</li>"
        );
        assert_eq!(without_pictures("<img src=\"x\" alt=\"y\"> Mi color"), "Mi color");
        assert_eq!(without_pictures("<img src=\"x\" alt=\"y\"><br>\n<br>\n¿A quién?<br>"), "¿A quién?");
    }
}
