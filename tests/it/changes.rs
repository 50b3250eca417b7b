//! What is kept, once and exactly.

use crate::{
    support::{
        Portal, at,
        batch::{self, extension, records},
        declaration::{ID, WORDING, attempt, change, change_with, sent, sha256},
        problem,
    },
    sync::ids,
};
use reqwest::Client;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_is_kept_and_gets_a_receipt() {
    let (portal, browser) = welder().await;
    let ack = &send(&portal, &browser, &[sent(&change())]).await[0];
    assert_eq!((ack["id"].as_str(), ack["sha256"].as_str()), (Some(ID), Some(sha256(&change()).as_str())));
    assert!(ack["outcome"]["accepted"].is_object());
    let receipt = &ack["outcome"]["accepted"]["receipt"];
    assert_eq!(contract::receipt::parse_code(receipt["code"].as_str().unwrap()).as_deref(), receipt["code"].as_str());
    assert_eq!(receipt["received_at"], "2026-11-23T12:00:00Z");
    assert_eq!(receipt["device_time"], "2026-11-23T11:58:00Z");
    assert_eq!(receipt["late"], false);
    assert_eq!(receipt["sha256"], ack["sha256"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_row_has_the_very_bytes_that_were_signed() {
    let (portal, browser) = welder().await;
    let bytes = change().to_string();
    // As a client that writes its JSON in another way: the bytes count, not what they mean.
    let spaced = bytes.replacen("{\"", "{ \"", 1) + "\n";
    send(&portal, &browser, &[json!({ "id": ID, "change": spaced })]).await;
    let (kept,): (Vec<u8>,) = sqlx::query_as("SELECT bytes FROM change").fetch_one(&portal.rows().await).await.unwrap();
    assert_eq!(kept, spaced.as_bytes());
    let read: contract::change::Change = serde_json::from_slice(&kept).unwrap();
    let contract::change::What::Declare(declaration) = read.what else { panic!("no declaration") };
    assert_eq!(declaration.wording.statements, [WORDING]);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_are_one() {
    let (portal, browser) = welder().await;
    let posts: Vec<_> = (0..50)
        .map(|_| {
            let (browser, url) = (browser.clone(), format!("{}/api/v1/changes", portal.url));
            tokio::spawn(async move {
                browser.post(url).json(&[sent(&change())]).send().await.unwrap().text().await.unwrap()
            })
        })
        .collect();
    let mut answers = Vec::new();
    for post in posts {
        answers.push(post.await.unwrap());
    }
    assert!(answers[0].contains("accepted"), "{}", answers[0]);
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    for table in ["change", "declaration", "evidence"] {
        assert_eq!(count(&portal, table).await, 1, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_gets_the_first_answer_whatever_happened_since() {
    let (portal, browser) = welder().await;
    let first = send(&portal, &browser, &[sent(&change())]).await;
    portal.clock.set(at("2027-03-01T00:00:00Z"));
    portal.import(batch::left("L1001", "weld")).await;
    let browser = portal.sign_in("L1001").await;
    assert_eq!(send(&portal, &browser, &[sent(&change())]).await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_id_with_other_bytes_leaves_the_first_as_it_was() {
    let (portal, browser) = welder().await;
    let first = send(&portal, &browser, &[sent(&change())]).await;
    for (pointer, value) in [
        ("/what/declare/signed_name", json!("Somebody Else")),
        ("/what/declare/wording/statements/0", json!("I certify nothing.")),
        ("/what/declare/attempt", json!(2)),
        ("/seq", json!(9)),
    ] {
        let other = change_with(pointer, value);
        let ack = &send(&portal, &browser, &[sent(&other)]).await[0];
        assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 409, "{pointer}");
        assert_eq!(ack["outcome"]["refused"]["problem"]["type"], "/problems/id-taken", "{pointer}");
        assert_eq!(ack["sha256"], sha256(&other), "{pointer}");
    }
    assert_eq!(count(&portal, "change").await, 1);
    assert_eq!(send(&portal, &browser, &[sent(&change())]).await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_items_fault_never_fails_its_neighbours() {
    let (portal, browser) = welder().await;
    let bad = json!({ "id": "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b0ff", "change": "{ not json" });
    let answers = send(&portal, &browser, &[sent(&attempt(1)), bad, json!(7), sent(&attempt(2))]).await;
    let kinds: Vec<_> =
        answers.iter().map(|ack| ack["outcome"].as_object().unwrap().keys().next().unwrap().as_str()).collect();
    assert_eq!(kinds, ["accepted", "refused", "refused", "accepted"]);
    assert_eq!(answers[1]["id"], "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b0ff");
    assert_eq!(answers[1]["outcome"]["refused"]["problem"]["status"], 422);
    assert!(answers[1]["outcome"]["refused"]["problem"]["detail"].as_str().unwrap().contains("line 1 column 3"));
    assert_eq!(answers[2]["outcome"]["refused"]["problem"]["fields"][0]["pointer"], "/2");
}

#[tokio::test(flavor = "multi_thread")]
async fn late_is_kept_and_said() {
    let (portal, browser) = welder().await;
    portal.clock.set(at("2026-12-01T23:59:00Z"));
    let browser2 = portal.sign_in("L1001").await;
    let on_time = &send(&portal, &browser2, &[sent(&attempt(1))]).await[0];
    assert_eq!(on_time["outcome"]["accepted"]["receipt"]["late"], false);
    portal.clock.set(at("2026-12-01T23:59:01Z"));
    let late = &send(&portal, &browser2, &[sent(&attempt(2))]).await[0];
    assert_eq!(late["outcome"]["accepted"]["receipt"]["late"], true);
    // The learner's own extension counts as the server has it, not as the client says.
    portal.import(records([extension("L1001", "weld-1", "2026-12-08T23:59:00Z")])).await;
    let extended = &send(&portal, &browser, &[sent(&attempt(3))]).await[0];
    assert_eq!(extended["outcome"]["accepted"]["receipt"]["late"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_learners_other_devices_get_the_receipt() {
    let (portal, browser) = welder().await;
    let other = portal.sign_in("L1001").await;
    let cursor = portal.sync(&other, None).await["cursor"].as_str().unwrap().to_owned();
    let ack = &send(&portal, &browser, &[sent(&change())]).await[0];
    let delta = portal.sync(&other, Some(&cursor)).await;
    assert_eq!(delta["changed"]["receipts"], json!([ack["outcome"]["accepted"]["receipt"]]));
    portal.learner("L1002").await;
    let stranger = portal.sign_in("L1002").await;
    assert_eq!(portal.sync(&stranger, None).await["changed"].get("receipts"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_after_it_was_signed_is_still_kept() {
    let (portal, browser) = welder().await;
    portal.import(batch::left("L1001", "weld")).await;
    assert_eq!(ids(&portal.sync(&browser, None).await, "assignments"), Vec::<String>::new());
    assert!(send(&portal, &browser, &[sent(&change())]).await[0]["outcome"]["accepted"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_removes_nothing_that_learners_did() {
    let (portal, browser) = welder().await;
    send(&portal, &browser, &[sent(&change())]).await;
    let mut gone = batch::weld();
    gone.records.iter_mut().for_each(|record| record.removed = true);
    gone.enrolments.push(batch::enrolment("L1001", "weld", true));
    portal.import(gone).await;
    assert_eq!(count(&portal, "declaration").await, 1);
    let delta = portal.sync(&browser, None).await;
    assert_eq!(delta["changed"]["receipts"][0]["change"], ID);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_fifty_are_asked_for_in_parts() {
    let (portal, browser) = welder().await;
    let many: Vec<Value> = (1..=51).map(|n| sent(&attempt(n))).collect();
    problem(portal.post(&browser, "/api/v1/changes", &json!(many)).await, 422, "fields").await;
    assert_eq!(count(&portal, "change").await, 0);
    assert_eq!(send(&portal, &browser, &many[..50]).await.len(), 50);
    assert_eq!(count(&portal, "change").await, 50);
}

pub async fn welder() -> (Portal, Client) {
    let portal = Portal::start().await;
    portal.import(batch::weld()).await;
    portal.learner("L1001").await;
    let browser = portal.sign_in("L1001").await;
    (portal, browser)
}

pub async fn send(portal: &Portal, browser: &Client, items: &[Value]) -> Vec<Value> {
    let answer = portal.post(browser, "/api/v1/changes", &json!(items)).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

pub async fn count(portal: &Portal, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
    sqlx::query_scalar(sql).fetch_one(&portal.rows().await).await.unwrap()
}
