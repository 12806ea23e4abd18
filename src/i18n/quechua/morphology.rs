//! How suffixes follow each other: a state machine read from `suffixes.tsv`, walked with a memo so that no word costs more
//! than its letters times the states.

use std::collections::HashMap;

use crate::{
    domain::finding::Problem,
    i18n::quechua::{
        lexicon::{Row, bad},
        spelling::{is_vowel, without_accent},
    },
};

/// A state of the machine, an index below [`MAX_STATES`].
pub(super) type State = u8;

/// One bit of the memo stands for each state.
const MAX_STATES: usize = 64;

/// The machine.
#[derive(Debug, Clone, Default)]
pub(super) struct Suffixes {
    states: HashMap<String, State>,
    steps: Vec<Vec<Step>>,
    accepting: Option<State>,
}

#[derive(Debug, Clone)]
struct Step {
    /// Without accents; empty for a move that writes nothing.
    suffix: Vec<char>,
    after: After,
    to: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Anything,
    Vowel,
    Consonant,
}

impl Suffixes {
    pub(super) fn read(rows: Vec<Row<'_>>, problems: &mut Vec<Problem>) -> Self {
        let mut machine = Self::default();
        for Row { line, columns } in rows {
            let after = match columns[2] {
                "" => Some(After::Anything),
                "V" => Some(After::Vowel),
                "C" => Some(After::Consonant),
                _ => None,
            };
            let ends = (machine.add_state(columns[0]), machine.add_state(columns[3]));
            let (Some(after), (Some(from), Some(to))) = (after, ends) else {
                problems.push(bad("suffixes.tsv", line, &columns.join(" ")));
                continue;
            };
            let written = if columns[1] == "-" { "" } else { columns[1] };
            let suffix = written.chars().map(without_accent).collect();
            machine.steps[usize::from(from)].push(Step { suffix, after, to });
        }
        machine.accepting = machine.state("Z");
        machine
    }

    /// The state of this name.
    pub(super) fn state(&self, name: &str) -> Option<State> {
        self.states.get(name).copied()
    }

    /// Whether one of the ways a word may begin (how many letters its stem has, and the state after it) leads through
    /// suffixes to the end of the word. `word` has no accents; a stem of no letters is one of unknown ending.
    pub(super) fn accepts(&self, word: &[char], begins: &[(usize, State)]) -> bool {
        let Some(accepting) = self.accepting else { return false };
        let mut seen = vec![0u64; word.len() + 1];
        let mut todo = begins.to_vec();
        while let Some((at, state)) = todo.pop() {
            let bit = 1u64 << state;
            let Some(known) = seen.get_mut(at) else { continue };
            if *known & bit != 0 {
                continue;
            }
            *known |= bit;
            if at == word.len() && state == accepting {
                return true;
            }
            for step in &self.steps[usize::from(state)] {
                if step.fits(word, at) {
                    todo.push((at + step.suffix.len(), step.to));
                }
            }
        }
        false
    }

    fn add_state(&mut self, name: &str) -> Option<State> {
        if let Some(known) = self.state(name) {
            return Some(known);
        }
        let next = State::try_from(self.steps.len()).ok().filter(|state| usize::from(*state) < MAX_STATES)?;
        self.states.insert(name.to_owned(), next);
        self.steps.push(Vec::new());
        Some(next)
    }
}

impl Step {
    fn fits(&self, word: &[char], at: usize) -> bool {
        let before = at.checked_sub(1).map(|at| is_vowel(word[at]));
        let after = match self.after {
            After::Anything => true,
            After::Vowel => before != Some(false),
            After::Consonant => before != Some(true),
        };
        after && word[at..].starts_with(&self.suffix)
    }
}
