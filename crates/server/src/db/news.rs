//! Gathering what changed for a learner.

use super::{DbError, News, Result, text};
use contract::{
    delta::{Kind, Removed},
    late,
};
use serde::Serialize;
use serde_json::value::RawValue;

impl News {
    /// Adds a record as it is stored.
    ///
    /// # Errors
    /// Its kind is not ours, or its body is not JSON.
    pub fn put(&mut self, kind: &str, id: &str, body: String) -> Result<()> {
        let body =
            RawValue::from_string(body).map_err(|error| DbError::Corrupt(format!("a {kind}'s body: {error}")))?;
        let (list, record) = match (text::list(kind), late(kind)) {
            (Some((_, list)), _) => (list, body),
            (None, Some(kind)) => ("more", text::raw(&Late { kind, id, body: &body })?),
            (None, None) => return Err(DbError::Corrupt(format!("a record of kind `{kind}`"))),
        };
        self.changed.entry(list).or_default().push(record);
        Ok(())
    }

    /// Tells the learner to forget a record.
    pub fn leave_out(&mut self, kind: &str, id: &str) {
        // Who has nothing yet has nothing to forget.
        if self.full {
            return;
        }
        if let Some((kind, _)) = text::list(kind) {
            // `LEARNER/ASSIGNMENT`, of which the contract knows only the second.
            let id = match kind {
                Kind::Extension => id.split_once('/').map_or(id, |(_, assignment)| assignment),
                _ => id,
            };
            self.removed.push(Removed { kind, id: id.into(), name: None });
        } else if let Some(name) = late(kind) {
            self.removed.push(Removed { kind: Kind::Other, id: id.into(), name: Some(name.into()) });
        }
    }
}

/// `contract::late::Late` with its body as it is stored.
#[derive(Serialize)]
struct Late<'a> {
    kind: &'a str,
    id: &'a str,
    body: &'a RawValue,
}

fn late(kind: &str) -> Option<&'static str> {
    late::kind::ALL.iter().copied().find(|known| *known == kind)
}
