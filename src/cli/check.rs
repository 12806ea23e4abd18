//! `amauta check`: judges a folder of lessons and tells an author what to mend, one line for each thing, so that an editor
//! can jump there. The rules are `content`'s.

use std::{path::Path, process::ExitCode};

use anyhow::anyhow;

use super::{Failure, Voice, coverage};
use crate::{
    clock::Clock,
    content::{Source, check, load},
    domain::finding::{Problem, Severity},
};

/// Counts what the lessons of a school with this folder, or the built-in ones, cover.
pub(super) fn coverage(folder: Option<&Path>, voice: &Voice) -> Result<ExitCode, Failure> {
    let (library, _) = load(&sources(folder, voice)?, Clock::system().today());
    voice.print(&coverage::tables(&library, voice))
}

/// Checks a folder, or the built-in lessons. Fails when something keeps a lesson from being served.
pub(super) fn run(folder: Option<&Path>, voice: &Voice) -> Result<ExitCode, Failure> {
    let sources = sources(folder, voice)?;
    let problems = check::check(&sources, Clock::system().today());
    let mut out = String::new();
    for problem in &problems {
        out.push_str(&line(problem, folder, voice));
        out.push('\n');
    }
    let errors = problems.iter().filter(|problem| problem.finding.severity == Severity::Error).count();
    let (errors_text, warnings) = (errors.to_string(), (problems.len() - errors).to_string());
    let id = if problems.is_empty() { "cli-check-nothing" } else { "cli-check-count" };
    out.push_str(&voice.say(id, &[("errors", &errors_text), ("warnings", &warnings)]));
    out.push('\n');
    voice.print(&out)?;
    Ok(if errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The built-in lessons, and the folder over them.
fn sources(folder: Option<&Path>, voice: &Voice) -> Result<Vec<Source>, Failure> {
    let mut sources = vec![Source::embedded()];
    if let Some(folder) = folder {
        if !folder.is_dir() {
            let name = folder.display().to_string();
            let sentence = voice.say("cli-check-no-folder", &[("folder", &name)]);
            return Err(Failure::Broken(anyhow!("{sentence}")));
        }
        sources.push(Source::folder(folder));
    }
    Ok(sources)
}

/// `file:line:column: error: what — cure`.
pub(super) fn line(problem: &Problem, folder: Option<&Path>, voice: &Voice) -> String {
    let finding = &problem.finding;
    let file = folder.map_or_else(|| problem.file.clone().into(), |folder| folder.join(&problem.file));
    let place = finding.position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
    let severity = match finding.severity {
        Severity::Error => "cli-check-error",
        Severity::Warning => "cli-check-warning",
    };
    let args: Vec<(&str, &str)> = finding.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    format!(
        "{}{place}: {}: {} — {}",
        file.display(),
        voice.say(severity, &[]),
        voice.say(finding.id, &args),
        voice.say(&format!("{}.cure", finding.id), &args),
    )
}
