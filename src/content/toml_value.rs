//! Values made from parsed TOML, with the place of what does not fit. `toml` brings a deserializer of its own, but makes
//! each visitor anew for all kinds of values at once, owned ones, and that is 0.2 MB of program; this one looks for the
//! kind that is asked for. The words of its errors are serde's, which `toml_text` explains.

use std::{fmt, ops::Range, slice};

use serde::{
    de::{
        DeserializeOwned, DeserializeSeed, Deserializer, Error as _, Expected, IntoDeserializer as _,
        MapAccess, SeqAccess, Unexpected, Visitor, value::StrDeserializer,
    },
    forward_to_deserialize_any,
};
use toml::{
    Spanned,
    de::{DeInteger, DeString, DeTable, DeValue},
    map,
};

/// Why a text gave no value, and where in it, in bytes.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) message: String,
    pub(super) span: Option<Range<usize>>,
}

impl Mistake {
    /// With this place, unless one nearer to the mistake is known.
    fn within(mut self, span: Range<usize>) -> Self {
        self.span.get_or_insert(span);
        self
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}

impl serde::de::Error for Mistake {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), span: None }
    }
}

impl From<toml::de::Error> for Mistake {
    fn from(error: toml::de::Error) -> Self {
        Self { message: error.message().to_owned(), span: error.span() }
    }
}

/// What a table says.
pub(super) fn from_table<T: DeserializeOwned>(table: Spanned<DeTable<'_>>) -> Result<T, Mistake> {
    let span = table.span();
    T::deserialize(Node(&Spanned::new(span, DeValue::Table(table.into_inner()))))
}

/// A value in a document.
#[derive(Clone, Copy)]
struct Node<'a>(&'a Spanned<DeValue<'a>>);

impl Node<'_> {
    #[inline(never)]
    fn unlike(self, expected: &dyn Expected) -> Mistake {
        let found = match self.0.get_ref() {
            DeValue::String(text) => Unexpected::Str(text),
            DeValue::Integer(number) => {
                whole(number).map_or(Unexpected::Other("integer"), Unexpected::Signed)
            }
            DeValue::Float(number) => {
                number.as_str().parse::<f64>().ok().map_or(Unexpected::Other("float"), Unexpected::Float)
            }
            DeValue::Boolean(is) => Unexpected::Bool(*is),
            DeValue::Datetime(_) => Unexpected::Other("date"),
            DeValue::Array(_) => Unexpected::Seq,
            DeValue::Table(_) => Unexpected::Map,
        };
        Mistake::invalid_type(found, expected).within(self.0.span())
    }
}

/// Methods for one kind of value each, by the name of the method.
macro_rules! kinds {
    ($($method:ident($pattern:pat) => |$visitor:ident| $visit:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, $visitor: V) -> Result<V::Value, Mistake> {
            match self.0.get_ref() {
                $pattern => $visit.map_err(|mistake: Mistake| mistake.within(self.0.span())),
                _ => Err(self.unlike(&$visitor)),
            }
        }
    )*};
}

/// Methods that are the same as another one.
macro_rules! alike {
    ($($method:ident)* => $other:ident) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
            self.$other(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.0.get_ref() {
            DeValue::String(_) => self.deserialize_str(visitor),
            DeValue::Integer(_) => self.deserialize_i64(visitor),
            DeValue::Float(_) => self.deserialize_f64(visitor),
            DeValue::Boolean(_) => self.deserialize_bool(visitor),
            DeValue::Array(_) => self.deserialize_seq(visitor),
            DeValue::Table(_) => self.deserialize_map(visitor),
            DeValue::Datetime(_) => Err(self.unlike(&visitor)),
        }
    }

    kinds! {
        deserialize_bool(DeValue::Boolean(is)) => |visitor| visitor.visit_bool(*is);
        deserialize_str(DeValue::String(text)) => |visitor| visitor.visit_str(text);
        deserialize_i64(DeValue::Integer(number)) => |visitor| match (whole(number), u64::from_str_radix(number.as_str(), number.radix()).ok()) {
            (Some(number), _) => visitor.visit_i64(number),
            (None, Some(number)) => visitor.visit_u64(number),
            (None, None) => Err(Mistake::custom("integer number overflowed")),
        };
        deserialize_f64(DeValue::Float(number)) => |visitor| match number.as_str().parse::<f64>().ok() {
            Some(number) => visitor.visit_f64(number),
            None => Err(Mistake::custom("floating-point number overflowed")),
        };
        deserialize_seq(DeValue::Array(values)) => |visitor| visitor.visit_seq(Values(values.iter()));
        deserialize_map(DeValue::Table(table)) => |visitor| visitor.visit_map(Entries(table.iter(), None));
    }

    alike! { deserialize_string deserialize_char deserialize_identifier => deserialize_str }
    alike! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        => deserialize_i64
    }
    alike! { deserialize_f32 => deserialize_f64 }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_map(visitor)
    }

    /// Of the words an enum has; none in a file of ours carries more.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        let DeValue::String(word) = self.0.get_ref() else { return Err(self.unlike(&visitor)) };
        visitor
            .visit_enum::<StrDeserializer<'_, Mistake>>(word.as_ref().into_deserializer())
            .map_err(|mistake| mistake.within(self.0.span()))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 bytes byte_buf unit unit_struct tuple tuple_struct }
}

fn whole(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

struct Values<'a>(slice::Iter<'a, Spanned<DeValue<'a>>>);

impl<'de> SeqAccess<'de> for Values<'de> {
    type Error = Mistake;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Mistake> {
        self.0.next().map(|value| seed.deserialize(Node(value))).transpose()
    }
}

/// The entries of a table, and the value of the key read last.
struct Entries<'a>(
    map::Iter<'a, Spanned<DeString<'a>>, Spanned<DeValue<'a>>>,
    Option<&'a Spanned<DeValue<'a>>>,
);

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Mistake;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Mistake> {
        let Some((key, value)) = self.0.next() else { return Ok(None) };
        self.1 = Some(value);
        let word: StrDeserializer<'_, Mistake> = key.get_ref().as_ref().into_deserializer();
        seed.deserialize(word).map(Some).map_err(|mistake| mistake.within(key.span()))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Mistake> {
        let value = self.1.take().ok_or_else(|| Mistake::custom("a value without its key"))?;
        seed.deserialize(Node(value))
    }
}
