//! Every text a person reads, in every language, by Fluent id.
//!
//! A text that a language lacks comes from Spanish; one that nobody has shows its id and is remembered, so that a test
//! or a technician can ask for the list. Which languages exist is decided by the sources alone.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    sync::{Mutex, OnceLock, PoisonError},
};

use fluent::{FluentArgs, FluentError, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::{
    domain::{
        finding::{Finding, Problem},
        lang::Lang,
    },
    i18n::{
        entries::without_deep_nesting,
        format,
        source::{SELDOM, Source, embedded_file},
    },
};

/// The texts of all languages. Shared by all requests.
pub struct Messages {
    bundles: Bundles,
    /// The program's own texts of areas that few ask for, by their place in [`SELDOM`].
    seldom: [OnceLock<Bundles>; SELDOM.len()],
    missing: Mutex<BTreeSet<Missing>>,
}

type Bundles = Vec<(Lang, FluentBundle<FluentResource>)>;

/// A text that was asked for and could not be given as asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// Language it was asked in.
    pub lang: Lang,
    /// Id, with `.attribute` when one was asked.
    pub id: String,
    /// What in the message did not resolve (a variable, a term), as Fluent says it; empty when the message itself is
    /// missing.
    pub reference: String,
}

/// An argument of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A text, shown as it is.
    Text(Cow<'a, str>),
    /// A number: shown as [`format::number`] writes it, and compared in `{ $n -> [0] … *[other] … }`.
    Number(f64),
}

/// How many missing texts are remembered; a broken locale must not fill the memory.
const MAX_MISSING: usize = 1000;

impl Messages {
    /// Reads the sources. A later source of the same language replaces single messages (with their attributes) of an
    /// earlier one. A line that is not Fluent is reported with its file and place, and the rest of the file kept.
    pub fn load(sources: impl IntoIterator<Item = Source>) -> (Self, Vec<Problem>) {
        let (mut bundles, problems) = bundles(sources);
        bundles.sort_unstable_by_key(|(lang, _)| (rank(*lang), *lang));
        let seldom = [const { OnceLock::new() }; SELDOM.len()];
        (Self { bundles, seldom, missing: Mutex::default() }, problems)
    }

    /// The languages there are texts in: Spanish, Quechua, then the others by tag.
    pub fn langs(&self) -> Vec<Lang> {
        self.bundles.iter().map(|(lang, _)| *lang).collect()
    }

    /// Whether this very language has the message `id`, or the attribute `id.attribute`.
    pub fn has(&self, lang: Lang, id: &str) -> bool {
        let (message, attribute) = split(id);
        let found = self.bundle(lang, message).and_then(|bundle| bundle.get_message(message));
        found.is_some_and(|found| match attribute {
            Some(name) => found.get_attribute(name).is_some(),
            None => found.value().is_some(),
        })
    }

    /// The language a text will be in when asked for in `lang`; `None` when nobody has it.
    pub fn source_lang(&self, lang: Lang, id: &str) -> Option<Lang> {
        [lang, Lang::ES].into_iter().find(|lang| self.has(*lang, id))
    }

    /// The text of `id` (or `id.attribute`) in `lang`, else in Spanish, else the id. A text without placeables is
    /// borrowed, not built.
    ///
    /// A text whose references do not resolve (a term that only Spanish has) counts as missing in that language.
    pub fn text<'m>(&'m self, lang: Lang, id: &str, args: &[(&str, Value<'_>)]) -> Cow<'m, str> {
        let args = (!args.is_empty()).then(|| fluent_args(args));
        let mut damaged = None;
        for lang in [Some(lang), (lang != Lang::ES).then_some(Lang::ES)].into_iter().flatten() {
            match self.format(lang, id, args.as_ref()) {
                Some((text, errors)) if errors.is_empty() => return text,
                Some((text, errors)) => {
                    for error in &errors {
                        self.miss(lang, id, &error.to_string());
                    }
                    damaged.get_or_insert(text);
                }
                None => self.miss(lang, id, ""),
            }
        }
        damaged.unwrap_or_else(|| Cow::Owned(id.to_owned()))
    }

    /// A language's own name for itself (its message `language-name`), else its tag.
    pub fn display_name(&self, lang: Lang) -> Cow<'_, str> {
        match self.format(lang, "language-name", None) {
            Some((name, _)) => name,
            None => Cow::Owned(lang.as_str().to_owned()),
        }
    }

    /// What was asked for and missing since the start, ordered; at most a thousand.
    pub fn missing(&self) -> Vec<Missing> {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Where a message of a language is: among those that are there from the start, else in its area.
    fn bundle(&self, lang: Lang, message: &str) -> Option<&FluentBundle<FluentResource>> {
        let of = |bundles: &'_ Bundles| bundles.iter().position(|(of, _)| *of == lang);
        let known = of(&self.bundles).map(|at| &self.bundles[at].1);
        let area = SELDOM.iter().zip(&self.seldom).find(|((prefix, _), _)| message.starts_with(prefix));
        match area {
            Some(((_, file), area)) if known.is_none_or(|known| !known.has_message(message)) => {
                let read = area.get_or_init(|| bundles(embedded_file(file)).0);
                of(read).map(|at| &read[at].1)
            }
            _ => known,
        }
    }

    fn format<'m>(
        &'m self,
        lang: Lang,
        id: &str,
        args: Option<&FluentArgs<'_>>,
    ) -> Option<(Cow<'m, str>, Vec<FluentError>)> {
        let (message, attribute) = split(id);
        let bundle = self.bundle(lang, message)?;
        let found = bundle.get_message(message)?;
        let pattern = match attribute {
            Some(name) => found.get_attribute(name)?.value(),
            None => found.value()?,
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        Some((text, errors))
    }

    /// Remembers a missing text, and logs it the first time.
    fn miss(&self, lang: Lang, id: &str, reference: &str) {
        let missing = Missing { lang, id: id.to_owned(), reference: reference.to_owned() };
        let mut all = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() < MAX_MISSING && all.insert(missing) {
            tracing::warn!(lang = lang.as_str(), id, reference, "text missing");
        }
    }
}

/// The sources by language; a later one replaces single messages of an earlier one.
fn bundles(sources: impl IntoIterator<Item = Source>) -> (Bundles, Vec<Problem>) {
    let mut bundles = Bundles::new();
    let mut problems = Vec::new();
    for source in sources {
        let (resource, findings) = read(&source.text);
        let file = &source.file;
        problems.extend(findings.into_iter().map(|finding| Problem { file: file.clone(), finding }));
        let at = bundles.iter().position(|(lang, _)| *lang == source.lang).unwrap_or_else(|| {
            bundles.push((source.lang, bundle(source.lang)));
            bundles.len() - 1
        });
        bundles[at].1.add_resource_overriding(resource);
    }
    (bundles, problems)
}

/// A parsed file and what is wrong with it.
fn read(text: &str) -> (FluentResource, Vec<Finding>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (text, refused) = without_deep_nesting(&text);
    let mut findings: Vec<Finding> =
        refused.into_iter().map(|line| Finding::error("check-language-too-deep", line, 1)).collect();
    let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let (line, column, written) = place(resource.source(), error.pos.start);
            findings.push(Finding::error("check-language-not-fluent", line, column).with("text", written));
        }
        resource
    });
    (resource, findings)
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = lang.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Browsers of 2009 draw the isolation marks U+2068 and U+2069 as boxes.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => {
            let least = number.options.minimum_fraction_digits.unwrap_or(0);
            Some(format::decimal(number.value, least))
        }
        _ => None,
    }));
    bundle
}

fn fluent_args<'a>(args: &'a [(&'a str, Value<'_>)]) -> FluentArgs<'a> {
    let mut built = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        match value {
            Value::Text(text) => built.set(*name, FluentValue::String(Cow::Borrowed(text.as_ref()))),
            Value::Number(number) => built.set(*name, FluentValue::from(*number)),
        }
    }
    built
}

fn split(id: &str) -> (&str, Option<&str>) {
    id.split_once('.').map_or((id, None), |(message, attribute)| (message, Some(attribute)))
}

fn rank(lang: Lang) -> u8 {
    match lang {
        Lang::ES => 0,
        Lang::QU => 1,
        _ => 2,
    }
}

/// Line and column, in characters and from 1, of a byte position, and the beginning of that line.
fn place(text: &str, position: usize) -> (u32, u32, String) {
    const SHOWN: usize = 60;
    let mut at = position.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[..start].bytes().filter(|b| *b == b'\n').count() + 1;
    let column = text[start..at].chars().count() + 1;
    let written = text[start..].lines().next().unwrap_or("").chars().take(SHOWN).collect();
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX), written)
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

macro_rules! from_whole {
    ($($number:ty),*) => {$(
        impl From<$number> for Value<'_> {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "counts stay far below 2^53")]
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        }
    )*};
}

from_whole!(i32, i64, u8, u16, u32, u64, usize);
