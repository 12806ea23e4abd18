//! Addresses of people with an account.

/// A page or an act of people with an account, in whatever language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Account {
    /// `/es/entrar`
    SignIn,
    /// `/es/salir`: only a form leads here.
    SignOut,
    /// `/es/primera-vez`: the first technician.
    First,
    /// `/es/invitacion`: whoever holds a code makes an account or a new password.
    Invitation,
    /// `/es/cuenta`: one's own account.
    Own,
    /// `/es/cuenta/clave`: another password.
    Password,
    /// `/es/cuenta/sesiones`: ends all sessions; only a form leads here.
    Sessions,
    /// `/es/guia`: a sheet for the wall, for whoever is signed in to print.
    Guide,
    /// `/es/personas`: everybody with an account, for the technician.
    People,
    /// `/es/personas/invitar`: a code for a new account; only a form leads here.
    Invite,
    /// `/es/personas/clave`: a code for a new password; only a form leads here.
    Reset,
    /// `/es/personas/estado`: shuts an account or opens it again; only a form leads here.
    Standing,
    /// `/es/tecnico/fecha`: what day and time it is.
    Date,
    /// `/es/tecnico/ajustes`: what a school chooses.
    Settings,
    /// `/es/tecnico/apagar`: switches the machine off, starts the program anew.
    Power,
    /// `/es/tecnico/respaldos`: what backups there are.
    Backups,
    /// `/es/tecnico/respaldos/ahora`: makes one; only a form leads here.
    BackUp,
    /// `/es/tecnico/paquetes`: the packs of the server and of what is plugged in.
    Packs,
    /// `/es/tecnico/paquetes/traer`: brings one in; only a form leads here.
    BringPack,
    /// `/es/tecnico/paquetes/sacar`: what the school made, onto a stick; only a form leads here.
    TakeOut,
    /// `/es/tecnico/paquetes/parar`: stops that; only a form leads here.
    StopPack,
    /// `/es/tecnico/paquetes/quitar`: takes one away; only a form leads here.
    RemovePack,
}

impl Account {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::SignIn,
        Self::SignOut,
        Self::First,
        Self::Invitation,
        Self::Own,
        Self::Password,
        Self::Sessions,
        Self::Guide,
        Self::People,
        Self::Invite,
        Self::Reset,
        Self::Standing,
        Self::Date,
        Self::Settings,
        Self::Power,
        Self::Backups,
        Self::BackUp,
        Self::Packs,
        Self::BringPack,
        Self::TakeOut,
        Self::StopPack,
        Self::RemovePack,
    ];

    /// Whether only a form leads there.
    pub fn is_act(self) -> bool {
        matches!(
            self,
            Self::SignOut
                | Self::Sessions
                | Self::Invite
                | Self::Reset
                | Self::Standing
                | Self::BackUp
                | Self::BringPack
                | Self::TakeOut
                | Self::StopPack
                | Self::RemovePack
        )
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::SignIn => "entrar",
            Self::SignOut => "salir",
            Self::First => "primera-vez",
            Self::Invitation => "invitacion",
            Self::Own => "cuenta",
            Self::Password => "cuenta/clave",
            Self::Sessions => "cuenta/sesiones",
            Self::Guide => "guia",
            Self::People => "personas",
            Self::Invite => "personas/invitar",
            Self::Reset => "personas/clave",
            Self::Standing => "personas/estado",
            Self::Date => "tecnico/fecha",
            Self::Settings => "tecnico/ajustes",
            Self::Power => "tecnico/apagar",
            Self::Backups => "tecnico/respaldos",
            Self::BackUp => "tecnico/respaldos/ahora",
            Self::Packs => "tecnico/paquetes",
            Self::BringPack => "tecnico/paquetes/traer",
            Self::TakeOut => "tecnico/paquetes/sacar",
            Self::StopPack => "tecnico/paquetes/parar",
            Self::RemovePack => "tecnico/paquetes/quitar",
        }
    }

    pub(super) fn parse(segments: &[&str]) -> Option<Self> {
        let words = segments.join("/");
        Self::ALL.into_iter().find(|page| page.words() == words)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignOut => "sign-out",
            Self::First => "first",
            Self::Invitation => "invitation",
            Self::Own => "account",
            Self::Password => "password",
            Self::Sessions => "sessions",
            Self::Guide => "guide",
            Self::People => "people",
            Self::Invite => "invite",
            Self::Reset => "reset",
            Self::Standing => "standing",
            Self::Date => "date",
            Self::Settings => "settings",
            Self::Power => "power",
            Self::Backups => "backups",
            Self::BackUp => "back-up",
            Self::Packs => "packs",
            Self::BringPack => "bring-pack",
            Self::TakeOut => "take-out",
            Self::StopPack => "stop-pack",
            Self::RemovePack => "remove-pack",
        }
    }
}
