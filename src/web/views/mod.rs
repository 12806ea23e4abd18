//! What each template is given. One typed view per template: a template cannot ask for what its view lacks, because
//! templates are rendered with strict undefined values.
//!
//! Views hold finished values: addresses, labels, safe HTML. They hold no store, no library and no request.

pub mod account;
pub mod activity;
pub mod catalog;
pub mod frame;
pub mod help;
pub mod lesson;
pub mod material;
pub mod plain;
pub mod samples;
pub mod source_pack;
pub mod status;
pub mod takehome;
pub mod technician;
pub mod workshop;

use serde::Serialize;

/// A value with its template.
pub trait View: Serialize {
    /// File below `templates/`.
    const TEMPLATE: &'static str;
}
