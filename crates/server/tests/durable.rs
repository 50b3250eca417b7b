//! SQLite on a disk that is slow, full or cut off: nothing is acknowledged before it is there.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use std::{collections::BTreeMap, fs};
use support::{change, declare, seed_work, serve, serve_under, sign_in, stdout, with_learner};
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_leaves_before_the_disk_has_what_it_acknowledges() {
    let dir = with_learner().await;
    seed_work(dir.path()).await;
    let trace = dir.path().join("trace");
    let strace =
        ["strace", "-f", "-y", "-s", "5000", "-e", "trace=pwrite64,fsync,fdatasync,write,writev,sendto,sendmsg", "-o"];
    let wrapper = [&strace[..], &[trace.to_str().unwrap()]].concat();
    let (mut server, url) = serve_under(&wrapper, dir.path()).await;
    let browser = sign_in(&url).await;
    for attempt in 1..=3 {
        assert!(declare(&browser, &url, attempt).await["outcome"]["accepted"].is_object());
    }
    let trace_so_far = fs::read_to_string(&trace).unwrap();
    // The first that is traced is the server itself.
    let pid = trace_so_far.split_whitespace().next().unwrap();
    assert!(Command::new("kill").args(["-TERM", pid]).status().await.unwrap().success());
    server.wait().await.unwrap();
    let trace = fs::read_to_string(&trace).unwrap();
    let steps = steps(&trace);
    for attempt in 1..=3 {
        let id = change(attempt)["id"].as_str().unwrap().to_owned();
        let answered = steps.iter().position(|step| *step == Step::Answer(id.clone())).unwrap();
        let written =
            steps[..answered].iter().rposition(|step| matches!(step, Step::Write(ids) if ids.contains(&id))).unwrap();
        let after = &steps[written..answered];
        let last_write = after.iter().rposition(|step| matches!(step, Step::Write(_))).unwrap();
        assert!(after[last_write..].contains(&Step::Synced), "attempt {attempt}: {after:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_takes_no_more_is_said_and_nothing_acknowledged_is_lost() {
    let dir = with_learner().await;
    seed_work(dir.path()).await;
    // A file may grow to 512 KiB, and to write more fails, as on a full disk, without a signal.
    let wrapper = ["bash", "-c", "trap '' XFSZ; ulimit -f 512; exec \"$0\" \"$@\""];
    let (mut server, url) = serve_under(&wrapper, dir.path()).await;
    let browser = sign_in(&url).await;
    let mut acknowledged = BTreeMap::new();
    let mut attempt = 0;
    let answer = loop {
        attempt += 1;
        let change = change(attempt);
        let items = json!([{ "id": change["id"], "change": change.to_string() }]);
        let answer = browser.post(format!("{url}/api/v1/changes")).json(&items).send().await.unwrap();
        if answer.status() != 200 {
            break answer;
        }
        let acks: Value = answer.json().await.unwrap();
        let receipt = &acks[0]["outcome"]["accepted"]["receipt"];
        acknowledged.insert(attempt, receipt["code"].as_str().unwrap().to_owned());
        assert!(attempt < 900, "the disk never filled");
    };
    assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (503, &"5".parse().unwrap()));
    // Reading goes on.
    assert_eq!(browser.get(format!("{url}/api/v1/sync")).send().await.unwrap().status(), 200);
    server.kill().await.unwrap();
    let (_server, url) = serve(dir.path()).await;
    let ack = declare(&sign_in(&url).await, &url, attempt).await;
    assert!(ack["outcome"]["accepted"].is_object(), "{ack}");
    let kept: Vec<Value> = serde_json::from_str(&stdout(dir.path(), &["export", "--format", "json"]).await).unwrap();
    assert_eq!(kept.len(), acknowledged.len() + 1);
    for one in &kept[..acknowledged.len()] {
        let attempt = one["attempt"].as_u64().unwrap() as u32;
        assert_eq!(one["code"].as_str(), acknowledged.get(&attempt).map(String::as_str));
    }
    assert!(stdout(dir.path(), &["verify-log"]).await.contains("all whole"));
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Into the database or its log; with the ids of the changes that are in it.
    Write(Vec<String>),
    /// The disk has all that was written.
    Synced,
    /// The acknowledgement of a change begins to leave.
    Answer(String),
}

/// What the server did, in its order: a call counts when it begins, but a sync only when it has ended.
fn steps(trace: &str) -> Vec<Step> {
    let ids: Vec<String> = (1..=3).map(|attempt| change(attempt)["id"].as_str().unwrap().to_owned()).collect();
    let named = |line: &str| ids.iter().filter(|id| line.contains(id.as_str())).cloned().collect::<Vec<_>>();
    let mut syncing = Vec::new();
    let mut steps = Vec::new();
    for line in trace.lines() {
        let Some((pid, call)) = line.split_once(' ').map(|(pid, call)| (pid, call.trim_start())) else { continue };
        let of_database = call.contains("portal.db");
        if call.starts_with("pwrite64(") && of_database {
            steps.push(Step::Write(named(call)));
        } else if call.starts_with("fdatasync(") || call.starts_with("fsync(") {
            if of_database && call.contains("unfinished") {
                syncing.push(pid);
            } else if of_database && call.ends_with("= 0") {
                steps.push(Step::Synced);
            }
        } else if call.contains("sync resumed") {
            let ours = syncing.iter().position(|one| *one == pid);
            if ours.map(|at| syncing.swap_remove(at)).is_some() && call.ends_with("= 0") {
                steps.push(Step::Synced);
            }
        } else if call.contains("HTTP/1.1 200") && call.contains("accepted") {
            steps.extend(named(call).into_iter().map(Step::Answer));
        }
    }
    steps
}
