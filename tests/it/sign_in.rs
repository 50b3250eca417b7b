//! Who gets in, and that nobody learns why not.

use crate::support::{Portal, browser, credentials, pointers, problem};
use chrono::Duration;
use portal_server::{auth::code, db::Written};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn the_right_passphrase_signs_in() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    let answer = portal.post(&browser(), "/api/v1/session", &credentials("L1001", "shared")).await;
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("portal=") && cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{cookie}");
    let who: Value = answer.json().await.unwrap();
    assert_eq!(who["learner"], "L1001");
    assert_eq!(who["name"], "L1001 Name");
    assert_eq!(who["until"], "2026-11-23T12:10:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_https_the_cookie_belongs_to_this_host_alone() {
    let portal = Portal::start_with(|config| config.public_url = "https://portal.example.org".parse().unwrap()).await;
    portal.learner("L1001").await;
    let answer = portal.post(&browser(), "/api/v1/session", &credentials("L1001", "own")).await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-portal="), "{cookie}");
    for part in ["; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/", "; Max-Age=2592000"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_is_found_whatever_its_case_and_blanks() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    let answer = portal.post(&browser(), "/api/v1/session", &credentials(" l1001 ", "own")).await;
    assert_eq!(answer.json::<Value>().await.unwrap()["learner"], "L1001");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_use_code_sets_the_passphrase_once() {
    let portal = Portal::start().await;
    let code = with_code(&portal).await;
    let typed = code.to_lowercase().replace('-', " ");
    let first = json!({ "learner": "L1001", "code": typed, "new_passphrase": "three small words" });
    assert_eq!(portal.post(&browser(), "/api/v1/session", &first).await.status(), 200);
    problem(portal.post(&browser(), "/api/v1/session", &first).await, 401, "wrong-sign-in").await;
    let later = json!({ "learner": "L1001", "passphrase": "three small words" });
    assert_eq!(portal.post(&browser(), "/api/v1/session", &later).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passphrase_too_short_or_too_long_does_not_use_the_code_up() {
    let portal = Portal::start().await;
    let code = with_code(&portal).await;
    for poor in ["elevenchars".into(), "x".repeat(129), "            ".into()] {
        let form = json!({ "learner": "L1001", "code": code, "new_passphrase": poor });
        let answer = problem(portal.post(&browser(), "/api/v1/session", &form).await, 422, "fields").await;
        assert_eq!(pointers(&answer), ["/new_passphrase"]);
    }
    let form = json!({ "learner": "L1001", "code": code, "new_passphrase": "twelve chars" });
    assert_eq!(portal.post(&browser(), "/api/v1/session", &form).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_ends_after_fourteen_days() {
    let portal = Portal::start().await;
    let code = with_code(&portal).await;
    portal.clock.advance(Duration::days(14));
    let form = json!({ "learner": "L1001", "code": code, "new_passphrase": "twelve chars" });
    problem(portal.post(&browser(), "/api/v1/session", &form).await, 401, "wrong-sign-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_passphrase_ends_the_sessions_of_the_old_one() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    let old = portal.sign_in("L1001").await;
    let code = new_code(&portal).await;
    let form = json!({ "learner": "L1001", "code": code, "new_passphrase": "three small words" });
    assert_eq!(portal.post(&browser(), "/api/v1/session", &form).await.status(), 200);
    problem(portal.get(&old, "/api/v1/session").await, 401, "not-signed-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_passphrase_nor_code_is_said_of_the_field() {
    let portal = Portal::start().await;
    let answer = portal.post(&browser(), "/api/v1/session", &json!({ "learner": "L1001" })).await;
    assert_eq!(pointers(&problem(answer, 422, "fields").await), ["/passphrase"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_opens_a_session_is_in_the_database() {
    let portal = Portal::start().await;
    portal.learner("L1001").await;
    let answer = portal.post(&browser(), "/api/v1/session", &credentials("L1001", "own")).await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    let token = cookie.split(['=', ';']).nth(1).unwrap();
    let (kept,): (String,) =
        sqlx::query_as("SELECT token_sha256 FROM session").fetch_one(&portal.rows().await).await.unwrap();
    assert_eq!(kept, portal_server::evidence::sha256_hex(token.as_bytes()));
    let (hash,): (String,) =
        sqlx::query_as("SELECT passphrase_hash FROM learner").fetch_one(&portal.rows().await).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
}

pub async fn with_code(portal: &Portal) -> String {
    portal.import(crate::support::batch::learner_on("L1001", "weld")).await;
    new_code(portal).await
}

pub async fn new_code(portal: &Portal) -> String {
    let code = code::new();
    let expires = crate::support::at("2026-11-23T12:00:00Z") + Duration::days(code::DAYS);
    let done = portal.db.set_code(&"L1001".into(), &code::sha256(&code), expires).await.unwrap();
    assert_eq!(done, Written::Yes);
    code
}
