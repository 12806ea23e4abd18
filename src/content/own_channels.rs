//! The help channels that a school fills in itself: what is typed on a page becomes the `help-channels.toml` of its data folder.
//!
//! Lives here: the text of that file, made from the one before and what was typed. Does not: reading it into the library
//! (`channels`), the disk, the page.

use std::fmt::Write as _;

use jiff::{ToSpan as _, civil::Date};

use super::{
    channels::{ChannelsFile, FILE},
    toml_text::read,
};
use crate::domain::{
    channel::{Channel, Identity, Print},
    finding::Finding,
    id::Slug,
    lang::{Lang, Localized},
};

/// The name of the file, in the folder of the school's own lessons.
pub const OWN_CHANNELS: &str = FILE;

/// Most characters of a contact and of its hours.
pub const LONGEST: usize = 120;

/// First line of a file that this made; another one may hold a person's notes.
const MADE: &str = "# Lo escribe la página de ajustes del servidor; también se puede corregir a mano.";

/// What somebody typed for one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// Which.
    pub id: Slug,
    /// Number, address or place; empty: this school has none.
    pub contact: String,
    /// When it answers.
    pub hours: String,
}

/// The text of the file after `fills`; `old` is the text before, `known` what the pages know. What stands in the old file and was not
/// asked about stays. What is new or changed counts as verified on this day, for a year.
///
/// # Errors
/// The old file has a mistake; whoever wrote it mends it first.
pub fn filled(old: &str, known: &[Channel], fills: &[Fill], today: Option<Date>) -> Result<String, Finding> {
    let mut channels = read::<ChannelsFile>(old)?.channels;
    for fill in fills {
        let before = channels.iter().position(|channel| channel.id == fill.id);
        if fill.contact.is_empty() {
            before.map(|at| channels.remove(at));
            continue;
        }
        let Some(model) =
            before.map(|at| &channels[at]).or_else(|| known.iter().find(|one| one.id == fill.id))
        else {
            continue;
        };
        let spanish = |text: &Localized<String>| text.get(Lang::ES).cloned().unwrap_or_default();
        if before.is_some() && spanish(&model.contact) == fill.contact && spanish(&model.hours) == fill.hours
        {
            continue;
        }
        let say = |text: &str| {
            Localized(
                [(Lang::ES, text.to_owned())].into_iter().filter(|(_, text)| !text.is_empty()).collect(),
            )
        };
        let changed = Channel {
            contact: say(&fill.contact),
            hours: say(&fill.hours),
            verified: today,
            expires: today.and_then(|today| today.checked_add(1.year()).ok()),
            local: true,
            ..model.clone()
        };
        match before {
            Some(at) => channels[at] = changed,
            None => channels.push(changed),
        }
    }
    let mut out = format!("{MADE}\n");
    for channel in &channels {
        write(&mut out, channel);
    }
    Ok(out)
}

fn write(out: &mut String, channel: &Channel) {
    let Channel {
        id,
        name,
        purpose,
        contact,
        hours,
        identity,
        step,
        source,
        verified,
        expires,
        print,
        local,
    } = channel;
    let identity = match identity {
        Identity::Confidential => "confidential",
        Identity::Anonymous => "anonymous",
        Identity::Named => "named",
        Identity::Unknown => "unknown",
    };
    let print = match print {
        Print::Yes => "yes",
        Print::WithDate => "with-date",
        Print::No => "no",
    };
    write!(out, "\n[[channels]]\nid = \"{id}\"\n").ok();
    for (key, text) in [("name", name), ("purpose", purpose), ("contact", contact), ("hours", hours)] {
        if !text.0.is_empty() {
            let all: Vec<String> =
                text.0.iter().map(|(lang, text)| format!("{lang} = {}", quoted(text))).collect();
            writeln!(out, "{key} = {{ {} }}", all.join(", ")).ok();
        }
    }
    writeln!(out, "identity = \"{identity}\"\nstep = {step}\nsource = {}", quoted(source)).ok();
    for (key, day) in [("verified", verified), ("expires", expires)] {
        if let Some(day) = day {
            writeln!(out, "{key} = {day}").ok();
        }
    }
    writeln!(out, "print = \"{print}\"\nlocal = {local}").ok();
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            other if other.is_control() => {
                write!(out, "\\u{:04X}", u32::from(other)).ok();
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const KNOWN: &str = "[[channels]]\nid = \"demuna\"\nname = { es = \"DEMUNA\", qu = \"DEMUNA\" }\n\
        purpose = { es = \"Orienta.\" }\nidentity = \"confidential\"\nstep = 3\nprint = \"yes\"\nlocal = true\n";

    fn fill(contact: &str) -> Vec<Fill> {
        let id = "demuna".parse().unwrap();
        vec![Fill { id, contact: contact.to_owned(), hours: "8 a 13".to_owned() }]
    }

    fn known() -> Vec<Channel> {
        read::<ChannelsFile>(KNOWN).unwrap().channels
    }

    #[test]
    fn what_is_typed_is_read_back_and_what_stood_there_stays() {
        let other = KNOWN.replace("demuna", "mi-ronda");
        let text =
            filled(&other, &known(), &fill("Jr. \"Lima\" 5 \\ 084-123"), Some(date(2026, 11, 23))).unwrap();
        let read_back = read::<ChannelsFile>(&text).unwrap().channels;
        assert_eq!(read_back.len(), 2);
        assert_eq!(read_back[0], read::<ChannelsFile>(&other).unwrap().channels[0]);
        assert_eq!(read_back[1].contact.get(Lang::ES).unwrap(), "Jr. \"Lima\" 5 \\ 084-123");
        assert_eq!(
            (read_back[1].verified, read_back[1].expires),
            (Some(date(2026, 11, 23)), Some(date(2027, 11, 23)))
        );
        // Saved again unchanged, the day it was verified stays.
        let again =
            filled(&text, &known(), &fill("Jr. \"Lima\" 5 \\ 084-123"), Some(date(2027, 3, 1))).unwrap();
        assert_eq!(again, text);
        let gone = filled(&text, &known(), &fill(""), None).unwrap();
        assert_eq!(read::<ChannelsFile>(&gone).unwrap().channels.len(), 1);
    }

    #[test]
    fn a_file_with_a_mistake_is_not_written_over() {
        assert!(filled("[[channels]]\nid = 5", &known(), &fill("1"), None).is_err());
    }
}
