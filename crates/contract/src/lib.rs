//! What the learner portal and its API say to each other (v1), an area a file, compiled into both sides.
//!
//! Times travel as UTC instants in RFC 3339; only the app turns them into London time. Fields are added, never renamed or
//! removed, and a new one is optional with a default, so that what an old client signed stays readable for ever. A reader
//! ignores fields that it does not know.

/// Declares types of the wire: the derives that the server works with, and for structs the form that the app reads and writes.
macro_rules! wire {
    () => {};
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$about:meta])* pub $field:ident: $type:ty),* $(,)? } $($rest:tt)*) => {
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        $(#[$meta])*
        pub struct $name { $($(#[$about])* pub $field: $type,)* }
        $crate::wire_struct!($name { $($field),* });
        wire! { $($rest)* }
    };
    ($(#[$meta:meta])* pub enum $name:ident $body:tt $($rest:tt)*) => {
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        $(#[$meta])*
        pub enum $name $body
        wire! { $($rest)* }
    };
}

/// Declares a choice that is a word on the wire, with all of its words.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        wire! {
            $(#[$meta])*
            #[derive(Copy, Hash)]
            #[serde(rename_all = "kebab-case")]
            pub enum $name { $($(#[$about])* $variant,)* }
        }
        $crate::wire_words!($name { $($variant = $word),* });

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As it stands on the wire.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// Nothing for a word that is none of these.
            #[must_use]
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

/// The contract's JSON, for the app.
pub mod json;

pub mod ids;

pub mod auth;
pub mod calendar;
pub mod ics;
pub mod kept;
pub mod meta;
pub mod staff;

pub mod course;
pub mod deadline;
pub mod feedback;
pub mod guidance;
pub mod hours;
pub mod webinar;

pub mod declaration;
pub mod receipt;
pub mod withdrawal;

pub mod act;
pub mod attendance;
pub mod check;
pub mod request;
pub mod share;
pub mod study;
pub mod voice;

pub mod change;
pub mod delta;
pub mod late;
pub mod seal;

pub mod problem;
