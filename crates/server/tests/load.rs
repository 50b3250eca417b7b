//! A very small run of the load driver (docs/performance-server.md) on the real binary: what it drives is answered, and its counts add up.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

use faults::{
    DatabaseKind,
    load::{Call, Options, run},
};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_call_is_answered_and_every_declaration_that_was_answered_is_kept() {
    let report = run(Options {
        binary: env!("CARGO_BIN_EXE_portal-server").into(),
        database: DatabaseKind::Sqlite,
        learners: 20,
        time: Duration::from_millis(100),
        connections: 4,
        seed: 1,
        folder: std::env::temp_dir(),
        verify: true,
        only: None,
        progress: false,
    })
    .await
    .unwrap();
    assert_eq!(report.errors(), 0, "{report}");
    assert!(report.complaints.is_empty(), "{report}");
    let names: Vec<&str> = report.measured.iter().map(|measured| measured.name.as_str()).collect();
    let mut expected: Vec<&str> = Call::ALL.map(Call::name).into();
    expected.extend(["mix", "mix, half as fast"]);
    assert_eq!(names, expected);
    for measured in &report.measured {
        assert!(measured.figures.calls() > 0, "{report}");
        let status = if measured.name == Call::Again.name() { 304 } else { 200 };
        assert!(measured.figures.statuses.contains_key(&status), "{report}");
        let parts: u64 = measured.parts.iter().map(|(_, figures)| figures.calls()).sum();
        assert_eq!(parts, measured.figures.calls(), "{report}");
    }
    assert!(report.answered > 0 && report.answered == report.kept, "{report}");
    // The evidence of the past and what came now are one chain.
    let links = 20 * 9 + report.kept;
    assert!(report.verified.as_ref().unwrap().starts_with(&format!("{links} links, all whole.")), "{report}");
    assert!(report.memory > 0 && report.memory_most >= report.memory, "{report}");
}
