//! The catalogue's file and the search box, through their public faces.

mod box_;
mod file;
mod pairs;
