//! What staff answer, and what the learner is told of it.

use crate::{
    changes::send,
    support::{
        Portal,
        asking::{Clerk, ID, asked_of, asks, id, more, more_time, requests},
        batch, browser,
        declaration::sent,
        pointers, problem,
    },
};
use chrono::Duration;
use reqwest::Client;
use serde_json::{Value, json};

async fn asked() -> (Portal, Client) {
    let (portal, learner) = asked_of(|config| config.staff_key = Some("key".into())).await;
    let ack = send(&portal, &learner, &[sent(&more_time())]).await;
    assert!(ack[0]["outcome"]["accepted"].is_object(), "{ack:?}");
    (portal, learner)
}

#[tokio::test(flavor = "multi_thread")]
async fn time_that_is_granted_is_an_extension_beside_the_original_in_the_same_news() {
    let (portal, learner) = asked().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    let cursor = portal.sync(&learner, None).await["cursor"].as_str().unwrap().to_owned();
    let step = json!({ "text": "Of course.", "decision": { "granted": { "date": "2026-12-09" } } });
    let answered = tutor.answer(ID, &step).await;
    assert_eq!(answered["request"]["status"], "answered");
    let news = portal.sync(&learner, Some(&cursor)).await;
    let extension = json!([{ "assignment": "weld-1", "due": "2026-12-09T23:59:00Z", "reason": "Of course." }]);
    assert_eq!(news["changed"]["extensions"], extension);
    let request = &news["changed"]["more"][0]["body"];
    assert_eq!(request["decision"], json!({ "granted": { "until": "2026-12-09T23:59:00Z" } }));
    assert_eq!(request["said"][1]["by"], json!({ "name": "Bo tutor", "role": "tutor" }));
    assert_eq!(request["said"][1]["says"], json!({ "text": "Of course." }));
    let all = portal.sync(&learner, None).await;
    let work = all["changed"]["assignments"].as_array().unwrap().iter().find(|work| work["id"] == "weld-1").unwrap();
    assert_eq!(work["due"], "2026-12-01T23:59:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_sent_twice_is_one_step_and_other_words_under_its_id_are_refused() {
    let (portal, learner) = asked().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    let step = json!({ "id": "5d0e6b3e-0000-4000-8000-000000000001", "text": "Ring me." });
    let first = tutor.answer(ID, &step).await;
    assert_eq!(tutor.answer(ID, &step).await, first);
    let mut other = step.clone();
    other["text"] = json!("Do not.");
    problem(tutor.post(ID, &other).await, 409, "id-taken").await;
    assert_eq!(requests(&portal, &learner).await[0]["said"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answered_request_that_goes_on_is_open_again_with_a_new_day() {
    let (portal, learner) = asked().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    tutor.answer(ID, &json!({ "decision": { "refused": { "reason": "It is your third." } } })).await;
    assert_eq!(
        requests(&portal, &learner).await[0]["decision"],
        json!({ "refused": { "reason": "It is your third." } })
    );
    portal.clock.advance(Duration::days(2));
    send(&portal, &learner, &[sent(&more(2, ID, json!({ "says": { "text": "I was ill." } })))]).await;
    let request = requests(&portal, &learner).await.remove(0);
    assert_eq!((&request["status"], &request["promised_by"]), (&json!("received"), &json!("2026-11-27")));
    tutor.answer(ID, &json!({ "status": "closed" })).await;
    let ack = send(&portal, &learner, &[sent(&more(3, ID, json!({ "says": { "text": "But" } })))]).await;
    assert_eq!(ack[0]["outcome"]["refused"]["problem"]["type"], "/problems/request-closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_by_role_and_kind_and_status_and_day_and_in_pages() {
    let (portal, learner) = asked().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    let support = Clerk::new(&portal, "learner-support").await;
    let batches: Vec<Vec<Value>> = (0u32..3)
        .map(|batch| {
            let one = |n: u32| sent(&asks(100 + batch * 20 + n, "learning", json!({ "says": { "text": "Help." } })));
            (0..20).map(one).collect()
        })
        .collect();
    for batch in &batches {
        send(&portal, &learner, batch).await;
    }
    let first = tutor.read("requests").await;
    assert_eq!(first["requests"].as_array().unwrap().len(), 50);
    let next = tutor.read(&format!("requests?after={}", first["next"].as_str().unwrap())).await;
    assert_eq!((next["requests"].as_array().unwrap().len(), next.get("next")), (11, None));
    let count = async |clerk: &Clerk, query: &str| {
        clerk.read(&format!("requests?{query}")).await["requests"].as_array().unwrap().len()
    };
    assert_eq!(count(&tutor, "kind=more-time").await, 1);
    assert_eq!(count(&support, "kind=more-time").await, 0, "not theirs");
    assert_eq!(count(&tutor, "kind=more-time&status=answered").await, 0);
    assert_eq!(count(&tutor, "kind=more-time&overdue=true").await, 0);
    portal.clock.advance(Duration::days(3));
    let late = tutor.read("requests?kind=more-time&overdue=true").await;
    assert_eq!((&late["requests"][0]["overdue"], &late["requests"][0]["learner"]), (&json!(true), &json!("L1001")));
    problem(tutor.get("requests?kind=telepathy").await, 422, "wrong-shape").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_cannot_be_says_why() {
    let (portal, learner) = asked().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    for (step, pointer) in [
        (json!({}), ""),
        (json!({ "status": "withdrawn" }), "/status"),
        (json!({ "text": "x".repeat(5_001) }), "/text"),
        (json!({ "decision": { "granted": { "date": "2026-11-01" } } }), "/decision/granted"),
        (json!({ "decision": { "granted": { "date": "2027-03-28", "time": "01:30:00" } } }), "/decision/granted"),
        (json!({ "decision": { "refused": { "reason": " " } } }), "/decision/refused/reason"),
        (json!({ "decision": { "call": { "date": "2026-12-01", "time": "10:00:00" } } }), "/decision"),
        (json!({ "id": "x", "status": "seen" }), "/id"),
    ] {
        assert_eq!(pointers(&problem(tutor.post(ID, &step).await, 422, "fields").await), [pointer], "{step}");
    }
    problem(tutor.post(&id(9), &json!({ "status": "seen" })).await, 404, "no-such-request").await;
    problem(tutor.post("x", &json!({ "status": "seen" })).await, 404, "no-such-request").await;
    send(&portal, &learner, &[sent(&more(2, ID, json!({ "withdraw": true })))]).await;
    problem(tutor.post(ID, &json!({ "status": "seen" })).await, 409, "request-withdrawn").await;
    // The key of the configuration has no name to put beside an answer.
    let url = format!("{}/api/v1/admin/requests", portal.url);
    problem(browser().get(url).bearer_auth("key").send().await.unwrap(), 403, "not-named").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn getting_online_and_calling_back_end_in_what_was_agreed() {
    let (portal, learner) = asked().await;
    let support = Clerk::new(&portal, "learner-support").await;
    let online = asks(2, "get-online", json!({ "needs": ["data"] }));
    let call = asks(3, "call-back", json!({ "says": { "telephone": "020 7946 0123" } }));
    send(&portal, &learner, &[sent(&online), sent(&call)]).await;
    let agreed = json!({ "agreed": { "what": "We post you a data card.", "from": "2026-12-01" } });
    support.answer(&id(2), &json!({ "decision": agreed })).await;
    support.answer(&id(3), &json!({ "decision": { "call": { "date": "2027-06-01", "time": "10:00:00" } } })).await;
    let told = requests(&portal, &learner).await;
    assert_eq!(told[1]["decision"], agreed);
    assert_eq!(told[2]["decision"], json!({ "call": { "at": "2027-06-01T09:00:00Z" } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_of_requests_runs_no_formula() {
    let (portal, learner) = asked().await;
    portal.import(batch::learner_on("L1001", "weld")).await;
    let administrator = Clerk::new(&portal, "administrator").await;
    send(&portal, &learner, &[sent(&asks(2, "learning", json!({ "says": { "text": "=1+1" } })))]).await;
    let text = administrator.get("export/requests").await.text().await.unwrap();
    assert!(text.starts_with("id,learner,learner_name,kind,"), "{text}");
    assert!(text.contains("learner: =1+1") && !text.contains(",=1+1"), "{text}");
    assert!(text.contains("My shift changed."), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_of_requests_has_what_was_asked_for() {
    let (portal, learner) = asked().await;
    let online = asks(2, "get-online", json!({ "needs": ["device", "data"] }));
    let format = asks(3, "another-format", json!({ "about": { "assignment": "weld-1" }, "format": "=Braille" }));
    send(&portal, &learner, &[sent(&online), sent(&format)]).await;
    let text = Clerk::new(&portal, "administrator").await.get("export/requests").await.text().await.unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let ends = [",decision,said,until,needs,format", ",2026-12-09,,", ",,device data,", ",,,'=Braille"];
    assert_eq!(lines.len(), ends.len(), "{text}");
    for (line, end) in lines.iter().zip(ends) {
        assert!(line.ends_with(end), "{line}");
    }
}
