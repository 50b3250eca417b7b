//! The binary as whoever runs it sees it: what it prints, how it ends, and what is left after it was killed.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

mod support;

use reqwest::Client;
use serde_json::{Value, json};
use std::path::Path;
use support::{PASSPHRASE, change, declare, refused, run, seed_work, serve, sign_in, stdout, with_learner};
use tempfile::TempDir;
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_kill() {
    let dir = with_learner().await;
    seed_work(dir.path()).await;
    for attempt in 1..=5 {
        let (mut server, url) = serve(dir.path()).await;
        let browser = sign_in(&url).await;
        let ack = declare(&browser, &url, attempt).await;
        server.kill().await.unwrap();
        assert!(ack["outcome"]["accepted"].is_object(), "{ack}");
        let kept: Vec<Value> =
            serde_json::from_str(&stdout(dir.path(), &["export", "--format", "json"]).await).unwrap();
        assert_eq!(kept.len(), attempt as usize);
        let last = &kept[attempt as usize - 1];
        assert_eq!((&last["code"], &last["sha256"]), (&ack["outcome"]["accepted"]["receipt"]["code"], &ack["sha256"]));
        assert_eq!(last["change"].as_str().unwrap(), change(attempt).to_string());
    }
    let checked = stdout(dir.path(), &["verify-log"]).await;
    assert!(checked.starts_with("5 links, all whole."), "{checked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_well_when_asked() {
    for signal in ["TERM", "INT"] {
        let dir = TempDir::new().unwrap();
        let (mut server, url) = serve(dir.path()).await;
        assert_eq!(reqwest::get(format!("{url}/readyz")).await.unwrap().status(), 200);
        let pid = server.id().unwrap().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &pid]).status().await.unwrap().success());
        assert_eq!(server.wait().await.unwrap().code(), Some(0), "{signal}");
        assert!(!dir.path().join("portal.db-wal").exists(), "the database is whole in one file");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = refused(TempDir::new().unwrap().path(), &["serve", "--port", &port]).await;
    assert!(said.contains(&format!("127.0.0.1:{port} is taken")), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn example_learners_stay_on_this_machine() {
    let dir = with_learner().await;
    let said = refused(dir.path(), &["serve", "--host", "0.0.0.0", "--port", "0"]).await;
    assert!(said.contains("example learners") && said.contains("127.0.0.1"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn passphrases_do_not_travel_in_the_clear() {
    let dir = TempDir::new().unwrap();
    let said = refused(dir.path(), &["serve", "--host", "0.0.0.0", "--port", "0"]).await;
    assert!(said.contains("PUBLIC_URL") && said.contains("https"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_it_does_not_speak_is_said() {
    let said = refused(Path::new("."), &["export", "--database-url", "mysql://localhost/portal"]).await;
    assert!(said.contains("mysql") && said.contains("sqlite:PATH"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_from_the_command_line_lets_a_learner_in() {
    let dir = TempDir::new().unwrap();
    stdout(dir.path(), &["learner", "add", "L1001", "--name", "Amira Khan"]).await;
    let code = stdout(dir.path(), &["learner", "code", "L1001"]).await;
    let (_server, url) = serve(dir.path()).await;
    let form = json!({ "learner": "L1001", "code": code.trim(), "new_passphrase": "three small words" });
    let answer = Client::new().post(format!("{url}/api/v1/session")).json(&form).send().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["name"], "Amira Khan");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_by_the_tutor_ends_what_was_and_shows_no_secret_of_the_learners() {
    let dir = with_learner().await;
    let (_server, url) = serve(dir.path()).await;
    let browser = sign_in(&url).await;
    let said = stdout(dir.path(), &["learner", "sign-out", "l1001"]).await;
    assert_eq!(said, "L1001 is signed out everywhere: 1 sessions ended.\n");
    assert_eq!(browser.get(format!("{url}/api/v1/session")).send().await.unwrap().status(), 401);
    let said = stdout(dir.path(), &["learner", "revoke-uploads", "L1001"]).await;
    assert!(said.contains("no longer taken until they sign in there again"), "{said}");
    let code = stdout(dir.path(), &["learner", "code", "L1001"]).await;
    assert_eq!(code.trim().len(), 14, "the code and nothing else: {code}");
    let form = json!({ "learner": "L1001", "code": code.trim(), "new_passphrase": "three small words" });
    let answer = Client::new().post(format!("{url}/api/v1/session")).json(&form).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    // The passphrase from before opens nothing any more, nor does the code.
    for form in [json!({ "learner": "L1001", "passphrase": PASSPHRASE }), form] {
        let answer = Client::new().post(format!("{url}/api/v1/session")).json(&form).send().await.unwrap();
        assert_eq!(answer.status(), 401);
    }
    for command in ["sign-out", "revoke-uploads"] {
        let missing = refused(dir.path(), &["learner", command, "L9"]).await;
        assert!(missing.contains("There is no learner L9"), "{missing}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_proxy_that_is_no_address_is_said() {
    let output = run(Path::new("."), &["serve", "--port", "0", "--trusted-proxy", "proxy.example.org"]).await;
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && said.contains("`proxy.example.org` is neither an address nor a network"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_who_is_there_or_is_not_is_said() {
    let dir = with_learner().await;
    let twice = refused(dir.path(), &["learner", "add", "L1001", "--name", "Another"]).await;
    assert!(twice.contains("There is a learner L1001 already"), "{twice}");
    let missing = refused(dir.path(), &["learner", "code", "L9"]).await;
    assert!(missing.contains("There is no learner L9"), "{missing}");
    let odd = refused(dir.path(), &["learner", "add", "a/b", "--name", "Odd"]).await;
    assert!(odd.contains("`a/b` cannot be a learner reference"), "{odd}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_the_route_and_nothing_of_the_learner() {
    let dir = with_learner().await;
    seed_work(dir.path()).await;
    let (mut server, url) = serve(dir.path()).await;
    let browser = sign_in(&url).await;
    let ack = declare(&browser, &url, 1).await;
    let code = ack["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap().replace('$', "%24");
    browser.get(format!("{url}/api/v1/receipts/{code}?name=Amira")).send().await.unwrap();
    server.kill().await.unwrap();
    let log = String::from_utf8(server.wait_with_output().await.unwrap().stderr).unwrap();
    for line in ["method=POST route=\"/api/v1/changes\" status=200", "route=\"/api/v1/receipts/{code}\""] {
        assert!(log.contains(line), "{line} in {log}");
    }
    for private in ["L1001", "Amira", PASSPHRASE, &code, "certify", "portal="] {
        assert!(!log.contains(private), "{private} in {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_printed_without_a_database() {
    let document: Value = serde_json::from_str(&stdout(Path::new("/nonexistent"), &["openapi"]).await).unwrap();
    assert!(document["paths"]["/api/v1/changes"]["post"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_folder_may_have_any_name_and_is_private() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("learners' data %20 ?#").join("deep");
    stdout(&*data, &["learner", "add", "L1001", "--name", "Amira Khan"]).await;
    assert!(data.join("portal.db").exists());
    let mode = std::os::unix::fs::PermissionsExt::mode(&data.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_has_the_same_requests_and_feedback_each_time_and_one_of_them_is_granted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let [cohort, requests, marks, feedback] =
        ["cohort", "requests.json", "attendance.json", "feedback.json"].map(|name| root.join("examples").join(name));
    let mut heads = Vec::new();
    for _ in 0..2 {
        let dir = TempDir::new().unwrap();
        stdout(dir.path(), &["import", cohort.to_str().unwrap()]).await;
        let [requests, marks, feedback] = [&requests, &marks, &feedback].map(|file| file.to_str().unwrap());
        let files = ["--requests", requests, "--attendance", marks, "--feedback", feedback];
        let example = [&["learner", "example", "L1001", "L1002"][..], &files].concat();
        // Beginning again, after a start that was broken off, changes nothing.
        stdout(dir.path(), &example).await;
        stdout(dir.path(), &example).await;
        heads.push(stdout(dir.path(), &["export-head"]).await);
        let (_server, url) = serve(dir.path()).await;
        let delta: Value =
            sign_in(&url).await.get(format!("{url}/api/v1/sync")).send().await.unwrap().json().await.unwrap();
        let late = delta["changed"]["more"].as_array().unwrap();
        assert_eq!(late.iter().filter(|late| late["kind"] == "request").count(), 3);
        let marked =
            late.iter().filter(|late| late["kind"] == "attendance" && late["body"]["mark"].is_object()).count();
        assert_eq!(marked, 2);
        let given = late.iter().filter(|late| late["kind"] == "feedback" && late["body"]["given"]["version"] == "2");
        assert_eq!(given.count(), 1);
        let extensions = delta["changed"]["extensions"].as_array().unwrap();
        assert!(extensions.iter().any(|one| one["due"] == "2026-12-15T23:59:00Z"), "{extensions:?}");
    }
    assert_eq!(heads[0], heads[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_confidential_key_is_made_once_for_its_owner_alone_and_never_printed() {
    let dir = with_learner().await;
    let file = dir.path().join("confidential.key");
    let path = file.to_str().unwrap();
    let said = stdout(dir.path(), &["keys", "confidential", "--out", path]).await;
    let text = std::fs::read_to_string(&file).unwrap();
    let secret = text.lines().last().unwrap().split(' ').next_back().unwrap();
    assert!(!said.contains(secret), "{said}");
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let twice = refused(dir.path(), &["keys", "confidential", "--out", path]).await;
    assert!(twice.contains("--renew"), "{twice}");
    stdout(dir.path(), &["keys", "confidential", "--out", path, "--renew"]).await;
    assert!(std::fs::read_to_string(&file).unwrap().contains(secret), "what was sealed before goes on opening");
    let wrong = dir.path().join("portal.db");
    let arguments = ["serve", "--port", "0", "--confidential-key-file", wrong.to_str().unwrap()];
    assert!(refused(dir.path(), &arguments).await.contains("portal.db"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_staff_is_printed_once_and_opens_until_it_is_revoked() {
    let dir = with_learner().await;
    let key = stdout(dir.path(), &["staff", "add", "h.price", "--name", "Helen Price", "--role", "tutor"]).await;
    let (_server, url) = serve(dir.path()).await;
    let ask = async || {
        let ask = Client::new().get(format!("{url}/api/v1/admin/requests")).bearer_auth(key.trim());
        ask.send().await.unwrap().status()
    };
    assert_eq!(ask().await, 200);
    let list = stdout(dir.path(), &["staff", "list"]).await;
    assert!(list.contains("Helen Price") && !list.contains(key.trim()), "{list}");
    stdout(dir.path(), &["staff", "revoke", "h.price"]).await;
    assert_eq!(ask().await, 404, "there is no staff any more");
    let promised = stdout(dir.path(), &["promise", "set", "learning", "4"]).await;
    assert!(promised.lines().any(|line| line.split_whitespace().eq(["learning", "4"])), "{promised}");
}
