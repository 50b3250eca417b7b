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
