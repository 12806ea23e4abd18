//! Forms that no page of ours sends: forged marks, missing steps, options of no question, fields too long or twice.

use amauta::domain::{lang::Lang, quiz::QuestionKind};

use super::{Asked, PROBE, all_sorts, each_question, pairs, say, text, words};
use crate::support::{browser::Browser, portal::school};

/// The marks that travel on in the question's form.
fn marks(browser: &Browser<'_>, asked: &Asked<'_>) -> String {
    let form = asked.form(browser);
    form.fields.into_iter().find(|(name, _)| name == "marcas").expect("the marks").1
}

#[test]
fn forged_marks_are_refused_with_a_sentence_and_counted_as_none() {
    let (_folder, school) = all_sorts();
    let school = &school;
    let huge = "1".repeat(40_000);
    each_question(school, Some(PROBE), |asked| {
        let Some([good, _]) = asked.right_and_wrong() else { return };
        let fresh = "-".repeat(asked.of);
        assert_eq!(marks(&Browser::open(school, &asked.path), asked), fresh);
        let too_long = "1".repeat(asked.of + 1);
        for forged in ["", "x", "<script>", "١١١", &too_long, &huge] {
            let mut fields = pairs(&good);
            fields.push(("marcas", forged));
            let browser = asked.answer(school, &fields);
            let page = words(&browser);
            assert!(
                page.contains(&text(asked.lang, "quiz-problem-marks", &[])),
                "{}: {forged:.20}",
                asked.path
            );
            assert!(say(&browser).is_none(), "{} believes forged marks", asked.path);
            assert_eq!(marks(&browser, asked), fresh);
            assert!(
                browser.reply.body.len() < 30 * 1024 && !browser.html().contains("<script"),
                "{}",
                asked.path
            );
        }
    });
}

#[test]
fn a_first_mark_stays_and_a_form_without_a_step_answers() {
    let (_folder, school) = all_sorts();
    let school = &school;
    each_question(school, Some(PROBE), |asked| {
        let Some([good, bad]) = asked.right_and_wrong() else { return };
        let mut expected = vec!['-'; asked.of];
        for (fields, mark) in [(&good, '1'), (&bad, '0')] {
            expected[asked.at] = mark;
            let browser = asked.answer(school, &pairs(fields));
            assert_eq!(marks(&browser, asked), expected.iter().collect::<String>(), "{}", asked.path);
        }
        // Wrong first: right afterwards changes nothing; the other way round neither.
        for (first, then, mark) in [(&bad, &good, '0'), (&good, &bad, '1')] {
            expected[asked.at] = mark;
            let mut browser = asked.answer(school, &pairs(first));
            let form = asked.form(&browser);
            browser.send(&form, &pairs(then));
            assert_eq!(marks(&browser, asked), expected.iter().collect::<String>(), "{}", asked.path);
        }
        let fresh = "-".repeat(asked.of);
        let mut fields = pairs(&good);
        fields.push(("marcas", &fresh));
        let reply = school.post(&asked.path, &fields);
        assert!(reply.text().contains(&text(asked.lang, "quiz-mark-right", &[])), "{}: no step", asked.path);
    });
}

#[test]
fn forged_missing_and_repeated_answers_are_told_apart() {
    let (_folder, school) = all_sorts();
    let school = &school;
    let huge = "9".repeat(40_000);
    each_question(school, Some(PROBE), |asked| {
        let nothing = words(&asked.answer(school, &[]));
        // Who was to type something has marked nothing, but was not asked to.
        let typed = matches!(
            asked.question.kind,
            QuestionKind::ShortAnswer(_) | QuestionKind::Numerical(_) | QuestionKind::Essay
        );
        let told = ["quiz-problem-missing", "quiz-problem-empty"]
            .map(|id| nothing.contains(&text(asked.lang, id, &[])));
        assert_eq!(told, [!typed, typed], "{}: {nothing}", asked.path);
        let matching = matches!(asked.question.kind, QuestionKind::Matching(_));
        let Some([good, bad]) = asked.right_and_wrong() else { return };
        if matches!(asked.question.kind, QuestionKind::ShortAnswer(_) | QuestionKind::Numerical(_)) {
            return;
        }
        for forged in
            ["99", "-1", "x", "<script>alert(1)</script>", "\u{0}", "18446744073709551616", "1.0", &huge]
        {
            let field = if matching { "r1" } else { "r" };
            let mut fields = pairs(&good);
            fields.retain(|(name, _)| *name != field);
            fields.push((field, forged));
            let browser = asked.answer(school, &fields);
            assert!(
                words(&browser).contains(&text(asked.lang, "quiz-problem-unknown", &[])),
                "{}: {forged:.20}",
                asked.path
            );
            assert!(say(&browser).is_none(), "{}: {forged:.20}", asked.path);
            assert!(
                browser.reply.body.len() < 30 * 1024,
                "{}: {} bytes",
                asked.path,
                browser.reply.body.len()
            );
            assert!(!browser.html().contains("<script"), "{}", asked.path);
            assert_eq!(marks(&browser, asked), "-".repeat(asked.of));
        }
        if !matches!(asked.question.kind, QuestionKind::MultipleChoice(_)) {
            let twice = pairs(&good).into_iter().chain(pairs(&bad)).collect::<Vec<_>>();
            let browser = asked.answer(school, &twice);
            assert!(
                words(&browser).contains(&text(asked.lang, "quiz-problem-unknown", &[])),
                "{}: twice",
                asked.path
            );
        }
    });
}

#[test]
fn what_is_typed_comes_back_escaped_and_never_longer_than_a_page_may_be() {
    let (_folder, school) = all_sorts();
    let post = |number: usize, typed: &str| {
        let path = format!("/es/lecciones/de-prueba/2/pregunta/{number}");
        school.post(&path, &[("marcas", "--------"), ("paso", "responder"), ("r", typed)])
    };
    for number in [5, 7, 8] {
        let html = post(number, "\"><script>alert(1)</script></textarea>").text();
        assert!(!html.contains("<script") && html.contains("&lt;script&gt;"), "{number}");
        let reply = post(number, &"\"ñ".repeat(50_000));
        assert_eq!(reply.status, 200);
        assert!(reply.body.len() < 40 * 1024, "question {number} answers with {} bytes", reply.body.len());
        assert!(reply.text().contains(&text(Lang::ES, "quiz-problem-long", &[])), "{number}");
    }
    assert!(post(7, "cuatro").text().contains(&text(Lang::ES, "quiz-problem-number", &[])));
    assert!(post(7, "4,5").text().contains(&text(Lang::ES, "quiz-mark-right", &[])));
    let essay = "Una idea larga. ".repeat(100);
    assert!(post(8, &essay).text().contains(essay.trim()), "what was written stays");
}

#[test]
fn questions_that_are_not_there_are_404_for_both_methods() {
    let mut seen = 0;
    each_question(school(), None, |asked| {
        if asked.at > 0 {
            return;
        }
        seen += 1;
        let (base, number) = asked.path.rsplit_once('/').expect("a number");
        let beyond = number.parse::<usize>().expect("a number") + asked.of;
        for path in
            [format!("{base}/{beyond}"), format!("{base}/0"), format!("{base}/999"), format!("{base}/x")]
        {
            assert_eq!(school().get(&path).status, 404, "{path}");
            assert_eq!(school().post(&path, &[("r", "0")]).status, 404, "{path}");
        }
    });
    assert!(seen > 10);
    assert_eq!(school().post("/es/lecciones/no-existe/1/resultado", &[("marcas", "1")]).status, 404);
    assert_eq!(school().post("/es/lecciones/mi-frase-clave/1/resultado", &[("marcas", "1")]).status, 404);
}
