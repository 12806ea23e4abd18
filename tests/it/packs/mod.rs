//! Packs: the files outside tools read, what is told of a pack, and what an import does and refuses.

mod commands;
mod hurt;
mod importing;
mod pages;
mod sharing;
mod stick;
mod sums_and_signatures;
mod verdict;

use std::{
    io::ErrorKind,
    path::PathBuf,
    process::{Command, Output},
};

use crate::support::root;

/// A file or folder of `tests/fixtures/packs/`.
fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures/packs").join(name)
}

/// What an outside tool says; `None`, said aloud, where it is not installed.
fn outside(command: &mut Command) -> Option<Output> {
    match command.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("not installed, so not asked: {}", command.get_program().display());
            None
        }
        output => Some(output.expect("a tool that is installed starts")),
    }
}
