//! Sealed changes: delivered by anybody, as their own learner's.

use crate::{
    changes::welder,
    support::{
        Portal, browser,
        declaration::{ID, attempt, change, sent, sha256},
        problem,
        seal::{seal, seal_with},
    },
};
use chrono::{Duration, Utc};
use portal_server::{clock::Clock, db::KeyKind, evidence::sha256_hex, keys};
use reqwest::Client;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn what_anybody_delivers_is_kept_to_the_byte_as_its_own_learners() {
    let (portal, learner) = welder().await;
    let envelope = seal(&portal, &learner, &change()).await;
    let ack = &post(&portal, &browser(), &[&envelope]).await[0];
    assert_eq!(*ack, json!({ "id": ID, "sha256": sealed_hash(&envelope), "outcome": { "accepted": {} } }));
    let kept = portal.db.declarations().await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].learner.as_str(), &*kept[0].change), ("L1001", &*change().to_string()));
    assert_eq!(kept[0].sha256, sha256(&change()));
}

#[tokio::test(flavor = "multi_thread")]
async fn its_own_learner_gets_the_receipt_and_a_repeat_the_same_one() {
    let (portal, learner) = welder().await;
    let envelope = seal(&portal, &learner, &change()).await;
    post(&portal, &browser(), &[&envelope]).await;
    let first = post(&portal, &learner, &[&envelope]).await;
    // Sealed anew, as another tab might: other bytes outside, the same inside.
    let again = seal(&portal, &learner, &change()).await;
    assert_ne!(envelope["sealed"], again["sealed"]);
    let second = post(&portal, &learner, &[&again]).await;
    let receipt = |acks: &[Value]| acks[0]["outcome"]["accepted"]["receipt"].clone();
    assert_eq!(receipt(&first)["sha256"], sha256(&change()));
    assert_eq!(receipt(&first), receipt(&second));
    let plain = portal.post(&learner, "/api/v1/changes", &json!([sent(&change())])).await.json::<Vec<Value>>().await;
    assert_eq!(receipt(&first), receipt(&plain.unwrap()));
    assert_eq!(portal.db.declarations().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_learner_who_delivers_it_is_told_nothing() {
    let (portal, learner) = welder().await;
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    let good = seal(&portal, &learner, &change()).await;
    let mut twice = attempt(1);
    twice["id"] = json!("7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b999");
    let refused = seal(&portal, &learner, &twice).await;
    let acks = post(&portal, &other, &[&good, &refused]).await;
    assert_eq!(acks[0]["outcome"], json!({ "accepted": {} }));
    assert_eq!(acks[1]["outcome"]["refused"]["problem"]["type"], "/problems/needs-its-learner");
    assert!(!acks[1].to_string().contains("attempt"), "{}", acks[1]);
    let mine = post(&portal, &learner, &[&refused]).await;
    assert_eq!(mine[0]["outcome"]["refused"]["problem"]["type"], "/problems/already-declared");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_not_needed_nor_is_the_one_in_which_it_was_signed() {
    let (portal, learner) = welder().await;
    let envelope = seal(&portal, &learner, &change()).await;
    portal.db.end_sessions(&"L1001".into(), portal.clock.now()).await.unwrap();
    portal.clock.advance(Duration::days(200));
    assert_eq!(post(&portal, &learner, &[&envelope]).await[0]["outcome"], json!({ "accepted": {} }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_touched_or_is_not_ours_is_refused_and_its_neighbour_is_not() {
    let (portal, learner) = welder().await;
    let good = seal(&portal, &learner, &change()).await;
    let with = |field: &str, value: &str| {
        let mut envelope = good.clone();
        envelope[field] = json!(value);
        envelope
    };
    let elsewhere = with("key", "0123456789abcdef");
    let renamed = with("id", "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b002");
    let flipped = with("sealed", &good["sealed"].as_str().unwrap().replacen(['a', 'b', 'c'], "d", 1));
    let forged = seal_with("x.1.L1001", &portal, &change()).await;
    let acks = post(&portal, &browser(), &[&elsewhere, &renamed, &flipped, &forged, &good]).await;
    let kinds: Vec<_> = acks.iter().map(|ack| ack["outcome"]["refused"]["problem"]["type"].as_str()).collect();
    let damaged = Some("/problems/damaged-envelope");
    assert_eq!(kinds, [Some("/problems/sealed-elsewhere"), damaged, damaged, damaged, None]);
    assert_eq!(portal.db.declarations().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_key_is_used_at_once_and_the_old_one_goes_on_opening() {
    let (portal, learner) = welder().await;
    let old = seal(&portal, &learner, &attempt(1)).await;
    portal.db.add_key(&keys::make(KeyKind::Sealing, Utc::now() + Duration::seconds(1))).await.unwrap();
    portal.clock.advance(Duration::minutes(2));
    let new = seal(&portal, &learner, &attempt(2)).await;
    assert_ne!(old["key"], new["key"]);
    let acks = post(&portal, &browser(), &[&old, &new]).await;
    assert!(acks.iter().all(|ack| ack["outcome"] == json!({ "accepted": {} })), "{acks:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn revoked_tokens_add_nothing_until_their_learner_signs_in() {
    let (portal, learner) = welder().await;
    let envelope = seal(&portal, &learner, &change()).await;
    portal.clock.advance(Duration::seconds(1));
    let _ = portal.db.revoke_uploads(&"L1001".into(), portal.clock.now()).await.unwrap();
    let kind = |acks: Vec<Value>| acks[0]["outcome"]["refused"]["problem"]["type"].clone();
    assert_eq!(kind(post(&portal, &browser(), &[&envelope]).await), "/problems/needs-its-learner");
    assert!(portal.db.declarations().await.unwrap().is_empty());
    let ack = &post(&portal, &learner, &[&envelope]).await[0];
    assert!(ack["outcome"]["accepted"]["receipt"].is_object(), "{ack}");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_never_arrived_are_told() {
    let (portal, learner) = welder().await;
    let numbered = |attempt_: u32, seq: u32| {
        let mut change = attempt(attempt_);
        change["seq"] = json!(seq);
        change
    };
    let mut acks = Vec::new();
    for change in [numbered(1, 1), numbered(2, 4), numbered(3, 3)] {
        acks.push(post(&portal, &browser(), &[&seal(&portal, &learner, &change).await]).await[0]["missing"].clone());
    }
    assert_eq!(acks, [Value::Null, json!([2, 3]), json!([2])]);
    let gaps = portal.db.gaps().await.unwrap();
    assert_eq!(gaps.len(), 1);
    assert_eq!((gaps[0].missing.as_slice(), gaps[0].learners.as_slice()), (&[2][..], &["L1001".to_owned()][..]));
    // What was refused has arrived too.
    let mut refused = numbered(1, 2);
    refused["id"] = json!("7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b777");
    post(&portal, &learner, &[&seal(&portal, &learner, &refused).await]).await;
    assert!(portal.db.gaps().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_text_under_an_id_is_refused_and_noted() {
    let (portal, learner) = welder().await;
    post(&portal, &learner, &[&seal(&portal, &learner, &change()).await]).await;
    let mut other = change();
    other["what"]["declare"]["signed_name"] = json!("Edith Khan");
    let ack = &post(&portal, &learner, &[&seal(&portal, &learner, &other).await]).await[0];
    assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 409);
    let noted: Vec<(String, String)> = sqlx::query_as("SELECT sha256, outcome FROM arrival ORDER BY outcome")
        .fetch_all(&portal.rows().await)
        .await
        .unwrap();
    assert_eq!(noted, [(sha256(&other), "id-taken".into()), (sha256(&change()), "kept".into())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_calls_from_one_address_are_slowed_down() {
    let (portal, _) = welder().await;
    for _ in 0..120 {
        assert_eq!(portal.post(&browser(), "/api/v1/envelopes", &json!([])).await.status(), 200);
    }
    problem(portal.post(&browser(), "/api/v1/envelopes", &json!([])).await, 429, "too-many").await;
}

pub async fn post(portal: &Portal, browser: &Client, envelopes: &[&Value]) -> Vec<Value> {
    let answer = portal.post(browser, "/api/v1/envelopes", &json!(envelopes)).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

fn sealed_hash(envelope: &Value) -> String {
    sha256_hex(envelope["sealed"].as_str().unwrap().as_bytes())
}
