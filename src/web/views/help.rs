//! Views of the route of help.

use serde::Serialize;

use super::{View, frame::Frame, lesson::Text};

/// A help channel as shown.
#[expect(clippy::struct_excessive_bools, reason = "four independent facts for a template")]
#[derive(Debug, Clone, Serialize)]
pub struct ChannelView {
    /// Code; the anchor on the help page.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it is for.
    pub purpose: Text,
    /// How to reach it.
    pub contact: Text,
    /// Whether that is a number to be shown large.
    pub short: bool,
    /// When, and in which languages.
    pub hours: Option<Text>,
    /// `confidential`, `anonymous`, `named` or `unknown`; its label is a Fluent message.
    pub identity: &'static str,
    /// Day the facts were verified, written out.
    pub verified: Option<String>,
    /// Whether they must be verified again before calling.
    pub expired: bool,
    /// Whether it may be printed.
    pub printable: bool,
    /// Whether it belongs to this place.
    pub local: bool,
}

/// A step of the route.
#[derive(Debug, Clone, Serialize)]
pub struct RouteStep {
    /// Step, as its Fluent messages are numbered: 0 is immediate danger.
    pub step: u8,
    /// The channels of the step.
    pub channels: Vec<ChannelView>,
}

/// `/es/ayuda`
#[derive(Debug, Clone, Serialize)]
pub struct HelpView {
    /// The frame.
    pub frame: Frame,
    /// The steps, immediate danger first.
    pub steps: Vec<RouteStep>,
}

impl View for HelpView {
    const TEMPLATE: &'static str = "help.html";
}
