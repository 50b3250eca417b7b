//! The binary on PostgreSQL: several processes on one database, and a database that goes away.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

mod support;

use reqwest::Client;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use std::collections::BTreeSet;
use support::{add_learner, change, cluster::Cluster, declare, schema, seed_work, serve, sign_in, stdout};
use tokio::{process::Child, task::JoinSet};

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_database_keep_each_change_once() {
    let place = schema::new().await;
    add_learner(&*place).await;
    seed_work(&*place).await;
    let ((_one, one), (_two, two)) = tokio::join!(serve(&*place), serve(&*place));
    let browser = sign_in(&one).await;
    // The session is in the database: the other server knows it.
    let cookies = Client::clone(&browser);
    let same: Vec<_> = (0..50).map(|n| post(&cookies, [&one, &two][n % 2], 1)).collect();
    let different: Vec<_> = (0..50).map(|n| post(&cookies, [&one, &two][n % 2], 2 + n as u32)).collect();
    let mut answers = Vec::new();
    for answer in same {
        answers.push(answer.await.unwrap());
    }
    assert!(answers[0].contains("accepted"), "{}", answers[0]);
    assert_eq!(answers.iter().collect::<BTreeSet<_>>().len(), 1, "the same receipt");
    let mut codes = BTreeSet::new();
    for answer in different {
        let acks: Value = serde_json::from_str(&answer.await.unwrap()).unwrap();
        codes.insert(acks[0]["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(codes.len(), 50);
    let kept: Vec<Value> = serde_json::from_str(&stdout(&*place, &["export", "--format", "json"]).await).unwrap();
    assert_eq!(kept.len(), 51);
    let checked = stdout(&*place, &["verify-log"]).await;
    assert!(checked.starts_with("51 links, all whole."), "{checked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_that_start_together_have_the_same_keys() {
    let place = schema::new().await;
    let ((_one, one), (_two, two)) = tokio::join!(serve(&*place), serve(&*place));
    let meta =
        async |url: &str| -> Value { reqwest::get(format!("{url}/api/v1/meta")).await.unwrap().json().await.unwrap() };
    let (one, two) = (meta(&one).await, meta(&two).await);
    assert!(one["sealing"].is_object());
    assert_eq!((&one["sealing"], &one["receipt_keys"]), (&two["sealing"], &two["receipt_keys"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_is_away_nothing_is_acknowledged_and_after_that_all_goes_on() {
    let cluster = Cluster::start();
    let place = &*cluster.url;
    let (_server, url, browser) = served(place).await;
    for (attempt, mode) in [(1, "fast"), (3, "immediate")] {
        assert!(declare(&browser, &url, attempt).await["outcome"]["accepted"].is_object());
        cluster.stop(mode);
        let items = json!([item(attempt + 1)]);
        let answer = browser.post(format!("{url}/api/v1/changes")).json(&items).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["retry-after"]),
            (503, &"5".parse().unwrap()),
            "{mode}"
        );
        assert_eq!(reqwest::get(format!("{url}/readyz")).await.unwrap().status(), 503);
        assert_eq!(reqwest::get(format!("{url}/healthz")).await.unwrap().status(), 200);
        cluster.start_again();
        let ack = declare(&browser, &url, attempt + 1).await;
        assert!(ack["outcome"]["accepted"].is_object(), "{mode}: {ack}");
        assert_eq!(reqwest::get(format!("{url}/readyz")).await.unwrap().status(), 200);
    }
    let checked = stdout(place, &["verify-log"]).await;
    assert!(checked.starts_with("4 links, all whole."), "{checked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_crash_of_the_database() {
    let cluster = Cluster::start();
    let place = &*cluster.url;
    let (_server, url, browser) = served(place).await;
    let sending: Vec<_> = (1..=40).map(|attempt| post(&browser, &url, attempt)).collect();
    let mut acknowledged = BTreeSet::new();
    let mut sent = sending.into_iter();
    // Some have been answered when it crashes, the others have not.
    for _ in 0..5 {
        acknowledged.extend(code(&sent.next().unwrap().await.unwrap()));
    }
    cluster.stop("immediate");
    for answer in sent {
        acknowledged.extend(code(&answer.await.unwrap()));
    }
    assert!(acknowledged.len() >= 5);
    cluster.start_again();
    let kept: Vec<Value> = serde_json::from_str(&stdout(place, &["export", "--format", "json"]).await).unwrap();
    let kept: BTreeSet<_> = kept.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect();
    assert!(acknowledged.is_subset(&kept), "{acknowledged:?} {kept:?}");
    assert!(stdout(place, &["verify-log"]).await.contains("all whole"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_kills_of_the_server() {
    let place = schema::new().await;
    add_learner(&*place).await;
    seed_work(&*place).await;
    let mut acknowledged = BTreeSet::new();
    for round in 0..10 {
        let (mut server, url) = serve(&*place).await;
        let browser = sign_in(&url).await;
        let mut sending = JoinSet::new();
        for n in 1..=8 {
            let request = browser.post(format!("{url}/api/v1/changes")).json(&json!([item(round * 8 + n)]));
            sending.spawn(async move { request.send().await.ok()?.text().await.ok() });
        }
        // The others are somewhere between the request and the answer.
        let first = sending.join_next().await.unwrap().unwrap();
        server.kill().await.unwrap();
        let answers = [vec![first], sending.join_all().await].concat();
        acknowledged.extend(answers.iter().flatten().filter_map(|answer| code(answer)));
    }
    assert!(acknowledged.len() >= 10, "{acknowledged:?}");
    let kept: Vec<Value> = serde_json::from_str(&stdout(&*place, &["export", "--format", "json"]).await).unwrap();
    let kept: BTreeSet<_> = kept.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect();
    assert!(acknowledged.is_subset(&kept), "{acknowledged:?} {kept:?}");
    assert!(stdout(&*place, &["verify-log"]).await.contains("all whole"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_only_reads_acknowledges_nothing() {
    let cluster = Cluster::start();
    let place = &*cluster.url;
    let (_server, url, browser) = served(place).await;
    let mut owner = PgConnection::connect(place).await.unwrap();
    sqlx::query("ALTER DATABASE postgres SET default_transaction_read_only = on").execute(&mut owner).await.unwrap();
    cluster.stop("fast");
    cluster.start_again();
    let items = json!([item(1)]);
    let answer = browser.post(format!("{url}/api/v1/changes")).json(&items).send().await.unwrap();
    assert_eq!(answer.status(), 503);
    assert_eq!(browser.get(format!("{url}/api/v1/sync")).send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_nowhere_is_said_without_its_password() {
    let said = support::refused("postgres://portal:plain-secret@127.0.0.1:1/portal", &["export"]).await;
    assert!(said.contains("cannot be connected to") && !said.contains("plain-secret"), "{said}");
}

/// A server with a learner's work, and the learner's browser.
async fn served(place: &str) -> (Child, String, Client) {
    add_learner(place).await;
    seed_work(place).await;
    let (server, url) = serve(place).await;
    let browser = sign_in(&url).await;
    (server, url, browser)
}

fn item(attempt: u32) -> Value {
    let change = change(attempt);
    json!({ "id": change["id"], "change": change.to_string() })
}

/// Posts a change at once, and gives what is answered.
fn post(browser: &Client, url: &str, attempt: u32) -> tokio::task::JoinHandle<String> {
    let request = browser.post(format!("{url}/api/v1/changes")).json(&json!([item(attempt)]));
    tokio::spawn(async move { request.send().await.unwrap().text().await.unwrap() })
}

/// The receipt's code, where the answer has one.
fn code(answer: &str) -> Option<String> {
    let acks: Value = serde_json::from_str(answer).unwrap();
    acks[0]["outcome"]["accepted"]["receipt"]["code"].as_str().map(str::to_owned)
}
