//! Keeping what a learner does: the act with its evidence, and what sync tells of it.

use super::{
    Connection, attendance, changes, changes::Keeping, checks, evidence, import, readings, requests, shares, study,
    voice,
};
use crate::{
    db::{Result, text},
    evidence::{Done, Kind},
};
use ::import::RecordRow;
use contract::{
    act::{Act, Deed},
    change::Ack,
    problem::Problem,
};

/// What was judged, or why it cannot be kept.
pub type Judged<T> = Result<std::result::Result<T, Problem>>;

/// What an act is about, as its row has it, and the records that tell of it.
pub struct Kept {
    /// An id, or several with `/` between them: rows of the same kind and subject are about the same thing.
    pub subject: String,
    pub told: Vec<RecordRow>,
}

/// In the caller's transaction; a problem means that nothing was written.
pub async fn keep(connection: &mut Connection, keeping: &Keeping<'_>, act: &Act) -> Judged<Ack> {
    let kept = match &act.deed {
        Deed::Read(read) => readings::judge(connection, keeping, act, read).await?,
        Deed::Arrive(arrive) => attendance::judge(connection, keeping, act, arrive).await?,
        Deed::Answer(given) => checks::judge(connection, keeping, act, given).await?,
        Deed::Rate(rate) => voice::judge(connection, keeping, rate).await?,
        Deed::PlanStudy(plan) => study::plan(connection, keeping, act, plan).await?,
        Deed::Study(study) => study::take(connection, keeping, act, study).await?,
        Deed::Unshare(unshare) => shares::judge(connection, keeping, unshare).await?,
    };
    let Kept { subject, told } = match kept {
        Ok(kept) => kept,
        Err(problem) => return Ok(Err(problem)),
    };
    let ack = changes::insert(connection, keeping, None).await?;
    insert(connection, keeping, act, &subject).await?;
    let said = Done { learner: keeping.learner.clone(), received_at: keeping.now, sha256: keeping.sha256.into() };
    evidence::append(connection, Kind::Act, keeping.change.id.as_str(), keeping.now, &said).await?;
    tell(connection, &told).await?;
    Ok(Ok(ack))
}

/// Puts records into sync, under one new revision.
pub async fn tell(connection: &mut Connection, told: &[RecordRow]) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let revision = requests::next_revision(connection).await?;
    for row in told {
        import::record(connection, row, revision).await?;
    }
    Ok(())
}

async fn insert(connection: &mut Connection, keeping: &Keeping<'_>, act: &Act, subject: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO act (id, learner, kind, subject, received_at, device_time, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(keeping.change.id.as_str())
    .bind(keeping.learner.as_str())
    .bind(act.deed.name())
    .bind(subject)
    .bind(keeping.now.timestamp_millis())
    .bind(act.device_time.timestamp_millis())
    .bind(text::write(&act.deed)?)
    .execute(connection)
    .await?;
    Ok(())
}
