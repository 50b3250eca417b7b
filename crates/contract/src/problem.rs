//! RFC 9457 problem details: every error of the API.

wire! {
    /// `application/problem+json`.
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

    pub struct FieldProblem {
        /// An RFC 6901 JSON pointer into the body, such as `/what/signed_name`.
        pub pointer: String,
        pub detail: String,
    }
}
