//! Lessons written for a test into a folder of its own, and the words that a text of a lesson shows.

use std::{fmt::Write as _, fs, path::Path};

use amauta::domain::fragment::{Fragment, Piece};

use super::html::words;

/// A lesson to be written. What is not said is as in any sound lesson.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) levels: Vec<&'static str>,
    pub(crate) grades: Vec<&'static str>,
    pub(crate) areas: Vec<&'static str>,
    pub(crate) themes: Vec<&'static str>,
    /// Whether it exists in Quechua too.
    pub(crate) quechua: bool,
    /// The questions, in GIFT.
    pub(crate) quiz: &'static str,
    /// The booster questions, in GIFT.
    pub(crate) boosters: &'static str,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            id: "de-prueba".to_owned(),
            kind: "leccion",
            levels: vec!["primaria"],
            grades: vec!["p3"],
            areas: vec!["tutoria"],
            themes: vec!["acceso"],
            quechua: false,
            quiz: "",
            boosters: "",
        }
    }
}

impl Written {
    /// The Spanish title.
    pub(crate) fn title(&self) -> String {
        format!("La lección {}", self.id)
    }

    /// Writes the lesson below a folder of lessons.
    pub(crate) fn write(&self, lessons: &Path) {
        let folder = lessons.join(&self.id);
        let langs = if self.quechua { &["es", "qu"][..] } else { &["es"] };
        for lang in langs {
            let folder = folder.join(lang);
            fs::create_dir_all(&folder).expect("a folder can be made");
            let mut screens = format!("## Pantalla uno ({lang})\n\nTexto de {} en {lang}.\n", self.id);
            if !self.quiz.is_empty() {
                screens.push_str("\n## Preguntas\n\n::quiz\n");
            }
            let files = [
                ("lesson.md", screens),
                ("plan.md", format!("## Idea\n\nEl plan en {lang}.\n")),
                ("family.md", format!("## Idea\n\nLa hoja en {lang}.\n")),
                ("unplugged.md", format!("## Idea\n\nSin aparatos en {lang}.\n")),
                ("quiz.gift", self.quiz.to_owned()),
                ("boosters.gift", self.boosters.to_owned()),
            ];
            for (name, text) in files.into_iter().filter(|(_, text)| !text.is_empty()) {
                fs::write(folder.join(name), text).expect("a file can be written");
            }
        }
        fs::write(folder.join("lesson.toml"), self.description(langs)).expect("a file can be written");
    }

    fn description(&self, langs: &[&str]) -> String {
        let list = |words: &[&str]| format!("{words:?}");
        let mut toml = format!(
            "id = \"{}\"\nkind = \"{}\"\nlevels = {}\ngrades = {}\nareas = {}\nthemes = {}\nduration = 30\n\
             mode = \"mixto\"\naudience = [\"estudiante\"]\n\
             authors = [{{ name = \"Proyecto Amauta\", role = \"autor\" }}]\nlicence = \"CC-BY-SA-4.0\"\n\
             version = \"1.0.0\"\nmodified = 2026-11-23\nstatus = \"publicado\"\n\
             accessibility = [\"texto-alternativo\"]\n",
            self.id,
            self.kind,
            list(&self.levels),
            list(&self.grades),
            list(&self.areas),
            list(&self.themes),
        );
        for (table, spanish, quechua) in [
            ("title", format!("\"{}\"", self.title()), format!("\"{} yachana\"", self.id)),
            (
                "summary",
                "\"Una lección corta que se escribió para probar el catálogo.\"".to_owned(),
                "\"Huch'uy yachana, kay portalta yanaykunapaq qillqasqa.\"".to_owned(),
            ),
            ("objectives", "[\"Nombra 2 cosas.\"]".to_owned(), "[\"Iskayta sutichan.\"]".to_owned()),
            (
                "keywords",
                "[\"uno\", \"dos\", \"tres\"]".to_owned(),
                "[\"huk\", \"iskay\", \"kimsa\"]".to_owned(),
            ),
            ("translation", "{ state = \"original\" }".to_owned(), "{ state = \"draft\" }".to_owned()),
        ] {
            write!(toml, "\n[{table}]\nes = {spanish}\n").expect("a string takes all");
            if langs.contains(&"qu") {
                writeln!(toml, "qu = {quechua}").expect("a string takes all");
            }
        }
        for (tag, text) in [("M1", "Aviso."), ("M2", "Cuido."), ("M3", "Salgo.")] {
            write!(toml, "\n[[messages]]\ntag = \"{tag}\"\ntext = {{ es = \"{text}\" }}\n")
                .expect("a string takes all");
        }
        toml
    }
}

/// The words a person reads of a text, spaces made single.
pub(crate) fn plain(fragment: &Fragment) -> String {
    let html = fragment.fill(|hole| match hole {
        Piece::Html(html) => html.clone(),
        _ => "/".to_owned(),
    });
    collapse(&words(&format!("<body>{html}</body>")))
}

/// The text with single spaces, none before punctuation: tags inside a sentence leave such spaces.
pub(crate) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
