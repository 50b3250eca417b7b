//! The calls of the contract, an area a file.

pub mod meta;
pub mod session;

pub mod changes;
pub mod envelopes;
pub mod receipts;
pub mod shares;
pub mod sync;

pub mod admin;
pub mod requests;

pub mod docs;
pub mod health;
