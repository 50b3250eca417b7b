//! What learners ask for: kept once, promised an answer by a day, and theirs alone.

use crate::{
    changes::send,
    support::{
        Portal,
        asking::{ID, asked_of, asks, holiday, id, more, more_time, requests},
        at, batch,
        declaration::{attempt, sent},
        pointers,
    },
};
use portal_server::{commands::promise, db::Verdict};
use reqwest::Client;
use serde_json::{Value, json};

async fn start() -> (Portal, Client) {
    asked_of(|_| {}).await
}

/// The problem with which one change is refused.
async fn refused(portal: &Portal, learner: &Client, change: &Value) -> Value {
    let ack = send(portal, learner, &[sent(change)]).await.remove(0);
    let problem = ack["outcome"]["refused"]["problem"].clone();
    assert!(problem.is_object(), "{ack}");
    problem
}

async fn accepted(portal: &Portal, learner: &Client, change: &Value) -> Value {
    let ack = send(portal, learner, &[sent(change)]).await.remove(0);
    assert!(ack["outcome"]["accepted"].is_object(), "{ack}");
    ack
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_comes_back_to_its_learner_with_the_day_that_was_promised() {
    let (portal, learner) = start().await;
    let cursor = portal.sync(&learner, None).await["cursor"].as_str().unwrap().to_owned();
    let ack = accepted(&portal, &learner, &more_time()).await;
    assert_eq!(ack["outcome"]["accepted"], json!({}));
    let news = portal.sync(&learner, Some(&cursor)).await;
    assert_eq!(
        news["changed"]["more"],
        json!([{ "kind": "request", "id": ID, "body": {
            "id": ID,
            "kind": "more-time",
            "about": { "assignment": "weld-1" },
            "until": "2026-12-09",
            "asked_at": "2026-11-23T11:58:00Z",
            "received_at": "2026-11-23T12:00:00Z",
            "status": "received",
            "promised_by": "2026-11-25",
            "said": [{
                "id": ID, "at": "2026-11-23T12:00:00Z", "status": "received", "says": { "text": "My shift changed." },
            }],
        } }])
    );
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 1, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_again_is_the_same_and_other_bytes_are_refused() {
    let (portal, learner) = start().await;
    let first = accepted(&portal, &learner, &more_time()).await;
    portal.clock.advance(chrono::Duration::days(1));
    assert_eq!(accepted(&portal, &learner, &more_time()).await, first);
    let mut other = more_time();
    other["what"]["ask"]["until"] = json!("2026-12-10");
    assert_eq!(refused(&portal, &learner, &other).await["status"], 409);
    let message = more(2, ID, json!({ "says": { "text": "And the bus." } }));
    let said = accepted(&portal, &learner, &message).await;
    assert_eq!(accepted(&portal, &learner, &message).await, said);
    let all = requests(&portal, &learner).await;
    assert_eq!((all.len(), all[0]["said"].as_array().unwrap().len()), (1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_learner_sees_nothing_of_it_and_cannot_go_on_with_it() {
    let (portal, learner) = start().await;
    accepted(&portal, &learner, &more_time()).await;
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    assert!(!portal.sync(&other, None).await.to_string().contains("My shift changed"));
    let mut theirs = more(2, ID, json!({ "withdraw": true }));
    assert_eq!(refused(&portal, &other, &theirs).await["type"], "/problems/other-learner");
    theirs["what"]["more"]["learner"] = json!("L1002");
    assert_eq!(refused(&portal, &other, &theirs).await["type"], "/problems/no-such-request");
    let mut about_mine = more_time();
    about_mine["id"] = json!(id(3));
    about_mine["what"]["ask"]["learner"] = json!("L1002");
    portal.import(batch::left("L1002", "weld")).await;
    portal.import(batch::learner_on("L1003", "brick")).await;
    portal.set_passphrase("L1003").await;
    about_mine["what"]["ask"]["learner"] = json!("L1003");
    let third = portal.sign_in("L1003").await;
    assert_eq!(refused(&portal, &third, &about_mine).await["type"], "/problems/no-such-thing");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_promised_day_passes_over_weekends_and_bank_holidays_of_england_in_london_time() {
    let (portal, learner) = start().await;
    portal
        .import(batch::records([
            holiday("2026-12-25", "england"),
            holiday("2026-12-28", "england"),
            holiday("2026-12-29", "scotland"),
        ]))
        .await;
    let ask = |number| asks(number, "learning", json!({ "says": { "text": "Fractions." } }));
    promise::set(&*portal.db, "learning", 2).await.unwrap();
    let mut promised = Vec::new();
    // Half past eleven at night in June is London's next day.
    for (number, now) in [(1, "2026-12-23T12:00:00Z"), (2, "2027-06-01T23:30:00Z")] {
        portal.clock.set(at(now));
        let learner = portal.sign_in("L1001").await;
        accepted(&portal, &learner, &ask(number)).await;
        promised = requests(&portal, &learner).await;
    }
    let days: Vec<&str> = promised.iter().map(|request| request["promised_by"].as_str().unwrap()).collect();
    assert_eq!(days, ["2026-12-29", "2027-06-04"]);
    promise::set(&*portal.db, "learning", 0).await.unwrap();
    let learner_now = portal.sign_in("L1001").await;
    accepted(&portal, &learner_now, &ask(3)).await;
    assert_eq!(requests(&portal, &learner_now).await[2].get("promised_by"), None);
    for (kind, days) in [("telepathy", 1), ("learning", 61)] {
        assert!(promise::set(&*portal.db, kind, days).await.is_err(), "{kind} {days}");
    }
    drop(learner);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_adds_to_a_request_and_withdraws_it_and_then_it_stays() {
    let (portal, learner) = start().await;
    accepted(&portal, &learner, &more_time()).await;
    accepted(&portal, &learner, &more(2, ID, json!({ "says": { "text": "And the bus." } }))).await;
    accepted(&portal, &learner, &more(3, ID, json!({ "withdraw": true }))).await;
    let request = requests(&portal, &learner).await.remove(0);
    assert_eq!(request["status"], "withdrawn");
    let statuses: Vec<&Value> = request["said"].as_array().unwrap().iter().map(|said| &said["status"]).collect();
    assert_eq!(statuses, ["received", "received", "withdrawn"]);
    let again = more(4, ID, json!({ "says": { "text": "Please." } }));
    assert_eq!(refused(&portal, &learner, &again).await["type"], "/problems/request-closed");
    for table in ["request", "request_step"] {
        let sql = sqlx::AssertSqlSafe(format!("DELETE FROM {table}"));
        let error = sqlx::query(sql).execute(&portal.rows().await).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{table}: {error}");
    }
    let error = sqlx::query("UPDATE request SET learner = 'L1001'").execute(&portal.rows().await).await.unwrap_err();
    assert!(error.to_string().contains("append-only"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_is_taken_with_what_it_needs() {
    let (portal, learner) = start().await;
    let text = json!({ "text": "Because." });
    let kinds = [
        ("feedback-question", json!({ "about": { "assignment": "weld-1" }, "says": text })),
        (
            "call-back",
            json!({ "about": { "contact": "lead" }, "says": { "telephone": "020 7946 0123", "suits": "After 5pm" } }),
        ),
        ("learning", json!({ "says": text })),
        ("get-online", json!({ "needs": ["device", "data", "place", "skills"] })),
        ("report-material", json!({ "about": { "link": "https://example.org/x" }, "says": text })),
        ("report-conduct", json!({ "says": text })),
        ("another-format", json!({ "about": { "material": "Week 3 slides" }, "format": "Large print" })),
        ("accessibility-problem", json!({ "says": text, "a_field_of_a_newer_app": [1] })),
    ];
    for (number, (kind, fields)) in (10..).zip(&kinds) {
        accepted(&portal, &learner, &asks(number, kind, fields.clone())).await;
    }
    let there = requests(&portal, &learner).await;
    assert_eq!(there.len(), kinds.len());
    assert!(there.iter().all(|request| request["promised_by"].is_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_or_too_long_is_named() {
    let (portal, learner) = start().await;
    let long = "x".repeat(5_001);
    for (kind, fields, expected) in [
        ("more-time", json!({}), vec!["says/text", "until", "about"]),
        ("call-back", json!({ "says": { "telephone": "no number" } }), vec!["says/telephone"]),
        ("call-back", json!({}), vec!["says/telephone"]),
        ("get-online", json!({}), vec!["needs"]),
        ("another-format", json!({ "about": { "material": " " } }), vec!["format", "about"]),
        ("learning", json!({ "says": { "text": long } }), vec!["says/text"]),
        ("learning", json!({ "says": { "text": " " } }), vec!["says/text"]),
        ("missed-reason", json!({ "about": { "assignment": "weld-1" }, "says": { "text": "x" } }), vec!["about"]),
    ] {
        let problem = refused(&portal, &learner, &asks(7, kind, fields)).await;
        let expected: Vec<String> = expected.iter().map(|field| format!("/what/ask/{field}")).collect();
        assert_eq!(pointers(&problem), expected, "{kind}: {problem}");
    }
    let mut early = more_time();
    early["what"]["ask"]["until"] = json!("2026-12-01");
    assert_eq!(pointers(&refused(&portal, &learner, &early).await), ["/what/ask/until"]);
    let unknown = refused(&portal, &learner, &asks(7, "telepathy", json!({}))).await;
    assert!(unknown["detail"].as_str().unwrap().contains("`telepathy`"), "{unknown}");
    let twice = more(8, ID, json!({ "withdraw": true, "says": { "text": "x" } }));
    assert_eq!(pointers(&refused(&portal, &learner, &twice).await), ["/what/more"]);
    assert!(requests(&portal, &learner).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_and_a_declaration_share_the_chain_and_an_edit_of_either_is_found() {
    let (portal, learner) = start().await;
    send(&portal, &learner, &[sent(&attempt(1)), sent(&more_time()), sent(&more(2, ID, json!({ "withdraw": true })))])
        .await;
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 3, .. }));
    portal.database.drop_triggers().await;
    sqlx::query("UPDATE request_step SET at = at + 1 WHERE number = 2").execute(&portal.rows().await).await.unwrap();
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Broken { sequence: 3, .. }));
}
