//! What learners say of sessions: the last word counts, and no name goes with it but by their own tick.

use crate::{
    acts::{acts, records},
    changes::send,
    support::{
        Portal,
        asking::{Clerk, asked_of, id},
        at, batch,
        declaration::sent,
        pointers, problem,
    },
};
use reqwest::Client;
use serde_json::{Value, json};

pub fn rates(number: u32, clear: &str, fields: Value) -> Value {
    let mut rate = json!({ "webinar": "W1", "clear": clear });
    rate.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    acts(number, &json!({ "rate": rate }))
}

async fn start() -> (Portal, Client, Clerk) {
    let (portal, learner) = asked_of(|_| {}).await;
    portal.import(batch::records([batch::session("W1", "weld"), batch::session("W2", "weld")])).await;
    let tutor = Clerk::new(&portal, "tutor").await;
    (portal, learner, tutor)
}

async fn outcome(portal: &Portal, learner: &Client, change: &Value) -> Value {
    send(portal, learner, &[sent(change)]).await.remove(0)["outcome"].clone()
}

/// The same by another learner.
fn by(learner: &str, change: &Value) -> Value {
    serde_json::from_str(&change.to_string().replace("L1001", learner)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_word_counts_and_all_are_kept() {
    let (portal, learner, tutor) = start().await;
    let first = rates(1, "little", json!({ "change": "Slower, please." }));
    assert_eq!(outcome(&portal, &learner, &first).await, json!({ "accepted": {} }));
    let second = rates(2, "most", json!({ "helped": "The film." }));
    assert_eq!(outcome(&portal, &learner, &second).await, json!({ "accepted": {} }));
    let said = records(&portal, &learner, "rating").await;
    assert_eq!(
        json!(said),
        json!([{
            "rate": { "webinar": "W1", "clear": "most", "helped": "The film." },
            "received_at": "2026-11-23T12:00:00Z",
            "changes": [id(1), id(2)],
        }])
    );
    assert_eq!(
        tutor.read("sessions/W1/feedback").await,
        json!({ "webinar": "W1", "said": [{ "clear": "most", "helped": "The film." }] })
    );
    let kept: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM act WHERE kind = 'rate' AND subject = 'W1'")
        .fetch_one(&portal.rows().await)
        .await
        .unwrap();
    assert_eq!(kept, 2);
    assert_eq!(tutor.read("sessions/W2/feedback").await["said"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_named_who_did_not_tick_it_and_the_order_tells_nothing() {
    let (portal, learner, tutor) = start().await;
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    outcome(&portal, &learner, &rates(1, "most", json!({ "helped": "=The film." }))).await;
    outcome(&portal, &other, &by("L1002", &rates(2, "little", json!({ "change": "More time.", "named": true })))).await;
    let said = tutor.read("sessions/W1/feedback").await;
    assert_eq!(
        said["said"],
        json!([
            { "clear": "little", "change": "More time.", "by": { "learner": "L1002", "learner_name": "L1002 Name" } },
            { "clear": "most", "helped": "=The film." },
        ])
    );
    let administrator = Clerk::new(&portal, "administrator").await;
    let answer = administrator.get("export/session-feedback").await;
    assert_eq!(answer.headers()["content-disposition"], "attachment; filename=\"session-feedback.csv\"");
    let csv = answer.text().await.unwrap();
    assert_eq!(
        csv,
        "session,session_title,course,starts,clear,helped,change,learner,learner_name\n\
         W1,Arc welding: questions,weld,2026-11-23T11:00:00.000Z,1,,More time.,L1002,L1002 Name\n\
         W1,Arc welding: questions,weld,2026-11-23T11:00:00.000Z,3,'=The film.,,,\n"
    );
    let log = administrator.get("access-log").await.text().await.unwrap();
    assert!(log.contains("administrator,Bo administrator,administrator,export-session-feedback,"), "{log}");
    // Nor does another learner see what was said.
    let sync = portal.sync(&other, None).await.to_string();
    assert!(!sync.contains("The film."), "{sync}");
    for role in ["assessor", "safeguarding-lead", "learner-support"] {
        let clerk = Clerk::new(&portal, role).await;
        problem(clerk.get("sessions/W1/feedback").await, 403, "other-role").await;
    }
    problem(tutor.get("export/session-feedback").await, 403, "other-role").await;
    problem(tutor.get("sessions/none/feedback").await, 404, "no-such-session").await;
    // Who withdraws the tick is named no more.
    outcome(&portal, &other, &by("L1002", &rates(3, "little", json!({ "change": "More time." })))).await;
    let said = tutor.read("sessions/W1/feedback").await.to_string();
    assert!(!said.contains("L1002"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_has_not_begun_or_is_not_theirs_cannot_be_rated_and_faults_are_named() {
    let (portal, learner, _) = start().await;
    portal.clock.set(at("2026-11-23T10:59:59Z"));
    let early = outcome(&portal, &learner, &rates(1, "all", json!({}))).await;
    assert_eq!(early["refused"]["problem"]["type"], "/problems/not-begun");
    portal.clock.set(at("2026-11-23T12:00:00Z"));
    portal.import(batch::learner_on("L1009", "brick")).await;
    portal.set_passphrase("L1009").await;
    let other = portal.sign_in("L1009").await;
    let theirs = outcome(&portal, &other, &by("L1009", &rates(2, "all", json!({})))).await;
    assert_eq!(theirs["refused"]["problem"]["status"], 404);
    let long = rates(3, "all", json!({ "helped": "x".repeat(2_001), "change": "x".repeat(2_001) }));
    let refused = outcome(&portal, &learner, &long).await["refused"]["problem"].clone();
    assert_eq!(pointers(&refused), ["/what/act/deed/rate/helped", "/what/act/deed/rate/change"]);
    assert!(records(&portal, &learner, "rating").await.is_empty());
}
