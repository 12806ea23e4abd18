//! The list of materials as a school keeps it in a spreadsheet: `recursos.csv`, one line a file. Comma, semicolon or tab between
//! the columns, UTF-8 or what Excel writes (windows-1252), the words of the vocabulary or as a person writes them
//! («Primaria», «3.º grado»). RFC 4180 for the quotes.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use crate::{
    content::materials::description::{Description, PutAway},
    domain::{
        finding::Finding,
        id::Slug,
        lang::{Lang, Localized},
        vocabulary::Vocabulary,
    },
};

/// Names of the list.
pub(super) const NAMES: [&str; 2] = ["recursos.csv", "metadatos.csv"];

/// Most lines that are read.
const MAX_LINES: usize = 200_000;

/// Most findings of one list: a list of another sort would fill the page.
const MAX_FINDINGS: usize = 50;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Path of the file it describes, as written: below the folder of the list.
    pub(super) file: String,
    /// Where in the list it stands, from 1.
    pub(super) number: u32,
    /// What it says.
    pub(super) description: PutAway,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    File,
    Id,
    Title(Lang),
    Summary(Lang),
    Keywords(Lang),
    Objectives(Lang),
    Kind,
    Levels,
    Cycles,
    Grades,
    Areas,
    Themes,
    Langs,
    Authors,
    Licence,
    Duration,
    Audience,
    Age,
}

impl Column {
    /// The column with this heading.
    fn named(heading: &str) -> Option<Self> {
        let heading = Slug::from_text(heading)?.to_string();
        let (name, lang) = match heading.rsplit_once('-') {
            Some((name, "qu" | "quechua")) => (name.to_owned(), Lang::QU),
            Some((name, "es" | "castellano" | "espanol")) => (name.to_owned(), Lang::ES),
            _ => (heading, Lang::ES),
        };
        Some(match name.as_str() {
            "archivo" | "fichero" | "file" => Self::File,
            "id" | "codigo" => Self::Id,
            "titulo" | "nombre" | "title" => Self::Title(lang),
            "resumen" | "descripcion" | "summary" => Self::Summary(lang),
            "palabras" | "palabras-clave" | "keywords" => Self::Keywords(lang),
            "objetivo" | "objetivos" | "proposito" => Self::Objectives(lang),
            "clase" | "tipo" | "kind" => Self::Kind,
            "nivel" | "niveles" => Self::Levels,
            "ciclo" | "ciclos" => Self::Cycles,
            "grado" | "grados" => Self::Grades,
            "area" | "areas" => Self::Areas,
            "tema" | "temas" => Self::Themes,
            "idioma" | "idiomas" | "lengua" => Self::Langs,
            "autor" | "autora" | "autores" | "autoria" => Self::Authors,
            "licencia" => Self::Licence,
            "duracion" | "minutos" => Self::Duration,
            "destinatario" | "destinatarios" | "publico" => Self::Audience,
            "edad" => Self::Age,
            _ => return None,
        })
    }
}

/// Reads a list. Lines and words that cannot be used are told and passed over; the rest counts.
pub(super) fn read(bytes: &[u8], vocabulary: &Vocabulary) -> (Vec<Line>, Vec<Finding>) {
    let text = decode(bytes);
    let mut findings = Vec::new();
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(&text)).flexible(true).from_reader(text.as_bytes());
    let headings = match reader.headers() {
        Ok(headings) => headings.clone(),
        Err(_) => return (Vec::new(), vec![Finding::warning_of_whole("check-list-unreadable")]),
    };
    let columns = headings.iter().map(Column::named).collect::<Vec<_>>();
    if !columns.contains(&Some(Column::File)) {
        return (Vec::new(), vec![Finding::warning("check-list-no-file-column", 1, 1)]);
    }
    for (heading, column) in headings.iter().zip(&columns) {
        if column.is_none() && !heading.trim().is_empty() {
            findings.push(Finding::warning("check-list-column", 1, 1).with("column", heading.trim()));
        }
    }
    let mut lines = Vec::new();
    for record in reader.records().take(MAX_LINES) {
        let Ok(record) = record else {
            findings.push(Finding::warning_of_whole("check-list-unreadable"));
            break;
        };
        let number = record.position().map_or(1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
        let mut words = Words { vocabulary, line: number, found: Vec::new() };
        let (file, description) = line(&record, &columns, &mut words);
        let found = words.found;
        if file.is_empty() {
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                findings.push(Finding::warning("check-list-no-file", number, 1));
            }
        } else {
            lines.push(Line { file, number, description: description.into() });
        }
        let room = MAX_FINDINGS.saturating_sub(findings.len());
        findings.extend(found.into_iter().take(room));
    }
    (lines, findings)
}

fn line(record: &StringRecord, columns: &[Option<Column>], words: &mut Words<'_>) -> (String, Description) {
    let mut file = String::new();
    let mut said = Description::default();
    let mut levels_and_grades = (Vec::new(), Vec::new());
    for (cell, column) in record.iter().zip(columns) {
        let cell = cell.trim();
        let Some(column) = column else { continue };
        if cell.is_empty() {
            continue;
        }
        let vocabulary = words.vocabulary;
        match *column {
            Column::File => cell.replace('\\', "/").trim_start_matches("./").clone_into(&mut file),
            Column::Id => said.id = Slug::from_text(cell),
            Column::Title(lang) => drop(said.title.0.insert(lang, cell.to_owned())),
            Column::Summary(lang) => drop(said.summary.0.insert(lang, cell.to_owned())),
            Column::Keywords(lang) => drop(said.keywords.0.insert(lang, parts(cell))),
            Column::Objectives(lang) => drop(said.objectives.0.insert(lang, parts(cell))),
            Column::Kind => said.kind = words.known("clase", cell, vocabulary.kinds.iter()),
            Column::Levels => levels_and_grades.0 = parts(cell),
            Column::Grades => levels_and_grades.1 = parts(cell),
            Column::Cycles => said.cycles = parts(cell),
            Column::Areas => {
                said.areas = words.all("area", cell, || vocabulary.areas.iter().map(|area| &area.id));
            }
            Column::Themes => said.themes = words.all("tema", cell, || vocabulary.themes.iter()),
            Column::Audience => {
                said.audience = words.all("destinatario", cell, || vocabulary.audiences.iter());
            }
            Column::Langs => said.langs = parts(cell).iter().filter_map(|name| lang(name)).collect(),
            Column::Authors => said.authors = parts(cell),
            Column::Licence => said.licence = Some(cell.to_owned()),
            Column::Duration => {
                let digits: String = cell.chars().take_while(char::is_ascii_digit).collect();
                said.duration = digits.parse().ok().filter(|minutes| (1..=6000).contains(minutes));
            }
            Column::Age => said.age = Some(cell.to_owned()),
        }
    }
    let (levels, grades) = levels_and_grades;
    for level in &levels {
        said.levels.extend(words.known("nivel", level, words.vocabulary.levels.iter().map(|term| &term.id)));
    }
    for grade in &grades {
        said.grades.extend(words.grade(grade, &said.levels));
    }
    // A grade says its level; a title in one language says the language of a single text.
    for grade in words.vocabulary.grades.iter().filter(|term| said.grades.contains(&term.id)) {
        if !said.levels.contains(&grade.level) {
            said.levels.push(grade.level.clone());
        }
        if !said.cycles.contains(&grade.cycle) {
            said.cycles.push(grade.cycle.clone());
        }
    }
    // Columns without a mark of language hold the language of the material.
    if let [only] = said.langs.as_slice()
        && *only != Lang::ES
    {
        move_to(&mut said.title, *only);
        move_to(&mut said.summary, *only);
        move_to(&mut said.keywords, *only);
        move_to(&mut said.objectives, *only);
    }
    (file, said)
}

fn move_to<T>(text: &mut Localized<T>, lang: Lang) {
    if !text.0.contains_key(&lang)
        && let Some(value) = text.0.remove(&Lang::ES)
    {
        text.0.insert(lang, value);
    }
}

/// Several values in one cell.
fn parts(cell: &str) -> Vec<String> {
    cell.split([';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn lang(name: &str) -> Option<Lang> {
    let slug = Slug::from_text(name)?;
    Some(match slug.as_str() {
        "castellano" | "espanol" | "es" | "es-pe" => Lang::ES,
        "quechua" | "runasimi" | "qu" | "quz" | "quy" | "qu-pe" => Lang::QU,
        other => other.parse().ok()?,
    })
}

/// Words of a line looked up in the vocabulary.
struct Words<'a> {
    vocabulary: &'a Vocabulary,
    line: u32,
    found: Vec<Finding>,
}

impl Words<'_> {
    /// The word of the vocabulary a person means.
    fn known<'k>(
        &mut self,
        column: &'static str,
        word: &str,
        known: impl Iterator<Item = &'k Slug>,
    ) -> Option<Slug> {
        let wanted = Slug::from_text(word);
        let found = wanted.and_then(|wanted| known.into_iter().find(|term| **term == wanted).cloned());
        if found.is_none() {
            self.unknown(column, word);
        }
        found
    }

    fn all<'k, I: Iterator<Item = &'k Slug>>(
        &mut self,
        column: &'static str,
        cell: &str,
        known: impl Fn() -> I,
    ) -> Vec<Slug> {
        parts(cell).iter().filter_map(|word| self.known(column, word, known())).collect()
    }

    /// `p3`, or the `3` in «3.º grado» of a level that was named.
    fn grade(&mut self, word: &str, levels: &[Slug]) -> Option<Slug> {
        let grades = &self.vocabulary.grades;
        let slug = Slug::from_text(word);
        if let Some(term) = grades.iter().find(|term| Some(&term.id) == slug.as_ref()) {
            return Some(term.id.clone());
        }
        let number = word.chars().find(char::is_ascii_digit);
        let of_level = grades.iter().filter(|term| {
            levels.contains(&term.level)
                || slug.as_ref().is_some_and(|slug| slug.as_str().contains(term.level.as_str()))
        });
        let found = of_level
            .into_iter()
            .find(|term| term.id.as_str().chars().last() == number)
            .map(|term| term.id.clone());
        if found.is_none() {
            self.unknown("grado", word);
        }
        found
    }

    fn unknown(&mut self, column: &'static str, word: &str) {
        let word: String = word.chars().take(60).collect();
        let finding = Finding::warning("check-list-word", self.line, 1);
        self.found.push(finding.with("column", column).with("word", word));
    }
}

/// The sign between the columns: the commonest of the three in the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let signs = [',', ';', '\t'];
    let best = signs.into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(',');
    u8::try_from(best).unwrap_or(b',')
}

/// UTF-8, else windows-1252, in which every byte is a letter (the five it leaves open stay control characters).
fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

/// A byte of windows-1252 (WHATWG Encoding, index windows-1252).
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let high = byte.checked_sub(0x80).and_then(|at| HIGH.get(usize::from(at)));
    high.copied().unwrap_or(char::from(byte))
}

/// Lines by the path of the file they describe, below the source; `folder` is the list's, with `/` at the end.
pub(super) fn by_path(folder: &str, lines: Vec<Line>) -> BTreeMap<String, Line> {
    lines.into_iter().map(|line| (format!("{folder}{}", line.file), line)).collect()
}

#[cfg(test)]
mod tests {
    use super::{decode, delimiter, read};
    use crate::{
        content::Source,
        domain::{id::Slug, lang::Lang, vocabulary::Vocabulary},
    };

    fn vocabulary() -> Vocabulary {
        let text = Source::embedded().text("vocabulary.toml").expect("the vocabulary");
        crate::content::toml_text::read(&text).expect("the vocabulary")
    }

    #[test]
    fn a_list_from_a_spreadsheet_in_peru_is_understood() {
        let list = "Archivo;Título;Nivel;Grado;Área;Idioma;Duración\n\
            cuentos\\zorro.pdf;El zorro;Primaria;3.º grado|4;Comunicación;Castellano;45 min\n\
            \"atuq.pdf\";Atuqmanta;primaria;p1;comunicacion;Quechua;\n";
        let (lines, findings) = read(list.as_bytes(), &vocabulary());
        assert_eq!(findings, []);
        let [zorro, atuq] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!(zorro.file, "cuentos/zorro.pdf");
        let said = zorro.description.open();
        assert_eq!(said.grades.iter().map(Slug::as_str).collect::<Vec<_>>(), ["p3", "p4"]);
        assert_eq!((said.duration, said.areas[0].as_str()), (Some(45), "comunicacion"));
        assert_eq!(atuq.description.open().title.get(Lang::QU).map(String::as_str), Some("Atuqmanta"));
        assert_eq!(atuq.description.open().title.get(Lang::ES), None);
    }

    #[test]
    fn what_excel_writes_without_utf_8_is_read() {
        assert_eq!(decode(b"a\xf1o \x80"), "año €");
        assert_eq!(decode("\u{feff}año".as_bytes()), "año");
        assert_eq!((delimiter("a;b;c,d"), delimiter("a,b"), delimiter("a\tb")), (b';', b',', b'\t'));
    }

    #[test]
    fn words_and_columns_nobody_knows_are_told_and_the_line_counts() {
        let (lines, findings) =
            read(b"archivo,area,color\nx.pdf,astrologia,rojo\n,,\n,matematica,\n", &vocabulary());
        assert_eq!(lines.len(), 1);
        let ids = findings.iter().map(|finding| finding.id).collect::<Vec<_>>();
        assert_eq!(ids, ["check-list-column", "check-list-word", "check-list-no-file"]);
        assert_eq!(read(b"titulo\nx\n", &vocabulary()).1[0].id, "check-list-no-file-column");
    }
}
