//! What the portal itself can be told. Where settings are gathered from is `config`'s work.

use std::net::SocketAddr;

use crate::{
    domain::lang::Lang,
    submissions, upkeep,
    web::{
        server::{Limits, Operations},
        shelf::Folders,
    },
};

/// What the portal itself can be told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the school, shown on every page; may be empty.
    pub school_name: String,
    /// Language of pages whose address names none.
    pub default_lang: Lang,
    /// Who may read `/healthz`, `/metrics` and the status page.
    pub operations: Operations,
    /// What forms may take.
    pub limits: Limits,
    /// What the server does by itself.
    pub upkeep: upkeep::Settings,
    /// Where content and texts come from beside the program itself.
    pub folders: Folders,
    /// How much teachers may bring.
    pub uploads: submissions::Limits,
    /// What phones and laptops are told that ask whether this network leads to the internet.
    pub portal: Portal,
    /// The command that switches the machine off; empty: nobody may from here.
    pub power_off: String,
    /// Names of the settings that a flag, a variable or the file gave: no page changes them.
    pub fixed: Vec<&'static str>,
    /// Addresses that the server listens on; the technician's page looks whether they answer.
    pub listen: Vec<SocketAddr>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            school_name: String::new(),
            default_lang: Lang::ES,
            operations: Operations::Loopback,
            limits: Limits::default(),
            upkeep: upkeep::Settings::default(),
            folders: Folders::default(),
            uploads: submissions::Limits::default(),
            portal: Portal::Off,
            power_off: String::new(),
            fixed: Vec::new(),
            listen: Vec::new(),
        }
    }
}

/// What phones and laptops are told that ask whether this network leads to the internet. It matters where the network
/// answers for every name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portal {
    /// There is nothing at such addresses.
    Off,
    /// That there is a page to see first: they show the portal at once.
    Open,
    /// That all is well: they stay in the network and say nothing.
    Quiet,
}
