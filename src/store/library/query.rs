//! What the index is asked: words in groups, written so that no text can be mistaken for syntax.

/// The columns a term is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Columns {
    /// Titles, heads and texts in Spanish (and whatever is folded as Spanish).
    Spanish,
    /// Titles, heads and texts in Quechua.
    Quechua,
}

/// A folded form to look for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// The form. Only letters and digits count.
    pub form: String,
    /// Whether longer words that begin so are found too.
    pub prefix: bool,
    /// Where.
    pub columns: Columns,
}

/// Terms any of which will do.
pub type Group = Vec<Term>;

/// The expression of FTS5 for groups that must all be there (`all`) or any; `None` when nothing can be looked for.
pub(super) fn expression(groups: &[Group], all: bool) -> Option<String> {
    let mut parts = Vec::with_capacity(groups.len());
    for group in groups {
        match one_of(group) {
            Some(part) => parts.push(part),
            None if all => return None,
            None => {}
        }
    }
    (!parts.is_empty()).then(|| parts.join(if all { " AND " } else { " OR " }))
}

fn one_of(group: &Group) -> Option<String> {
    let columns =
        [(Columns::Spanish, "{title_es head_es text_es}"), (Columns::Quechua, "{title_qu head_qu text_qu}")];
    let mut parts = Vec::new();
    for (which, names) in columns {
        let terms = group.iter().filter(|term| term.columns == which).filter_map(written);
        let terms: Vec<String> = terms.collect();
        if !terms.is_empty() {
            parts.push(format!("{names} : ({})", terms.join(" OR ")));
        }
    }
    (!parts.is_empty()).then(|| format!("({})", parts.join(" OR ")))
}

/// A term in quotes; nothing but letters and digits stands between them.
fn written(term: &Term) -> Option<String> {
    let form: String = term.form.chars().filter(|c| c.is_alphanumeric()).collect();
    (!form.is_empty()).then(|| format!("\"{form}\"{}", if term.prefix { " *" } else { "" }))
}
