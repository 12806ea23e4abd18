//! Folders of files into what the portal shows: `load` gives a [`Library`] and the [`Problem`](crate::domain::finding::Problem)s
//! of what was left out; `check` judges the writing as well.
//!
//! Lives here: where files come from and what may be read, Markdown, the layout of a lesson's folder, how languages run
//! in parallel, the author's lint. Does not: the syntax of GIFT and Twee (`formats`), addresses and pages (`web`), what
//! people upload (`store`).

pub mod check;

mod alphabet;
mod channels;
mod coverage;
mod glance;
mod html;
mod lesson;
mod library;
mod links;
mod load;
mod markdown;
pub mod materials;
mod media;
mod meta;
mod own_channels;
mod parallel;
mod place;
mod quiz;
mod screens;
mod sort;
mod source;
mod source_hash;
mod source_pack;
mod story;
mod text;
mod toml_text;
mod toml_value;
mod vocabulary;

pub use coverage::Coverage;
pub use library::{COVER, GlossaryEntry, Library};
pub use load::{load, load_telling_whose};
pub use media::{MediaFile, open_plain};
pub use own_channels::{Fill, LONGEST as LONGEST_CONTACT, OWN_CHANNELS, filled};
pub use source::{MAX_TEXT_BYTES, Source};
pub(crate) use toml_text::read as read_toml;
