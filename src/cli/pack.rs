//! `amauta pack` and `amauta import`: asks `packs` and tells in sentences what it found.

use std::{
    ffi::OsString,
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Error};

use super::{
    Failure, Voice,
    args::{Command, Line, Mistake},
    check, config,
};
use crate::{
    config::{Environment, load},
    domain::finding::{Finding, Problem, Severity},
    formats::minisign::SecretKey,
    packs::{self, Options, Refusal, Signer, Signing, Verdict},
};

/// `amauta pack build|sign|verify|list|remove`.
pub(super) fn run(line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let mut words = line.words.iter();
    let what = words.next().map(|word| word.to_string_lossy());
    let paths: Vec<PathBuf> = words.map(PathBuf::from).collect();
    match (what.as_deref(), paths.as_slice()) {
        (Some("build"), [from, into]) => build(from, into, line, environment, voice),
        (Some("sign"), [path]) => {
            let own = || signing(line, environment, true, voice);
            let signing =
                own()?.ok_or_else(|| Failure::Broken(Error::msg(voice.say("cli-pack-no-own-key", &[]))))?;
            match packs::sign(path, &signing) {
                Ok(()) => voice.print(&(voice.say("cli-pack-signed-by", &[("name", &signing.name)]) + "\n")),
                Err(problems) => tell("", path, &problems, voice),
            }
        }
        (Some("verify"), [path]) => {
            let verdict = packs::verify(path);
            tell(&about(&verdict, voice), path, &verdict.problems, voice)
        }
        (Some("list"), [path]) => list(path, voice),
        (Some("remove"), [name]) => remove(&name.to_string_lossy(), line, environment, voice),
        (Some("build" | "sign" | "verify" | "list" | "remove") | None, _) if paths.len() < 2 => {
            Err(Failure::Usage(Mistake::TooLittle(Command::Pack)))
        }
        (word, _) => {
            let last = line.words.last().map(OsString::as_os_str).unwrap_or_default();
            let known = matches!(word, Some("sign" | "verify" | "list" | "remove"));
            let word =
                if known { last.to_string_lossy().into_owned() } else { word.unwrap_or_default().to_owned() };
            Err(Failure::Usage(Mistake::TooMuch(word)))
        }
    }
}

/// `amauta import`.
pub(super) fn import(line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let path = line.words.first().map(Path::new);
    let path = path.ok_or(Failure::Usage(Mistake::TooLittle(Command::Import)))?;
    let data = data(line, environment, voice)?;
    let options = Options { trust: line.trust, ..Options::default() };
    let mut go_on = |_: packs::Progress<'_>| ControlFlow::Continue(());
    match packs::import(path, &data, options, &mut go_on) {
        Ok(imported) => {
            let (name, version) = (imported.pack.name.to_string(), imported.pack.version.to_string());
            let (copied, files) = (imported.copied.to_string(), imported.files.to_string());
            let args =
                [("name", name.as_str()), ("version", &version), ("copied", &copied), ("files", &files)];
            let mut out = voice.say("cli-import-done", &args) + "\n";
            out.push_str(&signed_by(imported.signer.as_ref(), voice));
            if imported.copied > 0 {
                out.push_str(&(voice.say("cli-import-reload", &[]) + "\n"));
            }
            voice.print(&out)
        }
        Err(Refusal::Problems(problems)) => tell("", path, &problems, voice),
        Err(Refusal::Stopped) => Ok(ExitCode::FAILURE),
    }
}

fn data(line: &Line, environment: &Environment, voice: &Voice) -> Result<PathBuf, Failure> {
    let settings = load(&line.flags, environment);
    settings.map(|settings| settings.data).map_err(|faults| Failure::Broken(config::error(voice, &faults)))
}

fn remove(name: &str, line: &Line, environment: &Environment, voice: &Voice) -> Result<ExitCode, Failure> {
    let data = data(line, environment, voice)?;
    let none = || Failure::Broken(Error::msg(voice.say("cli-pack-not-there", &[("name", name)])));
    match packs::remove(&data, &name.parse().map_err(|_| none())?) {
        Ok(true) => {
            let out = [voice.say("cli-pack-removed", &[("name", name)]), voice.say("cli-import-reload", &[])];
            voice.print(&(out.join("\n") + "\n"))
        }
        Ok(false) => Err(none()),
        Err(finding) => tell("", &data, &[Problem { file: String::new(), finding }], voice),
    }
}

fn build(
    from: &Path,
    into: &Path,
    line: &Line,
    environment: &Environment,
    voice: &Voice,
) -> Result<ExitCode, Failure> {
    // Who makes a pack where the school's key is makes it for the school.
    let data = data(line, environment, voice)?;
    let here = [from, into].into_iter().any(|path| is_inside(path, &data));
    let named = line.flags.iter().any(|(key, _)| key == "data");
    let signing = signing(line, environment, named || here, voice)?;
    match packs::build(from, into, signing.as_ref()) {
        Ok((folder, problems)) => {
            let done = voice.say("cli-pack-built", &[("folder", &folder.display().to_string())]);
            tell(&(done + "\n"), from, &problems, voice)
        }
        Err(problems) => tell("", from, &problems, voice),
    }
}

/// With the key that was given, else with the school's own, if that is wanted and there is one.
fn signing(
    line: &Line,
    environment: &Environment,
    own: bool,
    voice: &Voice,
) -> Result<Option<Signing>, Failure> {
    let refused = |finding: Finding, file: &Path| {
        let problem = Problem { file: String::new(), finding };
        Failure::Broken(Error::msg(check::line(&problem, Some(file), voice)))
    };
    let Some(file) = &line.key else {
        let data = data(line, environment, voice)?;
        let signing = if own { packs::own_signing(&data, line.signer.as_deref()) } else { Ok(None) };
        return signing.map_err(|why| refused(why, &data));
    };
    let text = fs::read_to_string(file);
    let name = file.display().to_string();
    let text = text.with_context(|| voice.say("cli-pack-no-key", &[("file", &name)]));
    let key = SecretKey::parse(&text.map_err(Failure::Broken)?).map_err(|why| refused(why, file))?;
    let name = line.signer.clone().unwrap_or_else(|| key.public().id().to_string());
    Ok(Some(Signing { key, name }))
}

fn is_inside(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(path).zip(real(folder)).is_some_and(|(path, folder)| path.starts_with(folder))
}

fn list(path: &Path, voice: &Voice) -> Result<ExitCode, Failure> {
    let name = path.display().to_string();
    let listed = packs::list(path).with_context(|| voice.say("cli-check-no-folder", &[("folder", &name)]));
    let listed = listed.map_err(Failure::Broken)?;
    if listed.is_empty() {
        return voice.print(&(voice.say("cli-pack-none", &[]) + "\n"));
    }
    let mut code = ExitCode::SUCCESS;
    for each in &listed {
        let head = format!("{}\n{}", each.path.display(), about(&each.verdict, voice));
        if tell(&head, &each.path, &each.verdict.problems, voice)? != ExitCode::SUCCESS {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

/// What a pack says of itself, and who signed it.
fn about(verdict: &Verdict, voice: &Voice) -> String {
    let Some(pack) = &verdict.pack else { return String::new() };
    let (version, title) = (pack.version.to_string(), pack.shown_title());
    let args = [("name", pack.name.as_str()), ("version", &version), ("title", title)];
    let mut out = voice.say("cli-pack-line", &args) + "\n";
    let (files, megabytes) = (verdict.files.to_string(), verdict.bytes.div_ceil(1 << 20).to_string());
    out.push_str(&voice.say("cli-pack-size", &[("files", &files), ("megabytes", &megabytes)]));
    out.push('\n');
    out.push_str(&signed_by(verdict.signer.as_ref(), voice));
    out
}

fn signed_by(signer: Option<&Signer>, voice: &Voice) -> String {
    let sentence = match signer {
        None => voice.say("cli-pack-unsigned", &[]),
        Some(Signer { key, name }) => {
            voice.say("cli-pack-signed", &[("name", name), ("key", &key.to_string())])
        }
    };
    sentence + "\n"
}

/// Prints this and every problem; fails when one of them is an error.
pub(super) fn tell(
    head: &str,
    path: &Path,
    problems: &[Problem],
    voice: &Voice,
) -> Result<ExitCode, Failure> {
    let mut out = head.to_owned();
    for problem in problems {
        // A problem of the whole stands under the name that was given.
        let base = if problem.file.is_empty() { path.parent().unwrap_or(path) } else { path };
        let shown = match path.file_name() {
            Some(name) if problem.file.is_empty() => name.to_string_lossy().into_owned(),
            _ => problem.file.clone(),
        };
        let problem = Problem { file: shown, finding: problem.finding.clone() };
        out.push_str(&check::line(&problem, Some(base), voice));
        out.push('\n');
    }
    voice.print(&out)?;
    let bad = problems.iter().any(|problem| problem.finding.severity == Severity::Error);
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
