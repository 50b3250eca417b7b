//! Withdrawing, and what an assessor confirms: further rows beside a declaration that stays.

use crate::{
    changes::{send, welder},
    support::{
        Portal,
        asking::Clerk,
        batch, browser,
        declaration::{attempt, sent, withdrawal},
        pointers, problem,
    },
};
use chrono::Duration;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_stands_beside_the_declaration_with_its_date() {
    let (portal, learner) = welder().await;
    let first = send(&portal, &learner, &[sent(&attempt(1))]).await;
    let cursor = portal.sync(&learner, None).await["cursor"].as_str().unwrap().to_owned();
    portal.clock.advance(Duration::minutes(1));
    let ack = &send(&portal, &learner, &[sent(&withdrawal(1))]).await[0];
    let receipt = &ack["outcome"]["accepted"]["receipt"];
    assert_eq!(receipt["withdrawn_at"], "2026-11-23T12:01:00Z");
    assert_eq!(receipt["code"], first[0]["outcome"]["accepted"]["receipt"]["code"]);
    // All of the learner's devices are told, and anybody with the code.
    let news = portal.sync(&learner, Some(&cursor)).await;
    assert_eq!(news["changed"]["receipts"], json!([receipt]));
    let code = receipt["code"].as_str().unwrap();
    let check: Value = portal.get(&browser(), &format!("/api/v1/receipts/{code}")).await.json().await.unwrap();
    assert_eq!(check["withdrawn_at"], "2026-11-23T12:01:00Z");
    // The declaration is what it was, to its first answer.
    let kept = portal.db.declarations().await.unwrap();
    assert_eq!((kept.len(), &*kept[0].change), (1, &*attempt(1).to_string()));
    assert_eq!(send(&portal, &learner, &[sent(&attempt(1))]).await, first);
    // The same attempt stays signed; the next one can be.
    assert!(send(&portal, &learner, &[sent(&attempt(2))]).await[0]["outcome"]["accepted"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_ones_own_is_withdrawn_and_only_once() {
    let (portal, learner) = welder().await;
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    let mut theirs = withdrawal(1);
    theirs["what"]["withdraw"]["learner"] = json!("L1002");
    let kind = |acks: Vec<Value>| acks[0]["outcome"]["refused"]["problem"]["type"].clone();
    assert_eq!(kind(send(&portal, &learner, &[sent(&withdrawal(1))]).await), "/problems/no-such-declaration");
    send(&portal, &learner, &[sent(&attempt(1))]).await;
    assert_eq!(kind(send(&portal, &other, &[sent(&theirs)]).await), "/problems/no-such-declaration");
    let done = send(&portal, &learner, &[sent(&withdrawal(1))]).await;
    assert_eq!(send(&portal, &learner, &[sent(&withdrawal(1))]).await, done);
    let mut again = withdrawal(1);
    again["id"] = json!("7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0c777");
    assert_eq!(kind(send(&portal, &learner, &[sent(&again)]).await), "/problems/already-withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_without_name_or_wording_says_what_is_missing() {
    let (portal, learner) = welder().await;
    let mut empty = withdrawal(1);
    empty["what"]["withdraw"]["signed_name"] = json!(" ");
    empty["what"]["withdraw"]["wording"]["statements"] = json!([]);
    let acks = send(&portal, &learner, &[sent(&empty)]).await;
    let fields = pointers(&acks[0]["outcome"]["refused"]["problem"]);
    assert_eq!(fields, ["/what/withdraw/wording/statements", "/what/withdraw/signed_name"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessor_countersigns_once_and_the_learner_is_told() {
    let (portal, learner) = with_staff().await;
    let ack = &send(&portal, &learner, &[sent(&attempt(1))]).await[0];
    let code = ack["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap();
    let statements = json!(["To the best of my knowledge, this is the learner's own work."]);
    let form = json!({ "code": code.to_lowercase(), "assessor": " Ms Price ", "statements": statements });
    let answer = staff(&portal, &form).await;
    assert_eq!(answer.status(), 200);
    let told = portal.sync(&learner, None).await["changed"]["receipts"][0].clone();
    assert_eq!(told["countersigned"], json!({ "by": "Ms Price", "at": "2026-11-23T12:00:00Z" }));
    let check: Value = portal.get(&browser(), &format!("/api/v1/receipts/{code}")).await.json().await.unwrap();
    assert_eq!((&check["countersigned_at"], check.get("countersigned")), (&json!("2026-11-23T12:00:00Z"), None));
    problem(staff(&portal, &form).await, 409, "countersigned").await;
    problem(
        staff(&portal, &json!({ "code": "x", "assessor": "A", "statements": statements })).await,
        404,
        "no-such-receipt",
    )
    .await;
    for (form, pointer) in [
        (json!({ "code": code, "assessor": " ", "statements": statements }), "/assessor"),
        (json!({ "code": code, "assessor": "A", "statements": [" "] }), "/statements"),
    ] {
        assert_eq!(pointers(&problem(staff(&portal, &form).await, 422, "fields").await), [pointer]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_is_not_countersigned() {
    let (portal, learner) = with_staff().await;
    let acks = send(&portal, &learner, &[sent(&attempt(1)), sent(&attempt(2))]).await;
    let form = |ack: &Value| json!({ "code": ack["outcome"]["accepted"]["receipt"]["code"], "assessor": "Ms Price", "statements": ["Hers."] });
    assert_eq!(staff(&portal, &form(&acks[1])).await.status(), 200);
    for attempt in [1, 2] {
        let ack = send(&portal, &learner, &[sent(&withdrawal(attempt))]).await.remove(0);
        assert!(ack["outcome"]["accepted"].is_object(), "{ack}");
    }
    let said = problem(staff(&portal, &form(&acks[0])).await, 409, "declaration-withdrawn").await;
    assert!(said["detail"].as_str().unwrap().contains("withdrawn"), "{said}");
    let told = portal.sync(&learner, None).await["changed"]["receipts"].clone();
    let first = told.as_array().unwrap().iter().find(|receipt| receipt["attempt"] == 1).unwrap();
    assert_eq!(first.get("countersigned"), None);
    problem(staff(&portal, &form(&acks[1])).await, 409, "countersigned").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_key_of_ones_own_one_signs_in_ones_own_name_alone() {
    let (portal, learner) = with_staff().await;
    let assessor = Clerk::new(&portal, "assessor").await;
    let ack = &send(&portal, &learner, &[sent(&attempt(1))]).await[0];
    let code = &ack["outcome"]["accepted"]["receipt"]["code"];
    let form = |name: &str| json!({ "code": code, "assessor": name, "statements": ["Hers."] });
    let said = problem(assessor.send("countersignatures", &form("Ms Price")).await, 422, "fields").await;
    assert_eq!(pointers(&said), ["/assessor"]);
    assert!(said["fields"][0]["detail"].as_str().unwrap().contains("Bo assessor"), "{said}");
    let answer = assessor.send("countersignatures", &form(" Bo assessor ")).await;
    assert_eq!(answer.status(), 200);
    let receipt: Value = answer.json().await.unwrap();
    assert_eq!(receipt["countersigned"]["by"], "Bo assessor");
}

async fn with_staff() -> (Portal, reqwest::Client) {
    let portal = Portal::start_with(|config| config.staff_key = Some("staff-key".into())).await;
    portal.import(batch::weld()).await;
    portal.learner("L1001").await;
    let learner = portal.sign_in("L1001").await;
    (portal, learner)
}

async fn staff(portal: &Portal, form: &Value) -> reqwest::Response {
    let address = format!("{}/api/v1/admin/countersignatures", portal.url);
    browser().post(address).bearer_auth("staff-key").json(form).send().await.unwrap()
}
