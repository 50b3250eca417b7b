//! What learners confide: read by few, and nowhere to be found by anybody else.

use crate::{
    backup::backed_up,
    changes::send,
    support::{
        Portal,
        asking::{Clerk, asked_of, asks, confides, id, more, requests, seal, trusted},
        browser,
        database::Kind,
        declaration::sent,
        pointers, problem,
        seal::seal as envelope,
    },
};
use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
use data_encoding::BASE64URL_NOPAD as BASE64;
use portal_server::commands::export::csv;
use reqwest::Client;
use serde_json::{Value, json};

const CANARY: &str = "CANARY-what-nobody-else-may-read";
const ANSWER: &str = "CANARY-answer-for-its-learner-alone";

async fn accepted(portal: &Portal, learner: &Client, change: &Value) {
    let ack = send(portal, learner, &[sent(change)]).await.remove(0);
    assert!(ack["outcome"]["accepted"].is_object(), "{ack}");
}

async fn refused(portal: &Portal, learner: &Client, change: &Value) -> Value {
    send(portal, learner, &[sent(change)]).await.remove(0)["outcome"]["refused"]["problem"].clone()
}

/// As the app's `crypto.js` decrypts.
async fn unlocked(portal: &Portal, learner: &Client, said: &Value) -> Value {
    let who: Value = portal.get(learner, "/api/v1/session").await.json().await.unwrap();
    let key: [u8; 32] = BASE64.decode(who["reading_key"].as_str().unwrap().as_bytes()).unwrap().try_into().unwrap();
    let bytes = BASE64.decode(said["locked"].as_str().unwrap().as_bytes()).unwrap();
    let nonce: [u8; 12] = bytes[..12].try_into().unwrap();
    let payload = Payload { msg: &bytes[12..], aad: said["id"].as_str().unwrap().as_bytes() };
    let text = Aes256Gcm::new(&key.into()).decrypt(&nonce.into(), payload).unwrap();
    serde_json::from_slice(&text).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_confided_is_read_by_the_lead_and_by_its_learner_and_found_nowhere() {
    let (portal, learner) = trusted().await;
    let lead = Clerk::new(&portal, "safeguarding-lead").await;
    let administrator = Clerk::new(&portal, "administrator").await;
    let concern = confides(&portal, 1, "concern", &json!({ "text": CANARY, "telephone": "020 7946 0123" }));
    // Through an envelope, as the app sends it.
    let sealed = envelope(&portal, &learner, &concern).await;
    let answer = portal.post(&browser(), "/api/v1/envelopes", &json!([sealed])).await;
    assert_eq!(answer.json::<Value>().await.unwrap()[0]["outcome"], json!({ "accepted": {} }));
    let added = seal(&portal, &id(2), &json!({ "text": format!("{CANARY} again") }));
    accepted(&portal, &learner, &more(2, &id(1), json!({ "sealed": added }))).await;
    lead.answer(&id(1), &json!({ "text": ANSWER })).await;

    let read = lead.read(&format!("requests/{}", id(1))).await;
    let said = read["request"]["said"].as_array().unwrap();
    assert_eq!(said[0]["says"]["text"], CANARY);
    assert_eq!(said[1]["says"]["text"], format!("{CANARY} again"));
    assert_eq!(said[2]["says"]["text"], ANSWER);
    assert!(said.iter().all(|said| said.get("locked").is_none()));
    let mine = requests(&portal, &learner).await.remove(0);
    assert_eq!((&mine["private"], &mine["promised_by"]), (&json!(true), &json!("2026-11-24")));
    assert!(mine["said"].as_array().unwrap().iter().all(|said| said.get("says").is_none()));
    assert_eq!(unlocked(&portal, &learner, &mine["said"][0]).await["text"], CANARY);
    assert_eq!(unlocked(&portal, &learner, &mine["said"][2]).await, json!({ "text": ANSWER }));

    let found = administrator.get("export/requests").await.text().await.unwrap();
    let declared = csv(&portal.db.declarations().await.unwrap()).unwrap();
    let log = administrator.get("access-log").await.text().await.unwrap();
    let backup = backed_up(&portal).await;
    let mut places = vec![
        ("every row", portal.everything().await.join("\n").into_bytes()),
        ("the requests' table", found.into_bytes()),
        ("the declarations' table", declared.into_bytes()),
        ("the access log", log.into_bytes()),
        ("the backup", std::fs::read(backup).unwrap()),
    ];
    if portal.database.kind == Kind::Sqlite {
        for name in ["portal.db", "portal.db-wal"] {
            places.push((name, std::fs::read(portal.dir.path().join(name)).unwrap()));
        }
    }
    for (place, bytes) in places {
        assert!(!bytes.is_empty(), "{place}");
        assert!(!String::from_utf8_lossy(&bytes).contains("CANARY"), "{place}");
    }
    // The lead's own table has it.
    let concerns = lead.get("export/concerns").await.text().await.unwrap();
    assert!(concerns.contains(CANARY) && concerns.contains(ANSWER), "{concerns}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_is_told_that_there_is_a_concern_and_every_reading_is_logged() {
    let (portal, learner) = trusted().await;
    accepted(&portal, &learner, &confides(&portal, 1, "concern", &json!({ "text": CANARY }))).await;
    accepted(&portal, &learner, &confides(&portal, 2, "personal", &json!({ "text": CANARY }))).await;
    for role in ["tutor", "assessor", "learner-support", "administrator"] {
        let clerk = Clerk::new(&portal, role).await;
        problem(clerk.get(&format!("requests/{}", id(1))).await, 404, "no-such-request").await;
        problem(clerk.post(&id(1), &json!({ "status": "seen" })).await, 404, "no-such-request").await;
        let list = clerk.read("requests").await;
        let kinds: Vec<&Value> =
            list["requests"].as_array().unwrap().iter().map(|one| &one["request"]["kind"]).collect();
        let personal = format!("requests/{}", id(2));
        if role == "learner-support" {
            assert_eq!(kinds, ["personal"]);
            assert_eq!(clerk.read(&personal).await["request"]["said"][0]["says"]["text"], CANARY);
        } else {
            assert_eq!(kinds, Vec::<&Value>::new());
            problem(clerk.get(&personal).await, 403, "other-role").await;
        }
        let waiting =
            json!([{ "kind": "concern", "open": 1, "overdue": 0 }, { "kind": "personal", "open": 1, "overdue": 0 }]);
        let expected = if role == "administrator" { Some(&waiting) } else { None };
        assert_eq!(list.get("private"), expected, "{role}");
    }
    let lead = Clerk::new(&portal, "safeguarding-lead").await;
    lead.read(&format!("requests/{}", id(1))).await;
    let log = lead.get("access-log").await.text().await.unwrap();
    for (who, what) in [("learner-support", id(2)), ("safeguarding-lead", id(1))] {
        assert!(log.contains(&format!("{who},Bo {who},{who},read-request,{what}\n")), "{log}");
    }
    assert_eq!(log.matches("read-request").count(), 2, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_private_is_never_taken_in_clear() {
    let (portal, learner) = trusted().await;
    for (kind, fields) in [
        ("concern", json!({ "says": { "text": CANARY } })),
        ("personal", json!({ "sealed": seal(&portal, &id(1), &json!({ "text": "x" })), "says": { "text": CANARY } })),
        (
            "personal",
            json!({ "sealed": seal(&portal, &id(1), &json!({ "text": "x" })), "about": { "material": CANARY } }),
        ),
        ("learning", json!({ "sealed": seal(&portal, &id(1), &json!({ "text": "x" })), "says": { "text": "x" } })),
    ] {
        assert_eq!(refused(&portal, &learner, &asks(1, kind, fields)).await["type"], "/problems/fields", "{kind}");
    }
    accepted(&portal, &learner, &confides(&portal, 2, "personal", &json!({ "text": "x" }))).await;
    let clear = more(3, &id(2), json!({ "says": { "text": CANARY } }));
    assert_eq!(pointers(&refused(&portal, &learner, &clear).await), ["/what/more/sealed"]);
    // Sealed for another step, for nobody, or with nothing in it: said at once, rather than kept where nobody can read it.
    let elsewhere = asks(4, "concern", json!({ "sealed": seal(&portal, &id(5), &json!({ "text": "x" })) }));
    assert_eq!(refused(&portal, &learner, &elsewhere).await["type"], "/problems/not-opened");
    let empty = confides(&portal, 4, "concern", &json!({ "text": " " }));
    assert_eq!(refused(&portal, &learner, &empty).await["type"], "/problems/fields");
    let long = confides(&portal, 4, "concern", &json!({ "text": "x".repeat(5_001) }));
    assert_eq!(refused(&portal, &learner, &long).await["type"], "/problems/fields");
    let most = confides(&portal, 4, "concern", &json!({ "text": "\u{1f600}".repeat(5_000) }));
    accepted(&portal, &learner, &most).await;
    assert!(!portal.everything().await.join("\n").contains("CANARY"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_a_private_request_is_refused_with_whom_to_call() {
    let (portal, learner) = asked_of(|_| {}).await;
    let who: Value = portal.get(&learner, "/api/v1/session").await.json().await.unwrap();
    let meta: Value = portal.get(&browser(), "/api/v1/meta").await.json().await.unwrap();
    assert_eq!((who.get("confidential"), who.get("reading_key"), meta.get("confidential")), (None, None, None));
    let sealed = json!({ "sealed": { "key": "k", "enc": "e", "sealed": "s" } });
    let problem = refused(&portal, &learner, &asks(1, "concern", sealed)).await;
    assert_eq!(problem["type"], "/problems/no-private-route");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("Grace Lead on 020 7946 0199") && detail.contains("999"), "{detail}");
    let clear = asks(1, "concern", json!({ "says": { "text": CANARY } }));
    assert_eq!(refused(&portal, &learner, &clear).await["type"], "/problems/fields");
    assert!(!portal.everything().await.join("\n").contains("CANARY"));
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_study_time_is_its_learners_until_they_share_it() {
    let (portal, learner) = trusted().await;
    let study = json!({ "date": "2026-11-20", "minutes": 120 });
    accepted(&portal, &learner, &confides(&portal, 1, "study-time", &json!({ "text": CANARY, "study": study }))).await;
    let mine = requests(&portal, &learner).await.remove(0);
    assert_eq!(mine.get("promised_by"), None);
    assert_eq!(unlocked(&portal, &learner, &mine["said"][0]).await["study"], study);
    let path = format!("requests/{}", id(1));
    let clerks = [Clerk::new(&portal, "tutor").await, Clerk::new(&portal, "safeguarding-lead").await];
    for clerk in &clerks {
        problem(clerk.get(&path).await, 404, "no-such-request").await;
        assert_eq!(clerk.read("requests").await["requests"], json!([]));
    }
    accepted(&portal, &learner, &more(2, &id(1), json!({ "share": { "study": study } }))).await;
    let read = clerks[0].read(&path).await;
    assert_eq!(read["request"]["said"][1]["says"], json!({ "study": study }));
    assert_eq!(read["request"]["promised_by"], "2026-11-30");
    assert!(!read.to_string().contains("CANARY"), "what was not shared stays the learner's: {read}");
    problem(clerks[1].get(&path).await, 403, "other-role").await;
    clerks[0].answer(&id(1), &json!({ "text": "We spoke to your employer." })).await;
    assert_eq!(requests(&portal, &learner).await[0]["said"][2]["says"]["text"], "We spoke to your employer.");
}
