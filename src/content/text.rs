//! The files of a lesson in one language into a [`LessonText`], and what the lint wants to know beside it.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    content::{
        markdown::{self, Context, Notes, Place},
        place::Report,
        quiz,
        screens::{self, Activities},
        sort, source_pack, story,
    },
    domain::{
        finding::Finding,
        id::Slug,
        lesson::LessonText,
        quiz::{Question, SourceText},
        resource::Part,
        story::StorySource,
    },
    formats::{gift, twee},
};

/// The screens.
pub(super) const LESSON: &str = "lesson.md";
/// The questions.
pub(super) const QUIZ: &str = "quiz.gift";
/// The questions for later weeks.
pub(super) const BOOSTERS: &str = "boosters.gift";
/// The story.
pub(super) const STORY: &str = "story.twee";
/// The sorting game.
pub(super) const SORT: &str = "sort.toml";
/// The cards to print.
pub(super) const CARDS: &str = "cards.md";
/// The teacher's plan.
pub(super) const PLAN: &str = "plan.md";
/// The sheet for the family.
pub(super) const FAMILY: &str = "family.md";
/// The variant without any device.
pub(super) const UNPLUGGED: &str = "unplugged.md";

/// The sources to compare, with what is true of them.
pub(super) const SOURCES: &str = "sources.toml";
/// A test on paper.
pub(super) const FORM_A: &str = "form-a.md";
/// The same test with other questions.
pub(super) const FORM_B: &str = "form-b.md";
/// The teacher's sheet for counting the answers of a test.
pub(super) const TALLY: &str = "tally.md";

/// Every file a language may have.
pub(super) const FILES: [&str; 13] =
    [LESSON, QUIZ, BOOSTERS, STORY, SORT, CARDS, PLAN, FAMILY, UNPLUGGED, SOURCES, FORM_A, FORM_B, TALLY];

/// The sheets among them.
pub(super) const SHEETS: [(&str, Part); 6] = [
    (PLAN, Part::Plan),
    (FAMILY, Part::Family),
    (UNPLUGGED, Part::Unplugged),
    (FORM_A, Part::FormA),
    (FORM_B, Part::FormB),
    (TALLY, Part::Tally),
];

/// A language of a lesson as read.
#[derive(Debug, Default)]
pub(super) struct LangText {
    /// What is shown.
    pub(super) text: LessonText,
    /// What is known about the texts of each file.
    pub(super) notes: BTreeMap<&'static str, Notes>,
    /// For each screen: the line of its heading, and its units among the notes of `lesson.md`.
    pub(super) screens: Vec<(u32, Range<usize>)>,
    /// The questions as written.
    pub(super) quiz: Vec<Question<SourceText>>,
    /// The booster questions as written.
    pub(super) boosters: Vec<Question<SourceText>>,
    /// The story as written.
    pub(super) story: Option<StorySource>,
    /// For each passage: its units among the notes of `story.twee`, without its choices.
    pub(super) passages: Vec<Range<usize>>,
    /// What is known about the keys of `sources.toml`, which are no texts for pupils.
    pub(super) keys: Notes,
    /// For each card of `sources.toml`: its line, and its units among the notes of that file.
    pub(super) source_cards: Vec<(u32, Range<usize>)>,
}

impl LangText {
    /// What is known about every text, with the name of its file.
    pub(super) fn all_notes(&self) -> impl Iterator<Item = (&'static str, &Notes)> {
        let keys = self.notes.contains_key(SOURCES).then_some((SOURCES, &self.keys));
        self.notes.iter().map(|(name, notes)| (*name, notes)).chain(keys)
    }
}

/// Reads the files of one language; `folder` is the path of that language's folder with a `/` at its end, `forms` are
/// the words for what a source looks like.
pub(super) fn read(
    files: &BTreeMap<&'static str, String>,
    folder: &str,
    context: Context<'_>,
    forms: &[Slug],
    report: &mut Report,
) -> LangText {
    let mut out = LangText::default();
    let mut reader = Reader { files, folder, context, report };
    (out.quiz, out.text.quiz) = reader.questions(QUIZ, &mut out.notes);
    (out.boosters, out.text.boosters) = reader.questions(BOOSTERS, &mut out.notes);
    reader.story(&mut out);
    if let Some((file, text)) = reader.file(SORT) {
        let (sort, notes, findings) = sort::parse(text, context);
        reader.report.extend(&file, findings);
        out.text.sort = sort;
        out.notes.insert(SORT, notes);
    }
    if let Some((file, text)) = reader.file(CARDS) {
        let (cards, notes, findings) = screens::cards(text, context);
        reader.report.extend(&file, findings);
        out.text.cards = cards;
        out.notes.insert(CARDS, notes);
    }
    if let Some((file, text)) = reader.file(SOURCES) {
        let read = source_pack::parse(text, context, forms);
        reader.report.extend(&file, read.findings);
        out.text.sources = read.pack;
        out.notes.insert(SOURCES, read.notes);
        (out.keys, out.source_cards) = (read.keys, read.cards);
    }
    for (name, part) in SHEETS {
        if let Some((file, text)) = reader.file(name) {
            let rendered = markdown::blocks(text, Place { line: 1, raise: 0 }, context);
            reader.report.extend(&file, rendered.findings);
            if rendered.fragment.is_empty() {
                reader.report.add(&file, Finding::error_of_whole("check-file-empty"));
            }
            out.text.sheets.insert(part, rendered.fragment);
            out.notes.insert(name, rendered.notes);
        }
    }
    let Some((file, text)) = reader.file(LESSON) else {
        let file = format!("{folder}{LESSON}");
        reader.report.add(&file, Finding::error_of_whole("check-lesson-missing").with("file", LESSON));
        return out;
    };
    let activities = Activities {
        story: files.contains_key(STORY),
        questions: out.text.quiz.len(),
        sort: files.contains_key(SORT),
        cards: files.contains_key(CARDS),
    };
    let screens = screens::screens(text, activities, context);
    reader.report.extend(&file, screens.findings);
    out.text.screens = screens.screens;
    out.screens = screens.places;
    out.notes.insert(LESSON, screens.notes);
    out.text.terms = terms(&out.notes);
    out
}

/// The words a pupil finds explained in the screens and the story; each once, where it comes first.
fn terms(notes: &BTreeMap<&'static str, Notes>) -> Vec<crate::domain::lesson::Term> {
    let mut terms: Vec<crate::domain::lesson::Term> = Vec::new();
    for name in [LESSON, STORY] {
        for term in notes.get(name).into_iter().flat_map(|notes| &notes.terms) {
            if terms.iter().all(|known| known.word.to_lowercase() != term.word.to_lowercase()) {
                terms.push(term.clone());
            }
        }
    }
    terms
}

struct Reader<'a> {
    files: &'a BTreeMap<&'static str, String>,
    folder: &'a str,
    context: Context<'a>,
    report: &'a mut Report,
}

impl<'a> Reader<'a> {
    /// Path and text of a file that is there.
    fn file(&self, name: &'static str) -> Option<(String, &'a str)> {
        self.files.get(name).map(|text| (format!("{}{name}", self.folder), text.as_str()))
    }

    fn questions(
        &mut self,
        name: &'static str,
        notes: &mut BTreeMap<&'static str, Notes>,
    ) -> (Vec<Question<SourceText>>, Vec<crate::domain::quiz::ShownQuestion>) {
        let Some((file, text)) = self.file(name) else { return Default::default() };
        let (questions, findings) = gift::parse(text);
        self.report.extend(&file, findings);
        let shown = quiz::show(&questions, self.context);
        self.report.extend(&file, shown.findings);
        notes.insert(name, shown.notes);
        (questions, shown.questions)
    }

    fn story(&mut self, out: &mut LangText) {
        let Some((file, text)) = self.file(STORY) else { return };
        let source = match twee::parse(text) {
            Ok(source) => source,
            Err(findings) => return self.report.extend(&file, findings),
        };
        let shown = story::show(&source, text, self.context);
        self.report.extend(&file, shown.findings);
        out.notes.insert(STORY, shown.notes);
        out.passages = shown.bodies;
        out.text.story = Some(shown.story);
        out.story = Some(source);
    }
}
