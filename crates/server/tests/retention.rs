//! `portal-server retention` as whoever runs it sees it.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

mod support;

use contract::{course::Course, kept::Certification, late::kind};
use import::{Audience, Batch, EnrolmentRow, LearnerRow, RecordKind, RecordRow};
use std::{fs, path::Path, process::Output};
use support::{Place, declare, run, seed_work, serve, sign_in, stdout, with_learner};

/// L1001, who declares, and L1002: both certified so long ago that it is due whenever this runs.
async fn certify(place: &Path) {
    let certified = |learner: &str| RecordRow {
        kind: RecordKind::Late(kind::CERTIFICATION),
        id: format!("{learner}/weld"),
        audience: Audience::Learner(learner.into()),
        body: serde_json::to_string(&Certification {
            course: "weld".into(),
            certified_on: "2001-02-28".parse().unwrap(),
        })
        .unwrap(),
        removed: false,
    };
    let body = Some("Example Awards".into());
    let course = Course { id: "weld".into(), title: "Welding".into(), awarding_body: body, blended_agreed_on: None };
    let batch = Batch {
        learners: vec![LearnerRow { id: "L1002".into(), name: "Ben Ito".into() }],
        enrolments: vec![EnrolmentRow { learner: "L1002".into(), course: "weld".into(), removed: false }],
        records: vec![
            RecordRow {
                kind: contract::delta::Kind::Course.into(),
                id: "weld".into(),
                audience: Audience::Course("weld".into()),
                body: serde_json::to_string(&course).unwrap(),
                removed: false,
            },
            certified("L1001"),
            certified("L1002"),
        ],
        ..Batch::default()
    };
    let db = portal_server::db::open(&place.url()).await.unwrap();
    db.import(&batch, chrono::Utc::now(), false).await.unwrap();
    db.close().await;
}

fn said(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr[..]].concat()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_erased_from_its_list_while_the_server_runs_and_the_end_says_how_it_went() {
    let dir = with_learner().await;
    seed_work(dir.path()).await;
    certify(dir.path()).await;
    let (_server, url) = serve(dir.path()).await;
    assert!(declare(&sign_in(&url).await, &url, 1).await["outcome"]["accepted"].is_object());
    stdout(dir.path(), &["retention", "set", "--awarding-body", "Example Awards", "--years", "3"]).await;
    let head = dir.path().join("head.txt");
    fs::write(&head, stdout(dir.path(), &["export-head"]).await).unwrap();
    let file = dir.path().join("due.csv");
    let due = file.to_str().unwrap();
    let listed = stdout(dir.path(), &["retention", "--out", due]).await;
    assert!(listed.contains("Nothing was erased.") && listed.contains("retention erase --list FILE"), "{listed}");
    // Ben's is held.
    let held = dir.path().join("held.csv");
    let rows = fs::read_to_string(due).unwrap();
    fs::write(&held, rows.lines().filter(|line| !line.starts_with("L1002")).collect::<Vec<_>>().join("\n")).unwrap();
    let held = held.to_str().unwrap();

    for (arguments, end, expected) in [
        (&["--list", due, "--dry-run"][..], 0, "Certificates: 2 would be erased, 0 not"),
        (&["--list", held], 0, "Certificates: 1 erased, 0 not"),
        (&["--list", held], 1, "due.csv line 2: there is no learner L1001: erased already"),
        (&["--list", due], 3, "Certificates: 1 erased, 1 not"),
        (&["--list", due], 1, "Certificates: 0 erased, 2 not"),
        (&["--list", "nowhere.csv"], 1, "nowhere.csv cannot be read"),
    ] {
        let output = run(dir.path(), &[&["retention", "erase"], arguments].concat()).await;
        let said = said(&output).replace("held.csv", "due.csv");
        assert_eq!(output.status.code(), Some(end), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert!(!said.contains("Amira") && !said.contains("Ben"), "{arguments:?}: {said}");
    }
    let against = ["verify-log", "--against", head.to_str().unwrap()];
    let whole = stdout(dir.path(), &against).await;
    assert!(whole.contains("2 links, 1 of them erased as later ones say, all whole."), "{whole}");
}
