//! The template environment: minijinja with strict undefined values, texts through Fluent, addresses of our own files.
//!
//! Templates know three functions: `t("id", name=value)` is a text in the page's language, `beneath("id")` the Spanish
//! of a text whose translation waits for a native reader (or nothing), `asset("name")` the address of one of our files.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, OnceLock},
};

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, escape_formatter, filters,
    functions,
    syntax::SyntaxConfig,
    tests,
    value::{Kwargs, Serde, Value},
};
use rust_embed::RustEmbed;

use crate::{
    domain::{fragment::escape, lang::Lang},
    i18n::{Ledger, Messages, Value as Arg},
    packed::TEMPLATES,
    web::{assets::Assets, views::View},
};

/// As a debug build reads them from disk; a release build has all of them in [`TEMPLATES`].
#[derive(RustEmbed)]
#[folder = "src/web/templates/"]
#[cfg_attr(packed, exclude = "*")]
struct Files;

/// Renders views. What few ask for is compiled when somebody does: compiled, a template takes twenty times its text.
pub struct Templates {
    texts: Texts,
    often: Environment<'static>,
    seldom: [OnceLock<Environment<'static>>; SELDOM.len()],
}

/// Folders of templates that few pages are made of. They may build on those outside.
const SELDOM: [&str; 4] = ["account/", "takehome/", "technician/", "workshop/"];

/// Those outside that they build on.
const SHARED: [&str; 3] = ["account/form.html", "base.html", "parts.html"];

/// What the functions of templates know.
struct Texts {
    messages: Arc<Messages>,
    ledger: Arc<Ledger>,
    addresses: Arc<BTreeMap<String, String>>,
}

impl Templates {
    /// Reads and checks the templates of pages that many ask for.
    ///
    /// # Errors
    /// A template with a mistake in it: the program was built wrong.
    pub fn load(messages: &Arc<Messages>, ledger: &Arc<Ledger>, assets: &Assets) -> Result<Self, Error> {
        let (messages, ledger) = (Arc::clone(messages), Arc::clone(ledger));
        let texts = Texts { messages, ledger, addresses: Arc::new(assets.addresses()) };
        let often = texts.environment(&|name| SELDOM.iter().all(|folder| !name.starts_with(folder)))?;
        Ok(Self { texts, often, seldom: [const { OnceLock::new() }; SELDOM.len()] })
    }

    /// Renders a view.
    ///
    /// # Errors
    /// The template asks for what the view lacks.
    pub fn render<V: View>(&self, view: &V) -> Result<String, Error> {
        let folder = SELDOM.iter().zip(&self.seldom).find(|(folder, _)| V::TEMPLATE.starts_with(**folder));
        let environment = match folder {
            None => &self.often,
            Some((folder, made)) => {
                if made.get().is_none() {
                    let wanted = |name: &str| name.starts_with(folder) || SHARED.contains(&name);
                    made.set(self.texts.environment(&wanted)?).ok();
                }
                made.get().unwrap_or(&self.often)
            }
        };
        environment.get_template(V::TEMPLATE)?.render(Value::from(Serde(view)))
    }
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").finish_non_exhaustive()
    }
}

impl Texts {
    /// The templates that are wanted, compiled.
    fn environment(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Environment<'static>, Error> {
        // The few that our templates use: all that the engine brings are 0.1 MB of code.
        let mut env = Environment::empty();
        env.add_filter("batch", filters::batch);
        env.add_filter("join", filters::join);
        env.add_filter("last", filters::last);
        env.add_filter("length", filters::length);
        env.add_filter("safe", filters::safe);
        env.add_test("none", tests::is_none);
        env.add_function("range", functions::range);
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|_| AutoEscape::Html);
        env.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        env.set_formatter(write_escaped);
        let texts = Arc::clone(&self.messages);
        env.add_function("t", move |state: &State<'_, '_>, id: &str, args: Kwargs| {
            text(&texts, state, id, &args)
        });
        let (texts, ledger) = (Arc::clone(&self.messages), Arc::clone(&self.ledger));
        env.add_function("beneath", move |state: &State<'_, '_>, id: &str, args: Kwargs| {
            beneath(&texts, &ledger, state, id, &args)
        });
        let addresses = Arc::clone(&self.addresses);
        env.add_function("asset", move |name: &str| {
            let unknown = || Error::new(ErrorKind::InvalidOperation, format!("no such file: {name}"));
            addresses.get(name).cloned().ok_or_else(unknown)
        });
        let packed = TEMPLATES.wanted(wanted).into_iter().map(|(name, text)| (name.to_owned(), text));
        let on_disk = Files::iter().filter(|name| wanted(name));
        let on_disk =
            on_disk.filter_map(|name| Some((name.to_string(), Files::get(&name)?.data.into_owned())));
        for (name, text) in packed.chain(on_disk) {
            let source = String::from_utf8(text)
                .map_err(|_| Error::new(ErrorKind::BadSerialization, format!("{name} is not UTF-8")))?;
            env.add_template_owned(name, source)?;
        }
        Ok(env)
    }
}

/// Writes a value into a page. As minijinja does it, but slashes stay slashes: they are harmless and half of every
/// address.
fn write_escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => Ok(out.write_str(&escape(text))?),
        _ => escape_formatter(out, state, value),
    }
}

/// The language of the page being rendered: `lang` of the view, or of its frame.
fn page_lang(state: &State<'_, '_>) -> Option<Lang> {
    let frame = || state.lookup("frame").and_then(|frame| frame.get_attr("lang").ok());
    let lang = frame().filter(|lang| !lang.is_undefined()).or_else(|| state.lookup("lang"))?;
    lang.as_str()?.parse().ok()
}

fn text(messages: &Messages, state: &State<'_, '_>, id: &str, args: &Kwargs) -> Result<Value, Error> {
    let lang = page_lang(state).unwrap_or(Lang::ES);
    let args = arguments(args)?;
    let args = args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect::<Vec<_>>();
    Ok(Value::from(messages.text(lang, id, &args).into_owned()))
}

fn beneath(
    messages: &Messages,
    ledger: &Ledger,
    state: &State<'_, '_>,
    id: &str,
    args: &Kwargs,
) -> Result<Value, Error> {
    let lang = page_lang(state).unwrap_or(Lang::ES);
    if lang != Lang::QU || !ledger.is_draft(id) {
        return Ok(Value::from(""));
    }
    let args = arguments(args)?;
    let args = args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect::<Vec<_>>();
    Ok(Value::from(messages.text(Lang::ES, id, &args).into_owned()))
}

fn arguments(kwargs: &Kwargs) -> Result<Vec<(String, Arg<'static>)>, Error> {
    let mut args = Vec::new();
    for name in kwargs.args() {
        let value: Value = kwargs.get(name)?;
        let arg = match i64::try_from(value.clone()) {
            Ok(number) => Arg::from(number),
            Err(_) => Arg::from(value.to_string()),
        };
        args.push((name.to_owned(), arg));
    }
    Ok(args)
}
