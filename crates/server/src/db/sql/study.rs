//! Study time: the plan, and what was taken. Only the learner's own records tell of it.

use super::{
    Connection,
    acts::{Judged, Kept},
    changes::Keeping,
    requests,
};
use crate::{
    db::{Result, text},
    declare,
    working_days::london_day,
};
use ::import::{Audience, RecordKind, RecordRow};
use chrono::{DateTime, Datelike, Days, Utc};
use contract::{
    act::Act,
    ids::ChangeId,
    late::kind::{STUDIED, STUDY_PLAN},
    study::{PlanStudy, PlannedFrom, Studied, Study, StudyPlan, Taken},
};
use serde::{Serialize, de::DeserializeOwned};

/// Pieces of time in one week.
const TAKEN_MAX: usize = 100;
/// Plans, and changes, that a record remembers.
const REMEMBERED: usize = 40;

/// The last plan counts, by when it was made: one that waited on a device does not replace a newer one.
pub async fn plan(connection: &mut Connection, keeping: &Keeping<'_>, act: &Act, plan: &PlanStudy) -> Judged<Kept> {
    let id = keeping.learner.to_string();
    let said_at = said_at(keeping, act);
    let empty =
        StudyPlan { days: Vec::new(), planned_at: DateTime::UNIX_EPOCH, weeks: Vec::new(), changes: Vec::new() };
    let mut known: StudyPlan = known(connection, keeping, STUDY_PLAN, &id).await?.unwrap_or(empty);
    if known.planned_at <= said_at {
        known.days.clone_from(&plan.days);
        known.days.sort_unstable_by_key(|day| day.weekday);
        known.planned_at = said_at;
        let from = PlannedFrom { date: london_day(said_at), minutes: plan.days.iter().map(|day| day.minutes).sum() };
        known.weeks.retain(|plan| plan.date < from.date);
        known.weeks.push(from);
        forget(&mut known.weeks);
    }
    remember(&mut known.changes, keeping);
    Ok(Ok(Kept { subject: id.clone(), told: vec![own(keeping, STUDY_PLAN, id, &known)?] }))
}

/// The same day and words again correct what was said before.
pub async fn take(connection: &mut Connection, keeping: &Keeping<'_>, act: &Act, study: &Study) -> Judged<Kept> {
    let date = study.date;
    let monday = date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into()));
    let Some(week) = monday.filter(|_| date <= london_day(keeping.now)) else {
        return Ok(Err(declare::still_to_come()));
    };
    let what = study.what.as_deref().map(str::trim).filter(|what| !what.is_empty());
    let study = Study { what: what.map(Into::into), ..*study };
    let id = format!("{}/{week}", keeping.learner);
    let empty = Studied { week, taken: Vec::new(), changes: Vec::new() };
    let mut known: Studied = known(connection, keeping, STUDIED, &id).await?.unwrap_or(empty);
    let subject = format!("{date}/{}", study.what.as_deref().unwrap_or_default());
    let said = Taken { study, said_at: said_at(keeping, act) };
    let pieces = known.taken.len();
    match known.taken.iter_mut().find(|one| one.study.date == date && one.study.what == said.study.what) {
        Some(before) if before.said_at <= said.said_at => *before = said,
        Some(_) => {}
        None if pieces >= TAKEN_MAX => return Ok(Err(declare::too_much_study(TAKEN_MAX))),
        None => known.taken.push(said),
    }
    known.taken.sort_by(|a, b| (a.study.date, &a.study.what).cmp(&(b.study.date, &b.study.what)));
    remember(&mut known.changes, keeping);
    Ok(Ok(Kept { subject, told: vec![own(keeping, STUDIED, id, &known)?] }))
}

/// When its learner said so, by the server's clock as the device knew it. A clock that is ahead must not make all that follows count
/// for nothing: it was not after it came.
fn said_at(keeping: &Keeping<'_>, act: &Act) -> DateTime<Utc> {
    act.made_at().map_or(keeping.now, |at| at.min(keeping.now))
}

async fn known<T: DeserializeOwned>(
    connection: &mut Connection,
    keeping: &Keeping<'_>,
    kind: &str,
    id: &str,
) -> Result<Option<T>> {
    let body = requests::seen(connection, keeping.learner, kind, id).await?;
    body.as_deref().map(text::parse).transpose()
}

fn remember(changes: &mut Vec<ChangeId>, keeping: &Keeping<'_>) {
    changes.push(keeping.change.id.clone());
    forget(changes);
}

/// Leaves the last ones.
fn forget<T>(all: &mut Vec<T>) {
    all.drain(..all.len().saturating_sub(REMEMBERED));
}

fn own<T: Serialize>(keeping: &Keeping<'_>, kind: &'static str, id: String, body: &T) -> Result<RecordRow> {
    let audience = Audience::Learner(keeping.learner.clone());
    Ok(RecordRow { kind: RecordKind::Late(kind), id, audience, body: text::write(body)?, removed: false })
}
