//! The pure rules of a school's library: what a resource, a lesson, a quiz and a story are.
//!
//! Lives here: types and decisions that need only `std`, `serde` and `thiserror`.
//! Does not: files, clocks, SQL, HTTP, templates, texts that a person reads.

pub mod channel;
pub mod collection;
pub mod finding;
pub mod fragment;
pub mod id;
pub mod lang;
pub mod lesson;
pub mod marking;
pub mod material;
pub mod pack;
pub mod quiz;
pub mod resource;
pub mod sort;
pub mod source_pack;
pub mod story;
pub mod submission;
mod typed;
pub mod vocabulary;
