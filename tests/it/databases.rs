//! SQLite and PostgreSQL hold the same, and one takes over from the other.

use crate::{
    acts::acts,
    backup::backed_up,
    changes::{send, welder},
    support::{
        Portal, asking,
        database::{Database, Kind},
        declaration::{attempt, change_with, sent, withdrawal},
    },
};
use portal_server::{
    auth::tries::{Proof, Tries},
    commands::{restore, staff},
    db::{
        Access, Countersigning, Db, Deed, Verdict,
        copy::{Part, TABLES, Value},
    },
};
use serde_json::json;
use std::collections::BTreeMap;
use tempfile::TempDir;
use tokio::sync::mpsc;

#[tokio::test(flavor = "multi_thread")]
async fn what_moves_to_the_other_database_and_back_is_the_same_to_the_byte() {
    let portal = with_something_of_everything().await;
    let other = match portal.database.kind {
        Kind::Sqlite => Kind::Postgres,
        Kind::Postgres => Kind::Sqlite,
    };
    let before = rows(&*portal.db).await;
    for table in TABLES {
        assert!(!before[table].is_empty(), "nothing is in {table}");
    }
    let Verdict::Whole { links, head, .. } = portal.db.verify(None).await.unwrap() else { panic!("not whole") };

    let there = Database::of(other, portal.dir.path()).await;
    let moved = there.open().await;
    let first = backed_up(&portal).await;
    assert_eq!(restore::read(&*moved, &first, false).await.unwrap(), (links, head.clone()));
    assert_eq!(rows(&*moved).await, before);

    let second = portal.dir.path().join("second.db");
    portal_server::commands::backup::write(&*moved, &second).await.unwrap();
    let folder = TempDir::new().unwrap();
    let back = Database::of(portal.database.kind, folder.path()).await.open().await;
    assert_eq!(restore::read(&*back, &second, false).await.unwrap(), (links, head));
    assert_eq!(rows(&*back).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_move_learners_go_on_and_the_chain_with_them() {
    let portal = with_something_of_everything().await;
    let file = backed_up(&portal).await;
    let Verdict::Whole { links, .. } = portal.db.verify(None).await.unwrap() else { panic!("not whole") };
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let dir = TempDir::new().unwrap();
        let database = Database::of(kind, dir.path()).await;
        let db = database.open().await;
        restore::read(&*db, &file, false).await.unwrap();
        db.close().await;
        let moved = Portal::start_on(database, dir, |_| {}).await;
        let browser = moved.sign_in("L1001").await;
        let acks = send(&moved, &browser, &[sent(&attempt(2)), sent(&attempt(9))]).await;
        assert!(acks.iter().all(|ack| ack["outcome"]["accepted"].is_object()), "{kind:?}: {acks:?}");
        let Verdict::Whole { links: now, .. } = moved.db.verify(None).await.unwrap() else { panic!("{kind:?}") };
        assert_eq!(now, links + 1, "{kind:?}: the first was there already");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sees_a_revision_has_seen_all_before_it() {
    let (portal, browser) = welder().await;
    let other = portal.sign_in("L1001").await;
    let mut cursor = portal.sync(&other, None).await["cursor"].as_str().unwrap().to_owned();
    let sending: Vec<_> = (1..=40)
        .map(|n| {
            let (browser, url) = (browser.clone(), format!("{}/api/v1/changes", portal.url));
            tokio::spawn(
                async move { browser.post(url).json(&json!([sent(&attempt(n))])).send().await.unwrap().status() },
            )
        })
        .collect();
    // Another device asks all the while, and once more after the last.
    let mut seen = Vec::new();
    loop {
        let last = sending.iter().all(|one| one.is_finished());
        let delta = portal.sync(&other, Some(&cursor)).await;
        cursor = delta["cursor"].as_str().unwrap().into();
        let receipts = delta["changed"]["receipts"].as_array().into_iter().flatten();
        seen.extend(receipts.map(|receipt| receipt["change"].as_str().unwrap().to_owned()));
        if last {
            break;
        }
    }
    seen.sort();
    let expected: Vec<String> = (1..=40).map(|n| attempt(n)["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(seen, expected, "each once, none skipped");
}

/// Rows in every table, and text that a database might not like.
async fn with_something_of_everything() -> Portal {
    let (portal, browser) = welder().await;
    let odd =
        change_with("/what/declare/assignment_title", json!("Ünï'\"\\ \u{1f6e0}\u{fe0f} \t\u{7f} %s $1 \u{2028}end"));
    let acks = send(
        &portal,
        &browser,
        &[sent(&odd), sent(&attempt(2)), sent(&attempt(3)), sent(&withdrawal(2)), sent(&attempt(2))],
    )
    .await;
    let asked = send(&portal, &browser, &[sent(&asking::more_time())]).await;
    assert!(asked[0]["outcome"]["accepted"].is_object(), "{asked:?}");
    let unshared = acts(7, &json!({ "unshare": { "share": "none" } }));
    let studied = acts(8, &json!({ "study": { "date": "2026-11-22", "minutes": 45, "what": "Ünï\u{1f6e0}" } }));
    send(&portal, &browser, &[sent(&unshared), sent(&studied)]).await;
    sqlx::query(
        "INSERT INTO entry (id, kind, subject, learner, staff, at, body, sha256) VALUES ('e', 'k', 's', '', 'h', 1, '{}', '0')",
    )
    .execute(&portal.rows().await)
    .await
    .unwrap();
    sqlx::query("INSERT INTO erased (kind, id, link, at) VALUES ('entry', 'x', NULL, 1)")
        .execute(&portal.rows().await)
        .await
        .unwrap();
    let new = json!({ "whom": "Ms \u{201c}Lee\u{201d}", "shows": ["study"], "weeks": 1 });
    let made: serde_json::Value = portal.post(&browser, "/api/v1/shares", &new).await.json().await.unwrap();
    assert_eq!(
        portal.get(&browser, made["address"].as_str().unwrap().trim_start_matches(&portal.url)).await.status(),
        200
    );
    let code = acks[2]["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap();
    let theirs = ["It is \u{201c}theirs\u{201d}.".into()];
    let signed = portal.db.countersign(code, "Ms Price", &theirs, odd_time()).await.unwrap();
    assert!(matches!(signed, Countersigning::Done(_)), "{signed:?}");
    let mut elsewhere = crate::support::batch::weld();
    elsewhere.records.truncate(2);
    elsewhere.records[1].audience = import::Audience::Everyone;
    portal.import(elsewhere).await;
    staff::add(&*portal.db, "h.price", "Helen \u{2019}Price", "tutor").await.unwrap();
    portal.db.note_access(&Access::by_command(Deed::ExportDeclarations, odd_time())).await.unwrap();
    portal.db.make_calendar(&"L1001".into(), &"ab".repeat(32), odd_time()).await.unwrap();
    let nobody = Tries::new(Proof::Passphrase, "nobody", [192, 0, 2, 1].into());
    let _ = portal.db.count_try(&nobody, odd_time()).await.unwrap();
    portal
}

fn odd_time() -> chrono::DateTime<chrono::Utc> {
    crate::support::at("2026-11-23T12:00:00.123Z")
}

/// All rows of all tables, but for the epoch and what calendars count from, which a restore renews.
async fn rows(db: &dyn Db) -> BTreeMap<&'static str, Vec<Vec<Value>>> {
    let (sender, mut receiver) = mpsc::channel(4);
    let mut all = BTreeMap::<_, Vec<_>>::new();
    let take = async {
        while let Some(part) = receiver.recv().await {
            let Part::Rows { table, columns, rows } = part else { return true };
            // Each with its column's name, whatever their order.
            let named = |row: Vec<Value>| -> Vec<Value> {
                let mut cells: Vec<_> = columns.iter().zip(row).collect();
                cells.sort_by_key(|(name, _)| (*name).clone());
                cells.into_iter().map(|(_, value)| value).collect()
            };
            all.entry(table).or_default().extend(rows.into_iter().map(named));
        }
        false
    };
    let (sent, whole) = tokio::join!(db.dump(sender), take);
    sent.unwrap();
    assert!(whole, "the rows ended early");
    let renewed = ["epoch", "sequence-base"].map(|name| Value::Text(name.into()));
    all.get_mut("setting").unwrap().retain(|row| !renewed.contains(&row[0]));
    all.entry("setting").or_default().push(Vec::new());
    all.values_mut().for_each(|rows| rows.sort_by_key(|row| format!("{row:?}")));
    all
}
