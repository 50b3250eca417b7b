//! After all has arrived: the same change again, and other bytes under its id.

use crate::{
    book::{Kind, Signed},
    device::Device,
    dice::Dice,
    http,
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
        let again = send(device, &signed.learner, &signed.id, &signed.bytes).await;
        if again.pointer("/outcome/accepted/receipt").is_none_or(Value::is_null) {
            device.book.find(Kind::Receipt, format!("change {} was kept, and sent again gets {again}", signed.id));
        }
        for (class, bytes) in altered(signed) {
            let answer = send(device, &signed.learner, &signed.id, &bytes).await;
            device.tally.count(|figures| figures.tampered += 1);
            refused(device, &format!("change {} with {class}", signed.id), &answer, 409);
        }
        if let Some(other) = learners.iter().find(|learner| **learner != signed.learner) {
            let answer = send(device, other, &signed.id, &signed.bytes).await;
            refused(device, &format!("change {} sent by {other}", signed.id), &answer, 409);
        }
        let again = send(device, &signed.learner, &signed.id, &signed.bytes).await;
        if again.pointer("/outcome/accepted/receipt").is_none_or(Value::is_null) {
            device.book.find(Kind::Altered, format!("change {} after others tried its id: {again}", signed.id));
        }
        device.tally.count(|figures| figures.repeats += 2);
    }
}

fn refused(device: &Device, what: &str, answer: &Value, status: u16) {
    if answer.pointer("/outcome/refused/problem/status") != Some(&Value::from(status)) {
        device.book.find(Kind::Altered, format!("{what} should be refused with {status}, and gets {answer}"));
    }
}

/// Sends one change straight to the server until it answers; its acknowledgement.
async fn send(device: &Device, learner: &str, id: &str, change: &str) -> Value {
    let sent = Sent { id: ChangeId(id.to_owned()), change: change.to_owned() };
    let body = format!("[{}]", to_json(&sent));
    let raw = device.request("POST", "changes", Some(&token(learner, SESSIONS - 1)), Some(&body));
    loop {
        let answer = timeout(PATIENCE, http::exchange(device.server, &raw)).await;
        if let Ok(Ok(answer)) = answer
            && answer.status() < 500
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
