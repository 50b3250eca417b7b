//! Time that an answer granted: nothing but another answer takes it back.

use crate::{
    changes::send,
    support::{
        Portal,
        asking::{Clerk, ID, asked_of, asks, id, more, more_time},
        batch,
        declaration::sent,
        pointers, problem,
    },
};
use chrono::Duration;
use import::RecordRow;
use reqwest::Client;
use serde_json::{Value, json};

const NINTH: &str = "2026-12-09T23:59:00Z";

struct Asked {
    portal: Portal,
    learner: Client,
    tutor: Clerk,
    administrator: Clerk,
}

/// L1001 has asked for more time for `weld-1`, which is due at the end of 1 December 2026.
async fn asked() -> Asked {
    let (portal, learner) = asked_of(|_| {}).await;
    let ack = send(&portal, &learner, &[sent(&more_time())]).await;
    assert!(ack[0]["outcome"]["accepted"].is_object(), "{ack:?}");
    let (tutor, administrator) = (Clerk::new(&portal, "tutor").await, Clerk::new(&portal, "administrator").await);
    Asked { portal, learner, tutor, administrator }
}

impl Asked {
    async fn grant(&self, request: &str, date: &str) {
        self.portal.clock.advance(Duration::minutes(1));
        self.tutor.answer(request, &json!({ "decision": { "granted": { "date": date } } })).await;
    }

    async fn refuse(&self, request: &str) {
        self.portal.clock.advance(Duration::minutes(1));
        self.tutor.answer(request, &json!({ "decision": { "refused": { "reason": "It was a mistake." } } })).await;
    }

    /// Until when the learner has time.
    async fn extended(&self) -> Option<String> {
        let news = self.portal.sync(&self.learner, None).await;
        Some(news["changed"]["extensions"].as_array()?.first()?["due"].as_str()?.to_owned())
    }

    async fn import(&self, row: &str, query: &str) -> Value {
        let file = format!("learner,assignment,due_date,removed\n{row}\n");
        let answer = self.administrator.upload(&format!("import?name=extensions.csv{query}"), &file).await;
        let report: Value = answer.json().await.unwrap();
        assert_eq!(report["refused"], json!([]), "{report}");
        report
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_takes_back_no_time_that_an_answer_granted_and_says_so() {
    let asked = asked().await;
    asked.grant(ID, "2026-12-09").await;
    for (row, query) in [
        ("L1001,weld-1,2026-12-05,", "&dry_run"),
        ("L1001,weld-1,2026-12-05,", ""),
        ("L1001,weld-1,2026-12-05,yes", ""),
        ("L1001,weld-1,2026-12-12,yes", ""),
    ] {
        let report = asked.import(row, query).await;
        let unchanged = json!({ "added": 0, "changed": 0, "unchanged": 1, "removed": 0 });
        assert_eq!(report["counts"]["extension"], unchanged, "{row}");
        let note = report["notes"][0].as_str().unwrap();
        let file = if row.contains("-05") {
            "Saturday 5 December 2026, 11:59pm"
        } else {
            "Saturday 12 December 2026, 11:59pm"
        };
        for part in ["L1001, weld-1", file, "Wednesday 9 December 2026, 11:59pm", "answer request", ID] {
            assert!(note.contains(part), "{note}");
        }
        assert_eq!(asked.extended().await.as_deref(), Some(NINTH), "{row}");
    }
    // A file may give more, and take that back; what was granted stays under it.
    for (row, until, notes) in [
        ("L1001,weld-1,2026-12-14,", "2026-12-14T23:59:00Z", 0),
        ("L1001,weld-1,2026-12-05,", "2026-12-14T23:59:00Z", 1),
        ("L1001,weld-1,2026-12-10,", "2026-12-10T23:59:00Z", 0),
        ("L1001,weld-1,2026-12-09,", NINTH, 0),
    ] {
        let report = asked.import(row, "").await;
        assert_eq!(report["notes"].as_array().unwrap().len(), notes, "{report}");
        assert_eq!(asked.extended().await.as_deref(), Some(until), "{row}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_answer_granted_or_its_learner_withdrew_is_the_files() {
    let asked = asked().await;
    let shortens = async |report: Value| {
        assert_eq!((&report["notes"], &report["counts"]["extension"]["changed"]), (&json!([]), &json!(1)));
        assert_eq!(asked.extended().await.as_deref(), Some("2026-12-05T23:59:00Z"));
    };
    asked.portal.import(batch::records([batch::extension("L1001", "weld-1", NINTH)])).await;
    shortens(asked.import("L1001,weld-1,2026-12-05,", "").await).await;
    asked.grant(ID, "2026-12-09").await;
    send(&asked.portal, &asked.learner, &[sent(&more(2, ID, json!({ "withdraw": true })))]).await;
    shortens(asked.import("L1001,weld-1,2026-12-05,", "").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_that_is_refused_after_all_goes_with_the_answer_and_other_time_stays() {
    let asked = asked().await;
    asked.grant(ID, "2026-12-09").await;
    asked.refuse(ID).await;
    assert_eq!(asked.extended().await, None);
    asked.grant(ID, "2026-12-09").await;
    assert_eq!(asked.extended().await.as_deref(), Some(NINTH));

    // A file gave more in the meantime.
    asked.import("L1001,weld-1,2026-12-14,", "").await;
    asked.refuse(ID).await;
    assert_eq!(asked.extended().await.as_deref(), Some("2026-12-14T23:59:00Z"));

    // Another request was granted too, and that answer stands.
    let row = batch::extension("L1001", "weld-1", NINTH);
    asked.portal.import(batch::records([RecordRow { removed: true, ..row }])).await;
    asked.grant(ID, "2026-12-09").await;
    let again = asks(
        3,
        "more-time",
        json!({ "about": { "assignment": "weld-1" }, "until": "2026-12-16", "says": { "text": "I am ill." } }),
    );
    let ack = send(&asked.portal, &asked.learner, &[sent(&again)]).await;
    assert!(ack[0]["outcome"]["accepted"].is_object(), "{ack:?}");
    asked.grant(&id(3), "2026-12-16").await;
    asked.refuse(&id(3)).await;
    assert_eq!(asked.extended().await.as_deref(), Some(NINTH));
}

#[tokio::test(flavor = "multi_thread")]
async fn time_that_ends_before_the_deadline_is_not_granted() {
    let asked = asked().await;
    for granted in [json!({ "date": "2026-12-01" }), json!({ "date": "2026-11-30", "time": "09:00:00" })] {
        let answer = asked.tutor.post(ID, &json!({ "decision": { "granted": granted } })).await;
        let said = problem(answer, 422, "fields").await;
        assert_eq!(pointers(&said), ["/decision/granted"]);
        let detail = said["fields"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("Tuesday 1 December 2026, 11:59pm in London"), "{detail}");
        assert_eq!(asked.extended().await, None);
    }
    let open = asked.tutor.read("requests?kind=more-time&status=received").await;
    assert_eq!(open["requests"].as_array().unwrap().len(), 1, "nothing was decided");
    // Of work that was taken away there is no deadline to compare with.
    let gone = RecordRow { removed: true, ..batch::assignment("weld-1", "weld", "Report on welding safety") };
    asked.portal.import(batch::records([gone])).await;
    asked.grant(ID, "2026-11-30").await;
}
