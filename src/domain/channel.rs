//! Help channels: lines, offices and persons to turn to. The only way a telephone number gets onto a page.

use jiff::civil::Date;
use serde::Deserialize;

use crate::domain::{id::Slug, lang::Localized};

/// One channel. A school adds its own (`local = true`) in the data folder.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Code: `linea-100`.
    pub id: Slug,
    /// Name as people know it; not translated where it is a proper name.
    pub name: Localized<String>,
    /// What it is for.
    pub purpose: Localized<String>,
    /// Number, address or place: what to do to reach it. Empty in a local channel until its school fills it in.
    #[serde(default)]
    pub contact: Localized<String>,
    /// When it answers, and in which languages.
    #[serde(default)]
    pub hours: Localized<String>,
    /// Whether it asks who you are.
    pub identity: Identity,
    /// Step of the help route, from 1 (nearest person) upwards; 0 is immediate danger.
    pub step: u8,
    /// Where the facts come from.
    #[serde(default)]
    pub source: String,
    /// Day the facts were verified; none for channels that every school fills in itself.
    #[serde(default)]
    pub verified: Option<Date>,
    /// Day from which they must be verified again.
    #[serde(default)]
    pub expires: Option<Date>,
    /// Whether it may be printed.
    pub print: Print,
    /// Belongs to this place: shown first, and only with a contact.
    #[serde(default)]
    pub local: bool,
}

/// Whether a channel asks who you are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// Keeps it to itself.
    Confidential,
    /// Takes reports without a name.
    Anonymous,
    /// Asks for a name.
    Named,
    /// Not known.
    Unknown,
}

/// Whether a channel may be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Print {
    /// Yes.
    Yes,
    /// With the day it was verified.
    WithDate,
    /// No.
    No,
}

impl Channel {
    /// Whether there is a way to reach it.
    pub fn reachable(&self) -> bool {
        self.contact.0.values().any(|contact| !contact.trim().is_empty())
    }

    /// Whether its facts must be verified again on this day.
    pub fn expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|day| day <= today)
    }
}
