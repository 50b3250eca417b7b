//! All that is kept of a learner, as they get it: one JSON, or a page made from it.

mod page;

pub use page::page;

use crate::{db::Mine, keys::Keys};
use chrono::{DateTime, Utc};
use contract::ids::LearnerId;
use serde_json::{Map, Value, json};

/// What is not in it, and where to ask.
const NOT_HERE: [&str; 4] = [
    "Your passphrase, codes and sign-in tokens: the server keeps only fingerprints of them.",
    "Texts in 'sealed': they are locked for staff. Your own words and the answers to you stand open in 'record', under 'said'.",
    "The courses, deadlines and sessions that are the same for everybody on a course.",
    "Exports of all learners' declarations and requests: ask your provider who took one.",
];

/// `made_at`, `learner`, `name`, `not_here`, `courses` and `kept`, which has the rows by their table.
#[must_use]
pub fn told(mine: &Mine, keys: &Keys, now: DateTime<Utc>) -> Value {
    let learner = &mine.account.id;
    let mut kept = Map::new();
    for (table, rows) in &mine.rows {
        let mut rows: Vec<Value> = rows.iter().cloned().map(Value::Object).collect();
        rows.iter_mut().for_each(|row| open(row, learner, keys));
        if !rows.is_empty() {
            kept.insert((*table).into(), Value::Array(rows));
        }
    }
    json!({
        "made_at": now,
        "learner": learner,
        "name": mine.account.name,
        "not_here": NOT_HERE,
        "courses": mine.courses,
        "kept": kept,
    })
}

/// Opens what is locked for this learner, wherever it stands: an object with an `id` and with `locked` words gets what they `say`. What the
/// server has no key for stays locked, and says so.
fn open(value: &mut Value, learner: &LearnerId, keys: &Keys) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| open(one, learner, keys)),
        Value::Object(all) => {
            all.values_mut().for_each(|one| open(one, learner, keys));
            let (Some(Value::String(id)), Some(Value::String(locked))) = (all.get("id"), all.get("locked")) else {
                return;
            };
            let words = keys.confidential().and_then(|keys| keys.unlock(learner, locked, id));
            match words.and_then(|words| serde_json::from_str(&words).ok()) {
                Some(words) => {
                    all.insert("says".into(), words);
                    all.remove("locked");
                }
                None => {
                    all.insert(
                        "stays_locked".into(),
                        json!("The server has no key for it. Read it on your own device."),
                    );
                }
            }
        }
        _ => {}
    }
}
