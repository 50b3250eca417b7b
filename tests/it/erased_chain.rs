//! What the chain says when something was erased: whole, found where anybody made it so, and the same in every copy.

use crate::{
    backup::backed_up,
    changes::count,
    support::{
        Portal,
        database::{Database, Kind},
        ended::{Ended, ended, erase, list, on_two_courses},
    },
};
use portal_server::{
    commands::restore,
    db::Verdict,
    evidence::{Head, sha256_hex},
};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

async fn head(portal: &Portal) -> Head {
    let Verdict::Whole { links, head, .. } = portal.db.verify(None).await.unwrap() else { panic!("not whole") };
    Head { sequence: links, sha256: head }
}

/// After Amira's course and she with it went: the number of the link that says so, and of the first of Ben's.
async fn erased() -> (Portal, i64, i64) {
    let Ended { portal, .. } = ended().await;
    erase(&portal, &list(&portal).await, false).await;
    let bens = "SELECT min(sequence) FROM evidence JOIN change ON change.id = change_id WHERE learner = 'L1002'";
    let bens: i64 = sqlx::query_scalar(bens).fetch_one(&portal.rows().await).await.unwrap();
    let last = count(&portal, "evidence").await;
    (portal, last, bens)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_is_a_link_that_names_links_and_nobody_and_an_older_head_still_stands() {
    let Ended { portal, .. } = ended().await;
    let before = head(&portal).await;
    let rows = portal.rows().await;
    let hers: Vec<(i64, String)> = sqlx::query_as(
        "SELECT sequence, e.sha256 FROM evidence e JOIN change c ON c.id = change_id WHERE learner = 'L1001' ORDER BY sequence",
    )
    .fetch_all(&rows)
    .await
    .unwrap();
    erase(&portal, &list(&portal).await, false).await;
    let verdict = portal.db.verify(Some(&before)).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { erased, .. } if erased == hers.len() as i64), "{verdict:?}");

    let (kind, change, payload, at): (String, String, String, i64) =
        sqlx::query_as("SELECT kind, change_id, payload, received_at FROM evidence ORDER BY sequence DESC LIMIT 1")
            .fetch_one(&rows)
            .await
            .unwrap();
    // As docs/api.md writes it.
    let links: Vec<String> =
        hers.iter().map(|(sequence, sha256)| format!(r#"{{"sequence":{sequence},"sha256":"{sha256}"}}"#)).collect();
    let expected = format!(
        r#"{{"awarding_body":"Example Awards","years":3,"erased_at":"2026-11-23T12:00:00Z","links":[{}]}}"#,
        links.join(",")
    );
    assert_eq!((kind.as_str(), payload), ("erasure", expected));
    assert_eq!(at, portal_server::clock::Clock::now(&*portal.clock).timestamp_millis());
    for (sequence, sha256) in hers {
        let stays: (String, String) = sqlx::query_as("SELECT sha256, payload FROM evidence WHERE sequence = $1")
            .bind(sequence)
            .fetch_one(&rows)
            .await
            .unwrap();
        assert_eq!(stays, (sha256, String::new()));
    }
    let (client, learner, answer): (String, String, String) =
        sqlx::query_as("SELECT client, learner, answer FROM change WHERE id = $1")
            .bind(change)
            .fetch_one(&rows)
            .await
            .unwrap();
    assert_eq!((client.len(), learner.as_str(), answer.as_str()), (36, "/", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_named_can_be_neither_changed_nor_deleted_and_what_was_only_be_blank() {
    let (portal, last, bens) = erased().await;
    let rows = portal.rows().await;
    let bens_change: String = sqlx::query_scalar("SELECT change_id FROM evidence WHERE sequence = $1")
        .bind(bens)
        .fetch_one(&rows)
        .await
        .unwrap();
    let refused = async |statement: &str| {
        let done = sqlx::query(AssertSqlSafe(statement)).execute(&rows).await;
        let error = done.err().unwrap_or_else(|| panic!("{statement} was taken")).to_string();
        assert!(error.contains("append-only") || error.contains("erased by a link"), "{statement}: {error}");
    };
    for table in
        ["evidence", "change", "declaration", "withdrawal", "countersignature", "request", "request_step", "act"]
    {
        refused(&format!("DELETE FROM {table}")).await;
    }
    for table in ["entry", "share WHERE learner = 'L1002'", "access_log", "erased"] {
        refused(&format!("DELETE FROM {table}")).await;
    }
    let unnamed = [
        "UPDATE evidence SET payload = ''",
        "UPDATE change SET learner = '/', answer = '' WHERE learner = 'L1002'",
        "UPDATE change SET bytes = bytes WHERE learner = 'L1002'",
        "UPDATE declaration SET learner = '/'",
        "UPDATE withdrawal SET received_at = 1",
        "UPDATE countersignature SET statements = '[]'",
        "UPDATE request SET learner = '/'",
        "UPDATE request_step SET said = ''",
        "UPDATE act SET body = ''",
        "UPDATE entry SET body = ''",
        "UPDATE access_log SET subject = ''",
        "UPDATE erased SET at = 1",
        "INSERT INTO erased (kind, id, link, at) VALUES ('change', 'x', NULL, 1)",
        "INSERT INTO erased (kind, id, link, at) VALUES ('change', 'x', 1, 1)",
    ];
    let to_another_value = [
        "UPDATE evidence SET payload = '{}' WHERE payload = ''",
        "UPDATE evidence SET sha256 = 'x' || sha256 WHERE payload = ''",
        "UPDATE evidence SET received_at = 1 WHERE payload = ''",
        "UPDATE evidence SET payload = '' WHERE kind = 'erasure'",
        "DELETE FROM evidence WHERE payload = ''",
        "UPDATE change SET client = 'x' WHERE learner = '/'",
        "UPDATE change SET learner = 'L1002' WHERE learner = '/'",
        "UPDATE change SET answer = '{}' WHERE learner = '/'",
        "DELETE FROM change WHERE learner = '/'",
        "UPDATE access_log SET name = 'x' WHERE subject = ''",
        "DELETE FROM access_log WHERE subject = ''",
    ];
    for statement in unnamed.into_iter().chain(to_another_value) {
        refused(statement).await;
    }
    // Named, a change can be blanked in one way alone; and that is found, as no link of the chain names it.
    let name = format!("INSERT INTO erased (kind, id, link, at) VALUES ('change', '{bens_change}', {last}, 1)");
    sqlx::query(AssertSqlSafe(name)).execute(&rows).await.unwrap();
    for set in ["seq = 9, learner = '/', answer = ''", "learner = '/', answer = ''", "learner = '/', answer = '{}'"] {
        refused(&format!("UPDATE change SET {set} WHERE id = '{bens_change}'")).await;
    }
    refused(&format!("UPDATE evidence SET payload = '{{}}' WHERE change_id = '{bens_change}'")).await;
    let blank = format!("UPDATE evidence SET payload = '' WHERE change_id = '{bens_change}'");
    sqlx::query(AssertSqlSafe(blank)).execute(&rows).await.unwrap();
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Broken { sequence, .. } if sequence == bens));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_makes_it_look_erased_or_undoes_it_past_the_triggers_is_found() {
    let (portal, last, _) = erased().await;
    let file = backed_up(&portal).await;
    let first = async |which: &str| -> i64 {
        let sql = format!("SELECT min(sequence) FROM evidence WHERE kind = 'act' AND payload {which} ''");
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&portal.rows().await).await.unwrap()
    };
    let (hers, bens) = (first("=").await, first("<>").await);
    let his = format!("(SELECT change_id FROM evidence WHERE sequence = {bens})");
    let empty = if portal.database.kind == Kind::Sqlite { "x''" } else { "''" };
    let blank = [
        format!("UPDATE evidence SET payload = '' WHERE sequence = {bens}"),
        format!("UPDATE change SET learner = '/', bytes = {empty}, answer = '' WHERE id = {his}"),
        format!("DELETE FROM act WHERE id = {his}"),
    ];
    let hash = ["UPDATE evidence SET sha256 = CASE substr(sha256, 1, 1) WHEN 'f' THEN '0' ELSE 'f' END || substr(sha256, 2) WHERE sequence = 2".to_owned()];
    let body = ["UPDATE evidence SET payload = replace(payload, 'Example', 'Other') WHERE kind = 'erasure'".to_owned()];
    let unsaid = ["erased WHERE link", "evidence WHERE sequence"].map(|rows| format!("DELETE FROM {rows} = {last}"));
    let unsays = [format!("UPDATE evidence SET payload = '' WHERE sequence = {last}")];
    let back = [format!(
        "INSERT INTO act SELECT change_id, '/', 'study', 'x', 1, 1, '' FROM evidence WHERE sequence = {hers}"
    )];
    let cases: [(&str, &[String], i64, &str); 8] = [
        ("the payload alone", &blank[..1], bens, "the change's bytes are there"),
        ("payload and bytes", &blank[..2], bens, "the row that it is about is there"),
        ("all of it", &blank, bens, "no link behind it says that it was erased"),
        ("another hash", &hash, 3, "it does not follow the link before it"),
        ("another body", &body, last, "its fields do not give its hash"),
        ("no link says so", &unsaid, 1, "no link behind it says that it was erased"),
        ("the erasure is blank", &unsays, last, "it does not say what was erased"),
        ("a row is back", &back, hers, "the row that it is about is there"),
    ];
    for (what, edits, link, expected) in cases {
        let dir = TempDir::new().unwrap();
        let database = Database::of(portal.database.kind, dir.path()).await;
        let db = database.open().await;
        restore::read(&*db, &file, false).await.unwrap();
        database.drop_triggers().await;
        let rows = database.rows().await;
        for edit in edits {
            let done = sqlx::query(AssertSqlSafe(edit.as_str())).execute(&rows).await.unwrap();
            assert!(done.rows_affected() > 0, "{what}: {edit}");
        }
        match db.verify(None).await.unwrap() {
            Verdict::Broken { sequence, why } => {
                assert_eq!(sequence, link, "{what}: {why}");
                assert!(why.contains(expected), "{what}: {why}");
            }
            whole => panic!("{what}: {whole:?}"),
        }
    }
}

/// The chain from a link on, hashed anew after a change of its payload: as somebody could who writes the database past everything.
async fn rehash(portal: &Portal, from: i64) {
    let rows = portal.rows().await;
    let links: Vec<(i64, String, String, i64, String)> = sqlx::query_as(
        "SELECT sequence, kind, change_id, received_at, payload FROM evidence WHERE sequence >= $1 ORDER BY sequence",
    )
    .bind(from)
    .fetch_all(&rows)
    .await
    .unwrap();
    let before = "SELECT sha256 FROM evidence WHERE sequence = $1";
    let mut previous: String = sqlx::query_scalar(before).bind(from - 1).fetch_one(&rows).await.unwrap();
    for (sequence, kind, change_id, received_at, payload) in links {
        let text = format!("portal-evidence-1\n{sequence}\n{kind}\n{change_id}\n{received_at}\n{previous}\n{payload}");
        let sha256 = sha256_hex(text.as_bytes());
        sqlx::query("UPDATE evidence SET previous = $2, sha256 = $3 WHERE sequence = $1")
            .bind(sequence)
            .bind(&previous)
            .bind(&sha256)
            .execute(&rows)
            .await
            .unwrap();
        previous = sha256;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_that_names_what_was_not_erased_is_a_fault_however_well_it_is_hashed() {
    let Ended { portal, .. } = on_two_courses().await;
    erase(&portal, &list(&portal).await, false).await;
    let rows = portal.rows().await;
    let last = count(&portal, "evidence").await;
    portal.database.drop_triggers().await;
    let payload: String = sqlx::query_scalar("SELECT payload FROM evidence WHERE sequence = $1")
        .bind(last)
        .fetch_one(&rows)
        .await
        .unwrap();
    let kept: (i64, String) =
        sqlx::query_as("SELECT sequence, sha256 FROM evidence WHERE payload <> '' ORDER BY sequence LIMIT 1")
            .fetch_one(&rows)
            .await
            .unwrap();
    let also = |sequence: i64, sha256: &str| {
        payload.replace("}]}", &format!(r#"}},{{"sequence":{sequence},"sha256":"{sha256}"}}]}}"#))
    };
    let hash = payload.split("\"sha256\":\"").nth(1).unwrap()[..64].to_owned();
    for (forged, expected) in [
        (also(kept.0, &kept.1), format!("link {} was erased, which has its payload", kept.0)),
        (also(last + 1, &hash), format!("link {} was erased, which does not stand before it", last + 1)),
        (payload.replace(&hash, &"0".repeat(64)), "was erased, by another hash".into()),
        ("{}".into(), "does not say what was erased".into()),
        (
            payload.split("\"links\":[").next().unwrap().to_owned() + "\"links\":[]}",
            "does not say what was erased".into(),
        ),
    ] {
        let write = "UPDATE evidence SET payload = $2 WHERE sequence = $1";
        sqlx::query(write).bind(last).bind(&forged).execute(&rows).await.unwrap();
        rehash(&portal, last).await;
        match portal.db.verify(None).await.unwrap() {
            Verdict::Broken { sequence, why } if sequence == last && why.contains(&expected) => {}
            other => panic!("{forged}: {other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_after_it_is_whole_anywhere_and_one_of_before_is_erased_again() {
    let Ended { portal, .. } = ended().await;
    let (before, due) = (backed_up(&portal).await, list(&portal).await);
    erase(&portal, &due, false).await;
    let after = backed_up(&portal).await;
    let Verdict::Whole { links, head, .. } = portal.db.verify(None).await.unwrap() else { panic!("not whole") };
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let dir = TempDir::new().unwrap();
        let db = Database::of(kind, dir.path()).await.open().await;
        assert_eq!(restore::read(&*db, &after, false).await.unwrap(), (links, head.clone()), "{kind:?}");
        let whole = db.verify(None).await.unwrap();
        assert!(matches!(whole, Verdict::Whole { erased: 10, .. }), "{kind:?}: {whole:?}");
    }
    restore::read(&*portal.db, &before, true).await.unwrap();
    let found = |all: Vec<String>| all.iter().any(|value| value.contains("L1001"));
    assert!(found(portal.everything().await));
    let again = erase(&portal, &due, false).await;
    assert_eq!(again.certificates, 1);
    assert!(!found(portal.everything().await));
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { erased: 10, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_erased_from_a_broken_chain() {
    let Ended { portal, .. } = ended().await;
    let due = list(&portal).await;
    portal.database.drop_triggers().await;
    let edit = "UPDATE declaration SET late = NOT late WHERE learner = 'L1001' AND attempt = 1";
    sqlx::query(edit).execute(&portal.rows().await).await.unwrap();
    let now = portal_server::clock::Clock::now(&*portal.clock);
    let refused = portal_server::commands::retention::erase(&*portal.db, &due, now, false).await.err().unwrap();
    assert!(refused.to_string().contains("Nothing was erased, as link 1 is broken"), "{refused}");
    assert!(portal.everything().await.iter().any(|value| value.contains("L1001")));
}
