//! How a search and the catalogue's filters stand in an address: `?q=zorro&nivel=primaria&grado=p3&pagina=2`. One canonical order, so that
//! one list has one address.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    domain::id::Slug,
    search::{Facet, Filter},
    web::{
        form::Form,
        frame::Ctx,
        routes::{Page, Route},
        views::frame::Link,
    },
};

/// Most characters of an unknown value shown again.
const MAX_SHOWN: usize = 40;

/// Most characters of a search that are looked at.
const MAX_SEARCH: usize = 200;

/// What the query of a catalogue address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// The words looked for; empty for a list.
    pub(crate) words: String,
    /// The filters.
    pub(crate) filter: Filter,
    /// Page of the list, from 1.
    pub(crate) page: usize,
    /// Values that cannot be of any filter, cut short, with the filter they were meant for.
    pub(crate) unknown: Vec<(Facet, String)>,
}

/// The field of a facet, in form and address.
pub(crate) fn field(facet: Facet) -> &'static str {
    match facet {
        Facet::Level => "nivel",
        Facet::Grade => "grado",
        Facet::Area => "area",
        Facet::Theme => "tema",
        Facet::Kind => "clase",
        Facet::Language => "idioma",
        Facet::Duration => "duracion",
    }
}

/// The field of the search box.
pub(crate) const WORDS: &str = "q";

const PAGE: &str = "pagina";

/// The field of a feed's language, which readers add themselves too.
pub(crate) const LANG: &str = "lang";

/// The field of the words looked for that the URI templates of OPDS 2.0 prescribe.
const QUERY: &str = "query";

/// What follows a feed's address, which has a query already, in such a template (RFC 6570 §3.2.9).
pub(crate) const TERMS: &str = "{&query}";

/// An address to be filled in with words and the number of a page, as `OpenSearch` writes it.
pub(crate) fn template(path: &str) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}{WORDS}={{searchTerms}}&{PAGE}={{startPage?}}")
}

impl Query {
    /// Reads a query. Empty fields (a form's «all») are no filter; fields that are none of ours are passed over.
    pub(crate) fn read(query: &str) -> Self {
        let form = Form::parse(query.as_bytes());
        let mut filter = Filter::default();
        let mut unknown = Vec::new();
        for facet in Facet::ALL {
            let Some(value) = form.get(field(facet)).map(str::trim).filter(|value| !value.is_empty()) else {
                continue;
            };
            match value.parse() {
                Ok(slug) => filter = filter.with(facet, Some(slug)),
                Err(_) => unknown.push((facet, value.chars().take(MAX_SHOWN).collect())),
            }
        }
        let page = form.get(PAGE).and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 9999);
        let words = form.get(WORDS).or_else(|| form.get(QUERY)).unwrap_or_default();
        let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            words: words.chars().take(MAX_SEARCH).collect::<String>().trim_end().to_owned(),
            filter,
            page,
            unknown,
        }
    }

    /// The same search and page 1, with another filter.
    pub(crate) fn with(&self, filter: Filter) -> Self {
        Self { words: self.words.clone(), filter, page: 1, unknown: Vec::new() }
    }

    /// The same, at another page.
    pub(crate) fn at(&self, page: usize) -> Self {
        Self { page, ..self.with(self.filter.clone()) }
    }

    /// Its address.
    pub(crate) fn path(&self, ctx: &Ctx<'_>) -> String {
        let query = self.canonical();
        let question = if query.is_empty() { "" } else { "?" };
        format!("{}{question}{query}", ctx.path(Page::Catalog))
    }

    /// The query as our own links write it, without `?`.
    pub(crate) fn canonical(&self) -> String {
        let mut parts = Vec::new();
        if !self.words.is_empty() {
            parts.push(format!("{WORDS}={}", utf8_percent_encode(&self.words, NON_ALPHANUMERIC)));
        }
        parts.extend(self.filter.set().map(|(facet, value)| format!("{}={value}", field(facet))));
        parts.extend(self.unknown.iter().map(|(facet, value)| {
            format!("{}={}", field(*facet), utf8_percent_encode(value, NON_ALPHANUMERIC))
        }));
        if self.page > 1 {
            parts.push(format!("{PAGE}={}", self.page));
        }
        parts.join("&")
    }
}

/// Terms of a resource, each leading to the list of all that has it.
pub(crate) fn links(ctx: &Ctx<'_>, facet: Facet, terms: &[Slug]) -> Vec<Link> {
    let link = |term: &Slug| Link {
        href: path(ctx, &Filter::default().with(facet, Some(term.clone()))),
        label: ctx.text(&format!("{}-{term}", facet.name()), &[]),
    };
    terms.iter().map(link).collect()
}

/// The address of a feed or of the description of the search, with its language and a query.
pub(crate) fn in_lang(ctx: &Ctx<'_>, route: &Route, query: &Query) -> String {
    let query = query.canonical();
    let and = if query.is_empty() { "" } else { "&" };
    format!("{}?{LANG}={}{and}{query}", route.path(), ctx.lang)
}

/// The address of the list a filter finds.
pub(crate) fn path(ctx: &Ctx<'_>, filter: &Filter) -> String {
    Query::default().with(filter.clone()).path(ctx)
}

#[cfg(test)]
mod tests {
    use super::{Facet, Query};

    #[test]
    fn one_list_has_one_address() {
        let canonical = |query: &str| Query::read(query).canonical();
        assert_eq!(canonical("grado=p3&nivel=primaria&tema=&x=1"), "nivel=primaria&grado=p3");
        assert_eq!(canonical("pagina=1"), "");
        assert_eq!(canonical("pagina=2&nivel=primaria"), "nivel=primaria&pagina=2");
        assert_eq!(canonical("pagina=99999999999999999999"), "");
        let odd = Query::read("area=%3Cscript%3E&tema=fraude&clase=%C3%B1");
        assert_eq!(odd.unknown, [(Facet::Area, "<script>".to_owned()), (Facet::Kind, "ñ".to_owned())]);
        assert_eq!(Query::read(&odd.canonical()), odd);
        assert_eq!(canonical("q=++el%00zorro%0A+y&nivel=primaria"), "q=el%20zorro%20y&nivel=primaria");
        assert_eq!(Query::read(&format!("q={}", "ñ".repeat(5000))).words.chars().count(), 200);
    }
}
