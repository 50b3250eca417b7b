//! What is kept on this device and what is asked of the server. Nothing here touches the page.

pub mod config;

pub mod cache;
pub mod outbox;

pub mod api;

pub mod drafts;
pub mod session;
pub mod submit;
pub mod sync;
