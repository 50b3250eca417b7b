//! Erasing what is due: all of it, nothing else, once, and so that a late repeat is no surprise.

use crate::{
    acts::acts,
    changes::{count, send},
    retention::certified,
    support::{
        Portal,
        asking::{Clerk, id},
        batch, browser, credentials,
        declaration::{attempt, sent},
        ended::{Ended, ended, erase, feedback, list, on_two_courses},
        problem,
        seal::seal,
    },
};
use portal_server::{
    clock::Clock,
    commands::retention,
    db::{Deed, Traces, Verdict},
};
use reqwest::Client;
use serde_json::{Value, json};
use std::fs;

/// What is Amira's alone.
const HERS: [&str; 6] = ["L1001", "Amira Khan", "My sister", "My shift changed", "Ms Lee", "for Amira"];

async fn everything(portal: &Portal) -> Vec<String> {
    let mut all = portal.everything().await;
    all.sort();
    all
}

async fn text(portal: &Portal, browser: &Client, path: &str) -> String {
    let answer = portal.get(browser, path).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_whose_only_course_is_due_is_found_nowhere_and_the_other_has_everything() {
    let Ended { portal, amira, ben, .. } = ended().await;
    let list = list(&portal).await;
    let all = everything(&portal).await;
    for hers in HERS {
        assert!(all.iter().any(|value| value.contains(hers)), "{hers}");
    }
    let hash: String = sqlx::query_scalar("SELECT passphrase_hash FROM learner WHERE id = 'L1001'")
        .fetch_one(&portal.rows().await)
        .await
        .unwrap();
    let bens = text(&portal, &ben, "/api/v1/me/data").await;
    let Verdict::Whole { links, .. } = portal.db.verify(None).await.unwrap() else { panic!("not whole") };

    let would = erase(&portal, &list, true).await;
    assert_eq!(everything(&portal).await, all, "a dry run changes nothing");
    assert_eq!((would.certificates, would.traces), (1, None));
    let did = erase(&portal, &list, false).await;
    assert_eq!((did.certificates, &did.rows, &did.refused[..], did.not_due), (1, &would.rows, &[][..], 1));
    for (table, rows) in [("learner", 1), ("change", 9), ("declaration", 2), ("evidence", 10), ("request_step", 3)] {
        assert_eq!(did.rows[table], rows, "{table}");
    }
    assert_eq!(did.rows.len(), 18, "{:?}", did.rows);

    let left = everything(&portal).await;
    for hers in HERS.into_iter().chain([hash.as_str()]) {
        let found: Vec<_> = left.iter().filter(|value| value.contains(hers)).collect();
        assert!(found.is_empty(), "{hers}: {found:?}");
    }
    assert_eq!(count(&portal, "change").await, 18);
    let whole = portal.db.verify(None).await.unwrap();
    assert!(matches!(whole, Verdict::Whole { links: now, erased: 10, .. } if now == links + 1), "{whole:?}");
    let without_time = |text: String| text.split_once("\"name\"").unwrap().1.to_owned();
    assert_eq!(without_time(text(&portal, &ben, "/api/v1/me/data").await), without_time(bens));
    problem(portal.get(&amira, "/api/v1/sync").await, 401, "not-signed-in").await;
    for who in ["L1001", "/"] {
        let signed_in = portal.post(&browser(), "/api/v1/session", &credentials(who, "own")).await;
        problem(signed_in, 401, "wrong-sign-in").await;
    }
    assert!(!portal.db.known().await.unwrap().learners.contains(&"/".into()));

    let again = erase(&portal, &list, false).await;
    assert_eq!((again.certificates, again.refused.len()), (0, 1));
    assert!(again.refused[0].contains(" line 2: there is no learner L1001: erased already"), "{:?}", again.refused);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_read_and_export_goes_on_without_who_was_erased() {
    let Ended { portal, lead, .. } = ended().await;
    erase(&portal, &list(&portal).await, false).await;
    let admin = Clerk::new(&portal, "administrator").await;
    let with_names = ["declarations", "export/requests", "export/attendance", "export/feedback-times"];
    let with_names = with_names.into_iter().chain(["export/acknowledgements", "requests?status=answered"]);
    for path in with_names.chain(["gaps", "export/session-feedback", "access-log"]) {
        let answer = admin.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        let text = answer.text().await.unwrap();
        assert!(!text.contains("L1001") && !text.contains("Amira") && !text.contains("\n/,"), "{path}: {text}");
        let bens = ["session-feedback", "access-log"].iter().all(|without| !path.ends_with(without));
        assert!(!bens || text.contains("L1002"), "{path}: {text}");
    }
    assert_eq!(lead.get("export/concerns").await.status(), 200);
    assert_eq!(lead.get(&format!("requests/{}", id(3))).await.status(), 404);
    let accesses = portal.db.accesses().await.unwrap();
    let subjects = |deed: Deed| accesses.iter().filter(move |access| access.deed == deed).map(|access| &access.subject);
    let read: Vec<_> = subjects(Deed::ReadRequest).collect();
    assert!(read.contains(&&String::new()) && read.iter().any(|id| id.starts_with("8d1f")), "{read:?}");
    let links: i64 = count(&portal, "evidence").await;
    assert_eq!(subjects(Deed::EraseDue).collect::<Vec<_>>(), [&format!("evidence/{links}")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_device_of_theirs_still_sends_is_refused_as_anybodys() {
    let Ended { portal, amira, ben, .. } = ended().await;
    let (old, new) = (seal(&portal, &amira, &attempt(2)).await, seal(&portal, &amira, &attempt(9)).await);
    erase(&portal, &list(&portal).await, false).await;
    let rows = everything(&portal).await;
    for browser in [&browser(), &amira, &ben] {
        let answer = portal.post(browser, "/api/v1/envelopes", &json!([old, new])).await;
        let acks: Vec<Value> = answer.json().await.unwrap();
        for ack in &acks {
            assert_eq!(ack["outcome"]["refused"]["problem"]["type"], "/problems/needs-its-learner", "{ack}");
        }
        assert_eq!(acks.len(), 2);
    }
    assert_eq!(everything(&portal).await, rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_with_another_course_keeps_that_and_all_that_is_of_no_course() {
    let Ended { portal, amira, tutor, .. } = on_two_courses().await;
    let cursor = portal.sync(&amira, None).await["cursor"].as_str().unwrap().to_owned();
    let calendar: Value =
        amira.post(format!("{}/api/v1/calendar", portal.url)).send().await.unwrap().json().await.unwrap();
    let calendar = calendar["address"].as_str().unwrap();
    let did = erase(&portal, &list(&portal).await, false).await;
    assert_eq!((did.certificates, did.rows.contains_key("learner"), did.rows["change"]), (1, false, 6));

    let news = portal.sync(&amira, Some(&cursor)).await;
    assert_eq!(news["full"], true, "her devices forget all that they had");
    assert_eq!(news["changed"]["assignments"].as_array().unwrap().len(), 1);
    let then = portal.sync(&amira, news["cursor"].as_str()).await;
    assert_eq!(then.get("full"), None, "once");
    let sheet = browser().get(calendar).send().await.unwrap().text().await.unwrap();
    assert_eq!(sheet.matches("BEGIN:VEVENT").count(), 1, "{sheet}");
    let shares: Value = portal.get(&amira, "/api/v1/shares").await.json().await.unwrap();
    assert_eq!(shares.as_array().unwrap().len(), 1);

    let data = text(&portal, &amira, "/api/v1/me/data").await;
    for gone in ["weld-1", "weld-live", "\"weld\"", &id(1), &id(5), &id(6), "My shift changed", "b0b001", "b0c001"] {
        assert!(!data.contains(gone), "{gone}: {data}");
    }
    for stays in ["maths-1", "A word for Amira", "passwords", "Ms Lee", "\"study\"", "My sister"] {
        assert!(data.contains(stays), "{stays}: {data}");
    }
    let short: Value = portal.get(&amira, "/api/v1/me").await.json().await.unwrap();
    assert_eq!(short["courses"].as_array().unwrap().iter().map(|one| &one["course"]).collect::<Vec<_>>(), ["maths"]);
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { erased: 7, .. }));

    // What she sends again is known, and not kept anew; other words under its id are no better.
    let mut other = attempt(2);
    other["what"]["declare"]["signed_name"] = json!("A. Khan");
    let before = count(&portal, "change").await;
    let acks = send(&portal, &amira, &[sent(&attempt(2)), sent(&other), sent(&acts(7, &json!({})))]).await;
    let problems: Vec<_> = acks.iter().map(|ack| &ack["outcome"]["refused"]["problem"]["type"]).collect();
    assert_eq!(problems[..2], ["/problems/erased", "/problems/id-taken"], "{acks:?}");
    assert_eq!(acks[0]["outcome"]["refused"]["problem"]["status"], 410);
    // Nor is it where an import puts her on the course again, nor what her tutor entered.
    problem(tutor.send("feedback", &feedback()).await, 422, "fields").await;
    portal.import(batch::learner_on("L1001", "weld")).await;
    problem(tutor.send("feedback", &feedback()).await, 409, "id-taken").await;
    let again = send(&portal, &amira, &[sent(&attempt(2))]).await.remove(0);
    assert_eq!(again["outcome"]["refused"]["problem"]["type"], "/problems/erased");
    assert_eq!(count(&portal, "change").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_taken_out_of_the_list_holds_its_course_and_its_learner() {
    let Ended { portal, amira, .. } = on_two_courses().await;
    retention::set(&*portal.db, "Example Skills Board", 1).await.unwrap();
    portal.import(batch::records([certified("L1001", "maths", "2025-01-31")])).await;
    let both = list(&portal).await;
    let would = erase(&portal, &both, true).await;
    assert_eq!((would.certificates, would.rows["learner"]), (2, 1));
    let lines = fs::read_to_string(&both).unwrap();
    let held = portal.dir.path().join("held.csv");
    fs::write(&held, lines.lines().filter(|line| !line.contains(",maths,")).collect::<Vec<_>>().join("\n")).unwrap();

    let first = erase(&portal, &held, false).await;
    assert_eq!((first.certificates, first.rows.contains_key("learner")), (1, false));
    assert!(text(&portal, &amira, "/api/v1/me/data").await.contains("maths-1"));
    let second = erase(&portal, &both, false).await;
    assert_eq!((second.certificates, second.rows["learner"]), (1, 1));
    assert!(second.refused[0].contains("there is no learner L1001: erased already"), "{:?}", second.refused);
    // What stays of a change, and is counted, is blanked once.
    for table in ["change", "evidence", "declaration", "record", "entry"] {
        assert_eq!(first.rows[table] + second.rows.get(table).copied().unwrap_or(0), would.rows[table], "{table}");
    }
    assert!(everything(&portal).await.iter().all(|value| HERS.iter().all(|hers| !value.contains(hers))));
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { erased: 11, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_due_today_unknown_or_unreadable_stays_and_is_said_by_its_line() {
    let Ended { portal, .. } = ended().await;
    let path = portal.dir.path().join("odd.csv");
    let rows = "L1002,weld,yes\nL9,weld,yes\nL1001,maths,yes\nL1001,weld,perhaps\nL1001,weld,yes\nL1001,weld,yes\n";
    fs::write(&path, format!("learner,course,due\n{rows}")).unwrap();
    let did = erase(&portal, &path, false).await;
    let expected = [
        "line 2: L1002 for weld is not due: it is kept until 2027-02-28",
        "line 3: there is no learner L9",
        "line 4: L1001 has no certificate for maths",
        "line 5: Its `due` is neither yes nor no.",
        "line 7: there is no learner L1001: erased already",
    ];
    assert_eq!((did.certificates, did.refused.len()), (1, expected.len()), "{:?}", did.refused);
    for (said, expected) in did.refused.iter().zip(expected) {
        assert!(said.contains(expected), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stops_it_leaves_whole_certificates_and_it_goes_on_from_there() {
    let Ended { portal, .. } = ended().await;
    portal.clock.set(crate::support::at("2027-03-01T12:00:00Z"));
    let list = list(&portal).await;
    let rows = portal.rows().await;
    let body = "SELECT body FROM record WHERE kind = 'certification' AND audience_id = 'L1002'";
    let body: String = sqlx::query_scalar(body).fetch_one(&rows).await.unwrap();
    let write = "UPDATE record SET body = $1 WHERE kind = 'certification' AND audience_id = 'L1002'";
    sqlx::query(write).bind("damaged").execute(&rows).await.unwrap();
    let stopped = retention::erase(&*portal.db, &list, portal.clock.now(), false).await.err().unwrap();
    assert!(stopped.to_string().contains("line 3: the database failed"), "{stopped:#}");
    assert!(everything(&portal).await.iter().all(|value| !value.contains("L1001")));
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { erased: 10, .. }));
    sqlx::query(write).bind(body).execute(&rows).await.unwrap();
    let then = erase(&portal, &list, false).await;
    assert_eq!((then.certificates, then.refused.len()), (1, 1));
    assert!(everything(&portal).await.iter().all(|value| !value.contains("L1002")));
    assert!(matches!(portal.db.verify(None).await.unwrap(), Verdict::Whole { erased: 20, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_it_is_left_in_the_bytes_of_the_file() {
    let Ended { portal, .. } = ended().await;
    let rows = portal.rows().await;
    let hashes: Vec<String> =
        sqlx::query_scalar("SELECT passphrase_hash FROM learner ORDER BY id").fetch_all(&rows).await.unwrap();
    // Statistics quote keys.
    sqlx::query("ANALYZE").execute(&rows).await.unwrap();
    rows.close().await;
    let list = list(&portal).await;
    let files = || {
        let read = |name: &str| fs::read(portal.dir.path().join(name)).unwrap_or_default();
        let bytes = [read("portal.db"), read("portal.db-wal")].concat();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let before = files();
    let did = erase(&portal, &list, false).await;
    if did.traces == Some(Traces::InDatabase) {
        // PostgreSQL's files are the operator's: docs/deploy.md.
        return;
    }
    assert_eq!(did.traces, Some(Traces::None));
    let after = files();
    for hers in HERS.into_iter().chain([hashes[0].as_str()]) {
        assert!(before.contains(hers), "{hers} was there");
        assert!(!after.contains(hers), "{hers}");
    }
    for his in ["L1002", "Ben Ito", "My brother", "My bus changed", hashes[1].as_str()] {
        assert!(after.contains(his), "{his}");
    }
}
