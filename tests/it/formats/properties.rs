//! No text breaks the readers or makes them slow, and what is written as GIFT is read as it was meant.

use std::time::{Duration, Instant};

use amauta::{
    domain::quiz::{
        Choice, MatchPair, NumericalAnswer, Question,
        QuestionKind::{
            self, Description, Essay, Matching, MultipleChoice, Numerical, SingleChoice, TrueFalse,
        },
        ShortAnswer, SourceText, TextFormat,
    },
    domain::story::PassagePiece,
    formats::{gift, twee},
};
use proptest::prelude::*;

/// Text made of what means something to the readers, so that chance finds more than plain words.
fn signs() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec![
        "{",
        "}",
        "=",
        "~",
        "#",
        "####",
        "\\",
        ":",
        "::",
        "%",
        "%50%",
        "->",
        "<-",
        "[[",
        "]]",
        "[",
        "]",
        "|",
        "/%",
        "%/",
        "//",
        "[tag:",
        "$CATEGORY:",
        "$",
        "<<",
        ">>",
        "<b>",
        "(set:",
        ":: ",
        "..",
        "1",
        "T",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "ñ",
        "StoryData",
        "Start",
        "\u{feff}",
        "\u{301}",
        "👍",
        "[html]",
        "*",
        "\0",
    ]);
    prop::collection::vec(sign, 0..60).prop_map(|parts| parts.concat())
}

fn text() -> impl Strategy<Value = String> {
    // Short texts with every sign that must be escaped; what Moodle trims or takes for a format is left out.
    prop::collection::vec("[a-zñ¿?.,=~#{}:%]{1,6}|\\\\|\\PC{1,3}", 1..5).prop_map(|words| {
        let text = words.join(if words.len() % 2 == 0 { " " } else { "\n" });
        let text = text.trim().trim_start_matches(['[', '/', '$', '%']).trim().to_owned();
        if text.is_empty() { "x".to_owned() } else { text }
    })
}

fn format() -> impl Strategy<Value = TextFormat> {
    use TextFormat::{Html, Markdown, Moodle, Plain};
    prop::sample::select(vec![Moodle, Plain, Markdown, Html])
}

fn source() -> impl Strategy<Value = SourceText> {
    (format(), text()).prop_map(|(format, text)| SourceText { format, text })
}

fn feedback() -> impl Strategy<Value = Option<SourceText>> {
    prop::option::of(source())
}

/// Texts of which none is like another.
fn different<T: Clone>(texts: Vec<T>, key: impl Fn(&T) -> &str) -> Vec<T> {
    let mut seen = std::collections::HashSet::new();
    texts.into_iter().filter(|text| seen.insert(key(text).to_owned())).collect()
}

fn kind() -> impl Strategy<Value = QuestionKind<SourceText>> {
    let choices = prop::collection::vec((source(), feedback()), 2..6).prop_map(|options| {
        let options: Vec<_> =
            options.into_iter().map(|(text, feedback)| Choice { text, weight: 0.0, feedback }).collect();
        different(options, |choice| &choice.text.text)
    });
    let choices = choices.prop_filter("two options", |choices| choices.len() >= 2).boxed();
    let single = (choices.clone(), any::<prop::sample::Index>()).prop_map(|(mut choices, right)| {
        let right = right.index(choices.len());
        choices[right].weight = 100.0;
        SingleChoice(choices)
    });
    let several = choices.prop_map(|mut choices| {
        choices[0].weight = 50.0;
        choices[1].weight = 50.0;
        choices.iter_mut().skip(2).for_each(|choice| choice.weight = -33.33333);
        MultipleChoice(choices)
    });
    let truth = (any::<bool>(), source(), source()).prop_map(|(answer, wrong, right)| TrueFalse {
        answer,
        feedback_wrong: Some(wrong),
        feedback_right: Some(right),
    });
    let matching = prop::collection::vec((source(), text()), 3..6)
        .prop_map(|pairs| {
            let pairs: Vec<_> = pairs.into_iter().map(|(left, right)| MatchPair { left, right }).collect();
            different(pairs, |pair| &pair.left.text)
        })
        .prop_filter("three pairs", |pairs| pairs.len() >= 3)
        .prop_filter("an arrow has no escape", |pairs| !pairs.iter().any(|p| p.left.text.contains("->")))
        .prop_map(Matching);
    let short = prop::collection::vec((text(), feedback()), 1..4).prop_map(|words| {
        let words: Vec<_> =
            words.into_iter().map(|(text, feedback)| ShortAnswer { text, weight: 100.0, feedback }).collect();
        QuestionKind::ShortAnswer(different(words, |word| &word.text))
    });
    let numbers = prop::collection::vec((-1000_i32..1000, 0_i32..50, feedback()), 1..4).prop_map(|numbers| {
        let number = |(low, width, feedback): (i32, i32, _)| NumericalAnswer {
            low: f64::from(low),
            high: f64::from(low + width),
            weight: 100.0,
            feedback,
        };
        Numerical(numbers.into_iter().map(number).collect())
    });
    prop_oneof![Just(Description), Just(Essay), single, several, truth, matching, short, numbers]
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "\\:#={}~\n".contains(c) {
            out.push('\\');
        }
        out.push(if c == '\n' { 'n' } else { c });
    }
    out
}

/// A text of a question as Moodle writes it: with its format, since that of the question may be another.
fn write(source: &SourceText) -> String {
    let format = match source.format {
        TextFormat::Moodle => "moodle",
        TextFormat::Plain => "plain",
        TextFormat::Markdown => "markdown",
        TextFormat::Html => "html",
    };
    format!("[{format}]{}", escape(&source.text))
}

fn write_feedback(feedback: Option<&SourceText>) -> String {
    feedback.map_or(String::new(), |feedback| format!("#{}", write(feedback)))
}

/// Writes a question as GIFT.
fn gift_of(question: &Question<SourceText>) -> String {
    let answers: Vec<String> = match &question.kind {
        Description | Essay => Vec::new(),
        SingleChoice(choices) => choices
            .iter()
            .map(|c| {
                let mark = if c.weight > 0.0 { "=" } else { "~" };
                format!("{mark}{}{}", write(&c.text), write_feedback(c.feedback.as_ref()))
            })
            .collect(),
        MultipleChoice(choices) => choices
            .iter()
            .map(|c| format!("~%{}%{}{}", c.weight, write(&c.text), write_feedback(c.feedback.as_ref())))
            .collect(),
        TrueFalse { answer, feedback_wrong, feedback_right } => {
            let word = if *answer { "TRUE" } else { "FALSE" };
            let (wrong, right) =
                (write_feedback(feedback_wrong.as_ref()), write_feedback(feedback_right.as_ref()));
            vec![format!("{word}{wrong}{right}")]
        }
        Matching(pairs) => {
            pairs.iter().map(|pair| format!("={} -> {}", write(&pair.left), escape(&pair.right))).collect()
        }
        QuestionKind::ShortAnswer(words) => words
            .iter()
            .map(|word| format!("=%100%{}{}", escape(&word.text), write_feedback(word.feedback.as_ref())))
            .collect(),
        Numerical(numbers) => numbers
            .iter()
            .map(|n| format!("={}..{}{}", n.low, n.high, write_feedback(n.feedback.as_ref())))
            .collect(),
    };
    let tags: String = question.tags.iter().map(|tag| format!("// [tag:{tag}]\n")).collect();
    let category = question.category.as_ref().map_or(String::new(), |name| format!("$CATEGORY: {name}\n\n"));
    let title = question.title.as_ref().map_or(String::new(), |title| format!("::{}::", escape(title)));
    let general = question.general_feedback.as_ref().map_or(String::new(), |g| format!("\n####{}", write(g)));
    let sharp = if matches!(question.kind, Numerical(_)) { "#" } else { "" };
    let braces = match &question.kind {
        Description => String::new(),
        _ => format!("{{{sharp}{}{general}\n}}", answers.join("\n")),
    };
    let tail = question.tail.as_ref().map_or(String::new(), |tail| format!(" {}", escape(&tail.text)));
    format!("{category}{tags}{title}{}{braces}{tail}\n", write(&question.stem))
}

fn question() -> impl Strategy<Value = Question<SourceText>> {
    let about =
        (prop::option::of(text()), prop::option::of("[a-z0-9-]{1,9}"), prop::collection::vec("M[0-9]", 0..3));
    (about, source(), prop::option::of(text()), kind(), feedback()).prop_map(
        |((title, category, tags), stem, tail, kind, general)| {
            let plain = matches!(kind, Description);
            Question {
                title,
                category,
                tags,
                position: amauta::domain::finding::Position { line: 1, column: 1 },
                tail: tail.filter(|_| !plain).map(|text| SourceText { format: stem.format, text }),
                stem,
                kind,
                general_feedback: general.filter(|_| !plain),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_breaks_the_readers(text in prop_oneof![signs(), any::<String>()]) {
        let (questions, findings) = gift::parse(&text);
        let lines = text.split('\n').flat_map(|line| line.split('\r')).count();
        for position in findings.iter().filter_map(|f| f.position).chain(questions.iter().map(|q| q.position)) {
            prop_assert!(position.line >= 1 && position.column >= 1);
            prop_assert!(usize::try_from(position.line).is_ok_and(|line| line <= lines));
        }
        for text in [text.clone(), format!(":: Start\n{text}")] {
            match twee::parse(&text) {
                Ok(story) => {
                    let count = story.passages.len();
                    prop_assert!(story.start < count);
                    for piece in story.passages.iter().flat_map(|passage| &passage.pieces) {
                        let astray = matches!(piece, PassagePiece::Link { target, .. } if *target >= count);
                        prop_assert!(!astray);
                    }
                    prop_assert!(story.unreachable().len() < count);
                    prop_assert!(story.dead_ends().len() <= count);
                }
                Err(findings) => prop_assert!(!findings.is_empty()),
            }
        }
    }

    #[test]
    fn what_is_written_as_gift_is_read_as_it_was_meant(questions in prop::collection::vec(question(), 1..4)) {
        let text: Vec<String> = questions.iter().map(gift_of).collect();
        let text = text.join("\n");
        let (mut read, findings) = gift::parse(&text);
        prop_assert_eq!(super::places(&findings), [], "{}", text);
        // Where a question begins depends on what stands above it; a category holds until the next.
        let mut expected = questions;
        let mut category = None;
        for question in &mut expected {
            category = question.category.take().or(category);
            question.category.clone_from(&category);
        }
        for question in &mut read {
            question.position = expected[0].position;
        }
        prop_assert_eq!(read, expected, "{}", text);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a stopwatch, not a clock")]
fn hostile_texts_are_read_in_time() {
    // A quarter of the longest text: work that grows with the square takes seconds already.
    const LENGTH: usize = gift::MAX_BYTES / 4;
    let full = |part: &str| part.repeat(LENGTH / part.len());
    let lines = |part: &str| format!("{}{}", " ".repeat(LENGTH / 2), part.repeat(LENGTH / 2 / part.len()));
    let mut texts = Vec::new();
    for part in [
        "{",
        "}",
        "{\n\n",
        "a\n\n",
        "{=",
        "=",
        "~",
        "#",
        "####",
        "\\",
        "::",
        "::a::\n",
        "[[",
        "[[a",
        "[[a]]",
        "/%",
        "<a ",
        "<<",
        "(set:",
        "$a",
        "//[tag:",
        "//[tag:a]\n",
        "$CATEGORY:a\n",
        "%",
        "~%",
        "->",
        "=a->",
        "\u{301}",
        "\r",
        "[html",
        ":: a\n",
        ":: [",
        "\\\\[",
    ] {
        texts.extend([full(part), lines(part)]);
        texts.push(format!("a{{{}}}", full(part).get(8..).unwrap_or("a")));
    }
    for text in texts {
        let begun = Instant::now();
        gift::parse(&text);
        let _ = twee::parse(&text);
        let story = format!(":: Start\n{}", text.get(10..).unwrap_or("a"));
        let _ = twee::parse(&story);
        let spent = begun.elapsed();
        let start: String = text.trim_start().chars().take(12).collect();
        assert!(spent < Duration::from_secs(1), "{start:?} took {spent:?}");
    }
}
