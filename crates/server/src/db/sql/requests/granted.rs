//! Time that an answer granted: the learner's extension with it, and what may take it back.

use super::{Connection, extension, import, next_revision};
use crate::db::{Result, text};
use ::import::{Audience, RecordRow};
use chrono::{DateTime, Utc};
use contract::{
    deadline::{Assignment, Extension},
    delta::Kind,
    ids::{AssignmentId, ChangeId, LearnerId},
    late::kind::REQUEST,
    request::{About, AskKind, Decision, Granted, Request, Status},
};

/// A decision that stands: nothing else was decided on its request, and its learner has not withdrawn that.
pub struct Standing {
    pub request: ChangeId,
    pub until: DateTime<Utc>,
}

/// The latest of them for a learner's work.
pub async fn standing(
    connection: &mut Connection,
    learner: &LearnerId,
    work: &AssignmentId,
) -> Result<Option<Standing>> {
    let bodies: Vec<String> = sqlx::query_scalar(
        "SELECT b.body FROM record b JOIN request q ON q.id = b.id
         WHERE b.kind = $2 AND b.audience_kind = 'learner' AND b.audience_id = $1 AND q.kind = $3 AND q.status <> $4
         ORDER BY (SELECT MAX(s.at) FROM request_step s WHERE s.request = q.id AND s.decision <> '') DESC, q.id",
    )
    .bind(learner.as_str())
    .bind(REQUEST)
    .bind(AskKind::MoreTime.word())
    .bind(Status::Withdrawn.word())
    .fetch_all(connection)
    .await?;
    for body in bodies {
        let request: Request = text::parse(&body)?;
        if let (Some(Decision::Granted(granted)), Some(About::Assignment(about))) = (request.decision, request.about)
            && about == *work
        {
            return Ok(Some(Standing { request: request.id, until: granted.until }));
        }
    }
    Ok(None)
}

/// When work is due that is there and was not taken away.
pub async fn deadline(connection: &mut Connection, work: &AssignmentId) -> Result<Option<DateTime<Utc>>> {
    let body: Option<String> =
        sqlx::query_scalar("SELECT body FROM record WHERE kind = 'assignment' AND id = $1 AND NOT removed")
            .bind(work.as_str())
            .fetch_optional(connection)
            .await?;
    Ok(body.as_deref().map(text::parse::<Assignment>).transpose()?.map(|work| work.due))
}

pub async fn give(connection: &mut Connection, learner: &LearnerId, extension: &Extension) -> Result<()> {
    write(connection, learner, &extension.assignment, text::write(extension)?, false).await
}

/// After another decision: the extension goes if it is still the granted one, or becomes what another answer granted.
pub async fn take_back(
    connection: &mut Connection,
    learner: &LearnerId,
    work: &AssignmentId,
    granted: &Granted,
) -> Result<()> {
    let Some(body) = extension(connection, learner, work.as_str()).await? else { return Ok(()) };
    if text::parse::<Extension>(&body)?.due != granted.until {
        return Ok(());
    }
    match standing(connection, learner, work).await? {
        Some(other) => {
            let extension = Extension { assignment: work.clone(), due: other.until, reason: None };
            give(connection, learner, &extension).await
        }
        None => write(connection, learner, work, body, true).await,
    }
}

async fn write(
    connection: &mut Connection,
    learner: &LearnerId,
    work: &AssignmentId,
    body: String,
    removed: bool,
) -> Result<()> {
    let row = RecordRow {
        kind: Kind::Extension.into(),
        id: format!("{learner}/{work}"),
        audience: Audience::Learner(learner.clone()),
        body,
        removed,
    };
    let revision = next_revision(connection).await?;
    import::record(connection, &row, revision).await?;
    Ok(())
}
