//! Every question of every lesson, answered in every way: what is said is what the author wrote for that answer, marks
//! travel in the form, and nothing a form says is believed or kept.

use amauta::{
    domain::{
        fragment::Fragment,
        lang::Lang,
        lesson::{Block, LessonText},
        marking,
        quiz::{QuestionKind, ShownQuestion},
    },
    i18n::Value,
    web::{Settings, shelf::Folders},
};

use crate::support::{
    browser::{Browser, PageForm},
    lessons::{Written, collapse, plain},
    portal::{LANGS, school},
    school::School,
};

mod forged;
mod typed;

/// A question on a page.
struct Asked<'a> {
    path: String,
    lang: Lang,
    question: &'a ShownQuestion,
    /// The same in Spanish, shown beneath.
    twin: Option<&'a ShownQuestion>,
    /// Number among those of its screen, from 0, and how many there are.
    at: usize,
    of: usize,
}

fn text(lang: Lang, id: &str, args: &[(&str, Value<'_>)]) -> String {
    school().app.shelf().messages.text(lang, id, args).into_owned()
}

fn words(browser: &Browser<'_>) -> String {
    collapse(&browser.words())
}

/// The quiz of a text: its screen and its questions, counted from 1.
fn range(text: &LessonText) -> Option<(usize, usize, usize)> {
    text.screens.iter().enumerate().find_map(|(at, screen)| {
        screen.blocks.iter().find_map(|block| match block {
            Block::Quiz { from, to } => Some((at + 1, *from, *to)),
            _ => None,
        })
    })
}

/// All questions of the quiz and the boosters of one lesson, or of every lesson.
fn each_question(school: &School, only: Option<&str>, mut look: impl FnMut(&Asked<'_>)) -> usize {
    let shelf = school.app.shelf();
    let mut count = 0;
    for lesson in shelf.library.lessons().filter(|lesson| only.is_none_or(|id| id == lesson.id().as_str())) {
        for lang in LANGS {
            let lang: Lang = lang.parse().expect("a language");
            let (own, text) = lesson.text(lang).expect("a text");
            let spanish = (own != Lang::ES).then(|| &lesson.texts[&Lang::ES]);
            let base = format!("/{lang}/lecciones/{}", lesson.id());
            if let Some((screen, from, to)) = range(text) {
                for number in from..=to {
                    let question = &text.quiz[number - 1];
                    let twin = spanish.map(|text| &text.quiz[number - 1]);
                    let path = format!("{base}/{screen}/pregunta/{number}");
                    look(&Asked { path, lang, question, twin, at: number - from, of: to + 1 - from });
                    count += 1;
                }
            }
            for (at, question) in text.boosters.iter().enumerate() {
                let twin = spanish.map(|text| &text.boosters[at]);
                let path = format!("{base}/repaso/{}", at + 1);
                look(&Asked { path, lang, question, twin, at, of: text.boosters.len() });
                count += 1;
            }
        }
    }
    count
}

/// Fields to send, what must be said to them, and whether that is right; none for what nobody marks.
type Tried = (Vec<(String, String)>, Vec<String>, Option<bool>);

impl Asked<'_> {
    fn form(&self, browser: &Browser<'_>) -> PageForm {
        let mut forms = browser.forms().into_iter();
        forms.find(|form| form.action == self.path).unwrap_or_else(|| panic!("{} has no form", self.path))
    }

    /// Opens the page and answers.
    fn answer<'s>(&self, school: &'s School, choices: &[(&str, &str)]) -> Browser<'s> {
        let mut browser = Browser::open(school, &self.path);
        let form = self.form(&browser);
        browser.send(&form, choices);
        assert_eq!(browser.reply.status, 200, "{}", self.path);
        assert_eq!(browser.reply.header("cache-control"), "no-store", "{}", self.path);
        assert_eq!(browser.reply.header("set-cookie"), "", "{}", self.path);
        assert_eq!(browser.reply.header("etag"), "", "{}", self.path);
        browser
    }

    /// A text with its Spanish in brackets, as an answer shows it.
    fn said(own: Option<&Fragment>, twin: Option<&Fragment>) -> Vec<String> {
        let Some(own) = own else { return Vec::new() };
        let twin = twin.map(plain).filter(|twin| !twin.is_empty());
        vec![twin.map_or_else(|| plain(own), |twin| format!("{} ({twin})", plain(own)))]
    }

    /// The answers to try: fields, what must be said of them, and how they are.
    fn answers(&self) -> Vec<Tried> {
        let one = |value: String| vec![("r".to_owned(), value)];
        let twin = self.twin.map(|twin| &twin.kind);
        match &self.question.kind {
            QuestionKind::SingleChoice(choices) | QuestionKind::MultipleChoice(choices) => {
                let several = matches!(self.question.kind, QuestionKind::MultipleChoice(_));
                let whole = choices.iter().filter(|choice| choice.weight > 0.0).count() == 1;
                let answer = |(at, choice): (usize, &amauta::domain::quiz::Choice<Fragment>)| {
                    let twin = twin.and_then(|twin| match twin {
                        QuestionKind::SingleChoice(twins) | QuestionKind::MultipleChoice(twins) => {
                            twins[at].feedback.as_ref()
                        }
                        _ => None,
                    });
                    let right = if several { choice.weight > 0.0 && whole } else { choice.weight >= 99.9 };
                    (one(at.to_string()), Self::said(choice.feedback.as_ref(), twin), Some(right))
                };
                let mut answers = choices.iter().enumerate().map(answer).collect::<Vec<_>>();
                if several && !whole {
                    // All that count together.
                    let all = answers.iter().enumerate().filter(|(at, _)| choices[*at].weight > 0.0);
                    let all =
                        all.map(|(_, (fields, said, _))| (fields.clone(), said.clone())).collect::<Vec<_>>();
                    let (fields, said): (Vec<_>, Vec<_>) = all.into_iter().unzip();
                    answers.push((fields.concat(), said.concat(), Some(true)));
                }
                answers
            }
            QuestionKind::TrueFalse { answer, feedback_right, feedback_wrong } => {
                let truth = |given: bool| {
                    let right = given == *answer;
                    let own = if right { feedback_right } else { feedback_wrong };
                    let twin = twin.and_then(|twin| match twin {
                        QuestionKind::TrueFalse { feedback_right, feedback_wrong, .. } => {
                            if right {
                                feedback_right.as_ref()
                            } else {
                                feedback_wrong.as_ref()
                            }
                        }
                        _ => None,
                    });
                    let value = if given { marking::TRUE } else { marking::FALSE };
                    (one(value.to_owned()), Self::said(own.as_ref(), twin), Some(right))
                };
                vec![truth(true), truth(false)]
            }
            QuestionKind::Matching(pairs) => {
                let order = marking::shown_order(self.question);
                let place =
                    |right: &str| order.iter().position(|shown| *shown == right).expect("it is shown");
                let fields = |turn: usize| {
                    let value = |at: usize| (place(&pairs[at].right) + turn) % order.len();
                    (0..pairs.len())
                        .map(|at| (format!("r{}", at + 1), value(at).to_string()))
                        .collect::<Vec<_>>()
                };
                vec![(fields(0), Vec::new(), Some(true)), (fields(1), Vec::new(), Some(false))]
            }
            QuestionKind::ShortAnswer(answers) => {
                let fits = answers.iter().enumerate().filter(|(_, answer)| !answer.text.contains('*'));
                let answer = |(at, answer): (usize, &amauta::domain::quiz::ShortAnswer<Fragment>)| {
                    let twin = self.twin.and_then(|twin| marking::counterpart(self.question, at, twin));
                    let twin = twin.and_then(|(_, twin)| twin.feedback.as_ref());
                    let said = Self::said(answer.feedback.as_ref(), twin);
                    (one(answer.text.clone()), said, Some(answer.weight >= 99.9))
                };
                let mut tried = fits.map(answer).collect::<Vec<_>>();
                // What nobody foresaw meets `*`, where there is one.
                let any = answers.iter().position(|answer| answer.text == "*");
                let said = any.map(|at| answer((at, &answers[at])));
                let (said, right) = said.map_or((Vec::new(), Some(false)), |(_, said, right)| (said, right));
                tried.push((one("xyzzy".to_owned()), said, right));
                tried
            }
            QuestionKind::Numerical(answers) => {
                let first = answers.first().expect("an answer");
                let twin = twin.and_then(|twin| match twin {
                    QuestionKind::Numerical(twins) => twins[0].feedback.as_ref(),
                    _ => None,
                });
                let said = Self::said(first.feedback.as_ref(), twin);
                vec![(one(first.low.to_string()), said, Some(first.weight >= 99.9))]
            }
            QuestionKind::Essay => vec![(one("Lo que pienso.".to_owned()), Vec::new(), None)],
            QuestionKind::Description => Vec::new(),
        }
    }

    /// A right and a wrong answer.
    fn right_and_wrong(&self) -> Option<[Vec<(String, String)>; 2]> {
        let answers = self.answers();
        let find = |wanted| {
            answers.iter().find(|(_, _, right)| *right == Some(wanted)).map(|(form, _, _)| form.clone())
        };
        Some([find(true)?, find(false)?])
    }
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The words in the box that answers an answer.
fn say(browser: &Browser<'_>) -> Option<String> {
    let html = browser.html();
    let (_, said) = html.split_once("<div class=\"say")?;
    // The form that goes on, or the question itself, stands after it.
    let said = said.split("<form").next().unwrap_or_default();
    let words = collapse(&crate::support::html::words(&format!("<body><div class=\"say{said}")));
    // An element inside brackets leaves a space beside them.
    Some(words.replace("( ", "(").replace(" )", ")"))
}

/// What every answer to every question is told.
fn every_answer_is_told(school: &School, only: Option<&str>) -> usize {
    let mut tried = 0;
    let asked = each_question(school, only, |asked| {
        for (fields, expected, right) in asked.answers() {
            let browser = asked.answer(school, &pairs(&fields));
            let said = say(&browser).unwrap_or_else(|| panic!("{} says nothing to {fields:?}", asked.path));
            let mark = |id: &str| text(asked.lang, id, &[]);
            let (heading, rest) = ["right", "partly", "not-yet", "unmarked"]
                .iter()
                .find_map(|id| {
                    said.strip_prefix(&mark(&format!("quiz-mark-{id}"))).map(|rest| (*id, rest.trim()))
                })
                .unwrap_or_else(|| panic!("{}: {said}", asked.path));
            assert_eq!(heading == "right", right == Some(true), "{} {fields:?}: {said}", asked.path);
            assert_eq!(heading == "unmarked", right.is_none(), "{} {fields:?}: {said}", asked.path);
            let general = Asked::said(
                asked.question.general_feedback.as_ref(),
                asked.twin.and_then(|twin| twin.general_feedback.as_ref()),
            );
            // Nothing but what the author wrote for this answer, and what is said to all.
            let mut rest = collapse(rest);
            for piece in expected.iter().chain(&general) {
                assert!(rest.contains(piece.as_str()), "{} {fields:?} lacks «{piece}»: {rest}", asked.path);
                rest = rest.replacen(piece.as_str(), "", 1);
            }
            assert_eq!(rest.trim(), "", "{} {fields:?} says more", asked.path);
            // What was answered stays, and can be answered again.
            let again = asked.form(&browser);
            for field in fields.iter().filter(|_| right.is_some()) {
                assert!(again.fields.contains(field), "{} forgets {field:?}", asked.path);
            }
            let button =
                browser.tags().iter().any(|tag| tag.get("value") == Some(mark("quiz-again").as_str()));
            assert!(button, "{} cannot be tried again", asked.path);
            tried += 1;
        }
    });
    assert!(tried > asked);
    tried
}

#[test]
fn every_option_of_every_question_is_told_exactly_what_its_author_wrote() {
    assert!(every_answer_is_told(school(), None) > 100);
}

/// The lesson with questions of all sorts.
const PROBE: &str = "de-prueba";

/// Questions of all sorts that lessons may have, more than the ones in the program have today.
const ALL_SORTS: &str = r"
// [tag:M1]
::Una:: ¿Cuál?{=Esta#Bien dicho. ~%50%Casi#Te falta poco. ~Otra#Mira de nuevo. ####Para todas y todos.}

// [tag:M1]
::Varias:: ¿Cuáles?{~%50%A#Va A. ~%50%B#Va B. ~%-100%C#No va C.}

// [tag:M1]
::Cierto:: El agua moja.{T#Toca el agua.#Moja siempre.}

// [tag:M1]
::Junta:: ¿Qué va con qué?{=uno -> 1 =dos -> 2 =tres -> 3}

// [tag:M1]
::Palabra:: ¿Cómo se llama lo secreto?{=clave#Esa es. =%50%llave#Se parece.}

// [tag:M1]
::Falta:: Antes de salir {=cierro#Eso. ~olvido#Mejor no.} la cuenta.

// [tag:M1]
::Número:: ¿Cuántas patas tiene la llama?{#4:1#Cuéntalas.}

// [tag:M1]
::Escribe:: ¿Qué piensas?{}
";

fn all_sorts() -> (tempfile::TempDir, School) {
    let folder = tempfile::tempdir().expect("a folder");
    let boosters = "$CATEGORY: semana-1\n\n// [tag:M1]\n::Repaso:: ¿Sí?{=Sí#Bien. ~No#Mira.}\n";
    Written { quechua: true, quiz: ALL_SORTS, boosters, ..Written::default() }.write(folder.path());
    let folders = Folders { content: Some(folder.path().to_owned()), data: None };
    let school = School::with(Settings { folders, ..Settings::default() });
    (folder, school)
}

#[test]
fn questions_of_every_sort_are_told_what_their_author_wrote() {
    let (_folder, school) = all_sorts();
    let sorts =
        school.app.shelf().library.lesson("de-prueba").expect("it is served").texts[&Lang::ES].quiz.len();
    assert_eq!(sorts, 8);
    assert!(every_answer_is_told(&school, Some(PROBE)) > 30);
}

#[test]
fn a_partly_right_answer_is_neither_right_nor_wrong_and_tells_of_each_choice() {
    let (_folder, school) = all_sorts();
    let path = "/es/lecciones/de-prueba/2/pregunta/2";
    let reply = school.post(path, &[("marcas", "--------"), ("paso", "responder"), ("r", "0"), ("r", "2")]);
    let html = reply.text();
    assert!(html.contains("Va A.") && html.contains("No va C.") && !html.contains("Va B."), "{html}");
    let reply = school.post(path, &[("marcas", "--------"), ("paso", "responder"), ("r", "1")]);
    assert!(reply.text().contains(&text(Lang::ES, "quiz-mark-partly", &[])));
    let reply = school.post(path, &[("marcas", "--------"), ("paso", "responder"), ("r", "1"), ("r", "0")]);
    assert!(reply.text().contains(&text(Lang::ES, "quiz-mark-right", &[])));
}

#[test]
fn each_question_page_leads_to_its_twin_to_help_and_shows_the_spanish_beneath() {
    let asked = each_question(school(), None, |asked| {
        let browser = Browser::open(school(), &asked.path);
        let page = words(&browser);
        assert!(page.contains(&plain(&asked.question.stem)), "{} lost its question", asked.path);
        let other = if asked.lang == Lang::ES { "qu" } else { "es" };
        let tags = browser.tags();
        let twin = tags.iter().find(|tag| tag.get("hreflang") == Some(other)).and_then(|tag| tag.get("href"));
        assert_eq!(twin, Some(format!("/{other}{}", &asked.path[3..]).as_str()));
        assert!(
            browser.links().iter().any(|(href, _)| *href == format!("/{}/ayuda", asked.lang)),
            "{}",
            asked.path
        );
        if let Some(twin) = asked.twin {
            assert!(page.contains(&plain(&twin.stem)), "{} lacks its Spanish", asked.path);
            if let QuestionKind::SingleChoice(choices) | QuestionKind::MultipleChoice(choices) = &twin.kind {
                for choice in choices {
                    assert!(page.contains(&plain(&choice.text)), "{} lacks an option in Spanish", asked.path);
                }
            }
            if let QuestionKind::Matching(pairs) = &twin.kind {
                for pair in pairs {
                    let both = [plain(&pair.left), pair.right.clone()];
                    assert!(
                        both.iter().all(|text| page.contains(text)),
                        "{} lacks {both:?} in Spanish",
                        asked.path
                    );
                }
            }
        }
    });
    assert!(asked > 40, "only {asked} questions");
}

#[test]
fn a_quiz_answered_to_its_end_counts_the_first_tries() {
    let shelf = school().app.shelf();
    let mut played = 0;
    for lesson in shelf.library.lessons() {
        for lang in LANGS {
            let lang: Lang = lang.parse().expect("a language");
            let (_, of) = lesson.text(lang).expect("a text");
            let Some((screen, from, to)) = range(of) else { continue };
            let base = format!("/{lang}/lecciones/{}/{screen}", lesson.id());
            let mut browser = Browser::open(school(), &base);
            let mut wrong = 0;
            for number in from..=to {
                let path = format!("{base}/pregunta/{number}");
                let asked = Asked {
                    path,
                    lang,
                    question: &of.quiz[number - 1],
                    twin: None,
                    at: number - from,
                    of: to + 1 - from,
                };
                let Some([good, bad]) = asked.right_and_wrong() else {
                    panic!("{} cannot be right", asked.path)
                };
                // Every other question goes wrong first; mending it does not change the count.
                if asked.at % 2 == 1 {
                    let form = asked.form(&browser);
                    browser.send(&form, &pairs(&bad));
                    wrong += 1;
                }
                let form = asked.form(&browser);
                browser.send(&form, &pairs(&good));
                let page = words(&browser);
                assert!(page.contains(&text(lang, "quiz-mark-right", &[])), "{}: {page}", asked.path);
                let next =
                    browser.forms().into_iter().find(|form| form.offered.is_empty()).expect("a way on");
                browser.send(&next, &[]);
                let position = text(
                    lang,
                    "quiz-position",
                    &[("number", Value::from(asked.at + 2)), ("total", Value::from(asked.of))],
                );
                assert_eq!(words(&browser).contains(&position), number < to, "after {}", asked.path);
                assert!(say(&browser).is_none(), "{} is answered before it is asked", browser.path);
            }
            let total = to + 1 - from;
            let page = words(&browser);
            let score = text(
                lang,
                "quiz-score",
                &[("right", Value::from(total - wrong)), ("total", Value::from(total))],
            );
            assert!(page.contains(&score), "{}: «{score}» in {page}", browser.path);
            assert!(page.contains(&text(lang, "quiz-score-private", &[])));
            assert_eq!(browser.reply.header("cache-control"), "no-store");
            let again = browser.links().into_iter().filter(|(href, _)| href.contains("/pregunta/"));
            let restart = format!("{base}/pregunta/{from}");
            let again = again.map(|(href, _)| href).collect::<Vec<_>>();
            let missed = (from..=to).filter(|number| (number - from) % 2 == 1);
            let mut expected = missed.map(|number| format!("{base}/pregunta/{number}")).collect::<Vec<_>>();
            expected.push(restart);
            assert_eq!(again, expected, "{}", browser.path);
            played += 1;
        }
    }
    assert!(played >= 8, "only {played} quizzes");
}

#[test]
fn a_result_without_answers_says_what_is_missing() {
    let (_folder, school) = all_sorts();
    let result = "/es/lecciones/de-prueba/2/resultado";
    for (marks, right, missing) in
        [("--------", 0, 8), ("11111111", 8, 0), ("1-0-----", 1, 6), ("00000000", 0, 0)]
    {
        let html = school.post(result, &[("marcas", marks), ("paso", "seguir")]).text();
        let score = [("right", Value::from(right)), ("total", Value::from(8_usize))];
        assert!(html.contains(&text(Lang::ES, "quiz-score", &score)), "{marks}: {html}");
        let told = text(Lang::ES, "quiz-unanswered", &[("count", Value::from(missing))]);
        assert_eq!(html.contains(&told), missing > 0, "{marks}");
    }
    let reply = school.get(result);
    assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/es/lecciones/de-prueba/2"));
}
