//! The one integration-test binary: requests through the front door, real files, real sockets.
//! How to add a test: `CONTRIBUTING.md`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "tests"
)]

mod accounts;
mod backup;
mod blobs;
mod catalog;
mod cli;
mod config;
mod content;
mod contract;
mod cost;
mod crowd;
mod damage;
mod formats;
mod health;
mod i18n;
mod lesson;
mod locales;
mod materials;
mod metadata;
mod opds;
mod packs;
mod pages;
mod quechua;
mod quiz;
mod reading;
mod reload;
mod requests;
mod school;
mod search;
mod server;
mod smuggling;
mod sources;
mod style;
mod support;
mod takehome;
mod templates;
mod tidy;
mod upkeep;
mod workshop;
