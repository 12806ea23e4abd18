//! How hard a Spanish text is to read: sentence length and the INFLESZ score
//! (206.835 − 62.3 · syllables per word − words per sentence).
//!
//! INFLESZ was made with adult readers in Spain. Here it is a floor that catches bad text, not a proof that a child
//! understands. It says nothing about Quechua, whose words carry what takes Spanish several.

use std::ops::Range;

use crate::{
    content::{
        check::syllables::syllables,
        coverage::in_cycles,
        lesson::{Draft, Known},
        markdown::{Notes, Unit},
        meta,
        place::Report,
        text::{self, LangText},
        toml_text::{Step, place},
    },
    domain::{finding::Finding, lang::Lang, resource::Meta, vocabulary::CycleTerm},
};

/// Fewer words than this say nothing about a mean or a score.
const ENOUGH_WORDS: usize = 30;

/// Files in the words of the pupils they are for.
const FOR_THE_CYCLE: [&str; 9] = [
    text::LESSON,
    text::STORY,
    text::QUIZ,
    text::BOOSTERS,
    text::SORT,
    text::CARDS,
    text::SOURCES,
    text::FORM_A,
    text::FORM_B,
];

/// Checks the Spanish of a lesson against the limits of its readers.
pub(super) fn check(draft: &Draft, known: &Known, report: &mut Report) {
    let (Some(meta), Some(spanish)) = (&draft.meta, draft.langs.get(&Lang::ES)) else { return };
    let cycles = &known.vocabulary.cycles;
    let band = |id: &str| cycles.iter().find(|cycle| cycle.id == id);
    let (cycle, oldest) = youngest_and_oldest(meta, known);
    for (name, notes) in &spanish.notes {
        let limits = match *name {
            text::FAMILY => band("familia"),
            text::PLAN | text::UNPLUGGED | text::TALLY => band("docente"),
            name if FOR_THE_CYCLE.contains(&name) => cycle,
            _ => None,
        };
        if let Some(limits) = limits {
            let file = format!("{}/es/{name}", draft.id);
            report.extend(&file, text_findings(notes, limits));
        }
    }
    if let Some(limits) = band("docente") {
        let file = format!("{}/es/{}", draft.id, text::SOURCES);
        report.extend(&file, text_findings(&spanish.keys, limits));
    }
    if let Some(limits) = cycle {
        let card_words = oldest.and_then(|limits| limits.screen_words);
        amounts(draft, spanish, limits, card_words, report);
        for (index, message) in meta.messages.iter().enumerate() {
            let path = [Step::Key("messages"), Step::Index(index), Step::Key("text"), Step::Key("es")];
            let line = place(&draft.toml, &path).line;
            let unit = Unit { line, text: message.text.get(Lang::ES).cloned().unwrap_or_default() };
            let file = format!("{}/{}", draft.id, meta::FILE);
            report.extend(&file, long_sentences(&unit, limits));
        }
    }
}

/// The limits of the youngest and of the oldest readers a lesson is for.
fn youngest_and_oldest<'k>(meta: &Meta, known: &'k Known) -> (Option<&'k CycleTerm>, Option<&'k CycleTerm>) {
    let vocabulary = &known.vocabulary;
    let wanted = in_cycles(meta, vocabulary);
    let cycles = || vocabulary.cycles.iter().filter(|cycle| wanted.contains(&&cycle.id));
    let words = |cycle: &&CycleTerm| (cycle.max_words, cycle.mean_words);
    (cycles().min_by_key(words), cycles().max_by_key(words))
}

/// Sentence length and score of one file.
fn text_findings(notes: &Notes, limits: &CycleTerm) -> Vec<Finding> {
    let mut found: Vec<Finding> = notes.units.iter().flat_map(|unit| long_sentences(unit, limits)).collect();
    let measured = Measure::of(notes.units.iter().map(|unit| unit.text.as_str()));
    if measured.words < ENOUGH_WORDS {
        return found;
    }
    let (mean, score) = (measured.mean(), measured.inflesz());
    // What is shown rounded is judged rounded, so that nobody is told that 8.0 is more than 8.
    if (mean * 10.0).round() > f64::from(limits.mean_words) * 10.0 {
        let finding = Finding::error_of_whole("check-reading-mean").with("mean", format!("{mean:.1}"));
        found.push(finding.with("most", limits.mean_words).with("cycle", &limits.id));
    }
    if score.round() < f64::from(limits.inflesz) {
        let finding = Finding::error_of_whole("check-reading-inflesz").with("score", format!("{score:.0}"));
        found.push(finding.with("least", limits.inflesz).with("cycle", &limits.id));
    }
    found
}

fn long_sentences(unit: &Unit, limits: &CycleTerm) -> Vec<Finding> {
    let limit = usize::try_from(limits.max_words).unwrap_or(usize::MAX);
    sentences(&unit.text)
        .filter_map(|sentence| {
            let count = words(sentence).count();
            let begins: Vec<&str> = sentence.split_whitespace().take(5).collect();
            let finding = Finding::error("check-reading-long-sentence", unit.line, 1).with("words", count);
            (count > limit).then(|| {
                finding.with("most", limit).with("cycle", &limits.id).with("begins", begins.join(" "))
            })
        })
        .collect()
}

/// Words on each screen, in all screens, in each passage, on each card of a source pack, and new words.
///
/// A card may be as long as a screen of the oldest readers: a teacher chooses the folders for each grade.
fn amounts(
    draft: &Draft,
    spanish: &LangText,
    limits: &CycleTerm,
    card_words: Option<u32>,
    report: &mut Report,
) {
    let words_in = |name: &str, range: &Range<usize>| {
        let units = spanish.notes.get(name).and_then(|notes| notes.units.get(range.clone()));
        units.unwrap_or_default().iter().map(|unit| words(&unit.text).count()).sum::<usize>()
    };
    let file = |name: &str| format!("{}/es/{name}", draft.id);
    let limit = |limit: u32| usize::try_from(limit).unwrap_or(usize::MAX);
    let screens = spanish.screens.iter().zip(&spanish.text.screens);
    let screens = screens.map(|((line, range), screen)| (text::LESSON, *line, range, screen.title.as_str()));
    let passages = spanish.story.iter().flat_map(|story| &story.passages).zip(&spanish.passages);
    let passages =
        passages.map(|(passage, range)| (text::STORY, passage.position.line, range, passage.name.as_str()));
    let cards = spanish.text.sources.iter().flat_map(|sources| &sources.cards).zip(&spanish.source_cards);
    let cards = cards.map(|(card, (line, range))| (text::SOURCES, *line, range, card.title.as_str()));
    let mut total = 0;
    for (name, line, range, title) in screens.chain(passages).chain(cards) {
        let count = words_in(name, range);
        if name == text::LESSON {
            total += count;
        }
        let most = if name == text::SOURCES { card_words } else { limits.screen_words };
        if let Some(most) = most.filter(|most| count > limit(*most)) {
            let finding = Finding::error("check-reading-screen", line, 1).with("words", count);
            report.add(&file(name), finding.with("most", most).with("title", title));
        }
    }
    if total > limit(limits.total_words) {
        let finding = Finding::error_of_whole("check-reading-total").with("words", total);
        report.add(&file(text::LESSON), finding.with("most", limits.total_words));
    }
    let terms = spanish.text.terms.len();
    if limits.new_terms.is_some_and(|most| terms > limit(most)) {
        let finding = Finding::error_of_whole("check-reading-new-terms").with("count", terms);
        report.add(&file(text::LESSON), finding.with("most", limits.new_terms.unwrap_or_default()));
    }
}

/// What is counted in a text.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Measure {
    words: usize,
    sentences: usize,
    syllables: usize,
}

impl Measure {
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut measure = Self::default();
        for sentence in texts.flat_map(sentences) {
            let counted = words(sentence).count();
            measure.words += counted;
            measure.sentences += usize::from(counted > 0);
            measure.syllables += words(sentence).map(syllables).sum::<usize>();
        }
        measure
    }

    fn mean(self) -> f64 {
        ratio(self.words, self.sentences)
    }

    fn inflesz(self) -> f64 {
        206.835 - 62.3 * ratio(self.syllables, self.words) - self.mean()
    }
}

/// A quotient of two counts, both far below what a float holds exactly.
#[allow(clippy::cast_precision_loss)]
fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// Cuts a text at `. ! ? … : ;`; a dot between digits is no end.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut ends = Vec::new();
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let in_number = matches!(c, '.' | ':') && before.is_ascii_digit() && next_is_digit;
        if matches!(c, '.' | '!' | '?' | '…' | ':' | ';') && !in_number {
            ends.push(at + c.len_utf8());
        }
        before = c;
    }
    ends.push(text.len());
    let mut start = 0;
    ends.into_iter().filter_map(move |end| {
        let sentence = text.get(start..end).unwrap_or_default().trim();
        start = end;
        words(sentence).next().map(|_| sentence)
    })
}

/// The words of a text: runs of letters. Numbers are not counted.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Measure, sentences};

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let cut: Vec<_> = sentences("Son las 3.45. ¡Vamos! Lleva: pan; agua… y 10.5 soles").collect();
        assert_eq!(cut, ["Son las 3.45.", "¡Vamos!", "Lleva:", "pan;", "agua…", "y 10.5 soles"]);
    }

    #[test]
    fn the_score_falls_with_long_words_and_long_sentences() {
        let easy = Measure::of(["El sol sale. La niña lee."].into_iter());
        assert_eq!((easy.words, easy.sentences, easy.syllables), (6, 2, 9));
        assert!((easy.inflesz() - 110.385).abs() < 0.001, "{}", easy.inflesz());
        let hard = Measure::of(
            ["La responsabilidad administrativa corresponde a las autoridades competentes."].into_iter(),
        );
        assert!(hard.inflesz() < 20.0, "{}", hard.inflesz());
    }
}
