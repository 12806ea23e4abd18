//! Every behaviour of the program, from outside.

mod i18n;
mod locales;
mod quechua;
