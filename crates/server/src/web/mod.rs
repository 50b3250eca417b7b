//! What stands around every call: where it may come from, how bodies are read, what goes with every answer.

pub mod cors;
pub mod headers;
pub mod json;
pub mod limit;
pub mod log;
pub mod origin;
pub mod pages;
pub mod panic;
pub mod statics;
