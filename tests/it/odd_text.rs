//! Text that one database or the other cannot hold: an answer that says so, never a failure.

use crate::{
    changes::{count, send, welder},
    support::{
        browser,
        declaration::{change, change_with, sent, withdrawal},
        problem,
    },
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_nul_in_a_change_is_refused_where_it_stands() {
    let (portal, browser) = welder().await;
    for pointer in ["/what/declare/assignment_title", "/what/declare/assignment"] {
        let change = change_with(pointer, json!("Report\u{0} on"));
        let ack = &send(&portal, &browser, &[sent(&change)]).await[0];
        let problem = &ack["outcome"]["refused"]["problem"];
        assert_eq!((&problem["status"], &problem["fields"][0]["pointer"]), (&json!(422), &json!(pointer)), "{ack}");
    }
    let withdrawal = {
        let mut change = withdrawal(1);
        change["what"]["withdraw"]["declaration"] = json!("7d1f\u{0}");
        change
    };
    let ack = &send(&portal, &browser, &[sent(&withdrawal)]).await[0];
    assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 422, "{ack}");
    // An id and a client that are none.
    let nowhere = json!({ "id": "a\u{0}b", "change": change_with("/client", json!("c\u{0}")).to_string() });
    let ack = &send(&portal, &browser, &[nowhere]).await[0];
    assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 422, "{ack}");
    assert_eq!(count(&portal, "change").await, 0);
    // And nothing stands in the way of what comes after.
    assert!(send(&portal, &browser, &[sent(&change())]).await[0]["outcome"]["accepted"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nul_in_a_sign_in_is_refused() {
    let (portal, _) = welder().await;
    let body = json!({ "learner": "L1001\u{0}", "passphrase": "plain-river-stone", "device": "own" });
    problem(portal.post(&browser(), "/api/v1/session", &body).await, 422, "fields").await;
    let code = json!({ "learner": "\u{0}", "code": "ABCD", "new_passphrase": "three small words" });
    problem(portal.post(&browser(), "/api/v1/session", &code).await, 422, "fields").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nul_in_an_address_is_refused() {
    let (portal, browser) = welder().await;
    assert_eq!(portal.get(&browser, "/api/v1/receipts/7K3M%00").await.status(), 404);
    assert_eq!(portal.get(&browser, "/api/v1/sync?cursor=abc%00.1").await.status(), 400);
}
