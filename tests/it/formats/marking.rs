//! From a form to an outcome: what is right, what it is worth, what is said.

use amauta::domain::{
    marking::{Answer, AnswerError, MAX_TYPED, Outcome, Verdict, mark, shown_order},
    quiz::{Question, QuestionKind, SourceText},
};
use proptest::prelude::*;

use super::{only, sound};

/// The answer in a form with these fields.
fn answer(question: &Question<SourceText>, form: &[(&str, &str)]) -> Result<Answer, AnswerError> {
    let values = |name: &str| form.iter().filter(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()).collect();
    Answer::from_form(question, values)
}

/// Fraction (in percent, rounded), verdict and what was said, from a form.
fn marked(gift: &str, form: &[(&str, &str)]) -> (i32, Verdict, Vec<String>) {
    let question = only(gift);
    let answer = answer(&question, form).unwrap_or_else(|error| panic!("{gift}: {error}"));
    let outcome = mark(&question, &answer).unwrap_or_else(|error| panic!("{gift}: {error}"));
    (percent(&outcome), outcome.verdict, said(&outcome))
}

#[expect(clippy::cast_possible_truncation, reason = "a percentage is small")]
fn percent(outcome: &Outcome<'_, SourceText>) -> i32 {
    (outcome.fraction * 100.0).round() as i32
}

fn said(outcome: &Outcome<'_, SourceText>) -> Vec<String> {
    let text = |feedback: Option<&SourceText>| feedback.map_or(String::new(), |f| f.text.clone());
    outcome
        .said
        .iter()
        .map(|said| format!("{}:{:?}:{}", said.index, said.verdict, text(said.feedback)))
        .collect()
}

/// Why a form holds no answer.
fn refused(gift: &str, form: &[(&str, &str)]) -> AnswerError {
    answer(&only(gift), form).expect_err(gift)
}

#[test]
fn one_option_says_its_own_feedback_and_no_other() {
    let gift = "¿Qué?{=a#Bien ~b#Mal ~%50%c#Casi ~d}";
    assert_eq!(marked(gift, &[("r", "0")]), (100, Verdict::Right, vec!["0:Right:Bien".into()]));
    assert_eq!(marked(gift, &[("r", "1")]), (0, Verdict::Wrong, vec!["1:Wrong:Mal".into()]));
    assert_eq!(marked(gift, &[("r", " 2 ")]), (50, Verdict::Partly, vec!["2:Partly:Casi".into()]));
    assert_eq!(marked(gift, &[("r", "3")]), (0, Verdict::Wrong, vec!["3:Wrong:".into()]));
}

#[test]
fn several_options_add_up_and_each_says_its_feedback() {
    let gift = "¿Cuáles?{~%50%a#A ~%50%b#B ~%-50%c#C ~d#D}";
    let mark = |chosen: &[&str]| marked(gift, &chosen.iter().map(|value| ("r", *value)).collect::<Vec<_>>());
    let both = vec!["0:Right:A".to_owned(), "1:Right:B".to_owned()];
    assert_eq!(mark(&["1", "0", "1"]), (100, Verdict::Right, both));
    assert_eq!(mark(&["0"]), (50, Verdict::Partly, vec!["0:Right:A".into()]));
    assert_eq!(mark(&["0", "2"]), (0, Verdict::Wrong, vec!["0:Right:A".into(), "2:Wrong:C".into()]));
    // Below nothing there is nothing; ticking everything is not right.
    assert_eq!(mark(&["2"]).0, 0);
    let (fraction, verdict, _) = mark(&["0", "1", "3"]);
    assert_eq!((fraction, verdict), (100, Verdict::Partly));
}

#[test]
fn three_thirds_are_the_whole() {
    let gift = "¿Cuáles?{~%33.3%a ~%33.33333%b ~%33.33%c}";
    let (fraction, verdict, _) = marked(gift, &[("r", "0"), ("r", "1"), ("r", "2")]);
    assert_eq!((fraction, verdict), (100, Verdict::Right));
}

#[test]
fn true_and_false_have_two_feedbacks() {
    for (gift, right, wrong) in [("¿Sí?{T#mal#bien}", "v", "f"), ("¿Sí?{F#mal#bien}", "f", "v")] {
        let index = |value: &str| usize::from(value == "f");
        let expected = vec![format!("{}:Right:bien", index(right))];
        assert_eq!(marked(gift, &[("r", right)]), (100, Verdict::Right, expected));
        let expected = vec![format!("{}:Wrong:mal", index(wrong))];
        assert_eq!(marked(gift, &[("r", wrong)]), (0, Verdict::Wrong, expected));
    }
}

#[test]
fn each_pair_is_marked_for_itself() {
    let gift = "Une.{=llave -> puerta =clave -> cuenta =candado -> bici =aldaba -> puerta}";
    let question = only(gift);
    let shown = shown_order(&question);
    assert_eq!(shown.len(), 3, "a right side that two pairs share is shown once");
    let place = |right: &str| shown.iter().position(|s| *s == right).expect("shown").to_string();
    let (door, account, bike) = (place("puerta"), place("cuenta"), place("bici"));
    let form = |values: [&str; 4]| {
        marked(gift, &["r1", "r2", "r3", "r4"].into_iter().zip(values).collect::<Vec<_>>())
    };
    let (fraction, verdict, said) = form([&door, &account, &bike, &door]);
    assert_eq!((fraction, verdict), (100, Verdict::Right));
    assert_eq!(said, ["0:Right:", "1:Right:", "2:Right:", "3:Right:"]);
    let (fraction, verdict, said) = form([&door, &bike, &account, &door]);
    assert_eq!((fraction, verdict), (50, Verdict::Partly));
    assert_eq!(said, ["0:Right:", "1:Wrong:", "2:Wrong:", "3:Right:"]);
    assert_eq!(form([&account, &bike, &account, &bike]).1, Verdict::Wrong);
}

#[test]
fn the_shown_order_is_always_the_same_and_never_that_of_the_pairs() {
    for rights in [vec!["a", "b"], vec!["uno", "dos", "tres"], vec!["x", "y", "z", "w", "v", "u"]] {
        let pairs: String =
            rights.iter().enumerate().map(|(n, right)| format!("={n} -> {right}\n")).collect();
        let (questions, _) = amauta::formats::gift::parse(&format!("Une.{{{pairs}}}"));
        let shown = shown_order(&questions[0]);
        assert_eq!(shown, shown_order(&questions[0].clone()));
        assert_ne!(shown, rights);
        let (mut sorted, mut expected) = (shown.clone(), rights.clone());
        sorted.sort_unstable();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }
    assert!(shown_order(&only("¿Sí?{T}")).is_empty());
}

#[test]
fn typed_words_are_met_kindly() {
    let gift = r"¿A quién?{=mamá#Muy bien =%50%*tía*#También =%0%papa#¿La que se come? =5\*3}";
    assert_eq!(marked(gift, &[("r", "  MAMA ")]), (100, Verdict::Right, vec!["0:Right:Muy bien".into()]));
    assert_eq!(
        marked(gift, &[("r", "a mi  Tia Rosa")]),
        (50, Verdict::Partly, vec!["1:Partly:También".into()])
    );
    assert_eq!(marked(gift, &[("r", "papa")]), (0, Verdict::Wrong, vec!["2:Wrong:¿La que se come?".into()]));
    assert_eq!(marked(gift, &[("r", "5*3")]).1, Verdict::Right);
    assert_eq!(marked(gift, &[("r", "nadie")]), (0, Verdict::Wrong, Vec::new()));
}

#[test]
fn typed_numbers_are_met_within_their_bounds() {
    let gift = "¿Cuánto?{#=0.8:0.1#Justo =%50%0..2#Cerca ~#Lejos}";
    for typed in ["0.8", "0,7", "0.9", "+0,75"] {
        assert_eq!(
            marked(gift, &[("r", typed)]),
            (100, Verdict::Right, vec!["0:Right:Justo".into()]),
            "{typed}"
        );
    }
    assert_eq!(marked(gift, &[("r", "0.69")]), (50, Verdict::Partly, vec!["1:Partly:Cerca".into()]));
    assert_eq!(marked(gift, &[("r", "-1 000")]), (0, Verdict::Wrong, vec!["2:Wrong:Lejos".into()]));
    assert_eq!(marked("¿Cuánto?{#5}", &[("r", "4")]), (0, Verdict::Wrong, Vec::new()));
}

#[test]
fn what_nobody_marks_is_unmarked_and_the_general_feedback_is_always_said() {
    assert_eq!(marked("Lee esto.", &[]), (0, Verdict::Unmarked, Vec::new()));
    let question = only("Cuenta.{####Gracias por contar.}");
    let answer = answer(&question, &[("r", "Fui a la feria.")]).expect("written");
    let outcome = mark(&question, &answer).expect("an essay is never wrong");
    assert_eq!(outcome.verdict, Verdict::Unmarked);
    assert_eq!(outcome.general_feedback.map(|f| f.text.as_str()), Some("Gracias por contar."));
}

#[test]
fn a_form_without_an_answer_is_told_why() {
    use AnswerError::{Missing, NotANumber, TooLong, Unknown};
    let long = "a".repeat(MAX_TYPED + 1);
    let one = "¿Qué?{=a ~b}";
    let many = "¿Qué?{~%50%a ~%50%b}";
    let pairs = "Une.{=a->1 =b->2 =c->3}";
    for (gift, form, error) in [
        (one, vec![], Missing),
        (one, vec![("r", "  ")], Missing),
        (one, vec![("r", "2")], Unknown),
        (one, vec![("r", "-1")], Unknown),
        (one, vec![("r", "99999999999999999999999")], Unknown),
        (one, vec![("r", "a")], Unknown),
        (one, vec![("r", "0"), ("r", "1")], Unknown),
        (many, vec![], Missing),
        (many, vec![("r", "0"), ("r", "2")], Unknown),
        ("¿Sí?{T}", vec![], Missing),
        ("¿Sí?{T}", vec![("r", "T")], Unknown),
        (pairs, vec![("r1", "0"), ("r2", "1")], Missing),
        (pairs, vec![("r1", "0"), ("r2", "1"), ("r3", "")], Missing),
        (pairs, vec![("r1", "0"), ("r2", "1"), ("r3", "3")], Unknown),
        ("¿Qué?{=a}", vec![], Missing),
        ("¿Qué?{=a}", vec![("r", &long)], TooLong),
        ("Cuenta.{}", vec![], Missing),
        ("¿Cuánto?{#5}", vec![("r", "\t")], Missing),
        ("¿Cuánto?{#5}", vec![("r", "cinco")], NotANumber),
        ("¿Cuánto?{#5}", vec![("r", "NaN")], NotANumber),
        ("¿Cuánto?{#5}", vec![("r", "inf")], NotANumber),
    ] {
        assert_eq!(refused(gift, &form), error, "{gift} {form:?}");
    }
}

#[test]
fn an_answer_to_another_question_is_unknown() {
    let texts =
        ["¿Qué?{=a ~b}", "¿Qué?{~%50%a ~%50%b}", "¿Sí?{T}", "¿Qué?{=a}", "¿Cuánto?{#5}", "Cuenta.{}", "Lee."];
    let answers = [
        Answer::One(1),
        Answer::Several([0].into()),
        Answer::Truth(true),
        Answer::Word("a".into()),
        Answer::Number(5.0),
        Answer::Written("a".into()),
        Answer::Nothing,
    ];
    for (own, text) in texts.iter().enumerate() {
        let question = only(text);
        for (index, answer) in answers.iter().enumerate() {
            let outcome = mark(&question, answer);
            assert_eq!(outcome.is_ok(), index == own, "{text} {answer:?}");
        }
    }
    let one = only(texts[0]);
    assert_eq!(mark(&one, &Answer::One(2)), Err(AnswerError::Unknown));
    let many = only(texts[1]);
    assert_eq!(mark(&many, &Answer::Several([7].into())), Err(AnswerError::Unknown));
    assert_eq!(mark(&many, &Answer::Several([].into())), Err(AnswerError::Missing));
    let pairs = only("Une.{=a->1 =b->2 =c->3}");
    assert_eq!(mark(&pairs, &Answer::Pairs(vec![0, 1])), Err(AnswerError::Missing));
    assert_eq!(mark(&pairs, &Answer::Pairs(vec![0, 1, 3])), Err(AnswerError::Unknown));
    assert_eq!(mark(&pairs, &Answer::Pairs(vec![0, 1, 2, 0])), Err(AnswerError::Unknown));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_form_can_break_marking(index in 0_usize..16, values in prop::collection::vec("\\PC{0,12}|[0-9]{1,3}|v|f", 0..5)) {
        let question = &sound(&super::fixture("todas-las-formas.gift"))[index];
        if let Ok(answer) = Answer::from_form(question, |_| values.clone()) {
            let outcome = mark(question, &answer).expect("an answer taken from the form of its question");
            prop_assert!((0.0..=1.0).contains(&outcome.fraction));
            let unmarked = matches!(question.kind, QuestionKind::Description | QuestionKind::Essay);
            prop_assert_eq!(outcome.verdict == Verdict::Unmarked, unmarked);
        }
    }
}
