//! What a learner is told to forget.

use crate::{
    support::{
        Portal,
        batch::{self, assignment, extension, records},
    },
    sync::ids,
};
use import::{Audience, RecordRow};
use reqwest::Client;
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_was_taken_away() {
    let (portal, browser, cursor) = synced().await;
    portal.import(records([removed(assignment("weld-1", "weld", "Report on welding safety"))])).await;
    let delta = portal.sync(&browser, Some(&cursor)).await;
    assert_eq!(gone(&delta), ["assignment weld-1"]);
    assert_eq!(ids(&portal.sync(&browser, None).await, "assignments"), ["weld-2"]);
    let then = portal.sync(&browser, delta["cursor"].as_str()).await;
    assert_eq!(then.get("removed"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_came_back_is_there_again() {
    let (portal, browser, cursor) = synced().await;
    let work = assignment("weld-1", "weld", "Report on welding safety");
    portal.import(records([removed(work.clone())])).await;
    portal.import(records([work])).await;
    let delta = portal.sync(&browser, Some(&cursor)).await;
    assert_eq!((ids(&delta, "assignments"), gone(&delta)), (vec!["weld-1".to_owned()], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_extension_goes_by_its_assignments_id() {
    let (portal, browser, _) = synced().await;
    let extension = extension("L1001", "weld-1", "2026-12-08T23:59:00Z");
    portal.import(records([extension.clone()])).await;
    let cursor = portal.sync(&browser, None).await["cursor"].as_str().unwrap().to_owned();
    portal.import(records([removed(extension)])).await;
    assert_eq!(gone(&portal.sync(&browser, Some(&cursor)).await), ["extension weld-1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_course_that_was_left() {
    let (portal, browser, cursor) = synced().await;
    portal.import(batch::left("L1001", "weld")).await;
    let delta = portal.sync(&browser, Some(&cursor)).await;
    assert_eq!(gone(&delta), ["assignment weld-1", "assignment weld-2", "course weld"]);
    // News of that course is no longer theirs.
    portal.import(records([assignment("weld-3", "weld", "A joint")])).await;
    let then = portal.sync(&browser, delta["cursor"].as_str()).await;
    assert_eq!((then["changed"].clone(), gone(&then)), (serde_json::json!({}), vec![]));
    assert_eq!(ids(&portal.sync(&browser, None).await, "courses"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_and_came_back_has_what_is_there_now() {
    let (portal, browser, cursor) = synced().await;
    portal.import(batch::left("L1001", "weld")).await;
    portal.import(records([removed(assignment("weld-1", "weld", "Report on welding safety"))])).await;
    portal.import(batch::learner_on("L1001", "weld")).await;
    let delta = portal.sync(&browser, Some(&cursor)).await;
    assert_eq!(gone(&delta), ["assignment weld-1"]);
    assert_eq!(ids(&delta, "assignments"), ["weld-2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_went_to_another_audience() {
    let (portal, browser, cursor) = synced().await;
    portal.import(records([for_course(batch::guidance("passwords", "Keep it"), "brick")])).await;
    let delta = portal.sync(&browser, Some(&cursor)).await;
    assert_eq!(gone(&delta), ["guidance passwords"]);
    portal.import(records([for_course(batch::guidance("passwords", "Keep it"), "weld")])).await;
    let back = portal.sync(&browser, delta["cursor"].as_str()).await;
    assert_eq!((ids(&back, "guidance"), gone(&back)), (vec!["passwords".to_owned()], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_went_to_a_course_left_long_ago() {
    let (portal, browser, _) = synced().await;
    portal.import(batch::learner_on("L1001", "brick")).await;
    portal.import(batch::left("L1001", "brick")).await;
    let cursor = portal.sync(&browser, None).await["cursor"].as_str().unwrap().to_owned();
    portal.import(records([for_course(batch::guidance("passwords", "Keep it"), "brick")])).await;
    assert_eq!(gone(&portal.sync(&browser, Some(&cursor)).await), ["guidance passwords"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_still_sees_a_moved_record_keeps_it() {
    let (portal, browser, cursor) = synced().await;
    portal.import(records([for_course(batch::guidance("passwords", "Keep it"), "weld")])).await;
    let delta = portal.sync(&browser, Some(&cursor)).await;
    assert_eq!((ids(&delta, "guidance"), gone(&delta)), (vec!["passwords".to_owned()], vec![]));
}

async fn synced() -> (Portal, Client, String) {
    let portal = Portal::start().await;
    portal.import(batch::weld()).await;
    portal.learner("L1001").await;
    let browser = portal.sign_in("L1001").await;
    let cursor = portal.sync(&browser, None).await["cursor"].as_str().unwrap().to_owned();
    (portal, browser, cursor)
}

fn removed(row: RecordRow) -> RecordRow {
    RecordRow { removed: true, ..row }
}

fn for_course(row: RecordRow, course: &str) -> RecordRow {
    RecordRow { audience: Audience::Course(course.into()), ..row }
}

fn gone(delta: &Value) -> Vec<String> {
    let empty = Vec::new();
    let removed = delta["removed"].as_array().unwrap_or(&empty);
    let mut gone: Vec<String> = removed
        .iter()
        .map(|one| format!("{} {}", one["kind"].as_str().unwrap(), one["id"].as_str().unwrap()))
        .collect();
    gone.sort();
    gone
}
