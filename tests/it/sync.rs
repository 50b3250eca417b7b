//! What a learner is told, and nobody else's.

use crate::support::{
    Portal,
    batch::{self, assignment, extension, records},
};
use portal_server::clock::Clock;
use reqwest::Client;
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_is_everything_of_the_learners() {
    let (portal, browser) = welder().await;
    let delta = portal.sync(&browser, None).await;
    assert_eq!(delta["full"], true);
    assert_eq!(ids(&delta, "courses"), ["weld"]);
    assert_eq!(ids(&delta, "assignments"), ["weld-1", "weld-2"]);
    assert_eq!(ids(&delta, "guidance"), ["passwords"]);
    assert_eq!(delta["server_time"], "2026-11-23T12:00:00Z");
    // What the server sends is what the contract reads.
    let read: contract::delta::Delta = serde_json::from_value(delta).unwrap();
    assert_eq!(read.changed.assignments[0].title, "Report on welding safety");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_new_is_a_304_without_a_body() {
    let (portal, browser) = welder().await;
    let first = portal.get(&browser, "/api/v1/sync").await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let cursor = first.json::<Value>().await.unwrap()["cursor"].as_str().unwrap().to_owned();
    assert_eq!(tag, format!("\"{cursor}\""));
    let url = format!("{}/api/v1/sync?cursor={cursor}", portal.url);
    let again = browser.get(&url).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    // What a learner pays for each look: the heads of both answers and the body of the longer stay below half a kilobyte.
    let head = |answer: &reqwest::Response| -> usize {
        answer.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
    };
    assert!(head(&again) < 300, "{:?}", again.headers());
    let empty = portal.get(&browser, &format!("/api/v1/sync?cursor={cursor}")).await;
    assert_eq!(empty.status(), 200);
    let bytes = head(&empty) + empty.bytes().await.unwrap().len();
    assert!(bytes < 450, "{bytes}");
    assert_eq!(again.text().await.unwrap(), "");
    // News for somebody else is none for this learner.
    portal.import(records([assignment("brick-1", "brick", "A wall")])).await;
    let again = browser.get(&url).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    portal.import(records([assignment("weld-3", "weld", "A joint")])).await;
    let news = browser.get(&url).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(news.status(), 200);
    assert_eq!(ids(&news.json().await.unwrap(), "assignments"), ["weld-3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_import_only_what_changed() {
    let (portal, browser) = welder().await;
    let first = portal.sync(&browser, None).await;
    let mut again = batch::weld();
    again.records[1] = assignment("weld-1", "weld", "Report on safe welding");
    portal.import(again).await;
    let delta = portal.sync(&browser, first["cursor"].as_str()).await;
    assert_eq!(delta.get("full"), None);
    assert_eq!(delta["changed"].as_object().unwrap().len(), 1);
    assert_eq!(delta["changed"]["assignments"][0]["title"], "Report on safe welding");
    let then = portal.sync(&browser, delta["cursor"].as_str()).await;
    assert_eq!(then["changed"], serde_json::json!({}));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_of_the_same_again_is_no_news() {
    let (portal, browser) = welder().await;
    let first = portal.sync(&browser, None).await;
    let counts = portal.db.import(&batch::weld(), portal.clock.now(), false).await.unwrap().counts;
    assert!(counts.0.values().all(|count| !count.writes() && count.unchanged > 0), "{counts:?}");
    let then = portal.sync(&browser, first["cursor"].as_str()).await;
    assert_eq!(then["cursor"], first["cursor"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_the_same_and_writes_nothing() {
    let portal = Portal::start().await;
    let dry = portal.db.import(&batch::weld(), portal.clock.now(), true).await.unwrap();
    let wet = portal.db.import(&batch::weld(), portal.clock.now(), false).await.unwrap();
    assert_eq!(dry, wet);
    assert_eq!(wet.counts.0["assignment"].added, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_a_course_gets_all_of_it() {
    let (portal, browser) = welder().await;
    portal.import(records([batch::course("brick", "Bricklaying"), assignment("brick-1", "brick", "A wall")])).await;
    let first = portal.sync(&browser, None).await;
    assert_eq!(ids(&first, "courses"), ["weld"]);
    portal.import(batch::learner_on("L1001", "brick")).await;
    let delta = portal.sync(&browser, first["cursor"].as_str()).await;
    assert_eq!(ids(&delta, "courses"), ["brick"]);
    assert_eq!(ids(&delta, "assignments"), ["brick-1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_extension_is_for_its_learner_alone() {
    let (portal, browser) = welder().await;
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    portal.import(records([extension("L1001", "weld-1", "2026-12-08T23:59:00Z")])).await;
    let delta = portal.sync(&browser, None).await;
    assert_eq!(delta["changed"]["extensions"][0]["assignment"], "weld-1");
    assert_eq!(delta["changed"]["extensions"][0]["due"], "2026-12-08T23:59:00Z");
    let theirs = portal.sync(&other, None).await;
    assert_eq!(theirs["changed"].get("extensions"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_others_ever_travels() {
    let (portal, browser) = welder().await;
    portal.learner("L2002").await;
    portal.import(batch::learner_on("L3003", "brick")).await;
    portal
        .import(records([
            extension("L2002", "weld-1", "2026-12-08T23:59:00Z"),
            extension("L3003", "brick-1", "2026-12-08T23:59:00Z"),
            assignment("brick-1", "brick", "A wall"),
        ]))
        .await;
    let text = portal.get(&browser, "/api/v1/sync?learner=L2002").await.text().await.unwrap();
    for foreign in ["L2002", "L3003", "brick", "extension"] {
        assert!(!text.contains(foreign), "{foreign} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_is_not_known_gets_everything() {
    let (portal, browser) = welder().await;
    let cursor = portal.sync(&browser, None).await["cursor"].as_str().unwrap().to_owned();
    let (epoch, revision) = cursor.split_once('.').unwrap();
    let ahead = format!("{epoch}.{}", revision.parse::<i64>().unwrap() + 1);
    for odd in ["", "nonsense", "another.1", &ahead, &format!("{epoch}.-1"), &format!("{epoch}.x")] {
        let delta = portal.sync(&browser, Some(odd)).await;
        assert_eq!(delta["full"], true, "{odd}");
        assert_eq!(ids(&delta, "courses"), ["weld"], "{odd}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_compressed_and_its_tag_still_counts() {
    let (portal, browser) = welder().await;
    let many = (0..50).map(|i| assignment(&format!("weld-{i:02}"), "weld", "A piece of work with a deadline"));
    portal.import(records(many)).await;
    let url = format!("{}/api/v1/sync", portal.url);
    let plain = browser.get(&url).send().await.unwrap().bytes().await.unwrap();
    for encoding in ["br", "gzip"] {
        let small = browser.get(&url).header("accept-encoding", encoding).send().await.unwrap();
        assert_eq!(small.headers()["content-encoding"], encoding);
        let tag = small.headers()["etag"].clone();
        let bytes = small.bytes().await.unwrap();
        assert!(bytes.len() * 5 < plain.len(), "{encoding}: {} of {}", bytes.len(), plain.len());
        let again =
            browser.get(&url).header("accept-encoding", encoding).header("if-none-match", tag).send().await.unwrap();
        assert_eq!(again.status(), 304);
    }
}

/// A portal with the course, and the browser of a learner on it.
pub async fn welder() -> (Portal, Client) {
    let portal = Portal::start().await;
    portal.import(batch::weld()).await;
    portal.learner("L1001").await;
    let browser = portal.sign_in("L1001").await;
    (portal, browser)
}

/// The ids of one list, sorted.
pub fn ids(delta: &Value, list: &str) -> Vec<String> {
    let empty = Vec::new();
    let records = delta["changed"][list].as_array().unwrap_or(&empty);
    let mut ids: Vec<String> = records.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}
