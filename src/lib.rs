//! Amauta: the school server that a village classroom keeps when the internet is gone.
//!
//! Read the modules in this order; each one may use only those above it (the test `tidy` enforces it).

pub mod clock;
pub mod digest;
pub mod fault;
pub mod metrics;
pub mod packed;

pub mod domain;
pub mod formats;
pub mod i18n;

pub mod store;

pub mod content;
pub mod packs;
pub mod search;

pub mod auth;
pub mod submissions;
pub mod upkeep;

pub mod health;

pub mod web;

pub mod config;

pub mod cli;
