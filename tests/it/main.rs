//! The server as its callers see it: over HTTP, and in the rows it leaves behind. Needs no built app.
#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

mod support;

mod fuzzed;
mod guessing;
mod hostile;
mod matrix;
mod session;
mod sign_in;

mod sync;
mod sync_removed;

mod changes;
mod changes_refused;
mod envelopes;
mod evidence;
mod private_requests;
mod receipts;
mod request_answers;
mod requests;
mod shares;
mod study;
mod withdrawals;

mod acknowledgements;
mod acts;
mod admin;
mod attendance;
mod backup;
mod calendar;
mod calendars_again;
mod checks;
mod databases;
mod erased_chain;
mod erasing;
mod faults;
mod feedback;
mod given_up;
mod golden;
mod granted;
mod my_data;
mod odd_text;
mod openapi;
mod origins;
mod problems;
mod retention;
mod statics;
mod tutor_text;
mod voice;
