//! Answers and messages as something in between makes them.

use crate::{book::sha256, fault::Forged, http::Message};
use serde_json::{Value, json};

const PAGE: &str = "<!doctype html><title>Welcome to Free Wi-Fi</title><h1>Accept the terms to go on</h1>";

/// The answer of somebody who is not the server.
#[must_use]
pub fn answer(forged: Forged, request: &Message) -> Vec<u8> {
    const JSON: &str = "application/json";
    const HTML: &str = "text/html; charset=utf-8";
    match forged {
        Forged::Page200 => whole("200 OK", HTML, PAGE),
        Forged::Page401 => whole("401 Unauthorized", HTML, PAGE),
        Forged::Page502 => whole("502 Bad Gateway", HTML, PAGE),
        Forged::Page503 => whole("503 Service Unavailable", HTML, PAGE),
        Forged::Problem503 => {
            let problem = json!({ "type": "/problems/unavailable", "title": "Not just now", "status": 503 });
            whole("503 Service Unavailable", "application/problem+json", &problem.to_string())
        }
        Forged::EmptyList => whole("200 OK", JSON, "[]"),
        Forged::EmptyObject => whole("200 OK", JSON, "{}"),
        Forged::OtherFingerprints => whole("200 OK", JSON, &acks(request, |_| sha256(b"other bytes"), None)),
        Forged::OtherIds => whole("200 OK", JSON, &acks(request, own, Some("00000000-0000-4000-8000-000000000000"))),
        Forged::BrokenJson => whole("200 OK", JSON, &acks(request, own, None).replacen(',', "", 1)),
        Forged::WrongType => whole("200 OK", HTML, &acks(request, own, None)),
        Forged::Lie => whole("200 OK", JSON, &acks(request, own, None)),
    }
}

/// The same message with its JSON written anew, as a proxy might.
#[must_use]
pub fn reformatted(message: &Message) -> Vec<u8> {
    match serde_json::from_slice::<Value>(&message.body) {
        Ok(json) => message.with_body(serde_json::to_string_pretty(&json).unwrap_or_default().as_bytes()),
        Err(_) => message.raw.clone(),
    }
}

/// The answer in two chunks and without the end of the second.
#[must_use]
pub fn chunks_cut(answer: &Message) -> Vec<u8> {
    let (first, second) = answer.body.split_at(answer.body.len() / 2);
    let content = answer.header("content-type").unwrap_or("application/json");
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {content}\r\ntransfer-encoding: chunked\r\n\r\n");
    let mut raw = head.into_bytes();
    if !first.is_empty() {
        raw.extend_from_slice(format!("{:x}\r\n", first.len()).as_bytes());
        raw.extend_from_slice(first);
        raw.extend_from_slice(b"\r\n");
    }
    raw.extend_from_slice(format!("{:x}\r\n", second.len() + 1).as_bytes());
    raw.extend_from_slice(second);
    raw
}

fn whole(status: &str, media_type: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        .into_bytes()
}

/// The fingerprint that the client expects: of the change, or of what is sealed.
fn own(item: &Value) -> String {
    let text = item["change"].as_str().or(item["sealed"].as_str()).unwrap_or_default();
    sha256(text.as_bytes())
}

fn acks(request: &Message, fingerprint: impl Fn(&Value) -> String, id: Option<&str>) -> String {
    let items: Vec<Value> = serde_json::from_slice(&request.body).unwrap_or_default();
    let ack = |item: &Value| {
        let id = id.map_or_else(|| item["id"].clone(), Value::from);
        json!({ "id": id, "sha256": fingerprint(item), "outcome": { "accepted": {} } })
    };
    Value::Array(items.iter().map(ack).collect()).to_string()
}
