//! What is wrong with content, in words. Their sentences are read for the page at hand and then let go.

use crate::{
    domain::{
        finding::{Problem, Severity},
        lang::Lang,
    },
    i18n::{self, Messages, Value},
    web::views::status::ProblemView,
};

/// Most problems on a page: a folder of something else laid over the lessons may give a hundred thousand.
pub(crate) const MOST_PROBLEMS: usize = 200;

/// The first problems, those that leave something out before the others.
pub(crate) fn of(problems: &[Problem]) -> Vec<ProblemView> {
    if problems.is_empty() {
        return Vec::new();
    }
    let (messages, _) = Messages::load(i18n::embedded_console());
    let of = |severity| problems.iter().filter(move |problem| problem.finding.severity == severity);
    let first = of(Severity::Error).chain(of(Severity::Warning)).take(MOST_PROBLEMS);
    first.map(|problem| view(&messages, problem)).collect()
}

fn view(messages: &Messages, problem: &Problem) -> ProblemView {
    let finding = &problem.finding;
    let args =
        finding.args.iter().map(|(name, value)| (*name, Value::from(value.as_str()))).collect::<Vec<_>>();
    let text = |id: &str| messages.text(Lang::ES, id, &args).into_owned();
    let place = finding.position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
    ProblemView {
        place: format!("{}{place}", problem.file),
        what: text(finding.id),
        cure: text(&format!("{}.cure", finding.id)),
        error: finding.severity == Severity::Error,
    }
}
