//! Everything that is kept of a learner, for that learner alone.

use crate::{
    acts::acts,
    changes::send,
    support::{
        Portal, asking, batch, browser,
        declaration::{attempt, sent},
        problem,
    },
};
use portal_server::{commands::staff, confidential};
use reqwest::Client;
use serde_json::{Value, json};

/// Amira has declared, asked, confided and read something; Ben, on the same course, something of his own.
async fn start() -> (Portal, Client, Client) {
    let (portal, amira) = asking::trusted().await;
    let mut read = acts(4, &json!({ "read": { "kind": "guidance", "id": "passwords", "version": "1" } }));
    read["seq"] = json!(104);
    let confides = asking::confides(&portal, 3, "personal", &json!({ "text": "My landlord shouts at me." }));
    let changes = [sent(&attempt(1)), sent(&asking::more_time()), sent(&confides), sent(&read)];
    for ack in send(&portal, &amira, &changes).await {
        assert!(ack["outcome"]["accepted"].is_object(), "{ack}");
    }
    portal.learner("L1002").await;
    let extension = batch::extension("L1002", "weld-2", "2026-12-30T23:59:00Z");
    let mut body: Value = serde_json::from_str(&extension.body).unwrap();
    body["reason"] = json!("Ben was in hospital.");
    portal.import(batch::records([import::RecordRow { body: body.to_string(), ..extension }])).await;
    let ben = portal.sign_in("L1002").await;
    (portal, amira, ben)
}

async fn data(portal: &Portal, learner: &Client) -> Value {
    portal.get(learner, "/api/v1/me/data").await.json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_gets_all_that_is_kept_of_them_and_their_private_words_open() {
    let (portal, amira, _) = start().await;
    let lead = staff::add(&*portal.db, "grace", "Grace Adeyemi", "safeguarding-lead").await.unwrap();
    let request = format!("{}/api/v1/admin/requests/{}", portal.url, asking::id(3));
    assert_eq!(browser().get(request).bearer_auth(lead).send().await.unwrap().status(), 200);

    let mine = data(&portal, &amira).await;
    assert_eq!((&mine["learner"], &mine["name"]), (&json!("L1001"), &json!("L1001 Name")));
    let kept = mine["kept"].as_object().unwrap();
    let tables =
        ["learner", "session", "enrolment", "record", "change", "declaration", "evidence", "arrival", "request"];
    for table in tables.into_iter().chain(["request_step", "act", "access_log"]) {
        assert!(kept.contains_key(table), "{table} is not in {:?}", kept.keys());
    }
    // To the byte as it was sent.
    let exact = sent(&attempt(1))["change"].clone();
    assert!(kept["change"].as_array().unwrap().iter().any(|change| change["bytes"] == exact));
    assert_eq!(kept["session"][0]["created"], "2026-11-23T12:00:00Z");
    assert_eq!(kept["access_log"][0]["name"], "Grace Adeyemi");
    assert!(kept["record"].to_string().contains("My landlord shouts at me."), "{}", kept["record"]);
    assert!(!mine.to_string().contains("\"locked\""));
    assert_eq!(kept["act"][0]["body"]["read"]["id"], "passwords");
    for secret in ["$argon2", "token_sha256", "passphrase_hash"] {
        assert!(!mine.to_string().contains(secret), "{secret}");
    }

    let answer = portal.get(&amira, "/api/v1/me/data?format=html").await;
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/html; charset=utf-8");
    assert_eq!(header("content-disposition"), "attachment; filename=\"my-data.html\"");
    let page = answer.text().await.unwrap();
    assert!(page.contains("<h2>Your declarations</h2>") && page.contains("My landlord shouts at me."), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_learners_things_are_never_in_it_and_none_of_it_is_cached() {
    let (portal, amira, ben) = start().await;
    for path in ["/api/v1/me", "/api/v1/me/data", "/api/v1/me/data?format=html"] {
        let (hers, his) = (portal.get(&amira, path).await, portal.get(&ben, path).await);
        for answer in [&hers, &his] {
            assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
        }
        let (hers, his) = (hers.text().await.unwrap(), his.text().await.unwrap());
        for private in ["L1002", "Ben was", "hospital"] {
            assert!(!hers.contains(private), "{private} in {path} of Amira's");
        }
        for private in ["L1001", "landlord", "My shift changed", "My sister", asking::ID] {
            assert!(!his.contains(private), "{private} in {path} of Ben's");
        }
        problem(portal.get(&browser(), path).await, 401, "not-signed-in").await;
    }
    let named = portal.get(&ben, "/api/v1/me/data?learner=L1001").await.text().await.unwrap();
    assert!(!named.contains("L1001"));
    assert!(data(&portal, &ben).await["kept"]["record"].to_string().contains("hospital"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_short_form_says_how_large_the_files_are() {
    let (portal, amira, _) = start().await;
    let short: Value = portal.get(&amira, "/api/v1/me").await.json().await.unwrap();
    for (field, path) in [("bytes", "/api/v1/me/data"), ("page_bytes", "/api/v1/me/data?format=html")] {
        let length = portal.get(&amira, path).await.text().await.unwrap().len() as u64;
        assert_eq!(short[field].as_u64().unwrap(), length, "{path}");
    }
    assert_eq!(short["courses"], json!([{ "course": "weld", "title": "Welding level 2" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_has_no_key_for_stays_locked_and_says_so() {
    let (portal, ..) = start().await;
    let other = confidential::Confidential::parse(&confidential::make()).unwrap();
    let keys = portal_server::keys::Keys::load(&*portal.db).await.unwrap().with(Some(std::sync::Arc::new(other)));
    let mine = portal.db.mine(&"L1001".into()).await.unwrap().unwrap();
    let told = portal_server::mine::told(&mine, &keys, chrono::Utc::now()).to_string();
    assert!(told.contains("\"locked\"") && told.contains("stays_locked") && !told.contains("landlord"));
}
