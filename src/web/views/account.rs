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
    /// Where whoever holds a code goes.
    pub invitation: String,
    /// What was typed when the session ended, to go along.
    pub kept: Vec<KeptField>,
}

/// A field that goes along with a form.
#[derive(Debug, Clone, Serialize)]
pub struct KeptField {
    /// Its name.
    pub name: String,
    /// What was typed.
    pub value: String,
}

/// What was typed when the session ended, for who has signed in again.
#[derive(Debug, Clone, Serialize)]
pub struct KeptView {
    /// The frame.
    pub frame: Frame,
    /// Where it goes.
    pub form: FormView,
    /// What was typed.
    pub kept: Vec<KeptField>,
}

impl View for KeptView {
    const TEMPLATE: &'static str = "account/kept.html";
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

/// `/es/invitacion`
#[derive(Debug, Clone, Serialize)]
pub struct InvitationView {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: FormView,
    /// The name as it was typed.
    pub name: String,
    /// The login as it was typed.
    pub login: String,
}

impl View for InvitationView {
    const TEMPLATE: &'static str = "account/invitation.html";
}

/// Somebody with an account.
#[derive(Debug, Clone, Serialize)]
pub struct PersonRow {
    /// As a form carries it.
    pub number: i64,
    /// As colleagues see it.
    pub name: String,
    /// As it is typed at the door.
    pub login: String,
    /// Last part of the Fluent id `account-role-<role>`.
    pub role: &'static str,
    /// Whether the account opens.
    pub active: bool,
}

/// Something done.
#[derive(Debug, Clone, Serialize)]
pub struct EventRow {
    /// The day, written out; empty while the clock was wrong.
    pub day: String,
    /// Who; empty for the console.
    pub actor: String,
    /// Last part of the Fluent id `technician-deed-<deed>`, of a resource `workshop-deed-<deed>`.
    pub deed: &'static str,
    /// Whether it was done with a resource.
    pub of_resource: bool,
    /// About whom or which resource; may be empty.
    pub subject: String,
}

/// A code that has just been made; it is shown this once.
#[derive(Debug, Clone, Serialize)]
pub struct CodeView {
    /// The code.
    pub code: String,
    /// Where it is typed.
    pub path: String,
    /// For whose new password; empty for a new account.
    pub name: String,
}

/// `/es/personas`
#[derive(Debug, Clone, Serialize)]
pub struct PeopleView {
    /// The frame.
    pub frame: Frame,
    /// Everybody.
    pub people: Vec<PersonRow>,
    /// How many codes may be made at once.
    pub counts: Vec<usize>,
    /// What roles there are to invite to.
    pub roles: Vec<&'static str>,
    /// Makes a code for a new account.
    pub invite: FormView,
    /// Makes a code for a new password.
    pub reset: FormView,
    /// Shuts an account or opens it again.
    pub standing: FormView,
    /// The code just made.
    pub code: Option<CodeView>,
    /// What was done, the last first.
    pub events: Vec<EventRow>,
    /// Back to the account.
    pub back: String,
}

/// Codes for new accounts, to print and cut out; they are shown this once.
#[derive(Debug, Clone, Serialize)]
pub struct SlipsView {
    /// The frame.
    pub frame: Frame,
    /// Last part of the Fluent id `account-role-<role>`.
    pub role: &'static str,
    /// Where a code is typed, as whole an address as the technician's browser knows.
    pub address: String,
    /// The codes.
    pub codes: Vec<String>,
    /// Back to the people.
    pub back: String,
}

impl View for SlipsView {
    const TEMPLATE: &'static str = "account/slips.html";
}

/// `/es/guia`
#[derive(Debug, Clone, Serialize)]
pub struct GuideView {
    /// The frame.
    pub frame: Frame,
    /// What is typed into a browser to come here; may be empty.
    pub address: String,
    /// Back to the account.
    pub back: String,
}

impl View for GuideView {
    const TEMPLATE: &'static str = "account/guide.html";
}

impl View for PeopleView {
    const TEMPLATE: &'static str = "account/people.html";
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
    /// A sheet for the wall.
    pub guide: String,
    /// Where teachers make materials.
    pub workshop: String,
    /// Where a teacher switches the machine off; empty where that cannot be done, and for technicians, who have more there.
    pub power: String,
    /// Where the date is set; empty while the server knows it.
    pub date: String,
    /// The technician's page; empty for others.
    pub technician: String,
    /// What a technician keeps: Fluent id of a link, and where it leads; empty for others.
    pub keeps: Vec<(&'static str, String)>,
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
