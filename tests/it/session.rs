//! When a session ends.

use crate::support::{Portal, browser, credentials, problem};
use chrono::Duration;
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn on_a_shared_computer_ten_idle_minutes_end_it() {
    let (portal, browser) = signed_in("shared").await;
    portal.clock.advance(Duration::seconds(599));
    assert_eq!(portal.get(&browser, "/api/v1/session").await.status(), 200);
    portal.clock.advance(Duration::seconds(599));
    assert_eq!(portal.get(&browser, "/api/v1/session").await.status(), 200);
    portal.clock.advance(Duration::minutes(10));
    problem(portal.get(&browser, "/api/v1/session").await, 401, "not-signed-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_shared_computer_twelve_hours_end_it_however_busy() {
    let (portal, browser) = signed_in("shared").await;
    for _ in 0..79 {
        portal.clock.advance(Duration::minutes(9));
        assert_eq!(portal.get(&browser, "/api/v1/sync").await.status(), 200);
    }
    let who: Value = portal.get(&browser, "/api/v1/session").await.json().await.unwrap();
    assert_eq!(who["until"], "2026-11-24T00:00:00Z");
    portal.clock.advance(Duration::minutes(9));
    problem(portal.get(&browser, "/api/v1/sync").await, 401, "not-signed-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_an_own_device_thirty_idle_days_end_it() {
    let (portal, browser) = signed_in("own").await;
    for _ in 0..3 {
        portal.clock.advance(Duration::days(29));
        let answer = portal.get(&browser, "/api/v1/session").await;
        assert_eq!(answer.status(), 200);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("Max-Age=2592000"), "the browser's copy is renewed: {cookie}");
    }
    portal.clock.advance(Duration::days(30));
    problem(portal.get(&browser, "/api/v1/session").await, 401, "not-signed-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_use_is_written_at_most_once_a_minute() {
    let (portal, browser) = signed_in("own").await;
    let seen = async || -> i64 {
        sqlx::query_scalar("SELECT last_seen FROM session").fetch_one(&portal.rows().await).await.unwrap()
    };
    let first = seen().await;
    portal.clock.advance(Duration::seconds(59));
    portal.get(&browser, "/api/v1/session").await;
    assert_eq!(seen().await, first);
    portal.clock.advance(Duration::seconds(1));
    portal.get(&browser, "/api/v1/session").await;
    assert_eq!(seen().await, first + 60_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_revokes_it() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    let answer = portal.post(&browser(), "/api/v1/session", &credentials("L1001", "own")).await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let session = format!("{}/api/v1/session", portal.url);
    let out = reqwest::Client::new().delete(&session).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(out.status(), 204);
    assert!(out.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    let again = reqwest::Client::new().get(&session).header("cookie", &cookie).send().await.unwrap();
    problem(again, 401, "not-signed-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_one_every_call_of_a_learner_is_refused() {
    let portal = Portal::start().await;
    for path in ["/api/v1/session", "/api/v1/sync"] {
        problem(portal.get(&browser(), path).await, 401, "not-signed-in").await;
    }
    let answer = portal.post(&browser(), "/api/v1/changes", &serde_json::json!([])).await;
    problem(answer, 401, "not-signed-in").await;
}

async fn signed_in(device: &str) -> (Portal, reqwest::Client) {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    let browser = browser();
    assert_eq!(portal.post(&browser, "/api/v1/session", &credentials("L1001", device)).await.status(), 200);
    (portal, browser)
}
