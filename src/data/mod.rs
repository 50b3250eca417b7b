//! What is kept on this device and what is asked of the server. Nothing here touches the page.

pub mod config;

pub mod cache;
pub mod outbox;
pub mod vault;

pub mod api;

pub mod drafts;
pub mod meter;
pub mod session;
pub mod sync;
pub mod unsent;

// In the late part of the program: signing, and sending what was signed.
pub mod deliver;
pub mod hand_in;
pub mod plain;
pub mod submit;
