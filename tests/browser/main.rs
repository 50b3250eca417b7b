//! The browser layer in a real browser. Run by `scripts/test-browser`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

mod cache;
mod config;
mod crypto;
mod early;
mod hash;
mod outbox;
mod peek;
mod samples;
mod sealed;
mod time;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
