//! What a learner writes. A `Change` is the outbox row, the request body and the server's input: one type, no mapping.

use crate::{
    act::Act,
    declaration::Declaration,
    ids::{ChangeId, ClientId},
    json::{Json, Wire, write_choice},
    problem::Problem,
    receipt::Receipt,
    request::{Ask, More},
    withdrawal::Withdrawal,
};
use chrono::{DateTime, Utc};

wire! {
    /// One thing a learner did. Repeating it is harmless: the same bytes with the same id get the first answer again.
    pub struct Change {
        pub id: ChangeId,
        pub client: ClientId,
        /// 1 for the client's first change, then one more each: the server sees a gap.
        pub seq: u64,
        /// The device's clock.
        pub made_at: DateTime<Utc>,
        pub what: What,
    }

    /// `{"declare": {…}}`, `{"withdraw": {…}}`, `{"ask": {…}}`, `{"more": {…}}` or `{"act": {…}}`.
    #[serde(rename_all = "kebab-case")]
    pub enum What {
        Declare(Box<Declaration>),
        Withdraw(Box<Withdrawal>),
        /// Asks for something.
        Ask(Box<Ask>),
        /// Goes on with what was asked.
        More(Box<More>),
        /// Does something small.
        Act(Box<Act>),
    }

    /// One change on its way to `POST /api/v1/changes`: its exact bytes as a string, so that what is hashed, signed and kept
    /// is what was made, whatever a proxy or a parser does to JSON.
    pub struct Sent {
        pub id: ChangeId,
        /// The JSON of a `Change`.
        pub change: String,
    }

    /// The answer to one change, in the order of the request.
    pub struct Ack {
        pub id: ChangeId,
        /// SHA-256 of the bytes that this answer is about, 64 lower-case hexadecimal digits. The client removes its item only
        /// when both the id and this are its own.
        pub sha256: String,
        pub outcome: Outcome,
        /// Numbers of the same client, below this change's, that never arrived; at most 50. A client that no longer has them tells
        /// its learner.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub missing: Vec<u64>,
    }

    /// `{"accepted": {"receipt": {…}}}`, `{"refused": {"problem": {…}}}` or `{"later": {"problem": {…}}}`.
    #[serde(rename_all = "kebab-case")]
    pub enum Outcome {
        /// It is kept. A repeat carries the first receipt.
        Accepted {
            /// Of a declaration or its withdrawal; what came of anything else is told by sync.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            receipt: Option<Receipt>,
        },
        /// It is not kept, and sending it again will not help; the problem says what to do.
        Refused { problem: Problem },
        /// It is not kept this time; send it again later.
        Later { problem: Problem },
    }
}

/// The most changes one request may carry.
pub const CHANGES_MAX: usize = 50;
/// The longest change, in bytes of its JSON.
pub const CHANGE_BYTES_MAX: usize = 512 * 1024;

impl Wire for What {
    fn read(json: &Json) -> Option<Self> {
        match json.choice()? {
            ("declare", declaration) => Wire::read(declaration).map(What::Declare),
            ("withdraw", withdrawal) => Wire::read(withdrawal).map(What::Withdraw),
            ("ask", ask) => Wire::read(ask).map(What::Ask),
            ("more", more) => Wire::read(more).map(What::More),
            ("act", act) => Wire::read(act).map(What::Act),
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            What::Declare(declaration) => write_choice(out, "declare", declaration),
            What::Withdraw(withdrawal) => write_choice(out, "withdraw", withdrawal),
            What::Ask(ask) => write_choice(out, "ask", ask),
            What::More(more) => write_choice(out, "more", more),
            What::Act(act) => write_choice(out, "act", act),
        }
    }
}

impl Wire for Outcome {
    fn read(json: &Json) -> Option<Self> {
        match json.choice()? {
            ("accepted", content) => Some(Outcome::Accepted { receipt: content.field("receipt")? }),
            ("refused", content) => Some(Outcome::Refused { problem: content.field("problem")? }),
            ("later", content) => Some(Outcome::Later { problem: content.field("problem")? }),
            _ => None,
        }
    }

    fn write(&self, out: &mut String) {
        /// `{"name": value}`, or `{}` for what is left out.
        struct One<'a, T>(&'a str, &'a T);
        impl<T: Wire> Wire for One<'_, T> {
            fn read(_: &Json) -> Option<Self> {
                None
            }

            fn write(&self, out: &mut String) {
                let start = out.len();
                crate::json::write_field(out, self.0, self.1);
                crate::json::end_map(out, start);
            }
        }
        match self {
            Outcome::Accepted { receipt } => write_choice(out, "accepted", &One("receipt", receipt)),
            Outcome::Refused { problem } => write_choice(out, "refused", &One("problem", problem)),
            Outcome::Later { problem } => write_choice(out, "later", &One("problem", problem)),
        }
    }
}
