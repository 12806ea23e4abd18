//! How the machine of a school is: facts gathered from it ([`gather`]) and what they mean ([`judge`]).
//!
//! Lives here: the checks of `amauta doctor` and of the technician's page. Does not: their sentences (`locales/es/doctor.ftl`), how they are shown. What a
//! machine does not tell is «not known», never a guess.

pub mod gather;
mod judge;
pub mod processor;

pub use judge::judge;

use serde::Serialize;

/// What a check found, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The machine does not tell.
    Unknown,
    /// Nothing to do.
    Ok,
    /// It works, and somebody should look at it.
    Warning,
    /// Something does not work, or soon will not.
    Error,
}

impl Outcome {
    /// As it stands in Fluent ids and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One check with its result. `id` is a message of `doctor.ftl`; its `.cure` says what to do when there is something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was looked at: `doctor-<name>` is its title.
    pub name: &'static str,
    /// How it is.
    pub outcome: Outcome,
    /// Fluent id of what was found.
    pub id: &'static str,
    /// Arguments of the message.
    pub args: Vec<(&'static str, String)>,
}

impl Check {
    /// Result, title, what was found, and what to do (empty when nothing is to do), by what `say` makes of an id of
    /// `doctor.ftl` and its arguments.
    pub fn tell(&self, say: impl Fn(&str, &[(&str, &str)]) -> String) -> [String; 4] {
        let args: Vec<(&str, &str)> = self.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let cure = match self.outcome {
            Outcome::Ok => String::new(),
            Outcome::Unknown if self.id == "doctor-unknown" => String::new(),
            _ => say(&format!("{}.cure", self.id), &args),
        };
        [
            say(&format!("doctor-outcome-{}", self.outcome.name()), &[]),
            say(&format!("doctor-{}", self.name), &[]),
            say(self.id, &args),
            cure,
        ]
    }
}

/// Whether a database is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// There is none yet.
    Absent,
    /// `quick_check` found nothing.
    Whole,
    /// What it found.
    Damaged(String),
    /// A newer program's; this one leaves it as it is.
    Newer,
}

/// How the data folder takes what is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// There is none yet, and it can be made.
    Absent,
    /// Milliseconds until a small file is on the disk.
    Works(u64),
    /// Why not.
    Fails(String),
}

/// Who has the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// Nobody.
    Free,
    /// A server of ours answers there.
    Ours,
    /// Another program.
    Taken,
    /// This user may not open it.
    Forbidden,
    /// The address is not of this machine, or the system refuses for another reason.
    Refused,
}

/// Where `amauta.local` leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// To this machine.
    Here,
    /// To another machine.
    Elsewhere,
    /// Nowhere, as far as this machine can tell.
    Nowhere,
}

/// How backups stand: see [`upkeep`](crate::upkeep).
pub use crate::upkeep::{Fault, Standing};

/// What was seen of the machine; `None` where it does not tell.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Free and total room of the data folder's disk, in bytes.
    pub disk: Option<(u64, u64)>,
    /// How the data folder takes what is written.
    pub write: Option<Write>,
    /// Permission bits of the data folder.
    pub mode: Option<u32>,
    /// Memory that programs can still have, and all of it, in bytes.
    pub memory: Option<(u64, u64)>,
    /// Day and hour on the wall, and whether they can be right.
    pub clock: Option<(String, bool)>,
    /// Each address to listen on.
    pub ports: Vec<(std::net::SocketAddr, Port)>,
    /// `library.db`.
    pub library: Option<Base>,
    /// `school.db`.
    pub school: Option<Base>,
    /// The backups that the server makes by itself.
    pub backup: Option<Standing>,
    /// How many packs are in, and the files of them that are not as they came; `None` where they were not read.
    pub packs: Option<(usize, Vec<String>)>,
    /// Errors and warnings of the content that came from outside the program.
    pub content: Option<(usize, usize)>,
    /// Where the school's name for the server leads.
    pub name: Option<Name>,
    /// The machine's own addresses in the school's network.
    pub addresses: Vec<std::net::IpAddr>,
    /// Strength of the Wi-Fi link in dBm, as the driver tells.
    pub wifi: Option<(String, i32)>,
    /// Whether memory is swapped to a card.
    pub swap_on_card: Option<bool>,
    /// `pre_eol_info` of the memory card: 1 good, 2 at 80 % of its reserve, 3 at 90 %.
    pub card_wear: Option<u32>,
    /// Errors that the file systems noted since they were last mended.
    pub disk_errors: Option<u64>,
}
