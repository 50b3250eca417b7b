//! The address of a learner's calendar: a secret that can be ended, and what a stranger's calendar reads at it.

use crate::{
    changes::{send, welder},
    support::{Portal, asking, at, batch, browser, declaration::sent, problem},
};
use chrono::Duration;
use contract::{
    deadline::{Assignment, Mode},
    delta::Kind,
    webinar::Webinar,
};
use import::{Audience, RecordRow};
use portal_server::{
    auth::code,
    commands::staff,
    db::{
        Written,
        copy::{Purpose, copy},
    },
};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use std::collections::BTreeMap;

async fn make(portal: &Portal, learner: &Client) -> String {
    let answer = learner.post(format!("{}/api/v1/calendar", portal.url)).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["cache-control"].to_str().unwrap()), (200, "no-store"));
    let made: Value = answer.json().await.unwrap();
    assert_eq!(made["since"], "2026-11-23T12:00:00Z");
    made["address"].as_str().unwrap().to_owned()
}

/// As somebody who is not signed in.
async fn read(address: &str) -> Response {
    browser().get(address).send().await.unwrap()
}

/// The events by their titles: a property's name and its value.
async fn events(address: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = read(address).await.text().await.unwrap().replace("\r\n ", "");
    let mut events = BTreeMap::new();
    for event in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let lines = event.split("\r\n").filter_map(|line| line.split_once(':'));
        let event: BTreeMap<String, String> = lines.map(|(name, value)| (name.into(), value.into())).collect();
        events.insert(format!("{} {}", event["SUMMARY"], event["UID"]), event);
    }
    events
}

/// The one event whose title begins so.
async fn one(address: &str, title: &str) -> BTreeMap<String, String> {
    let found: Vec<_> = events(address).await.into_iter().filter(|(name, _)| name.starts_with(title)).collect();
    assert_eq!(found.len(), 1, "{title}: {found:?}");
    found.into_iter().next().unwrap().1
}

fn work(change: impl FnOnce(&mut Assignment)) -> RecordRow {
    let row = batch::assignment("weld-1", "weld", "Report on welding safety");
    let mut assignment: Assignment = serde_json::from_str(&row.body).unwrap();
    change(&mut assignment);
    RecordRow { body: serde_json::to_string(&assignment).unwrap(), ..row }
}

fn session(mode: Mode, cancelled: bool) -> RecordRow {
    let body = Webinar {
        id: "meet".into(),
        course: "weld".into(),
        title: "Arc welding".into(),
        starts: at("2027-03-28T09:00:00Z"),
        ends: at("2027-03-28T10:30:00Z"),
        mode,
        join: Some("https://meet.example.org/secret".into()),
        telephone: Some("020 7946 0123".into()),
        pin: Some("PIN-4417".into()),
        data_mb_per_hour: None,
        place: None,
        about: None,
        cancelled,
    };
    let body = serde_json::to_string(&body).unwrap();
    RecordRow {
        kind: Kind::Webinar.into(),
        id: "meet".into(),
        audience: Audience::Course("weld".into()),
        body,
        removed: false,
    }
}

/// A learner on `weld` with one piece of work, and the address of their calendar.
async fn start() -> (Portal, Client, String) {
    let portal = Portal::start().await;
    portal.import(batch::records([batch::course("weld", "Welding level 2"), work(|_| {})])).await;
    portal.learner("L1001").await;
    let learner = portal.sign_in("L1001").await;
    let address = make(&portal, &learner).await;
    (portal, learner, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_told_once_kept_as_a_hash_and_opens_nothing_when_it_was_replaced_or_ended() {
    let (portal, learner, first) = start().await;
    let secret = first.rsplit('/').next().unwrap().trim_end_matches(".ics").to_owned();
    assert_eq!(secret.len(), 43, "32 bytes by chance");
    assert!(portal.everything().await.iter().all(|value| !value.contains(&secret)), "the secret is in a row");
    let known: Value = portal.get(&learner, "/api/v1/calendar").await.json().await.unwrap();
    assert_eq!(known, json!({ "since": "2026-11-23T12:00:00Z" }));
    assert_eq!(read(&first).await.status(), 200);

    let second = make(&portal, &learner).await;
    assert_ne!(first, second);
    problem(read(&first).await, 404, "no-such-calendar").await;
    assert_eq!(read(&second).await.status(), 200);
    for _ in 0..2 {
        let ended = learner.delete(format!("{}/api/v1/calendar", portal.url)).send().await.unwrap();
        assert_eq!(ended.status(), 204);
    }
    problem(read(&second).await, 404, "no-such-calendar").await;
    assert_eq!(portal.get(&learner, "/api/v1/calendar").await.json::<Value>().await.unwrap(), json!({}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_passphrase_ends_the_address_that_whoever_knew_the_old_one_may_have_made() {
    let (portal, _, address) = start().await;
    let code = code::new();
    let expires = at("2026-12-01T12:00:00Z");
    let given = portal.db.set_code(&"L1001".into(), &code::sha256(&code), expires).await.unwrap();
    assert_eq!(given, Written::Yes);
    let form =
        json!({ "learner": "L1001", "code": code, "new_passphrase": "another-long-passphrase", "device": "own" });
    assert_eq!(portal.post(&browser(), "/api/v1/session", &form).await.status(), 200);
    problem(read(&address).await, 404, "no-such-calendar").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_calendar_gets_times_and_the_courses_short_name_and_nothing_else() {
    let (portal, _, address) = start().await;
    portal.import(batch::records([session(Mode::LiveWebinar, false)])).await;
    let answer = read(&address).await;
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(header("cache-control"), "private, no-cache");
    let tag = header("etag");
    let text = answer.text().await.unwrap();
    let said = ["L1001", "Report", "safety", "Arc", "Welding", "weld-1", "meet", "https", "020 7946", "PIN"];
    for private in said {
        assert!(!text.contains(private), "{private} in {text}");
    }
    for line in ["METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT4H", "DTSTART:20261201T235900Z"] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} is not in {text}");
    }
    assert!(!text.contains("TZID") && !text.contains("VTIMEZONE"));
    let meets = one(&address, "Live session: weld").await;
    assert_eq!((&*meets["DTSTART"], &*meets["DTEND"]), ("20270328T090000Z", "20270328T103000Z"));

    let again = browser().get(&address).header("if-none-match", format!("W/{tag}")).send().await.unwrap();
    assert_eq!(again.status(), 304);
    portal.import(batch::records([session(Mode::FaceToFace, false)])).await;
    let changed = browser().get(&address).header("if-none-match", tag).send().await.unwrap();
    assert_eq!(changed.status(), 200);
    assert!(changed.text().await.unwrap().contains("SUMMARY:Session: weld"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_raises_the_sequence_and_none_lowers_it() {
    let (portal, _, address) = start().await;
    let mut last = one(&address, "Work due").await;
    let sequence = |event: &BTreeMap<String, String>| event["SEQUENCE"].parse::<i64>().unwrap();
    let extension = batch::extension("L1001", "weld-1", "2026-12-24T12:00:00Z");
    let taken_back = RecordRow { removed: true, ..extension.clone() };
    let removed = RecordRow { removed: true, ..work(|_| {}) };
    let steps: [(import::Batch, &str, &str); 9] = [
        (batch::records([work(|work| work.due = at("2027-03-28T22:59:00Z"))]), "20270328T225900Z", "CONFIRMED"),
        (batch::records([extension.clone()]), "20261224T120000Z", "CONFIRMED"),
        (batch::records([taken_back]), "20270328T225900Z", "CONFIRMED"),
        (batch::records([extension]), "20261224T120000Z", "CONFIRMED"),
        (batch::records([work(|work| work.cancelled = true)]), "20261224T120000Z", "CANCELLED"),
        (batch::records([work(|_| {})]), "20261224T120000Z", "CONFIRMED"),
        (batch::records([removed]), "20261224T120000Z", "CANCELLED"),
        (batch::records([work(|_| {})]), "20261224T120000Z", "CONFIRMED"),
        (batch::left("L1001", "weld"), "20261224T120000Z", "CANCELLED"),
    ];
    for (batch, starts, status) in steps {
        portal.import(batch).await;
        let now = one(&address, "Work due").await;
        assert_eq!((&*now["DTSTART"], &*now["STATUS"]), (starts, status));
        assert_eq!(now["UID"], last["UID"]);
        assert!(sequence(&now) > sequence(&last), "{now:?} after {last:?}");
        assert!(now["LAST-MODIFIED"] >= last["LAST-MODIFIED"], "{now:?} after {last:?}");
        last = now;
    }
    // Nothing that changed is nothing new.
    portal.import(batch::records([work(|_| {})])).await;
    assert_eq!(one(&address, "Work due").await, last);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_went_to_another_course_is_cancelled_for_those_it_left_and_the_others_things_are_not_there() {
    let (portal, _, address) = start().await;
    let before = one(&address, "Work due").await;
    portal.import(batch::learner_on("L1002", "maths")).await;
    let moved = RecordRow { audience: Audience::Course("maths".into()), ..work(|work| work.course = "maths".into()) };
    let of_maths = batch::assignment("maths-1", "maths", "Fractions");
    portal.import(batch::records([moved, of_maths, batch::extension("L1002", "weld-1", "2027-01-01T00:00:00Z")])).await;
    let now = one(&address, "Work due").await;
    assert_eq!((&now["UID"], &*now["STATUS"]), (&before["UID"], "CANCELLED"));
    assert_eq!(now["SUMMARY"], "Work due: weld", "the course by which the learner saw it");
    assert_eq!(now["DTSTART"], before["DTSTART"], "another learner's extension");
}

#[tokio::test(flavor = "multi_thread")]
async fn time_that_is_granted_moves_the_event() {
    let (portal, learner) = asking::asked_of(|_| {}).await;
    let address = make(&portal, &learner).await;
    assert!(send(&portal, &learner, &[sent(&asking::more_time())]).await[0]["outcome"]["accepted"].is_object());
    let key = staff::add(&*portal.db, "sam", "Sam Okafor", "tutor").await.unwrap();
    let steps = format!("{}/api/v1/admin/requests/{}/steps", portal.url, asking::ID);
    let granted = json!({ "decision": { "granted": { "date": "2026-12-08", "time": "17:00:00" } } });
    let answer = browser().post(steps).bearer_auth(key).json(&granted).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let starts: Vec<_> = events(&address).await.into_values().map(|event| event["DTSTART"].clone()).collect();
    assert!(starts.contains(&"20261208T170000Z".to_owned()), "{starts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sequences_do_not_fall_when_a_backup_takes_the_databases_place() {
    let (portal, _, address) = start().await;
    portal.import(batch::records([work(|work| work.cancelled = true)])).await;
    let before = one(&address, "Work due").await["SEQUENCE"].parse::<i64>().unwrap();
    let other = Portal::start().await;
    let place = Purpose::Place { replace: true };
    assert_eq!(copy(&*portal.db, &*other.db, place).await.unwrap(), Written::Yes);
    let there = address.replace(&portal.url, &other.url);
    let after = one(&there, "Work due").await["SEQUENCE"].parse::<i64>().unwrap();
    assert!(after > before, "{after} after {before}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_address_is_none_and_sixty_tries_a_minute_are_enough() {
    let (portal, _) = welder().await;
    for (n, path) in ["none.ics", ".ics", "none", "%FF", "none.ics.ics"].into_iter().cycle().take(60).enumerate() {
        let answer = portal.get(&browser(), &format!("/api/v1/calendar/{path}")).await;
        assert_eq!(answer.status(), 404, "{n} {path}");
    }
    problem(portal.get(&browser(), "/api/v1/calendar/none.ics").await, 429, "too-many").await;
    portal.clock.advance(Duration::minutes(1));
    problem(portal.get(&browser(), "/api/v1/calendar/none.ics").await, 404, "no-such-calendar").await;
}
