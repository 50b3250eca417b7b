//! The binary as whoever runs it sees it: what it prints, how it ends, and what is left after it was killed.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

use reqwest::Client;
use serde_json::{Value, json};
use std::{
    path::Path,
    process::{Output, Stdio},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

const PASSPHRASE: &str = "plain-river-stone";

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
    stdout(&data, &["learner", "add", "L1001", "--name", "Amira Khan"]).await;
    assert!(data.join("portal.db").exists());
    let mode = std::os::unix::fs::PermissionsExt::mode(&data.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700);
}

async fn with_learner() -> TempDir {
    let dir = TempDir::new().unwrap();
    stdout(dir.path(), &["learner", "add", "L1001", "--name", "Amira Khan"]).await;
    stdout(dir.path(), &["learner", "example", "L1001"]).await;
    dir
}

/// The work that the learner declares.
async fn seed_work(data: &Path) {
    use import::{Audience, Batch, EnrolmentRow, RecordRow};
    let body = json!({
        "id": "weld-1", "course": "weld", "title": "Report", "due": "2026-12-01T23:59:00Z", "mode": "distance",
    });
    let batch = Batch {
        enrolments: vec![EnrolmentRow { learner: "L1001".into(), course: "weld".into(), removed: false }],
        records: vec![RecordRow {
            kind: contract::delta::Kind::Assignment,
            id: "weld-1".into(),
            audience: Audience::Course("weld".into()),
            body: body.to_string(),
            removed: false,
        }],
        learners: Vec::new(),
    };
    let db = portal_server::db::open(&format!("sqlite:{}", data.join("portal.db").display())).await.unwrap();
    db.import(&batch, false).await.unwrap();
    db.close().await;
}

fn change(attempt: u32) -> Value {
    json!({
        "id": format!("7d1f0f0a-3c7e-4f0e-9a54-0d3a54b0b{attempt:03}"),
        "client": "0b9a4c52-7e0e-4a0a-8f5e-5d7c6a1e2f33",
        "seq": attempt,
        "made_at": "2026-11-23T11:58:00Z",
        "what": { "declare": {
            "learner": "L1001", "assignment": "weld-1", "assignment_title": "Report",
            "attempt": attempt, "course": "weld", "due": "2026-12-01T23:59:00Z",
            "rules": { "text": [], "shown_at": "2026-11-23T11:50:00Z" },
            "help": "none", "sources": "none", "ai": "none",
            "wording": { "version": "1", "language": "en-GB", "statements": ["I certify: it is my own work."] },
            "signed_name": "Amira Khan", "device_time": "2026-11-23T11:58:00Z",
        } },
    })
}

async fn declare(browser: &Client, url: &str, attempt: u32) -> Value {
    let change = change(attempt);
    let items = json!([{ "id": change["id"], "change": change.to_string() }]);
    let answer = browser.post(format!("{url}/api/v1/changes")).json(&items).send().await.unwrap();
    answer.json::<Vec<Value>>().await.unwrap().remove(0)
}

async fn sign_in(url: &str) -> Client {
    let browser = Client::builder().cookie_store(true).build().unwrap();
    let form = json!({ "learner": "L1001", "passphrase": PASSPHRASE, "device": "own" });
    let answer = browser.post(format!("{url}/api/v1/session")).json(&form).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    browser
}

/// A server on a free port, and its address once it listens. It is killed when dropped.
async fn serve(data: &Path) -> (Child, String) {
    let mut server = command(data, &["serve", "--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    let url = line.strip_prefix("Listening on ").unwrap().split(' ').next().unwrap().to_owned();
    (server, url)
}

/// What a command that does its work prints.
async fn stdout(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments).await;
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a command that cannot do its work says.
async fn refused(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments).await;
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

async fn run(data: &Path, arguments: &[&str]) -> Output {
    command(data, arguments).stdout(Stdio::piped()).spawn().unwrap().wait_with_output().await.unwrap()
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal-server"));
    // Nothing of whoever runs the tests: neither options nor a log level.
    command.args(arguments).env_clear().env("DATA_DIR", data).stderr(Stdio::piped()).kill_on_drop(true);
    command
}
