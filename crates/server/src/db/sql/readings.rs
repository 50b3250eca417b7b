//! 'I have read it': of a policy, a page of guidance or feedback, in the version that its learner had before them.

use super::{
    Connection,
    acts::{Judged, Kept},
    changes::Keeping,
    requests,
};
use crate::{db::text, declare};
use ::import::{Audience, RecordKind, RecordRow};
use contract::{
    act::{Act, Read, Reading},
    late::kind::READING,
};

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
