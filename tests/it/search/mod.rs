//! The catalogue's file and the search box, through their public faces.

mod engine;
mod file;
mod judged;
mod lessons;
mod pages;
mod pairs;
