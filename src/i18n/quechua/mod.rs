//! The gate every Quechua text passes: normalised spelling, known words, well-built words, short sentences.
//!
//! It knows the alphabet and the syllable (RM 1218-85-ED), the roots of `vocab.tsv`, the admitted loans of
//! `loanwords.tsv`, how suffixes follow each other (`suffixes.tsv`) and forms of other norms (`discouraged.tsv`). It finds
//! misspellings, Spanish and unknown words; it cannot judge meaning or style, only a speaker can. Taking the text out of
//! Markdown or Fluent is the caller's work.

mod gate;
mod lexicon;
mod morphology;
mod spelling;

pub use gate::{Gate, HOLE, MAX_SENTENCE_WORDS, WordKind, WordProblem};
pub use lexicon::Tables;
