//! After all has arrived: the same change again, and other bytes under its id.

use crate::{
    book::{Kind, Signed, sha256},
    device::Device,
    dice::Dice,
    http, seal,
    store::{SESSIONS, token},
};
use contract::{change::Sent, ids::ChangeId, json::to_json};
use serde_json::Value;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How many changes of a schedule are sent again.
const SOME: usize = 2;
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends some that are kept again, as they were and altered. What is wrong stands in the device's book.
pub async fn run(device: &Device, learners: &[String]) {
    let kept: Vec<Signed> = {
        let pages = device.book.open();
        pages.acknowledged.iter().filter_map(|id| pages.signed.get(id)).take(SOME).cloned().collect()
    };
    for signed in &kept {
        accepted(device, signed, &plain(device, signed, &signed.learner, &signed.bytes).await);
        let keys = device.sealing(&signed.learner);
        for (class, bytes) in altered(signed) {
            let other = Signed { sha256: sha256(bytes.as_bytes()), bytes: bytes.as_str().into(), ..signed.clone() };
            let envelope = keys.as_ref().and_then(|keys| seal::envelope(keys, &other));
            let answer = match &envelope {
                Some((envelope, _)) => send(device, "envelopes", &signed.learner, envelope).await,
                None => plain(device, signed, &signed.learner, &bytes).await,
            };
            device.tally.count(|figures| figures.tampered += 1);
            device.book.open().tampered.insert((signed.id.clone(), other.sha256));
            refused(device, &format!("change {} with {class}", signed.id), &answer);
        }
        if let Some(other) = learners.iter().find(|learner| **learner != signed.learner) {
            let answer = plain(device, signed, other, &signed.bytes).await;
            refused(device, &format!("change {} sent by {other}", signed.id), &answer);
        }
        // Sealed anew, it is the same change.
        let again = match keys.as_ref().and_then(|keys| seal::envelope(keys, signed)) {
            Some((envelope, _)) => send(device, "envelopes", &signed.learner, &envelope).await,
            None => plain(device, signed, &signed.learner, &signed.bytes).await,
        };
        accepted(device, signed, &again);
        device.tally.count(|figures| figures.repeats += 2);
    }
}

fn accepted(device: &Device, signed: &Signed, answer: &Value) {
    if answer.pointer("/outcome/accepted/receipt").is_none_or(Value::is_null) {
        device.book.find(Kind::Receipt, format!("change {} was kept, and sent again gets {answer}", signed.id));
    }
}

fn refused(device: &Device, what: &str, answer: &Value) {
    if answer.pointer("/outcome/refused/problem/status") != Some(&Value::from(409)) {
        device.book.find(Kind::Altered, format!("{what} should be refused with 409, and gets {answer}"));
    }
}

async fn plain(device: &Device, signed: &Signed, learner: &str, change: &str) -> Value {
    let sent = Sent { id: ChangeId(signed.id.clone()), change: change.to_owned() };
    send(device, "changes", learner, &to_json(&sent)).await
}

/// Sends one item straight to the server until it answers; its acknowledgement.
async fn send(device: &Device, path: &str, learner: &str, item: &str) -> Value {
    let raw = device.request("POST", path, Some(&token(learner, SESSIONS - 1)), Some(&format!("[{item}]")));
    loop {
        let answer = timeout(PATIENCE, http::exchange(device.server, &raw)).await;
        if let Ok(Ok(answer)) = answer
            && answer.status() < 500
            && answer.status() != 429
        {
            device.tally.answered(answer.status());
            device.book.heard(&answer.body);
            let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let ack = body.get(0).cloned().unwrap_or(body);
            if ack.pointer("/outcome/later").is_none() {
                return ack;
            }
        }
        // It has been killed, and is about to be back.
        sleep(Duration::from_millis(20)).await;
    }
}

/// The change with one of each class of byte altered, still readable.
fn altered(signed: &Signed) -> Vec<(&'static str, String)> {
    let bytes = &*signed.bytes;
    let mut dice = Dice::new(&[signed.seq, bytes.len() as u64]);
    let digit = |c: char| char::from_digit((c.to_digit(10).unwrap_or(0) + 1) % 10, 10).unwrap_or('0');
    let seq = format!("\"seq\":{}", signed.seq);
    let version = "\"version\":\"1\"";
    let name = "\"signed_name\":\"I";
    let mut classes = vec![
        ("another number", bytes.replacen(&seq, &format!("\"seq\":{}", signed.seq + 1), 1)),
        ("another client", bytes.replacen(&signed.client, &dice.uuid(), 1)),
        ("a blank at its end", format!("{bytes} ")),
        ("a blank inside", bytes.replacen("\"what\":", "\"what\": ", 1)),
        ("another version of the wording", bytes.replacen(version, "\"version\":\"2\"", 1)),
        ("another letter in the name", bytes.replacen(name, "\"signed_name\":\"J", 1)),
        ("an escaped letter in the name", bytes.replacen(name, "\"signed_name\":\"\\u0049", 1)),
        ("a composed letter", bytes.replacen("cafe\u{301}", "caf\u{e9}", 1)),
    ];
    if let Some(at) = bytes.find("\"made_at\":\"").map(|at| at + 11 + dice.below(4)) {
        let was = bytes[at..].chars().next().unwrap_or('2');
        classes.push(("one digit of a time", format!("{}{}{}", &bytes[..at], digit(was), &bytes[at + 1..])));
    }
    classes.retain(|(_, altered)| altered != bytes);
    // Two of them a change: over a run each class comes often.
    while classes.len() > 2 {
        let out = dice.below(classes.len());
        classes.swap_remove(out);
    }
    classes
}
