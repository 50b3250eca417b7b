//! RFC 9457 problem details: every error of the API.

use crate::json::{Json, Wire, end_map, write_field};

/// `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Names the kind of problem for programs, such as `/problems/not-signed-in`; stable.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few plain words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time and what to do, in a sentence or two for the learner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The fields at fault, where the fault is in fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
}

impl Wire for Problem {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            kind: json.field("type")?,
            title: json.field("title")?,
            status: json.field("status")?,
            detail: json.field("detail")?,
            fields: json.field("fields")?,
        })
    }

    fn write(&self, out: &mut String) {
        let start = out.len();
        write_field(out, "type", &self.kind);
        write_field(out, "title", &self.title);
        write_field(out, "status", &self.status);
        write_field(out, "detail", &self.detail);
        write_field(out, "fields", &self.fields);
        end_map(out, start);
    }
}

wire! {
    pub struct FieldProblem {
        /// An RFC 6901 JSON pointer into the body, such as `/what/signed_name`.
        pub pointer: String,
        pub detail: String,
    }
}
