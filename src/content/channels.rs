//! Reading `help-channels.toml`, layer over layer: a later file replaces a channel by its id and adds new ones.

use jiff::civil::Date;
use serde::Deserialize;

use crate::{
    content::{
        place::Report,
        toml_text::{Step, place, read},
    },
    domain::{channel::Channel, finding::Finding, lang::Lang},
};

/// The file in a content folder.
pub(super) const FILE: &str = "help-channels.toml";

/// Most channels in one file.
const MAX_CHANNELS: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelsFile {
    #[serde(default)]
    pub(super) channels: Vec<Channel>,
}

/// Lays the channels of one file over those known so far. A file that cannot be read changes nothing.
pub(super) fn lay_over(known: &mut Vec<Channel>, text: &str, today: Date, report: &mut Report) {
    let file: ChannelsFile = match read(text) {
        Ok(file) => file,
        Err(finding) => return report.add(FILE, finding),
    };
    if file.channels.len() > MAX_CHANNELS {
        return report
            .add(FILE, Finding::error_of_whole("check-channel-too-many").with("limit", MAX_CHANNELS));
    }
    for (index, channel) in file.channels.into_iter().enumerate() {
        let at = |key| place(text, &[Step::Key("channels"), Step::Index(index), Step::Key(key)]);
        for (finding, key) in findings(&channel, today) {
            report.add(FILE, Finding { position: Some(at(key)), ..finding.with("channel", &channel.id) });
        }
        match known.iter_mut().find(|old| old.id == channel.id) {
            Some(old) => *old = channel,
            None => known.push(channel),
        }
    }
}

/// What is worth saying of one channel, and at which key.
fn findings(channel: &Channel, today: Date) -> Vec<(Finding, &'static str)> {
    let mut found = Vec::new();
    if channel.name.get(Lang::ES).is_none_or(|name| name.trim().is_empty()) {
        found.push((Finding::error_of_whole("check-channel-no-name"), "name"));
    }
    if channel.purpose.get(Lang::ES).is_none_or(|purpose| purpose.trim().is_empty()) {
        found.push((Finding::error_of_whole("check-channel-no-purpose"), "purpose"));
    }
    if !channel.local && channel.contact.get(Lang::ES).is_none() {
        found.push((Finding::error_of_whole("check-channel-no-contact"), "contact"));
    }
    if channel.expired(today) {
        let day = channel.expires.map(|day| day.to_string()).unwrap_or_default();
        found.push((Finding::warning_of_whole("check-channel-expired").with("day", day), "expires"));
    }
    if let (Some(verified), Some(expires)) = (channel.verified, channel.expires)
        && expires <= verified
    {
        found.push((Finding::error_of_whole("check-channel-dates"), "expires"));
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::lay_over;
    use crate::content::place::Report;

    const ONE: &str = r#"
[[channels]]
id = "linea-x"
name = { es = "Línea X" }
purpose = { es = "Escuchar" }
contact = { es = "100" }
identity = "unknown"
step = 3
verified = 2025-01-01
expires = 2026-01-01
print = "yes"
"#;

    #[test]
    fn a_later_file_replaces_by_id_and_an_old_fact_is_told() {
        let mut report = Report::default();
        let mut known = Vec::new();
        lay_over(&mut known, ONE, date(2025, 6, 1), &mut report);
        assert_eq!((known.len(), report.problems.len()), (1, 0));
        lay_over(&mut known, &ONE.replace("\"100\"", "\"200\""), date(2026, 1, 1), &mut report);
        assert_eq!(known.len(), 1);
        assert_eq!(known[0].contact.get(crate::domain::lang::Lang::ES).map(String::as_str), Some("200"));
        assert_eq!(report.problems.len(), 1);
        let finding = &report.problems[0].finding;
        assert_eq!((finding.id, finding.position.map(|at| at.line)), ("check-channel-expired", Some(10)));
    }

    #[test]
    fn a_broken_file_changes_nothing() {
        let mut report = Report::default();
        let mut known = Vec::new();
        lay_over(&mut known, ONE, date(2025, 6, 1), &mut report);
        lay_over(&mut known, "[[channels]]\nid = 'Bad Id'", date(2025, 6, 1), &mut report);
        assert_eq!((known.len(), report.problems.len()), (1, 1));
    }
}
