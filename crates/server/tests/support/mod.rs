//! The binary, run as whoever runs it does. Each test file uses some of this.
#![allow(dead_code)]

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

pub mod cluster;
pub mod schema;

pub const PASSPHRASE: &str = "plain-river-stone";

/// Where a server keeps what it has.
pub trait Place {
    fn url(&self) -> String;
    /// The environment variable that says so.
    fn variable(&self) -> (&'static str, String);
}

/// A data folder.
impl Place for Path {
    fn url(&self) -> String {
        format!("sqlite:{}", self.join("portal.db").display())
    }

    fn variable(&self) -> (&'static str, String) {
        ("DATA_DIR", self.display().to_string())
    }
}

/// An address.
impl Place for str {
    fn url(&self) -> String {
        self.to_owned()
    }

    fn variable(&self) -> (&'static str, String) {
        ("DATABASE_URL", self.to_owned())
    }
}

/// A data folder with a learner who can sign in.
pub async fn with_learner() -> TempDir {
    let dir = TempDir::new().unwrap();
    add_learner(dir.path()).await;
    dir
}

pub async fn add_learner(place: &(impl Place + ?Sized)) {
    stdout(place, &["learner", "add", "L1001", "--name", "Amira Khan"]).await;
    stdout(place, &["learner", "example", "L1001"]).await;
}

/// The work that the learner declares.
pub async fn seed_work(place: &(impl Place + ?Sized)) {
    use import::{Audience, Batch, EnrolmentRow, RecordRow};
    let body = json!({
        "id": "weld-1", "course": "weld", "title": "Report", "due": "2026-12-01T23:59:00Z", "mode": "distance",
    });
    let batch = Batch {
        enrolments: vec![EnrolmentRow { learner: "L1001".into(), course: "weld".into(), removed: false }],
        records: vec![RecordRow {
            kind: contract::delta::Kind::Assignment.into(),
            id: "weld-1".into(),
            audience: Audience::Course("weld".into()),
            body: body.to_string(),
            removed: false,
        }],
        ..Batch::default()
    };
    let db = portal_server::db::open(&place.url()).await.unwrap();
    db.import(&batch, chrono::Utc::now(), false).await.unwrap();
    db.close().await;
}

pub fn change(attempt: u32) -> Value {
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

pub async fn declare(browser: &Client, url: &str, attempt: u32) -> Value {
    let change = change(attempt);
    let items = json!([{ "id": change["id"], "change": change.to_string() }]);
    let answer = browser.post(format!("{url}/api/v1/changes")).json(&items).send().await.unwrap();
    answer.json::<Vec<Value>>().await.unwrap().remove(0)
}

pub async fn sign_in(url: &str) -> Client {
    let browser = Client::builder().cookie_store(true).build().unwrap();
    let form = json!({ "learner": "L1001", "passphrase": PASSPHRASE, "device": "own" });
    let answer = browser.post(format!("{url}/api/v1/session")).json(&form).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    browser
}

/// A server on a free port, and its address once it listens. It is killed when dropped.
pub async fn serve(place: &(impl Place + ?Sized)) -> (Child, String) {
    listening(command(place, &["serve", "--port", "0"])).await
}

/// The same, run by another program that takes a command line.
pub async fn serve_under(wrapper: &[&str], place: &(impl Place + ?Sized)) -> (Child, String) {
    listening(command_under(wrapper, place, &["serve", "--port", "0"])).await
}

async fn listening(mut command: Command) -> (Child, String) {
    let mut server = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    let url = line.strip_prefix("Listening on ").unwrap().split(' ').next().unwrap().to_owned();
    (server, url)
}

/// What a command that does its work prints.
pub async fn stdout(place: &(impl Place + ?Sized), arguments: &[&str]) -> String {
    let output = run(place, arguments).await;
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a command that cannot do its work says.
pub async fn refused(place: &(impl Place + ?Sized), arguments: &[&str]) -> String {
    let output = run(place, arguments).await;
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

pub async fn run(place: &(impl Place + ?Sized), arguments: &[&str]) -> Output {
    command(place, arguments).stdout(Stdio::piped()).spawn().unwrap().wait_with_output().await.unwrap()
}

pub fn command(place: &(impl Place + ?Sized), arguments: &[&str]) -> Command {
    command_under(&[], place, arguments)
}

fn command_under(wrapper: &[&str], place: &(impl Place + ?Sized), arguments: &[&str]) -> Command {
    let line = [wrapper, &[env!("CARGO_BIN_EXE_portal-server")], arguments].concat();
    let mut command = Command::new(line[0]);
    let (name, value) = place.variable();
    // Nothing of whoever runs the tests: neither options nor a log level.
    command.args(&line[1..]).env_clear().env("PATH", std::env::var("PATH").unwrap_or_default()).env(name, value);
    command.stderr(Stdio::piped()).kill_on_drop(true);
    command
}
