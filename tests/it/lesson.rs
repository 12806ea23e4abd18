//! Lessons gone through with links and forms alone: screens, stories, the sorting game. What pages show is compared
//! with the library, text by text.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use amauta::{
    domain::{
        lang::Lang,
        lesson::{Block, Lesson, LessonText},
        sort::Sort,
        story::Story,
    },
    i18n::Value,
    web::{Settings, shelf::Folders},
};

use crate::support::{
    browser::{Browser, PageForm},
    html::tags,
    lessons::{Written, collapse, plain},
    portal::{LANGS, school},
    school::School,
};

fn text(lang: Lang, id: &str, args: &[(&str, Value<'_>)]) -> String {
    school().app.shelf().messages.text(lang, id, args).into_owned()
}

fn langs() -> [Lang; 2] {
    LANGS.map(|lang| lang.parse().expect("a language"))
}

/// The words of a page with single spaces.
fn words(browser: &Browser<'_>) -> String {
    collapse(&browser.words())
}

/// Does something with every lesson in every language that it has.
fn each_lesson(mut look: impl FnMut(&Lesson, Lang, &LessonText)) {
    let shelf = school().app.shelf();
    for lesson in shelf.library.lessons() {
        for lang in langs() {
            let (_, text) = lesson.text(lang).expect("every lesson has a text");
            look(lesson, lang, text);
        }
    }
}

/// Number of the screen that has this block.
fn screen_of(text: &LessonText, wanted: impl Fn(&Block) -> bool) -> Option<usize> {
    text.screens.iter().position(|screen| screen.blocks.iter().any(&wanted)).map(|at| at + 1)
}

#[test]
fn every_lesson_is_gone_through_screen_by_screen_and_back() {
    each_lesson(|lesson, lang, text_of| {
        let id = lesson.id();
        let mut browser = Browser::open(school(), &format!("/{lang}/lecciones/{id}"));
        let last = text_of.screens.len() + 1;
        browser.click(&text(lang, "lesson-start", &[]));
        for (at, screen) in text_of.screens.iter().enumerate() {
            let here = format!("/{lang}/lecciones/{id}/{}", at + 1);
            assert_eq!(browser.path, here);
            assert_eq!(browser.reply.status, 200);
            let page = words(&browser);
            assert!(page.contains(&screen.title), "{here} lacks its title");
            let position = text(
                lang,
                "lesson-position",
                &[("position", Value::from(at + 1)), ("total", Value::from(last))],
            );
            assert!(page.contains(&position), "{here} does not say «{position}»");
            for block in &screen.blocks {
                if let Block::Text(fragment) = block {
                    for piece in plain(fragment).split(['(', ')']) {
                        assert!(page.contains(piece.trim()), "{here} lost «{piece}»");
                    }
                }
            }
            browser.click(&format!("{} →", text(lang, "lesson-next", &[])));
        }
        assert_eq!(browser.path, format!("/{lang}/lecciones/{id}/recuerda"));
        let page = words(&browser);
        for message in &lesson.meta.messages {
            let (_, message) = message.text.best(lang).expect("a message has a text");
            assert!(page.contains(message.as_str()), "{} lost «{message}»", browser.path);
        }
        let back = format!("← {}", text(lang, "lesson-previous", &[]));
        for at in (1..last).rev() {
            browser.click(&back);
            assert_eq!(browser.path, format!("/{lang}/lecciones/{id}/{at}"));
        }
        assert!(
            !browser.links().iter().any(|(_, label)| *label == back),
            "before the first screen is nothing"
        );
    });
}

#[test]
fn the_steps_above_a_screen_lead_to_every_screen_and_say_where_one_is() {
    each_lesson(|lesson, lang, text_of| {
        for at in 1..=text_of.screens.len() {
            let browser = Browser::open(school(), &format!("/{lang}/lecciones/{}/{at}", lesson.id()));
            let tags = browser.tags();
            let steps = tags.iter().filter(|tag| tag.get("title").is_some_and(|_| tag.name == "a"));
            let hrefs = steps.clone().filter_map(|step| step.get("href")).collect::<Vec<_>>();
            let mut expected = (1..=text_of.screens.len())
                .map(|n| format!("/{lang}/lecciones/{}/{n}", lesson.id()))
                .collect::<Vec<_>>();
            expected.push(format!("/{lang}/lecciones/{}/recuerda", lesson.id()));
            assert_eq!(hrefs, expected);
            let here = steps.filter(|step| step.get("aria-current") == Some("step")).collect::<Vec<_>>();
            assert_eq!(
                here.iter().map(|step| step.text.trim().to_owned()).collect::<Vec<_>>(),
                [at.to_string()]
            );
        }
    });
}

#[test]
fn the_spanish_stands_beneath_every_quechua_text_and_once_alone_in_spanish() {
    let shelf = school().app.shelf();
    let mut looked_at = 0;
    for lesson in shelf.library.lessons().filter(|lesson| lesson.texts.contains_key(&Lang::QU)) {
        let spanish = &lesson.texts[&Lang::ES];
        for (at, screen) in spanish.screens.iter().enumerate() {
            let path = format!("lecciones/{}/{}", lesson.id(), at + 1);
            let html = school().get(&format!("/qu/{path}")).text();
            let beneath = pieces_in_spanish(&html).join(" ");
            for block in &screen.blocks {
                if let Block::Text(fragment) = block {
                    assert!(
                        beneath.contains(&plain(fragment)),
                        "/qu/{path} lacks the Spanish «{}»",
                        plain(fragment)
                    );
                    looked_at += 1;
                }
            }
            let spanish_page = school().get(&format!("/es/{path}")).text();
            assert_eq!(pieces_in_spanish(&spanish_page), Vec::<String>::new(), "/es/{path}");
        }
    }
    assert!(looked_at > 20, "only {looked_at} texts");
}

/// The words of the elements marked `lang="es"` in the main part of a page.
fn pieces_in_spanish(html: &str) -> Vec<String> {
    let main = html
        .split_once("id=\"contenido\"")
        .expect("the main part")
        .1
        .split("class=\"foot\"")
        .next()
        .expect("it");
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut piece = String::new();
    for tag in tags(&format!("<div{main}")) {
        let void = ["img", "br", "input", "hr", "meta", "link"].contains(&tag.name.as_str());
        if tag.closing && depth > 0 {
            depth -= 1;
            if depth == 0 {
                found.push(collapse(&std::mem::take(&mut piece)));
                continue;
            }
        } else if !void && (depth > 0 || tag.get("lang") == Some("es")) {
            depth += 1;
        }
        if depth > 0 {
            piece.push_str(&tag.text);
            piece.push(' ');
        }
    }
    found
}

fn each_story(mut look: impl FnMut(&str, Lang, &Story, Option<&Story>)) {
    let mut stories = 0;
    each_lesson(|lesson, lang, text_of| {
        let Some(number) = screen_of(text_of, |block| *block == Block::Story) else { return };
        let story = text_of.story.as_ref().expect("its story");
        let twin =
            (lang != Lang::ES).then(|| lesson.texts[&Lang::ES].story.as_ref().expect("the same story"));
        look(&format!("/{lang}/lecciones/{}/{number}", lesson.id()), lang, story, twin);
        stories += 1;
    });
    assert!(stories >= 4, "only {stories} stories were read");
}

#[test]
fn every_passage_of_every_story_is_reached_by_its_choices_and_each_leads_where_it_says() {
    each_story(|screen, lang, story, _| {
        let address = |at: usize| format!("{screen}/cuento/{}", story.passages[at].slug);
        let mut seen = BTreeSet::new();
        let mut queue = VecDeque::from([(screen.to_owned(), story.start)]);
        while let Some((path, at)) = queue.pop_front() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let passage = &story.passages[at];
            let browser = Browser::open(school(), &path);
            assert_eq!(browser.reply.status, 200, "{path}");
            let page = words(&browser);
            for piece in plain(&passage.body).split(['(', ')']) {
                assert!(page.contains(piece.trim()), "{path} lost «{piece}»");
            }
            let links = browser.links();
            for choice in &passage.choices {
                let label = plain(&choice.label);
                let leads = address(choice.target);
                let found = links.iter().any(|(href, words)| *href == leads && words.starts_with(&label));
                assert!(found, "{path}: «{label}» does not lead to {leads}: {links:?}");
                queue.push_back((leads, choice.target));
            }
            // Links inside the text are no choices, but lead somewhere too.
            for (href, _) in links.iter().filter(|(href, _)| href.starts_with(&format!("{screen}/cuento/"))) {
                let target =
                    story.passages.iter().position(|passage| href.ends_with(&format!("/{}", passage.slug)));
                queue.push_back((href.clone(), target.expect("a passage of this story")));
            }
            let ending = passage.tags.iter().any(|tag| tag == "final");
            let go_on = links.iter().find(|(_, words)| words.starts_with(&text(lang, "story-go-on", &[])));
            let restart = links.iter().find(|(_, words)| *words == text(lang, "story-restart", &[]));
            assert_eq!(go_on.is_some(), ending, "{path}");
            if let Some((href, _)) = go_on {
                assert_eq!(school().get(href).status, 200, "{href}");
                assert!(!href.contains("/cuento/"), "{path} goes on inside the story");
            }
            assert_eq!(restart.is_some(), at != story.start, "{path}");
            if let Some((href, _)) = restart {
                assert_eq!(*href, address(story.start), "{path}");
            }
        }
        for at in 0..story.passages.len() {
            let reached = seen.contains(&address(at)) || at == story.start;
            assert!(reached, "nobody gets to {}", address(at));
        }
    });
}

#[test]
fn a_passage_has_its_spanish_beneath_and_its_twin_in_the_other_language() {
    each_story(|screen, lang, story, twin| {
        for (at, passage) in story.passages.iter().enumerate() {
            let path = format!("{screen}/cuento/{}", passage.slug);
            let browser = Browser::open(school(), &path);
            let other = if lang == Lang::ES { "qu" } else { "es" };
            let leads = format!("/{other}{}", &path[3..]);
            let tags = browser.tags();
            let link = tags.iter().find(|tag| tag.get("hreflang") == Some(other));
            assert_eq!(link.and_then(|link| link.get("href")), Some(leads.as_str()), "{path}");
            if let Some(twin) = twin {
                let beneath = pieces_in_spanish(&browser.html()).join(" ");
                assert!(beneath.contains(&plain(&twin.passages[at].body)), "{path} lacks its Spanish");
                for choice in &twin.passages[at].choices {
                    assert!(beneath.contains(&plain(&choice.label)), "{path} lacks the Spanish of a choice");
                }
            }
        }
    });
}

#[test]
fn passages_that_are_not_there_and_screens_without_a_story_are_404() {
    each_story(|screen, _, story, _| {
        let passage = &story.passages[story.start].slug;
        let lesson = screen.rsplit_once('/').expect("a screen").0;
        for path in [
            format!("{screen}/cuento/no-existe"),
            format!("{lesson}/999/cuento/{passage}"),
            format!("{lesson}/recuerda/cuento/{passage}"),
            format!("{screen}/cuento"),
            format!("{screen}/cuento/{passage}/x"),
        ] {
            assert_eq!(school().get(&path).status, 404, "{path}");
        }
    });
}

/// A table of a sorting game: its page, its form, and the cards on it by field.
struct Table<'a> {
    path: String,
    form: PageForm,
    cards: BTreeMap<String, usize>,
    sort: &'a Sort,
    lang: Lang,
}

impl Table<'_> {
    /// A box where a card belongs, or where it does not.
    fn choose(&self, card: usize, right: bool) -> Option<&str> {
        let accepts = &self.sort.cards[card].accepts;
        let mut boxes = self.sort.boxes.iter().map(|each| &each.id);
        boxes.find(|id| accepts.contains(id) == right).map(amauta::domain::id::Slug::as_str)
    }

    fn answer(&self, choices: &[(&str, &str)]) -> Browser<'static> {
        let mut browser = Browser::open(school(), &self.path);
        browser.send(&self.form, choices);
        assert_eq!(browser.reply.status, 200, "{}", self.path);
        assert_eq!(browser.reply.header("cache-control"), "no-store");
        assert_eq!(browser.reply.header("set-cookie"), "");
        browser
    }

    fn score(&self, right: usize) -> String {
        let (right, total) = (Value::from(right), Value::from(self.cards.len()));
        text(self.lang, "sorting-score", &[("right", right), ("total", total)])
    }
}

fn each_table(mut look: impl FnMut(&Table<'_>)) {
    let mut tables = 0;
    each_lesson(|lesson, lang, text_of| {
        let Some(number) = screen_of(text_of, |block| *block == Block::Sort) else { return };
        let sort = text_of.sort.as_ref().expect("its cards");
        let mut seen = 0;
        for table in 1.. {
            let path = format!("/{lang}/lecciones/{}/{number}/clasificar/{table}", lesson.id());
            if school().get(&path).status == 404 {
                break;
            }
            let form = Browser::open(school(), &path).forms().into_iter().next().expect("a form");
            let number = |field: &str| field[1..].parse::<usize>().expect("a card") - 1;
            let cards = form
                .offered
                .iter()
                .map(|(field, _)| (field.clone(), number(field)))
                .collect::<BTreeMap<_, _>>();
            seen += cards.len();
            for (field, card) in &cards {
                let offered =
                    form.offered.iter().filter(|(name, _)| name == field).map(|(_, value)| value.as_str());
                let boxes = sort.boxes.iter().map(|each| each.id.as_str());
                assert!(offered.eq(boxes), "{path}: card {card} is not offered every box");
            }
            look(&Table { path, form, cards, sort, lang });
            tables += 1;
        }
        assert_eq!(seen, sort.cards.len(), "{} lost cards", lesson.id());
    });
    assert!(tables >= 4, "only {tables} tables");
}

#[test]
fn boxes_with_pictures_leave_room_for_as_many_cards_as_a_page_may_show() {
    let mut drawn = 0;
    each_table(|table| {
        let boxes = table.sort.boxes.iter().flat_map(|each| each.label.media()).collect::<BTreeSet<_>>();
        let cards = table.cards.values().flat_map(|card| table.sort.cards[*card].face.media());
        let all = cards.chain(boxes.iter().copied()).collect::<BTreeSet<_>>();
        assert!(all.len() <= 4, "{} shows {all:?}", table.path);
        if boxes.is_empty() {
            return;
        }
        // What stands beneath a picture names the box; the picture itself is not read aloud with each card.
        let tags = Browser::open(school(), &table.path).tags();
        for name in boxes {
            let pictures = tags
                .iter()
                .filter(|tag| tag.get("src").is_some_and(|src| src.ends_with(&format!("/{name}"))));
            let alts = pictures.map(|tag| tag.get("alt")).collect::<Vec<_>>();
            assert_eq!(alts, vec![Some(""); table.cards.len()], "{}: {name}", table.path);
        }
        drawn += 1;
    });
    assert!(drawn >= 6, "only {drawn} tables have drawn boxes");
}

#[test]
fn when_all_cards_lie_right_the_way_on_is_what_calls() {
    each_table(|table| {
        let buttons = |browser: &Browser<'_>| {
            let tags = browser.tags().into_iter().filter(|tag| !tag.closing);
            let loud = tags.filter(|tag| {
                let classes = tag.get("class").unwrap_or_default().split(' ').collect::<Vec<_>>();
                classes.contains(&"btn") && !classes.contains(&"alt")
            });
            loud.map(|tag| tag.name).collect::<Vec<_>>()
        };
        let done = text(table.lang, "sorting-done", &[]);
        let look = text(table.lang, "sorting-look", &[]);
        let every = |right: bool| {
            let fits = |card: usize| table.choose(card, right).or_else(|| table.choose(card, true));
            let choices =
                table.cards.iter().map(|(field, card)| (field.as_str(), fits(*card).expect("a box")));
            table.answer(&choices.collect::<Vec<_>>())
        };
        let (right, wrong) = (every(true), every(false));
        assert_eq!(buttons(&right), ["a"], "{}", table.path);
        assert!(words(&right).contains(&done) && !words(&right).contains(&look), "{}", table.path);
        assert_eq!(buttons(&wrong)[0], "input", "{}", table.path);
        assert!(words(&wrong).contains(&look) && !words(&wrong).contains(&done), "{}", table.path);
    });
}

#[test]
fn all_cards_in_their_boxes_are_all_right_and_each_says_why() {
    each_table(|table| {
        let choices = table
            .cards
            .iter()
            .map(|(field, card)| (field.as_str(), table.choose(*card, true).expect("a box")));
        let browser = table.answer(&choices.collect::<Vec<_>>());
        let page = words(&browser);
        assert!(page.contains(&table.score(table.cards.len())), "{}: {page}", table.path);
        assert!(!page.contains(&text(table.lang, "sorting-not-yet", &[])), "{}", table.path);
        for card in table.cards.values() {
            let why = plain(&table.sort.cards[*card].why);
            assert!(page.contains(&why), "{} does not say «{why}»", table.path);
        }
        assert!(!browser.html().contains("role=\"alert\""), "{}", table.path);
    });
}

#[test]
fn a_wrong_card_is_told_from_the_right_ones_and_all_can_be_tried_again() {
    each_table(|table| {
        let wrong = table.cards.iter().find(|(_, card)| table.choose(**card, false).is_some());
        let (wrong, _) = wrong.expect("a card that does not fit everywhere");
        let choices = table
            .cards
            .iter()
            .map(|(field, card)| (field.as_str(), table.choose(*card, field != wrong).expect("a box")));
        let choices = choices.collect::<Vec<_>>();
        let browser = table.answer(&choices);
        let page = words(&browser);
        assert!(page.contains(&table.score(table.cards.len() - 1)), "{}: {page}", table.path);
        assert_eq!(page.matches(&text(table.lang, "sorting-not-yet", &[])).count(), 1, "{}", table.path);
        let again =
            browser.forms().into_iter().find(|form| !form.offered.is_empty()).expect("the form again");
        for (field, value) in choices {
            assert!(
                again.fields.contains(&(field.to_owned(), value.to_owned())),
                "{} forgets {field}",
                table.path
            );
        }
        assert_eq!(again.action, table.form.action);
    });
}

#[test]
fn no_card_and_some_cards_are_named_as_such() {
    each_table(|table| {
        let none = table.answer(&[]);
        assert!(words(&none).contains(&text(table.lang, "sorting-problem-none", &[])), "{}", table.path);
        assert!(!none.html().contains("role=\"status\""), "{} counts nothing as something", table.path);
        let (field, card) = table.cards.iter().next().expect("a card");
        let some = table.answer(&[(field, table.choose(*card, true).expect("a box"))]);
        assert!(words(&some).contains(&table.score(1)), "{}", table.path);
        let missing = words(&some).contains(&text(table.lang, "sorting-problem-some", &[]));
        assert_eq!(missing, table.cards.len() > 1, "{}", table.path);
    });
}

#[test]
fn forged_boxes_and_cards_count_nothing_and_harm_nothing() {
    let huge = "x".repeat(200_000);
    each_table(|table| {
        let (field, card) = table.cards.iter().next().expect("a card");
        let right = table.choose(*card, true).expect("a box");
        for forged in ["no-existe", "<script>alert(1)</script>", "\u{0}", "../..", "1", &huge] {
            let browser = table.answer(&[(field, forged)]);
            let page = words(&browser);
            assert!(
                page.contains(&text(table.lang, "sorting-problem-unknown", &[])),
                "{}: {forged:.20}",
                table.path
            );
            assert!(
                !browser.html().contains("<script") && browser.reply.body.len() < 30 * 1024,
                "{}",
                table.path
            );
        }
        for forged in ["c0", "c9999", "c-1", "c18446744073709551616", "C1", "c", "r"] {
            let page = words(&table.answer(&[(field, right), (forged, right)]));
            assert!(page.contains(&table.score(1)), "{}: {forged}", table.path);
        }
        // The same card in two boxes lies in the first.
        let twice = table.answer(&[(field, right), (field, "no-existe")]);
        assert!(words(&twice).contains(&table.score(1)), "{}", table.path);
    });
}

#[test]
fn more_tables_follow_after_an_answer_and_the_last_is_the_last() {
    each_table(|table| {
        let before = Browser::open(school(), &table.path);
        let next = text(table.lang, "sorting-next", &[]);
        assert!(!before.links().iter().any(|(_, words)| words.starts_with(&next)), "{}", table.path);
        let choices = table
            .cards
            .iter()
            .map(|(field, card)| (field.as_str(), table.choose(*card, true).expect("a box")));
        let mut after = table.answer(&choices.collect::<Vec<_>>());
        let (start, number) = table.path.rsplit_once('/').expect("a table");
        let following = format!("{start}/{}", number.parse::<usize>().expect("a number") + 1);
        let exists = school().get(&following).status == 200;
        assert_eq!(after.links().iter().any(|(_, words)| words.starts_with(&next)), exists, "{}", table.path);
        if exists {
            assert_eq!(after.click(&next).path, following);
        }
    });
}

#[test]
fn a_sheet_that_quechua_lacks_is_shown_in_spanish() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Written { quechua: true, ..Written::default() };
    lesson.write(folder.path());
    std::fs::remove_file(folder.path().join("de-prueba/qu/plan.md")).expect("the plan was there");
    let folders = Folders { content: Some(folder.path().to_owned()), data: None };
    let school = School::with(Settings { folders, ..Settings::default() });
    assert!(school.get("/qu/lecciones/de-prueba/1").text().contains("Texto de de-prueba en qu."));
    let html = school.get("/qu/lecciones/de-prueba/plan").text();
    assert!(html.contains("El plan en es."), "the sheet is empty: {html}");
    assert!(html.contains(&text(Lang::QU, "lesson-only-in-es", &[])), "it does not say why");
    assert!(pieces_in_spanish(&html).iter().any(|piece| piece.contains("El plan en es.")), "{html}");
    assert!(school.get("/qu/lecciones/de-prueba/familia").text().contains("La hoja en qu."));
}

#[test]
fn booster_questions_outside_the_three_weeks_are_shown_without_a_foreign_heading() {
    let folder = tempfile::tempdir().expect("a folder");
    let boosters = "// [tag:M1]\n::Uno:: ¿Uno?{=Sí#Bien. ~No#Mira.}\n\n$CATEGORY: semana-9\n\n::Dos:: ¿Dos?{=Sí#Bien. ~No#Mira.}\n";
    Written { boosters, ..Written::default() }.write(folder.path());
    let folders = Folders { content: Some(folder.path().to_owned()), data: None };
    let school = School::with(Settings { folders, ..Settings::default() });
    let reply = school.get("/es/lecciones/de-prueba/repaso");
    assert_eq!(reply.status, 200);
    let html = reply.text();
    assert!(html.contains("¿Uno?") && html.contains("¿Dos?"), "{html}");
    assert!(!html.contains("booster-"), "an id stands on the page: {html}");
    assert_eq!(school.app.shelf().messages.missing(), []);
}

#[test]
fn a_lesson_in_spanish_alone_says_its_language_on_its_first_page_and_its_boosters() {
    let folder = tempfile::tempdir().expect("a folder");
    let boosters = "$CATEGORY: semana-1\n\n// [tag:M1]\n::Uno:: ¿Qué haces hoy?{=Sí#Bien. ~No#Mira.}\n";
    Written { boosters, ..Written::default() }.write(folder.path());
    let folders = Folders { content: Some(folder.path().to_owned()), data: None };
    let school = School::with(Settings { folders, ..Settings::default() });
    let label = text(Lang::QU, "lesson-only-in-es", &[]);
    for (path, words) in [
        ("/qu/lecciones/de-prueba", "Pantalla uno (es)"),
        ("/qu/lecciones/de-prueba/1", "Texto de de-prueba en es."),
        ("/qu/lecciones/de-prueba/repaso", "¿Qué haces hoy?"),
        ("/qu/lecciones/de-prueba/repaso/1", "¿Qué haces hoy?"),
    ] {
        let html = school.get(path).text();
        assert!(html.contains(&label), "{path} does not say why it is in Spanish");
        let marked = pieces_in_spanish(&html);
        assert!(
            marked.iter().any(|piece| piece.contains(words)),
            "{path} does not mark «{words}»: {marked:?}"
        );
    }
}
