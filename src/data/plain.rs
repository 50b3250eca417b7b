//! Changes that are not sealed, of whoever is signed in: of a version that did not seal, or for a server that has no key.

use super::{
    api::Fault,
    deliver::{BATCH_BYTES, conclude, keep_receipt},
    outbox::{self, Plain, Row},
    session,
};
use crate::{browser::Task, state::app::App};
use contract::{
    auth::Who,
    change::{Ack, CHANGES_MAX, Outcome},
};

/// Sends what waits unsealed, oldest first, until nothing does or the server does not take it now.
pub(super) fn send<'a>(app: App, who: &'a Who) -> Task<'a, Result<(), Fault>> {
    Box::pin(async move {
        loop {
            // Read anew: another tab may have sent some of it.
            let rows = waiting(app, who).await;
            let (mut batch, mut bytes) = (Vec::new(), 0);
            for row in &rows {
                bytes += row.sent.change.len();
                if !batch.is_empty() && (bytes > BATCH_BYTES || batch.len() == CHANGES_MAX) {
                    break;
                }
                batch.push(row.sent.clone());
            }
            if batch.is_empty() {
                return Ok(());
            }
            let acks = app.api().changes(&batch).await?;
            if !session::is_signed_in(app, who) {
                return Ok(());
            }
            if settle(app, who, &rows, &acks).await == 0 {
                // None of it was taken or refused: later, then.
                return Err(Fault::Unreachable);
            }
        }
    })
}

fn waiting<'a>(app: App, who: &'a Who) -> Task<'a, Vec<Plain>> {
    Box::pin(async move {
        let plain = |row| match row {
            Row::Plain(row) if row.learner == who.learner && row.attention.is_none() => Some(row),
            _ => None,
        };
        outbox::rows(&app.cache()).await.unwrap_or_default().into_iter().filter_map(plain).collect()
    })
}

/// Does what the acknowledgements say; returns how many items they have moved on.
fn settle<'a>(app: App, who: &'a Who, rows: &'a [Plain], acks: &'a [Ack]) -> Task<'a, usize> {
    Box::pin(async move {
        let cache = app.cache();
        let (mut moved, mut arrived) = (0, 0);
        for ack in acks {
            match &ack.outcome {
                Outcome::Accepted { receipt } => {
                    // Only an acknowledgement of these very bytes lets go of them.
                    if !rows.iter().any(|row| row.sent.id == ack.id && row.sha256 == ack.sha256) {
                        continue;
                    }
                    if let Some(receipt) = receipt {
                        keep_receipt(app, &who.learner, receipt.clone()).await;
                    }
                    if outbox::acknowledge(&cache, &ack.id, &ack.sha256).await == Ok(true) {
                        moved += 1;
                        arrived += 1;
                    }
                }
                Outcome::Refused { problem } => {
                    if outbox::mark(&cache, &ack.id, Some(problem)).await == Ok(true) {
                        moved += 1;
                    }
                }
                Outcome::Later { .. } => {}
            }
        }
        conclude(app, acks, arrived).await;
        moved
    })
}
