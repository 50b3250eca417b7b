//! The calls of the contract, an area a file.

pub mod meta;
pub mod session;

pub mod calendar;
pub mod changes;
pub mod envelopes;
pub mod me;
pub mod receipts;
pub mod shares;
pub mod sync;

pub mod admin;
pub mod attendance;
pub mod checks;
pub mod feedback;
pub mod readings;
pub mod requests;
pub mod voice;

pub mod docs;
pub mod health;

use crate::error::{Error, Result};

/// The id of what staff send: theirs, by which the same again is the same, or where they gave none a new one.
///
/// # Errors
/// It is no UUID.
fn sent_id(given: Option<&str>) -> Result<String> {
    let id = match given {
        Some(id) => uuid::Uuid::try_parse(id).map_err(|_| Error::field("/id", "This must be a UUID."))?,
        None => uuid::Uuid::new_v4(),
    };
    Ok(id.to_string())
}
