//! A question as a form: its fields, what a pupil answered, what there is to say about it. The marks of a screen's
//! questions travel in the form and are kept nowhere.

use crate::{
    domain::{
        fragment::{Fragment, escape},
        lesson::LessonText,
        marking::{self, Answer, AnswerError, FIELD, Outcome, Verdict},
        quiz::{Choice, MatchPair, QuestionKind, ShownQuestion},
    },
    web::{
        form::Form,
        lesson_text::{Shown, lift_first_picture},
        views::{
            activity::{Mark, NextStep, OptionView, PairOption, PairView, QuestionPart},
            lesson::Text,
        },
    },
};

/// The weeks whose booster questions have a heading, as GIFT categories call them.
const WEEKS: [&str; 3] = ["semana-1", "semana-3", "semana-6"];

/// Field that says what a form is for.
const STEP: &str = "paso";
/// The form only goes on to another question and carries the marks there.
const GO_ON: &str = "seguir";
/// Field of the marks.
const MARKS: &str = "marcas";

/// The question a page asks.
pub(crate) struct Asked {
    /// The questions it is one of, in any language of the lesson.
    pub(crate) questions: fn(&LessonText) -> &[ShownQuestion],
    /// Index of the question.
    pub(crate) question: usize,
    /// Number shown, from 1.
    pub(crate) number: usize,
    /// How many questions belong together.
    pub(crate) of: usize,
    /// The screen it stands on.
    pub(crate) screen: usize,
    /// Where the form leads.
    pub(crate) action: String,
    /// Where the next question or the result is asked for.
    pub(crate) next: Option<String>,
}

/// Marks of the questions of a screen: for each, whether the first answer was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marks(Vec<Option<bool>>);

impl Marks {
    fn none(of: usize) -> Self {
        Self(vec![None; of])
    }

    /// The marks that came with a form; `None` when they were tampered with.
    pub(crate) fn read(form: &Form, of: usize) -> Option<Self> {
        let mark = |c: char| match c {
            '1' => Some(Some(true)),
            '0' => Some(Some(false)),
            '-' => Some(None),
            _ => None,
        };
        let marks = form.get(MARKS)?.chars().take(of + 1).map(mark).collect::<Option<Vec<_>>>()?;
        (marks.len() == of).then_some(Self(marks))
    }

    fn write(&self) -> String {
        let mark = |mark: &Option<bool>| match mark {
            Some(true) => '1',
            Some(false) => '0',
            None => '-',
        };
        self.0.iter().map(mark).collect()
    }

    /// Keeps the first mark of a question; a second try does not change it.
    fn note(&mut self, at: usize, right: bool) {
        if let Some(mark) = self.0.get_mut(at) {
            mark.get_or_insert(right);
        }
    }

    /// Questions whose first answer was right.
    pub(crate) fn right(&self) -> usize {
        self.0.iter().filter(|mark| **mark == Some(true)).count()
    }

    /// Questions answered.
    pub(crate) fn answered(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// Indexes of the questions whose first answer was not right.
    pub(crate) fn missed(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().filter(|(_, mark)| **mark == Some(false)).map(|(at, _)| at)
    }
}

/// The question with what a form says about it. `None` when there is no such question.
pub(crate) fn part(shown: &Shown<'_>, asked: &Asked, form: Option<&Form>) -> Option<QuestionPart> {
    let find = |text| (asked.questions)(text).get(asked.question);
    let question = find(shown.text)?;
    let twin = shown.beneath.and_then(find);
    let words = Words { shown, screen: asked.screen };
    let marks = form.map_or(Some(Marks::none(asked.of)), |form| Marks::read(form, asked.of));
    let tampered = marks.is_none();
    let mut marks = marks.unwrap_or_else(|| Marks::none(asked.of));
    let values = |name: &str| {
        form.map(|form| form.all(name).into_iter().map(str::to_owned).collect()).unwrap_or_default()
    };
    let answering = form.is_some_and(|form| form.get(STEP) != Some(GO_ON));
    let answer = (answering && !tampered).then(|| Answer::from_form(question, values));
    let outcome = match &answer {
        Some(Ok(answer)) => {
            let others = shown.lesson.texts.iter().filter(|(lang, _)| **lang != shown.lang);
            let others = others.filter_map(|(_, text)| find(text));
            marking::mark_in_any(question, others, answer).ok()
        }
        _ => None,
    };
    if let Some(outcome) = &outcome
        && outcome.verdict != Verdict::Unmarked
    {
        marks.note(asked.number - 1, outcome.verdict == Verdict::Right);
    }
    let problem = match &answer {
        _ if tampered => Some("quiz-problem-marks"),
        Some(Err(error)) => Some(problem(*error, &question.kind)),
        _ => None,
    };
    let answer = answer.and_then(Result::ok);
    let is_chosen = |at: usize| match &answer {
        Some(Answer::One(one)) => *one == at,
        Some(Answer::Several(several)) => several.contains(&at),
        _ => false,
    };
    let spoken = outcome.as_ref().map(|outcome| words.spoken(question, twin, outcome, answer.as_ref()));
    let (by_option, feedback) = spoken.unwrap_or_default();
    let options = options(&words, question, twin, is_chosen, answer.as_ref(), &by_option);
    Some(QuestionPart {
        action: asked.action.clone(),
        number: asked.number,
        of: asked.of,
        stem: lift_first_picture(words.both(&question.stem, twin.map(|twin| &twin.stem))),
        tail: question.tail.as_ref().map(|tail| words.both(tail, twin.and_then(|twin| twin.tail.as_ref()))),
        kind: kind(&question.kind),
        options,
        pairs: pairs(&words, question, twin, answer.as_ref(), outcome.as_ref()),
        typed: form
            .and_then(|form| form.get(FIELD))
            .filter(|_| answering)
            .map(typed_again)
            .unwrap_or_default(),
        marks: marks.write(),
        problem,
        mark: outcome.as_ref().map(|outcome| mark(outcome.verdict)),
        feedback,
        next: asked.next.clone().map(|action| NextStep { action, last: asked.number == asked.of }),
    })
}

/// The week of a booster question. Other categories have no heading; their questions are asked all the same.
pub(crate) fn week(question: &ShownQuestion) -> Option<&'static str> {
    let week = question.category.as_deref()?;
    WEEKS.into_iter().find(|known| *known == week)
}

/// What was typed, to be mended; of what is far too long only the beginning, for a page must stay small.
fn typed_again(typed: &str) -> String {
    typed.chars().take(2 * marking::MAX_TYPED).collect()
}

fn problem(error: AnswerError, kind: &QuestionKind<Fragment>) -> &'static str {
    use QuestionKind::{Essay, Numerical, ShortAnswer};
    match error {
        AnswerError::Missing if matches!(kind, Essay | ShortAnswer(_) | Numerical(_)) => "quiz-problem-empty",
        AnswerError::Missing => "quiz-problem-missing",
        AnswerError::Unknown => "quiz-problem-unknown",
        AnswerError::NotANumber => "quiz-problem-number",
        AnswerError::TooLong => "quiz-problem-long",
    }
}

/// A verdict as pages show it.
pub(crate) fn mark(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Right => Mark::Right,
        Verdict::Partly => Mark::Partly,
        Verdict::Wrong => Mark::NotYet,
        Verdict::Unmarked => Mark::Unmarked,
    }
}

fn kind(kind: &QuestionKind<Fragment>) -> &'static str {
    match kind {
        QuestionKind::Description => "none",
        QuestionKind::Essay => "essay",
        QuestionKind::SingleChoice(_) => "single",
        QuestionKind::MultipleChoice(_) => "multiple",
        QuestionKind::TrueFalse { .. } => "truth",
        QuestionKind::Matching(_) => "matching",
        QuestionKind::ShortAnswer(_) => "text",
        QuestionKind::Numerical(_) => "number",
    }
}

/// Fragments of the lesson as text, with the Spanish beneath.
struct Words<'a> {
    shown: &'a Shown<'a>,
    screen: usize,
}

impl Words<'_> {
    fn both(&self, own: &Fragment, beneath: Option<&Fragment>) -> Text {
        self.shown.joined(self.screen, own, beneath)
    }

    /// What there is to say about an answer: at the chosen options, and beside them.
    fn spoken(
        &self,
        question: &ShownQuestion,
        twin: Option<&ShownQuestion>,
        outcome: &Outcome<'_, Fragment>,
        answer: Option<&Answer>,
    ) -> (Vec<(usize, Text)>, Vec<Text>) {
        let said_in_twin = twin.zip(answer).and_then(|(twin, answer)| marking::mark(twin, answer).ok());
        let said_there = |index: usize| {
            let mut said = said_in_twin.iter().flat_map(|outcome| &outcome.said);
            said.find(|said| said.index == index).and_then(|said| said.feedback)
        };
        // Typed words differ between languages.
        let named = twin.zip(said_in_twin.as_ref()).and_then(|(twin, outcome)| marking::named(twin, outcome));
        let named = named.and_then(said_there);
        let twin_of = |index: usize| match twin {
            Some(twin) if matches!(question.kind, QuestionKind::ShortAnswer(_)) => named.or_else(|| {
                marking::counterpart(question, index, twin).and_then(|(_, answer)| answer.feedback.as_ref())
            }),
            _ => said_there(index),
        };
        let choice = matches!(question.kind, QuestionKind::SingleChoice(_) | QuestionKind::MultipleChoice(_));
        let mut at_options = Vec::new();
        let mut beside = Vec::new();
        for said in &outcome.said {
            let Some(feedback) = said.feedback else { continue };
            let text = self.both(feedback, twin_of(said.index));
            if choice { at_options.push((said.index, text)) } else { beside.push(text) }
        }
        // A word that counts like none of this language is told what the Spanish says.
        if outcome.said.is_empty() && named.is_some() {
            beside.push(self.both(&Fragment::default(), named));
        }
        if let Some(general) = outcome.general_feedback {
            beside.push(self.both(general, twin.and_then(|twin| twin.general_feedback.as_ref())));
        }
        (at_options, beside)
    }
}

fn options(
    words: &Words<'_>,
    question: &ShownQuestion,
    twin: Option<&ShownQuestion>,
    is_chosen: impl Fn(usize) -> bool,
    answer: Option<&Answer>,
    feedback: &[(usize, Text)],
) -> Vec<OptionView> {
    match &question.kind {
        QuestionKind::SingleChoice(choices) | QuestionKind::MultipleChoice(choices) => {
            let twins: &[Choice<Fragment>] = match twin.map(|twin| &twin.kind) {
                Some(QuestionKind::SingleChoice(choices) | QuestionKind::MultipleChoice(choices)) => choices,
                _ => &[],
            };
            let option = |(at, choice): (usize, &Choice<Fragment>)| OptionView {
                value: at.to_string(),
                text: words.both(&choice.text, twins.get(at).map(|choice| &choice.text)),
                chosen: is_chosen(at),
                feedback: feedback.iter().find(|(of, _)| *of == at).map(|(_, text)| text.clone()),
            };
            choices.iter().enumerate().map(option).collect()
        }
        QuestionKind::TrueFalse { .. } => {
            let option = |value: &str, truth: bool, id: &str| OptionView {
                value: value.to_owned(),
                text: Text::new(escape(&words.shown.ctx.text(id, &[])), None),
                chosen: answer == Some(&Answer::Truth(truth)),
                feedback: None,
            };
            vec![option(marking::TRUE, true, "quiz-true"), option(marking::FALSE, false, "quiz-false")]
        }
        _ => Vec::new(),
    }
}

fn pairs(
    words: &Words<'_>,
    question: &ShownQuestion,
    twin: Option<&ShownQuestion>,
    answer: Option<&Answer>,
    outcome: Option<&Outcome<'_, Fragment>>,
) -> Vec<PairView> {
    let QuestionKind::Matching(matches) = &question.kind else { return Vec::new() };
    let order = marking::shown_order(question);
    let chosen = |pair: usize| match answer {
        Some(Answer::Pairs(chosen)) => chosen.get(pair).copied(),
        _ => None,
    };
    let twins = match twin.map(|twin| &twin.kind) {
        Some(QuestionKind::Matching(twins)) => twins.as_slice(),
        _ => &[],
    };
    let right = |pair: usize| {
        let said = outcome?.said.iter().find(|said| said.index == pair)?;
        Some(said.verdict == Verdict::Right)
    };
    // The right sides stand in a list, where the Spanish has no place beneath: it follows in brackets.
    let label = |right: &str| {
        let pair = matches.iter().position(|pair| pair.right == right);
        let beneath = pair.and_then(|pair| twins.get(pair)).filter(|twin| twin.right != right);
        beneath.map_or_else(|| right.to_owned(), |twin| format!("{right} ({})", twin.right))
    };
    let option = |pair: usize, (at, right): (usize, &&str)| PairOption {
        value: at,
        label: label(right),
        chosen: chosen(pair) == Some(at),
    };
    let view = |(at, pair): (usize, &MatchPair<Fragment>)| PairView {
        field: format!("{FIELD}{}", at + 1),
        text: words.both(&pair.left, twins.get(at).map(|pair| &pair.left)),
        options: order.iter().enumerate().map(|each| option(at, each)).collect(),
        right: right(at),
    };
    matches.iter().enumerate().map(view).collect()
}
