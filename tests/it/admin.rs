//! The staff calls, which only exist where there is a key.

use crate::{
    changes::send,
    support::{
        Portal, batch, browser,
        declaration::{WORDING, change_with, sent},
        problem,
    },
};
use portal_server::{clock::Clock, commands::staff};
use serde_json::json;

const KEY: &str = "a-long-random-staff-key";

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_configured_there_is_nothing() {
    let portal = Portal::start().await;
    problem(portal.get(&browser(), "/api/v1/admin/declarations").await, 404, "not-found").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_key_itself_opens() {
    let portal = staffed().await;
    let url = format!("{}/api/v1/admin/declarations", portal.url);
    for key in ["", "Bearer ", "Bearer a-long-random-staff-kez", "Bearer a-long-random-staff-key2", KEY] {
        let answer = browser().get(&url).header("authorization", key).send().await.unwrap();
        problem(answer, 401, "not-staff").await;
    }
    assert_eq!(browser().get(&url).bearer_auth(KEY).send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_export_has_the_wording_and_runs_no_formula() {
    let portal = staffed().await;
    portal.import(batch::weld()).await;
    portal.learner("L1001").await;
    let learner = portal.sign_in("L1001").await;
    let change = change_with("/what/declare/signed_name", json!("=HYPERLINK(\"https://example.org\")"));
    let ack = &send(&portal, &learner, &[sent(&change)]).await[0];
    let url = format!("{}/api/v1/admin/declarations", portal.url);
    let answer = browser().get(url).bearer_auth(KEY).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let text = answer.text().await.unwrap();
    assert!(text.starts_with("code,learner,"), "{text}");
    assert!(text.contains(ack["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap()));
    assert!(text.contains(&WORDING.replace('"', "\"\"")), "{text}");
    assert!(text.contains(",\"'=HYPERLINK("), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_read_is_refused_with_its_name() {
    let portal = staffed().await;
    let url = format!("{}/api/v1/admin/import?name=holiday.png", portal.url);
    let answer = browser().post(url).bearer_auth(KEY).body("no table").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let report: serde_json::Value = answer.json().await.unwrap();
    assert!(report["refused"][0].as_str().unwrap().starts_with("holiday.png"), "{report}");
    assert_eq!(report["counts"], json!({}));
}

async fn staffed() -> Portal {
    Portal::start_with(|config| config.staff_key = Some(KEY.into())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_ones_own_opens_until_it_is_revoked_and_is_kept_as_its_hash_alone() {
    let portal = Portal::start().await;
    let key = staff::add(&*portal.db, "h.price", "Helen Price", "assessor").await.unwrap();
    let url = format!("{}/api/v1/admin/declarations", portal.url);
    let ask = async |key: &str| browser().get(&url).bearer_auth(key).send().await.unwrap();
    assert_eq!(ask(&key).await.status(), 200);
    problem(ask(KEY).await, 401, "not-staff").await;
    assert!(!format!("{:?}", portal.everything().await).contains(&key));
    let _ = portal.db.revoke_staff("h.price", portal.clock.now()).await.unwrap();
    // The last key is gone, and the calls with it.
    problem(ask(&key).await, 404, "not-found").await;
    let said = staff::add(&*portal.db, "h.price", "Helen Price", "tutor").await.unwrap_err().to_string();
    assert!(said.contains("Choose another"), "{said}");
    let said = staff::add(&*portal.db, "x", "X", "king").await.unwrap_err().to_string();
    assert!(said.contains("safeguarding-lead"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_for_another_role_says_whom_to_ask() {
    let portal = Portal::start().await;
    let key = staff::add(&*portal.db, "t", "Tutor", "tutor").await.unwrap();
    let answer = browser().get(format!("{}/api/v1/admin/gaps", portal.url)).bearer_auth(&key).send().await.unwrap();
    let problem = problem(answer, 403, "other-role").await;
    assert!(problem["detail"].as_str().unwrap().contains("administrator"), "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_export_is_in_the_access_log_and_stays_there() {
    let portal = staffed().await;
    let key = staff::add(&*portal.db, "h.price", "Helen Price", "assessor").await.unwrap();
    let get = async |key: &str, call: &str| {
        let answer =
            browser().get(format!("{}/api/v1/admin/{call}", portal.url)).bearer_auth(key).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap()
    };
    get(&key, "declarations").await;
    let log = get(KEY, "access-log").await;
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines[1], "2026-11-23T12:00:00.000Z,h.price,Helen Price,assessor,export-declarations,");
    assert_eq!(lines[2], "2026-11-23T12:00:00.000Z,staff-key,Staff key,administrator,export-access-log,");
    for change in ["DELETE FROM access_log", "UPDATE access_log SET name = ''"] {
        let error = sqlx::query(change).execute(&portal.rows().await).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
}
