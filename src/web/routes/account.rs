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
    /// `/es/cuenta`: one's own account.
    Own,
    /// `/es/cuenta/clave`: another password.
    Password,
    /// `/es/cuenta/sesiones`: ends all sessions; only a form leads here.
    Sessions,
}

impl Account {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::SignIn, Self::SignOut, Self::First, Self::Own, Self::Password, Self::Sessions];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::SignIn => "entrar",
            Self::SignOut => "salir",
            Self::First => "primera-vez",
            Self::Own => "cuenta",
            Self::Password => "cuenta/clave",
            Self::Sessions => "cuenta/sesiones",
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
            Self::Own => "account",
            Self::Password => "password",
            Self::Sessions => "sessions",
        }
    }
}
