//! The table of words that mean the same in Spanish and Quechua.

use std::{collections::BTreeSet, fs};

use amauta::i18n::{pairs, quechua::Gate};

use crate::support::root;

#[test]
fn there_are_enough_pairs_and_each_is_a_pair() {
    let pairs = pairs::embedded();
    assert!(pairs.len() >= 250, "{}", pairs.len());
    let text = fs::read_to_string(root().join("locales/qu/pairs.tsv")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1).collect::<Vec<_>>();
    assert_eq!(lines.len(), pairs.len());
    let mut seen = BTreeSet::new();
    for line in lines {
        let columns: Vec<&str> = line.split('\t').collect();
        assert!(columns.len() == 3 && ["n", "v"].contains(&columns[2]), "{line}");
        assert!(seen.insert((columns[0], columns[2])), "twice: {line}");
        assert!(!columns[0].contains(' ') && !columns[1].contains(' '), "{line}");
    }
}

#[test]
fn every_quechua_word_of_a_pair_is_known() {
    let (gate, _) = Gate::embedded();
    let folder = root().join("../shared/quechua");
    let mut dictionary = BTreeSet::new();
    for file in ["roots.tsv", "wordforms.tsv"] {
        let Ok(text) = fs::read_to_string(folder.join(file)) else {
            println!("left out: no dictionary at {}", folder.display());
            return;
        };
        dictionary.extend(text.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned));
    }
    let mut unknown = Vec::new();
    for pair in pairs::embedded() {
        for (word, (root, _)) in pair.quechua.iter().zip(pair.roots()) {
            if !gate.accepts(word) && !dictionary.contains(word) && !dictionary.contains(root) {
                unknown.push(word.clone());
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}
