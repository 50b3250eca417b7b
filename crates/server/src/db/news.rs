//! Gathering what changed for a learner.

use super::{DbError, News, Result, text};
use contract::delta::Removed;
use serde_json::value::RawValue;

impl News {
    /// Adds a record as it is stored.
    ///
    /// # Errors
    /// Its kind is not ours, or its body is not JSON.
    pub fn put(&mut self, kind: &str, body: String) -> Result<()> {
        let (_, list) = text::list(kind).ok_or_else(|| DbError::Corrupt(format!("a record of kind `{kind}`")))?;
        let body =
            RawValue::from_string(body).map_err(|error| DbError::Corrupt(format!("a {kind}'s body: {error}")))?;
        self.changed.entry(list).or_default().push(body);
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
                contract::delta::Kind::Extension => id.split_once('/').map_or(id, |(_, assignment)| assignment),
                _ => id,
            };
            self.removed.push(Removed { kind, id: id.into() });
        }
    }
}
