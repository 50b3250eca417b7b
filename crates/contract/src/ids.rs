//! Identifiers. Each is its own type, so that a course is never looked up by an assignment's id.

use core::fmt;

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $name(pub String);

        impl $name {
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl crate::json::Wire for $name {
            fn read(json: &crate::json::Json) -> Option<Self> {
                json.text().map(Into::into)
            }

            fn write(&self, out: &mut String) {
                crate::json::write_text(out, &self.0);
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }
    )*};
}

id! {
    /// The learner reference the provider gave, such as `L1001`.
    LearnerId
    CourseId
    /// One piece of work with a deadline.
    AssignmentId
    /// One live session (webinar or face to face), such as `weld-2026-12-01`.
    WebinarId
    ContactId
    PolicyId
    GuidanceId
    /// A UUID that the client made when the learner signed; the same id with the same bytes is the same change.
    ChangeId
    /// A UUID that one browser profile keeps for the life of its storage; numbers its changes without a gap.
    ClientId
}
