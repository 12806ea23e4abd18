//! Who may ask for an address. Every address is named here: a new one does not compile until somebody has decided.

use super::{Account, Page, Route, Workshop};

/// Who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever reaches the server.
    Everyone,
    /// Whoever sits at the machine, a technician who is signed in, and whom the settings open it for.
    Operations,
    /// Whoever is signed in.
    Signed,
    /// Who reviews what teachers make and is signed in: coordinators and technicians.
    Reviewer,
    /// A technician who is signed in.
    Technician,
}

impl Route {
    /// Who may ask for it.
    pub fn access(&self) -> Access {
        match self {
            Self::Health | Self::Metrics => Access::Operations,
            Self::Root
            | Self::Favicon
            | Self::Robots
            | Self::Probe(_)
            | Self::Asset { .. }
            | Self::Media { .. }
            | Self::File { .. }
            | Self::Inside { .. }
            | Self::Small { .. }
            | Self::Download { .. }
            | Self::Feed(..)
            | Self::OpenSearch => Access::Everyone,
            Self::Page(_, page) => page.access(),
        }
    }
}

impl Page {
    fn access(&self) -> Access {
        match self {
            Self::Status => Access::Operations,
            Self::Account(account) => account.access(),
            Self::Workshop(Workshop::Review) => Access::Reviewer,
            // Whose work it is decides the rest.
            Self::Workshop(_) => Access::Signed,
            Self::Home
            | Self::Catalog
            | Self::Level(_)
            | Self::Teachers
            | Self::Families
            | Self::Glossary
            | Self::Help
            | Self::About
            | Self::Lesson(_)
            | Self::Sheet(..)
            | Self::Sources(_)
            | Self::Source(..)
            | Self::CardSheet(..)
            | Self::Screen(..)
            | Self::Passage(..)
            | Self::Question(..)
            | Self::Result(..)
            | Self::Sorting(..)
            | Self::Booster(..)
            | Self::Remember(_)
            | Self::Material(_)
            | Self::MaterialPage(..)
            | Self::Report(_) => Access::Everyone,
        }
    }
}

impl Account {
    fn access(self) -> Access {
        match self {
            Self::SignIn | Self::First | Self::Invitation => Access::Everyone,
            Self::SignOut
            | Self::Own
            | Self::Password
            | Self::Sessions
            | Self::Guide
            | Self::Date
            | Self::Power => Access::Signed,
            Self::People
            | Self::Invite
            | Self::Reset
            | Self::Standing
            | Self::Settings
            | Self::Backups
            | Self::BackUp
            | Self::Packs
            | Self::BringPack
            | Self::TakeOut
            | Self::StopPack
            | Self::RemovePack => Access::Technician,
        }
    }
}
