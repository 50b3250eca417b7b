//! Somebody hangs up in the middle of a request: what comes after it, on the same connections to the database, is not touched by it.

use crate::{
    changes::welder,
    support::{Portal, at},
};
use contract::{
    auth::Device,
    ids::{ChangeId, LearnerId},
};
use portal_server::db::{Arrival, Db, Fate};
use std::{
    future::poll_fn,
    pin::pin,
    sync::Arc,
    task::Poll::{Pending, Ready},
};
use tokio::task::JoinSet;
use uuid::Uuid;

/// More than any pool of the server has.
const AT_ONCE: usize = 12;
/// The most times that a request is looked at before it is done; it is given up before each of them.
const LONGEST: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_was_given_up_leaves_no_one_in_an_old_moment() {
    let (portal, _) = welder().await;
    let learner = LearnerId("L1001".into());
    for looks in 0..LONGEST {
        give_up_at_once(&portal, looks, |db| async move { db.gaps().await }).await;
        // Twice: in the first the connection may still be on its way back.
        everyone_sees_what_is_written(&portal, &learner).await;
        everyone_sees_what_is_written(&portal, &learner).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_that_was_given_up_keeps_no_ones_rows_from_being_kept() {
    let (portal, _) = welder().await;
    let learner = LearnerId("L1001".into());
    for looks in 0..LONGEST {
        give_up_at_once(&portal, looks, |db| {
            let (learner, token) = (learner.clone(), Uuid::new_v4().to_string());
            async move { db.open_session(&token, &learner, Device::Own, now()).await }
        })
        .await;
        // Twice: in the first the connection may still be on its way back.
        everyone_sees_what_is_written(&portal, &learner).await;
        everyone_sees_what_is_written(&portal, &learner).await;
    }
}

/// As many at once as there are connections in a pool, so that each of them is in it.
async fn give_up_at_once<F>(portal: &Portal, looks: usize, request: impl Fn(Arc<dyn Db>) -> F)
where
    F: Future<Output: Send> + Send + 'static,
{
    let mut hanging_up = JoinSet::new();
    for _ in 0..AT_ONCE {
        hanging_up.spawn(give_up(looks, request(portal.db.clone())));
    }
    hanging_up.join_all().await;
}

/// Lets it go on `looks` times, and drops it then.
async fn give_up<T>(looks: usize, request: impl Future<Output = T>) {
    let (mut request, mut left) = (pin!(request), looks);
    poll_fn(|context| {
        if left == 0 {
            return Ready(());
        }
        left -= 1;
        match request.as_mut().poll(context) {
            Ready(_) => Ready(()),
            Pending => Pending,
        }
    })
    .await;
}

/// Reads by every reader's connection, then writes by every writer's, then reads again.
async fn everyone_sees_what_is_written(portal: &Portal, learner: &LearnerId) {
    let client = Uuid::new_v4().to_string();
    assert_eq!(missed(portal, &client).await.len(), AT_ONCE * AT_ONCE);
    let mut writing = JoinSet::new();
    for seq in 1..=AT_ONCE as u64 {
        let (db, client, learner) = (portal.db.clone(), client.clone(), learner.clone());
        writing.spawn(async move {
            let change = ChangeId(Uuid::new_v4().to_string());
            let arrival = Arrival {
                change: &change,
                sha256: "00",
                client: &client,
                seq,
                learner: &learner,
                at: now(),
                fate: Fate::Refused,
            };
            db.note(&arrival).await.unwrap();
        });
    }
    writing.join_all().await;
    assert_eq!(missed(portal, &client).await, Vec::<u64>::new());
}

/// The numbers that readers do not see, of all that are written.
async fn missed(portal: &Portal, client: &str) -> Vec<u64> {
    let mut reading = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (db, client) = (portal.db.clone(), client.to_owned());
        reading.spawn(async move { db.missing(&client, AT_ONCE as u64 + 1).await.unwrap() });
    }
    reading.join_all().await.concat()
}

fn now() -> chrono::DateTime<chrono::Utc> {
    at("2026-11-23T12:00:00Z")
}
