//! 'I am here', the tutor's marks over it, and who follows up: each kept, each by whom and when.

use crate::{
    acts::{acts, records},
    changes::send,
    support::{
        Portal,
        asking::{Clerk, asked_of, asks, id},
        at, batch, browser,
        declaration::sent,
        pointers, problem,
    },
};
use portal_server::db::Verdict;
use reqwest::{Client, Response};
use serde_json::{Value, json};

/// A session of the learner's from 18:00, and one of another course.
async fn start() -> (Portal, Client) {
    let (portal, learner) = asked_of(|config| config.staff_key = Some("key".into())).await;
    let theirs = batch::session_at("weld-live", "weld", "Arc welding", "2026-11-23T18:00:00Z");
    let others = batch::session_at("maths-live", "maths", "Arc welding", "2026-11-23T18:00:00Z");
    portal.import(batch::records([batch::course("maths", "Maths"), theirs, others])).await;
    (portal, learner)
}

/// 'I am here' by a device's clock, with what the device knows of the server's.
fn arrives(number: u32, webinar: &str, time: &str, offset: Option<i64>) -> Value {
    let mut change = acts(number, &json!({ "arrive": { "webinar": webinar } }));
    change["made_at"] = json!(format!("2026-11-23T{time}Z"));
    change["what"]["act"]["device_time"] = change["made_at"].clone();
    if let Some(offset) = offset {
        change["what"]["act"]["clock_offset_ms"] = json!(offset);
    }
    change
}

async fn sends(portal: &Portal, learner: &Client, now: &str, change: &Value) -> Value {
    portal.clock.set(at(&format!("2026-11-23T{now}Z")));
    send(portal, learner, &[sent(change)]).await.remove(0)["outcome"].clone()
}

/// All that the learner is told of their only session.
async fn told(portal: &Portal, learner: &Client) -> Value {
    let mut told = records(portal, learner, "attendance").await;
    assert_eq!(told.len(), 1, "{told:?}");
    told.remove(0)
}

async fn marks(clerk: &Clerk, fields: &Value) -> Response {
    let mut mark = json!({ "learner": "L1001", "webinar": "weld-live" });
    mark.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    clerk.send("attendance", &mark).await
}

#[tokio::test(flavor = "multi_thread")]
async fn i_am_here_is_kept_with_both_clocks_and_told_back_with_the_minutes() {
    let (portal, learner) = start().await;
    // Five minutes slow, sent four hours later.
    let outcome = sends(&portal, &learner, "22:00:00", &arrives(1, "weld-live", "17:59:30", Some(300_000))).await;
    assert_eq!(outcome, json!({ "accepted": {} }));
    let expected = json!({
        "webinar": "weld-live",
        "arrival": {
            "at": "2026-11-23T18:04:30Z",
            "minutes_late": 4,
            "device_time": "2026-11-23T17:59:30Z",
            "clock_offset_ms": 300_000,
            "received_at": "2026-11-23T22:00:00Z",
        },
        "changes": [id(1)],
    });
    assert_eq!(told(&portal, &learner).await, expected);
    let again = sends(&portal, &learner, "22:05:00", &arrives(1, "weld-live", "17:59:30", Some(300_000))).await;
    assert_eq!(again, json!({ "accepted": {} }));
    assert_eq!(told(&portal, &learner).await, expected);
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 1, .. }));
    let rows: Vec<(String, String, String)> =
        sqlx::query_as("SELECT learner, kind, subject FROM act").fetch_all(&portal.rows().await).await.unwrap();
    assert_eq!(rows, [("L1001".into(), "arrive".into(), "L1001/weld-live".into())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_too_early_until_fifteen_minutes_before_and_then_it_counts_to_the_end() {
    let (portal, learner) = start().await;
    let early = sends(&portal, &learner, "17:44:59", &arrives(1, "weld-live", "17:44:59", None)).await;
    let refused = &early["refused"]["problem"];
    assert_eq!((&refused["type"], &refused["status"]), (&json!("/problems/too-early"), &json!(422)));
    assert_eq!(pointers(refused), ["/what/act/deed/arrive/webinar"]);
    assert_eq!(records(&portal, &learner, "attendance").await, [json!(null); 0]);
    sends(&portal, &learner, "17:45:00", &arrives(2, "weld-live", "17:45:00", None)).await;
    let arrival = &told(&portal, &learner).await["arrival"];
    assert_eq!((&arrival["minutes_late"], arrival.get("to_check")), (&json!(0), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_cannot_be_is_kept_for_the_tutor_and_gives_way_to_one_that_can() {
    let (portal, learner) = start().await;
    let odd = sends(&portal, &learner, "18:10:00", &arrives(1, "weld-live", "09:00:00", None)).await;
    assert_eq!(odd, json!({ "accepted": {} }));
    let arrival = told(&portal, &learner).await["arrival"].clone();
    assert_eq!((&arrival["to_check"], &arrival["at"]), (&json!(true), &json!("2026-11-23T18:10:00Z")));
    assert_eq!(arrival["device_time"], "2026-11-23T09:00:00Z");
    // Pressed on another device earlier, which was without a network until now; then once more.
    sends(&portal, &learner, "18:20:00", &arrives(2, "weld-live", "18:02:00", Some(0))).await;
    sends(&portal, &learner, "18:30:00", &arrives(3, "weld-live", "18:30:00", Some(0))).await;
    let told = told(&portal, &learner).await;
    assert_eq!((&told["arrival"]["minutes_late"], told["arrival"].get("to_check")), (&json!(2), None));
    assert_eq!(told["changes"], json!([id(1), id(2), id(3)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_not_the_learners_is_refused_and_each_is_bound_to_who_is_signed_in() {
    let (portal, learner) = start().await;
    for (number, webinar, status) in [(1, "maths-live", 404), (2, "none", 404), (3, " ", 422)] {
        let outcome = sends(&portal, &learner, "18:00:00", &arrives(number, webinar, "18:00:00", None)).await;
        let problem = &outcome["refused"]["problem"];
        assert_eq!(problem["status"], status, "{webinar}");
        assert_eq!(pointers(problem), ["/what/act/deed/arrive/webinar"], "{webinar}");
    }
    // Two learners at one computer, from one address: each counts, by their own name, and no other can say it for them.
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    let forged = sends(&portal, &other, "18:00:00", &arrives(4, "weld-live", "18:00:00", None)).await;
    assert_eq!(forged["refused"]["problem"]["type"], "/problems/other-learner");
    sends(&portal, &learner, "18:00:00", &arrives(5, "weld-live", "18:00:00", None)).await;
    let mut own = arrives(6, "weld-live", "18:03:00", None);
    own["what"]["act"]["learner"] = json!("L1002");
    sends(&portal, &other, "18:03:00", &own).await;
    assert_eq!(told(&portal, &learner).await["arrival"]["minutes_late"], 0);
    assert_eq!(told(&portal, &other).await["arrival"]["minutes_late"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_mark_counts_and_every_mark_and_the_arrival_stay() {
    let (portal, learner) = start().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    sends(&portal, &learner, "18:04:00", &arrives(1, "weld-live", "18:04:00", None)).await;
    let first = json!({ "id": id(50), "mark": "absent" });
    let answer = marks(&tutor, &first).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.json::<Value>().await.unwrap(), told(&portal, &learner).await);
    portal.clock.set(at("2026-11-23T20:00:00Z"));
    let second = json!({ "id": id(51), "mark": "late", "minutes_late": 10, "note": " You came at ten past. " });
    assert_eq!(marks(&tutor, &second).await.status(), 200);
    // The first, sent once more, stays the first; other words under its id are refused.
    assert_eq!(marks(&tutor, &first).await.status(), 200);
    problem(marks(&tutor, &json!({ "id": id(50), "mark": "present" })).await, 409, "id-taken").await;
    let told = told(&portal, &learner).await;
    let mark = json!({
        "mark": "late",
        "minutes_late": 10,
        "note": "You came at ten past.",
        "at": "2026-11-23T20:00:00Z",
        "by": { "name": "Bo tutor", "role": "tutor" },
    });
    assert_eq!((&told["mark"], &told["arrival"]["minutes_late"]), (&mark, &json!(4)));
    let rows: Vec<(String, String, String, String)> =
        sqlx::query_as("SELECT id, kind, subject, staff FROM entry ORDER BY id")
            .fetch_all(&portal.rows().await)
            .await
            .unwrap();
    let entry = |number| (id(number), "mark".into(), "L1001/weld-live".into(), "tutor".into());
    assert_eq!(rows, [entry(50), entry(51)]);
    // What arrives after the mark is kept beside it.
    sends(&portal, &learner, "21:00:00", &arrives(2, "weld-live", "18:01:00", None)).await;
    let told = self::told(&portal, &learner).await;
    assert_eq!((&told["mark"], &told["arrival"]["minutes_late"]), (&mark, &json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_cannot_be_says_why_and_writes_nothing() {
    let (portal, _) = start().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    portal.clock.set(at("2026-11-23T18:00:00Z"));
    for (fields, pointer) in [
        (json!({ "mark": "asleep" }), "/mark"),
        (json!({ "mark": "present", "minutes_late": 3 }), "/minutes_late"),
        (json!({ "mark": "late", "minutes_late": 0 }), "/minutes_late"),
        (json!({ "mark": "late", "note": "x".repeat(1_001) }), "/note"),
        (json!({ "mark": "late", "id": "x" }), "/id"),
        (json!({ "mark": "late", "learner": "L9" }), "/learner"),
        (json!({ "mark": "late", "webinar": "maths-live" }), "/webinar"),
    ] {
        let refused = problem(marks(&tutor, &fields).await, 422, "fields").await;
        assert_eq!(pointers(&refused), [pointer], "{fields}");
    }
    // Before it begins a learner can be excused and nothing else.
    portal.clock.set(at("2026-11-23T17:00:00Z"));
    problem(marks(&tutor, &json!({ "mark": "absent" })).await, 422, "fields").await;
    assert_eq!(marks(&tutor, &json!({ "mark": "excused" })).await.status(), 200);
    let (entries,): (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM entry").fetch_one(&portal.rows().await).await.unwrap();
    assert_eq!(entries, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_missed_is_told_who_follows_up_by_when_and_how_it_ended() {
    let (portal, learner) = start().await;
    let support = Clerk::new(&portal, "learner-support").await;
    let about = |fields: Value| {
        let mut all = json!({ "learner": "L1001", "webinar": "weld-live" });
        all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        all
    };
    let begins = about(json!({ "by": "2026-11-27", "text": "Are you well?" }));
    problem(support.send("follow-ups", &begins).await, 422, "fields").await;
    portal.clock.set(at("2026-11-24T09:00:00Z"));
    for wrong in [json!({}), json!({ "by": "2026-11-23" })] {
        let refused = problem(support.send("follow-ups", &about(wrong)).await, 422, "fields").await;
        assert_eq!(pointers(&refused), ["/by"]);
    }
    let ends = about(json!({ "ended": true, "text": "You catch up on Friday." }));
    problem(support.send("follow-ups", &ends).await, 422, "fields").await;
    assert_eq!(support.send("follow-ups", &begins).await.status(), 200);
    let by = json!({ "name": "Bo learner-support", "role": "learner-support" });
    let open = json!({
        "at": "2026-11-24T09:00:00Z",
        "by": by,
        "who": "Bo learner-support",
        "until": "2026-11-27",
        "text": "Are you well?",
    });
    assert_eq!(told(&portal, &learner).await["follow_up"], open);
    assert_eq!(support.send("follow-ups", &ends).await.status(), 200);
    let ended = json!({ "at": "2026-11-24T09:00:00Z", "by": by, "text": "You catch up on Friday." });
    assert_eq!(told(&portal, &learner).await["follow_up"]["ended"], ended);
    problem(support.send("follow-ups", &ends).await, 422, "fields").await;
    // Marks are not for them.
    problem(marks(&support, &json!({ "mark": "absent" })).await, 403, "other-role").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_marks_enters_what_is_new_and_names_the_rows_that_cannot_be() {
    let (portal, learner) = start().await;
    let tutor = Clerk::new(&portal, "tutor").await;
    portal.clock.set(at("2026-11-23T20:00:00Z"));
    let file = "\u{feff}learner,webinar,mark,minutes_late,note\nL1001,weld-live,late,7,\nL9,weld-live,absent,,\n\
                L1001,weld-live,asleep,,\nL1001,weld-live,late,seven,\n";
    let report: Value = tutor.upload("attendance/table", file).await.json().await.unwrap();
    assert_eq!((&report["entered"], &report["unchanged"]), (&json!(1), &json!(0)));
    let lines: Vec<_> = report["refused"].as_array().unwrap().iter().map(|row| &row["line"]).collect();
    assert_eq!(lines, [3, 4, 5]);
    assert_eq!(told(&portal, &learner).await["mark"]["minutes_late"], 7);
    let again: Value = tutor.upload("attendance/table", file).await.json().await.unwrap();
    assert_eq!((&again["entered"], &again["unchanged"]), (&json!(0), &json!(1)));
    problem(tutor.upload("attendance/table", "learner,mark\nL1001,late\n").await, 422, "wrong-shape").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_has_both_what_was_said_and_what_was_marked_and_runs_no_formula_and_is_logged() {
    let (portal, learner) = start().await;
    let (tutor, administrator) = (Clerk::new(&portal, "tutor").await, Clerk::new(&portal, "administrator").await);
    let fields = json!({ "about": { "webinar": "weld-live" }, "says": { "text": "=The bus" } });
    sends(&portal, &learner, "12:00:00", &asks(1, "apology", fields)).await;
    sends(&portal, &learner, "18:04:00", &arrives(2, "weld-live", "18:04:00", Some(-5))).await;
    marks(&tutor, &json!({ "mark": "absent" })).await;
    portal.clock.set(at("2026-11-23T20:00:00Z"));
    marks(&tutor, &json!({ "mark": "late", "minutes_late": 4, "note": "=1+1" })).await;
    let text = administrator.get("export/attendance").await.text().await.unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    assert!(header.starts_with("learner,learner_name,webinar,title,course,starts,ends,cancelled,mark,"), "{header}");
    for part in [
        "L1001,L1001 Name,weld-live,Arc welding,weld,2026-11-23T18:00:00.000Z,2026-11-23T19:30:00.000Z,no,late,4,'=1+1,Bo tutor",
        "2026-11-23T18:04:00.000Z Bo tutor: absent\n2026-11-23T20:00:00.000Z Bo tutor: late",
        "2026-11-23T18:03:59.995Z,3,2026-11-23T18:04:00.000Z,-5,2026-11-23T18:04:00.000Z,no",
        "received: =The bus",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // Nobody of the course was at a session of another's.
    assert!(!text.contains("maths-live"), "{text}");
    let log = administrator.get("access-log").await.text().await.unwrap();
    assert!(log.contains(",administrator,Bo administrator,administrator,export-attendance,"), "{log}");
    // The key of the configuration has no name.
    let url = format!("{}/api/v1/admin/export/attendance", portal.url);
    problem(browser().get(url).bearer_auth("key").send().await.unwrap(), 403, "not-named").await;
}
