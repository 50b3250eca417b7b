//! What is kept on this device and what is asked of the server. Nothing here touches the page.

pub mod config;

pub mod cache;
pub mod outbox;
pub mod vault;

pub mod api;

pub mod deliver;
pub mod drafts;
pub mod hand_in;
pub mod meter;
pub mod session;
pub mod submit;
pub mod sync;
