//! Kinds of record that came after the first version. They travel in one list (`Records::more`), so that a program which shows none
//! of them yet has no code for any: a late page reads its own.

use crate::{
    delta::Records,
    json::{Json, Wire},
};

/// The kinds by their names on the wire.
pub mod kind {
    pub const ATTENDANCE: &str = "attendance";
    pub const CHECK: &str = "check";
    pub const CHECK_RESULT: &str = "check-result";
    pub const FEEDBACK: &str = "feedback";
    pub const CERTIFICATION: &str = "certification";
    pub const HOLIDAY: &str = "holiday";
    pub const RATING: &str = "rating";
    pub const READING: &str = "reading";
    pub const REQUEST: &str = "request";
    pub const SHARE: &str = "share";
    pub const STAFFED_HOURS: &str = "staffed-hours";
    pub const STUDIED: &str = "studied";
    pub const STUDY_PLAN: &str = "study-plan";

    pub const ALL: &[&str] = &[
        ATTENDANCE,
        CERTIFICATION,
        CHECK,
        CHECK_RESULT,
        FEEDBACK,
        HOLIDAY,
        RATING,
        READING,
        REQUEST,
        SHARE,
        STAFFED_HOURS,
        STUDIED,
        STUDY_PLAN,
    ];
}

/// What a late record's body is of.
pub trait LateRecord: Wire {
    /// One of [`kind::ALL`].
    const KIND: &str;
}

wire! {
    /// A record of one of the kinds in `contract::late::kind`. It replaces the one of the same kind and id.
    pub struct Late {
        pub kind: String,
        pub id: String,
        /// As its kind says; whoever does not know the kind keeps it as it is.
        #[cfg_attr(feature = "schema", schema(value_type = Object))]
        pub body: Json,
    }
}

impl Records {
    /// All records of a kind, in the order in which they came. One that this version cannot read is left out.
    #[must_use]
    pub fn of<T: LateRecord>(&self) -> Vec<T> {
        let mut read = Vec::new();
        for late in &self.more {
            if late.kind == T::KIND {
                read.extend(T::read(&late.body));
            }
        }
        read
    }

    /// The record of a kind and id.
    #[must_use]
    pub fn one<T: LateRecord>(&self, id: &str) -> Option<T> {
        let late = self.more.iter().find(|late| late.kind == T::KIND && late.id == id)?;
        T::read(&late.body)
    }
}
