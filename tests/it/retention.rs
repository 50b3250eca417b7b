//! How long things are kept: from the certificate on, by awarding body; and the list of what is due.

use crate::support::{Portal, batch, declaration};
use contract::{course::Course, deadline::Assignment, delta::Kind, kept::Certification, late::kind};
use import::{Audience, RecordKind, RecordRow};
use portal_server::{clock::Clock, commands::retention, db::Erasing};
use serde_json::{Value, json};

pub fn course(id: &str, body: &str) -> RecordRow {
    let course = Course {
        id: id.into(),
        title: format!("Course {id}"),
        awarding_body: Some(body.into()),
        blended_agreed_on: None,
    };
    let body = serde_json::to_string(&course).unwrap();
    RecordRow { kind: Kind::Course.into(), id: id.into(), audience: Audience::Course(id.into()), body, removed: false }
}

pub fn certified(learner: &str, course: &str, day: &str) -> RecordRow {
    let body = Certification { course: course.into(), certified_on: day.parse().unwrap() };
    RecordRow {
        kind: RecordKind::Late(kind::CERTIFICATION),
        id: format!("{learner}/{course}"),
        audience: Audience::Learner(learner.into()),
        body: serde_json::to_string(&body).unwrap(),
        removed: false,
    }
}

/// L1001 is on two courses and certified for one of them, L1002 on one and certified; L1003 is not certified.
async fn start() -> Portal {
    let portal = Portal::start().await;
    portal.import(batch::weld()).await;
    portal.import(batch::records([course("weld", "Example Awards"), course("maths", "Example Skills Board")])).await;
    for learner in ["L1001", "L1002", "L1003"] {
        portal.learner(learner).await;
    }
    portal.import(batch::learner_on("L1001", "maths")).await;
    portal
        .import(batch::records([certified("L1001", "weld", "2023-11-20"), certified("L1002", "weld", "2024-02-29")]))
        .await;
    portal
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_listed_by_learner_course_and_awarding_body_and_nothing_goes() {
    let portal = start().await;
    let learner = portal.sign_in("L1001").await;
    let ack = &crate::changes::send(&portal, &learner, &[declaration::sent(&declaration::attempt(1))]).await[0];
    assert!(ack["outcome"]["accepted"].is_object(), "{ack}");
    let today = "2026-11-23".parse().unwrap();
    let before = portal.db.certified(today).await.unwrap();
    assert!(before.iter().all(|one| one.kept_until.is_none()), "nobody has set a rule");

    retention::set(&*portal.db, "Example Awards", 3).await.unwrap();
    let rows = portal.everything().await.len();
    let due = portal.db.certified(today).await.unwrap();
    let csv = retention::csv(&due, today).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[1].starts_with("L1001,L1001 Name,weld,Example Awards,2023-11-20,3,2026-11-20,yes,1,maths,"), "{csv}");
    assert!(lines[2].starts_with("L1002,L1002 Name,weld,Example Awards,2024-02-29,3,2027-02-28,no,0,,"), "{csv}");
    assert!(lines[1].contains("declaration 1") && lines[1].contains("change 1"), "{csv}");
    assert_eq!((lines.len(), portal.everything().await.len()), (3, rows));

    // The last day is a day on which it is kept.
    let due_on = |day: &str| {
        let day = day.parse().unwrap();
        retention::csv(&due, day).unwrap().lines().nth(1).unwrap().contains(",yes,")
    };
    assert_eq!([due_on("2026-11-20"), due_on("2026-11-21")], [false, true]);
    for (body, years) in [("", 3), ("Example Awards", 101), ("a\nb", 1)] {
        assert!(retention::set(&*portal.db, body, years).await.is_err(), "{body} {years}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_is_told_until_when_each_course_is_kept() {
    let portal = start().await;
    retention::set(&*portal.db, "Example Awards", 3).await.unwrap();
    let learner = portal.sign_in("L1001").await;
    let short: Value = portal.get(&learner, "/api/v1/me").await.json().await.unwrap();
    assert_eq!(
        short["courses"],
        json!([
            { "course": "maths", "title": "Course maths", "awarding_body": "Example Skills Board" },
            {
                "course": "weld",
                "title": "Course weld",
                "awarding_body": "Example Awards",
                "certified_on": "2023-11-20",
                "years": 3,
                "kept_until": "2026-11-20",
            },
        ])
    );
    let taken_back = RecordRow { removed: true, ..certified("L1001", "weld", "2023-11-20") };
    portal.import(batch::records([taken_back])).await;
    let short: Value = portal.get(&learner, "/api/v1/me").await.json().await.unwrap();
    assert_eq!(short["courses"][1].get("kept_until"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_stays_as_long_as_any_of_its_works_awarding_bodies_wants() {
    let portal = start().await;
    let learner = portal.sign_in("L1001").await;
    let today = "2026-11-23".parse().unwrap();
    let weld = async || {
        let kept = portal.db.certified(today).await.unwrap().remove(0);
        let me: Value = portal.get(&learner, "/api/v1/me").await.json().await.unwrap();
        let told = &me["courses"][1];
        assert_eq!(told["awarding_body"].as_str(), kept.awarding_body.as_deref());
        assert_eq!(told["kept_until"].as_str().map(str::to_owned), kept.kept_until.map(|day| day.to_string()));
        (kept.awarding_body.unwrap(), kept.years)
    };
    retention::set(&*portal.db, "Example Awards", 3).await.unwrap();
    portal.import(batch::records([of_body("weld-1", "Example Trades"), of_body("weld-2", "Example Arts")])).await;
    // Taken away, with whatever was declared of it.
    portal.import(batch::records([RecordRow { removed: true, ..of_body("weld-2", "Example Arts") }])).await;
    retention::set(&*portal.db, "Example Trades", 6).await.unwrap();
    assert_eq!(weld().await, ("Example Arts".into(), None), "nobody said how long");
    let course = ["weld".into()];
    let erased = portal.db.erase(&"L1001".into(), &course, portal.clock.now(), true).await.unwrap();
    assert_eq!(erased, [Erasing::NoRule]);

    retention::set(&*portal.db, "Example Arts", 1).await.unwrap();
    assert_eq!(weld().await, ("Example Trades".into(), Some(6)), "the longest");
    let erased = portal.db.erase(&"L1001".into(), &course, portal.clock.now(), true).await.unwrap();
    assert_eq!(erased, [Erasing::KeptUntil("2029-11-20".parse().unwrap())]);

    retention::set(&*portal.db, "Example Trades", 2).await.unwrap();
    assert_eq!(weld().await, ("Example Awards".into(), Some(3)), "the course's own");
}

/// Work of the course `weld` that is another body's.
fn of_body(id: &str, body: &str) -> RecordRow {
    let row = batch::assignment(id, "weld", "Report on welding safety");
    let work: Assignment = serde_json::from_str(&row.body).unwrap();
    let work = Assignment { awarding_body: Some(body.into()), ..work };
    RecordRow { body: serde_json::to_string(&work).unwrap(), ..row }
}
