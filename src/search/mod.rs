//! Finding resources: the search box (`engine`), which of them a choice of filters admits, and how many each further
//! choice would leave (`filter`).
//!
//! Does not live here: SQL (`store`), how words are folded (`i18n::words`), how queries and filters stand in an address
//! (`web`), what a resource is (`domain`).

mod bits;
pub mod build;
mod catalog;
mod facets;
pub mod filter;

mod engine;
mod lessons;
mod query;
mod slips;
mod snippet;

pub use bits::Bits;
pub use catalog::{Catalog, Entry, Search};
pub use engine::{Engine, Found, Hit, Sought};
pub use filter::{DURATIONS, Facet, Filter};
pub use lessons::lesson_passages;
pub use query::{MAX_CHARS, MAX_WORDS};
pub use snippet::Snippet;
