//! Whether two languages of a lesson run in parallel, so that a place in one is a place in the other.
//!
//! A language that does not is left out of its lesson: its address for "screen 3" or "question 2" would lead elsewhere.
//! The lesson is still served in Spanish. For `amauta check` each difference is an error, for it is a mistake of the
//! files, not a matter of style.

use crate::{
    content::text::{BOOSTERS, CARDS, LESSON, LangText, QUIZ, SHEETS, SORT, SOURCES, STORY},
    domain::{
        finding::{Finding, Severity},
        fragment::Fragment,
        lesson::{Block, Screen},
        quiz::{Choice, QuestionKind, ShownQuestion},
        sort::Sort,
        source_pack::SourcePack,
        story::Story,
    },
};

/// Where another language differs from Spanish: file name and finding.
pub(super) fn differences(spanish: &LangText, other: &LangText) -> Vec<(&'static str, Finding)> {
    let mut found = Vec::new();
    screens(spanish, other, &mut found);
    story(spanish.text.story.as_ref(), other, &mut found);
    questions(QUIZ, &spanish.text.quiz, &other.text.quiz, &mut found);
    questions(BOOSTERS, &spanish.text.boosters, &other.text.boosters, &mut found);
    sort(spanish.text.sort.as_ref(), other.text.sort.as_ref(), &mut found);
    sources(spanish.text.sources.as_ref(), other, &mut found);
    counts(CARDS, spanish.text.cards.len(), other.text.cards.len(), &mut found);
    for (name, part) in SHEETS {
        // A sheet stands alone: one that is missing is shown in Spanish.
        if spanish.text.sheets.contains_key(&part) && !other.text.sheets.contains_key(&part) {
            let finding =
                Finding { severity: Severity::Warning, ..Finding::error_of_whole("check-parallel-sheet") };
            found.push((name, finding.with("file", name)));
        }
    }
    found
}

type Found = Vec<(&'static str, Finding)>;

fn counts(file: &'static str, spanish: usize, other: usize, found: &mut Found) -> bool {
    if spanish != other {
        let finding = Finding::error_of_whole("check-parallel-count");
        found.push((file, finding.with("file", file).with("spanish", spanish).with("other", other)));
    }
    spanish == other
}

fn screens(spanish: &LangText, other: &LangText, found: &mut Found) {
    if !counts(LESSON, spanish.text.screens.len(), other.text.screens.len(), found) {
        return;
    }
    let shape = |screen: &Screen| -> Vec<Option<Block>> {
        let bare = |block: &Block| (!matches!(block, Block::Text(_))).then(|| block.clone());
        screen.blocks.iter().map(bare).collect()
    };
    for ((mine, theirs), (line, _)) in
        other.text.screens.iter().zip(&spanish.text.screens).zip(&other.screens)
    {
        if shape(mine) != shape(theirs) {
            found.push((
                LESSON,
                Finding::error("check-parallel-blocks", *line, 1).with("screen", &theirs.title),
            ));
        }
    }
}

fn story(spanish: Option<&Story>, other: &LangText, found: &mut Found) {
    let (theirs, mine) = match (spanish, &other.text.story) {
        (None, None) => return,
        (Some(theirs), Some(mine)) => (theirs, mine),
        (theirs, mine) => {
            let passages = |story: Option<&Story>| story.map_or(0, |story| story.passages.len());
            counts(STORY, passages(theirs), passages(mine.as_ref()), found);
            return;
        }
    };
    if !counts(STORY, theirs.passages.len(), mine.passages.len(), found) {
        return;
    }
    let line = |index: usize| {
        let passage = other.story.as_ref().and_then(|story| story.passages.get(index));
        passage.map_or(1, |passage| passage.position.line)
    };
    if theirs.start != mine.start {
        found.push((STORY, Finding::error_of_whole("check-parallel-start")));
    }
    for (index, (mine, theirs)) in mine.passages.iter().zip(&theirs.passages).enumerate() {
        let differs = |id| Finding::error(id, line(index), 1).with("passage", &theirs.name);
        if mine.slug != theirs.slug {
            found.push((STORY, differs("check-parallel-passage")));
        } else if mine.tags != theirs.tags {
            found.push((STORY, differs("check-parallel-tags")));
        } else if mine.choices.iter().map(|c| c.target).ne(theirs.choices.iter().map(|c| c.target))
            || passages_linked(&mine.body) != passages_linked(&theirs.body)
        {
            found.push((STORY, differs("check-parallel-links")));
        }
    }
}

/// The passages a text links to, sorted: word order may differ between languages.
fn passages_linked(body: &Fragment) -> Vec<&str> {
    let mut linked: Vec<&str> = body
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            crate::domain::fragment::Piece::Passage(slug) => Some(slug.as_str()),
            _ => None,
        })
        .collect();
    linked.sort_unstable();
    linked
}

fn questions(file: &'static str, spanish: &[ShownQuestion], other: &[ShownQuestion], found: &mut Found) {
    if !counts(file, spanish.len(), other.len(), found) {
        return;
    }
    for (index, (mine, theirs)) in other.iter().zip(spanish).enumerate() {
        let differs = |id| {
            let at = mine.position;
            Finding::error(id, at.line, at.column).with("number", index + 1)
        };
        if mine.tags != theirs.tags || mine.category != theirs.category {
            found.push((file, differs("check-parallel-question-tag")));
        }
        if !same_answers(&mine.kind, &theirs.kind) {
            found.push((file, differs("check-parallel-question")));
        }
    }
}

/// Whether two questions are answered the same way. Typed words may differ between languages.
fn same_answers(a: &QuestionKind<Fragment>, b: &QuestionKind<Fragment>) -> bool {
    use QuestionKind as K;
    let same_choices = |a: &[Choice<Fragment>], b: &[Choice<Fragment>]| {
        a.iter().map(|choice| choice.weight).eq(b.iter().map(|choice| choice.weight))
    };
    match (a, b) {
        (K::Description, K::Description) | (K::Essay, K::Essay) | (K::ShortAnswer(_), K::ShortAnswer(_)) => {
            true
        }
        (K::SingleChoice(a), K::SingleChoice(b)) | (K::MultipleChoice(a), K::MultipleChoice(b)) => {
            same_choices(a, b)
        }
        (K::TrueFalse { answer: a, .. }, K::TrueFalse { answer: b, .. }) => a == b,
        (K::Matching(a), K::Matching(b)) => a.len() == b.len(),
        (K::Numerical(a), K::Numerical(b)) => {
            a.iter().map(|n| (n.low, n.high, n.weight)).eq(b.iter().map(|n| (n.low, n.high, n.weight)))
        }
        _ => false,
    }
}

fn sort(spanish: Option<&Sort>, other: Option<&Sort>, found: &mut Found) {
    let boxes = |sort: Option<&Sort>| -> Vec<String> {
        sort.iter().flat_map(|sort| &sort.boxes).map(|sort_box| sort_box.id.to_string()).collect()
    };
    let cards = |sort: Option<&Sort>| sort.map_or(0, |sort| sort.cards.len());
    if !counts(SORT, cards(spanish), cards(other), found) {
        return;
    }
    if boxes(spanish) != boxes(other) {
        found.push((SORT, Finding::error_of_whole("check-parallel-boxes")));
    }
    if let (Some(spanish), Some(other)) = (spanish, other) {
        for (index, (mine, theirs)) in other.cards.iter().zip(&spanish.cards).enumerate() {
            if mine.accepts != theirs.accepts {
                found.push((SORT, Finding::error_of_whole("check-parallel-card").with("number", index + 1)));
            }
        }
    }
}

/// The same folders and the same cards in the same order, each card of the same form and in the same folder.
fn sources(spanish: Option<&SourcePack>, other: &LangText, found: &mut Found) {
    let cards = |pack: Option<&SourcePack>| pack.map_or(0, |pack| pack.cards.len());
    if !counts(SOURCES, cards(spanish), cards(other.text.sources.as_ref()), found) {
        return;
    }
    let (Some(spanish), Some(mine)) = (spanish, &other.text.sources) else { return };
    let ids = |pack: &SourcePack| pack.dossiers.iter().map(|dossier| dossier.id.clone()).collect::<Vec<_>>();
    if ids(spanish) != ids(mine) {
        found.push((SOURCES, Finding::error_of_whole("check-parallel-dossiers")));
    }
    for ((mine, theirs), (line, _)) in mine.cards.iter().zip(&spanish.cards).zip(&other.source_cards) {
        if (&mine.id, &mine.form, &mine.dossier) != (&theirs.id, &theirs.form, &theirs.dossier) {
            let finding = Finding::error("check-parallel-source", *line, 1);
            found.push((SOURCES, finding.with("card", &theirs.id)));
        }
    }
}
