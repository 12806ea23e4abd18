//! Readers and writers of file formats. Each takes text or bytes and gives a value or findings: no files, no clock.

pub mod archive;
pub mod book;
pub mod epub;
pub mod gift;
pub mod kind;
pub mod length;
mod lines;
pub mod metadata;
pub mod minisign;
pub mod multipart;
pub mod office;
pub mod opds;
pub mod pdf;
mod peek;
pub mod photo;
pub mod plot;
pub mod sums;
pub mod twee;
pub mod vtt;
mod xml;
mod xml_reader;
mod xml_writer;
