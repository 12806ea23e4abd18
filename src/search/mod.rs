//! Finding resources: which of them a choice of filters admits, and how many each further choice would leave.
//!
//! Does not live here: how filters stand in an address (`web::catalog`), what a resource is (`domain`).

pub mod filter;

pub use filter::{Facet, Filter};
