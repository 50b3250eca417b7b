//! Feedback: promised when work is handed in, given by name, corrected without loss, and its learner's alone.

use crate::{
    acts::{acts, records},
    changes::send,
    support::{
        Portal,
        asking::{Clerk, asked_of, holiday},
        at, batch,
        declaration::{attempt, sent, withdrawal},
        pointers, problem,
    },
};
use contract::deadline::Assignment;
use portal_server::{commands::promise, db::Verdict};
use reqwest::Client;
use serde_json::{Value, json};

async fn start() -> (Portal, Client) {
    asked_of(|_| {}).await
}

fn entry(number: u32, fields: Value) -> Value {
    let id = format!("9d1f0f0a-3c7e-4f0e-9a54-0d3a54b0a{number:03}");
    let mut entry = json!({ "id": id, "learner": "L1001", "assignment": "weld-1", "attempt": 1 });
    entry.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    entry
}

fn gives(number: u32, text: &str, outcome: &str) -> Value {
    entry(number, json!({ "text": text, "outcome": outcome }))
}

async fn entered(clerk: &Clerk, path: &str, body: &Value) -> Value {
    let answer = clerk.send(path, body).await;
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// The learner's feedback, as sync tells it.
async fn told(portal: &Portal, learner: &Client) -> Vec<Value> {
    records(portal, learner, "feedback").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_promises_feedback_once_by_the_providers_rule() {
    let (portal, learner) = start().await;
    send(&portal, &learner, &[sent(&attempt(1))]).await;
    let expected = json!([{
        "assignment": "weld-1",
        "attempt": 1,
        "handed_in_at": "2026-11-23T12:00:00Z",
        "promised_by": "2026-12-14",
    }]);
    assert_eq!(json!(told(&portal, &learner).await), expected);
    let cursor = portal.sync(&learner, None).await["cursor"].clone();
    portal.clock.advance(chrono::Duration::days(1));
    send(&portal, &learner, &[sent(&attempt(1))]).await;
    assert_eq!(portal.sync(&learner, None).await["cursor"], cursor, "a repeat makes no second promise");

    // What was promised stays, and what comes next is by the new rule.
    promise::set(&*portal.db, "feedback", 5).await.unwrap();
    send(&portal, &learner, &[sent(&attempt(2))]).await;
    let days: Vec<_> = told(&portal, &learner).await.iter().map(|one| one["promised_by"].clone()).collect();
    assert_eq!(days, ["2026-12-14", "2026-12-01"]);
    promise::set(&*portal.db, "feedback", 0).await.unwrap();
    send(&portal, &learner, &[sent(&attempt(3))]).await;
    assert_eq!(told(&portal, &learner).await[2].get("promised_by"), None);
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    assert_eq!(told(&portal, &other).await, [json!(null); 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifteen_working_days_over_christmas_pass_over_its_bank_holidays_and_count_from_londons_day() {
    let (portal, _) = start().await;
    let off = ["2026-12-25", "2026-12-28", "2027-01-01", "2027-08-30"].map(|day| holiday(day, "england"));
    portal.import(batch::records(off)).await;
    portal.import(batch::records([holiday("2026-12-29", "scotland")])).await;
    let mut days = Vec::new();
    // Half past eleven at night in August is London's next day.
    for (n, now) in [(1, "2026-12-18T12:00:00Z"), (2, "2026-12-24T23:59:00Z"), (3, "2027-08-10T23:30:00Z")] {
        portal.clock.set(at(now));
        let learner = portal.sign_in("L1001").await;
        send(&portal, &learner, &[sent(&attempt(n))]).await;
        days.push(told(&portal, &learner).await[n as usize - 1]["promised_by"].clone());
    }
    assert_eq!(days, ["2027-01-13", "2027-01-19", "2027-09-02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_that_the_import_gives_counts_for_work_that_is_in_by_then() {
    let (portal, learner) = start().await;
    let mut row = batch::assignment("weld-1", "weld", "Report on welding safety");
    let work: Assignment = serde_json::from_str(&row.body).unwrap();
    row.body = json!(Assignment { feedback_by: Some(at("2026-12-04T23:59:00Z")), ..work }).to_string();
    portal.import(batch::records([row])).await;
    send(&portal, &learner, &[sent(&attempt(1))]).await;
    portal.clock.set(at("2026-12-07T09:00:00Z"));
    let learner = portal.sign_in("L1001").await;
    send(&portal, &learner, &[sent(&attempt(2))]).await;
    let days: Vec<_> = told(&portal, &learner).await.iter().map(|one| one["promised_by"].clone()).collect();
    assert_eq!(days, ["2026-12-04", "2026-12-28"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_declaration_takes_its_promise_away_but_neither_a_hand_in_nor_feedback() {
    let (portal, learner) = start().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    for n in 1..=3 {
        send(&portal, &learner, &[sent(&attempt(n))]).await;
    }
    let paper = entry(1, json!({ "attempt": 2, "handed_in_at": "2026-11-23T11:00:00Z" }));
    entered(&tutor, "hand-ins", &paper).await;
    let mut given = gives(2, "Good.", "passed");
    given["attempt"] = json!(3);
    entered(&tutor, "feedback", &given).await;
    let cursor = portal.sync(&learner, None).await["cursor"].as_str().unwrap().to_owned();
    for n in 1..=3 {
        send(&portal, &learner, &[sent(&withdrawal(n))]).await;
    }
    let news = portal.sync(&learner, Some(&cursor)).await;
    assert_eq!(news["removed"], json!([{ "kind": "other", "id": "L1001/weld-1/1", "name": "feedback" }]));
    let left = told(&portal, &learner).await;
    assert_eq!(left.iter().map(|one| one["attempt"].clone()).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(left[0]["handed_in_at"], "2026-11-23T11:00:00Z");
    assert_eq!((left[1].get("handed_in_at"), left[1].get("promised_by")), (None, None));
    assert_eq!(left[1]["given"]["text"], "Good.");
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 6, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn work_on_paper_starts_the_clock_when_staff_enter_it_and_never_later_than_the_declaration() {
    let (portal, learner) = start().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    let hand_in = |number, day: &str| entry(number, json!({ "handed_in_at": format!("{day}T09:00:00Z") }));
    let first = entered(&tutor, "hand-ins", &hand_in(1, "2026-11-16")).await;
    assert_eq!(first["promised_by"], "2026-12-07");
    assert_eq!(entered(&tutor, "hand-ins", &hand_in(1, "2026-11-16")).await, first);
    // A mistyped day is put right by another entry; of the two the last counts.
    assert_eq!(entered(&tutor, "hand-ins", &hand_in(2, "2026-11-18")).await["promised_by"], "2026-12-09");
    send(&portal, &learner, &[sent(&attempt(1))]).await;
    assert_eq!(told(&portal, &learner).await[0]["promised_by"], "2026-12-09");
    portal.clock.advance(chrono::Duration::days(2));
    let later = entered(&tutor, "hand-ins", &hand_in(3, "2026-11-25")).await;
    assert_eq!((&later["handed_in_at"], &later["promised_by"]), (&json!("2026-11-23T12:00:00Z"), &json!("2026-12-14")));
    let other = hand_in(1, "2026-11-17");
    problem(tutor.send("hand-ins", &other).await, 409, "id-taken").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_is_told_by_name_and_a_correction_stands_beside_what_was_given_before() {
    let (portal, learner) = start().await;
    let assessor = Clerk::new(&portal, "assessor").await;
    send(&portal, &learner, &[sent(&attempt(1))]).await;
    portal.clock.advance(chrono::Duration::days(2));
    let first = gives(1, " Well done.\r\n\r\nSee page 3. ", "merit");
    let answer = entered(&assessor, "feedback", &first).await;
    assert_eq!(entered(&assessor, "feedback", &first).await, answer, "the same again is the same");
    let given = json!({
        "version": "1",
        "text": "Well done.\n\nSee page 3.",
        "outcome": "merit",
        "by": { "name": "Bo assessor", "role": "assessor" },
        "given_at": "2026-11-25T12:00:00Z",
    });
    assert_eq!(told(&portal, &learner).await[0]["given"], given);
    portal.clock.advance(chrono::Duration::days(1));
    entered(&assessor, "feedback", &gives(2, "Well done. See page 4.", "distinction")).await;
    let now = told(&portal, &learner).await.remove(0)["given"].clone();
    assert_eq!((&now["version"], &now["outcome"]), (&json!("2"), &json!("distinction")));
    assert_eq!(now["given_at"], "2026-11-25T12:00:00Z");
    assert_eq!(now["changed_at"], "2026-11-26T12:00:00Z");
    let all = portal.everything().await;
    assert!(all.iter().any(|value| value.contains("See page 3.")), "what was given first stays");
    for change in ["DELETE FROM entry", "UPDATE entry SET body = ''"] {
        let error = sqlx::query(change).execute(&portal.rows().await).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{change}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_named_and_nothing_is_kept() {
    let (portal, learner) = start().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    let with = |pointer: &str, value: Value| {
        let mut body = gives(1, "Good.", "passed");
        body[pointer] = value;
        body
    };
    for (body, pointer) in [
        (with("text", json!(" \n ")), "/text"),
        (with("text", json!("x".repeat(20_001))), "/text"),
        (with("id", json!("one")), "/id"),
        (with("attempt", json!(0)), "/attempt"),
        (with("attempt", json!(100)), "/attempt"),
        (with("learner", json!("L9999")), "/learner"),
        (with("assignment", json!("none")), "/assignment"),
        (with("given_at", json!("2026-11-24T00:00:00Z")), "/given_at"),
    ] {
        let said = problem(tutor.send("feedback", &body).await, 422, "fields").await;
        assert_eq!(pointers(&said), [pointer], "{said}");
    }
    problem(tutor.send("feedback", &with("outcome", json!("fail"))).await, 422, "wrong-shape").await;
    let future = entry(1, json!({ "handed_in_at": "2026-11-24T00:00:00Z" }));
    assert_eq!(pointers(&problem(tutor.send("hand-ins", &future).await, 422, "fields").await), ["/handed_in_at"]);
    assert_eq!(told(&portal, &learner).await, [json!(null); 0]);
    let longest = with("text", json!("\u{1f600}".repeat(20_000)));
    entered(&tutor, "feedback", &longest).await;
    for role in ["learner-support", "safeguarding-lead"] {
        let clerk = Clerk::new(&portal, role).await;
        problem(clerk.send("feedback", &gives(2, "Good.", "none")).await, 403, "other-role").await;
        problem(clerk.send("hand-ins", &future).await, 403, "other-role").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_how_long_feedback_took_and_when_it_was_read_and_that_they_looked_is_logged() {
    let (portal, learner) = start().await;
    let administrator = Clerk::new(&portal, "administrator").await;
    portal.import(batch::records([holiday("2026-11-25", "england")])).await;
    promise::set(&*portal.db, "feedback", 1).await.unwrap();
    send(&portal, &learner, &[sent(&attempt(1)), sent(&attempt(2))]).await;
    portal.clock.advance(chrono::Duration::days(3));
    entered(&administrator, "feedback", &gives(1, "=1+1", "refer")).await;
    let id = "L1001/weld-1/1";
    let read = acts(7, &json!({ "read": { "kind": "feedback", "id": id, "version": "1" } }));
    let ack = send(&portal, &learner, &[sent(&read)]).await.remove(0);
    assert_eq!(ack["outcome"], json!({ "accepted": {} }));
    let nobodys = acts(8, &json!({ "read": { "kind": "feedback", "id": "L1002/weld-1/1", "version": "1" } }));
    let ack = send(&portal, &learner, &[sent(&nobodys)]).await.remove(0);
    assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 404);

    let csv = administrator.get("export/feedback-times").await.text().await.unwrap();
    let mut lines = csv.lines();
    assert_eq!(
        lines.next().unwrap(),
        "learner,learner_name,assignment,assignment_title,attempt,handed_in_at,promised_by,given_at,changed_at,by,outcome,\
         working_days,overdue,version,read_version,read_at"
    );
    let start = "L1001,L1001 Name,weld-1,Report on welding safety";
    assert_eq!(
        lines.next().unwrap(),
        format!(
            "{start},1,2026-11-23T12:00:00.000Z,2026-11-24,2026-11-26T12:00:00.000Z,,Bo administrator,refer,2,yes,1,1,\
             2026-11-23T11:58:00.000Z"
        )
    );
    assert_eq!(lines.next().unwrap(), format!("{start},2,2026-11-23T12:00:00.000Z,2026-11-24,,,,,,yes,,,"));
    let log = administrator.get("access-log").await.text().await.unwrap();
    assert!(log.contains(",administrator,export-feedback-times,"), "{log}");
    let tutor = Clerk::new(&portal, "tutor").await;
    problem(tutor.get("export/feedback-times").await, 403, "other-role").await;
}
