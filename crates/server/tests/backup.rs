//! `backup` and `restore` as whoever runs them sees them.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

mod support;

use support::{declare, refused, schema, seed_work, serve, sign_in, stdout, with_learner};
use tempfile::TempDir;

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_moves_to_postgresql_and_back_by_the_command_line() {
    let dir = with_learner().await;
    seed_work(dir.path()).await;
    let (server, url) = serve(dir.path()).await;
    let acks = [declare(&sign_in(&url).await, &url, 1).await, declare(&sign_in(&url).await, &url, 2).await];
    let file = dir.path().join("first.db");
    let said = stdout(dir.path(), &["backup", file.to_str().unwrap()]).await;
    assert!(said.contains("first.db is written: 2 links, all whole"), "{said}");
    drop(server);

    let place = schema::new().await;
    let said = stdout(&*place, &["restore", file.to_str().unwrap()]).await;
    assert!(
        said.contains("first.db is restored: 2 links, all whole") && said.contains("Restart every server"),
        "{said}"
    );
    let (_server, url) = serve(&*place).await;
    let browser = sign_in(&url).await;
    // The same answers as before the move.
    assert_eq!([declare(&browser, &url, 1).await, declare(&browser, &url, 2).await], acks);
    assert!(declare(&browser, &url, 3).await["outcome"]["accepted"].is_object());

    let file = dir.path().join("second.db");
    stdout(&*place, &["backup", file.to_str().unwrap()]).await;
    let back = TempDir::new().unwrap();
    stdout(back.path(), &["restore", file.to_str().unwrap()]).await;
    let exported = ["export", "--format", "json"];
    assert_eq!(stdout(back.path(), &exported).await, stdout(&*place, &exported).await);
    assert_eq!(stdout(back.path(), &["verify-log"]).await, stdout(&*place, &["verify-log"]).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_or_restore_that_cannot_be_is_said() {
    let dir = with_learner().await;
    let file = dir.path().join("portal.db");
    let said = refused(dir.path(), &["backup", file.to_str().unwrap()]).await;
    assert!(said.contains("There is something at") && said.contains("another name"), "{said}");
    let said = refused(dir.path(), &["backup", "/nowhere/at/all.db"]).await;
    assert!(said.contains("We cannot write in /nowhere/at"), "{said}");
    let said = refused(dir.path(), &["restore", "/nowhere/at/all.db"]).await;
    assert!(said.contains("There is no file at /nowhere/at/all.db"), "{said}");
    let copy = dir.path().join("copy.db");
    stdout(dir.path(), &["backup", copy.to_str().unwrap()]).await;
    let said = refused(dir.path(), &["restore", copy.to_str().unwrap()]).await;
    assert!(said.contains("--replace"), "{said}");
    stdout(dir.path(), &["restore", copy.to_str().unwrap(), "--replace"]).await;
}
