//! The contract's JSON without serde: what the browser app reads and writes it with, because serde's derives and parser would be
//! a third of what a learner downloads. The same macro makes both, and `tests/agreement.rs` holds them to each other.
//!
//! Reading ignores what it does not know. A missing field is what its type says of itself: nothing, no, an empty list.

mod parse;
mod tree;
mod types;

pub use parse::{Fault, parse};

/// Any JSON. Numbers are whole: the contract has no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    Null,
    Bool(bool),
    /// A fraction that some other service sends is cut off.
    Number(i64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

/// Something with a form in JSON.
pub trait Wire: Sized {
    /// Nothing where it is not of this form.
    fn read(json: &Json) -> Option<Self>;

    fn write(&self, out: &mut String);

    /// What a missing field of this type means; nothing where it may not be missing.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// Whether a field of this value is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// What JSON text says, as a `T`.
///
/// # Errors
/// [`Fault`]: where it is not JSON; at its end where it is, but not of this form.
pub fn from_json<T: Wire>(text: &str) -> Result<T, Fault> {
    T::read(&parse(text)?).ok_or(Fault { at: text.len() })
}

#[must_use]
pub fn to_json<T: Wire>(value: &T) -> String {
    let mut out = String::new();
    value.write(&mut out);
    out
}

impl Json {
    /// A member of a map.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Map(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A field of a map, as a `T`.
    #[must_use]
    pub fn field<T: Wire>(&self, name: &str) -> Option<T> {
        match self.get(name) {
            Some(value) => T::read(value),
            None => T::absent(),
        }
    }

    /// The name and the content of `{"name": content}`, or the name alone of `"name"`.
    #[must_use]
    pub fn choice(&self) -> Option<(&str, &Json)> {
        match self {
            Json::Text(name) => Some((name, &Json::Null)),
            Json::Map(members) => members.first().map(|(name, content)| (name.as_str(), content)),
            _ => None,
        }
    }
}

/// Writes `,"name":value`, or nothing for a value that is left out. The first field of a map writes its comma too: [`end_map`]
/// turns that into the opening brace.
pub fn write_field<T: Wire>(out: &mut String, name: &str, value: &T) {
    if !value.is_absent() {
        out.push(',');
        write_text(out, name);
        out.push(':');
        value.write(out);
    }
}

/// Closes a map that began at this place of the text.
pub fn end_map(out: &mut String, start: usize) {
    if out.len() == start {
        out.push('{');
    } else {
        out.replace_range(start..=start, "{");
    }
    out.push('}');
}

/// Writes `{"name":content}`.
pub fn write_choice<T: Wire>(out: &mut String, name: &str, content: &T) {
    out.push('{');
    write_text(out, name);
    out.push(':');
    content.write(out);
    out.push('}');
}

/// Writes text in quotes.
pub fn write_text(out: &mut String, text: &str) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => {
                out.push_str("\\u00");
                out.push(DIGITS[c as usize >> 4] as char);
                out.push(DIGITS[c as usize & 15] as char);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Gives a struct its form: a map of these fields, by their own names.
#[macro_export]
macro_rules! wire_struct {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::json::Wire for $name {
            fn read(json: &$crate::json::Json) -> Option<Self> {
                Some(Self { $($field: json.field(stringify!($field))?,)* })
            }

            fn write(&self, out: &mut String) {
                let start = out.len();
                $($crate::json::write_field(out, stringify!($field), &self.$field);)*
                $crate::json::end_map(out, start);
            }
        }
    };
}

/// Gives an enum without content its form: a word each. `else` is for a word that is not known.
#[macro_export]
macro_rules! wire_words {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? } $(else $other:ident)?) => {
        impl $crate::json::Wire for $name {
            fn read(json: &$crate::json::Json) -> Option<Self> {
                match json.text()? {
                    $($word => Some(Self::$variant),)*
                    _ => $crate::wire_words!(@else $($other)?),
                }
            }

            fn write(&self, out: &mut String) {
                #[allow(unreachable_patterns)]
                $crate::json::write_text(out, match self {
                    $(Self::$variant => $word,)*
                    $(Self::$other => "other",)?
                });
            }
        }
    };
    (@else) => { None };
    (@else $other:ident) => { Some(Self::$other) };
}
