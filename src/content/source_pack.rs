//! `sources.toml` into a source pack: the cards pupils compare, and the key of each for the teacher.

use std::ops::Range;

use serde::Deserialize;

use crate::{
    content::{
        markdown::{self, Context, Notes, Place, Rendered, Unit},
        toml_text::{Places, Step, read},
        vocabulary::unknown,
    },
    domain::{
        finding::Finding,
        fragment::Fragment,
        id::Slug,
        source_pack::{Dossier, SourceCard, SourceKey, SourcePack},
    },
};

/// Most cards of a pack, and most folders.
const MAX_CARDS: usize = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    dossiers: Vec<DossierEntry>,
    cards: Vec<CardEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DossierEntry {
    id: Slug,
    title: String,
    question: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardEntry {
    id: Slug,
    form: Slug,
    dossier: Slug,
    title: String,
    body: String,
    key: KeyEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyEntry {
    author: String,
    date: String,
    motive: String,
    evidence: String,
    verdict: String,
}

/// A pack as read.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The pack; none when the file cannot be read or holds too much.
    pub(super) pack: Option<SourcePack>,
    /// What is known about the texts for pupils.
    pub(super) notes: Notes,
    /// What is known about the keys.
    pub(super) keys: Notes,
    /// For each card: the line of its title, and its units among the notes.
    pub(super) cards: Vec<(u32, Range<usize>)>,
    /// What was wrong.
    pub(super) findings: Vec<Finding>,
}

/// Reads a source pack; `forms` are the words for what a card looks like.
pub(super) fn parse(text: &str, context: Context<'_>, forms: &[Slug]) -> Read {
    let file: PackFile = match read(text) {
        Ok(file) => file,
        Err(finding) => return Read { findings: vec![finding], ..Read::default() },
    };
    let mut reader = Reader { places: Places::of(text), context, read: Read::default() };
    let fits = reader.amount("dossiers", file.dossiers.len()) & reader.amount("cards", file.cards.len());
    if !fits {
        return reader.read;
    }
    let dossiers = reader.dossiers(file.dossiers);
    let mut cards: Vec<SourceCard> = Vec::new();
    for (index, entry) in file.cards.into_iter().enumerate() {
        let path = |key| [Step::Key("cards"), Step::Index(index), Step::Key(key)];
        if cards.iter().any(|card| card.id == entry.id) {
            let finding = Finding::error_of_whole("check-source-card-twice").with("card", &entry.id);
            reader.find(&path("id"), finding);
        }
        if !forms.contains(&entry.form) {
            let finding = unknown("form", entry.form.as_str(), forms.iter().map(Slug::as_str));
            reader.find(&path("form"), finding);
        }
        if dossiers.iter().all(|dossier| dossier.id != entry.dossier) {
            let known = dossiers.iter().map(|dossier| dossier.id.as_str());
            reader.find(&path("dossier"), unknown("dossier", entry.dossier.as_str(), known));
        }
        cards.push(reader.card(index, entry));
    }
    for (index, dossier) in dossiers.iter().enumerate() {
        if cards.iter().all(|card| card.dossier != dossier.id) {
            let finding = Finding::error_of_whole("check-source-dossier-empty").with("dossier", &dossier.id);
            reader.find(&[Step::Key("dossiers"), Step::Index(index), Step::Key("id")], finding);
        }
    }
    reader.read.pack = Some(SourcePack { dossiers, cards });
    reader.read
}

struct Reader<'a> {
    places: Places<'a>,
    context: Context<'a>,
    read: Read,
}

impl Reader<'_> {
    fn find(&mut self, path: &[Step<'_>], finding: Finding) {
        let position = Some(self.places.of_value(path));
        self.read.findings.push(Finding { position, ..finding });
    }

    /// Whether there are neither too few nor too many.
    fn amount(&mut self, field: &'static str, count: usize) -> bool {
        let fits = (1..=MAX_CARDS).contains(&count);
        if !fits {
            let finding = Finding::error_of_whole("check-source-amount").with("field", field);
            self.find(&[Step::Key(field)], finding.with("count", count).with("limit", MAX_CARDS));
        }
        fits
    }

    fn dossiers(&mut self, entries: Vec<DossierEntry>) -> Vec<Dossier> {
        let mut dossiers: Vec<Dossier> = Vec::new();
        for (index, entry) in entries.into_iter().enumerate() {
            let path = |key| [Step::Key("dossiers"), Step::Index(index), Step::Key(key)];
            if dossiers.iter().any(|dossier| dossier.id == entry.id) {
                let finding = Finding::error_of_whole("check-source-dossier-twice");
                self.find(&path("id"), finding.with("dossier", &entry.id));
            }
            self.plain(&path("title"), "title", &entry.title);
            self.plain(&path("question"), "question", &entry.question);
            dossiers.push(Dossier { id: entry.id, title: entry.title, question: entry.question });
        }
        dossiers
    }

    fn card(&mut self, index: usize, entry: CardEntry) -> SourceCard {
        let path = |key| [Step::Key("cards"), Step::Index(index), Step::Key(key)];
        let first_unit = self.read.notes.units.len();
        self.plain(&path("title"), "title", &entry.title);
        let line = self.places.first_line(&path("body"));
        let rendered = markdown::blocks(&entry.body, Place { line, raise: 0 }, self.context);
        let (body, notes) = self.filled(&path("body"), "body", rendered);
        self.read.notes.append(notes);
        let title_line = self.places.of_value(&path("title")).line;
        self.read.cards.push((title_line, first_unit..self.read.notes.units.len()));
        let mut part = |key: &'static str, text: &str| {
            let path = [Step::Key("cards"), Step::Index(index), Step::Key("key"), Step::Key(key)];
            let rendered = markdown::inline(text, self.places.first_line(&path), self.context);
            let (fragment, notes) = self.filled(&path, key, rendered);
            self.read.keys.append(notes);
            fragment
        };
        let key = SourceKey {
            author: part("author", &entry.key.author),
            date: part("date", &entry.key.date),
            motive: part("motive", &entry.key.motive),
            evidence: part("evidence", &entry.key.evidence),
            verdict: part("verdict", &entry.key.verdict),
        };
        SourceCard { id: entry.id, form: entry.form, dossier: entry.dossier, title: entry.title, body, key }
    }

    /// A text that is shown as it stands.
    fn plain(&mut self, path: &[Step<'_>], key: &'static str, text: &str) {
        if text.trim().is_empty() {
            self.find(path, Finding::error_of_whole("check-source-empty").with("key", key));
        }
        let line = self.places.first_line(path);
        self.read.notes.units.push(Unit { line, text: text.to_owned() });
    }

    /// A rendered text, its findings taken; an empty one is told.
    fn filled(&mut self, path: &[Step<'_>], key: &'static str, rendered: Rendered) -> (Fragment, Notes) {
        if rendered.fragment.is_empty() {
            self.find(path, Finding::error_of_whole("check-source-empty").with("key", key));
        }
        self.read.findings.extend(rendered.findings);
        (rendered.fragment, rendered.notes)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{MAX_CARDS, Read, parse};
    use crate::content::markdown::Context;

    const HEAD: &str = "[[dossiers]]\nid = 'agua'\ntitle = 'El agua'\nquestion = '¿Se toma?'\n";

    fn card(id: &str) -> String {
        let key = "author = 'Rosa'\ndate = 'Hoy'\nmotive = 'Avisar'\nevidence = 'Una foto'\nverdict = 'Sí'\n";
        let text = "title = 'Un acta'\nbody = \"\"\"\nUno.\n\nDos [x](recurso:x).\n\"\"\"\n";
        format!("[[cards]]\nid = '{id}'\nform = 'acta'\ndossier = 'agua'\n{text}[cards.key]\n{key}")
    }

    fn read(text: &str) -> Read {
        let forms = ["acta", "aviso"].map(|form| form.parse().expect("a slug"));
        parse(text, Context { media: &BTreeMap::new(), passages: false }, &forms)
    }

    fn found(text: &str) -> Vec<(&'static str, u32)> {
        let line = |at: Option<crate::domain::finding::Position>| at.map_or(0, |at| at.line);
        read(text).findings.iter().map(|f| (f.id, line(f.position))).collect()
    }

    #[test]
    fn a_card_has_its_text_for_pupils_and_its_key_apart() {
        let read = read(&format!("{HEAD}{}", card("uno")));
        assert_eq!(read.findings, []);
        let pack = read.pack.expect("it is a pack");
        assert_eq!((pack.dossiers.len(), pack.cards.len()), (1, 1));
        let of_body: Vec<_> = read.notes.units.iter().map(|unit| (unit.line, unit.text.as_str())).collect();
        let title = (3, "El agua");
        assert_eq!(of_body, [title, (4, "¿Se toma?"), (9, "Un acta"), (11, "Uno."), (13, "Dos x.")]);
        assert_eq!(read.cards, [(9, 2..5)]);
        assert_eq!(read.keys.units.len(), 5);
        assert_eq!(read.notes.links[0].1.line, 13);
    }

    #[test]
    fn mistakes_are_told_with_their_lines() {
        let with = |from: &str, to: &str| found(&format!("{HEAD}{}", card("uno")).replace(from, to));
        assert_eq!(with("form = 'acta'", "form = 'avis'"), [("check-word-misspelt", 7)]);
        assert_eq!(with("form = 'acta'", "form = 'cartel'"), [("check-word-unknown", 7)]);
        assert_eq!(
            with("dossier = 'agua'", "dossier = 'puente'"),
            [("check-word-unknown", 8), ("check-source-dossier-empty", 2)]
        );
        assert_eq!(with("title = 'Un acta'", "title = ' '"), [("check-source-empty", 9)]);
        assert_eq!(with("motive = 'Avisar'", "motive = ''"), [("check-source-empty", 18)]);
        assert_eq!(with("motive = 'Avisar'\n", ""), [("check-toml-missing-key", 15)]);
        assert_eq!(with("Uno.", "# Uno"), [("check-md-heading-too-high", 11)]);
        assert_eq!(found(&format!("{HEAD}{0}{0}", card("uno"))), [("check-source-card-twice", 22)]);
        assert_eq!(found(&format!("{HEAD}{HEAD}{}", card("a"))), [("check-source-dossier-twice", 6)]);
    }

    #[test]
    fn a_pack_holds_sixty_cards_and_no_more() {
        let cards = |count: usize| (0..count).map(|n| card(&format!("c{n}"))).collect::<String>();
        assert_eq!(found(&format!("{HEAD}{}", cards(MAX_CARDS))), []);
        let full = read(&format!("{HEAD}{}", cards(MAX_CARDS + 1)));
        assert!(full.pack.is_none() && full.notes.units.is_empty());
        assert_eq!(full.findings[0].id, "check-source-amount");
        assert_eq!(found("dossiers = []\ncards = []\n").len(), 2);
    }
}
