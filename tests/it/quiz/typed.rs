//! Typed words of a child who thinks in two languages: each is worth on every page what its own language says.

use std::fs;

use amauta::{
    domain::lang::Lang,
    web::{Settings, shelf::Folders},
};

use super::{say, text};
use crate::support::{browser::Browser, lessons::Written, school::School};

const SPANISH: &str = "// [tag:M1]
::Palabra:: ¿Cómo se llama lo secreto?{
=contraseña#Esa es.
=clave#También se dice así.
=%50%llave#Se parece.
=%0%candado#Eso cierra una puerta.
=%0%*#Mira otra vez la pantalla.
}
";

/// Fewer words than in Spanish, and nothing said to what is partly right.
const QUECHUA: &str = "// [tag:M1]
::Palabra:: ¿Imataq pakasqa?{
=pakaqillqa#Chaymi.
=%0%punku#Manam punkuchu.
=%0%*#Pantallata qhaway.
}
";

fn typed<'s>(school: &'s School, lang: &str, word: &str) -> (Browser<'s>, String) {
    let mut browser = Browser::open(school, &format!("/{lang}/lecciones/de-prueba/2/pregunta/1"));
    let form = browser.forms().remove(0);
    browser.send(&form, &[("r", word)]);
    let said = say(&browser).expect("something is said");
    (browser, said)
}

fn two_languages() -> (tempfile::TempDir, School) {
    let folder = tempfile::tempdir().expect("a folder");
    Written { quechua: true, quiz: SPANISH, ..Written::default() }.write(folder.path());
    fs::write(folder.path().join("de-prueba/qu/quiz.gift"), QUECHUA).expect("it can be written");
    let folders = Folders { content: Some(folder.path().to_owned()), data: None };
    let school = School::with(Settings { folders, ..Settings::default() });
    assert_eq!(school.app.shelf().library.lesson("de-prueba").expect("it is served").texts.len(), 2);
    (folder, school)
}

#[test]
fn a_word_of_the_other_language_is_worth_what_it_is_worth_there() {
    let (_folder, school) = two_languages();
    let mark = |lang: Lang, id: &str| text(lang, &format!("quiz-mark-{id}"), &[]);
    for (lang, word, id, said) in [
        // Of its own language: the Spanish beneath is what counts alike, though the lists differ.
        ("qu", "pakaqillqa", "right", "Chaymi. (Esa es.)"),
        ("qu", "punku", "not-yet", "Manam punkuchu. (Eso cierra una puerta.)"),
        ("qu", "xyzzy", "not-yet", "Pantallata qhaway. (Mira otra vez la pantalla.)"),
        // Of the other: what is said beneath is said to this very word.
        ("qu", "Contrasen\u{303}a", "right", "Chaymi. (Esa es.)"),
        ("qu", "clave", "right", "Chaymi. (También se dice así.)"),
        ("qu", "candado", "not-yet", "Manam punkuchu. (Eso cierra una puerta.)"),
        // Quechua says nothing to what is partly right; the Spanish does.
        ("qu", "llave", "partly", "(Se parece.)"),
        ("es", "pakaqillqa", "right", "Esa es."),
        ("es", "punku", "not-yet", "Eso cierra una puerta."),
        ("es", "clave", "right", "También se dice así."),
        ("es", "xyzzy", "not-yet", "Mira otra vez la pantalla."),
    ] {
        let (browser, answer) = typed(&school, lang, word);
        let lang: Lang = lang.parse().expect("a language");
        assert_eq!(answer, format!("{} {said}", mark(lang, id)), "{lang} {word}");
        let right = browser.html().contains("name=\"marcas\" value=\"1\"");
        assert_eq!(right, id == "right", "{lang} {word}: the mark travels on");
    }
}
