//! Learners whose course is over, and the end of its years.

use super::{
    Portal,
    asking::{self, Clerk, id},
    batch,
    declaration::{attempt, sent, withdrawal},
};
use crate::{
    acts::acts,
    changes::send,
    retention::{certified, course},
};
use import::{Batch, LearnerRow};
use portal_server::{
    clock::Clock,
    commands::retention::{self, Report},
    db::Countersigning,
};
use reqwest::Client;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Amira and Ben have each done and been given something of everything on the course `weld`, whose awarding body wants things kept for three
/// years; Amira's have just run out.
pub struct Ended {
    pub portal: Portal,
    pub amira: Client,
    pub ben: Client,
    pub tutor: Clerk,
    pub lead: Clerk,
}

pub async fn ended() -> Ended {
    let (portal, amira) = asking::trusted().await;
    portal.import(batch::records([course("weld", "Example Awards"), batch::session("weld-live", "weld")])).await;
    portal.learner("L1002").await;
    let learners = [("L1001", "Amira Khan"), ("L1002", "Ben Ito")];
    let learners = learners.map(|(id, name)| LearnerRow { id: id.into(), name: name.into() }).into();
    portal.import(Batch { learners, ..Batch::default() }).await;
    let ben = portal.sign_in("L1002").await;
    let tutor = Clerk::new(&portal, "tutor").await;
    let lead = Clerk::new(&portal, "safeguarding-lead").await;
    for (learner, browser) in [("L1001", &amira), ("L1002", &ben)] {
        does(&portal, browser, learner, &tutor, &lead).await;
    }
    retention::set(&*portal.db, "Example Awards", 3).await.unwrap();
    portal
        .import(batch::records([certified("L1001", "weld", "2023-11-20"), certified("L1002", "weld", "2024-02-29")]))
        .await;
    Ended { portal, amira, ben, tutor, lead }
}

/// The same by another learner, with other words.
pub fn by(learner: &str, change: &Value) -> Value {
    if learner == "L1001" {
        return change.clone();
    }
    let text = change.to_string().replace("7d1f0f0a", "8d1f0f0a").replace("9d1f0f0a", "6d1f0f0a");
    let text = text.replace("0b9a4c52", "1b9a4c52").replace("L1001", "L1002").replace("Amira Khan", "Ben Ito");
    serde_json::from_str(&text.replace("My sister", "My brother").replace("My shift", "My bus")).unwrap()
}

async fn does(portal: &Portal, browser: &Client, learner: &str, tutor: &Clerk, lead: &Clerk) {
    let named = |text: &str| text.replace("Amira", if learner == "L1001" { "Amira" } else { "Ben" });
    let live = json!({ "webinar": "weld-live" });
    let rated = json!({ "rate": { "webinar": "weld-live", "clear": "all", "helped": named("Time for Amira") } });
    let read = json!({ "read": { "kind": "guidance", "id": "passwords", "version": "1" } });
    let mut personal = by(learner, &asking::asks(3, "personal", json!({})));
    let words = json!({ "text": named("A word for Amira") });
    personal["what"]["ask"]["sealed"] = asking::seal(portal, personal["id"].as_str().unwrap(), &words);
    let changes = [
        attempt(1),
        attempt(2),
        withdrawal(1),
        asking::more_time(),
        acts(4, &read),
        acts(5, &json!({ "arrive": live })),
        acts(6, &rated),
        acts(7, &json!({ "study": { "date": "2026-11-22", "minutes": 45, "what": named("for Amira") } })),
    ];
    let mut items: Vec<Value> = changes.iter().map(|change| sent(&by(learner, change))).collect();
    items.push(sent(&personal));
    let acks = send(portal, browser, &items).await;
    assert!(acks.iter().all(|ack| ack["outcome"]["accepted"].is_object()), "{acks:?}");
    let code = acks[1]["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap();
    let signed = portal.db.countersign(code, "Ms Price", &["Their own.".into()], portal.clock.now()).await.unwrap();
    assert!(matches!(signed, Countersigning::Done(_)));
    let request = |number: u32| by(learner, &json!(id(number))).as_str().unwrap().to_owned();
    tutor.answer(&request(1), &json!({ "text": "Yes.", "decision": { "granted": { "date": "2026-12-09" } } })).await;
    lead.read(&format!("requests/{}", request(3))).await;
    let mark =
        json!({ "learner": learner, "webinar": "weld-live", "mark": "late", "note": named("Amira missed a bus.") });
    assert_eq!(tutor.send("attendance", &mark).await.status(), 200);
    assert_eq!(tutor.send("feedback", &by(learner, &feedback())).await.status(), 200);
    let share = json!({ "whom": named("Ms Lee of Amira"), "shows": ["deadlines", "sessions", "attendance", "study"], "weeks": 9 });
    let share = if learner == "L1001" { share } else { json!({ "whom": "Mr Ray", "shows": ["study"], "weeks": 9 }) };
    let made: Value = portal.post(browser, "/api/v1/shares", &share).await.json().await.unwrap();
    assert_eq!(super::browser().get(made["address"].as_str().unwrap()).send().await.unwrap().status(), 200);
    assert_eq!(browser.post(format!("{}/api/v1/calendar", portal.url)).send().await.unwrap().status(), 200);
}

/// What Amira's tutor enters about the attempt that she did not withdraw.
pub fn feedback() -> Value {
    json!({
        "id": "9d1f0f0a-3c7e-4f0e-9a54-0d3a54b0a001",
        "learner": "L1001",
        "assignment": "weld-1",
        "attempt": 2,
        "outcome": "merit",
        "text": "Clear.",
    })
}

/// What `retention --out` writes now.
pub async fn list(portal: &Portal) -> PathBuf {
    let today = portal.clock.now().date_naive();
    let csv = retention::csv(&portal.db.certified(today).await.unwrap(), today).unwrap();
    let path = portal.dir.path().join(format!("due-{}.csv", uuid::Uuid::new_v4().simple()));
    fs::write(&path, csv).unwrap();
    path
}

pub async fn erase(portal: &Portal, list: &Path, dry_run: bool) -> Report {
    retention::erase(&*portal.db, list, portal.clock.now(), dry_run).await.unwrap()
}

/// Amira is on the course `maths` too, with a declaration of it.
pub async fn on_two_courses() -> Ended {
    let ended = ended().await;
    let Ended { portal, amira, .. } = &ended;
    let maths = [course("maths", "Example Skills Board"), batch::assignment("maths-1", "maths", "Fractions")];
    portal.import(batch::records(maths)).await;
    portal.import(Batch { learners: Vec::new(), ..batch::learner_on("L1001", "maths") }).await;
    let text = attempt(5).to_string().replace("weld-1", "maths-1").replace("\"weld\"", "\"maths\"");
    let ack = send(portal, amira, &[sent(&serde_json::from_str(&text).unwrap())]).await.remove(0);
    assert!(ack["outcome"]["accepted"].is_object(), "{ack}");
    ended
}
