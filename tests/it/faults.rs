//! A database that cannot write: no acknowledgement, and everything works again after.

use crate::{
    changes::{send, welder},
    support::{
        declaration::{change, sent},
        problem,
    },
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn while_another_process_holds_the_lock_nothing_is_acknowledged() {
    let (portal, browser) = welder().await;
    let mut holder = portal.database.hold_the_lock().await;
    let answer = portal.post(&browser, "/api/v1/changes", &json!([sent(&change())])).await;
    assert_eq!(answer.headers()["retry-after"], "5");
    problem(answer, 503, "unavailable").await;
    // Reading goes on.
    assert_eq!(portal.get(&browser, "/api/v1/sync").await.status(), 200);
    assert_eq!(portal.get(&browser, "/readyz").await.status(), 200);
    sqlx::query("ROLLBACK").execute(&mut *holder).await.unwrap();
    assert!(send(&portal, &browser, &[sent(&change())]).await[0]["outcome"]["accepted"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_before_is_answered_while_the_rest_must_wait() {
    let (portal, browser) = welder().await;
    let first = send(&portal, &browser, &[sent(&change())]).await.remove(0);
    let _holder = portal.database.hold_the_lock().await;
    let second = crate::support::declaration::attempt(2);
    let answers = send(&portal, &browser, &[sent(&change()), sent(&second)]).await;
    assert_eq!(answers[0], first);
    assert!(answers[1]["outcome"]["later"].is_object());
    assert_eq!(answers[1]["outcome"]["later"]["problem"]["status"], 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_is_said_to_be_not_ready() {
    let (portal, browser) = welder().await;
    assert_eq!(portal.get(&browser, "/readyz").await.status(), 200);
    portal.db.close().await;
    problem(portal.get(&browser, "/readyz").await, 503, "unavailable").await;
    problem(portal.get(&browser, "/api/v1/sync").await, 503, "unavailable").await;
    assert_eq!(portal.get(&browser, "/healthz").await.status(), 200);
}
