<<<<<<< HEAD
//! What is kept on this device and what is asked of the server. Nothing here touches the page.

pub mod api;
pub mod cache;
pub mod config;
pub mod outbox;

pub mod drafts;
pub mod session;
pub mod submit;
pub mod sync;
=======
//! What the app keeps and sends. Nothing here touches the page.
>>>>>>> web
