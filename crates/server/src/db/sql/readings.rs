//! 'I have read it': of a policy, a page of guidance or feedback, in the version that its learner had before them.

use super::{
    Connection, Store,
    acts::{Judged, Kept},
    changes::Keeping,
    requests,
};
use crate::{
    db::{Acknowledgement, ERASED, Result, text},
    declare,
};
use ::import::{Audience, RecordKind, RecordRow};
use contract::{
    act::{Act, Read, ReadKind, Reading},
    ids::LearnerId,
    late::kind::READING,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A version that has been replaced meanwhile is kept too: it is what they read.
pub async fn judge(connection: &mut Connection, keeping: &Keeping<'_>, act: &Act, read: &Read) -> Judged<Kept> {
    let learner = keeping.learner;
    if requests::seen(connection, learner, read.kind.word(), &read.id).await?.is_none() {
        return Ok(Err(declare::nothing_like_that("/what/act/deed/read/id")));
    }
    let subject = format!("{}/{}", read.kind.word(), read.id);
    let reading = Reading {
        read: read.clone(),
        read_at: act.device_time,
        received_at: keeping.now,
        changes: vec![keeping.change.id.clone()],
    };
    let told = RecordRow {
        kind: RecordKind::Late(READING),
        id: format!("{learner}/{subject}"),
        audience: Audience::Learner(learner.clone()),
        body: text::write(&reading)?,
        removed: false,
    };
    Ok(Ok(Kept { subject, told: vec![told] }))
}

/// What policies and pages of guidance have in common.
#[derive(Deserialize)]
struct Text {
    title: String,
    version: String,
}

/// A deed of its kind.
#[derive(Deserialize)]
struct Done {
    read: Read,
}

/// By learner, then kind and id: each version that they say they have read, the oldest first, and the one that counts where they have
/// not read it. Texts that are no longer shown are there for who read them.
pub async fn all(db: &Store) -> Result<Vec<Acknowledgement>> {
    let mut tx = db.long_snapshot().await?;
    let learners: Vec<(String, String)> = sqlx::query_as("SELECT id, name FROM learner WHERE id <> $1 ORDER BY id")
        .bind(ERASED)
        .fetch_all(&mut *tx)
        .await?;
    let texts: Vec<(String, String, String, bool)> = sqlx::query_as(
        "SELECT kind, id, body, removed FROM record WHERE kind IN ('policy', 'guidance') ORDER BY kind, id",
    )
    .fetch_all(&mut *tx)
    .await?;
    let acts: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT learner, body, device_time, received_at FROM act WHERE kind = 'read' ORDER BY received_at, id",
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut reads: BTreeMap<(String, String, String), Vec<_>> = BTreeMap::new();
    for (learner, body, read_at, received_at) in acts {
        let Done { read } = text::parse(&body)?;
        if read.kind != ReadKind::Feedback {
            let times = (text::time(read_at)?, text::time(received_at)?);
            reads.entry((learner, read.kind.word().into(), read.id)).or_default().push((read.version, times));
        }
    }
    let mut all = Vec::new();
    for (learner, learner_name) in learners {
        for (kind, id, body, removed) in &texts {
            let text: Text = text::parse(body)?;
            let of = |version: String, is_current, read| Acknowledgement {
                learner: LearnerId(learner.clone()),
                learner_name: learner_name.clone(),
                kind: kind.clone(),
                id: id.clone(),
                title: text.title.clone(),
                version,
                is_current,
                read,
            };
            let mut has_read = *removed;
            for (version, times) in reads.remove(&(learner.clone(), kind.clone(), id.clone())).unwrap_or_default() {
                let is_current = !removed && version == text.version;
                has_read |= is_current;
                all.push(of(version, is_current, Some(times)));
            }
            if !has_read {
                all.push(of(text.version.clone(), true, None));
            }
        }
    }
    Ok(all)
}
