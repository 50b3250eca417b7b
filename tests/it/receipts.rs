//! What anyone may learn from a receipt's code.

use crate::{
    changes::{send, welder},
    support::{
        Portal, browser,
        declaration::{change, sent, sha256},
        problem,
    },
};
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_code_shows_the_work_and_names_nobody() {
    let (portal, learner) = welder().await;
    let ack = &send(&portal, &learner, &[sent(&change())]).await[0];
    let code = ack["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap();
    let typed = code.to_lowercase().replace('-', "").replace('*', "%2A").replace('$', "%24").replace('~', "%7E");
    let found: Value = portal.get(&browser(), &format!("/api/v1/receipts/{typed}")).await.json().await.unwrap();
    assert_eq!(
        found,
        json!({
            "code": code,
            "assignment_title": "Report on welding safety",
            "received_at": "2026-11-23T12:00:00Z",
            "sha256": sha256(&change()),
            "signature": ack["outcome"]["accepted"]["receipt"]["signature"],
        })
    );
    assert_signed(&portal, &found).await;
}

/// Anybody can check a receipt with the keys that the service shows.
async fn assert_signed(portal: &Portal, receipt: &Value) {
    let meta: Value = portal.get(&browser(), "/api/v1/meta").await.json().await.unwrap();
    let named = receipt["signature"]["key"].as_str().unwrap();
    let key = meta["receipt_keys"].as_array().unwrap().iter().find(|key| key["id"] == named).unwrap();
    let key = VerifyingKey::from_bytes(&bytes(&key["key"]).try_into().unwrap()).unwrap();
    let signature = Signature::from_bytes(&bytes(&receipt["signature"]["signature"]).try_into().unwrap());
    let text = format!(
        "portal-receipt-1\n{}\n{}\n1795435200000",
        receipt["code"].as_str().unwrap(),
        receipt["sha256"].as_str().unwrap()
    );
    key.verify_strict(text.as_bytes(), &signature).unwrap();
    assert!(key.verify_strict(text.replace("000", "001").as_bytes(), &signature).is_err());
}

fn bytes(text: &Value) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_str().unwrap().as_bytes()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_none_of_ours() {
    let (portal, _) = welder().await;
    let free = contract::receipt::format_code(12345);
    for code in [&free, "nonsense", "7K3M-Q9XT-Z", "%FF"] {
        problem(portal.get(&browser(), &format!("/api/v1/receipts/{code}")).await, 404, "no-such-receipt").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_a_minute_are_enough() {
    let (portal, _) = welder().await;
    for _ in 0..60 {
        assert_eq!(portal.get(&browser(), "/api/v1/receipts/nonsense").await.status(), 404);
    }
    let answer = portal.get(&browser(), "/api/v1/receipts/nonsense").await;
    assert_eq!(answer.headers()["retry-after"], "60");
    problem(answer, 429, "too-many").await;
    portal.clock.advance(Duration::minutes(1));
    assert_eq!(portal.get(&browser(), "/api/v1/receipts/nonsense").await.status(), 404);
}
