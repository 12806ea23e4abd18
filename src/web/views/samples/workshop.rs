//! Samples of the pages of the workshop.

use super::{Sample, frame, href};
use crate::{
    domain::submission::{Genre, Reason, State},
    store::school::Deed,
    web::views::{
        frame::Link,
        status::ProblemView,
        workshop::{
            DeedRow, EditView, OptionView, QuestionView, RemarkView, ReportRow, ReportView, ReviewView,
            SealedForm, TextFields, Tick, VersionRow, WorkFile, WorkRow, WorkView, WorkshopView,
        },
    },
};

/// Every problem that a form can have.
const PROBLEMS: [&str; 16] = [
    "",
    "title",
    "more",
    "question",
    "changed",
    "step",
    "lacks",
    "mistakes",
    "remark",
    "full",
    "file",
    "big",
    "quota",
    "kind",
    "broken-off",
    "archive",
];

const LACKS: [&str; 9] =
    ["title", "summary", "body", "files", "levels", "areas", "audience", "authors", "licence"];

const STEPS: [&str; 5] = ["submit", "publish", "return", "withdraw", "restore"];

const WORDS: [(&str, &[&str]); 3] = [
    ("audience", &["estudiante", "docente", "familia", "tecnico", "usuario-biblioteca"]),
    ("mode", &["laptop", "grupal", "sin-conexion", "mixto", "audio"]),
    (
        "accessibility",
        &[
            "texto-alternativo",
            "transcripcion",
            "lectura-facil",
            "teclado",
            "alto-contraste",
            "audio-descripcion",
        ],
    ),
];

pub(super) fn all(lang: &str) -> Vec<Sample> {
    let mut samples =
        vec![Sample::new("workshop", home(lang, true)), Sample::new("new workshop", home(lang, false))];
    for problem in PROBLEMS {
        samples.push(Sample::new(format!("edit: {problem}"), edit(lang, "article", problem)));
    }
    for genre in Genre::ALL {
        samples.push(Sample::new(format!("edit {}", genre.word()), edit(lang, genre.word(), "")));
    }
    samples.push(Sample::new("work", work(lang, true)));
    samples.push(Sample::new("work of a colleague", work(lang, false)));
    samples.push(Sample::new("review", review(lang, true)));
    samples.push(Sample::new("empty review", review(lang, false)));
    for said in ["", "thanks", "which", "many", "nobody"] {
        let view = ReportView {
            frame: frame(lang),
            action: href(),
            title: "El agua".to_owned(),
            back: href(),
            reasons: Reason::ALL.map(Reason::word).to_vec(),
            said,
            help: href(),
        };
        samples.push(Sample::new(format!("report: {said}"), view));
    }
    samples
}

fn form(problem: &'static str) -> SealedForm {
    SealedForm { action: href(), seal: "0123456789abcdef".to_owned(), problem }
}

fn row(genre: Genre, state: State) -> WorkRow {
    WorkRow {
        href: href(),
        title: "Cuidamos el agua & la vida".to_owned(),
        genre: genre.word(),
        state: state.word(),
        owner: "Rosa Quispe".to_owned(),
        seen: 12,
    }
}

fn home(lang: &str, full: bool) -> WorkshopView {
    let states = Genre::ALL.into_iter().zip(State::ALL).map(|(genre, state)| row(genre, state));
    let rows = states.collect::<Vec<_>>();
    WorkshopView {
        frame: frame(lang),
        new: Genre::ALL.map(|genre| Link { href: href(), label: genre.word().to_owned() }).to_vec(),
        own: if full { rows.clone() } else { Vec::new() },
        shown: if full { rows } else { Vec::new() },
        review: if full { href() } else { String::new() },
        waiting: 3,
        back: href(),
    }
}

fn ticks() -> Vec<Tick> {
    let tick = |value: &str, chosen| Tick { value: value.to_owned(), label: value.to_owned(), chosen };
    vec![tick("p4", true), tick("p5", false)]
}

fn edit(lang: &str, genre: &'static str, problem: &'static str) -> EditView {
    let option = |number| OptionView {
        number,
        text: "Una \"clave\" larga".to_owned(),
        feedback: "Bien".to_owned(),
        right: number == 2,
    };
    let question = |number| QuestionView {
        number,
        stem: "¿Qué es?".to_owned(),
        feedback: "Mira".to_owned(),
        options: (1..=4).map(option).collect(),
    };
    let fields_in = |lang: &str, name: &str| TextFields {
        lang: lang.to_owned(),
        name: name.to_owned(),
        title: "El <agua>".to_owned(),
        summary: "Cuidarla.".to_owned(),
        body: "## Uno\n\nDos & tres.".to_owned(),
    };
    let fields = genre == "quiz" && problem.is_empty();
    let of_file = if genre == "file" { ticks() } else { Vec::new() };
    EditView {
        frame: frame(lang),
        form: form(problem),
        genre,
        revision: 4,
        newer: if problem == "changed" { href() } else { String::new() },
        texts: vec![fields_in("es", "Español"), fields_in("qu", "Runasimi")],
        questions: if fields { (1..=2).map(question).collect() } else { Vec::new() },
        other_way: if genre == "quiz" || problem == "more" { href() } else { String::new() },
        upload: genre == "file",
        files: if genre == "file" { vec!["plan.odt".to_owned()] } else { Vec::new() },
        kinds: of_file.clone(),
        levels: ticks(),
        grades: ticks(),
        areas: ticks(),
        themes: ticks(),
        audiences: words(WORDS[0].1),
        modes: words(WORDS[1].1),
        licences: ticks(),
        accessibility: words(WORDS[2].1),
        langs: of_file,
        duration: 45,
        authors: "Rosa Quispe".to_owned(),
        objectives: "Nombra tres usos".to_owned(),
        back: href(),
    }
}

fn words(all: &[&str]) -> Vec<Tick> {
    all.iter()
        .map(|word| Tick { value: (*word).to_owned(), label: (*word).to_owned(), chosen: true })
        .collect()
}

fn work(lang: &str, own: bool) -> WorkView {
    let remark = |kind| RemarkView {
        author: "Juan Huamán".to_owned(),
        day: if own { "3 de marzo de 2026".to_owned() } else { String::new() },
        kind,
        text: if kind == "thanks" { String::new() } else { "Muy útil".to_owned() },
    };
    let version = |number, served, old| VersionRow {
        number,
        day: if old { String::new() } else { "3 de marzo de 2026".to_owned() },
        author: "Rosa Quispe".to_owned(),
        served,
        old,
    };
    let problem = |error| ProblemView {
        place: "es/quiz.gift:3:1".to_owned(),
        what: "Falta una respuesta.".to_owned(),
        cure: "Escríbela.".to_owned(),
        error,
    };
    let yes = |there: bool| if there { href() } else { String::new() };
    WorkView {
        frame: frame(lang),
        form: form(if own { "lacks" } else { "" }),
        lacks: if own { LACKS.to_vec() } else { Vec::new() },
        problems: if own { vec![problem(true), problem(false)] } else { Vec::new() },
        row: row(Genre::Quiz, State::InReview),
        summary: "De qué trata".to_owned(),
        revision: 3,
        steps: if own { STEPS.to_vec() } else { Vec::new() },
        edit: yes(own),
        preview: yes(own),
        public: yes(!own),
        discard: own,
        foreign: !own,
        files: vec![WorkFile { href: href(), name: "plan.odt".to_owned(), size: "40 KB".to_owned() }],
        versions: if own { vec![version(2, false, false), version(1, true, true)] } else { Vec::new() },
        remarks: ["comment", "thanks", "return"].map(remark).to_vec(),
        back: href(),
    }
}

fn review(lang: &str, full: bool) -> ReviewView {
    let report = |reason: Reason| ReportRow {
        number: 7,
        resource: "el-agua-3".to_owned(),
        href: if reason == Reason::Wrong { String::new() } else { href() },
        title: "El agua".to_owned(),
        reason: reason.word(),
        text: if reason == Reason::Hurts { "Se burla".to_owned() } else { String::new() },
    };
    let deed = |deed: Deed| DeedRow {
        day: String::new(),
        actor: "Rosa Quispe".to_owned(),
        deed: deed.word(),
        resource: "el-agua-3".to_owned(),
    };
    let deeds = Deed::ALL.into_iter().filter(|deed| deed.is_of_resource()).map(deed);
    ReviewView {
        frame: frame(lang),
        form: form(""),
        waiting: if full { vec![row(Genre::Plan, State::InReview)] } else { Vec::new() },
        reports: if full { Reason::ALL.map(report).to_vec() } else { Vec::new() },
        hidden: if full { vec!["mi-frase-clave".to_owned()] } else { Vec::new() },
        by_coordinator: full,
        deeds: if full { deeds.collect() } else { Vec::new() },
        back: href(),
    }
}
