//! What apps of each released version send, as they send it: it is taken for ever. A folder of `golden/` a version of the contract;
//! files are added, never changed.

use crate::{
    changes::send,
    envelopes::post,
    support::{
        Portal,
        asking::{Clerk, asked_of, requests},
        batch, browser,
    },
};
use chrono::{Duration, Utc};
use portal_server::{
    confidential::Confidential,
    db::{KeyKind, KeyRow},
    evidence::sha256_hex,
};
use serde_json::{Value, json};
use std::{fs, path::Path, sync::Arc};

#[tokio::test(flavor = "multi_thread")]
async fn what_an_app_of_the_first_version_sends_is_kept_to_the_byte() {
    let portal = Portal::start().await;
    portal.import(batch::weld()).await;
    portal.learner("L1001").await;
    let learner = portal.sign_in("L1001").await;
    for name in ["declare-bare", "declare-full", "withdraw"] {
        let change = golden(&format!("{name}.json"));
        let id = serde_json::from_str::<Value>(&change).unwrap()["id"].clone();
        let ack = &send(&portal, &learner, &[json!({ "id": id, "change": change })]).await[0];
        assert!(ack["outcome"]["accepted"].is_object(), "{name}: {ack}");
        assert_eq!(ack["sha256"], sha256_hex(change.as_bytes()), "{name}");
        let kept = portal.db.answered(id.as_str().unwrap()).await.unwrap().unwrap();
        assert_eq!(kept.sha256, sha256_hex(change.as_bytes()), "{name}");
    }
    let kept: Vec<String> = portal.db.declarations().await.unwrap().into_iter().map(|one| one.change).collect();
    assert_eq!(kept, [golden("declare-bare.json"), golden("declare-full.json")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_app_of_the_first_version_sealed_is_opened() {
    let portal = Portal::start().await;
    portal.import(batch::weld()).await;
    portal.learner("L1001").await;
    // The keys of a server of that time, in place of those that this one made when it started.
    let keys: Value = serde_json::from_str(&golden("envelope-keys.json")).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let made = Utc::now() + Duration::days(1);
    let root =
        KeyRow { id: "root-v1".into(), kind: KeyKind::Root, made, secret: text(&keys["root"]), public: String::new() };
    let sealing = &keys["sealing"];
    let (id, secret, public) = (text(&sealing["id"]), text(&sealing["secret"]), text(&sealing["public"]));
    for key in [root, KeyRow { id, kind: KeyKind::Sealing, made, secret, public }] {
        portal.db.add_key(&key).await.unwrap();
    }
    let envelope: Value = serde_json::from_str(&golden("envelope.json")).unwrap();
    let ack = &post(&portal, &browser(), &[&envelope]).await[0];
    assert_eq!(ack["outcome"], json!({ "accepted": {} }), "{ack}");
    let kept = portal.db.declarations().await.unwrap();
    assert_eq!(kept[0].change, golden("envelope-inside.json"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_app_of_the_first_version_asks_and_confides_is_kept_to_the_byte_and_opened() {
    let keys = Arc::new(Confidential::parse(&golden("confidential.key")).unwrap());
    let (portal, learner) = asked_of(|config| config.confidential = Some(keys)).await;
    for name in [
        "ask-more-time",
        "ask-get-online",
        "ask-call-back",
        "ask-another-format",
        "more-says",
        "more-withdraw",
        "ask-concern",
        "more-sealed",
    ] {
        let change = golden(&format!("{name}.json"));
        let id = serde_json::from_str::<Value>(&change).unwrap()["id"].clone();
        let ack = &send(&portal, &learner, &[json!({ "id": id, "change": change })]).await[0];
        assert_eq!(ack["outcome"], json!({ "accepted": {} }), "{name}: {ack}");
        let kept = portal.db.answered(id.as_str().unwrap()).await.unwrap().unwrap();
        assert_eq!(kept.sha256, sha256_hex(change.as_bytes()), "{name}");
    }
    let asked = requests(&portal, &learner).await;
    let kinds: Vec<&str> = asked.iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["more-time", "get-online", "call-back", "another-format", "concern"]);
    assert_eq!((&asked[1]["needs"], &asked[3]["status"]), (&json!(["data", "skills"]), &json!("withdrawn")));
    let lead = Clerk::new(&portal, "safeguarding-lead").await;
    let read = lead.read(&format!("requests/{}", asked[4]["id"].as_str().unwrap())).await;
    let said = |n: usize| read["request"]["said"][n]["says"].clone();
    assert_eq!(said(0), json!({ "text": "Something – nobody else’s business" }));
    assert_eq!(said(1), json!({ "text": "By Friday, please. 😀" }));
}

fn golden(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/v1").join(name);
    fs::read_to_string(file).unwrap()
}
