//! A small fixed part of the fault bench (docs/faults.md) on the real binary, and proof that the bench can fail.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

use faults::{DatabaseKind, Kind, Options, Report, doctored, run};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_doubled_or_altered_in_a_hundred_and_fifty_schedules_of_faults() {
    let report = run(options(2_026, 150)).await.unwrap();
    assert!(report.findings.is_empty(), "{report}");
    assert_eq!(report.figures.schedules, 150);
    let figures = &report.figures;
    assert!(figures.items > 500 && figures.tampered > 300 && figures.client_kills > 100, "{report}");
    // Every kind of fault has happened.
    assert_eq!(figures.faults.len(), 19, "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_each_time_the_server_is_killed_in_the_middle_of_a_write() {
    let report = run(Options { kills: Some(6), group: 40, ..options(2_027, 0) }).await.unwrap();
    assert!(report.findings.is_empty(), "{report}");
    assert!(report.figures.server_kills >= 6, "{report}");
    assert!(report.figures.checks > report.figures.server_kills, "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_of_what_is_not_kept_is_found_out() {
    let report: Report = run(Options { lies: 60, ..options(2_028, 12) }).await.unwrap();
    assert!(report.count(Kind::Lost) > 0, "{report}");
    std::fs::remove_dir_all(report.left.unwrap()).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_alteration_of_the_database_is_found() {
    const FIRST: &str = "(SELECT min(id) FROM change)";
    let doubled = |table: &str| {
        format!(
            "CREATE TABLE twice AS SELECT * FROM {table}; INSERT INTO twice SELECT * FROM {table} LIMIT 1;
             DROP TABLE {table}; ALTER TABLE twice RENAME TO {table}"
        )
    };
    let byte = |at: usize| {
        format!(
            "UPDATE change SET bytes = CAST(substr(bytes, 1, {at} - 1) || 'X' || substr(bytes, {at} + 1) AS BLOB) WHERE id = {FIRST}"
        )
    };
    let cases: Vec<(String, Kind)> = vec![
        (format!("DELETE FROM change WHERE id = {FIRST}"), Kind::Lost),
        (
            "DELETE FROM record WHERE kind = 'receipt'; DELETE FROM evidence; DELETE FROM declaration; DELETE FROM change"
                .into(),
            Kind::Lost,
        ),
        (format!("DELETE FROM declaration WHERE change_id = {FIRST}"), Kind::Lost),
        (byte(1), Kind::Altered),
        (byte(200), Kind::Altered),
        (format!("UPDATE change SET bytes = CAST(bytes || ' ' AS BLOB) WHERE id = {FIRST}"), Kind::Altered),
        (format!("UPDATE change SET seq = seq + 1 WHERE id = {FIRST}"), Kind::Altered),
        (format!("UPDATE change SET learner = 'MODEL' WHERE id = {FIRST}"), Kind::Altered),
        (format!("UPDATE declaration SET attempt = attempt + 100 WHERE change_id = {FIRST}"), Kind::Altered),
        (doubled("change"), Kind::Doubled),
        (doubled("declaration"), Kind::Doubled),
        (doubled("evidence"), Kind::Doubled),
        (
            format!(
                "INSERT INTO change SELECT 'another', learner, client, seq, sha256, bytes, received_at, answer FROM change
                 WHERE id = {FIRST}"
            ),
            Kind::Doubled,
        ),
        (
            format!(
                "INSERT INTO change SELECT 'another', learner, client, seq, sha256, CAST('{{}}' AS BLOB), received_at, answer
                 FROM change WHERE id = {FIRST}"
            ),
            Kind::Foreign,
        ),
        (format!("UPDATE declaration SET code = '0000-0000-0' WHERE change_id = {FIRST}"), Kind::Receipt),
        ("UPDATE evidence SET payload = replace(payload, 'Amira', 'Emira') || ' ' WHERE sequence = 2".into(), Kind::Broken),
        ("UPDATE evidence SET received_at = received_at + 1 WHERE sequence = 1".into(), Kind::Broken),
        ("DELETE FROM evidence WHERE sequence = (SELECT max(sequence) FROM evidence)".into(), Kind::Broken),
        ("UPDATE evidence SET sequence = -1 WHERE sequence = 1; UPDATE evidence SET sequence = 1 WHERE sequence = 2".into(), Kind::Broken),
    ];
    let statements: Vec<&str> = cases.iter().map(|(statement, _)| statement.as_str()).collect();
    let found = doctored(&options(2_029, 6), &statements).await.unwrap();
    for ((statement, kind), findings) in cases.iter().zip(found) {
        assert!(findings.iter().any(|finding| finding.kind == *kind), "{statement} should be {kind:?}: {findings:?}");
    }
}

fn options(seed: u64, schedules: u64) -> Options {
    // A PostgreSQL of its own, whatever cluster the other tests use.
    let database = match std::env::var("PORTAL_TEST_DATABASE").as_deref() {
        Ok("postgres") => DatabaseKind::Postgres,
        _ => DatabaseKind::Sqlite,
    };
    Options {
        binary: env!("CARGO_BIN_EXE_portal-server").into(),
        database,
        seed,
        first: 0,
        schedules,
        kills: None,
        group: 250,
        at_once: 32,
        patience: std::time::Duration::from_millis(1_000),
        folder: std::env::temp_dir(),
        progress: false,
        lies: 0,
    }
}
