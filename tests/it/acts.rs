//! What learners do with one press: kept once, told back, and theirs alone.

use crate::{
    changes::send,
    support::{
        Portal,
        asking::{asked_of, id},
        declaration::sent,
    },
};
use import::{Audience, RecordRow};
use portal_server::db::Verdict;
use reqwest::Client;
use serde_json::{Value, json};

/// A change by `L1001` that does something.
pub fn acts(number: u32, deed: &Value) -> Value {
    json!({
        "id": id(number),
        "client": "0b9a4c52-7e0e-4a0a-8f5e-5d7c6a1e2f33",
        "seq": 100 + number,
        "made_at": "2026-11-23T11:58:00Z",
        "what": { "act": { "learner": "L1001", "deed": deed, "device_time": "2026-11-23T11:58:00Z" } },
    })
}

/// The learner's late records of a kind, as sync tells them.
pub async fn records(portal: &Portal, learner: &Client, kind: &str) -> Vec<Value> {
    let delta = portal.sync(learner, None).await;
    let more = delta["changed"]["more"].as_array().cloned().unwrap_or_default();
    more.into_iter().filter(|late| late["kind"] == kind).map(|late| late["body"].clone()).collect()
}

async fn start() -> (Portal, Client) {
    let (portal, learner) = asked_of(|_| {}).await;
    let body = json!({ "id": "rules", "title": "Rules", "version": "V1", "issued_on": "2026-09-01" }).to_string();
    let kind = contract::delta::Kind::Policy.into();
    let policy = RecordRow { kind, id: "rules".into(), audience: Audience::Everyone, body, removed: false };
    portal.import(crate::support::batch::records([policy])).await;
    (portal, learner)
}

fn read(number: u32, policy: &str) -> Value {
    acts(number, &json!({ "read": { "kind": "policy", "id": policy, "version": "V1" } }))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_is_told_back_once_and_in_the_chain() {
    let (portal, learner) = start().await;
    let first = send(&portal, &learner, &[sent(&read(1, "rules"))]).await.remove(0);
    assert_eq!(first["outcome"], json!({ "accepted": {} }));
    let again = send(&portal, &learner, &[sent(&read(1, "rules"))]).await.remove(0);
    assert_eq!(again, first);
    let expected = json!([{
        "read": { "kind": "policy", "id": "rules", "version": "V1" },
        "read_at": "2026-11-23T11:58:00Z",
        "received_at": "2026-11-23T12:00:00Z",
        "changes": [id(1)],
    }]);
    assert_eq!(json!(records(&portal, &learner, "reading").await), expected);
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 1, .. }));

    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    assert_eq!(records(&portal, &other, "reading").await, [json!(null); 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_cannot_have_been_read_and_empty_fields_are_named() {
    let (portal, learner) = start().await;
    let ack = send(&portal, &learner, &[sent(&read(1, "none"))]).await.remove(0);
    assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 404, "{ack}");
    let empty = acts(2, &json!({ "read": { "kind": "policy", "id": " ", "version": "" } }));
    let ack = send(&portal, &learner, &[sent(&empty)]).await.remove(0);
    let problem = &ack["outcome"]["refused"]["problem"];
    assert_eq!(crate::support::pointers(problem), ["/what/act/deed/read/id", "/what/act/deed/read/version"]);
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 0, .. }));
}
