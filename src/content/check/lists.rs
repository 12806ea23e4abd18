//! The word lists of the lint, and finding their words in a text.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::content::toml_text;

/// The lists of `words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    /// Words that frighten, blame or label.
    pub(super) forbidden: Vec<String>,
    /// Options that say nothing.
    pub(super) empty_options: Vec<String>,
    /// What is never said without relief beside it.
    pub(super) blame: Vec<String>,
    /// The relief.
    pub(super) relief: Vec<String>,
    /// Services and makers.
    pub(super) brands: Vec<String>,
    /// Verbs that can be seen in class.
    pub(super) observable: Vec<String>,
    /// Words that measure.
    pub(super) measures: Vec<String>,
    /// Words before a telephone number.
    pub(super) calling: Vec<String>,
}

/// The lists in the program.
pub(super) static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml_text::read(include_str!("words.toml")).unwrap_or_default());

/// The words of a text in small letters: letters and digits.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The first entry of a list whose words stand in a row among these.
pub(super) fn first_of<'l>(list: &'l [String], words: &[String]) -> Option<&'l str> {
    list.iter().map(String::as_str).find(|entry| contains(words, entry))
}

fn contains(words: &[String], entry: &str) -> bool {
    let entry: Vec<&str> = entry.split(' ').collect();
    words.windows(entry.len()).any(|window| window.iter().map(String::as_str).eq(entry.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::{LISTS, first_of, words};

    #[test]
    fn whole_words_are_found_and_parts_are_not() {
        assert_eq!(first_of(&LISTS.forbidden, &words("¡Un MONSTRUO viene!")), Some("monstruo"));
        assert_eq!(first_of(&LISTS.forbidden, &words("Fue culpa, tuya no")), Some("culpa tuya"));
        assert_eq!(first_of(&LISTS.brands, &words("una googleada")), None);
    }
}
