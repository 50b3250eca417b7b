//! What the app keeps and sends. Nothing here touches the page.

pub mod config;

pub mod cache;
pub mod outbox;

pub mod api;
