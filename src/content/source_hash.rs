//! The fingerprint of the Spanish a translation was made from.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{
    digest,
    domain::{lang::Lang, resource::Meta},
};

/// The first 16 hex digits of a SHA-256 over the Spanish files, sorted by name, and the Spanish strings of
/// `lesson.toml` in the order title, summary, keywords, objectives, messages. Each part is preceded by its name and
/// length, so that text moved from one to the next changes the hash. Line ends and byte order marks do not count.
pub(super) fn of(files: &BTreeMap<&'static str, String>, meta: &Meta) -> String {
    let mut hash = Sha256::new();
    let mut add = |name: &str, text: &str| {
        hash.update(format!("{name} {}\n", text.len()));
        hash.update(text);
    };
    for (name, text) in files {
        add(name, text);
    }
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    add("title", &text(meta.title.get(Lang::ES)));
    add("summary", &text(meta.summary.get(Lang::ES)));
    for (name, list) in [("keywords", &meta.keywords), ("objectives", &meta.objectives)] {
        for one in list.get(Lang::ES).into_iter().flatten() {
            add(name, one);
        }
    }
    for message in &meta.messages {
        add("message", &text(message.text.get(Lang::ES)));
    }
    digest::short(&hash.finalize())
}
