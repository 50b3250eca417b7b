//! One tab of the app: what was signed goes first, then what is new comes. The same rules as the app's own `data::sync`.

use crate::{
    device::{Device, Sitting},
    disk::Item,
    http::Message,
};
use contract::{
    change::{Ack, CHANGES_MAX, Outcome},
    delta::Delta,
    json::{Wire, from_json},
};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// At most this many bytes of changes in one request.
const BATCH_BYTES: usize = 128 * 1024;
/// The app's second.
const SECOND: Duration = Duration::from_millis(10);

enum Fault {
    Unreachable,
    SignedOut,
}

/// Runs until it is killed.
pub async fn run(device: Arc<Device>) {
    let mut failures = 0u32;
    let mut cursor = None;
    loop {
        let me = device.sitting();
        match round(&device, me.as_ref(), &mut cursor).await {
            Ok(()) => failures = 0,
            Err(Fault::Unreachable) => failures = failures.saturating_add(1),
            Err(Fault::SignedOut) => {
                // The learner is asked to sign in again, and has lost nothing.
                if let Some(me) = me.filter(|me| device.session_over(me)) {
                    device.sign_in(&me.learner).await;
                }
            }
        }
        // What waits is tried again within 30 of the app's seconds, for ever.
        let wait = SECOND * 2u32.saturating_pow(failures.min(16)).clamp(2, 30);
        let _ = timeout(wait, device.kicked()).await;
    }
}

async fn round(device: &Device, me: Option<&Sitting>, cursor: &mut Option<(String, String)>) -> Result<(), Fault> {
    send(device, me).await?;
    let Some(me) = me else { return Ok(()) };
    // Another learner's cursor is not this one's.
    let known = cursor.as_ref().filter(|(learner, _)| *learner == me.learner).map(|(_, cursor)| cursor.as_str());
    let path = known.map_or_else(|| "sync".to_owned(), |known| format!("sync?cursor={known}"));
    let delta: Delta = decode(device.call("GET", &path, None).await.map_err(|_| Fault::Unreachable)?)?;
    if device.sitting().as_ref() == Some(me) {
        *cursor = Some((me.learner.clone(), delta.cursor));
        let receipts: Vec<String> = delta.changed.receipts.iter().map(contract::json::to_json).collect();
        for receipt in receipts {
            device.book.received(&receipt);
        }
    }
    Ok(())
}

/// Sends what waits, oldest first, until nothing does or the server does not take it now.
async fn send(device: &Device, me: Option<&Sitting>) -> Result<(), Fault> {
    loop {
        let waiting = device.disk.waiting().await;
        let ready = waiting.iter().filter(|item| item.is_sent_by(me.map(|me| &*me.learner)));
        let Some((path, batch)) = batch(ready) else { return Ok(()) };
        let parcels: Vec<&str> = batch.iter().map(|item| &*item.parcel).collect();
        let body = format!("[{}]", parcels.join(","));
        let answer = device.call("POST", path, Some(&body)).await.map_err(|_| Fault::Unreachable)?;
        let acks: Vec<Ack> = decode(answer)?;
        if device.sitting().as_ref() != me {
            return Ok(());
        }
        if settle(device, &batch, &acks).await == 0 {
            return Err(Fault::Unreachable);
        }
    }
}

/// The first items that go to one address in one request.
fn batch<'a>(ready: impl Iterator<Item = &'a Item>) -> Option<(&'static str, Vec<&'a Item>)> {
    let mut batch: Vec<&Item> = Vec::new();
    let mut bytes = 0;
    for item in ready {
        bytes += item.parcel.len();
        let another = batch.first().is_some_and(|first| first.sealed != item.sealed);
        if !batch.is_empty() && (another || bytes > BATCH_BYTES || batch.len() == CHANGES_MAX) {
            break;
        }
        batch.push(item);
    }
    let path = if batch.first()?.sealed { "envelopes" } else { "changes" };
    Some((path, batch))
}

/// Does what the acknowledgements say; returns how many items they have moved on.
async fn settle(device: &Device, batch: &[&Item], acks: &[Ack]) -> usize {
    let mut moved = 0;
    for ack in acks {
        let id = ack.id.as_str();
        match &ack.outcome {
            Outcome::Accepted { .. } => {
                // Only an acknowledgement of these very bytes lets go of them.
                if !batch.iter().any(|item| item.id == id && item.sha256 == ack.sha256) {
                    continue;
                }
                let mut transaction = device.disk.begin().await;
                if transaction.kept.outbox.get(id).is_some_and(|item| item.sha256 == ack.sha256) {
                    transaction.kept.outbox.remove(id);
                    transaction.finish(None).await;
                }
                device.told_missing(ack).await;
                moved += 1;
            }
            Outcome::Refused { problem } => {
                let mut transaction = device.disk.begin().await;
                if let Some(item) = transaction.kept.outbox.get_mut(id) {
                    item.attention = Some(problem.kind.clone());
                    device.book.open().refused.insert(id.to_owned(), problem.kind.clone());
                    transaction.finish(None).await;
                    moved += 1;
                }
            }
            Outcome::Later { .. } => {}
        }
    }
    moved
}

/// The answer to a call, or why there is none: an answer that is not this API's is never an acknowledgement.
fn decode<T: Wire>(answer: Message) -> Result<T, Fault> {
    match answer.status() {
        200..=299 if answer.is("application/json") => {
            let text = String::from_utf8(answer.body).map_err(|_| Fault::Unreachable)?;
            from_json(&text).map_err(|_| Fault::Unreachable)
        }
        401 if answer.is("application/problem+json") => Err(Fault::SignedOut),
        _ => Err(Fault::Unreachable),
    }
}
