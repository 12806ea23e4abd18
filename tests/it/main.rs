//! Every behaviour of the program, from outside.

mod cli;
mod config;
mod i18n;
mod locales;
mod quechua;
mod server;
mod support;
