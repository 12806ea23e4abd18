//! Languages: which one a browser wants, every text a person reads, dates and numbers, and the gate a Quechua text
//! passes before it is published.
//!
//! No sentence stands in Rust code: texts live in `locales/<tag>/*.ftl`, the embedded ones and those a school adds in
//! its data folder. What a text means for a lesson is `content`'s work, where a text is shown is `web`'s.

pub mod entries;
pub mod format;
pub mod ledger;
pub mod messages;
pub mod negotiate;
pub mod pairs;
pub mod quechua;
pub mod source;
pub mod spanish;
pub mod words;

pub use ledger::Ledger;
pub use messages::{Messages, Missing, Value};
pub use source::{Source, embedded, embedded_console, embedded_file, embedded_pages, embedded_text, folder};
