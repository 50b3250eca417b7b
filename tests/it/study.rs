//! Study time is its learner's own: kept once, corrected by a later word, and shown to nobody else.

use crate::{
    acts::{acts, records},
    changes::send,
    support::{
        asking::{Clerk, asked_of, id},
        declaration::sent,
        pointers,
    },
};
use contract::staff::StaffRole;
use serde_json::{Value, json};

fn study(number: u32, date: &str, minutes: u32, what: &str) -> Value {
    acts(number, &json!({ "study": { "date": date, "minutes": minutes, "what": what } }))
}

fn plan(number: u32, days: &Value, device_time: &str) -> Value {
    let mut plan = acts(number, &json!({ "plan-study": { "days": days } }));
    plan["what"]["act"]["device_time"] = json!(device_time);
    plan
}

#[tokio::test(flavor = "multi_thread")]
async fn time_taken_is_told_back_by_weeks_and_the_same_day_and_word_correct_it() {
    let (portal, learner) = asked_of(|_| {}).await;
    let said = [
        study(1, "2026-11-22", 60, "maths"),
        study(2, "2026-11-23", 45, " reading "),
        study(3, "2026-11-23", 30, ""),
        study(4, "2026-11-23", 50, "reading"),
        study(5, "2026-11-23", 0, ""),
    ];
    for change in &said {
        let ack = send(&portal, &learner, &[sent(change)]).await.remove(0);
        assert_eq!(ack["outcome"], json!({ "accepted": {} }), "{ack}");
    }
    let mut weeks = records(&portal, &learner, "studied").await;
    weeks.sort_by_key(|week| week["week"].to_string());
    let taken = |date: &str, minutes: u32, what: Option<&str>| {
        let study = what.map_or(
            json!({ "date": date, "minutes": minutes }),
            |what| json!({ "date": date, "minutes": minutes, "what": what }),
        );
        json!({ "study": study, "said_at": "2026-11-23T11:58:00Z" })
    };
    let expected = json!([
        { "week": "2026-11-16", "taken": [taken("2026-11-22", 60, Some("maths"))], "changes": [id(1)] },
        {
            "week": "2026-11-23",
            "taken": [taken("2026-11-23", 0, None), taken("2026-11-23", 50, Some("reading"))],
            "changes": [id(2), id(3), id(4), id(5)],
        },
    ]);
    assert_eq!(json!(weeks), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_plan_counts_however_late_an_older_one_comes_and_earlier_weeks_keep_theirs() {
    let (portal, learner) = asked_of(|_| {}).await;
    let monday = json!([{ "weekday": 1, "from": 1110, "minutes": 90 }]);
    let both = json!([{ "weekday": 4, "from": 600, "minutes": 30 }, { "weekday": 1, "from": 1110, "minutes": 90 }]);
    // The third waited on another device since before the second was made; the fourth is from a clock that is years ahead.
    for (number, days, at) in [
        (1, &monday, "2026-11-10T09:00:00Z"),
        (2, &both, "2026-11-22T09:00:00Z"),
        (3, &json!([]), "2026-11-21T09:00:00Z"),
        (4, &monday, "2036-01-01T09:00:00Z"),
    ] {
        let ack = send(&portal, &learner, &[sent(&plan(number, days, at))]).await.remove(0);
        assert_eq!(ack["outcome"], json!({ "accepted": {} }), "{ack}");
        if number == 3 {
            let kept = records(&portal, &learner, "study-plan").await.remove(0);
            let in_order = json!([both[1], both[0]]);
            assert_eq!((&kept["days"], &kept["planned_at"]), (&in_order, &json!("2026-11-22T09:00:00Z")));
        }
    }
    let kept = records(&portal, &learner, "study-plan").await;
    let weeks = json!([
        { "date": "2026-11-10", "minutes": 90 },
        { "date": "2026-11-22", "minutes": 120 },
        { "date": "2026-11-23", "minutes": 90 },
    ]);
    let expected = json!([{
        "days": monday, "planned_at": "2026-11-23T12:00:00Z", "weeks": weeks, "changes": [id(1), id(2), id(3), id(4)],
    }]);
    assert_eq!(json!(kept), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_to_come_and_odd_numbers_are_refused_by_name() {
    let (portal, learner) = asked_of(|_| {}).await;
    let days = json!([
        { "weekday": 0, "from": 1440, "minutes": 0 },
        { "weekday": 2, "from": 0, "minutes": 1441 },
        { "weekday": 2, "from": 0, "minutes": 1 },
    ]);
    let at = "/what/act/deed";
    for (change, expected) in [
        (study(1, "2026-11-24", 45, "reading"), vec![format!("{at}/study/date")]),
        (
            study(2, "2026-11-23", 1_441, &"x".repeat(61)),
            vec![format!("{at}/study/minutes"), format!("{at}/study/what")],
        ),
        (
            plan(3, &days, "2026-11-23T11:58:00Z"),
            ["0/weekday", "0/from", "0/minutes", "1/minutes", "2/weekday"]
                .map(|field| format!("{at}/plan-study/days/{field}"))
                .into(),
        ),
    ] {
        let ack = send(&portal, &learner, &[sent(&change)]).await.remove(0);
        assert_eq!(pointers(&ack["outcome"]["refused"]["problem"]), expected, "{ack}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_staff_nor_another_learner_sees_study_time_in_any_call() {
    let (portal, learner) = asked_of(|config| config.staff_key = Some("the-key-of-the-configuration".into())).await;
    let days = json!([{ "weekday": 1, "from": 1111, "minutes": 77 }]);
    for change in [study(1, "2026-11-23", 45, "CANARY"), plan(2, &days, "2026-11-23T11:58:00Z")] {
        let ack = send(&portal, &learner, &[sent(&change)]).await.remove(0);
        assert_eq!(ack["outcome"], json!({ "accepted": {} }), "{ack}");
    }
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    for kind in ["studied", "study-plan"] {
        assert_eq!(records(&portal, &learner, kind).await.len(), 1, "{kind}");
        assert_eq!(records(&portal, &other, kind).await, [Value::Null; 0], "{kind}");
    }

    let document: Value = portal.get(&other, "/openapi.json").await.json().await.unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let reads = paths.filter(|(path, calls)| path.starts_with("/api/v1/admin/") && calls["get"].is_object());
    let paths: Vec<String> = reads
        .map(|(path, _)| path["/api/v1/admin/".len()..].replace("{id}", &id(1)).replace("{learner}", "L1001"))
        .collect();
    assert!(paths.len() >= 6, "{paths:?}");
    for role in StaffRole::ALL {
        let clerk = Clerk::new(&portal, role.word()).await;
        for path in &paths {
            let text = clerk.get(path).await.text().await.unwrap();
            for private in ["CANARY", "1111", "study-plan"] {
                assert!(!text.contains(private), "{private} in {path} for {role:?}: {text}");
            }
        }
    }
}
