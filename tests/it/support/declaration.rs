//! What a learner's app would send.

use portal_server::evidence::sha256_hex;
use serde_json::{Value, json};

/// Words with all that a parser or a database might change: quotes, accents, a composed and a decomposed letter, blanks.
pub const WORDING: &str =
    "I certify: this is  my \"own\" work — caf\u{e9} / cafe\u{301} — and I\u{2019}ve named every source.\t";

pub const ID: &str = "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b001";

/// A change by `L1001` that declares the first attempt of `weld-1`.
pub fn change() -> Value {
    json!({
        "id": ID,
        "client": "0b9a4c52-7e0e-4a0a-8f5e-5d7c6a1e2f33",
        "seq": 1,
        "made_at": "2026-11-23T11:58:00Z",
        "what": { "declare": {
            "learner": "L1001",
            "assignment": "weld-1",
            "assignment_title": "Report on welding safety",
            "attempt": 1,
            "course": "weld",
            "due": "2026-12-01T23:59:00Z",
            "rules": { "text": ["Name what you used."], "shown_at": "2026-11-23T11:50:00Z" },
            "help": { "some": [{ "who": "My sister", "how": "She read it" }] },
            "sources": { "some": [
                { "print": { "author": "Ali", "year": "2019", "page": "12" } },
                { "web": { "address": "https://example.org/welding", "seen_on": "20 November" } },
            ] },
            "ai": "none",
            "files": [{ "name": "report.pdf", "size": 1024, "sha256": "a".repeat(64) }],
            "wording": { "version": "1", "language": "en-GB", "statements": [WORDING] },
            "signed_name": "Amira Khan",
            "device_time": "2026-11-23T11:58:00Z",
        } },
        "a_field_of_a_newer_app": { "kept": true },
    })
}

/// The change with the value at a JSON pointer replaced.
pub fn change_with(pointer: &str, value: Value) -> Value {
    let mut change = change();
    *change.pointer_mut(pointer).unwrap() = value;
    change
}

/// The change under another id, for another attempt.
pub fn attempt(attempt: u32) -> Value {
    let mut change = change();
    change["id"] = json!(format!("7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b{attempt:03}"));
    change["what"]["declare"]["attempt"] = json!(attempt);
    change
}

/// The withdrawal of such an attempt.
pub fn withdrawal(attempt: u32) -> Value {
    json!({
        "id": format!("7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0c{attempt:03}"),
        "client": "0b9a4c52-7e0e-4a0a-8f5e-5d7c6a1e2f33",
        "seq": 1,
        "made_at": "2026-11-23T11:59:00Z",
        "what": { "withdraw": {
            "learner": "L1001",
            "declaration": format!("7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b{attempt:03}"),
            "reason": "I sent the wrong file.",
            "wording": { "version": "1", "language": "en-GB", "statements": ["I take it back."] },
            "signed_name": "Amira Khan",
            "device_time": "2026-11-23T11:59:00Z",
        } },
    })
}

pub fn sent(change: &Value) -> Value {
    json!({ "id": change["id"], "change": change.to_string() })
}

pub fn sha256(change: &Value) -> String {
    sha256_hex(change.to_string().as_bytes())
}
