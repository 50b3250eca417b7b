//! Pages for an employer or a mentor: they show what was chosen and nothing else, as long as was chosen, and can be withdrawn.

use crate::{
    acts::{acts, records},
    changes::send,
    support::{
        Portal,
        asking::{asked_of, id},
        at, batch, browser,
        declaration::sent,
        pointers, problem,
    },
};
use chrono::Duration;
use contract::{course::Contact, course::Role, late::kind, webinar::Webinar};
use import::{Audience, RecordKind, RecordRow};
use portal_server::evidence::sha256_hex;
use reqwest::{Client, Response};
use serde_json::{Value, json};

const ALL: [&str; 4] = ["deadlines", "sessions", "attendance", "study"];

async fn make(portal: &Portal, learner: &Client, shows: &[&str], weeks: u32) -> Value {
    let new = json!({ "whom": "Ms Lee at Steel & Sons", "shows": shows, "weeks": weeks });
    let answer = portal.post(learner, "/api/v1/shares", &new).await;
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).unwrap()
}

async fn open(made: &Value) -> Response {
    browser().get(made["address"].as_str().unwrap()).send().await.unwrap()
}

async fn page(made: &Value) -> String {
    let answer = open(made).await;
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

/// The page that stands for every page that is not there.
async fn expect_none(portal: &Portal, made: &Value) {
    let unknown = portal.get(&browser(), "/share/0123456789012345678901234567890123456789012").await;
    let gone = open(made).await;
    assert_eq!((unknown.status(), gone.status()), (reqwest::StatusCode::NOT_FOUND, reqwest::StatusCode::NOT_FOUND));
    assert_eq!(gone.headers()["cache-control"], "no-store");
    let (unknown, gone) = (unknown.text().await.unwrap(), gone.text().await.unwrap());
    assert_eq!(unknown, gone, "nobody is told whether there was a page");
    assert!(gone.contains("There is no page here"), "{gone}");
}

fn session(id: &str, title: &str, starts: &str) -> RecordRow {
    let webinar: Webinar = serde_json::from_value(json!({
        "id": id, "course": "weld", "title": title, "starts": starts, "ends": starts, "mode": "live-webinar",
        "join": "https://meet.example.org/SECRET-join", "telephone": "020 7946 0555", "pin": "4417#",
    }))
    .unwrap();
    let body = serde_json::to_string(&webinar).unwrap();
    let audience = Audience::Course("weld".into());
    RecordRow { kind: contract::delta::Kind::Webinar.into(), id: id.into(), audience, body, removed: false }
}

/// L1001 with something of all that a page can show, and of much that it never does.
async fn start() -> (Portal, Client) {
    let (portal, learner) = asked_of(|_| {}).await;
    let support = Contact {
        id: "support".into(),
        role: Role::LearnerSupport,
        name: "Support team".into(),
        telephone: Some("020 7946 0100".into()),
        email: None,
        hours: None,
        course: None,
    };
    let contact = RecordRow {
        kind: contract::delta::Kind::Contact.into(),
        id: "support".into(),
        audience: Audience::Everyone,
        body: serde_json::to_string(&support).unwrap(),
        removed: false,
    };
    portal
        .import(batch::records([
            contact,
            session("s9", "Arc welding live", "2026-11-25T18:00:00Z"),
            session("s8", "Over already", "2026-11-20T18:00:00Z"),
            batch::extension("L1001", "weld-1", "2026-12-10T17:00:00Z"),
        ]))
        .await;
    for (number, deed) in [
        (11, json!({ "plan-study": { "days": [{ "weekday": 1, "from": 1110, "minutes": 90 }] } })),
        (12, json!({ "study": { "date": "2026-11-23", "minutes": 50, "what": "PRIVATE-what" } })),
    ] {
        let ack = send(&portal, &learner, &[sent(&acts(number, &deed))]).await.remove(0);
        assert_eq!(ack["outcome"], json!({ "accepted": {} }), "{ack}");
    }
    (portal, learner)
}

/// Sessions that are over, one a mark: of three that count, the learner was at two.
async fn attend(portal: &Portal) {
    for mark in ["present", "late", "absent", "excused", "called-off"] {
        let mut held = session(mark, "Over already", "2026-11-20T18:00:00Z");
        held.body = held.body.replace("{\"id\"", &format!("{{\"cancelled\":{},\"id\"", mark == "called-off"));
        let known = RecordRow {
            kind: RecordKind::Late("attendance"),
            id: format!("L1001/{mark}"),
            audience: Audience::Learner("L1001".into()),
            body: json!({ "webinar": mark, "mark": { "mark": mark.replace("called-off", "present"),
                "at": "2026-11-21T09:00:00Z", "by": { "name": "Bo", "role": "tutor" } } })
            .to_string(),
            removed: false,
        };
        portal.import(batch::records([held, known])).await;
    }
}

/// By what is ticked, a text that is on the page then, and only then.
const SHOWN: [(&str, &[&str]); 4] = [
    ("deadlines", &["Report on welding safety", "Thursday 10 December 2026, 5pm", "Deadlines to come"]),
    ("sessions", &["Arc welding live", "Wednesday 25 November 2026, 6pm", "Sessions to come"]),
    ("attendance", &["66%: at 2 of 3 sessions."]),
    ("study", &["Monday, 6:30pm to 8pm: 1 hour 30 minutes", "50 minutes", "Study time"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_page_has_what_was_ticked_and_nothing_else_in_its_bytes() {
    let (portal, learner) = start().await;
    attend(&portal).await;
    for ticked in ALL.map(|one| vec![one]).into_iter().chain([ALL.to_vec()]) {
        let made = make(&portal, &learner, &ticked, 1).await;
        let page = page(&made).await;
        for (one, texts) in SHOWN {
            for text in texts {
                assert_eq!(page.contains(text), ticked.contains(&one), "{text} where {ticked:?} is shown:\n{page}");
            }
        }
        for always in
            ["L1001 Name", "Ms Lee at Steel &amp; Sons", "Support team", "020 7946 0100", "Monday 30 November 2026"]
        {
            assert!(page.contains(always), "{always}:\n{page}");
        }
        let secret = made["address"].as_str().unwrap().rsplit('/').next().unwrap();
        for never in
            [secret, "SECRET-join", "0555", "4417", "PRIVATE-what", "Over already", "Grace Lead", "<script", "L1001<"]
        {
            assert!(!page.contains(never), "{never}:\n{page}");
        }
        assert!(page.len() < 14_000, "{} bytes", page.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_attendance_record_there_is_nothing_about_attendance() {
    let (portal, learner) = asked_of(|_| {}).await;
    let page = page(&make(&portal, &learner, &ALL, 1).await).await;
    assert!(!page.contains("ttendance"), "{page}");
    for empty in ["There is no session to come.", "There is no plan yet."] {
        assert!(page.contains(empty), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_ends_when_it_was_to_end_and_at_once_when_it_is_withdrawn() {
    let (portal, learner) = start().await;
    let (week, month) = (make(&portal, &learner, &ALL, 1).await, make(&portal, &learner, &ALL, 4).await);
    assert_eq!(week["share"]["ends_at"], "2026-11-30T12:00:00Z");
    portal.clock.set(at("2026-11-30T11:59:59Z"));
    page(&week).await;
    portal.clock.set(at("2026-11-30T12:00:00Z"));
    expect_none(&portal, &week).await;

    page(&month).await;
    let path = format!("{}/api/v1/shares/{}", portal.url, month["share"]["id"].as_str().unwrap());
    for _ in 0..2 {
        assert_eq!(learner.delete(&path).send().await.unwrap().status(), 204);
    }
    expect_none(&portal, &month).await;
    let told = records(&portal, &learner, "share").await;
    let withdrawn = told.iter().find(|share| share["id"] == month["share"]["id"]).unwrap();
    assert_eq!(withdrawn["withdrawn_at"], "2026-11-30T12:00:00Z", "{withdrawn}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_that_waited_for_a_connection_counts_when_it_comes() {
    let (portal, learner) = start().await;
    let made = make(&portal, &learner, &["study"], 13).await;
    let share = made["share"]["id"].as_str().unwrap();
    let unshare = |number: u32, share: &str| sent(&acts(number, &json!({ "unshare": { "share": share } })));
    for number in [1, 2] {
        let ack = send(&portal, &learner, &[unshare(number, share)]).await.remove(0);
        assert_eq!(ack["outcome"], json!({ "accepted": {} }), "{ack}");
    }
    expect_none(&portal, &made).await;
    let told = records(&portal, &learner, "share").await.remove(0);
    assert_eq!((&told["withdrawn_at"], &told["changes"]), (&json!("2026-11-23T12:00:00Z"), &json!([id(1), id(2)])));
    for odd in ["none", &id(9)] {
        let ack = send(&portal, &learner, &[unshare(3, odd)]).await.remove(0);
        assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 404, "{ack}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_learner_neither_sees_nor_withdraws_a_page() {
    let (portal, learner) = start().await;
    let made = make(&portal, &learner, &ALL, 1).await;
    let share = made["share"]["id"].as_str().unwrap();
    portal.learner("L1002").await;
    let other = portal.sign_in("L1002").await;
    assert_eq!(records(&portal, &other, "share").await, [Value::Null; 0]);
    let list: Value = portal.get(&other, "/api/v1/shares").await.json().await.unwrap();
    assert_eq!(list, json!([]));
    let answer = other.delete(format!("{}/api/v1/shares/{share}", portal.url)).send().await.unwrap();
    problem(answer, 404, "no-such-share").await;
    let mut act = acts(1, &json!({ "unshare": { "share": share } }));
    act["what"]["act"]["learner"] = json!("L1002");
    let ack = send(&portal, &other, &[sent(&act)]).await.remove(0);
    assert_eq!(ack["outcome"]["refused"]["problem"]["status"], 404, "{ack}");
    page(&made).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_opening_is_counted_by_its_day_and_told_its_learner_without_a_trace_of_who() {
    let (portal, learner) = start().await;
    let made = make(&portal, &learner, &ALL, 1).await;
    page(&made).await;
    page(&made).await;
    // What only looks whether the address is there is no opening.
    let head = browser().head(made["address"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(head.status(), 405);
    portal.clock.advance(Duration::days(1));
    page(&made).await;
    let opened = json!([{ "day": "2026-11-23", "times": 2 }, { "day": "2026-11-24", "times": 1 }]);
    assert_eq!(records(&portal, &learner, "share").await[0]["opened"], opened);
    let list: Value = portal.get(&learner, "/api/v1/shares").await.json().await.unwrap();
    assert_eq!(list[0]["opened"], opened);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_hash_of_the_secret_is_kept_and_the_page_is_for_nobody_to_find() {
    let (portal, learner) = start().await;
    let made = make(&portal, &learner, &ALL, 1).await;
    let secret = made["address"].as_str().unwrap().strip_prefix(&format!("{}/share/", portal.url)).unwrap();
    assert_eq!(secret.len(), 43);
    let answer = open(&made).await;
    let headers = answer.headers();
    let policy = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    for (name, value) in [
        ("content-security-policy", policy),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-robots-tag", "noindex, nofollow, noarchive"),
        ("x-frame-options", "DENY"),
        ("content-type", "text/html; charset=utf-8"),
    ] {
        assert_eq!(headers[name], value);
    }
    assert!(headers.get("set-cookie").is_none());
    let text = answer.text().await.unwrap();
    assert!(text.contains("<title>A shared page - Test portal</title>"), "{text}");
    let rows = portal.everything().await;
    assert!(rows.iter().any(|value| value.contains(&sha256_hex(secret.as_bytes()))));
    assert!(!rows.iter().any(|value| value.contains(secret) || value.contains("127.0.0.1")));
    let list = portal.get(&learner, "/api/v1/shares").await.text().await.unwrap();
    assert!(!list.contains(secret) && !list.contains(&sha256_hex(secret.as_bytes())), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_and_titles_stay_text() {
    let (portal, learner) = start().await;
    let hostile = "<img src=x onerror=alert(1)>\"'&<script>alert(2)</script>";
    portal
        .import(batch::records([
            batch::assignment("weld-3", "weld", hostile),
            batch::course("weld", hostile),
            session("s7", hostile, "2026-11-26T18:00:00Z"),
        ]))
        .await;
    let new = json!({ "whom": hostile, "shows": ALL, "weeks": 1 });
    let made: Value = portal.post(&learner, "/api/v1/shares", &new).await.json().await.unwrap();
    let page = page(&made).await;
    assert!(page.matches("&lt;img src=x onerror=alert(1)&gt;").count() >= 4, "{page}");
    for tag in ["<img", "<script", "onerror=alert(1)>"] {
        assert!(!page.contains(tag), "{tag}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_page_to_make_is_named_and_there_is_an_end_to_them() {
    let (portal, learner) = asked_of(|_| {}).await;
    for (new, expected) in [
        (json!({ "whom": " ", "shows": [], "weeks": 0 }), vec!["/whom", "/shows", "/weeks"]),
        (
            json!({ "whom": "x".repeat(101), "shows": ["study", "study"], "weeks": 14 }),
            vec!["/whom", "/shows", "/weeks"],
        ),
        (json!({ "whom": "a\0b", "shows": ["study"], "weeks": 1 }), vec!["/whom"]),
    ] {
        let answer = problem(portal.post(&learner, "/api/v1/shares", &new).await, 422, "fields").await;
        assert_eq!(pointers(&answer), expected, "{answer}");
    }
    let unknown = json!({ "whom": "Lee", "shows": ["feedback"], "weeks": 1 });
    problem(portal.post(&learner, "/api/v1/shares", &unknown).await, 422, "wrong-shape").await;
    let nobody = portal.post(&browser(), "/api/v1/shares", &unknown).await;
    problem(nobody, 401, "not-signed-in").await;

    for _ in 0..contract::share::SHARES_MAX {
        make(&portal, &learner, &["study"], 1).await;
    }
    let one_more = json!({ "whom": "Lee", "shows": ["study"], "weeks": 1 });
    problem(portal.post(&learner, "/api/v1/shares", &one_more).await, 409, "too-many-shares").await;
    assert_eq!(records(&portal, &learner, kind::SHARE).await.len(), contract::share::SHARES_MAX);
    portal.clock.advance(Duration::weeks(1));
    make(&portal, &learner, &["study"], 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_addresses_gets_slow() {
    let (portal, learner) = start().await;
    let made = make(&portal, &learner, &ALL, 1).await;
    for _ in 0..60 {
        assert_eq!(portal.get(&browser(), "/share/a-guess").await.status(), 404);
    }
    let slow = open(&made).await;
    assert_eq!(
        (slow.status(), &slow.headers()["retry-after"]),
        (reqwest::StatusCode::TOO_MANY_REQUESTS, &"60".parse().unwrap())
    );
    portal.clock.advance(Duration::minutes(1));
    page(&made).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_never_shows_more_than_when_it_was_made_nor_comes_back() {
    let (portal, learner) = start().await;
    let made = make(&portal, &learner, &["study"], 1).await;
    let share = made["share"]["id"].as_str().unwrap();
    let rows = portal.rows().await;
    for change in
        ["shows = '[\"deadlines\"]', withdrawn_at = 1", "ends_at = ends_at + 1", "learner = 'L9', withdrawn_at = 1"]
    {
        let sql = format!("UPDATE share SET {change} WHERE id = '{share}'");
        assert!(sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&rows).await.is_err(), "{change}");
    }
    let _ = portal.db.withdraw_share(&"L1001".into(), share, at("2026-11-23T12:00:00Z")).await.unwrap();
    for change in ["UPDATE share SET withdrawn_at = NULL", "DELETE FROM share"] {
        assert!(sqlx::query(change).execute(&rows).await.is_err(), "{change}");
    }
}
