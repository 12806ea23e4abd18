//! Views of the pages of people with an account.

use serde::Serialize;

use super::{View, frame::Frame};

/// What a form of these pages carries.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    /// Where it is sent.
    pub action: String,
    /// The proof that it was made for this browser.
    pub seal: String,
    /// What was wrong with it the last time: last part of the Fluent id `account-problem-<name>`; empty when nothing was.
    pub problem: &'static str,
    /// Seconds to wait, for the problem `wait`.
    pub wait: u64,
}

/// `/es/entrar`
#[derive(Debug, Clone, Serialize)]
pub struct SignInView {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: FormView,
    /// The login as it was typed.
    pub login: String,
    /// Where the first technician begins; empty when there is one.
    pub first: String,
}

impl View for SignInView {
    const TEMPLATE: &'static str = "account/sign_in.html";
}

/// `/es/primera-vez`
#[derive(Debug, Clone, Serialize)]
pub struct FirstView {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: FormView,
    /// The name as it was typed.
    pub name: String,
    /// The login as it was typed.
    pub login: String,
}

impl View for FirstView {
    const TEMPLATE: &'static str = "account/first.html";
}

/// A computer where the account is open.
#[derive(Debug, Clone, Serialize)]
pub struct SessionView {
    /// Last part of the Fluent id `account-session-<place>`: `here`, `own`, `shared`.
    pub place: &'static str,
    /// Last part of the Fluent id `account-session-<unit>`: `now`, `minutes`, `hours`, `days`.
    pub unit: &'static str,
    /// How many of them ago it was used.
    pub count: i64,
}

/// `/es/cuenta`
#[derive(Debug, Clone, Serialize)]
pub struct AccountView {
    /// The frame.
    pub frame: Frame,
    /// Whose account.
    pub name: String,
    /// As it is typed at the door.
    pub login: String,
    /// Last part of the Fluent id `account-role-<role>`.
    pub role: &'static str,
    /// Whether the password has just been changed.
    pub changed: bool,
    /// The technician's page; empty for others.
    pub technician: String,
    /// Where the password is changed.
    pub password: String,
    /// Leaves.
    pub leave: FormView,
    /// Ends all sessions.
    pub close: FormView,
    /// Where the account is open.
    pub sessions: Vec<SessionView>,
}

impl View for AccountView {
    const TEMPLATE: &'static str = "account/own.html";
}

/// `/es/cuenta/clave`
#[derive(Debug, Clone, Serialize)]
pub struct PasswordView {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: FormView,
    /// Back to the account.
    pub back: String,
}

impl View for PasswordView {
    const TEMPLATE: &'static str = "account/password.html";
}
