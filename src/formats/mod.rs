//! Readers and writers of file formats. Each takes text or bytes and gives a value or findings: no files, no clock.

pub mod archive;
pub mod epub;
pub mod gift;
mod lines;
pub mod twee;
mod xml;
