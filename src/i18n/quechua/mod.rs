//! The gate every Quechua text passes: normalised spelling, known words, well-built words, short sentences.
//!
//! It knows the alphabet and the syllable (RM 1218-85-ED), the roots of `vocab.tsv`, the admitted loans of
//! `loanwords.tsv`, how suffixes follow each other (`suffixes.tsv`) and forms of other norms (`discouraged.tsv`). It finds
//! misspellings, Spanish and unknown words; it cannot judge meaning or style, only a speaker can. Taking the text out of
//! Markdown or Fluent is the caller's work.
//!
//! For search, `fold` joins the spellings of a word and `stem` looks through its suffixes with the same tables.

mod fold;
mod gate;
mod lexicon;
mod morphology;
mod spelling;
mod stem;

pub use fold::fold;
pub use gate::{Gate, HOLE, MAX_SENTENCE_WORDS, WordKind, WordProblem};
pub use lexicon::Tables;
pub use stem::Stems;
