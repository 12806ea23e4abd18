//! What in a passage is code of a story format and not text: our reader runs none, so it is refused.
//!
//! The rules, chosen so that prose passes:
//! - `<<` and `<%` are code wherever they stand (`SugarCube`, Snowman).
//! - `$` before a letter or `_` is a variable; `$5` and `US$ 5` are money.
//! - `<` before a letter, `/` or `!` is HTML when a name and then a space, `/` or `>` follow, and a `>` stands
//!   somewhere later. `<3`, `a < b` and `<http://…>` are not.
//! - `(name:` is a Harlowe macro when the name is one of Harlowe's. Some of those names are also words of Spanish
//!   or of the net (`(link: …)`, `(sin: …)`); they count only when what follows the colon can only be code: a
//!   straight quotation mark, `$`, `_`, `?` or the closing bracket. So `(Rosa: sí)` and `(color: rojo)` are prose.

/// A sort of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// `<<…>>` or `<% … %>`.
    Macro,
    /// `(set: …)`.
    Harlowe,
    /// `$name`.
    Variable,
    /// `<b>`.
    Html,
}

impl Code {
    /// The finding it is.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Macro => "check-twee-macro",
            Self::Harlowe => "check-twee-harlowe",
            Self::Variable => "check-twee-variable",
            Self::Html => "check-twee-html",
        }
    }
}

/// Longest name of a macro, an element or a variable that is looked at.
const LONGEST: usize = 40;
/// How far the end of a macro is looked for; past it a macro is told by its beginning alone.
const LONGEST_MACRO: usize = 200;

/// The code that begins at this byte of a text, and how many bytes of it to show. `last_close` is the offset of
/// the last `>` of the text, so that no search runs to its end again and again.
pub(super) fn at(text: &str, offset: usize, last_close: usize) -> Option<(Code, usize)> {
    let rest = text.get(offset..)?;
    match rest.as_bytes().first()? {
        b'<' if rest.starts_with("<<") || rest.starts_with("<%") => {
            Some((Code::Macro, until(rest, if rest.starts_with("<<") { b">>" } else { b"%>" }).unwrap_or(2)))
        }
        b'<' => html(rest).filter(|_| last_close > offset).map(|length| (Code::Html, length)),
        b'$' => {
            let name = word(&rest[1..]);
            let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
            begins.then_some((Code::Variable, 1 + name.len()))
        }
        b'(' => harlowe(&rest[1..]).map(|length| (Code::Harlowe, until(rest, b")").unwrap_or(1 + length))),
        _ => None,
    }
}

/// Length up to the end of `close`, when it stands on the same line and not too far away.
fn until(text: &str, close: &[u8]) -> Option<usize> {
    let near = text.as_bytes();
    let near = &near[..near.len().min(LONGEST_MACRO)];
    let line = near.split(|b| *b == b'\n').next().unwrap_or(near);
    line.windows(close.len()).position(|window| window == close).map(|at| at + close.len())
}

/// The ASCII word at the beginning, at most [`LONGEST`] bytes of it.
fn word(text: &str) -> &str {
    let end =
        text.bytes().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || b"-_".contains(b)).count();
    &text[..end]
}

/// Length of `<name`, when it begins an element.
fn html(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return Some(4);
    }
    let slash = usize::from(text[1..].starts_with('/'));
    let name = word(&text[1 + slash..]);
    let length = 1 + slash + name.len();
    let ends = text[length..].starts_with(|c: char| c.is_whitespace() || c == '/' || c == '>');
    (ends && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(length)
}

/// Length of `name:`, when it begins a macro of Harlowe.
fn harlowe(text: &str) -> Option<usize> {
    let name = word(text);
    let after = text[name.len()..].strip_prefix(':')?;
    // Harlowe does not tell `link-goto`, `linkGoto` and `link_goto` apart.
    let folded: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let after = after.trim_start_matches(' ');
    let is_macro = MACROS.binary_search(&folded.as_str()).is_ok()
        || (WORDS.binary_search(&folded.as_str()).is_ok()
            && after.starts_with(['"', '\'', '$', '_', '?', ')']));
    is_macro.then_some(name.len() + 1)
}

/// Names of Harlowe 1 to 3 that are nothing else, folded and sorted.
#[rustfmt::skip] // One name a line would fill a page.
const MACROS: [&str; 209] = [
    "2bind", "abs", "actionundo", "aftererror", "afterundo", "allpass", "altered", "append", "appendwith",
    "array", "assert", "assertexists", "bgcolor", "bind", "bordercolor", "bordercolour", "bordersize",
    "boxprint", "ceil", "charstyle", "checkbox", "checkboxfullscreen", "clamp", "click", "clickappend",
    "clickgoto", "clickprepend", "clickreplace", "clickrerun", "clickundo", "collapse", "cond",
    "cornerradius", "css", "currentdate", "currenttime", "cyclinglink", "dataentries", "datamap",
    "datanames", "datapattern", "dataprint", "dataset", "datatype", "datavalues", "debug", "digitformat",
    "display", "either", "else", "elseif", "enchant", "enchantin", "erasepast", "exclusivity", "exp",
    "find", "floatbox", "floor", "folded", "forcecheckbox", "forceinput", "forceinputbox", "forgetundos",
    "forgetvisits", "goto", "gotourl", "hide", "hook", "hooksnamed", "hoverstyle", "hsl", "hsla",
    "iconcounter", "iconfullscreen", "iconredo", "iconrestart", "iconundo", "if", "inputbox", "interlaced",
    "joined", "lch", "lcha", "lerp", "linestyle", "linkfullscreen", "linkgoto", "linkrepeat", "linkreplace",
    "linkrerun", "linkreveal", "linkrevealgoto", "linkshow", "linkstorylet", "linkstyle", "linkundo",
    "loadgame", "log10", "log2", "lowercase", "lowerfirst", "mockturns", "mockvisits", "monthday",
    "mouseout", "mouseoutappend", "mouseoutgoto", "mouseoutprepend", "mouseoutreplace", "mouseoutundo",
    "mouseover", "mouseoverappend", "mouseovergoto", "mouseoverprepend", "mouseoverreplace",
    "mouseoverundo", "nonepass", "nth", "openstorylets", "openurl", "outputdata", "passages", "pbefore",
    "peither", "pend", "permutations", "pins", "pmany", "pnot", "pnotbefore", "popt", "pow", "prepend",
    "prependwith", "print", "printstring", "promptbox", "pstart", "put", "redirect", "remove", "repeated",
    "replacewith", "rerun", "restart", "reversed", "rgb", "rgba", "rotated", "rotatedto", "savedgames",
    "savegame", "seeded", "seqlink", "sequencelink", "set", "showhook", "shuffled", "somepass", "sorted",
    "sourceof", "splitted", "sqrt", "stored", "storylet", "storyletsof", "strfind", "strnth", "strrepeated",
    "strreplaced", "strreversed", "subarray", "substring", "t8n", "t8narrive", "t8ndelay", "t8ndepart",
    "t8nskip", "t8ntime", "testfalse", "testtrue", "textcolor", "textcolour", "textindent", "textrotate",
    "textrotatex", "textrotatey", "textrotatez", "textsize", "textstyle", "transition", "transitionarrive",
    "transitiondelay", "transitiondepart", "transitionin", "transitionout", "transitionskip",
    "transitiontime", "trunc", "unless", "unpack", "uppercase", "upperfirst", "urgency", "verbatimprint",
    "verbatimsource", "visits", "weekday",
];

/// Names of Harlowe that are also words an author may put in brackets, folded and sorted.
#[rustfmt::skip] // One name a line would fill a page.
const WORDS: [&str; 74] = [
    "a", "action", "after", "alert", "align", "animate", "background", "border", "box", "change", "color",
    "colour", "column", "columns", "complement", "confirm", "cos", "count", "dialog", "dm", "dropdown",
    "ds", "error", "event", "for", "gradient", "hidden", "history", "ignore", "input", "link", "live",
    "log", "loop", "macro", "max", "meter", "min", "mod", "more", "move", "named", "num", "number",
    "opacity", "output", "p", "palette", "passage", "plural", "prompt", "random", "range", "reload",
    "replace", "round", "scroll", "seed", "show", "sign", "sin", "size", "source", "split", "stop", "str",
    "string", "stripes", "tan", "text", "undo", "via", "visited", "words",
];

#[cfg(test)]
mod tests {
    use super::{Code, MACROS, WORDS, at};

    fn first(text: &str) -> Option<(Code, &str)> {
        let last = text.rfind('>').unwrap_or(0);
        (0..text.len()).find_map(|offset| {
            at(text, offset, last).map(|(code, length)| (code, &text[offset..offset + length]))
        })
    }

    #[test]
    fn code_of_each_story_format_is_found() {
        for (text, code) in [
            ("x <<set $a to 1>>", (Code::Macro, "<<set $a to 1>>")),
            ("<% s.a %>", (Code::Macro, "<% s.a %>")),
            ("(set: $a to 1)", (Code::Harlowe, "(set: $a to 1)")),
            ("(Link-Goto: \"x\")", (Code::Harlowe, "(Link-Goto: \"x\")")),
            ("(linkGoto: \"x\"", (Code::Harlowe, "(linkGoto:")),
            ("(link: \"Abre\")[…]", (Code::Harlowe, "(link: \"Abre\")")),
            ("(visited:)", (Code::Harlowe, "(visited:)")),
            ("(color: $rojo)", (Code::Harlowe, "(color: $rojo)")),
            ("Tienes $monedas.", (Code::Variable, "$monedas")),
            ("$_x", (Code::Variable, "$_x")),
            ("un <b>texto</b>", (Code::Html, "<b")),
            ("</div>", (Code::Html, "</div")),
            ("<img\nsrc='a'>", (Code::Html, "<img")),
            ("<!-- nota -->", (Code::Html, "<!--")),
            ("<tw-link>", (Code::Html, "<tw-link")),
        ] {
            assert_eq!(first(text), Some(code), "{text}");
        }
    }

    #[test]
    fn prose_is_no_code() {
        for text in [
            "(Rosa: sí)",
            "(color: rojo)",
            "(link: la dirección de una página)",
            "(sin: nada)",
            "(a: la primera; b: la segunda)",
            "(DM: mensaje directo)",
            "(Set de cartas)",
            "(set : x)",
            "Cuesta $5 o US$ 5.",
            "Te quiero <3",
            "5 < 7 y 9 > 2",
            "2 <b sin cierre",
            "<http://amauta.local>",
            "Dijo «hola» -> se fue",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn the_names_are_sorted_for_the_search() {
        assert!(MACROS.is_sorted() && WORDS.is_sorted());
        assert!(WORDS.iter().all(|word| MACROS.binary_search(word).is_err()));
    }
}
