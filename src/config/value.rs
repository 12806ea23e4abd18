//! What a text of a setting stands for: numbers within bounds, choices, addresses, times; and the way back into TOML.

use std::{
    fmt::Write as _,
    net::{Ipv6Addr, SocketAddr},
    time::Duration,
};

/// Why a value was refused: a Fluent id and arguments.
pub(super) struct Refusal {
    pub(super) id: &'static str,
    pub(super) args: Vec<(&'static str, String)>,
}

impl Refusal {
    pub(super) fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }
}

/// The value that counts when a flag is repeated: the last one.
pub(super) fn one(values: &[String]) -> Option<&str> {
    values.last().map(String::as_str)
}

pub(super) fn not_empty(values: &[String]) -> Result<&str, Refusal> {
    one(values).filter(|text| !text.is_empty()).ok_or(Refusal::new("cli-config-empty"))
}

pub(super) fn number(values: &[String], least: u64, most: u64) -> Result<u64, Refusal> {
    let number = one(values).and_then(|text| text.parse().ok()).filter(|n| (least..=most).contains(n));
    let args = || vec![("least", least.to_string()), ("most", most.to_string())];
    number.ok_or_else(|| Refusal { id: "cli-config-bad-number", args: args() })
}

pub(super) fn small(number: u64, into: &mut usize) -> Result<(), Refusal> {
    *into = usize::try_from(number).map_err(|_| Refusal::new("cli-config-bad-number"))?;
    Ok(())
}

pub(super) fn seconds(values: &[String]) -> Result<Duration, Refusal> {
    number(values, 1, 3600).map(Duration::from_secs)
}

pub(super) fn choice<T: Copy>(values: &[String], choices: &[(&str, T)]) -> Result<T, Refusal> {
    let chosen = choices.iter().find(|(name, _)| one(values) == Some(name));
    chosen.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        Refusal { id: "cli-config-bad-choice", args: vec![("choices", names.join(", "))] }
    })
}

/// An address with its port; a port alone means all addresses of the machine.
pub(super) fn address(text: &str) -> Result<SocketAddr, Refusal> {
    let port = text.strip_prefix(':').unwrap_or(text);
    port.parse()
        .map(any)
        .or_else(|_| text.parse())
        .or_else(|_| {
            text.strip_prefix("localhost:")
                .unwrap_or_default()
                .parse()
                .map(|port| ([127, 0, 0, 1], port).into())
        })
        .map_err(|_| Refusal::new("cli-config-bad-address"))
}

pub(super) fn any(port: u16) -> SocketAddr {
    (Ipv6Addr::UNSPECIFIED, port).into()
}

/// A TOML basic string.
pub(super) fn quoted(text: &str) -> String {
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
