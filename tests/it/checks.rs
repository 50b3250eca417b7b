//! Understanding checks: for a session's learners, judged once, and told to the tutor.

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
use portal_server::db::Verdict;
use reqwest::Client;
use serde_json::{Value, json};

/// Three questions on the session `W1`.
pub fn check() -> Value {
    json!({
        "id": id(900),
        "webinar": "W1",
        "questions": [
            {
                "kind": "one",
                "question": "What protects your eyes?",
                "choices": [{ "text": "Sunglasses" }, { "text": "A welding mask", "right": true }],
                "explanation": "Sunglasses let the arc through.",
            },
            {
                "kind": "several",
                "question": "What burns?",
                "choices": [
                    { "text": "Oil", "right": true }, { "text": "Paper", "right": true }, { "text": "Steel" },
                ],
                "explanation": "Keep oil and paper away.",
            },
            { "kind": "text", "question": "Why gloves?", "explanation": "Heat and sparks." },
        ],
    })
}

pub fn answers(number: u32, one: &str, several: &[&str], text: &str) -> Value {
    let answers = json!([
        { "number": 1, "chosen": [one] },
        { "number": 2, "chosen": several },
        { "number": 3, "text": text },
    ]);
    acts(number, &json!({ "answer": { "webinar": "W1", "answers": answers } }))
}

/// With a session that is on and its check.
async fn start() -> (Portal, Client, Clerk) {
    let (portal, learner) = asked_of(|_| {}).await;
    portal.import(batch::records([batch::session("W1", "weld")])).await;
    let tutor = Clerk::new(&portal, "tutor").await;
    assert_eq!(tutor.send("checks", &check()).await.status(), 200);
    (portal, learner, tutor)
}

async fn outcome(portal: &Portal, learner: &Client, change: &Value) -> Value {
    send(portal, learner, &[sent(change)]).await.remove(0)["outcome"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_questions_reach_the_learners_of_the_course_alone() {
    let (portal, learner, _) = start().await;
    let questions = records(&portal, &learner, "check").await;
    assert_eq!(questions.len(), 3);
    assert_eq!(questions[1]["choices"][0], json!({ "text": "Oil", "right": true }));
    portal.import(batch::learner_on("L1009", "brick")).await;
    portal.set_passphrase("L1009").await;
    let other = portal.sign_in("L1009").await;
    assert!(!portal.sync(&other, None).await.to_string().contains("What burns?"));
    let theirs = answers(5, "Sunglasses", &["Oil"], "x");
    let theirs: Value = serde_json::from_str(&theirs.to_string().replace("L1001", "L1009")).unwrap();
    assert_eq!(outcome(&portal, &other, &theirs).await["refused"]["problem"]["status"], 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_are_judged_by_the_server_and_only_the_first_answers_count() {
    let (portal, learner, _) = start().await;
    let first = answers(1, "A welding mask", &["Paper"], "Sparks.");
    assert_eq!(outcome(&portal, &learner, &first).await, json!({ "accepted": {} }));
    portal.clock.set(at("2026-11-24T09:00:00Z"));
    let learner = portal.sign_in("L1001").await;
    let second = answers(2, "A welding mask", &["Oil", "Paper"], "Heat.");
    assert_eq!(outcome(&portal, &learner, &second).await, json!({ "accepted": {} }));
    let results = records(&portal, &learner, "check-result").await;
    assert_eq!(
        json!(results),
        json!([{
            "webinar": "W1",
            "answers": [
                { "number": 1, "chosen": ["A welding mask"] },
                { "number": 2, "chosen": ["Paper"] },
                { "number": 3, "text": "Sparks." },
            ],
            "judged": ["right", "wrong", "not-judged"],
            "answered_at": "2026-11-23T11:58:00Z",
            "received_at": "2026-11-23T12:00:00Z",
            "changes": [id(1), id(2)],
        }])
    );
    // The later ones are kept, and are evidence too.
    let kept: Vec<(String, String)> = sqlx::query_as("SELECT subject, body FROM act ORDER BY received_at")
        .fetch_all(&portal.rows().await)
        .await
        .unwrap();
    assert_eq!(kept.len(), 2);
    assert!(kept[1].0 == "W1" && kept[1].1.contains("Heat."), "{kept:?}");
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 2, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_waits_for_the_session_and_counts_as_catch_up_behind_it() {
    let (portal, learner, _) = start().await;
    portal.clock.set(at("2026-11-23T10:59:59Z"));
    let early = outcome(&portal, &learner, &answers(1, "Sunglasses", &["Oil"], "x")).await;
    assert_eq!(early["refused"]["problem"]["type"], "/problems/not-begun");
    portal.clock.set(at("2026-11-23T18:00:00Z"));
    let learner = portal.sign_in("L1001").await;
    // Its clock is two hours behind, as its last contact told.
    let mut late = answers(2, "Sunglasses", &["Oil"], "x");
    late["what"]["act"]["clock_offset_ms"] = json!(7_200_000);
    assert_eq!(outcome(&portal, &learner, &late).await, json!({ "accepted": {} }));
    let result = records(&portal, &learner, "check-result").await.remove(0);
    assert_eq!((&result["catch_up"], &result["answered_at"]), (&json!(true), &json!("2026-11-23T13:58:00Z")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_during_the_session_and_arrives_behind_it_is_no_catch_up() {
    let (portal, _, _) = start().await;
    portal.clock.set(at("2026-11-25T09:00:00Z"));
    let learner = portal.sign_in("L1001").await;
    outcome(&portal, &learner, &answers(1, "Sunglasses", &["Oil"], "x")).await;
    assert_eq!(records(&portal, &learner, "check-result").await[0].get("catch_up"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tutor_sees_how_many_chose_what_and_who_has_not_answered() {
    let (portal, learner, tutor) = start().await;
    portal.learner("L1002").await;
    portal.learner("L1003").await;
    outcome(&portal, &learner, &answers(1, "A welding mask", &["Oil", "Paper"], "Sparks.")).await;
    let other = portal.sign_in("L1002").await;
    let theirs = answers(2, "Sunglasses", &["Oil"], "=Heat.").to_string().replace("L1001", "L1002");
    outcome(&portal, &other, &serde_json::from_str(&theirs).unwrap()).await;
    let summary = tutor.read("checks/W1").await;
    let counts = |at: usize| {
        let question = &summary["questions"][at];
        json!([question["answered"], question["right"], question["chosen"]])
    };
    assert_eq!([counts(0), counts(1), counts(2)], [json!([2, 1, [1, 1]]), json!([2, 1, [2, 1, 0]]), json!([2, 0, []])]);
    assert_eq!(
        summary["questions"][2]["texts"],
        json!([
            { "learner": "L1001", "learner_name": "L1001 Name", "text": "Sparks." },
            { "learner": "L1002", "learner_name": "L1002 Name", "text": "=Heat." },
        ])
    );
    assert_eq!(summary["not_answered"], json!([{ "learner": "L1003", "learner_name": "L1003 Name" }]));
    assert_eq!(json!([summary["answered"], summary["catch_up"]]), json!([2, 0]));
    // Another learner gets neither the words nor the result.
    let sync = portal.sync(&other, None).await.to_string();
    assert!(!sync.contains("Sparks."), "{sync}");
    for role in ["assessor", "safeguarding-lead", "learner-support"] {
        let clerk = Clerk::new(&portal, role).await;
        problem(clerk.get("checks/W1").await, 403, "other-role").await;
    }
    problem(tutor.get("checks/none").await, 404, "no-such-session").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_set_once_replaced_whole_and_taken_away() {
    let (portal, learner, tutor) = start().await;
    outcome(&portal, &learner, &answers(1, "A welding mask", &["Steel"], "Sparks.")).await;
    let cursor = portal.sync(&learner, None).await["cursor"].as_str().unwrap().to_owned();
    assert_eq!(tutor.send("checks", &check()).await.status(), 200);
    assert_eq!(
        portal.get(&learner, &format!("/api/v1/sync?cursor={cursor}")).await.json::<Value>().await.unwrap()["cursor"],
        cursor
    );
    let mut other = check();
    other["questions"].as_array_mut().unwrap().truncate(1);
    problem(tutor.send("checks", &other).await, 409, "id-taken").await;
    other["id"] = json!(id(901));
    other["questions"][0]["choices"][1]["text"] = json!("A mask for welding");
    assert_eq!(tutor.send("checks", &other).await.status(), 200);
    assert_eq!(records(&portal, &learner, "check").await.len(), 1);
    let news = portal.sync(&learner, Some(&cursor)).await;
    assert_eq!(news["removed"].as_array().unwrap().len(), 2, "{news}");
    // What was answered stays as it was judged, and says that it chose what is not there any more.
    let first = &tutor.read("checks/W1").await["questions"][0];
    assert_eq!(json!([first["right"], first["chosen"], first["chosen_before"]]), json!([1, [0, 0], 1]));
    other["id"] = json!(id(902));
    other["questions"] = json!([]);
    assert_eq!(tutor.send("checks", &other).await.status(), 200);
    assert!(records(&portal, &learner, "check").await.is_empty());
    // What was answered before that is still taken when it arrives.
    portal.learner("L1002").await;
    let late = portal.sign_in("L1002").await;
    let theirs = answers(2, "A mask for welding", &["Oil", "Paper"], "x").to_string().replace("L1001", "L1002");
    outcome(&portal, &late, &serde_json::from_str(&theirs).unwrap()).await;
    assert_eq!(records(&portal, &late, "check-result").await[0]["judged"], json!(["right", "right", "not-judged"]));
    let entries: Vec<(String, String)> = sqlx::query_as("SELECT staff, subject FROM entry WHERE kind = 'check'")
        .fetch_all(&portal.rows().await)
        .await
        .unwrap();
    assert_eq!(entries, vec![("tutor".to_owned(), "W1".to_owned()); 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_check_and_no_answer_is_named() {
    let (portal, learner, tutor) = start().await;
    let one = |question: Value| json!({ "webinar": "W1", "questions": [question] });
    let choices = json!([{ "text": "a", "right": true }, { "text": "b" }]);
    for (question, field) in [
        (json!({ "kind": "one", "question": " ", "choices": choices, "explanation": "x" }), "question"),
        (json!({ "kind": "one", "question": "x", "choices": choices, "explanation": "" }), "explanation"),
        (json!({ "kind": "one", "question": "x", "choices": [{ "text": "a" }], "explanation": "x" }), "choices"),
        (
            json!({ "kind": "several", "question": "x", "choices": [{ "text": "a" }, { "text": "b" }], "explanation": "x" }),
            "choices",
        ),
        (json!({ "kind": "text", "question": "x", "choices": choices, "explanation": "x" }), "choices"),
    ] {
        let problem = problem(tutor.send("checks", &one(question)).await, 422, "fields").await;
        assert_eq!(pointers(&problem), [format!("/questions/0/{field}")]);
    }
    let mut four = check();
    let more = four["questions"][0].clone();
    four["questions"].as_array_mut().unwrap().push(more);
    problem(tutor.send("checks", &four).await, 422, "fields").await;
    let mut nowhere = check();
    (nowhere["webinar"], nowhere["id"]) = (json!("W9"), json!(id(903)));
    problem(tutor.send("checks", &nowhere).await, 404, "no-such-session").await;

    for (answers, field) in [
        (json!([]), "/answers"),
        (json!([{ "number": 1, "chosen": ["a"] }, { "number": 1, "chosen": ["b"] }]), "/answers"),
        (json!([{ "number": 4, "text": "x" }]), "/answers"),
        (json!([{ "number": 1 }]), "/answers/0"),
        (json!([{ "number": 3, "text": "x".repeat(2_001) }]), "/answers/0/text"),
    ] {
        let deed = json!({ "answer": { "webinar": "W1", "answers": answers } });
        let refused = outcome(&portal, &learner, &acts(7, &deed)).await["refused"]["problem"].clone();
        assert_eq!(pointers(&refused), [format!("/what/act/deed/answer{field}")]);
    }
}
