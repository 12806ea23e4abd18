//! The program: hands the command line over and returns its exit code.

use std::process::ExitCode;

use amauta::{cli, config::Environment};

fn main() -> ExitCode {
    cli::run(std::env::args_os().skip(1), &Environment::read())
}
