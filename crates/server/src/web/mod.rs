//! What stands around every call: where it may come from, how bodies are read, what goes with every answer.

pub mod address;
pub mod body;
pub mod cors;
pub mod earlier;
pub mod headers;
pub mod json;
pub mod limit;
pub mod listen;
pub mod log;
pub mod origin;
pub mod pages;
pub mod panic;
pub mod stall;
pub mod statics;
pub mod text;
