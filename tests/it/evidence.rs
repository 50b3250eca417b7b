//! The chain: whole, append-only, and broken by any edit.

use crate::{
    changes::{send, welder},
    support::{
        Portal,
        declaration::{attempt, sent, withdrawal},
    },
};
use portal_server::{
    clock::Clock,
    db::{Countersigning, Verdict},
    evidence::{Head, sha256_hex},
};

#[tokio::test(flavor = "multi_thread")]
async fn each_links_hash_covers_the_one_before() {
    let portal = with_three().await;
    let rows: Vec<(i64, String, String, i64, String, String, String)> = sqlx::query_as(
        "SELECT sequence, kind, change_id, received_at, previous, payload, sha256 FROM evidence ORDER BY sequence",
    )
    .fetch_all(&portal.rows().await)
    .await
    .unwrap();
    let mut head = "0".repeat(64);
    for (i, (sequence, kind, change_id, received_at, previous, payload, sha256)) in rows.iter().enumerate() {
        assert_eq!(*sequence, i as i64 + 1);
        assert_eq!(*previous, head);
        // As docs/api.md writes it, not as the server computes it.
        let line =
            ["portal-evidence-1", &sequence.to_string(), kind, change_id, &received_at.to_string(), previous, payload];
        assert_eq!(*sha256, sha256_hex(line.join("\n").as_bytes()));
        head = sha256.clone();
    }
    assert_eq!(rows.len(), 3);
    assert_eq!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 3, erased: 0, head });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_can_be_neither_changed_nor_deleted() {
    let portal = with_five().await;
    let rows = portal.rows().await;
    for statement in [
        "UPDATE evidence SET payload = '{}'",
        "DELETE FROM evidence",
        "UPDATE change SET bytes = bytes",
        "DELETE FROM change",
        "UPDATE declaration SET late = NOT late",
        "DELETE FROM declaration",
        "UPDATE withdrawal SET received_at = 1",
        "DELETE FROM withdrawal",
        "UPDATE countersignature SET assessor = 'X'",
        "DELETE FROM countersignature",
    ] {
        let error = sqlx::query(statement).execute(&rows).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{statement}: {error}");
    }
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 5, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_edits_the_file_past_the_triggers_is_found() {
    for (edit, link) in [
        ("UPDATE evidence SET received_at = received_at + 1 WHERE sequence = 2", 2),
        ("UPDATE evidence SET payload = replace(payload, 'L1001', 'L1002') WHERE sequence = 3", 3),
        ("DELETE FROM evidence WHERE sequence = 2", 2),
        ("UPDATE evidence SET sequence = CASE sequence WHEN 1 THEN 12 ELSE 11 END WHERE sequence < 3", 1),
        ("UPDATE declaration SET late = NOT late WHERE attempt = 2", 2),
        ("UPDATE declaration SET received_at = received_at - 1 WHERE attempt = 1", 1),
        ("UPDATE declaration SET code = '7K3M-Q9XT-V' WHERE attempt = 3", 3),
        ("DELETE FROM declaration WHERE attempt = 3", 3),
        ("UPDATE change SET bytes = (SELECT bytes FROM change WHERE id LIKE '%002') WHERE id LIKE '%001'", 1),
        ("UPDATE withdrawal SET received_at = received_at + 1", 4),
        ("DELETE FROM withdrawal", 4),
        ("UPDATE countersignature SET assessor = 'Ms Other'", 5),
        ("UPDATE countersignature SET statements = '[]'", 5),
        ("DELETE FROM countersignature", 5),
        ("INSERT INTO countersignature SELECT change_id, 'Ms Other', '[]', 1 FROM declaration WHERE attempt = 1", 6),
        ("INSERT INTO withdrawal SELECT change_id, learner, change_id, 1 FROM declaration WHERE attempt = 3", 6),
        ("DELETE FROM evidence WHERE sequence = 5", 5),
    ] {
        let portal = with_five().await;
        let rows = portal.rows().await;
        portal.database.drop_triggers().await;
        assert!(sqlx::query(edit).execute(&rows).await.unwrap().rows_affected() > 0, "{edit}");
        match portal.db.verify(None).await.unwrap() {
            Verdict::Broken { sequence, .. } => assert_eq!(sequence, link, "{edit}"),
            whole => panic!("{edit}: {whole:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_was_cut_off_is_found_against_an_exported_head() {
    let portal = with_five().await;
    let Verdict::Whole { links: 5, head, .. } = portal.db.verify(None).await.unwrap() else { panic!("not whole") };
    let kept: Head = format!("Friday's head\n{}\n", Head { sequence: 5, sha256: head }).parse().unwrap();
    assert!(matches!(portal.db.verify(Some(&kept)).await.unwrap(), Verdict::Whole { links: 5, .. }));
    let other = Head { sequence: 4, ..kept.clone() };
    assert!(matches!(portal.db.verify(Some(&other)).await.unwrap(), Verdict::Broken { sequence: 4, .. }));
    let rows = portal.rows().await;
    portal.database.drop_triggers().await;
    for statement in ["DELETE FROM evidence WHERE sequence = 5", "DELETE FROM countersignature"] {
        sqlx::query(statement).execute(&rows).await.unwrap();
    }
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 4, .. }));
    assert!(matches!(portal.db.verify(Some(&kept)).await.unwrap(), Verdict::Broken { sequence: 5, .. }));
}

/// Three declarations, the first of them withdrawn, the second countersigned.
async fn with_five() -> Portal {
    let (portal, browser) = welder().await;
    let ack =
        send(&portal, &browser, &[sent(&attempt(1)), sent(&attempt(2)), sent(&attempt(3)), sent(&withdrawal(1))]).await;
    let code = ack[1]["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap();
    let done = portal.db.countersign(code, "Ms Price", &["It is their own work.".into()], portal.clock.now()).await;
    assert!(matches!(done.unwrap(), Countersigning::Done(_)));
    portal
}

async fn with_three() -> Portal {
    let (portal, browser) = welder().await;
    send(&portal, &browser, &[sent(&attempt(1)), sent(&attempt(2)), sent(&attempt(3))]).await;
    portal
}
