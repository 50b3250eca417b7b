//! Null characters: JSON can say them, a text column of PostgreSQL cannot keep them, and nobody types them.

use crate::error::{Error, Result};
use axum::{extract::Request, middleware::Next, response::Response};
use serde_json::Value;

/// What is said of one.
pub const NULL: &str = "This has a null character in it, which cannot be kept. Type it again.";

/// Nothing is at a path that has one, and no question has one in it.
pub async fn guard(request: Request, next: Next) -> Result<Response> {
    if request.uri().path().contains("%00") {
        return Err(Error::NoSuchCall);
    }
    if request.uri().query().is_some_and(|query| query.contains("%00")) {
        return Err(Error::OddAddress);
    }
    Ok(next.run(request).await)
}

/// The JSON pointer of the first text, or of the first value under a name, that has a null character. Nothing where there is none or
/// where this is no JSON.
#[must_use]
pub fn null_in(json: &str) -> Option<String> {
    // A null character can only be there as this escape; few texts have so much as that.
    if !json.contains("\\u0000") {
        return None;
    }
    find(&serde_json::from_str(json).ok()?)
}

fn find(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(i, item)| find(item).map(|rest| format!("/{i}{rest}")))
        }
        Value::Object(members) => members.iter().find_map(|(name, value)| {
            let rest = if name.contains('\0') { Some(String::new()) } else { find(value) };
            let name = name.replace('\0', "\u{fffd}").replace('~', "~0").replace('/', "~1");
            rest.map(|rest| format!("/{name}{rest}"))
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::null_in;

    #[test]
    fn a_null_character_is_found_wherever_it_is() {
        for (json, at) in [
            (r#""a\u0000""#, Some("")),
            (r#"{"a":[1,{"b":"\u0000"}]}"#, Some("/a/1/b")),
            (r#"{"a/\u0000~":1}"#, Some("/a~1\u{fffd}~0")),
            (r#"{"a":"\\u0000"}"#, None),
            (r#"{"a":"\\\u0000"}"#, Some("/a")),
            (r#"{"a":"\u0000""#, None),
            (r#"{"a":"b"}"#, None),
        ] {
            assert_eq!(null_in(json).as_deref(), at, "{json}");
        }
    }
}
