//! What is read of a sound GIFT text.

use amauta::{
    domain::quiz::{
        Choice, MatchPair, NumericalAnswer,
        QuestionKind::{
            Description, Essay, Matching, MultipleChoice, Numerical, ShortAnswer as Short, SingleChoice,
            TrueFalse,
        },
        ShortAnswer, SourceText, TextFormat,
    },
    formats::gift,
};

use super::{fixture, moodle, only, places, sound, source};

fn choice(text: SourceText, weight: f64, feedback: Option<SourceText>) -> Choice<SourceText> {
    Choice { text, weight, feedback }
}

fn word(text: &str, weight: f64, feedback: Option<SourceText>) -> ShortAnswer<SourceText> {
    ShortAnswer { text: text.to_owned(), weight, feedback }
}

fn number(low: f64, high: f64, weight: f64, feedback: Option<&str>) -> NumericalAnswer<SourceText> {
    NumericalAnswer { low, high, weight, feedback: feedback.map(moodle) }
}

#[test]
fn a_file_with_every_kind_of_question_is_read_whole() {
    let questions = sound(&fixture("todas-las-formas.gift"));
    let markdown = |text: &str| source(TextFormat::Markdown, text);
    let html = |text: &str| source(TextFormat::Html, text);
    let plain = |text: &str| source(TextFormat::Plain, text);
    let kinds: Vec<_> = questions.iter().map(|question| &question.kind).collect();

    let first = &questions[0];
    assert_eq!(first.title.as_deref(), Some("Llaves 1"));
    assert_eq!(first.category.as_deref(), Some("semana-1"));
    assert_eq!(first.tags, ["M2", "datos personales"]);
    assert_eq!((first.position.line, first.position.column), (5, 1));
    assert_eq!(first.stem, markdown("Un juego te pide tu **dirección**. ¿Qué haces?"));
    assert_eq!(first.tail, None);
    assert_eq!(first.general_feedback, Some(markdown("Tus datos son como tus llaves.")));
    let asks = markdown("Muy bien: preguntar te da tiempo de pensar.");
    let tells = markdown("Tu dirección dice dónde vives. Para y pregunta primero.");
    assert_eq!(
        first.kind,
        SingleChoice(vec![
            choice(markdown("Pregunto a una persona mayor."), 100.0, Some(asks)),
            choice(markdown("La escribo rápido para jugar."), 0.0, Some(tells)),
            choice(
                markdown("La escribo a medias."),
                50.0,
                Some(plain("Medias *pistas* también son pistas."))
            ),
        ])
    );
    assert_eq!(
        *kinds[1],
        MultipleChoice(vec![
            choice(moodle("Letras"), 50.0, Some(moodle("Sí."))),
            choice(moodle("Números"), 50.0, Some(moodle("También."))),
            choice(moodle("Mi nombre"), -100.0, Some(moodle("Es lo primero que prueban."))),
        ])
    );
    // A third may be written with as many digits as one likes.
    let MultipleChoice(thirds) = kinds[2] else { panic!("{:?}", kinds[2]) };
    assert_eq!(thirds.iter().map(|c| c.weight).collect::<Vec<_>>(), [33.33333, 33.33333, 33.33333, -50.0]);
    assert_eq!(
        *kinds[3],
        TrueFalse {
            answer: false,
            feedback_wrong: Some(moodle("Es falso: ni con los amigos.")),
            feedback_right: Some(moodle("Eso es: es solo tuya.")),
        }
    );
    assert_eq!(*kinds[4], TrueFalse { answer: true, feedback_wrong: None, feedback_right: None });
    let pair = |left: SourceText, right: &str| MatchPair { left, right: right.to_owned() };
    assert_eq!(
        *kinds[5],
        Matching(vec![
            pair(html("llave"), "puerta"),
            pair(html("contraseña"), "cuenta"),
            pair(plain("candado"), "bicicleta"),
            pair(html("aldaba"), "puerta"),
        ])
    );
    assert_eq!(questions[5].tags, ["M5"]);
    assert_eq!(questions[5].stem, html("<b>Une</b> cada cosa con su dueño."));
    let also = moodle("Ella también, pero busca primero a tu tutor.");
    assert_eq!(
        *kinds[6],
        Short(vec![
            word("tutora", 100.0, None),
            word("tutor", 100.0, None),
            word("directora", 50.0, Some(also))
        ])
    );
    assert_eq!(*kinds[7], Short(vec![word("contraseña", 100.0, None)]));
    assert_eq!(*kinds[8], Numerical(vec![number(100.0, 100.0, 100.0, None)]));
    assert_eq!(*kinds[9], Numerical(vec![number(3.0, 5.0, 100.0, Some("Son cuatro."))]));
    assert_eq!(*kinds[10], Numerical(vec![number(6.0, 12.0, 100.0, None)]));
    assert_eq!(
        *kinds[11],
        Numerical(vec![
            number(1999.0, 1999.0, 100.0, Some("Justo.")),
            number(1997.0, 2001.0, 50.0, Some("Cerca.")),
            number(f64::NEG_INFINITY, f64::INFINITY, 0.0, Some("Búscalo otra vez.")),
        ])
    );
    assert_eq!(questions[11].general_feedback, Some(moodle("Fue hace tiempo.")));
    assert_eq!(questions[12].stem, moodle("Una frase"));
    assert_eq!(questions[12].tail, Some(moodle("protege mejor que una palabra.")));
    assert!(matches!(kinds[12], SingleChoice(choices) if choices.len() == 3));
    assert_eq!(*kinds[13], Description);
    assert_eq!(questions[13].stem, moodle("Respira. Sigue cuando quieras.\nEsto es otra línea."));
    assert_eq!(questions[13].category.as_deref(), Some("semana-3"));
    assert_eq!(*kinds[14], Essay);
    assert_eq!(questions[15].title.as_deref(), Some("Signos: todos"));
    assert_eq!(questions[15].stem, moodle("¿Cuánto es 2 + 2 = {x}? ~ # \\ C:\\fotos\nOtra línea"));
    assert_eq!(
        *kinds[15],
        SingleChoice(vec![choice(moodle("{4}"), 100.0, None), choice(moodle("a = b ~ c # d"), 0.0, None),])
    );
    assert_eq!(questions.len(), 16);
}

#[test]
fn a_file_saved_by_another_system_is_the_same_file() {
    let text = fixture("todas-las-formas.gift");
    let expected = sound(&text);
    assert_eq!(sound(&format!("\u{feff}{text}")), expected);
    assert_eq!(sound(&text.replace('\n', "\r\n")), expected);
    assert_eq!(sound(&text.replace('\n', "\r")), expected);
}

#[test]
fn an_empty_file_has_no_questions_and_no_findings() {
    for text in ["", "\u{feff}", "\n\n", "// solo un comentario\n"] {
        assert_eq!(sound(text).len(), 0);
    }
}

#[test]
fn a_question_after_a_broken_one_is_still_read() {
    for broken in
        ["Rota {=a ~b", "Rota =a ~b}", "Rota {=a {~b}", "::Rota {=a ~b}", "Rota {~a ~b}", "Rota {#x}"]
    {
        for gap in ["\n\n", "\n"] {
            let (questions, findings) = gift::parse(&format!("{broken}{gap}::Sana:: ¿Sí?{{T}}"));
            let titles: Vec<_> = questions.iter().map(|q| q.title.as_deref()).collect();
            assert_eq!(titles, [Some("Sana")], "{broken}");
            assert!(!findings.is_empty(), "{broken}");
        }
    }
}

#[test]
fn an_empty_line_between_braces_is_told_and_the_question_stays_whole() {
    let (questions, findings) = gift::parse("::A:: ¿Sí?{\n  =a#bien\n\n  ~b\n\n\n  ~c\n}\n\n::B:: ¿No?{F}");
    assert_eq!(places(&findings), [("check-gift-blank-line-inside", 3, 1)]);
    assert!(matches!(&questions[0].kind, SingleChoice(choices) if choices.len() == 3));
    assert_eq!(questions[1].position.line, 10);
}

#[test]
fn two_questions_without_an_empty_line_between_them_are_told_apart() {
    let (questions, findings) = gift::parse("// [tag:M1]\n::A:: ¿Sí?{T}\n// [tag:M2]\n  ::B:: ¿No?{F}\n");
    assert_eq!(places(&findings), [("check-gift-no-blank-line", 4, 3)]);
    let tags: Vec<_> = questions.iter().map(|q| q.tags.concat()).collect();
    assert_eq!(tags, ["M1", "M2"]);
}

#[test]
fn a_warning_leaves_the_question_in() {
    let (questions, findings) = gift::parse("¿Une?{=a->b =c->d}");
    assert_eq!(places(&findings), [("check-gift-two-pairs", 1, 6)]);
    assert_eq!(questions.len(), 1);
}

#[test]
fn what_moodle_takes_as_text_is_text() {
    // A percent sign without a number, an unknown escape, a second `#`, a bracket that is no format.
    let question = only(r"[aquí](recurso:x) C\a {=% de agua#uno # dos ~[una cosa] \* x}");
    assert_eq!(question.stem, moodle(r"[aquí](recurso:x) C\a"));
    assert_eq!(
        question.kind,
        SingleChoice(vec![
            choice(moodle("% de agua"), 100.0, Some(moodle("uno # dos"))),
            choice(moodle(r"[una cosa] \* x"), 0.0, None),
        ])
    );
}

#[test]
fn a_general_feedback_stands_after_every_kind_of_answer() {
    for answers in ["", "T#no#sí", "=a ~b", "~%100%a ~b", "=a->b =c->d =e->f", "=a", "a", "#3", "#=3 ~#no"] {
        let question = only(&format!("¿Qué?{{{answers}####[plain]General}}"));
        assert_eq!(question.general_feedback, Some(source(TextFormat::Plain, "General")), "{answers}");
    }
}

#[test]
fn a_star_takes_any_number() {
    let question = only("¿Cuánto?{#=5 =%0%*#Cuenta otra vez.}");
    let any = number(f64::NEG_INFINITY, f64::INFINITY, 0.0, Some("Cuenta otra vez."));
    assert_eq!(question.kind, Numerical(vec![number(5.0, 5.0, 100.0, None), any]));
}

#[test]
fn the_limits_hold() {
    let many = "¿Sí?{T}\n\n".repeat(gift::MAX_QUESTIONS + 1);
    let (questions, findings) = gift::parse(&many);
    assert_eq!(questions.len(), gift::MAX_QUESTIONS);
    assert_eq!(places(&findings), [("check-gift-too-many", 1001, 1)]);

    let (questions, findings) = gift::parse(&"a".repeat(gift::MAX_BYTES + 1));
    assert_eq!((questions.len(), places(&findings)), (0, vec![("check-gift-too-long", 0, 0)]));

    let (_, findings) = gift::parse(&"}\n\n".repeat(gift::MAX_FINDINGS + 9));
    assert_eq!(findings.len(), gift::MAX_FINDINGS + 1);
    assert_eq!(findings.last().map(|f| f.id), Some("check-gift-too-many-findings"));

    let (_, findings) = gift::parse(&format!("a{{={}}}", "~b".repeat(gift::MAX_BYTES / 3)));
    assert!(findings.iter().any(|f| f.id == "check-gift-too-many-options"));
    assert!(findings.len() <= gift::MAX_FINDINGS + 1);
}
