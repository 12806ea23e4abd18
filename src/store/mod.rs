//! What is kept in databases, and files beside them: the only room with SQL.
//!
//! Lives here: `library`, the catalogue and its full-text index, derived from content and rebuilt when missing, stale or
//! damaged; `school`, people and what they made, kept nowhere else; `blobs`, the files they brought; `backup`, copies of all
//! that and the way back; `durable`, small files written whole. Does not: what to index and how to rank (`search`), the content itself (`content`).

pub mod backup;
pub mod blobs;
pub mod durable;
pub mod library;
pub mod school;
pub mod whole;
