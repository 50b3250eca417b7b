//! What learners say of sessions.

use super::{
    Connection, Store,
    acts::{Judged, Kept},
    changes::Keeping,
    checks::{begun, session},
};
use crate::db::{Named, Rated, Result, text};
use ::import::{Audience, RecordKind, RecordRow};
use contract::{
    ids::LearnerId,
    late::kind::RATING,
    voice::{Rate, Rating},
    webinar::Webinar,
};

/// The last that arrives counts; all are kept.
pub async fn judge(connection: &mut Connection, keeping: &Keeping<'_>, rate: &Rate) -> Judged<Kept> {
    if let Err(problem) = begun(connection, keeping, &rate.webinar, "/what/act/deed/rate/webinar").await? {
        return Ok(Err(problem));
    }
    let id = format!("{}/{}", keeping.learner, rate.webinar);
    let before: Option<String> = sqlx::query_scalar("SELECT body FROM record WHERE kind = $1 AND id = $2")
        .bind(RATING)
        .bind(&id)
        .fetch_optional(&mut *connection)
        .await?;
    let before: Option<Rating> = before.map(|body| text::parse(&body)).transpose()?;
    let mut changes = before.map(|rating| rating.changes).unwrap_or_default();
    changes.push(keeping.change.id.clone());
    let told = RecordRow {
        kind: RecordKind::Late(RATING),
        id,
        audience: Audience::Learner(keeping.learner.clone()),
        body: text::write(&Rating { rate: rate.clone(), received_at: keeping.now, changes })?,
        removed: false,
    };
    Ok(Ok(Kept { subject: rate.webinar.0.clone(), told: vec![told] }))
}

/// What was said of one session, or of all. Who said it is told where they allow it alone; and in the order of what was said, as
/// that in which it came would tell who.
pub async fn ratings(db: &Store, webinar: Option<&str>) -> Result<Option<Vec<Rated>>> {
    let mut tx = db.snapshot().await?;
    if let Some(one) = webinar
        && session(&mut tx, one).await?.is_none()
    {
        return Ok(None);
    }
    let rows: Vec<(String, String, String, String)> = sqlx::query_as(
        "SELECT l.id, l.name, b.body, w.body FROM (SELECT DISTINCT learner, subject FROM act WHERE kind = 'rate') a
         JOIN learner l ON l.id = a.learner
         JOIN record b ON b.kind = $1 AND b.id = a.learner || '/' || a.subject AND NOT b.removed
         JOIN record w ON w.kind = 'webinar' AND w.id = a.subject
         WHERE CAST($2 AS TEXT) = '' OR a.subject = $2",
    )
    .bind(RATING)
    .bind(webinar.unwrap_or_default())
    .fetch_all(&mut *tx)
    .await?;
    let mut all = Vec::new();
    for (id, name, rating, session) in rows {
        let Rate { clear, helped, change, named, .. } = text::parse::<Rating>(&rating)?.rate;
        let session: Webinar = text::parse(&session)?;
        let by = named.then_some(Named { learner: LearnerId(id), learner_name: name });
        all.push(Rated { session, clear, helped, change, by });
    }
    all.sort_by(|a, b| key(a).cmp(&key(b)));
    Ok(Some(all))
}

type Key<'a> = (chrono::DateTime<chrono::Utc>, &'a str, u32, &'a Option<String>, &'a Option<String>);

fn key(rated: &Rated) -> Key<'_> {
    let Rated { session, clear, helped, change, .. } = rated;
    (session.starts, session.id.as_str(), clear.points(), helped, change)
}
