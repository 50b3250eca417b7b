//! Backups: whole, checked, and put back so that devices notice.

use crate::{
    changes::{count, send, welder},
    support::{
        Portal,
        declaration::{attempt, sent, withdrawal},
        seal::seal,
    },
};
use chrono::{Duration, Utc};
use portal_server::{
    commands::{backup, restore},
    db::{KeyKind, Verdict, copy::TABLES},
    keys,
};
use serde_json::json;
use std::{collections::BTreeSet, path::PathBuf};

#[tokio::test(flavor = "multi_thread")]
async fn what_came_after_a_backup_is_gone_and_is_taken_again_once() {
    let (portal, browser) = welder().await;
    send(&portal, &browser, &[sent(&attempt(1))]).await;
    let file = backed_up(&portal).await;
    let lost = send(&portal, &browser, &[sent(&attempt(2))]).await.remove(0);
    let cursor = portal.sync(&browser, None).await["cursor"].as_str().unwrap().to_owned();
    restore::read(&*portal.db, &file, true).await.unwrap();
    // A device that held the second receipt is told to forget all it has.
    let delta = portal.sync(&browser, Some(&cursor)).await;
    assert_eq!(delta["full"], true);
    assert_eq!(delta["changed"]["receipts"].as_array().unwrap().len(), 1);
    let epoch = |cursor: &str| cursor.rsplit_once('.').unwrap().0.to_owned();
    assert_ne!(epoch(delta["cursor"].as_str().unwrap()), epoch(&cursor));
    let code = lost["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap().replace('$', "%24");
    assert_eq!(portal.get(&browser, &format!("/api/v1/receipts/{code}")).await.status(), 404);
    // And sends what it kept, as often as it likes.
    let again = send(&portal, &browser, &[sent(&attempt(2)), sent(&attempt(1))]).await;
    assert!(again.iter().all(|ack| ack["outcome"]["accepted"].is_object()), "{again:?}");
    assert_eq!(send(&portal, &browser, &[sent(&attempt(2)), sent(&attempt(1))]).await, again);
    assert_eq!((count(&portal, "change").await, count(&portal, "declaration").await), (2, 2));
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { links: 2, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restored_cannot_be_changed_any_more_than_before() {
    let (portal, browser) = welder().await;
    send(&portal, &browser, &[sent(&attempt(1)), sent(&withdrawal(1))]).await;
    let file = backed_up(&portal).await;
    restore::read(&*portal.db, &file, true).await.unwrap();
    for table in ["evidence", "change", "declaration", "withdrawal"] {
        let sql = sqlx::AssertSqlSafe(format!("DELETE FROM {table}"));
        let error = sqlx::query(sql).execute(&portal.rows().await).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{table}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_in_use_is_replaced_only_when_asked() {
    let (portal, browser) = welder().await;
    let file = backed_up(&portal).await;
    send(&portal, &browser, &[sent(&attempt(1))]).await;
    let said = restore::read(&*portal.db, &file, false).await.unwrap_err().to_string();
    assert!(said.contains("has learners or changes already") && said.contains("--replace"), "{said}");
    assert_eq!(count(&portal, "change").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_whole_backup_is_restored() {
    let (portal, browser) = welder().await;
    send(&portal, &browser, &[sent(&attempt(1))]).await;
    let file = backed_up(&portal).await;
    let refused = async |name: &str| {
        let file = portal.dir.path().join(name);
        format!("{:#}", restore::read(&*portal.db, &file, true).await.unwrap_err())
    };
    assert!(refused("nothing.db").await.contains("There is no file"));
    std::fs::write(portal.dir.path().join("text.db"), "Dear Sir or Madam, ".repeat(500)).unwrap();
    assert!(refused("text.db").await.contains("not a database"));
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(portal.dir.path().join("half.db"), &bytes[..bytes.len() / 2]).unwrap();
    assert!(refused("half.db").await.contains("cannot be restored"));
    let edited = portal.dir.path().join("edited.db");
    std::fs::copy(&file, &edited).unwrap();
    let rows = sqlx::SqlitePool::connect(&format!("sqlite:{}", edited.display())).await.unwrap();
    for statement in ["DROP TRIGGER declaration_no_update", "UPDATE declaration SET late = 1 - late"] {
        sqlx::query(statement).execute(&rows).await.unwrap();
    }
    rows.close().await;
    assert!(refused("edited.db").await.contains("link 1 is broken"));
    assert_eq!(count(&portal, "change").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_servers_backup_is_brought_up_to_date_and_a_newer_ones_refused() {
    let (portal, browser) = welder().await;
    let ack = send(&portal, &browser, &[sent(&attempt(1))]).await;
    let file = backed_up(&portal).await;
    let edit = async |statements: &'static str| {
        let rows = sqlx::SqlitePool::connect(&format!("sqlite:{}", file.display())).await.unwrap();
        sqlx::raw_sql(statements).execute(&rows).await.unwrap();
        rows.close().await;
    };
    // As it was before there were withdrawals and keys.
    edit(
        // With the triggers that name what was not there, which the later steps of the schema make again.
        "DROP TRIGGER erased_needs_link; DROP TRIGGER evidence_no_update; DROP TRIGGER change_no_update; DROP TRIGGER declaration_no_delete;
         CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence BEGIN SELECT RAISE (ABORT, 'evidence is append-only'); END;
         CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE (ABORT, 'change is append-only'); END;
         CREATE TRIGGER declaration_no_delete BEFORE DELETE ON declaration BEGIN SELECT RAISE (ABORT, 'declaration is append-only'); END;
         DROP TRIGGER revision_time_note; DROP TABLE revision_time; DROP TABLE calendar; DROP TABLE share_opening; DROP TABLE share;
         DROP TABLE entry; DROP TABLE act; DROP TABLE countersignature; DROP TABLE withdrawal; DROP TABLE arrival; DROP TABLE server_key;
         DROP TABLE staff; DROP TABLE access_log; DROP TABLE request_step; DROP TABLE request; DROP TABLE erased;
         ALTER TABLE learner DROP COLUMN uploads_from; ALTER TABLE learner DROP COLUMN sync_from; DELETE FROM _sqlx_migrations WHERE version > 2",
    )
    .await;
    restore::read(&*portal.db, &file, true).await.unwrap();
    assert_eq!(send(&portal, &browser, &[sent(&attempt(1))]).await, ack);
    assert_eq!(count(&portal, "arrival").await, 1);
    edit(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of another year', TRUE, x'00', 1)",
    )
    .await;
    let said = format!("{:#}", restore::read(&*portal.db, &file, true).await.unwrap_err());
    assert!(said.contains("made by a newer server"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_one_private_file_and_never_written_over() {
    let (portal, _) = welder().await;
    let folder = portal.dir.path().join("backups");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("learners' %20 ?.db");
    assert!(matches!(backup::write(&*portal.db, &file).await.unwrap(), Verdict::Whole { links: 0, .. }));
    let names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names, std::slice::from_ref(&file));
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let said = backup::write(&*portal.db, &file).await.unwrap_err().to_string();
    assert!(said.contains("already"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_while_learners_send_is_of_one_moment() {
    let (portal, browser) = welder().await;
    let sending: Vec<_> = (1..=30)
        .map(|n| {
            let (browser, url) = (browser.clone(), format!("{}/api/v1/changes", portal.url));
            tokio::spawn(async move { browser.post(url).json(&json!([sent(&attempt(n))])).send().await.unwrap() })
        })
        .collect();
    let mut links_before = 0;
    for number in 0.. {
        let file = portal.dir.path().join(format!("backup-{number}.db"));
        let done = sending.iter().all(|one| one.is_finished());
        match backup::write(&*portal.db, &file).await.unwrap() {
            Verdict::Whole { links, .. } => {
                assert!(links >= links_before);
                links_before = links;
            }
            broken => panic!("{broken:?}"),
        }
        if done {
            break;
        }
    }
    assert_eq!(links_before, 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sealed_for_a_key_that_the_backup_does_not_have_is_still_opened() {
    let (portal, browser) = welder().await;
    let file = backed_up(&portal).await;
    portal.db.add_key(&keys::make(KeyKind::Sealing, Utc::now() + Duration::seconds(1))).await.unwrap();
    portal.clock.advance(Duration::minutes(2));
    let before: BTreeSet<String> = portal.db.keys().await.unwrap().into_iter().map(|key| key.id).collect();
    let envelope = seal(&portal, &browser, &attempt(1)).await;
    restore::read(&*portal.db, &file, true).await.unwrap();
    portal.clock.advance(Duration::minutes(2));
    let after: BTreeSet<String> = portal.db.keys().await.unwrap().into_iter().map(|key| key.id).collect();
    assert_eq!(before, after);
    let answer = portal.post(&browser, "/api/v1/envelopes", &json!([envelope])).await;
    let acks: Vec<serde_json::Value> = answer.json().await.unwrap();
    assert!(acks[0]["outcome"]["accepted"]["receipt"].is_object(), "{acks:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_table_is_left_out_of_a_backup() {
    let portal = Portal::start().await;
    let listed: BTreeSet<String> = TABLES.iter().map(ToString::to_string).collect();
    assert_eq!(portal.database.tables().await, listed);
}

pub async fn backed_up(portal: &Portal) -> PathBuf {
    let file = portal.dir.path().join(format!("{}.db", uuid::Uuid::new_v4().simple()));
    backup::write(&*portal.db, &file).await.unwrap();
    file
}
