//! The JSON of the `StoryData` passage. Of its fields only `start` matters here; `ifid` is checked so that Twine
//! takes the story back.

use serde::Deserialize;

use super::{Findings, header::column};
use crate::domain::finding::Finding;

/// What is read of `StoryData`; Twine writes more.
#[derive(Deserialize)]
struct StoryData {
    ifid: Option<String>,
    start: Option<String>,
}

/// The name of the passage the story begins with, when `StoryData` says it.
pub(super) fn start(body: &str, first_line: u32, findings: &mut Findings) -> Option<String> {
    let data: StoryData = match serde_json::from_str(body) {
        Ok(data) => data,
        Err(error) => {
            let (line, bytes) = (error.line().max(1), error.column().max(1));
            let text = body.lines().nth(line - 1).unwrap_or("");
            let characters = text.char_indices().take_while(|(offset, _)| offset + 1 < bytes).count();
            let line = first_line.saturating_add(u32::try_from(line - 1).unwrap_or(u32::MAX));
            findings.add(Finding::error("check-twee-data-json", line, column(characters)));
            return None;
        }
    };
    if let Some(ifid) = data.ifid.filter(|ifid| !is_uuid(ifid)) {
        findings.add(Finding::error("check-twee-ifid", first_line, 1).with("ifid", ifid));
    }
    data.start
}

/// Whether a text has the shape of a UUID: 8, 4, 4, 4 and 12 hexadecimal digits.
fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
}
