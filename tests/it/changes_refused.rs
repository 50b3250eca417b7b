//! What is not kept, and what the learner is told to do.

use crate::{
    changes::{count, send, welder},
    support::{
        batch,
        declaration::{attempt, change, change_with, sent},
        pointers,
    },
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn another_learners_is_not_theirs_to_send() {
    let (portal, _) = welder().await;
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    let refused = &refused(&portal, &other, &change()).await;
    assert_eq!((refused["status"].as_u64(), pointers(refused)), (Some(403), vec!["/what/declare/learner"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_learners_receipt_is_not_given_away() {
    let (portal, browser) = welder().await;
    send(&portal, &browser, &[sent(&change())]).await;
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    let ack = &send(&portal, &other, &[sent(&change())]).await[0];
    assert!(ack["outcome"]["refused"].is_object());
    assert!(!ack.to_string().contains("code"), "{ack}");
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_is_not_in_their_list() {
    let (portal, browser) = welder().await;
    portal.import(batch::records([batch::assignment("brick-1", "brick", "A wall")])).await;
    for work in ["brick-1", "nowhere"] {
        let refused = &refused(&portal, &browser, &change_with("/what/declare/assignment", json!(work))).await;
        assert_eq!(
            (refused["status"].as_u64(), pointers(refused)),
            (Some(404), vec!["/what/declare/assignment"]),
            "{work}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_that_is_signed_already() {
    let (portal, browser) = welder().await;
    send(&portal, &browser, &[sent(&attempt(1))]).await;
    let mut again = attempt(1);
    again["id"] = json!("7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b0aa");
    let refused = &refused(&portal, &browser, &again).await;
    assert_eq!((refused["status"].as_u64(), pointers(refused)), (Some(409), vec!["/what/declare/attempt"]));
    assert!(refused["detail"].as_str().unwrap().contains("attempt 2"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn group_work_without_their_own_part() {
    let (portal, browser) = welder().await;
    let mut work = change_with("/what/declare/assignment", json!("weld-2"));
    for part in [None, Some(""), Some("  \n")] {
        work["what"]["declare"]["own_part"] = json!(part);
        assert_eq!(pointers(&refused(&portal, &browser, &work).await), ["/what/declare/own_part"], "{part:?}");
    }
    work["what"]["declare"]["own_part"] = json!("I cut the legs.");
    assert!(send(&portal, &browser, &[sent(&work)]).await[0]["outcome"]["accepted"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_at_fault_is_pointed_at() {
    let (portal, browser) = welder().await;
    let long = json!("x".repeat(4001));
    let many = json!(vec![json!({ "who": "A", "how": "B" }); 101]);
    for (pointer, value, at) in [
        ("/id", json!("not-a-uuid"), "/id"),
        ("/client", json!("me"), "/client"),
        ("/seq", json!(0), "/seq"),
        ("/seq", json!(u64::MAX), "/seq"),
        ("/what/declare/attempt", json!(0), "/what/declare/attempt"),
        ("/what/declare/assignment_title", long.clone(), "/what/declare/assignment_title"),
        ("/what/declare/rules/text/0", long.clone(), "/what/declare/rules/text/0"),
        ("/what/declare/help", json!({ "some": [] }), "/what/declare/help"),
        ("/what/declare/help/some", many, "/what/declare/help/some"),
        ("/what/declare/help/some/0/how", long.clone(), "/what/declare/help/some/0/how"),
        ("/what/declare/sources", json!({ "some": [] }), "/what/declare/sources"),
        ("/what/declare/sources/some/1/web/address", long, "/what/declare/sources/some/1/web/address"),
        ("/what/declare/ai", json!({ "some": [] }), "/what/declare/ai"),
        ("/what/declare/files/0/sha256", json!("A".repeat(64)), "/what/declare/files/0/sha256"),
        ("/what/declare/files/0/sha256", json!("a".repeat(63)), "/what/declare/files/0/sha256"),
        ("/what/declare/wording/statements", json!([]), "/what/declare/wording/statements"),
        ("/what/declare/wording/statements", json!([" "]), "/what/declare/wording/statements"),
        ("/what/declare/signed_name", json!(" \t"), "/what/declare/signed_name"),
        ("/what/declare/signed_name", json!("x".repeat(201)), "/what/declare/signed_name"),
    ] {
        let refused = &refused(&portal, &browser, &change_with(pointer, value)).await;
        assert_eq!((refused["status"].as_u64(), pointers(refused)), (Some(422), vec![at]), "{refused}");
    }
    assert_eq!(count(&portal, "change").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_fields_at_fault_are_named_at_once() {
    let (portal, browser) = welder().await;
    let mut change = change_with("/what/declare/signed_name", json!(""));
    change["what"]["declare"]["ai"] = json!({ "some": [] });
    assert_eq!(pointers(&refused(&portal, &browser, &change).await), ["/what/declare/ai", "/what/declare/signed_name"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_that_is_allowed_is_kept() {
    let (portal, browser) = welder().await;
    // Characters count, not bytes.
    let mut change = change_with("/what/declare/help/some/0/how", json!("\u{e9}".repeat(4000)));
    change["what"]["declare"]["signed_name"] = json!("\u{141}".repeat(200));
    assert!(send(&portal, &browser, &[sent(&change)]).await[0]["outcome"]["accepted"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_sent_under_another_id() {
    let (portal, browser) = welder().await;
    let item = json!({ "id": "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b0bb", "change": change().to_string() });
    let ack = &send(&portal, &browser, &[item]).await[0];
    assert_eq!(ack["outcome"]["refused"]["problem"]["type"], "/problems/other-id");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_too_long_as_a_whole() {
    let (portal, browser) = welder().await;
    let mut long = change();
    long["padding"] = json!("x".repeat(contract::change::CHANGE_BYTES_MAX));
    assert_eq!(refused(&portal, &browser, &long).await["status"], 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_never_breaks_the_server() {
    let (portal, browser) = welder().await;
    let deep = "[".repeat(100_000);
    for odd in ["", "null", "[]", "{}", "\"text\"", "\u{0}", &deep, "{\"id\":\"x\",\"what\":{\"unheard-of\":{}}}"] {
        let item = json!({ "id": "7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b0cc", "change": odd });
        let ack = &send(&portal, &browser, &[item]).await[0];
        assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 422, "{}", &odd[..odd.len().min(20)]);
    }
}

async fn refused(portal: &crate::support::Portal, browser: &reqwest::Client, change: &Value) -> Value {
    let ack = send(portal, browser, &[sent(change)]).await.remove(0);
    assert!(ack["outcome"]["refused"].is_object(), "{ack}");
    ack["outcome"]["refused"]["problem"].clone()
}
