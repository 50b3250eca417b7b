//! The learner portal's app. Read it in this order.

/// Every address of the app.
pub mod route;

/// What is followed when it changes.
pub mod signal;

/// What the app knows, and the pure rules about it.
pub mod state;

/// What is kept on this device and asked of the server.
pub mod data;

/// Every sentence the app shows.
pub mod text;

/// What is shown: parts, pages, and the frame around them.
mod components;
mod late;
mod pages;
mod shell;

/// The only place that names the browser's own interfaces.
pub mod browser;

mod start;

pub use start::start;
