//! Readers and writers of file formats. Each takes text or bytes and gives a value or findings: no files, no clock.

pub mod gift;
mod lines;
pub mod metadata;
pub mod twee;
mod xml;
