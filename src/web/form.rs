//! Fields of a form, as browsers send them (`application/x-www-form-urlencoded`), and of a query.

use http::{HeaderMap, header};

/// Most fields looked at; our largest form has far fewer.
const MAX_FIELDS: usize = 256;

/// The fields of a form or query, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a form body or a query string. Broken percent-encoding becomes replacement characters, which no field of
    /// ours accepts.
    pub fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().take(MAX_FIELDS).collect())
    }

    /// A form of fields that were read already.
    pub fn from_fields(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// Whether the headers announce a form. Old and tiny browsers may leave the type out.
    pub fn announced(headers: &HeaderMap) -> bool {
        headers.get(header::CONTENT_TYPE).is_none_or(|value| {
            let text = value.to_str().unwrap_or_default();
            let essence = text.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
        })
    }

    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a str> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The fields and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, value)| (field.as_str(), value.as_str()))
    }
}
