//! Everything about HTTP and pages.

pub mod body;
pub mod file;
pub mod server;
